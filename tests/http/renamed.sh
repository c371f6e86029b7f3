# tests/http/renamed.sh: the part of tests/http/run about a module that moves to another file, for `.`: while its text is
# the same nobody is asked anything; when it has changed, pages and reports say it of the same person.
# shellcheck shell=bash disable=SC2154 # $site, $code, $body and the like are of tests/lib.sh and tests/http/run

moved=$work/moved-content
mkdir -p "$moved/core"
printf -- '---\ntitle: B\ndisciplines: [prosecutor (prosecutors)]\ncourses: [core]\n---\nWelcome.\n' >"$moved/curriculum.md"
printf -- '---\ntitle: The core\nsummary: One module.\nrequired-for: [prosecutor]\n---\nBegin.\n' >"$moved/core/course.md"
printf -- '---\nid: law\nminutes: 10\n---\n# The law\n\n## Read\n\nA child cannot consent.\n' >"$moved/core/01-law.md"
serve --content "$moved" --data "$work/moved" || fail "moved: the server comes up"
run user add boss@example.org --name Boss --role administrator --data "$work/moved"
run token add boss@example.org --name Moved --data "$work/moved"
auth="Authorization: Bearer $out"
run requirement add core --course core --everybody --within 30 --data "$work/moved" --content "$moved"
is "moved: a requirement" "$status" 0
run user add ann@example.org --name Ann --discipline prosecutor --data "$work/moved" --content "$moved"
jar=$work/moved-jar
token=$(curl -s -c "$jar" -b "$jar" "$out" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
http -c "$jar" -b "$jar" -d "csrf=$token" --data-urlencode 'password=another long one' \
    --data-urlencode 'password_again=another long one' "$out"
token=$(curl -s -b "$jar" "$site/courses/core/law/read" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
http -b "$jar" -d "csrf=$token" "$site/courses/core/law/read/done"
is "moved: Ann completes the course" "$code" 303

# told WHEN WANT: what the reports say of Ann, over HTTP and as the command prints it.
told() {
    http -H "$auth" "$site/reports/assignments.json?person=2"
    is "moved: $1: assignments" "$(jq -r '[.rows[] | select(.email == "ann@example.org")][0].status' <<<"$body")" "$2"
    http -H "$auth" "$site/reports/completion.json?by=person"
    is "moved: $1: completion" "$(jq -r '[.rows[] | select(.email == "ann@example.org")][0].status' <<<"$body")" "$2"
    run report assignments --format json --data "$work/moved" --content "$moved"
    is "moved: $1: the command's assignments" \
        "$(jq -r '[.rows[] | select(.email == "ann@example.org")][0].status' "$work/out")" "$2"
    run report transcript ann@example.org --format json --data "$work/moved" --content "$moved"
    is "moved: $1: the transcript, with its certificate" \
        "$(jq -c '[.rows[] | select(.section == "completed course" or .section == "requirement") | .status]' "$work/out")" \
        "[\"$2\",\"$2\"]"
    http -b "$jar" "$site/me/training"
    has "moved: $1: one's own training" "$body" "$2"
}
told "before" completed
mv "$moved/core/01-law.md" "$moved/core/02-the-law-today.md"
lives() { curl -sf -b "$jar" "$site/courses/core/the-law-today" | grep -qF "$1"; }
if until_true 10 lives "The law"; then pass; else fail "moved: the new file is live"; fi
told "the file alone" completed
http -b "$jar" "$site/courses/core/the-law-today"
lacks "moved: a move asks nothing" "$body" "/changes"
sed -i 's/^minutes: 10/minutes: 10\nversion: 2\nchange: The hotline is new/; s/consent\./consent. Call the hotline./' \
    "$moved/core/02-the-law-today.md"
if until_true 10 lives "/changes"; then pass; else fail "moved: the learner's page says that the module changed"; fi
told "and then changed" "update due"
token=$(curl -s -b "$jar" "$site/courses/core/the-law-today/changes" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
http -b "$jar" "$site/courses/core/the-law-today/changes"
has "moved: what changed is told" "$body" "The hotline is new"
revision=$(sed -n 's/.*name="revision" value="\([^"]*\)".*/\1/p' <<<"$body" | head -n 1)
http -b "$jar" -d "csrf=$token" -d "revision=$revision" "$site/courses/core/the-law-today/changes"
is "moved: Ann reads it" "$code" 303
told "and read" completed
unserve
