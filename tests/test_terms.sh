#!/bin/bash
# Terms of reference of the corpus, of small documents and of the seeds, in
# every form that they are written in.
set -u

exec python3 "$SOURCE/tests/terms.py" "$CLAUSIER" "$SOURCE" "$SHARED"
