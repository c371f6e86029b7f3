/*
 * agencies.mjs: an administrator moves a unit and closes another: looks at whom that hits, does it, and finds both
 * on the page of agencies; what is closed is in no choice, and opens again.
 */
import { tooWide, violations } from "./access.mjs";
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

async function looksWell(checks, page, name) {
    for (const [kind, size] of Object.entries({ phone: PHONE, desk: DESK })) {
        await page.setViewportSize(size);
        checks.same(`${name}, ${kind}: fits`, await tooWide(page), []);
        checks.same(`${name}, ${kind}: axe finds nothing`, await violations(page), []);
    }
}

const row = (page, path) => page.locator(`tr:has-text("${path}")`);

async function moves(checks, page) {
    await page.goto("/agencies");
    await row(page, "alder-dcs/ongoing").locator("a:has-text('Move')").click();
    await page.selectOption("#change-to", { label: "Intake" });
    await page.click("main form.filters button");
    checks.has("whom moving hits", await page.locator("#look").innerText(), "stands below Intake");
    await looksWell(checks, page, "moving");
    await page.click("#look button[type=submit]");
    checks.has("it is recorded", await page.locator("[role=status]").innerText(), "The move is recorded");
    checks.has("it is one level deeper", await row(page, "alder-dcs/ongoing").innerText(), "3");
}

async function closes(checks, page) {
    await row(page, "alder-dcs/intake").locator("a:has-text('Close')").click();
    checks.has("what is below closes with it", await page.locator("#look").innerText(), "Ongoing services");
    checks.same("which is no place for its people", await page.locator("#change-to option:has-text('Ongoing')").count(), 0);
    await page.selectOption("#change-to", { label: "Alder County Children’s Services: Casework" });
    await page.click("main form.filters button");
    await looksWell(checks, page, "closing");
    await page.click("#look summary");
    const people = await page.locator("#look .requirement-people li").count();
    checks.ok("who they are", people > 1);
    await page.fill("#change-note", "Merged");
    await page.click("#look button[type=submit]");
    checks.has("it is recorded", await page.locator("[role=status]").innerText(), "The closing is recorded");
    checks.has("the list says so", await row(page, "alder-dcs/intake").innerText(), "closed since");
    await looksWell(checks, page, "the list");
    await page.goto("/reports/assignments");
    checks.same("no report offers it", await page.locator("select[name=unit] option:has-text('Intake')").count(), 0);
    await page.goto("/reports/assignments?as_of=2026-01-01");
    checks.same("that of a past day does", await page.locator("select[name=unit] option:has-text('Intake')").count(), 1);
}

async function opensAgain(checks, page) {
    await page.goto("/agencies");
    await row(page, "alder-dcs/intake").locator("a:has-text('Open again')").click();
    await looksWell(checks, page, "opening again");
    await page.click("main form.filters button");
    checks.has("it is open", await page.locator("[role=status]").innerText(), "It is open again");
    checks.lacks("the list says nothing", await row(page, "alder-dcs/intake").innerText(), "closed");
}

await main("agencies", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site);
    await signIn(page, site.signIns.administrator);

    await moves(checks, page);
    await closes(checks, page);
    await opensAgain(checks, page);
    checks.same("the browser has nothing to complain about", page.complaints, []);
});
