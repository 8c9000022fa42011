"""Checks that the program makes of the text in README.md the tree that stands
below it, and that the grammar there takes its own examples.

The tree is cut: what is left out stands between lines with three dots, and no
place in the source is shown.
"""
import pathlib
import re
import subprocess
import sys

program, readme, work = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
blocks = re.findall(r'^```(\w*)\n(.*?)^```', pathlib.Path(readme).read_text(
    encoding='utf-8'), re.M | re.S)
text = blocks[0][1]
shown = next(body for language, body in blocks if language == 'xml')
grammar = next(body for _, body in blocks if body.startswith('extends'))
failed = 0


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, cwd=work,
                          encoding='utf-8')
    if done.returncode:
        sys.exit(f'{arguments}: exit status {done.returncode}: {done.stderr}')
    return done.stdout


(work / 'text.txt').write_text(text, encoding='utf-8')
(work / 'pt.grammar').write_text(grammar, encoding='utf-8')
tree = re.sub(r' src:(lines|bytes)="[^"]*"', '', run('convert', 'text.txt'))
lines = [line.strip() for line in tree.splitlines()]
at, cut = 0, True
for line in map(str.strip, shown.splitlines()):
    if line == '…':
        cut = True
        continue
    where = lines.index(line, at) if line in lines[at:] else None
    if where is None or (where > at and not cut):
        print(f'README.md shows, and convert does not write: {line}')
        failed += 1
    at, cut = at if where is None else where + 1, where is None
run('check', '-q', './pt.grammar')
print(f'{len(shown.splitlines())} lines of a tree, {failed} failed')
sys.exit(failed > 0)
