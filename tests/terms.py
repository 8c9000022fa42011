"""Reads records of terms of reference back: against the schema, from CSV, from
XML, and against what is known to stand in the documents."""

import csv
import io
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

import jsonschema

failures = []


def check(what, got, wanted=True):
    if got != wanted:
        failures.append(what)
        print(f'FAILED: {what}: {got!r}, not {wanted!r}')


class Runner:
    def __init__(self, program, schema):
        self.program = program
        self.schema = json.loads(pathlib.Path(schema).read_text())

    def run(self, *arguments):
        return subprocess.run([self.program, 'tor', *map(str, arguments)],
                              capture_output=True)

    def records(self, *files):
        """The records, in which every form of output agrees."""
        done = self.run('-q', *files)
        records = json.loads(done.stdout)
        check(f'exit status of {files}', done.returncode, 0 if records else 1)
        jsonschema.validate(records, self.schema)
        check(f'same bytes for {files}', self.run('-q', *files).stdout == done.stdout)
        lines = self.run('-q', '-t', 'ndjson', *files).stdout.decode().splitlines()
        check(f'ndjson of {files}', [json.loads(line) for line in lines], records)
        check(f'jq on ndjson of {files}',
              ask('\n'.join(lines), 'jq', '-r', '.group.acronym, (.objectives | length)'),
              [str(x) if x is not None else 'null' for r in records
               for x in (r['group']['acronym'], len(r['objectives']))])
        self.check_csv(files, records)
        self.check_xml(files, records)
        self.check_markdown(files, records)
        return records

    def check_csv(self, files, records):
        text = self.run('-q', '-t', 'csv', *files).stdout.decode()
        rows = list(csv.DictReader(io.StringIO(text, newline='')))
        cells = {(r['topic'], r['language'], r['text'].removeprefix("'")) for r in rows}
        for record in records:
            for field in record['fields']:
                for language, said in field['text'].items():
                    check(f'csv of {files} has {said[:40]}',
                          (field['topic'], language, said) in cells)
            for item in walk(record['objectives']):
                for language, said in item['text'].items():
                    check(f'csv of {files} has {said[:40]}',
                          ('objective', language, said) in cells)
        check(f'no formula in {files}',
              not any(c and c[0] in '=+-@' for r in rows for c in r.values()))

    def check_xml(self, files, records):
        text = self.run('-q', '-t', 'xml', *files).stdout
        check(f'xmllint on {files}',
              ask(text.decode(), 'xmllint', '--xpath', "count(//*[local-name()='record'])",
                  '-'), [str(len(records))])
        root = xml.fromstring(text)
        ns = '{urn:x-clausier:terms:1}'
        check(f'records in the XML of {files}', len(root.findall(ns + 'record')),
              len(records))
        for node, record in zip(root, records):
            got = [f.text or '' for f in node.findall(f'{ns}field/{ns}text')]
            check(f'texts in the XML of {files}', got,
                  [t for f in record['fields'] for t in f['text'].values()])

    def check_markdown(self, files, records):
        text = self.run('-q', '-t', 'markdown', *files).stdout.decode()
        html = subprocess.run(['cmark'], input=text, capture_output=True,
                              text=True).stdout
        plain = ' '.join(xml.fromstring(f'<x>{html}</x>').itertext())
        words = ' '.join(plain.split())
        for record in records:
            for item in walk(record['objectives'] + record['notes']):
                for said in item['text'].values():
                    check(f'markdown of {files} has {said[:40]}',
                          ' '.join(said.split()) in words)


def ask(text, *command):
    """The lines that another program prints of the text."""
    return subprocess.run(command, input=text, capture_output=True, text=True,
                          check=True).stdout.splitlines()


def walk(items):
    for item in items:
        yield item
        yield from walk(item.get('items', []))


def topics(record):
    return ' '.join(f['topic'] for f in record['fields'])


def check_corpus(runner, corpus):
    having = {'circular-annexes': (4, 1, 'FG-VMT'), 'rough': (4, 1, 'JCA-HFS'),
              'terms-of-reference': (7, 1, 'FG-MRB')}
    for folder in sorted(pathlib.Path(corpus).iterdir()):
        files = sorted(folder.glob('*.txt'))
        for files in [[f] for f in files] + [files, files[::-1]]:
            records = runner.records(*files)
            if folder.name not in having:
                check(f'{files} has none', records, [])
                continue
            objectives, notes, acronym = having[folder.name]
            check(f'records of {files}', len(records), 1)
            record = records[0]
            check('objectives', len(record['objectives']), objectives)
            check('notes', len(record['notes']), notes)
            check('acronym', record['group']['acronym'], acronym)
            check('parent', record['group']['parent'] is not None)
            languages = {f.stem for f in files}
            for field in record['fields']:
                check(f'languages of {topics(record)}', set(field['text']), languages)
                check('language of the heading', set(field['heading']), languages)


def check_invented(runner, folder):
    folder = pathlib.Path(folder)
    section, = runner.records(folder / 'section.en.txt')
    check('group', section['group']['acronym'], 'CG-BUOY')
    check('kind', section['group']['kind'], 'correspondence_group')
    check('clause', section['sources'][0]['clause'], '2')
    check('topics', topics(section), 'scope objectives lifetime other')
    check('a heading of its own', section['fields'][3]['heading'],
          {'en': 'Colour of the report'})
    check('numbers', [o['number'] for o in section['objectives']], ['a', 'b'])
    check('items of items', [i['text']['en'] for i in section['objectives'][1]['items']],
          ['a colour code;', 'a test.'])
    check('the end', [f['value'] for f in section['fields'][2]['facts']], ['2020-06-30'])
    check('nothing of the next clause',
          'yellow' in json.dumps(section) and 'reviewed' not in json.dumps(section))

    buoys, lights = runner.records(folder / 'two.fr.txt')
    check('first group', buoys['group']['acronym'], 'FG-BUOY')
    check('its parent', buoys['group']['parent']['value'], "Commission d'études 5")
    check('its objectives', [o['text']['fr'] for o in buoys['objectives']],
          ['compter les bouées;', 'les peindre.'])
    check('second group', lights['group'],
          {'name': {'fr': 'Groupe ad hoc sur les phares'}, 'acronym': None,
           'kind': 'ad_hoc_group', 'parent': None})
    check('a paragraph is an objective', [o['text']['fr'] for o in lights['objectives']],
          ['Le groupe éclaire la côte.'])

    lines, = runner.records(folder / 'lines.zh.txt')
    check('acronym of the second title', lines['group']['acronym'], 'FG-BUOY')
    whole, = runner.records(folder / 'whole.zh.txt')
    check('whole document', whole['sources'][0]['part'], 'document')
    check('its group', (whole['group']['acronym'], whole['group']['kind']),
          ('JCA-BUOY', 'coordination_activity'))
    check('its topics', topics(whole), 'scope objectives leadership parent other')
    check('its parent', whole['group']['parent']['value'], 'ITU-T第5研究组')
    check('its leaders', [f['value'] for f in whole['fields'][2]['facts']], ['2'])

    check_unnumbered(runner, sorted(folder.glob('unnumbered.*.txt')))
    check_foreign(runner, folder / 'foreign.xml')
    check_inside(runner, folder / 'inside.fr.txt')
    named, = runner.records(folder / 'whole.en.txt')
    check('group that its terms call the Group', named['group']['name']['en'],
          'Council Group of Specialists on the gauges of the Union')
    check('topics of that', topics(named), 'other objectives participation meetings')
    check_titled(runner, folder / 'titled.en.txt')
    for none in sorted(folder.glob('none.*.txt')):
        check(f'{none} has none', runner.records(none), [])
    done = runner.run(folder / 'none.en.txt')
    check('it says so', b'none.en.txt:8: note: this speaks of terms of reference, '
          b'but gives those of no group' in done.stderr)


def check_unnumbered(runner, files):
    """Headings without numbers, in each language alone and in all at once."""
    check('languages', [f.suffixes[0] for f in files], ['.en', '.fr', '.zh'])
    for some in [[f] for f in files] + [files]:
        record, = runner.records(*some)
        check('acronym', record['group']['acronym'], 'FG-MOOR')
        check('kind', record['group']['kind'], 'focus_group')
        check('topics', topics(record), 'scope objectives meetings lifetime parent '
              'mailing_list other')
        check('mailing list', record['mailingList']['value'], 'fgmoor@lists.example.org')
        check('objectives', [len(o.get('items', [])) for o in record['objectives']],
              [0, 2])
        languages = {f.suffixes[0][1:] for f in some}
        for field in record['fields'] + record['objectives'] + [record['group']['parent']]:
            check(f'languages of {some}', set(field['text']), languages)
        check('parent', list(record['group']['parent']['surface'].values()),
              [{'en': 'ITU-T Study Group 5', 'fr': "Commission d'études 5 de l'UIT-T",
                'zh': 'ITU-T第5研究组'}[l] for l in record['group']['parent']['surface']])
        check('the last, under its own name', record['fields'][-1]['heading'],
              {l: {'en': 'Colour of the covers', 'fr': 'Couleur des couvertures',
                   'zh': '封面颜色'}[l] for l in languages})


def check_inside(runner, file):
    """Paragraphs that say themselves what they are about; a list and no more."""
    sensors, methods = runner.records(file)
    check('topics of paragraphs', topics(sensors),
          'scope objectives leadership mailing_list lifetime')
    check('tasks', [o['text']['fr'] for o in sensors['objectives']],
          ['recenser les normes existantes;',
           'proposer une feuille de route avant le 30 juin 2024.'])
    check('list', sensors['mailingList']['value'], 'cgcap@lists.example.org')
    check('nothing is lost', 'Administration du Littoral' in json.dumps(sensors))
    check('no topic', topics(methods), 'objectives')
    check('a list alone', [o['number'] for o in methods['objectives']], ['a', 'b'])
    check('not the next clause', 'close' in json.dumps(methods), False)


def check_titled(runner, file):
    """The header of a contribution names the group."""
    record, = runner.records(file)
    check('titled group', (record['group']['name'], record['group']['acronym']),
          ({'en': 'Focus Group on Coastal Sensor Networks (FG-CSN)'}, 'FG-CSN'))
    check('titled parent', record['group']['parent']['value'], 'TSAG')
    check('titled addresses', (record['mailingList']['value'], record['webPage']['value']),
          ('fgcsn@lists.example.org', 'https://www.example.org/fgcsn'))
    check('titled topics', topics(record), 'scope objectives other parent leadership '
          'participation meetings deliverables support lifetime web_page other')
    check('titled items', [len(o.get('items', [])) for o in record['objectives']], [0, 2, 0])


def check_foreign(runner, file):
    """A tree that another program could have made, with other elements."""
    record, = runner.records(file)
    check('foreign group', record['group']['name'],
          {'en': 'Ad hoc Group on Lights (AHG-LIGHT)'})
    check('foreign parent', record['group']['parent']['value'], 'TSAG')
    check('foreign place', [record['sources'][0][k] for k in ('part', 'clause', 'eId')],
          ['body', 'Chapter II', 'chp_2'])
    check('foreign topics', topics(record), 'objectives leadership')
    check('foreign objectives', [(o['number'], o['eIds']) for o in walk(record['objectives'])],
          [('1', ['art_1__para_1']), ('2', ['art_1__para_2__list_1']),
           ('a', ['art_1__para_2__list_1__point_a']),
           ('b', ['art_1__para_2__list_1__point_b'])])
    check('nothing of the first chapter', 'noon' not in json.dumps(record))


def check_seeds(runner, shared):
    seeds = sorted(pathlib.Path(shared, 'seeds').glob('*.txt'))
    if len(seeds) < 3:
        print(f'skipped: the seeds, which are not in {shared}')
        return
    for files in (seeds[:2], seeds[1::-1]):
        records = runner.records(*files)
        check('one record', len(records), 1)
        record = records[0]
        check('acronym', record['group']['acronym'], 'JCA-SG&HN')
        check('parent', record['group']['parent']['value'], 'TSAG')
        check('objectives', len(record['objectives']), 7)
        check('note', len(record['notes']), 1)
        check('topics', topics(record), 'scope objectives leadership participation '
              'support meetings deliverables review')
        both = {'fr', 'zh'}
        for thing in record['fields'] + record['objectives'] + record['notes'] + [
                record['group']['parent'], record['mailingList']]:
            check('both languages', set(thing['text']), both)
        check('mailing list', record['mailingList']['value'], 'jca-SG&HN@lists.itu.int')
        check('co-convenors', ('number', '3') in
              [(f['type'], f['value']) for f in record['fields'][2]['facts']])
        review = record['fields'][7]
        check('review at each meeting', ('à chaque réunion du GCNT' in review['text']['fr'],
                                         '每一次TSAG会议' in review['text']['zh']),
              (True, True))
        check('... of TSAG', ('acronym', 'TSAG') in
              [(f['type'], f['value']) for f in review['facts']])
    check('the report has none', runner.records(seeds[2]), [])
    check('and says so', b'but gives those of no group' in runner.run(seeds[2]).stderr)


def main(program, source, shared):
    runner = Runner(program, source + '/src/terms.schema.json')
    check_corpus(runner, source + '/corpus')
    check_invented(runner, source + '/tests/terms')
    check_seeds(runner, shared)
    for arguments in ([], ['missing.txt'], ['-t', 'pdf', 'missing.txt'], ['.']):
        done = runner.run(*arguments)
        check(f'exit status of {arguments}', (done.returncode, done.stdout), (2, b''))
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:4]))
