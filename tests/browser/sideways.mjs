/*
 * sideways.mjs: no page of any kind scrolls sideways, on the narrowest screens that people have and on a desk;
 * and of the tables within pages only those do that are read across: a matrix, a table in a lesson, a difference.
 */
import { launch } from "./browser.mjs";
import { main } from "./check.mjs";
import { everyKind, servers } from "./pages.mjs";

const WIDTHS = [320, 360, 640, 1280]; /* 640: a desk's screen at 200 % */
const ACROSS = ".matrix, .prose table, .diff, pre";

/* By how much the page is wider than the screen, and what sticks out; the tables that have to be pushed. */
const measure = (page) =>
    page.evaluate((across) => {
        const root = document.documentElement;
        const page_over = Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth;
        const named = (e) => `${e.tagName.toLowerCase()}.${e.className}`;
        const out = [...document.querySelectorAll("body *")]
            .filter((e) => page_over > 0 && e.getBoundingClientRect().right > root.clientWidth + 1)
            .map(named);
        const pushed = [...document.querySelectorAll(".table-scroll")]
            .filter((box) => box.scrollWidth > box.clientWidth + 1 && !box.querySelector(across))
            .filter((box) => box.checkVisibility())
            .map((box) => `${box.getAttribute("aria-labelledby") ?? box.getAttribute("aria-label")}: ${box.scrollWidth - box.clientWidth}`);
        return { page_over, out: out.slice(0, 5), pushed };
    }, ACROSS);

/*
 * What is not in order with the tables that are stacked on a phone: a cell whose label is not its column's
 * head, or without the role that keeps the table one for whoever does not see it.
 */
const labels = (page) =>
    page.evaluate(() => {
        const text = (e) => {
            const copy = e.cloneNode(true);
            copy.querySelectorAll(".visually-hidden").forEach((hidden) => hidden.remove());
            return copy.textContent.replaceAll("\u00ad", "").trim();
        };
        const wrong = [];
        for (const table of document.querySelectorAll(".stacked")) {
            const lines = [...table.tHead.rows];
            const heads = [...lines[0].cells].map(text);
            if (table.getAttribute("role") !== "table" || table.querySelector("tr:not([role]), :is(td, th):not([role])")) {
                wrong.push(`${heads}: a role is missing`);
            }
            for (const cell of lines.length === 1 ? table.querySelectorAll("tbody td, tfoot td") : []) {
                if (cell.dataset.label !== heads[cell.cellIndex] && cell.dataset.label !== undefined) {
                    wrong.push(`${cell.dataset.label} for ${heads[cell.cellIndex]}`);
                }
            }
        }
        return wrong.slice(0, 5);
    });

/* Letters of twice the size, in a browser that enlarges nothing else: how much the page is wider than the screen. */
const large = (page) =>
    page.evaluate(() => {
        const root = document.documentElement;
        root.style.fontSize = "200%";
        const over = root.scrollWidth - root.clientWidth;
        const out = [...document.querySelectorAll("body *")]
            .filter((e) => over > 0 && e.getBoundingClientRect().right > root.clientWidth + 1)
            .map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
        root.style.fontSize = "";
        return [over, out.slice(0, 5)];
    });

await main("sideways", async (checks, atEnd) => {
    const sites = await servers();
    atEnd(() => sites.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    await everyKind(browser, sites, async (name, page) => {
        checks.same(`${name}: what is stacked keeps its heads`, await labels(page), []);
        for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 800 });
            const { page_over, out, pushed } = await measure(page);
            checks.ok(`${name}: nothing sticks out at ${width} px`, page_over <= 0, [page_over, out]);
            checks.same(`${name}: no table has to be pushed at ${width} px`, pushed, []);
        }
        const [over, out] = await large(page);
        checks.ok(`${name}: nothing sticks out with letters of 200 %`, over <= 0, [over, out]);
    });
});
