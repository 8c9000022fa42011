# What the scripts that try the program share; they source it.

failed=0

fail() {
    echo "FAILED: $*"
    failed=$((failed + 1))
}

# skip WHY: what cannot be tried here is no failure.
skip() {
    echo "skipped: $*"
    exit 77
}

# needs TOOL...
needs() {
    for tool; do
        command -v "$tool" >/dev/null || skip "there is no $tool"
    done
}

# unless_sanitized WHY
unless_sanitized() {
    [ -z "$SANITIZED" ] || skip "$*"
}

# A folder that goes with the script, in $work.
make_work() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
}
