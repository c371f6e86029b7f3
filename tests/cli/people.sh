# shellcheck shell=sh
# people.sh: the part of tests/cli/run about people and what is kept of them.

# ---- user

data=$work/data
run user list --data "$data"
is "no database: exit status" "$status" 1
has "no database: says how to make one" "$err" "there is no database yet"
if [ -e "$data" ]; then fail "listing makes no folder"; else pass; fi
run user add ana@example.org --name "Ana 山田" --discipline prosecutor --role manager --data "$data"
is "user add" "$status" 0
is "user add prints a link, and nothing else" "$(printf '%s' "$out" | grep -cE '^/set-up/[A-Za-z0-9_-]{43}$')" 1
run user add ANA@example.org --name Other --discipline prosecutor --data "$data"
is "the same address in another case: exit status" "$status" 1
run user add bo@example.org --name Bo --discipline prosecuter --data "$data"
is "a discipline that the curriculum does not have" "$status" 1
has "lists those that there are" "$err" "prosecutor, caseworker"
run user add bo@example.org --name Bo --data "$data"
is "a learner without a discipline" "$status" 1
status=0
echo short | "$bin" user add bo@example.org --name Bo --discipline judge --password-stdin --data "$data" \
    2>"$work/err" || status=$?
is "a short password" "$status" 1
has "is named" "$(cat "$work/err")" "password: at least 10 characters"
run user list --format json --data "$data"
is "after a refused password nobody was added" "$(printf '%s' "$out" | jq length)" 1
status=0
echo "a long enough one" | "$bin" user add bo@example.org --name Bo --discipline judge --password-stdin \
    --data "$data" >"$work/out" || status=$?
is "a password from standard input" "$status$(cat "$work/out")" 0
run user list --data "$data"
is "the table is aligned by display width" "$(printf '%s\n' "$out" | sed -n '2p')" \
    "ana@example.org  Ana 山田  prosecutor  manager  yes     no        $(date -u +%F)"
is "the table has no blanks at line ends" "$(printf '%s\n' "$out" | grep -c ' $')" 0
run user list --format csv --data "$data"
is "csv: a record a line, with CRLF" "$(printf '%s\n' "$out" | sed -n '3p')" \
    "bo@example.org,Bo,judge,learner,yes,yes,$(date -u +%F),$(printf '\r')"
run user disable bo@example.org --data "$data"
is "user disable" "$status" 0
run user set-discipline bo@example.org advocate --data "$data"
is "user set-discipline" "$status" 0
run user list --format json --data "$data"
is "disabled, and of another discipline" "$(printf '%s' "$out" | jq -c '.[1] | [.active, .password, .discipline]')" \
    '[false,true,"advocate"]'
run user enable BO@example.org --data "$data"
run user list --format json --data "$data"
is "enabled again, by the address in another case" "$(printf '%s' "$out" | jq -c '.[1].active')" true
run user set-password bo@example.org --data "$data"
is "a new password by a link" "$(printf '%s' "$out" | grep -c '^/set-up/')" 1
for verb in disable enable set-password; do
    run user "$verb" nobody@example.org --data "$data"
    is "user $verb: nobody" "$status" 1
    has "user $verb: names the address" "$err" "nobody@example.org"
done
if [ "$(stat -c %a "$data")" = 700 ]; then pass; else fail "the folder of records is its owner's alone"; fi
run user list --demo --data "$data"
is "the demonstration's records are others" "$status" 1
has "which are not there" "$err" "$data/demo.db: there is no database yet"

# ---- report

run report completion --data "$data" --format json
is "report: everybody is counted under a discipline" \
    "$(printf '%s' "$out" | jq -c '[.[] | select(.people > 0) | [.discipline, .people, .completed]]')" \
    "$(printf '%s' "$out" | jq -c '[.[] | select(.people > 0) | [.discipline, 1, 0]]')"
has "report: numbers are numbers" "$out" '"people":1'
has "report: yes and no are booleans" "$out" '"required":true'
run report completion --by person --data "$data"
has "report by person: has names" "$out" "Ana 山田"
run report completion --by course --format csv --data "$data"
has "report by course: its columns" "$out" "course,people,not_started,in_progress,completed,percent,median_score,update_due"
run report completion --by discipline --discipline prosecutor --format json --data "$data"
is "report: one discipline only" "$(printf '%s' "$out" | jq -c '[.[].discipline] | unique')" '["prosecutor"]'
run report completion --course nonsense --data "$data"
is "report: a course that does not exist" "$status" 1
run report completion --by person --format xlsx --output "$work/report.xlsx" --data "$data"
is "report: a spreadsheet" "$status $out" "0 "
if unzip -qq -t "$work/report.xlsx" >/dev/null 2>&1; then pass; else fail "report: the spreadsheet is a sound zip"; fi
sheet=$(unzip -p "$work/report.xlsx" xl/worksheets/sheet1.xml | xmllint --nonet --xpath 'string(//*[local-name()="row"][2])' -)
has "report: its rows have the people" "$sheet" "@example.org"
run report completion --by person --format json --data "$data"
rows=$(printf '%s' "$out" | jq length)
is "report: and as many of them" "$((rows + 1))" \
    "$(unzip -p "$work/report.xlsx" xl/worksheets/sheet1.xml | xmllint --nonet --xpath 'count(//*[local-name()="row"])' -)"
run report completion --by person --format json --output "$work/report.json" --data "$data"
is "report: JSON as the page gives it has the same rows" "$(jq -c .rows "$work/report.json")" \
    "$("$bin" report completion --by person --format json --data "$data" | jq -c .)"
run report completion --format csv --output "$work/report.csv" --data "$data"
is "report: CSV for spreadsheets has its mark" "$(head -c 3 "$work/report.csv" | od -An -tx1)" " ef bb bf"
run report completion --format csv --output "$work/nowhere/report.csv" --data "$data"
is "report: a folder that is not there" "$status" 1

# ---- people from a file

cat >"$work/people.csv" <<'END'
email,first_name,last_name,discipline,employer_id
kai@example.org,Kai,Ōta,prosecutor,E1
lev@example.org,,"Levy, ""Lev""",advocate,E2
END
run user import "$work/people.csv" --dry-run --data "$data"
is "a dry run says what would be done" "$out" "2 lines: 2 people would be added, 0 changed, 0 as they were."
run user list --format csv --data "$data"
lacks "and does nothing" "$out" "kai@example.org"
run user import "$work/people.csv" --data "$data"
is "people are imported" "$out" "2 lines: 2 people added, 0 changed, 0 as they were."
run user import "$work/people.csv" --format json --data "$data"
is "once more, nothing changes" "$(printf '%s' "$out" | jq -c '[.done, .added, .changed, .unchanged]')" "[true,0,0,2]"
printf 'mia@example.org,Mia,M,prosecutor,E3\nnobody,N,N,wizard,E1\n' >>"$work/people.csv"
run user import "$work/people.csv" --data "$data"
is "a file with a wrong line is refused" "$status" 1
has "by line and column" "$out" "people.csv:5: discipline: the curriculum has no such discipline"
has "with all that is wrong" "$out" "people.csv:5: email: not an e-mail address"
run user list --format csv --data "$data"
lacks "and nobody of it is added" "$out" "mia@example.org"
printf 'email,name,discipline\njose@example.org,Jos\351,prosecutor\n' >"$work/latin.csv"
run user import "$work/latin.csv" --data "$data"
has "Latin-1 is recognised" "$out" "latin.csv:2: this line is not in UTF-8"
cat >"$work/completions.csv" <<'END'
email,course,completed_on,score_percent,hours,source
kai@example.org,bridging-the-systems,2023-05-04,92,6.5,County records of 2023
END
run user import "$work/completions.csv" --what completions --data "$data"
is "past completions are imported" "$out" "1 line: 1 completion added, 0 changed, 0 as they were."
run user import "$work/completions.csv" --what completions --data "$data"
is "and only once" "$out" "1 line: 0 completions added, 0 changed, 1 as they were."
run user import "$work/completions.csv" --what completions --since 2020-01-01 --data "$data"
is "lines with days of their own take no other" "$status" 2
run user import "$work/completions.csv" --what horses --data "$data"
is "what is none" "$status" 2
run user set-name kai@example.org "Kai Otani" --data "$data"
is "a name is set" "$status" 0
run user set kai@example.org supervisor ana@example.org --since 2026-01-01 --data "$data"
is "a fact is set" "$status" 0
run user set kai@example.org shoe_size 44 --data "$data"
has "a fact that is none" "$err" "shoe_size: nothing of this name is kept"
run user list --format csv --data "$data"
has "the account has the new name" "$out" "kai@example.org,Kai Otani,"
run user disable kai@example.org --data "$data"
run user disable lev@example.org --data "$data"

# ---- tokens

run token add ana@example.org --name Cron --days 30 --data "$data"
is "a token is made" "$status ${out%%_*} ${#out}" "0 ctr 47"
lacks "nothing else is printed with it" "$out" " "
run token list --format json --data "$data"
is "it is listed, without its text" "$(printf '%s' "$out" | jq -c '[.[] | [.email, .name, .scopes, .state, .used_on]]')" \
    '[["ana@example.org","Cron","reports:read","good",null]]'
run token add bo@example.org --name Cron --data "$data"
is "a learner has none" "$status" 1
has "and is told who has" "$err" "managers and administrators"
run token add ana@example.org --name Cron --days 400 --data "$data"
has "not for longer than a year" "$err" "days: a whole number from 1 to 366"
run token revoke 1 --data "$data"
is "it is revoked" "$status" 0
run token list ana@example.org --format csv --data "$data"
has "and says so" "$out" ",Cron,reports:read,revoked,"
run token revoke 9 --data "$data"
is "one that there is not" "$status" 1

# ---- agencies, units, task forces

run agency add dcs --name "Children's Services" --time-zone America/Chicago --fiscal-month 7 --data "$data"
is "an agency is added" "$status" 0
run agency add dcs --name Again --data "$data"
is "a short name is there once" "$status" 1
run agency add pd --name Police --time-zone Mars/Base --data "$data"
has "a time zone that does not exist" "$err" "time_zone: no such time zone"
run agency list --format json --data "$data"
is "agencies are listed" "$(printf '%s' "$out" | jq -c '[.[] | [.path, .time_zone, .fiscal_month]]')" \
    '[["dcs","America/Chicago",7]]'
run unit add dcs/intake --name Intake --data "$data"
run unit add dcs/night --name Night --below dcs/intake --data "$data"
is "a unit below a unit" "$status" 0
run unit join dcs/night ana@example.org --on 2024-01-05 --data "$data"
run unit lead dcs/intake ana@example.org --data "$data"
is "somebody leads a unit" "$status" 0
cat >"$work/memberships.csv" <<'END'
email,agency,from,until
kai@example.org,dcs,2023-01-01,2023-12-31
END
run user import "$work/memberships.csv" --what memberships --data "$data"
is "memberships are imported" "$out" "1 line: 1 membership added, 0 changed, 0 as they were."
run unit list --agency dcs --format csv --data "$data"
has "units are listed with who leads them" "$out" "dcs/intake,Intake,,ana@example.org,0"
has "and what is above them" "$out" "dcs/night,Night,dcs/intake,,1"
run unit join dcs/moon ana@example.org --data "$data"
has "a unit that does not exist" "$err" "dcs/moon: there is no such unit"
run task-force add mdt --name MDT --data "$data"
run task-force share mdt dcs --data "$data"
has "sharing needs a word" "$err" "note: say what was agreed"
run task-force share mdt dcs --note "Memorandum of March" --data "$data"
is "an agency shares names" "$status" 0
run task-force join mdt ana@example.org --data "$data"
run report completion --by person --unit dcs/intake --format json --data "$data"
is "report: a unit and those below it" \
    "$(printf '%s' "$out" | jq -c '[.[] | [.email, .agency, .unit, .task_forces]] | unique')" \
    '[["ana@example.org","dcs","dcs/night","mdt"]]'
run report completion --by person --agency moon --data "$data"
has "report: an agency that does not exist" "$err" "agency: there is no such agency"
run task-force leave mdt ana@example.org --data "$data"
run report completion --by person --task-force mdt --format json --data "$data"
is "report: who left a task force is not in it" "$out" "[]"

run report completion --data "$work/nowhere"
is "report: no database" "$status" 1
has "report: no database, said" "$err" "there is no database yet"
run user add chief@example.org --name Chief --role administrator --data "$work/fresh"
is "an administrator needs no discipline" "$status" 0
run report completion --data "$work/fresh" --content "$work"
is "report: no curriculum" "$status" 1
has "report: no curriculum, said" "$err" "no curriculum.md"

. tests/cli/certificate.sh
