"""Opens pages of versions side by side in headless Chromium and tries them.

page.py FOLDER: the folder holds NAME.html beside NAME.xml, the alignment that
the page is made of. The browser is driven over WebDriver.
"""
import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import xml.etree.ElementTree as ET

from browser import Browser, CONTRAST, IN_VIEW

A = '{urn:x-clausier:alignment:1}'
ESCAPE = '\ue00c'
WIDTHS = (320, 600, 1000, 1400, 2600)


class Page:
    """A page and the alignment that it is made of."""
    checks = failed = 0

    def __init__(self, browser, path):
        self.browser, self.path, self.name = browser, path, path.stem
        root = ET.parse(path.with_suffix('.xml')).getroot()
        self.versions = root.findall(A + 'version')
        self.beads = root.findall(A + 'bead')
        self.differences = root.findall(A + 'difference')
        self.ids = [d.get('id') for d in self.differences]

    def check(self, what, good, detail=''):
        Page.checks += 1
        if not good:
            Page.failed += 1
            print(f'FAILED: {self.name}: {what} {str(detail)[:300]}')

    def equal(self, what, got, wanted):
        self.check(what, got == wanted, f'{got} for {wanted}')

    def ids_of(self, level):
        return [d.get('id') for d in self.differences
                if d.get('level') == level]

    # ---- the file ------------------------------------------------------

    def try_file(self):
        text = self.path.read_text(encoding='utf-8')
        script = re.search(r'<script>(.*?)</script>', text, re.S).group(1)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest())
        wanted = f"script-src 'sha256-{digest.decode()}'"
        self.check('the hash of the script should be', wanted in text, wanted)
        self.check('loads nothing', not re.search(
            r'<(link|img|iframe|object|embed|base)\b|@import|url\(|'
            r'<script[^>]+src', text), '')

    # ---- reading -------------------------------------------------------

    def try_content(self):
        browser = self.browser
        browser.look(1600)
        browser.open(self.path)
        self.equal('rows', browser.run(
            'return document.querySelectorAll(".bead").length'),
            len(self.beads))
        units = [''.join(u.itertext()) for b in self.beads
                 for u in b.findall(A + 'unit')]
        self.equal('texts', browser.run('''
            return [...document.querySelectorAll('.unit')].map(u => {
                u = u.cloneNode(true);
                for (const e of u.querySelectorAll('.lines, .label'))
                    e.remove();
                return u.textContent.trim();
            });'''), [re.sub(r'\r\n?', '\n', u).strip() for u in units])
        self.equal('gaps', browser.run(
            'return document.querySelectorAll(".gap").length'),
            sum(len(self.versions) -
                len({u.get('version') for u in b.findall(A + 'unit')})
                for b in self.beads))
        self.equal('list', browser.run('''
            return [...document.querySelectorAll('.list a')]
                .map(a => a.hash.slice(1))'''), self.ids)
        self.equal('reasons', browser.run('''
            return [...document.querySelectorAll('.note[id]')]
                .map(n => [n.id, n.querySelector('.text').textContent])
                .sort()'''),
            sorted([d.get('id'), d.findtext(A + 'reason')]
                   for d in self.differences))
        marked = {i for b in self.beads for u in b.findall(A + 'unit')
                  for m in u.findall(A + 'mark')
                  for i in m.get('difference').split()}
        self.equal('marks say why', browser.run('''
            const ids = new Set();
            for (const m of document.querySelectorAll('mark'))
                for (const id of m.getAttribute('aria-describedby').split(' '))
                    if (m.title.includes(document.getElementById(id)
                            .querySelector('.text').textContent))
                        ids.add(id);
            return [...ids].sort();'''), sorted(marked))
        self.check('cells of a row are level', browser.run('''
            return [...document.querySelectorAll('.bead tr:first-child')]
                .every(r => new Set([...r.children]
                    .map(c => c.getBoundingClientRect().top)).size === 1)'''))
        self.equal('resources', browser.run(
            "return performance.getEntriesByType('resource').length"), 0)
        self.equal('complaints', browser.complaints(), [])

    def try_looks(self):
        for scheme in ('light', 'dark'):
            for width in WIDTHS:
                self.browser.look(width, scheme=scheme)
                self.browser.open(self.path)
                what = f'{scheme}, {width} px'
                over = self.browser.run('''
                    const e = document.scrollingElement;
                    return e.scrollWidth - e.clientWidth''')
                self.equal(f'scrolls sideways ({what})', over, 0)
                ratio, where = self.browser.run(CONTRAST)
                self.check(f'contrast ({what})', ratio >= 4.5,
                           f'{ratio} {where}')

    def try_without_script(self):
        browser = self.browser
        browser.look(1400)
        browser.devtools('Emulation.setScriptExecutionDisabled', value=True)
        for name in self.ids[-1:]:
            browser.open(self.path, '#' + name)
            browser.devtools('Emulation.setScriptExecutionDisabled',
                             value=False)
            self.check('jumps without script', browser.run(IN_VIEW, name))
            self.equal('tools without script', browser.shown('.tools'), [])
            self.equal('rows without script', len(browser.shown('.bead')),
                       len(self.beads))
        browser.devtools('Emulation.setScriptExecutionDisabled', value=False)

    # ---- moving ----------------------------------------------------------

    def try_jumps(self):
        for width in (1400, 320):
            self.browser.look(width)
            self.browser.open(self.path)
            for name in self.ids[-3:] + self.ids[:1]:
                self.browser.click(f'.list a[href="#{name}"]')
                self.check(f'jumps to {name} at {width} px',
                           self.browser.run(IN_VIEW, name))
                self.equal('focus', self.browser.run(
                    'return document.activeElement.id'), name)

    def try_keys(self):
        browser = self.browser
        browser.look(1400)
        browser.open(self.path)
        order = browser.run('''return [...document.querySelectorAll(
            '.note[id]')].map(n => n.id)''')
        focus = 'return document.activeElement.id'
        seen = []
        for key in 'nnnpj':
            browser.press(key)
            seen.append(browser.run(focus))
        steps, at = [], -1
        for by in (1, 1, 1, -1, 1):
            at = (at + by) % len(order)
            steps.append(order[at])
        self.equal('keys n and p', seen, steps)
        self.check('is in view', browser.run(IN_VIEW, seen[-1]))
        self.equal('marked in the list', browser.run('''
            return document.querySelector('.list [aria-current]').hash'''),
            '#' + seen[-1])
        browser.press('/')
        self.equal('key /', browser.run(
            'return document.activeElement.type'), 'search')
        browser.type('[type=search]', 'npd')
        self.equal('letters in the search', browser.run(
            'return document.activeElement.value'), 'npd')

    # ---- filters and search ------------------------------------------------

    def try_filters(self):
        browser = self.browser
        browser.look(1400)
        browser.open(self.path)
        for level in ('error', 'warning', 'info'):
            browser.click(f'[value={level}]')
            self.equal(f'without {level}', sorted(browser.shown('.note[id]')),
                       sorted(set(self.ids) - set(self.ids_of(level))))
            self.equal(f'list without {level}', len(browser.shown('.list li')),
                       len(self.ids) - len(self.ids_of(level)))
            browser.click(f'[value={level}]')
        browser.press('d')
        noted = {n.get('difference') for b in self.beads
                 for n in b.findall(A + 'note')}
        self.equal('only what differs', browser.shown('.bead'),
                   [f'b{b.get("n")}' for b in self.beads
                    if b.findall(A + 'note')])
        self.equal('nothing that differs is lost', noted, set(self.ids))
        browser.press('d')
        self.equal('all again', len(browser.shown('.bead')), len(self.beads))

    def fold(self, text):
        text = unicodedata.normalize('NFKD', text)
        return ''.join(c for c in text
                       if not unicodedata.category(c).startswith('M')).lower()

    def try_search(self):
        browser = self.browser
        browser.look(1400)
        browser.open(self.path)
        words = re.findall(r'\w{4,}', ' '.join(
            ''.join(u.itertext()) for b in self.beads[len(self.beads) // 2:]
            for u in b.findall(A + 'unit')))
        accented = [w for w in words if self.fold(w) != w.lower()]
        word = self.fold((accented or words)[0])
        texts = browser.run('''return [...document.querySelectorAll('.bead')]
            .map(b => [b.id, b.textContent])''')
        wanted = [i for i, t in texts
                  if word in re.sub(r'\s', ' ', self.fold(t))]
        browser.type('[type=search]', word.upper())
        self.check('search begins', browser.wait(
            'return CSS.highlights.has("found")'))
        self.equal(f'search for {word}', browser.shown('.bead'), wanted)
        self.check('says how many', browser.run(
            'return document.querySelector("output").value').startswith(
                f'{len(wanted)} of {len(self.beads)} passages'))
        self.check('shows where', browser.run('''
            return [...CSS.highlights.get('found')].every(r => r.toString()
                .normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase()
                .replace(/\\s/g, ' ') === arguments[0])''', word))
        browser.press(ESCAPE)
        self.equal('Escape', len(browser.shown('.bead')), len(self.beads))
        browser.type('[type=search]', 'qqzzxx')
        self.check('search for nothing', browser.wait(
            'return [...document.querySelectorAll(".bead")]'
            '.every(b => b.hidden)'))

    # ---- print -----------------------------------------------------------------

    def try_print(self):
        self.browser.open(self.path)
        pdf = base64.b64decode(self.browser.call('POST', '/print', {}))
        text = subprocess.run(['pdftotext', '-', '-'], input=pdf, check=True,
                              capture_output=True).stdout.decode()
        flat = re.sub(r'\W', '', text)
        for d in self.differences[:50]:
            reason = re.sub(r'\W', '', d.findtext(A + 'reason'))
            self.check('reason in print', flat.count(reason) >= 2, reason)
        for bead in self.beads[:200]:
            for unit in bead.findall(A + 'unit'):
                # Where an address is broken depends on the font.
                words = re.sub(r'\S*[/@]\S*', ' ', ''.join(unit.itertext()))
                for word in re.findall(r'[A-Za-z]{4,}', words)[:3]:
                    self.check('text in print', word in flat, word)
        self.check('no tools in print', 'Onlypassages' not in flat)

    def try_guard(self):
        """No script but the page's own runs, whatever gets into the page."""
        self.browser.open(self.path)
        self.browser.complaints()
        self.equal('foreign script', self.browser.run('''
            const s = document.createElement('script');
            s.textContent = 'window.foreign = 1';
            document.body.append(s);
            const b = document.createElement('b');
            b.innerHTML = '<img src="x" onerror="window.foreign = 2">';
            document.body.append(b);
            return window.foreign || 0'''), 0)
        self.check('complains', self.browser.complaints())


def try_big(page):
    """Ten thousand differences: opens, steps, filters, in bearable time."""
    browser = page.browser
    browser.look(1400)
    begin = time.monotonic()
    browser.open(page.path)
    page.check('tools work', browser.run(
        'return !document.querySelector(".tools").hidden'))
    page.equal('differences', browser.run(
        'return document.querySelectorAll(".note[id]").length'),
        len(page.ids))
    browser.press('n')
    page.check('key n', browser.run(
        'return document.activeElement.matches(".note")'))
    browser.press('d')
    seconds = time.monotonic() - begin
    page.check('in two minutes', seconds < 120, seconds)
    print(f'{page.name}: {len(page.ids)} differences, {seconds:.1f} s')


def main():
    folder = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            for path in sorted(folder.glob('*.html')):
                page = Page(browser, path)
                page.try_file()
                if len(page.ids) >= 1000:
                    try_big(page)
                    continue
                page.try_content()
                page.try_looks()
                page.try_guard()
                page.try_print()
                page.try_search()
                page.try_filters()
                if page.ids:
                    page.try_without_script()
                    page.try_jumps()
                    page.try_keys()
                print(f'{page.name}: {len(page.beads)} beads, '
                      f'{len(page.ids)} differences')
        finally:
            browser.close()
    print(f'{Page.checks} checks, {Page.failed} failed')
    return 1 if Page.failed or not Page.checks else 0


if __name__ == '__main__':
    sys.exit(main())
