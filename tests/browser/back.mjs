/*
 * back.mjs: after the quick exit, with the script: whatever stands in the history of the tab, going back or forward
 * shows nothing of it until one has come back oneself. That the exit itself works: exit.mjs.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { joinIn, launch, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const own_content = join(dirname(fileURLToPath(import.meta.url)), "content");
const EACH = "/courses/one-of-each";
const LESSON = `${EACH}/every-kind/text`;
const PRACTICE = `${EACH}/every-kind/practice`;
const GLOSSARY = "---\ntitle: Words\n---\n\n## Term: Paragraph\n\nWhat this one is.\n\n> **Source:** Ours.\n";
const ELSEWHERE = "https://www.weather.example/today";
const PRESSES = 5;
const who = {
    name: "Bea Back",
    email: "bea@example.org",
    password: "five times on the button",
    discipline: "prosecutor",
};

const path = (page) => new URL(page.url()).pathname;

/* In the page, once a frame: says which page of the training is in sight. */
function look() {
    function seen() {
        const shown = document.querySelector("main, header, footer");
        const left = ["/calendar", "blank"].includes(location.pathname);
        if (shown && !left && shown.getClientRects().length && getComputedStyle(shown).visibility === "visible") {
            console.debug(`seen ${location.pathname}`);
        }
        requestAnimationFrame(seen);
    }
    requestAnimationFrame(seen);
}

/* A tab with a history of its own. `seen` are the pages of the training in sight, `met` what the browser went to. */
async function tab(context) {
    const page = await context.newPage();
    page.seen = new Set();
    page.met = [];
    await page.addInitScript(look);
    page.on("console", (message) => {
        if (message.text().startsWith("seen ")) {
            page.seen.add(message.text().slice(5));
        }
    });
    page.on("framenavigated", () => page.met.push(path(page)));
    return page;
}

async function leave(page) {
    await page.click("[data-exit]");
    await page.waitForURL(/\/calendar$/);
    page.seen.clear();
    page.met.length = 0;
}

const settled = (page) =>
    page.waitForURL((url) => url.href === "about:blank" || url.pathname === "/calendar").catch(() => {});

/* One press: the browser goes to what it has there, which may lead on before it is read. */
async function press(page, button) {
    await page[button]({ waitUntil: "commit" }).catch(() => {});
    await settled(page);
}

async function goingBack(checks, page, what) {
    for (let i = 0; i < PRESSES && page.url() !== "about:blank"; i++) {
        await press(page, "goBack");
    }
    checks.same(`${what}: going back shows nothing`, [...page.seen], []);
    checks.same(`${what}: and leads on to the neutral page`, ["/calendar", "blank"].includes(path(page)), true);
}

/* What leaves the same page more than once in the history, each in a tab of its own. */
const cases = {
    async "a choice in a case"(page) {
        await page.goto(`${EACH}/the-night-desk/play`);
        await page.click("main form.stack button[type=submit]");
        await page.click("button.choice:has-text('Offer a chair')");
        await page.locator(".consequence").waitFor();
    },
    async "a practice question that was checked"(page) {
        await page.goto(PRACTICE);
        await page.fill("#q-a-word input:not([type=hidden])", "Monday");
        await page.click("#q-a-word button[type=submit]");
        await page.locator("#q-a-word .result").waitFor();
    },
    async "a reflection that was saved"(page) {
        await page.goto(PRACTICE);
        await page.fill("#q-a-thought textarea", "Lunch, mostly.");
        await page.click("#q-a-thought button[type=submit]");
        await page.locator("#q-a-thought .result").waitFor();
    },
    async "a quiz saved for later"(page) {
        await beginQuiz(page);
        const loaded = page.waitForEvent("load");
        await page.click("text=Save for later");
        await loaded;
    },
    async "a quiz that was handed in"(page) {
        await beginQuiz(page);
        await page.click("text=Hand in");
        await page.locator(".score-card").waitFor();
    },
    async "a page of many places"(page) {
        await page.goto(LESSON);
        await page.evaluate(() => ["main", "outline", "main"].forEach((id) => (location.hash = id)));
    },
};

async function beginQuiz(page) {
    await page.goto(`${EACH}/every-kind/quiz`);
    await page.click("main form button[type=submit], main .resume a");
    await page.waitForURL(/\/quiz\/\d+$/);
}

async function theSamePageTwice(checks, context) {
    for (const [what, begin] of Object.entries(cases)) {
        const page = await tab(context);
        await page.goto(EACH);
        await begin(page);
        const left = path(page);
        checks.has(`${what}: the page is in sight before`, [...page.seen].join(), left);
        await leave(page);
        await goingBack(checks, page, what);
        checks.ok(`${what}: it was there to be gone back to`, page.met.includes(left), page.met.join("\n"));
        await page.close();
    }
}

/* Links that lead about within a page and back. */
async function linksWithin(checks, context) {
    const page = await tab(context);
    await page.goto(LESSON);
    const entries = await page.evaluate(() => history.length);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    checks.same("the skip link leads to the content", await page.evaluate(() => document.activeElement.id), "main");
    await page.click("text=Back to the text");
    await page.waitForURL(/#use-1$/);
    checks.same("Back to the text adds nothing to the history", await page.evaluate(() => history.length), entries);
    checks.same(
        "and leads there",
        await page.evaluate(() => document.querySelector(":target").matches("a.term")),
        true,
    );
    await leave(page);
    await goingBack(checks, page, "links within the page");
    checks.lacks("links within the page: it was there once only", page.met.join(), LESSON);
    await page.close();
}

/* Everything else that a tab can be asked for after it was left. */
async function manyPages(checks, context) {
    const page = await tab(context);
    for (const address of ["/", EACH, LESSON, PRACTICE, "/me"]) {
        await page.goto(address);
    }
    await page.goBack();
    await leave(page);
    checks.same("the tab keeps no word of the training", await page.evaluate(() => Object.entries(sessionStorage)), [
        ["left", "/calendar"],
    ]);
    await press(page, "goForward");
    checks.same("going forward shows nothing", [...page.seen], []);
    checks.has("though there was something", page.met.join(), "/me");
    await goingBack(checks, page, "many pages");
    checks.has("many pages: to the first of them", page.met.join(), EACH);
    await page.close();
}

/* A press while the neutral page does not come: the screen stays empty, whatever else is pressed. */
async function whileTheNetworkIsSlow(checks, context) {
    const page = await tab(context);
    await page.goto(LESSON);
    await page.goto(PRACTICE);
    await leave(page);
    let let_go;
    const held = new Promise((done) => (let_go = done));
    await page.route("**/calendar", async (route) => {
        await held;
        await route.continue().catch(() => {});
    });
    await page.goBack({ waitUntil: "commit" }).catch(() => {});
    const asked = page.waitForRequest((request) => request.url().endsWith("/calendar"));
    await page.reload({ waitUntil: "commit" }).catch(() => {});
    await asked;
    let_go();
    await page.waitForURL(/\/calendar$/).catch(() => {});
    await settled(page);
    checks.same("a slow network: neither going back nor reloading shows anything", [...page.seen], []);
    checks.same("a slow network: the neutral page comes", path(page), "/calendar");
    await page.close();
}

/* Another tab is not left; who comes back is shown everything again, also on going back. */
async function comingBack(checks, context) {
    const [page, other] = [await tab(context), await tab(context)];
    await other.goto(LESSON);
    await other.goto(PRACTICE);
    await page.goto(EACH);
    await page.goto(LESSON);
    await leave(page);
    await other.goBack();
    await other.locator("main h1").waitFor();
    checks.same("another tab goes back as ever", path(other), LESSON);
    await press(page, "goBack");
    await page.goto(LESSON);
    await page.locator("main h1").waitFor();
    checks.same("who types the address is shown the page", path(page), LESSON);
    await page.reload();
    await page.click("h1.over a");
    await page.waitForURL(/\/every-kind$/);
    await page.goBack();
    await page.locator("main h1").waitFor();
    checks.same("and can go back again", path(page), LESSON);
    await leave(page);
    await goingBack(checks, page, "who leaves once more");
    await page.close();
    await other.close();
}

/* What a browser does that keeps whole pages: no browser can be made to keep these here. */
async function keptPages(checks, context) {
    const page = await tab(context);
    await page.goto(LESSON);
    const visible = () => page.evaluate(() => getComputedStyle(document.querySelector("main h1")).visibility);
    const tell = (name) =>
        page.evaluate((type) => window.dispatchEvent(new PageTransitionEvent(type, { persisted: true })), name);
    await tell("pagehide");
    checks.same("a page that is put away is out of sight", await visible(), "hidden");
    await tell("pageshow");
    checks.same("and in sight when it is taken out", await visible(), "visible");
    await tell("pagehide");
    page.seen.clear();
    await page.evaluate(() => sessionStorage.setItem("left", "/calendar"));
    await tell("pageshow").catch(() => {});
    await settled(page);
    checks.same("but not once the tab was left", [path(page), ...page.seen], ["/calendar"]);
    await page.close();
}

/* Nothing can be kept in the tab: one leaves all the same. */
async function withoutStorage(checks, context) {
    const page = await tab(context);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.addInitScript(() =>
        Object.defineProperty(window, "sessionStorage", {
            get() {
                throw new DOMException("refused", "SecurityError");
            },
        }),
    );
    await page.goto(EACH);
    await page.goto(LESSON);
    await leave(page);
    checks.same("a tab that keeps nothing can be left", errors, []);
    await page.goBack();
    checks.same("and the page itself is not behind it", path(page), EACH);
    await page.close();
}

/* Esc closes what is open before it counts. */
async function escOnACard(checks, context) {
    const page = await tab(context);
    const card = page.locator(".term-card");
    await page.goto(LESSON);
    await page.click(".prose a.term");
    await card.waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    checks.ok("Esc closes a definition", !(await card.isVisible()));
    checks.same("and only two more leave: after one the page is there", path(page), LESSON);
    await page.keyboard.press("a");
    await page.keyboard.press("Escape", { noWaitAfter: true });
    await page.keyboard.press("Escape", { noWaitAfter: true });
    await page.waitForURL(/\/calendar$/);
    await page.close();
}

async function elsewhere(checks, browser, folder, atEnd) {
    const file = join(folder, "curriculum.md");
    await writeFile(file, (await readFile(file, "utf8")).replace("---\n", `---\nquick-exit: ${ELSEWHERE}\n`));
    const site = await serve({ content: folder });
    atEnd(() => site.stop());
    const first = await visitor(browser, site);
    await joinIn(site, first, who);
    const page = await tab(first.context());
    const asked = () =>
        page.waitForRequest((request) => request.url() === ELSEWHERE && request.isNavigationRequest());
    const failed = () => page.waitForEvent("framenavigated", (frame) => frame.url().startsWith("chrome-error:"));
    await page.goto(EACH);
    await page.goto(LESSON);
    const ended = failed();
    await page.click("[data-exit]", { noWaitAfter: true });
    await ended;
    page.seen.clear();
    const [again, there] = [asked(), failed()];
    /* A browser that is still putting up its page about the missing network does not hear the first press. */
    for (let tries = 0; tries < 40; tries++) {
        if (await page.goBack({ waitUntil: "commit" }).catch(() => null)) {
            break;
        }
        await page.waitForTimeout(50);
    }
    const { referer = "" } = await (await again).allHeaders();
    await there;
    checks.same("another page: going back leads on to it, and tells nothing", [referer, ...page.seen], [""]);
}

await main("going back", async (checks, atEnd) => {
    const folder = await mkdtemp(join(tmpdir(), "crosstrain-back-"));
    atEnd(() => rm(folder, { recursive: true, force: true }));
    await cp(own_content, folder, { recursive: true });
    await writeFile(join(folder, "glossary.md"), GLOSSARY);
    const site = await serve({ content: folder });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const first = await visitor(browser, site);
    await joinIn(site, first, who);
    const context = first.context();

    await theSamePageTwice(checks, context);
    await linksWithin(checks, context);
    await manyPages(checks, context);
    await whileTheNetworkIsSlow(checks, context);
    await comingBack(checks, context);
    await keptPages(checks, context);
    await withoutStorage(checks, context);
    await escOnACard(checks, context);
    checks.same("the browser has nothing to complain about", first.complaints, []);
    await elsewhere(checks, browser, folder, atEnd);
});
