"""Checks that files include only what stands below them in README.md.

A row of the table there is a floor. A header is on the floor of the file of
its name, or, if there is none, on the lowest one that includes it; what stands
on one floor may share headers.
"""
import fnmatch
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
texts = {p.name: p.read_text(encoding='utf-8') for p in (source / 'src').iterdir()}
rows = [re.findall(r'`([^`]+)`', row)
        for row in re.findall(r'^\| (`.*?) \|', (source / 'README.md').read_text(
            encoding='utf-8'), re.M)]
failed = 0


def fail(text):
    global failed
    failed += 1
    print(text, file=sys.stderr)


def rows_of(name):
    return [i for i, row in enumerate(rows)
            if any(fnmatch.fnmatch(name, pattern) for pattern in row)]


def includes(name):
    return [other for other in re.findall(r'^#include "([^"]+)"', texts[name], re.M)
            if other in texts]


floors = {}
for name in texts:
    if name.endswith(('.c', '.xsl', '.css', '.js')):
        places = rows_of(name)
        if len(places) != 1:
            fail(f'{name} stands in {len(places)} rows of the table')
        else:
            floors[name] = places[0]
for row in rows:
    for pattern in row:
        if not fnmatch.filter(texts, pattern):
            fail(f'{pattern} is in the table alone')
for name in texts:
    if name.endswith('.h') and name[:-2] + '.c' in floors:
        floors[name] = floors[name[:-2] + '.c']
    elif name.endswith('.h'):
        floors[name] = max(floors[other] for other in floors
                           if other.endswith('.c') and name in includes(other))
for name in sorted(floors):
    for other in includes(name) if name.endswith(('.c', '.h')) else []:
        if floors[other] < floors[name]:
            fail(f'{name} includes {other}, which stands above it')

print(f'{len(floors)} files on {len(rows)} floors, {failed} failed')
sys.exit(failed > 0)
