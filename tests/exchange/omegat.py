"""Has OmegaT translate the first texts of a memory with that memory.

omegat.py MEMORY SOURCE TARGET FOLDER: languages, and where to work.
"""
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ET

LANG = '{http://www.w3.org/XML/1998/namespace}lang'
PROJECT = '''<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat>
  <project version="1.0">
    <source_dir>__DEFAULT__</source_dir>
    <target_dir>__DEFAULT__</target_dir>
    <tm_dir>__DEFAULT__</tm_dir>
    <glossary_dir>__DEFAULT__</glossary_dir>
    <dictionary_dir>__DEFAULT__</dictionary_dir>
    <source_lang>{}</source_lang>
    <target_lang>{}</target_lang>
    <sentence_seg>false</sentence_seg>
    <support_default_translations>true</support_default_translations>
    <remove_tags>false</remove_tags>
  </project>
</omegat>
'''


def pairs(memory, source, target):
    """What is to be translated, and into what: texts on one line, each once."""
    found = {}
    for tu in ET.parse(memory).getroot().iter('tu'):
        texts = {v.get(LANG): v.findtext('seg') for v in tu.findall('tuv')}
        if texts.get(source) and texts.get(target) and \
                '\n' not in texts[source] + texts[target]:
            found.setdefault(texts[source], set()).add(texts[target])
    return {s: t.pop() for s, t in found.items() if len(t) == 1}


def main():
    memory, source, target, folder = sys.argv[1:]
    project = pathlib.Path(folder)
    for name in ('source', 'target', 'tm/enforce', 'glossary', 'dictionary',
                 'omegat', 'home'):
        (project / name).mkdir(parents=True)
    (project / 'omegat.project').write_text(PROJECT.format(source, target))
    (project / 'tm/enforce/memory.tmx').write_bytes(
        pathlib.Path(memory).read_bytes())
    wanted = pairs(memory, source, target)
    (project / 'source/text.txt').write_text(
        '\n\n'.join(wanted) + '\n', encoding='utf-8')
    run = subprocess.run(
        ['omegat', '--mode=console-translate', folder], timeout=240,
        env=dict(os.environ, HOME=str(project / 'home'),
                 LC_ALL='C.UTF-8'), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors='replace')
    result = project / 'target/text.txt'
    got = result.read_text(encoding='utf-8').strip().split('\n\n') \
        if result.exists() else []
    wrong = [(g, w) for g, w in zip(got, wanted.values()) if g != w]
    print(f'OmegaT: {len(got) - len(wrong)} of {len(wanted)} texts translated '
          f'from {source} to {target}')
    if len(got) != len(wanted) or wrong or not wanted:
        print(run.stdout[-2000:], wrong[:3])
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
