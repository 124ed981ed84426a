"""What the keys of a source mean: the JSON-LD context, and the names that stand after the keys."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from kg.base import CP, PREFIXES, RDF, RDFS, expand, ontology_folder

LINKS: Final = frozenset({"@id", "@vocab", "@type"})
"""How the context types what names a thing or a term."""

_UNIT: Final = PREFIXES["qudt"] + "Unit"


@cache
def load_context() -> dict[str, Any]:
    """Return the shipped JSON-LD context, parsed once."""
    text = (ontology_folder() / "context.jsonld").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)["@context"]
    return loaded


@cache
def key_types() -> dict[str, str | None]:
    """Return the keys that a document may have, each with the type that its values are given.

    >>> key_types()["due"], key_types()["about"], key_types()["title"]
    ('xsd:date', '@id', None)
    """
    terms = {key: value for key, value in load_context().items() if not key.startswith("@")}
    # What ends so is a prefix, and what begins with a capital is a class.
    apart = {key for key, value in terms.items() if str(value).endswith(("/", "#"))}
    return {
        key: value.get("@type") if isinstance(value, dict) else value
        for key, value in terms.items()
        if key not in apart and not key[0].isupper()
    }


def key_order() -> tuple[str, ...]:
    """Return the keys that a document may have in the order in which they are written: the context's.

    >>> order = key_order()
    >>> order.index("about") < order.index("due") < order.index("evidence")
    True
    """
    return tuple(key_types())


@cache
def key_of(iri: str) -> str | None:
    """Return the key by which a document gives a property, or None.

    >>> key_of("https://schema.org/inLanguage"), key_of("a:b")
    ('language', None)
    """
    for key, term in load_context().items():
        if term is None:
            continue  # what says nothing in RDF
        name = term.get("@id", "") if isinstance(term, dict) else term
        if iri == (RDF + "type" if name == "@type" else expand(str(name))):
            return key
    return None


def whole_name(key: str, name: str) -> str:
    """Return what stands after a key as the context reads it: a unit by its short name, too.

    JSON-LD knows no key that is a prefix as well, so that `unit:PERCENT` is written out here.

    >>> whole_name("unit", "INR"), whole_name("unit", "unit:PERCENT")
    ('http://qudt.org/vocab/currency/INR', 'http://qudt.org/vocab/unit/PERCENT')
    >>> whole_name("about", "xiaomi"), whole_name("unit", "shop-fronts")
    ('xiaomi', 'shop-fronts')
    """
    prefix, colon, _ = name.partition(":")
    if colon and prefix in key_types():
        return expand(name) or name
    return _units().get(name, name) if key == "unit" else name


@cache
def statement_types() -> frozenset[str]:
    """Return what may stand after `type` of a statement, as a source writes it.

    >>> "Target" in statement_types(), "Company" in statement_types()
    (True, False)
    """
    above: dict[str, set[str]] = {}
    for path in sorted((ontology_folder() / "core").glob("*.ttl")):
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            if quad.predicate.value == RDFS + "subClassOf":
                above.setdefault(quad.subject.value, set()).add(str(quad.object.value))
    found = {CP + "Statement"}
    while more := {one for one, classes in above.items() if classes & found} - found:
        found |= more
    return frozenset(one.removeprefix(CP) for one in found)


@cache
def _units() -> dict[str, str]:
    """Return the IRIs of the listed units and currencies by their short names."""
    data = (ontology_folder() / "vocab" / "units.ttl").read_bytes()
    quads = ox.parse(data, ox.RdfFormat.TURTLE)
    iris = {quad.subject.value for quad in quads if getattr(quad.object, "value", "") == _UNIT}
    return {iri.rpartition("/")[2]: iri for iri in sorted(iris)}
