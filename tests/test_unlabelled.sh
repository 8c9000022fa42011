#!/bin/bash
# Versions of the corpus are aligned without labels, with a block missing, with a
# block at another place. The figures are printed.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'too slow with sanitizers'
exec python3 "$SOURCE/tests/alignments.py" unlabelled "$CLAUSIER" "$SOURCE/corpus"
