/*
 * preview.mjs: a trainer writes in a file while its preview is open: the page follows within a second, the
 * block that is written stays where it is on the screen, and what is wrong stands beside it.
 */
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { axe_path, launch, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { preview } from "./site.mjs";

const COURSE = "/courses/bridging-the-systems";
const CASES = "/courses/three-cases";
const LESSON = `${COURSE}/seeing-the-child`;
const CASE = `${CASES}/maya-leaves-the-group-home`;
const FILE = "bridging-the-systems/03-seeing-the-child.md";
const OTHER = "bridging-the-systems/02-what-the-law-calls-trafficking.md";
const AT_ONCE = 1000; /* milliseconds from a save to the page that has it */
const SAME_PLACE = 2; /* pixels */
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const axe = readFileSync(axe_path, "utf8");

/* A file that is written in: `change` gets its lines, and is timed until the page shows `sign`. */
function pen(site, name) {
    const path = join(site.content, name);
    return async (page, change, sign) => {
        const lines = (await readFile(path, "utf8")).split("\n");
        const began = Date.now();
        await writeFile(path, change(lines).join("\n"));
        await page.getByText(sign).first().waitFor({ state: "attached" });
        return Date.now() - began;
    };
}

const topOf = (page, line) =>
    page.locator(`#line-${line}`).evaluate((e) => e.getBoundingClientRect().top);

/* The line on which a paragraph of ordinary text begins that stands well below the beginning of a page. */
async function paragraphs(page) {
    return page.locator(".prose > .piece[id] > p:only-child").evaluateAll((list) =>
        list.map((p) => Number(p.parentElement.dataset.line)),
    );
}

async function follows(checks, site, browser, viewport, name) {
    const page = await visitor(browser, site, { viewport });
    const write = pen(site, FILE);
    await page.goto(LESSON);
    const lines = await paragraphs(page);
    const line = lines[Math.floor(lines.length / 2)];
    await page.locator(`#line-${line}`).scrollIntoViewIfNeeded();
    await page.evaluate((at) => {
        const box = document.getElementById(at).getBoundingClientRect();
        window.scrollBy({ top: box.top - 250, behavior: "instant" });
    }, `line-${line}`);

    let before = await topOf(page, line);
    let took = await write(page, (l) => l.toSpliced(line - 1, 1, `${name} wrote. ${l[line - 1]}`), `${name} wrote.`);
    checks.ok(`${name}: the page has what was saved within a second`, took <= AT_ONCE, `${took} ms`);
    let after = await topOf(page, line);
    checks.ok(`${name}: the block is where it was`, Math.abs(after - before) <= SAME_PLACE, `${before} ${after}`);
    checks.ok(
        `${name}: and is marked for a moment`,
        await page.locator(`#line-${line}.just-edited`).count().then((n) => n === 1),
    );

    /* Text far above grows, while another block is written: the pen is what counts. */
    await page.locator("details.objectives summary").evaluate((e) => e.click());
    before = await topOf(page, line);
    took = await write(page, (l) => l.toSpliced(line - 1, 0, "> **For prosecuters:** nobody", ""), "did you mean");
    after = await topOf(page, line);
    checks.ok(`${name}: with an error it is there as soon`, took <= AT_ONCE, `${took} ms`);
    checks.ok(`${name}: and stays`, Math.abs(after - before) <= SAME_PLACE, `${before} ${after}`);
    checks.same(
        `${name}: what is wrong stands right before the block`,
        await page.locator(`#line-${line}`).evaluate((e) => e.previousElementSibling.className),
        "problem problem-error",
    );
    checks.has(`${name}: the tab says so`, await page.title(), "(1 error)");
    checks.has(`${name}: and it is announced`, await page.locator("[data-news]").innerText(), "1 error");
    checks.has(`${name}: the rest is there`, await page.locator("main").innerText(), `${name} wrote.`);
    checks.same(
        `${name}: what was folded is folded`,
        await page.locator("details.objectives").evaluate((e) => e.open),
        false,
    );
    await write(page, (l) => l.toSpliced(line - 1, 2), `${name} wrote.`);
    await page.waitForFunction(() => !document.title.startsWith("("));
    checks.lacks(`${name}: mended`, await page.title(), "error");

    /* A block that is not on the screen is brought there. */
    await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
    const far = lines.at(-1);
    await write(page, (l) => l.toSpliced(far - 1, 1, `${name} ends. ${l[far - 1]}`), `${name} ends.`);
    await page.waitForFunction(
        (id) => {
            const box = document.getElementById(id).getBoundingClientRect();
            return box.top >= 0 && box.bottom <= window.innerHeight;
        },
        `line-${far}`,
    );
    checks.ok(`${name}: what is written elsewhere on the page is brought into view`, true);
    checks.same(`${name}: nothing to complain about`, page.complaints, []);
    await page.context().close();
}

async function tellsOfOthers(checks, site, browser) {
    const page = await visitor(browser, site);
    const write = pen(site, OTHER);
    await page.goto(LESSON);
    await page.locator("#bar-answers").focus();
    await write(page, (l) => [...l, "", "The last word."], "Saved elsewhere:");
    checks.same("another file is only told of", new URL(page.url()).pathname, LESSON);
    await page.getByRole("link", { name: OTHER }).click();
    checks.has("and leads there", await page.locator("main").innerText(), "The last word.");
    checks.same("nothing to complain about", page.complaints, []);
    await page.context().close();
}

/* Three disciplines see their own passages open and the others' folded; without a script. */
async function asDisciplines(checks, site, browser) {
    const page = await visitor(browser, site, { javaScriptEnabled: false });
    await page.goto(LESSON);
    for (const name of ["Prosecutor", "Caseworker", "Advocate"]) {
        await page.selectOption("#bar-as", { label: name });
        await page.click(".bar button");
        const plural = `For ${name.toLowerCase()}s`;
        const own = await page.locator(".passage-own .passage-for").allInnerTexts();
        const others = await page.locator("details.passage summary").allInnerTexts();
        const theirs = (text) => text.toLowerCase().includes(`${name.toLowerCase()}s`);
        checks.ok(`${name}: own passages stand open`, own.length > 0 && own.every(theirs), own.join("\n"));
        checks.ok(`${name}: the others' are folded`, others.length > 0 && !others.some(theirs), `${plural}: ${others}`);
    }
    await page.check("#bar-open");
    await page.check("#bar-answers");
    await page.click(".bar button");
    checks.same("all can be opened", await page.locator("details.passage:not([open])").count(), 0);
    checks.ok("and all answers seen", (await page.locator(".key").count()) > 3);
    await page.context().close();
}

async function plays(checks, site, browser) {
    const page = await visitor(browser, site, { javaScriptEnabled: false });
    await page.goto(CASE);
    await page.selectOption("#bar-as", { label: "Caseworker" });
    await page.selectOption("#bar-scene", { label: "from the start" });
    await page.click(".bar button");
    let steps = 0;
    while ((await page.locator(".ending").count()) === 0 && steps < 40) {
        await page.locator("a.choice").first().click();
        steps++;
    }
    checks.ok("a case is played to an ending", (await page.locator(".ending").count()) === 1, `${steps} steps`);
    checks.ok("by links alone", steps > 1 && new URL(page.url()).searchParams.has("v.trust"));
    await page.goBack();
    checks.ok("and the way back is the browser's", (await page.locator("a.choice").count()) > 0);
    await page.fill("[name='v.trust']", "7");
    await page.click(".bar button");
    checks.has("a variable is chosen", await page.locator(".gauges").innerText(), "7 of 10");
    await page.context().close();
}

/* The picture leads to the text, and so does the list. */
async function draws(checks, site, browser) {
    const page = await visitor(browser, site);
    await page.goto(CASE);
    await page.getByRole("link", { name: "Picture of the scenario" }).click();
    const nodes = await page.locator("svg a").count();
    checks.ok("a scenario is drawn", nodes > 10, `${nodes} scenes`);
    checks.same("the list has as many", await page.locator(".map-scene").count(), nodes);
    await page.locator("svg a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#scene-/);
    const scene = decodeURIComponent(new URL(page.url()).hash);
    checks.ok("a scene leads to its place", await page.locator(scene).isVisible(), scene);
    checks.same("nothing to complain about", page.complaints, []);
    await page.context().close();
}

async function isWell(checks, site, browser) {
    const paths = ["/", COURSE, `${LESSON}?answers=1`, CASE, `${CASE}?scene=*`, `${CASE}/map`, "/explain/E17"];
    for (const [viewport, colorScheme] of [
        [PHONE, "light"],
        [DESK, "dark"],
    ]) {
        const page = await visitor(browser, site, { viewport, colorScheme });
        for (const path of paths) {
            await page.goto(path);
            const found = await page.evaluate(`(async () => { ${axe}
                const result = await axe.run(document, { resultTypes: ["violations"] });
                return result.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target)); })()`);
            checks.same(`${path}: axe at ${viewport.width}, ${colorScheme}`, found, []);
            checks.same(
                `${path}: fits ${viewport.width}`,
                await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
                true,
            );
        }
        await page.context().close();
    }
}

await main("preview", async (checks, atEnd) => {
    const site = await preview();
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    await follows(checks, site, browser, DESK, "Desk");
    await follows(checks, site, browser, PHONE, "Phone");
    await tellsOfOthers(checks, site, browser);
    await asDisciplines(checks, site, browser);
    await plays(checks, site, browser);
    await draws(checks, site, browser);
    /* Something to be seen on all kinds of page. */
    const path = join(site.content, FILE);
    await writeFile(path, `${await readFile(path, "utf8")}\n### Question: Which?\n\nPick.\n\n- ( ) a\n- ( ) b\n`);
    await isWell(checks, site, browser);
    const began = Date.now();
    await site.stop();
    checks.ok("ends at once though pages wait", Date.now() - began < 3000, `${Date.now() - began} ms`);
});
