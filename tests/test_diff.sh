#!/bin/bash
# What clausier diff says of small documents, in which form, and with which exit
# status.
set -u
. "$SOURCE/tests/check.sh"

make_work
cd "$work" || exit
checks=0

# expect STATUS ARGUMENT...: runs clausier diff; leaves its output in out and err.
expect() {
    wanted=$1
    shift
    "$CLAUSIER" diff "$@" >out 2>err </dev/null
    status=$?
    checks=$((checks + 1))
    [ "$status" -eq "$wanted" ] ||
        fail "clausier diff $*: exit status $status, not $wanted; $(head -3 err)"
}

# has FILE TEXT, lacks FILE TEXT
has() {
    checks=$((checks + 1))
    grep -qF -- "$2" "$1" || fail "$1 does not have \"$2\": $(head -5 "$1")"
}

lacks() {
    checks=$((checks + 1))
    ! grep -qF -- "$2" "$1" || fail "$1 has \"$2\""
}

# counts N TEXT: so many lines of out have the text.
counts() {
    checks=$((checks + 1))
    [ "$(grep -cF -- "$2" out)" -eq "$1" ] ||
        fail "not $1 lines with \"$2\": $(cat out)"
}

# trees NAME LANGUAGE...: NAME.LANGUAGE.txt becomes NAME.LANGUAGE.xml.
trees() {
    name=$1
    shift
    for l; do
        "$CLAUSIER" convert -q --date 2031-05-09 --lang "$l" "$name.$l.txt" \
            -o "$name.$l.xml"
    done
}

cat >en.txt <<'END'
Geneva, 5 March 2024
TSB Circular 301
Subject: Tide gauges

Dear Sir/Madam,
1	The group on tide gauges (FG-TIDE) meets in Geneva on 9 May 2024 at 14:30.
2	Its 12 members write to tides@example.org or see https://www.example.org/tides.
3	Clause 2 applies to each of them.
Yours faithfully,
A. N. Example
Director
END
cat >fr.txt <<'END'
Genève, le 5 mars 2024
Circulaire TSB 301
Objet: Marégraphes

Madame, Monsieur,
1	Le groupe sur les marégraphes (FG-TIDE) se réunit à Genève le 9 mai 2024 à 14 h 30.
2	Ses 12 membres écrivent à tides@example.org ou consultent https://www.example.org/tides.
3	Le point 2 s'applique à chacun d'eux.
Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.
A. N. Example
Directeur
END

# ---- two languages ------------------------------------------------------------

expect 0 en.txt fr.txt
checks=$((checks + 1))
[ ! -s out ] || fail "equal versions: $(cat out)"
expect 0 en.txt en.txt
expect 0 -t jsonl en.txt fr.txt
expect 0 -t tsv en.txt fr.txt
checks=$((checks + 1))
[ "$(wc -l <out)" -eq 1 ] || fail 'a table without records has its head alone'

sed -e 's/9 mai/10 mai/' -e 's/12 membres/13 membres/' -e '/^3/d' fr.txt >bad.txt
expect 1 en.txt bad.txt
has out 'the date is 2024-05-09 in English and 2024-05-10 in French [fact d-'
has out 'the number is 12 in English and 13 in French [fact d-'
has out 'clause 3 is missing from French [missing d-'
has out 'en.txt:6: 1 '
has out 'bad.txt:6: 1 '
has out '3 differences: 3 errors'
lacks out "$(printf '\033')"
expect 1 --color=always en.txt bad.txt
has out "$(printf '\033')"
expect 1 -t tsv en.txt bad.txt
has out "$(printf 'id\tlevel\tcode\ttype\tpart\tclause\trole\treason\tlines_1')"
counts 1 "$(printf '2024-05-09\t9 May 2024')"
expect 1 -o report.txt en.txt bad.txt
has report.txt '3 differences'

expect 1 -t jsonl en.txt bad.txt
checks=$((checks + 1))
jq -es 'length == 3 and all(.level == "error" and (.id | test("^d-[0-9a-f]{8}$")))
    and (map(select(.type == "date"))[0].places | map(.value)
         == ["2024-05-09", "2024-05-10"])
    and (map(select(.code == "missing"))[0].places
         | length == 1 and .[0].units[0].lines == [8, 8])' out >/dev/null ||
    fail "the records: $(cat out)"

# ---- ids stay, and can be left out ----------------------------------------------

jq -r .id out | sort >ids
expect 1 -t jsonl <(sed 's/^1/\n\n1/' en.txt) bad.txt
checks=$((checks + 1))
jq -r .id out | sort | diff - ids || fail 'ids change with the lines above'
expect 0 --ignore ids en.txt bad.txt
{ echo '# looked at in May'; head -1 ids; echo; echo 'd-00000000 # gone'; } >some
expect 1 --ignore some en.txt bad.txt
has out '2 differences'
has err 'some:4:1: warning: no difference has the id "d-00000000" [ignore-unused]'

# ---- what each language writes in its own way ---------------------------------------

one_to_nine() {
    for label in "${@:2}"; do
        printf "$1\n" "$label"
    done
}
{
    one_to_nine '%s.\tA group on tides.' 1 2 3 4 5 6 7 8 9
    cat <<'END'
10.	Reports of 18 April 2023 come in May 2023, and in June and July 2024:
(i)	at https://www.example.org/en/tides/;
(ii)	on paper.
11.	Each group is paid.
12.	Each group is thanked.
END
} >ways.en.txt
{
    one_to_nine '%s\tUn groupe sur les marées.' 1 2 3 4 5 6 7 8 9
    cat <<'END'
10	Les rapports du 18-04-2023 sont publiés en mai 2023, puis en juin et juillet 2024:
1)	à l'adresse https://www.example.org/en/tides/;
2)	sur papier.
11	Chaque groupe est payé.
12	Chaque groupe est remercié.
END
} >ways.fr.txt
{
    one_to_nine '%s、潮汐小组。' 一 二 三 四 五 六 七 八 九
    cat <<'END'
十、2023年4月18日的报告于2023年5月以及2024年6月和7月发布：
1．通过https://www.example.org/zh/tides/；
2．以纸质形式。
十一、向各组付酬。
十二、向各组致谢。
END
} >ways.zh.txt
expect 0 ways.en.txt ways.fr.txt
expect 0 ways.en.txt ways.zh.txt
expect 0 ways.fr.txt ways.zh.txt
expect 1 <(sed 's/May/June/' ways.en.txt) ways.zh.txt
has out 'the date is 2023-06 in English and 2023-05 in Chinese'
expect 1 ways.en.txt <(sed 's/^11/–/' ways.fr.txt)
has out '11. in English is – in French'

cat >looks.en.txt <<'END'
Geneva, 5 March 2024
Ref.: TSB Circular 301
Subject: Tides

Dear Sir/Madam,
The group works by Recommendation ITU-T A.7, clause 2.1.
Yours faithfully,
ANNEX 1
Practical matters
STAYING IN TOWN: HOTELS
DOCUMENT SUBMISSION: Send them to tides@example.org before 3 April 2024.
END
cat >looks.fr.txt <<'END'
Genève, le 5 mars 2024
Réf.: Circulaire TSB 301
Objet: Marées

Madame,
Monsieur,
Le groupe applique le § 2.1 de la Recommandation UIT-T A.7.
Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.
ANNEXE 1
Renseignements pratiques
Séjour en ville: hôtels
SOUMISSION DES DOCUMENTS: Les envoyer à tides@example.org avant le 3 avril 2024.
END
expect 0 looks.en.txt looks.fr.txt
expect 1 --level info looks.en.txt looks.fr.txt
has out 'a salutation is one unit in English and 2 units in French'
has out '1 difference: 1 info'

# Labels with their values, or stacked above them.
printf '%s\n' '	Geneva, 5 March 2024' '' '	Ref:' '	TSB Circular 301' '' '	Tel:' '	+41 22 730 5999' '' \
    '	Fax:' '	+41 22 730 5853' '' '	Subject:' '	Tides' '' '' \
    'Dear Sir,' 'The group is to report on the tides to the members of the Union.' >rows.en.txt
printf '%s\n' '	Genève, le 5 mars 2024' '' '	Réf.:' '' 'Tél.:' 'Fax:' '	Circulaire TSB 301' \
    '+41 22 730 5999' '+41 22 730 5853' '' '	Objet:' '	Marées' '' '' \
    'Monsieur,' "Le groupe fait rapport sur les marées aux membres de l'Union." >stacked.fr.txt
expect 0 rows.en.txt stacked.fr.txt
expect 1 rows.en.txt <(sed s/5853/5854/ stacked.fr.txt)
has out 'the number is 5853 in English and 5854 in French'

# Of three versions only those are named that have another order.
cat >signed.en.txt <<'END'
Dear Sir/Madam,
The group is to report on the tides to the members of the Union.
Yours faithfully,
A. N. Example
Director of the Bureau
END
cat >signed.fr.txt <<'END'
Madame, Monsieur,
Le groupe fait rapport sur les marées aux membres de l'Union.
Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.
A. N. Example
Directeur du Bureau
END
cat >signed.zh.txt <<'END'
尊敬的先生/女士：
该组须向国际电联成员报告潮汐情况。
顺致敬意！
电信标准化局主任
A. N. Example
END
expect 1 signed.en.txt signed.fr.txt signed.zh.txt
has out 'stand the other way round in Chinese ['

# ---- numbers ------------------------------------------------------------------------

cat >count.en.txt <<'END'
Geneva, 5 March 2024
Ref.: TSB Circular 301
Subject: Tides

1	See Resolution 71 (Rev. Dubai, 2018), TD14-Rev.1 and reports D1 to D4.
2	Study Group 5 met on 15 May 2023 in band 1 400-1 427 MHz.
3	Annex 1 has more.
ANNEX 1
Bands
Less than	100
END
cat >count.zh.txt <<'END'
2024年3月5日，日内瓦
文号：电信标准化局第301号通函
事由：潮汐

1	见第71号决议（2018年，迪拜，修订版）、TD14-Rev.1和报告D1至D4。
2	第5研究组于2023年5月15日在1 400-1 427 MHz频段开会。
3	附件1载有更多信息。
附件1
频段
少于	100
END
expect 0 count.en.txt count.zh.txt
# changes PATTERN SAID: one change, one error, which says so.
changes() {
    sed "$1" count.zh.txt >changed.txt
    expect 1 count.en.txt changed.txt
    has out "error: the $2"
    has out '1 difference: 1 error'
}
changes 's/2018年/2017年/' 'number is 2018 in English and 2017 in Chinese'
changes 's/Rev.1/Rev.2/' 'number is 1 in English and 2 in Chinese'
changes 's/D4/D5/' 'identifier is D4 in English and D5 in Chinese'
changes 's/第5研/第6研/' 'number is 5 in English and 6 in Chinese'
changes 's/1 400/2 400/' 'number is 1400 in English and 2400 in Chinese'
changes 's/第301号/第302号/' 'reference is "TSB Circular 301"'
changes 's/少于	100/少于	101/' 'number is 100 in English and 101 in Chinese'

# ---- levels ---------------------------------------------------------------------

sed '/^Objet/d' fr.txt >short.txt
expect 1 en.txt short.txt
has out 'the field subject is missing from French'
expect 0 --level error en.txt short.txt
expect 1 --level=info en.txt short.txt
expect 2 --level some en.txt fr.txt
has err '--level is info, warning or error, not "some"'

# ---- revisions in one language ----------------------------------------------------

sed -e 's/12 members/14 members/' -e 's/each of them/all of them/' en.txt >new.txt
expect 1 en.txt new.txt
has out 'the number is 12 in en.txt and 14 in new.txt'
has out '"each" is "all" in new.txt'
has out '2 differences: 2 warnings'
fold -s -w 40 en.txt | sed 's/-/\xE2\x80\x91/; s/ *$//' >wrapped.txt
expect 0 en.txt wrapped.txt

# ---- three versions, and a version that contradicts itself --------------------------

expect 1 en.txt fr.txt bad.txt
has out 'bad.txt'
sed 's/each of them/each of them; write to tide@example.org/' en.txt >two.txt
sed "s/d'eux/d'eux; écrire à tide@example.org/" fr.txt >deux.txt
expect 1 two.txt deux.txt
has out 'English has the email "tides@example.org" and "tide@example.org", which look like one [contradiction'
counts 2 'which look like one'

# ---- a language without a grammar: only its shapes are known ---------------------

cat >de.txt <<'END'
1	Die Gruppe tagt in Genf am 9. Mai 2024 um 14:30 Uhr.
2	Ihre 12 Mitglieder schreiben an tides@example.org.
END
sed -n -e '/^1/p' -e '/^2/s/ or see.*/./p' en.txt >two.txt
expect 0 two.txt de.txt
sed 's/14:30/15:30/; s/12 Mitglieder/13 Mitglieder/' de.txt >falsch.txt
expect 1 two.txt falsch.txt
has out 'the time is 14:30'
has out 'the number is 12'
has out '2 differences: 2 errors'

# ---- mistakes -------------------------------------------------------------------

expect 2 en.txt
has err 'two files or more are wanted'
expect 2 en.txt missing.txt
has err 'missing.txt: error:'
expect 2 -t xls en.txt fr.txt
has err 'no format "xls"'
expect 2 --ignore missing en.txt fr.txt
has err 'missing: error:'
expect 2 -o nowhere/report.txt en.txt bad.txt
expect 2 en.txt .
expect 2 - -
has err 'standard input can be one of the files only'
printf '<?xml version="1.0"?>\n<html/>\n' >page.xml
expect 2 en.txt page.xml
has err 'page.xml:2: error: the root element is not akomaNtoso [not-akoma-ntoso]'
: >empty.txt
expect 1 en.txt empty.txt
has err 'empty.txt: warning: there is no text [no-text]'
lacks err '[unlike]'
for i in 1 2 3 4 5 6 7 8 9; do
    printf '%s\tLa mesure %s porte sur les %s phares de la côte.\n' $i $i $((i * 7))
done >phares.txt
expect 1 en.txt phares.txt
has err 'phares.txt: warning: hardly anything goes with en.txt: are they versions of one document? [unlike]'
expect 0 en.txt fr.txt
lacks err '[unlike]'

# Neighbours that have each other's texts, a text that is not translated, another
# mark of a proposal, and another number of an annex are told once.
cat >order.en.txt <<'END'
Dear Sir/Madam,
1	The tide is measured at noon (see Annex 1).
2	The group agreed:
a)	to publish the tables on 9 May 2024;
b)	to thank the secretary;
c)	to ask all harbours that have gauges for the readings of the last twenty years;
d)	to continue with its work.
3	Every harbour sends in what it has measured.
MOD	ABC/12/1
RESOLUTION 97
Tide gauges
Yours faithfully,
A. N. Example
ANNEX 1
Gauges
1	Floats
END
cat >order.fr.txt <<'END'
Madame, Monsieur,
1	La marée est mesurée à midi (voir l'Annexe 1).
2	Le groupe décide:
a)	de remercier la secrétaire;
b)	de publier les tables le 9 mai 2024;
c)	de poursuivre ses travaux;
d)	de demander à tous les ports qui ont des marégraphes les mesures des vingt dernières années.
3	Every harbour sends in what it has measured.
NOC	ABC/12/1
RÉSOLUTION 97
Marégraphes
Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.
A. N. Example
ANNEXE 2
Marégraphes
1	Flotteurs
END
expect 1 order.en.txt order.fr.txt
counts 1 'item 2 a) and item 2 b) stand the other way round in French [swapped'
counts 1 'item 2 c) and item 2 d) stand the other way round in French [swapped'
counts 1 'clause 3 has the same words in English and French [untranslated'
counts 1 'the acronym is MOD in English and NOC in French [fact'
counts 1 'annex 1 in English is annex 2 in French [renumbered'
has out '5 differences'

# Where texts have no facts and are short, words tell that two are swapped: the
# same ones in one language, those that begin alike in two.
cat >words.en.txt <<'END'
Dear Sir/Madam,
1	The tasks are:
a)	to organize technical seminars;
b)	to prepare documents;
c)	to report.
2	Experts
They come from the harbours.
3	Participation
It is free.
END
cat >words2.en.txt <<'END'
Dear Sir/Madam,
1	The tasks are:
a)	to organize technical seminars;
b)	to report;
c)	to prepare documents.
2	Participation
They come from the harbours.
3	Experts
It is free.
END
cat >words.fr.txt <<'END'
Madame, Monsieur,
1	Les tâches sont:
a)	préparer des documents;
b)	organiser des séminaires techniques;
c)	faire rapport.
2	Participation
Ils viennent des ports.
3	Experts
Elle est gratuite.
END
expect 1 words.en.txt words2.en.txt
counts 1 'item 1 b) and item 1 c) stand the other way round in words2.en.txt [swapped'
counts 1 'clause 2 and clause 3 stand the other way round in words2.en.txt [swapped'
has out '2 differences'
expect 1 words.en.txt words.fr.txt
counts 1 'item 1 a) and item 1 b) stand the other way round in French [swapped'
counts 1 'clause 2 and clause 3 stand the other way round in French [swapped'
has out '2 differences'

# Of three versions only those are named that lack a fact, once for all of them.
# What two languages call otherwise stays so for all numbers of it; "ISO/CEI" is
# ISO/IEC, millions are written out, "six" is no "huit", nor b) a).
cat >three.en.txt <<'END'
Dear Sir/Madam,
1	The group meets with ISO/IEC by 3 May 2031:
a)	under EG1/9;
b)	for six weeks.
2	EG2/9 has 428 million francs for 1 b) and TIDE.
END
cat >three.fr.txt <<'END'
Madame, Monsieur,
1	Le groupe se réunit avec l'ISO/CEI:
a)	au titre du EG1/9;
b)	pendant huit semaines.
2	EG2/9 a 482 millions de francs au titre du point 1 a).
END
cat >three.es.txt <<'END'
Muy señora mía/Muy señor mío:
1	El grupo se reúne con ISO/CEI:
a)	en el marco del GE1/9;
b)	durante seis semanas.
2	El GE2/9 tiene 428 millones de francos para TIDE.
END
expect 1 --level info three.en.txt three.fr.txt three.es.txt
counts 1 'the date 2031-05-03 is in English and not in French or Spanish [fact'
counts 1 'the acronym TIDE is in English and not in French [fact'
counts 1 'info: the identifier is EG1/9 in English and GE1/9 in Spanish [fact'
counts 1 'info: the identifier is EG2/9 in English and GE2/9 in Spanish [fact'
counts 1 'warning: the number is 6 in English and 8 in French [fact'
counts 1 'the number is 428000000 in English and 482000000 in French [fact'
lacks out 'acronym ISO'
cat >items.en.txt <<'END'
RESOLUTION 301
Tide gauges
The Assembly,
considering
a)	that tides rise;
b)	that they fall,
resolves
1	to measure them, in view of considering b) above.
END
cat >items.fr.txt <<'END'
RÉSOLUTION 301
Marégraphes
L'Assemblée,
considérant
a)	que les marées montent;
b)	qu'elles descendent,
décide
1	de les mesurer, compte tenu du point a) du considérant ci-dessus.
END
expect 1 items.en.txt items.fr.txt
counts 1 'the reference is "considering b) above" in English and "point a) du considérant ci-dessus" in French [fact'

# Where an annex is lost the next one has its number, not its text.
cat >annexes.en.txt <<'END'
Dear Sir/Madam,
1	The tide is measured at noon.
Yours faithfully,
A. N. Example
ANNEX 1
Programme
1	The meeting ends at 17:30 in room H.
ANNEX 2
Hotels
1	There are 300 rooms at 95 francs.
2	Write to rooms@example.org.
END
cat >annexes.zh.txt <<'END'
尊敬的先生/女士：
1	潮汐在中午测量。
顺致敬意！
A. N. Example
附件1
酒店
1	有300个房间，每间95法郎。
2	请致函rooms@example.org。
END
expect 1 annexes.en.txt annexes.zh.txt
counts 1 'annex 1 and 2 units more are missing from Chinese [missing'
counts 1 'annex 2 in English is annex 1 in Chinese [renumbered'
has out '2 differences'

# An annex that is not there is not the clause of its number.
printf '1\tSee Annex 1 and clause 2.\n2\tWork\nANNEX 1\nForm\n1\tName\n' >nowhere.en.txt
printf "1\tVoir l'Annexe 2 et le point 2.\n2\tTravaux\nANNEXE 1\nFormulaire\n1\tNom\n" >nowhere.fr.txt
expect 1 nowhere.en.txt nowhere.fr.txt
counts 1 'the reference is "Annex 1" in English and "l'\''Annexe 2" in French [fact'

# What each language writes in its own way is no difference: the letter of its
# papers, a time alone in a cell, a month before a number.
cat >paper.en.txt <<'END'
	TIDE-R5-E

	Title:
	Report of the group
	Purpose:
	Admin

Dear Sir/Madam,
1	The group met three times (see TIDE-R5-E).
	Meeting
	When
	Time
	Present

	Tides
	July 2029
	09:30
	112

	Gauges
	September 2029
	14:00
	96

Yours faithfully,
A. N. Example
Director
END
cat >paper.fr.txt <<'END'
	TIDE-R5-F

	Titre:
	Rapport du groupe
	Objet:
	Admin

Madame, Monsieur,
1	Le groupe s'est réuni trois fois (voir TIDE-R5-F).
	Réunion
	Date
	Heure
	Participants

	Marées
	Juillet 2029
	9.30
	112

	Marégraphes
	Septembre 2029
	14.00
	96

Veuillez agréer, Madame, Monsieur, l'assurance de ma haute considération.
A. N. Example
Directeur
END
cat >paper.zh.txt <<'END'
	TIDE-R5-C

	标题：
	该组报告
	目的：
	行政

尊敬的先生/女士：
1	该组开了三次会（见TIDE-R5-C）。
	会议
	日期
	时间
	与会者

	潮汐
	2029年7月
	09:30
	112

	验潮仪
	2029年9月
	14:00
	96

顺致敬意！
A. N. Example
主任
END
expect 0 --date 2029-10-01 paper.en.txt paper.fr.txt
expect 0 --date 2029-10-01 paper.en.txt paper.zh.txt
sed 's/9\.30/9.45/; s/TIDE-R5-F$/TIDE-R6-F/' paper.fr.txt >paper.other.txt
expect 1 --date 2029-10-01 paper.en.txt paper.other.txt
has out 'the time 09:30 is in English and not in French'
has out 'the identifier is TIDE-R5-E in English and TIDE-R6-F in French'

# Two texts in languages that nothing names are no revisions of one another, unless
# they have their words in common.
cat >pegel.txt <<'END'
1	Die Gruppe trifft sich am 9. Mai 2031 im Hafen und liest alle zwölf Pegel.
2	Ihre Mitglieder schreiben danach einen kurzen Bericht über die gelesenen Werte.
3	Danach wird jede Woche erneut gelesen, geprüft und verglichen.
END
cat >mares.txt <<'END'
1	O grupo reúne-se no porto a 9 de maio de 2031 e consulta todos os doze marégrafos.
2	Os seus membros escrevem depois um breve relatório sobre os valores consultados.
3	Depois consulta-se novamente todas as semanas, verifica-se e compara-se.
END
sed 's/kurzen/langen/' pegel.txt >pegel2.txt
expect 0 -q --date 2031-05-09 pegel.txt mares.txt
expect 1 -q --date 2031-05-09 pegel.txt pegel2.txt
has out '"kurzen" is "langen"'

# A few words in other letters are not translated; a name is one everywhere.
printf '1\tThe chairs of study groups\n2\tSociety for Gauges\n' >left.en.txt
printf '1\tThe chairs of study groups\n2\tSociety for Gauges\n' >left.ru.txt
"$CLAUSIER" convert -q --lang ru left.ru.txt -o left.ru.xml
"$CLAUSIER" convert -q --lang en left.en.txt -o left.en.xml
expect 1 -q left.en.xml left.ru.xml
counts 1 '[untranslated'

# Of a range of millions both are, and a dot parts thousands of them in Spanish.
printf '1\tFrom 1.2 to 1.45 million francs, 2.2 billion users and 12 500 gauges.\n' >scaled.en.txt
printf '1\tDe 1,2 a 1,45 millones de francos, 2.200 millones de usuarios y 12.500 mareógrafos.\n' >scaled.es.txt
printf '1\t从120万至145万法郎，以及22亿用户和12 500个验潮站。\n' >scaled.zh.txt
trees scaled en es zh
expect 0 -q scaled.en.xml scaled.es.xml
expect 0 -q scaled.en.xml scaled.zh.xml

# A clause that leads nowhere excuses no other one of its number.
printf '1\tThe procedure of clause 9.3, or that of clause 9.3 of Resolution ITU-R 1-6.\n' >nowhere2.en.txt
printf '1\tLa procédure du point 9.3, ou celle du point 9.3 de la Résolution UIT-R 2-6.\n' >nowhere2.fr.txt
trees nowhere2 en fr
expect 1 -q nowhere2.en.xml nowhere2.fr.xml

# An annex may be counted in Roman numerals and in Han ones, but not otherwise.
printf '1\tSee both annexes.\n2\tThey are short.\nANNEX I\nRules\n1\tThey are short.\nANNEX II\nForm\n1\tName\n' >roman.en.txt
printf '1\t见两个附件。\n2\t附件简短。\n附件一\n规则\n1\t规则简短。\n附件二\n表格\n1\t姓名\n' >roman.zh.txt
trees roman en zh
expect 0 -q roman.en.xml roman.zh.xml
sed 's/附件二/附件三/' roman.zh.txt >other.zh.txt
trees other zh
expect 1 -q roman.en.xml other.zh.xml
counts 1 'annex 2 in English is annex 3 in Chinese [renumbered'

# Words of headings in capitals are no acronyms, one alone among others neither,
# nor is the label of a field.
printf 'SOURCE: Rapporteur\nTITLE: Report\n\n1. FLOATING BUOYS\n\nNone.\n\n2. DOCUMENTS\n\nNone.\n' >shout.en.txt
printf 'ORIGEN: Relator\nTITULO: Informe\n\n1. BOYAS FLOTANTES\n\nNinguna.\n\n2. DOCUMENTOS\n\nNinguno.\n' >shout.es.txt
trees shout en es
expect 0 -q --level info shout.en.xml shout.es.xml
printf '1. PROGRESS\n\nNone.\n\n2. PROPOSALS\n\nNone.\n' >words.en.txt
printf '1. PROGRESOS\n\nNinguno.\n\n2. PROPUESTAS\n\nNinguna.\n' >words.es.txt
trees words en es
expect 0 -q --level info words.en.xml words.es.xml

printf 'OPTIONAL PROTOCOL on Disputes\n\nARTICLE 1\nCosts\n\nNone.\n' >head.en.txt
printf 'PROTOCOLO FACULTATIVO sobre controversias\n\nARTÍCULO 1\nGastos\n\nNinguno.\n' >head.es.txt
trees head en es
expect 0 -q head.en.xml head.es.xml

# From right to left a number may be typed the other way round.
printf '1\tThe group read clauses 6 and 7.2 of it, and harm (Y.4000, 3.2.2).\n' >turned.en.txt
printf '1\tقرأ الفريق الفقرتين 6 و2.7 منها، والضرر (Y.4000، 2.2.3).\n' >turned.ar.txt
trees turned en ar
expect 0 -q turned.en.xml turned.ar.xml

# The letter of the same place is the same item, also where it looks like another.
printf '1\tMembers report:\na)\tone buoy;\nb)\ttwo;\nc)\tthree;\nd)\tfour;\ne)\tfive;\nf)\tsix (see 1 c)).\n' >place.en.txt
printf '1\tЧлены сообщают:\nа)\tодин буй;\nб)\tдва;\nв)\tтри;\nг)\tчетыре;\nд)\tпять;\nе)\tшесть (см. 1 в)).\n' >place.ru.txt
trees place en ru
expect 0 -q --level info place.en.xml place.ru.xml

# Two bullets that the other version has as one are no missing bullet.
printf '1\tThe aims are to:\n•\tgather cases;\n•\tdescribe demands;\n•\tfind what norms lack.\n' >bullets.en.txt
printf '1\tЦели:\n•\tсобрать случаи;\n•\tописать требования и найти пробелы в нормах.\n' >bullets.ru.txt
trees bullets en ru
expect 1 bullets.en.xml bullets.ru.xml
has out '2 units in English and one unit in Russian'
counts 1 'warning:'

# The year in the code of a conference, and behind its name.
printf '1\tConformément à la Résolution 22 de l’AMNT-16, le Groupe agit.\n' >code.fr.txt
printf '1\tيعمل الفريق وفقاً للقرار 22 الصادر عن الجمعية العالمية لتقييس الاتصالات لعام 2016.\n' >code.ar.txt
printf '1\tيعمل الفريق وفقاً للقرار 22 الصادر عن الجمعية العالمية لتقييس الاتصالات لعام 2012.\n' >coded.ar.txt
trees code fr ar
trees coded ar
expect 0 -q code.fr.xml code.ar.xml
expect 1 -q code.fr.xml coded.ar.xml

# Traditional characters are a script of its own: no word is compared with the simplified one, but each date is.
printf '通知\n\n1\t国际电信联盟总部会议于2031年5月4日开始。\n\n2\t请与会者注册。\n' >script.zh.txt
printf '通知\n\n1\t國際電信聯盟總部會議於2031年5月4日開始。\n\n2\t請與會者註冊。\n' >other.zh.txt
printf '通知\n\n1\t國際電信聯盟總部會議於2031年5月7日開始。\n\n2\t請與會者註冊。\n' >third.zh.txt
trees script zh
trees other zh
trees third zh
expect 0 -q --level info script.zh.xml other.zh.xml
expect 1 --level info script.zh.xml third.zh.xml
has out '2031-05-07'
has out '1 difference'
has other.zh.xml 'xml:lang="zh-Hant"'
has script.zh.xml 'xml:lang="zh"'

echo "$checks checks, $failed failed"
[ "$failed" -eq 0 ]
