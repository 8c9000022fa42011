#!/bin/bash
# The differences of two real circulars are those that a person found.
set -u
. "$SOURCE/tests/check.sh"

[ -r "$SHARED/gold/circular-282.facts.tsv" ] || skip "there are no seeds in $SHARED"
make_work
"$CLAUSIER" diff -q -t jsonl --level info "$SHARED"/seeds/000_*.txt \
    "$SHARED"/seeds/001_*.txt >"$work/records"
if [ $? -ne 1 ]; then
    echo 'FAILED: the exit status is not 1'
    exit 1
fi
python3 "$SOURCE/tests/diff_seeds.py" "$work/records" \
    "$SHARED/gold/circular-282.facts.tsv"
