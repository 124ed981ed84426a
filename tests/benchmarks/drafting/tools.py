"""Who drafts: ours, and the nearest tools as a user would put them together; who is not there is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.base import KgError
from kg.drafting import propose
from tests.benchmarks.drafting import quantities, rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.drafting import Paper, Proposal
    from kg.query import Index
    from tests.benchmarks.drafting.world import World

OURS: Final = "kg draft"
PEERS: Final = (quantities, rules)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool by its name, and what it makes of a text; None where it is not installed here."""

    name: str
    draft: Callable[[Paper], list[Proposal]] | None


def tools(index: Index, world: World) -> list[Tool]:
    """Return all tools, ours first."""
    return [Tool(OURS, ours(index)), *(peer(one, world) for one in PEERS)]


def ours(index: Index) -> Callable[[Paper], list[Proposal]]:
    """Return what drafts a text by the grammar of plans; of a language that it has none of, nothing."""

    def draft(paper: Paper) -> list[Proposal]:
        try:
            return propose(paper, index)
        except KgError:
            return []

    return draft


def peer(module: Maker, world: World) -> Tool:
    """Return another tool, without what drafts where it is not installed."""
    try:
        return Tool(module.NAME, module.make(world))
    except ImportError:
        return Tool(module.NAME, None)


if TYPE_CHECKING:
    from typing import Protocol

    class Maker(Protocol):
        """A module that makes a tool."""

        NAME: str

        def make(self, world: World) -> Callable[[Paper], list[Proposal]]:
            """Return what drafts a text."""
