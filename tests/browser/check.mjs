/*
 * check.mjs: says what held and what did not, one line a check; `run` counts the lines.
 */
import { isDeepStrictEqual } from "node:util";

export class Checks {
    constructor(name) {
        this.name = name;
        this.failed = 0;
    }

    ok(what, holds, why = "") {
        if (holds) {
            console.log(`ok: ${this.name}: ${what}`);
            return true;
        }
        this.failed++;
        console.log(`FAILED: ${this.name}: ${what}`);
        String(why)
            .split("\n")
            .filter(Boolean)
            .slice(0, 30)
            .forEach((line) => console.log(`    ${line}`));
        return false;
    }

    same(what, got, want) {
        const holds = isDeepStrictEqual(got, want);
        return this.ok(what, holds, `got:  ${JSON.stringify(got)}\nwant: ${JSON.stringify(want)}`);
    }

    has(what, text, part) {
        return this.ok(what, String(text).includes(part), `not in it: ${part}\ntext: ${text}`);
    }

    lacks(what, text, part) {
        return this.ok(what, !String(text).includes(part), `in it: ${part}`);
    }
}

const AT_MOST = 480000; /* milliseconds for a whole script */

/* What ends a script early, so that its server and browser are ended as well. */
function cutShort() {
    return new Promise((done, fail) => {
        setTimeout(() => fail(new Error("it takes too long")), AT_MOST);
        process.once("SIGTERM", () => fail(new Error("it was ended from outside")));
        process.once("SIGINT", () => fail(new Error("it was interrupted")));
    });
}

/* Runs the steps of a script; what it throws is a failed check as well. Ends the process. */
export async function main(name, steps) {
    const checks = new Checks(name);
    const atEnd = [];
    try {
        await Promise.race([steps(checks, (end) => atEnd.unshift(end)), cutShort()]);
    } catch (error) {
        checks.ok("runs to its end", false, error.stack || error);
    }
    for (const end of atEnd) {
        await end();
    }
    process.exit(checks.failed ? 1 : 0);
}
