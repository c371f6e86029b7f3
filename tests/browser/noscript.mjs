/*
 * noscript.mjs: the whole course in a browser that runs no scripts, up to the certificate.
 */
import { join } from "node:path";
import { joinIn, launch, model, signIn, visitor } from "./browser.mjs";
import { give } from "./answer.mjs";
import { main } from "./check.mjs";
import { CASES, COURSE, GOOD, Learner, MAYA } from "./learner.mjs";
import { serve, top } from "./site.mjs";
import { course } from "./source.mjs";

const who = {
    discipline: "caseworker",
    plural: "caseworkers",
    name: "Dee Plain",
    email: "dee@example.org",
    password: "no script at all, thanks",
};

/* What the script does by itself: saving half an answered quiz. */
async function savesByHand(checks, learner, module) {
    const { page } = learner;
    await learner.beginQuiz(module);
    const open = learner.path();
    const [first] = learner.quizQuestions(module);
    await give(page, first, true, false);
    await page.click("button[value=save]");
    await learner.resume();
    checks.same("a quiz saved by hand is where one goes on", learner.path(), open);
    checks.same("with the answer that was saved", await page.locator(".option input:checked").count(), 1);
    for (const q of learner.quizQuestions(module)) {
        await give(page, q, true, false);
    }
    await page.click("button[value=submit]");
    checks.has("handed in", await page.locator(".score-card").innerText(), "100 %");
}

await main("without script", async (checks, atEnd) => {
    const site = await serve();
    atEnd(() => site.stop());
    const browser = await launch();
    atEnd(() => browser.close());
    const page = await visitor(browser, site, { javaScriptEnabled: false });
    const modules = course(join(top, "content/bridging-the-systems"));
    const learner = new Learner(checks, page, modules, who, { script: false });

    await joinIn(site, page, who);
    await learner.signOut();
    await signIn(page, who);
    for (const [i, name] of [...modules.keys()].entries()) {
        await learner.resume();
        await learner.sections(name);
        if (i === 0) {
            await savesByHand(checks, learner, name);
        } else {
            checks.has(`quiz of ${name}`, await learner.quiz(name, 0), "100 %");
        }
    }
    checks.ok("the course is completed", (await model(page, COURSE)).is_completed);
    await page.goto("/me");
    await page.locator("main a[href^='/certificates/']").first().click();
    checks.has("the certificate", await page.locator("article.certificate").innerText(), who.name);
    await learner.resume();
    checks.same("after the lessons the case", learner.path(), `${CASES}/${MAYA}/play`);
    await learner.sit(null);
    await learner.play(GOOD.caseworker);
    checks.has("a passing ending", await page.locator("main").innerText(), "this counts as passed");
    checks.same("the browser has nothing to complain about", page.complaints, []);
});
