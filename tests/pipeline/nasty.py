"""A small nasty world in files: everything in it hangs together, and every file has several wordings.

A state of the world is which wording each file has, or none. All that is written here is made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD = """\
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

THINGS = """\
id:acme a cp:Company ; rdfs:label "Acme"@en .
id:bolt a cp:Company ; rdfs:label "Bolt"@en .
id:gazette a cp:Organization ; rdfs:label "The Gazette"@en .
id:shops a cp:Initiative ; rdfs:label "Shops"@en ; cp:company id:acme .
id:labs a cp:Initiative ; rdfs:label "Labs"@en ; cp:company id:bolt ; cp:establishes id:works .
id:works a cp:Facility ; rdfs:label "Works"@en .
"""


def source(name: str, published: str) -> str:
    return (
        f'id:{name} a cp:Article ; schema:publisher id:gazette ; dcterms:title "{name}"@en ;'
        f' schema:datePublished "{published}"^^xsd:date .\n'
    )


def said(name: str, kind: str, more: str, day: str = "2020-01-31") -> str:
    return source(name, day) + f"id:{name}.1 a cp:{kind} ; cp:source id:{name} ; {more} .\n"


def target(name: str, about: str, more: str = "", value: int = 20, day: str = "2020-01-31") -> str:
    amount = f'cp:indicator id:retail-outlets ; cp:value "{value}"^^xsd:decimal'
    due = 'cp:due "2022-12-31"^^xsd:date ; cp:duePrecision cp:year'
    return said(name, "Target", f"cp:about {about} ; {amount} ; {due} {more}", day)


def relation(name: str, how: str, ends: tuple[str, str], more: str = "") -> str:
    parts = f"rdf:subject id:{ends[0]} ; rdf:predicate cp:{how} ; rdf:object id:{ends[1]} {more}"
    return said(name, "Relation", parts)


def report(name: str, about: str, status: str, more: str = "", day: str = "2021-06-30") -> str:
    return said(name, "StatusReport", f"cp:about id:{about} ; cp:status cp:{status} {more}", day)


def observations(count: int, first: int, value: int = 12) -> str:
    """Return so many observations of one thing on one day, of which more than fifty agree otherwise."""
    text = source(f"many-{first}", "2023-01-31")
    for n in range(first, first + count):
        text += (
            f"id:many-{first}.{n} a cp:Observation ; cp:source id:many-{first} ; cp:about id:shops ;"
            f" cp:indicator id:retail-outlets ; cp:kind cp:reported ;"
            f' cp:when "2022-12-31"^^xsd:date ; cp:value "{value + n % 2}"^^xsd:decimal .\n'
        )
    return text


def day(name: str, value: str) -> str:
    return f'; cp:{name} "{value}"^^xsd:date'


def swallowing(link: str) -> str:
    """Return a statement about everything, which every other one is linked to."""
    others = ", ".join(
        f"id:{name}.1" for name in ("t-shops", "t-labs", "joins", "owns", "owns-again")
    )
    return target("swallows", "id:shops, id:labs", f"; cp:{link} {others}", day="2021-01-31")


FILES: dict[str, tuple[str, ...]] = {
    "things": (
        THINGS,
        THINGS.replace('"Shops"', '"Stores"').replace("cp:company id:acme", "cp:company id:bolt"),
        THINGS.replace("id:works a cp:Facility", "id:works a cp:Site"),
    ),
    "twin": (THINGS, "id:shops a cp:Initiative ; cp:company id:bolt ; cp:partOf id:labs ."),
    "promises": (
        target("t-shops", "id:shops") + target("t-labs", "id:labs", value=10),
        target("t-shops", "id:shops", "; cp:place id:bengaluru", 25) + target("t-labs", "id:labs"),
        target("t-shops", "id:labs"),
    ),
    "joins": (
        target("joins", "id:shops, id:labs", "; cp:updates id:t-shops.1, id:t-labs.1", 30),
        target("joins", "id:labs", "; cp:confirms id:t-shops.1"),
    ),
    "swallows": tuple(
        swallowing(link) for link in ("updates", "confirms", "corrects", "contradicts", "differsFrom")
    ),
    "corrects": (
        target("corrects", "id:shops", "; cp:corrects id:t-shops.1", 21),
        said("corrects", "Relation", "cp:corrects id:owns.1, id:swallows.1"),
    ),
    "corrects-again": (
        target("corrects-again", "id:shops", "; cp:corrects id:corrects.1", 22, "2020-05-31"),
        target("corrects-again", "id:shops", "; cp:corrects id:corrects-again.1", 22),
    ),
    "owns": (
        relation("owns", "owns", ("acme", "venture")),
        relation("owns", "ownsMajorityOf", ("acme", "venture"), day("until", "2024-06-30")),
        relation("owns", "partnerOf", ("acme", "bolt"), day("from", "2025-06-30")),
    ),
    "owns-again": (
        relation("owns-again", "owns", ("acme", "venture"), "; cp:status cp:abandoned"),
        relation("owns-again", "owns", ("acme", "venture")),
        relation("owns-again", "partnerOf", ("bolt", "acme"), "; cp:contradicts id:owns.1"),
    ),
    "owners": (
        relation("owners", "ownsMajorityOf", ("bolt", "acme")),
        relation("owners", "ownsMajorityOf", ("venture", "bolt")),
    ),
    "venture": (
        'id:venture a cp:JointVenture ; rdfs:label "Venture"@en . id:shops cp:company id:venture .',
        'id:venture a cp:Company ; rdfs:label "Venture"@en .',
    ),
    "stands": (
        relation("stands", "locatedIn", ("works", "inner")),
        relation("stands", "locatedIn", ("works", "outer"), "; cp:confidence cp:low"),
    ),
    "places": (
        "id:inner a cp:Place ; cp:locatedIn id:outer . id:outer a cp:Place ; cp:locatedIn id:india .",
        "id:inner a cp:Place ; cp:locatedIn id:china . id:outer a cp:Place ; cp:locatedIn id:inner .",
        "id:inner a cp:Place ; cp:locatedIn id:outer . id:outer a cp:Place ; cp:locatedIn id:inner .",
    ),
    "classes": (
        "id:pop-up rdfs:subClassOf cp:Facility . id:labs a id:pop-up .",
        "id:pop-up rdfs:subClassOf cp:JointVenture . id:bolt a id:pop-up .",
        "cp:near a owl:SymmetricProperty . id:shops cp:near id:labs .",
    ),
    "indicator": (
        "id:retail-outlets cp:direction cp:less-is-better .",
        'id:retail-outlets rdfs:label "Outlets of another name"@en ; cp:aggregation cp:flow .',
    ),
    "merged": ("id:acme skos:exactMatch id:bolt .", "id:shops owl:sameAs id:labs ."),
    "status": (
        report("status", "shops", "underway", day("until", "2023-06-30")),
        report("status", "shops", "abandoned", "; cp:confidence cp:low"),
        report("status", "labs", "achieved", "; cp:updates id:t-labs.1"),
    ),
    "status-again": (
        report("status-again", "shops", "achieved", day("from", "2020-06-30")),
        report("status-again", "shops", "postponed", "; cp:corrects id:status.1", "2022-01-31"),
    ),
    "many": (observations(50, 100), observations(51, 100), observations(3, 100, 20)),
    "many-more": (observations(1, 1), observations(2, 200)),
    # The last day of all: what has ended, or has yet to begin, hangs on it and on nothing else of it.
    "newest": (source("newest", "2024-12-31"), source("newest", "2026-12-31")),
}  # fmt: skip
"""The wordings of each file, by its name without an ending."""

State = dict[str, int]
"""Which wording each file has that there is."""

Change = tuple[str, int | None]
"""A file, and the wording that it gets; with None it is taken away."""


def changed(state: Mapping[str, int], change: Change) -> State:
    """Return the state after a change."""
    name, wording = change
    after = {other: one for other, one in state.items() if other != name}
    return after if wording is None else after | {name: wording % len(FILES[name])}


def write(folder: Path, state: Mapping[str, int]) -> None:
    """Make `folder` hold this state, and leave alone what is in it already."""
    for name, wordings in FILES.items():
        path = folder / f"{name}.ttl"
        if name not in state:
            path.unlink(missing_ok=True)
            continue
        text = HEAD + wordings[state[name]]
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
