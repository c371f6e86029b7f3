/*
 * pages.mjs: the way to one page of every kind, for whatever looks at pages. Two servers: the demonstration's
 * county over the real curriculum, and "one of each", a course made for this (in content/).
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { give } from "./answer.mjs";
import { joinIn, model, signIn, visitor } from "./browser.mjs";
import { serve } from "./site.mjs";
import { course } from "./source.mjs";

const own_content = join(dirname(fileURLToPath(import.meta.url)), "content");
const COURSE = "/courses/bridging-the-systems";
const CASES = "/courses/three-cases";
const EACH = "/courses/one-of-each";
const KINDS = course(join(own_content, "one-of-each")).get("every-kind");

export async function servers() {
    const [demo, each] = await Promise.all([serve({ demo: true }), serve({ content: own_content })]);
    return { demo, each, stop: () => Promise.all([demo.stop(), each.stop()]) };
}

const go = (path) => (page) => page.goto(path);

async function practise(page, right) {
    await page.goto(`${EACH}/every-kind/practice`);
    for (const q of KINDS.questions.values()) {
        if (!q.in_quiz) {
            await give(page, q, right);
            const handed_in = page.waitForResponse((reply) => reply.request().method() === "POST");
            await page.locator(`#q-${q.id} form button[type=submit]`).click();
            await handed_in;
            await page.locator(`#qr-${q.id}`).waitFor();
        }
    }
}

async function beginQuiz(page) {
    await page.goto(`${EACH}/every-kind/quiz`);
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/quiz\/\d+$/);
}

/* Every second answer is wrong. */
async function handIn(page) {
    const questions = [...KINDS.questions.values()].filter((q) => q.in_quiz);
    for (const [i, q] of questions.entries()) {
        await give(page, q, i % 2 === 1);
    }
    await page.click("button[value=submit]");
    await page.locator(".score-card").waitFor();
}

async function sit(page) {
    await page.goto(`${EACH}/the-night-desk/play`);
    await page.click("main form.stack button[type=submit]");
    await page.waitForURL(/\/runs\/\d+$/);
}

async function choose(page, text) {
    await page.click(`button.choice:has-text("${text}")`);
    await page.locator(`.consequence-choice:has-text("${text}")`).waitFor();
}

/* A choice sent from a page that has been left behind. */
async function conflict(page) {
    const late = await page.context().newPage();
    await sit(page);
    await late.goto(page.url());
    await choose(late, "Offer a chair");
    await late.close();
    await page.click('button.choice:has-text("Ask for her papers")');
    await page.locator(".message").waitFor();
}

const newcomer = {
    name: "Newa Comer",
    email: "new@example.org",
    password: "newcomers have four words",
    discipline: "prosecutor",
};
const nobody = {
    name: "No Discipline",
    email: "nobody@example.org",
    password: "nobody has four words",
    role: "manager",
};
const writer = {
    name: "Wri Ter",
    email: "writer@example.org",
    password: "writers have four words",
    role: "trainer",
};
const WRITTEN = "/author/files/one-of-each/01-every-kind.md";

/* A draft with problems, saved; then one that was made from a text which somebody has changed since. */
async function writeBadly(page) {
    await page.goto(WRITTEN);
    await page.locator("#editor-source").evaluate((box) => {
        box.focus();
        box.setSelectionRange(box.value.length, box.value.length);
    });
    await page.keyboard.insertText("\n##No space\n\n### Question: Which?\n\nWhich?\n\n- (x) One\n- [ ] Two\n");
    await page.locator(".editor-problem").first().waitFor();
    await page.locator("[data-status]", { hasText: /^Saved/ }).waitFor();
}

async function meetAnother(page) {
    const late = await page.context().newPage();
    await late.goto(WRITTEN);
    await page.goto(WRITTEN);
    await late.fill("#editor-source", "# Another text\n\n## A section\n\nText.\n");
    await late.locator("[data-status]", { hasText: /^Saved/ }).waitFor();
    await late.close();
    await page.fill("#editor-source", "# One’s own text\n\n## A section\n\nText.\n");
    await page.locator("#editor-conflict").waitFor();
    page.complaints.length = 0; /* the refusal is meant */
}
const invitation = ["user", "add", "invited@example.org", "--name", "In Vited", "--discipline", "advocate"];

/* A certificate of somebody as an administrator opens it. */
const issuedTo = (name, wanted) => async (page) => {
    const { rows } = await model(page, `/certificates?text=${encodeURIComponent(name)}`);
    await page.goto(rows.find(wanted).href);
};

/* Groups of kinds, each walked by one person in this order. */
const GROUPS = [
    {
        server: "demo",
        kinds: {
            "home of a stranger": go("/"),
            "sign-in": go("/sign-in"),
            "sign-in with error": async (page) => {
                await page.goto("/sign-in");
                await page.fill("#email", "nobody@example.org");
                await page.fill("#password", "wrong");
                await page.click("main button[type=submit]");
                await page.locator("[role=alert]").waitFor();
            },
            "messages of the checker": go("/explain"),
            "one message": go("/explain/E62"),
            glossary: go("/glossary"),
            "the neutral page": go("/calendar"),
            "leaving safely": go("/leaving-safely"),
            "not found (404)": go("/no/such/page"),
        },
    },
    {
        server: "each",
        kinds: {
            "set-up of the site": (page, site) => page.goto(/\/set-up\/\S+/.exec(site.printed)[0]),
            "set-up of a person": async (page, site) => {
                const printed = await site.cli(...invitation);
                await page.goto(/\/set-up\/\S+/.exec(printed)[0]);
            },
            "set-up with errors": async (page) => {
                await page.fill("#password", "a password of one");
                await page.fill("#password_again", "a password of two");
                await page.click("main button[type=submit]");
                await page.locator(".field-error").waitFor();
            },
        },
    },
    {
        server: "demo",
        role: "prosecutor",
        kinds: {
            home: go("/"),
            course: go(COURSE),
            module: go(`${COURSE}/seeing-the-child`),
            "section with passages": go(`${COURSE}/from-delinquent-to-victim/what-the-insight-changes`),
            "section with a passage opened": (page) =>
                page.locator("details.passage-other summary").first().click(),
            "section with a picture": go(`${COURSE}/from-delinquent-to-victim/the-systems-around-one-child`),
            "section with a table": go(`${COURSE}/from-delinquent-to-victim/then-and-now`),
            "quiz start": go(`${COURSE}/seeing-the-child/quiz`),
            "open quiz": async (page) => page.goto((await model(page, "/")).resume.href),
            me: go("/me"),
            "scenario module": go(`${CASES}/maya-leaves-the-group-home`),
            "play start": go(`${CASES}/maya-leaves-the-group-home/play`),
            scene: async (page) => {
                await page.click("main form.stack button[type=submit]");
                await page.locator("button.choice").first().click();
                await page.locator(".consequence").waitFor();
                await page.locator("button.choice").nth(1).click();
                await page.locator(".gauges").waitFor();
            },
            "play start with an open case": go(`${CASES}/maya-leaves-the-group-home/play`),
            "denied (403)": go("/reports/completion"),
            "sign-out": go("/sign-out"),
        },
    },
    {
        server: "demo",
        role: "advocate",
        kinds: {
            "home, all done": go("/"),
            "me, completed": go("/me"),
            certificate: async (page) => page.goto((await model(page, COURSE)).certificate_href),
            "quiz start, passed": go(`${COURSE}/seeing-the-child/quiz`),
            result: async (page) => page.locator("main tbody a").first().click(),
            ending: async (page) => {
                await page.goto(`${CASES}/maya-leaves-the-group-home/play`);
                await page.locator("main tbody a").first().click();
                await page.locator(".ending").waitFor();
            },
        },
    },
    {
        server: "demo",
        role: "manager",
        kinds: {
            reports: go("/reports"),
            today: go("/reports/today"),
            assignments: go("/reports/assignments?current=no&sort=-due"),
            "assignments counted together": go("/reports/assignments?by=unit&then=discipline"),
            "assignments, wrong filters": go("/reports/assignments?status=gone&due_from=x"),
            report: go("/reports/completion"),
            "report with people": (page) => page.locator("details.people summary").first().click(),
            "report filtered": go("/reports/completion?discipline=prosecutor"),
            "bad request (400)": go("/reports/completion?course=no-such-course"),
            "report of a task force": go("/reports/completion?task_force=alder-mdt"),
            "report by unit": go("/reports/completion?by=unit"),
            "report by person, as of a past day": go("/reports/completion?by=person&as_of=2026-10-20"),
            "a transcript": (page) => page.locator("table.report tbody th a").first().click(),
            coverage: go("/reports/coverage?task_force=alder-mdt"),
            "coverage with who is missing": (page) =>
                page.locator("main details summary").evaluateAll((all) => all.forEach((one) => one.click())),
            trends: go("/reports/trends"),
            "hours of credit": go("/reports/credit?refused=yes"),
            "questions for managers": go("/reports/questions"),
            "questions of a course without a quiz": go("/reports/questions?course=three-cases"),
            "coverage of objectives": go("/reports/coverage?task_force=alder-mdt&of=objectives"),
            requirements: go("/requirements"),
            "a requirement": go("/requirements/core-yearly"),
            "a requirement, new": go("/requirements/new"),
            "a requirement, what it means": async (page) => {
                await page.check(".tick-list input[type=checkbox]");
                await page.click('main >> text="Show what this means"');
                await page.locator("#look").waitFor();
            },
            "a requirement, changed": go("/requirements/task-force-two-chairs/change"),
            "one person under it": go("/requirements/core-yearly/people/18"),
            "all of one person": go("/requirements/-/people/18"),
            "what is required of me": go("/me/training"),
            tokens: go("/me/tokens"),
            "a token, made": async (page) => {
                await page.fill("#name", "Monthly report");
                await page.click("main form[action='/me/tokens'] button");
                await page.locator(".alert-good").waitFor();
            },
            "a token, refused": async (page) => {
                await page.fill("#name", " ");
                await page.uncheck("main input[type=checkbox]");
                await page.fill("#days", "30");
                await page.click("main form[action='/me/tokens'] button");
                await page.locator(".field-error").waitFor();
            },
            "how programs read": go("/api"),
            "how programs read, opened": (page) => page.locator("details summary").last().click(),
            "a unit that another leads (403)": go("/reports/completion?unit=alder-da%2Fchild-victims"),
        },
    },
    {
        server: "demo",
        role: "administrator",
        kinds: {
            certificates: go("/certificates"),
            "certificates, none found": go("/certificates?text=nobody-of-this-name"),
            "certificate, of another name since": issuedTo("Tanya Brooks", (row) => row.is_valid),
            "certificate, expired": issuedTo("Eleanor Fitzgerald", (row) => row.is_expired),
            "certificate, revoked": issuedTo("Daniel Osei", (row) => row.is_revoked),
            "hours and credit": go("/credits"),
            "a type of credit": go("/credits/types/cle"),
            "a new type of credit": go("/credits/types/new"),
            "an approval of a course": go("/credits/approvals/2"),
            people: go("/people"),
            "people found": go("/people?agency=alder-dcs&text=an"),
            person: go("/people/16"),
            "person, a link": async (page) => {
                await page.click('button:has-text("Make a link")');
                await page.locator(".alert-good").waitFor();
            },
            agencies: go("/agencies"),
            "an agency to close": go("/agencies/1/close"),
            "a unit to move": go("/agencies/2/move"),
            invitations: go("/people/invitations"),
            "invitations, a link": async (page) => {
                await page.click('button:has-text("Make the link")');
                await page.locator(".alert-good").waitFor();
            },
            "joining by an invitation": async (page) => {
                await page.goto(new URL(await page.locator(".alert-good code").textContent()).pathname);
            },
            "import of people": go("/people/import"),
            "import, looked at": async (page) => {
                await page.fill("#text", "email,name,discipline\nkai@example.org,Kai Ōta,judge\n");
                await page.click("button[value=check]");
                await page.locator(".alert-good").waitFor();
            },
            "import, with problems": async (page) => {
                await page.goto("/people/import");
                await page.fill("#text", "email,name,discipline\nkai,Kai Ōta,wizard\n");
                await page.click("button[value=check]");
                await page.locator(".alert-problem").waitFor();
            },
            "import of a long file, refused": async (page) => {
                const lines = Array.from({ length: 30000 }, (_, i) => `k${i}@example.org,Kai Ōta the ${i}th,wizard`);
                await page.goto("/people/import");
                await page.setInputFiles("#file", {
                    name: "everybody.csv",
                    mimeType: "text/csv",
                    buffer: Buffer.from("email,name,discipline\n" + lines.join("\n") + "\n"),
                });
                await page.click("button[value=check]");
                await page.locator("caption").waitFor({ timeout: 60000 });
            },
        },
    },
    {
        server: "each",
        person: nobody,
        kinds: {
            "home without a discipline": go("/"),
            "course without a discipline": go(EACH),
            "report of nobody": go("/reports/completion?discipline=caseworker"),
        },
    },
    {
        server: "each",
        person: writer,
        kinds: {
            writing: go("/author"),
            "new course": go("/author/new"),
            "new module": go("/author/new?course=one-of-each"),
            "new module, refused": async (page) => {
                await page.fill("#new-title", "???");
                await page.fill("#new-file", "no number");
                await page.click("main button[type=submit]");
                await page.locator(".field-error").waitFor();
            },
            "pictures and captions": go("/author/uploads/one-of-each"),
            editor: go(WRITTEN),
            "editor of a scenario": go("/author/files/one-of-each/02-the-night-desk.md"),
            "editor with problems": writeBadly,
            "editor, two at once": meetAnother,
            "editor, a text kept": async (page) => {
                await page.click('#editor-conflict [data-way="theirs"]');
                await page.locator("[data-note]").waitFor();
            },
        },
    },
    {
        server: "each",
        person: newcomer,
        kinds: {
            "home, nothing begun": go("/"),
            "me, empty": go("/me"),
            "section of text": go(`${EACH}/every-kind/text`),
            "practice of every kind": go(`${EACH}/every-kind/practice`),
            "practice, wrong": (page) => practise(page, false),
            "practice, right": (page) => practise(page, true),
            "quiz of every kind": beginQuiz,
            "result of every kind": handIn,
            "scene at the start": sit,
            "scene with a closed choice": (page) => choose(page, "Ask for her papers"),
            "ending, not passed": (page) => choose(page, "End the talk"),
            "conflict (409)": conflict,
        },
    },
];

/* Goes to each page in turn and hands it to look(name, page). */
export async function everyKind(browser, { demo, each }, look) {
    for (const group of GROUPS) {
        const site = group.server === "demo" ? demo : each;
        const page = await visitor(browser, site);
        if (group.role) {
            await signIn(page, site.signIns[group.role]);
        }
        if (group.person) {
            await joinIn(site, page, group.person);
        }
        for (const [name, visit] of Object.entries(group.kinds)) {
            await page.setViewportSize({ width: 1280, height: 900 });
            await visit(page, site);
            await page.waitForLoadState();
            await look(name, page);
        }
        await page.context().close();
    }
    /* Without our script but with scripting, so that axe-core can run. */
    const page = await visitor(browser, each);
    await page.route("**/crosstrain.js", (route) => route.fulfill({ body: "" }));
    await signIn(page, newcomer);
    await page.goto(`${EACH}/every-kind/practice`);
    await look("practice without script", page);
    await page.context().close();
}
