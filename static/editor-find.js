/*
 * editor-find.js: what the checker finds while one writes: the list of problems, which leads to their lines and
 * mends them, and the preview, which follows the pen.
 */
import { all, ask, button, element, lineAt, parsed, replacePart, scrollable } from "./studio.js";
import { fields, say } from "./editor-page.js";

export function check(page) {
    var mine = ++page.asked;
    var text = page.box.value;
    var wanted = fields(page, text);
    clearTimeout(page.timers.check);
    ["as", "open_all", "answers"].forEach(function (name) {
        var control = page.root.querySelector('[name="' + name + '"]');
        if (control.type !== "checkbox" || control.checked) {
            wanted.append(name, control.value);
        }
    });
    wanted.append("fragment", "1");
    return ask(page.form.getAttribute("data-check"), wanted, "text/html").then(function (answer) {
        if (mine === page.asked && answer.status === 200) {
            show(page, parsed(answer.text));
            page.checked = text;
        }
    });
}

function show(page, answer) {
    var before = page.found.querySelector("[data-preview]").scrollTop;
    var nodes = Array.prototype.slice.call(answer.body.childNodes).map(function (node) {
        return document.importNode(node, true);
    });
    page.found.replaceChildren.apply(page.found, nodes);
    all(".prose table", page.found).forEach(scrollable);
    page.found.querySelector("[data-preview]").scrollTop = before;
    enhance(page);
    follow(page);
}

function jump(page, line) {
    var box = page.box;
    var at = lineAt(box.value, line);
    var mirror = page.root.querySelector("[data-mirror]");
    var mark = element("span", {}, "|");
    mirror.textContent = box.value.slice(0, at.start);
    mirror.append(mark);
    box.focus();
    box.setSelectionRange(at.start, at.end);
    box.scrollTop = mark.offsetTop - box.clientHeight / 3;
    mirror.textContent = "";
}

function mend(page, place) {
    var box = page.box;
    var line = Number(place.getAttribute("data-mend"));
    var lines = Number(place.getAttribute("data-lines"));
    var code = place.querySelector("pre code");
    var first = lineAt(box.value, line);
    var last = lineAt(box.value, line + lines - 1);
    if (box.value !== page.checked) {
        check(page);
        say(page, "The text has changed meanwhile; the list is new. Please look again.");
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
    check(page);
}

/* What needs the script gets its buttons, and the sum is read out when it changes. */
export function enhance(page) {
    var sum = page.found.querySelector("[data-sum]");
    all("[data-jump]", page.found).forEach(function (place) {
        var line = Number(place.closest("[data-line]").getAttribute("data-line"));
        place.replaceWith(
            button(
                place.textContent,
                function () {
                    jump(page, line);
                },
                " editor-jump"
            )
        );
    });
    all("[data-mend]", page.found).forEach(function (place) {
        place.append(
            button(
                "Use this",
                function () {
                    mend(page, place);
                },
                " editor-use"
            )
        );
    });
    sum = sum ? sum.textContent : "No problems.";
    if (page.heard.textContent !== sum) {
        page.heard.textContent = sum;
    }
}

/* The block that the pen is at is brought into view, where the preview stands beside the text. */
export function follow(page) {
    var preview = page.found.querySelector("[data-preview]");
    var line = page.box.value.slice(0, page.box.selectionStart).split("\n").length;
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
