"""Relations of things that their predicate does not relate, such as a country as a chief executive.

The engine tells which classes meet which predicates, of which there are few whatever the data; only
where a class is out of place are the relations themselves looked at.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.base import CP, MOST_SHOWN, RDF, Finding, lengthen
from kg.query import select_named, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.query import Index

RELATED: Final = CP + "related"
"""What a finding names as its shape where a predicate relates nothing of this class."""

# For each end of a relation: what the ontology says of it, and which classes stand there.
_ENDS: Final = {
    "subject": "rdfs:domain|schema:domainIncludes",
    "object": "rdfs:range|schema:rangeIncludes",
}
_WANTED: Final = """SELECT ?predicate ?wanted ?label {
  ?predicate a cp:RelationPredicate ; $LINK ?wanted . ?wanted rdfs:label ?label
}"""
_ABOVE: Final = "SELECT ?s ?above {{ {named} ?s rdfs:subClassOf* ?above }}"
_MET: Final = """SELECT DISTINCT ?predicate ?class {
  ?node rdf:predicate ?predicate ; rdf:$END ?value . ?value a ?class
}"""
LOOKS_AT: Final = (
    "rdf:predicate/rdf:type rdf:predicate/(rdfs:domain|schema:domainIncludes|rdfs:range|schema:rangeIncludes)/rdfs:label"
    " rdf:subject/rdf:type/rdfs:subClassOf* rdf:object/rdf:type/rdfs:subClassOf*"
)
"""What is looked at from a relation on; see `kg.pipeline.footprint`."""

_WRONG: Final = """SELECT ?node ?value ?predicate ?class {
  VALUES (?predicate ?met) { $PAIRS }
  ?node rdf:predicate ?predicate ; rdf:$END ?value . ?value a ?met , ?class
}"""


def find_unrelated(index: Index) -> Iterator[Finding]:
    """Yield a finding for every end of a relation that is of none of the classes its predicate relates.

    >>> import kg
    >>> list(find_unrelated(kg.build(check=False).index))
    []
    """
    for end, link in _ENDS.items():
        met = {(p, c) for p, c in _texts(index, _MET.replace("$END", end))}
        if not met:
            continue
        wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for predicate, class_, label in sorted(_texts(index, _WANTED.replace("$LINK", link))):
            wanted[predicate][class_] = label
        above: defaultdict[str, set[str]] = defaultdict(set)
        for lower, higher in select_named(index, _ABOVE, sorted({each for _, each in met})):
            above[str(lower)].add(str(higher))
        wrong = {(p, c) for p, c in met if p in wanted and above[c].isdisjoint(wanted[p])}
        for node, value, predicate in _relations(index, end, wrong, met - wrong):
            names = " or ".join(sorted(wanted[predicate].values()))
            message = (
                f"The {end} of {predicate.removeprefix('cp:')} is of the class {names}:"
                " name such a thing, or choose another predicate."
            )
            yield Finding(
                lengthen(node), RDF + end, value[:MOST_SHOWN], message, RELATED, violation=True
            )


def _relations(
    index: Index, end: str, wrong: set[tuple[str, str]], right: set[tuple[str, str]]
) -> list[tuple[str, str, str]]:
    """Return the relations with something at one end of which no class is right."""
    if not wrong:
        return []
    pairs = " ".join(f"(<{lengthen(p)}> <{lengthen(c)}>)" for p, c in sorted(wrong))
    query = _WRONG.replace("$PAIRS", pairs).replace("$END", end)
    classes: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for node, value, predicate, class_ in _texts(index, query):
        classes[node, value, predicate].add(class_)
    return [
        relation
        for relation, those in classes.items()
        if not any((relation[2], each) in right for each in those)
    ]


def _texts(index: Index, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in select_rows(index, query)]
