#!/bin/bash
# Texts and trees that no person would write: the program ends, says so by its
# status, and what it writes is XML. How long it takes is printed, not judged.
# CLAUSIER_BIG=1 adds a text of 100 MB.
set -u
. "$SOURCE/tests/check.sh"

make_work
cd "$work" || exit
checks=0

# In KiB; a text that takes more shall be refused, not take the machine along.
# Sanitizers map far more than they use.
memory=4000000
if grep -qa __asan_init "$CLAUSIER"; then memory=unlimited; fi

seconds() {
    date +%s.%N
}

# convert NAME OPTION...: NAME.txt must become well-formed NAME.xml.
convert() {
    name=$1
    shift
    checks=$((checks + 1))
    begin=$(seconds)
    (ulimit -v $memory; exec timeout 60 "$CLAUSIER" convert -q "$@" \
        "$name.txt" -o "$name.xml") 2>err
    status=$?
    [ "$status" -eq 0 ] || fail "$name: exit status $status: $(head -2 err)"
    end=$(seconds)
    xmllint --huge --noout "$name.xml" 2>err || fail "$name: $(head -2 err)"
    awk -v a="$begin" -v b="$end" -v n="$name" -v s="$(stat -c %s "$name.txt")" \
        'BEGIN { printf "%-28s %10d bytes %8.2f s %8.2f MB/s\n",
                 n, s, b - a, s / 1e6 / (b - a) }'
}

# forms NAME: NAME.txt becomes all that convert makes of a text.
forms() {
    for form in json ndjson text html; do
        checks=$((checks + 1))
        timeout 60 "$CLAUSIER" convert -q -t $form --lang en "$1.txt" -o out ||
            fail "$1 as $form: exit status $?"
    done
}

# repeat COUNT WORD: the word so many times on one line.
repeat() {
    yes "$2" | head -n "$1" | tr -d '\n'
}

needs xmllint

# ---- little --------------------------------------------------------------------

: >empty.txt
convert empty
printf '\n\n \t \n' >blank.txt
convert blank
printf 'Text' >line.txt
convert line
printf '1' >label.txt
convert label --lang en
printf 'Lorem ipsum dolor.\nSit amet.\n' >unknown.txt
convert unknown
printf '1\tText \0 with \0\0 zeros.\n\0\0\n2\tText.\n' >zeros.txt
convert zeros --lang en
head -c 4096 /dev/zero >allzero.txt
convert allzero
head -c 65536 /dev/urandom >noise.txt
convert noise
printf '\xff\xfe' >mark.txt
convert mark
printf '[footnoteRef:1][footnoteRef:1][1: [1: [1: a' >brackets.txt
convert brackets --lang en
printf '\t\n\t\n\n\t\n' >cells.txt
convert cells

# ---- much on one line, in two sizes: the time should double ----------------------

for million in 5 10; do
    repeat $((million * 1000000 / 8)) 'abcdefgh' >ascii-$million.txt
    convert ascii-$million --lang en
    repeat $((million * 1000000 / 8)) 'abc def ' >words-$million.txt
    convert words-$million --lang en
    repeat $((million * 1000000 / 12)) '潮汐研究' >han-$million.txt
    convert han-$million --lang zh
    repeat $((million * 1000000 / 10)) '（１．１）' >wide-$million.txt
    convert wide-$million --lang zh
    repeat $((million * 100000 / 10)) '[[[[[[[[[[' >open-$million.txt
    convert open-$million --lang en
    repeat $((million * 100000 / 4)) '[1: ' >unclosed-$million.txt
    convert unclosed-$million --lang en
    repeat $((million * 100000 / 4)) "$(printf '\u0301\u0323')" >marks-$million.txt
    convert marks-$million --lang en
    repeat $((million * 100000 / 18)) 'see clause 2.1 or ' >refs-$million.txt
    convert refs-$million --lang en
    repeat $((million * 100000 / 20)) 'x[footnoteRef:1] y ' >calls-$million.txt
    convert calls-$million --lang en
    { printf '1\tTides[footnoteRef:1] rise. [1: All of them.]\n2\t'
      repeat $((million * 100000 / 7)) 'tides1 '; } >again-$million.txt
    convert again-$million --lang en
done

# ---- many lines ------------------------------------------------------------------

for thousand in 50 100; do
    count=$((thousand * 1000))
    seq 1 $count | sed 's/.*/&\tThe point is here./' >clauses-$thousand.txt
    convert clauses-$thousand --lang en
    for i in $(seq 1 6); do echo "a)"; echo "i)"; echo "1)"; echo "•"; done |
        sed 's/$/\ttext:/' >round
    yes "$(cat round)" | head -n $count >nested-$thousand.txt
    convert nested-$thousand --lang en
    yes '–	text;' | head -n $count >bullets-$thousand.txt
    convert bullets-$thousand --lang en
    yes "$(printf '\tcell\n\tcell\n')" | head -n $count >table-$thousand.txt
    convert table-$thousand --lang en
    yes 'A line that goes on and' | head -n $count >joined-$thousand.txt
    convert joined-$thousand --lang en
    yes -- '- 2 -' | head -n $count >pages-$thousand.txt
    convert pages-$thousand --lang en
    yes "$(printf 'ANNEX 1\n\nTitle\n1\tText.\n')" |
        head -n $((count / 10)) >annexes-$thousand.txt
    convert annexes-$thousand --lang en
    forms annexes-$thousand
    yes "$(printf 'Table 1 – Tides\n\nSee Table 1 of Annex A.\n')" |
        head -n $((count / 10)) >captions-$thousand.txt
    convert captions-$thousand --lang en
    { printf '1\tText.\n'; yes 'a)	a text, see item zz) of clause 1;'; } |
        head -n $((count / 10)) >items-$thousand.txt
    convert items-$thousand --lang en
    yes "$(printf 'The tides1 rise.\n____\n1 All of them.\n____\n1 None.\n')" |
        head -n $count >drawn-$thousand.txt
    convert drawn-$thousand --lang en
    { printf 'Dear Sir,\n\nText.\n\nYours faithfully,\n\n'; yes '[seal]'; } |
        head -n $count >seals-$thousand.txt
    convert seals-$thousand --lang en
    yes "$(printf 'As clause 5 above says.\n\nText.\n')" |
        head -n $count >above-$thousand.txt
    convert above-$thousand --lang en
done
printf '1%s\tText\n' "$(repeat 99999 '.1')" >components.txt
convert components --lang en
for depth in $(seq 1 300); do
    printf '1%s\tThe point is here.\n' "$(repeat "$depth" '.1')"
done >deep.txt
convert deep --lang en
if [ "${CLAUSIER_BIG:-}" = 1 ]; then
    for i in $(seq 1 2500000); do echo "$i	The point number $i is here."; done \
        >big.txt
    convert big --lang en
fi

# ---- a grammar that would take for ever ------------------------------------------

mkdir grammars
cat >grammars/slow.grammar <<'EOF'
language eng

clause slow
    match   ^ (?<num> (?: a+ )+ ) \h (?<text> .* ) $
    yes     aaa text
EOF
for i in $(seq 1 200); do echo "$(repeat 5000 a)b"; done >slow.txt
convert slow --grammar-dir grammars --lang en
"$CLAUSIER" convert --grammar-dir grammars --lang en slow.txt >/dev/null 2>err
grep -q 'match-limit' err || fail 'a match that is given up is not reported'

# ---- trees in which nothing is where it is looked for ------------------------------

akn='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'
cat >none.xml <<EOF
<akomaNtoso xmlns="$akn"><statement name="a"><p>Only words.</p><section>
<num>1</num><heading>Terms of reference</heading></section></statement></akomaNtoso>
EOF
cat >hollow.xml <<EOF
<akomaNtoso xmlns="$akn"><doc/></akomaNtoso>
EOF
for one in none hollow; do
    for two in none hollow; do
        for command in align diff tor; do
            checks=$((checks + 1))
            "$CLAUSIER" $command -q $one.xml $two.xml >out 2>err
            status=$?
            [ "$status" -le 1 ] ||
                fail "$command $one $two: exit status $status: $(head -2 err)"
        done
    done
done

echo "$checks texts, $failed failed"
[ "$failed" -eq 0 ]
