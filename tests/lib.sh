# tests/lib.sh: what the shell suites share; for `.`. Needs $part, the suite's name. Sets $top, $bin (the
# program: CT_BIN or the build of the tests) and $work, a folder that goes away at the end.
# shellcheck shell=bash
top=$(pwd)
bin=${CT_BIN:-$top/build/dev/crosstrain}
[ -x "$bin" ] || {
    echo "There is no program at $bin to test; sh tests/run builds it."
    exit 1
}
work=$(mktemp -d)
passed=0
failed=0
pids=

at_end() {
    for pid in $pids; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap at_end EXIT
trap 'exit 130' INT TERM

pass() { passed=$((passed + 1)); }

# fail NAME EXPLANATION
fail() {
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$1"
    printf '%s\n' "${2:-}" | head -n 30 | sed 's/^/    /'
}

# is NAME GOT WANT
is() {
    if [ "$2" = "$3" ]; then pass; else fail "$1" "got:  $2
want: $3"; fi
}

# has NAME TEXT PART: the part as it stands, no pattern.
has() {
    case $2 in
    *"$3"*) pass ;;
    *) fail "$1" "not in it: $3
text: $2" ;;
    esac
}

# lacks NAME TEXT PART
lacks() {
    case $2 in
    *"$3"*) fail "$1" "in it: $3
text: $2" ;;
    *) pass ;;
    esac
}

# run ARGUMENT...: runs the program; what it said is then in $out and $err, its exit status in $status.
run() {
    status=0
    "$bin" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
    out=$(cat "$work/out")
    err=$(cat "$work/err")
}

# until_true SECONDS COMMAND...: tries again, ten times a second.
until_true() {
    tries=$(($1 * 10))
    shift
    while ! "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

# serve ARGUMENT...: starts a server on a free port. $site is then its address and $pid its process; what it
# says is in $work/serve.out and $work/serve.err. False if it does not come up.
serve() {
    : >"$work/serve.out"
    "$bin" serve --listen 127.0.0.1:0 "$@" >"$work/serve.out" 2>"$work/serve.err" </dev/null &
    pid=$!
    pids="$pids $pid"
    until_true 30 grep -q ' at http' "$work/serve.out" || {
        cat "$work/serve.out" "$work/serve.err"
        return 1
    }
    site=$(sed -n 's/^crosstrain serves .* at \(http.*\)$/\1/p' "$work/serve.out")
}

# unserve: ends it as a service manager would; its exit status is in $status.
unserve() {
    kill -TERM "$pid"
    status=0
    wait "$pid" || status=$?
    pids=$(printf '%s' "$pids" | sed "s/ $pid\$//")
}

finish() {
    echo "$part: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
