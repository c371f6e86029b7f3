/*
 * check.mjs: holds the curriculum to what it promises, and prints where each claim of its articles is taught
 * and how its cases end.
 *
 *     node tests/check/curriculum/check.mjs PROGRAM [CONTENT]
 */
import * as rules from "./rules.mjs";
import { curriculum, list } from "./read.mjs";

const NO_RULES = ["coverage", "chairs"];

/* The address of a module, short enough for a table. */
const short = (path) => path.replace(/^bridging-the-systems\//, "").replace(/^(.*?\d+)-.*/, "$1");

function print_coverage(files) {
    const taught = rules.coverage(files);
    console.log("claim: taught in (numbers alone: Bridging the Systems)");
    for (const [id, statement] of list("claims.tsv")) {
        console.log(`${id.padEnd(8)} ${statement}: ${taught.get(id).map(short).join(", ") || "NOWHERE"}`);
    }
}

function print_endings(files) {
    const manners = [
        ["random", "at random"],
        ["mostly_careful", "mostly with care"],
        ["careful", "with care"],
    ];
    for (const c of rules.chairs(files)) {
        console.log(`${c.f.path}, ${c.chair}: ${c.states} states, ${c.proved ? "proved" : "NOT PROVED"}`);
        for (const [manner, said] of c.played ? manners : []) {
            const told = c.played[manner].endings.map((e) => `${e.ending} ${(e.share * 100).toFixed(0)} %`);
            console.log(`    ${said.padEnd(16)} ${told.join("; ")}`);
        }
    }
}

const [program, content = "content"] = process.argv.slice(2);
const files = curriculum(program, content);
let failed = 0;
let passed = 0;
for (const [name, rule] of Object.entries(rules)) {
    if (NO_RULES.includes(name)) {
        continue;
    }
    const found = rule(files);
    if (found.length) {
        failed++;
        console.log(`not so: ${name.replaceAll("_", " ")}`);
        found.slice(0, 40).forEach((sentence) => console.log(`  ${sentence}`));
    } else {
        passed++;
    }
}
print_coverage(files);
print_endings(files);
console.log(`curriculum: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
