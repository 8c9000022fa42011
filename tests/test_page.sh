#!/bin/bash
# The page with versions side by side, in headless Chromium: language versions,
# three of them, revisions, hostile texts, from right to left, ten thousand
# differences.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'the browser tests the page, and that is the same without sanitizers'

make_work

# page NAME FILE FILE...
page() {
    local name=$1 form
    shift
    for form in html xml; do
        "$CLAUSIER" align -q -t $form -o "$work/pages/$name.$form" "$@" ||
            fail "align -t $form $*"
    done
}

needs python3 chromium chromedriver pdftotext
mkdir "$work/pages"
corpus=$SOURCE/corpus
page three "$corpus"/circular-annexes/{en,fr,zh}.txt
page report "$corpus"/meeting-report/{fr,zh}.txt
sed -e 's/2015/2016/' -e '/^2[^0-9]/d' "$corpus/circular-annexes/en.txt" \
    >"$work/later.txt"
page revision "$corpus/circular-annexes/en.txt" "$work/later.txt"
page same "$corpus"/resolution/{en,en}.txt
python3 "$SOURCE/tests/exchange/hostile.py" "$work" || fail "hostile.py"
page hostile "$work"/odd.{en,fr}.txt
page many "$work"/many.{en,fr}.txt
page empty "$work"/empty.en.txt "$work/odd.en.txt"
cat >"$work/garden.txt" <<'TEXT'
1	The garden group meets in Quimper on 13 May 2031.
2	Comments go to garden@example.int before the meeting.
3	There is no charge.
TEXT
page arabic "$work/garden.txt" "$SOURCE/tests/exchange/arabic.xml"
for french in "$SHARED"/seeds/000*.txt; do
    [ -e "$french" ] || continue
    page seeds "$french" "$SHARED"/seeds/001*.txt
done
python3 -B "$SOURCE/tests/page.py" "$work/pages" || fail "page.py"
[ "$failed" -eq 0 ]
