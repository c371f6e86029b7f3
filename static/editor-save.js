/*
 * editor-save.js: saving the draft by itself: again after a failure, with a new token after a new sign-in, and
 * without loss when somebody else has saved meanwhile.
 */
import { all, ask, asJson, clock, element, parsed, replacePart } from "./studio.js";
import { actions, field, fields, note, say } from "./editor-page.js";
import { forget, keep, putAside } from "./editor-keep.js";

const SAVE_AFTER = 1500; /* milliseconds of quiet before the text is saved, */
const SAVE_WITHIN = 10000; /* and at the latest, however much is typed */
const RETRY_FIRST = 2000; /* twice as long after each failure, */
const RETRY_LAST = 60000; /* up to this */

function later(page, wait) {
    clearTimeout(page.timers.save);
    page.timers.save = setTimeout(function () {
        save(page);
    }, wait);
}

/* Saves once the pen rests, or has not rested for long. */
export function saveSoon(page) {
    var wait = page.dirtySince ? page.dirtySince + SAVE_WITHIN - Date.now() : SAVE_AFTER;
    later(page, Math.max(0, Math.min(SAVE_AFTER, wait)));
}

function failed(page, why) {
    var kept = keep(page);
    var wait = Math.min(RETRY_LAST, RETRY_FIRST * Math.pow(2, page.failures));
    page.failures++;
    var where = kept ? "Your text is kept in this browser." : "Copy it before you leave this page.";
    say(page, "Not saved: " + why + " " + where, true);
    later(page, wait);
}

function takeToken() {
    return ask("/", null, "application/json").then(function (answer) {
        var site = asJson(answer).site;
        if (answer.status !== 200 || !site || !site.signed_in) {
            return false;
        }
        all("input[name=csrf]").forEach(function (input) {
            input.value = site.csrf;
        });
        return true;
    });
}

function signedOut(page) {
    var where = { class: "button", href: "/sign-in?next=%2Fauthor", target: "_blank" };
    var text = "You have been signed out. Sign in in a new tab; this page then goes on saving.";
    failed(page, "you have been signed out.");
    if (!page.notes.querySelector('[data-note="session"]')) {
        note(page, "session", text, [actions([element("a", where, "Sign in in a new tab")])]);
    }
}

function took(page, text, answer) {
    field(page, "version").value = answer.version;
    field(page, "base").value = answer.base || "";
    if (page.discard && answer.version > 0) {
        page.discard.elements.namedItem("version").value = answer.version;
        page.discard.closest("details").hidden = false;
    }
    page.saved = text;
    page.failures = 0;
    note(page, "session");
    say(page, "Saved " + clock(Date.now()));
    if (page.box.value === page.saved) {
        forget(page);
        page.dirtySince = 0;
    } else {
        later(page, SAVE_AFTER);
    }
    return true;
}

function send(page, text, again) {
    return ask(page.url, fields(page, text), "application/json").then(function (answer) {
        if (answer.status === 200) {
            return took(page, text, asJson(answer));
        }
        if ((answer.status === 403 || answer.status === 401) && !again) {
            /* Perhaps signed in again in another tab: its token is another one. */
            return takeToken().then(function (ok) {
                return ok ? send(page, text, true) : signedOut(page);
            });
        }
        if (answer.status === 409) {
            return meet(page, text);
        }
        if (answer.status === 400 || answer.status === 413 || answer.status === 403) {
            keep(page);
            say(page, "Not saved: " + (asJson(answer).detail || "the text was not taken."), true);
            return false;
        }
        failed(page, answer.status ? "the site is busy." : "the connection is lost.");
        return false;
    });
}

/* Gives true when the text is saved. One at a time. */
export function save(page) {
    var text = page.box.value;
    clearTimeout(page.timers.save);
    if (page.busy) {
        return page.busy.then(function () {
            return save(page);
        });
    }
    if (text === page.saved) {
        forget(page);
        page.dirtySince = 0;
        return Promise.resolve(true);
    }
    if (page.conflict !== null) {
        return Promise.resolve(false);
    }
    page.timers.slow = setTimeout(function () {
        say(page, "Saving …");
    }, 1000);
    page.busy = send(page, text).then(function (ok) {
        clearTimeout(page.timers.slow);
        page.busy = null;
        return Boolean(ok);
    });
    return page.busy;
}

/* Two people ------------------------------------------------------------------------------- */

function meet(page, text) {
    var asking = fields(page, text);
    keep(page);
    page.conflict = text;
    say(page, "Not saved: somebody else has saved meanwhile. Your text is kept in this browser.", true);
    if (page.saved !== null) {
        asking.append("began", page.saved);
    }
    return ask(page.url, asking, "text/html").then(function (answer) {
        var section = parsed(answer.text).getElementById("editor-conflict");
        if (!section) {
            page.conflict = null;
            failed(page, "somebody else has saved meanwhile.");
            return false;
        }
        showMeeting(page, document.importNode(section, true));
        return false;
    });
}

function goOn(page, section) {
    page.conflict = null;
    field(page, "version").value = section.getAttribute("data-version");
    field(page, "base").value = section.getAttribute("data-base");
    section.remove();
    page.box.focus();
}

/* One's own text is saved in the place of the other, or both brought together. */
function takeOurs(page, section, way) {
    var merge = way.getAttribute("data-way") === "merge";
    if (merge && page.box.value !== page.conflict) {
        meet(page, page.box.value); /* more was written since: the two are brought together anew */
        return;
    }
    goOn(page, section);
    if (merge) {
        replacePart(page.box, 0, page.box.value.length, way.querySelector("textarea").value);
    }
    page.saved = null;
    save(page);
}

function takeTheirs(page, section) {
    ask(page.url, null, "application/json").then(function (answer) {
        var now = asJson(answer);
        if (answer.status !== 200) {
            say(page, "The stored text could not be read. Please try again.", true);
            return;
        }
        putAside(page);
        goOn(page, section);
        field(page, "version").value = now.version;
        field(page, "base").value = now.base || "";
        page.saved = now.source;
        replacePart(page.box, 0, page.box.value.length, now.source);
        page.saved = page.box.value;
        forget(page);
        say(page, "This is the stored text. Yours is kept in this browser, above.");
    });
}

function showMeeting(page, section) {
    var old = document.getElementById("editor-conflict");
    if (old) {
        old.remove();
    }
    page.notes.prepend(section);
    all("form", section).forEach(function (way) {
        way.addEventListener("submit", function (event) {
            event.preventDefault();
            takeOurs(page, section, way);
        });
    });
    section.querySelector('[data-way="theirs"]').addEventListener("click", function (event) {
        event.preventDefault();
        takeTheirs(page, section);
    });
    section.querySelector("#editor-conflict-title").focus();
}
