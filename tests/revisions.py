"""Makes known changes to documents and asks clausier diff for them: once with the
lines as they are, once broken elsewhere, once with other spaces and hyphens. It
shall say the same each time, and no more than was changed."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

class Document:
    def __init__(self, program, work, path):
        self.program, self.work, self.path = program, work, path
        self.text = path.read_text(encoding='utf-8')
        self.language = path.stem

    def diff(self, name, text):
        out = self.work / f'{name}.txt'
        out.write_text(text, encoding='utf-8')
        done = subprocess.run([self.program, 'diff', '-q', '-t', 'jsonl', '--lang',
                               self.language, str(self.path), str(out)],
                              capture_output=True, text=True)
        if done.returncode > 1:
            sys.exit(done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]


def wrap(text, width):
    """Breaks running text at spaces and between Han characters; tables and marks
    stay."""
    lines = []
    for line in text.split('\n'):
        if line.startswith('\t') or '[' in line or '\t' in line[8:]:
            lines.append(line)
            continue
        while len(line) > width:
            breaks = list(re.finditer('[ ]|(?<=[一-鿿])(?=[一-鿿])', line[20:width]))
            if not breaks:
                break
            lines.append(line[:20 + breaks[-1].start()])
            line = line[20 + breaks[-1].end():]
        lines.append(line)
    return '\n'.join(lines)


def respace(text):
    """A space that does not break before a number, hyphens that do not break."""
    text = re.sub(r'(?<=[a-z]) (?=\d)', '\u00a0', text)
    return re.sub(r'(?<=[A-Za-z])-(?=[A-Za-z])', '\u2011', text)


def first_lines(text, pattern):
    return [i for i, line in enumerate(text.split('\n')) if re.match(pattern, line)]


def word_changed(text):
    """A long word in the last numbered clause."""
    lines = text.split('\n')
    for i in reversed(first_lines(text, r'\d+(\.\d+)*\t.{60}')):
        m = re.search(r'(?<= )[a-z]{7,}(?= [a-z]+ )', lines[i])
        if m:
            lines[i] = lines[i][:m.start()] + 'whatsoever' + lines[i][m.end():]
            return '\n'.join(lines), [('text', m[0], 'whatsoever')]


def date_changed(text):
    m = re.search(r'(\d{1,2}) ((?:January|February|March|April|May|June|July|August|'
                  r'September|October|November|December|janvier|février|mars|avril|mai|'
                  r'juin|juillet|août|septembre|octobre|novembre|décembre) \d{4})',
                  text[len(text) // 4:])
    if m and m[1] != '22':
        at = len(text) // 4 + m.start()
        return text[:at] + '22' + text[at + len(m[1]):], [('fact', 'date')]


def sentence_added(text):
    lines = text.split('\n')
    for i in first_lines(text, r'\d+(\.\d+)*\t.{60}.*\.$'):
        lines[i] += ' Quaint birds nest there.'
        return '\n'.join(lines), [('text', '', 'Quaint birds nest there.')]


def item_dropped(text):
    """What refers to it leads nowhere then, which is said, too."""
    lines = text.split('\n')
    for i in reversed(first_lines(text, r'[a-z]\)\t.{30}')):
        if i and re.match(r'[a-z]\)\t', lines[i - 1]) and \
                not re.match(r'[a-z]\)\t', lines[i + 1]):
            return '\n'.join(lines[:i] + lines[i + 1:]), [('missing',)]


def item_added(text):
    lines = text.split('\n')
    for i in first_lines(text, r'[b-y]\)\t.{10}'):
        if not re.match(r'[a-z]\)\t', lines[i + 1]):
            label = chr(ord(lines[i][0]) + 1)
            return ('\n'.join(lines[:i + 1] + [label + ')\tto watch quaint birds.'] +
                              lines[i + 1:]), [('added',)])


def clause_inserted(text):
    """The clauses behind it count one more: one record."""
    lines = text.split('\n')
    whole = first_lines(text, r'\d\t(?!.*\t\d+$)')
    tail = [i for i in whole if i >= whole[len(whole) // 2]] if len(whole) > 3 else []
    numbers = [int(lines[i][0]) for i in tail]
    if len(tail) < 2 or numbers != list(range(numbers[0], numbers[0] + len(tail))) or \
            numbers[-1] > 8 or first_lines(text, r'%d\.\d' % numbers[0]):
        return None
    for i in tail:
        lines[i] = str(int(lines[i][0]) + 1) + lines[i][1:]
    lines.insert(tail[0], f'{numbers[0]}\tQuaint birds nest on the roof of the building.')
    return '\n'.join(lines), [('added',), ('renumbered',)]


KINDS = [word_changed, date_changed, sentence_added, item_dropped, item_added,
         clause_inserted]


def said(record):
    """What a record says, in the words of the change."""
    if record['code'] == 'text':
        return ('text', *[p.get('surface', '') for p in record['places']])
    if record['code'] == 'fact':
        return ('fact', record['type'])
    return (record['code'],)


def main(program, corpus):
    failures = count = 0
    changed = set()
    with tempfile.TemporaryDirectory() as work:
        for path in sorted(pathlib.Path(corpus).glob('*/*.txt')):
            if path.stem not in ('en', 'fr') or path.parent.name in ('rough',):
                continue
            document = Document(program, pathlib.Path(work), path)
            for layout in (str, lambda t: wrap(t, 72), respace):
                records = document.diff('same', layout(document.text))
                if records:
                    failures += 1
                    print(f'missed: {path}: only the layout differs, and it says',
                          [r['reason'] for r in records][:3])
                count += 1
            for kind in KINDS:
                made = kind(document.text)
                if not made:
                    continue
                text, wanted = made
                changed.add(kind.__name__)
                for layout in (str, lambda t: wrap(t, 72), respace):
                    records = document.diff(kind.__name__, layout(text))
                    got = sorted(said(r) for r in records
                                 if kind is not item_dropped or r['code'] != 'fact')
                    count += 1
                    if got != sorted(wanted):
                        failures += 1
                        print(f'missed: {path.parent.name}/{path.stem} '
                              f'{kind.__name__}: {got}, not {wanted}')
    for kind in KINDS:
        if kind.__name__ not in changed:
            sys.exit(f'no document for {kind.__name__}')
    print(f'{count - failures} of {count} comparisons say what was changed, and no more')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:3]))
