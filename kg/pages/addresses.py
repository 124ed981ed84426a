"""Where things are told of here: from a name to the address of its page."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from kg.base import CP, ID, lengthen

# Characters of a path that need no escape (RFC 3986, section 3.3), and the slash, of which slugs have some.
_SAFE: Final = "/!$&'()*+,;=:@"


def path_of(name: str) -> str:
    """Return the path of the page about what is called `name`, the address of what is elsewhere, or "".

    Only addresses of the web are told: what the data call `javascript:` leads nowhere.

    >>> path_of("xiaomi"), path_of("cp:met"), path_of("https://example.org/x"), path_of("javascript:alert(1)")
    ('/id/xiaomi', '/ontology/met', 'https://example.org/x', '')
    >>> path_of("table#row=1")
    '/id/table%23row=1'
    """
    iri = lengthen(name)
    for base, path in ((ID, "/id/"), (CP, "/ontology/")):
        if iri.startswith(base):
            return path + quote(iri.removeprefix(base), safe=_SAFE)
    return iri if iri.startswith(("https://", "http://")) else ""
