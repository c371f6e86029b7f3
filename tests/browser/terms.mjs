/*
 * terms.mjs: words of the glossary: their definition is shown in place, with the script below the word and
 * without it as a card, and closing it leads back to the word. By mouse and by keyboard, on a phone too.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tooWide, violations } from "./access.mjs";
import { joinIn, launch, model, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const LESSON = "/courses/words/a-lesson/one-page";
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const NEAR = 12; /* pixels between a word and its card */
const FAR = 48; /* pixels that a page may move at most when a word is come back to in the middle of it */
const padding = "A paragraph that says nothing much, so that the page is long enough to move.\n\n".repeat(14);
const files = {
    "curriculum.md": "---\ntitle: Words\ndisciplines:\n  - prosecutor (prosecutors)\n  - advocate (advocates)\n---\nHello.\n",
    "glossary.md": `---
title: Words we use
---
An introduction.

## Term: CAC

\`also: children's advocacy center\`

A child-friendly center where a *team* coordinates the interview.

> **Source:** National Children's Alliance.

## Term: Mandated reporter

Whom State law requires to report.

> **Source:** State law.
`,
    "words/course.md": "---\ntitle: Words\n---\nA course.\n",
    "words/01-a-lesson.md": `# A lesson

## One page

${padding}
The team meets at the CAC, and every mandated
reporter is there. The CAC has a garden.

> **For advocates:** What a mandated reporter tells you.

${padding}`,
};
const who = {
    name: "Gil Glossary",
    email: "gil@example.org",
    password: "one word at a time, please",
    discipline: "prosecutor",
};

async function writeContent() {
    const dir = await mkdtemp(join(tmpdir(), "crosstrain-words-"));
    await mkdir(join(dir, "words"));
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(dir, name), text)));
    return dir;
}

const scroll = (page) => page.evaluate(() => window.scrollY);
const word = (page, n = 0) => page.locator(".prose a.term").nth(n);
const box = (locator) => locator.boundingBox();

/* A press as a hand does it: Playwright's click would move the page first. */
async function press(page, locator) {
    const { x, y, width, height } = await box(locator);
    await page.mouse.click(x + width / 2, y + height / 2);
}

async function inSight(page, locator) {
    await locator.evaluate((e) => e.scrollIntoView({ block: "center" }));
    await page.evaluate(() => window.scrollBy(0, 60));
}

async function text(checks, page) {
    const words = await page.locator(".prose a.term").allInnerTexts();
    checks.same("the first use of each is linked, and no other", words, [
        "CAC",
        "mandated reporter",
    ]);
    const list = page.locator("aside.terms");
    checks.same("the list has a name", await list.getAttribute("aria-label"), "Words on this page");
    checks.same("the definitions are at the foot", await list.locator(".term-name").allInnerTexts(), [
        "CAC",
        "Mandated reporter",
    ]);
    checks.has("with their source", await list.innerText(), "Source: National Children's Alliance.");
    checks.ok("and can be read without doing anything", await list.locator(".term-definition").first().isVisible());
}

async function withoutScript(checks, page, where) {
    await page.goto(LESSON);
    await inSight(page, word(page));
    const before = await scroll(page);
    await press(page, word(page));
    await page.waitForURL(/#term-cac$/);
    const card = page.locator("#term-cac");
    const at = await box(card);
    const size = page.viewportSize();
    checks.same(`${where}: the page stays where it is`, await scroll(page), before);
    checks.ok(
        `${where}: the card is within the window`,
        at.x >= 0 && at.y >= 0 && at.x + at.width <= size.width && at.y + at.height <= size.height,
        JSON.stringify(at),
    );
    const back = card.locator(".term-back");
    checks.ok(`${where}: the way back is large enough`, (await box(back)).height >= 44 && (await box(back)).width >= 44);
    await page.keyboard.press("Tab");
    checks.ok(`${where}: the next stop is in the card`, await card.evaluate((e) => e.contains(document.activeElement)));
    await press(page, back);
    await page.waitForURL(/#use-1$/);
    checks.ok(`${where}: the card is closed`, (await card.evaluate((e) => getComputedStyle(e).position)) === "static");
    const y = (await box(word(page))).y;
    checks.ok(`${where}: and the word is in the middle`, y > size.height * 0.3 && y < size.height * 0.7, y);
    await page.keyboard.press("Tab");
    checks.same(
        `${where}: the next stop is the next word`,
        await page.evaluate(() => document.activeElement.id),
        "use-2",
    );
}

async function withScript(checks, page, where) {
    await page.goto(LESSON);
    await inSight(page, word(page));
    const before = await scroll(page);
    const card = page.locator(".term-card");
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
    await press(page, word(page));
    await card.waitFor();
    const at = await box(card);
    const of = await box(word(page));
    const size = page.viewportSize();
    checks.same(`${where}: the page stays where it is`, await scroll(page), before);
    checks.ok(`${where}: the card is directly below the word`, Math.abs(at.y - of.y - of.height) <= NEAR, `${at.y} ${of.y}`);
    checks.ok(`${where}: and within the window`, at.x >= 0 && at.x + at.width <= size.width, JSON.stringify(at));
    checks.has(`${where}: with the definition`, await card.innerText(), "A child-friendly center where a team");
    checks.lacks(`${where}: the address stays`, page.url(), "#");
    checks.same(`${where}: it has the focus`, await focused(), "term-card");
    const close = card.getByRole("button", { name: "Close" });
    checks.ok(`${where}: closing is large enough`, (await box(close)).height >= 44 && (await box(close)).width >= 44);
    checks.same(`${where}: axe finds nothing`, [...(await violations(page, null)), ...(await tooWide(page))], []);
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "hidden" });
    checks.same(`${where}: Esc leads back to the word`, await focused(), "use-1");
    await page.keyboard.press("Enter");
    await card.waitFor();
    await page.keyboard.press("Tab");
    checks.same(`${where}: the first stop is closing`, await focused(), "term-close");
    await page.keyboard.press("Enter");
    await card.waitFor({ state: "hidden" });
    checks.same(`${where}: which leads back too`, await focused(), "use-1");
    await press(page, word(page, 1));
    await card.waitFor();
    checks.has(`${where}: the other word`, await card.innerText(), "Whom State law requires");
    await page.mouse.click(5, 200);
    await card.waitFor({ state: "hidden" });
    checks.ok(`${where}: a press elsewhere closes it`, Math.abs((await scroll(page)) - before) <= FAR);
    await page.goto(`${LESSON}#term-cac`);
    const faults = [...(await violations(page, null)), ...(await tooWide(page))];
    checks.same(`${where}: nor on a page that was opened at a word`, faults, []);
}

async function inAnotherTab(checks, page) {
    const opened = page.context().waitForEvent("page");
    await inSight(page, word(page));
    const { x, y, width, height } = await box(word(page));
    await page.mouse.click(x + width / 2, y + height / 2, { button: "middle" });
    const other = await opened;
    await other.waitForLoadState();
    checks.has("a middle click is an ordinary link", other.url(), `${LESSON}#term-cac`);
    await other.close();
}

async function theGlossary(checks, page) {
    await page.goto("/");
    await page.getByRole("contentinfo").getByRole("link", { name: "Glossary" }).click();
    checks.same("the footer leads to it", new URL(page.url()).pathname, "/glossary");
    checks.same("all words by name", await page.locator("h3.term-name").allInnerTexts(), ["CAC", "Mandated reporter"]);
    checks.has("with other spellings", await page.locator("#term-cac").innerText(), "children's advocacy center");
    checks.same("as data too", (await model(page, "/glossary")).letters.length, 2);
    checks.same("no row of letters for two", await page.locator(".letters").count(), 0);
}

await main("terms", async (checks, atEnd) => {
    const content = await writeContent();
    atEnd(() => rm(content, { recursive: true, force: true }));
    const site = await serve({ content });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());

    const page = await visitor(browser, site);
    await joinIn(site, page, who);
    await page.goto(LESSON);
    await text(checks, page);
    await withScript(checks, page, "desk");
    await inAnotherTab(checks, page);
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: "dark" });
    await withScript(checks, page, "phone");
    checks.same("the browser has nothing to complain about", page.complaints, []);

    const plain = await visitor(browser, site, { javaScriptEnabled: false });
    await plain.context().addCookies(await page.context().cookies());
    await plain.goto(LESSON);
    await text(checks, plain);
    await plain.setViewportSize(DESK);
    await withoutScript(checks, plain, "desk, no script");
    await plain.setViewportSize(PHONE);
    await plain.emulateMedia({ colorScheme: "dark" });
    await withoutScript(checks, plain, "phone, no script");
    checks.same("nor without script", plain.complaints, []);

    const anybody = await visitor(browser, site);
    await theGlossary(checks, anybody);
});
