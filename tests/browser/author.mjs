/*
 * author.mjs: trainers write in the browser: a module from its first title on, with problems, a lost connection,
 * an ended session and a second trainer at the same text; and all of it without scripts.
 */
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { joinIn, launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const FILE = "/author/files/one-of-each/03-first-words.md";
const BOX = "#editor-source";
const LOST = "Not saved: the connection is lost. Your text is kept in this browser.";
const BROKEN = "\n## Broken\n\n### Question: Which?\n\nWhich?\n\n- (x) One\n- [ ] Two\n";
const trainer = (name, email) => ({ name, email, password: "trainers have four words", role: "trainer" });
const tara = trainer("Tara Ames", "tara@example.org");
const dana = trainer("Dana Ruiz", "dana@example.org");
/* One pixel. */
const PICTURE = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
);

const text = (page) => page.inputValue(BOX);

/* Sets the pen at the end of the text and writes there. */
async function write(page, what) {
    await page.locator(BOX).evaluate((box) => {
        box.focus();
        box.setSelectionRange(box.value.length, box.value.length);
    });
    await page.keyboard.insertText(what);
}

/* "Not saved" is not "Saved". */
const status = (page, wanted) => page.locator("[data-status]", { hasText: new RegExp(`^${wanted}`) }).waitFor();

async function begins(checks, page) {
    await page.goto("/author");
    await page.click('a:has-text("New module")');
    await page.check('input[value="lesson"]');
    await page.fill("#new-title", "First Words, “Größe”");
    const name = () => page.inputValue("#new-file");
    checks.same("a file's name is made of the title", await name(), "03-first-words-grosse.md");
    await page.fill("#new-file", "03-first-words.md");
    await page.fill("#new-title", "First words");
    checks.same("but not over one that was typed", await name(), "03-first-words.md");
    await page.click("main button[type=submit]");
    await page.waitForURL(`**${FILE}`);
    checks.has("the starter is in the box", await text(page), "# First words");
    checks.has("and beside it", await page.locator("[data-preview] h1").innerText(), "First words");
    checks.same("it has no problems", await page.locator(".editor-problem").count(), 0);
}

async function seesProblems(checks, page) {
    await write(page, "\n## More\n\nA sentence that was just typed.\n");
    await page.locator("[data-preview]", { hasText: "A sentence that was just typed." }).waitFor();
    checks.ok(
        "the preview follows the pen",
        await page.locator(".is-at-pen", { hasText: "just typed" }).first().isVisible(),
    );
    await status(page, "Saved");
    const good = await text(page);
    await write(page, BROKEN);
    await page.locator(".editor-problem.is-error").first().waitFor();
    const said = page.locator(".editor-problem.is-error", { hasText: "round and square marks" });
    checks.has("a problem shows its line", await said.locator(".editor-excerpt").innerText(), "- (x) One");
    await page.locator(BOX).evaluate((box) => (box.scrollTop = 0));
    await said.locator(".editor-jump").click();
    const selected = await page
        .locator(BOX)
        .evaluate((box) => [
            document.activeElement === box,
            box.value.slice(box.selectionStart, box.selectionEnd),
        ]);
    checks.same("and leads to it", selected, [true, "- (x) One"]);
    checks.ok("the text scrolls there", (await page.locator(BOX).evaluate((box) => box.scrollTop)) > 100);
    await page.fill(BOX, good + "\n##No space\n\nText.\n\n> **For prosecuters:** One.\n");
    const mend = page.locator(".editor-problem", { has: page.locator(".editor-use") }).first();
    await mend.waitFor();
    const line = Number(await mend.locator("[data-mend]").getAttribute("data-mend"));
    const lines = await mend.locator("[data-mend] code").innerText();
    await mend.locator(".editor-use").click();
    checks.same("a mend is put in", (await text(page)).split("\n")[line - 1], lines.split("\n")[0]);
    await page.fill(BOX, good);
    await page.locator("#editor-problems-title", { hasText: "no problems" }).waitFor();
    await page.keyboard.press("Control+s");
    await status(page, "Saved");
    await page.reload();
    checks.same("what was saved is there", await text(page), good);
    await page.focus(BOX);
    await page.keyboard.press("Tab");
    checks.ok(
        "the Tab key leaves the box",
        await page.evaluate(() => !document.activeElement.matches("textarea, body")),
    );
}

/* What a browser says when it has no connection is meant here. */
const calm = (page) => page.complaints.splice(0);

async function losesConnection(checks, page) {
    await page.context().setOffline(true);
    await write(page, "\nWritten on a train.\n");
    await status(page, LOST);
    checks.ok("a lost connection keeps the text in the browser", true);
    await page.context().setOffline(false);
    await status(page, "Saved");
    checks.ok("and saves it when it is back", true);
    calm(page);
    await page.reload();
    checks.has("the server has it", await text(page), "Written on a train.");
    checks.same("nothing is left to offer", await page.locator("[data-note]").count(), 0);

    const lost = await page.context().newPage();
    await lost.goto(FILE);
    await page.context().setOffline(true);
    await write(lost, "\nNever saved.\n");
    await status(lost, LOST);
    await lost.close();
    await page.context().setOffline(false);
    await page.goto(FILE);
    calm(page);
    checks.lacks("after a crash the stored text is shown", await text(page), "Never saved.");
    await page.locator("[data-note]", { hasText: "a text that was not saved" }).waitFor();
    await page.click('[data-note] button:has-text("Use it")');
    checks.has("and the other one can be used", await text(page), "Never saved.");
    await status(page, "Saved");
    checks.same("the offer is gone", await page.locator("[data-note]").count(), 0);
}

async function losesSession(checks, page) {
    await page.context().clearCookies({ name: "ct_session" });
    await write(page, "\nAfter hours.\n");
    await page.locator('[data-note="session"]').waitFor();
    const tab = await page.context().newPage();
    await signIn(tab, tara);
    await tab.close();
    await page.bringToFront();
    await status(page, "Saved");
    checks.same("who signs in again in another tab goes on", await page.locator("[data-note]").count(), 0);
    calm(page);
}

async function meet(checks, page, other) {
    await other.goto(FILE);
    const whose = await other.locator("main [role=note]").first().innerText();
    checks.has("who opens a draft is told whose", whose, tara.name);
    const first = await text(other);
    await other.fill(BOX, first.replace("# First words", "# First words of Dana"));
    await status(other, "Saved");
    await write(page, "\nLast words of Tara.\n");
    await page.locator("#editor-conflict").waitFor();
    checks.has("two people are told", await page.locator("#editor-conflict").innerText(), dana.name);
    checks.has("and see the difference", await page.locator("#editor-conflict .diff").innerText(), "of Dana");
    await page.click('#editor-conflict button:has-text("Put both together")');
    await status(page, "Saved");
    checks.has("both together: hers", await text(page), "# First words of Dana");
    checks.has("both together: mine", await text(page), "Last words of Tara.");

    await other.fill(BOX, (await text(other)).replace("of Dana", "of Dana alone"));
    await other.locator("#editor-conflict").waitFor();
    await other.click('#editor-conflict a:has-text("Take the stored text")');
    await other.locator("[data-note]", { hasText: "a text that was not saved" }).waitFor();
    checks.same("the stored text is taken", await text(other), await text(page));
    checks.has("one's own is kept", await other.locator(".editor-kept pre").textContent(), "of Dana alone");

    await other.fill(BOX, (await text(other)).replace("of Dana", "of both"));
    await status(other, "Saved");
    await page.fill(BOX, (await text(page)).replace("of Dana", "of Tara"));
    await page.locator("#editor-conflict").waitFor();
    checks.same(
        "edits of one place cannot be brought together",
        await page.locator('[data-way="merge"]').count(),
        0,
    );
    await page.click('#editor-conflict button:has-text("Replace it by yours")');
    await status(page, "Saved");
    await other.reload();
    checks.has("who has seen the other text may replace it", await text(other), "# First words of Tara");
    calm(page);
    calm(other);
}

async function putsPicture(checks, page) {
    const form = page.locator("[data-insert]");
    await write(page, "\n");
    await form.locator("summary").click();
    const choose = (name, buffer) =>
        form.locator("input[type=file]").setInputFiles({ name, mimeType: "image/png", buffer });
    await choose("note.png", Buffer.from("no"));
    await form.locator("input[name=alt]").fill("A closed door");
    await form.locator("button").click();
    await form.locator("[data-error]", { hasText: "note.png" }).waitFor();
    checks.ok("what is no picture is refused with a sentence", true);
    calm(page);
    await choose("Door 1.PNG", PICTURE);
    await form.locator("button").click();
    await page.locator("[data-preview] img[alt='A closed door']").waitFor();
    checks.has("a picture is put in", await text(page), "![A closed door](images/door-1.png)");
    await status(page, "Saved");
    /* Whoever has not touched the text yet has the pen at its very beginning. */
    await page.locator("textarea").evaluate((box) => box.setSelectionRange(0, 0));
    await form.locator("summary").click();
    await choose("Door 2.PNG", PICTURE);
    await form.locator("input[name=alt]").fill("An open door");
    await form.locator("button").click();
    await page.locator("[data-preview] img[alt='An open door']").waitFor();
    checks.ok("a picture has a place below the title", /^# .*\n\n!\[An open door\]\(\S+\)\n\n/m.test(await text(page)));
    await status(page, "Saved");
}

async function plainly(checks, browser, site, content) {
    const page = await visitor(browser, site, { javaScriptEnabled: false });
    await signIn(page, dana);
    await page.goto("/author/new?course=one-of-each");
    await page.fill("#new-title", "Without a script");
    await page.click("main button[type=submit]");
    checks.has("without script: a module begins", page.url(), "/author/files/one-of-each/04-without-a-script.md");
    const whole = await text(page);
    await page.fill(BOX, whole + BROKEN);
    await page.click('button:has-text("Check and preview")');
    const excerpt = await page.locator(".editor-excerpt").first().innerText();
    checks.has("without script: problems with their lines", excerpt, "- (x) One");
    checks.has("without script: the text is still there", await text(page), "### Question: Which?");
    await page.click('button:has-text("Save draft")');
    checks.has("without script: saved", await page.locator("[data-status]").innerText(), "Draft saved");
    checks.same("without script: byte for byte", await text(page), whole + BROKEN);
    await page.fill(BOX, whole);
    await page.click('button:has-text("Publish…")');
    checks.has("without script: on to publishing", page.url(), "/04-without-a-script.md/publish");
    await page.goto("/author/files/one-of-each/04-without-a-script.md");
    await page.click(".editor-discard summary");
    await page.click(".editor-discard button");
    checks.same("without script: thrown away", new URL(page.url()).pathname, "/author");
    checks.lacks("without script: and gone", await page.locator("main").innerText(), "04-without-a-script.md");
    await page.goto("/author/uploads/one-of-each");
    await page.setInputFiles("#upload-file", { name: "b.png", mimeType: "image/png", buffer: PICTURE });
    await page.fill("#upload-alt", "A door [open]");
    await page.click('button:has-text("Upload the picture")');
    const line = await page.locator(".alert code").innerText();
    checks.has("without script: a picture", line, "![A door \\[open\\]](images/");
    const files = (await readdir(join(content, "one-of-each"))).sort();
    checks.same("nothing that was not published is in the folder", files, [
        "01-every-kind.md",
        "02-the-night-desk.md",
        "course.md",
        "images",
    ]);
    checks.same("the browser has nothing to complain about", page.complaints, []);
}

await main("author", async (checks, atEnd) => {
    const content = await mkdtemp(join(tmpdir(), "crosstrain-author-"));
    atEnd(() => rm(content, { recursive: true, force: true }));
    await cp(join(dirname(fileURLToPath(import.meta.url)), "content"), content, { recursive: true });
    const site = await serve({ content });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site);
    const other = await visitor(browser, site);
    await joinIn(site, page, tara);
    await joinIn(site, other, dana);

    await begins(checks, page);
    await seesProblems(checks, page);
    await losesConnection(checks, page);
    await losesSession(checks, page);
    await meet(checks, page, other);
    await putsPicture(checks, page);
    checks.same("the browsers have nothing to complain about", [...page.complaints, ...other.complaints], []);
    await plainly(checks, browser, site, content);
});
