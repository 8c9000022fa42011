#!/bin/bash
# Every tree made of the corpus, of the texts of the specification and of the
# seeds is valid: against the schema of Akoma Ntoso where that is at hand, and
# against the narrower one in src.
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

# The texts of the specification, each as a file of its own: fr/wraps-12.txt.
split_spec() {
    awk -v to="$work/spec" '
        FNR == 1 { name = FILENAME; sub(/.*\//, "", name); sub(/\.txt$/, "", name) }
        /^=== / {
            lang = match($0, /lang=[a-z]+/) ? substr($0, RSTART + 5, RLENGTH - 5) : "en"
            if (!made[lang]++) system("mkdir -p " to "/" lang)
            file = to "/" lang "/" name "-" ++count[name] ".txt"
            printf "" >file
            next
        }
        /^---$/ { if (file) close(file); file = "" }
        file { print >file }' "$SOURCE"/tests/spec/*.txt
}

convert_spec() {
    for texts in "$work"/spec/*/; do
        "$CLAUSIER" convert -q --lang "$(basename "$texts")" \
            --output-dir "$work" "$texts"*.txt || fail "convert $texts"
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
split_spec
convert_spec
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
