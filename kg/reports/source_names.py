"""Names that may stand behind keys: what the ontology lists, and what a graph knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import expand, shorten, visible
from kg.query import select_rows
from kg.sources import load_context, whole_name

if TYPE_CHECKING:
    from kg.query import Index

# More than that nobody would want to be offered, and an editor would be slow.
_MOST_OFFERED: Final = 5_000

_ABOVE: Final = """SELECT (STR(?below) AS ?iri) (STR(?above) AS ?of) {
  ?below rdfs:subClassOf+ ?above . FILTER (isIRI(?above))
}"""
_IN_SCHEME: Final = """SELECT (STR(?it) AS ?iri) ?definition ?rank {
  ?it skos:inScheme <$1> ; skos:definition ?definition .
  OPTIONAL { ?it cp:rank ?rank }
  FILTER (LANG(?definition) IN ("en", ""))
}"""
_MEMBERS: Final = """SELECT (STR(?it) AS ?iri) ?label ?definition (STR(?class) AS ?of) ?kind {
  { SELECT DISTINCT ?class { ?class rdfs:subClassOf* <$1> } }
  ?it a ?class ; rdfs:label|schema:headline ?label .
  OPTIONAL { ?it skos:definition ?definition }
  OPTIONAL { ?class rdfs:label ?kind }
  FILTER (LANG(?label) IN ("en", ""))
} LIMIT 100000"""


@dataclass(frozen=True, order=True)
class KnownName:
    """A name that may stand behind a key, as an author writes it, with what it means."""

    name: str
    meaning: str


def known_members(index: Index, root: str) -> dict[str, tuple[KnownName, ...]]:
    """Return what is known of a class and those below it, by its most specific class, in order.

    Where that is more than anyone would be offered, it is nothing.

    >>> import kg
    >>> found = known_members(kg.build(check=False).index, "https://w3id.org/corporate-plans/ontology#Place")
    >>> [name.meaning for names in found.values() for name in names if name.name == "india"]
    ['India (country)']
    """
    rows = sorted(select_rows(index, _MEMBERS.replace("$1", root)), key=str)
    above = classes_above(index)
    classes: dict[str, set[str]] = {}
    said: dict[str, tuple[str, str]] = {}
    kinds = context_classes()
    for iri, label, definition, of, kind in rows:
        classes.setdefault(str(iri), set()).add(str(of))
        kinds.setdefault(str(of), str(kind))
        # What nobody sees in a name would be carried into an editor, or onto a terminal.
        said[str(iri)] = visible(str(label)), visible(str(definition or ""))
    if len(classes) > _MOST_OFFERED:
        return {}
    found: dict[str, list[KnownName]] = {}
    for iri, (label, definition) in said.items():
        of_it = sorted(classes[iri])
        deepest = [one for one in of_it if not any(one in above.get(two, ()) for two in of_it)]
        own = (deepest or of_it)[0]
        meaning = f"{label}: {definition}" if definition else f"{label} ({kinds[own].lower()})"
        found.setdefault(own, []).append(KnownName(written(iri), meaning))
    return {own: tuple(sorted(names)) for own, names in sorted(found.items())}


def scheme_terms(index: Index, scheme: str) -> tuple[KnownName, ...]:
    """Return the terms of a vocabulary, in its own order or by name.

    >>> import kg
    >>> scheme = "https://w3id.org/corporate-plans/ontology#statuses"
    >>> [term.name for term in scheme_terms(kg.build(check=False).index, scheme)][:2]
    ['considered', 'announced']
    """
    rows = select_rows(index, _IN_SCHEME.replace("$1", scheme))
    ranked = sorted(rows, key=lambda row: (int(str(row[2] or 0)), str(row[0])))
    return tuple(KnownName(written(str(iri)), str(said)) for iri, said, _ in ranked)


def classes_above(index: Index) -> dict[str, set[str]]:
    """Return all classes above each class, whatever vocabulary they are of.

    >>> from kg.query import Index
    >>> classes_above(Index.of(b""))
    {}
    """
    above: dict[str, set[str]] = {}
    for iri, of in select_rows(index, _ABOVE):
        above.setdefault(str(iri), set()).add(str(of))
    return above


def written(iri: str) -> str:
    """Return a name as an author writes it: a unit by its short name, a term without its prefix.

    >>> written("http://qudt.org/vocab/unit/PERCENT"), written("https://w3id.org/corporate-plans/id/india")
    ('PERCENT', 'india')
    """
    last = iri.rpartition("/")[2]
    return last if whole_name("unit", last) == iri else shorten(iri).removeprefix("cp:")


def context_classes() -> dict[str, str]:
    """Return the classes of other vocabularies that the context names, by what it calls them.

    >>> context_classes()["http://qudt.org/schema/qudt/Unit"]
    'Unit'
    """
    return {
        iri: name
        for name, term in load_context().items()
        if name[0].isupper() and isinstance(term, str) and (iri := expand(term))
    }
