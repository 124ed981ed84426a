"""A statement that is proposed: it counts nowhere until a person accepts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed statement.

    `keys` are those of a statement in a source (`type`, `about`, `indicator`, `value`, `due` ...), as
    plain strings or lists of them, without `id` and `evidence`. `spans` are the places of its words in the
    text, end-exclusive code points. `things` describe what it is about and the graph does not know
    yet, as mappings of a source's `things`. `by` names who proposes: the grammar, or a model.
    """

    keys: Mapping[str, str | list[str]]
    spans: tuple[tuple[int, int], ...]
    things: tuple[Mapping[str, str | list[str]], ...] = field(default=())
    by: str = "grammar"
