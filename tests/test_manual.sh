#!/bin/bash
# The manual pages tell of all that there is: commands, options and codes of the
# program, kinds and captures of grammars.
set -u
. "$SOURCE/tests/check.sh"

# tells PAGE WHAT NAME: the page has a paragraph of its own for it.
tells() {
    grep -qE -- "^\.It (.* )?$3( |\$)" "$SOURCE/$1" || fail "$1: no $2 $3"
}

# names FILE TABLE: the strings in a table of C.
names() {
    sed -n "/ $2\[/,/^};/p" "$SOURCE/src/$1" | grep -o '= "[a-z_]*"' | tr -d '= "'
}

kinds=$(names grammar.c kind_names)
captures=$(names compile.c capture_names)
for name in $kinds $captures; do
    tells grammars/grammar.5 'kind or capture' "$name"
done
[ "$(echo "$kinds" | wc -l)" -gt 20 ] || fail 'the source shows no kinds'
[ "$(echo "$captures" | wc -l)" -gt 20 ] || fail 'the source shows no captures'
for code in $(sed -n 's/.* \[\([a-z0-9-]*\)\]$/\1/p' \
    "$SOURCE"/tests/diagnostics/*.err | sort -u); do
    tells src/clausier.1 code "$code"
done
for command in convert get align diff tor check explain; do
    tells src/clausier.1 command "$command"
    for option in $("$CLAUSIER" "$command" --help |
        sed -n 's/^  .*--\([a-z-]*\).*/\1/p'); do
        tells src/clausier.1 option "-$option"
    done
done
[ "$failed" -eq 0 ]
