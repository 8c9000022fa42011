#!/bin/bash
# Versions whose labels are of other styles, alphabets and digits are paired unit
# by unit: Akoma Ntoso as other programs write it, without eIds and places.
set -u
. "$SOURCE/tests/check.sh"

make_work
cd "$work" || exit

# version NAME PREFIX LANGUAGE ARTICLE-1 PARAGRAPH-1 PARAGRAPH-2 A B ARTICLE-2 then
# the six texts.
version() {
    local name=$1 p=$2 lang=$3
    shift 3
    cat >"$name.xml" <<EOF
<${p}akomaNtoso xmlns${p:+:${p%:}}="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<${p}act name="law"><${p}body xml:lang="$lang">
<${p}article><${p}num>$1</${p}num><${p}heading>$7</${p}heading>
<${p}paragraph><${p}num>$2</${p}num><${p}content><${p}p>$8</${p}p></${p}content></${p}paragraph>
<${p}paragraph><${p}num>$3</${p}num><${p}list>
<${p}intro><${p}p>$9</${p}p></${p}intro>
<${p}point><${p}num>$4</${p}num><${p}content><${p}p>${10}</${p}p></${p}content></${p}point>
<${p}point><${p}num>$5</${p}num><${p}content><${p}p>${11}</${p}p></${p}content></${p}point>
</${p}list></${p}paragraph></${p}article>
<${p}article><${p}num>$6</${p}num><${p}content><${p}p>${12}</${p}p></${p}content></${p}article>
</${p}body></${p}act></${p}akomaNtoso>
EOF
}

version en 'an:' en 'Article 1' 1. 2. '(a)' '(b)' 'Article 2' Purpose \
    'The union meets on 3 May 2024.' 'Members are:' 'states;' 'companies.' \
    'The fee is 300 francs.'
version zh '' zh 第一条 一、 二、 'a)' 'b)' 第二条 目的 \
    '联盟于2024年5月3日召开会议。' '成员为：' '国家；' '公司。' '会费为300法郎。'
version ar 'x:' ar 'المادة ١' '١.' '٢.' 'أ)' 'ب)' 'المادة ٢' الغرض \
    'يجتمع الاتحاد في ٣ مايو ٢٠٢٤.' 'الأعضاء:' 'الدول؛' 'الشركات.' \
    'الرسوم ٣٠٠ فرنك.'
version ru '' ru 'Статья I' I. II. 'а)' 'б)' 'Статья II' Цель \
    'Союз собирается 3 мая 2024 года.' 'Члены:' 'государства;' 'компании.' \
    'Взнос 300 франков.'

# Six beads, in order, with one unit of every version in each.
paired() {
    local kind=$1 got
    shift
    got=$("$CLAUSIER" align -q -t tsv "$@" | awk -F'\t' -v kind="$kind" \
        'NR > 1 && $2 == kind && $3 == "ok" { n++ } END { print n "/" NR - 1 }')
    echo "  $*: $got beads"
    [ "$got" = 6/6 ] || failed=1
}

paired 1-1 en.xml zh.xml
paired 1-1 en.xml ar.xml
paired 1-1 en.xml ru.xml
paired 1-1 zh.xml ru.xml
paired 1-1 ru.xml ar.xml
paired 1-1-1-1 en.xml zh.xml ar.xml ru.xml
paired 1-1-1-1 ru.xml ar.xml zh.xml en.xml
exit $failed
