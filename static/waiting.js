/*
 * waiting.js: a page that waits for a file tells how far it is, without loading itself again. When the file
 * is ready, or will not be, the page is loaded once more.
 */
(function () {
    "use strict";

    var EVERY = 1000; /* milliseconds */
    var box = document.querySelector("[data-waiting]");

    if (!box) {
        return;
    }
    var text = box.querySelector("[role=status]");
    var bar = box.querySelector("progress");
    var state = box.getAttribute("data-waiting");
    var word = box.getAttribute("data-said") || "Being made";

    /* Only whole steps of ten are said, so that who listens hears other things, too. */
    function show(file) {
        if (!file.has_percent) {
            return;
        }
        bar.value = file.percent;
        var said = word + ": " + (file.percent - (file.percent % 10)) + " %.";
        if (text.textContent !== said) {
            text.textContent = said;
        }
    }

    function look() {
        fetch(box.getAttribute("data-href"), {
            credentials: "same-origin",
            headers: { Accept: "application/json" },
        })
            .then(function (reply) {
                return reply.ok ? reply.json() : null;
            })
            .then(function (page) {
                if (!page || !page.file || page.file.state !== state) {
                    window.location.reload();
                    return;
                }
                show(page.file);
                setTimeout(look, EVERY);
            })
            .catch(function () {
                setTimeout(look, 5 * EVERY);
            });
    }

    setTimeout(look, EVERY);
})();
