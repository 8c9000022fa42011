"""Plants one error at a time in a language version and asks clausier diff what
it sees: how many errors it finds, and how much of what it says is about them."""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

PAIRS = [('en', 'fr'), ('fr', 'en'), ('fr', 'zh'), ('zh', 'fr'), ('en', 'zh'),
         ('zh', 'en')]
PER_KIND = 2  # of one kind in one file

MONTHS = {
    'en': 'January February March April May June July August September '
          'October November December'.split(),
    'fr': 'janvier février mars avril mai juin juillet août septembre '
          'octobre novembre décembre'.split(),
}
LABEL = re.compile(r'^((?:\[bookmark: [^]]*\])*)((?:\d+(?:\.\d+)+|[a-z]\)|\(?[ivx]+\)|\d+[.)]?)\t)(?=\S)')


# ---- facts: each yields (start, end, replacement) in a line ---------------------

def other_digit(text):
    """A number that is not this one: its last digit but changed."""
    return text[:-1] + str((int(text[-1]) + 3) % 10)


def days(line, lang):
    pattern = (r'\d月(\d{1,2})日' if lang == 'zh' else
               r'(?<![\d–-])(\d{1,2})(?:er)? (?:%s) \d{4}' % '|'.join(MONTHS[lang]))
    for m in re.finditer(pattern, line):
        yield m.start(1), m.end(1), '14' if m[1] != '14' else '15'


def months(line, lang):
    if lang == 'zh':
        for m in re.finditer(r'\d{4}年(\d{1,2})月\d', line):
            yield m.start(1), m.end(1), '3' if m[1] != '3' else '5'
        return
    for m in re.finditer(r'\d (%s) \d{4}' % '|'.join(MONTHS[lang]), line):
        yield m.start(1), m.end(1), MONTHS[lang][2 if m[1] != MONTHS[lang][2] else 4]


def years(line, lang):
    pattern = (r'(\d{4})年\d{1,2}月' if lang == 'zh' else
               r'(?:%s) (\d{4})' % '|'.join(MONTHS[lang]))
    for m in re.finditer(pattern, line):
        yield m.start(1), m.end(1), str(int(m[1]) + 1)


def range_ends(line, lang):
    pattern = (r'月\d{1,2}[-–至](\d{1,2})日' if lang == 'zh' else
               r'\d{1,2}[-–](\d{1,2}) (?:%s) \d{4}' % '|'.join(MONTHS[lang]))
    for m in re.finditer(pattern, line):
        yield m.start(1), m.end(1), '29' if m[1] != '29' else '28'


def hours(line, lang):
    for m in re.finditer(r'(?<![\d.])(\d\d)(?= h \d\d|:\d\d|\d\d hours|时\d\d分)', line):
        yield m.start(1), m.end(1), '11' if m[1] != '11' else '12'


def numbers(line, lang):
    pattern = (r'(?<![\d.第A-Za-z])(\d{2,3})(?=\s?(?:个|名|份|人|米|秒|分钟|小时|天|毫秒|厘米|次))'
               if lang == 'zh' else
               r"(?<![\d.,/’'A-Za-z°-])(\d{2,3})(?= (?!h\b|%s)[a-zà-ü]{4,})"
               % '|'.join(MONTHS[lang]))
    for m in re.finditer(pattern, line):
        yield m.start(1), m.end(1), other_digit(m[1])


def sectors(line, lang):
    for m in re.finditer(r'(?:ITU|UIT)[-‑](T)\b', line):
        yield m.start(1), m.end(1), 'R'


def annexes(line, lang):
    if re.match(r'\W*(?:annex|附件|\[)', line, re.I):
        return
    pattern = r'附件\s?([A1])(?![\d.])' if lang == 'zh' else r'\b[Aa]nnexe? ([A1])\b'
    for m in re.finditer(pattern, line):
        yield m.start(1), m.end(1), '7' if m[1] == '1' else 'H'


def clauses(line, lang):
    pattern = {'en': r'\bclauses? (\d+(?:\.\d+)+)', 'fr': r'(?:§|point) (\d+(?:\.\d+)+)',
               'zh': r'第(\d+(?:\.\d+)+)节'}[lang]
    for m in re.finditer(pattern, line):
        yield m.start(1), m.end(1), other_digit(m[1])


def acronyms(line, lang):
    if sum(c.isupper() for c in line) > sum(c.islower() or c > '\u3000' for c in line):
        return
    for m in re.finditer(r'(?<![A-Za-z0-9@/.-])(?:FG|JCA|SG|WP)-([A-Z]{3,6})(?![A-Za-z0-9@-])', line):
        a = m[1]
        turned = a[0] + a[2] + a[1] + a[3:]
        if turned != a:
            yield m.start(1), m.end(1), turned


def names(line, lang):
    for m in re.finditer(r'(?:\bM\. |\bMme |\bMr |\bMs )([A-Z][a-z]+) [A-Z][a-z]+', line):
        a = m[1]
        yield m.start(1), m.end(1), a[0] + ('o' if a[1] != 'o' else 'a') + a[2:]


def urls(line, lang):
    for m in re.finditer(r'https?://[\w./-]*?/([a-z]{3,})', line):
        yield m.start(1), m.end(1), m[1][:-1] + ('x' if m[1][-1] != 'x' else 'z')


def emails(line, lang):
    for m in re.finditer(r'\b([a-z0-9]{4,})@[a-z]', line):
        yield m.start(1), m.end(1), m[1][:-2] + ('q' if m[1][-2] != 'q' else 'w') + m[1][-1]


FACTS = collections.OrderedDict([
    ('day', days), ('month', months), ('year', years), ('range end', range_ends),
    ('hour', hours), ('number', numbers), ('sector letter', sectors),
    ('annex letter', annexes), ('clause number', clauses),
    ('acronym', acronyms), ('name', names), ('URL', urls), ('e-mail', emails)])


# ---- structure: each yields (lines, touched lines of the new file, of the old) -----

def is_clause(lines, i):
    """A labelled line that is a unit of its own, and no line of a contents."""
    return (LABEL.match(lines[i]) and len(lines[i]) > 30 and
            not re.search(r'\t\d+$', lines[i]))


def kind_of(line):
    label = LABEL.match(line)[2].strip()
    return 'letter' if label[0].isalpha() else label.count('.')


def dropped(lines):
    for i in range(len(lines)):
        if is_clause(lines, i):
            yield lines[:i] + lines[i + 1:], {i, i + 1}, {i + 1}


def added(lines):
    texts = {'letter': 'z)', 0: '97'}
    for i in range(len(lines)):
        if is_clause(lines, i):
            label = texts.get(kind_of(lines[i])) or LABEL.match(lines[i])[2].strip() + '.97'
            new = label + '\tQuebec 4711 zzz Xanadu.'
            yield lines[:i + 1] + [new] + lines[i + 1:], {i + 2}, set()


def swapped(lines):
    for i in range(len(lines) - 1):
        if is_clause(lines, i) and is_clause(lines, i + 1) and \
                kind_of(lines[i]) == kind_of(lines[i + 1]):
            yield (lines[:i] + [lines[i + 1], lines[i]] + lines[i + 2:],
                   {i + 1, i + 2}, {i + 1, i + 2})


def renumbered(lines):
    for i in range(len(lines)):
        if not is_clause(lines, i):
            continue
        m = LABEL.match(lines[i])
        label = m[2].strip()
        number = re.search(r'\d+(?=\D*$)', label)
        if number:
            label = label[:number.start()] + str(int(number[0]) + 40) + label[number.end():]
        else:
            label = label.replace(label.strip('()'), 'w')
        yield (lines[:i] + [m[1] + label + '\t' + lines[i][m.end():]] + lines[i + 1:],
               {i + 1}, {i + 1})


def merged(lines):
    for i in range(len(lines) - 1):
        if is_clause(lines, i) and is_clause(lines, i + 1) and \
                kind_of(lines[i]) == kind_of(lines[i + 1]):
            rest = lines[i + 1][LABEL.match(lines[i + 1]).end():]
            yield (lines[:i] + [lines[i] + ' ' + rest] + lines[i + 2:],
                   {i + 1, i + 2}, {i + 1, i + 2})


def split(lines):
    for i in range(len(lines)):
        if not is_clause(lines, i) or kind_of(lines[i]) != 'letter':
            continue
        m = re.search(r'(?<=[,，;；:：])\s*(?=\S{12}|(?:\S+ ){3})', lines[i][12:-12])
        if m:
            at = 12 + m.start()
            yield (lines[:i] + [lines[i][:at], 'y)\t' + lines[i][at:].strip()] + lines[i + 1:],
                   {i + 1, i + 2}, {i + 1})


STRUCTURE = collections.OrderedDict([
    ('clause dropped', dropped), ('clause added', added), ('clauses swapped', swapped),
    ('clause renumbered', renumbered), ('items merged', merged), ('item split', split)])


# ---- the program ----------------------------------------------------------------

class Pair:
    def __init__(self, program, work, a, b, languages):
        self.program, self.a, self.languages = program, str(a), languages
        self.b = work / 'mutant.txt'
        self.lines = b.read_text(encoding='utf-8').split('\n')
        self.counterparts = self.read_counterparts(b)
        self.base = {r['id'] for r in self.diff(self.lines)}

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True)
        if done.returncode > 1:
            sys.exit('clausier failed: ' + done.stderr)
        return done.stdout

    def read_counterparts(self, b):
        rows = [r.split('\t') for r in self.run('align', '-q', self.a, str(b)).split('\n')[1:-1]]
        found = collections.defaultdict(set)
        for row in rows:
            for line in spread(row[11]):
                found[line] |= spread(row[8])
        return found

    def diff(self, lines):
        self.b.write_text('\n'.join(lines), encoding='utf-8')
        out = self.run('diff', '-q', '-t', 'jsonl', self.a, str(self.b))
        return [json.loads(r) for r in out.splitlines()]

    def is_about(self, record, touched, old):
        """Whether the record points at what was changed, in either version."""
        there = set().union(*[self.counterparts[line] for line in old]) if old else set()
        for place in record['places']:
            wanted = touched if place['version'] == 2 else there
            for unit in place['units']:
                if unit['lines'] and wanted & set(range(unit['lines'][0], unit['lines'][1] + 1)):
                    return True
        return False

    def score(self, lines, touched, old):
        new = [r for r in self.diff(lines) if r['id'] not in self.base]
        about = [r for r in new if self.is_about(r, touched, old)]
        return bool(about), len(about), [r for r in new if r not in about]


def spread(cell):
    """"3-5,9" is 3, 4, 5 and 9."""
    lines = set()
    for part in filter(None, cell.split(',')):
        first, _, last = part.partition('-')
        lines |= set(range(int(first), int(last or first) + 1))
    return lines


def mutants(pair):
    for kind, find in FACTS.items():
        count = 0
        for i, line in enumerate(pair.lines):
            if count == PER_KIND:
                break
            if not pair.counterparts[i + 1] or '. . .' in line:
                continue  # only one version says it at all
            for start, end, text in find(line, pair.languages[1]):
                yield (kind, pair.lines[:i] + [line[:start] + text + line[end:]] +
                       pair.lines[i + 1:], {i + 1}, {i + 1})
                count += 1
                break
    for kind, find in STRUCTURE.items():
        found = list(find(pair.lines))
        for mutant in found[::max(1, len(found) // PER_KIND)][:PER_KIND]:
            yield (kind, *mutant)


def main(program, corpus, verbose):
    planted, found = collections.Counter(), collections.Counter()
    right = wrong = 0
    with tempfile.TemporaryDirectory() as work:
        for folder in sorted(pathlib.Path(corpus).iterdir()):
            for a, b in PAIRS:
                if not (folder / f'{a}.txt').exists() or not (folder / f'{b}.txt').exists():
                    continue
                pair = Pair(program, pathlib.Path(work), folder / f'{a}.txt',
                            folder / f'{b}.txt', (a, b))
                for kind, lines, touched, old in mutants(pair):
                    hit, about, others = pair.score(lines, touched, old)
                    planted[kind] += 1
                    found[kind] += hit
                    right += about
                    wrong += len(others)
                    where = f'{folder.name} {a}-{b} {kind} at {sorted(touched)}'
                    if verbose and not hit:
                        print('missed:', where, lines[min(touched) - 1][:90])
                    for record in others if verbose else []:
                        print('stray:', where, '|', record['reason'])
    for kind in planted:
        print(f'  {kind:<20} {found[kind]:4} of {planted[kind]:4}')
    recall = sum(found.values()) / sum(planted.values())
    precision = right / (right + wrong)
    print(f'{sum(planted.values())} errors planted: recall {recall:.3f}, '
          f'precision {precision:.3f}')
    missing = [k for k in [*FACTS, *STRUCTURE] if not planted[k]]
    if missing:
        print('no place to plant:', ', '.join(missing))
    good = recall >= .98 and precision >= .95 and sum(planted.values()) >= 200 and not missing
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2], '-v' in sys.argv))
