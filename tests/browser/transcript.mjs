/*
 * transcript.mjs: from a number of the completion report to the people behind it and to one person's transcript; as of a
 * past day; on paper.
 */
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const PHONE = { width: 360, height: 740 };

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

async function manager(checks, browser, site) {
    const page = await visitor(browser, site, { viewport: { width: 1280, height: 900 } });
    await signIn(page, site.signIns.manager);
    await page.goto("/reports/completion");
    await page.click('nav[aria-label="A row is"] a:has-text("Unit")');
    checks.same("by unit", await page.locator("h1").textContent(), "Completion by unit");
    const people = page.locator("table.report tbody td a").first();
    const count = parseInt(await people.textContent(), 10);
    await people.click();
    checks.same("the people behind a number are as many", await page.locator("table.report tbody tr").count(), count);
    await page.locator("table.report tbody th a").first().click();
    const name = await page.locator("h1").textContent();
    checks.ok("a name leads to the transcript", (await page.title()).includes(`Transcript: ${name}`));
    checks.ok("it says by whom it is recorded", (await page.locator(".facts").first().textContent()).includes("As recorded by"));
    const own = page.url();
    await page.fill("#f-as_of", "2026-11-15");
    await page.click("main form button");
    checks.ok("as of a past day", (await page.locator("main time").first().textContent()).includes("November 15, 2026, end of the day"));
    const [file] = await Promise.all([page.waitForEvent("download"), page.click('main a:has-text("CSV")')]);
    checks.ok("a file of that day", /^transcript-2026-11-15-\d+\.csv$/.test(file.suggestedFilename()), file.suggestedFilename());
    const paper = await page.context().newPage();
    await paper.goto(own);
    await paper.emulateMedia({ media: "print" });
    checks.ok("the head is for paper", await paper.locator(".sheet-head").isVisible());
    checks.ok("the form is not", !(await paper.locator("main form").isVisible()));
    for (const format of ["A4", "Letter"]) {
        checks.ok(`it prints on ${format}`, (await paper.pdf({ format })).length > 10000);
    }
    await page.setViewportSize(PHONE);
    for (const path of [own, "/reports/completion?by=unit", "/reports/completion?by=person&as_of=2026-11-15"]) {
        await page.goto(path);
        checks.ok(`nothing is cut on a phone: ${new URL(page.url()).pathname}`, (await overflow(page)) <= 0);
    }
    const id = parseInt(own.match(/people\/(\d+)/)[1], 10);
    return id;
}

async function others(checks, browser, site, id) {
    const stranger = await visitor(browser, site, { viewport: PHONE });
    await stranger.goto(`/people/${id}/transcript`);
    checks.ok("a stranger is asked to sign in", stranger.url().includes("/sign-in"));
    await signIn(stranger, site.signIns.prosecutor);
    const refused = await stranger.goto(`/people/${id}/transcript`);
    checks.same("a learner is refused", refused.status(), 403);
    await stranger.goto("/me");
    await stranger.click('main a:has-text("Your transcript")');
    checks.ok("and finds the own one", (await stranger.title()).startsWith("Transcript: "));
}

await main("transcript", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const id = await manager(checks, browser, site);
    await others(checks, browser, site, id);
});
