#!/bin/bash
# What align writes for other programs is valid, and gives the beads and the
# differences back: of the corpus in pairs and threes, of the seeds where they
# are at hand, and of hostile texts.
set -u
. "$SOURCE/tests/check.sh"

make_work

# export_all NAME FILE FILE...
export_all() {
    local name=$1 form
    shift
    local forms="tsv xml tmx xliff12"
    [ $# -gt 2 ] || forms="$forms xliff"
    for form in $forms; do
        "$CLAUSIER" align -q -t "$form" -o "$work/out/$name.$form" "$@" ||
            fail "align -t $form $*"
    done
}

# validate FORM OPTION SCHEMA: all files of a form at once.
validate() {
    if xmllint --nonet --huge --noout "$2" "$3" "$work"/out/*."$1" \
        >"$work/log" 2>&1; then
        echo "valid against $(basename "$3"): $(ls "$work"/out/*."$1" | wc -l)"
    else
        grep -v ' validates$' "$work/log" | head -20
        fail "$1 is not valid against $(basename "$3")"
    fi
}

# The schemas of OASIS, as a package of Debian carries them, with what they
# import beside them.
schemas() {
    oasis=/usr/share/php/Symfony/Component/Translation/Resources/schemas
    [ -e "$oasis/xliff-core-2.0.xsd" ] || {
        fail "the schemas of XLIFF are missing: $oasis"
        return
    }
    mkdir -p "$work/xsd/informativeCopiesOf3rdPartySchemas/w3c"
    cp "$oasis"/*.xsd "$SOURCE/tests/exchange/its.xsd" "$work/xsd"
    cp "$oasis/xml.xsd" "$work/xsd/informativeCopiesOf3rdPartySchemas/w3c"
    sed -i 's|schemaLocation="http://www.w3.org/2001/xml.xsd"|schemaLocation="xml.xsd"|' \
        "$work/xsd/xliff-core-1.2-strict.xsd"
    cat >"$work/xsd/xliff-1.2-its.xsd" <<'XSD'
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="urn:oasis:names:tc:xliff:document:1.2"
      schemaLocation="xliff-core-1.2-strict.xsd"/>
  <xs:import namespace="http://www.w3.org/2005/11/its" schemaLocation="its.xsd"/>
</xs:schema>
XSD
}

# Markup, controls, directions, ten thousand differences, a name that is no
# text, a language without a grammar.
hostile() {
    python3 "$SOURCE/tests/exchange/hostile.py" "$work" || fail "hostile.py"
    local name
    name=$(printf '%s/\033\377<&".txt' "$work")
    cp "$work/odd.fr.txt" "$name"
    export_all hostile-odd "$work/odd.en.txt" "$work/odd.fr.txt"
    export_all hostile-name "$work/odd.en.txt" "$name"
    export_all hostile-many "$work/many.en.txt" "$work/many.fr.txt"
    export_all hostile-empty "$work/empty.en.txt" "$work/empty.en.txt"
    export_all arabic "$work/odd.en.txt" "$SOURCE/tests/exchange/arabic.xml"
    export_all hostile-revision "$work/odd.en.txt" "$work/odd.en.txt"
}

# The same versions give the same bytes.
same_again() {
    for form in xml tmx xliff xliff12 html; do
        for n in 1 2; do
            "$CLAUSIER" align -q -t "$form" -o "$work/again.$n" \
                "$SOURCE"/corpus/meeting-report/{fr,zh}.txt ||
                fail "align -t $form"
        done
        cmp -s "$work/again.1" "$work/again.2" || fail "$form differs"
    done
}

needs xmllint python3 omegat
mkdir "$work/out"
for folder in "$SOURCE"/corpus/*/; do
    name=$(basename "$folder")
    export_all "$name-fr-zh" "$folder"/{fr,zh}.txt
    export_all "$name-en-fr" "$folder"/{en,fr}.txt
    export_all "$name-en-fr-zh" "$folder"/{en,fr,zh}.txt
done
for french in "$SHARED"/seeds/000*.txt; do
    [ -e "$french" ] || continue
    export_all seeds "$french" "$SHARED"/seeds/001*.txt
done
hostile
same_again
"$CLAUSIER" align -q -t xliff -o "$work/three.xlf" \
    "$SOURCE"/corpus/resolution/{en,fr,zh}.txt 2>"$work/log"
[ $? -eq 2 ] && grep -q xliff12 "$work/log" && [ ! -e "$work/three.xlf" ] ||
    fail "three versions should be too many for XLIFF 2.1"

cp "$SOURCE/tests/alignment/pair.xml" "$work/out/by-hand.xml"
schemas
validate xml --relaxng "$SOURCE/src/alignment.rng"
validate tmx --relaxng "$SOURCE/tests/exchange/tmx14.rng"
validate xliff --relaxng "$SOURCE/tests/exchange/xliff21.rng"
validate xliff --schema "$work/xsd/xliff-core-2.0.xsd"
validate xliff12 --schema "$work/xsd/xliff-1.2-its.xsd"
python3 "$SOURCE/tests/exchange/beads.py" "$work/out" || fail "beads.py"
python3 "$SOURCE/tests/exchange/omegat.py" "$work/out/meeting-report-fr-zh.tmx" \
    fr zh "$work/omegat-two" || fail "omegat.py"
python3 "$SOURCE/tests/exchange/omegat.py" "$work/out/resolution-en-fr-zh.tmx" \
    fr zh "$work/omegat-three" || fail "omegat.py"
[ "$failed" -eq 0 ]
