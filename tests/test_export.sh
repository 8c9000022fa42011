#!/bin/bash
# What convert -t writes, read back by programs that know nothing of clausier:
# JSON and JSON Lines against their schema, the outline, the page; of corpus,
# of real documents, of trees from elsewhere, of hostile ones.
set -u
. "$SOURCE/tests/check.sh"

needs python3 jq xmllint
python3 -c 'import jsonschema' 2>/dev/null || skip 'python3 has no jsonschema'
make_work
cd "$work" || exit
forms='xml json ndjson text html'

extension() {
    case $1 in text) echo txt ;; *) echo "$1" ;; esac
}

# forms FOLDER FILE...: all forms of the files
write_forms() {
    local folder=$1 form
    shift
    for form in $forms; do
        "$CLAUSIER" convert -q -t $form --output-dir "$folder" "$@" ||
            fail "convert -t $form $*: exit status $?"
    done
}

mkdir texts
for file in "$SOURCE"/corpus/*/*.txt "$SHARED"/seeds/*.txt; do
    [ -e "$file" ] || continue
    cp "$file" "texts/$(basename "$(dirname "$file")")-$(basename "$file")"
done
write_forms out texts/*.txt
write_forms again texts/*.txt
diff -r out again >/dev/null || fail "two runs differ"

# Akoma Ntoso in gives what the text gave.
write_forms trees out/*.xml
diff -r out trees >/dev/null || fail "the tree gives other forms than the text"

# Trees that other programs wrote: no places, prefixes, an older namespace, no
# metadata to speak of.
mkdir foreign
cat >foreign/prefixed.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<a:akomaNtoso xmlns:a="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
  <a:act name="act">
    <a:meta/>
    <a:body xml:lang="ga">
      <a:chapter eId="chp_1"><a:num>Chapter 1</a:num><a:heading>Of <a:i>bees</a:i></a:heading>
        <a:article eId="art_1"><a:num>Art. 1</a:num><a:content><a:p>See <a:ref href="#art_2" status="edited">article 2</a:ref>,
          <a:ref href="#art_9">article 9</a:ref> and <a:ref href="/akn/ie/act/2001/1">the Act</a:ref>.</a:p></a:content></a:article>
        <a:article eId="art_2"><a:num>Art. 2</a:num><a:paragraph><a:num>(a)</a:num><a:content><a:p>Hives</a:p>
          <a:ul><a:li>on roofs</a:li><a:li><a:p>in gardens</a:p></a:li></a:ul></a:content></a:paragraph></a:article>
      </a:chapter>
    </a:body>
  </a:act>
</a:akomaNtoso>
XML
cat >foreign/bare.xml <<'XML'
<akomaNtoso xmlns="http://www.akomantoso.org/2.0"><doc><mainBody><p>Nothing <b>else</b>.</p></mainBody></doc></akomaNtoso>
XML
cat >foreign/empty.xml <<'XML'
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>
XML
cat >foreign/odd.xml <<'XML'
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="&lt;/title&gt;&lt;script&gt;x()&lt;/script&gt;">
<mainBody xml:lang="&quot;&gt;&lt;script&gt;"><section eId="&quot;x onclick=&quot;y()"><num>1</num><heading>&lt;/style&gt;&lt;script&gt;x()&lt;/script&gt;</heading>
<content><p eId="same">A <a href="javascript:x()">link</a> and <ref href="JavaScript:x()">one</ref>, <ref href="data:text/html,x">two</ref>,
<ref href="#same">three</ref>.</p><p eId="same" style="color:red" onclick="x()">Again <remark eId="same">and</remark> <!-- no --> again.</p>
<table><tr><td colspan="&quot;9"/></tr></table></content></section></mainBody></doc></akomaNtoso>
XML
write_forms out foreign/*.xml
jq -e '[.. | .references? // empty | .[] | .status] ==
    ["resolved", "dangling", "external"]' out/prefixed.json >/dev/null ||
    fail "the status of references in a tree from elsewhere"

python3 -B "$SOURCE/tests/export.py" "$SOURCE/src/document.schema.json" out ||
    fail "export.py"

for file in out/*.ndjson; do
    [ "$(jq -c . "$file" | wc -l)" -eq "$(wc -l <"$file")" ] ||
        fail "jq reads another number of lines from $file"
done
jq -e '.parts[] | select(.part == "annex 1").content[] |
    select(.number? == "2").heading' out/circular-annexes-fr.json >/dev/null ||
    fail "jq finds no clause 2 of annex 1"
# xmllint knows HTML 4; names that came later are no errors.
for file in out/*.html; do
    if xmllint --html --noout "$file" 2>&1 | grep 'parser error :' |
        grep -qv 'Tag [a-z]* invalid'; then
        fail "xmllint: $file: $(xmllint --html --noout "$file" 2>&1 | head -3)"
    fi
done

# Bad trees are refused, and nothing is left behind.
head='<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="x"><mainBody>'
tail='</mainBody></doc></akomaNtoso>'
{
    printf '%s' "$head"
    for i in $(seq 5000); do printf '<section><num>1</num>'; done
} >deep.xml
printf '<!DOCTYPE akomaNtoso [<!ENTITY a "b">]>%s<p>&a;</p>%s' "$head" "$tail" >entity.xml
printf '%s<p>' "$head" >cut.xml
printf '<?xml version="1.0"?><html/>' >html.xml
for bad in deep entity cut html; do
    for form in $forms; do
        "$CLAUSIER" convert -q -t $form $bad.xml -o bad.out 2>err
        [ $? -eq 2 ] && [ -s err ] && [ ! -e bad.out ] ||
            fail "convert -t $form $bad.xml: $(head -2 err)"
        rm -f bad.out
    done
done

# As deep as is accepted, and attributes as large.
{
    printf '%s' "$head"
    for i in $(seq 240); do printf '<section eId="s%s"><num>%s</num>' $i $i; done
    printf '<content><p>deep</p></content>'
    for i in $(seq 240); do printf '</section>'; done
    printf '%s' "$tail"
} >good.xml
{
    printf '%s<section eId="' "$head"
    head -c 3000000 /dev/zero | tr '\0' x
    printf '"><num>1</num><content><p>large</p></content></section>%s' "$tail"
} >large.xml
for form in $forms; do
    for good in good large; do
        "$CLAUSIER" convert -q -t $form $good.xml -o good.out ||
            fail "convert -t $form $good.xml"
    done
done

cp texts/circular-short-fr.txt same.txt
"$CLAUSIER" convert -q -t text --output-dir . same.txt 2>err
[ $? -eq 2 ] && cmp -s same.txt texts/circular-short-fr.txt ||
    fail "an outline takes the place of its text"

"$CLAUSIER" convert -t csv texts/*-fr.txt 2>err
[ $? -eq 2 ] && grep -q 'ndjson' err || fail "convert -t csv"
[ "$failed" -eq 0 ]
