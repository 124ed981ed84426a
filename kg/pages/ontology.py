"""The ontology for people and for programs: all its terms, and each on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.base import GRAPH_FORMATS, ONTOLOGY, UnknownNameError, counted, lengthen
from kg.pages.addresses import path_of
from kg.pages.rendering import render
from kg.pages.terms import PLACES, OntologyTerm, uses_of
from kg.query import Answer, load_question, select_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.pages.terms import TermBook
    from kg.query import Index

RELATION: Final = "cp:RelationPredicate"
DERIVED: Final = "cp:DerivedProperty"
PROPERTIES: Final = ("owl:ObjectProperty", "owl:DatatypeProperty")

# What is said of a term, and of what it is said, with the words for it. Other properties are called by their labels.
_SAYS: Final = {
    "rdfs:subClassOf": "Is a kind of",
    "rdfs:subPropertyOf": "Is a kind of",
    "rdfs:domain": "Is said of",
    "schema:domainIncludes": "Is said of",
    "rdfs:range": "Its values",
    "schema:rangeIncludes": "Its values",
    "owl:inverseOf": "The other way round",
    "skos:inScheme": "Stands in the list",
    "skos:related": "See also",
    "skos:closeMatch": "Close to",
    "skos:exactMatch": "The same as",
}
_SAID: Final = {
    "rdfs:subClassOf": "Its kinds",
    "rdfs:subPropertyOf": "Its kinds",
    "owl:inverseOf": "The other way round",
    "skos:inScheme": "The list",
    "rdfs:domain": "What is said of it",
    "schema:domainIncludes": "What is said of it",
    "rdfs:range": "What has it as a value",
    "schema:rangeIncludes": "What has it as a value",
}
_TOLD: Final = (
    "rdf:type", "rdfs:label", "rdfs:isDefinedBy", "skos:prefLabel", "skos:definition", "skos:example", "skos:topConceptOf",
    "dcterms:title", "dcterms:description",
)  # fmt: skip
"""What a page says elsewhere, or what says nothing to people."""

_KINDS: Final = {
    "owl:Class": "Class",
    "skos:Concept": "Term of a list",
    "skos:ConceptScheme": "List of terms",
    RELATION: "Relation between things",
    DERIVED: "Property that the rules derive",
    "owl:SymmetricProperty": "Property that holds both ways",
    "owl:TransitiveProperty": "Property that leads on",
    "owl:ObjectProperty": "Property",
    "owl:DatatypeProperty": "Property with a value",
}
# In how many ways a term can be used by data, each with how one sees them.
_COUNTS: Final = (
    ("", "thing", "?x a $1"),
    ("said ", "time", "?x $1 ?value"),
    ("a value ", "time", "?x ?property $1 FILTER (?property != rdf:type)"),
)


@dataclass(frozen=True)
class TermFact:
    """What a page says of a term: the words for it, and the names or texts that it says."""

    words: str
    values: Sequence[str]


@dataclass(frozen=True)
class TermUse:
    """How many times data use a term, in `words`, and the address at which they are listed."""

    words: str
    path: str


def ontology_page(desk: Desk, frame: Frame, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return all terms, as a page or, where the `form` says so, as RDF."""
    if given.get("form") in GRAPH_FORMATS:
        return given["form"], _described(desk.index, "?s ?p ?o", given["form"])
    book = desk.terms
    # A store can have been built without it.
    whole = book.terms.get(ONTOLOGY) or OntologyTerm(ONTOLOGY, "", "", "")
    properties = [term for term in book.of_type(*PROPERTIES) if RELATION not in term.types]
    page = render(
        "ontology.html", frame, title="Ontology", description=whole.means, version=" ".join(whole.says.get("owl:versionInfo", ())),
        classes=book.of_type("owl:Class"), relations=book.of_type(RELATION),
        said=[term for term in properties if DERIVED not in term.types],
        derived=[term for term in properties if DERIVED in term.types],
        lists=[(scheme, book.listed(scheme.said.get("skos:inScheme", ()))) for scheme in book.of_type("skos:ConceptScheme")],
        indicators=book.of_type("cp:Indicator"), units=book.of_type("qudt:Unit", "qudt:CurrencyUnit"),
    )  # fmt: skip
    return "html", page


def term_page(desk: Desk, frame: Frame, given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return a term, as a page or, where the `form` says so, as RDF.

    Args:
        desk: What is asked.
        frame: The surroundings.
        given: The `name` of the term, without a prefix, and the `form`.

    Raises:
        UnknownNameError: there is no such term.
    """
    book, name = desk.terms, f"cp:{given['name']}"
    term = book.terms.get(name)
    if term is None:
        ours = [one.removeprefix("cp:") for one in book.terms if one.startswith("cp:")]
        raise UnknownNameError("term of the ontology", str(given["name"]), ours)
    if given.get("form") in GRAPH_FORMATS:
        iri = str(ox.NamedNode(lengthen(name)))
        pattern = f"{{ BIND ({iri} AS ?s) {iri} ?p ?o }} UNION {{ BIND ({iri} AS ?o) ?s ?p {iri} }}"
        return given["form"], _described(desk.index, pattern, given["form"])
    page = render(
        "term.html", frame, title=term.label, description=term.means, term=term, iri=lengthen(name),
        kind=_kind(term), facts=facts_of(book, term), book=book,
        data=_data(desk.index, frame, name), uses=_used(name), address=path_of,
    )  # fmt: skip
    return "html", page


def _kind(term: OntologyTerm) -> str:
    """Return what a term is; that it is a property is said by what sort of one it is, too."""
    kinds = [words for type_, words in _KINDS.items() if type_ in term.types]
    return ", ".join(words for words in kinds if words != "Property" or len(kinds) == 1)


def _described(index: Index, pattern: str, form: str) -> bytes:
    text = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{ONTOLOGY}> {{ {pattern} }} }}"
    return Answer(lambda: index.run(text), fault=index.fault).write(form)


def facts_of(book: TermBook, term: OntologyTerm) -> list[TermFact]:
    """Return what is said of a term and what it is said of, under the words for it.

    >>> import kg
    >>> from kg.pages.terms import TermBook
    >>> book = TermBook.of(kg.build(check=False).index)
    >>> facts_of(book, book.terms["cp:Company"])[1]
    TermFact(words='Close to', values=['schema:Corporation'])
    """
    facts: dict[str, list[str]] = {}
    for told, words in ((term.says, _SAYS), (term.said, _SAID)):
        for property_ in sorted(
            told, key=lambda one: (list(words).index(one) if one in words else len(words), one)
        ):
            if property_ in words or (told is term.says and property_ not in _TOLD):
                head = words.get(property_) or _capital(book.label(property_))
                facts.setdefault(head, []).extend(told[property_])
    return [
        TermFact(head, [one.name for one in book.listed(values)] + [v for v in values if v not in book.terms])
        for head, values in facts.items()
    ]  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _data(index: Index, frame: Frame, name: str) -> list[TermUse]:
    """Return how data use a term, what the ontology itself says left out."""
    iri = str(ox.NamedNode(lengthen(name)))
    uses = []
    for before, words, pattern in _COUNTS:
        asked = pattern.replace("$1", iri)
        within = f"GRAPH <{ONTOLOGY}> {{ {asked} }}"
        number = _count(index, asked) - _count(index, within)
        if number > 0:
            listed = f"SELECT * {{\n  {pattern.replace('$1', name)}\n}}\nLIMIT 100"
            uses.append(
                TermUse(
                    before + counted(number, words),
                    f"{frame.root}/editor#query={quote(listed, safe='')}",
                )
            )
    return uses


def _count(index: Index, pattern: str) -> int:
    ((number,),) = select_rows(index, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(str(number))


def _used(name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the files that use a term: of questions their titles, with their addresses."""
    return [
        (PLACES[folder], [(load_question(one).title, one) if folder == "questions" else (one, "") for one in files])
        for folder, files in uses_of(name).items()
        if files
    ]  # fmt: skip
