#!/bin/bash
# A version that follows another one says what its clauses are called there.
set -u
. "$SOURCE/tests/check.sh"

needs xmllint
make_work
cd "$work" || exit

cat >en.txt <<'EOF'
TSB Circular 9
Geneva, 3 May 2024
Subject: Meeting of the new group
Dear Sir/Madam,
1	The group meets in room H of the tower from 0930 hours.
2	Members register before 1 April 2024.
3	The programme of 21 May 2024 consists of:
a)	the opening by the Director;
b)	the reports on H.264.
4	Questions go to new-group@example.org.
ANNEX 1
Programme
1	The meeting ends at 1730 hours.
ANNEX 2
Hotels
1	There are 300 rooms at 95 francs.
EOF
cat >fr.txt <<'EOF'
Circulaire TSB 9
Genève, le 3 mai 2024
Objet: Réunion du nouveau groupe
Madame, Monsieur,
1	Le groupe se réunit dans la salle H de la tour à partir de 9 h 30.
2	Le programme du 21 mai 2024 comprend:
a)	l'ouverture par le Directeur;
b)	les rapports sur H.264.
3	Les questions sont à adresser à new-group@example.org.
ANNEXE 1
Hôtels
1	Il y a 300 chambres à 95 francs.
EOF

# names FILE WANTED: all wIds, each behind the eId that it stands beside.
names() {
    local got
    got=$(sed -n 's/.* eId="\([^"]*\)" wId="\([^"]*\)".*/\1=\2/p' "$1" |
        tr '\n' ' ')
    [ "$got" = "$2" ] || fail "$1 has: $got"
}

# follows FILE COUNT: how many times the master is named.
follows() {
    local got
    got=$(grep -c '<FRBRmasterExpression href="/akn/un/doc/circular/itu-tsb/2024-05-03/9/eng@2024-05-03"' "$1")
    [ "$got" = "$2" ] || fail "$1 names the master $got times"
}

# valid FILE...
valid() {
    xmllint --nonet --noout --relaxng "$SOURCE/src/clausier.rng" "$@" 2>log ||
        fail "$(grep -v ' validates$' log)"
    [ ! -e "$SHARED/akn/akomantoso30.xsd" ] ||
        xmllint --nonet --noout --schema "$SHARED/akn/akomantoso30.xsd" "$@" \
            2>log || fail "$(grep -v ' validates$' log)"
}

# refused WORDS ARGUMENT...
refused() {
    local words=$1
    shift
    "$CLAUSIER" "$@" >out 2>err
    [ $? -eq 2 ] || fail "$* is not refused"
    grep -q -- "$words" err || fail "$* says: $(cat err)"
}

"$CLAUSIER" convert -q --master en.txt --output-dir made en.txt fr.txt ||
    fail 'convert --master'
"$CLAUSIER" convert -q --output-dir plain en.txt fr.txt
cmp made/en.xml plain/en.xml || fail 'a master follows itself'
moved='sec_2=sec_3 sec_2__list_1__item_a=sec_3__list_1__item_a'
moved+=' sec_2__list_1__item_b=sec_3__list_1__item_b sec_3=sec_4'
moved+=' att_1=att_2 att_1__sec_1=att_2__sec_1 '
names made/fr.xml "$moved"
follows made/fr.xml 2

# A tree instead of a text; what another master left behind goes.
"$CLAUSIER" convert -q --master plain/en.xml -o tree.xml plain/fr.xml
cmp <(xmllint --noblanks made/fr.xml) <(xmllint --noblanks tree.xml) ||
    fail 'trees and texts come out otherwise'
sed '/^2\t/,/^b)/d; s/^3\t/2\t/' fr.txt >short.txt
"$CLAUSIER" convert -q --master short.txt -o again.xml made/fr.xml
names again.xml 'sec_3=sec_2 '
valid made/*.xml again.xml

# The language that is named is that of the files alone.
"$CLAUSIER" convert -q --lang fr --master en.txt -o lang.xml fr.txt
cmp made/fr.xml lang.xml || fail 'the master is read in another language'

cp en.txt kept.txt
refused 'written over' convert -q --master en.txt -o en.txt fr.txt
refused 'written over' convert -q --master plain/en.xml --output-dir plain en.txt
cmp en.txt kept.txt || fail 'the master is lost'
refused 'for the format xml' convert --master en.txt -t json fr.txt
refused 'not standard input' convert --master - fr.txt
refused 'missing.txt' convert --master missing.txt fr.txt
refused 'takes no --master' diff --master en.txt fr.txt en.txt
[ "$failed" -eq 0 ]
