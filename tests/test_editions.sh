#!/bin/bash
# Second editions of documents of the corpus: clausier diff names every change that
# was made and no other, whatever the layout.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'too slow with sanitizers'
exec python3 "$SOURCE/tests/editions.py" "$CLAUSIER" "$SOURCE/corpus"
