"""The terms of the ontology as the graph has them: what each is called and means, and what it is tied to."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.base import CP, ONTOLOGY, ontology_folder
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query import Index

_ALL: Final = f"SELECT ?s ?p ?o {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}"

PLACES: Final = {"questions": "Questions", "shapes": "Shapes", "rules": "Rules"}
"""The folders of the ontology whose files use terms, with what they are called."""


@dataclass(frozen=True)
class OntologyTerm:
    """A term by its shortest name, with its `label`, what it `means` and an `example`.

    `says` has all that is said of it, and `said` all of which it is said, both by the shortest name of the property.
    """

    name: str
    label: str
    means: str
    example: str
    says: Mapping[str, Sequence[str]] = field(default_factory=dict)
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def types(self) -> Sequence[str]:
        """Its classes."""
        return self.says.get("rdf:type", ())


class TermBook:
    """All terms of the ontology of a graph, by shortest name."""

    def __init__(self, terms: Mapping[str, OntologyTerm]) -> None:
        """Take the terms."""
        self.terms = terms

    @classmethod
    def of(cls, index: Index) -> TermBook:
        """Read the terms of a graph.

        >>> import kg
        >>> book = TermBook.of(kg.build(check=False).index)
        >>> book.terms["cp:met"].means, book.label("cp:Target")
        ('Reached by its last day.', 'target')
        """
        says: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, property_, value in sorted(select_rows(index, _ALL), key=str):
            says[str(subject)][str(property_)].append(str(value))
            said[str(value)][str(property_)].append(str(subject))
        return cls({name: _term(name, about, said[name]) for name, about in says.items()})

    def label(self, name: str) -> str:
        """Return the label of a term, or its name where it has none here."""
        term = self.terms.get(name)
        return term.label if term else name

    def of_type(self, *types: str) -> list[OntologyTerm]:
        """Return the terms that are of one of some classes, by their labels."""
        found = [term for term in self.terms.values() if not set(types).isdisjoint(term.types)]
        return sorted(found, key=lambda term: (term.label.casefold(), term.name))

    def listed(self, names: Sequence[str]) -> list[OntologyTerm]:
        """Return some terms in the order of their rank, where they have one, else by their labels."""
        found = [self.terms[name] for name in names if name in self.terms]
        return sorted(found, key=lambda term: (_rank(term), term.label.casefold()))


def _term(name: str, says: Mapping[str, list[str]], said: Mapping[str, list[str]]) -> OntologyTerm:
    def one(*properties: str) -> str:
        return next((says[each][0] for each in properties if each in says), "")

    label = one("skos:prefLabel", "rdfs:label", "dcterms:title") or name
    means = one("skos:definition", "dcterms:description")
    return OntologyTerm(name, label, means, one("skos:example"), says, said)


def _rank(term: OntologyTerm) -> int:
    return int(next(iter(term.says.get("cp:rank", ())), 0))


def uses_of(name: str) -> dict[str, list[str]]:
    """Return the files of the ontology that use a term of ours, by folder.

    >>> "partners" in uses_of("cp:partnerOf")["questions"]
    True
    """
    return {folder: files.get(name, []) for folder, files in _uses().items()}


@cache
def _uses() -> dict[str, dict[str, list[str]]]:
    uses: dict[str, dict[str, list[str]]] = {}
    for folder in PLACES:
        files: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted((ontology_folder() / folder).iterdir()):
            text = path.read_text(encoding="utf-8").replace(f"<{CP}", "<cp:")
            for name in sorted(set(re.findall(r"\bcp:[A-Za-z][\w-]*", text))):
                if path.stem not in files[name]:
                    files[name].append(path.stem)
        uses[folder] = files
    return uses
