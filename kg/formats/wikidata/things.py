"""Entities of Wikidata as things: companies, other organizations, people and places, with names and identifiers."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kg.formats.named import plain_name
from kg.formats.wikidata.claims import best, claims, items, qualifying, texts
from kg.identity import Identifier, fault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.formats.batch import Node

EARTH: Final = "http://www.wikidata.org/entity/Q2"

# What an item is an instance of. Wikidata has tens of thousands of classes; whoever needs one more adds it here.
_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "Person": ("Q5",),
    "Country": ("Q6256", "Q3624078"),
    "City": (
        "Q515", "Q1549591", "Q1637706", "Q5119", "Q200250", "Q3957", "Q1093829", "Q174844", "Q747074",
        "Q484170", "Q262166",
    ),
    "Region": ("Q35657", "Q107390", "Q10864048", "Q82794", "Q3455524", "Q12443800", "Q1221156"),
    "Place": ("Q5107",),
    "Company": (
        "Q783794", "Q4830453", "Q6881511", "Q891723", "Q18388277", "Q786820", "Q219577", "Q161726", "Q658255",
        "Q167037", "Q1058914", "Q46970", "Q22687", "Q507619", "Q270791", "Q778575", "Q1480166",
    ),
    "Organization": ("Q43229", "Q163740", "Q327333", "Q484652", "Q3918", "Q11032", "Q192283", "Q31855"),
}  # fmt: skip
# Shares that are traded, or an industry; a LEI, a legal form, a chief executive, a chair, a head office, a parent.
_OF_COMPANIES: Final = ("P946", "P414", "P452")
_OF_ORGANIZATIONS: Final = ("P1278", "P1454", "P169", "P488", "P159", "P749", "P355")
_OF: Final = {item: kind for kind, all_of in _CLASSES.items() for item in all_of}
PLACES: Final = frozenset({"Country", "City", "Region", "Place"})
ORGANIZATIONS: Final = frozenset({"Company", "Organization"})

# The exchanges that most shares are at, by their codes of ISO 10383; of others the file has to say the code.
_EXCHANGES: Final = {
    "Q13677": "XNYS", "Q82059": "XNAS", "Q171240": "XLON", "Q217475": "XTKS", "Q496672": "XHKG",
    "Q739514": "XSHG", "Q517750": "XSHE",
}  # fmt: skip

_FOR_ENGLISH: Final = ("en", "mul", "en-gb", "en-ca", "en-us")
_TAG: Final = re.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_TICKER: Final = re.compile("[0-9A-Z]{4}:[0-9A-Z.-]{1,12}")


def kind_of(entity: Mapping[str, Any]) -> str | None:
    """Return the class of ours that an item is of, or None.

    >>> listed = {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": "US0378331005"}}}
    >>> kind_of({"claims": {"P946": [listed]}}), kind_of({})
    ('Company', None)
    """
    kinds = {_OF[item] for item in items(entity, "P31") if item in _OF}
    found = next((kind for kind in _CLASSES if kind in kinds), None)
    if found in (None, "Organization"):
        has = partial(_has_any, entity)
        return "Company" if has(_OF_COMPANIES) else found or _by_properties(has)
    return found


def _by_properties(has: Callable[[Iterable[str]], bool]) -> str | None:
    """Return what an item is of whose class nothing is known here, by what only some things have."""
    if has(_OF_ORGANIZATIONS):
        return "Organization"
    # Only places have both a population and a country.
    return "Place" if has(["P1082"]) and has(["P17"]) else None


def _has_any(entity: Mapping[str, Any], properties: Iterable[str]) -> bool:
    return any(claims(entity, one) for one in properties)


def thing_id(item: str) -> str:
    """Return what an item is called here where nobody knows it yet.

    >>> thing_id("Q42")
    'wikidata-q42'
    """
    return f"wikidata-{item.lower()}"


def describe(
    entity: Mapping[str, Any], kind: str, within: str | None, codes: Mapping[str, str]
) -> tuple[Node, Counter[str]]:
    """Return an item as a thing, and what is left out of it.

    Args:
        entity: the item.
        kind: the class of ours that it is of.
        within: the id of the place that a place lies in.
        codes: the codes of exchanges by their items, beside those that are known here.
    """
    item = entity["id"]
    left_out: Counter[str] = Counter()
    node: Node = {"id": thing_id(item), "type": kind, "matches": f"wikidata:{item}"}
    node |= _names(entity, item, left_out)
    if kind in ORGANIZATIONS:
        node |= _identifiers(entity, codes, left_out)
    elif kind in PLACES:
        node |= {"located_in": within or "world", "gazetteer": f"wikidata:{item}"}
        node |= _coordinates(entity, left_out)
    return node, left_out


def name_of(entity: Mapping[str, Any]) -> str:
    """Return what an item is called in English, or as nearly so as it has a name; its id where it has none.

    A name that is the same in all languages is given once, as `mul`, and no longer in English.

    >>> name_of({"id": "Q1", "labels": {"mul": {"language": "mul", "value": "Acme"}}}), name_of({"id": "Q1"})
    ('Acme', 'Q1')
    """
    labels = dict(_labels(entity))
    order = [*_FOR_ENGLISH, *sorted(labels)]
    return next((labels[code] for code in order if code in labels), str(entity["id"]))


def _names(entity: Mapping[str, Any], item: str, left_out: Counter[str]) -> Node:
    name = name_of(entity)
    if name == item:
        left_out["names: it has none, and is called by its number"] += 1
    labels = {code: label for code, label in _labels(entity) if code not in _FOR_ENGLISH}
    aliases = {
        (code, alias) for code, alias in _aliases(entity) if alias not in (name, labels.get(code))
    }
    english = {alias for code, alias in aliases if code in _FOR_ENGLISH}
    # That of an English of its own is another name where it is another.
    english |= {label for code, label in _labels(entity) if code in _FOR_ENGLISH and label != name}
    others = sorted((code, alias) for code, alias in aliases if code not in _FOR_ENGLISH)
    return {
        "label": name,
        "alias": sorted(english) or None,
        "rdfs:label": [_said(code, label) for code, label in sorted(labels.items())] or None,
        "skos:altLabel": [_said(code, alias) for code, alias in others] or None,
    }


def _said(code: str, text: str) -> Node:
    return {"@value": text, "@language": code}


def _labels(entity: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = entity.get("labels")
    yield from _plain(labels.values() if isinstance(labels, dict) else ())


def _aliases(entity: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    aliases = entity.get("aliases")
    for some in aliases.values() if isinstance(aliases, dict) else ():
        yield from _plain(some if isinstance(some, list) else ())


def _plain(names: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield names by language without what cannot be seen: marks of direction stand in many."""
    for one in names:
        code, value = (
            (one.get("language"), one.get("value")) if isinstance(one, dict) else (None, None)
        )
        if not isinstance(code, str) or not isinstance(value, str) or not _TAG.fullmatch(code):
            continue
        if name := plain_name(value):
            yield code.lower(), name


def _identifiers(
    entity: Mapping[str, Any], codes: Mapping[str, str], left_out: Counter[str]
) -> Node:
    leis = _right("LEI", texts(entity, "P1278"), left_out)
    isins = _right("ISIN", texts(entity, "P946"), left_out)
    if leis[1:]:
        left_out["LEIs of which it has several"] += len(leis)
    tickers = sorted(set(_tickers(entity, {**_EXCHANGES, **codes}, left_out)))
    return {
        "lei": None if leis[1:] else next(iter(leis), None),
        "isin": isins or None,
        "ticker": tickers or None,
    }


def _right(scheme: str, values: Iterable[str], left_out: Counter[str]) -> list[str]:
    """Return identifiers whose form and check digits are right."""
    codes = {Identifier(scheme, value) for value in values}
    right = {one for one in codes if fault_of(one) is None}
    if wrong := len(codes - right):
        left_out[f"identifiers that are called {scheme} and are none"] += wrong
    return sorted(one.value for one in right)


def _tickers(
    entity: Mapping[str, Any], codes: Mapping[str, str], left_out: Counter[str]
) -> Iterator[str]:
    for claim in best(entity, "P414"):
        item = claim.value.get("id") if isinstance(claim.value, dict) else None
        if any(True for _ in qualifying(claim, "P582")):
            left_out["tickers at an exchange where it is listed no longer"] += 1
            continue
        for ticker in qualifying(claim, "P249"):
            whole = f"{codes.get(str(item), '')}:{str(ticker).strip().upper()}"
            if _TICKER.fullmatch(whole):
                yield whole
            else:
                left_out["tickers at an exchange whose code is not known"] += 1


def exchange_code(entity: Mapping[str, Any]) -> str | None:
    """Return the code of an exchange by ISO 10383, where an item is one."""
    return next((one for one in texts(entity, "P7534") if re.fullmatch("[0-9A-Z]{4}", one)), None)


def _coordinates(entity: Mapping[str, Any], left_out: Counter[str]) -> Node:
    found = [one.value for one in best(entity, "P625") if isinstance(one.value, dict)]
    on_earth = [one for one in found if one.get("globe") == EARTH]
    places = {
        (_degrees(one.get("latitude"), 90), _degrees(one.get("longitude"), 180)) for one in on_earth
    }
    if len(places) != 1 or None in next(iter(places)):
        if found:
            left_out["coordinates of which there are several, or none on Earth"] += 1
        return {}
    latitude, longitude = next(iter(places))
    return {"latitude": latitude, "longitude": longitude}


def _degrees(value: Any, most: int) -> str | None:
    try:
        text = format(value, "f") if not isinstance(value, str) else value
        return (
            text
            if abs(float(text)) <= most and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text)
            else None
        )
    except (TypeError, ValueError):
        return None
