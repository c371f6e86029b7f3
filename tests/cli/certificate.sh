# tests/cli/certificate.sh: the part of tests/cli/run about `crosstrain certificate`, for `.`.
# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh

run user add cert@example.org --name 'Zoë Ünal' --discipline judge --data "$work/certs"
run certificate list --data "$work/certs" --format json
is "certificate list: none" "$status $out" "0 []"
sqlite3 "$work/certs/crosstrain.db" "
    insert into completion values(1, 1, 'core', 'The core: a course', null, null, 'judge', '$(printf '%064d' 7)', 91, 80, 1738281600);
    insert into certificate values('ABCDEFGHJKMNPQRS', 1, 'Zoë Ünal', 'Judge', 150, 1738281600);
    insert into certificate_term values('ABCDEFGHJKMNPQRS', 1);"
run certificate list --data "$work/certs" --person CERT@example.org --format json
is "certificate list: what it is worth; January 31 and a month" \
    "$(printf '%s' "$out" | jq -c '.[0] | [.certificate_code, .certificate_name, .status, .issued_on, .expires_on, .minutes, .score]')" \
    '["ABCD-EFGH-JKMN-PQRS","Zoë Ünal","expired","2025-01-31","2025-02-28",150,91]'
run certificate list --data "$work/certs" --course other --format csv
is "certificate list: of a course" "$(printf '%s\n' "$out" | wc -l)" 1
run user set-certificate-name cert@example.org 'Zoë Demir' --data "$work/certs"
is "user set-certificate-name" "$status" 0
run user set-certificate-name cert@example.org '' --data "$work/certs"
is "user set-certificate-name: no name" "$status" 1
run certificate document abcd-efgh-jkmn-pqrs --output "$work/cert.json" --data "$work/certs" --content content
is "certificate document" "$status" 0
is "the document has the new name under the old code" \
    "$(jq -c '.certificate | [.certificate_code, .certificate_name, .issued_on, .expires_on, .minutes]' "$work/cert.json")" \
    '["ABCD-EFGH-JKMN-PQRS","Zoë Demir","2025-01-31","2025-02-28",150]'
is "the key is its owner's alone" "$(stat -c %a "$work/certs/crosstrain.key")" 600
run certificate verify "$work/cert.json" --data "$work/certs"
is "certificate verify: by the site's own key" "$status" 0
has "certificate verify: tells what it says" "$out" "certificate_name: Zoë Demir"
run certificate key --data "$work/certs"
key=${out%% *}
printf '%s\n' "$out" >"$work/keys.txt"
run certificate verify "$work/cert.json" --key "$key" --data "$work/nowhere"
is "certificate verify: without the site" "$status" 0
run certificate verify "$work/cert.json" --key "$work/keys.txt" --data "$work/nowhere"
is "certificate verify: by a file of keys" "$status" 0
run certificate verify "$work/cert.json" --data "$work/nowhere"
is "certificate verify: by nobody's key" "$status" 1
has "certificate verify: says where to find the key" "$err" "/certificates/key"
sed 's/Zoë Demir/Eve Demir/' "$work/cert.json" >"$work/forged.json"
run certificate verify "$work/forged.json" --key "$key"
is "certificate verify: another name" "$status$out" 1
has "certificate verify: another name, said" "$err" "signature: "
# As anybody can who has other tools: the bytes by jq, Ed25519 by node.
{ echo crosstrain-certificate-1; jq -cjS .certificate "$work/cert.json"; } >"$work/signed-bytes"
is "jq gives the signed bytes, and another program confirms them" "$(node -e '
    const { createPublicKey, verify } = require("node:crypto");
    const [bytes, document, key] = process.argv.slice(1);
    const read = require("node:fs").readFileSync;
    const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(key, "base64")]);
    const signature = Buffer.from(JSON.parse(read(document)).signature.value, "base64");
    console.log(verify(null, read(bytes), createPublicKey({ key: der, format: "der", type: "spki" }), signature));
' "$work/signed-bytes" "$work/cert.json" "$key")" true
run certificate pdf ABCDEFGHJKMNPQRS --output "$work/cert.pdf" --site https://training.example.org/ \
    --data "$work/certs" --content content
is "certificate pdf" "$status" 0
has "certificate pdf: is tagged" "$(pdfinfo "$work/cert.pdf")" "Tagged:          yes"
has "certificate pdf: says where to check it" "$(pdftotext -raw "$work/cert.pdf" -)" \
    "https://training.example.org/certificates/ABCD-EFGH-JKMN-PQRS"
run certificate verify "$work/cert.pdf" --key "$key"
is "certificate verify: the PDF" "$status" 0
run certificate pdf ABCDEFGHJKMNPQRS --output "$work/again.pdf" --site https://training.example.org \
    --data "$work/certs" --content content
if cmp -s "$work/cert.pdf" "$work/again.pdf"; then pass; else fail "certificate pdf: the same bytes again"; fi
run certificate pdf ABCDEFGHJKMNPQRS --output "$work/a.pdf" --data "$work/certs" --content content
is "certificate pdf: no site" "$status" 1
has "certificate pdf: no site, said" "$err" "--site"
run certificate key --rotate --data "$work/certs"
is "certificate key --rotate: the old one stays listed" "$(printf '%s\n' "$out" | sed -n 2p | cut -d' ' -f1-3,4)" \
    "$key since $(date -u +%F) until"
run certificate verify "$work/cert.json" --data "$work/certs"
is "certificate verify: what the old key signed" "$status" 0
run certificate revoke ABCDEFGHJKMNPQRS --data "$work/certs"
is "certificate revoke: no reason" "$status" 2
run certificate revoke ABCD-EFGH-JKMN-PQRS --reason 'Wrong person' --data "$work/certs"
is "certificate revoke" "$status" 0
run certificate revoke ABCD-EFGH-JKMN-PQRS --reason 'Wrong person' --data "$work/certs"
is "certificate revoke: once" "$status" 1
run certificate list --data "$work/certs" --format json
is "certificate list: a revoked one" "$(printf '%s' "$out" | jq -c '.[0] | [.status, .revoked_on, .revoke_reason]')" \
    "[\"revoked\",\"$(date -u +%F)\",\"Wrong person\"]"
run certificate document ABCDEFGHJKMNPQRS --data "$work/certs" --content content
is "certificate document: a revoked one" "$status$out" 1
run certificate document AAAABBBBCCCCDDDD --data "$work/certs" --content content
is "certificate document: no such code" "$status" 1
chmod 644 "$work/certs/crosstrain.key"
run certificate key --data "$work/certs"
is "certificate key: one that others can read" "$status$out" 1
for call in '' 'nonsense' 'list x' 'verify' 'pdf ABCD' 'key --format xml'; do
    # The call is meant to be split into words.
    # shellcheck disable=SC2086
    run certificate $call
    is "certificate $call: called wrongly" "$status" 2
done
