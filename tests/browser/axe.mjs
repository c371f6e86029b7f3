/*
 * axe.mjs: axe-core finds nothing on any kind of page, on a phone and on a desk, light and dark; no page is
 * wider than its window, and the browser has nothing to complain about.
 */
import { tooWide, violations } from "./access.mjs";
import { launch } from "./browser.mjs";
import { main } from "./check.mjs";
import { everyKind, servers } from "./pages.mjs";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
/* Both windows and both schemes are looked at whole; the other two of the four for their colours. */
const VIEWS = [
    { viewport: PHONE, scheme: "light", rules: null },
    { viewport: DESK, scheme: "light", rules: ["color-contrast"] },
    { viewport: DESK, scheme: "dark", rules: null },
    { viewport: PHONE, scheme: "dark", rules: ["color-contrast"] },
];

await main("axe", async (checks, atEnd) => {
    const sites = await servers();
    atEnd(() => sites.stop());
    const browser = await launch();
    atEnd(() => browser.close());

    const faulty = await browser.newPage();
    await faulty.setContent('<title>Faults</title><div style="width: 3000px"><img src="data:,"></div>');
    const faults = [...(await violations(faulty, null)), ...(await tooWide(faulty))].join("\n");
    checks.has("axe is at work", faults, "image-alt");
    checks.has("width is measured", faults, " of 1280 pixels");

    await everyKind(browser, sites, async (name, page) => {
        const found = [];
        checks.same(`${name}: no errors and no refused content`, page.complaints.splice(0), []);
        for (const { viewport, scheme, rules } of VIEWS) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme: scheme });
            const seen = [...(await violations(page, rules)), ...(await tooWide(page))];
            found.push(...seen.map((what) => `${viewport.width} ${scheme}: ${what}`));
        }
        checks.ok(`${name}: axe finds nothing, and all of it fits`, found.length === 0, found.join("\n"));
        page.complaints.length = 0;
    });
});
