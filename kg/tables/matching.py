"""The companies of a table and those that are known already: which are the same, and which may be.

A company is the same where its name, apart from its legal form (cleanco), is one of the names of
exactly one known company, and no other company of the table has that very name. What is merely
alike (rapidfuzz) is for people to review: who confirms a pair adds the table's name to the known
company's other names, `skos:altLabel`, after which they match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyoxigraph as ox

from kg.base import CP, RDF, RDFS, SKOS, MissingExtraError, fold, nquads, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.sources import Source

ALIKE: Final = 90
"""How alike two names have to be for their pair to be reviewed, out of 100."""

_TYPE, _LABEL, _ALIAS = (
    ox.NamedNode(iri) for iri in (RDF + "type", RDFS + "label", SKOS + "altLabel")
)
_KNOWN: Final = frozenset({CP + "Company", CP + "JointVenture"})
_LISTED: Final = _KNOWN | {CP + "Organization"}


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
    `review` the pairs to look at.
    """

    certain: Mapping[str, str]
    names: Mapping[str, set[str]]
    review: tuple[Pair, ...]


def match_companies(table: bytes, known: bytes) -> Matches:
    r"""Compare the companies of a table with the known ones, both given as N-Quads.

    >>> type_ = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    >>> company = b"<https://w3id.org/corporate-plans/ontology#Company>"
    >>> label = b"<http://www.w3.org/2000/01/rdf-schema#label>"
    >>> def named(iri: bytes, name: bytes) -> bytes:
    ...     return iri + type_ + company + b" .\n" + iri + label + b'"' + name + b'"@en .\n'
    >>> matches = match_companies(named(b"<a:1>", b"Acme Inc.") + named(b"<a:2>", b"Acme Wind"),
    ...                           named(b"<a:acme>", b"Acme"))
    >>> matches.certain, [(pair.name, pair.known) for pair in matches.review]
    ({'a:1': 'a:acme'}, [('Acme Wind', 'Acme')])
    """
    theirs, ours = _names(table, _LISTED), _names(known, _KNOWN)
    by_name = _by_bare_name(ours)
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for iri, name in _pairs(theirs):
        bearers[fold(name)].add(iri)
    certain: dict[str, str] = {}
    review: set[Pair] = set()
    for iri, called in sorted(theirs.items()):
        same = set().union(*(by_name.get(bare(name), ()) for name in called))
        # Of two companies of the table with one name, the known one may be either.
        alone = all(bearers[fold(name)] == {iri} for name in called)
        if len(same) == 1 and alone:
            certain[iri] = same.pop()
        else:
            review.update(*(_alike(name, iri, by_name) for name in called))
    return Matches(
        certain,
        _of(ours, certain.values()),
        tuple(sorted(review, key=lambda pair: (-pair.likeness, pair))),
    )


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


def merge_companies(source: Source, matches: Matches) -> Source:
    """Call companies of a table by the IRIs of the known ones that they are.

    A name that the table alone has for them is then one of their other names.
    """
    quads = ox.parse(source.quads, ox.RdfFormat.N_QUADS)
    merged = (_merged(quad, matches) for quad in quads)
    return replace(source, quads=b"".join(nquads.canonical(quad for quad in merged if quad)))


def _merged(quad: ox.Quad, matches: Matches) -> ox.Quad | None:
    def node(term: Any) -> Any:
        known = matches.certain.get(term.value) if isinstance(term, ox.NamedNode) else None
        return ox.NamedNode(known) if known else term

    subject, predicate, value = node(quad.subject), quad.predicate, quad.object
    if subject != quad.subject and predicate == _LABEL and isinstance(value, ox.Literal):
        if value.value in matches.names[subject.value]:
            return None
        predicate = _ALIAS
    return ox.Quad(subject, predicate, node(value), quad.graph_name)


def bare(name: str) -> str:
    """Return a name without legal form, case, punctuation and an identifier in brackets.

    >>> bare("Ford Motor Company (6452)"), bare("BlueOval SK"), bare("SCA"), bare("Inc.")
    ('ford motor', 'blueoval sk', 'sca', 'inc')
    """
    try:
        from cleanco import basename  # an extra
    except ImportError:
        raise MissingExtraError("a table of companies", "cleanco", "tables") from None
    name = re.sub(r" \(\d+\)$", "", name)
    # Some names are nothing but what elsewhere is a legal form: they stay.
    words = [_words(str(basename(name))), _words(name)]
    return words[0] or words[1] or name


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


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


def _names(quads: bytes, kinds: frozenset[str]) -> dict[str, set[str]]:
    """Return the names of the companies, by IRI."""
    names: dict[str, set[str]] = {}
    companies: set[str] = set()
    for quad in ox.parse(quads, ox.RdfFormat.N_QUADS):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        if quad.predicate in (_LABEL, _ALIAS) and isinstance(quad.object, ox.Literal):
            names.setdefault(quad.subject.value, set()).add(quad.object.value)
        elif quad.predicate == _TYPE and str(quad.object)[1:-1] in kinds:
            companies.add(quad.subject.value)
    return {iri: names[iri] for iri in companies & names.keys()}
