"""Reads beads back from each form of an alignment and compares them.

beads.py FOLDER: the folder holds NAME.tsv, NAME.xml, NAME.tmx, NAME.xliff12
and, for two versions, NAME.xliff.
"""
import csv
import pathlib
import sys
import xml.etree.ElementTree as ET

A = '{urn:x-clausier:alignment:1}'
X1 = '{urn:oasis:names:tc:xliff:document:1.2}'
X2 = '{urn:oasis:names:tc:xliff:document:2.0}'
MDA = '{urn:oasis:names:tc:xliff:metadata:2.0}'
ITS = '{http://www.w3.org/2005/11/its}'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'


def row(eids, texts):
    """The units of one version in a bead; None where there are none."""
    return (tuple(eids), '\n'.join(texts)) if eids else None


def read_xml(path):
    """Beads: clause and a row for each version; then languages, reasons."""
    root = ET.parse(path).getroot()
    versions = root.findall(A + 'version')
    beads = []
    for bead in root.findall(A + 'bead'):
        rows = []
        for version in versions:
            units = [u for u in bead.findall(A + 'unit')
                     if u.get('version') == version.get('n')]
            rows.append(row([u.get('eId') for u in units],
                            [''.join(u.itertext()) for u in units]))
        beads.append((bead.get('clause', ''), rows))
    differences = [
        (d.get('code'), d.findtext(A + 'reason'),
         {int(p.get('version')) for p in d.findall(A + 'place')})
        for d in root.findall(A + 'difference')]
    return beads, [v.get(LANG) for v in versions], differences


def read_tsv(path):
    with open(path, encoding='utf-8', newline='') as file:
        rows = list(csv.reader(file, delimiter='\t', quoting=csv.QUOTE_NONE))
    count = (len(rows[0]) - 8) // 3
    return [(r[6], [tuple(r[9 + 3 * v].split()) for v in range(count)])
            for r in rows[1:]]


def props(element, kind):
    return [p.text for p in element.findall('prop') if p.get('type') == kind]


def read_tmx(path):
    root = ET.parse(path).getroot()
    count = sum(p.get('type').startswith('x-file-')
                for p in root.find('header').findall('prop'))
    beads, languages, notes = [], [None] * count, []
    for tu in root.iter('tu'):
        rows = [None] * count
        for tuv in tu.findall('tuv'):
            version = int(props(tuv, 'x-version')[0]) - 1
            rows[version] = row(props(tuv, 'x-eId'),
                                [''.join(tuv.find('seg').itertext())])
            languages[version] = tuv.get(LANG)
        beads.append((''.join(props(tu, 'x-clause')), rows))
        notes += [n.text for n in tu.findall('note')]
    return beads, languages, notes


def comments(root):
    return {e.get(ITS + 'locQualityIssueComment') for e in root.iter()} - {None}


def read_xliff(path):
    root = ET.parse(path).getroot()
    beads = []
    for unit in root.iter(X2 + 'unit'):
        if unit.get('id') == 'empty':
            continue
        eids = {1: [], 2: []}
        for group in unit.iter(MDA + 'metaGroup'):
            meta = {m.get('type'): m.text for m in group}
            if group.get('category').startswith('unit-'):
                eids[int(meta['version'])].append(meta.get('eId', ''))
        segment = unit.find(X2 + 'segment')
        texts = [segment.find(X2 + name) for name in ('source', 'target')]
        beads.append((unit.get('name', ''), [
            row(eids[v + 1], [''.join(texts[v].itertext())] if eids[v + 1]
                else []) for v in (0, 1)]))
    return beads, [root.get('srcLang'), root.get('trgLang')], comments(root)


def read_xliff12(path):
    """For each file: beads, languages, comments."""
    files = []
    for file in ET.parse(path).getroot().findall(X1 + 'file'):
        beads = []
        for unit in file.iter(X1 + 'trans-unit'):
            context = [(c.get('context-type'), c.text)
                       for c in unit.iter(X1 + 'context')]
            eids = [[t for k, t in context if k == f'x-{side}-eId']
                    for side in ('source', 'target')]
            texts = [unit.find(X1 + side) for side in ('source', 'target')]
            clause = ''.join(t for k, t in context if k == 'x-clause')
            beads.append((clause, [
                row(e, [''.join(t.itertext())] if e else [])
                for e, t in zip(eids, texts)]))
        files.append((beads, [file.get('source-language'),
                              file.get('target-language')], comments(file)))
    return files


def check(name, what, got, wanted):
    if got == wanted:
        return 0
    print(f'FAILED: {name}: {what}')
    for g, w in zip(got, wanted):
        if g != w:
            print(f'  {g}\n  {w}')
            break
    else:
        print(f'  {len(got)} for {len(wanted)}')
    return 1


def compare(folder, name):
    def path(form):
        return folder / f'{name}.{form}'

    beads, languages, differences = read_xml(path('xml'))
    reasons = {reason for _, reason, _ in differences}
    failed = check(name, 'tsv', read_tsv(path('tsv')),
                   [(clause, [r[0] if r else () for r in rows])
                    for clause, rows in beads])
    got, tags, notes = read_tmx(path('tmx'))
    failed += check(name, 'tmx', got, beads)
    failed += check(name, 'languages of tmx',
                    [t for t in tags if t],
                    [l for l, t in zip(languages, tags) if t])
    failed += check(name, 'differences of tmx',
                    sorted({n.split(': ', 1)[1].rsplit(' [', 1)[0]
                            for n in notes}), sorted(reasons))
    for v, file in enumerate(read_xliff12(path('xliff12')), 1):
        pairs = [(clause, [rows[0], rows[v]]) for clause, rows in beads
                 if rows[0] or rows[v]]
        about = {reason for code, reason, places in differences
                 if (v + 1 not in places if code == 'missing' else
                     v + 1 in places or places <= {1})}
        failed += check(name, f'xliff12, file {v}', file[0], pairs)
        failed += check(name, 'languages of xliff12', file[1],
                        [languages[0], languages[v]])
        failed += check(name, f'issues of xliff12, file {v}',
                        sorted(file[2]), sorted(about))
    if len(languages) == 2:
        got, tags, issues = read_xliff(path('xliff'))
        failed += check(name, 'xliff', got, beads)
        failed += check(name, 'languages of xliff', tags, languages)
        failed += check(name, 'issues of xliff', sorted(issues),
                        sorted(reasons))
    return failed, len(beads), len(differences)


def main():
    folder = pathlib.Path(sys.argv[1])
    names = sorted(p.stem for p in folder.glob('*.tsv'))
    results = [compare(folder, name) for name in names]
    failed, beads, differences = map(sum, zip(*results))
    print(f'{len(names)} alignments, {beads} beads, {differences} differences '
          'read back')
    return 1 if failed or not beads or not differences else 0


if __name__ == '__main__':
    sys.exit(main())
