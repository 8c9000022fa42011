#!/bin/bash
# What is installed is all there, and works where it is moved to.
set -u
. "$SOURCE/tests/check.sh"

make_work

cmake --install "$BUILD" --prefix "$work/first" >"$work/log" 2>&1 ||
    fail "the installation: $(tail -3 "$work/log")"
mv "$work/first" "$work/moved"
for schema in "$SOURCE"/src/*.rng "$SOURCE"/src/*.schema.json; do
    cmp -s "$schema" "$work/moved/share/clausier/$(basename "$schema")" ||
        fail "$(basename "$schema") is not installed"
done
for grammar in "$SOURCE"/grammars/*.grammar; do
    cmp -s "$grammar" "$work/moved/share/clausier/grammars/$(basename "$grammar")" ||
        fail "$(basename "$grammar") is not installed"
done
for page in man1/clausier.1 man5/clausier-grammar.5; do
    [ -s "$work/moved/share/man/$page" ] || fail "$page is not installed"
done
[ -s "$work/moved/include/clausier.h" ] || fail 'the header is not installed'
"$work/moved/bin/clausier" tor -q "$SOURCE/tests/terms/whole.zh.txt" |
    grep -q '"JCA-BUOY"' || fail 'the program does not work where it was moved to'
[ "$failed" -eq 0 ]
