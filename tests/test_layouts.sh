#!/bin/bash
# The documents of the corpus in other layouts are read alike.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'too slow with sanitizers'
exec python3 "$SOURCE/tests/layouts.py" "$CLAUSIER" "$SOURCE/corpus"
