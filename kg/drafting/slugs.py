"""Slugs: the local names of a source and of new things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.base import fold

if TYPE_CHECKING:
    from kg.drafting.papers.documents import Paper

_OTHER: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 60
_LONGEST_IN_BYTES: Final = 180
"""What a file may be called is counted in bytes, of which a letter may have four: 255, with day and ending."""

_PRECISE: Final = {"year": 4, "month": 7}


def slug_of(name: str) -> str:
    """Return a name as a slug: letters and figures, in small, joined by hyphens; "" where it has none.

    >>> slug_of("L\u2019Or\u00e9al S.A."), slug_of("The Hindu"), slug_of("\u5c0f\u7c73"), slug_of("!")
    ('loreal-s-a', 'the-hindu', '小米', '')
    """
    whole = _OTHER.sub("-", fold(name).replace("'", "")).strip("-")
    longest = min(_LONGEST, len(whole.encode()[:_LONGEST_IN_BYTES].decode(errors="ignore")))
    if len(whole) <= longest:
        return whole
    return whole[: longest + 1].rpartition("-")[0] or whole[:longest]


def source_slug(paper: Paper, publisher: str | None) -> str:
    """Return the slug of a source, `PUBLISHER-DAY`; what is not known of the day is not in it.

    >>> from datetime import date
    >>> from kg.drafting.papers.documents import Paper
    >>> source_slug(Paper("Acme.", published=date(2020, 1, 31)), "gazette")
    'gazette-2020-01-31'
    >>> source_slug(Paper("Acme.", published=date(2020, 12, 31), published_precision=("year",)), "gazette")
    'gazette-2020'
    """
    by = publisher or slug_of(paper.title or "") or "article"
    kept = [length for word, length in _PRECISE.items() if word in paper.published_precision]
    day = paper.published.isoformat()[: min(kept, default=10)] if paper.published else "undated"
    return f"{by}-{day}"
