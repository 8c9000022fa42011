#!/bin/bash
# Files include only what stands below them in the table of README.md.
set -u
. "$SOURCE/tests/check.sh"

needs python3
exec python3 "$SOURCE/tests/rooms.py" "$SOURCE"
