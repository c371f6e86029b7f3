# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh
# requirement.sh: the part of tests/cli/run about `crosstrain requirement` and `report assignments`.

asked=$work/asked
run user add ana@example.org --name "Ana Ruiz" --discipline caseworker --data "$asked"
run user add ben@example.org --name "=Ben Roe" --discipline judge --data "$asked"
run agency add dcs --name "North County CPS" --time-zone America/Chicago --fiscal-month 7 --data "$asked"
run unit add dcs/intake --name Intake --data "$asked"
run unit join dcs/intake ana@example.org --on 2025-01-10 --data "$asked"

while IFS='|' read -r name arguments want_status want; do
    # The arguments are meant to be split.
    # shellcheck disable=SC2086
    run requirement $arguments --data "$asked"
    is "requirement, $name: exit status" "$status" "$want_status"
    has "requirement, $name: what is wrong" "$err" "$want"
done <<'CASES'
nothing to do||2|what to do is missing
a verb that there is not|demand cps|2|'requirement demand'
no course|add cps --everybody --within 30|2|--course
no day|add cps --course three-cases --everybody|2|--due, --within or --yearly
two days|add cps --course three-cases --everybody --within 3 --after hire --yearly calendar|1|due: one of
a number that is none|add cps --course three-cases --everybody --within many|2|not 'many'
on nobody|add cps --course three-cases --within 30|1|whom: say whom
an agency that does not exist|add cps --course three-cases --within 30 --agency moon|1|moon: there is no such agency
somebody who does not exist|add cps --course three-cases --within 30 --person x@y.org|1|nobody with this
a course that does not exist|add cps --course poetry --within 30 --everybody|1|no course 'poetry'
fiscal without an agency|add cps --course three-cases --yearly fiscal --everybody|1|fiscal is the year of an agency
a day that is none|add cps --course three-cases --due 2027-02-30 --everybody|1|a day of the calendar is wanted
the old expiry without a window|add cps --course three-cases --within 3 --every 12 --early expiry --everybody|1|early:
a requirement that does not exist|show cps|1|no such requirement
no operand|end|2|'end' needs a short name
a record that does not exist|correct 7 --reason r|1|nothing is recorded
CASES

run requirement add cps --course bridging-the-systems --agency dcs --discipline caseworker --within 30 --after hire \
    --every 12 --grace 14 --from 2025-01-01 --dry-run --data "$asked"
is "requirement: a dry run" "$status" 0
has "requirement: the sentence" "$out" "All caseworkers of North County CPS complete “Bridging the Systems: the core course” within 30 days of being hired, and again every 12 months; 14 days of grace."
lacks "requirement: a course that can be completed anew" "$out" "Note:"
has "requirement: whom it hits" "$out" "It hits 1 person today.
  Ana Ruiz <ana@example.org>"
run requirement list --format csv --data "$asked"
is "requirement: a dry run saves nothing" "$(printf '%s\n' "$out" | wc -l)" 1
run requirement add cps --course bridging-the-systems --agency dcs --discipline caseworker --within 30 --after hire \
    --every 12 --grace 14 --from 2025-01-01 --data "$asked"
is "requirement: added" "$status" 0
run requirement add cps --course three-cases --everybody --within 3 --data "$asked"
has "requirement: a name once" "$err" "slug: there is a requirement of this short name already"
run requirement add year --course three-cases --unit dcs/intake --person ben@example.org --yearly fiscal \
    --from 2025-01-01 --data "$asked"
has "requirement: the agency's fiscal year" "$out" "every fiscal year, by 30 June."
has "requirement: a course that cannot be completed anew" "$out" "Note: The course’s certificate does not expire, so nobody can complete it here a second time"

# What was not recorded yet was not so: yesterday there was nothing.
run report assignments --as-of 2025-03-01 --format json --data "$asked"
is "assignments: nothing was required yet" "$(printf '%s' "$out" | jq -c '.rows')" '[]'
run report assignments --requirement cps --format json --data "$asked"
is "assignments: who never signed in is overdue" \
    "$(printf '%s' "$out" | jq -c '.rows[] | [.email, .agency, .assigned_on, .due_on, .status, .time_zone]')" \
    '["ana@example.org","dcs","2025-01-10","2025-02-09","overdue","America/Chicago"]'
is "assignments: the legend is in the file" "$(printf '%s' "$out" | jq -r '.legend | length')" 10
run requirement credit cps ana@example.org --on 2025-02-01 --reason "State academy" --evidence "Certificate 7" --data "$asked"
has "requirement: outside training has a number" "$out" "under the number 1"
run report assignments --requirement cps --status "awaiting approval" --format csv --data "$asked"
is "assignments: it waits" "$(printf '%s\n' "$out" | wc -l)" 2
run requirement correct 1 --approved-by Chief --data "$asked"
is "requirement: approved" "$status" 0
run report assignments --requirement cps --format json --data "$asked"
is "assignments: two periods" "$(printf '%s' "$out" | jq -c '[.rows[] | [.status, .completed_on, .expires_on, .source]]')" \
    '[["completed","2025-02-01","2026-02-01","outside training"],["expired",null,null,null]]'
run report assignments --requirement cps --current --data "$asked"
is "assignments: the present one" "$(printf '%s\n' "$out" | grep -c Ruiz)" 1
run requirement waive cps ana@example.org --reason "teaches it" --approved-by Chief --data "$asked"
run requirement show cps --data "$asked"
has "requirement: how people stand" "$out" "1 exempt"
has "requirement: what was recorded" "$out" "3: waiver of person 1"
run requirement leave ana@example.org --on 2025-03-01 --until 2025-02-01 --reason r --data "$asked"
has "requirement: leave that ends before it begins" "$err" "until:"
run report assignments --requirement year --current --format csv --data "$asked"
has "assignments: no formula in a spreadsheet" "$out" ",'=Ben,"
run report assignments --unit dcs/intake --requirement year --current --format csv --data "$asked"
lacks "assignments: a unit alone" "$out" "ben@example.org"
run report assignments --legend
is "assignments: the legend" "$(printf '%s\n' "$out" | wc -l)" 10
run report assignments --status late --data "$asked"
is "assignments: a status that there is not" "$status" 2
run report assignments --as-of tomorrow --data "$asked"
has "assignments: a day that is none" "$err" "not 'tomorrow'"
run report assignments --requirement none --data "$asked"
is "assignments: no such requirement" "$status $err" "1 crosstrain report: --requirement: there was no such requirement"
run report assignments --help
has "assignments: help" "$out" "Usage: crosstrain report assignments"
run requirement change cps --within 60 --data "$asked"
has "requirement: a change is told" "$out" "within 60 days of being hired"
run requirement end cps --data "$asked"
is "requirement: ended" "$status" 0
run requirement list --format json --data "$asked"
is "requirement: the list says so" "$(printf '%s' "$out" | jq -c '.[0] | [.requirement_id, .people, (.ends | type)]')" \
    '["cps",0,"string"]'
