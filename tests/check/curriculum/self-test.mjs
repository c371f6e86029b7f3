/*
 * self-test.mjs: breaks each promise in a copy of the curriculum and looks whether its rule sees it.
 *
 *     node tests/check/curriculum/self-test.mjs PROGRAM
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as rules from "./rules.mjs";
import { curriculum } from "./read.mjs";

const LESSON = "bridging-the-systems/04-first-conversations.md";
const CASE = "three-cases/01-maya-leaves-the-group-home.md";

/* Puts a paragraph before the summary of a lesson. */
const adding = (paragraph) => (text) => text.replace("\n## What to carry away\n", `$&\n${paragraph}\n`);

/* The first single-choice question of the quiz, with its options changed. */
const first_graded = (change) => (text) => {
    const quiz = text.indexOf("\n## Quiz");
    return text.slice(0, quiz) + change(text.slice(quiz));
};

const broken = [
    ["every_claim_is_taught", null, (text) => text.replaceAll("004-5", "004-6")],
    ["no_module_names_a_claim_that_is_not_listed", LESSON, (text) => text.replace("sources:\n", '$&  - "Nobody (001-13)"\n')],
    ["words_that_blame_stand_in_quotation_marks_only", LESSON, adding("The chronic\nrunaway was uncooperative.")],
    ["words_that_blame_stand_in_quotation_marks_only", LESSON, adding('He said "hello" and was Uncooperative, "again".')],
    ["only_known_law_is_cited", LESSON, adding("See 18 U.S.C. 1591(b) for the sentence.")],
    ["only_known_law_is_cited", LESSON, adding("The rule of section\n1592 is another.")],
    ["only_known_law_is_cited", LESSON, adding("So it was held in Miranda v. Arizona.")],
    ["only_known_law_is_cited", LESSON, adding("Public Law 106-386 came first.")],
    ["only_known_numbers_are_given", LESSON, adding("Call 1-888-373-7889 now.")],
    ["only_known_numbers_are_given", LESSON, adding("Text 233734 at any time, or call 211.")],
    ["every_known_number_is_given", null, (text) => text.replaceAll("66008", "988")],
    ["every_module_says_what_it_owes", LESSON, (text) => text.replaceAll("fictional", "made up")],
    ["every_module_says_what_it_owes", LESSON, (text) => text.replaceAll("Pause. Breathe.", "Rest.")],
    ["lessons_have_their_length_grade_and_minutes", LESSON, (text) => text.replace(/^minutes: .*$/m, "minutes: 60")],
    ["lessons_have_their_length_grade_and_minutes", LESSON, adding("He ran to the bus. ".repeat(90))],
    ["objectives_and_questions_belong_together", LESSON, (text) => text.replace(/ `objective: O\d`/, "")],
    ["kinds_of_questions_vary", LESSON, (text) => text.replace(/\n### (?!Question: |Reflect: )[^]*?(?=\n##)/g, "").replace(/`number: [^`]*`( `unit: [^`]*`)?/g, "`accept: x`")],
    ["every_option_has_feedback", LESSON, first_graded((quiz) => quiz.replace(/(\n- \(x\) [^\n]*\n)(  [^\n]*\n)+/, "$1"))],
    ["options_are_of_similar_length", LESSON, first_graded((quiz) => quiz.replace(/\n- \( \) [^\n]*\n/, "\n- ( ) No\n"))],
    ["the_longest_option_is_not_a_hint", null, (text) => text.replace(/^- \(x\) .*$/gm, `$& ${"and more ".repeat(9)}`)],
    ["every_ending_has_a_debrief_for_every_discipline", CASE, (text) => text.replace(/^> \*\*For law enforcement,.*\n(> .*\n)*/m, "")],
    ["every_lesson_has_passages_for_the_three", LESSON, (text) => text.replaceAll("For prosecutors", "For judges")],
    ["cases_are_proved_and_fair", CASE, (text) => text.replace(/trust <= 1/g, "trust <= 6")],
    ["every_ending_is_reached_from_some_chair", CASE, (text) => text.replace(/^- `when safety <= 2`.*\n/m, "")],
];

/* Mistakes of the pen: what is wrong however it is written, and what is right and must pass. */
const LAW = "only_known_law_is_cited";
const NUMBER = "only_known_numbers_are_given";
const WORD = "words_that_blame_stand_in_quotation_marks_only";
const MARK = "quotation_marks_come_in_pairs";
const mistakes = {
    [NUMBER]: [
        "Call 1.888.373.7889.",
        "Call 1 888 373 7889.",
        "Call (888) 373 7889.",
        "Call 1\u2011888\u2011373\u20117889.",
        "It is 18883737889.",
        "[Call](tel:+18883737889) now.",
        "Call 555-1234.",
        "Call **989**.",
        "The Lifeline (989) is there.",
        "Dial 9-8-8.",
        "Call 1-877-FOR-HELP.",
        'Text "HELP" to 23373.',
        "Send a text to 233734.",
    ],
    [LAW]: [
        "18 USC 1592",
        "18 U.S.C. § 1592",
        "18 U.S.C. sec. 1592",
        "18 U.S.C. 1591 and 1592",
        "18 U.S.C. 1591-1596",
        "§ 1592",
        "sec. 1592",
        "sections 101 and 1592",
        "45 C.F.R. § 1399",
        "89 Fed. Reg. 1234",
        "384 US 436",
        "123 F.3d 456",
        "Pub. L. No. 106-386",
        "P.L. 106–386",
        "Rule 1.14(c)",
        "INA 101(a)(15)(S)",
        "In re Gault",
        "*Miranda* v. *Arizona*",
        "Miranda vs. Arizona",
        "McGirt v. Oklahoma",
    ],
    [WORD]: ["She is a run-away.", "an ex-runaway", "'runaway'", "**uncooperative**", "a child-prostitute", "promiscuity"],
    [MARK]: ['He said "no. The runaway said "yes".', "“He is a runaway", "5'2\" tall"],
};
const fine = {
    [NUMBER]: ["Call 1-888-373-7888, or text 233733.", "34 U.S.C. 12291(b)(2)", "81 FR 92266", "In 2014-2015, 10,000 of 123,456."],
    [LAW]: ["18 USC § 1591(c)", "18 U.S.C. 1514, 1593 and 1595", "18 U.S.C. 1514 and 42 U.S.C. 671(a)(9)(C)", "*Brady v. Maryland* (1963)"],
    [WORD]: ['It said "chronic runaway".', "Call 1-800-RUNAWAY.", "John came home."],
    [MARK]: ['He said "no" and “yes”.'],
};
const sees = (name, text) =>
    rules[name]([{ path: "a.md", folder: "a", text, front: [], paragraphs: [{ line: 1, text }] }]).length > 0;

const [program] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "crosstrain-curriculum-"));
let wrong = 0;
for (const [name, path, change] of broken) {
    const copy = join(work, "content");
    cpSync("content", copy, { recursive: true });
    const paths = path ? [path] : curriculum(program, copy).map((f) => f.path);
    let changed = false;
    for (const p of paths) {
        const before = readFileSync(join(copy, p), "utf8");
        const after = change(before);
        changed ||= after !== before;
        writeFileSync(join(copy, p), after);
    }
    const found = rules[name](curriculum(program, copy));
    if (!changed || !found.length) {
        wrong++;
        console.log(`self-test: ${name} does not see ${changed ? change : "anything to break"}`);
    }
    rmSync(copy, { recursive: true });
}
rmSync(work, { recursive: true });
let told = broken.length;
for (const [list, wanted] of [
    [mistakes, true],
    [fine, false],
]) {
    for (const [name, texts] of Object.entries(list)) {
        told += texts.length;
        for (const text of texts.filter((text) => sees(name, text) !== wanted)) {
            wrong++;
            console.log(`self-test: ${name} ${wanted ? "does not see" : "refuses"} ${text}`);
        }
    }
}
console.log(`curriculum self-test: ${told - wrong} of ${told} told right`);
process.exit(wrong ? 1 : 0);
