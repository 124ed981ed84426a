"""Search: the things and terms that are called by some words, as a page and for a list that follows the typing."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.base import abridge, shorten
from kg.pages.asking import Part
from kg.pages.cells import head_of
from kg.pages.rendering import render
from kg.plans import Words
from kg.query import LONGEST, ClassTree, select_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.query import Index, Match

TYPED: Final = 10
"""How many things a list has that follows the typing."""

SHOWN: Final = 200
"""How many things a page has."""

NEAR: Final = 5
"""How many things a mistyped name is taken for."""

# What a place lies in as its own source says, not all around that; whose a plan is and of what kind.
_BESIDE: Final = """SELECT DISTINCT ?s ?other WHERE {{
  {named}
  {{ ?s cp:company ?other }} UNION {{ GRAPH ?told {{ ?s cp:locatedIn ?other }} FILTER (?told != id:derived) }}
}}"""


@dataclass(frozen=True)
class SearchHit:
    """Something that was found.

    Attributes:
        name: Its shortest name, by which everything here calls it.
        label: What people call it.
        type: What it is.
        also: Its other names.
        beside: What tells it from another one of that name: whose it is, what it lies in.
    """

    name: str
    label: str
    type: str
    also: Sequence[str]
    beside: Sequence[str]


@dataclass(frozen=True)
class Found:
    """What was found: `hits` of `total`, and whether none is called so and these are only `near`."""

    hits: Sequence[SearchHit]
    total: int
    near: bool = False


def search(desk: Desk, text: str, most: int, kind: str = "") -> Found:
    """Look for things by their names; where none is called so, for what a slip may have been meant for.

    Args:
        desk: Where to look.
        text: The words.
        most: How many are wanted.
        kind: Only things of this class, by its local name.

    >>> import kg
    >>> from kg.pages.desk import desk_of
    >>> desk = desk_of(kg.build(check=False))
    >>> hit = search(desk, "lei jun", 5).hits[0]
    >>> hit.name, hit.type
    ('lei-jun', 'Person')
    >>> search(desk, "xaiomi", 5).near
    True
    """
    limit = most if not kind else SHOWN * 5
    matches, total = desk.names.find(text, limit)
    near = not matches and bool(text.strip()) and len(text) <= LONGEST
    if near:
        matches = desk.names.near(text, NEAR)
    if kind:
        above = ClassTree.of(desk.index).above
        matches = [m for m in matches if kind == m.type or kind in above.get(m.type, ())]
        total = len(matches)
    return Found(_hits(desk.index, matches[:most]), total, near)


def _hits(index: Index, matches: Sequence[Match]) -> list[SearchHit]:
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for name, other in select_named(index, _BESIDE, [match.name for match in matches]):
        beside[str(name)].append(str(other))
    others = {other for each in beside.values() for other in each}
    labels = Words.for_some(index, (), others).labels if others else {}
    return [
        SearchHit(
            match.name,
            match.label,
            head_of(match.type) if match.type else "Term",
            match.aliases,
            [labels.get(other, shorten(other)) for other in sorted(beside[match.name])],
        )
        for match in matches
    ]


def search_page(desk: Desk, frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return the page of a search: what was found, by what it is."""
    text = frame.given.get("q", "").strip()
    found = search(desk, text, SHOWN) if text else Found((), 0)
    title = f"Search: {abridge(text, 60)}" if text else "Search"
    page = render(
        "search.html", frame, title=title, description="Companies, people, places, plans and terms by their names.",
        text=text[:LONGEST], found=found, groups=_grouped(found.hits),
    )  # fmt: skip
    return "html", page


def _grouped(hits: Iterable[SearchHit]) -> dict[str, list[SearchHit]]:
    """Return what was found by what it is, in the order of the best of each."""
    groups: defaultdict[str, list[SearchHit]] = defaultdict(list)
    for hit in hits:
        groups[hit.type].append(hit)
    return groups


def search_list(desk: Desk, frame: Frame, _given: Mapping[str, Any]) -> tuple[str, bytes]:
    """Return what a list shows that follows the typing, as JSON."""
    given = frame.given
    most = Part.of(given, usual=TYPED, most=SHOWN).most
    found = search(desk, given.get("q", ""), most, given.get("type", ""))
    told = {
        "total": found.total,
        "near": found.near,
        "hits": [{**asdict(hit), "href": frame.to(hit.name)} for hit in found.hits],
    }
    return "json", json.dumps(told, ensure_ascii=False).encode() + b"\n"
