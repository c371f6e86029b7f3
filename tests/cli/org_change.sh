# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh
# org_change.sh: the part of tests/cli/run about closing agencies, units and task forces, opening
# them again, and moving units.

tree=$work/tree
run user add ana@example.org --name "Ana Ruiz" --discipline caseworker --data "$tree"
run user add ben@example.org --name "Ben Roe" --role manager --data "$tree"
run agency add dcs --name "North County CPS" --data "$tree"
run agency add pd --name "Police" --data "$tree"
run unit add dcs/intake --name Intake --data "$tree"
run unit add dcs/night --name Night --below dcs/intake --data "$tree"
run unit add dcs/day --name Day --data "$tree"
run unit add pd/vice --name Vice --data "$tree"
run task-force add mdt --name MDT --data "$tree"
run unit join dcs/night ana@example.org --on 2026-01-05 --data "$tree"
run unit lead dcs/intake ben@example.org --on 2026-01-05 --data "$tree"
run requirement add night --course three-cases --unit dcs/night --within 30 --after assignment \
    --from 2026-01-05 --data "$tree" --content content

while IFS='|' read -r name arguments want_status want; do
    # The arguments are meant to be split.
    # shellcheck disable=SC2086
    run $arguments --data "$tree"
    is "$name: exit status" "$status" "$want_status"
    has "$name: what is wrong" "$err" "$want"
done <<'CASES'
move to no place|unit move dcs/night|1|below: say below which unit
move below itself|unit move dcs/intake --below dcs/night|1|below: a unit cannot stand below itself
move to another agency|unit move dcs/night --below pd|1|below: a unit stays in its agency
move below a unit of another agency|unit move dcs/night --below pd/vice|1|no such unit in this agency
move below what there is not|unit move dcs/night --below dcs/moon|1|there is no such unit
move an agency|agency move dcs --below pd|2|there is no 'agency move'
close what there is not|unit close dcs/moon|1|there is no such unit
close on no day|unit close dcs/night --on soon|1|on: a day of the calendar is wanted
close with requirements unsaid|unit close dcs/night|1|requirements: requirements ask its people
close with something else|unit close dcs/night --requirements stay|1|they end or move
close with requirements to nowhere|unit close dcs/night --requirements move|1|only move to where
close with people to itself|unit close dcs/night --people-to dcs/night --requirements end|1|to: this closes with it
close with people to a task force|unit close dcs/night --people-to mdt --requirements end|1|to: there is no such agency
reopen what is open|unit reopen dcs/night|1|it is not closed
close without a name|unit close|2|a short name
CASES

run unit move dcs/night --below dcs/day --on 2026-02-01 --dry-run --data "$tree"
is "unit move --dry-run" "$status" 0
has "unit move: says who sees them no more" "$out" "Ben Roe (ben@example.org) sees them no more."
has "unit move: says from when" "$out" "From 2026-02-01 on below dcs/day: dcs/night."
run unit list --format csv --data "$tree"
has "unit move --dry-run: moved nothing" "$out" "dcs/night,Night,dcs/intake,,1,"
run unit move dcs/night --below dcs/day --on 2026-02-01 --data "$tree"
run unit list --format csv --data "$tree"
has "unit move" "$out" "dcs/night,Night,dcs/day,,1,"

run unit close dcs/day --people-to dcs/intake --requirements move --on 2026-03-01 --dry-run --data "$tree"
is "unit close --dry-run" "$status" 0
has "unit close: with what is below it" "$out" "From 2026-03-01 on closed: dcs/day, dcs/night."
has "unit close: says whom it hits" "$out" "  Ana Ruiz (ana@example.org)"
has "unit close: says what becomes of requirements" "$out" \
    "Requirement night: asks those of the other place from then on"
run unit close dcs/day --people-to dcs/intake --requirements move --on 2026-03-01 --note "Merged" --data "$tree"
is "unit close" "$status" 0
run unit list --agency dcs --format csv --data "$tree"
has "unit close: the list says since when" "$out" "dcs/night,Night,dcs/day,,0,2026-03-01"
has "unit close: its people are elsewhere" "$out" "dcs/intake,Intake,,ben@example.org,1,"
run unit join dcs/night ana@example.org --data "$tree"
is "unit close: nobody is put into it" "$status" 1
has "unit close: says why" "$err" "on: this was closed on 2026-03-01"
run report assignments --requirement night --format csv --data "$tree"
has "unit close: the requirement asks her where she is" "$out" "ana@example.org,,dcs,dcs/intake,"
run requirement show night --data "$tree" --content content
has "unit close: the requirement names the other unit" "$out" "Intake"

run unit reopen dcs/night --data "$tree"
is "unit reopen below what is closed" "$status" 1
has "unit reopen: says what to open first" "$err" "dcs/day"
run unit reopen dcs/day --on 2026-04-01 --data "$tree"
is "unit reopen" "$status" 0
run task-force close mdt --data "$tree"
is "task-force close" "$status" 0
run unit join pd/vice ana@example.org --on 2026-01-05 --data "$tree"
run agency close pd --data "$tree"
is "agency close" "$status" 0
has "agency close: with its units" "$out" "closed: pd, pd/vice."
run agency reopen pd --undo --dry-run --data "$tree"
is "agency reopen --undo --dry-run" "$status" 0
has "agency reopen --undo --dry-run: says what opens" "$out" "is undone: pd, pd/vice."
has "agency reopen --undo --dry-run: says who comes back" "$out" "Ana Ruiz (ana@example.org)"
run unit list --agency pd --format csv --data "$tree"
has "agency reopen --undo --dry-run: does nothing" "$out" "pd/vice,Vice,,,0,"
run agency reopen pd --data "$tree"
is "agency reopen on the day of closing" "$status" 0
has "agency reopen on the day of closing: undoes it" "$out" "1 person comes back"
run unit list --agency pd --format csv --data "$tree"
has "agency reopen on the day of closing: who belonged does again" "$out" "pd/vice,Vice,,,1,"
run agency reopen pd --undo --data "$tree"
is "agency reopen --undo: of what is open" "$status" 1
has "agency reopen --undo: says so" "$err" "on: the closing on"
