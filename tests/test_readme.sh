#!/bin/bash
# What README.md shows is what the program does.
set -u
. "$SOURCE/tests/check.sh"

needs python3
make_work
python3 "$SOURCE/tests/readme.py" "$CLAUSIER" "$SOURCE/README.md" "$work"
