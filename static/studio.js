/*
 * studio.js: what the scripts of the trainers' pages share. A module: those of the editor and writing.js
 * import it.
 *
 * Strict content security policy: nothing here writes styles or markup from strings. What the server has
 * rendered is parsed into a document of its own, and its nodes are moved over.
 */

const SLOW_AFTER = 20000; /* milliseconds; then a request counts as failed */

export function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
}

export function element(name, attributes, text) {
    var e = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
        e.setAttribute(key, attributes[key]);
    });
    if (text) {
        e.textContent = text;
    }
    return e;
}

export function button(text, act, more) {
    var b = element("button", { type: "button", class: "button" + (more || "") }, text);
    b.addEventListener("click", act);
    return b;
}

export function clock(time) {
    return new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/* The browser's own storage may be full or closed: then nothing is kept, and that is said. */
export function stored(key) {
    try {
        return JSON.parse(window.localStorage.getItem(key));
    } catch (e) {
        return null;
    }
}

/* All keys that begin like this, the oldest first. */
export function keysOf(beginning) {
    try {
        return Object.keys(window.localStorage)
            .filter(function (key) {
                return key.startsWith(beginning);
            })
            .sort();
    } catch (e) {
        return [];
    }
}

export function store(key, value) {
    try {
        if (value === null) {
            window.localStorage.removeItem(key);
        } else {
            window.localStorage.setItem(key, JSON.stringify(value));
        }
        return true;
    } catch (e) {
        return false;
    }
}

/* Gives {status, text}; status 0 when no answer came. */
export function ask(url, fields, accept) {
    var stop = new AbortController();
    var timer = setTimeout(function () {
        stop.abort();
    }, SLOW_AFTER);
    var options = { credentials: "same-origin", signal: stop.signal, headers: { Accept: accept } };
    if (fields) {
        options.method = "POST";
        options.body = fields;
    }
    return fetch(url, options)
        .then(function (reply) {
            return reply.text().then(function (text) {
                return { status: reply.status, text: text };
            });
        })
        .catch(function () {
            return { status: 0, text: "" };
        })
        .then(function (answer) {
            clearTimeout(timer);
            return answer;
        });
}

export function asJson(answer) {
    try {
        return JSON.parse(answer.text);
    } catch (e) {
        return {};
    }
}

export function parsed(html) {
    return new DOMParser().parseFromString(html, "text/html");
}

/* Offsets of a line's first letter and of its end, without the line's end. */
export function lineAt(text, line) {
    var start = 0;
    var end;
    for (var i = 1; i < line; i++) {
        end = text.indexOf("\n", start);
        if (end < 0) {
            return { start: text.length, end: text.length };
        }
        start = end + 1;
    }
    end = text.indexOf("\n", start);
    return { start: start, end: end < 0 ? text.length : end };
}

/* Puts text in the place of a part, so that the browser's own undo knows of it. */
export function replacePart(box, start, end, text) {
    box.focus();
    box.setSelectionRange(start, end);
    if (start === end && !text) {
        return;
    }
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
        box.setRangeText(text, start, end, "end");
        box.dispatchEvent(new Event("input", { bubbles: true }));
    }
}

/* Wide tables scroll by themselves, as in crosstrain.js, which has only seen those that were there before. */
export function scrollable(table) {
    var box = element("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Table" });
    table.before(box);
    box.append(table);
}
