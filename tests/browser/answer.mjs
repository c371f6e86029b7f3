/*
 * answer.mjs: gives answers on a page as a person would, right ones or wrong ones, with the script or without.
 */
import { plain } from "./source.mjs";

async function pick(place, q, right) {
    const want = (option) =>
        q.survey
            ? option === q.options[0]
            : q.kind === "single" && !right
              ? option === q.options.find((o) => !o.right)
              : option.right === right;
    for (const row of await place.locator(".option").all()) {
        const text = plain(await row.locator(".option-text").innerText());
        const option = q.options.find((o) => o.text === text);
        if (!option) {
            throw new Error(`${q.id} has no option "${text}"`);
        }
        if (q.kind === "multiple" || want(option)) {
            await row.locator("input").setChecked(want(option));
        }
    }
}

async function order(place, q, right, script) {
    const wanted = right ? q.right : [...q.right].reverse();
    const texts = async () => {
        const found = await place.locator(".order-item .order-text").all();
        return Promise.all(found.map(async (text) => plain(await text.getAttribute("data-label"))));
    };
    for (let to = 0; to < wanted.length; to++) {
        const at = (await texts()).indexOf(wanted[to]);
        const item = place.locator(".order-item").nth(at);
        if (!script) {
            await item.locator("select").selectOption(String(to + 1));
            continue;
        }
        const up = item.locator(".order-move").first();
        const handle = await up.elementHandle();
        for (let i = at; i > to; i--) {
            await handle.click();
        }
    }
}

async function match(place, q, right) {
    for (const item of await place.locator(".match-item").all()) {
        const prompt = plain(await item.locator(".match-prompt").innerText());
        const select = item.locator("select");
        for (const option of await select.locator("option").all()) {
            const value = await option.getAttribute("value");
            const fits = plain(await option.textContent()) === q.pairs.get(prompt);
            if (value && fits === right) {
                await select.selectOption(value);
                break;
            }
        }
    }
}

async function gaps(place, q, right) {
    const fields = place.locator(".gap select, .gap input");
    for (const [i, gap] of q.gaps.entries()) {
        const text = right ? gap.right : gap.wrong;
        if (gap.is_choice) {
            await fields.nth(i).selectOption({ label: text });
        } else {
            await fields.nth(i).fill(text);
        }
    }
}

const WORDS =
    "I would write down what was seen and said, with the time of it, so that somebody else can rely on it. ";

/* Fills the fields of question `q` (see source.mjs) of the page. */
export async function give(page, q, right, script = true) {
    const place = page.locator(`#q-${q.id}`);
    switch (q.kind) {
        case "single":
        case "multiple":
            return pick(place, q, right);
        case "order":
            return order(place, q, right, script);
        case "match":
            return match(place, q, right);
        case "gaps":
            return gaps(place, q, right);
        case "number":
            return place.locator("input[type=text]").fill(right ? q.right : String(Number(q.right) + 7));
        case "text":
            return place.locator("input[type=text]").fill(right ? q.right : "nothing of the kind");
        default:
            return place.locator("textarea").fill(WORDS.repeat(3).trim());
    }
}
