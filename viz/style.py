"""Shapes, colours and sizes, as data.

Shape and colour both carry the type, so that neither is needed alone; border and filling carry
the status. The page draws from these tables and from nothing else, in the legend as in the network.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How a type of thing is drawn.

    Attributes:
        name: The word for one.
        plural: The word for several.
        shape: The name of an outline that the page can draw.
        size: Half its width in pixels at scale 1.
        light: Colour on the light canvas.
        dark: Colour on the dark one.
        rank: Who gets a label first when there is no room for all.
    """

    name: str
    plural: str
    shape: str
    size: float
    light: str
    dark: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """How certain something is.

    Attributes:
        name: The word for it.
        fill: "full", "none", "left" or "lower" (a half), or "grey".
        border: Width in pixels.
        dash: Lengths of dash and gap along the border, none for a solid one.
        mark: "tick", "cross" or nothing.
        line: Lengths of dash and gap of an edge in this status.
        weight: Width of such an edge in pixels.
    """

    name: str
    fill: str
    border: float
    dash: tuple[float, ...] = ()
    mark: str = ""
    line: tuple[float, ...] = ()
    weight: float = 1.4


@dataclass(frozen=True, slots=True)
class OutcomeStyle:
    """What became of a promise: a small disc beside or on the thing, whose form alone tells it.

    Attributes:
        name: The words for it.
        fill: "full", "none", "left" (a half) or "dotted" (no more than an outline of dots).
        mark: "tick", "cross", "bar", "query", "arrow" or nothing.
        light: Colour on the light canvas.
        dark: Colour on the dark one.
        judged: Whether figures or reports decided it: its bar runs on to the day it was due.
        stops: Whether its bar ends on the day of that, whatever day it was due.
        within: The outcome of which it is a kind: where those are counted it counts, too.
    """

    name: str
    fill: str
    mark: str
    light: str
    dark: str
    judged: bool = False
    stops: bool = False
    within: str = ""


TYPES = {
    "company": TypeStyle("Company", "Companies", "square", 19, "#1b2a4a", "#c9d6f2", 1000),
    "organization": TypeStyle(
        "Organisation", "Organisations", "square", 8.5, "#6b4fbf", "#ab94f0", 1
    ),
    "person": TypeStyle("Person", "People", "person", 10.5, "#b0357a", "#ec85bb", 2),
    "initiative": TypeStyle("Initiative", "Initiatives", "circle", 10.5, "#2464c8", "#6ea3f5", 4),
    "target": TypeStyle("Target", "Targets", "diamond", 12.5, "#c4660a", "#f0a04b", 10),
    "place": TypeStyle("Place", "Places", "triangle", 11, "#1c7f5a", "#5cc49a"),
    "facility": TypeStyle("Facility", "Facilities", "house", 10, "#0b7285", "#56bccd"),
    "product": TypeStyle("Product", "Products", "hexagon", 10, "#5f6b7a", "#9aa7b8"),
    "condition": TypeStyle("Condition", "Conditions", "octagon", 10, "#b3322c", "#f0857d", 2),
    "category": TypeStyle("Category", "Categories", "plus", 9, "#7d6a14", "#d0b95e", -4),
}
GROUP = TypeStyle("Group", "Groups", "ring", 15, "#5f6c80", "#a9b6c8", 6)
UNKNOWN = TypeStyle("Other", "Other", "circle", 9, "#78818c", "#8d97a3")

STATUSES = {
    "considered": StatusStyle("considered", "none", 2.2, (1.6, 3.2), "", (1.5, 4.5), 1.4),
    "announced": StatusStyle("announced", "none", 2.2, (7, 3.6), "", (9, 6), 1.4),
    "underway": StatusStyle("underway", "full", 0, (), "", (), 1.5),
    "achieved": StatusStyle("achieved", "full", 3, (), "tick", (), 2.6),
    "postponed": StatusStyle("postponed", "left", 2, (), "", (9, 4, 2, 4), 1.4),
    "reduced": StatusStyle("reduced", "lower", 2, (), "", (9, 4, 2, 4), 1.4),
    "missed": StatusStyle("missed", "none", 2, (), "cross", (4, 4), 1.4),
    "abandoned": StatusStyle("abandoned", "grey", 0, (), "", (2, 7), 1.2),
    # A plan of which nobody says how far it is must not look like one that is underway.
    "unstated": StatusStyle("not stated", "none", 1.0, (), "", (), 1.2),
}
PLAIN = StatusStyle("", "full", 0)

OUTCOMES = {
    "met": OutcomeStyle("met", "full", "tick", "#1a7f37", "#57c776", judged=True),
    "met-late": OutcomeStyle(
        "met late", "none", "tick", "#1a7f37", "#57c776", judged=True, within="met"
    ),
    "partly": OutcomeStyle("partly met", "left", "", "#a15c00", "#e3a33c", judged=True),
    "missed": OutcomeStyle("missed", "full", "cross", "#c0262d", "#ff7b72", judged=True),
    "abandoned": OutcomeStyle("abandoned", "full", "bar", "#5f6b7a", "#98a4b5", stops=True),
    "undetermined": OutcomeStyle("undetermined", "dotted", "query", "#5f6b7a", "#98a4b5"),
    "no-result": OutcomeStyle("no result known", "none", "query", "#7a4fb5", "#b996ff"),
    "replaced": OutcomeStyle("replaced", "none", "arrow", "#5f6b7a", "#98a4b5", stops=True),
    "open": OutcomeStyle("not due yet", "dotted", "", "#2464c8", "#6ea3f5"),
}
"""The verdicts on promises by name, and `no-result` of what is due and of which nothing is known."""

THEMES = {
    "light": {
        "canvas": "#f7f8fa", "surface": "#ffffff", "raised": "#f0f2f6", "line": "#dde1e8",
        "control": "#858e9c", "ink": "#151b26", "soft": "#525c6b", "accent": "#1c57b8",
        "accent-soft": "#e6eefb", "on-accent": "#ffffff", "edge": "#8e99aa", "faint": "#d3d8e0",
        "grey": "#b3bac4", "ring": "#151b26",
    },
    "dark": {
        "canvas": "#10151d", "surface": "#171d27", "raised": "#212936", "line": "#2c3645",
        "control": "#7b8798", "ink": "#eef2f8", "soft": "#a9b4c4", "accent": "#8ab6ff",
        "accent-soft": "#1f3050", "on-accent": "#0d1420", "edge": "#66738a", "faint": "#2f3948",
        "grey": "#515c6c", "ring": "#eef2f8",
    },
}  # fmt: skip


def tables(closed: Collection[str] = ()) -> dict[str, Any]:
    """All of the above as plain values, for the page.

    No way leads on through things of the types that are `closed`; each type says it as `through`.
    """

    def whole(key: str, style: TypeStyle) -> dict[str, Any]:
        return asdict(style) | {"through": key not in closed}

    return {
        "types": {key: whole(key, style) for key, style in TYPES.items()},
        "unknown": whole("", UNKNOWN),
        "group": whole("", GROUP),
        "statuses": {key: asdict(style) for key, style in STATUSES.items()},
        "plain": asdict(PLAIN),
        "outcomes": {key: asdict(style) for key, style in OUTCOMES.items()},
        "themes": THEMES,
        # `tojson` sorts keys, and the order of these is the order of the legend.
        "order": {"types": list(TYPES), "statuses": list(STATUSES), "outcomes": list(OUTCOMES)},
    }
