#!/bin/bash
# What the program does with its arguments: results, exit statuses, files that
# are whole or absent, and what it says (diagnostics/*.err; UPDATE=1 writes
# those).
set -u
. "$SOURCE/tests/check.sh"

here=$SOURCE/tests
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit
checks=0

# expect STATUS ARGUMENT...: runs clausier; leaves its output in out and err.
expect() {
    wanted=$1
    shift
    "$CLAUSIER" "$@" >out 2>err </dev/null
    status=$?
    checks=$((checks + 1))
    [ "$status" -eq "$wanted" ] ||
        fail "clausier $*: exit status $status, not $wanted; $(head -3 err)"
}

# check WHAT COMMAND...: the command shall succeed.
check() {
    what=$1
    shift
    checks=$((checks + 1))
    "$@" || fail "$what"
}

says() {
    check "err does not say \"$1\" but: $(head -3 err)" grep -qF -- "$1" err
}

prints() {
    check "out does not have \"$1\"" grep -qF -- "$1" out
}

is_silent() {
    check "err should be empty: $(head -3 err)" test ! -s err
}

absent() {
    check "$1 should not be there" test ! -e "$1"
}

# Nothing half written lies beside the targets.
no_leftovers() {
    check "left over: $(ls "$1")" test "$(ls -A "$1" | wc -l)" -eq "$2"
}

printf '1\tThe group met on 3 May 2021.\n2\tIt ended.\n' >a.txt
printf '1\tLe groupe est réuni le 3 mai 2021.\n2\tVoir le point 1.\n' >b.txt
cp a.txt other.txt
printf 'old\n' >old.xml

# What is no text is told by its first bytes, unless the user insists.
for magic in 'PK\003\004' '%%PDF-1.7' '{\\rtf1' '\037\213' '\320\317\021\340' '\211PNG' \
    '\n<!DOCTYPE HTML>' '\357\273\277<html>'; do
    printf "$magic rest" >file.bin
    expect 2 convert file.bin -o file.xml
    says '[not-text]'
    absent file.xml
    expect 0 convert -q --encoding windows-1252 file.bin -o file.xml
    rm -f file.xml
done

# ---- help, version, commands -------------------------------------------------

expect 0 --help
prints 'Usage: clausier'
expect 0 help
prints 'Commands:'
prints 'get      print the clause that a name leads to'
for command in convert get align diff tor check explain; do
    expect 0 "$command" --help
    prints "Usage: clausier $command"
    expect 0 help "$command"
    prints "Usage: clausier $command"
done
expect 0 --version
check 'the version has no number' grep -qE '^clausier [0-9]+\.[0-9]+' out
expect 2
says 'no command'
expect 2 frobnicate
says 'frobnicate'
expect 2 convert --frobnicate a.txt
says 'frobnicate'
expect 2 convert
says 'no file'
expect 2 convert -o
expect 2 convert --color=perhaps a.txt
says 'perhaps'

# ---- convert: one file -------------------------------------------------------

expect 0 convert --date 2021-05-04 a.txt
prints '<akomaNtoso'
is_silent
expect 0 convert a.txt -o a.xml
check 'out should be empty' test ! -s out
"$CLAUSIER" convert - <a.txt >stdin.xml
check 'standard input and a file differ' cmp -s a.xml stdin.xml
expect 0 convert a.txt -o -
check '-o - is not standard output' cmp -s a.xml out
expect 2 convert -q other.txt -o ./other.txt
says 'other.txt would be written over'
expect 2 diff a.txt other.txt -o other.txt
check 'an input was written over' cmp -s a.txt other.txt
expect 0 convert -- a.txt
expect 0 -q convert a.txt
prints '<akomaNtoso'
expect 2 convert missing.txt
says 'missing.txt: error: No such file'
expect 2 convert .
says 'Is a directory'
expect 2 convert a.txt -o no/such/folder.xml
says 'no/such/folder.xml'
absent no
expect 2 convert missing.txt -o old.xml
check 'a failure touched the old file' grep -qx old old.xml

# ---- convert: several files --------------------------------------------------

expect 2 convert a.txt b.txt
says '--output-dir'
expect 2 convert a.txt -o a.xml --output-dir made
expect 0 convert --output-dir made a.txt b.txt
check 'a.xml is another than alone' cmp -s made/a.xml a.xml
no_leftovers made 2
expect 2 convert --output-dir made a.txt missing.txt other.txt
check 'one bad file stops the others' test -s made/other.xml
no_leftovers made 3
expect 2 convert ''
says '"": error: No such file'
expect 2 convert "$(printf 'two\nlines \033[1m.txt')"
says 'two?lines ?[1m.txt: error: No such file'
mkdir twin
cp b.txt twin/a.txt
expect 2 convert --output-dir collide a.txt twin/a.txt
says 'a.xml'
check 'a collision is found too late' test ! -e collide/a.xml
expect 2 convert --output-dir a.txt b.txt
expect 2 convert --output-dir no/such b.txt

# ---- output is whole or not there --------------------------------------------

if [ -w /dev/full ]; then
    expect 2 convert a.txt -o /dev/full
    says 'No space left'
    check 'the device was replaced' test -c /dev/full
    "$CLAUSIER" convert a.txt >/dev/full 2>err
    check 'a full standard output goes unnoticed' test $? -eq 2
    "$CLAUSIER" --help >/dev/full 2>err
    check 'help to a full device goes unnoticed' test $? -eq 2
    "$CLAUSIER" explain a.txt >/dev/full 2>err
    check 'explain to a full device goes unnoticed' test $? -eq 2
fi
mkdir closed
cp old.xml closed/old.xml
chmod a-w closed
if [ "$(id -u)" -ne 0 ]; then
    expect 2 convert a.txt -o closed/old.xml
else # root may write anywhere; a limit on file sizes stops it all the same
    (
        ulimit -f 0
        trap '' XFSZ
        "$CLAUSIER" convert a.txt -o closed/old.xml 2>/dev/null
    )
    check 'a write that fails goes unnoticed' test $? -eq 2
fi
check 'a failed write touched the old file' grep -qx old closed/old.xml
no_leftovers closed 1
# What ends the program takes the half of a file along.
mkdir ended
{
    (
        ulimit -c 0 -f 0
        exec "$CLAUSIER" convert a.txt -o ended/a.xml
    )
} 2>/dev/null
check 'a limit on file sizes does not end it' test $? -gt 128
no_leftovers ended 0
seq 1 100000 | sed 's/$/\tThe group met./' >long.txt
"$CLAUSIER" convert -q --lang en long.txt -o ended/long.xml &
until [ -n "$(ls -A ended)" ] || ! kill -0 $!; do sleep 0.01; done
kill -TERM $!
wait $! 2>/dev/null
check 'SIGTERM does not end it' test $? -eq 143
no_leftovers ended 0
name=$(printf '%0251d' 0)
expect 0 convert a.txt -o "$name.xml"
check 'a long name is another file' cmp -s "$name.xml" a.xml
ln -s old.xml link.xml
expect 0 convert a.txt -o link.xml
check 'a link was replaced' test -L link.xml
check 'what the link leads to was not written' cmp -s old.xml a.xml
chmod 640 old.xml
expect 0 convert a.txt -o old.xml
check 'the mode of the old file is lost' test "$(stat -c %a old.xml)" = 640
mkfifo pipe
timeout 20 cat pipe >piped &
expect 0 convert a.txt -o pipe
wait $!
check 'a pipe was not written to' cmp -s piped a.xml

# ---- options -----------------------------------------------------------------

expect 0 convert --lang fr a.txt
prints 'language="fra"'
expect 0 convert --lang fra a.txt
prints 'language="fra"'
expect 0 convert --lang fr-CH a.txt
prints 'language="fra"'
expect 2 convert --lang nonsense a.txt
says 'nonsense'
check "more is said than the one error: $(cat err)" test "$(wc -l <err)" -eq 1
# One that has no grammar is read by its shapes and months.
expect 0 convert --strict --date 2021-01-01 --lang de a.txt
prints 'language="deu"'
prints 'xml:lang="de"'
says 'language-wordless'
expect 2 convert --lang '' a.txt
expect 2 convert --encoding nonsense a.txt
says 'nonsense'
iconv -f UTF-8 -t ISO-8859-1 b.txt >latin.txt
expect 0 convert --encoding windows-1252 --lang fr latin.txt
prints 'réuni'
expect 0 convert --encoding UTF-8 --lang fr latin.txt
says 'undecodable'
expect 0 convert --date 2012-05-24 a.txt
prints 'date="2012-05-24"'
for date in 2012 24.05.2012 2012-13-45 2012-02-30 2012-05-24x ''; do
    expect 2 convert --date "$date" a.txt
done
expect 0 convert --grammar fr b.txt
prints 'language="fra"'
expect 0 convert --grammar "$SOURCE/grammars/fr.grammar" b.txt
prints 'language="fra"'
expect 2 convert --grammar nobody a.txt
says 'nobody'
expect 0 convert --grammar-dir "$SOURCE/grammars" a.txt
expect 2 convert --grammar-dir no/such a.txt
says 'no/such'
mkdir none
expect 2 convert --grammar-dir none a.txt
says 'none'

printf '1\tThe group met.\n7\tSee clause 99.\n' >odd.txt
expect 0 convert --lang en odd.txt
says 'warning:'
expect 0 convert -q --lang en odd.txt
is_silent
expect 0 convert --quiet --lang en odd.txt
is_silent
expect 1 convert --strict --lang en odd.txt
prints '<akomaNtoso'
expect 1 convert --strict -q --lang en odd.txt
is_silent
expect 0 convert --strict --lang en --date 2021-05-04 a.txt
expect 2 convert --strict --lang en odd.txt missing.txt --output-dir strict
expect 0 convert --color=always --lang en odd.txt
check 'no color where it was asked for' grep -q "$(printf '\033')" err
expect 0 convert --color=never --lang en odd.txt
check 'color where none was wanted' sh -c '! grep -q "$(printf "\033")" err'
expect 0 convert --color=auto --lang en odd.txt
check 'color in a file' sh -c '! grep -q "$(printf "\033")" err'

# ---- what annexes are called ----------------------------------------------------

# One name in all languages, whatever letters or digits the label is in.
printf '附件二\n标题\n文本。\n附录三\n标题\n文本。\n' >labels.txt
expect 0 convert --lang zh --date 2021-05-04 labels.txt
prints '!annex_2"'
prints '!appendix_III"'
printf 'Apéndice\nTítulo\nTexto.\n' >labels.txt
expect 0 convert --lang es --date 2021-05-04 labels.txt
prints '!appendix_1"'
printf 'Приложение В\nНазвание\nТекст.\n' >labels.txt
expect 0 convert --lang ru --date 2021-05-04 labels.txt
prints '!annex_B"'
printf 'الملحق ٢\nالعنوان\nالنص.\n' >labels.txt
expect 0 convert --lang ar --date 2021-05-04 labels.txt
prints '!annex_2"'
printf '第76号决议\n标题\n大会，\n做出决议\n1\t照办。\n第76号决议（2031年，日内瓦，修订版）附件1\n清单\n文本。\n' >labels.txt
expect 0 convert --lang zh --date 2021-05-04 labels.txt
prints '!annex_1"'

# ---- explain, check ----------------------------------------------------------

expect 0 explain --lang en a.txt
prints 'clause point'
prints 'num = 1'
expect 0 convert --lang en -o tree.xml a.txt
expect 0 explain tree.xml
check 'explain takes a tree for a text' test ! -s out
expect 2 explain
expect 2 explain - -
says 'standard input can be one of the files only'
expect 2 explain missing.txt
says 'missing.txt'
expect 0 check
prints ' 0 failed'
expect 0 check fr
prints ' 0 failed'
expect 0 check -q
check 'check -q prints' test ! -s out
expect 0 check --strict --grammar fr
prints ' 0 failed'
expect 2 check --grammar fr en
says 'exclude each other'
expect 2 check -o report.txt
says 'check takes no --output'
absent report.txt
expect 2 convert -t pdf a.txt
says 'no format "pdf"'
says 'xml'
expect 2 check nobody
says 'nobody'

# ---- get -----------------------------------------------------------------------

for name in ' ' "$(printf '%1001d' 0)"; do
    expect 2 get -q a.txt "$name"
    says 'empty or too long'
done

# ---- diagnostics -------------------------------------------------------------

# compare NAME: what stands in err against the golden file.
compare() {
    golden=$here/diagnostics/$1.err
    checks=$((checks + 1))
    if [ "${UPDATE:-}" = 1 ]; then
        cp err "$golden"
    else
        diff -u "$golden" err || fail "diagnostics of $1"
    fi
}

# A grammar is alone in its folder with the others that its name begins.
for grammar in "$here"/diagnostics/*.grammar; do
    name=$(basename "$grammar" .grammar)
    [ "$name" != loopother ] || continue
    mkdir "$name"
    cp "${grammar%.grammar}"*.grammar "$name"
    (cd "$name" && "$CLAUSIER" check --grammar-dir . >/dev/null 2>../err)
    status=$?
    echo "exit status $status" >>err
    compare "$name"
done
# Each rule without examples has a word that is missing: check names them all.
mkdir bare
echo 'language eng' >bare/bare.grammar
for i in $(seq 1 30); do
    printf 'bullet b%d\n    match ^ (?<num> - ) (?<text> .* ) $\n' "$i"
done >>bare/bare.grammar
expect 0 check ./bare/bare.grammar
check 'rules without examples are not all named' \
    test "$(grep -c 'no-example' err)" -eq 30
# Lets that would make a pattern too large for PCRE2 are shared in it: long ones
# and, where these are not enough, shorter ones.
# large_grammar CHOICES CALLS: calls a let of so many choices so often.
large_grammar() {
    i=0 sep=
    echo 'language eng'
    printf 'let long ='
    while [ "$i" -lt "$1" ]; do
        printf '%s(?: tide%dth | gauge%dth )' "$sep" "$i" "$i"
        sep=' | '
        i=$((i + 1))
    done
    echo
    echo 'bullet many'
    printf '    match   ^ (?<num> - ) \\h (?<text> '
    i=0
    while [ "$i" -lt "$2" ]; do
        printf '(?&long)? '
        i=$((i + 1))
    done
    echo ') $'
    echo "    yes     - tide1thgauge$(($1 - 1))th"
    echo "    no      - tide1thgauge$1th"
}

for size in '300 40' '34 70'; do
    mkdir -p large
    large_grammar $size >large/eng.grammar
    checks=$((checks + 1))
    (cd large && "$CLAUSIER" check --grammar-dir . >../out 2>../err)
    prints ' 0 failed'
done

# What tables are drawn with does not hide the language of a text.
{
    for row in 1 2 3 4 5; do
        printf '+-%0600d-+\n| The ports of the group\n' 0 | tr 0 -
    done
    echo 'The group meets in the port, and it is open to all.'
} >drawn.txt
checks=$((checks + 1))
"$CLAUSIER" convert -q drawn.txt >out
prints 'xml:lang="en"'

for text in "$here"/diagnostics/*.txt; do
    name=$(basename "$text" .txt)
    options='--lang en --date 2021-05-03'
    case $name in no-date | *-guessed) options='--lang en' ;; esac
    [ "$name" != undetermined-language ] || options=
    cp "$text" .
    "$CLAUSIER" convert $options "$name.txt" >/dev/null 2>err
    status=$?
    echo "exit status $status" >>err
    compare "$name"
done

echo "$checks checks, $failed failed"
[ "$failed" -eq 0 ]
