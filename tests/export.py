"""Compares the forms of documents with the trees that they were made of.

export.py SCHEMA FOLDER: the folder holds NAME.xml with NAME.json, NAME.ndjson,
NAME.txt and NAME.html. All text of the tree is to be in each of them, as often
as in the tree.
"""
import collections
import html.parser
import json
import pathlib
import sys
import unicodedata
import urllib.parse
import xml.etree.ElementTree as ET

import jsonschema

from checks import check, finish, local

SOURCE = '{urn:x-clausier:source:1}'
FOREIGN = {'script', 'iframe', 'img', 'link', 'object', 'embed', 'base', 'form'}
WIDTH = 80


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else
               not unicodedata.combining(c) for c in text)


def characters(text):
    return collections.Counter(''.join(text.split()))


def texts(element, before=None):
    """The texts below an element as readers count them: a mark that was typed
    behind a call of a note is the call."""
    call = before is not None and local(before) in ('authorialNote', 'noteRef')
    if local(element) == 'meta' or (local(element) == 'sup' and call and
                                    not before.tail):
        return
    if local(element) == 'img':
        yield element.get('title', '')
    yield element.text or ''
    before = None
    for child in element:
        yield from texts(child, before)
        yield child.tail or ''
        before = child


def strings(value, keys):
    """The values of these members, at any depth."""
    if isinstance(value, list):
        for one in value:
            yield from strings(one, keys)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in keys and value.get('kind') != 'footnote' or key == 'text':
                yield one or ''
            if key in ('content', 'parts'):
                yield from strings(one, keys)


class Words(html.parser.HTMLParser):
    """What stands in the main element of a page, and the ids and links."""

    def __init__(self, text):
        super().__init__()
        self.inside, self.text, self.ids, self.links = 0, [], set(), []
        self.tags, self.attributes = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)
        attributes = dict(attributes)
        self.inside += tag == 'main'
        if attributes.get('id'):
            self.ids.add(attributes['id'])
        if 'href' in attributes:
            self.links.append(attributes['href'])

    def handle_endtag(self, tag):
        self.inside -= tag == 'main'

    def handle_data(self, data):
        if self.inside:
            self.text.append(data)


def try_json(name, tree, document, wanted):
    keys = ('label', 'heading', 'text')
    got = characters(''.join(
        one for part in document['parts']
        for one in strings(part['content'], keys)))
    check(f'{name}.json: text lost', not wanted - got, wanted - got)
    check(f'{name}.json: text twice', not got - wanted, got - wanted)
    ids = {e.get('eId') for e in tree.iter()} - {None}
    seen, references, clauses = [], [], []

    def walk(node):
        references.extend(node.get('references', []))
        if node.get('eId'):
            check(f'{name}.json: eId', node['eId'] in ids, node['eId'])
        if 'kind' in node and 'content' in node and 'part' not in node:
            clauses.append(node)
            if node['eId']:
                seen.append(node['eId'])
        for child in node.get('content', []):
            walk(child)

    for part in document['parts']:
        walk(part)
    check(f'{name}.json: a clause twice', len(seen) == len(set(seen)))
    marked = [e for e in tree.iter() if local(e) in ('ref', 'rref')]
    check(f'{name}.json: references', len(references) == len(marked),
          f'{len(references)} for {len(marked)}')
    titles = [''.join(''.join(texts(t)).split())
              for root in tree for e in root if local(e) == 'preface'
              for t in e.iter() if local(t) == 'docTitle'] or ['']
    title = document['metadata']['title'] or ''
    check(f'{name}.json: title',
          ''.join(title.split()).startswith(titles[0]), title)
    for reference in references:
        if reference['status'] == 'resolved':
            for target in reference['targets']:
                if target.startswith('#'):
                    check(f'{name}.json: target', target[1:] in ids, target)
    return clauses


def try_records(name, document, records, clauses, wanted):
    got = characters(''.join(
        (r['label'] or '' if r['kind'] != 'footnote' else '') +
        (r['heading'] or '') + r['text'] for r in records))
    check(f'{name}.ndjson: text lost', not wanted - got, wanted - got)
    check(f'{name}.ndjson: text twice', not got - wanted, got - wanted)
    meta = document['metadata']
    for r in records:
        check(f'{name}.ndjson: document', r['document'] == meta['document'])
        check(f'{name}.ndjson: language', r['language'] == meta['language'])
    lines = [r for r in records if any(
        r['eId'] == c['eId'] and r['label'] == c['label'] for c in clauses)]
    check(f'{name}.ndjson: clauses', len(lines) >= len(clauses),
          f'{len(lines)} for {len(clauses)}')
    known = {(c['eId'], c['label']) for c in clauses}
    for r in records:
        for a in r['ancestors']:
            check(f'{name}.ndjson: ancestor', (a['eId'], a['label']) in known, a)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))
    jsonschema.Draft7Validator.check_schema(schema)
    whole = jsonschema.Draft7Validator(schema)
    line = jsonschema.Draft7Validator(
        {'$ref': '#/definitions/record', 'definitions': schema['definitions']})
    folder = pathlib.Path(sys.argv[2])
    for path in sorted(folder.glob('*.xml')):
        name = path.stem
        tree = ET.parse(path).getroot()
        wanted = characters(''.join(texts(tree)))
        document = json.loads(path.with_suffix('.json').read_text('utf-8'))
        records = [json.loads(one) for one in
                   path.with_suffix('.ndjson').read_text('utf-8').splitlines()]
        for error in whole.iter_errors(document):
            check(f'{name}.json', False, error.message)
        for record in records:
            for error in line.iter_errors(record):
                check(f'{name}.ndjson', False, error.message)
        clauses = try_json(name, tree, document, wanted)
        try_records(name, document, records, clauses, wanted)

        text = path.with_suffix('.txt').read_text('utf-8')
        got = characters(text)
        check(f'{name}.txt: text lost', not wanted - got, wanted - got)
        marks = ''.join(e.get('marker', '') for e in tree.iter())
        more = got - wanted - characters(marks)
        check(f'{name}.txt: text twice', set(more) <= set('[]|-'), more)

        for one in text.splitlines():
            # What has no place to break, or ends in marks that hang.
            words = one.split(' ')
            check(f'{name}.txt: a long line', columns(one) <= WIDTH + 2 or
                  columns(words[-1]) > WIDTH - 36, one)

        page = Words(path.with_suffix('.html').read_text('utf-8'))
        got = characters(''.join(page.text))
        check(f'{name}.html: text lost', not wanted - got, wanted - got)
        check(f'{name}.html: script', not page.tags & FOREIGN, page.tags)
        check(f'{name}.html: attributes', not any(
            a == 'style' or a.startswith('on') for a in page.attributes))
        for link in page.links:
            if link.startswith('#'):
                check(f'{name}.html: link',
                      urllib.parse.unquote(link[1:]) in page.ids, link)
            else:
                check(f'{name}.html: link', link.startswith(
                    ('http://', 'https://', 'mailto:')), link)
    return finish()


sys.exit(main())
