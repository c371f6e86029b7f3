/*
 * learner.mjs: what a learner does, with checks along the way: sections, practice, the quiz, the scenario.
 */
import { give } from "./answer.mjs";
import { model } from "./browser.mjs";
import { plain } from "./source.mjs";

export const COURSE = "/courses/bridging-the-systems";
export const CASES = "/courses/three-cases";
export const MAYA = "maya-leaves-the-group-home";

/* By chair: the beginnings of the choices that lead to an ending that is passed. */
export const GOOD = {
    prosecutor: [
        "Take your chair",
        "Treat it as exploitation of a minor",
        "Ask her to explain her limits",
        "Investigate the senders",
        "Disclose what is favorable",
        "How it ends",
    ],
    caseworker: [
        "Take your chair",
        "Report now to the police and to NCMEC",
        "I'm glad you wrote",
        "Food, a bed, a doctor",
        "Ask why she left",
        "How it ends",
    ],
    advocate: [
        "Take your chair",
        "I'm not police, and not your agency",
        "I can't without her permission",
        "No judgment",
        "Walk her through her rights",
        "How it ends",
    ],
};

/* And what a prosecutor must not do to her. */
export const HARM = [
    "Take your chair",
    "Subpoena Maya at once",
    "Ask the court for a warrant",
    "Leave the warrant in place",
    "Ask to hold her as a material witness",
    "Oppose the motion",
    "Give the defense the whole CPS file",
    "Point out that full disclosure",
    "Switch off the lamp",
    "How it ends",
];

export class Learner {
    /* `who`: name, email, password, discipline, plural; `modules`: of source.mjs. */
    constructor(checks, page, modules, who, { script = true, course = COURSE } = {}) {
        Object.assign(this, { checks, page, modules, who, script, course });
        this.right_places = new Set(); /* where the right options of quizzes stood */
        this.own_passages = 0;
        this.other_passages = 0;
    }

    say(what) {
        return `${this.who.discipline}: ${what}`;
    }

    path() {
        return new URL(this.page.url()).pathname;
    }

    /* The button that leads on. */
    async resume() {
        await this.page.goto("/");
        await this.page.click(".resume a");
    }

    async signOut() {
        if (this.script) {
            await this.page.click("header form[action='/sign-out'] button");
        } else {
            await this.page.goto("/sign-out");
            await this.page.click("main form[action='/sign-out'] button");
        }
        await this.page.goto("/me");
        this.checks.ok(
            this.say("after signing out, one's record is closed"),
            this.path() === "/sign-in",
            this.path(),
        );
    }

    async passages() {
        const { page, checks } = this;
        for (const own of await page.locator(".passage-own").all()) {
            this.own_passages++;
            const label = await own.getAttribute("aria-label");
            const seen = await own.locator("p").last().isVisible();
            checks.ok(this.say(`own passage is open: ${label}`), label.includes(this.who.plural) && seen);
        }
        for (const other of await page.locator("details.passage-other").all()) {
            this.other_passages++;
            const label = (await other.locator("summary").first().innerText()).trim();
            const body = other.locator(".passage-body");
            const folded = !(await body.isVisible()) && !label.includes(this.who.plural);
            await other.locator("summary").first().click(); /* a question within has a hint to open */
            await body.waitFor({ state: "visible" });
            const text = (await body.innerText()).trim();
            checks.ok(this.say(`folded but readable: ${label}`), folded && text.length > 40, text);
        }
    }

    async submitted(q) {
        await this.page.locator(`#q-${q.id} form button[type=submit]`).click();
        const result = this.page.locator(`#qr-${q.id}`);
        await result.waitFor();
        return result;
    }

    async practice(q) {
        const { page, checks } = this;
        const place = page.locator(`#q-${q.id}`);
        const before = await page.locator(".result").count();

        if (q.kind === "reflect" || q.survey) {
            await give(page, q, true, this.script);
            const said = await (await this.submitted(q)).innerText();
            checks.has(this.say(`kept: ${q.title}`), said, "Saved. Thank you.");
            return;
        }
        await give(page, q, false, this.script);
        let said = await (await this.submitted(q)).innerText();
        const not_yet = said.includes("Not yet. Practice is never counted") || said.includes("Partly right.");
        checks.ok(this.say(`a wrong answer is told at once: ${q.title}`), not_yet, said);
        checks.same(
            this.say(`and only of this question: ${q.title}`),
            (await page.locator(".result").count()) - before,
            1,
        );
        if (q.kind === "single" || q.kind === "multiple") {
            const told = q.options.find((option) => !option.right && option.told).told;
            checks.has(
                this.say(`with the feedback of the choice: ${q.title}`),
                plain(await place.innerText()),
                plain(told).slice(0, 40),
            );
        }
        await give(page, q, true, this.script);
        await page.locator(`#qr-${q.id}`).evaluate((old) => old.setAttribute("data-old", ""));
        await place.locator("form button[type=submit]").click();
        await page.locator(`#qr-${q.id}:not([data-old])`).waitFor();
        said = await page.locator(`#qr-${q.id}`).innerText();
        checks.has(this.say(`then the right one: ${q.title}`), said, "Right.");
        if (q.why) {
            checks.has(this.say(`and why: ${q.title}`), plain(said), plain(q.why).slice(0, 40));
        }
    }

    /* The section that is open: its passages, its practice, done and next. */
    async section(module, number) {
        const { page, checks } = this;
        const { sections, questions } = this.modules.get(module);
        const title = sections[number - 1];

        checks.same(
            this.say(`section ${number} of ${module}`),
            plain(await page.locator("article h2.reading-title").innerText()),
            plain(title),
        );
        checks.has(
            this.say("says how far one is"),
            await page.locator(".where").innerText(),
            `Section ${number} of ${sections.length}`,
        );
        await this.passages();
        for (const q of questions.values()) {
            /* What is asked of another discipline alone can be read, but not answered. */
            if (!q.in_quiz && (await page.locator(`#q-${q.id} form button[type=submit]:enabled`).count())) {
                await this.practice(q);
            }
        }
        await page.click(".turn button[type=submit]");
    }

    async sections(module) {
        const { sections } = this.modules.get(module);
        for (let i = 1; i <= sections.length; i++) {
            await this.section(module, i);
        }
        this.checks.same(
            this.say(`after the last section of ${module} comes the quiz`),
            this.path(),
            `${this.course}/${module}/quiz`,
        );
    }

    quizQuestions(module) {
        return [...this.modules.get(module).questions.values()].filter((q) => q.in_quiz);
    }

    /* Nothing of an open quiz tells right from wrong: neither texts nor any key, class or order of attributes. */
    async tellsNothing(module) {
        const { page, checks } = this;
        const path = this.path();
        const sent = await (await page.context().request.get(path)).text();
        const told = await model(page, path);
        const text =
            plain(sent.replace(/<[^>]*>/g, " ").replace(/&#39;|&quot;|&amp;/g, " ")) +
            plain(JSON.stringify(told));
        const secrets = this.quizQuestions(module).flatMap((q) => [
            plain(q.why).slice(0, 50),
            ...(q.options ?? []).map((option) => plain(option.told).slice(0, 50)),
        ]);
        const found = secrets.filter((secret) => secret && text.includes(secret));
        checks.same(this.say(`an open quiz holds no feedback: ${module}`), found, []);
        checks.lacks(this.say("and no mark of the source"), sent + JSON.stringify(told), "(x)");
        for (const q of told.questions.filter((q) => q.options.length)) {
            const shapes = new Set(
                q.options.map((option) => JSON.stringify({ ...option, text_html: "", place: 0 })),
            );
            checks.same(
                this.say(`the options of ${q.id} differ by their text alone in JSON`),
                shapes.size,
                1,
            );
            const places = q.options.map((option) => option.place);
            checks.same(
                this.say("and are numbered as they stand"),
                places,
                [...places.keys()].map((i) => i + places[0]),
            );
            const source = this.modules.get(module).questions.get(q.id);
            const right = source.options.find((option) => option.right);
            this.right_places.add(
                q.options.findIndex(
                    (option) => plain(option.text_html.replace(/<[^>]*>|&[a-z]+;/g, " ")) === right.text,
                ),
            );
        }
        const shapes = await page.locator(".question:has(.option)").evaluateAll((all) =>
            all.map((one) => {
                const rows = [...one.querySelectorAll(".option")].map((row) => {
                    const copy = row.cloneNode(true);
                    copy.querySelector(".option-text").textContent = "";
                    return copy.outerHTML.replace(/value="\d+"|qo-[^"]*/g, "");
                });
                return new Set(rows).size;
            }),
        );
        checks.same(
            this.say("and in the page"),
            shapes,
            shapes.map(() => 1),
        );
    }

    /* The questions that are answered wrong where `n` are to be: of one right option, so that nothing is half right. */
    slips(module, n) {
        const singles = this.quizQuestions(module).filter((q) => q.kind === "single");
        return singles.slice(0, n);
    }

    /* What a try with `wrong` wrong answers comes to, in percent. */
    score(module, wrong) {
        const points = (questions) => questions.reduce((sum, q) => sum + q.points, 0);
        const all = points(this.quizQuestions(module));
        return Math.floor((100 * (all - points(this.slips(module, wrong)))) / all);
    }

    async beginQuiz(module) {
        await this.page.goto(`${this.course}/${module}/quiz`);
        await this.page.click("main form button[type=submit]");
        await this.page.waitForURL(/\/quiz\/\d+$/);
    }

    /* One try, with `wrong` of the questions answered wrong; gives the result's text. */
    async quiz(module, wrong) {
        const questions = this.quizQuestions(module);
        await this.beginQuiz(module);
        await this.tellsNothing(module);
        const slips = this.slips(module, wrong);
        for (const q of questions) {
            await give(this.page, q, !slips.includes(q), this.script);
        }
        await this.page.click("button[value=submit]");
        await this.page.locator(".score-card").waitFor();
        return this.page.locator("main").innerText();
    }

    /* Begins to play a case, Maya's unless said otherwise, from a chair. */
    async sit(chair, place = `${CASES}/${MAYA}`) {
        await this.page.goto(`${place}/play`);
        if (chair) {
            await this.page.check(`input[name=chair][value=${chair}]`);
        }
        await this.page.click("main form.stack button[type=submit]");
        await this.page.waitForURL(/\/runs\/\d+$/);
    }

    /* Makes the next of `choices` that is open here; false when there is none left to make (an ending). */
    async choose(choices) {
        const { page } = this;
        for (const button of await page.locator("button.choice").all()) {
            const text = plain(await button.innerText());
            if (choices.some((choice) => text.startsWith(plain(choice)))) {
                await button.evaluate((chosen) =>
                    document.documentElement.setAttribute("data-old", chosen.value),
                );
                await button.click();
                await page.locator("html:not([data-old]) main").waitFor();
                return true;
            }
        }
        return false;
    }

    async play(choices) {
        let steps = 0;
        while (await this.choose(choices)) {
            steps++;
        }
        this.checks.same(
            this.say("the case comes to an ending"),
            await this.page.locator(".ending").count(),
            1,
        );
        return steps;
    }
}
