"""From a network to plain records, sorted and cleaned.

Everything a page shows passes through here, so this is where text from outside becomes harmless:
control characters, which can reorder or hide what a reader sees, are spelt out; addresses that are
not on the web are dropped. The network itself is only read.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import networkx as nx

PLANS = frozenset({"initiative", "target"})
"""The types of things that have a status, be it only that none is stated."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""The categories of characters that cannot be seen: controls, formats, surrogates, separators."""

STATEMENT_KEYS = (
    "kind", "text", "status", "since", "source", "publisher", "published",
    "speaker", "via", "mode", "locator", "confidence", "note", "aside",
    "corrected", "until",
)  # fmt: skip


PICKS = ("companies", "places", "indicators", "speakers", "publishers")
"""The attributes of nodes that name by IRI what they can be picked by."""

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}")

History: TypeAlias = tuple[tuple[str, str | None], ...]
"""Days, each with the status that was known from it on, or the day on which a period was over, in order."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing to draw; `facts` are keys of `Records.statements`.

    `history` tells from which days on which status was known, and `picks` by which IRIs the thing can be
    picked, by the names of `PICKS`; `disputed` are the periods in which statements of it gainsay each other, each a first day and the one from which on no more, if any. `names` are its labels by language, where it has other than English ones.
    """

    iri: str
    label: str
    type: str
    status: str | None
    facts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    description: str | None = None
    due: str | None = None
    history: History = ()
    picks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    disputed: History = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation to draw; `source` and `target` are positions in `Records.nodes`.

    One that is over has the day until which it held, the same in words, and the day from which on that
    was known.
    """

    source: int
    target: int
    key: str
    label: str
    status: str | None
    timeless: bool
    facts: tuple[str, ...]
    until: str | None = None
    ended: str | None = None
    over: str | None = None
    history: History = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Nodes and edges in an order that depends on their names alone, and the statements, without what is empty."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    statements: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def clean(value: object) -> str:
    r"""Text that is safe to show: what cannot be seen, or would mislead the eye, is spelt out.

    >>> clean("plan \u202eexe")
    'plan ⟦U+202E⟧exe'
    """
    text = value if type(value) is str else str(value)
    return text.strip() if text.isascii() and text.isprintable() else _cleaned(text)


@lru_cache(maxsize=1 << 16)  # sources and places come again with every statement
def _cleaned(text: str) -> str:
    return "".join(_shown(character) for character in text).strip()


def _shown(character: str) -> str:
    if character in "\n\t\r":
        return " "
    if character in "\u200c\u200d":  # joiners: Persian, Indic scripts and emoji need them
        return character
    if unicodedata.category(character) in HIDDEN or character in "\ufffe\uffff":
        return f"⟦U+{ord(character):04X}⟧"
    return character


def web_address(value: object) -> str | None:
    """The address if it is plain http or https with a host, otherwise None."""
    return _web_address(value) if isinstance(value, str) else None


@lru_cache(maxsize=1 << 16)  # that of a source comes again with every statement
def _web_address(value: str) -> str | None:
    if not value.isprintable() or any(map(str.isspace, value)):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    return value if parts.scheme in {"http", "https"} and host else None


def select(network: "nx.MultiDiGraph[str]") -> Records:
    """Read a network into sorted records.

    Args:
        network: Nodes, edges and `graph["statements"]` with the attributes named in `viz.render`;
            any of them may be missing.

    Returns:
        The records. Equal networks give equal records, whatever the order of insertion.
    """
    keys = sorted(network.nodes, key=str)
    place = {key: index for index, key in enumerate(keys)}
    nodes = tuple(_node(key, network.nodes[key]) for key in keys)
    edges = sorted(
        (
            _edge(place[a], place[b], key, attributes)
            for a, b, key, attributes in network.edges(keys=True, data=True)
        ),
        key=lambda edge: (edge.source, edge.target, edge.key, edge.label),
    )
    given = network.graph.get("statements") or {}
    statements = {clean(key): _statement(given[key] or {}) for key in sorted(given, key=str)}
    return Records(nodes, tuple(edges), statements)


def _node(key: object, attributes: Mapping[str, Any]) -> Node:
    iri = clean(key)
    label = clean(attributes.get("label") or "")
    type_ = _optional(attributes.get("type")) or "unknown"
    status = _optional(attributes.get("status"))
    return Node(
        iri=iri,
        label=label or iri.rstrip("/#").rpartition("/")[2] or "(no name)",
        type=type_,
        status=status or ("unstated" if type_ in PLANS else None),
        facts=_texts(attributes.get("facts")),
        aliases=_texts(attributes.get("aliases")),
        description=_optional(attributes.get("description")),
        due=_optional(attributes.get("due")),
        history=_history(attributes.get("history")),
        picks={key: _texts(attributes[key]) for key in PICKS if attributes.get(key)},
        disputed=_history(attributes.get("disputed")),
        names=_names(attributes.get("names")),
    )


def _edge(source: int, target: int, key: object, attributes: Mapping[str, Any]) -> Edge:
    name = clean(key)
    return Edge(
        source=source,
        target=target,
        key=name,
        label=clean(attributes.get("label") or "") or name,
        status=_optional(attributes.get("status")),
        until=_optional(attributes.get("until")),
        ended=_optional(attributes.get("ended")),
        over=_optional(attributes.get("over")),
        history=_history(attributes.get("history")),
        timeless=bool(attributes.get("timeless")),
        facts=_texts(attributes.get("facts")),
    )


def _statement(given: Mapping[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key in STATEMENT_KEYS:
        value = given.get(key)
        if value is not None and (text := clean(value)):
            record[key] = text
    if url := web_address(given.get("url")):
        record["url"] = url
    if rivals := _texts(given.get("rivals")):
        record["rivals"] = list(rivals)
    return record


def _names(given: Mapping[str, Any] | None) -> dict[str, str]:
    """Clean labels by language; what is no language tag (BCP 47) names none."""
    found = {str(tag): clean(label) for tag, label in (given or {}).items()}
    return {tag: label for tag, label in sorted(found.items()) if label and _TAG.fullmatch(tag)}


def _history(entries: Iterable[tuple[str, str | None]] | None) -> History:
    return tuple((clean(day), _optional(status)) for day, status in entries or ())


def _optional(value: object) -> str | None:
    return (clean(value) or None) if value is not None else None


def _texts(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(map(clean, values)) if values else ()
