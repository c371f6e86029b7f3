# tests/http/files.sh: the part of tests/http/run about long files, for `.`: what comes in chunks is whole or is seen
# not to be, nobody is kept by who leaves, and what is made in the background ends with the server.
# shellcheck shell=bash disable=SC2154 # $site, $pid, $work and the like are of tests/lib.sh and tests/http/run

serve --content "$work/content" --data "$work/files" || fail "files: the server comes up"
run user add boss@example.org --name Boss --role administrator --data "$work/files"
run token add boss@example.org --name Files --data "$work/files"
token=$out
sqlite3 "$work/files/crosstrain.db" ".timeout 10000" "
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
    insert into person(email, email_key, name, discipline, roles, created_at)
        select 'p' || i || '@x.org', 'p' || i || '@x.org', 'Person ' || i || ' ' || hex(randomblob(40)), 'caseworker', 1, 1
        from n;
    insert into person_discipline(person, discipline, since) select id, discipline, 1 from person where discipline <> '';"
many="$site/reports/completion.csv?by=person"
auth="Authorization: Bearer $token"

http -H "$auth" "$many"
is "files: a long one" "$code" 200
has "files: comes in chunks" "$head" "Transfer-Encoding: chunked"
lacks "files: of no announced length" "$head" "Content-Length"
cp "$work/body" "$work/chunked"
is "files: it has its rows" "$([ "$(wc -l <"$work/chunked")" -gt 5000 ] && echo many)" many
http --http1.0 -H "$auth" "$many"
lacks "files: HTTP/1.0 knows no chunks" "$head" "Transfer-Encoding"
has "files: it has the length instead" "$head" "Content-Length: $(wc -c <"$work/chunked" | tr -d ' ')"
is "files: and the same bytes" "$(cmp "$work/body" "$work/chunked" && echo same)" same
http -I -H "$auth" "$many"
is "files: HEAD" "$code" 200
lacks "files: HEAD has no body to come in chunks" "$head" "Transfer-Encoding"
http -H "$auth" "$site/reports/completion.json?by=person"
is "files: JSON in chunks is whole" "$(jq '.rows | length > 5000' "$work/body")" true
before=$(wc -c <"$work/chunked")
curl -s -m 20 -H "$auth" "$many" "$site/healthz" -o "$work/two" -o "$work/healthy"
is "files: the connection is used again behind it" "$(wc -c <"$work/two") $(head -c 2 "$work/healthy" | wc -c)" "$before 2"

# Who leaves in the middle, twenty times.
for _ in $(seq 20); do
    curl -s -m 20 -H "$auth" "$many" 2>/dev/null | head -c 2000 >/dev/null || true
done
http "$site/healthz"
is "files: whoever leaves keeps nobody" "$code" 200

# The pack of a period, as a program gets it.
today=$(date -u +%F)
http -H "$auth" "$site/reports/audit.zip?from=2026-01-01&until=$today"
is "files: the pack at once" "$code" 200
is "files: of its announced length" "$(sed -n 's/^Content-Length: //p' <<<"$head")" "$(wc -c <"$work/body" | tr -d ' ')"
unzip -tq "$work/body" >"$work/unzip.out" 2>&1 || fail "files: unzip -t" "$(cat "$work/unzip.out")"
pass
is "files: nothing is left in the folder" "$(find "$work/files/crosstrain.files" -type f | wc -l)" 0
is "files: which is the server's alone" "$(stat -c %a "$work/files/crosstrain.files")" 700

# In the background: asked for over the socket, made by the thread, there after a restart; one that was being
# made when the server was killed is told as failed, and its half is gone.
jar=$work/files.jar
link=$("$bin" user set-password boss@example.org --data "$work/files" 2>/dev/null | grep -o '/set-up/[A-Za-z0-9_-]*' || true)
secret() { sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' "$work/body" | head -n 1; }
http -c "$jar" -b "$jar" "$site$link"
http -c "$jar" -b "$jar" --data-urlencode "csrf=$(secret)" --data-urlencode 'password=a long password' \
    --data-urlencode 'password_again=a long password' "$site$link"
is "files: signed in" "$code" 303
http -c "$jar" -b "$jar" "$site/reports/files"
http -c "$jar" -b "$jar" --data-urlencode "csrf=$(secret)" --data-urlencode 'target=/reports/completion.csv?by=person' \
    "$site/reports/files"
is "files: ordered" "$code" 303
ready() { curl -s -b "$jar" -H 'Accept: application/json' "$site/reports/files/1" | jq -e '.file.is_ready'; }
until_true 30 ready || fail "files: it is made in the background" "$(curl -s -b "$jar" "$site/reports/files/1")"
http -b "$jar" "$site/reports/files/1/download"
is "files: the same bytes" "$(cmp "$work/body" "$work/chunked" && echo same)" same
is "files: readable by their owner alone" "$(stat -c %a "$work/files/crosstrain.files/1.file")" 600
unserve
is "files: it ends at once, however much was asked for" "$status" 0
sqlite3 "$work/files/crosstrain.db" "
    insert into file_order(person, target, state, done, total, asked_at, changed_at)
        select person, target, 'making', 1, 2, asked_at, changed_at from file_order where id = 1;"
: >"$work/files/crosstrain.files/2.file.part"
serve --content "$work/content" --data "$work/files" || fail "files: it comes up again"
http -b "$jar" "$site/reports/files/1/download"
is "files: there after a restart" "$code $(cmp "$work/body" "$work/chunked" && echo same)" "200 same"
http -b "$jar" -H 'Accept: application/json' "$site/reports/files/2"
is "files: what was being made has failed" "$(jq -r '.file.state' <<<"$body")" failed
has "files: and says why" "$body" "the server was stopped in the middle of it"
is "files: its half is gone" "$(find "$work/files/crosstrain.files" -name '*.part' | wc -l)" 0
unserve
