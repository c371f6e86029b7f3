/*
 * preview.js: comforts of previews. The page follows the trainer's pen: when something is saved, it is
 * fetched again and put in place of what is there, and the block that is being edited stays where it
 * was on the screen. Without this script a preview is an ordinary page, to be loaded again by hand.
 */
"use strict";

const ENDED = 4; /* failures in a row */

(() => {
    const page = () => document.querySelector("[data-live]");
    if (!page())
        return;

    let source = null;
    let generation = Number(page().dataset.generation);
    let fetching = null;
    let failures = 0; /* since the server was heard last */

    function say(text) {
        const place = document.querySelector("[data-news]");
        if (place && place.textContent !== text)
            place.textContent = text;
    }

    /* The innermost block that begins at or before a line; of several on one line, the outermost. */
    function blockAt(root, line) {
        let best = null;
        for (const block of root.querySelectorAll("[data-line]")) {
            const own = Number(block.dataset.line);
            if (own > 0 && own <= line && (!best || own > Number(best.dataset.line)))
                best = block;
        }
        return best;
    }

    function isVisible(box) {
        return box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
    }

    /* Of what a person set on the page: which disclosures stand open, where the focus is. */
    function nameOf(node) {
        const block = node.closest("[data-line]");
        const same = [...document.querySelectorAll(node.tagName)].filter(
            (other) => other.closest("[data-line]")?.dataset.line === block?.dataset.line);
        return { tag: node.tagName, text: node.querySelector("summary")?.textContent ?? "",
                 place: same.indexOf(node), line: block?.dataset.line };
    }

    function disclosures(root) {
        const known = new Map();
        const seen = new Map();
        for (const node of root.querySelectorAll("details")) {
            const text = node.querySelector("summary")?.textContent ?? "";
            const count = seen.get(text) ?? 0;
            seen.set(text, count + 1);
            known.set(`${text}\n${count}`, node);
        }
        return known;
    }

    function keepForms(from, to) {
        const before = disclosures(from);
        for (const [name, node] of disclosures(to))
            if (before.has(name))
                node.open = before.get(name).open;
        for (const field of from.querySelectorAll("[data-bar] :is(select, input)")) {
            const same = field.id && to.querySelector(`#${CSS.escape(field.id)}`);
            if (!same || same.tagName !== field.tagName)
                continue;
            if (field.type === "checkbox")
                same.checked = field.checked;
            else if (field.tagName !== "SELECT" ||
                     [...same.options].some((o) => o.value === field.value))
                same.value = field.value;
        }
    }

    function focused() {
        const node = document.activeElement;
        if (!node || node === document.body || !node.closest("main"))
            return null;
        return node.id ? { id: node.id } : nameOf(node);
    }

    function focusAgain(was) {
        let node = null;
        if (!was)
            return;
        if (was.id)
            node = document.getElementById(was.id);
        else
            node = [...document.querySelectorAll(was.tag)].filter(
                (other) => other.closest("[data-line]")?.dataset.line === was.line)[was.place];
        (node ?? document.querySelector("main"))?.focus({ preventScroll: true });
    }

    function mark(block) {
        block.classList.add("just-edited");
        window.setTimeout(() => block.classList.remove("just-edited"), 1500);
    }

    /* What stands on the screen when nothing is known of the place that was edited. */
    function firstVisible() {
        for (const block of document.querySelectorAll("main [data-line]"))
            if (isVisible(block.getBoundingClientRect()))
                return block;
        return null;
    }

    function place(line, was) {
        const block = line > 0 ? blockAt(document, line) : null;
        if (block && was.visible) {
            window.scrollBy({ top: block.getBoundingClientRect().top - was.top, behavior: "instant" });
        } else if (block) {
            block.closest("details:not([open])")?.setAttribute("open", "");
            block.scrollIntoView({ block: "center", behavior: "instant" });
        } else if (was.line) {
            const same = blockAt(document, was.line);
            if (same)
                window.scrollBy({ top: same.getBoundingClientRect().top - was.top, behavior: "instant" });
        }
        if (block)
            mark(block);
    }

    function remember(line) {
        const block = line > 0 ? blockAt(document, line) : firstVisible();
        if (!block)
            return { visible: false };
        const box = block.getBoundingClientRect();
        return { visible: isVisible(box), top: box.top, line: Number(block.dataset.line) };
    }

    function swap(next, line) {
        const fresh = next.querySelector("main");
        const old = document.querySelector("main");
        if (!fresh || !old || !fresh.querySelector("[data-live]"))
            return false;
        const was = remember(line);
        const focus = focused();
        const news = document.querySelector("[data-news]");
        keepForms(old, fresh);
        old.replaceChildren(...fresh.childNodes);
        if (news) /* the very element that is being listened to */
            document.querySelector("[data-news]")?.replaceWith(news);
        document.title = next.title;
        place(line, was);
        focusAgain(focus);
        const count = document.querySelector("[data-count]");
        say(`Saved. ${count ? count.textContent.replace(/\s+/g, " ").trim() : ""}`);
        document.dispatchEvent(new CustomEvent("preview:swapped"));
        return true;
    }

    async function fetchAgain(news) {
        fetching?.abort();
        fetching = new AbortController();
        try {
            const reply = await fetch(window.location.href, { signal: fetching.signal });
            const next = new DOMParser().parseFromString(await reply.text(), "text/html");
            if (!reply.ok || !swap(next, news.line))
                say("This page is not there any more.");
        } catch (fault) {
            if (fault.name !== "AbortError")
                say("The preview cannot be reached.");
        }
    }

    /* Another file: the page stays, and says where the pen is. */
    function tellOther(news) {
        const link = document.createElement("a");
        const notice = document.createElement("p");
        document.querySelector("[data-elsewhere]")?.remove();
        notice.className = "elsewhere";
        notice.dataset.elsewhere = "";
        notice.setAttribute("role", "status");
        link.href = news.href || "/";
        link.textContent = news.path;
        notice.append("Saved elsewhere: ", link);
        page().prepend(notice);
    }

    /* News are of the latest save alone: who missed one looks again. */
    function take(news) {
        const missed = news.generation !== generation + 1;
        const own = page().dataset.path;
        generation = news.generation;
        if (own && news.path === own)
            fetchAgain(news);
        else if (!own || missed || !news.path || news.path === "curriculum.md")
            fetchAgain({ ...news, line: 0 });
        else
            tellOther(news);
    }

    function listen() {
        if (source)
            return;
        source = new EventSource(`/changes?seen=${generation}`);
        source.addEventListener("message", (event) => take(JSON.parse(event.data)));
        source.addEventListener("open", () => {
            if (failures >= ENDED)
                say("The preview runs again.");
            failures = 0;
        });
        /* Every answer ends, which counts as one; where there is no server, one follows the other. */
        source.addEventListener("error", () => {
            if (++failures === ENDED)
                say("The preview has ended. Start it again to go on; this page then follows by itself.");
        });
    }

    /* A browser has six connections for a site: a page that nobody looks at must not keep one. */
    function pause() {
        source?.close();
        source = null;
    }

    document.addEventListener("visibilitychange", () => (document.hidden ? pause() : listen()));
    window.addEventListener("pagehide", pause);
    window.addEventListener("pageshow", () => document.hidden || listen());
    if (!document.hidden)
        listen();
})();
