# tests/cli/audit.sh: the part of tests/cli/run about `crosstrain report audit`, for `.`.
# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh

mkdir -p "$work/audited/core"
printf -- '---\ntitle: Bridges\ndisciplines: [judge]\ncourses: [core]\n---\n' >"$work/audited/curriculum.md"
printf -- '---\ntitle: The core\n---\n' >"$work/audited/core/course.md"
printf '# Seeing\n\n## One\n\nText.\n' >"$work/audited/core/01-seeing.md"
run agency add dcs --name 'North County CPS' --time-zone America/Chicago --data "$work/audit"
run user add ann@example.org --name 'Ann Ünal' --discipline judge --data "$work/audit"
run report completion --data "$work/audit" --content "$work/audited"
sqlite3 "$work/audit/crosstrain.db" "
    insert into completion select 1, 1, 'core', 'The core', 'seeing', 'Seeing', 'judge', hash, 91, 80, 1738281600
        from revision where path = 'core/01-seeing.md';
    insert into completion values(2, 1, 'core', 'The core', null, null, 'judge', '$(printf '%064d' 7)', 91, 80, 1738281600);
    insert into completion_part select 2, 'seeing', hash from revision where path = 'core/01-seeing.md';
    insert into certificate values('ABCDEFGHJKMNPQRS', 2, 'Ann Ünal', 'Judge', 80, 1738281600);"

today=$(date -u +%F)
run report audit --from 2025-01-01 --until "$today" --output "$work/pack.zip" --site https://training.example.org/ \
    --data "$work/audit" --content "$work/audited"
is "report audit" "$status $out" "0 "
is "report audit: for its owner alone" "$(stat -c %a "$work/pack.zip")" 600
unzip -tq "$work/pack.zip" >"$work/unzip.out" 2>&1 || fail "report audit: unzip -t: $(cat "$work/unzip.out")"
mkdir "$work/unpacked"
(cd "$work/unpacked" && unzip -q ../pack.zip)
cd "$work/unpacked/audit-2025-01-01-to-$today"
sha256sum -c --quiet manifest.sha256 >"$work/sums.out" 2>&1 || fail "report audit: sums: $(cat "$work/sums.out")"
is "report audit: no file without a sum" "$(find . -type f ! -name manifest.sha256 | wc -l)" "$(wc -l <manifest.sha256)"
is "report audit: the manifest for programs has the same sums" \
    "$(jq -r '.files[] | .sha256 + "  " + .path' manifest.json)" "$(grep -v manifest.json manifest.sha256)"
has "report audit: who completed what" "$(cat completions.csv)" "Ünal,Ann,ann@example.org"
# printf above wrote what b2sum is given here
set -- content/core/*
is "report audit: a text by its own sum" "$(b2sum -l 256 "$1" | cut -c 1-12).md" "${1##*@}"
has "report audit: which the table names" "$(cat completions.csv)" "$(b2sum -l 256 "$1" | cut -d ' ' -f 1)"
cd "$OLDPWD"
run certificate verify "$work"/unpacked/*/certificates/ABCD-EFGH-JKMN-PQRS.json --key "$work"/unpacked/*/certificate-key.txt \
    --data "$work/nowhere"
is "report audit: its certificates are confirmed by its key" "$status" 0
run certificate verify "$work"/unpacked/*/certificates/ABCD-EFGH-JKMN-PQRS.pdf --key "$work"/unpacked/*/certificate-key.txt \
    --data "$work/nowhere"
is "report audit: the PDF, too" "$status" 0

while IFS='|' read -r name want arguments says; do
    # The arguments are meant to be split.
    # shellcheck disable=SC2086
    run report audit --data "$work/audit" --content "$work/audited" --site https://x.example.org $arguments
    is "report audit: $name" "$status" "$want"
    has "report audit: $name: says why" "$err" "$says"
done <<CASES
without days|2|--output $work/x.zip|--from DAY and --until DAY
without a file|2|--from 2025-01-01 --until 2025-01-31|--output FILE.zip
no day|2|--from january --until 2025-01-31 --output $work/x.zip|unlike 'january'
backwards|1|--from 2025-02-01 --until 2025-01-31 --output $work/x.zip|ends before it begins
ahead|1|--from 2025-02-01 --until 2999-01-31 --output $work/x.zip|today at the latest
nobody's agency|1|--from 2025-01-01 --until 2025-01-31 --agency none --output $work/x.zip|agency
no folder|1|--from 2025-01-01 --until 2025-01-31 --output $work/none/x.zip|folder
a disk that is full|1|--from 2025-01-01 --until 2025-01-31 --output /dev/full/x.zip|/dev/full
no site|1|--from 2025-01-01 --until 2025-01-31 --site x --output $work/x.zip|https://
CASES
is "report audit: nothing is left of those" "$(find "$work" -name 'x.zip*')" ""
