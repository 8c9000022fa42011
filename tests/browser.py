"""Drives headless Chromium over WebDriver."""
import contextlib
import json
import re
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
         '--disable-background-networking', '--disable-component-update',
         '--disable-sync', '--disable-dev-shm-usage']

# The lowest contrast (WCAG 2) of any text with what is behind it.
CONTRAST = r'''
const parse = c => (c.match(/[\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => {
    const f = [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92
        : ((v + .055) / 1.055) ** 2.4);
    return .2126 * f[0] + .7152 * f[1] + .0722 * f[2];
};
const behind = e => {
    for (; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] === 1) return c;
        if (c[3] > 0) throw Error('a background that shines through');
    }
    return [255, 255, 255];
};
let worst = [99, ''], seen = 0;
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode() && seen < 3000) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || /^(SCRIPT|STYLE)$/.test(e.tagName) ||
        !e.getClientRects().length) continue;
    seen++;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < worst[0]) worst = [ratio, e.className + ': ' +
        walk.currentNode.data.trim().slice(0, 40)];
}
return worst;
'''

IN_VIEW = '''
const box = document.getElementById(arguments[0]).getBoundingClientRect();
return box.top >= 0 && box.bottom <= innerHeight && box.height > 0;
'''

SHOWN = '''
return [...document.querySelectorAll(arguments[0])]
    .filter(e => e.getClientRects().length).map(e => e.id || e.textContent);
'''


class Browser:
    def __init__(self, folder):
        self.process = subprocess.Popen(
            ['chromedriver', '--port=0'], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            found = re.search(r'successfully on port (\d+)', line)
            if found:
                break
        # No proxy: the driver is on this machine.
        self.http = urllib.request.build_opener(
            urllib.request.ProxyHandler({}))
        self.base = f'http://127.0.0.1:{found.group(1)}/session'
        options = {'args': FLAGS + [f'--user-data-dir={folder}']}
        session = self.call('POST', '', {'capabilities': {'alwaysMatch': {
            'browserName': 'chrome', 'goog:chromeOptions': options,
            'goog:loggingPrefs': {'browser': 'ALL'}}}})
        self.base += '/' + session['sessionId']

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.base + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={'Content-Type': 'application/json'})
        try:
            with self.http.open(request, timeout=120) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)['value']['message']) from error

    def close(self):
        with contextlib.suppress(OSError):
            self.call('DELETE', '')
        self.process.terminate()
        self.process.wait()

    def run(self, script, *arguments):
        return self.call('POST', '/execute/sync',
                         {'script': script, 'args': arguments})

    def devtools(self, command, **params):
        return self.call('POST', '/goog/cdp/execute',
                         {'cmd': command, 'params': params})

    def open(self, path, fragment=''):
        self.call('POST', '/url', {'url': 'about:blank'})
        self.call('POST', '/url', {'url': path.as_uri() + fragment})

    def look(self, width, height=900, scheme='light'):
        self.devtools('Emulation.setDeviceMetricsOverride', width=width,
                      height=height, deviceScaleFactor=1, mobile=False)
        # Motion would have to be waited for.
        self.devtools('Emulation.setEmulatedMedia', features=[
            {'name': 'prefers-color-scheme', 'value': scheme},
            {'name': 'prefers-reduced-motion', 'value': 'reduce'}])

    def element(self, selector):
        return '/element/' + self.call('POST', '/element', {
            'using': 'css selector', 'value': selector})[ELEMENT]

    def click(self, selector):
        self.call('POST', self.element(selector) + '/click', {})

    def type(self, selector, text):
        self.call('POST', self.element(selector) + '/value', {'text': text})

    def press(self, key):
        self.call('POST', '/actions', {'actions': [
            {'type': 'key', 'id': 'keys', 'actions': [
                {'type': kind, 'value': key}
                for kind in ('keyDown', 'keyUp')]}]})

    def shown(self, selector):
        return self.run(SHOWN, selector)

    def wait(self, script, *arguments):
        end = time.monotonic() + 20
        while not self.run(script, *arguments):
            if time.monotonic() > end:
                return False
            time.sleep(.05)
        return True

    def complaints(self):
        return [e['message'] for e in self.call('POST', '/se/log',
                                                {'type': 'browser'})]
