"""Where things stand in Turtle: the lines in which a term is the subject, or first named.

The parser tells no places. A scan over the tokens does (Turtle section 6.5), which knows prefixes and
where a statement begins, and nothing else: a line that it cannot tell is not told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.base.bounds import IRI, STRINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    rf"""
    (?P<iri>{IRI}) | {STRINGS}
  | (?P<declares>@?prefix(?![\w.:-])) | @[\w-]++
  | (?P<run>[\w.-]++)(?P<name>:(?:[\w:%.-]|\\.)*+)? | (?P<empty>:(?:[\w:%.-]|\\.)*+)
  | (?P<open>[\[({{]) | (?P<close>[\])}}])
""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

_NAMES: Final = {"run": "word", "name": "name", "empty": "name"}

Token = tuple[str, str, int]
"""Its kind and its text, and the line on which it stands."""


@dataclass
class TermLines:
    """The 1-based lines of a text by IRI: where it begins a statement, and where it is first named."""

    subjects: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)

    def of(self, iri: str) -> int | None:
        """Return the line to look at for `iri`, or None."""
        return self.subjects.get(iri) or self.mentions.get(iri)


def term_lines(text: str) -> TermLines:
    r"""Return the lines of the terms of Turtle, TriG, N-Triples or N-Quads.

    >>> term_lines("@prefix e: <http://e/> .\n\ne:a a e:B ;\n  e:c 1.5 . e:d e:p e:a .").subjects
    {'http://e/a': 3, 'http://e/d': 4}
    """
    lines = TermLines()
    prefixes: dict[str, str] = {}
    declared: str | None = None
    depth, begins, declares = 0, True, False
    for kind, word, line in _tokens(text):
        if kind == "declares":
            declares, declared = True, None
        elif declares:
            # A prefix and its namespace; in SPARQL's way of it no dot follows.
            if kind == "name":
                declared = word[:-1]
            elif kind == "iri":
                prefixes[declared or ""] = word[1:-1]
                declares, begins = False, True
        elif kind in {"iri", "name"}:
            iri = _resolved(kind, word, prefixes)
            lines.mentions.setdefault(iri, line)
            if begins:
                lines.subjects.setdefault(iri, line)
            begins = False
        else:
            depth = max(0, depth + (kind == "open") - (kind == "close"))
            begins = kind == "end" and not depth
    return lines


def _resolved(kind: str, word: str, prefixes: dict[str, str]) -> str:
    if kind == "iri":
        return word[1:-1]
    prefix, _, local = word.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")


def _tokens(text: str) -> Iterator[Token]:
    line, seen = 1, 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind is None:
            continue  # a string or a comment
        line += text.count("\n", seen, token.start())
        seen = token.start()
        word = token[0]
        if kind not in _NAMES:
            yield kind, word, line
            continue
        # No name and no number ends in a dot: it ends the statement.
        if bare := word.rstrip("."):
            yield _NAMES[kind], bare, line
        if bare != word:
            yield "end", ".", line
