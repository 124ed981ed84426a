"""Lines of N-Quads found by their property, without a look at the others: much faster than dividing each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.base import lengthen, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.query.content import GraphContent


def said_by(
    pieces: Iterable[bytes], properties: Collection[bytes]
) -> Iterator[tuple[bytes, bytes, bytes]]:
    r"""Yield subject, property and value of each line with one of some properties, as N-Quads write them.

    >>> list(said_by([b"<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:q> <a:p> <a:g> .\n"], [b"<a:p>"]))
    [(b'<a:s>', b'<a:p>', b'<a:o>')]
    """
    marks = [(name, b" %s " % name) for name in properties]
    for data in pieces:
        for name, mark in marks:
            at = data.find(mark)
            while at >= 0:
                begin, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
                subject = data[begin:at]
                # It may stand in a text, or be the value.
                if b" " not in subject:
                    yield subject, name, data[at + len(mark) : data.rindex(b" <", at, end)]
                at = data.find(mark, end)


def count_values(content: GraphContent, names: Collection[str]) -> dict[str, Counter[str]]:
    r"""Return how many lines name each thing as the value of some properties, all by their shortest names.

    >>> from types import SimpleNamespace
    >>> said = {"asserted": [b"<a:s> <a:p> <a:o> <a:g> .\n<a:t> <a:p> <a:o> <a:g> .\n"], "derived": []}
    >>> count_values(SimpleNamespace(pieces=said.get), ["a:p"])
    {'a:p': Counter({'a:o': 2})}
    """
    counts: dict[bytes, Counter[bytes]] = {
        f"<{lengthen(name)}>".encode(): Counter() for name in names
    }
    for part in ("asserted", "derived"):
        for _, name, value in said_by(content.pieces(part), counts):
            counts[name][value] += 1
    return {
        name: Counter({_named(value): times for value, times in values.items()})
        for name, values in zip(names, counts.values(), strict=True)
    }


def _named(value: bytes) -> str:
    text = value.decode()
    return shorten(text[1:-1]) if text.startswith("<") else text
