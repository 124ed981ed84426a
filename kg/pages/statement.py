"""The page of a statement: what it says, on whose word, where it stands, and what bears it out or gainsays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import lengthen, to_text
from kg.pages.linked import describe_claim
from kg.pages.rendering import render
from kg.pages.telling import Telling
from kg.promises import is_considered, load_standings
from kg.query import class_of, select_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pages.desk import Desk
    from kg.pages.frame import Frame
    from kg.promises import Statement

LINKS: Final = (
    "confirms",
    "agreesWith",
    "contradicts",
    "disagreesWith",
    "differsFrom",
    "updates",
    "corrects",
)
"""The properties by which one statement points to another."""

_HIDDEN: Final = frozenset({
    "type", "source", "evidence", "note", "row", "element", "relates", "relatesAs", "relatesTo", "reportsOn", "since",
    *LINKS,
})  # fmt: skip
"""What a page shows elsewhere, or not at all: what the rules add for queries."""

_MAKES: Final = "SELECT DISTINCT ?promise {{ {named} ?promise cp:statedBy ?s }} ORDER BY ?promise"
_POINTING: Final = f"""SELECT DISTINCT ?x ?p {{{{
  {{named}} VALUES ?p {{{{ {" ".join(f"cp:{link}" for link in LINKS)} }}}} ?x ?p ?s
}}}}"""


def statement_page(desk: Desk, frame: Frame, statement: Statement) -> bytes:
    """Return the page of a statement."""
    index, name = desk.index, statement.name
    links = [(key, str(other)) for key in LINKS for other in statement.says.get(key, ())]
    pointing = sorted(
        (str(key).removeprefix("cp:"), str(other)) for other, key in select_named(index, _POINTING, [name])
    )  # fmt: skip
    # What holds both ways is told once.
    back = [pair for pair in pointing if pair not in links]
    others = desk.statements(dict.fromkeys(one for _, one in (*links, *back)))
    promises = load_standings(index, desk.today, [name], "statement")
    told = {one.name for one in promises}
    considered = [
        str(one) for (one,) in select_named(index, _MAKES, [name]) if str(one) not in told
    ]
    details = list(_details(statement))
    named = {
        f"cp:{statement.kind}", *(f"cp:{key}" for key, _ in (*details, *links, *back)),
        *(value for _, values in details for value in values),
    }  # fmt: skip
    telling = Telling.of(desk, {**others, name: statement}, promises, named)
    cited = telling.cited(statement)
    cites = {one: telling.cited(other) for one, other in others.items()}
    return render(
        "statement.html", frame, title=cited.sentence,
        description=f"{cited.sentence}: {telling.label(f'cp:{statement.kind}')} by {cited.source} of {cited.published}.",
        linked=describe_claim(frame, cited, statement.source, class_of(index, lengthen(cited.who_name))), statement=statement, cited=cited, label=telling.label,
        details=[
            (telling.label(f"cp:{key}"), [(one, telling.label(one)) for one in values], key in _NAMING)
            for key, values in details
        ],
        links=[(telling.label(f"cp:{key}"), cites[one]) for key, one in links if one in cites],
        back=[(telling.label(f"cp:{key}"), cites[one]) for key, one in back if one in cites],
        pledges=[telling.pledge(one) for one in promises], spans=statement.spans, considered=considered, is_considered=is_considered(statement),
        address=lengthen(name),
    )  # fmt: skip


def _details(statement: Statement) -> Iterator[tuple[str, list[str]]]:
    """Yield the properties that a page tells: of what is a name the name, of all else what people read."""
    for key, values in statement.says.items():
        if key not in _HIDDEN:
            yield key, [str(value) if key in _NAMING else to_text(value) for value in values]


_NAMING: Final = frozenset({
    "about", "among", "indicator", "object", "outlook", "place", "predicate", "promisedBy", "purpose", "reason",
    "speaker", "status", "subject", "unit", "via", "onBehalfOf", "comparator", "mode", "confidence", "kind",
    "duePrecision", "whenPrecision", "fromPrecision", "untilPrecision", "utteredPrecision",
})  # fmt: skip
