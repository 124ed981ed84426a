"""Bounds for untrusted text: how large, how deeply nested, and how far it may reach.

The engine reads nested text by recursion and dies of too much of it, and a query can ask it to call
other hosts. A scan over the tokens, linear in the length of the text, tells both beforehand. It is
a lexical scan by the terminals of the grammars (SPARQL 1.1 section 19.8, Turtle section 6.5, JSON),
not a parser: where it is in doubt it counts too much, never too little.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from kg.errors import KgError, TimedOut
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

_Done = TypeVar("_Done")

MAX_DEPTH: Final = 64
"""How deeply brackets may nest in any text."""

MAX_QUERY: Final = 1_000_000
"""How long a query may be, in characters."""

MAX_PARTS: Final = 500
"""How many keywords and operators a query may have: the engine reads chains of them by recursion."""

# An IRI, the four kinds of strings, a comment, an escaped character: brackets and words inside of
# these do not count. `\\.` keeps an escaped quote in a prefixed name from opening a string. A string
# without an end runs to the end of its line or of the text, where the engine refuses it: looking
# for an end again and again would take time that grows with the square of the length.
_IRI = r"""<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"""
_STRING = r"""
    \"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})? | '{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?
  | "(?:[^"\\\n\r]|\\.)*+"? | '(?:[^'\\\n\r]|\\.)*+'?
  | \#[^\n\r]*+ | \\.
"""
_TURTLE = re.compile(
    rf"{_IRI} | {_STRING} | (?P<open><<\(?|[\[({{])|(?P<close>\)?>>|[\])}}])".encode(),
    re.VERBOSE | re.DOTALL,
)
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"?|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)

_Token = tuple[str, str]  # its kind: iri, name, word, open, close or operator; and its text
_SPARQL = re.compile(
    rf"""
    (?P<iri>{_IRI}) | {_STRING}
  | (?P<run>[\w.-]++)(?P<name>:[\w.:%-]*+)? | (?P<empty>:[\w.:%-]*+) | [?$]\w+ | @[\w-]+
  | (?P<open>[\[({{]|<<) | (?P<close>[\])}}]|>>) | (?P<operator>[!+*/|&^=<>])
""",
    re.VERBOSE | re.DOTALL,
)
_HASHED = re.compile(r"<[^<>\s]*#[^<>\s]*>")
_KINDS: Final = {"run": "word", "empty": "name"}
_REACHING: Final = re.compile("SERVICE|LOAD", re.IGNORECASE)


def turtle_too_deep(data: bytes) -> int | None:
    """Return the 1-based line where Turtle, TriG, N-Triples or N-Quads nest too deeply, or None.

    >>> turtle_too_deep(b"<a:b> <a:c> " + b"[" * 65) == 1, turtle_too_deep(b"[] <a:b> '[['  .")
    (True, None)
    """
    openers = sum(map(data.count, (b"[", b"(", b"{", b"<<")))
    return _too_deep(_TURTLE, data) if openers > MAX_DEPTH else None


def json_too_deep(data: bytes) -> int | None:
    """Return the 1-based line where JSON nests too deeply, or None."""
    return _too_deep(_JSON, data)


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


def xml_problem(data: bytes) -> tuple[int, str] | None:
    """Return the line and the fault of XML that is malformed, declares a DOCTYPE or nests deeply.

    Entities can only be declared in a DOCTYPE; without one there is nothing to explode.

    >>> xml_problem(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    (1, 'declares a DOCTYPE, which is refused: entities can be made to explode')
    """
    parser = xml.parsers.expat.ParserCreate()
    depth = 0

    def doctype(*_: object) -> None:
        raise _Refused("declares a DOCTYPE, which is refused: entities can be made to explode")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _Refused(f"nests more than {MAX_DEPTH} elements")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except _Refused as refused:
        return parser.CurrentLineNumber, str(refused)
    except xml.parsers.expat.ExpatError as error:
        return error.lineno, f"is not XML: {xml.parsers.expat.ErrorString(error.code)}"
    return None


class _Refused(Exception):
    """Leaves the XML parser from inside a handler."""


@dataclass(frozen=True)
class Reach:
    """What the tokens of a query tell of it.

    `problem` is a sentence, or None where the query may run; `graphs` are the IRIs after FROM and
    FROM NAMED, which have to be graphs of the store: SPARQL 1.1 section 13.2 lets an engine fetch
    them instead.

    >>> Reach.of("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").problem
    'SERVICE would send the query to another host, which is refused'
    >>> Reach.of("SELECT ?service FROM id:a { ?service ?p 'LOAD' }").graphs
    ('https://w3id.org/corporate-plans/id/a',)
    """

    problem: str | None
    graphs: tuple[str, ...]

    @classmethod
    def of(cls, query: str) -> Reach:
        """Scan the text of one query."""
        if len(query) > MAX_QUERY:
            return cls(f"the query is longer than {MAX_QUERY:,} characters", ())
        if any(map(_hides, query.splitlines())):
            return cls("a long string follows an IRI with '#'; begin it on a line of its own", ())
        found = (token for token in _SPARQL.finditer(query) if token.lastgroup)
        tokens = [
            (_KINDS.get(str(token.lastgroup), str(token.lastgroup)), token[0]) for token in found
        ]
        return cls(_problem(tokens), tuple(_selected(tokens)))


def _hides(line: str) -> bool:
    """Tell whether a long string opens after what may be a comparison with a comment, `?a<?b#>`."""
    hashed = _HASHED.search(line)
    return hashed is not None and any(quote in line[hashed.end() :] for quote in ("'''", '"""'))


def _problem(tokens: Iterable[_Token]) -> str | None:
    depth = parts = 0
    for kind, text in tokens:
        if problem := _reaching(kind, text):
            return problem
        # A comparison can look like an IRI, `?a<((1>0`: the brackets in it count all the same.
        depth += (kind == "open") + (text.count("(") if kind == "iri" else 0)
        if depth > MAX_DEPTH:
            return f"the query nests more than {MAX_DEPTH} brackets"
        depth = max(0, depth - (kind == "close") - (text.count(")") if kind == "iri" else 0))
        # Words of digits are numbers, of which VALUES may hold many; a run of both has operators in it.
        parts += kind == "operator" or (kind == "word" and (text[0].isalpha() + text.count("-")))
        if parts > MAX_PARTS:
            return f"the query has more than {MAX_PARTS} keywords and operators; split it"
    return None


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
    if kind == "name":
        prefix, _, local = text.partition(":")
        text = prefix + " " + " ".join(f".{part}" for part in local.split(".")[1:])
        found = _REACHING.search(prefix) or re.search(r"\.(SERVICE|LOAD)\b", text, re.IGNORECASE)
    else:
        found = _REACHING.search(text) if kind == "word" else None
    if not found:
        return None
    if found[0].upper().endswith("LOAD"):
        return "LOAD would fetch a file or a host, which is refused"
    return "SERVICE would send the query to another host, which is refused"


def _selected(tokens: Sequence[_Token]) -> Iterator[str]:
    """Yield the IRIs that FROM and FROM NAMED select, with prefixes resolved."""
    prefixes = dict(PREFIXES)
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


def run(work: Callable[[], _Done], *, seconds: float, memory: int | None = None) -> _Done:
    """Return what `work` returns, done by a child process that is killed when its time is up.

    The engine cannot be interrupted, a process can. `memory` bounds the child's address space, in
    bytes. Call it before the engine is first used: a fork does not carry other threads along.

    Raises:
        TimedOut: the work took longer than `seconds`, or the child died of it.
        KgError: what `work` raised.

    >>> run(lambda: b"done", seconds=5)
    b'done'
    """
    import multiprocessing  # noqa: PLC0415 - most commands never bound anything by time

    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    child = fork.Process(
        target=_child, args=(work, theirs, 2 * int(seconds) + 2, memory), daemon=True
    )
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise TimedOut(f"not done after {seconds:g} seconds; ask for less, or give more time")
        outcome: _Done | KgError = ours.recv()
    except EOFError:
        raise TimedOut("the engine died of it; ask for less") from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(outcome, KgError):
        raise outcome
    return outcome


def _child(work: Callable[[], object], pipe: Connection, seconds: int, memory: int | None) -> None:
    import resource  # noqa: PLC0415

    # Should the parent be killed, nobody ends this process: its own processor time does.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        pipe.send(work())
    except KgError as error:
        pipe.send(error)
