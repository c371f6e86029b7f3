/*
 * terms.js: the definition of a word of the glossary, directly below the word. Without it the link leads to the
 * same text at the foot of the page, which the style sheet shows as a card.
 *
 * Loaded where a page has such words. A link opened in another tab stays an ordinary link.
 */
(function () {
    "use strict";

    var GAP = 6; /* pixels between the word and its card, and to the window's sides */
    var AGAIN = 400; /* milliseconds: the press that closed a card does not open it again */

    var card, body, open, word, closed = { word: null, at: -Infinity };

    if (!("popover" in HTMLElement.prototype)) {
        return;
    }

    function part(name, className, parent) {
        var e = document.createElement(name);
        e.className = className;
        parent.append(e);
        return e;
    }

    function makeCard() {
        card = part("div", "term-card", document.querySelector("main") || document.body);
        card.popover = "auto"; /* closes by Esc and by a press anywhere else */
        card.tabIndex = -1;
        card.setAttribute("role", "dialog");
        card.setAttribute("aria-labelledby", "term-card-name");
        var head = part("div", "term-card-head", card);
        var name = part("p", "term-name", head);
        var close = part("button", "term-close", head);
        name.id = "term-card-name";
        close.type = "button";
        close.textContent = "Close";
        close.addEventListener("click", function () {
            card.hidePopover();
        });
        body = part("div", "term-card-body", card);
        card.addEventListener("toggle", onToggle);
    }

    function copy(definition, selector, parent) {
        var from = definition.querySelector(selector);
        if (from) {
            parent.append(from.cloneNode(true));
        }
    }

    function fill(definition) {
        var name = document.getElementById("term-card-name");
        var from = definition.querySelector(".term-name");
        name.replaceChildren.apply(name, Array.from(from.cloneNode(true).childNodes));
        name.lang = from.lang;
        body.replaceChildren();
        copy(definition, ".term-text", body);
        copy(definition, ".term-source", body);
        copy(definition, ".term-more", part("p", "term-card-links", body));
    }

    /* Below the last line of the word; above the first where there is no room but there. */
    function place() {
        var lines = word.getClientRects();
        var last = lines[lines.length - 1];
        var wide = document.documentElement.clientWidth;
        var left = Math.min(last.left, wide - card.offsetWidth - GAP);
        var top = last.bottom + GAP;
        var above = lines[0].top - GAP - card.offsetHeight;
        var bar = document.querySelector(".exit-bar");
        if (top + card.offsetHeight > window.innerHeight && above > (bar ? bar.offsetHeight : 0)) {
            top = above;
        }
        card.style.left = Math.max(left, GAP) + window.scrollX + "px";
        card.style.top = top + window.scrollY + "px";
    }

    function onToggle(event) {
        open = event.newState === "open";
        if (open) {
            return;
        }
        closed = { word: word, at: Date.now() };
        if (!document.activeElement || document.activeElement === document.body || card.contains(document.activeElement)) {
            word.focus({ preventScroll: true });
        }
    }

    function onClick(event) {
        var link = event.target.closest("a.term");
        var plain = !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey &&
            !event.shiftKey && !event.altKey;
        var definition = link && plain && document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!definition || !definition.classList.contains("term-definition")) {
            return;
        }
        event.preventDefault();
        if (event.detail > 0 && closed.word === link && Date.now() - closed.at < AGAIN) {
            closed.word = null;
            return;
        }
        if (!card) {
            makeCard();
        }
        word = link;
        fill(definition);
        card.showPopover();
        place();
        card.focus({ preventScroll: true });
    }

    Array.from(document.querySelectorAll("a.term")).forEach(function (link) {
        link.setAttribute("aria-haspopup", "dialog");
    });
    document.addEventListener("click", onClick);
    window.addEventListener("resize", function () {
        if (open) {
            place();
        }
    });
})();
