// tests/cli/sarif.mjs: reads a SARIF document on standard input and says what of the properties that the
// specification (OASIS SARIF 2.1.0) requires is missing or out of range. Prints nothing when all is well.
let faults = 0;
const fault = (where, what) => {
  faults++;
  console.log(`${where}: ${what}`);
};
const need = (holds, where, what) => holds || fault(where, what);
const isText = (value) => typeof value === "string" && value.length > 0;
const isCount = (value, least) => Number.isInteger(value) && value >= least;

function checkArtifact(where, location) {
  // 3.4.3: a URI reference; relative, with / between its parts, percent-encoded
  need(isText(location?.uri), where, "no uri");
  need(!/[\s"<>\\^`{|}]/.test(location?.uri ?? ""), where, `not a URI: ${location?.uri}`);
  need(!/%(?![0-9A-F]{2})/i.test(location?.uri ?? ""), where, `a broken escape: ${location?.uri}`);
}

function checkRegion(where, region) {
  // 3.30: lines and columns from 1; the end not before the start
  for (const key of ["startLine", "startColumn", "endLine", "endColumn"])
    need(region?.[key] === undefined || isCount(region[key], 1), where, `${key} ${region?.[key]}`);
  need(isCount(region?.startLine, 1), where, "no startLine");
  need((region?.endLine ?? Infinity) >= region?.startLine, where, "ends before it starts");
}

function checkFix(where, fix) {
  need(isText(fix.description?.text), where, "no description.text");
  need(fix.artifactChanges?.length >= 1, where, "no artifactChanges");
  for (const change of fix.artifactChanges ?? []) {
    checkArtifact(where, change.artifactLocation);
    need(change.replacements?.length >= 1, where, "no replacements");
    for (const replacement of change.replacements ?? []) {
      checkRegion(where, replacement.deletedRegion);
      need(typeof replacement.insertedContent?.text === "string", where, "no insertedContent.text");
    }
  }
}

function checkRun(run) {
  const driver = run.tool?.driver;
  need(isText(driver?.name), "tool.driver", "no name");
  need(Array.isArray(driver?.rules), "tool.driver", "no rules");
  need(run.columnKind === "unicodeCodePoints", "run", "no columnKind");
  need(Array.isArray(run.results), "run", "no results");
  const ids = (driver?.rules ?? []).map((rule) => rule.id);
  need(new Set(ids).size === ids.length, "rules", "an id twice");
  for (const rule of driver?.rules ?? []) {
    need(isText(rule.id), "rules", "no id");
    for (const key of ["shortDescription", "fullDescription", "help"])
      need(isText(rule[key]?.text), `rule ${rule.id}`, `no ${key}.text`);
  }
  (run.results ?? []).forEach((result, i) => {
    const where = `results[${i}]`;
    need(ids[result.ruleIndex] === result.ruleId, where, "ruleIndex is not ruleId's");
    need(["none", "note", "warning", "error"].includes(result.level), where, `level ${result.level}`);
    need(isText(result.message?.text), where, "no message.text");
    need(result.locations?.length === 1, where, "not one location");
    const place = result.locations?.[0]?.physicalLocation;
    checkArtifact(where, place?.artifactLocation);
    checkRegion(where, place?.region);
    for (const fix of result.fixes ?? []) checkFix(where, fix);
  });
}

let input = "";
for await (const chunk of process.stdin) input += chunk;
const log = JSON.parse(input);
need(log.version === "2.1.0", "log", `version ${log.version}`);
need(isText(log.$schema), "log", "no $schema");
need(Array.isArray(log.runs) && log.runs.length === 1, "log", "not one run");
for (const run of log.runs ?? []) checkRun(run);
process.exit(faults ? 1 : 0);
