"""The names of companies: what of them tells one company from another."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from kg.base import MissingExtraError, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST: Final = 4
"""How many Latin letters another name of a company needs to tell whose it is: BOC is a bank, and makes gases."""

# What elsewhere is a legal form says here where the company is: `Copart UK Ltd` is not `Copart`.
_PLACES: Final = frozenset({"ae", "at", "ca", "ec", "ee", "et", "eu", "gp", "nl", "pt", "uk"})
# Forms that cleanco does not know, of Japan, China and Korea; they stand before a name or after it.
_OTHER_FORMS: Final = "株式会社|\\(株\\)|有限会社|股份有限公司|有限公司|주식회사|\\(주\\)"
_AT_ENDS: Final = re.compile(f"^ ?(?:{_OTHER_FORMS}) ?| ?(?:{_OTHER_FORMS})$")
_EXTRA: Final = "a table of companies", "cleanco", "tables"


@lru_cache(maxsize=1 << 16)
def bare(name: str) -> str:
    r"""Return a name without legal form, case, punctuation and an identifier in brackets.

    >>> bare("Ford Motor Company (6452)"), bare("BlueOval SK"), bare("SCA"), bare("Inc.")
    ('ford motor', 'blueoval sk', 'sca', 'inc')
    >>> bare("SK On Co., Ltd."), bare("Volvo Cars AB (publ)"), bare("\uff33\uff2b On Inc\u200b.")
    ('sk on', 'volvo cars', 'sk on')
    >>> bare("\u682a\u5f0f\u4f1a\u793eKDDI"), bare("KDDI\u3231")
    ('kddi', 'kddi')
    """
    whole = short = _folded(name)
    # Of `Co., Ltd.` one goes at a time. Some names are nothing but what elsewhere is a legal form: they stay.
    while (shorter := _without_form(short)) not in ("", short):
        short = shorter
    return _words(short) or _words(whole) or name


def _folded(name: str) -> str:
    whole = re.sub(r" \((?:\d{1,20}|publ)\)$", "", fold(name))
    return (
        whole if whole.isascii() else _AT_ENDS.sub("", unicodedata.normalize("NFC", whole))
    ) or whole


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", name))


def _without_form(name: str) -> str:
    clean, terms = _forms()
    # All words of a form are in the name, or it is not there: so few forms need be looked for.
    words = dict.fromkeys(clean.strip_punct(part) for part in clean.normalized(name).split())
    near = sorted(term for word in words for term in terms.get(word, ()))
    return str(clean.custom_basename(name, [term for _, term in near])) if near else name


@cache
def _forms() -> tuple[Any, dict[str, list[tuple[int, Any]]]]:
    """Return what takes legal forms off, and the forms by their last words, in the order of cleanco."""
    try:
        from cleanco import clean  # an extra
    except ImportError:
        raise MissingExtraError(*_EXTRA) from None
    terms: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    for at, (length, words) in enumerate(clean.prepare_default_terms()):
        if _PLACES.isdisjoint(words):
            terms[words[-1]].append((at, (length, words)))
    return clean, dict(terms)


@lru_cache(maxsize=1 << 12)
def _countries(name: str) -> frozenset[str]:
    """Return the countries that have the legal form in a name; none where it has no form."""
    try:
        from cleanco import countrysources, matches  # an extra
    except ImportError:
        raise MissingExtraError(*_EXTRA) from None
    return frozenset(matches(_folded(name), countrysources()))


def formed_apart(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether names that are bare the same have legal forms of different countries.

    >>> formed_apart({"Merck & Co"}, {"Merck KGaA"}), formed_apart({"Merck"}, {"Merck KGaA"})
    (True, False)
    """
    names = frozenset(one), frozenset(other)
    if names[0] & names[1]:
        return False
    here, there = (frozenset[str]().union(*map(_countries, each)) for each in names)
    return bool(here and there and here.isdisjoint(there))


def is_telling(alias: str, labels: Iterable[str] = ()) -> bool:
    """Tell whether another name of a company says whose it is.

    An abbreviation does not, and neither does one word of a longer name, which others begin with, too.

    >>> is_telling("Hon Hai"), is_telling("BOC"), is_telling("\u5c0f\u7c73")
    (True, False, True)
    >>> is_telling("Dixon", ["Dixon Technologies"]), is_telling("Facebook", ["Meta Platforms"])
    (False, True)
    """
    name = bare(alias)
    longer = (bare(label).split() for label in labels)
    if any(name in words and len(words) > 1 for words in longer):
        return False
    return len(name) >= SHORTEST or not name.isascii()


def comparable(one: Iterable[str], other: Iterable[str]) -> bool:
    """Tell whether some names of two companies are in one script, so that their difference says something.

    >>> comparable({"Toyota"}, {"\u30c8\u30e8\u30bf"}), comparable({"Toyota"}, {"Honda", "\u672c\u7530"})
    (False, True)
    """
    return not _scripts(one).isdisjoint(_scripts(other))


def _scripts(names: Iterable[str]) -> set[str]:
    letters = {letter for name in names for letter in name if letter.isalpha()}
    return {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
