#!/bin/bash
# Three real documents come out as was written down by hand what they are: their
# outline, their references. They are read where they lie and not copied.
set -u
. "$SOURCE/tests/check.sh"

make_work

[ -d "$SHARED/seeds" ] && [ -d "$SHARED/gold" ] ||
    skip "$SHARED/seeds or $SHARED/gold is absent"
needs python3

convert() {
    "$CLAUSIER" convert -q "$SHARED/seeds/$1" -o "$work/$2.xml" || failed=1
}

convert 000_45b461efb8ed696c.txt fr
convert 001_a06e5260d23d46c8.txt zh
convert 002_d32fa8c962b89f49.txt r5
if [ -e "$SHARED/check/seeds.py" ]; then
    python3 -B "$SHARED/check/seeds.py" "$SHARED" "$work" || failed=1
fi
python3 -B "$SOURCE/tests/seeds.py" "$SHARED/gold" \
    "$work/fr.xml" "$work/zh.xml" "$work/r5.xml" || failed=1
[ "$failed" -eq 0 ]
