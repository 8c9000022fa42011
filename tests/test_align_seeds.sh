#!/bin/bash
# Two real circulars are aligned as a person aligned them.
set -u
. "$SOURCE/tests/check.sh"

[ -r "$SHARED/gold/circular-282.align.tsv" ] || skip "there are no seeds in $SHARED"
exec python3 "$SOURCE/tests/alignments.py" seeds "$CLAUSIER" "$SHARED"
