"""Opens pages of documents in headless Chromium and tries them.

document_page.py FOLDER [SHOTS]: the folder holds NAME.html beside NAME.xml, the
tree that the page is made of. Pictures go to the second folder, if there is
one.
"""
import base64
import pathlib
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET

from browser import Browser, CONTRAST
from checks import check, finish, local

WIDTHS = (320, 600, 1000, 1400, 2600)
LINKS = '''
return [...document.querySelectorAll(arguments[0])]
    .map(a => a.getAttribute('href'));
'''
# Whether what a fragment leads to is marked and in the window.
REACHED = '''
const target = document.querySelector(':target');
if (!target || target.id !== arguments[0]) return 'not the target';
const box = target.getBoundingClientRect();
return box.top >= -1 && box.top < innerHeight && box.width > 0 ? ''
    : `at ${box.top} of ${innerHeight}`;
'''
# Elements that stick out of the window; tables may be scrolled.
WIDE = '''
return [...document.body.querySelectorAll('*')].filter(e =>
    !e.closest('.scroll') && e.getBoundingClientRect().right >
    document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 80));
'''


def click(browser, name, index, selector):
    """Clicks the n-th of the links; it must lead to its place."""
    href = browser.run(LINKS, selector)[index]
    wanted = urllib.parse.unquote(href[1:])
    browser.run('history.replaceState(null, "", location.pathname);'
                'scrollTo(0, 0)')
    browser.run('document.querySelectorAll(arguments[0])[arguments[1]].click()',
                selector, index)
    check(f'{name}: {selector} {href}',
          browser.wait(f'return (() => {{{REACHED}}})() === ""', wanted),
          browser.run(REACHED, wanted))


def try_links(browser, name, tree):
    links = browser.run(LINKS, 'main a[href^="#"]:not(.num)')
    ids = {e.get('eId') for e in tree.iter()} - {None}
    inside = [e.get('href') or e.get('from') for e in tree.iter()
              if local(e) in ('ref', 'rref')]
    inside = [h for h in inside if h.startswith('#') and h[1:] in ids]
    check(f'{name}: cross-references', len(links) >= len(inside),
          f'{len(links)} for {len(inside)}')
    for index in range(0, len(links), max(1, len(links) // 12)):
        click(browser, name, index, 'main a[href^="#"]:not(.num)')
    contents = browser.run(LINKS, 'nav a')
    check(f'{name}: contents', bool(contents) or not any(
        local(e) == 'section' for e in tree.iter()))
    check(f'{name}: contents lead somewhere', all(contents), contents)
    for index in range(0, len(contents), max(1, len(contents) // 8)):
        click(browser, name, index, 'nav a')
    for element in tree.iter():
        if local(element) in ('section', 'item', 'attachment', 'table'):
            check(f'{name}: anchor', browser.run(
                'return !!document.getElementById(arguments[0])',
                element.get('eId')), element.get('eId'))


def try_looks(browser, path, shots):
    for scheme in ('light', 'dark'):
        for width in WIDTHS:
            browser.look(width, scheme=scheme)
            browser.open(path)
            check(f'{path.stem}: too wide for {width}', not browser.run(WIDE),
                  browser.run(WIDE))
            if shots:
                picture = browser.call('GET', '/screenshot')
                (shots / f'{path.stem}-{scheme}-{width}.png').write_bytes(
                    base64.b64decode(picture))
        ratio, where = browser.run(CONTRAST)
        check(f'{path.stem}: contrast in {scheme}', ratio >= 4.5,
              f'{ratio}: {where}')


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            for path in sorted(folder.glob('*.html')):
                tree = ET.parse(path.with_suffix('.xml')).getroot()
                browser.look(1000)
                browser.open(path)
                try_links(browser, path.stem, tree)
                try_looks(browser, path, shots)
                direction = browser.run('return document.dir') or 'ltr'
                check(f'{path.stem}: direction', direction == (
                    'rtl' if 'arabic' in path.stem else 'ltr'), direction)
                check(f'{path.stem}: complaints', not browser.complaints(),
                      browser.complaints())
        finally:
            browser.close()
    return finish()


sys.exit(main())
