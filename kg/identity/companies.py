"""Companies as they are told apart: by their names and identifiers, one after the other from lines of N-Quads."""

from __future__ import annotations

from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, runtime_checkable

import pyoxigraph as ox

from kg.base import CP, RDF, RDFS, SKOS
from kg.identity.company_names import bare
from kg.identity.identifiers import SCHEMES, Identifier, identifier_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LABEL: Final = RDFS + "label"
ALIAS: Final = SKOS + "altLabel"

COMPANIES: Final = frozenset(CP + name for name in ("Company", "JointVenture"))
"""The classes of what is known as a company."""

ORGANIZATIONS: Final = COMPANIES | {CP + "Organization"}
"""The classes of what may be a company, as a table or a filing has it."""

_IS_A: Final = f"<{RDF}type>".encode()
_NAMES: Final = frozenset(f"<{path}>".encode() for path in (LABEL, ALIAS))
_TELLING: Final = _NAMES | {_IS_A, *(f"<{one.path}>".encode() for one in SCHEMES.values())}
_AT_ONCE: Final = 10_000  # lines
_TELLING_LINES: Final = (
    *(f" <{RDF}type> <{kind}> ".encode() for kind in sorted(ORGANIZATIONS)),
    *(b" %b " % path for path in sorted(_TELLING - {_IS_A})),
)


@runtime_checkable
class SearchableLines(Protocol):
    """Lines that find those with some text faster than a look at each (`kg.base.SpilledLines`)."""

    def having(self, parts: Sequence[bytes], /) -> Iterator[bytes]:
        """Yield the lines that hold one of some parts, in order."""

    def empty(self) -> Any:
        """Return lines that are none yet, with the same place for them, to which others can be added."""


def telling(lines: Iterable[bytes]) -> Iterable[bytes]:
    """Return the few of many lines that tell of companies, for who goes through them several times."""
    if not isinstance(lines, SearchableLines):
        return lines
    kept, found = lines.empty(), lines.having(_TELLING_LINES)
    while some := list(islice(found, _AT_ONCE)):
        kept.add(some)
    told: Iterable[bytes] = kept
    return told


class Described(NamedTuple):
    """A company: its IRI, labels, other names and identifiers, and whether its class is that of a company.

    `elsewhere` are those of the other names that a source gives which has no label for it: so a later file
    tells that it calls what has this id by another name than an earlier one.
    """

    iri: str
    labels: frozenset[str]
    aliases: frozenset[str]
    identifiers: frozenset[Identifier]
    is_company: bool = True
    elsewhere: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """All its names."""
        return self.labels | self.aliases

    def values(self, scheme: str) -> frozenset[str]:
        """Return its identifiers of one scheme."""
        return frozenset(value for name, value in self.identifiers if name == scheme)

    def shares_name(self, other: Described) -> bool:
        """Tell whether it is called as another is, legal forms aside, be it by an abbreviation."""
        return not {*map(bare, self.names)}.isdisjoint(map(bare, other.names))


def companies(lines: Iterable[bytes]) -> Iterator[Described]:
    r"""Yield the organizations of sorted N-Quads that have a name or an identifier.

    >>> type_ = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    >>> company = b"<https://w3id.org/corporate-plans/ontology#Company>"
    >>> lei = b"<https://w3id.org/corporate-plans/ontology#lei>"
    >>> lines = [b" ".join([b"<a:1>", type_, company, b"<a:g> .\n"]),
    ...          b" ".join([b"<a:1>", lei, b'"00000000000000000098"', b"<a:g> .\n"])]
    >>> [str(*one.identifiers) for one in companies(lines)]
    ['LEI 00000000000000000098']
    """
    # Few lines are of a name, a type or an identifier: the others are passed by as fast as can be.
    parts = (line.split(b" ", 2) for line in lines)
    wanted = (part for part in parts if part[1] in _TELLING)
    for subject, group in groupby(wanted, itemgetter(0)):
        said = list(group)
        classes = {one[2].partition(b" ")[0][1:-1].decode() for one in said if one[1] == _IS_A}
        if not classes.isdisjoint(ORGANIZATIONS) and subject.startswith(b"<"):
            rest = b"".join(b" ".join(one) for one in said if one[1] != _IS_A)
            company = _described(
                subject.decode()[1:-1], rest, is_company=not classes.isdisjoint(COMPANIES)
            )
            if company.names or company.identifiers:
                yield company


def _described(iri: str, quads: bytes, *, is_company: bool) -> Described:
    labels, aliases, identifiers = set[str](), set[str](), set[Identifier]()
    named, labelled = set[tuple[str, str]](), set[str]()
    for quad in ox.parse(quads, ox.RdfFormat.N_QUADS):
        path, value = quad.predicate.value, quad.object
        if isinstance(value, ox.Literal) and path in (LABEL, ALIAS):
            (labels if path == LABEL else aliases).add(value.value)
            source = str(quad.graph_name)
            if path == LABEL:
                labelled.add(source)
            else:
                named.add((value.value, source))
        elif isinstance(value, ox.Literal | ox.NamedNode) and (
            one := identifier_of(path, value.value)
        ):
            identifiers.add(one)
    # A filing may call a company by its number only, which is no name.
    numbers = {one.value for one in identifiers}
    return Described(
        iri,
        frozenset(labels - numbers),
        frozenset(aliases - numbers),
        frozenset(identifiers),
        is_company,
        frozenset(name for name, source in named if source not in labelled) - numbers - labels,
    )
