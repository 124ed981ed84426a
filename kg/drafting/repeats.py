"""Proposals that state a promise which another source has stated already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.drafting.files.writing import named_proposals, write_source
from kg.promises import group_promises, load_statements
from kg.query import Index
from kg.sources import File, parse_source

if TYPE_CHECKING:
    from kg.drafting.files.writing import DraftedSource
    from kg.drafting.proposals import Proposal
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
        known: dict[str, Statement] = {}
        targets = []
        for one in source.proposals:
            same = self._about.get(str(one.keys.get("about")), {})
            if same and one.keys.get("type") == "Target":
                known |= same
                targets.append(one)
        if not targets:
            return source
        # By themselves: what else is proposed takes time to read, and has no part in this.
        apart = replace(source, things=(), proposals=tuple(targets))
        groups = group_promises(known | _read(apart))
        first = {
            id(one): next((each.name for each in groups[name] if each.name in known), None)
            for name, one in named_proposals(apart)
        }
        return replace(
            source,
            proposals=tuple(_confirming(one, first.get(id(one))) for one in source.proposals),
        )


def _read(source: DraftedSource) -> dict[str, Statement]:
    """Return what a source would state, were all of it accepted, as it would be read."""
    file = File(Path(f"{source.name}.yaml"), source.name)
    return load_statements(Index.of(parse_source(file, write_source(source, accepted=True)).quads))


def _confirming(proposal: Proposal, statement: str | None) -> Proposal:
    if statement is None or "confirms" in proposal.keys:
        return proposal
    return replace(proposal, keys={**proposal.keys, "confirms": statement})
