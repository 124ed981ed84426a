"""The footprint of a shape or a query: what it looks at from a focus node on, as property paths.

Of a shape they are read, of a query they stand beside it.

A finding about a node follows from what lies on these paths and from nothing else. So they tell both
ways: backward, which nodes a changed statement may concern; forward, what of the graph is needed to
look at these again. `kg.pipeline.surroundings` goes along them.

A path is written as in SPARQL, without spaces: `cp:source/schema:datePublished`, `^cp:lei`, `cp:locatedIn*`,
`(cp:owns|cp:about)/rdf:type`. `any` is any property; in brackets, as `[^cp:text]`, it matters whether
there is any such statement, and not which; and `^rdf:subject{rdf:predicate=cp:owns}` goes along statements
of subjects with such a value alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import lengthen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEP: Final = re.compile(
    r"(?P<inverse>\^?)\(?(?P<names>[^()*{}\[\]/^]+)\)?(?P<many>\*?)"
    r"(?:\{(?P<of>[^=}]+)=(?P<values>[^}]+)\})?(?:/|$)"
)
_HEADER: Final = re.compile(r"^# looks (at|into graphs at): (.+)$", re.MULTILINE)


class PathStep(NamedTuple):
    """One step of a path, along one of `predicates`, or along any if None.

    `many` is any number of such steps, also none; `once` tells whether there is any, whichever it is.
    With `of` only what is said of subjects counts that have one of these values of this property; with
    `graphs` it matters in which graphs something is said, and else only whether it is.
    """

    predicates: frozenset[str] | None
    inverse: bool = False
    many: bool = False
    once: bool = False
    of: tuple[str, frozenset[str]] | None = None
    graphs: bool = False


Path = tuple[PathStep, ...]


class Look(NamedTuple):
    """A step of a footprint, and the place that it starts from: where a path begins it is 0."""

    start: int
    step: PathStep


@dataclass(frozen=True)
class Footprint:
    """Paths from one node, joined where they begin alike: each place but the first is where a step ends."""

    looks: tuple[Look | None, ...]

    @classmethod
    def along(cls, paths: Iterable[Path]) -> Footprint:
        """Return the footprint along `paths`.

        >>> len(Footprint.along(read_paths("cp:source cp:source/cp:text")).looks)
        3
        """
        looks: list[Look | None] = [None]
        known: dict[Look, int] = {}
        for path in sorted(set(paths), key=repr):
            place = 0
            for step in path:
                look = Look(place, step)
                if look not in known:
                    known[look] = len(looks)
                    looks.append(look)
                place = known[look]
        return cls(tuple(looks))

    def __iter__(self) -> Iterator[tuple[int, Look]]:
        """Yield the steps with the places where they end, each after the one that it goes on from."""
        return ((place, look) for place, look in enumerate(self.looks) if look)


def read_paths(text: str, *, graphs: bool = False) -> frozenset[Path]:
    """Return the paths that are written in `text`, with spaces between them.

    Raises:
        ValueError: a path cannot be read.

    >>> sorted(map(len, read_paths("cp:source/schema:datePublished [^any]")))
    [1, 2]
    """
    return frozenset(_path(path, graphs=graphs) for path in text.split())


def declared_paths(query: str) -> frozenset[Path]:
    """Return the paths that the header of a query declares: `# looks at: ...`.

    Raises:
        ValueError: it declares none, or one that cannot be read.
    """
    found = _HEADER.findall(query)
    if not found:
        raise ValueError("a query does not say what it looks at")
    return frozenset(chain(*(read_paths(text, graphs=how != "at") for how, text in found)))


def _path(text: str, *, graphs: bool) -> Path:
    once = text.startswith("[") and text.endswith("]")
    rest = text[1:-1] if once else text
    steps, at = [], 0
    while at < len(rest):
        step = _STEP.match(rest, at)
        if not step:
            raise ValueError(f"the path {text!r} cannot be read")
        of = step["of"] and (lengthen(step["of"]), _names(step["values"]))
        predicates = None if step["names"] == "any" else _names(step["names"])
        many = bool(step["many"])
        steps.append(PathStep(predicates, bool(step["inverse"]), many, once, of or None, graphs))
        at = step.end()
    return tuple(steps)


def _names(text: str) -> frozenset[str]:
    return frozenset(map(lengthen, text.split("|")))
