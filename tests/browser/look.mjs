/*
 * look.mjs: pictures of every kind of page, for people to look at. No test: it fails on nothing.
 *
 *   node tests/browser/look.mjs FOLDER     each kind on a phone and on a desk, light and dark
 *   node tests/browser/look.mjs --readme   the pictures of the README, into static/pictures/
 *
 * CT_PROGRAM and CT_NODE_MODULES as in `run`.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { launch, signIn, visitor } from "./browser.mjs";
import { everyKind, servers } from "./pages.mjs";
import { serve, top } from "./site.mjs";

const VIEWS = [
    { name: "phone-light", width: 390, height: 844, colorScheme: "light" },
    { name: "phone-dark", width: 390, height: 844, colorScheme: "dark" },
    { name: "desk-light", width: 1280, height: 900, colorScheme: "light" },
    { name: "desk-dark", width: 1280, height: 900, colorScheme: "dark" },
];
const COURSE = "/courses/bridging-the-systems";
const CASES = "/courses/three-cases";
const LESSON = `${COURSE}/from-delinquent-to-victim/what-the-insight-changes`;

async function everything(browser, folder) {
    const sites = await servers();
    let number = 0;

    await mkdir(folder, { recursive: true });
    await everyKind(browser, sites, async (name, page) => {
        const file = `${String(++number).padStart(2, "0")}-${name.replace(/[^a-z0-9]+/g, "-")}`;
        for (const { name: view, colorScheme, ...viewport } of VIEWS) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            await page.screenshot({
                path: join(folder, `${file}-${view}.png`),
                fullPage: true,
                animations: "disabled",
            });
        }
    });
    await sites.stop();
    console.log(`${number} kinds of pages are in ${folder}`);
}

/* The scene that comes after one good decision, seen by somebody half-way through the course. */
async function scene(page) {
    await page.goto(`${CASES}/maya-leaves-the-group-home/play`);
    await page.click("main form.stack button[type=submit]");
    await page.click('button.choice:has-text("Take your chair")');
    await page.click('button.choice:has-text("Treat it as exploitation")');
    await page.locator('h2:has-text("The team meets")').waitFor();
}

/* The editor with the cursor in a passage, and a scenario as a picture. */
async function writing(trainer, site, picture) {
    await signIn(trainer, site.signIns.trainer);
    await trainer.goto("/author/files/bridging-the-systems/03-seeing-the-child.md");
    await trainer.locator("#editor-source").evaluate((box) => {
        const at = box.value.indexOf("**For prosecutors:**");
        box.focus();
        box.setSelectionRange(at, at);
        box.scrollTop = (box.scrollHeight * at) / box.value.length - box.clientHeight / 2;
        box.dispatchEvent(new Event("keyup"));
        document.dispatchEvent(new Event("selectionchange"));
    });
    await trainer.waitForTimeout(1000); /* for people to look at: no test waits so */
    await picture(trainer, "editor");
    await trainer.goto("/author/map/three-cases/maya-leaves-the-group-home");
    await picture(trainer, "map");
}

async function readme(browser) {
    const folder = join(top, "static/pictures");
    const site = await serve({ demo: true });
    const desk = { viewport: { width: 1280, height: 800 }, colorScheme: "light" };
    const picture = (page, name) =>
        page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });

    await mkdir(folder, { recursive: true });
    const learner = await visitor(browser, site, desk);
    await signIn(learner, site.signIns.prosecutor);
    await picture(learner, "front-page");
    await learner.goto(LESSON);
    await learner
        .locator(".passage")
        .first()
        .evaluate((passage) => passage.scrollIntoView({ block: "center" }));
    await picture(learner, "lesson");
    await scene(learner);
    await learner.locator(".consequence").evaluate((what) => what.scrollIntoView({ block: "start" }));
    await picture(learner, "scene");
    const manager = await visitor(browser, site, desk);
    await signIn(manager, site.signIns.manager);
    await manager.goto("/reports/completion");
    await picture(manager, "report");
    await manager.goto("/reports/coverage?task_force=alder-mdt");
    await manager.locator(".matrix").first().evaluate((table) => table.scrollIntoView({ block: "center" }));
    await picture(manager, "coverage");
    await writing(await visitor(browser, site, desk), site, picture);
    await site.stop();
    console.log(`front-page, lesson, scene, report, coverage, editor and map are in ${folder}`);
}

const [where] = process.argv.slice(2);
if (!where || where === "--help") {
    console.log("Usage: node tests/browser/look.mjs FOLDER | --readme");
    process.exit(where ? 0 : 2);
}
const browser = await launch();
await (where === "--readme" ? readme(browser) : everything(browser, where));
await browser.close();
