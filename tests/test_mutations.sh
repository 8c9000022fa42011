#!/bin/bash
# Errors planted in the corpus: clausier diff finds nearly all of them and says
# little else. The figures are printed.
set -u

if [ -n "$SANITIZED" ]; then
    echo 'skipped: too slow with sanitizers'
    exit 77
fi
exec python3 "$SOURCE/tests/mutations.py" "$CLAUSIER" "$SOURCE/corpus"
