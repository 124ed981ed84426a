"""What a file would say, were all accepted that it proposes: to be looked at, and never built."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from kg.base import SourceError, expand
from kg.sources.files import YAML, File, Piece, decode
from kg.sources.reader import Source, source_of
from kg.sources.yamlld import examine_document


class Accepted(NamedTuple):
    """What a file says, with what it proposes.

    `names` are the local names of the proposals, `nodes` the IRIs of all that they describe, and
    `line` is the first on which one stands.
    """

    source: Source
    names: tuple[str, ...]
    nodes: frozenset[str]
    line: int


def source_if_accepted(file: File) -> Accepted | None:
    """Return what a file would say, were all accepted that it proposes.

    None where it proposes nothing, or nothing can be read of it.
    """
    if file.path.suffix.lower() not in YAML:
        return None
    try:
        data = Piece(file).load()
        if b"proposed" not in data:
            return None  # as of most, which need not be read again
        document, _ = examine_document(decode(data, file.path), file.path)
        if document is None or not document.proposed:
            return None
        said = replace(document, jsonld=document.if_accepted(), waiting=frozenset())
        names = [str(entry["id"]) for entry in document.proposed]
        nodes = frozenset(expand(name) or name for name in document.waiting)
        line = min(document.lines[name] for name in names)
        return Accepted(source_of(said, file, data), tuple(names), nodes, line)
    except SourceError:
        return None
