/*
 * exit.js: the quick exit. Its control and Esc, pressed twice within a second, blank the page at once, send what
 * was typed and not saved, and put a neutral page into the history in this page's place.
 *
 * Loaded by itself and before the rest of a page is read, so that it works when nothing else does yet. Without it
 * the control is a link, or a button that saves and leaves.
 */
(function () {
    "use strict";

    var TWICE_WITHIN = 1000; /* milliseconds between the two */
    var KEPT_MAX = 60000; /* bytes that a browser sends on behind a page that is gone: 64 KiB for all of it */
    var WAIT = 1000; /* for what is larger; the page is blank meanwhile */
    var AHEAD_AFTER = 2000;
    var OWN = "/calendar";

    var left = false;
    var before = -Infinity; /* when Esc was pressed last */

    function control() {
        return document.querySelector("[data-exit]");
    }

    function all(selector) {
        return Array.prototype.slice.call(document.querySelectorAll(selector));
    }

    /* Whether a field says something else than it came with. */
    function isChanged(field) {
        var given;
        if (field.matches("[type=radio], [type=checkbox]")) {
            return field.checked !== field.defaultChecked;
        }
        if (field.matches("select")) {
            given = Array.prototype.findIndex.call(field.options, function (option) {
                return option.defaultSelected;
            });
            return field.selectedIndex !== Math.max(given, 0);
        }
        return field.matches("input:not([type=hidden]), textarea") && field.value !== field.defaultValue;
    }

    /* A quiz is saved as it stands. Of practice only what was written at length: the rest is a try. */
    function unsaved() {
        return all("form[data-autosave], form[data-practice]").filter(function (form) {
            var fields = form.matches("[data-autosave]") ? form.elements : form.querySelectorAll("textarea");
            return Array.prototype.some.call(fields, isChanged);
        });
    }

    function answers(form) {
        var fields = new URLSearchParams(new FormData(form));
        if (form.matches("[data-autosave]")) {
            fields.append("action", "save");
        }
        return { url: form.getAttribute("action"), body: fields.toString() };
    }

    /* Sends what is not saved. Gives what is to be waited for: nothing, where the browser sends on by itself. */
    function save() {
        var all_of_it = unsaved().map(answers);
        var size = all_of_it.reduce((sum, one) => sum + one.body.length, 0);
        var sent = all_of_it.map(function (one) {
            return fetch(one.url, {
                method: "POST",
                body: one.body,
                credentials: "same-origin",
                headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
                keepalive: size <= KEPT_MAX,
            }).catch(function () {});
        });
        return size <= KEPT_MAX ? null : Promise.all(sent);
    }

    /* Nothing of the page is seen or heard any more, whenever the next one comes. */
    function blank() {
        all("audio, video").forEach(function (media) {
            media.pause();
        });
        document.title = "Calendar";
        document.head.append(Object.assign(document.createElement("meta"), { name: "referrer", content: "no-referrer" }));
        document.documentElement.classList.add("is-left");
    }

    function leave() {
        var exit = control();
        var waits;
        if (left) {
            return;
        }
        left = true;
        blank();
        /* Whatever else keeps text when a page is left does it now; then the browser is not to ask. */
        window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
        window.addEventListener(
            "beforeunload",
            function (event) {
                event.stopImmediatePropagation();
            },
            true
        );
        waits = save();
        function go() {
            location.replace((exit && exit.getAttribute("data-exit")) || OWN);
        }
        if (waits) {
            Promise.race([waits, new Promise((done) => setTimeout(done, WAIT))]).then(go);
        } else {
            go();
        }
    }

    /* Our own neutral page is fetched ahead: it is then there at once, and without a network. */
    function ahead() {
        var exit = control();
        if (exit && exit.getAttribute("data-exit") === OWN) {
            [OWN, "/static/calendar.css", "/static/calendar.svg"].forEach(function (one) {
                fetch(one, { priority: "low" }).catch(function () {});
            });
        }
    }

    document.addEventListener(
        "click",
        function (event) {
            var plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
            if (plain && event.target.closest && event.target.closest("[data-exit]")) {
                event.preventDefault();
                leave();
            }
        },
        true
    );
    /* On the window and first of all; whatever one Esc does is left to do so. */
    window.addEventListener(
        "keydown",
        function (event) {
            var bare = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
            if (left) {
                event.preventDefault(); /* to the browser Esc means: do not go on loading */
                return;
            }
            if (event.key !== "Escape" || event.repeat || event.isComposing || !bare) {
                before = event.key === "Escape" ? before : -Infinity;
                return;
            }
            if (event.timeStamp - before <= TWICE_WITHIN) {
                event.preventDefault();
                leave();
            }
            before = event.timeStamp;
        },
        true
    );
    window.addEventListener("load", function () {
        setTimeout(ahead, AHEAD_AFTER);
    });
    /* Shown again as it was, because there was nothing to go to. */
    window.addEventListener("pageshow", function (event) {
        if (event.persisted && left) {
            location.reload();
        }
    });
})();
