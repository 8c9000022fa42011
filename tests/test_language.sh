#!/bin/bash
# A language is added with a grammar alone: Portuguese, which the library does
# not know, is read with one file beside those that are there.
set -u
. "$SOURCE/tests/check.sh"

make_work

has() {
    grep -qF -- "$1" "$work/pt.xml" || fail "the tree does not have $1"
}

mkdir "$work/grammars"
cp "$SOURCE"/grammars/*.grammar "$SOURCE"/tests/language/pt.grammar \
    "$work/grammars"
"$CLAUSIER" check -q --grammar-dir "$work/grammars" pt ||
    fail 'the examples of the new grammar'
"$CLAUSIER" check -q --grammar-dir "$work/grammars" ||
    fail 'the examples of all grammars together'
"$CLAUSIER" convert --strict --date 2021-04-20 --grammar-dir "$work/grammars" \
    "$SOURCE/tests/language/pt.txt" -o "$work/pt.xml" || fail 'the conversion'

has '<FRBRlanguage language="por"/>'
has 'xml:lang="pt"'
has '<docTitle>Novo grupo sobre as marés</docTitle>'
has 'class="salutation"'
has 'eId="sec_2__list_1__item_b"'
has '<date date="2021-05-03">3 de maio de 2021</date>'
has 'href="#sec_2" src:status="resolved">ponto 2</ref>'
has 'href="#att_1" src:status="resolved">Anexo 1</ref>'
has 'class="note"'
has '<p class="closing"'
has '<person refersTo="#signatory"'
has '>Ana Exemplo</person>'
has 'class="enclosure"'
has '<docNumber>ANEXO 1</docNumber>'
has 'class="parent"'
has 'href="#att_1__sec_1" src:status="resolved">ponto 1</ref>'
has 'eId="att_1__sec_2"'
has 'eId="att_2__chp_1"'
has 'eId="att_2__chp_2"'

# The languages that were there are found as before.
for language in ar:ara en:eng es:spa fr:fra ru:rus zh:zho; do
    "$CLAUSIER" convert -q --grammar-dir "$work/grammars" \
        "$SOURCE/corpus/circular-annexes/${language%:*}.txt" -o "$work/other.xml"
    grep -q "language=\"${language#*:}\"" "$work/other.xml" ||
        fail "$language is taken for another language"
done
# Han characters between those of Japanese are not Chinese.
cat >"$work/ja.txt" <<'END'
国際電気通信連合
1	新しいグループが設立されたことをお知らせします。
2	メンバーは以下を行うものとします。
END
"$CLAUSIER" convert -q "$work/ja.txt" -o "$work/other.xml"
grep -q 'language="jpn"' "$work/other.xml" || fail 'Japanese is taken for another'

# A language without a grammar gets its name, and its dates, from a few words; none does from one word.
"$CLAUSIER" convert -q "$SOURCE/tests/language/pt.txt" -o "$work/pt.xml"
has '<FRBRlanguage language="por"/>'
has '<date date="2021-05-03">3 de maio de 2021</date>'
cat >"$work/ca.txt" <<'END'
1	El grup es reunirà amb els membres que són convidats per carta.
2	Les contribucions dels membres es publicaran, i aquest any també els informes.
END
"$CLAUSIER" convert -q "$work/ca.txt" -o "$work/other.xml"
grep -q 'language="cat"' "$work/other.xml" || fail 'Catalan is taken for another'
printf '1\tund\n2\tund und\n3\tund und und\n' >"$work/one.txt"
"$CLAUSIER" convert -q "$work/one.txt" -o "$work/other.xml"
grep -q 'language="und"' "$work/other.xml" || fail 'one word names a language'
[ "$failed" -eq 0 ]
