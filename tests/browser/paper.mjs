/*
 * paper.mjs: what managers put into files on paper, A4 and Letter: the whole of each table, its heads on each
 * page, no row over two pages, what was asked, and nothing that only a screen has a use for.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { launch, signIn, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { serve } from "./site.mjs";

/* A page, the heads of its table, what tells that a page of paper has rows of it, and what was asked. */
const PAGES = [
    ["/reports/assignments?current=no&discipline=caseworker", ["Name", "Where", "Due", "Expires"], /@example\.org/, "Caseworker"],
    ["/reports/assignments?by=unit&then=discipline", ["Unit", "People", "withdrawn"], /All together/, "As of"],
    ["/reports/completion?course=three-cases", ["Discipline", "People", "Per cent"], /Prosecutor/, "Course: Three cases"],
    ["/reports/completion?by=person&as_of=2026-10-20", ["Name", "Modules", "Completed", "As"], /@example\.org/, "October 20, 2026, end of the day"],
    ["/reports/credit", ["Name", "Hours", "Approved by"], /in-service/, "As of"],
    ["/reports/today?agency=alder-dcs", ["Name", "Where", "Since"], /@example\.org/, "Agency: Alder County"],
    ["/people/16/transcript", ["Completed", "Certificate", "Status"], /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/, "as of"],
];
const ON_SCREENS_ONLY = ["Leave this page", "Sign out", "Save this view", "remove", "Spreadsheet", "Show all"];

/* The text of each page of a PDF, as it is laid out. */
async function leaves(work, pdf) {
    const file = join(work, "paper.pdf");
    await writeFile(file, pdf);
    const { stdout } = await promisify(execFile)("pdftotext", ["-layout", file, "-"], { maxBuffer: 1 << 24 });
    return stdout.split("\f").filter((leaf) => leaf.trim());
}

/* In print: rows that may be cut in two, and tables that are wider than the paper. */
const flaws = (page) =>
    page.evaluate(() => {
        const wide = [...document.querySelectorAll("main table")].filter(
            (table) => table.checkVisibility() && table.getBoundingClientRect().right > document.documentElement.clientWidth,
        );
        const cut = [...document.querySelectorAll("main tbody tr")].filter((row) => getComputedStyle(row).breakInside !== "avoid");
        return { wide: wide.length, cut: cut.length };
    });

await main("on paper", async (checks, atEnd) => {
    const site = await serve({ demo: true });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const work = await mkdtemp(join(tmpdir(), "crosstrain-paper-"));
    atEnd(() => rm(work, { recursive: true, force: true }));
    /* As wide as Letter between its margins, landscape; a transcript stands upright. */
    const page = await visitor(browser, site, { viewport: { width: 960, height: 700 } });
    await signIn(page, site.signIns.manager);
    for (const [path, heads, row, asked] of PAGES) {
        await page.goto(path);
        await page.setViewportSize({ width: path.startsWith("/people") ? 680 : 960, height: 700 });
        await page.emulateMedia({ media: "print" });
        checks.same(`${path}: tables fit, rows stay whole`, await flaws(page), { wide: 0, cut: 0 });
        for (const format of ["A4", "Letter"]) {
            const pages = await leaves(work, await page.pdf({ format, preferCSSPageSize: true }));
            const rows = pages.filter((leaf) => row.test(leaf));
            const lacking = rows.filter((leaf) => !heads.every((head) => leaf.includes(head)));
            checks.ok(`${path}: there are rows on ${format}`, rows.length > 0, pages[0]);
            checks.same(`${path}: with all heads on each page of ${format}`, lacking, []);
            const whole = pages.join("\n");
            checks.has(`${path}: ${format} says what was asked`, whole, asked);
            checks.same(`${path}: nothing of a screen on ${format}`, ON_SCREENS_ONLY.filter((text) => whole.includes(text)), []);
        }
        await page.emulateMedia({ media: "screen" });
    }
});
