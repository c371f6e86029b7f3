# tests/http/import.sh: the part of tests/http/run about long files that are imported in the browser, for `.`: tens
# of thousands of lines are looked at and imported behind the reply, refused lines are listed, a server that is stopped
# in the middle has done nothing, nothing is left on the disk.
# shellcheck shell=bash disable=SC2154 # $site, $pid, $work and the like are of tests/lib.sh and tests/http/run

serve --content "$work/content" --data "$work/imports" --import-max 32 || fail "import: the server comes up"
run user add boss@example.org --name Boss --role administrator --data "$work/imports"
jar=$work/imports.jar folder=$work/imports/crosstrain.files
secret() { sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' "$work/body" | head -n 1; }
link=$("$bin" user set-password boss@example.org --data "$work/imports" 2>/dev/null | grep -o '/set-up/[A-Za-z0-9_-]*' || true)
http -c "$jar" -b "$jar" "$site$link"
http -c "$jar" -b "$jar" --data-urlencode "csrf=$(secret)" --data-urlencode 'password=a long password' \
    --data-urlencode 'password_again=a long password' "$site$link"
is "import: signed in" "$code" 303

# send FILE [TYPE]: as the page's form does; where it leads is then in $at.
send() {
    http -b "$jar" "$site/people/import"
    http -b "$jar" -F "csrf=$(secret)" -F "what=people" -F "action=check" -F "file=@$1;type=text/csv" "$site/people/import"
    at=$(sed -n 's/^Location: //p' <<<"$head")
}
# is_at JQ: whether the page of $at says so by now.
is_at() { curl -s -b "$jar" -H 'Accept: application/json' "$site$at" | jq -e "$1"; }
press() {
    http -b "$jar" "$site$at"
    http -b "$jar" --data-urlencode "csrf=$(secret)" "$site$at/$1"
}
people() { sqlite3 "$work/imports/crosstrain.db" ".timeout 10000" "select count(*) from person"; }
left() { find "$folder" -type f -name "$1" | wc -l; }

lines=60000
{
    echo 'email,name,discipline,supervisor'
    seq 1 $lines | sed 's/.*/n&@example.org,Núria Sòria &,caseworker,Somebody whose titles are as long as this, and longer, '\
'because a long file is wanted that goes to the disk and is not held in memory, whatever becomes of it in the end/' |
        sed 's/Somebody.*/"&"/'
} >"$work/many.csv"
is "import: a long file" "$([ "$(wc -c <"$work/many.csv")" -gt 12000000 ] && echo long)" long
http -b "$jar" "$site/people/import"
has "import: the limit is stated" "$body" "at most 32 MB"
send "$work/many.csv"
is "import: leads to its page" "$code $at" "303 /people/imports/1"
is "import: nothing of it is in the folder but the one file" "$(left '*.import') $(left '*.part')" "1 $(left '*.part')"
is "import: which is its owner's alone" "$(stat -c %a "$folder"/*.import)" 600
until_true 60 is_at '.is_fine' || fail "import: it is looked at" "$(curl -s -b "$jar" "$site$at")"
http -b "$jar" "$site$at"
has "import: says what would be done" "$body" "$lines lines: $lines people would be added"
is "import: nothing was changed" "$(people)" 1

# Killed in the middle of it: what is in the records and what the page says are one.
press import
kill -KILL "$pid"
wait "$pid" 2>/dev/null || true
before=$(people)
serve --content "$work/content" --data "$work/imports" --import-max 32 || fail "import: it comes up again"
http -b "$jar" -H 'Accept: application/json' "$site$at"
if [ "$before" = 1 ]; then
    is "import: killed in the middle, it has failed" "$(jq -c '[.is_failed, .is_done]' <<<"$body")" '[true,false]'
    has "import: and says why" "$body" "the server was stopped in the middle of it"
    press check
    until_true 60 is_at '.is_fine' || fail "import: it is looked at again"
    press import
fi
until_true 60 is_at '.is_done' || fail "import: it is done" "$(curl -s -b "$jar" "$site$at")"
is "import: as a whole" "$(people)" $((lines + 1))
http -b "$jar" "$site$at"
has "import: says what was done" "$body" "Done: $lines people added, 0 changed, 0 as they were."
until_true 20 test "$(left '*.import')" = 0 || true
press import
is "import: pressed twice does it once" "$code $(people)" "303 $((lines + 1))"
send "$work/many.csv"
until_true 60 is_at '.is_fine' || fail "import: it is looked at once more"
http -b "$jar" -H 'Accept: application/json' "$site$at"
is "import: once more would change nothing" "$(jq -c '[.added, .changed, .unchanged, .would_change]' <<<"$body")" \
    "[0,0,$lines,false]"
is "import: the file that was imported is gone, this one is not" "$(left '*.import')" 1

# Refused lines: counted, paged, to be downloaded. Two files at once, one of them in UTF-16.
sed '5,$s/^n\([0-9]*\)@/n\1 at /; 3s/caseworker/sorcerer/' "$work/many.csv" >"$work/wrong.csv"
send "$work/wrong.csv"
wrong=$at
iconv -f UTF-8 -t UTF-16 "$work/many.csv" | head -c 24000000 >"$work/utf16.csv"
send "$work/utf16.csv"
utf16=$at
iconv -f UTF-8 -t ISO-8859-1 "$work/many.csv" >"$work/latin1.csv"
send "$work/latin1.csv"
until_true 90 is_at '.has_problems' || fail "import: a file in Latin-1" "$(curl -s -b "$jar" "$site$at")"
http -b "$jar" "$site$at"
has "import: Latin-1 is told from UTF-8" "$body" "in an older encoding, such as Latin-1; save the sheet as"
at=$utf16
http -b "$jar" "$site$at"
has "import: UTF-16 is named, with what to do" "$body" "this is UTF-16; save it as"
at=$wrong
http -b "$jar" "$site$at"
has "import: refused lines are counted" "$body" "Problems: $((lines - 2)), in a file of $lines lines"
has "import: and listed" "$body" '<th scope="row" class="num">5</th><td>email</td><td>not an e-mail address</td>'
http -b "$jar" "$site$at?page=300"
has "import: page by page" "$body" '<th scope="row" class="num">60001</th>'
http -b "$jar" "$site$at?page=301"
is "import: behind the last page there is none" "$code $(grep -c 'scope="row"' <<<"$body")" "200 0"
http -b "$jar" "$site$at/refused.csv"
is "import: all of them as CSV" "$code $(wc -l <"$work/body")" "200 $((lines - 1))"
has "import: with what is wrong" "$body" "3,discipline,the curriculum has no such discipline"
is "import: nothing was changed" "$(people)" $((lines + 1))

# Cancelled; over the limit; a server that ends while it looks.
send "$work/many.csv"
press cancel
until_true 30 is_at '.is_cancelled or .is_fine' || fail "import: it is cancelled"
head -c 34000000 /dev/zero | tr '\0' 'a' >"$work/large.csv"
send "$work/large.csv"
is "import: over the limit" "$code" 413
run user add other@example.org --name Other --role administrator --data "$work/imports"
http "$site/people/imports/1"
is "import: not for who is not signed in" "$code" 303
send "$work/wrong.csv"
unserve
is "import: the server ends at once, whatever it looks at" "$status" 0
rm -f "$work"/{many,wrong,utf16,latin1,large}.csv
