#!/bin/bash
# The specification and the corpus under valgrind: unlike the sanitizers it sees
# what is read before it was set.
set -u
. "$SOURCE/tests/check.sh"

unless_sanitized 'sanitizers and valgrind keep each other out'
needs valgrind

make_work
cd "$work" || exit
for test in test_spec test_corpus; do
    valgrind -q --error-exitcode=3 \
        --suppressions="$SOURCE/tests/valgrind.supp" \
        "$BUILD/tests/$test" >said 2>&1 ||
        fail "$test under valgrind: exit status $?"
    grep -e '^==' -e '^\[' said
done
[ "$failed" -eq 0 ]
