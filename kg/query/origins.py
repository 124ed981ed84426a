"""Where the columns of an answer come from: out of the data as the value of a property, or computed.

Like `kg.base.reach` this is a lexical scan of a query, not a parser: where it is in doubt it takes any
property for possible, and what is named by AS for computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.base import IRI, STRINGS, Prologue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ANY: Final = None
"""Stands for the properties of a column that may be the value of any property."""

_SHORT: Final = 10_000
"""Below how many characters the scan of a query is kept."""

_Token = tuple[str, str]  # its kind: iri, name, word, variable or mark; and its text
_LOCAL: Final = r":(?:[\w:%-]|\.(?=[\w:%.-])|\\.)*+"
_SPARQL = re.compile(
    rf"""
    (?P<iri>{IRI}) | (?P<text>{STRINGS}) | (?P<variable>[?$]\w+)
  | (?P<word>[\w.-]++)(?P<name>{_LOCAL})? | (?P<empty>{_LOCAL}) | @[\w-]+ | (?P<mark>[^\s\w])
""",
    re.VERBOSE | re.DOTALL,
)
_SCHEME: Final = re.compile(r"\A(?:[A-Za-z][A-Za-z0-9+.-]*+:|:\Z)")
_KINDS: Final = {"empty": "name"}
# What stands behind these words, up to a brace, is no pattern.
_HEADS: Final = frozenset({"SELECT", "DESCRIBE", "VALUES", "GROUP", "ORDER", "HAVING"})
_SAME: Final = frozenset({"MIN", "MAX", "SAMPLE"})
"""The aggregates that give a value as it is."""


@dataclass(frozen=True)
class Origins:
    """Of which properties the variables of a query are values, and the IRIs that it names.

    What is only computed, or a subject, is not in `properties`; `computes` tells whether anything is.

    >>> one = Origins.of("SELECT ?v (COUNT(*) AS ?n) (MAX(?w) AS ?most) { id:a cp:value ?v ; ?p ?w }")
    >>> [iri.rpartition("#")[2] for iri in one.properties["v"]], one.properties["most"], "n" in one.properties
    (['value'], None, False)
    """

    properties: Mapping[str, frozenset[str] | None]
    named: frozenset[str]
    computes: bool
    describes: bool

    @classmethod
    def of(cls, query: str) -> Origins:
        """Scan the text of one query."""
        return _scanned(query) if len(query) < _SHORT else cls._of(query)

    @classmethod
    def _of(cls, query: str) -> Origins:
        prologue = Prologue.of(query)
        tokens = list(_resolved(_tokens(query, prologue.size), prologue.prefixes))
        properties: dict[str, frozenset[str] | None] = {}
        for variable, name in _objects(tokens):
            before = properties.get(variable, frozenset())
            known = before is not None and name is not None
            properties[variable] = frozenset({*before, name}) if known else ANY  # type: ignore[misc, arg-type]
        named = _named(tokens)
        for variable, sources in named.items():
            # What has a name in one branch may be a value, or have another, in the next.
            own = {variable} if variable in properties else set()
            origins = [properties.get(one, frozenset()) for one in {*sources, *own}]
            properties.pop(variable, None)
            certain = [names for names in origins if names is not None]
            if all(certain):
                several = frozenset(name for names in certain for name in names)
                properties[variable] = several if len(certain) == len(origins) else ANY
        words = {text.upper() for kind, text in tokens if kind == "word"}
        iris = prologue.iris.union(text for kind, text in tokens if kind == "iri")
        if "BASE" in words or not all(
            map(_SCHEME.match, iris)
        ):  # which are meant is not known here
            properties = dict.fromkeys(properties, ANY)
        return cls(properties, iris, bool(named), "DESCRIBE" in words)


@lru_cache(256)
def _scanned(query: str) -> Origins:
    """Scan a short query once: the same ones are asked again and again."""
    return Origins._of(query)  # noqa: SLF001 - its other half


def _tokens(query: str, start: int) -> Iterator[_Token]:
    for match in _SPARQL.finditer(query, start):
        if kind := match.lastgroup:
            text = match[0]
            yield _KINDS.get(kind, kind), text[1:] if kind == "variable" else text


def _resolved(tokens: Iterator[_Token], declared: Mapping[str, str]) -> Iterator[_Token]:
    """Yield tokens with prefixed names as IRIs, without comments and the angle brackets of IRIs."""
    prefixes = dict(declared)
    first = second = ""
    for kind, text in tokens:
        if kind == "text" and text.startswith("#"):
            continue
        if kind == "iri":
            if first.upper() == "PREFIX":
                prefixes[second.removesuffix(":")] = text[1:-1]
            yield kind, text[1:-1]
        elif kind == "name":
            prefix, _, local = text.partition(":")
            yield "iri", prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
        else:
            yield kind, text
        first, second = second, text


def _objects(tokens: Sequence[_Token]) -> Iterator[tuple[str, str | None]]:
    """Yield the variables that stand where values do, each with its property or None for any."""
    levels, head = [0], True  # how many parentheses are open within each brace
    before = previous = ("mark", "")
    parted = False  # the path has other ends than its last step
    for token in tokens:
        kind, text = token
        if kind == "mark":
            head = head and text not in "{}"
            _nest(levels, text)
        elif kind == "word":
            head = head or text.upper() in _HEADS
        elif kind == "variable" and not head and not levels[-1]:
            if previous[0] == "iri":
                yield text, previous[1] if before[1] not in {"!", "^"} and not parted else ANY
            elif previous[0] == "variable" or previous[1] in {",", ")", "*", "+", "?"}:
                yield text, ANY
        parted = (parted or (text == "|" and not levels[-1])) and _goes_on(kind, text)
        before, previous = previous, token


def _goes_on(kind: str, text: str) -> bool:
    """Tell whether a path may go on with a token."""
    return kind == "iri" or text in {"a", "|", "/", "^", "!", "(", ")", "*", "+", "?"}


def _nest(levels: list[int], mark: str) -> None:
    if mark == "{":
        levels.append(0)
    elif mark == "}" and len(levels) > 1:
        levels.pop()
    elif mark == "(":
        levels[-1] += 1
    elif mark == ")":
        levels[-1] -= 1


def _named(tokens: Sequence[_Token]) -> Mapping[str, set[str]]:
    """Return what stands behind AS, with all variables whose values it has unchanged; "" for what is computed."""
    named: dict[str, set[str]] = {}
    for variable, same in _computed(tokens):
        named.setdefault(variable, set()).add(same)
    return named


def _computed(tokens: Sequence[_Token]) -> Iterator[tuple[str, str]]:
    """Yield what stands behind AS, each with the variable whose value it has unchanged, or ""."""
    for at, token in enumerate(tokens[:-1]):
        if token[0] != "word" or token[1].upper() != "AS" or tokens[at + 1][0] != "variable":
            continue
        start = max((i for i in range(max(0, at - 6), at) if tokens[i][1] == "("), default=at)
        inside = [text for _, text in tokens[start + 1 : at] if text.upper() != "DISTINCT"]
        applied = inside[-1:] == [")"] and tokens[start - 1][1].upper() in _SAME
        plain = inside[:-1] if applied else inside
        whole = not applied or tokens[start - 2][1] == "("
        is_same = len(plain) == 1 and whole and tokens[at - 1 - applied][0] == "variable"
        yield tokens[at + 1][1], plain[0] if is_same else ""
