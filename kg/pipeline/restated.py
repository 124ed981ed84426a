"""A hint for a target that is stated again without a word on where it was stated before.

The build takes both for one promise, since they want the same. But an author who says `confirms` has
looked; and who meant another target has made a mistake in what makes it another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import CP, Finding, lengthen
from kg.promises import group_promises, read_statements
from kg.query import select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.promises import Statement
    from kg.query import Index

RESTATED: Final = CP + "restated"
"""What a finding names as its shape where a target is stated again."""

_LINKS: Final = ("confirms", "contradicts", "updates", "differsFrom", "corrects")

# Those that may be the same, found by the engine: only they are compared in full.
_ALIKE: Final = """SELECT DISTINCT ?node {
  {
    SELECT ?about ?indicator ?number {
      ?target a cp:Target ; cp:about ?about ; cp:indicator ?indicator ; cp:value|cp:maximum ?number
    } GROUP BY ?about ?indicator ?number HAVING (COUNT(DISTINCT ?target) > 1)
  }
  ?node a cp:Target ; cp:about ?about ; cp:indicator ?indicator ; cp:value|cp:maximum ?number
}"""


def find_restated(index: Index) -> Iterator[Finding]:
    """Yield a hint for every target that repeats another and has no link to any statement.

    >>> import kg
    >>> list(find_restated(kg.build(check=False).index))
    []
    """
    names = [str(name) for (name,) in select_rows(index, _ALIKE)]
    if not names:
        return
    targets = read_statements(index, names)
    linked = {str(name) for target in targets.values() for name in _linked(target)}
    for name, group in group_promises(targets).items():
        target = targets[name]
        first = min(group, key=lambda one: (one.source.published, one.name))
        if target is not first and name not in linked and not any(_linked(target)):
            message = f"The same target is stated in {first.name} already: say that this one confirms it, or mend what makes it another."
            yield Finding(lengthen(name), None, None, message, RESTATED, violation=False)


def _linked(target: Statement) -> Iterable[object]:
    return (value for link in _LINKS for value in target.says.get(link, ()))
