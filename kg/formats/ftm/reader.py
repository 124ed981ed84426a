"""FollowTheMoney: the companies, the people and the links between them that investigators and OpenSanctions publish.

A file is gone through twice: once to know whether it is whole, which entities it has and when they were
last seen, and once to say it. What it says is counted among what is left out where we have no words for it.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.base import SourceError
from kg.formats.batch import Batch
from kg.formats.format import PublishedFormat, each_file
from kg.formats.ftm.entities import EntityFile, form_of
from kg.formats.ftm.known import EntityBook
from kg.formats.ftm.links import relation_nodes
from kg.formats.ftm.schemata import ENDS
from kg.formats.ftm.source import FtmSource, entity_slug, real_day
from kg.formats.ftm.things import is_over, kind_of, share_node, thing_node, why_not
from kg.formats.opening import open_beginning, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.formats.batch import Node
    from kg.formats.ftm.entities import PublishedEntity
    from kg.formats.opening import Opening

_AT_ONCE: Final = 500
"""How many entities make a batch."""


def _recognises(opening: Opening) -> bool:
    return form_of(opening) is not None


def _read(paths: Sequence[Path]) -> Iterator[Batch | SourceError]:
    return each_file(paths, _read_file)


def _read_file(path: Path) -> Iterator[Batch]:
    form = form_of(open_beginning(path))
    if form is None:
        raise SourceError(path, "has no entities of FollowTheMoney, nor statements")
    file, told = EntityFile(path, form), FtmSource(path, sha256_of(path))
    with EntityBook.opened() as book:
        for some in _some(iter(file)):
            _register(some, book, told)
        source, things = told.nodes()
        yield Batch(source, tuple(things), left_out=file.left_out)
        for some in _some(iter(file)):
            yield _batch(some, source, book, via=len(told.datasets) > 1)


def _some(entities: Iterator[PublishedEntity]) -> Iterator[list[PublishedEntity]]:
    return iter(lambda: list(islice(entities, _AT_ONCE)), [])


def _register(entities: Sequence[PublishedEntity], book: EntityBook, told: FtmSource) -> None:
    rows = []
    for one in entities:
        slug, kind, over = entity_slug(one.id, one.datasets), kind_of(one), is_over(one)
        rows += [(name, one.line, slug, kind, over) for name in (one.id, *one.referents)]
        told.datasets.update(one.datasets)
        told.last_seen = max(told.last_seen, real_day(one.last_seen or ""))
    book.add(rows)


def _batch(
    entities: Iterable[PublishedEntity], source: Node, book: EntityBook, *, via: bool
) -> Batch:
    left_out = Counter[str]()
    things: list[Node] = []
    statements: list[Node] = []
    for one in entities:
        known = book.find(one.id)
        if known is None or known.line != one.line:
            left_out["entities whose identifier another one had before"] += 1
        elif one.schema in ENDS:
            statements += relation_nodes(one, source, book, via=via, left_out=left_out)
        elif known.kind:
            things.append(thing_node(one, known.slug, known.kind, left_out))
        elif one.schema == "Security":
            node = share_node(one, book, left_out)
            things += [node] if node else []
        else:
            left_out[why_not(one)] += 1
    return Batch(source, tuple(things), tuple(statements), left_out=+left_out)


FORMAT: Final = PublishedFormat(
    name="ftm",
    title="Companies, people and their links in FollowTheMoney, as OpenSanctions publishes them",
    files="JSON lines of entities; statements in CSV or JSON lines",
    recognises=_recognises,
    read=_read,
    extra="formats",
)
