"""Compares the converted seeds with the outline and the references that were
written down by hand: seeds.py GOLD FR.xml ZH.xml REPORT.xml"""
import csv
import re
import sys
import xml.etree.ElementTree as ET

AKN = '{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}'
SRC = '{urn:x-clausier:source:1}'
OUTLINE_KINDS = ('section', 'item', 'bullet', 'note', 'paragraph')
failures = []


def fail(message):
    failures.append(message)
    print('FAILED:', message)


def rows(path):
    with open(path, encoding='utf8') as file:
        return list(csv.DictReader(file, delimiter='\t',
                                   quoting=csv.QUOTE_NONE))


def line_set(text):
    """'12-14' is {12, 13, 14}."""
    lines = set()
    for run in filter(None, re.split('[ ,]', text or '')):
        first, _, last = run.partition('-')
        lines.update(range(int(first), int(last or first) + 1))
    return lines


class Tree:
    def __init__(self, path):
        self.root = ET.parse(path).getroot()
        self.parents = {child: parent for parent in self.root.iter()
                        for child in parent}

    def ancestors(self, node):
        while node is not None:
            yield node
            node = self.parents.get(node)

    def lines(self, node):
        for place in self.ancestors(node):
            if place.get(SRC + 'lines'):
                return line_set(place.get(SRC + 'lines'))
        return set()

    def first_line(self, node):
        lines = self.lines(node)
        return min(lines) if lines else 0

    def inside(self, node, *tags):
        return any(a.tag in [AKN + t for t in tags]
                   for a in self.ancestors(node))


def text_of(node):
    return ' '.join(''.join(node.itertext()).split()) if node is not None else ''


def unit_of(tree, node):
    """(kind, label, first line) of a node, or None where it is no unit."""
    tag = node.tag.removeprefix(AKN)
    num = text_of(node.find(AKN + 'num'))
    if tag == 'section':
        return ('section' if num else 'heading', num, tree.first_line(node))
    if tag == 'item':
        bullet = not re.search(r'\w', num)
        return ('bullet' if bullet else 'item', num, tree.first_line(node))
    if tag != 'p' or tree.inside(node, 'preface', 'td', 'authorialNote'):
        return None
    if node.get('class') == 'note':
        return ('note', '', tree.first_line(node))
    parent = tree.parents[node]
    own = list(parent).index(node) == 1 and parent.tag == AKN + 'item'
    return None if own else ('paragraph', '', tree.first_line(node))


def check_outline(tree, gold):
    """Every unit of the table stands in the tree, at its lines, and the tree
    has no section, item, bullet or note besides."""
    units = [u for u in (unit_of(tree, n) for n in tree.root.iter()) if u]
    found = set(units)
    wanted = set()
    for row in gold:
        if row['kind'] not in OUTLINE_KINDS or row['path'].startswith('head/'):
            continue
        line = min(line_set(row['lines']))
        label = row['num'] if row['kind'] != 'note' else ''
        unit = (row['kind'], label, line)
        wanted.add(unit)
        if unit not in found and not (
                row['kind'] == 'paragraph' and
                row['path'] == 'appI/status'):
            fail('outline: %s (%s %s, line %d) is not in the tree' %
                 (row['path'], row['kind'], label, line))
    for unit in units:
        if unit[0] in ('section', 'item', 'bullet', 'note') and \
                unit not in wanted:
            fail('outline: %s is in the tree and not in the table' % (unit,))


def check_ends(tree, gold):
    """A section ends where the last of its units does."""
    for node in tree.root.iter(AKN + 'section'):
        inner = [tree.lines(n) for n in node.iter() if n.get(SRC + 'lines')]
        if max(map(max, inner)) != max(tree.lines(node)):
            fail('outline: %s ends at another line than its content' %
                 node.get('eId'))


def targets(node):
    return [node.get(name) for name in ('href', 'from', 'upTo')
            if node.get(name)]


def fits(tree, node, row):
    """Whether the reference is the one of the table's row."""
    numbers = re.findall(r'\d[\d.]*\d|\d', row['surface'])
    words = ' '.join(text_of(a) for a in tree.ancestors(node)
                     if a.tag in (AKN + 'ref', AKN + 'mref'))
    return int(row['line']) in tree.lines(node) and (
        any(n in words for n in numbers[-1:]) or row['surface'] in words)


def is_right(node, row, target):
    status = node.get(SRC + 'status')
    if row['status'] == 'internal':
        return status == 'resolved' and targets(node) == ['#' + target]
    if row['status'] == 'self':
        return status == 'resolved'
    number = row['target'].split()[-1].replace('.', '-')
    href = targets(node)[0]
    return status == 'external' and not href.startswith('#') and \
        href.replace('.', '-').endswith(number)


def check_references(name, tree, gold):
    """Every reference of the table is bound as it says; besides, only names
    of documents are references."""
    refs = [n for n in tree.root.iter()
            if n.tag in (AKN + 'ref', AKN + 'rref')]
    used = set()
    for row in gold:
        if row['seed'] != name or row['status'] == 'not a reference':
            continue
        for target in row['target'].split() if row['status'] == 'internal' \
                else [row['target']]:
            right = [n for n in refs if fits(tree, n, row) and
                     is_right(n, row, target)]
            used.update(right)
            if not right:
                fail('%s:%s: %s is not bound to %s (%s)' %
                     (name, row['line'], row['surface'], target,
                      row['status']))
    for node in set(refs) - used:
        bare = all('#' not in t and '!' not in t for t in targets(node))
        if not bare:
            fail('%s:%d: "%s" -> %s is not in the table' %
                 (name, tree.first_line(node), text_of(node),
                  targets(node)))
    return len(used)


def main():
    folder, *paths = sys.argv[1:]
    names = ('000_45b461efb8ed696c.txt', '001_a06e5260d23d46c8.txt',
             '002_d32fa8c962b89f49.txt')
    outline = rows(folder + '/tsag-r5.outline.tsv')
    references = rows(folder + '/references.tsv')
    trees = [Tree(path) for path in paths]
    check_outline(trees[2], outline)
    check_ends(trees[2], outline)
    bound = sum(check_references(name, tree, references)
                for name, tree in zip(names, trees))
    print('%d references bound as the table says, %d failures' %
          (bound, len(failures)))
    sys.exit(1 if failures else 0)


main()
