"""Counts checks and tells of those that fail."""

checks = failed = 0


def check(what, good, detail=''):
    global checks, failed
    checks += 1
    if not good:
        failed += 1
        print(f'FAILED: {what} {str(detail)[:300]}')


def finish():
    """Whether the test has failed: to be told, or with nothing to tell of."""
    print(f'{checks} checks, {failed} failed')
    return failed > 0 or checks == 0


def local(element):
    """The name of an element without its namespace."""
    return element.tag.rpartition('}')[2] if isinstance(element.tag, str) else ''
