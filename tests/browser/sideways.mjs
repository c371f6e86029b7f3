/*
 * sideways.mjs: no page of any kind scrolls sideways, on the narrowest screens that people have and on a desk;
 * and of the tables within pages there only those do that are read across: a matrix, a table in a lesson, a difference.
 * Between both, on tablets, wide tables move in boxes that keys reach, and the first column stays in sight.
 */
import { launch } from "./browser.mjs";
import { main } from "./check.mjs";
import { everyKind, servers } from "./pages.mjs";

const WIDTHS = [320, 360, 640, 1280]; /* 640: a desk's screen at 200 % */
const BETWEEN = [800, 1024]; /* tablets: wide tables move in their boxes */
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

/*
 * Between a phone and a desk a wide table moves in its box. What is wrong there: a box that no key reaches or
 * that has no name; a row whose head is out of sight when the box was pushed to its end, or lets letters through.
 */
const boxes = (page) =>
    page.evaluate(() => {
        const wrong = [];
        for (const box of document.querySelectorAll(".table-scroll")) {
            const name = box.getAttribute("aria-label") ?? document.getElementById(box.getAttribute("aria-labelledby"))?.textContent;
            const head = box.querySelector(":is(.report, .record, .matrix) tbody th:first-child");
            if (!box.checkVisibility() || box.scrollWidth <= box.clientWidth + 1) {
                continue;
            }
            box.scrollLeft = box.scrollWidth;
            if (box.tabIndex !== 0 || box.getAttribute("role") !== "group" || !name?.trim()) {
                wrong.push(`${name}: no key reaches it, or it has no name`);
            }
            if (head && head.getBoundingClientRect().left < box.getBoundingClientRect().left - 1) {
                wrong.push(`${name}: the first column is out of sight`);
            }
            if (head && !/^(rgb\(|color\((?!.*\/))/u.test(getComputedStyle(head).backgroundColor)) {
                wrong.push(`${name}: letters show through: ${getComputedStyle(head).backgroundColor}`);
            }
            box.scrollLeft = 0;
        }
        return wrong;
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
        for (const width of BETWEEN) {
            await page.setViewportSize({ width, height: 800 });
            const { page_over, out } = await measure(page);
            checks.ok(`${name}: nothing sticks out at ${width} px`, page_over <= 0, [page_over, out]);
            checks.same(`${name}: wide tables are read in their boxes at ${width} px`, await boxes(page), []);
        }
        const [over, out] = await large(page);
        checks.ok(`${name}: nothing sticks out with letters of 200 %`, over <= 0, [over, out]);
    });
});
