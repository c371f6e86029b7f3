/*
 * read.mjs: the curriculum as the checks look at it: its files, what `crosstrain outline` measures of each
 * module, and lists of this folder.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { course } from "../../browser/source.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/* The lines of a list, without comments, cut at tabs. */
export function list(name) {
    return readFileSync(join(here, name), "utf8")
        .split("\n")
        .filter((line) => line && !line.startsWith("#"))
        .map((line) => line.split("\t"));
}

/*
 * The parts of a file, each with its first line's number: the front matter, and the paragraphs, of which the marks
 * of quotes are blanks.
 */
function parts(text) {
    const lines = text.split("\n").map((line) => line.replace(/^[ >]+/, (marks) => " ".repeat(marks.length)));
    const closing = lines[0] === "---" ? lines.indexOf("---", 1) : -1;
    const front = lines.slice(1, Math.max(closing, 1)).map((line, i) => {
        const unquoted = line.replace(/^(\s*(?:- |[a-z-]+: ))"(.*)"$/, "$1$2");
        return { line: i + 2, text: unquoted.replaceAll('\\"', '"') };
    });
    const found = [];
    for (let i = closing + 1; i < lines.length; i++) {
        if (lines[i].trim() && lines[i - 1]?.trim() && found.length && i > closing + 1) {
            found.at(-1).text += `\n${lines[i]}`;
        } else if (lines[i].trim()) {
            found.push({ line: i + 1, text: lines[i] });
        }
    }
    return { front, paragraphs: found };
}

function file(content, path) {
    const text = readFileSync(join(content, path), "utf8");
    return { path, text, ...parts(text) };
}

/*
 * All Markdown of a content folder. A module has besides: `folder`, its `outline`, and `questions` as
 * tests/browser/source.mjs reads them.
 */
export function curriculum(program, content) {
    const measured = JSON.parse(execFileSync(program, ["outline", "--format", "json", content]));
    const files = ["curriculum.md", "glossary.md"]
        .filter((name) => existsSync(join(content, name)))
        .map((name) => file(content, name));
    for (const folder of readdirSync(content, { withFileTypes: true })) {
        if (!folder.isDirectory()) {
            continue;
        }
        const modules = course(join(content, folder.name));
        for (const name of readdirSync(join(content, folder.name)).sort()) {
            const address = /^\d+-(.*)\.md$/.exec(name)?.[1];
            const path = `${folder.name}/${name}`;
            if (!name.endsWith(".md")) {
                continue;
            }
            files.push({
                ...file(content, path),
                folder: folder.name,
                outline: measured.find((m) => m.path === join(content, path)),
                questions: address ? [...modules.get(address).questions.values()] : [],
                is_module: address !== undefined,
            });
        }
    }
    return files;
}
