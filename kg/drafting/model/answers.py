"""What a model answers, read strictly: the words that it names, and what it says of them.

LangExtract leaves out what it cannot read with a line in a log, and has JSON make floats of numbers. So an answer is
read here first, and what LangExtract gets is always whole: numbers are texts, as the model wrote them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.base import json_too_deep

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_ITEMS: Final = 200
"""How many things a model may say of one part of a text."""

_MOST_CHARACTERS: Final = 2_000
_FENCE: Final = "```"
_SEPARATOR: Final = "\u241f"  # which LangExtract joins words by


class AnswerError(ValueError):
    """An answer, or an item of one, that is not what was asked for; its text is a clause about it."""


def read_answer(text: str, classes: Collection[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the items of an answer as LangExtract takes them, and what is wrong with those left out.

    An item is the words under the name of a class, and under `CLASS_attributes` what is said of them.

    Raises:
        AnswerError: it is no such answer at all.

    >>> read_answer('{"extractions": [{"Target": "20 shops", "Target_attributes": {"value": 1.50}}]}', ["Target"])
    ([{'Target': '20 shops', 'Target_attributes': {'value': '1.50'}}], [])
    >>> read_answer('{"extractions": [{"Hope": "20 shops"}]}', ["Target"])
    ([], ['an item of its answer is none that was asked for'])
    """
    found = _loaded(text)
    items = found.get("extractions") if isinstance(found, dict) else found
    if not isinstance(items, list):
        raise AnswerError("its answer has no list of extractions")
    good, bad = [], []
    for item in items[:MOST_ITEMS]:
        try:
            good.append(_item(item, classes))
        except AnswerError as error:
            bad.append(str(error))
    # One for each of a million would be no help.
    if len(items) > MOST_ITEMS:
        bad.append(f"its answer has more than {MOST_ITEMS} items, and the rest was not read")
    return good, bad


def _loaded(text: str) -> Any:
    """Return what JSON says, whatever thoughts or fences stand around it."""
    body = text.strip()
    if body.startswith("<think>"):
        body = body.partition("</think>")[2].strip()
    if body.startswith(_FENCE):
        body = body.partition("\n")[2].removesuffix(_FENCE)
    if not body:
        raise AnswerError("its answer is empty")
    if json_too_deep(body.encode(errors="replace")):
        raise AnswerError("its answer nests too deeply")
    try:
        return json.loads(
            body, parse_float=str, parse_int=str, parse_constant=_refuse, object_pairs_hook=_once
        )
    except AnswerError:
        raise
    except ValueError:
        raise AnswerError("its answer is no JSON, or half of it") from None


def _refuse(name: str) -> Any:
    raise AnswerError(f"its answer has {name} for a number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys come once: of two values nobody could say which is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise AnswerError("its answer gives a key twice")
    return found


def _item(item: Any, classes: Collection[str]) -> dict[str, Any]:
    names = [name for name in classes if isinstance(item, dict) and name in item]
    if len(names) != 1:
        raise AnswerError("an item of its answer is none that was asked for")
    (name,) = names
    words, said = item[name], item.get(f"{name}_attributes") or {}
    if not _is_text(words) or _SEPARATOR in words or not isinstance(said, dict):
        raise AnswerError("an item of its answer has no words")
    return {name: words, f"{name}_attributes": _attributes(said)}


def _attributes(said: dict[str, Any]) -> dict[str, str | list[str]]:
    values = {key: value for key, value in said.items() if value not in (None, "", [])}
    for value in values.values():
        each = value if isinstance(value, list) else [value]
        if len(each) > MOST_ITEMS or not all(map(_is_text, each)):
            raise AnswerError("an item of its answer has a value that is no text")
    return values


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= _MOST_CHARACTERS
