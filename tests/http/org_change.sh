# tests/http/org_change.sh: the part of tests/http/run about units that are closed and moved, and the names of calendar
# entries, for `.`: a running server follows the command, past days stay as they were, names survive a restart.
# shellcheck shell=bash disable=SC2154 # $site, $code, $body and the like are of tests/lib.sh and tests/http/run

cp -r content "$work/tree-content" # the other has been written into by now
serve --content "$work/tree-content" --data "$work/tree" || fail "tree: the server comes up"
run user add boss@example.org --name Boss --role administrator --data "$work/tree"
run user add ana@example.org --name "Ana Ruiz" --discipline prosecutor --data "$work/tree"
run agency add dcs --name DCS --data "$work/tree"
run unit add dcs/night --name Night --data "$work/tree"
run unit add dcs/day --name Day --data "$work/tree"
run unit join dcs/night ana@example.org --on 2026-01-05 --data "$work/tree"
run requirement add night --course three-cases --unit dcs/night --within 30 --after assignment --from 2026-01-05 \
    --data "$work/tree" --content "$work/tree-content"
run token add boss@example.org --name Tree --data "$work/tree"
auth="Authorization: Bearer $out"

http -H "$auth" "$site/reports/assignments.ics"
uids=$(grep '^UID' <<<"$body")
is "tree: a calendar" "$code $(wc -l <<<"$uids")" "200 1"
is "tree: its names end with the site's" "$(tr -d '\r' <<<"$uids" | grep -cE '^UID:night\.[0-9-]+\.r1\.p2@[0-9A-Z]{26}\.crosstrain$')" 1
run report assignments --format ics --data "$work/tree"
is "tree: the command gives the same names" "$(grep '^UID' <<<"$out")" "$uids"
run unit close dcs/night --people-to dcs/day --requirements move --data "$work/tree"
is "tree: closed beside the server" "$status" 0
http -H "$auth" "$site/reports/assignments.json?unit=dcs%2Fday"
is "tree: who was in it is in the other" "$code $(jq -r '.rows[0].email' <<<"$body")" "200 ana@example.org"
http -H "$auth" "$site/reports/assignments.json?unit=dcs%2Fnight"
is "tree: nobody is in it" "$code $(jq '.rows | length' <<<"$body")" "200 0"
unserve
serve --content "$work/tree-content" --data "$work/tree" || fail "tree: the server comes up again"
http -H "$auth" "$site/reports/assignments.ics"
is "tree: names survive closing and a restart" "$(grep '^UID' <<<"$body")" "$uids"
run requirement add whole --course three-cases --agency dcs --within 30 --after assignment --from 2026-01-05 \
    --data "$work/tree" --content "$work/tree-content"
run unit close dcs/day --requirements end --data "$work/tree"
http -H "$auth" "$site/reports/assignments.json?unit=dcs%2Fday"
is "tree: nobody is in what is closed" "$code $(jq 'any(.rows[]; .email == "ana@example.org")' <<<"$body")" "200 false"
run unit reopen dcs/day --undo --data "$work/tree"
is "tree: undone beside the server" "$status" 0
http -H "$auth" "$site/reports/assignments.json?unit=dcs%2Fday"
is "tree: who was in it is there again" "$code $(jq 'any(.rows[]; .email == "ana@example.org")' <<<"$body")" "200 true"
unserve
