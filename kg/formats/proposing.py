"""What readers only propose becomes sources of YAML that wait for a person: see `kg review`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.base import shorten
from kg.drafting import write_proposed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.formats.batch import Node

_BY = "grammar"


class ProposedSource:
    """A source in YAML with what is proposed of it, made line by line whenever it is gone through.

    >>> from kg.base import ID
    >>> shops = {"id": "list-1.acme", "type": "Target", "about": "list-acme", "value": "20"}
    >>> source = {"id": "list-1", "type": "Dataset", "title": "A list"}
    >>> lines = ProposedSource(source, [shops], {ID + "list-acme": ID + "acme"})
    >>> print(b"".join(lines).decode(), end="")
    id: list-1
    type: Dataset
    title: "A list"
    <BLANKLINE>
    proposed:
      - id: list-1.acme
        type: Target
        about: acme
        value: 20
        by: grammar
    """

    def __init__(
        self, source: Node, proposals: Iterable[Node], known: Mapping[str, str] | None = None
    ) -> None:
        """Take what a source is made of.

        Args:
            source: what describes it, as in its batches.
            proposals: the statements, each of which the grammar proposes unless it says who else.
            known: the IRIs of companies that are called otherwise elsewhere, by those they have here.
        """
        self._source, self._proposals, self._known = source, proposals, known or {}

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines."""
        names = {shorten(iri): shorten(same) for iri, same in self._known.items()}
        called = (_called({"by": _BY, **one}, names) for one in self._proposals)
        return write_proposed(self._source, called)


def _called(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value in which companies are called as elsewhere."""
    if isinstance(value, dict):
        return {key: _called(one, names) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_called(one, names) for one in value]
    return names.get(value, value)
