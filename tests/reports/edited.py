"""Sources as an editor sees them, and all that can be done to a small one key by key."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.sources import key_types

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    Node = dict[str, Any]


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2 with its core schema, as editors do: days are texts, and so is `no`."""

    yaml_implicit_resolvers: Final[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first)
    )


def as_an_editor_reads(text: str) -> Any:
    """Return a document with the types that an editor believes it to have."""
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 - it is the safe one


WORLD: Final = """\
id: wire-2019
type: Article
title: What there was
publisher: gazette
published: 2019-12-31
language: en
things:
  - {id: gazette, type: Organization, label: The Gazette}
  - {id: acme, type: Company, label: Acme}
  - {id: bolt, type: Company, label: Bolt}
  - {id: jo-doe, type: Person, label: Jo Doe}
  - {id: world, type: Place, label: the world}
  - {id: ruritania, type: Country, label: Ruritania, located_in: world, gazetteer: "https://example.org/ru"}
  - {id: plant, type: Facility, label: the plant}
  - {id: engineers, type: Category, label: engineers}
  - {id: acme-shops, type: Initiative, label: Acme's shops, company: acme, kind: offline-retail}
statements:
  - {id: wire-2019.1, type: Target, about: acme-shops, indicator: retail-outlets, value: 7, due: 2028-12-31}
"""
"""What the small sources below name."""

STATEMENTS: Final[dict[str, dict[str, Any]]] = {
    "Target": {"about": "acme-shops", "indicator": "retail-outlets", "value": "20"},
    "Observation": {"about": "acme-shops", "indicator": "retail-outlets", "value": "20", "kind": "counted"},
    "StatusReport": {"about": "acme-shops", "status": "underway"},
    "Relation": {"subject": "acme", "predicate": "partnerOf", "object": "bolt"},
    "Retraction": {"corrects": "wire-2019.1"},
}  # fmt: skip
THINGS: Final[dict[str, dict[str, Any]]] = {
    **{name: {"label": "a thing"} for name in ("Company", "Condition", "Currency")},
    "City": {"label": "a place", "located_in": "world", "gazetteer": "https://example.org/p"},
    "Initiative": {"label": "a plan", "company": "acme", "kind": "offline-retail"},
    "Indicator": {"label": "a number", "definition": "What it counts.", "direction": "neutral",
                  "aggregation": "stock"},
}  # fmt: skip
SOURCE: Final = {"title": "A report", "publisher": "gazette", "published": "2020-01-31"}

VALUES: Final[dict[str, Any]] = {
    **dict.fromkeys(("label", "alias", "description", "title", "note", "definition", "symbol"), "words"),
    "url": "https://example.org/a", "publisher": "gazette", "author": "jo-doe", "language": "en",
    "published": "2020-01-31", "company": "acme", "establishes": "plant", "jurisdiction": "ruritania",
    "located_in": "world", "gazetteer": "https://example.org/g", "latitude": "1.5", "longitude": "2.5",
    "direction": "neutral", "aggregation": "stock", "broader": "engineers", "counts_from_plan": "true",
    "is_change": "false", "is_share": "false", "lei": "529900T8BM49AURSDO55", "isin": "US0378331005",
    "about": "acme-shops", "subject": "acme", "predicate": "partnerOf", "object": "bolt",
    "purpose": "acme-shops", "indicator": "retail-outlets", "comparator": "at-least", "baseline": "1",
    "baseline_date": "2018-12-31", "value": "20", "minimum": "1", "maximum": "3", "unit": "NUM",
    "counts_from": "2019-01-01", "among": "engineers", "part_of": "wire-2019.1", "promised_by": "jo-doe",
    "due_earliest": "2029-01-01", "due": "2030-12-31", "when_start": "2019-01-01", "when": "2019-12-31",
    "kind": "counted", "outlook": "on-track", "status": "underway", "reason": "labour",
    "from": "2019-01-31", "until": "2019-06-30", "place": "ruritania", "speaker": "jo-doe",
    "on_behalf_of": "acme", "via": "gazette", "uttered": "2020-01-01", "mode": "quoted",
    "confidence": "high", "confirms": "wire-2019.1", "contradicts": "wire-2019.1",
    "updates": "wire-2019.1", "corrects": "wire-2019.1", "differs_from": "wire-2019.1",
    "section": "1", "start": "0", "end": "4", "sha256": "0" * 64, "length": "99", "normaliser": "nfc-lf-1",
    **{name: "inferred" for name in key_types() if name.endswith("_precision")},
    "text": {"sha256": "0" * 64, "length": "99", "normaliser": "nfc-lf-1"},
    "evidence": {"section": "1", "start": "0", "end": "4", "sha256": "0" * 64},
}  # fmt: skip
"""A value that suits each key, wherever it may stand."""


OTHERS: Final = {
    "comparator": "approximately", "status": "announced", "reason": "weak-demand", "mode": "paraphrased",
    "confidence": "medium", "outlook": "ahead", "kind": "reported", "predicate": "owns", "speaker": "acme",
    "author": "acme", "via": "jo-doe", "about": "acme", "company": "bolt", "on_behalf_of": "bolt",
    **{name: "day" for name in key_types() if name.endswith("_precision")},
}  # fmt: skip
"""Another value that suits some keys as well."""

QUANTITIES: Final = [
    {"comparator": comparator, "minimum": low, "maximum": high}
    for comparator in (None, "at-least", "between")
    for low in (None, "1")
    for high in (None, "9")
]
"""Numbers as they may be combined, and as they may not; None takes a key away."""


def changes(node: Node, keys: Container[str], number: int) -> Iterator[tuple[str, Node]]:
    """Yield what a node becomes by one change, with what that is called.

    Every key there is is added; those of `keys`, which suit the node, are taken away, put in full, made a
    list of one and of two, and given what suits no key.
    """
    for key in (*VALUES, "matches"):
        value = node.get(key, VALUES.get(key, f"wikidata:Q{number}"))
        yield f"+{key}", {**node, key: copy.deepcopy(value)}
        if key not in keys:
            continue
        yield f"-{key}", {name: said for name, said in node.items() if name != key}
        yield f"[{key}]", {**node, key: [copy.deepcopy(value)]}
        yield f"no {key}", {**node, key: ""}
        if isinstance(value, str):
            yield f"[{key}, other]", {**node, key: [value, OTHERS.get(key, "Other words")]}
            yield f"{key}: nonsense", {**node, key: "no sense"}
            yield f"{key} of another", {**node, key: "abandoned"}
            if not value[0].isdigit():  # how numbers and days are written is another matter
                yield f"cp:{key}", {**node, key: f"cp:{value}"}
    if "minimum" in keys:
        for numbers in QUANTITIES:
            for value in ("5", None):
                more = {**node, **numbers, "value": value}
                yield "numbers", {key: said for key, said in more.items() if said is not None}
