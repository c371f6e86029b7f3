/*
 * credit.mjs: an administrator records a type of credit and, late, that a course was approved for it; who completed
 * the course attests; the certificate bears the hours, for its holder and for whoever checks it.
 */
import { tooWide, violations } from "./access.mjs";
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const WORD = "I attest that I took this course myself.";
const LINE = "1.5 hours of Continuing education, Alder Board of Social Work (fictional), number SW-77, Alder";

async function looksWell(checks, page, name) {
    for (const [kind, size] of Object.entries({ phone: PHONE, desk: DESK })) {
        await page.setViewportSize(size);
        checks.same(`${name}, ${kind}: fits`, await tooWide(page), []);
        checks.same(`${name}, ${kind}: axe finds nothing`, await violations(page), []);
    }
}

const save = (page) => page.click("form.requirement-form button[type=submit]");

async function recordsAType(checks, page) {
    await page.goto("/people");
    await page.click("main a:has-text('Hours and credit')");
    await looksWell(checks, page, "the list");
    await page.click("main a:has-text('Add a type')");
    await page.fill("#type", "ce");
    await page.fill("#title", "Continuing education");
    await page.fill("#source", "As your board says");
    await page.fill("#from", "2020-01-01");
    await page.fill("#step", "half an hour");
    await page.selectOption("#basis", "approved");
    await page.fill("#attestation", WORD);
    await page.check("label:has-text('Advocate') input");
    await save(page);
    checks.has("what is wrong is said at its field", await page.locator("#step-error").innerText(), "as in 1.25");
    checks.same("what was typed is kept", await page.inputValue("#attestation"), WORD);
    checks.ok("what was ticked, too", await page.isChecked("label:has-text('Advocate') input"));
    await looksWell(checks, page, "the form with an error");
    await page.click("#errors a");
    checks.same("the summary leads to the field", await page.evaluate(() => document.activeElement.id), "step");
    await page.fill("#step", "0.5");
    await save(page);
    checks.has("it is recorded", await page.locator("[role=status]").innerText(), "Recorded");
    checks.has("and told in sentences", await page.locator("main").innerText(), "As many hours count as were approved.");
}

async function approvesLate(checks, page) {
    await page.click("main a:has-text('Record an approval')");
    await page.selectOption("#course", "bridging-the-systems");
    await page.selectOption("#type", "ce");
    await page.fill("#body", "Alder Board of Social Work (fictional)");
    await page.fill("#state", "Alder");
    await page.fill("#number", "SW-77");
    await page.fill("#hours", "1.5");
    await page.fill("#from", "2020-01-01");
    await looksWell(checks, page, "the form of an approval");
    await save(page);
    checks.has("the approval is in the list", await page.locator("table").innerText(), "SW-77");
}

/* Gives the address of the certificate. */
async function attests(checks, page) {
    await page.goto("/me");
    checks.has("my record asks for the word", await page.locator("main").innerText(), WORD);
    await looksWell(checks, page, "my record");
    await page.click("button:has-text('I attest this')");
    await page.waitForURL(/\/certificates\//);
    checks.has("the certificate bears the hours", await page.locator(".certificate").innerText(), LINE);
    checks.has("its holder sees how it was reissued", await page.locator("ol.history").innerText(), "without credit");
    checks.lacks("nothing more is asked", await page.locator("main").innerText(), "I attest this");
    await looksWell(checks, page, "the certificate");
    const address = new URL(page.url()).pathname;
    await page.goto("/me");
    checks.has("my hours are there by type", await page.locator("main").innerText(), "Continuing education");
    return address;
}

async function isCheckedByAnybody(checks, browser, site, address) {
    const page = await visitor(browser, site, { javaScriptEnabled: false });
    await page.goto(address);
    checks.has("whoever checks it sees the hours", await page.locator(".certificate").innerText(), LINE);
    checks.same("and not how it was before", await page.locator("ol.history").count(), 0);
    const signed = await (await page.context().request.get(`${address}.json`)).json();
    checks.same("the signed document has them", signed.certificate.credit.at(-1).approval_no, "SW-77");
    await page.context().close();
}

async function corrects(checks, page, address) {
    await page.goto("/credits");
    await page.click("main table a:has-text('SW-77')");
    await page.fill("#hours", "2");
    await page.fill("#note", "The letter says two hours");
    await save(page);
    await page.goto(address);
    checks.has("a correction reissues it", await page.locator(".certificate").innerText(), "2 hours of Continuing");
    checks.has("its history keeps both", await page.locator("ol.history").innerText(), "1.5 hours of Continuing");
}

await main("credit", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site);
    const learner = await visitor(browser, site);
    await signIn(page, site.signIns.administrator);
    await signIn(learner, site.signIns.advocate);

    await recordsAType(checks, page);
    await approvesLate(checks, page);
    const address = await attests(checks, learner);
    await isCheckedByAnybody(checks, browser, site, address);
    await corrects(checks, page, address);
    checks.same("the browser has nothing to complain about", [...page.complaints, ...learner.complaints], []);
});
