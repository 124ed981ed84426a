"""Proposals that state a promise which another source has stated already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.drafting.writing import named_proposals, write_source
from kg.promises import group_promises, load_statements
from kg.query import Index
from kg.sources import File, parse_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.drafting.writing import DraftedSource
    from kg.promises import Statement


class StatedTargets:
    """The targets of a graph, by what they are about."""

    def __init__(self, index: Index) -> None:
        """Read the targets of a graph."""
        self._about: defaultdict[str, dict[str, Statement]] = defaultdict(dict)
        for name, statement in load_statements(index).items():
            if statement.kind == "Target":
                for thing in statement.things:
                    self._about[thing][name] = statement

    def confirmed(self, source: DraftedSource) -> DraftedSource:
        """Return a source whose proposals say which statement they confirm, where they make its promise.

        What makes one promise of two statements is no matter of drafting; see `kg.promises.grouping`.
        Of those that state a promise the first is confirmed.
        """
        named = named_proposals(source)
        targets = {name: one for name, one in named if one.keys.get("type") == "Target"}
        known: dict[str, Statement] = {}
        for target in targets.values():
            known |= self._about.get(str(target.keys.get("about")), {})
        if not known:
            return source
        groups = group_promises(
            known | {name: one for name, one in _read(source) if name in targets}
        )
        repeated = {}
        for name in targets:
            first = next((one.name for one in groups[name] if one.name in known), None)
            if first is not None:
                repeated[name] = first
        proposals = (
            replace(one, keys={"confirms": repeated[name], **one.keys}) if name in repeated else one
            for name, one in named
        )
        return replace(source, proposals=tuple(proposals))


def _read(source: DraftedSource) -> Iterator[tuple[str, Statement]]:
    """Yield what a source would state, were all of it accepted, as it would be read."""
    file = File(Path(f"{source.name}.yaml"), source.name)
    quads = parse_source(file, write_source(source, accepted=True)).quads
    yield from load_statements(Index.of(quads)).items()
