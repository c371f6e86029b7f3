/*
 * exit.js: the quick exit. Its control and Esc, pressed twice within a second, blank the page at once, send what
 * was typed and not saved, and put a neutral page into the history in this page's place. The pages before it, and
 * the same page once more below it, cannot be taken out of the history: the tab remembers that it was left, and
 * going back or forward to any of them leads on to the neutral page, before a word of them is read.
 *
 * Loaded by itself and before the rest of a page is read, title and all; the reading waits for it. Without it the
 * control is a link, or a button that saves and leaves.
 */
(function () {
    "use strict";

    var TWICE_WITHIN = 1000; /* milliseconds between the two */
    var KEPT_MAX = 60000; /* bytes that a browser sends on behind a page that is gone: 64 KiB for all of it */
    var WAIT = 1000; /* for what is larger; the page is blank meanwhile */
    var AHEAD_AFTER = 2000;
    var OWN = "/calendar";
    var MARK = "left"; /* in the tab's own storage, with where to: this tab was left, and nobody has come back */

    var OPEN = "popover" in HTMLElement.prototype ? ":popover-open, dialog[open]" : "dialog[open]";

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

    function marked() {
        try {
            return sessionStorage.getItem(MARK);
        } catch (refused) {
            return null;
        }
    }

    /* A browser that keeps nothing for a site refuses: going back then shows what the server still gives. */
    function mark(to) {
        try {
            if (to) {
                sessionStorage.setItem(MARK, to);
            } else {
                sessionStorage.removeItem(MARK);
            }
        } catch (refused) {
            return;
        }
    }

    /* Out of the history, nothing of a page is read. Whoever follows a link or types an address has come back. */
    function arrive() {
        var to = marked();
        var how = performance.getEntriesByType("navigation")[0];
        if (!to) {
            return;
        }
        if (!how || how.type === "navigate" || how.type === "prerender") {
            mark(null);
            return;
        }
        left = true;
        window.stop();
        blank();
        location.replace(to);
    }

    function leave() {
        var exit = control();
        var to = (exit && exit.getAttribute("data-exit")) || OWN;
        var waits;
        if (left) {
            return;
        }
        left = true;
        mark(to);
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
            location.replace(to);
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

    function isPlain(event) {
        return !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    }

    /* The one Esc that closes a card or a dialog does that and no more. */
    function isForAnother() {
        return Boolean(document.querySelector(OPEN));
    }

    arrive();

    document.addEventListener(
        "click",
        function (event) {
            if (isPlain(event) && event.target.closest && event.target.closest("[data-exit]")) {
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
            if (left) {
                event.preventDefault(); /* to the browser Esc means: do not go on loading */
                return;
            }
            if (event.key !== "Escape" || event.repeat || event.isComposing || !isPlain(event) || isForAnother()) {
                before = event.repeat ? before : -Infinity;
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
    /* Links that lead about within the page and back add nothing to the history. */
    window.addEventListener("click", function (event) {
        var link = event.target.closest && event.target.closest("a.skip, a.term-back");
        if (link && event.button === 0 && isPlain(event) && !event.defaultPrevented) {
            event.preventDefault();
            location.replace(link.href);
        }
    });
    /* A browser that keeps whole pages to show again is given them out of sight. */
    window.addEventListener("pagehide", function () {
        document.documentElement.classList.add("is-away");
    });
    window.addEventListener("pageshow", function (event) {
        var to = event.persisted && marked();
        if (to) {
            left = true;
            blank();
            location.replace(to);
        } else if (event.persisted && left) {
            location.reload(); /* there was nothing to go to */
        } else {
            document.documentElement.classList.remove("is-away");
        }
    });
})();
