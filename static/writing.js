/*
 * writing.js: small comforts around the editor: naming a new file, copying a line, putting in a picture.
 */
import { all, ask, asJson, button, replacePart } from "./studio.js";

/* A new file's name is made of its title while nobody has typed one ------------------------ */

function naming(form) {
    var title = form.elements.namedItem("title");
    var file = form.elements.namedItem("file");
    var number = form.getAttribute("data-number").padStart(2, "0");
    var own = file.value !== "";
    title.addEventListener("input", function () {
        var name = title.value
            .normalize("NFD")
            .replace(/[\u0300-\u036f'’]/g, "")
            .toLowerCase()
            .replace(/ß/g, "ss")
            .replace(/[^a-z0-9]+/g, "-")
            .slice(0, 60)
            .replace(/^-+|-+$/g, "");
        if (!own) {
            file.value = !name ? "" : form.elements.namedItem("course") ? number + "-" + name + ".md" : name;
        }
    });
    file.addEventListener("input", function () {
        own = file.value !== "";
    });
}

/* A line to paste gets a button that copies it -------------------------------------------- */

function copyable(code) {
    var b = button("Copy", function () {
        navigator.clipboard.writeText(code.textContent).then(
            function () {
                b.textContent = "Copied";
            },
            function () {
                window.getSelection().selectAllChildren(code); /* Ctrl+C does the rest */
            }
        );
    });
    if (navigator.clipboard) {
        code.after(" ", b);
    }
}

/* Where a picture can stand: not in the front matter, and with nothing else in its line's front. Without a
   place of its own it would make a text of the title, or of the three dashes that the file begins with. */
function room(text, at) {
    var front = /^---\n[\s\S]*?\n---(?:\n|$)/.exec(text);
    var heading = /^# .*$/m.exec(front ? text.slice(front[0].length) : text);
    var first = (front ? front[0].length : 0) + (heading ? heading.index + heading[0].length : 0);
    return Math.max(at, first);
}

/* The line for a picture as a paragraph of its own, if the pen stands at either end of a line. */
function paragraph(text, at, line) {
    var before = text.slice(0, at);
    var after = text.slice(at);
    if (!/(?:^|\n)$/.test(before) && !/^(?:\n|$)/.test(after)) {
        return line; /* in the middle of a sentence: that is meant */
    }
    return (
        (before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n") +
        line +
        (after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n")
    );
}

/* A picture is uploaded from beside the text, and put in where the pen is --------------------- */

export function insertion(details, box) {
    var upload = details.querySelector("form");
    var error = upload.querySelector("[data-error]");
    details.hidden = false;
    upload.addEventListener("submit", function (event) {
        var at = room(box.value, box.selectionEnd);
        event.preventDefault();
        error.textContent = "";
        ask(upload.getAttribute("action"), new FormData(upload), "application/json").then(function (answer) {
            var model = asJson(answer);
            if (answer.status !== 200 || !model.added) {
                error.textContent = model.error || model.detail || "It could not be sent. Please try again.";
                return;
            }
            upload.reset();
            details.open = false;
            replacePart(box, at, at, paragraph(box.value, at, model.added.markdown));
        });
    });
}

all("form[data-new]").forEach(naming);
all("[data-copy]").forEach(copyable);
