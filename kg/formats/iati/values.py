"""The values of IATI files: texts, days and numbers, each as it can be read in one way, or refused with the reason."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from kg.drafting import slug_of
from kg.formats.cells import LAST_YEAR, stands_for_none
from kg.formats.named import plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.formats.batch import Node

LONGEST_LABEL: Final = 120
"""How many characters a label has at most: titles of results can be paragraphs."""

LONGEST_TEXT: Final = 2_000
"""How many characters a definition has at most."""

FIRST_YEAR: Final = 1950
"""Earlier years stand for no year: there was no development aid of which anybody reports."""

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_DAY: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T00:00(?::00(?:\.0{1,9})?)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]{1,24})?(?:Z|[+-][0-9:]{2,5})?"
)
_PLAIN: Final = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,9}(?:\.[0-9]{0,30})?")
_LETTER: Final = re.compile(r"[^\W\d_]")


class UnclearError(Exception):
    """A value that cannot be read in one way; its text is the reason, as it is counted."""


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many characters, which ends with a word where it is cut.

    >>> cut("Roads built", 20), cut("Roads built or mended", 20)
    ('Roads built', 'Roads built or…')
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.") + "…"


def text_of(parent: Any, language: str) -> tuple[str, str]:
    """Return what the narratives of an element say, and in which language: English, where it is among them.

    Args:
        parent: the element; None has no text.
        language: that of the activity, where a narrative names none.
    """
    told = list(_narratives(parent, language))
    return next(
        (one for one in told if one[1].startswith("en")), told[0] if told else ("", language)
    )


def _narratives(parent: Any, language: str) -> Iterator[tuple[str, str]]:
    if parent is None:
        return
    own = parent.get(_LANGUAGE, language)
    for narrative in parent.iterfind("narrative"):
        text, tag = plain_name("".join(narrative.itertext())), narrative.get(_LANGUAGE, own)
        if text:
            yield text, tag.lower() if _TAG.fullmatch(tag) else "en"


def language_of(activity: Any) -> str:
    """Return the language of an activity's texts; it is English where none is given, or nothing that is a language."""
    tag = activity.get(_LANGUAGE, "en")
    return tag.lower() if _TAG.fullmatch(tag) else "en"


def read_day(text: str | None) -> date:
    """Return a day, as it is written: a time zone moves none.

    >>> read_day("2024-03-07Z"), read_day("2024-03-07T00:00:00+01:00")
    (datetime.date(2024, 3, 7), datetime.date(2024, 3, 7))

    Raises:
        UnclearError: there is none, or it is none, or stands for none.
    """
    found = _DAY.fullmatch((text or "").strip())
    if found is None:
        raise UnclearError("days that are missing" if not text else "days that are none")
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        raise UnclearError("days that are none") from None
    if day.year < FIRST_YEAR:
        raise UnclearError(f"days before {FIRST_YEAR}, which stand for none")
    if stands_for_none(day):
        raise UnclearError(f"days after {LAST_YEAR}, which stand for none")
    return day


def read_moment(text: str | None) -> date | None:
    """Return the day of a moment, or None where there is none.

    >>> read_moment("2025-10-09T22:23:57.5230000"), read_moment("yesterday")
    (datetime.date(2025, 10, 9), None)
    """
    found = _MOMENT.fullmatch((text or "").strip())
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return None if day is None or stands_for_none(day) else day


def read_number(text: str, *, percent: bool = False, grouped: bool = False) -> str:
    """Return a number as digits with a point.

    Args:
        text: what stands there.
        percent: whether it counts per cent, so that it may say so.
        grouped: whether this publisher sets commas between thousands.

    >>> read_number("36%", percent=True), read_number("26,422.00", grouped=True)
    ('36', '26422.00')

    Raises:
        UnclearError: it can be read in no way, or in two.
    """
    number = text.strip()
    if percent:
        number = number.removesuffix("%").rstrip()
    if grouped and _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    if _PLAIN.fullmatch(number):
        return f"{Decimal(number):f}"
    if not number:
        raise UnclearError("figures without a number")
    if _LETTER.search(number):
        raise UnclearError("figures that are words")
    if "%" in number:
        raise UnclearError("figures in per cent of what is not measured in per cent")
    raise UnclearError("figures whose digits can be read in two ways, or in none")


def read_truth(text: str | None) -> bool | None:
    """Return what a truth value says, in words or digits; None where there is none.

    >>> read_truth("true"), read_truth("0"), read_truth("Yes")
    (True, False, None)
    """
    return {"1": True, "true": True, "0": False, "false": False}.get((text or "").strip())


def named(name: str, language: str) -> Node:
    """Return a name as the label of a thing; one in another language stands for the English one as well.

    >>> named("Roads", "en"), named("Caminos", "es")["rdfs:label"]
    ({'label': 'Roads'}, {'@value': 'Caminos', '@language': 'es'})
    """
    label = cut(name, LONGEST_LABEL)
    if language.startswith("en"):
        return {"label": label}
    return {"label": label, "rdfs:label": {"@value": label, "@language": language}}


def exact_slug(text: str) -> str:
    """Return a text as a slug that no other text has: what a slug cannot keep a digest tells.

    >>> exact_slug("XM-DAC-46008"), exact_slug("SV/1") == exact_slug("SV-1")
    ('xm-dac-46008', False)
    """
    slug = slug_of(text)
    if slug == text.lower():
        return slug
    digest = sha256(text.encode()).hexdigest()[:8]
    return f"{slug}-{digest}" if slug else digest
