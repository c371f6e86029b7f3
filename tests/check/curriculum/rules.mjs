/*
 * rules.mjs: what the curriculum promises to those who adopt it, one function each. A function gets the files
 * (see read.mjs) and gives a sentence for each place where the promise is broken. The courses that teach writing
 * courses are held to those about words, law and lines alone.
 */
import { list } from "./read.mjs";

const ABOUT_WRITING = "writing-courses";
const lessons = (files) => files.filter((f) => f.is_module && f.folder !== ABOUT_WRITING && !f.outline.chairs);
const cases = (files) => files.filter((f) => f.is_module && f.folder !== ABOUT_WRITING && f.outline.chairs);

/* Without what stands between double quotation marks, straight or curly. */
function unquoted(text) {
    return text.replace(/[“"][^“”"]*[”"]/g, (quote) => quote.replace(/[^\n]/g, " "));
}

/* Every place in a file where a pattern is found, as { at, found, text }. */
function matches(files, pattern, change = (text) => text) {
    return files.flatMap((f) =>
        [...f.front, ...f.paragraphs].flatMap((part) => {
            const text = change(part.text);
            return [...text.matchAll(pattern)].map((m) => {
                const line = part.line + text.slice(0, m.index).split("\n").length - 1;
                return { at: `${f.path}:${line}`, found: m[0].replace(/\s+/g, " "), text };
            });
        }),
    );
}

/* ---- claims ---- */

/* The modules that name each claim, by its id. */
export function coverage(files) {
    const taught = new Map(list("claims.tsv").map(([id]) => [id, []]));
    for (const f of files.filter((f) => f.is_module)) {
        for (const source of [...f.outline.sources, ...f.questions.map((q) => q.id ?? "")]) {
            for (const [id] of source.matchAll(/\b00[0-4]-\d+\b/g)) {
                if (taught.has(id) && !taught.get(id).includes(f.path)) {
                    taught.get(id).push(f.path);
                }
            }
        }
    }
    return taught;
}

export function every_claim_is_taught(files) {
    return [...coverage(files)].filter(([, where]) => !where.length).map(([id]) => `no module names claim ${id}`);
}

export function no_module_names_a_claim_that_is_not_listed(files) {
    const known = new Set(list("claims.tsv").map(([id]) => id));
    return matches(files, /\b00\d-\d+\b/g)
        .filter((m) => !known.has(m.found))
        .map((m) => `${m.at}: there is no claim ${m.found}`);
}

/* ---- words, law, lines ---- */

export function words_that_blame_stand_in_quotation_marks_only(files) {
    return list("words.txt").flatMap(([word, names = ""]) => {
        const without = names.split("; ").filter(Boolean);
        const change = (text) => {
            const kept = without.reduce((t, name) => t.replace(new RegExp(name, "gi"), (n) => " ".repeat(n.length)), text);
            return unquoted(kept);
        };
        return matches(files, new RegExp(`(?<!\\p{L})${word.replaceAll(" ", "\\s+")}(?!\\p{L})`, "giu"), change)
            .filter((m) => !(word.startsWith("john") && m.found !== m.found.toLowerCase()))
            .map((m) => `${m.at}: "${m.found}" outside quotation marks`);
    });
}

/* As it reads: without the marks of emphasis and code, with plain hyphens. */
const plain = (text) => text.replace(/[*_`]/g, "").replace(/[\u2010\u2011\u2013]/g, "-");

const SECTION = String.raw`\d+[A-Za-z]?(?:\([A-Za-z0-9]+\))*`;
const MORE = String.raw`(?:(?:\s*[,;-]\s*|,?\s+(?:and|or|to|through)\s+)(?:§+\s*)?(?=\d{3})${SECTION}(?![\d.]|\s+(?:U\.?\s?S|C\.?\s?F|F\.?\s?R)))*`;
const SIGN = String.raw`(?:§+\s*|[Ss]ec(?:tions?|s?\.)\s+)`;
const PARTY = String.raw`(?:U\.S\.|[A-Z][\p{L}'’]+)`;

/* How law is written, and how it may be written by mistake. */
const CITATIONS = [
    String.raw`\b\d+\s+U\.?\s?S\.?\s?C\.?(?:\s?A\.)?\s+${SIGN}?${SECTION}${MORE}`,
    String.raw`(?<!\bU\.?\s?S\.?\s?C\.?\s*|\bC\.?\s?F\.?\s?R\.?\s*)(?:§+\s*|\b[Ss]ec(?:tions?|s?\.)\s+(?=\d\d))${SECTION}${MORE}`,
    String.raw`\b\d+\s+C\.?\s?F\.?\s?R\.?\s+(?:${SIGN}|[Pp]arts?\s+)?\d+(?:\.\d+)?(?:\([A-Za-z0-9]+\))*`,
    String.raw`\b\d+\s+(?:F\.?\s?R\.?|Fed\.\s?Reg\.)\s+\d+`,
    String.raw`\b\d+\s+(?:U\.?\s?S\.?|S\.\s?Ct\.|F\.(?:\s?(?:2d|3d|4th|Supp\.(?:\s?[23]d)?))?)\s+\d+`,
    String.raw`\b(?:P\.?\s?L\.?|Pub(?:lic|\.)\s*L(?:aw|\.))\s+(?:No\.\s+)?\d+-\d+`,
    String.raw`\b(?:Model\s+)?Rules?\s+\d[\d.]*\d(?:\([a-z]\))*`,
    String.raw`\bINA\s+${SIGN}?${SECTION}`,
    String.raw`${PARTY}\s+vs?\.?\s+${PARTY}(?:\s${PARTY})*`,
    String.raw`\b(?:In\s+re|Matter\s+of)\s+${PARTY}`,
].map((pattern) => new RegExp(pattern, "gu"));

const canonical = (text) =>
    text
        .replace(/\s+/g, " ")
        .replace(/^(?:P\. ?L\.?|PL|Pub(?:lic|\.) ?L(?:aw|\.)) (?:No\. )?/, "P.L. ")
        .replace(/^(?:[Ss]ec(?:tions?|s?\.) |§+ ?)/, "section ")
        .replace(/^(?:Model )?Rules? /, "Model Rule ")
        .replace(/ U\.? ?S\.? ?C\.?(?: ?A\.)? /, " U.S.C. ")
        .replace(/ C\.? ?F\.? ?R\.? /, " CFR ")
        .replace(/ (?:F\. ?R\.|Fed\. ?Reg\.) /, " FR ")
        .replace(/^(\d+) U\.? ?S\.? (?=\d)/, "$1 U.S. ")
        .replace(/ (?:§+ ?|[Ss]ec(?:tions?|s?\.) )/, " ")
        .replace(/ [Pp]arts? /, " Part ")
        .replace(/ vs?\.? /, " v. ");

/* "18 U.S.C. 1591 and 1595" are two; so are "sections 101 and 477". */
function each_cited(text) {
    const found = canonical(text);
    const [, before, numbers] = /^(\d+ U\.S\.C\. |section )(.*)$/.exec(found) ?? [];
    return before ? numbers.match(new RegExp(SECTION, "g")).map((number) => before + number) : [found];
}

function may_be_cited(found, law) {
    const same = (known) => known === found || known.startsWith(`${found}(`);
    if (law.some(same)) {
        return true;
    }
    const section = found.startsWith("section ") ? found.slice("section ".length) : null;
    return section !== null && law.some((known) => same(known.replace(/^\d+ U\.S\.C\. /, "section ")));
}

export function only_known_law_is_cited(files) {
    const law = list("law.txt").map(([citation]) => citation);
    return CITATIONS.flatMap((pattern) => matches(files, pattern, plain))
        .filter((m) => !each_cited(m.found).every((found) => may_be_cited(found, law)))
        .map((m) => `${m.at}: ${m.found} is not in law.txt`);
}

/* Long ones however they are cut into groups; short ones where they look like a code, or are to be called. */
const NUMBERS = [
    /(?<![\d.-])(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}(?![\d-])/g,
    /(?<![\d.-])\d{3}[.-]\d{4}(?![\d-])/g,
    /\b1[\s.-]8\d\d[\s.-][A-Z][A-Z-]+/g,
    /(?<![\d.,-])\d{6}(?![\d,-])/g,
    /(?<=\b[Tt]ext(?:ing)?\s(?:[“"]?\w+[”"]?\s)?(?:to\s)?)\d{3,6}\b/g,
    /(?<=\b(?:[Cc]all|[Dd]ial|[Ll]ifeline|[Ss]afeline|[Hh]ot-?line)(?:ing)?\s\(?)\d{3}\b/g,
    /\b(?:\d-\d-\d|[2-9]11)\b(?!-)/g,
];

const without_law = (text) =>
    CITATIONS.reduce((t, pattern) => t.replace(pattern, (law) => law.replace(/[^\n]/g, " ")), plain(text));

export function only_known_numbers_are_given(files) {
    const known = new Set(list("lines.txt").map(([number]) => number));
    const shown = files.filter((f) => f.folder !== ABOUT_WRITING);
    return NUMBERS.flatMap((pattern) => matches(shown, pattern, without_law))
        .filter((m) => !known.has(m.found))
        .map((m) => `${m.at}: ${m.found} is not in lines.txt`);
}

export function every_known_number_is_given(files) {
    const all = files.map((f) => f.text).join("\n");
    return list("lines.txt")
        .filter(([number]) => !all.includes(number))
        .map(([number]) => `${number} is given nowhere`);
}

/* One that is missing turns round what stands in quotation marks behind it. */
export function quotation_marks_come_in_pairs(files) {
    const count = (text, mark) => text.split(mark).length - 1;
    return files.flatMap((f) =>
        [...f.front, ...f.paragraphs]
            .filter(({ text }) => count(text, '"') % 2 || count(text, "“") !== count(text, "”"))
            .map(({ line }) => `${f.path}:${line}: a quotation mark has no other in this paragraph`),
    );
}

/* ---- modules ---- */

export function every_module_says_what_it_owes(files) {
    const said = [
        [/\bfictional\b/, "say that its people are fictional"],
        [/check[\s>]+your[\s>]+state[\s>]+and[\s>]+your[\s>]+counsel/i, 'say "check your state and your counsel"'],
        [/^content-note: /m, "have a content note"],
        [/^sources:/m, "name its sources"],
    ];
    const lesson_says = [
        [/Pause\. Breathe\./, "have the self-care line"],
        [/^### Reflect: /m, "have a reflection"],
    ];
    return [...lessons(files), ...cases(files)].flatMap((f) =>
        [...said, ...(f.outline.chairs ? [] : lesson_says)]
            .filter(([pattern]) => !pattern.test(f.text))
            .map(([, what]) => `${f.path} does not ${what}`),
    );
}

export function lessons_have_their_length_grade_and_minutes(files) {
    return lessons(files).flatMap((f) => {
        const o = f.outline;
        const apart = Math.abs(o.minutes - o.minutes_estimated);
        return [
            [o.prose_words >= 800 && o.prose_words <= 1600, `${o.prose_words} words of running text, not 800 to 1,600`],
            [o.grade >= 9 && o.grade <= 11, `reads at grade ${o.grade}, not 9 to 11`],
            [apart <= 0.25 * o.minutes_estimated, `${o.minutes} minutes stated, about ${o.minutes_estimated} estimated`],
        ]
            .filter(([kept]) => !kept)
            .map(([, what]) => `${f.path}: ${what}`);
    });
}

export function objectives_and_questions_belong_together(files) {
    return lessons(files).flatMap((f) => [
        ...f.outline.objectives
            .filter((o) => o.practice.length === 0 || o.quiz.length === 0)
            .map((o) => `${f.path}: ${o.id} is not in both practice and quiz`),
        ...[...f.outline.without_objective.practice, ...f.outline.without_objective.quiz].map(
            (id) => `${f.path}: question ${id} has no objective`,
        ),
    ]);
}

/* Single choice alone makes a quiz that is learnt by shape. A reflection is no question in this sense. */
export function kinds_of_questions_vary(files) {
    return lessons(files).flatMap((f) => {
        const asked = f.questions.filter((q) => q.kind !== "reflect");
        const kinds = (in_quiz) => new Set(asked.filter((q) => q.in_quiz === in_quiz).map((q) => q.kind));
        return [
            [kinds(false).size >= 3, `practice has ${kinds(false).size} kinds of questions, not 3`],
            [kinds(true).size >= 2, "the quiz has one kind of questions"],
        ]
            .filter(([kept]) => !kept)
            .map(([, what]) => `${f.path}: ${what}`);
    });
}

const chosen = (files) => lessons(files).flatMap((f) => f.questions.filter((q) => q.options).map((q) => ({ f, q })));

export function every_option_has_feedback(files) {
    return chosen(files).flatMap(({ f, q }) =>
        q.options.filter((o) => !o.told).map((o) => `${f.path}: ${q.id}: nothing is said about "${o.text}"`),
    );
}

/* Not by more than a word or two where options are short. */
export function options_are_of_similar_length(files) {
    return chosen(files).flatMap(({ f, q }) => {
        const lengths = q.options.map((o) => o.text.length);
        const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
        return most > 1.6 * least && most - least > 15
            ? [`${f.path}: ${q.id}: the longest option has ${most} letters, the shortest ${least}`]
            : [];
    });
}

/* Who always takes the longest option should do no better than chance allows. */
export function the_longest_option_is_not_a_hint(files) {
    const single = chosen(files).filter(({ q }) => q.kind === "single" && !q.survey && q.in_quiz);
    const hits = single.filter(({ q }) => {
        const most = Math.max(...q.options.map((o) => o.text.length));
        return q.options.find((o) => o.right)?.text.length === most;
    });
    return hits.length > single.length * 0.4
        ? [`the longest option is right in ${hits.length} of ${single.length} graded questions`]
        : [];
}

/* ---- cases ---- */

/* Of each chair of each case: { f, chair, played }. */
export function chairs(files) {
    return cases(files).flatMap((f) => f.outline.chairs.map((c) => ({ f, chair: c.chair, ...c })));
}

const share = (play, i) => play.endings[i].share;

export function cases_are_proved_and_fair(files) {
    return chairs(files).flatMap((c) => {
        const harmed = c.played?.random.endings.find((e) => /harm/i.test(e.ending));
        return [
            [c.proved, "is not proved"],
            [c.can_pass, "cannot be passed"],
            [c.endings === 5, `has ${c.endings} endings, not five`],
            [c.played && share(c.played.careful, 0) > 0.999, "does not reach its best ending with care"],
            [harmed && harmed.share <= 0.5, "ends in harm more often than not when it is played at random"],
        ]
            .filter(([kept]) => !kept)
            .map(([, what]) => `${c.f.path}: ${c.chair} ${what}`);
    });
}

/* What curriculum.md calls the members of each discipline: "a (bs)" and "a (b / bs)" are bs. */
function disciplines(files) {
    const front = files.find((f) => f.path === "curriculum.md").front.map((part) => part.text);
    const from = front.findIndex((text) => text.startsWith("disciplines:"));
    const named = front.slice(from + 1).map((text) => /^ +- .*?\((?:.* \/ )?(.*)\)$/.exec(text)?.[1]);
    return named.slice(0, named.indexOf(undefined));
}

/* The disciplines for which a text has passages, as one string. */
const addressed = (text) =>
    [...text.replace(/\n> /g, " ").matchAll(/(?:\*\*|^#+ )For ([^:*]*):/gm)].map((m) => m[1]).join(", ");

export function every_ending_has_a_debrief_for_every_discipline(files) {
    return cases(files).flatMap((f) =>
        f.text.split(/^## Ending: /m).slice(1).flatMap((ending) => {
            const [title] = ending.split("\n");
            const missing = disciplines(files).filter((who) => !addressed(ending).includes(who));
            return missing.map((who) => `${f.path}: "${title}" says nothing to ${who}`);
        }),
    );
}

/* A track speaks to its own profession throughout, and says so in its folder's name. */
export function every_lesson_has_passages_for_the_three(files) {
    return lessons(files).flatMap((f) =>
        ["prosecutors", "caseworkers", "advocates"]
            .filter((who) => f.folder !== `for-${who}` && !addressed(f.text).includes(who))
            .map((who) => `${f.path} has no passage for ${who}`),
    );
}

export function every_case_has_three_chairs_or_more(files) {
    return cases(files)
        .filter((f) => f.outline.chairs.length < 3)
        .map((f) => `${f.path}: ${f.outline.chairs.length} chairs`);
}

export function every_ending_is_reached_from_some_chair(files) {
    const explored = cases(files).filter((f) => f.outline.chairs[0]?.played);
    return explored.flatMap((f) =>
        f.outline.chairs[0].played.random.endings
            .filter((e, i) => f.outline.chairs.every((c) => share(c.played.random, i) === 0))
            .map((e) => `${f.path}: no chair reaches "${e.ending}"`),
    );
}
