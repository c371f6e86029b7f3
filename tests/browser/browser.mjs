/*
 * browser.mjs: Debian's Chromium through Playwright, and people in it: each in a context of their own, watched
 * for whatever a browser complains about.
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { top } from "./site.mjs";

const modules = resolve(top, process.env.CT_NODE_MODULES || "build/node_modules");
const require = createRequire(join(modules, "none.js"));
const { chromium } = require("playwright-core");

export const axe_path = require.resolve("axe-core/axe.min.js");

const PATIENCE = 10000; /* milliseconds for anything to appear */

export function launch() {
    return chromium.launch({
        executablePath: "/usr/bin/chromium",
        args: [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    });
}

/* A page in a context of its own. `page.complaints` collects errors of scripts, the console and the network. */
export async function visitor(browser, site, options = {}) {
    const context = await browser.newContext({
        baseURL: site.url,
        viewport: { width: 1280, height: 900 },
        reducedMotion: "reduce",
        ...options,
    });
    const page = await context.newPage();
    context.setDefaultTimeout(PATIENCE);
    page.complaints = [];
    page.on("pageerror", (error) => page.complaints.push(`${page.url()}: ${error}`));
    page.on("console", (message) => {
        /* The console repeats statuses of 400 and more; pages that are meant to have them say so below. */
        if (["error", "warning"].includes(message.type()) && !/status of 4\d\d/.test(message.text())) {
            page.complaints.push(`${page.url()}: ${message.text()}`);
        }
    });
    page.on("requestfailed", (request) => {
        /* Leaving a page ends what it still saves in the background: that is no fault. */
        if (request.failure()?.errorText !== "net::ERR_ABORTED") {
            page.complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
        }
    });
    page.on("response", (response) => {
        if (response.status() >= 400 && response.request().resourceType() !== "document") {
            page.complaints.push(`${response.url()}: ${response.status()}`);
        }
    });
    return page;
}

export async function signIn(page, { email, password }) {
    await page.goto("/sign-in");
    await page.fill("#email", email);
    await page.fill("#password", password);
    await page.click("main button[type=submit]");
    await page.waitForURL((url) => url.pathname !== "/sign-in");
}

/* The model of a page, as a program would be given it. */
export async function model(page, path) {
    const reply = await page.context().request.get(path, { headers: { Accept: "application/json" } });
    return reply.json();
}

/* People choose their own password behind the link that `user add` prints. */
export async function choosePassword(page, link, password) {
    await page.goto(link);
    await page.fill("#password", password);
    await page.fill("#password_again", password);
    await page.click("main button[type=submit]");
    await page.waitForURL((url) => !url.pathname.startsWith("/set-up"));
}

/* Adds a person and has them choose a password; afterwards they are signed in on `page`. */
export async function joinIn(site, page, person) {
    const words = ["user", "add", person.email, "--name", person.name];
    if (person.discipline) {
        words.push("--discipline", person.discipline);
    }
    if (person.role) {
        words.push("--role", person.role);
    }
    const printed = await site.cli(...words);
    const path = /\/set-up\/\S+/.exec(printed)[0];
    await choosePassword(page, path, person.password);
}
