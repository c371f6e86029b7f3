# tests/http/full_disk.sh: the part of tests/http/run about a disk that is full, for `.`: a file system of 64 MB that is
# filled while the server runs on it. What cannot be saved is refused, honestly and as a whole; reading goes on; with
# room again all goes on. Needs the right to mount a file system in memory; says so and is left out where there is none.
# shellcheck shell=bash disable=SC2154 # $site, $pid, $work and the like are of tests/lib.sh and tests/http/run

full=$work/full
mkdir -p "$full"
if ! mount -t tmpfs -o size=64m tmpfs "$full" 2>/dev/null; then
    echo "http: full disk: left out, because this user may not mount a file system"
else
    mkdir "$full/data"
    serve --content "$work/content" --data "$full/data" || fail "full disk: the server comes up"
    db=$full/data/crosstrain.db
    ask() { sqlite3 "$db" ".timeout 10000" "$1"; }
    free() { df --output=avail -k "$full" | tail -n 1; }
    # fill KB: until so much is left.
    fill() { head -c "$((($(free) - $1) * 1024))" /dev/zero >>"$full/ballast" || true; }
    # sign_in EMAIL ROLE...: into $work/full.EMAIL, with a token for forms in $secret.
    sign_in() {
        jar=$work/full.$1
        run user add "$1@example.org" --name "$1" --role "$2" --discipline caseworker --data "$full/data"
        link=$("$bin" user set-password "$1@example.org" --data "$full/data" 2>/dev/null | grep -o '/set-up/[A-Za-z0-9_-]*' || true)
        http -c "$jar" -b "$jar" "$site$link"
        http -c "$jar" -b "$jar" --data-urlencode "csrf=$(token_of)" --data-urlencode 'password=a long password' \
            --data-urlencode 'password_again=a long password' "$site$link"
        is "full disk: $1 is signed in" "$code" 303
        http -b "$jar" "$site/"
        secret=$(token_of)
    }
    token_of() { sed -n 's/.*name="csrf" \(value\|content\)="\([0-9a-f]*\)".*/\2/p' "$work/body" | head -n 1; }
    sign_in boss administrator
    boss=$jar boss_secret=$secret
    sign_in lea learner
    ask "with recursive n(i) as (select 1 union all select i + 1 from n where i < 8000)
        insert into person(email, email_key, name, discipline, roles, created_at)
            select 'p' || i || '@x.org', 'p' || i || '@x.org', 'Person ' || i || ' ' || hex(randomblob(40)), 'caseworker', 1, 1
            from n;
        insert into person_discipline(person, discipline, since) select id, discipline, 1 from person where id > 2;"

    # A learner's answer, begun with room and sent without; and what else he or she does, each a row, until the disk says no.
    course=/courses/bridging-the-systems
    module=$(curl -s -b "$jar" "$site$course" | grep -o "href=\"$course/[a-z0-9-]*\"" | head -n 1 | cut -d'"' -f2)
    sections=$(curl -s -L -b "$jar" "$site$module" | grep -o "$module/[a-z0-9-]*" | grep -v '/quiz$\|/changes$' | sort -u)
    section=$(head -n 1 <<<"$sections")
    http -b "$jar" --data-urlencode "csrf=$secret" "$site$module/quiz"
    attempt=$(sed -n 's/^Location: //p' <<<"$head")
    http -b "$jar" "$site$attempt"
    has "full disk: a quiz is begun" "$code $attempt" "200 $module/quiz/"
    answer=$(grep -o 'type="radio" name="[^"]*" value="[^"]*"' "$work/body" | head -n 1 | sed 's/.*name="\([^"]*\)" value="\([^"]*\)"/\1=\2/')
    send_answer() { http -b "$jar" --data-urlencode "csrf=$secret" --data-urlencode "$answer" --data 'action=save' "$site$attempt"; }
    fill 0
    saved=0 refused=0
    for one in $sections; do
        http -b "$jar" --data-urlencode "csrf=$secret" "$site$one/done"
        case $code in
        303) saved=$((saved + 1)) ;;
        507) refused=$((refused + 1)) ;;
        *) fail "full disk: marked as done" "$code" ;;
        esac
    done
    is "full disk: what cannot be saved is refused" "$([ $refused -gt 0 ] && echo refused)" refused
    is "full disk: each that was acknowledged is there, and no other" "$(ask 'select count(*) from section_done')" "$saved"
    answers=$(ask 'select count(*) from attempt_answer')
    send_answer
    is "full disk: an answer is refused" "$code $(ask 'select count(*) from attempt_answer')" "507 $answers"
    http -b "$jar" --data-urlencode "csrf=$secret" "$site$section/done"
    is "full disk: a form without a script" "$code" 507
    has "full disk: is told why" "$body" "There is no room left on the server’s disk"
    has "full disk: and what became of it" "$body" "What you just sent was not saved"
    http -b "$jar" "$site$section"
    is "full disk: reading goes on" "$code" 200
    http -b "$boss" "$site/reports/completion"
    is "full disk: so do reports" "$code" 200

    # Imports: a short one in the page, a long one that does not even fit on the disk.
    { echo 'email,name,discipline' && seq 1 6000 | sed 's/.*/n&@example.org,Núria & of the county,caseworker/'; } >"$work/short.csv"
    people=$(ask 'select count(*) from person')
    send() { http -b "$boss" -F "csrf=$boss_secret" -F what=people -F action=import -F "file=@$1;type=text/csv" "$site/people/import"; }
    send "$work/short.csv"
    is "full disk: an import is refused" "$code $(ask 'select count(*) from person')" "507 $people"
    for _ in $(seq 60); do cat "$work/short.csv"; done >"$work/long.csv"
    send "$work/long.csv"
    is "full disk: a file that has no room" "$code" 507
    is "full disk: leaves nothing" "$(find "$full/data/crosstrain.files" -name '*.part' -o -name '*.import' | wc -l)" 0

    # A file in the background: there is room to ask for it, and not for the file.
    rm "$full/ballast"
    fill 300
    http -b "$boss" --data-urlencode "csrf=$boss_secret" --data-urlencode 'target=/reports/completion.csv?by=person' \
        "$site/reports/files"
    is "full disk: a file is asked for" "$code" 303
    over() { curl -s -b "$boss" -H 'Accept: application/json' "$site/reports/files/1" | jq -e '.file.is_failed or .file.is_ready'; }
    until_true 60 over || fail "full disk: it comes to an end"
    http -b "$boss" "$site/reports/files/1"
    has "full disk: it has failed, and says why" "$body" "not enough room on the server&#39;s disk"
    is "full disk: its half is removed" "$(find "$full/data/crosstrain.files" -type f | wc -l)" 0

    # Room again: no restart is needed.
    rm "$full/ballast"
    send_answer
    is "room again: the answer is saved" "$code $(ask 'select count(*) from attempt_answer')" "303 $((answers + 1))"
    http -b "$boss" --data-urlencode "csrf=$boss_secret" "$site/reports/files/1/again"
    ready() { curl -s -b "$boss" -H 'Accept: application/json' "$site/reports/files/2" | jq -e '.file.is_ready'; }
    until_true 60 ready || fail "room again: the file is made"
    send "$work/short.csv"
    is "room again: the import is done" "$code $(ask 'select count(*) from person')" "200 $((people + 6000))"
    is "room again: the database is whole" "$(ask 'pragma integrity_check')" ok
    unserve
    is "room again: it ends as it should" "$status" 0
    rm -f "$work/short.csv" "$work/long.csv"
    umount "$full" || umount -l "$full"
fi
