/*
 * assignments.mjs: the assignment report as a manager uses it: choosing, counting together, the rows behind a number,
 * files that say what the page says, a view kept under a name.
 */
import { readFile } from "node:fs/promises";
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const number = async (cell) => parseInt(await cell.textContent(), 10);

async function taken(page, name) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(`.downloads a:has-text("${name}")`)]);
    return readFile(await file.path());
}

async function counting(checks, page) {
    await page.goto("/reports");
    await page.click('nav[aria-label="Reports"] a:has-text("Assignments")');
    const all = await page.locator("table.rows tbody tr").count();
    checks.ok("there are rows", all > 5, String(all));
    await page.selectOption("#f-by", "unit");
    await page.click("main form.filters button");
    const total = await number(page.locator("table.groups tfoot td").nth(1));
    checks.same("all together are as many as there are rows", total, all);
    const groups = JSON.parse(await taken(page, "JSON")).rows;
    checks.same("the file has a row a group", groups.length, await page.locator("table.groups tbody tr").count());
    checks.same(
        "with the same numbers",
        JSON.stringify(groups.map((one) => one.assignments)),
        JSON.stringify((await page.locator("table.groups tbody tr td:nth-of-type(2)").allTextContents()).map((one) => parseInt(one, 10))),
    );
    const behind = page.locator("table.groups tbody tr").first().locator("td").nth(1);
    const count = await number(behind);
    await behind.locator("a").click();
    checks.same("behind a number are as many rows", await page.locator("table.rows tbody tr").count(), count);
    checks.ok("what was chosen is said", (await page.locator(".chosen").textContent()).includes("Unit:"));
}

async function files(checks, page) {
    await page.goto("/reports/assignments?current=no&sort=due");
    const names = await page.locator("table.rows tbody th a").allTextContents();
    const csv = (await taken(page, "CSV")).toString("utf8");
    const json = JSON.parse(await taken(page, "JSON"));
    checks.ok("CSV has a byte order mark", csv.startsWith("\ufeffperson_id,"));
    checks.same("and a line a row", csv.trimEnd().split("\r\n").length - 1, names.length);
    checks.same("JSON has the rows in the order of the page", json.rows.length, names.length);
    checks.ok("of the same people", json.rows.every((row, i) => names[i].includes(row.last_name)));
    checks.ok("the legend is in it", Object.keys(json.legend).length === 10);
    checks.ok("a spreadsheet is a zip", (await taken(page, "Spreadsheet")).subarray(0, 2).toString() === "PK");
    checks.ok("a calendar is one", (await taken(page, "Calendar")).toString("utf8").startsWith("BEGIN:VCALENDAR\r\n"));
}

async function keeping(checks, page) {
    await page.goto("/reports/assignments?status=overdue");
    const title = await page.locator("main h2").first().textContent();
    await page.fill("#save-name", "Who is late");
    await page.click(".save-view button");
    await page.click('.saved-views a:has-text("Who is late")');
    checks.ok("a saved view opens where it was", page.url().endsWith("/reports/assignments?status=overdue"), page.url());
    checks.same("with the same rows", await page.locator("main h2").first().textContent(), title);
    await page.goto("/reports");
    await page.click(".saved-views summary");
    await page.fill('.saved-views input[name="name"]', "Late");
    await page.click('.saved-views button:has-text("Rename")');
    checks.same("it is called otherwise", await page.locator(".saved-name a").textContent(), "Late");
    await page.click(".saved-views summary");
    await page.click('.saved-views button:has-text("Delete")');
    checks.same("and gone", await page.locator(".saved-name").count(), 0);
}

async function wrong(checks, page) {
    const answer = await page.goto("/reports/assignments?status=gone&agency=moon");
    checks.ok("what is wrong is refused", answer.status() >= 400);
    checks.same("and said at its filter", await page.locator("main form .field-error").count(), 2);
    await page.click('a:has-text("Show everything that you may see")');
    checks.ok("with a way back", (await page.locator("table.rows tbody tr").count()) > 0);
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ["/reports", "/reports/assignments", "/reports/assignments?by=agency&then=discipline"]) {
        await page.goto(path);
        checks.ok(`nothing is cut on a phone: ${path}`, (await overflow(page)) <= 0);
    }
    await page.emulateMedia({ media: "print" });
    checks.ok("filters are not printed", !(await page.locator("form.filters").isVisible()));
    checks.ok("the legend is", await page.locator(".legend").isVisible());
}

await main("assignments", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site, { viewport: { width: 1280, height: 900 } });
    await signIn(page, site.signIns.manager);
    await counting(checks, page);
    await files(checks, page);
    await keeping(checks, page);
    await wrong(checks, page);
});
