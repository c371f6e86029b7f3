/*
 * editor.js: comforts of the editor, which works without: the draft saves itself, the preview follows the pen,
 * problems lead to their line, and no text is lost: not with the connection, not with the session, not when
 * two people write at once.
 */
import {
    all,
    ask,
    asJson,
    button,
    clock,
    element,
    keysOf,
    lineAt,
    parsed,
    replacePart,
    scrollable,
    store,
    stored,
} from "./studio.js";
import { insertion } from "./writing.js";

const CHECK_AFTER = 300; /* milliseconds of quiet before the text is checked */
const SAVE_AFTER = 1500; /* of quiet before it is saved, */
const SAVE_WITHIN = 10000; /* and at the latest, however much is typed */
const RETRY_FIRST = 2000; /* twice as long after each failure, */
const RETRY_LAST = 60000; /* up to this */
const KEPT = "crosstrain draft "; /* with the path and a number: keys of the browser's own storage */

function editor(root) {
    var form = root.querySelector("form[data-check]");
    var box = form.querySelector("textarea[name=source]");
    var status = root.querySelector("[data-status]");
    var notes = root.querySelector("[data-notes]");
    var found = root.querySelector("[data-found]");
    var discard = root.querySelector("[data-discard]");
    var path = root.getAttribute("data-path");
    var key = newKey(); /* under which this page keeps its text */
    var url = form.getAttribute("action");
    var saved = root.querySelector("[data-unsaved]") ? null : box.value;
    var checked = saved === null ? null : box.value; /* the text that the list of problems is about */
    var dirtySince = 0;
    var busy = null; /* the saving that is under way */
    var conflict = null; /* the text that met somebody else's */
    var leaving = false;
    var failures = 0;
    var timers = { save: 0, check: 0, slow: 0 };
    var asked = 0; /* counts checks, so that a late answer is not taken for a new one */
    var heard = element("p", { class: "visually-hidden", role: "status" });

    function field(name) {
        return form.elements.namedItem(name);
    }

    function say(text, bad) {
        status.classList.toggle("is-bad", Boolean(bad));
        if (status.textContent !== text) {
            status.textContent = text;
        }
    }

    function note(name, text, parts) {
        var old = notes.querySelector('[data-note="' + name + '"]');
        var n = element("div", { class: "alert", role: "alert", "data-note": name });
        if (old) {
            old.remove();
        }
        if (text) {
            n.append(element("p", {}, text));
            (parts || []).forEach(function (part) {
                n.append(part);
            });
            notes.append(n);
        }
        return n;
    }

    function actions(buttons) {
        var p = element("p", { class: "actions" });
        buttons.forEach(function (b) {
            p.append(b);
        });
        return p;
    }

    /* ---- keeping in the browser ---- */

    /* The text in the box, and what it was made from. */
    function written() {
        return {
            text: box.value,
            version: field("version").value,
            base: field("base").value,
            at: Date.now(),
        };
    }

    /* Each open page has a key of its own, so that two of them do not write over each other. */
    function newKey() {
        return KEPT + path + " " + Date.now() + Math.random();
    }

    function keep() {
        return store(key, written());
    }

    function forget() {
        store(key, null);
    }

    /* Keeps the text in the box beside what comes into it, and offers it. */
    function putAside() {
        store(newKey(), written());
        offer(null);
    }

    /* Offers what other pages have kept and nobody has taken; not the text that is here anyway. */
    function offer(here) {
        keysOf(KEPT + path + " ").forEach(function (one) {
            var kept = stored(one);
            if (one === key || !kept) {
                return;
            }
            if (kept.text === here) {
                store(one, null);
                return;
            }
            offerOne(one, kept);
        });
    }

    function offerOne(one, kept) {
        var look = element("details", { class: "editor-kept" });
        var text = "This browser has a text that was not saved, from " + clock(kept.at) + ".";

        function drop() {
            store(one, null);
            note(one);
            box.focus();
        }

        function use() {
            drop();
            if (box.value !== saved) {
                putAside();
            }
            /* What it was made from goes with it: has somebody saved since, we shall be told. */
            field("version").value = kept.version;
            field("base").value = kept.base;
            replacePart(box, 0, box.value.length, kept.text);
            box.setSelectionRange(0, 0);
        }

        look.append(element("summary", {}, "Look at it"), element("pre", {}, kept.text));
        note(one, text, [look, actions([button("Use it", use), button("Throw it away", drop)])]);
    }

    /* ---- saving ---- */

    function later(wait) {
        clearTimeout(timers.save);
        timers.save = setTimeout(save, wait);
    }

    function failed(why) {
        var kept = keep();
        var wait = Math.min(RETRY_LAST, RETRY_FIRST * Math.pow(2, failures));
        failures++;
        var where = kept ? "Your text is kept in this browser." : "Copy it before you leave this page.";
        say("Not saved: " + why + " " + where, true);
        later(wait);
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

    function signedOut() {
        var where = { class: "button", href: "/sign-in?next=%2Fauthor", target: "_blank" };
        var text = "You have been signed out. Sign in in a new tab; this page then goes on saving.";
        failed("you have been signed out.");
        if (!notes.querySelector('[data-note="session"]')) {
            note("session", text, [actions([element("a", where, "Sign in in a new tab")])]);
        }
    }

    function took(text, answer) {
        field("version").value = answer.version;
        field("base").value = answer.base || "";
        if (discard && answer.version > 0) {
            discard.elements.namedItem("version").value = answer.version;
            discard.closest("details").hidden = false;
        }
        saved = text;
        failures = 0;
        note("session");
        say("Saved " + clock(Date.now()));
        if (box.value === saved) {
            forget();
            dirtySince = 0;
        } else {
            later(SAVE_AFTER);
        }
        return true;
    }

    function fields(text) {
        return new URLSearchParams({
            csrf: field("csrf").value,
            version: field("version").value,
            base: field("base").value,
            source: text,
        });
    }

    function send(text, again) {
        return ask(url, fields(text), "application/json").then(function (answer) {
            if (answer.status === 200) {
                return took(text, asJson(answer));
            }
            if ((answer.status === 403 || answer.status === 401) && !again) {
                /* Perhaps signed in again in another tab: its token is another one. */
                return takeToken().then(function (ok) {
                    return ok ? send(text, true) : signedOut();
                });
            }
            if (answer.status === 409) {
                return meet(text);
            }
            if (answer.status === 400 || answer.status === 413 || answer.status === 403) {
                keep();
                say("Not saved: " + (asJson(answer).detail || "the text was not taken."), true);
                return false;
            }
            failed(answer.status ? "the site is busy." : "the connection is lost.");
            return false;
        });
    }

    /* Gives true when the text is saved. One at a time. */
    function save() {
        var text = box.value;
        clearTimeout(timers.save);
        if (busy) {
            return busy.then(save);
        }
        if (text === saved) {
            forget();
            dirtySince = 0;
            return Promise.resolve(true);
        }
        if (conflict !== null) {
            return Promise.resolve(false);
        }
        timers.slow = setTimeout(function () {
            say("Saving …");
        }, 1000);
        busy = send(text).then(function (ok) {
            clearTimeout(timers.slow);
            busy = null;
            return Boolean(ok);
        });
        return busy;
    }

    /* ---- two people ---- */

    function meet(text) {
        var asking = fields(text);
        keep();
        conflict = text;
        say("Not saved: somebody else has saved meanwhile. Your text is kept in this browser.", true);
        if (saved !== null) {
            asking.append("began", saved);
        }
        return ask(url, asking, "text/html").then(function (answer) {
            var section = parsed(answer.text).getElementById("editor-conflict");
            if (!section) {
                conflict = null;
                failed("somebody else has saved meanwhile.");
                return false;
            }
            showMeeting(document.importNode(section, true));
            return false;
        });
    }

    function goOn(section) {
        conflict = null;
        field("version").value = section.getAttribute("data-version");
        field("base").value = section.getAttribute("data-base");
        section.remove();
        box.focus();
    }

    function showMeeting(section) {
        var old = document.getElementById("editor-conflict");
        if (old) {
            old.remove();
        }
        notes.prepend(section);
        all("form", section).forEach(function (way) {
            way.addEventListener("submit", function (event) {
                event.preventDefault();
                if (way.getAttribute("data-way") === "merge" && box.value !== conflict) {
                    meet(box.value); /* more was written since: the two are brought together anew */
                    return;
                }
                goOn(section);
                if (way.getAttribute("data-way") === "merge") {
                    replacePart(box, 0, box.value.length, way.querySelector("textarea").value);
                }
                saved = null;
                save();
            });
        });
        section.querySelector('[data-way="theirs"]').addEventListener("click", function (event) {
            event.preventDefault();
            ask(url, null, "application/json").then(function (answer) {
                var now = asJson(answer);
                if (answer.status !== 200) {
                    say("The stored text could not be read. Please try again.", true);
                    return;
                }
                putAside();
                goOn(section);
                field("version").value = now.version;
                field("base").value = now.base || "";
                saved = now.source;
                replacePart(box, 0, box.value.length, now.source);
                saved = box.value;
                forget();
                say("This is the stored text. Yours is kept in this browser, above.");
            });
        });
        section.querySelector("#editor-conflict-title").focus();
    }

    /* ---- checking ---- */

    function check() {
        var mine = ++asked;
        var text = box.value;
        var wanted = fields(text);
        clearTimeout(timers.check);
        ["as", "open_all", "answers"].forEach(function (name) {
            var control = root.querySelector('[name="' + name + '"]');
            if (control.type !== "checkbox" || control.checked) {
                wanted.append(name, control.value);
            }
        });
        wanted.append("fragment", "1");
        return ask(form.getAttribute("data-check"), wanted, "text/html").then(function (answer) {
            if (mine === asked && answer.status === 200) {
                show(parsed(answer.text));
                checked = text;
            }
        });
    }

    function show(page) {
        var before = found.querySelector("[data-preview]").scrollTop;
        var nodes = Array.prototype.slice.call(page.body.childNodes).map(function (node) {
            return document.importNode(node, true);
        });
        found.replaceChildren.apply(found, nodes);
        all(".prose table", found).forEach(scrollable);
        found.querySelector("[data-preview]").scrollTop = before;
        enhance();
        follow();
    }

    function jump(line) {
        var at = lineAt(box.value, line);
        var mirror = root.querySelector("[data-mirror]");
        var mark = element("span", {}, "|");
        mirror.textContent = box.value.slice(0, at.start);
        mirror.append(mark);
        box.focus();
        box.setSelectionRange(at.start, at.end);
        box.scrollTop = mark.offsetTop - box.clientHeight / 3;
        mirror.textContent = "";
    }

    function mend(place) {
        var line = Number(place.getAttribute("data-mend"));
        var lines = Number(place.getAttribute("data-lines"));
        var code = place.querySelector("pre code");
        var first = lineAt(box.value, line);
        var last = lineAt(box.value, line + lines - 1);
        if (box.value !== checked) {
            check();
            say("The text has changed meanwhile; the list is new. Please look again.");
            return;
        }
        if (lines === 0) {
            /* Without a text it is an empty line. */
            replacePart(box, first.start, first.start, (code ? code.textContent : "") + "\n");
        } else if (code) {
            replacePart(box, first.start, last.end, code.textContent);
        } else {
            replacePart(box, first.start, Math.min(last.end + 1, box.value.length), "");
        }
        check();
    }

    function enhance() {
        var sum = found.querySelector("[data-sum]");
        all("[data-jump]", found).forEach(function (place) {
            var line = Number(place.closest("[data-line]").getAttribute("data-line"));
            place.replaceWith(
                button(
                    place.textContent,
                    function () {
                        jump(line);
                    },
                    " editor-jump"
                )
            );
        });
        all("[data-mend]", found).forEach(function (place) {
            place.append(
                button(
                    "Use this",
                    function () {
                        mend(place);
                    },
                    " editor-use"
                )
            );
        });
        sum = sum ? sum.textContent : "No problems.";
        if (heard.textContent !== sum) {
            heard.textContent = sum;
        }
    }

    /* The block that the pen is at is brought into view, where the preview stands beside the text. */
    function follow() {
        var preview = found.querySelector("[data-preview]");
        var line = box.value.slice(0, box.selectionStart).split("\n").length;
        var here = null;
        var outer;
        var inner;
        all("[data-line]", preview).forEach(function (piece) {
            var at = Number(piece.getAttribute("data-line"));
            piece.classList.remove("is-at-pen");
            if (at <= line && (!here || at >= Number(here.getAttribute("data-line")))) {
                here = piece;
            }
        });
        if (!here || window.getComputedStyle(preview).overflowY === "visible") {
            return;
        }
        here.classList.add("is-at-pen");
        outer = preview.getBoundingClientRect();
        inner = here.getBoundingClientRect();
        if (inner.top < outer.top || inner.bottom > outer.bottom) {
            preview.scrollTop += inner.top - outer.top - outer.height / 5;
        }
    }

    /* ---- what happens ---- */

    box.addEventListener("input", function () {
        if (!dirtySince) {
            dirtySince = Date.now();
        }
        clearTimeout(timers.check);
        timers.check = setTimeout(function () {
            if (box.value !== saved) {
                keep();
            } else {
                forget(); /* it was written back to what is saved */
            }
            check();
        }, CHECK_AFTER);
        if (failures) {
            keep(); /* at once, while nothing else does; the next try is on its way */
        } else {
            later(Math.max(0, Math.min(SAVE_AFTER, dirtySince + SAVE_WITHIN - Date.now())));
        }
    });
    ["keyup", "click", "focus"].forEach(function (name) {
        box.addEventListener(name, follow);
    });
    all("[form='editor-form']", root).forEach(function (control) {
        control.addEventListener("change", check);
    });
    form.addEventListener("submit", function (event) {
        var pressed = event.submitter;
        event.preventDefault();
        if (pressed && pressed.hasAttribute("formaction")) {
            check().then(function () {
                found.querySelector("#editor-problems-title").focus();
            });
            return;
        }
        save().then(function (ok) {
            if (!ok || !pressed || pressed.name !== "then") {
                return;
            }
            if (field("version").value === "0") {
                say("There is nothing to publish: this is the text in the folder.");
                return;
            }
            leaving = true;
            window.location.assign(url + "/publish");
        });
    });
    document.addEventListener("keydown", function (event) {
        if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
            event.preventDefault();
            save();
        }
    });
    if (discard) {
        discard.addEventListener("submit", function () {
            leaving = true;
            clearTimeout(timers.save);
            forget();
        });
    }
    window.addEventListener("online", save);
    window.addEventListener("focus", function () {
        if (failures) {
            save();
        }
    });
    document.addEventListener("visibilitychange", function () {
        if (document.visibilityState === "hidden" && box.value !== saved && !leaving) {
            keep();
            save();
        }
    });
    window.addEventListener("beforeunload", function (event) {
        if (!leaving && box.value !== saved) {
            keep();
            event.preventDefault();
        }
    });

    root.append(heard);
    all("[data-with-script]", root).forEach(function (part) {
        part.hidden = false;
    });
    all("[data-insert]", root).forEach((details) => insertion(details, box));
    enhance();
    offer(box.value);
    if (saved === null) {
        later(SAVE_AFTER);
    }
}

all("[data-editor]").forEach(editor);
