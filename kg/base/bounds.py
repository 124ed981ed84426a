"""Bounds for untrusted text: how deeply Turtle, JSON and their kin may nest.

The engine reads nested text by recursion and dies of too much of it. A scan over the tokens, linear
in the length of the text, tells beforehand. It is a lexical scan by the terminals of the grammars
(Turtle section 6.5, JSON), not a parser: where it is in doubt it counts too much, never too little.
"""

from __future__ import annotations

import re
from typing import Final

MAX_DEPTH: Final = 64
"""How deeply brackets may nest in any text."""

# An IRI, the four kinds of strings, a comment, an escaped character: brackets and words inside of
# these do not count. `\\.` keeps an escaped quote in a prefixed name from opening a string. A string
# without an end runs to the end of its line or of the text, where the engine refuses it: looking
# for an end again and again would take time that grows with the square of the length.
IRI: Final = r"""<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"""
STRINGS: Final = r"""
    \"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})? | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?
  | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?
  | \#[^\n\r]*+ | \\.
"""
_TURTLE = re.compile(
    rf"{IRI} | {STRINGS} | (?P<open><<\(?|[\[({{])|(?P<close>\)?>>|[\])}}])".encode(),
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"?|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)


def turtle_too_deep(data: bytes) -> int | None:
    """Return the 1-based line where Turtle, TriG, N-Triples or N-Quads nest too deeply, or None.

    >>> turtle_too_deep(b"<a:b> <a:c> " + b"[" * 65) == 1, turtle_too_deep(b"[] <a:b> '[['  .")
    (True, None)
    """
    openers = sum(map(data.count, (b"[", b"(", b"{", b"<<")))
    return _too_deep(_TURTLE, data) if openers > MAX_DEPTH else None


def json_too_deep(data: bytes) -> int | None:
    r"""Return the 1-based line where JSON nests too deeply, or None.

    >>> json_too_deep(b'{"a": [1]}'), json_too_deep(b"[\n" + b"[" * MAX_DEPTH)
    (None, 2)
    """
    openers = data.count(b"[") + data.count(b"{")
    return _too_deep(_JSON, data) if openers > MAX_DEPTH else None


def _too_deep(tokens: re.Pattern[bytes], data: bytes) -> int | None:
    depth = 0
    for token in tokens.finditer(data):
        if token["open"]:
            depth += 1
            if depth > MAX_DEPTH:
                return data.count(b"\n", 0, token.start()) + 1
        elif token["close"]:
            depth = max(0, depth - 1)
    return None
