# tests/http/strange.sh: the part of tests/http/run about what people and curricula can be like, for `.`: names of
# every script on each page and in each file, filters that match nothing, a discipline that is no more.
# shellcheck shell=bash disable=SC2154 # $site, $code, $body and the like are of tests/lib.sh and tests/http/run

strange=$work/strange
mkdir -p "$work/town/core"
town() { printf -- '---\ntitle: Town\ndisciplines: [%s]\n---\n' "$1" >"$work/town/curriculum.md"; }
town 'prosecutor, bailiff'
printf -- '---\ntitle: Core\nrequired-for: all\n---\n' >"$work/town/core/course.md"
printf '# Doors\n\n## Doors\n\nSome text.\n\n## Quiz\n\n### Question: Which?\n\n`id: which`\n\nWhich one?\n\n- (x) This\n- ( ) That\n' \
    >"$work/town/core/01-doors.md"
run check "$work/town"
is "strange: the curriculum has no errors" "$status" 0

long=$(printf 'é%.0s' $(seq 60))
combining=$(printf 'Zoe\u0308 Nun\u0303ez')
names=("דוד כהן" "محمد علي 2nd" "山田太郎" "Ana 🎓 Ruiz" "$combining" "$long" "=1+1")
count=0
for name in "${names[@]}"; do
    count=$((count + 1))
    run user add "p$count@example.org" --name "$name" --discipline bailiff --data "$strange" --content "$work/town"
    is "strange: $name is added" "$status" 0
done
printf 'correct horse battery' | "$bin" user add boss@example.org --name Boss --role administrator --password-stdin \
    --data "$strange" >/dev/null
for one in 1 3 7; do
    run agency add "a$one" --name "Agency $one" --data "$strange"
    run unit add "a$one/u" --name Unit --data "$strange"
    run unit join "a$one/u" "p$one@example.org" --data "$strange"
done
run requirement add doors --title Doors --course core --discipline bailiff --within 30 \
    --data "$strange" --content "$work/town"
is "strange: a requirement on them" "$status $err" "0 "
printf 'email,course,completed_on,source\np1@example.org,core,2025-03-01,Old\np7@example.org,core,2025-03-01,Old\n' \
    >"$work/past.csv"
run user import "$work/past.csv" --what completions --data "$strange" --content "$work/town"
is "strange: who completed it before" "$status" 0
run token add boss@example.org --name Strange --data "$strange"
auth="Authorization: Bearer $out"

# enter: a server, and a browser that is signed in.
enter() {
    rm -f "$work/strange-jar"
    serve --content "$work/town" --data "$strange" || fail "strange: the server comes up"
    token=$(curl -s -c "$work/strange-jar" "$site/sign-in" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
    curl -s -o "$work/body" -b "$work/strange-jar" -c "$work/strange-jar" -d "csrf=$token" -d email=boss@example.org \
        --data-urlencode 'password=correct horse battery' "$site/sign-in"
}

# texts FILE: all texts of a workbook.
texts() {
    python3 -c 'import sys, zipfile, xml.etree.ElementTree as tree
book = zipfile.ZipFile(sys.argv[1])
for part in book.namelist():
    if part.endswith(".xml"):
        for node in tree.fromstring(book.read(part)).iter():
            if node.tag.endswith("}t") and node.text:
                print(node.text)
            if node.tag.endswith("}f"):
                print("A FORMULA")' "$1"
}

enter
http -b "$work/strange-jar" "$site/people"
person=$(grep -o 'href="/people/[0-9]*"' <<<"$body" | tr -dc '0-9\n' | sort -n | head -n 1)
for page in /people /reports/assignments /requirements/doors; do
    http -b "$work/strange-jar" "$site$page"
    is "strange: $page opens" "$code" 200
    for name in "${names[@]}"; do
        has "strange: $page has $name, apart from what is beside it" "$body" "<bdi>$name</bdi>"
    done
done
http -b "$work/strange-jar" "$site/reports/coverage?course=core"
for name in "${names[@]:1:5}"; do
    has "strange: $name is missing, apart from who else is" "$body" "<bdi>$name</bdi>"
done
count=0
for name in "${names[@]}"; do
    id=$((person + count))
    count=$((count + 1))
    for page in "/people/$id" "/people/$id/transcript" "/requirements/doors/people/$id"; do
        http -b "$work/strange-jar" "$site$page"
        has "strange: $page has $name" "$code $body" "<h1><bdi>$name</bdi></h1>"
    done
    http -H "$auth" "$site/people/$id/transcript.json"
    is "strange: the transcript of $name" "$(jq -r .filters.certificate_name "$work/body")" "$name"
done
for file in completion.%s?by=person assignments.%s; do
    # shellcheck disable=SC2059 # it is a pattern
    http -H "$auth" "$site/reports/$(printf "$file" json)"
    cp "$work/body" "$work/strange.json"
    # shellcheck disable=SC2059
    http -H "$auth" "$site/reports/$(printf "$file" csv)"
    cp "$work/body" "$work/strange.csv"
    # shellcheck disable=SC2059
    http -H "$auth" "$site/reports/$(printf "$file" xlsx)"
    texts "$work/body" >"$work/strange.txt"
    for name in "${names[@]}"; do
        has "strange: $file as JSON has $name" "$(jq -r '.rows[][]' "$work/strange.json")" "$name"
        has "strange: $file as CSV has $name" "$(cat "$work/strange.csv")" "${name/#=/\'=}"
        has "strange: $file as a workbook has $name" "$(cat "$work/strange.txt")" "$name"
    done
    lacks "strange: $file calculates nothing" "$(cat "$work/strange.txt")" "A FORMULA"
done
http -H "$auth" "$site/reports/assignments.ics"
is "strange: the calendar" "$code" 200
for name in "${names[@]:1:5}"; do
    has "strange: the calendar has $name" "$(tr -d '\r' <"$work/body" | sed -z 's/\n //g')" "$name"
done

# ---- a manager who loses a unit while looking at it

printf 'correct horse battery' | "$bin" user add lead@example.org --name Lead --role manager --password-stdin \
    --data "$strange" >/dev/null
run unit lead a3/u lead@example.org --on 2025-01-01 --data "$strange"
is "strange: who leads a unit" "$status" 0
run token add lead@example.org --name Lead --data "$strange"
lead="Authorization: Bearer $out"
token=$(curl -s -c "$work/lead-jar" "$site/sign-in" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
curl -s -o "$work/body" -b "$work/lead-jar" -c "$work/lead-jar" -d "csrf=$token" -d email=lead@example.org \
    --data-urlencode 'password=correct horse battery' "$site/sign-in"
# seen: whether person 3 is, on the page, in the file, at the address that a saved view leads to; what the transcript says
seen() {
    sight=
    http -b "$work/lead-jar" "$site/reports/assignments"
    ! grep -q '山田太郎' <<<"$body" || sight="page $code"
    http -H "$lead" "$site/reports/assignments.csv"
    ! grep -q '山田太郎' <<<"$body" || sight="$sight, file $code"
    http -b "$work/lead-jar" "$site/reports/assignments?unit=a3/u"
    ! grep -q '山田太郎' <<<"$body" || sight="$sight, view $code"
    http -b "$work/lead-jar" "$site/people/$((person + 2))/transcript"
    sight="$sight, $code"
}
seen
is "strange: sees its people" "$sight" "page 200, file 200, view 200, 200"
run unit lead a3/u lead@example.org --ends --data "$strange"
is "strange: and leads it no more" "$status" 0
seen
is "strange: nothing of them is left" "$sight" ", 403"

# ---- a filter that matches nothing

for report in assignments completion coverage credit trends; do
    filter="agency=a3&discipline=prosecutor"
    [ "$report" != credit ] || filter="agency=a3&year=2019"
    http -b "$work/strange-jar" "$site/reports/$report?$filter"
    is "strange: $report of nobody opens" "$code" 200
    for form in csv json xlsx; do
        http -H "$auth" "$site/reports/$report.$form?$filter"
        is "strange: $report of nobody as $form" "$code" 200
    done
    texts "$work/body" >"$work/strange.txt"
    is "strange: the workbook of nobody has its header" "$([ -s "$work/strange.txt" ] && echo texts)" texts
done
http -H "$auth" "$site/reports/assignments.json?discipline=prosecutor"
is "strange: nothing is no row" "$(jq -c .rows "$work/body")" "[]"
http -H "$auth" "$site/reports/assignments.ics?discipline=prosecutor"
is "strange: a calendar of nothing" "$code $(grep -c 'BEGIN:VEVENT' "$work/body")" "200 0"

# ---- a discipline that the curriculum has no more

unserve
town prosecutor
run check "$work/town"
is "strange: without the discipline there are no errors" "$status" 0
enter
for page in /people "/people/$person" "/people/$person/transcript" /reports/today /reports/assignments \
    "/reports/completion?by=person" /reports/coverage /reports/trends /reports/questions /reports/credit /reports/audit \
    /requirements /requirements/doors "/requirements/doors/people/$person" "/requirements/-/people/$person"; do
    http -b "$work/strange-jar" "$site$page"
    is "strange: $page opens without the discipline" "$code" 200
done
for page in /people "/people/$person" "/people/$person/transcript" /reports/assignments; do
    http -b "$work/strange-jar" "$site$page"
    has "strange: $page tells it still" "${body,,}" bailiff
done
for report in today assignments completion coverage credit trends questions; do
    for form in csv json xlsx; do
        [ "$report" != today ] || continue
        http -H "$auth" "$site/reports/$report.$form"
        is "strange: $report.$form without the discipline" "$code" 200
    done
done
http -H "$auth" "$site/reports/assignments.json"
is "strange: rows keep it" "$(jq -r '[.rows[].discipline] | unique[]' "$work/body")" bailiff
http -H "$auth" "$site/reports/completion.json?by=person"
has "strange: and those of completion" "$(jq -c '[.rows[].discipline] | unique' "$work/body")" bailiff
http -H "$auth" "$site/reports/audit.zip?from=2020-01-01&until=$(date -u +%F)"
is "strange: the audit pack" "$code $(head -c 2 "$work/body")" "200 PK"
is "strange: names of its files are plain" "$(unzip -Z1 "$work/body" | LC_ALL=C grep -c '[^A-Za-z0-9._/-]')" 0
unserve
