/*
 * coverage.mjs: a task force's coordinator reads what the team covers: numbers and boxes that need no colour, who is
 * missing behind a number, with the script, by keyboard and without the script; and how it gets on, in charts.
 */
import { launch, model, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const MATRIX = "/reports/coverage?task_force=alder-mdt";

/* What each cell of the first table says without colour: "4 of 5" and how high its box is filled. */
const cells = (page) =>
    page.locator(".matrix").first().locator("tbody td").evaluateAll((list) =>
        list.map((cell) => ({
            text: cell.textContent.trim().replace(/\s+/g, " "),
            filled: Number(cell.querySelector(".mark-fill")?.getAttribute("height") ?? 0),
            box: Boolean(cell.querySelector(".mark-box")),
            ticked: Boolean(cell.querySelector(".mark-tick")),
        })),
    );

/* Whether the box of a cell is as full as its number says. */
function agrees({ text, filled, box, ticked }) {
    if (text === "not asked") {
        return !box;
    }
    const [, done, all] = /^(\d+) of (\d+)$/.exec(text).map(Number);
    const share = done / all;
    return box && ticked === (share === 1) && (filled === 0) === (share === 0) && Math.abs(filled / 14 - share) <= 0.25;
}

async function readsWithoutColour(checks, page) {
    await page.goto(MATRIX);
    const seen = await cells(page);
    checks.ok("there are many cells", seen.length >= 30, seen.length);
    const wrong = seen.filter((cell) => !agrees(cell));
    checks.ok("each box is as full as its number says", wrong.length === 0, JSON.stringify(wrong));
    checks.ok("there are several levels", new Set(seen.map((cell) => cell.filled)).size >= 3, JSON.stringify(seen));
}

async function showsWhoIsMissing(checks, page) {
    const { rows } = await model(page, MATRIX);
    const row = rows.find(({ discipline }) => discipline.slug === "caseworker");
    const { anchor, names, code } = row.missing.find(({ has_missing }) => has_missing);
    const told = names.told.map(({ name }) => name).join("; ") + (names.rest ?? "");
    const place = page.locator(`#${anchor}`);

    await page.goto(MATRIX);
    checks.ok("at first nobody is listed", !(await place.isVisible()));
    await page.locator(`.matrix a[href="#${anchor}"]`).focus();
    await page.keyboard.press("Enter");
    await place.waitFor();
    checks.has(`the number of column ${code} leads to who is missing`, await place.evaluate((e) => e.nextElementSibling.textContent), told);
}

async function worksWithoutScript(checks, browser, site) {
    const page = await visitor(browser, site, { javaScriptEnabled: false });

    await signIn(page, site.signIns.manager);
    await page.goto(MATRIX);
    const first = page.locator("details.people").nth(1);
    await first.locator("summary").click();
    checks.has("without script: who is missing is opened by hand", await first.innerText(), "missing: ");
    await page.selectOption("#f-of", "objectives");
    await page.click(".filters button[type=submit]");
    checks.has("without script: objectives can be chosen", page.url(), "of=objectives");
    checks.ok("and are explained", await page.locator(".matrix-key dt").first().isVisible());
    await page.context().close();
}

async function namesNobodyWhoIsOnlyCounted(checks, page) {
    await page.goto(MATRIX);
    const text = await page.content();
    const prosecutors = (await model(page, MATRIX)).rows.find(({ discipline }) => discipline.slug === "prosecutor");
    checks.ok("prosecutors are counted", prosecutors.has_unnamed && prosecutors.people >= 5, JSON.stringify(prosecutors));
    for (const name of ["Daniel Osei", "Katarzyna", "William Tran"]) {
        checks.lacks(`${name} is not named`, text, name);
    }
}

async function showsChairs(checks, page) {
    await page.goto(MATRIX);
    const table = page.locator("h3:has-text('Maya leaves') ~ .table-scroll table").first();
    checks.same("the chairs of a case", await table.locator("tbody th").allInnerTexts(), ["Prosecutor", "Caseworker", "Advocate"]);
    const who = page.locator("h3:has-text('Maya leaves') ~ details.people").first();
    await who.locator("summary").click();
    checks.has("who sat in them is told", await who.innerText(), "passed: ");
}

/* A chart has a name, a sentence, and is as wide as its place; its numbers are in the table below. */
async function drawsTrends(checks, page) {
    await page.goto("/reports/trends?by=month&task_force=alder-mdt");
    const { points } = await model(page, page.url());
    const charts = page.locator("svg.chart");
    checks.same("three charts", await charts.count(), 3);
    const name = await charts.first().evaluate((svg) => document.getElementById(svg.getAttribute("aria-labelledby")).textContent);
    checks.has("a chart has a name", name, "required of them");
    checks.has("and a sentence", await charts.first().locator("desc").textContent(), "Completed: from ");
    checks.same("a mark a line and point", await charts.first().locator("path").count(), 3 * points.length + 3);
    const cells = await page.locator("tbody tr").first().locator("td").allInnerTexts();
    checks.same("the numbers stand below", cells.slice(1).map(Number), [
        points[0].people, points[0].completed, points[0].completed_ever, points[0].asked, points[0].standing_completed,
        points[0].standing_open, points[0].standing_overdue, points[0].standing_exempt,
    ]);
    await page.setViewportSize({ width: 360, height: 800 });
    const box = await charts.first().boundingBox();
    checks.ok("on a telephone it is as wide as the page", box.width > 300 && box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
    const sizes = await charts.first().locator("text").evaluateAll((all) => all.map((t) => parseFloat(getComputedStyle(t).fontSize)));
    checks.ok("and its letters stay large", Math.min(...sizes) >= 12, JSON.stringify(sizes));
    const wide = await charts.first().locator("text").evaluateAll((all) =>
        all.filter((t) => t.getBoundingClientRect().left < 0 || t.getBoundingClientRect().right > 361).map((t) => t.textContent));
    checks.same("and none is cut off", wide, []);
    await page.setViewportSize({ width: 1280, height: 900 });
}

await main("coverage", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site);
    await signIn(page, site.signIns.manager);

    await readsWithoutColour(checks, page);
    await showsWhoIsMissing(checks, page);
    await namesNobodyWhoIsOnlyCounted(checks, page);
    await showsChairs(checks, page);
    await drawsTrends(checks, page);
    await worksWithoutScript(checks, browser, site);
    checks.same("the browser has nothing to complain about", page.complaints, []);
});
