#!/bin/bash
# Three versions are aligned alike, in whatever order they are given.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'too slow with sanitizers'
exec python3 "$SOURCE/tests/alignments.py" versions "$CLAUSIER" "$SOURCE/corpus"
