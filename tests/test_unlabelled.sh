#!/bin/bash
# Versions of the corpus are aligned without labels, with a block missing, with a
# block at another place. The figures are printed.
set -u

if [ -n "$SANITIZED" ]; then
    echo 'skipped: too slow with sanitizers'
    exit 77
fi
exec python3 "$SOURCE/tests/alignments.py" unlabelled "$CLAUSIER" "$SOURCE/corpus"
