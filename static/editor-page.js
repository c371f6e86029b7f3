/*
 * editor-page.js: what the parts of the editor share: what they know of the open page, and its lines for
 * messages. editor.js makes one of it for the page and hands it to all of them.
 */
import { element } from "./studio.js";

export function editorPage(root) {
    var form = root.querySelector("form[data-check]");
    var box = form.querySelector("textarea[name=source]");
    var saved = root.querySelector("[data-unsaved]") ? null : box.value;
    return {
        root: root,
        form: form,
        box: box,
        status: root.querySelector("[data-status]"),
        notes: root.querySelector("[data-notes]"),
        found: root.querySelector("[data-found]"),
        discard: root.querySelector("[data-discard]"),
        heard: element("p", { class: "visually-hidden", role: "status" }),
        path: root.getAttribute("data-path"),
        url: form.getAttribute("action"),
        key: "" /* under which this page keeps its text */,
        saved: saved,
        checked: saved /* the text that the list of problems is about */,
        dirtySince: 0,
        busy: null /* the saving that is under way */,
        conflict: null /* the text that met somebody else's */,
        leaving: false,
        failures: 0,
        timers: { save: 0, check: 0, slow: 0 },
        asked: 0 /* counts checks, so that a late answer is not taken for a new one */,
    };
}

export function field(page, name) {
    return page.form.elements.namedItem(name);
}

/* What is sent with a text. */
export function fields(page, text) {
    return new URLSearchParams({
        csrf: field(page, "csrf").value,
        version: field(page, "version").value,
        base: field(page, "base").value,
        source: text,
    });
}

export function say(page, text, bad) {
    page.status.classList.toggle("is-bad", Boolean(bad));
    if (page.status.textContent !== text) {
        page.status.textContent = text;
    }
}

/* One note of a name at a time; without a text it goes. */
export function note(page, name, text, parts) {
    var old = page.notes.querySelector('[data-note="' + name + '"]');
    var n = element("div", { class: "alert", role: "alert", "data-note": name });
    if (old) {
        old.remove();
    }
    if (text) {
        n.append(element("p", {}, text));
        (parts || []).forEach(function (part) {
            n.append(part);
        });
        page.notes.append(n);
    }
}

export function actions(buttons) {
    var p = element("p", { class: "actions" });
    buttons.forEach(function (b) {
        p.append(b);
    });
    return p;
}
