"""How far a query may reach: never to a host or a file, and no deeper than the engine can read.

A query can ask the engine to call other hosts, and nests by recursion. Like `kg.base.bounds` this is
a lexical scan (SPARQL 1.1 section 19.8), not a parser: where it is in doubt it refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.base.bounds import IRI, MAX_DEPTH, STRINGS
from kg.base.prologue import Prologue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MAX_QUERY: Final = 1_000_000
"""How long a query may be, in characters."""

MAX_PARTS: Final = 500
"""How many keywords and operators a query may have: the engine reads chains of them by recursion."""

_SHORT: Final = 10_000
"""Below how many characters the scan of a query is kept."""

_Token = tuple[str, str]  # its kind: iri, name, word, open, close or operator; and its text
_SPARQL = re.compile(
    rf"""
    (?P<iri>{IRI}) | {STRINGS}
  | (?P<run>[\w.-]++)(?P<name>:[\w.:%-]*+)? | (?P<empty>:[\w.:%-]*+) | [?$]\w+ | @[\w-]+
  | (?P<open>[\[({{]|<<) | (?P<close>[\])}}]|>>) | (?P<operator>[!+*/|&^=<>])
""",
    re.VERBOSE | re.DOTALL,
)
_HASHED = re.compile(r"<[^<>\s#]*+#[^<>\s]*+>")
_KINDS: Final = {"run": "word", "empty": "name"}
_REACHING: Final = re.compile("SERVICE|LOAD", re.IGNORECASE)
_GRAPH: Final = re.compile(r"GRAPH(?!\w)", re.IGNORECASE)
_REACHING_PART: Final = re.compile(r"\.(SERVICE|LOAD)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reach:
    """What the tokens of a query tell of it.

    `problem` is a sentence, or None where the query may run; `graphs` are the IRIs after FROM and
    FROM NAMED, which have to be graphs of the store: SPARQL 1.1 section 13.2 lets an engine fetch
    them instead; `tells_graphs` says whether GRAPH may be among its keywords.

    >>> Reach.of("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").problem
    'SERVICE would send the query to another host, which is refused'
    >>> Reach.of("SELECT ?service FROM id:a { ?service ?p 'LOAD' }").graphs
    ('https://w3id.org/corporate-plans/id/a',)
    """

    problem: str | None
    graphs: tuple[str, ...]
    tells_graphs: bool = False

    @classmethod
    def of(cls, query: str) -> Reach:
        """Scan the text of one query."""
        return _scanned(query) if len(query) < _SHORT else cls._of(query)

    @classmethod
    def _of(cls, query: str) -> Reach:
        if len(query) > MAX_QUERY:
            return cls(f"the query is longer than {MAX_QUERY:,} characters", ())
        if any(map(_hides, query.splitlines())):
            return cls("a long string follows an IRI with '#'; begin it on a line of its own", ())
        prologue = Prologue.of(query)
        matches = (token for token in _SPARQL.finditer(query, prologue.size) if token.lastgroup)
        tokens = [
            (_KINDS.get(str(token.lastgroup), str(token.lastgroup)), token[0]) for token in matches
        ]
        tells_graphs = any(kind in {"word", "name"} and _GRAPH.match(text) for kind, text in tokens)
        problem = _problem(tokens, prologue.count)
        return cls(problem, tuple(_selected(tokens, prologue.prefixes)), tells_graphs)


@lru_cache(256)
def _scanned(query: str) -> Reach:
    """Scan a short query once: the same ones are asked again and again."""
    return Reach._of(query)  # noqa: SLF001 - its other half


def _hides(line: str) -> bool:
    """Tell whether a long string opens after what may be a comparison with a comment, `?a<?b#>`."""
    hashed = _HASHED.search(line)
    return hashed is not None and any(quote in line[hashed.end() :] for quote in ("'''", '"""'))


def _problem(tokens: Iterable[_Token], parts: int) -> str | None:
    """Tell what is wrong with tokens, before which there were so many keywords and operators."""
    depth = 0
    for kind, text in tokens:
        if problem := _reaching(kind, text):
            return problem
        # A comparison can look like an IRI, `?a<((1>0`: the brackets in it count all the same.
        hidden = kind == "iri"
        depth += (kind == "open") + hidden * text.count("(")
        if depth > MAX_DEPTH:
            return f"the query nests more than {MAX_DEPTH} brackets"
        depth = max(0, depth - (kind == "close") - hidden * text.count(")"))
        parts += _parts(kind, text)
        if parts > MAX_PARTS:
            return f"the query has more than {MAX_PARTS} keywords and operators; split it"
    return None


def _parts(kind: str, text: str) -> int:
    """Count the keywords and operators of a token, which the engine reads by recursion."""
    if kind == "operator":
        return 1
    # Words of digits are numbers, of which VALUES may hold many; a run of both has operators in it.
    return text[0].isalpha() + text.count("-") if kind == "word" else 0


def _reaching(kind: str, text: str) -> str | None:
    """Tell whether a token may hold a keyword that reaches out, however it is glued to others.

    The engine needs no space around keywords: `SERVICE:x` and `SERVICEex:x` are one to it. And what
    looks like an IRI may be a comparison, the end of a filter and more: `?a<?b).SERVICE:x>`, which
    can only be so after a closing bracket, or have half a string in it: `?a<CONCAT('>')`.
    """
    if kind == "iri":
        if "'" in text or _REACHING.search(text.partition(")")[2]):
            return f"{text[:60]} cannot be told from a comparison; write ' as %27 and ) as %29"
        return None
    keyword = _keyword(kind, text)
    if keyword is None:
        return None
    if keyword.upper().endswith("LOAD"):
        return "LOAD would fetch a file or a host, which is refused"
    return "SERVICE would send the query to another host, which is refused"


def _keyword(kind: str, text: str) -> str | None:
    """Return the keyword that reaches out in a word or a prefixed name, if there is one."""
    if kind == "word":
        match = _REACHING.search(text)
    elif kind == "name":
        # A dot ends a triple: what follows it in `ex:a.SERVICE` may be a keyword of its own.
        prefix, _, local = text.partition(":")
        parts = " ".join(f".{part}" for part in local.split(".")[1:])
        match = _REACHING.search(prefix) or _REACHING_PART.search(f"{prefix} {parts}")
    else:
        match = None
    return match and match[0]


def _selected(tokens: Sequence[_Token], declared: Mapping[str, str]) -> Iterator[str]:
    """Yield the IRIs that FROM and FROM NAMED select, with prefixes resolved: those declared before and among tokens."""
    prefixes = dict(declared)
    before = [("", ""), ("", ""), *tokens]
    for (_, first), (_, second), (kind, text) in zip(before, before[1:], tokens, strict=False):
        if kind not in {"iri", "name"}:
            continue
        prefix, _, local = text.partition(":")
        iri = text[1:-1] if kind == "iri" else prefixes.get(prefix, f"{prefix}:") + local
        if first.upper() == "PREFIX" and kind == "iri":
            prefixes[second.removesuffix(":")] = iri
        elif second.upper() == "FROM" or (first.upper(), second.upper()) == ("FROM", "NAMED"):
            yield iri
