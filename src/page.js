/* Search, filters and keys of a page with versions side by side. Without it the
 * page can be read all the same. */
'use strict';
(() => {
    const tools = document.querySelector('.tools');
    const input = tools.querySelector('[type=search]');
    const only = tools.querySelector('[name=only]');
    const levels = [...tools.querySelectorAll('[name=level]')];
    const status = tools.querySelector('output');
    const beads = [...document.querySelectorAll('.bead')];
    const notes = [...document.querySelectorAll('.note[id]')];
    const links = new Map([...document.querySelectorAll('.list a')]
        .map(a => [a.hash.slice(1), a]));
    let current = null;

    /* Letters without their accents and case, each with its place. */
    const fold = text => {
        let folded = '';
        const at = [];
        let i = 0;
        for (const c of text) {
            const plain = c.normalize('NFKD').replace(/\p{M}/gu, '')
                .toLowerCase();
            folded += plain;
            for (let k = 0; k < plain.length; k++)
                at.push(i);
            i += c.length;
        }
        at.push(i);
        return { folded: folded.replace(/\s/g, ' '), at };
    };
    const texts = beads.map(b => fold(b.textContent).folded);

    const isShown = note => !document.body.classList.contains(
        'no-' + note.dataset.level) && !note.closest('.bead').hidden;

    const highlight = query => {
        if (!window.CSS || !CSS.highlights)
            return;
        CSS.highlights.delete('found');
        if (!query)
            return;
        const ranges = [];
        for (const bead of beads) {
            if (bead.hidden)
                continue;
            const walk = document.createTreeWalker(bead, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const { folded, at } = fold(walk.currentNode.data);
                let from = -1;
                while ((from = folded.indexOf(query, from + 1)) >= 0) {
                    const range = new Range();
                    range.setStart(walk.currentNode, at[from]);
                    range.setEnd(walk.currentNode, at[from + query.length]);
                    ranges.push(range);
                }
            }
        }
        CSS.highlights.set('found', new Highlight(...ranges.slice(0, 5000)));
    };

    const update = () => {
        const query = fold(input.value.trim()).folded;
        for (const level of levels)
            document.body.classList.toggle('no-' + level.value, !level.checked);
        const wanted = levels.filter(l => l.checked)
            .map(l => 'has-' + l.value);
        let shown = 0;
        beads.forEach((bead, i) => {
            bead.hidden = !texts[i].includes(query) || only.checked &&
                !wanted.some(w => bead.classList.contains(w));
            shown += !bead.hidden;
        });
        for (const note of notes) {
            const link = links.get(note.id);
            if (link)
                link.parentNode.hidden = note.closest('.bead').hidden;
        }
        for (const part of document.querySelectorAll('.part')) {
            let next = part.nextElementSibling;
            while (next && next.matches('.bead') && next.hidden)
                next = next.nextElementSibling;
            part.hidden = !next || !next.matches('.bead');
        }
        highlight(query);
        status.value = `${shown} of ${beads.length} passages, ` +
            `${notes.filter(isShown).length} of ${notes.length} differences`;
    };

    /* Only the list is scrolled, which may be beside the text or above it. */
    const show = link => {
        for (const box of [link.closest('ol'), link.closest('.list')]) {
            const a = link.getBoundingClientRect();
            const b = box.getBoundingClientRect();
            if (a.top < b.top || a.bottom > b.bottom)
                box.scrollTop += a.top - b.top - b.height / 2;
        }
    };

    const go = note => {
        if (current && links.get(current.id))
            links.get(current.id).removeAttribute('aria-current');
        current = note;
        note.focus({ preventScroll: true });
        note.scrollIntoView({ block: 'center' });
        const link = links.get(note.id);
        if (link) {
            link.setAttribute('aria-current', 'true');
            show(link);
        }
    };

    /* The next difference that is shown, or the one before. */
    const step = by => {
        const shown = notes.filter(isShown);
        if (!shown.length)
            return;
        let i = shown.indexOf(current);
        if (i < 0 && by > 0)
            i = shown.findIndex(n => n.getBoundingClientRect().top > 0) - 1;
        else if (i < 0)
            i = shown.length;
        go(shown[(i + by + shown.length) % shown.length]);
    };

    const keys = {
        n: () => step(1),
        j: () => step(1),
        p: () => step(-1),
        k: () => step(-1),
        '/': () => input.focus(),
        d: () => {
            only.checked = !only.checked;
            update();
        },
    };

    document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (event.key === 'Escape' && input.value) {
            input.value = '';
            update();
            return;
        }
        if (event.target === input) {
            if (event.key === 'Escape')
                input.blur();
            return;
        }
        if (keys[event.key]) {
            event.preventDefault();
            keys[event.key]();
        }
    });
    for (const [id, link] of links)
        link.addEventListener('click', event => {
            const note = document.getElementById(id);
            event.preventDefault();
            history.replaceState(null, '', '#' + id);
            go(note);
        });
    let timer;
    input.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(update, 80);
    });
    tools.addEventListener('change', update);
    tools.addEventListener('submit', event => event.preventDefault());
    tools.querySelector('.next').addEventListener('click', () => step(1));
    tools.querySelector('.previous').addEventListener('click', () => step(-1));
    tools.hidden = false;
    update();
})();
