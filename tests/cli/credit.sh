# tests/cli/credit.sh: the part of tests/cli/run about `crosstrain credit` and `report credit`, for `.`.
# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh

run user add credit@example.org --name 'Cora Reyes' --discipline judge --data "$work/credit"
at=$(date -u -d 2026-03-10T18:00 +%s)
sqlite3 "$work/credit/crosstrain.db" "
    update person set created_at = $at; update person_discipline set since = $at;
    insert into completion values(1, 1, 'three-cases', 'Three cases', null, null, 'judge', '$(printf '%064d' 7)', 91, 80, $at);
    insert into certificate values('CRED1TEFGHJKMNPQ', 1, 'Cora Reyes', 'Judge', 80, $at);"
credit() { run credit "$@" --data "$work/credit" --content content; }
hours() { run report credit --data "$work/credit" "$@"; }

credit types --format json
is "credit types: none" "$status $out" "0 []"
credit approve three-cases cle --body 'Alder State Bar (fictional)' --number 26-1 --hours 1.5
is "credit approve: no rule of this type" "$status" 1
has "credit approve: no rule, said" "$err" "record that first"
credit rule cle --title 'Continuing legal education'
is "credit rule: no source" "$status" 1
has "credit rule: no source, said" "$err" "source: say where this is written"
credit rule cle --title 'Continuing legal education' --source 'as your board says' --from 2026-01-01 \
    --hour 50 --step 0.1 --discipline judge --discipline prosecutor --max 12 --dry-run
is "credit rule --dry-run" "$status" 0
has "credit rule: says what it means" "$out" "An hour of credit has 50 minutes. The minutes that the modules state count, in steps of 0.1 hours, rounded down, and never more hours than were approved. A course counts if it was approved on the day, for judges and prosecutors only, once a year. At most 12 hours count a year. Years are calendar years."
credit types --format json
is "credit rule --dry-run: nothing is saved" "$out" "[]"
credit rule cle --title 'Continuing legal education' --source 'as your board says' --from 2026-01-01 --hour 50 --step 0.1
is "credit rule" "$status" 0
credit rule cle --hour 55
is "credit rule: 55 minutes" "$status" 1
credit rule cle --step a
is "credit rule: a step in words" "$status" 1
credit rule cle --discipline nobody
is "credit rule: no such discipline" "$status" 1
credit rule CLE --title a --source b
is "credit rule: no short name" "$status" 1
credit approve nothing cle --body Bar --number 1 --hours 1
is "credit approve: no such course" "$status" 1
hours --format json
is "report credit: in-service hours need no approval" \
    "$(printf '%s' "$out" | jq -c '[.rows[] | [.credit_type, .credit_hours, .completed_on, .certificate_code]]')" \
    '[["in-service",1.25,"2026-03-10","CRED1TEFGHJKMNPQ"]]'
run certificate document CRED1TEFGHJKMNPQ --output "$work/before.json" --data "$work/credit" --content content
credit approve three-cases cle --body 'Alder State Bar (fictional)' --number 26-1 --hours 1.5 --state Alder \
    --from 2026-01-01 --until 2026-12-31
is "credit approve: late" "$status $out" "0 recorded under the number 1"
credit approve three-cases cle --body 'Alder State Bar (fictional)' --number 26-2 --hours 1 --state Alder --from 2026-06-01
is "credit approve: for days that are approved" "$status" 1
has "credit approve: which, said" "$err" "number 26-1"
hours --type cle --year 2026 --format csv
is "report credit: of a type and year" "$(printf '%s\n' "$out" | sed 1d | tr -d '\r' | cut -d, -f2,3,7-11,14-16,18-20)" \
    "Reyes,Cora,2026-03-10,three-cases,cle,1.5,2026,Alder State Bar (fictional),26-1,Alder,crosstrain,yes,earned"
hours --type cle --year 2027 --format csv
is "report credit: of another year" "$(printf '%s\n' "$out" | wc -l)" 1
hours --as-of "$(date -u -d yesterday +%F)" --format json
is "report credit: as of yesterday nobody knew" "$(printf '%s' "$out" | jq -c '[.rows[].credit_type]')" '["in-service"]'
hours --person nobody@example.org
is "report credit: of nobody" "$status" 1
hours --type cle --format xlsx --output "$work/credit.xlsx"
is "report credit: a spreadsheet" "$status $(unzip -l "$work/credit.xlsx" | grep -c worksheets/sheet)" "0 2"
hours --format xlsx
is "report credit: a spreadsheet to the screen" "$status" 2
hours
has "report credit: for eyes" "$out" "Alder State Bar (fictional)  26-1"
run certificate document CRED1TEFGHJKMNPQ --output "$work/after.json" --data "$work/credit" --content content
is "the document bears the credit, under the same code" \
    "$(jq -c '.certificate | [.certificate_code, .format, .credit[0].credit_hours, .credit[0].approval_no]' "$work/after.json")" \
    '["CRED-1TEF-GHJK-MNPQ","crosstrain-certificate-2","1.5","26-1"]'
run certificate verify "$work/after.json" --data "$work/credit"
is "certificate verify: with credit" "$status" 0
has "certificate verify: prints the credit" "$out" "approval_body: Alder State Bar (fictional)"
has "certificate verify: and its hours" "$out" "credit_hours: 1.5"
run certificate verify "$work/before.json" --data "$work/credit"
is "certificate verify: the document of before" "$status" 0
sed 's/"credit_hours":"1.5"/"credit_hours":"9.5"/' "$work/after.json" >"$work/more.json"
run certificate verify "$work/more.json" --data "$work/credit"
is "certificate verify: more hours" "$status" 1
# As anybody can who has other tools.
run certificate key --data "$work/credit"
{ echo crosstrain-certificate-2; jq -cjS .certificate "$work/after.json"; } >"$work/signed-bytes"
is "jq gives the signed bytes of one with credit" "$(node -e '
    const { createPublicKey, verify } = require("node:crypto");
    const [bytes, document, key] = process.argv.slice(1);
    const read = require("node:fs").readFileSync;
    const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key, "base64")]);
    const signature = Buffer.from(JSON.parse(read(document)).signature.value, "base64");
    console.log(verify(null, read(bytes), createPublicKey({ key: der, format: "der", type: "spki" }), signature));
' "$work/signed-bytes" "$work/after.json" "${out%% *}")" true
credit correct 1 --hours 1 --note 'a slip of the pen'
is "credit correct" "$status" 0
hours --type cle --format json
is "report credit: corrected" "$(printf '%s' "$out" | jq -c '[.rows[].credit_hours]')" '[1]'
credit withdraw 1
is "credit withdraw: no reason" "$status" 1
credit withdraw 1 --note 'given in error'
is "credit withdraw" "$status" 0
credit withdraw 2 --note 'given in error'
is "credit withdraw: none of this number" "$status" 1
hours --type cle --refused --format json
is "report credit: why not" "$(printf '%s' "$out" | jq -c '[.rows[] | [.credit_hours, .status, .reason]]')" \
    '[[0,"approval withdrawn","the approval was withdrawn from 2026-01-01"]]'
credit list --format json
is "credit list" "$(printf '%s' "$out" | jq -c '[.[] | [.approval_id, .approval_no, .credit_hours, .withdrawn_from, .note]]')" \
    '[["1","26-1",1,"2026-01-01","given in error"]]'
credit end cle --on 2027-01-01
is "credit end" "$status" 0
credit types --format json
is "credit types" "$(printf '%s' "$out" | jq -c '[.[] | [.credit_type, .from, .rule[0:20]]]')" \
    '[["cle","2026-01-01","An hour of credit ha"],["cle","2027-01-01","Nothing gives credit"]]'
credit end ce
is "credit end: nothing to end" "$status" 1
