/*
 * source.mjs: reads the right answers out of a module's Markdown, because the server does not tell them.
 * It knows as much of the format as the courses that are tested use, and checks nothing.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/* How texts are compared: Markdown and HTML differ in marks, quotes and spaces. */
export function plain(text) {
    return text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
}

const KINDS = {
    question: "question",
    "put in order": "order",
    match: "match",
    "fill in": "gaps",
    reflect: "reflect",
};

/* The chips of a settings line: `points: 2` `survey` gives { points: ["2"], survey: [""] }. */
function chips(line) {
    const found = {};
    for (const [, key, value = ""] of line.matchAll(/`([a-z-]+)(?:: ([^`]*))?`/g)) {
        (found[key] ??= []).push(value);
    }
    return found;
}

/* Items of a list: the mark, the text with its continuation lines, the texts told about it. */
function items(lines, mark) {
    const list = [];
    for (const line of lines) {
        const begins = mark.exec(line);
        if (begins) {
            list.push({ mark: begins[1] ?? "", text: line.slice(begins[0].length), told: "" });
        } else if (/^ +>/.test(line)) {
            list.at(-1).told += `${line.replace(/^ +>/, "").replace(/\*\*[^*]*\*\*/, "")} `;
        } else if (list.length && /^ {2,}\S/.test(line)) {
            list.at(-1).text += ` ${line.trim()}`;
        }
    }
    return list;
}

function gaps(body) {
    return [...body.replace(/\s+/g, " ").matchAll(/`([^`]+)`/g)].map(([, code]) => {
        const right = /\(x\) ([^()]+)/.exec(code);
        const wrong = /\( \) ([^()]+)/.exec(code);
        return right && wrong
            ? { is_choice: true, right: right[1].trim(), wrong: wrong[1].trim() }
            : { is_choice: false, right: code.split("|")[0].trim(), wrong: "nothing of the kind" };
    });
}

function question(kind, title, lines, in_quiz) {
    const settings = lines.findIndex((line) => /^`/.test(line));
    const set = chips(lines[settings] ?? "");
    const body = lines.slice(settings + 1);
    const q = { id: set.id?.[0], title, in_quiz, survey: "survey" in set, why: "" };
    q.points = Number(set.points?.[0] ?? 1);
    const why = body.findIndex((line) => /^> \*\*Why:\*\*/.test(line));

    if (why >= 0) {
        q.why = body[why].replace("> **Why:** ", "");
    }
    if (set.number) {
        return { ...q, kind: "number", right: set.number[0].split(" ")[0] };
    }
    if (set.accept) {
        return { ...q, kind: "text", right: set.accept[0] };
    }
    switch (kind) {
        case "order":
            return { ...q, kind, right: items(body, /^\d+\. /).map((item) => plain(item.text)) };
        case "match": {
            const flat = body.join("\n").replace(/\n +(?![-> ])/g, " ");
            const pairs = [...flat.matchAll(/^- (.*)\n {2}- (.*)$/gm)];
            return { ...q, kind, pairs: new Map(pairs.map((pair) => pair.slice(1).map(plain))) };
        }
        case "gaps":
            return { ...q, kind, gaps: gaps(body.filter((line) => !/^>/.test(line)).join("\n")) };
        case "reflect":
            return { ...q, kind };
        default: {
            const options = items(body, /^- [([]([x ])[)\]] /).map((item) => ({
                text: plain(item.text),
                right: item.mark === "x",
                told: item.told.trim(),
            }));
            return { ...q, kind: body.some((line) => /^- \[/.test(line)) ? "multiple" : "single", options };
        }
    }
}

/* One module: its sections' titles and its questions by id. */
function module(path) {
    const lines = readFileSync(path, "utf8").split("\n");
    const found = { sections: [], questions: new Map() };
    let section = "";
    lines.forEach((line, i) => {
        const heading = /^(##+) (.*)/.exec(line);
        if (!heading) {
            return;
        }
        if (heading[1] === "##") {
            section = heading[2];
            if (section !== "Quiz") {
                found.sections.push(section);
            }
        }
        const [, keyword, title] = /^([^:]+): (.*)/.exec(heading[2]) ?? [];
        const kind = KINDS[keyword?.toLowerCase()];
        if (heading[1].length > 2 && kind) {
            let end = lines.findIndex((other, j) => j > i && /^(#{1,4} |---$)/.test(other));
            end = end < 0 ? lines.length : end;
            const q = question(kind, title, lines.slice(i + 1, end), section === "Quiz");
            found.questions.set(q.id, q);
        }
    });
    return found;
}

/* The modules of a course, by their addresses. */
export function course(folder) {
    const modules = new Map();
    for (const file of readdirSync(folder).sort()) {
        const named = /^\d+-(.*)\.md$/.exec(file);
        if (named) {
            modules.set(named[1], module(join(folder, file)));
        }
    }
    return modules;
}
