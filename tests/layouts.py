"""Gives documents another layout, as editors and converters do, and reads them
again: units, references and dates shall be the same."""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

from checks import check, finish, local

AKN = '{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}'
MARK = r'\[(?:bookmark|image): [^]]*\]'  # of a converter: no part of the lines
# One more TAB on the line makes it a row of a table.
LABEL = r'(?m)^((?:%s)*[\w().]{1,8})\t(?=\S)(?!.*\t)' % MARK


def wrap(width):
    def wrapped(line):
        lines = ['']
        for word in re.split(r'(?<= )', line):
            shown = re.sub(MARK, '', lines[-1] + word).rstrip()
            if len(shown) > width and lines[-1].strip():
                lines.append('')
            lines[-1] += word
        return '\n'.join(part.rstrip() for part in lines)

    # Cells stay, and what a converter made longer than it was, with a note, say.
    return lambda text: '\n'.join(line if re.search(r'^\t|footnoteRef', line)
                                  else wrapped(line) for line in text.split('\n'))


def blank(text):
    """A blank line between paragraphs, but in tables, where it ends a row."""
    lines, in_table = [], False
    for line in text.split('\n'):
        if lines and not in_table and (re.match(LABEL, line) or re.match(
                r'[^\t]', line) and re.search(r'[.:;。：；؛]$', lines[-1])):
            lines.append('')
        in_table = line.startswith('\t') or (in_table and bool(line))
        lines.append(line)
    return '\n'.join(lines)


LAYOUTS = {
    'other line ends': lambda t: t.replace('\n', '\r\n'),
    'spaces at the end': lambda t: t.replace('\n', '  \n'),
    'set in': lambda t: re.sub(r'(?m)^(?=[^\t\n])', '   ', t),
    'spaces that do not break': lambda t: re.sub(r'(?<=\d) (?=\w)', '\u00a0', t),
    'spaces that do not break before numbers': lambda t: re.sub(
        r'(?<=\w) (?=\d)', '\u00a0', t),
    'joined letters': lambda t: t.replace('fi', '\ufb01').replace('fl', '\ufb02'),
    'minus signs': lambda t: re.sub(r'(?<=\d)-(?=\d)', '\u2212', t),
    'an image above': lambda t: re.sub(r'\A(\s*)', r'\1[image: seal]', t),
    'hyphens that do not break': lambda t: re.sub(r'(?<=\w)-(?=\w)', '\u2011', t),
    'accents of their own': lambda t: unicodedata.normalize('NFD', t),
    'labels on lines of their own': lambda t: re.sub(LABEL, r'\1\n', t),
    'a space behind labels': lambda t: re.sub(LABEL, r'\1 ', t),
    'a full stop behind numbers': lambda t: re.sub(r'(?m)^(\d+)\t(?=\S)', r'\1.\t', t),
    'blank lines': blank,
    'broken at 72': wrap(72),
    'broken at 100': wrap(100),
}


def plain(element):
    """What an element says, without what a layout may change."""
    text = ''.join(element.itertext()) if element is not None else ''
    text = unicodedata.normalize('NFC', text).replace('\u2011', '-').replace('\u2212', '-')
    return re.sub(r'\s|\.$', '', text.replace('\ufb01', 'fi').replace('\ufb02', 'fl'))


def units(tree):
    """Units with their labels, references and dates."""
    found = collections.Counter()
    for e in xml.etree.ElementTree.parse(tree).iter():
        kind = local(e)
        if kind in ('section', 'item', 'attachment', 'table', 'authorialNote', 'conclusions'):
            found[kind, e.get('eId'), plain(e.find(AKN + 'num')),
                  plain(e.find(AKN + 'heading'))] += 1
        elif kind == 'container':
            found[kind, e.get('name')] += 1
        elif kind in ('ref', 'rref', 'date'):
            found[kind, e.get('href') or e.get('date') or e.get('from')] += 1
    return found


def read(program, work, documents, change):
    """What the program sees in each of the documents, changed."""
    files = {path: work / f'{path.parent.name}.{path.stem}.txt' for path in documents}
    for path, file in files.items():
        file.write_bytes(change(path.read_text(encoding='utf-8')).encode('utf-8'))
    done = subprocess.run([program, 'convert', '-q', '--output-dir', work, *files.values()],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit('clausier failed: ' + done.stderr)
    return {path: units(file.with_suffix('.xml')) for path, file in files.items()}


def is_tried(path, name):
    """Chinese breaks elsewhere, and one document has broken lines already."""
    return name not in ('blank lines', 'broken at 72', 'broken at 100') or \
        (path.parent.name != 'rough' and path.stem != 'zh')


def main(program, corpus):
    documents = sorted(pathlib.Path(corpus).glob('*/*.txt'))
    with tempfile.TemporaryDirectory() as work:
        wanted = read(program, pathlib.Path(work), documents, str)
        for name, change in LAYOUTS.items():
            tried = [path for path in documents if is_tried(path, name)]
            for path, got in read(program, pathlib.Path(work), tried, change).items():
                check(f'{path.parent.name}/{path.stem}, {name}', got == wanted[path],
                      ('lost', list((wanted[path] - got).elements())[:4], 'invented',
                       list((got - wanted[path]).elements())[:4]))
    return finish()


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:3]))
