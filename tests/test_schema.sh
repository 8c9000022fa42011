#!/bin/bash
# Every tree made of the corpus and of the seeds is valid: against the schema of
# Akoma Ntoso where that is at hand, and against the narrower one in src.
set -u
. "$SOURCE/tests/check.sh"

schema=$SHARED/akn/akomantoso30.xsd
profile=$SOURCE/src/clausier.rng
make_work

# The name of a tree keeps the folder of its text: corpus-resolution-fr.xml.
convert_all() {
    for text in "$SOURCE"/corpus/*/*.txt "$SHARED"/seeds/*.txt; do
        [ -e "$text" ] || continue
        name=$(basename "$(dirname "$text")")-$(basename "$text" .txt).xml
        "$CLAUSIER" convert -q "$text" -o "$work/$name" || fail "convert $text"
    done
}

# validate OPTION FILE: all trees at once, the schema is slow to load.
validate() {
    if xmllint --nonet --noout "$1" "$2" "$work"/*.xml >"$work/log" 2>&1; then
        echo "valid against $(basename "$2"): $(ls "$work"/*.xml | wc -l) trees"
    else
        grep -v ' validates$' "$work/log" | sed "s|$work/||" | head -40
        fail "$(basename "$2")"
    fi
}

needs xmllint
convert_all
if [ -e "$profile" ]; then
    validate --relaxng "$profile"
else
    fail "$profile is missing"
fi
if [ -e "$schema" ]; then
    validate --schema "$schema"
elif [ "$failed" -eq 0 ]; then
    skip "$schema is absent"
fi
[ "$failed" -eq 0 ]
