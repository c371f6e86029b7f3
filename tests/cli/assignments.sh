# assignments.sh: the part of tests/cli/run about `crosstrain report assignments` counted together and as files;
# behind requirement.sh, whose records it reads.
run report assignments --requirement cps --by discipline --format csv --data "$asked"
is "assignments: counted together" "$(printf '%s\n' "$out" | head -1 | cut -d, -f1-5)" \
    "discipline,discipline_name,people,assignments,percent_completed"
rows=$(printf '%s\n' "$out" | awk -F, 'NR > 1 { n += $4 } END { print n + 0 }')
run report assignments --requirement cps --format csv --data "$asked"
is "assignments: as many as there are rows" "$(printf '%s\n' "$out" | sed 1d | wc -l)" "$rows"
run report assignments --by moon --data "$asked"
is "assignments: no such group" "$status" 2
run report assignments --sort moon --data "$asked"
is "assignments: no such order" "$status" 2
run report assignments --format xlsx --data "$asked"
is "assignments: a spreadsheet needs a file" "$status" 2
run report assignments --output "$work/a.txt" --data "$asked"
is "assignments: a file needs a format" "$status" 2
run report assignments --current --format csv --output "$work/assignments.csv" --data "$asked"
is "assignments: a file" "$status $out" "0 "
is "assignments: which a spreadsheet takes for UTF-8" "$(head -c 3 "$work/assignments.csv" | od -An -tx1 | tr -d ' ')" efbbbf
run report assignments --current --format json --output "$work/assignments.json" --data "$asked"
is "assignments: the same rows" "$(jq '.rows | length' "$work/assignments.json")" \
    "$(sed 1d "$work/assignments.csv" | wc -l)"
is "assignments: what was asked" "$(jq -r '.filters.current' "$work/assignments.json")" yes
run report assignments --current --by unit --format xlsx --output "$work/assignments.xlsx" --data "$asked"
is "assignments: a workbook" "$(unzip -p "$work/assignments.xlsx" xl/workbook.xml | grep -o 'name="[A-Z][a-z]*"' | tr -d '\n')" \
    'name="Assignments"name="About"'
run report assignments --requirement year --current --format ics --data "$asked"
has "assignments: a calendar" "$out" "BEGIN:VCALENDAR"
has "assignments: of due days" "$out" "UID:year."
uids=$(printf '%s\n' "$out" | grep '^UID' | sort)
run report assignments --requirement year --current --format ics --data "$asked"
is "assignments: fetched again under the same names" "$(printf '%s\n' "$out" | grep '^UID' | sort)" "$uids"
run report assignments --requirement cps --by discipline --data "$asked"
lacks "assignments: a table for eyes has names instead of short names" "$(printf '%s\n' "$out" | head -1)" "discipline_name"
has "assignments: under their head" "$(printf '%s\n' "$out" | head -1)" "discipline "
run report assignments --requirement no-such --data "$asked"
has "assignments: what is wrong is called as it was typed" "$err" "--requirement: there was no such requirement"
run report completion --as-of 2026-02-31 --data "$asked"
has "a report: what is wrong is called as it was typed" "$err" "--as-of: a day of the calendar is wanted"
