"""Writes texts that try what is made of alignments: hostile.py FOLDER."""
import pathlib
import sys

# Markup, control characters, directions that nobody closes, characters that
# XML or HTML has no place for.
ODD = ('<b onclick="x()">&amp; ]]> <!-- --> <?x?> </script> &lt; "\' {@x} '
       '\x0b\x1b\x7f\x85\ufffe\ufdd0\U0010ffff\u202e\u2066abc\u202d\u200f')

TEXTS = {
    'odd.en.txt': [f'1\tThe {ODD} group.', f'2\tThe {ODD} meeting of 3 May 2021.'],
    'odd.fr.txt': [f'1\tLe groupe {ODD}.', f'2\tLa réunion {ODD} du 4 mai 2021.'],
    'many.en.txt': [f'{n}\tThe group meets on {n % 28 + 1} May 2021.'
                    for n in range(1, 10001)],
    'many.fr.txt': [f'{n}\tLe groupe se réunit le {(n + 1) % 28 + 1} mai 2021.'
                    for n in range(1, 10001)],
    'empty.en.txt': [],
}

for name, lines in TEXTS.items():
    path = pathlib.Path(sys.argv[1], name)
    path.write_text(''.join(line + '\n' for line in lines), encoding='utf-8')
