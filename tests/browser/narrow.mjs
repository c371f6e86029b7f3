/*
 * narrow.mjs: what a phone of 360 px would cut: wide tables say that they go on, one's record is read without
 * scrolling, and what was chosen in a select is read in full. With the script and without.
 */
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const COURSE = "/courses/bridging-the-systems";
const PHONE = { width: 360, height: 740 };

/* By how much what is in an element is wider than it. */
const overflow = (place) => place.evaluate((e) => e.scrollWidth - e.clientWidth);

const shades = (place) => place.evaluate((e) => getComputedStyle(e).backgroundImage.split("linear-gradient").length - 1);

async function tables(checks, page, script) {
    const name = script ? "with script" : "without script";
    await page.goto(`${COURSE}/who-does-what/twelve-chairs`);
    const box = page.locator(script ? ".prose .table-scroll" : ".prose table").first();
    checks.ok(`${name}: the table is wider than a phone`, (await overflow(box)) > 0);
    checks.ok(`${name}: the page is not`, (await overflow(page.locator("html"))) <= 0);
    checks.same(`${name}: shades at its edges say so`, await shades(box), 4);
    if (!script) {
        return;
    }
    const line = page.locator(".table-wide").first();
    checks.ok("a line says so, too", await line.isVisible());
    checks.same("its name is the heading's", await box.getAttribute("aria-label"), "Table: Twelve chairs");
    await box.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((e) => e.scrollLeft > 0, await box.elementHandle());
    checks.ok("keys scroll it", true);
    await page.setViewportSize({ width: 1280, height: 800 });
    await line.waitFor({ state: "hidden" });
    checks.ok("where it fits, nothing is said", true);
    await page.setViewportSize(PHONE);
}

async function record(checks, page, name) {
    await page.goto("/me");
    const box = page.locator(".table-scroll").first();
    checks.ok(`${name}: the record needs no scrolling`, (await overflow(box)) <= 0);
    const link = page.locator(".stacked a[href^='/certificates/']").first();
    const edge = await link.evaluate((a) => a.getBoundingClientRect().right);
    checks.ok(`${name}: the certificate is in sight`, edge > 0 && edge <= PHONE.width, edge);
    const labels = await page.locator("[aria-labelledby=done-title] td[data-label]").evaluateAll((cells) => cells.slice(0, 5).map((c) => c.dataset.label));
    checks.same(`${name}: each number has its label`, labels, ["Date", "As", "Score", "Minutes", "Text"]);
}

/* Chooses the longest text of each select, and gives those texts. */
async function chooseLongest(page) {
    await page.goto(`${COURSE}/first-conversations/one-interview-and-a-team-that-listens`);
    const texts = [];
    for (const select of await page.locator(".match-target").all()) {
        const options = (await select.locator("option").allTextContents()).map((text) => text.trim());
        const longest = options.reduce((best, text) => (text.length > best.length ? text : best));
        await select.selectOption({ label: longest });
        texts.push(longest);
    }
    return texts;
}

async function matches(checks, page, name) {
    const texts = await chooseLongest(page);
    checks.ok(`${name}: there is something to match`, texts.length > 1, texts);
    const cut = await page.locator(".match-target").evaluateAll((all) =>
        all.filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length,
    );
    checks.same(`${name}: no chosen text is cut`, cut, 0);
    await page.locator(".question:has(.match) button[type=submit]").click();
    await page.waitForLoadState();
    const said = await page.locator(".match-item .outcome").allInnerTexts();
    checks.ok(`${name}: once marked, each is said in full`, said.length > 1 && said.every((text, i) => text.includes(texts[i])), said);
}

/* The fields of a text with gaps, each with its longest choice: none is cut, none touches another. */
async function gaps(checks, page, name) {
    await page.goto(`${COURSE}/from-delinquent-to-victim/the-table-in-april-2012`);
    const fields = page.locator(".gaps :is(select, input)");
    for (const select of await page.locator(".gaps select").all()) {
        const options = (await select.locator("option").allTextContents()).map((text) => text.trim());
        await select.selectOption({ label: options.reduce((best, text) => (text.length > best.length ? text : best)) });
    }
    const flaws = await fields.evaluateAll((all) => {
        const boxes = all.map((e) => e.getBoundingClientRect());
        const cut = all.filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length;
        const close = boxes.filter((b, i) => i > 0 && b.top >= boxes[i - 1].top + 4 && b.top < boxes[i - 1].bottom + 4).length;
        return { cut, close, wide: boxes.filter((b) => b.right > innerWidth).length };
    });
    checks.ok(`${name}: there are gaps to fill`, (await fields.count()) > 2);
    checks.same(`${name}: no gap is cut, none touches another`, flaws, { cut: 0, close: 0, wide: 0 });
}

/* A number of a help line in a table is one piece, and can be called. */
async function numbers(checks, page, name) {
    await page.goto("/courses/for-advocates/rights-remedies-and-survivor-leadership/from-a-need-to-a-link");
    const lines = await page.locator("td a.tel").evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.getClientRects().length]));
    checks.ok(`${name}: numbers can be called`, lines.some(([href]) => href === "tel:+18883737888"), lines);
    checks.same(`${name}: and are not broken`, lines.filter(([, pieces]) => pieces !== 1), []);
}

const box = (place) => place.boundingBox();

async function rows(checks, page) {
    await page.goto("/");
    const beside = [];
    for (const row of await page.locator(".row").all()) {
        const title = await box(row.locator(".row-title"));
        const facts = await box(row.locator(".row-facts"));
        if (facts.y < title.y + title.height - 1) {
            beside.push(await row.innerText());
        }
    }
    checks.same("all rows of courses are laid out alike", beside, []);
}

/* On a desk: the words that a scene explains stand below the scene, not beside the page. */
async function words(checks, page) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto("/courses/three-cases/maya-leaves-the-group-home/play");
    await page.check("input[name=chair][value=caseworker]");
    await page.click("main form.stack button[type=submit]");
    await page.click('button.choice:has-text("Take your chair")');
    const scene = await box(page.locator(".page-run"));
    const terms = await box(page.locator(".terms"));
    checks.same("a scene's words stand below it", [terms.x, terms.width], [scene.x, scene.width]);
    await page.setViewportSize(PHONE);
}

/* In a browser that cannot wrap a closed select, the script says it below. */
async function saysChosen(checks, page) {
    await page.addInitScript(() => {
        CSS.supports = () => false;
    });
    const texts = await chooseLongest(page);
    const said = await page.locator(".match-chosen:visible").allInnerTexts();
    checks.same("a text that does not fit is said below", said, texts.map((text) => `Chosen: ${text}`));
}

await main("on a phone", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    for (const script of [true, false]) {
        const name = script ? "with script" : "without script";
        const page = await visitor(browser, site, { viewport: PHONE, javaScriptEnabled: script });
        await signIn(page, site.signIns.advocate);
        await tables(checks, page, script);
        await record(checks, page, name);
        await matches(checks, page, name);
        await gaps(checks, page, name);
        await numbers(checks, page, name);
        if (script) {
            await rows(checks, page);
            await words(checks, page);
            await saysChosen(checks, page);
        }
        checks.same(`${name}: the browser has nothing to complain about`, page.complaints, []);
    }
});
