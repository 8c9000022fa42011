#!/bin/bash
# What is installed is all there, and works where it is moved to.
set -u
. "$SOURCE/tests/check.sh"

make_work

cmake --install "$BUILD" --prefix "$work/first" >"$work/log" 2>&1 ||
    fail "the installation: $(tail -3 "$work/log")"
mv "$work/first" "$work/moved"
for schema in "$SOURCE"/src/*.rng "$SOURCE"/src/*.schema.json; do
    cmp -s "$schema" "$work/moved/share/clausier/$(basename "$schema")" ||
        fail "$(basename "$schema") is not installed"
done
for grammar in "$SOURCE"/grammars/*.grammar; do
    cmp -s "$grammar" "$work/moved/share/clausier/grammars/$(basename "$grammar")" ||
        fail "$(basename "$grammar") is not installed"
done
for page in man1/clausier.1 man5/clausier-grammar.5; do
    [ -s "$work/moved/share/man/$page" ] || fail "$page is not installed"
    ! command -v mandoc >/dev/null ||
        mandoc -Tlint -Wwarning "$work/moved/share/man/$page" >"$work/log" ||
        fail "$page: $(head -3 "$work/log")"
done
[ -s "$work/moved/include/clausier.h" ] || fail 'the header is not installed'
"$work/moved/bin/clausier" tor -q "$SOURCE/tests/terms/whole.zh.txt" |
    grep -q '"JCA-BUOY"' || fail 'the program does not work where it was moved to'

# ---- what others build with it ---------------------------------------------------

# A library with the sanitizers wants programs that have them.
[ -z "$SANITIZED" ] || exit "$failed"

# The program in README.md.
sed -n '/^```c$/,/^```$/p' "$SOURCE/README.md" | grep -v '^```' >"$work/outline.c"
grammars=$work/moved/share/clausier/grammars

# outline COMMAND...: it writes a tree.
outline() {
    "$@" 2>"$work/log" | grep -q '<akomaNtoso' ||
        fail "$*: no tree; $(head -3 "$work/log")"
}

if command -v pkg-config >/dev/null; then
    flags=$(PKG_CONFIG_PATH=$work/moved/lib/pkgconfig \
        pkg-config --cflags --libs clausier) || fail 'pkg-config knows no clausier'
    # shellcheck disable=SC2086
    "${CC:-cc}" -Wall -Wextra -Werror -DGRAMMARS="\"$grammars\"" "$work/outline.c" $flags \
        -Wl,-rpath,"$work/moved/lib" -o "$work/outline" 2>"$work/log" ||
        fail "the program in README.md: $(head -3 "$work/log")"
    outline "$work/outline"
fi

mkdir "$work/project"
cp "$work/outline.c" "$work/project/outline.c"
cat >"$work/project/CMakeLists.txt" <<'EOF'
cmake_minimum_required(VERSION 3.20)
project(outline C)
find_package(clausier 0.1 REQUIRED COMPONENTS static)
add_compile_definitions(GRAMMARS="${GRAMMARS}")
add_executable(shared outline.c)
target_link_libraries(shared clausier::clausier)
add_executable(static outline.c)
target_link_libraries(static clausier::clausier_static)
EOF
{ cmake -S "$work/project" -B "$work/project/build" \
    -DCMAKE_PREFIX_PATH="$work/moved" -DGRAMMARS="$grammars" &&
    cmake --build "$work/project/build"; } >"$work/log" 2>&1 ||
    fail "the CMake package: $(tail -3 "$work/log")"
outline "$work/project/build/shared"
outline "$work/project/build/static"
[ "$failed" -eq 0 ]
