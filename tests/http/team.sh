# tests/http/team.sh: the part of tests/http/run about coverage, trends, questions and credit, for `.`: what a token gives is
# what the command prints, and each of the files is of its type.
# shellcheck shell=bash disable=SC2154 # $site, $code, $body and the like are of tests/lib.sh and tests/http/run

cp -r content "$work/team-content" # the other has been written into by now
serve --content "$work/team-content" --data "$work/team" || fail "team: the server comes up"
run user add boss@example.org --name Boss --role administrator --data "$work/team"
run user add ana@example.org --name "Ana Ruiz" --discipline prosecutor --data "$work/team"
run token add boss@example.org --name Team --data "$work/team"
auth="Authorization: Bearer $out"

for report in coverage trends questions credit; do
    http -H "$auth" "$site/reports/$report.csv"
    is "team: $report as CSV" "$code" 200
    page=$(tr -d '\r' <"$work/body" | sed '1s/^\xef\xbb\xbf//')
    set -- --content "$work/team-content"
    [ "$report" != credit ] || shift 2 # which needs no course
    run report "$report" --format csv --data "$work/team" "$@"
    is "team: $report is the command's" "$(tr -d '\r' <"$work/out" | sed '1s/^\xef\xbb\xbf//')" "$page"
    http -H "$auth" "$site/reports/$report.json"
    is "team: $report as JSON" "$code $(jq -r .report <<<"$body")" "200 $report"
    http -H "$auth" "$site/reports/$report.xlsx"
    is "team: $report as a workbook" "$code $(head -c 2 "$work/body")" "200 PK"
    http "$site/reports/$report.csv"
    is "team: $report is for whom it is" "$code" 401
done
http -H "$auth" "$site/reports/coverage.json?as_of=2999-01-01"
is "team: a day to come" "$code $(jq -r .field <<<"$body")" "400 as_of"
http -H "$auth" "$site/reports/trends.json?weather=fine"
is "team: a field that there is not" "$code" 400
unserve
