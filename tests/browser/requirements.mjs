/*
 * requirements.mjs: the lead of a task force asks a course of it by the pages alone, looks at what that means,
 * saves it and sees how it fills; a learner records training elsewhere; the lead approves and waives. With the
 * script and without, on a desk and on a phone.
 */
import { tooWide, violations } from "./access.mjs";
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 800 };
const SAVE = 'main button[value="save"]';

/* Looks at a page on a desk and on a phone, light and dark; axe-core needs scripting. */
async function looks(checks, name, page, scripted) {
    if (!scripted) {
        return;
    }
    const found = [];
    for (const viewport of [PHONE, DESK]) {
        for (const colorScheme of ["light", "dark"]) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            const seen = [...(await violations(page)), ...(await tooWide(page))];
            found.push(...seen.map((what) => `${viewport.width} ${colorScheme}: ${what}`));
        }
    }
    await page.emulateMedia({ colorScheme: "light" });
    checks.ok(`${name}: axe finds nothing, and all of it fits`, found.length === 0, found.join("\n"));
}

/* By the menu to the form; mistakes first. Gives the address of the requirement. */
async function assigns(checks, page, title, scripted) {
    await page.click('nav >> text="Requirements"');
    await looks(checks, "the list", page, scripted);
    await page.click('main >> text="New requirement"');
    await looks(checks, "the form", page, scripted);
    await page.fill("#days", "soon");
    await page.click('main >> text="Show what this means"');
    checks.has("a mistake is told", await page.locator("#errors").innerText(), "whole number");
    await looks(checks, "the form with a mistake", page, scripted);
    await page.click("#errors a");
    checks.ok("and one is led to it", /#days$/.test(page.url()));
    checks.same("what was typed is kept", await page.inputValue("#days"), "soon");
    await page.fill("#days", "45");
    await page
        .locator(".tick-list li", { hasText: "Task Force on Child Trafficking" })
        .locator("input")
        .check();
    await page.click("main summary");
    await page.fill("#title", title);
    await page.click(SAVE);
    checks.has("nothing is saved unseen", await page.locator("#look").innerText(), "Not saved yet.");
    const means = await page.locator("#look").innerText();
    checks.has(
        "what it means",
        means,
        "All people of Alder County Task Force on Child Trafficking complete " +
            "“Bridging the Systems: the core course” within 45 days of coming under this.",
    );
    checks.has("whom it hits", means, "It hits 21 people today.");
    checks.has("who may not be named", means, "7 of them are of other agencies");
    checks.has("who else asks the same", means, "asks the same of");
    await looks(checks, "what it means", page, scripted);
    await page.click(SAVE);
    checks.has("saved", await page.locator("[role=status]").innerText(), "The requirement is saved under your name.");
    checks.has("its people", await page.locator("main").innerText(), "21 people");
    await looks(checks, "the requirement", page, scripted);
    return new URL(page.url()).pathname;
}

/* Training elsewhere, by whoever had it. */
async function records(checks, page, title, scripted) {
    await page.goto("/me");
    await page.click('main >> text="What is required of me, and outside training"');
    await looks(checks, "what is required of me", page, scripted);
    await page.click('summary:has-text("Record outside training")');
    await page.selectOption("#credit-requirement", { label: title });
    await page.fill("#credit-on", "2026-01-15");
    await page.fill("#credit-hours", "6");
    await page.click(SAVE);
    checks.has("what is missing is told", await page.locator(".alert-problem").innerText(), "what it was");
    await looks(checks, "a record with a mistake", page, scripted);
    await page.fill("#credit-reason", `Academy: ${title}`);
    await page.fill("#credit-evidence", "Certificate of the academy");
    await page.click(`details[open] > form ${SAVE.replace("main ", "")}`);
    checks.has("it waits", await page.locator("main").innerText(), "waits for approval");
    checks.same("nobody approves the own", await page.locator('button[value="approve"]').count(), 0);
}

/* From the page of today to the record, and approves it. */
async function approves(checks, page, title, scripted) {
    await page.goto("/reports/today");
    const row = page.locator("section", { hasText: "Waiting for approval" }).locator("tr", { hasText: title });
    await row.locator("td a").click();
    const record = page.locator("li.requirement", { hasText: `Academy: ${title}` });
    await looks(checks, "one person", page, scripted);
    await record.locator('button[value="approve"]').click();
    checks.has("said at the top", await page.locator("main > [role=status]").innerText(), "is approved, and it counts");
    checks.has("approved", await record.innerText(), "Approved by Miriam Castañeda");
    checks.has("it counts", await page.locator("main table").innerText(), "completed");
}

async function waives(checks, page, address, scripted) {
    await page.goto(address);
    await page.locator("main table tr", { hasText: "Marcus Whitfield" }).locator("td a").first().click();
    await page.click('summary:has-text("Waive this requirement")');
    await page.fill("#waive-reason", "Teaches this course");
    await page.click(`details[open] > form ${SAVE.replace("main ", "")}`);
    checks.has("said at the top", await page.locator("main > [role=status]").innerText(), "The waiver is recorded");
    if (scripted)
        checks.same("where a screen reader is", await page.evaluate(() => document.activeElement.className), "alert alert-good just-done");
    await page.reload();
    checks.same("said once", await page.locator("main > [role=status]").count(), 0);
    checks.has("waived", await page.locator("main table").innerText(), "exempt");
    const record = page.locator("li.requirement", { hasText: "Teaches this course" });
    await record.locator('summary:has-text("Correct or withdraw")').click();
    await record.locator('button[value="withdraw"]').click();
    checks.has("why is asked", await record.innerText(), "Please say why it is corrected or withdrawn.");
    await looks(checks, "a correction with a mistake", page, scripted);
    await record.locator("input[name=why]").fill("It was another course");
    await record.locator('button[value="withdraw"]').click();
    checks.has("withdrawn", await record.innerText(), "because: It was another course");
    checks.lacks("and required again", await page.locator("main table").innerText(), "exempt");
}

/* Two windows: the second is shown what the first saved, and loses nothing. */
async function collides(checks, page, address, scripted) {
    const late = await page.context().newPage();
    for (const [window, days] of [
        [page, "50"],
        [late, "60"],
    ]) {
        await window.goto(`${address}/change`);
        await window.fill("#days", days);
        await window.click('main >> text="Show what this means"');
    }
    await page.click(SAVE);
    await late.click(SAVE);
    checks.has("what was recorded is shown", await late.locator(".alert-problem").innerText(), "within 50 days");
    checks.same("what was typed is kept", await late.inputValue("#days"), "60");
    await looks(checks, "the conflict", late, scripted);
    await late.click(SAVE);
    checks.has("saved after all", await late.locator(".lead").innerText(), "within 60 days");
    await late.fill("#on", "2031-01-01");
    await late.click('button:has-text("End this requirement")');
    checks.has("it ends", await late.locator(".lead").innerText(), "Ends on January 1, 2031");
    await late.close();
}

async function walk(checks, browser, site, scripted) {
    const title = scripted ? "Asked with the script" : "Asked without the script";
    const options = { javaScriptEnabled: scripted };
    const manager = await visitor(browser, site, options);
    const learner = await visitor(browser, site, options);

    await signIn(manager, site.signIns.manager);
    const address = await assigns(checks, manager, title, scripted);
    await signIn(learner, site.signIns["health professional"]);
    await records(checks, learner, title, scripted);
    await approves(checks, manager, title, scripted);
    await manager.goto(address);
    checks.has("it fills", await manager.locator(".requirement-counts").innerText(), "completed");
    await waives(checks, manager, address, scripted);
    await collides(checks, manager, address, scripted);
    await learner.goto(address);
    checks.has("it is not for learners", await learner.locator("main").innerText(), "not open to you");
    checks.same("no complaints", [...manager.complaints, ...learner.complaints], []);
    await manager.context().close();
    await learner.context().close();
}

await main("requirements", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());

    await walk(checks, browser, site, true);
    await walk(checks, browser, site, false);
});
