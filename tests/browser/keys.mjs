/*
 * keys.mjs: everything with the keyboard alone, and at each stop one sees where one is.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { joinIn, launch, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const EACH = "/courses/one-of-each";
const STOPS = 150; /* more than any of these pages has: after the last comes the first again */
const who = {
    name: "Kay Board",
    email: "kay@example.org",
    password: "tab tab tab and enter",
    discipline: "prosecutor",
};

class Keys {
    constructor(checks, page) {
        Object.assign(this, { checks, page, unseen: [], stops: 0 });
    }

    press(key) {
        return this.page.keyboard.press(key);
    }

    type(text) {
        return this.page.keyboard.type(text);
    }

    /* The focus shows by an outline or a shadow: of the element, or of the row that a field lies in. */
    async stop() {
        this.stops++;
        const where = await this.page.evaluate(() => {
            const at = document.activeElement;
            const rings = (e) => {
                const style = getComputedStyle(e);
                return (
                    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) ||
                    style.boxShadow !== "none"
                );
            };
            const box = at.getBoundingClientRect();
            const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
            const row = at.closest(".option-row, .chair, .choice") ?? at;
            return at === document.body || (seen && (rings(at) || rings(row)))
                ? null
                : at.outerHTML.slice(0, 150);
        });
        if (where) {
            this.unseen.push(`${this.page.url()}: ${where}`);
        }
    }

    at(selector) {
        return this.page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
    }

    /* Tab after Tab, up to what matches. */
    async tabTo(selector) {
        for (let i = 0; i < STOPS; i++) {
            await this.press("Tab");
            await this.stop();
            if (await this.at(selector)) {
                return;
            }
        }
        throw new Error(`${this.page.url()}: the Tab key does not lead to ${selector}`);
    }

    async enter(selector) {
        await this.tabTo(selector);
        await this.press("Enter");
    }
}

async function signsIn(checks, page, keys) {
    await page.goto("/sign-in");
    await keys.press("Tab");
    await keys.stop();
    checks.ok("the first stop is the way to the content", await keys.at("a.skip"));
    checks.ok(
        "which then shows",
        await page.locator("a.skip").evaluate((skip) => skip.getBoundingClientRect().top >= 0),
    );
    await keys.press("Enter");
    await keys.press("Tab");
    checks.ok(
        "and leads past the menu",
        await keys.at("#email"),
        await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)),
    );
    await keys.type(who.email);
    await keys.tabTo("#password");
    await keys.type(who.password);
    await keys.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    checks.has("signed in", await page.locator(".site-header").innerText(), who.name);
    await keys.enter(".resume a");
    await page.waitForURL(`**${EACH}/every-kind/text`);
}

async function opensPassage(checks, page, keys) {
    const passage = page.locator("details.passage-other");
    const recorded = page.waitForResponse((reply) => reply.url().endsWith("/opened"));
    await keys.enter("details.passage-other summary");
    await passage.locator(".passage-body").waitFor();
    checks.ok("a folded passage opens", (await passage.getAttribute("open")) !== null);
    checks.ok("and that is recorded", (await recorded).ok());
    await keys.enter(".turn button");
    await page.waitForURL(`**${EACH}/every-kind/practice`);
}

async function practises(checks, page, keys) {
    await keys.tabTo("#q-pick-one input");
    for (
        let i = 0;
        i < 3 && !/Two/.test(await page.evaluate(() => document.activeElement.closest(".option").innerText));
        i++
    ) {
        await keys.press("ArrowDown");
        await keys.stop();
    }
    await keys.press("Space");
    await keys.enter("#q-pick-one button[type=submit]");
    await page.locator("#qr-pick-one").waitFor();
    checks.has("one of several is picked", await page.locator("#qr-pick-one").innerText(), "Right.");
    await page.waitForFunction(() => document.activeElement.matches("#qr-pick-one"));
    checks.ok("the focus is at the result", await keys.at("#qr-pick-one"));
}

async function orders(checks, page, keys) {
    const labels = () =>
        page.locator("#q-an-order [data-label]").evaluateAll((all) => all.map((one) => one.dataset.label));
    const wanted = ["Morning", "Noon", "Evening"];
    for (const [to, label] of wanted.entries()) {
        while ((await labels()).indexOf(label) > to) {
            const at = (await labels()).indexOf(label);
            if (!(await keys.at(`#q-an-order [aria-label="Up: ${label}"]`))) {
                await keys.tabTo(`#q-an-order [aria-label="Up: ${label}"]`);
            }
            await keys.press("Enter");
            await keys.stop();
            checks.same(`${label} goes up one place`, (await labels()).indexOf(label), at - 1);
            checks.ok("the focus stays with it", await keys.at(`[aria-label="Up: ${label}"]`));
            checks.has(
                "its place is said",
                await page.locator("#q-an-order [role=status]").innerText(),
                `Now in place ${at} of 3`,
            );
        }
    }
    await keys.enter("#q-an-order form button[type=submit]");
    await page.locator("#qr-an-order").waitFor();
    checks.has("and they are in order", await page.locator("#qr-an-order").innerText(), "Right.");
}

async function plays(checks, page, keys) {
    await page.goto(`${EACH}/the-night-desk/play`);
    await keys.tabTo("input[name=chair]");
    await keys.press("ArrowDown");
    await keys.stop();
    const chair = await page.locator("input[name=chair]:checked").getAttribute("value");
    await keys.enter("form.stack button[type=submit]");
    await page.waitForURL(/\/runs\/\d+$/);
    checks.same(
        "another chair is taken",
        (await page.locator(".where .disc").innerText()).toLowerCase(),
        chair,
    );
    await keys.enter("button.choice");
    await page.locator(".consequence").waitFor();
    checks.has("a choice is made", await page.locator(".where").innerText(), "Decisions so far: 1");
    await keys.enter("button.choice");
    await page.locator(".ending").waitFor();
    checks.has("up to the ending", await page.locator(".ending").innerText(), "Heard");
    await keys.enter("header form[action='/sign-out'] button");
    await page.waitForURL((url) => !url.pathname.startsWith("/runs"));
    checks.has("and out", await page.locator(".site-header").innerText(), "Sign in");
}

await main("keys", async (checks, atEnd) => {
    const site = await serve({ content: join(dirname(fileURLToPath(import.meta.url)), "content") });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const first = await visitor(browser, site);
    await joinIn(site, first, who);
    const page = await visitor(browser, site);
    const keys = new Keys(checks, page);

    await signsIn(checks, page, keys);
    await opensPassage(checks, page, keys);
    await practises(checks, page, keys);
    await orders(checks, page, keys);
    await plays(checks, page, keys);
    checks.ok("there were stops to look at", keys.stops > 50, keys.stops);
    checks.same("the focus is seen at each", keys.unseen, []);
    checks.same("the browser has nothing to complain about", page.complaints, []);
});
