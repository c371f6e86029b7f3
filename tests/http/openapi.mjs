// tests/http/openapi.mjs: reads a description of addresses on standard input and holds it against the JSON Schema
// that the OpenAPI Initiative publishes for its version. Prints what is wrong, or the version.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../build/noop.js", import.meta.url));
const { Validator } = await import(pathToFileURL(require.resolve("@seriousme/openapi-schema-validator")));

let text = "";
for await (const chunk of process.stdin) text += chunk;
const validator = new Validator();
const { valid, errors } = await validator.validate(JSON.parse(text));
console.log(valid ? validator.version : JSON.stringify(errors, null, 1));

// Every reference leads somewhere: the schema of a document cannot say so.
const document = JSON.parse(text);
const walk = (value) => {
    if (value === null || typeof value !== "object") return;
    if (typeof value.$ref === "string") {
        const to = value.$ref.slice(2).split("/").reduce((at, key) => at?.[key], document);
        if (to === undefined) console.log(`${value.$ref} leads nowhere`);
    }
    Object.values(value).forEach(walk);
};
walk(document);
