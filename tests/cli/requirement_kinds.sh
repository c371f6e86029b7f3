# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh
# requirement_kinds.sh: the part of tests/cli/run about hours and scenarios as requirements.

kinds=$work/kinds
run user add ana@example.org --name "Ana Ruiz" --discipline caseworker --data "$kinds"
run agency add dcs --name "North County CPS" --time-zone America/Chicago --fiscal-month 7 --data "$kinds"
run unit add dcs/intake --name Intake --data "$kinds"
run unit join dcs/intake ana@example.org --on 2025-01-10 --data "$kinds"

while IFS='|' read -r name arguments want_status want; do
    # The arguments are meant to be split.
    # shellcheck disable=SC2086
    run requirement $arguments --data "$kinds"
    is "kinds, $name: exit status" "$status" "$want_status"
    has "kinds, $name: what is wrong" "$err" "$want"
done <<'CASES'
two things at once|add a --course three-cases --hours 12 --everybody --yearly calendar|2|one of --course
hours that are none|add a --hours many --everybody --yearly calendar|1|hours: hours are written
no hours|add a --hours 0 --everybody --yearly calendar|1|hours: hours are written
hours of no year|add a --hours 12 --everybody --within 30|1|due: hours are asked for in a year
a credit of nothing|add a --course three-cases --credit cle --everybody --within 30|2|--credit says
a credit that there is not|add a --hours 12 --credit cle --everybody --yearly calendar|1|credit_type: there is no type
a scenario that there is not|add a --scenario three-cases/zoe --everybody --within 30|1|module: there is no scenario
a scenario of no course|add a --scenario zoe --everybody --within 30|1|course: there is no course
from no chair|add a --scenario three-cases/maya-leaves-the-group-home --chairs 0 --everybody --within 30|1|chairs: a scenario
chairs of a course|add a --course three-cases --chairs 2 --everybody --within 30|1|chairs: only
CASES

run requirement add hours --hours 12 --agency dcs --yearly calendar --from 2025-01-01 --data "$kinds"
is "kinds: hours are asked for" "$status" 0
has "kinds: the sentence" "$out" "All people of North County CPS earn 12 hours of training every calendar year, by 31 December; who begins in the second quarter 9 hours, in the third 6 hours, in the fourth 3 hours."
run requirement add more --hours 7.5 --unit dcs/intake --yearly personal --from 2025-01-01 --data "$kinds"
has "kinds: a personal year" "$out" "earn 7.5 hours of training every year from the day of being hired"
has "kinds: who is asked twice" "$out" 'Note: 1 of them is under "hours" (12 hours of training a year), too.'
run requirement add play --scenario three-cases/maya-leaves-the-group-home --chairs 2 --everybody --within 30 --data "$kinds"
has "kinds: chairs" "$out" "with a good ending from 2 different chairs within 30 days"
lacks "kinds: nothing else asks it" "$out" "Note:"
run requirement credit hours ana@example.org --on 2025-02-01 --reason "State academy" --evidence letter --data "$kinds"
has "kinds: outside training says how long" "$err" "minutes: say how long it took"
run requirement credit hours ana@example.org --on 2025-02-01 --reason "State academy" --evidence letter --hours 7.5 \
    --approved-by Chief --data "$kinds"
is "kinds: outside training is recorded" "$status" 0
run report assignments --requirement hours --current --format json --data "$kinds"
is "kinds: hours are told" \
    "$(printf '%s' "$out" | jq -c '.rows[] | [.kind, .course, .active_minutes]')" '["hours",null,null]'
run requirement change hours --hours 7 --data "$kinds"
has "kinds: fewer hours" "$out" "earn 7 hours"
run requirement list --format json --data "$kinds"
is "kinds: the list tells the kinds" "$(printf '%s' "$out" | jq -c 'map([.requirement_id, .kind, .course])')" \
    '[["hours","hours",null],["more","hours",null],["play","scenario","three-cases"]]'
run requirement show play --data "$kinds"
has "kinds: how people stand" "$out" "1 not started"
