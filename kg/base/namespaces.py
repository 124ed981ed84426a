"""The prefixes and IRIs that everything here shares.

`cp:` is the ontology, `id:` everything described. Both are flat, so that a query can be typed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

CP: Final = "https://w3id.org/corporate-plans/ontology#"
ID: Final = "https://w3id.org/corporate-plans/id/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCTERMS: Final = "http://purl.org/dc/terms/"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA: Final = "https://schema.org/"
SHACL: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Final[dict[str, str]] = {
    "cp": CP,
    "id": ID,
    "currency": "http://qudt.org/vocab/currency/",
    "dcterms": DCTERMS,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SHACL,
    "skos": SKOS,
    "sosa": "http://www.w3.org/ns/sosa/",
    "unit": "http://qudt.org/vocab/unit/",
    "wikidata": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}
"""Every prefix that queries may use without declaring it and that exports declare."""

DERIVED: Final = ID + "derived"
"""The named graph of everything that the rules derive."""

ONTOLOGY: Final = CP.removesuffix("#")
"""The named graph of the ontology and its vocabularies."""

_SLUG = re.compile(r"[^\s/?#<>\"{}|\\^`]+(?:/[^\s?#<>\"{}|\\^`]+)*")


@lru_cache(maxsize=1 << 16)  # predicates and classes come again with every statement
def shorten(iri: str) -> str:
    """Return the shortest name for `iri`: a bare slug, a prefixed name, or `iri` itself.

    >>> shorten(ID + "xiaomi"), shorten(CP + "partnerOf"), shorten("http://example.org/x")
    ('xiaomi', 'cp:partnerOf', 'http://example.org/x')
    """
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def lengthen(name: str) -> str:
    """Return the IRI that `shorten` made `name` of.

    >>> lengthen("xiaomi"), lengthen("cp:partnerOf")
    ('https://w3id.org/corporate-plans/id/xiaomi', 'https://w3id.org/corporate-plans/ontology#partnerOf')
    >>> lengthen("http://example.org/x?y=1")
    'http://example.org/x?y=1'
    """
    prefix, colon, local = name.partition(":")
    if prefix in PREFIXES and colon:
        return PREFIXES[prefix] + local
    return name if colon else ID + name


def expand(name: str) -> str | None:
    """Return the IRI that `name` stands for, or None where it can stand for none.

    A bare slug lies in `id:`; prefixed names and IRIs in angle brackets or with `://` are read too.

    >>> expand("xiaomi") == ID + "xiaomi", expand("cp:partnerOf") == CP + "partnerOf"
    (True, True)
    >>> expand("Lei Jun"), expand("100%"), expand("http://[")
    (None, None, None)
    """
    name = name.removeprefix("<").removesuffix(">")
    if not _SLUG.fullmatch(name.replace("://", ":", 1).replace("#", ":")):
        return None
    # A slug may have slashes, as tables have rows and statements have parts.
    if not {".", ".."}.isdisjoint(name.split("/")):
        return None  # resolved against id:, it would lie elsewhere
    # A prefix that nobody declared is the scheme of an IRI, `urn:` or `tag:`.
    prefix, colon, local = name.partition(":")
    iri = PREFIXES[prefix] + local if prefix in PREFIXES else name if colon else ID + name
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return None
