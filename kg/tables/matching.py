"""The companies of a table and those that are known already: which are the same, and which may be.

A company is the same where its name, apart from its legal form (cleanco), is one of the names of
exactly one known company, and no other company of the table has that very name. What is merely
alike (rapidfuzz) is for people to review: who confirms a pair adds the table's name to the known
company's other names, `skos:altLabel`, after which they match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyoxigraph as ox

from kg.base import CP, RDF, RDFS, SKOS, MissingExtraError, fold, nquads, shorten
from kg.tables.spill import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ALIKE: Final = 90
"""How alike two names have to be for their pair to be reviewed, out of 100."""

MOST_PAIRS: Final = 10_000
"""How many pairs are kept for review."""

_LABEL, _ALIAS = (ox.NamedNode(iri) for iri in (RDFS + "label", SKOS + "altLabel"))
_IS_A: Final = f"<{RDF}type>".encode()
_TELLING: Final = frozenset({_IS_A, *(str(one).encode() for one in (_LABEL, _ALIAS))})
_KNOWN: Final = frozenset(f"<{CP}{name}>".encode() for name in ("Company", "JointVenture"))
_LISTED: Final = _KNOWN | {f"<{CP}Organization>".encode()}
_NAMING: Final = (
    *(b" %b %b " % (_IS_A, kind) for kind in sorted(_LISTED)),
    *(b" %b " % str(one).encode() for one in (_LABEL, _ALIAS)),
)


class Pair(NamedTuple):
    """A company of a table, the known one that it may be, and how alike they are, out of 100."""

    name: str
    iri: str
    known: str
    known_iri: str
    likeness: int


@dataclass(frozen=True)
class Matches:
    """Which companies are the same.

    `certain` are known companies by the IRIs of the table's, `names` all names of these known ones,
    `review` the pairs to look at, the most alike of them where there are `more`.
    """

    certain: Mapping[str, str]
    names: Mapping[str, set[str]]
    review: tuple[Pair, ...]
    more: int = 0


def match_companies(table: Iterable[bytes], known: Iterable[bytes]) -> Matches:
    r"""Compare the companies of a table with the known ones, both given as lines of N-Quads in order.

    Those of the table are looked at one by one, and twice: there may be more than fit in memory.

    >>> type_ = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    >>> company = b"<https://w3id.org/corporate-plans/ontology#Company>"
    >>> label = b"<http://www.w3.org/2000/01/rdf-schema#label>"
    >>> def named(iri: bytes, name: bytes) -> list[bytes]:
    ...     return [b" ".join([iri, label, b'"' + name + b'"@en', b"<a:g> .\n"]),
    ...             b" ".join([iri, type_, company, b"<a:g> .\n"])]
    >>> table = named(b"<a:1>", b"Acme Inc.") + named(b"<a:2>", b"Acme Wind")
    >>> matches = match_companies(table, named(b"<a:acme>", b"Acme"))
    >>> matches.certain, [(pair.name, pair.known) for pair in matches.review]
    ({'a:1': 'a:acme'}, [('Acme Wind', 'Acme')])
    """
    ours = dict(_companies(known, _KNOWN))
    by_name = _by_bare_name(ours)
    likely: dict[str, tuple[str, set[str]]] = {}
    pairs = _Pairs(by_name)
    for iri, called in _companies(table, _LISTED):
        same = set().union(*(by_name.get(bare(name), ()) for name in called))
        if len(same) == 1:
            likely[iri] = same.pop(), called
        else:
            pairs.add(iri, called)
    certain = {}
    shared = _shared(table, likely)
    for iri, (one, called) in likely.items():
        # Of two companies of the table with one name, the known one may be either.
        if shared.isdisjoint(map(fold, called)):
            certain[iri] = one
        else:
            pairs.add(iri, called)
    return Matches(certain, _of(ours, certain.values()), *pairs.most_alike())


def _shared(table: Iterable[bytes], likely: Mapping[str, tuple[str, set[str]]]) -> set[str]:
    """Return which names of the likely companies several companies of the table have."""
    if not likely:
        return set()
    wanted = {fold(name) for _, called in likely.values() for name in called}
    bearers: dict[str, str] = {}
    shared: set[str] = set()
    for iri, called in _companies(table, _LISTED):
        for name in wanted.intersection(map(fold, called)):
            if bearers.setdefault(name, iri) != iri:
                shared.add(name)
    return shared


class _Pairs:
    """The companies that are merely alike, of which only so many are kept."""

    def __init__(self, by_name: Mapping[str, Mapping[str, str]]) -> None:
        self._by_name = by_name
        self._kept: list[Pair] = []
        self._all = 0

    def add(self, iri: str, called: Iterable[str]) -> None:
        """Add what a company of the table may be."""
        found = {pair for name in called for pair in _alike(name, iri, self._by_name)}
        self._all += len(found)
        self._kept += found
        if len(self._kept) > 2 * MOST_PAIRS:
            self._kept = self._best()

    def _best(self) -> list[Pair]:
        return sorted(self._kept, key=lambda pair: (-pair.likeness, pair))[:MOST_PAIRS]

    def most_alike(self) -> tuple[tuple[Pair, ...], int]:
        """Return the most alike, and how many more there are."""
        best = tuple(self._best())
        return best, self._all - len(best)


def _of(names: Mapping[str, set[str]], iris: Iterable[str]) -> dict[str, set[str]]:
    return {iri: names[iri] for iri in sorted(set(iris))}


def _by_bare_name(names: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Return by bare name the companies that bear it, each with the name as it is written."""
    by_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for iri, name in _pairs(names):
        by_name[bare(name)][iri] = name
    return by_name


def _pairs(names: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((iri, name) for iri, called in names.items() for name in called)


def merge_companies(lines: Lines, matches: Matches) -> Lines:
    """Call companies of a table by the IRIs of the known ones that they are.

    A name that the table alone has for them is then one of their other names.
    """
    if not matches.certain:
        return lines
    old = list(lines.having([f"<{iri}>".encode() for iri in matches.certain]))
    return lines.replaced(old, [new for line in old for new in _merged(line, matches)])


def _merged(line: bytes, matches: Matches) -> list[bytes]:
    def node(term: Any) -> Any:
        known = matches.certain.get(term.value) if isinstance(term, ox.NamedNode) else None
        return ox.NamedNode(known) if known else term

    quad = next(iter(ox.parse(line, ox.RdfFormat.N_QUADS)))
    subject, predicate, value = node(quad.subject), quad.predicate, quad.object
    if subject != quad.subject and predicate == _LABEL and isinstance(value, ox.Literal):
        if value.value in matches.names[subject.value]:
            return []
        predicate = _ALIAS
    return nquads.canonical([ox.Quad(subject, predicate, node(value), quad.graph_name)])


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    r"""Return a name without legal form, case, punctuation and an identifier in brackets.

    >>> bare("Ford Motor Company (6452)"), bare("BlueOval SK"), bare("SCA"), bare("Inc.")
    ('ford motor', 'blueoval sk', 'sca', 'inc')
    >>> bare("SK On Co., Ltd."), bare("Volvo Cars AB (publ)"), bare("\uff33\uff2b On Inc\u200b.")
    ('sk on', 'volvo cars', 'sk on')
    """
    try:
        from cleanco import basename  # an extra
    except ImportError:
        raise MissingExtraError("a table of companies", "cleanco", "tables") from None
    whole = short = re.sub(r" \((?:\d+|publ)\)$", "", fold(name))
    # Of `Co., Ltd.` one goes at a time. Some names are nothing but what elsewhere is a legal form: they stay.
    while (shorter := str(basename(short))) not in ("", short):
        short = shorter
    return _words(short) or _words(whole) or name


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", name))


def _alike(name: str, iri: str, by_name: Mapping[str, Mapping[str, str]]) -> Iterable[Pair]:
    try:
        from rapidfuzz import fuzz, process  # an extra
    except ImportError:
        raise MissingExtraError("a table of companies", "rapidfuzz", "tables") from None
    near = process.extract(
        bare(name), list(by_name), scorer=fuzz.token_set_ratio, score_cutoff=ALIKE, limit=None
    )
    for known, likeness, _ in near:
        for known_iri, label in sorted(by_name[known].items()):
            yield Pair(name, shorten(iri), label, shorten(known_iri), round(likeness))


def _companies(lines: Iterable[bytes], kinds: frozenset[bytes]) -> Iterator[tuple[str, set[str]]]:
    """Yield the companies of sorted N-Quads that have names, each by its IRI, with these."""
    # Few lines are of a name or a type: the others are passed by as fast as can be.
    likely = lines.having(_NAMING) if isinstance(lines, Lines) else lines
    parts = (line.split(b" ", 2) for line in likely)
    wanted = (part for part in parts if part[1] in _TELLING)
    for subject, group in groupby(wanted, itemgetter(0)):
        said = list(group)
        is_company = any(one[1] == _IS_A and one[2].partition(b" ")[0] in kinds for one in said)
        if is_company and subject.startswith(b"<"):
            names = b"".join(b" ".join(one) for one in said if one[1] != _IS_A)
            quads = ox.parse(names, ox.RdfFormat.N_QUADS)
            texts = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
            if texts:
                yield subject.decode()[1:-1], texts
