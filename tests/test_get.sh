#!/bin/bash
# What clausier get makes of the names that people give clauses, in three
# languages, over corpus and real documents: the eIds that are found, what else
# goes by the name, what is near to a name that leads nowhere.
set -u
. "$SOURCE/tests/check.sh"

needs jq xmllint
make_work
checks=0

# The trees are made once; get reads them faster than texts.
for file in "$SOURCE"/corpus/*/*.txt "$SHARED"/seeds/*.txt; do
    [ -e "$file" ] || continue
    name=$(basename "$(dirname "$file")")-$(basename "$file" .txt)
    "$CLAUSIER" convert -q "$file" -o "$work/$name.xml" || fail "convert $file"
done
cp "$SOURCE"/tests/get/*.xml "$work"
printf '1\tالنطاق\n1.1\tالأول.\n2.1\tالثاني.\n2\tالأهداف\n1.2\tالأول.\n2.2\tالثاني.\n3.2\tالثالث.\n' |
    "$CLAUSIER" convert -q --lang ar - -o "$work/arabic-turned.xml"
printf 'RESOLUTION 90\nGauges\nThe Council,\nresolves\n1\tto read.\nANNEX 1 TO RESOLUTION 90 (Rev. Utopia, 2031)\nPlaces\n1\tBay\nText.\n2\tPort\nText.\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/annex-of-text.xml"

printf 'Ref: TSB Circular 12\n1\tOne.\n2\tTwo:\na)\tred;\nb)\tblue.\nANNEX\nRules\nArticle 1\nName\nNone.\nArticle 2\nUse\n1\tSome.\n2\tMore:\na)\tby day;\nb)\tby night.\nArticle 3\nEnd\nNone.\nAPPENDIX I\nForm\n1\tName\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/rules.xml"

printf 'Ref: TSB Circular 12\nI.\tFirst\n1\tOne.\nII.\tSecond\n2\tTwo.\nANNEX\nRules\nPart one\nOld\n1\tRed.\n2\tBlue.\nPart two\nNew\n1\tWhite.\n2\tGreen.\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/parted.xml"

printf 'Ref: TSB Circular 12\n\n1\tOne.\n\n2\tTwo:\n\na)\tred:\n\n1)\tdark;\n\n2)\tpale;\n\nb)\tblue.\n\nNOTE 1 – Some.\n\nANNEX\nPlaces\n\n1\tBays\n\n1.1\tOpen.\n\n2\tPorts\n\n2.1\tDeep.\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/noted.xml"

printf 'Ref: TSB Circular 12\n\n1\tSee Annexes 1 and 2.\n\nANNEX 1\nBays\n\nTable 1 – Old\n\nName\tWide\n\nSouth\t3\n\nANNEX 2\nPorts\n\nTable 1 – New\n\nName\tDeep\n\nNorth\t2\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/two-tables.xml"

printf 'Rules of procedure\nRule 1\nMembers\n1. Members are keepers.\n2. Others are:\n(a) pilots;\n(b) guests.\nRule 2\nSessions\n1. One is held.\n2. Two may be.\nANNEX\nForms\nSection A\nOld\n1. Red\nSection B\nNew\n2. Blue\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/procedure.xml"
printf '1\tПервый.\n2\tВторой.\nПРИЛОЖЕНИЕ\nШлюзы\n1\tКрасный.\n2\tСиний.\n' |
    "$CLAUSIER" convert -q --lang ru - -o "$work/annexed-ru.xml"

printf 'Ref: TSB Circular 12\n\nI.\tFirst\n\nA.\tRed\n\n1\tOne.\n\nB.\tBlue\n\n2\tTwo.\n\nANNEX A\nPlaces\n\n1\tBays\n\n1.4\tOpen.\n\nANNEX B\nPorts\n\nThe work is:\n\n1)\tto read;\n\n2)\tto tell.\n\nAPPENDIX\nForm\n\n1\tName\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/nested.xml"

printf 'Ref: TSB Circular 12\n\n1\tOne.\n\n2\tTwo:\n\na)\tred;\n\nb)\tblue.\n\nANNEX 1\nQuestionnaire\n\nQuestion 1\tWhich bays?\n\nQuestion 2\tState:\n\n(a)\tthe name;\n\n(b)\tthe depth.\n' |
    "$CLAUSIER" convert -q --lang en - -o "$work/asked.xml"

# found: one object, or an array of several
found() {
    jq -r '[if type == "array" then .[] else . end | .eId // .kind] |
        join(" ")'
}

# In each line: document, name, the eIds that are found; behind "also", what
# goes by the same name; behind "near", what is near, and the status is 1.
while IFS='|' read -r document name wanted; do
    case $document in '' | '#'*) continue ;; esac
    name=${name# } name=${name% } wanted=${wanted# }
    file=$work/${document// /}.xml
    [ -e "$file" ] || continue # of the real documents
    checks=$((checks + 1))
    "$CLAUSIER" get -t json "$file" "$name" >"$work/out" 2>"$work/err"
    status=$?
    got=$(found <"$work/out")
    ids=$(awk '/is the name of these/ { printf " also" }
        /the nearest:$/ { printf " near" }
        /^  / { if (match($0, /(sec|att|preface|body|item|chp|art)[^ ]*/))
            printf " %s", substr($0, RSTART, RLENGTH) }' "$work/err")
    got="$got$ids"
    [ -n "$got" ] || got=nothing
    [ "${got# }" = "$wanted" ] ||
        fail "$document| $name | $wanted: got ${got# }; $(head -1 "$work/err")"
    case $wanted in
    *near* | nothing) [ $status -eq 1 ] ;;
    *) [ $status -eq 0 ] ;;
    esac || fail "$document| $name: exit status $status"
done <"$SOURCE/tests/get/names"

# The forms of an answer.
file=$work/circular-annexes-fr.xml
get() {
    "$CLAUSIER" get -q "$@" >"$work/out" 2>"$work/err"
}
get "$file" 'clauses 2.1 à 2.3' -t xml &&
    [ "$(xmllint --xpath 'count(/*[local-name() = "portionBody"]/*)' \
        "$work/out")" -eq 3 ] || fail "get -t xml of three clauses"
get "$file" 2.1 -t xml &&
    [ "$(xmllint --xpath 'string(/*/@eId)' "$work/out")" = sec_2-1 ] ||
    fail "get -t xml of one clause"
get "$file" 'annexe 1' -t ndjson &&
    jq -es 'length > 5 and all(.part == "annex 1")' <"$work/out" >/dev/null ||
    fail "get -t ndjson of an annex"
get "$SOURCE/corpus/circular-annexes/fr.txt" 2.1 && grep -q '^2\.1 ' "$work/out" ||
    fail "get from a text"
get "$file" 2.1 -t json -o "$work/file" && [ ! -s "$work/out" ] &&
    jq -e '.label == "2.1"' "$work/file" >/dev/null || fail "get -o"
get "$file" 99 -o "$work/none"
[ $? -eq 1 ] && [ ! -e "$work/none" ] || fail "a miss leaves a file"
# A word that no rule knows is said to be one.
"$CLAUSIER" get "$file" 'banane 2.1' >"$work/out" 2>"$work/err" &&
    grep -q '^2\.1 ' "$work/out" && grep -q 'not all words' "$work/err" ||
    fail "get of a word that is not known"
"$CLAUSIER" get "$file" 'point 2.1' 2>&1 >"$work/out" | grep -q 'not all words' &&
    fail "get of a word that is known"
get - 2.1 <"$file" && grep -q '^2\.1 ' "$work/out" || fail "get -"
for wrong in "$file" "$file 1 2" "$work/absent 1" "-t html $file 1"; do
    get $wrong
    [ $? -eq 2 ] && [ -s "$work/err" ] || fail "get $wrong"
done
get "$file" ''
[ $? -eq 2 ] || fail "an empty name"
for odd in "$(printf '\377\376')" '((((((((((' '第第第第' '§§§§ § §' '2.' '.2' \
    '0' '999999999999999999999' '-1' '#' '#sec_2#' '附件' 'annex' 'to' 'a b c d' \
    "$(printf 'clause 1 %.0s' $(seq 100))" "$(printf '%.0s1.' $(seq 400))"; do
    "$CLAUSIER" get -q "$file" -- "$odd" >"$work/out" 2>"$work/err"
    [ $? -le 1 ] || fail "the name $odd: $(head -1 "$work/err")"
done
echo "$checks names"
[ "$failed" -eq 0 ] && [ "$checks" -gt 50 ]
