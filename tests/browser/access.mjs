/*
 * access.mjs: whether a page is open to everybody: axe-core's findings, and what is wider than the window.
 */
import { readFileSync } from "node:fs";
import { axe_path } from "./browser.mjs";

const axe = readFileSync(axe_path, "utf8");

/* What axe-core finds on a page; by all its rules, or by those that `rules` names. */
export async function violations(page, rules = null) {
    await page.evaluate(`if (!window.axe) { ${axe} }`);
    const found = await page.evaluate(async (only) => {
        const result = await window.axe.run(document, {
            resultTypes: ["violations"],
            ...(only ? { runOnly: { type: "rule", values: only } } : {}),
        });
        return result.violations.flatMap((v) =>
            v.nodes.map(
                (node) => `${v.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`,
            ),
        );
    }, rules);
    return found;
}

/* What sticks out of the window to the right, unless it scrolls by itself. */
export async function tooWide(page) {
    return page.evaluate(() => {
        const wide = document.documentElement.scrollWidth;
        return wide <= window.innerWidth
            ? []
            : [`${wide} of ${window.innerWidth} pixels`].concat(
                  [...document.querySelectorAll("body *")]
                      .filter(
                          (e) =>
                              e.getBoundingClientRect().right > window.innerWidth + 1 &&
                              !e.closest(".table-scroll, pre"),
                      )
                      .slice(0, 5)
                      .map((e) => e.outerHTML.slice(0, 120)),
              );
    });
}
