#!/bin/bash
# The page of one document in headless Chromium: contents, anchors and
# cross-references are clicked, at all widths, dark and light, from right to
# left.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'the browser tests the page, and that is the same without sanitizers'

needs python3 chromium chromedriver
make_work
mkdir "$work/texts" "$work/pages"
corpus=$SOURCE/corpus
cp "$corpus/circular-annexes/fr.txt" "$work/texts/annexes.txt"
cp "$corpus/tables-footnotes/zh.txt" "$work/texts/tables.txt"
cp "$corpus/draft-recommendation/en.txt" "$work/texts/contents.txt"
cp "$SOURCE/tests/exchange/arabic.xml" "$work/texts/arabic.xml"
for file in "$SHARED"/seeds/002*.txt; do
    [ ! -e "$file" ] || cp "$file" "$work/texts/report.txt"
done
for form in html xml; do
    "$CLAUSIER" convert -q -t $form --output-dir "$work/pages" \
        "$work"/texts/* || exit 1
done
python3 -B "$SOURCE/tests/document_page.py" "$work/pages" ${SHOTS:+"$SHOTS"}
