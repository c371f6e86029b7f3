// tests/cli/spec.mjs PROGRAM: renders every example of the CommonMark specification with `crosstrain render -`
// and with cmark, and prints those that differ. Each is a plain document, so none may.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../build/", import.meta.url));
const { tests } = require("commonmark-spec");
const program = process.argv[2];
let differing = 0;

const output = (command, args, input) => spawnSync(command, args, { input }).stdout.toString();

for (const { number, markdown } of tests) {
  const ours = output(program, ["render", "-"], markdown);
  const want = output("cmark", [], markdown);
  if (ours === want) continue;
  differing++;
  console.log(`example ${number}: ${JSON.stringify(markdown)}\n  cmark: ${JSON.stringify(want)}\n  ours:  ${JSON.stringify(ours)}`);
}
if (tests.length < 600) console.log(`only ${tests.length} examples were found`);
process.exit(differing || tests.length < 600 ? 1 : 0);
