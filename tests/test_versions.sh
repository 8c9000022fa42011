#!/bin/bash
# Three versions are aligned alike, in whatever order they are given.
set -u

if [ -n "$SANITIZED" ]; then
    echo 'skipped: too slow with sanitizers'
    exit 77
fi
exec python3 "$SOURCE/tests/alignments.py" versions "$CLAUSIER" "$SOURCE/corpus"
