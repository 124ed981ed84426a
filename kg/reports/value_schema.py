"""What may stand behind a key, as JSON Schema: as strict as what reads it, and no stricter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.reports.shape_logic import Schema, in_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.reports.source_keys import SourceKey
    from kg.reports.source_names import KnownName

SCALAR: Final = ["string", "number"]
"""What an editor may take a word for that the reader leaves as it is: 2030 is text as well.

Of `true` and `null` the same holds, but whoever means these as names does well to quote them.
"""

# As the reader bounds a name: one word, and none that JSON-LD keeps for itself.
NAME: Final[Schema] = {
    "type": SCALAR,
    "pattern": r'^(?!@)[^\s<>"{}|\\^`]+$',
    "patternErrorMessage": "A name is one word, without spaces, quotes or brackets.",
}

_DESCRIBED: Final[Schema] = {"type": "object"}

# Whoever reads numbers and days decides how they may be written; without a digit there is none.
_WITH_DIGIT: Final = "[0-9]"

_DATATYPES: Final[dict[str, Schema]] = {
    "xsd:decimal": {
        "type": ["number", "string"],
        "pattern": _WITH_DIGIT,
        "patternErrorMessage": "A number has digits, such as 15000000000 or 10.3.",
    },
    "xsd:date": {
        "type": ["string", "number"],
        "pattern": _WITH_DIGIT,
        "patternErrorMessage": "A day has digits: write it as 2030-12-31.",
    },
    "xsd:nonNegativeInteger": {
        "type": ["integer", "string"],
        "minimum": 0,
        "pattern": "^[+]?[0-9]+$",
        "patternErrorMessage": "A count is a whole number.",
    },
    "xsd:anyURI": {
        "type": "string",
        "minLength": 1,
        "patternErrorMessage": "An address begins with http:// or https://.",
    },
    "xsd:hexBinary": {
        "type": SCALAR,
        "minLength": 1,
        "patternErrorMessage": "A digest has 64 hexadecimal digits.",
    },
    "xsd:boolean": {
        "type": ["boolean", "integer", "string"],
        "minimum": 0,
        "maximum": 1,
        "pattern": "^(true|false|1|0)$",
        "patternErrorMessage": "Write true or false.",
    },
}


def value_schema(key: SourceKey, things: Iterable[str]) -> Schema:
    """Return the JSON Schema of what stands behind a key that describes no part of its node.

    `things` are the names of the definitions in which the things are that it may name.

    >>> from kg.reports.source_keys import SourceKey
    >>> value_schema(SourceKey("title", None, "The headline."), ())["anyOf"][0]["type"]
    ['string', 'number']
    """
    if key.terms:
        return one_or_list(key, [terms_schema(key.terms), in_full(one.name for one in key.terms)])
    if key.takes != "@id":
        return one_or_list(key, [_text(key)])
    offered = [{"$ref": f"#/definitions/{name}"} for name in things]
    # Offered, and no more: what is not known may be described beside it, or in another file.
    return one_or_list(key, [{"allOf": [NAME, *offered]} if offered else NAME, _DESCRIBED])


def one_or_list(key: SourceKey, ones: Sequence[Schema]) -> Schema:
    """Return the JSON Schema of a key whose values have one of some forms, alone or in a list.

    >>> from kg.reports.source_keys import SourceKey
    >>> one_or_list(SourceKey("title", None, "The headline."), [{"type": "string"}])["anyOf"][1]["items"]
    {'type': 'string'}
    """
    # An editor calls what it tells by the first title that fits, and mixes up forms without one.
    titles = [key.name, *(f"{key.name}, in another form" for _ in ones[1:])]
    titled = [{"title": title, **form} for title, form in zip(titles, ones, strict=True)]
    listed = {
        "title": f"{key.name}, a list",
        "type": "array",
        "minItems": 1,
        **({"maxItems": 1} if key.single else {}),
        "items": _guarded({"anyOf": list(ones)} if len(ones) > 1 else ones[0]),
    }
    return _guarded({"description": describe(key), "anyOf": [*titled, listed]})


def _guarded(schema: Schema) -> Schema:
    """Return a schema that looks into what is described right there, if it takes such.

    Among alternatives an editor would tell of the wrong one.
    """
    is_described = {"if": {"type": "object"}, "then": {"$ref": "#/definitions/described"}}
    return schema | (is_described if _DESCRIBED["type"] in _types(schema) else {})


def _types(schema: Schema) -> set[str]:
    return {str(one.get("type")) for one in schema.get("anyOf", ())}


def describe(key: SourceKey) -> str:
    r"""Return what an editor tells of a key: what it means, what it takes, an example.

    >>> from kg.reports.source_keys import SourceKey
    >>> describe(SourceKey("due", "xsd:date", "The last day.", example="2030-12-31"))
    'The last day.\n\nFor example: 2030-12-31'
    """
    such = f"For example: {key.example}" if key.example else ""
    return "\n\n".join(filter(None, (key.meaning, key.rule, such)))


def terms_schema(terms: Sequence[KnownName]) -> Schema:
    """Return the JSON Schema of one of some terms, each with what it means.

    >>> from kg.reports.source_names import KnownName
    >>> terms_schema([KnownName("low", "Hardly.")])["enumDescriptions"]
    ['Hardly.']
    """
    return {
        "enum": [term.name for term in terms],
        "enumDescriptions": [term.meaning for term in terms],
    }


def _text(key: SourceKey) -> Schema:
    plain = {"type": SCALAR, "minLength": 1, "patternErrorMessage": key.rule}
    schema = dict(_DATATYPES.get(key.takes or "", plain))
    if key.pattern and "pattern" not in schema:
        schema["pattern"] = key.pattern
    if "pattern" not in schema:
        schema.pop("patternErrorMessage", None)
    for word, bound in (("minimum", key.least), ("maximum", key.most)):
        if bound is not None:
            schema[word] = float(bound)
    return schema
