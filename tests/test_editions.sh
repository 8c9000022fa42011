#!/bin/bash
# Second editions of documents of the corpus: clausier diff names every change that
# was made and no other, whatever the layout.
set -u

if [ -n "$SANITIZED" ]; then
    echo 'skipped: too slow with sanitizers'
    exit 77
fi
exec python3 "$SOURCE/tests/editions.py" "$CLAUSIER" "$SOURCE/corpus"
