#!/bin/bash
# Errors planted in the corpus: clausier diff finds nearly all of them and says
# little else. The figures are printed.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'too slow with sanitizers'
exec python3 "$SOURCE/tests/mutations.py" "$CLAUSIER" "$SOURCE/corpus"
