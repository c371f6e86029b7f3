/*
 * trainer.mjs: a trainer's whole way, in a browser alone: a course, a module with every kind of question and a
 * scenario; what is wrong with them is told and mended; they are published and changed; and learners and
 * managers see what that means for them.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tooWide, violations } from "./access.mjs";
import { give } from "./answer.mjs";
import { joinIn, launch, model, visitor } from "./browser.mjs";
import { main } from "./check.mjs";
import { Learner } from "./learner.mjs";
import { serve } from "./site.mjs";
import { course, plain } from "./source.mjs";
import { CASE_MISTAKES, LESSON_MISTAKES } from "./mistakes.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const BOX = "#editor-source";
const COURSE = "/courses/plain-records";
const MODULE = "what-was-seen";
const LESSON = `/author/files/plain-records/01-${MODULE}.md`;
const CASE = "/author/files/plain-records/02-the-library.md";
const CURRICULUM = `---
title: County training
disciplines:
  - prosecutor (prosecutors)
  - caseworker (caseworkers)
  - advocate (advocates)
---
Welcome.
`;
const FIRST = "A record is read by people who were not there.";
const CORRECTED = "A record is read by people who were not in the room.";
const PASSAGES = `${FIRST}

> **For prosecutors:** A sentence that says who saw what can be asked about in court.

> **For caseworkers:** The next person on the case has your notes and nothing else.

> **For advocates:** She may read her record one day. Write so that she could.
`;
const NEW_RULE = "The county's plan is new: report at once, whatever the hour.";
const NOTE = "Missing children are reported at once.";

const person = (name, more) => ({
    name,
    email: `${name.split(" ")[0].toLowerCase()}@example.org`,
    password: `${name} has many words`,
    ...more,
});
const people = {
    trainer: person("Tara Ames", { role: "trainer" }),
    manager: person("Mona Reyes", { role: "manager" }),
    holder: person("Ana Quill", { discipline: "prosecutor", plural: "prosecutors" }),
    midway: person("Ben Stone", { discipline: "caseworker", plural: "caseworkers" }),
};

const text = (page) => page.inputValue(BOX);
const words = (page, where = "main") => page.locator(where).innerText();
const checked = (page, wanted) => page.locator("#editor-problems-title", { hasText: wanted }).waitFor();

/* Writes `to` in the place of `from`, of which there is one. */
async function rewrite(page, from, to) {
    const before = await text(page);
    if (before.split(from).length !== 2) {
        throw new Error(`once and only once in the text: ${from}`);
    }
    await page.fill(BOX, before.replace(from, () => to));
}

/* Whether a page is open to everybody, on a phone and on a desk, in the light and in the dark. */
async function isOpen(checks, page, name) {
    const before = page.viewportSize();
    const found = [];
    for (const [viewport, colorScheme] of [
        [PHONE, "dark"],
        [DESK, "light"],
    ]) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const seen = [...(await violations(page)), ...(await tooWide(page))];
        found.push(...seen.map((what) => `${viewport.width} ${colorScheme}: ${what}`));
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(before);
    checks.ok(`${name}: axe finds nothing, and all of it fits`, found.length === 0, found.join("\n"));
}

/* ---- writing ---- */

async function beginsModule(checks, page, kind, title, file) {
    await page.goto("/author");
    await page.click('a:has-text("New module")');
    await page.check(`input[value="${kind}"]`);
    await page.fill("#new-title", title);
    await page.click("main button[type=submit]");
    await page.waitForURL(`**${file}`);
    await checked(page, "no problems");
    checks.has(`a ${kind} begins, and explains itself`, await text(page), "**Trainer note:**");
}

async function publish(checks, page, name) {
    await page.click('button:has-text("Publish…")');
    await page.waitForURL(/\/publish$/);
    checks.has(`${name}: new to learners`, await words(page), "This is new: learners have not seen it before.");
    checks.same(
        `${name}: nobody is asked about people who passed`,
        await page.locator("[name=material]").count(),
        0,
    );
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/revisions$/);
    checks.has(`${name}: live`, await words(page, ".revision:first-child"), "live");
}

async function beginsCourse(checks, page) {
    await page.goto("/author");
    checks.has("a new site has no course", await words(page), "There is no course yet.");
    await page.click('a:has-text("New course")');
    await page.fill("#new-title", "Plain records");
    await page.click("main button[type=submit]");
    await page.waitForURL("**/author/files/plain-records/course.md");
    await rewrite(page, "# required-for: [prosecutor]", "required-for: [prosecutor, caseworker]");
    await rewrite(page, "Say in one sentence what learners can do after this course.", "Write what was seen.");
    await checked(page, "no problems");
    await publish(checks, page, "course");
}

/* One mistake: it is told with its code, its line and how to mend it; and is mended. */
async function mistakes(checks, page, mistake) {
    const { code, from, to, at, offers } = mistake;
    const good = await text(page);
    await rewrite(page, from, to);
    const bad = await text(page);
    const line = bad.slice(0, bad.indexOf(at)).split("\n").length;
    const problem = page
        .locator(".editor-problem", { has: page.locator(`a[href="/explain/${code}"]`) })
        .first();
    await problem.waitFor();
    const said = await problem.innerText();
    checks.has(`${code}: the line`, said, `Line ${line}`);
    checks.same(
        `${code}: an error, or a warning`,
        await problem.evaluate((e) => e.classList.contains("is-error")),
        code.startsWith("E"),
    );
    checks.ok(
        `${code}: what to do about it`,
        (await problem.locator(".editor-more").count()) > 0 || mistake.says.test(said),
        said,
    );
    const excerpt = await problem.locator(".editor-excerpt").innerText();
    checks.has(`${code}: the line as it stands`, excerpt, at.split("\n")[0]);
    checks.same(`${code}: a mend is offered`, await problem.locator(".editor-use").count(), offers ? 1 : 0);
    if (offers) {
        await problem.locator(".editor-use").click();
        await checked(page, "no problems");
        const right = offers === true ? good : bad.replace(at, offers);
        checks.same(`${code}: and makes it right`, await text(page), right);
    }
    await page.fill(BOX, good);
    await checked(page, "no problems");
}

async function learnsMistake(checks, page) {
    const tab = await page.context().newPage();
    await tab.goto("/explain/E11");
    const said = await words(tab);
    checks.ok("a message has a page of its own", said.includes("E11") && said.includes("- (x)"), said);
    await tab.close();
}

/* Three disciplines: one's own passage stands open, the others' are folded. */
async function looksAs(checks, page) {
    for (const name of ["Prosecutor", "Caseworker", "Advocate"]) {
        const plural = `${name.toLowerCase()}s`;
        await page.selectOption("select[name=as]", { label: name });
        const own = page.locator("[data-preview] .passage-own");
        await own.filter({ hasText: plural }).waitFor();
        checks.same(`as ${name}: one passage is one's own`, await own.count(), 1);
        const others = await page.locator("[data-preview] details.passage:not([open]) summary").allInnerTexts();
        checks.ok(
            `as ${name}: two are folded`,
            others.length === 2 && !others.some((other) => other.toLowerCase().includes(plural)),
            others.join("\n"),
        );
    }
    await page.selectOption("select[name=as]", "");
}

const inFolder = (content, file) => readFile(join(content, "plain-records", file), "utf8");

async function writes(checks, page, content) {
    await page.goto("/author");
    await beginsCourse(checks, page);

    await beginsModule(checks, page, "questions", "What was seen", LESSON);
    await rewrite(page, "## Choosing\n", `## Choosing\n\n${PASSAGES}`);
    await checked(page, "no problems");
    for (const mistake of LESSON_MISTAKES) {
        await mistakes(checks, page, mistake);
    }
    await learnsMistake(checks, page);
    await looksAs(checks, page);
    const lesson = await text(page);
    await publish(checks, page, "lesson");
    const file = await inFolder(content, `01-${MODULE}.md`);
    checks.same("the file in the folder is what was published", file, lesson);

    await beginsModule(checks, page, "scenario", "The library", CASE);
    for (const mistake of CASE_MISTAKES) {
        await mistakes(checks, page, mistake);
    }
    await publish(checks, page, "scenario");
    checks.same("and nothing else is there", (await readdir(join(content, "plain-records"))).sort(), [
        `01-${MODULE}.md`,
        "02-the-library.md",
        "course.md",
    ]);
}

/* ---- learning ---- */

async function completes(checks, learner) {
    const { page } = learner;
    await learner.resume();
    await learner.sections(MODULE);
    await learner.beginQuiz(MODULE);
    for (const q of learner.quizQuestions(MODULE)) {
        await give(page, q, true);
    }
    await page.click("button[value=submit]");
    await page.locator(".score-card").waitFor();
    checks.has(learner.say("passes the quiz"), await words(page), "100 %");
    await learner.sit(null, `${COURSE}/the-library`);
    await learner.play(["Ask whether she would like", "Make a plan for tonight"]);
    checks.has(learner.say("passes the case"), await words(page), "this counts as passed");
    checks.ok(learner.say("completes the course"), (await model(page, COURSE)).certificate_href);
}

/* Reads on without practising, begins the quiz, and leaves it half-way. */
async function stopsInQuiz(checks, learner) {
    const { page } = learner;
    await learner.resume();
    for (let i = 0; i < learner.modules.get(MODULE).sections.length; i++) {
        const here = learner.path();
        await page.click(".turn button[type=submit]");
        await page.waitForURL((url) => url.pathname !== here);
    }
    await learner.beginQuiz(MODULE);
    await give(page, learner.quizQuestions(MODULE)[0], true);
    await page.click("button[value=save]");
    await page.waitForLoadState();
    checks.has(learner.say("is in the quiz"), await words(page, ".where"), "Answered: 1 of 2");
    return learner.path();
}

/* What a person and their manager are told of an update: at four places, and by the model of the fifth. */
async function due(page) {
    await page.goto("/");
    const front = await words(page);
    await page.goto("/me");
    const record = await words(page);
    await page.goto(`${COURSE}/${MODULE}`);
    const own = await words(page);
    await page.goto(`${COURSE}/${MODULE}/changes`);
    const changes = await words(page);
    return [
        front.includes("What was seen: read what is new"),
        record.includes("What was seen: read what is new"),
        own.includes("Changed since you completed it"),
        !changes.includes("There is nothing new to read."),
    ];
}
const ALL = [true, true, true, true];
const NONE = [false, false, false, false];

async function reported(manager, who) {
    await manager.goto("/reports/completion?course=plain-records");
    const row = manager.locator("details.people tr", { hasText: who.email });
    const number = manager.locator("#by-title ~ .table-scroll tbody tr", {
        hasText: new RegExp(who.discipline, "i"),
    });
    return {
        person: (await row.textContent()).includes("Update due"),
        row: (await number.first().innerText()).includes("1 update due"),
    };
}

/* ---- changing ---- */

async function toPublish(page) {
    await page.click('button:has-text("Publish…")');
    await page.waitForURL(/\/publish$/);
}

async function changesALittle(checks, page, holder, manager) {
    await page.goto(LESSON);
    await page.setViewportSize(PHONE);
    await rewrite(page, FIRST, CORRECTED);
    await toPublish(page);
    checks.has("what changes is shown, word by word", await words(page, ".diff-in"), "in the room");
    const listed = () => page.locator("main .changes li").allInnerTexts();
    checks.same("and on which page", await listed(), ["changed Choosing"]);
    checks.has("and for how many", await words(page), "People who have completed this module: 1.");
    await isOpen(checks, page, "publish");
    await page.click("main form button[type=submit]");
    checks.ok(
        "nothing is published before somebody chose",
        page.url().endsWith("/publish") && (await page.locator("[name=material]:invalid").count()) > 0,
    );
    await page.check("[name=material][value=no]");
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/revisions$/);
    checks.lacks("nobody was asked", await words(page), "people were asked to read it");
    await page.setViewportSize(DESK);
    checks.same("a small change asks nothing of learners", await due(holder.page), NONE);
    checks.same("nor of managers", await reported(manager, holder.who), { person: false, row: false });
    await holder.page.goto(`${COURSE}/${MODULE}/choosing`);
    checks.has("and is there to be read", await words(holder.page), CORRECTED);
}

/* As a browser without its own checks of forms would send it. */
async function sendUnchecked(page) {
    await page.locator("main form").last().evaluate((form) => (form.noValidate = true));
    await page.click("main form button[type=submit]");
    await page.waitForLoadState();
}

async function changesMuch(checks, page, content) {
    await page.goto(LESSON);
    await rewrite(page, "## Arranging\n", `## Arranging\n\n${NEW_RULE}\n`);
    await rewrite(page, '"He prefers to live on the street"', '"She prefers to live on the street"');
    const written = await text(page);
    await toPublish(page);
    checks.same(
        "pages and questions that change are listed",
        await page.locator("main .changes li").allInnerTexts(),
        ["changed Arranging", "changed A fact (quiz)"],
    );
    await sendUnchecked(page);
    const alert = await words(page, "[role=alert]");
    checks.has("no choice: the form says so", alert, "Say whether people who passed");
    await page.check("[name=material][value=yes]");
    await sendUnchecked(page);
    checks.ok("no sentence: the field says so", await page.locator("#note-error").isVisible());
    checks.ok("the choice is kept", await page.locator("[name=material][value=yes]").isChecked());
    checks.lacks("nothing was published", await inFolder(content, `01-${MODULE}.md`), NEW_RULE);
    await isOpen(checks, page, "publish, refused");
    await page.fill("#note", NOTE);
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/revisions$/);
    const file = await inFolder(content, `01-${MODULE}.md`);
    checks.ok("the file says that the change is material", /^version: ['"]?2['"]?$/m.test(file), file.slice(0, 300));
    checks.ok("and what it is", file.includes("change: ") && file.includes(NOTE), file.slice(0, 300));
    checks.same(
        "all else is as it was written",
        file.replace(/^(version|change): .*\n/gm, ""),
        written,
    );
}

async function isTold(checks, holder, manager) {
    const { page, who } = holder;
    checks.same("learner: front page, record, module and changes say so", await due(page), ALL);
    checks.has("the completion stands", await words(page), "Your completion stands.");
    checks.has("what is new, in short", await words(page), NOTE);
    checks.same(
        "only sections that are different now are shown",
        await page.locator(".change-part h2").allInnerTexts(),
        ["Choosing", "Arranging"],
    );
    const arranging = page.locator(".change-part").last();
    checks.has("as it is now", await arranging.innerText(), NEW_RULE);
    await arranging.locator("summary", { hasText: "What it said before" }).click();
    const was = await arranging.locator(".change-was").innerText();
    checks.ok("and as it was", was.includes("Put the steps in order") && !was.includes(NEW_RULE), was);
    checks.has("the quiz differs, too", await words(page), "You need not take it again.");
    await isOpen(checks, page, "changes");
    checks.same("manager: so do the row and the person", await reported(manager, who), {
        person: true,
        row: true,
    });
}

async function finishesOnOldText(checks, learner, open) {
    const { page } = learner;
    await page.goto(open);
    const asked = await words(page);
    checks.has("who was in the quiz has the questions as they were", asked, "He prefers to live on the street");
    checks.lacks("and not the new ones", asked, "She prefers to live on the street");
    for (const q of learner.quizQuestions(MODULE)) {
        await give(page, q, true);
    }
    await page.click("button[value=submit]");
    await page.locator(".score-card").waitFor();
    checks.has(learner.say("finishes"), await words(page), "100 %");
    const told = await model(page, "/me");
    const live = await model(page, `${COURSE}/${MODULE}`);
    checks.same(learner.say("completed one module"), told.completions.length, 1);
    checks.ok(
        learner.say("on the text of the day"),
        live.revision === undefined || !live.revision.startsWith(told.completions[0].revision),
        told.completions[0].revision,
    );
    checks.same(learner.say("and has the change still to read"), await due(page), ALL);
}

async function readsIt(checks, holder, manager) {
    const { page, who } = holder;
    await page.setViewportSize(PHONE);
    await page.goto("/");
    await page.click('a:has-text("read what is new")');
    await page.waitForURL(/\/changes$/);
    await page.click('button:has-text("I have read what changed")');
    await page.waitForLoadState();
    checks.same("learner: read, and all is quiet", await due(page), NONE);
    checks.same("manager: likewise", await reported(manager, who), { person: false, row: false });
    await page.setViewportSize(DESK);
}

/* ---- history ---- */

async function looksBack(checks, page) {
    await page.goto(LESSON);
    await page.click('.editor-links a:has-text("History")');
    await page.waitForURL(/\/revisions$/);
    const all = page.locator(".revision");
    checks.same("history: three texts", await all.count(), 3);
    const newest = await all.first().innerText();
    checks.ok(
        "the newest: live, why, who, and that people were asked",
        ["live", NOTE, people.trainer.name, "people were asked to read it"].every((part) => newest.includes(part)),
        newest,
    );
    await isOpen(checks, page, "history");
    await all.last().locator(".revision-head a").click();
    await page.waitForURL(/\/revisions\/[0-9a-f]+$/);
    checks.has("a text as it was", await words(page, ".preview"), FIRST);
    checks.lacks("without what came later", await words(page, ".preview"), NEW_RULE);
    await isOpen(checks, page, "a text as it was");

    await page.click('main a:has-text("History")');
    await page.click('a:has-text("Compare any two texts")');
    await page.waitForURL(/\/compare/);
    const oldest = await page.locator("#a option").last().getAttribute("value");
    const live = await page.locator("#b option").first().getAttribute("value");
    await page.selectOption("#a", oldest);
    await page.selectOption("#b", live);
    await page.click('main button:has-text("Compare")');
    await page.waitForURL(/[?&]a=/);
    const said = await words(page);
    checks.has("compare: pages that differ", said, "Arranging");
    checks.has("and lines", await words(page, ".diff"), NEW_RULE);
    checks.has("and what it asked of people", said, "people who had passed were asked to read what changed");
    await isOpen(checks, page, "compare");
}

async function bringsBack(checks, page, content, holder) {
    await page.goto(`${LESSON}/revisions`);
    await page.locator(".revision").nth(1).locator(".revision-head a").click();
    await page.click('button:has-text("Bring this text back")');
    await page.waitForURL(`**${LESSON}`);
    const brought = await text(page);
    checks.ok(
        "an old text is a draft again",
        brought.includes(CORRECTED) && !brought.includes(NEW_RULE),
        brought.slice(0, 300),
    );
    checks.has("learners see nothing of it yet", await inFolder(content, `01-${MODULE}.md`), NEW_RULE);
    await toPublish(page);
    await page.check("[name=material][value=no]");
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/revisions$/);
    checks.same("history: four texts, none lost", await page.locator(".revision").count(), 4);
    checks.lacks("the folder has the old text", await inFolder(content, `01-${MODULE}.md`), NEW_RULE);
    checks.same("nobody has anything to read", await due(holder.page), NONE);
}

async function asksHowQuestionsDo(checks, page) {
    await page.goto(LESSON);
    await page.click('.editor-links a:has-text("How questions do")');
    await page.waitForURL(/\/questions$/);
    const said = await words(page);
    const told = JSON.stringify(await model(page, `${LESSON}/questions`));
    checks.has("questions: how many people", said, "People who handed in this quiz: 2");
    checks.ok("each question", ["A fact", "The call"].every((title) => said.includes(title)), said);
    const names = [people.holder, people.midway].flatMap((who) => [...who.name.split(" "), who.email]);
    checks.same(
        "and nobody's name",
        names.filter((name) => plain(said + told).split(" ").includes(plain(name))),
        [],
    );
    await isOpen(checks, page, "questions");
}

await main("trainer", async (checks, atEnd) => {
    const content = await mkdtemp(join(tmpdir(), "crosstrain-trainer-"));
    atEnd(() => rm(content, { recursive: true, force: true }));
    await writeFile(join(content, "curriculum.md"), CURRICULUM);
    const site = await serve({ content });
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const come = async (who) => {
        const page = await visitor(browser, site);
        await joinIn(site, page, who);
        return page;
    };

    const trainer = await come(people.trainer);
    await writes(checks, trainer, content);

    const modules = course(join(content, "plain-records"));
    const learner = async (who) => new Learner(checks, await come(who), modules, who, { course: COURSE });
    const holder = await learner(people.holder);
    const midway = await learner(people.midway);
    const manager = await come(people.manager);
    await completes(checks, holder);
    const open = await stopsInQuiz(checks, midway);
    await changesALittle(checks, trainer, holder, manager);
    await changesMuch(checks, trainer, content);
    await isTold(checks, holder, manager);
    await finishesOnOldText(checks, midway, open);
    await readsIt(checks, holder, manager);
    await looksBack(checks, trainer);
    await asksHowQuestionsDo(checks, trainer);
    await bringsBack(checks, trainer, content, holder);
    for (const page of [trainer, holder.page, midway.page, manager]) {
        checks.same("the browser has nothing to complain about", page.complaints, []);
    }
});
