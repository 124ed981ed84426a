"""Companies, organizations and people of FollowTheMoney as things, with what identifies them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.formats.ftm.schemata import CLASSES, ENDS, SCHEMATA
from kg.formats.named import plain_name
from kg.identity import Identifier, fault_of

if TYPE_CHECKING:
    from collections import Counter

    from kg.formats.batch import Node
    from kg.formats.ftm.entities import PublishedEntity
    from kg.formats.ftm.known import EntityBook

_NAMES: Final = ("name", "alias")
_WEAK: Final = ("weakAlias", "previousName", "abbreviation")
_COUNTRIES: Final = (
    "country", "jurisdiction", "mainCountry", "nationality", "citizenship", "birthCountry",
)  # fmt: skip
_CODES: Final = ("leiCode", "isinCode", "ticker", "wikidataId")
_SCHEMES: Final = {
    "leiCode": "LEI", "isinCode": "ISIN", "isin": "ISIN", "ticker": "ticker",
    "wikidataId": "Wikidata item",
}  # fmt: skip
"""The schemes of identifiers by the properties that have them."""

_ITEM: Final = "wikidata:"
_READ: Final = frozenset({*_NAMES, *_WEAK, *_COUNTRIES, *_CODES, "topics"})
_LEGAL_FORMS: Final = ("leiCode", "legalForm", "incorporationDate", "dissolutionDate")


def kind_of(entity: PublishedEntity) -> str:
    """Return our class of an entity, or "" where it has none.

    A legal entity may be a person: it is an organization where it has what only these have.
    """
    if not names_of(entity):
        return ""
    if entity.schema == "LegalEntity" and entity.all_of(*_LEGAL_FORMS):
        return "Organization"
    return CLASSES.get(entity.schema, "")


def is_over(entity: PublishedEntity) -> bool:
    """Tell whether an entity is somebody who died, or was dissolved."""
    return bool(entity.all_of("deathDate", "dissolutionDate"))


def names_of(entity: PublishedEntity) -> list[str]:
    """Return the names of an entity, its caption first where that is one of them."""
    names = [name for one in entity.all_of(*_NAMES) if (name := plain_name(one))]
    caption = plain_name(entity.caption or "")
    if caption in names:
        names.insert(0, caption)
    return list(dict.fromkeys(names))


def why_not(entity: PublishedEntity) -> str:
    """Return the reason why an entity is no thing here, in the words that a person reads."""
    if not entity.schema:
        return "entities that are merged of schemata which exclude each other"
    if entity.schema not in SCHEMATA:
        return "entities of schemata that FollowTheMoney does not have"
    if entity.schema == "LegalEntity" and names_of(entity):
        return "legal entities that may be people or organizations"
    if entity.schema in (*CLASSES, "LegalEntity"):
        return "entities without a name"
    if entity.schema in ENDS:
        return f"links of the schema {entity.schema}"
    return f"entities of the schema {entity.schema}, which is not read"


def thing_node(entity: PublishedEntity, slug: str, kind: str, left_out: Counter[str]) -> Node:
    """Return an entity as a thing, and count what of it says nothing here."""
    name, *aliases = names_of(entity)
    left_out["weak, former and short names"] += len(entity.all_of(*_WEAK))
    left_out["topics"] += len(entity.all_of("topics"))
    left_out["countries of companies and people"] += len(entity.all_of(*_COUNTRIES))
    left_out["values of other properties of companies and people"] += entity.nested + sum(
        len(values) for key, values in entity.values.items() if key not in _READ
    )
    node: Node = {"id": slug, "type": kind, "label": name}
    if aliases:
        # Nobody says in which language a name is.
        node["skos:altLabel"] = [{"@value": one} for one in aliases]
    if item := _one(entity, "wikidataId", left_out):
        node["matches"] = item
    if kind == "Person":
        left_out["identifiers of people"] += len(entity.all_of("leiCode", "isinCode", "ticker"))
        return node
    codes = {
        "lei": _one(entity, "leiCode", left_out),
        "isin": _valid(entity, "isinCode", left_out),
        "ticker": _valid(entity, "ticker", left_out),
    }
    return node | {key: one for key, one in codes.items() if one}


def share_node(entity: PublishedEntity, book: EntityBook, left_out: Counter[str]) -> Node | None:
    """Return the issuer of a security with its ISIN, or None where it is of no organization that is here."""
    isins = _valid(entity, "isin", left_out)
    issuers = [book.find(one) for one in entity.all_of("issuer")]
    if len(issuers) == 1 and isins and (issuer := issuers[0]) and issuer.kind not in ("", "Person"):
        return {"id": issuer.slug, "isin": isins}
    left_out["securities without an ISIN, or of no issuer that is read"] += 1
    return None


def _one(entity: PublishedEntity, name: str, left_out: Counter[str]) -> str | None:
    """Return an identifier that an entity can have one of: which of several is its own, nobody knows."""
    valid = _valid(entity, name, left_out)
    if len(valid) > 1:
        left_out[f"values of {name} that are several for one entity"] += len(valid)
    return valid[0] if len(valid) == 1 else None


def _valid(entity: PublishedEntity, name: str, left_out: Counter[str]) -> list[str]:
    """Return the identifiers of a property that can be ones, by form and check digits, and count the others."""
    scheme = _SCHEMES[name]
    given = ["".join(one.split()).upper() for one in entity.all_of(name)]
    named = [f"{_ITEM}{one}" if scheme == "Wikidata item" else one for one in given]
    valid = [one for one in named if fault_of(Identifier(scheme, one)) is None]
    if less := len(given) - len(valid):
        left_out[f"values of {name} that can be none, by form or check digits"] += less
    return list(dict.fromkeys(valid))
