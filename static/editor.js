/*
 * editor.js: comforts of the editor, which works without: the draft saves itself, the preview follows the pen,
 * problems lead to their line, and no text is lost: not with the connection, not with the session, not when
 * two people write at once. Here they are tied to what happens on the page; each is in a module of its own.
 */
import { all } from "./studio.js";
import { check, enhance, follow } from "./editor-find.js";
import { editorPage, field, say } from "./editor-page.js";
import { forget, keep, newKey, offer } from "./editor-keep.js";
import { save, saveSoon } from "./editor-save.js";
import { insertion } from "./writing.js";

const CHECK_AFTER = 300; /* milliseconds of quiet before the text is checked */

function whenWriting(page) {
    page.box.addEventListener("input", function () {
        if (!page.dirtySince) {
            page.dirtySince = Date.now();
        }
        clearTimeout(page.timers.check);
        page.timers.check = setTimeout(function () {
            if (page.box.value !== page.saved) {
                keep(page);
            } else {
                forget(page); /* it was written back to what is saved */
            }
            check(page);
        }, CHECK_AFTER);
        if (page.failures) {
            keep(page); /* at once, while nothing else does; the next try is on its way */
        } else {
            saveSoon(page);
        }
    });
    ["keyup", "click", "focus"].forEach(function (name) {
        page.box.addEventListener(name, function () {
            follow(page);
        });
    });
}

function checkPressed(page) {
    check(page).then(function () {
        page.found.querySelector("#editor-problems-title").focus();
    });
}

function savePressed(page, pressed) {
    save(page).then(function (ok) {
        if (!ok || !pressed || pressed.name !== "then") {
            return;
        }
        if (field(page, "version").value === "0") {
            say(page, "There is nothing to publish: this is the text in the folder.");
            return;
        }
        page.leaving = true;
        window.location.assign(page.url + "/publish");
    });
}

function whenPressing(page) {
    all("[form='editor-form']", page.root).forEach(function (control) {
        control.addEventListener("change", function () {
            check(page);
        });
    });
    page.form.addEventListener("submit", function (event) {
        var pressed = event.submitter;
        event.preventDefault();
        if (pressed && pressed.hasAttribute("formaction")) {
            checkPressed(page);
        } else {
            savePressed(page, pressed);
        }
    });
    document.addEventListener("keydown", function (event) {
        if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
            event.preventDefault();
            save(page);
        }
    });
    if (page.discard) {
        page.discard.addEventListener("submit", function () {
            page.leaving = true;
            clearTimeout(page.timers.save);
            forget(page);
        });
    }
}

function whenComingAndGoing(page) {
    window.addEventListener("online", function () {
        save(page);
    });
    window.addEventListener("focus", function () {
        if (page.failures) {
            save(page);
        }
    });
    document.addEventListener("visibilitychange", function () {
        if (document.visibilityState === "hidden" && page.box.value !== page.saved && !page.leaving) {
            keep(page);
            save(page);
        }
    });
    window.addEventListener("beforeunload", function (event) {
        if (!page.leaving && page.box.value !== page.saved) {
            keep(page);
            event.preventDefault();
        }
    });
}

function editor(root) {
    var page = editorPage(root);
    page.key = newKey(page);
    whenWriting(page);
    whenPressing(page);
    whenComingAndGoing(page);
    root.append(page.heard);
    all("[data-with-script]", root).forEach(function (part) {
        part.hidden = false;
    });
    all("[data-insert]", root).forEach((details) => insertion(details, page.box));
    enhance(page);
    offer(page, page.box.value);
    if (page.saved === null) {
        saveSoon(page);
    }
}

all("[data-editor]").forEach(editor);
