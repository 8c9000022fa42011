"""Makes a second edition of documents of the corpus by changes that are known,
and asks clausier diff for them: with the same line breaks, wrapped anew, and with
other spaces and hyphens. Each time it must name the changes and no more."""

import pathlib
import sys
import tempfile

from revisions import Document, respace, wrap

# Each change: old text, new text, and the records that tell of it: a code and
# what the reason of that record says.
EDITIONS = [
    ('circular-short', 'en', [
        ('open, free of charge, to all', 'open, without any charge, to all',
         [('text', 'free')]),
        ('by 12 April 2019;', 'by 15 April 2019;', [('fact', '2019-04-12')]),
        ('b)\tto register at https://www.example.org/itu-t/buoys/ by 20 May 2019;\n', '',
         [('missing', 'item 3 b)')]),
        ('c)\tto indicate', 'b)\tto indicate', [('renumbered', 'c) ')]),
        ('\nYours faithfully,', '\n6\tA cable ship may be visited in the harbour.\nYours faithfully,',
         [('added', 'clause 6')]),
    ]),
    ('collective-letter', 'fr', [
        ("dans la salle B.", "dans la salle Genève.", [('text', '')]),
        ('12 h 30 à', '12 h 15 à', [('fact', '12:30')]),
        ('Les badges pourront être retirés à partir de 8 h 30.\n', '',
         [('missing', 'paragraph')]),
        ('tsbsg13@example.int. Elles', 'tsbsg31@example.int. Elles',
         [('fact', 'tsbsg31@example.int')]),
        ("· à fournir un résumé de 200 mots au plus ;\n"
         "· à indiquer la Question traitée, par exemple la Question 7/13.\n",
         "· à indiquer la Question traitée, par exemple la Question 7/13.\n"
         "· à fournir un résumé de 200 mots au plus ;\n", [('swapped', '')]),
    ]),
    ('meeting-report', 'zh', [
        ('31个成员国和22个部门成员', '31个成员国和25个部门成员', [('fact', '25')]),
        ('宣布会议开幕', '主持会议开幕', [('text', '')]),
        ('（18 500瑞郎）', '（19 500瑞郎）', [('fact', '19500')]),
    ]),
    ('terms-of-reference', 'en', [
        ('Note – Medical equipment carried by rescue teams will not be considered.\n',
         'Note – Medical equipment carried by dog teams will not be considered.\n',
         [('text', 'rescue')]),
        ('[bookmark: _Toc138240112]12\tWorking language\nThe working language is English.\n',
         '', [('missing', '12')]),
        ('13\tApproval', '12\tApproval', [('renumbered', '')]),
        ('14\tWorking', '13\tWorking', []),
        ('15\tProgress', '14\tProgress', []),
        ('16\tAnnouncement', '15\tAnnouncement', []),
        ('given in clause 16 below', 'given in clause 15 below', []),
    ]),
    ('resolution', 'zh', [
        ('3\t在网上免费提供', '3\t在网上有偿提供', [('text', '')]),
        ('c)\t许多电子格式在15至20年之后便无法读取；\nd)\t了解', 'c)\t了解',
         [('missing', 'c)'), ('renumbered', '')]),
        ('2\t在数字化工作中优先处理具有全部六种正式语文版本的文件；\n'
         '3\t在网上有偿提供按照上述做出决议2完成数字化的文件；\n',
         '2\t在数字化工作中优先处理具有全部六种正式语文版本的文件；'
         '在网上有偿提供按照上述做出决议2完成数字化的文件；\n', [('merged', '')]),
        # What still cites the old numbers leads elsewhere now.
        ('\n4\t上述做出决议3', '\n3\t上述做出决议3',
         [('renumbered', ''), ('fact', '上述做出决议3'), ('fact', '上述做出决议1至3'),
          ('fact', '上述考虑到c)')]),
    ]),
]

def edition(text, changes):
    text = text.replace('\u00A0', ' ')  # no difference either
    for old, new, _ in changes:
        if text.count(old) != 1:
            sys.exit(f'"{old}" stands {text.count(old)} times in the document')
        text = text.replace(old, new)
    return text


def unmet(found, changes):
    """The changes that no record tells of, and the records that tell of none."""
    left = list(found)
    missed = []
    for code, words in [e for _, _, expected in changes for e in expected]:
        hit = next((r for r in left if r['code'] == code and words in r['reason']), None)
        if hit:
            left.remove(hit)
        else:
            missed.append(f'{code} "{words}"')
    return missed, [f'{r["code"]}: {r["reason"]}' for r in left]


LAYOUTS = {
    'the same lines': str,
    'lines of 60': lambda text: wrap(text, 60),
    'lines of 90': lambda text: wrap(text, 90),
    'other spaces': respace,
    'other spaces, lines of 72': lambda text: wrap(respace(text), 72),
}


def main(program, corpus):
    compared = failed = 0
    with tempfile.TemporaryDirectory() as work:
        for folder, language, changes in EDITIONS:
            document = Document(program, pathlib.Path(work),
                                pathlib.Path(corpus) / folder / f'{language}.txt')
            new = edition(document.text, changes)
            for layout, make in LAYOUTS.items():
                missed, stray = unmet(document.diff('new', make(new)), changes)
                compared += 1
                failed += bool(missed or stray)
                where = f'{folder} {language}, {layout}'
                for problem in missed:
                    print(f'FAILED: {where}: no record {problem}')
                for problem in stray:
                    print(f'FAILED: {where}: too many: {problem}')
    print(f'{sum(len(c) for _, _, c in EDITIONS)} changes in {len(EDITIONS)} documents, '
          f'{compared} comparisons, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2]))
