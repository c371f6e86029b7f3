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

/* A picture is uploaded from beside the text, and put in where the pen is --------------------- */

export function insertion(details, box) {
    var upload = details.querySelector("form");
    var error = upload.querySelector("[data-error]");
    details.hidden = false;
    upload.addEventListener("submit", function (event) {
        var at = box.selectionEnd;
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
            replacePart(box, at, at, model.added.markdown);
        });
    });
}

all("form[data-new]").forEach(naming);
all("[data-copy]").forEach(copyable);
