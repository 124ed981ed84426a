"""A feed of what became known, newest first: what each source says, and how promises stand since."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.base import ID, UsageError, lengthen
from kg.export.outside import load_library, readable, safe_link
from kg.export.promised import known_day, last_change, told_by
from kg.plans import Words
from kg.promises import load_statements
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.base import Cell
    from kg.promises import Origin, Statement
    from kg.query import Index

_OUTCOMES: Final = """SELECT DISTINCT ?promise ?from ?first ?verdict ?reason ?restsOn ?replacedBy WHERE {
  ?promise cp:hasOutcome ?outcome ; cp:firstStatedBy ?first ; cp:promisedBy ?who .
  ?outcome cp:standsFrom ?from ; cp:verdict ?verdict .
  OPTIONAL { ?outcome cp:undeterminedFor ?reason }
  OPTIONAL { ?outcome cp:restsOn ?restsOn }
  OPTIONAL { ?outcome cp:replacedBy/cp:firstStatedBy ?replacedBy }
}"""
_PROMISERS: Final = "SELECT DISTINCT ?promise ?who { ?promise cp:promisedBy ?who }"


class _Entry(NamedTuple):
    """What became known on a `day`: `lines` are sentences, `link` is where to read more.

    What it says was `updated` when a statement that it tells was corrected.
    """

    day: date
    updated: date
    id: str
    title: str
    link: str
    lines: tuple[str, ...]
    category: str


def write_atom(index: Index, today: date | None = None) -> bytes:
    """Return what became known by `today`, by default by the day of the last source, as an Atom feed (RFC 4287).

    There is an entry for every source, with what it says, and one for every time that what can be
    told of a promise changed. Identifiers and stamps follow from the graph and not from the clock.

    Raises:
        UsageError: no source has a day, or one by `today`, so that there is nothing to tell.
        MissingExtraError: feedgenerator is not installed; it comes with the extra `export`.

    >>> import kg
    >>> write_atom(kg.build(check=False).index).count(b"<entry>") > 131
    True
    """
    library = load_library("feedgenerator", "a feed")
    day = today or known_day(index)
    entries = list(_entries(index, day)) if day else []
    if not entries:
        lacks = f"was published by {today}" if today else "has a day"
        raise UsageError(f"no source here {lacks}, so there is nothing that became known")
    feed = library.Atom1Feed(
        title="Corporate plans: what became known",
        link=ID,
        description=None,
        language="en",
        feed_guid=f"{ID}changes",
        author_name="corporate-plans-kg",
    )
    for entry in sorted(entries, key=lambda one: (-one.day.toordinal(), one.id)):
        stamp = datetime.combine(entry.day, time(), UTC)
        items = "".join(f"<li>{escape(readable(line))}</li>" for line in entry.lines)
        feed.add_item(
            title=readable(entry.title),
            link=entry.link,
            description=None,
            content=f"<ul>{items}</ul>",
            unique_id=entry.id,
            pubdate=stamp,
            updateddate=datetime.combine(entry.updated, time(), UTC),
            categories=[entry.category],
        )
    out = io.StringIO()
    feed.write(out, "utf-8")
    return (out.getvalue() + "\n").encode()


def _entries(index: Index, day: date) -> Iterator[_Entry]:
    statements = load_statements(index)
    words = Words.of(index)
    by_source: dict[Origin, list[Statement]] = {}
    for statement in statements.values():
        by_source.setdefault(statement.source, []).append(statement)
    entries = [_published(origin, said, words, day) for origin, said in by_source.items()]
    entries += _judged(index, statements, words, day)
    return (entry for entry in entries if entry and entry.day <= day)


def _published(origin: Origin, said: Sequence[Statement], words: Words, day: date) -> _Entry | None:
    """Return what a source says, unless nobody knows since when."""
    try:
        published = date.fromisoformat(origin.published)
    except ValueError:  # for the shapes to report
        return None
    # Two statements can amount to the same sentence.
    lines = tuple(dict.fromkeys(told_by(words, one, day) for one in said))
    iri = lengthen(origin.name)
    title = f"{words.label(origin.publisher)}: {origin.title}"
    updated = last_change(said, day) or published
    return _Entry(published, updated, iri, title, safe_link(origin.url) or iri, lines, "source")


def _judged(
    index: Index, statements: Mapping[str, Statement], words: Words, day: date
) -> Iterator[_Entry | None]:
    """Yield how promises stand, each time that their verdict changed."""
    promisers: dict[str, list[str]] = {}
    for promise, who in sorted(select_rows(index, _PROMISERS), key=str):
        promisers.setdefault(str(promise), []).append(words.label(who))
    before: dict[str, Cell] = {}
    rows = (row for row in select_rows(index, _OUTCOMES) if isinstance(row[1], date))
    for row in sorted(rows, key=lambda row: tuple(map(str, row))):
        promise, verdict = str(row[0]), row[3]
        # That a promise is open at first is what its source says already.
        if before.get(promise, "cp:open") != verdict:
            yield _verdict(row, promisers.get(promise, []), statements, words, day)
        before[promise] = verdict


def _verdict(
    row: Sequence[Cell],
    promisers: Iterable[str],
    statements: Mapping[str, Statement],
    words: Words,
    day: date,
) -> _Entry | None:
    promise, since, first, verdict, reason, rests_on, replaced_by = row
    statement = statements.get(str(first))
    if statement is None or not isinstance(since, date):
        return None
    why = f": {words.label(reason)}" if reason is not None else ""
    lines = [f"{words.label(verdict)}{why}", f"promised: {words.sentence(statement)}"]
    updated = since
    for name, text in ((rests_on, "it rests on"), (replaced_by, "in its place")):
        if grounds := statements.get(str(name)):
            updated = max(updated, last_change([grounds], day) or since)
            lines.append(
                f"{text}: {told_by(words, grounds, day)} ({words.label(grounds.source.name)})"
            )
    grounds = statements.get(str(rests_on))
    iri = lengthen(str(promise))
    who = " and ".join(promisers)
    title = f"{who}: {words.sentence(statement)}: {words.label(verdict)}".removeprefix(": ")
    link = safe_link(grounds.source.url if grounds else None) or iri
    # The verdicts of a promise are numbered anew when one comes between: the day stays.
    return _Entry(since, updated, f"{iri}?since={since}", title, link, tuple(lines), "verdict")
