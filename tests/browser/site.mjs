/*
 * site.mjs: the program under test: a server with a database of its own, and its commands.
 */
import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const top = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const program = resolve(top, process.env.CT_PROGRAM || "build/release/crosstrain");
const STARTS_WITHIN = 60000; /* milliseconds; the demonstration writes a county first */

/* What the program has printed, once that matches. */
function announced(server, wanted) {
    return new Promise((done, fail) => {
        let out = "";
        let err = "";
        const late = setTimeout(
            () => fail(new Error(`the server does not come up\n${out}${err}`)),
            STARTS_WITHIN,
        );
        const hear = (text) => {
            out += text;
            if (wanted.test(out)) {
                clearTimeout(late);
                done(out);
            }
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", (text) => (err += text));
        server.on("exit", (code) => {
            clearTimeout(late);
            fail(new Error(`the server ended with ${code}\n${out}${err}`));
        });
    });
}

/*
 * Starts a server. Gives its address, what it printed, the command line `cli(...)` over the same database,
 * `signIns` (of the demonstration: role to e-mail and password) and `stop()`.
 */
export async function serve({ demo = false, content = join(top, "content") } = {}) {
    const data = await mkdtemp(join(tmpdir(), "crosstrain-browser-"));
    const own = ["--content", content, "--data", data];
    const server = spawn(program, ["serve", ...own, "--listen", "127.0.0.1:0", ...(demo ? ["--demo"] : [])], {
        stdio: ["ignore", "pipe", "pipe"],
    });
    server.stdout.setEncoding("utf8");
    server.stderr.setEncoding("utf8");
    const gone = new Promise((done) => server.on("exit", done));
    const stop = async () => {
        server.kill("SIGTERM");
        await gone;
        await rm(data, { recursive: true, force: true });
    };
    let printed;
    try {
        printed = await announced(server, demo ? /\n +judge +\S+ +\S+\n/ : /\/set-up\/\S+\n/);
    } catch (error) {
        await stop();
        throw error;
    }
    const signIns = {};
    for (const [, role, email, password] of printed.matchAll(/^ {2}(\S.*?) +(\S+@\S+) +(\S+)$/gm)) {
        signIns[role] = { email, password };
    }
    return {
        url: /at (http:\/\/\S+)/.exec(printed)[1],
        printed,
        signIns,
        stop,
        cli: async (...words) => (await promisify(execFile)(program, [...words, ...own])).stdout,
    };
}

/*
 * Starts a preview of a copy of our courses, to be written in. Gives its address, the folder `content` and
 * `stop()`.
 */
export async function preview() {
    const work = await mkdtemp(join(tmpdir(), "crosstrain-browser-"));
    const content = join(work, "content");
    await cp(join(top, "content"), content, { recursive: true });
    const server = spawn(program, ["preview", content, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    server.stdout.setEncoding("utf8");
    server.stderr.setEncoding("utf8");
    const gone = new Promise((done) => server.on("exit", done));
    const stop = async () => {
        server.kill("SIGTERM");
        await gone;
        await rm(work, { recursive: true, force: true });
    };
    try {
        const printed = await announced(server, /at http:\S+\n/);
        return { url: /at (http:\/\/[^/\s]+)/.exec(printed)[1], content, stop };
    } catch (error) {
        await stop();
        throw error;
    }
}
