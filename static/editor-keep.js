/*
 * editor-keep.js: the text that the browser keeps while it is not saved, and offers when the page is opened
 * again.
 */
import { button, clock, element, keysOf, replacePart, store, stored } from "./studio.js";
import { actions, field, note } from "./editor-page.js";

const KEPT = "crosstrain draft "; /* with the path and a number: keys of the browser's own storage */

/* The text in the box, and what it was made from. */
function written(page) {
    return {
        text: page.box.value,
        version: field(page, "version").value,
        base: field(page, "base").value,
        at: Date.now(),
    };
}

/* Each open page has a key of its own, so that two of them do not write over each other. */
export function newKey(page) {
    return KEPT + page.path + " " + Date.now() + Math.random();
}

export function keep(page) {
    return store(page.key, written(page));
}

export function forget(page) {
    store(page.key, null);
}

/* Keeps the text in the box beside what comes into it, and offers it. */
export function putAside(page) {
    store(newKey(page), written(page));
    offer(page, null);
}

/* Offers what other pages have kept and nobody has taken; not the text that is here anyway. */
export function offer(page, here) {
    keysOf(KEPT + page.path + " ").forEach(function (one) {
        var kept = stored(one);
        if (one === page.key || !kept) {
            return;
        }
        if (kept.text === here) {
            store(one, null);
            return;
        }
        offerOne(page, one, kept);
    });
}

function offerOne(page, one, kept) {
    var look = element("details", { class: "editor-kept" });
    var text = "This browser has a text that was not saved, from " + clock(kept.at) + ".";

    function drop() {
        store(one, null);
        note(page, one);
        page.box.focus();
    }

    function use() {
        drop();
        if (page.box.value !== page.saved) {
            putAside(page);
        }
        /* What it was made from goes with it: has somebody saved since, we shall be told. */
        field(page, "version").value = kept.version;
        field(page, "base").value = kept.base;
        replacePart(page.box, 0, page.box.value.length, kept.text);
        page.box.setSelectionRange(0, 0);
    }

    look.append(element("summary", {}, "Look at it"), element("pre", {}, kept.text));
    note(page, one, text, [look, actions([button("Use it", use), button("Throw it away", drop)])]);
}
