#!/bin/bash
# Two real circulars are aligned as a person aligned them.
set -u

if [ ! -r "$SHARED/gold/circular-282.align.tsv" ]; then
    echo "skipped: there are no seeds in $SHARED"
    exit 77
fi
exec python3 "$SOURCE/tests/alignments.py" seeds "$CLAUSIER" "$SHARED"
