"""What every graph is made of, wherever it is held, and whatever shows that as its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.query.index import Index
    from kg.query.written import Written


class GraphContent(Protocol):
    """What every graph is made of, wherever it is held."""

    @property
    def asserted(self) -> bytes:
        """What the sources say, as sorted canonical N-Quads."""

    @property
    def derived(self) -> bytes:
        """What the rules derive from it, as sorted canonical N-Quads."""

    def pieces(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` in pieces of whole lines, for who goes through them once."""

    def lines(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` line by line, for who need not have it in memory."""

    @property
    def index(self) -> Index:
        """What answers queries over both."""

    @property
    def exact(self) -> bool:
        """Whether the N-Quads are as they were said; an endpoint keeps values, in its own way."""

    @property
    def written(self) -> Written | None:
        """How the data write the values that the index rewrites; None where it rewrites none."""


class ContentOwner:
    """What has a graph, `content`, and shows it as its own."""

    content: GraphContent

    @property
    def asserted(self) -> bytes:
        """What the sources say, as sorted canonical N-Quads."""
        return self.content.asserted

    @property
    def derived(self) -> bytes:
        """What the rules derive from it, as sorted canonical N-Quads."""
        return self.content.derived

    def pieces(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` in pieces of whole lines, for who goes through them once."""
        return self.content.pieces(part)

    def lines(self, part: str) -> Iterable[bytes]:
        """Return what is `asserted` or `derived` line by line, for who need not have it in memory."""
        return self.content.lines(part)

    @property
    def index(self) -> Index:
        """What answers queries over both."""
        return self.content.index

    @property
    def exact(self) -> bool:
        """Whether the N-Quads are as they were said; an endpoint keeps values, in its own way."""
        return self.content.exact

    @property
    def written(self) -> Written | None:
        """How the data write the values that the index rewrites; None where it rewrites none."""
        return self.content.written
