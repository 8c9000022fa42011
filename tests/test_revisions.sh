#!/bin/bash
# Revisions with known changes, in several layouts: the changes are said, and no
# more.
set -u

if [ -n "$SANITIZED" ]; then
    echo 'skipped: too slow with sanitizers'
    exit 77
fi
exec python3 "$SOURCE/tests/revisions.py" "$CLAUSIER" "$SOURCE/corpus"
