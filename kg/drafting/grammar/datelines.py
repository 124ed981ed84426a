"""Where reports were sent from, as the first line of an agency's says: "LONDON, March 3 (Agency) - Acme will"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.drafting.known import Mention

_UPPER: Final = r"[A-ZÀ-ÖØ-Þ]"
_NAME: Final = rf"{_UPPER}[\w.'’-]*(?: {_UPPER}[\w.'’-]*){{0,3}}"
_DAY: Final = r"(?:\w{3,9}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? \w{3,9}\.?(?: \d{4})?)"
_AGENCY: Final = rf" \({_UPPER}[^)\n]{{1,30}}\)| /[^/\n]{{2,30}}/"
_DATELINE: Final = re.compile(
    rf"^({_NAME})((?:,(?: {_NAME},)?| [–—|-]) {_DAY})?({_AGENCY})? ?(?:–|—|--|-|(:)) ?(?=[\"“]?{_UPPER})",
    re.MULTILINE,
)


def find_datelines(text: str, others: Sequence[Mention] = ()) -> list[tuple[int, int]]:
    r"""Return the place of the dateline of a text, none where several lines begin so: those are heads of their own.

    `others` are known things that are no places.

    >>> for text in ("Growth at Acme\n\nOSLO - Acme will grow - and soon.", "OSLO: Acme will grow.", "ACME: Acme will grow."):
    ...     [text[start:end] for start, end in find_datelines(text)]
    ['OSLO - ']
    ['OSLO: ']
    []
    """
    found = list(_DATELINE.finditer(text))
    if len(found) != 1:
        return []
    [line] = found
    # A name in small letters is a place only where a day or an agency stands behind it.
    is_sure = line[1].isupper() or line[2] or line[3]
    is_other = any(each.start < line.end(1) and line.start() < each.end for each in others)
    # "BOLT: a loss", and the text goes on with Bolt: that is whom a line is of.
    is_head = line[4] and not line[2] and line[1].lower() in text[line.end() :].lower()
    return [] if not is_sure or is_other or is_head else [line.span()]
