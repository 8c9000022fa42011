"""Checks the records of clausier diff of the two circulars against what is known
to differ in them, and the facts that are equal against every warning."""

import csv
import json
import sys


def main(records, facts):
    records = [json.loads(line) for line in open(records, encoding='utf-8')]
    facts = list(csv.DictReader(open(facts, encoding='utf-8'), delimiter='\t'))
    failures = []

    def check(what, good):
        if not good:
            failures.append(what)

    told = [r for r in records if r['level'] != 'info']
    missing = [r for r in told if r['code'] == 'missing']
    lines = {n for r in missing for p in r['places'] for u in p['units']
             for n in range(u['lines'][0], u['lines'][1] + 1)}
    check('at most five records of what is missing', 1 <= len(missing) <= 5)
    check('eleven units are missing',
          sum(len(p['units']) for r in missing for p in r['places']) == 11)
    check('the lines of what is missing',
          {1, 2, 3, 4, 8, 11, 12, 14, 15, 19, 38} <= lines)
    errors = [r for r in told if r['level'] == 'error']
    check('one error', len(errors) == 1)
    check('the acronym', [p['value'] for r in errors for p in r['places']] ==
          ['JCA-SG&HN', 'JAC-SG&HN'])
    check('one contradiction, of e-mail addresses',
          [r['type'] for r in told if r['code'] == 'contradiction'] == ['email'])
    check('three warnings of order',
          sum(r['code'] == 'swapped' for r in told) == 3)
    check('nothing else', len(told) == len(missing) + 1 + 1 + 3)

    # The misspelt acronym is no fact that is equal.
    surfaces = {(p['version'], p.get('surface')) for r in told
                if r['code'] == 'fact' and r not in errors for p in r['places']}
    check('facts are given', len(facts) == 74)
    for fact in facts:
        for version, column in ((1, 'fr_surface'), (2, 'zh_surface')):
            check('a warning on ' + fact[column],
                  (version, fact[column]) not in surfaces)
    for failure in failures:
        print('FAILED:', failure)
    print(f'{len(told)} differences told, {len(facts)} equal facts, '
          f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2]))
