/*
 * walk.mjs: three people of three disciplines take the course; one finishes it, two stop half-way; a manager
 * sees it in numbers. From an empty database, over the real curriculum.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { joinIn, launch, model, signIn, visitor } from "./browser.mjs";
import { give } from "./answer.mjs";
import { main } from "./check.mjs";
import { CASES, COURSE, GOOD, HARM, Learner, MAYA } from "./learner.mjs";
import { serve, top } from "./site.mjs";
import { course } from "./source.mjs";

const NAME = "bridging-the-systems";
const modules = course(join(top, "content", NAME));
const LESSONS = [...modules.keys()];

const PASS = 80; /* percent, as curriculum.md says */

const people = {
    prosecutor: {
        discipline: "prosecutor",
        plural: "prosecutors",
        name: "Ana Petrović",
        email: "ana@example.org",
    },
    caseworker: {
        discipline: "caseworker",
        plural: "caseworkers",
        name: "Ben O'Neil",
        email: "ben@example.org",
    },
    advocate: { discipline: "advocate", plural: "advocates", name: "Chi <Okeke>", email: "chi@example.org" },
    manager: { role: "manager", name: "Mona Reyes", email: "mona@example.org" },
};
Object.values(people).forEach((who) => (who.password = `${who.name}, ninety words`));

/* The first administrator, by the link that the server prints; it works once. */
async function administrator(checks, site, page) {
    const link = /\/set-up\/\S+/.exec(site.printed)[0];
    await page.goto(link);
    checks.has(
        "the set-up link makes an administrator",
        await page.locator("h1").innerText(),
        "Set up this training site",
    );
    await page.fill("#name", "Ada Min");
    await page.fill("#email", "ada@example.org");
    await page.fill("#password", "four words put together");
    await page.fill("#password_again", "four words put together");
    await page.click("main button[type=submit]");
    await page.waitForURL((url) => !url.pathname.startsWith("/set-up"));
    checks.has("and signs in", await page.locator(".site-header").innerText(), "Ada Min");
    const again = await page.goto(link);
    checks.same("the link works once", again.status(), 404);
}

async function front(checks, learner) {
    const { page, who } = learner;
    await page.goto("/");
    const text = await page.locator("main").innerText();
    checks.has(learner.say("the front page says what is required"), text, `Required for ${who.plural}`);
    checks.has(learner.say("of its modules none is done"), text, `0 of ${LESSONS.length} modules`);
    checks.has(learner.say("and nothing is begun"), text, "Not started");
}

async function lesson(checks, learner, name, plan) {
    const { page } = learner;
    await learner.resume();
    checks.same(
        learner.say(`the button leads into ${name}`),
        learner.path().startsWith(`${COURSE}/${name}/`),
        true,
    );
    await learner.sections(name);
    let best = 0;
    for (const [i, wrong] of plan.entries()) {
        const score = learner.score(name, wrong);
        best = Math.max(best, score);
        const passed = score >= PASS;
        const text = await learner.quiz(name, wrong);
        checks.has(learner.say(`${name}, try ${i + 1}: ${score} %`), text, `${score} %`);
        checks.has(learner.say("passed or not"), text, passed ? "Passed" : "Not passed yet");
        checks.has(learner.say("feedback comes afterwards"), text, "Your answers");
        checks.same(
            learner.say("and says of each what it was"),
            await page.locator(".result-wrong").count(),
            wrong,
        );
        await page.goto(`${COURSE}/${name}/quiz`);
        const start = await page.locator("main").innerText();
        checks.same(learner.say("tries are counted"), await page.locator("main tbody tr").count(), i + 1);
        checks.ok(learner.say("the best is kept"), new RegExp(`Best so far\\s+${best} %`).test(start), start);
    }
    const module = await model(page, `${COURSE}/${name}`);
    checks.ok(learner.say(`${name} is completed`), module.is_completed, JSON.stringify(module.quiz));
}

async function scenario(checks, learner) {
    const { page } = learner;
    await learner.resume();
    checks.same(learner.say("after the lessons the case"), learner.path(), `${CASES}/${MAYA}/play`);
    const own = await page.locator("input[name=chair]:checked").getAttribute("value");
    checks.same(learner.say("the own chair is offered"), own, learner.who.discipline);
    await learner.sit(null);
    await learner.play(HARM);
    let text = await page.locator("main").innerText();
    checks.has(learner.say("harm is not passed"), text, "not passed from this chair yet");
    checks.has(learner.say("and is called by its name"), text, "Harmed by the response");
    await learner.sit(learner.who.discipline);
    await learner.play(GOOD[learner.who.discipline]);
    text = await page.locator("main").innerText();
    checks.has(learner.say("a passing ending"), text, "this counts as passed");
    checks.has(
        learner.say("the own debrief is open"),
        await page.locator(".passage-own").first().innerText(),
        `For ${learner.who.plural}`,
    );
}

/* What poppler's programs say of a PDF. */
const poppler = (program, pdf) => execFileSync(program, program === "pdftotext" ? ["-", "-"] : ["-"], { input: pdf }).toString();

/* The page printed by the browser, and the PDF that the server makes. */
async function onPaper(checks, page, path) {
    const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    checks.ok("certificate: prints on one page", /^Pages: +1$/m.test(poppler("pdfinfo", printed)), "more");
    const words = poppler("pdftotext", printed);
    for (const part of ["Sign out", "Leave this page", "Download", "In danger now"]) {
        checks.ok(`certificate: is printed without "${part}"`, !words.includes(part), words);
    }
    checks.same("certificate: with its QR code", await page.locator("article.certificate svg[role=img]").count(), 1);
    const reply = await page.request.get(`${path}.pdf`);
    checks.same("certificate: as PDF", reply.headers()["content-type"], "application/pdf");
    checks.has("certificate: a tagged one", poppler("pdfinfo", await reply.body()), "Tagged:          yes");
}

async function certificate(checks, learner, reader) {
    const { page, who } = learner;
    await page.goto("/me");
    await page.locator("main a[href^='/certificates/']").first().click();
    await page.locator("article.certificate").waitFor();
    const text = await page.locator("article.certificate").innerText();
    const told = await model(page, learner.path());
    checks.has("certificate: name", text, who.name);
    checks.has("certificate: course", text, "Bridging the Systems: the core course");
    checks.has("certificate: discipline", text, "Prosecutor");
    checks.has("certificate: date", text, told.issued.long);
    checks.ok("certificate: the date is today's", /^\d{4}-\d\d-\d\d/.test(told.issued.iso), told.issued.iso);
    checks.ok("certificate: hours", /\d\.\d+ hours/.test(text), text);
    checks.ok("certificate: revision", /\b[0-9a-f]{12}\b/.test(text), text);
    checks.has("certificate: code", text, told.code);
    checks.has("certificate: quizzes, the mean of the best", text, "100 %");
    await onPaper(checks, page, learner.path());
    await reader.goto(learner.path());
    const seen = await reader.locator("main").innerText();
    checks.has("anybody can check it", seen, "This certificate is genuine and valid.");
    checks.has("and sees the name", seen, who.name);
}

/* From another chair, after completion. */
async function otherChair(checks, learner) {
    const { page } = learner;
    await learner.sit("advocate");
    checks.has(learner.say("the other chair is said"), await page.locator(".where").innerText(), "Advocate");
    await learner.play(GOOD.advocate);
    checks.has(
        learner.say("the other chair passes, too"),
        await page.locator("main").innerText(),
        "this counts as passed",
    );
    checks.ok(learner.say("the way is shown"), (await page.locator(".path li").count()) >= 4);
    const told = await model(page, `${CASES}/${MAYA}`);
    const passed = told.scenario.chairs.filter((chair) => chair.is_passed).map((chair) => chair.slug);
    checks.same(learner.say("both chairs are kept"), passed.sort(), ["advocate", "prosecutor"]);
}

async function backAgain(learner) {
    await learner.signOut();
    await signIn(learner.page, learner.who);
    await learner.resume();
}

/* Stops in a section, then in an open quiz. */
async function stopsInLesson(checks, learner) {
    const { page } = learner;
    const name = LESSONS[0];
    await learner.resume();
    await learner.section(name, 1);
    await learner.section(name, 2);
    const section = learner.path();
    await backAgain(learner);
    checks.same(learner.say("comes back to the section"), learner.path(), section);
    for (let i = 3; i <= modules.get(name).sections.length; i++) {
        await learner.section(name, i);
    }
    await learner.beginQuiz(name);
    const open = learner.path();
    const [first, second, third] = learner.quizQuestions(name);
    await give(page, first, true);
    await give(page, second, false);
    await page.locator("[data-save-state]:has-text('Saved')").waitFor();
    await give(page, third, true);
    await page.click("button[value=save]");
    await page.waitForLoadState();
    await backAgain(learner);
    checks.same(learner.say("comes back to the open quiz"), learner.path(), open);
    const chosen = await page.locator(".option:has(input:checked) .option-text").allInnerTexts();
    checks.same(learner.say("with three saved answers"), chosen.length, 3);
    checks.has(learner.say("and says so"), await page.locator(".where").innerText(), `Answered: 3 of ${learner.quizQuestions(name).length}`);
}

/* Stops in the third scene of the case, without having read a lesson. */
async function stopsInCase(checks, learner) {
    const { page } = learner;
    await learner.sit("advocate");
    await learner.choose(GOOD.advocate);
    await learner.choose(GOOD.advocate);
    const run = learner.path();
    const scene = await page.locator("article.scene").innerText();
    await backAgain(learner);
    checks.same(learner.say("comes back to the case"), learner.path(), run);
    checks.same(learner.say("in its scene"), await page.locator("article.scene").innerText(), scene);
    checks.has(
        learner.say("after one decision: beginning is none"),
        await page.locator(".where").innerText(),
        "Decisions so far: 1",
    );
}

const rowsOf = (csv) => {
    const [head, ...rows] = csv
        .replace(/^\ufeff/, "")
        .trim()
        .split(/\r?\n/)
        .map((line) =>
            line
                .match(/("([^"]|"")*"|[^,]*)(,|$)/g)
                .map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, "")),
        );
    return rows.map((row) => Object.fromEntries(head.map((key, i) => [key, row[i]])));
};

async function report(checks, site, page) {
    await page.goto(`/reports/completion?course=${NAME}`);
    const seen = await page
        .locator("#by-title ~ .table-scroll tbody tr")
        .evaluateAll((rows) =>
            rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim().split("\n")[0])),
        );
    const want = {
        prosecutor: ["1", "0", "0", "1"],
        caseworker: ["1", "0", "1", "0"],
        advocate: ["1", "1", "0", "0"], /* is in a case, which belongs to another course */
    };
    const numbers = Object.fromEntries(
        seen.map((row) => [row[0].toLowerCase(), row.slice(3, 7).map((n) => parseInt(n, 10).toString())]),
    );
    checks.same(
        "manager: one of three has completed",
        Object.fromEntries(Object.keys(want).map((key) => [key, numbers[key]])),
        want,
    );

    const get = async (path) => (await page.context().request.get(path)).text();
    const csv = await get(`/reports/completion.csv?course=${NAME}`);
    const count = (row) =>
        ["people", "not_started", "in_progress", "completed"].map((key) => String(row[key]));
    const counts = (rows, slug) =>
        Object.fromEntries(
            rows.map((row) => [slug(row), count(row)]).filter(([, [people]]) => people !== "0"),
        );
    checks.same(
        "manager: the CSV agrees",
        counts(rowsOf(csv), (row) => row.discipline),
        want,
    );
    const json = JSON.parse(await get(`/reports/completion.json?course=${NAME}`));
    checks.same(
        "manager: the JSON agrees",
        counts(json.rows, (row) => row.discipline),
        want,
    );
    checks.same(
        "manager: so does the command",
        rowsOf(await site.cli("report", "completion", "--course", NAME, "--format", "csv")),
        rowsOf(csv),
    );

    await page.click("#by-title ~ .table-scroll tbody tr a >> nth=0");
    const open = page.locator("details.people[open]");
    checks.has("manager: a number leads to its people", await open.innerText(), people.prosecutor.email);
    checks.has("manager: who have a score", await open.innerText(), "100 %");
    await page.selectOption("#f-discipline", "advocate");
    await page.click("form.filters button");
    checks.same(
        "manager: the filter leaves one row",
        await page.locator("#by-title ~ .table-scroll tbody tr").count(),
        1,
    );
}

await main("walk", async (checks, atEnd) => {
    const site = await serve();
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const pages = [];
    const come = async (who) => {
        const page = await visitor(browser, site);
        pages.push(page);
        if (who) {
            await joinIn(site, page, who);
        }
        return page;
    };

    const stranger = await come();
    await administrator(checks, site, await come());
    const learners = {};
    for (const key of ["prosecutor", "caseworker", "advocate"]) {
        learners[key] = new Learner(checks, await come(people[key]), modules, people[key]);
        await learners[key].signOut();
        await signIn(learners[key].page, people[key]);
        await front(checks, learners[key]);
    }
    const { prosecutor, caseworker, advocate } = learners;

    const finishes = async () => {
        await lesson(checks, prosecutor, LESSONS[0], [3, 0, 1]);
        for (const name of LESSONS.slice(1, -1)) {
            await lesson(checks, prosecutor, name, [1, 0]);
        }
        /* The certificate is made when the last one is passed, so that its first try must be the best. */
        await lesson(checks, prosecutor, LESSONS.at(-1), [0]);
        checks.ok(
            "own and others' passages were met",
            prosecutor.own_passages >= 3 && prosecutor.other_passages >= 5,
        );
        checks.ok(
            "right options of quizzes stand in changing places",
            prosecutor.right_places.size > 1 && !prosecutor.right_places.has(-1),
            [...prosecutor.right_places],
        );
        await certificate(checks, prosecutor, stranger);
        await scenario(checks, prosecutor);
        await otherChair(checks, prosecutor);
    };
    const stop = async () => {
        await stopsInLesson(checks, caseworker);
        await stopsInCase(checks, advocate);
    };
    await Promise.all([finishes(), stop()]);

    const manager = await come(people.manager);
    await report(checks, site, manager);
    await prosecutor.page.goto("/reports/completion");
    checks.has(
        "a learner has no reports",
        await prosecutor.page.locator("h1").innerText(),
        "This page is not open to you",
    );
    for (const page of pages) {
        checks.same("the browser has nothing to complain about", page.complaints, []);
    }
});
