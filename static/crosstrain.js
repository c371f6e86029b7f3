/*
 * crosstrain.js: comforts that every page does without. Quiz answers are saved while one works, order
 * questions get buttons, opened passages are recorded, text that was not sent is not lost by accident.
 *
 * Strict content security policy: nothing here writes styles or markup from strings.
 */
(function () {
    "use strict";

    var SAVE_AFTER = 1500; /* milliseconds of quiet before answers are saved */
    var RETRY_AFTER = 10000;
    var FITS = 24; /* characters in a closed select on a phone */
    var SLOW_AFTER = 20000; /* then a request counts as failed */

    function all(selector, root) {
        return Array.prototype.slice.call((root || document).querySelectorAll(selector));
    }

    function element(name, attributes, text) {
        var e = document.createElement(name);
        Object.keys(attributes || {}).forEach(function (key) {
            e.setAttribute(key, attributes[key]);
        });
        if (text) {
            e.textContent = text;
        }
        return e;
    }

    /* Sends fields as a form would, and says whether the server took them. */
    function post(url, fields) {
        var stop = new AbortController();
        var timer = setTimeout(function () {
            stop.abort();
        }, SLOW_AFTER);
        return fetch(url, {
            method: "POST",
            body: fields,
            credentials: "same-origin",
            signal: stop.signal,
            headers: { Accept: "application/json" },
        }).then(
            function (reply) {
                clearTimeout(timer);
                /* A session that ended answers with the sign-in page: that is not "saved". */
                return reply.ok && !/\/sign-in/.test(reply.url);
            },
            function () {
                clearTimeout(timer);
                return false;
            }
        );
    }

    function fieldsOf(form) {
        return new URLSearchParams(new FormData(form));
    }

    /* What a form says now, to compare with later. */
    function contents(form) {
        return fieldsOf(form).toString();
    }

    /* Saving a quiz ------------------------------------------------------------------------- */

    function autosave(form) {
        var state = form.querySelector("[data-save-state]");
        var url = form.getAttribute("action"); /* form.action would be the buttons of that name */
        var saved = contents(form);
        var timer = null;
        var busy = false;
        var leaving = false;

        function say(text, bad) {
            state.textContent = text;
            state.classList.toggle("is-bad", bad);
        }

        function later(wait) {
            clearTimeout(timer);
            timer = setTimeout(save, wait);
        }

        function save() {
            var now = contents(form);
            if (busy || leaving || now === saved) {
                return;
            }
            var fields = fieldsOf(form);
            fields.append("action", "save");
            busy = true;
            post(url, fields).then(function (ok) {
                busy = false;
                if (ok) {
                    saved = now;
                    say("Saved", false);
                } else {
                    say("Not saved – check your connection. What you wrote is still on this page.", true);
                }
                if (contents(form) !== saved) {
                    later(ok ? SAVE_AFTER : RETRY_AFTER);
                }
            });
        }

        form.addEventListener("input", function () {
            if (contents(form) !== saved) {
                if (!state.classList.contains("is-bad")) {
                    say("", false);
                }
                later(SAVE_AFTER);
            }
        });
        form.addEventListener("change", function () {
            later(300);
        });
        form.addEventListener("submit", function () {
            leaving = true;
        });
        window.addEventListener("online", save);
        window.addEventListener("pageshow", function () {
            leaving = false;
        });
        document.addEventListener("visibilitychange", function () {
            if (document.visibilityState === "hidden") {
                save();
            }
        });
        window.addEventListener("beforeunload", function (event) {
            if (!leaving && contents(form) !== saved) {
                event.preventDefault();
            }
        });
    }

    /* Practice: written text is not left behind unsaved -------------------------------------- */

    function guard(form) {
        var box = form.querySelector("textarea");
        var first = box && box.value;
        if (!box) {
            return;
        }
        form.addEventListener("submit", function () {
            first = box.value;
        });
        window.addEventListener("beforeunload", function (event) {
            if (box.value !== first) {
                event.preventDefault();
            }
        });
    }

    function countWords(box) {
        var wanted = Number(box.getAttribute("data-words"));
        var line = element("p", { class: "word-count" });
        function count() {
            var words = box.value.trim().split(/\s+/).filter(Boolean).length;
            line.textContent = "Words: " + words + (words < wanted ? " of " + wanted : "");
        }
        box.addEventListener("input", count);
        box.after(line);
        count();
    }

    /* Order questions: the selects stay the fields, buttons set them ------------------------- */

    function orderable(list) {
        var items = all(".order-item", list);
        var status = element("p", { class: "visually-hidden", role: "status" });
        var fieldset = list.closest("fieldset");
        var ask = fieldset && fieldset.querySelector(".ask");

        if (items.length < 2 || (fieldset && fieldset.disabled)) {
            return;
        }
        if (ask) {
            ask.textContent = "Move each to its place with the buttons.";
        }

        function select(item) {
            return item.querySelector("select");
        }

        function button(item, text, word, step) {
            var label = item.querySelector("[data-label]").getAttribute("data-label");
            var b = element(
                "button",
                { type: "button", class: "order-move", "aria-label": word + ": " + label },
                text
            );
            b.addEventListener("click", function () {
                move(item, step, b);
            });
            return b;
        }

        /* Shows where everything stands; with `set` the fields say so too. */
        function number(set) {
            items = all(".order-item", list);
            items.forEach(function (item, i) {
                var buttons = all(".order-move", item);
                item.querySelector(".order-number").textContent = i + 1;
                buttons[0].setAttribute("aria-disabled", i === 0);
                buttons[1].setAttribute("aria-disabled", i === items.length - 1);
                if (set) {
                    select(item).value = String(i + 1);
                }
            });
        }

        function move(item, step, pressed) {
            var at = items.indexOf(item);
            var to = at + step;
            if (to < 0 || to >= items.length) {
                return;
            }
            if (step < 0) {
                list.insertBefore(item, items[to]);
            } else {
                list.insertBefore(item, items[to].nextSibling);
            }
            number(true);
            items.forEach(function (other) {
                other.classList.toggle("just-moved", other === item);
            });
            pressed.focus();
            status.textContent = "Now in place " + (to + 1) + " of " + items.length;
            select(item).dispatchEvent(new Event("change", { bubbles: true }));
        }

        items
            .slice()
            .sort(function (a, b) {
                return Number(select(a).value) - Number(select(b).value);
            })
            .forEach(function (item) {
                var buttons = element("span", { class: "order-buttons" });
                item.querySelector(".order-place").hidden = true;
                item.prepend(element("span", { class: "order-number" }));
                buttons.append(button(item, "↑", "Up", -1), button(item, "↓", "Down", 1));
                item.append(buttons);
                list.append(item);
            });
        list.after(status);
        number(false);
    }

    /* Passages meant for others: opening one is cross-training, and is recorded once ---------- */

    function recordOpening(passage) {
        passage.addEventListener("toggle", function () {
            var url = passage.getAttribute("data-opened-url");
            var csrf = document.querySelector('meta[name="csrf"]');
            var fields = new URLSearchParams();
            if (!passage.open || !url || !csrf) {
                return;
            }
            passage.removeAttribute("data-opened-url");
            fields.append("csrf", csrf.content);
            fields.append("passage", passage.getAttribute("data-passage"));
            post(url, fields).then(function (ok) {
                if (!ok) {
                    passage.setAttribute("data-opened-url", url); /* the next opening tries again */
                }
            });
        });
    }

    /* Coming back: to the result of the question that was answered, to the people of a number -- */

    function arrive() {
        var id = decodeURIComponent(location.hash.slice(1));
        var place = id && document.getElementById(id);
        var result;
        if (!place) {
            return;
        }
        if (place.matches("details")) {
            place.open = true;
        }
        result = place.matches(".question") && place.querySelector(".result");
        if (result) {
            result.focus({ preventScroll: true });
        }
    }

    /* On a phone a long list that stands between a text and its button is folded. */
    function foldOnPhone(details) {
        details.open = !window.matchMedia("(max-width: 40rem)").matches;
    }

    /* Wide tables scroll by themselves; a wrapper that takes the focus lets keys scroll them. It is named by
       the heading above it. */
    function scrollable(table) {
        var heading = null;
        var box;
        all("h1, h2, h3, h4, h5, h6").forEach(function (h) {
            if (h.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING) {
                heading = h;
            }
        });
        box = element("div", {
            class: "table-scroll",
            tabindex: "0",
            role: "group",
            "aria-label": heading ? "Table: " + heading.textContent.trim() : "Table",
        });
        table.before(box);
        box.append(table);
    }

    /* Says of a table that goes on beyond its edge that it does; the shade at the edge says it, too. */
    function sayWide(box) {
        var line = element("p", { class: "table-wide" }, "This table is wider than the screen: scroll it sideways.");
        function look() {
            line.hidden = box.scrollWidth <= box.clientWidth + 1;
        }
        box.before(line);
        look();
        if (window.ResizeObserver) {
            new ResizeObserver(look).observe(box);
        }
    }

    /* What a page has from its beginning is not read out as news; what takes the focus is. */
    function sayDone(line) {
        line.focus({ preventScroll: true });
    }

    /* Match questions and gaps: what a closed select cuts stands below it, in browsers that do not wrap it there. */
    function sayChosen(select) {
        var line = element("span", { class: "match-chosen" });
        function look() {
            var option = select.options[select.selectedIndex];
            line.hidden = !option || !option.value || option.text.length < FITS;
            line.textContent = line.hidden ? "" : "Chosen: " + option.text;
        }
        select.after(line);
        select.addEventListener("change", look);
        look();
    }

    all(".prose table").forEach(scrollable);
    all(".table-scroll").forEach(sayWide);
    if (!CSS.supports("appearance", "base-select")) {
        all(".match-target, .gap select").forEach(sayChosen);
    }
    all(".just-done").forEach(sayDone);
    all("details[data-fold-on-phone]").forEach(foldOnPhone);
    all("[data-order]").forEach(orderable);
    all("[data-autosave]").forEach(autosave);
    all("form[data-practice]").forEach(guard);
    all("textarea[data-words]").forEach(countWords);
    all("details[data-opened-url]").forEach(recordOpening);
    window.addEventListener("hashchange", arrive);
    window.addEventListener("load", function () {
        setTimeout(arrive, 0); /* the browser goes to the fragment first, and takes the focus */
    });
})();
