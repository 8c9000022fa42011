#!/bin/bash
# Revisions with known changes, in several layouts: the changes are said, and no
# more.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'too slow with sanitizers'
exec python3 "$SOURCE/tests/revisions.py" "$CLAUSIER" "$SOURCE/corpus"
