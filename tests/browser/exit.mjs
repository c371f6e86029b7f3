/*
 * exit.mjs: the quick exit, with the script and without: what is on the screen and in the history afterwards,
 * and that nothing is lost by it. What going back shows afterwards: back.mjs.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tooWide, violations } from "./access.mjs";
import { joinIn, launch, model, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const own_content = join(dirname(fileURLToPath(import.meta.url)), "content");
const EACH = "/courses/one-of-each";
const LESSON = `${EACH}/every-kind/text`;
const PRACTICE = `${EACH}/every-kind/practice`;
const ELSEWHERE = "https://www.weather.example/today";
const WORD = "#q-quiz-word input:not([type=hidden])";
const PHONE = { width: 360, height: 740 };
const ASKS = 200; /* how often a program asks before it gives up: each time is a trip to the server */
const who = {
    name: "Les Leaver",
    email: "les@example.org",
    password: "gone in half a second",
    discipline: "prosecutor",
};

const path = (page) => new URL(page.url()).pathname;

/* Who is in a hurry presses it more than twice; to the browser that would mean: stop loading. */
async function escTwice(page, more = 0) {
    for (let i = 0; i < 2 + more; i++) {
        await page.keyboard.press("Escape", { noWaitAfter: true });
    }
}

const gone = (page) => page.waitForURL(/\/calendar$/);

async function beginQuiz(page) {
    await page.goto(`${EACH}/every-kind/quiz`);
    await page.click("main form button[type=submit], main .resume a");
    await page.waitForURL(/\/quiz\/\d+$/);
    return path(page);
}

/* What leaves with a page arrives behind it. */
async function eventually(page, where, holds) {
    for (let i = 0; i < ASKS; i++) {
        if (holds(await model(page, where))) {
            return true;
        }
    }
    return false;
}

async function fromALesson(checks, page) {
    await page.goto(EACH);
    await page.goto(LESSON);
    const entries = await page.evaluate(() => history.length);
    await page.keyboard.press("Escape");
    await page.keyboard.press("a");
    await page.keyboard.press("Escape");
    checks.same("Esc twice, but with another key between, stays", path(page), LESSON);
    await page.evaluate(() => {
        const press = (at) => {
            const event = new KeyboardEvent("keydown", { key: "Escape" });
            Object.defineProperty(event, "timeStamp", { value: at });
            window.dispatchEvent(event);
        };
        press(1e6);
        press(1e6 + 1500);
    });
    checks.same("and so does Esc twice, slowly", path(page), LESSON);
    await page.keyboard.press("Control+Escape");
    await page.keyboard.press("Escape");
    checks.same("and Esc with another key held", path(page), LESSON);
    await page.keyboard.press("Escape");
    await gone(page);
    checks.same("Esc twice leads to the neutral page", await page.title(), "Calendar");
    checks.same("in place of the lesson", await page.evaluate(() => history.length), entries);
    checks.same("no script runs there", await page.locator("script, a, [data-exit]").count(), 0);
    checks.same("it tells nothing of the page before", await page.evaluate(() => document.referrer), "");
    await page.goto("/");
    checks.same("one is still signed in", await page.locator(".who").count(), 1);
}

/* The neutral page is slow to come: the screen is empty before it is there. */
async function whileTheNetworkIsSlow(checks, page) {
    let let_go;
    const held = new Promise((done) => (let_go = done));
    await page.route("**/calendar", async (route) => {
        await held;
        await route.continue();
    });
    await page.goto(LESSON);
    /* The page itself says how it looks: a browser that waits for the next one answers nobody. */
    await page.evaluate(() => {
        new MutationObserver(() => console.log(getComputedStyle(document.body).display, document.title)).observe(
            document.documentElement,
            { attributes: true },
        );
    });
    const said = page.waitForEvent("console");
    const asked = page.waitForRequest((request) => request.url().endsWith("/calendar") && request.isNavigationRequest());
    await page.click("[data-exit]", { noWaitAfter: true });
    checks.same("nothing is in sight while it comes", (await said).text(), "none Calendar");
    await asked;
    let_go();
    await gone(page);
    await page.unroute("**/calendar");
}

async function withoutANetwork(checks, page) {
    const fetched = page.waitForResponse(
        (reply) => reply.url().endsWith("/calendar") && !reply.request().isNavigationRequest(),
    );
    await page.goto(LESSON);
    await (await fetched).finished();
    await page.context().setOffline(true);
    await escTwice(page);
    await gone(page);
    checks.has("it comes without a network", await page.locator("h1").innerText(), " 20");
    await page.context().setOffline(false);
}

async function fromAQuiz(checks, page) {
    const quiz = await beginQuiz(page);
    const first = page.locator(".question input[type=radio]").first();
    await first.check();
    await page.locator(WORD).fill("Half a thou");
    await escTwice(page);
    await gone(page);
    checks.ok("both answers are on the server", await eventually(page, quiz, (m) => m.answered === 2));
    await page.goto(quiz);
    checks.ok("the choice is there on return", await first.isChecked());
    checks.same("and the text", await page.locator(WORD).inputValue(), "Half a thou");
    await page.locator(WORD).focus();
    const again = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await again;
    checks.same("Enter in a field neither leaves nor hands in", path(page), quiz);
    checks.ok("but saves", await page.locator("form[data-autosave]").isVisible());
}

async function fromAReflection(checks, page) {
    await page.goto(PRACTICE);
    await page.fill("#q-a-thought textarea", "Not said to anybody yet.");
    await page.click("[data-exit]");
    await gone(page);
    const kept = (m) => JSON.stringify(m.blocks).includes("Not said to anybody yet.");
    checks.ok("a reflection is kept", await eventually(page, PRACTICE, kept));
}

/* More than a browser sends on behind a page that is gone: the page waits, blank, until it is sent. */
async function withALongText(checks, page) {
    const long = "word ".repeat(750);
    await page.goto(PRACTICE);
    await page.evaluate((text) => {
        const box = document.querySelector("#q-a-thought textarea");
        const form = box.form;
        box.value = text;
        /* The same form often enough: what several long reflections on a page would come to. */
        for (let i = 0; i < 20; i++) {
            const copy = form.cloneNode(true);
            copy.querySelector("textarea").value = text;
            form.after(copy);
        }
    }, long);
    await page.click("[data-exit]");
    await gone(page);
    const kept = (m) => JSON.stringify(m.blocks).includes(long.trim().slice(-200));
    checks.ok("so is a long one", await eventually(page, PRACTICE, kept));
}

async function fromAScene(checks, page) {
    await page.goto(`${EACH}/the-night-desk/play`);
    await page.click("main form.stack button[type=submit]");
    await page.waitForURL(/\/runs\/\d+$/);
    const run = path(page);
    await page.click("button.choice:has-text('Offer a chair')");
    await page.locator(".consequence").waitFor();
    await escTwice(page);
    await gone(page);
    checks.same("the scene stands as it was", (await model(page, run)).step, 1);
    await page.goto(run);
    checks.has("and is gone on with", await page.locator("main").innerText(), "She sits down.");
}

async function byKeyboard(checks, page) {
    await page.goto(LESSON);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    checks.ok(
        "it is the second stop of the Tab key",
        await page.evaluate(() => document.activeElement.matches("[data-exit]")),
    );
    const control = page.getByRole("link", { name: "Leave this page", exact: true });
    checks.same("it has its name", await control.count(), 1);
    checks.same(
        "and is described by the other way",
        await control.evaluate((e) => document.getElementById(e.getAttribute("aria-describedby")).innerText),
        "Esc twice does the same",
    );
    await page.keyboard.press("Enter");
    await gone(page);
}

/* Wherever the Tab key leads, forwards and backwards, the bar lies over nothing of it. */
async function onAPhone(checks, page, address) {
    await page.setViewportSize(PHONE);
    await page.goto(address);
    const hidden = [];
    for (const key of ["Tab", "Shift+Tab"]) {
        for (let i = 0; i < 60; i++) {
            await page.keyboard.press(key);
            const under = await page.evaluate(() => {
                const at = document.activeElement;
                const bar = document.querySelector(".exit-bar").getBoundingClientRect();
                const box = at.getBoundingClientRect();
                const free = at === document.body || at.closest(".exit-bar, .skip");
                return !free && box.height < innerHeight - bar.height && box.top < bar.bottom - 1
                    ? `${at.outerHTML.slice(0, 100)} ${box.top} ${bar.bottom}`
                    : null;
            });
            if (under) {
                hidden.push(`${key}: ${under}`);
            }
        }
    }
    checks.same(`${address}: the bar covers nothing that has the focus`, hidden, []);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const box = await page.locator("[data-exit]").boundingBox();
    checks.ok("it is in sight at the end of the page", box.y >= 0 && box.y + box.height < 60, JSON.stringify(box));
    checks.ok("and large enough for a thumb", box.height >= 44, JSON.stringify(box));
    checks.same("nothing is too wide", await tooWide(page), []);
}

/* Without the script: a link, or a button that saves. */
async function withoutScript(checks, page, quiz) {
    await page.goto(LESSON);
    checks.ok("nobody is told of Esc", !(await page.locator(".exit-how").isVisible()));
    await page.click("text=Leave this page");
    checks.same("a link leads there", path(page), "/calendar");
    await page.goto(quiz);
    await page.locator(WORD).fill("Another thought");
    await page.click("text=Leave this page");
    checks.same("a button of the quiz does", path(page), "/calendar");
    checks.ok(
        "and has saved",
        JSON.stringify((await model(page, quiz)).questions).includes("Another thought"),
    );
    await page.context().clearCookies();
    await page.goBack();
    checks.same("who goes Back is shown nothing out of a cache", path(page), "/sign-in");
}

/* There is no such page: that it is asked for is enough. Gives what it is told of where one comes from. */
async function out(page, from) {
    if (from) {
        await page.goto(from);
    }
    const asked = page.waitForRequest((request) => request.url() === ELSEWHERE && request.isNavigationRequest());
    const ended = page.waitForEvent("framenavigated", (frame) => frame.url().startsWith("chrome-error:"));
    await page.click("text=Leave this page", { noWaitAfter: true });
    const { referer = "" } = await (await asked).allHeaders();
    await ended;
    return referer;
}

async function elsewhere(checks, browser, atEnd) {
    const folder = await mkdtemp(join(tmpdir(), "crosstrain-exit-"));
    atEnd(() => rm(folder, { recursive: true, force: true }));
    await cp(own_content, folder, { recursive: true });
    const file = join(folder, "curriculum.md");
    await writeFile(file, (await readFile(file, "utf8")).replace("---\n", `---\nquick-exit: ${ELSEWHERE}\n`));
    const site = await serve({ content: folder });
    atEnd(() => site.stop());
    for (const javaScriptEnabled of [true, false]) {
        const page = await visitor(browser, site, { javaScriptEnabled });
        const words = javaScriptEnabled ? "with the script" : "without";
        await (javaScriptEnabled ? joinIn(site, page, who) : signIn(page, who));
        checks.same(`another page, ${words}: a lesson leads to it, and does not tell it so`, await out(page, LESSON), "");
        const quiz = await beginQuiz(page);
        await page.locator(WORD).fill(words);
        checks.same(`another page, ${words}: and so does a quiz`, await out(page, null), "");
        const kept = (m) => JSON.stringify(m.questions).includes(words);
        checks.ok(`another page, ${words}: the quiz is saved`, await eventually(page, quiz, kept));
        const complaints = page.complaints.filter((one) => !one.startsWith(ELSEWHERE));
        checks.same(`another page, ${words}: the browser has nothing to complain about`, complaints, []);
    }
}

await main("quick exit", async (checks, atEnd) => {
    const site = await serve({ content: own_content });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site);

    await page.goto("/sign-in");
    await escTwice(page, 2);
    await gone(page);
    checks.same("who is not signed in can leave, too", await page.title(), "Calendar");
    checks.same("axe finds nothing on the neutral page", await violations(page), []);
    await joinIn(site, page, who);
    await fromALesson(checks, page);
    await whileTheNetworkIsSlow(checks, page);
    await withoutANetwork(checks, page);
    await fromAQuiz(checks, page);
    const quiz = await beginQuiz(page);
    await fromAReflection(checks, page);
    await withALongText(checks, page);
    await fromAScene(checks, page);
    await byKeyboard(checks, page);
    await onAPhone(checks, page, PRACTICE);
    await onAPhone(checks, page, quiz);
    await page.goto("/leaving-safely");
    checks.same("axe finds nothing on the page about it", await violations(page), []);
    checks.same("the browser has nothing to complain about", page.complaints, []);

    const plain = await visitor(browser, site, { javaScriptEnabled: false });
    await signIn(plain, who);
    await withoutScript(checks, plain, quiz);
    checks.same("without script: no complaints either", plain.complaints, []);
    await elsewhere(checks, browser, atEnd);
});
