# shellcheck shell=sh disable=SC2154 # $status, $out, $err, $work are of tests/lib.sh
# import_strange.sh: the part of tests/cli/run about files as spreadsheets and people make them, for each of the three
# kinds: other encodings, semicolons, ends of lines, marks, quotes that nothing closes, the same twice.

bulk=$work/bulk
run user add ana@example.org --name Ana --discipline judge --data "$bulk" --content content
run agency add dcs --name DCS --data "$bulk"

for kind in people memberships completions; do
    case $kind in
    people) head='email,name,discipline' ana='ana@example.org,Ana,judge' ;;
    memberships) head='email,agency,from' ana='ana@example.org,dcs,2025-01-15' ;;
    completions) head='email,course,completed_on,source' ana='ana@example.org,for-judges,2025-03-01,Old' ;;
    esac
    file=$work/bulk.csv
    import() { run user import "$file" --what "$kind" --dry-run --data "$bulk" --content content; }

    printf '%s\n%s\n' "$head" "$ana" >"$file"
    import
    is "import of $kind: as it should be" "$status" 0
    fine=$out
    printf '%s\r\n%s\r\n' "$head" "$ana" >"$file"
    import
    is "import of $kind: ends of lines as on Windows" "$status $out" "0 $fine"
    printf '\357\273\277%s\n%s\n' "$head" "$ana" >"$file"
    import
    is "import of $kind: a byte order mark" "$status $out" "0 $fine"
    printf '%s\n%s\n' "$head" "$ana" | tr , ';' >"$file"
    import
    is "import of $kind: semicolons" "$status $out" "0 $fine"
    printf '%s\n%s' "$head" "$ana" >"$file"
    import
    is "import of $kind: no end of the last line" "$status $out" "0 $fine"
    printf '%s\nJos\351%s\n' "$head" "$ana" >"$file"
    import
    is "import of $kind: Latin-1" "$status" 1
    has "import of $kind: Latin-1 is named with its line" "$out" "bulk.csv:2: this line is not in UTF-8"
    { printf '\377\376' && printf '%s\n%s\n' "$head" "$ana" | sed 's/./&\x00/g;s/$/\x00/'; } >"$file"
    import
    is "import of $kind: UTF-16" "$status" 1
    has "import of $kind: UTF-16 is named" "$out" "this is UTF-16"
    printf '%s\n"%s\n%s\n' "$head" "$ana" "$ana" >"$file"
    import
    is "import of $kind: a quote that nothing closes" "$status" 1
    has "import of $kind: says on which line it begins" "$out" "bulk.csv:2:"
    printf '%s\n%s\n%s\n' "$head" "$ana" "$ana" >"$file"
    import
    is "import of $kind: the same twice" "$status" 1
    has "import of $kind: says which line" "$out" "bulk.csv:3:"
    : >"$file"
    import
    is "import of $kind: nothing in it" "$status" 1
done
