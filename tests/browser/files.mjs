/*
 * files.mjs: a manager asks for an audit pack, watches it being made, with the script and without, and takes away an
 * archive that unzip and sha256sum have nothing to say against.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tooWide, violations } from "./access.mjs";
import { launch, model, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

const PHONE = { width: 360, height: 740 };
const YEAR = { from: "2025-01-01" };

async function ask(page) {
    await page.goto("/reports/audit");
    await page.fill("#from", YEAR.from);
    await page.click("main form[action='/reports/audit'] button[type=submit]");
    await page.waitForURL(/\/reports\/files\/\d+$/);
}

/* What the archive is, by those who know archives. */
async function judge(checks, name, file) {
    const folder = await mkdtemp(join(tmpdir(), "crosstrain-pack-"));
    try {
        checks.has(`${name}: unzip -t`, execFileSync("unzip", ["-t", file], { encoding: "utf8" }), "No errors detected");
        execFileSync("unzip", ["-q", file, "-d", folder]);
        const inside = execFileSync("sh", ["-c", "cd */ && sha256sum -c --quiet manifest.sha256 && ls -d *"], {
            cwd: folder,
            encoding: "utf8",
        });
        for (const wanted of ["README.txt", "assignments.csv", "completions.csv", "certificates", "content"]) {
            checks.has(`${name}: has ${wanted}`, inside, wanted);
        }
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

async function download(page) {
    const [taken] = await Promise.all([
        page.waitForEvent("download"),
        page.click("main a[href$='/download']"),
    ]);
    return taken;
}

async function withTheScript(checks, browser, site) {
    const page = await visitor(browser, site);

    await signIn(page, site.signIns.administrator);
    await ask(page);
    const here = new URL(page.url()).pathname;
    checks.ok("the page is watched without leaving it", page.url().includes("/reports/files/"));
    await page.locator("main a[href$='/download']").waitFor({ timeout: 60000 });
    checks.has("it says that the file is ready", await page.locator("main [role=status]").innerText(), "ready");
    const taken = await download(page);
    checks.ok("it is called by its period", /^audit-2025-01-01-to-\d{4}-\d\d-\d\d\.zip$/.test(taken.suggestedFilename()));
    await judge(checks, "the pack", await taken.path());
    checks.same("axe: a file", await violations(page), []);
    await page.goto("/reports/files");
    checks.has("it stands among the files", await page.locator(".file-list").innerText(), "Audit pack");
    checks.same("axe: the files", await violations(page), []);
    await page.goto("/reports/audit");
    checks.same("axe: the form", await violations(page), []);
    for (const path of [here, "/reports/files", "/reports/audit"]) {
        await page.setViewportSize(PHONE);
        await page.goto(path);
        checks.same(`${path} fits a telephone`, await tooWide(page), []);
    }
    checks.same("the browser has nothing to complain about", page.complaints, []);
    await page.context().close();
}

async function withoutScript(checks, browser, site) {
    const page = await visitor(browser, site, { javaScriptEnabled: false });

    await signIn(page, site.signIns.manager);
    await ask(page);
    const file = (await model(page, page.url())).file;
    checks.ok("without script: it is an own file", file.href.startsWith("/reports/files/"));
    await page.locator("main a[href$='/download']").waitFor({ timeout: 60000 });
    await judge(checks, "without script", await (await download(page)).path());
    await page.context().close();
}

async function saysWhatIsWrong(checks, browser, site) {
    const page = await visitor(browser, site);

    await signIn(page, site.signIns.manager);
    await page.goto("/reports/audit");
    await page.fill("#from", "2026-03-01");
    await page.fill("#until", "2026-02-01");
    await page.click("main form[action='/reports/audit'] button[type=submit]");
    checks.has("a period that ends before it begins", await page.locator("#until-error").innerText(), "ends before");
    checks.same("what was typed is still there", await page.inputValue("#until"), "2026-02-01");
    checks.same("axe: the form with a mistake", await violations(page), []);
    await page.context().close();
}

await main("files", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());

    await withTheScript(checks, browser, site);
    await withoutScript(checks, browser, site);
    await saysWhatIsWrong(checks, browser, site);
});
