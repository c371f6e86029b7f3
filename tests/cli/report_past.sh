# tests/cli/report_past.sh: the part of tests/cli/run about `report completion --as-of` and `report transcript`, for `.`.
# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh

past=$work/past
run user add ana@example.org --name 'Ana Ruiz' --discipline caseworker --data "$past"
run agency add dcs --name 'North County CPS' --time-zone America/Chicago --data "$past"
run unit add dcs/intake --name Intake --data "$past"
run unit join dcs/intake ana@example.org --on 2025-01-10 --data "$past"

while IFS='|' read -r name arguments want_status want; do
    # The arguments are meant to be split.
    # shellcheck disable=SC2086
    run report $arguments --data "$past"
    is "report, $name: exit status" "$status" "$want_status"
    has "report, $name: what is wrong" "$err" "$want"
done <<'CASES'
a day that is none|completion --as-of yesterday|1|--as-of: a day of the calendar is wanted
a day to come|completion --as-of 2099-01-01|1|still to come
a view that there is not|completion --by planet|2|agency, unit or task-force
nobody|transcript|2|needs the e-mail address
somebody who does not exist|transcript nobody@example.org|1|nobody
a format that there is not|transcript ana@example.org --format odt|2|not 'odt'
a PDF on a terminal|transcript ana@example.org --format pdf|2|--output FILE
paper that there is not|transcript ana@example.org --format pdf --paper a5 --output x|2|letter or a4
a spreadsheet on a terminal|transcript ana@example.org --format xlsx|2|--output FILE
CASES

run report completion --by unit --format csv --data "$past"
is "report completion by unit: columns" "$(printf '%s\n' "$out" | tr -d '\r' | head -n 1 | sed 's/^\xef\xbb\xbf//')" \
    "unit,unit_name,people,not_started,in_progress,completed,percent,median_score,update_due,expiring,expired,exempt,awaiting_approval,percent_now"
has "report completion by unit: a row" "$out" "dcs/intake,Intake,"
run report completion --by person --as-of 2020-01-01 --format csv --data "$past"
lacks "report completion: nobody before there was anybody" "$out" "ana@example.org"
run report completion --by person --agency dcs --format json --output "$work/past.json" --data "$past"
is "report completion: the agency's time zone" "$(jq -r .time_zone "$work/past.json")" America/Chicago
run report transcript ana@example.org --data "$past"
is "report transcript" "$status" 0
has "report transcript: a place" "$out" "North County CPS: Intake"
run report transcript ana@example.org --format pdf --paper a4 --output "$work/ana.pdf" --data "$past"
is "report transcript: a PDF" "$status $out" "0 "
has "report transcript: which is tagged" "$(pdfinfo "$work/ana.pdf")" "Tagged:          yes"
has "report transcript: on the paper that was asked for" "$(pdfinfo "$work/ana.pdf")" "(A4)"
has "report transcript: with the same place" "$(pdftotext -raw "$work/ana.pdf" -)" "North County CPS: Intake"
run report transcript ana@example.org --format csv --data "$past"
has "report transcript: a row" "$out" "place,2025-01-10,,North County CPS: Intake,"
run report transcript ana@example.org --format json --output "$work/ana.json" --data "$past"
is "report transcript: of whom" "$(jq -r .filters.email "$work/ana.json")" ana@example.org
run report transcript ana@example.org --format xlsx --output "$work/ana.xlsx" --data "$past"
is "report transcript: a spreadsheet" "$(unzip -tqq "$work/ana.xlsx" && echo whole)" whole
