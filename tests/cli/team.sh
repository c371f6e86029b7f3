# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh
# team.sh: the part of tests/cli/run about `crosstrain report coverage`, `trends` and `questions`.

team=$work/team
run user add ana@example.org --name "Ana Ruiz" --discipline caseworker --data "$team"
run user add ben@example.org --name "=Ben Roe" --discipline judge --data "$team"
run agency add dcs --name "North County CPS" --time-zone America/Chicago --data "$team"
run unit add dcs/intake --name Intake --data "$team"
run unit join dcs/intake ana@example.org --data "$team"

while IFS='|' read -r name arguments want_status want; do
    # The arguments are meant to be split.
    # shellcheck disable=SC2086
    run report $arguments --data "$team" --content content
    is "report $name: exit status" "$status" "$want_status"
    has "report $name: what is wrong" "$err" "$want"
done <<'CASES'
of a course that there is not|coverage --course poetry|1|no such course
of columns that there are not|coverage --of weather|1|modules, objectives, chairs
of a day to come|coverage --as-of 2999-01-01|1|still to come
of a unit that there is not|trends --unit dcs/moon|1|there is no such unit
by a period that there is not|trends --by day|1|month, quarter, week
of a beginning behind the end|trends --from 2026-03-01 --until 2026-02-01|1|behind the end
of a day that is none|trends --from 2026-02-30|1|a day of the calendar is wanted
of a module without a quiz|questions --course three-cases --module maya-leaves-the-group-home|1|no such module with a quiz
of a course without a quiz|questions --course three-cases|1|no module of this course has a quiz
as a spreadsheet to the terminal|coverage --format xlsx|2|needs --output FILE
into a file as a table|trends --output x|2|--output needs --format
as something else|questions --format pdf|2|not 'pdf'
with a word too many|coverage core|2|unexpected argument 'core'
CASES

run report coverage --help
is "report coverage --help" "$status" 0
has "report coverage --help: is of all three" "$out" "report questions [OPTION]"
run report coverage --data "$team" --content content --format json
is "report coverage: a row a discipline and module" \
    "$(printf '%s' "$out" | jq -c '[.report, .by, (.rows | length), .rows[0].discipline, .rows[0].people, .rows[0].missing]')" \
    '["coverage","modules",16,"caseworker",1,"Ana Ruiz"]'
run report coverage --data "$team" --content content --format csv --unit dcs/intake --of objectives
is "report coverage: of a unit" "$(printf '%s\n' "$out" | cut -d, -f1 | sed 1d | sort -u)" caseworker
run report coverage --data "$team" --content content --format csv --discipline judge
has "report coverage: a name that could be a formula is none" "$out" "'=Ben Roe"
run report coverage --data "$team" --content content --of chairs
has "report coverage: chairs as a table" "$out" "maya-leaves-the-group-home"
run report trends --data "$team" --content content --format json --by quarter --from "$(date -u -d '-1 day' +%F)" --agency dcs
is "report trends: who is there today" \
    "$(printf '%s' "$out" | jq -c '[.report, .by, .rows[-1].people, .rows[-1].completed_ever, .time_zone]')" \
    '["trends","quarter",1,0,"America/Chicago"]'
run report trends --data "$team" --content content --format xlsx --output "$work/trends.xlsx"
is "report trends: a spreadsheet" "$status $(head -c 2 "$work/trends.xlsx")" "0 PK"
run report questions --data "$team" --content content --format json
is "report questions: nothing is told of nobody" \
    "$(printf '%s' "$out" | jq -c '[.report, .rows[0].discipline, .rows[0].people]')" '["questions","all",null]'
