"""Records by field: the values of one field stand together, and what recurs in it once.

Half of what a page holds are the names of fields, and of what is left much comes again and again: a
type, a status, the places of a state. `assets/fields.js` makes records of it, which share what recurs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

RECURS = 2
"""How many times a value has to occur on average for a field to name each but once."""


def by_field(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return records by field; what a record lacks, is empty.

    Each field has what `is` in it, for all records or, with `gaps`, for some: how far each of them is
    from the one before. With `of`, these are numbers of what stands there. The fields of a mapping are
    fields of their own, named by both.

    >>> made = by_field([{"x": 1, "type": "company"}, {"x": 2}, {"x": 3, "picks": {"place": [7]}}])
    >>> made["count"], made["fields"]["x"], made["fields"]["picks.place"]
    (3, {'is': [1, 2, 3]}, {'is': [[7]], 'gaps': [3]})
    >>> by_field([{"type": "target"}] * 4)["fields"]["type"]
    {'of': ['target'], 'is': [0, 0, 0, 0]}
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    values: defaultdict[str, list[Any]] = defaultdict(list)
    # What is empty is left out: the page knows what it would be.
    for at, record in enumerate(records):
        for name, value in record.items():
            if isinstance(value, dict):
                for part, each in value.items():
                    places[f"{name}.{part}"].append(at)
                    values[f"{name}.{part}"].append(each)
            elif value or (value == 0 and value is not False):
                places[name].append(at)
                values[name].append(value)
    return {
        "count": len(records),
        "fields": {
            name: _shared(found) | _gaps(places[name], len(records))
            for name, found in values.items()
        },
    }


def _gaps(places: Sequence[int], count: int) -> dict[str, list[int]]:
    if len(places) == count:
        return {}
    return {"gaps": [at - before for before, at in zip((-1, *places), places, strict=False)]}


def _shared(values: list[Any]) -> dict[str, list[Any]]:
    if not isinstance(values[0], str | list | tuple):
        return {"is": values}
    numbers: dict[str, int] = {}
    distinct: list[Any] = []
    shared = []
    for value in values:
        key = value if isinstance(value, str) else repr(value)
        if key not in numbers:
            numbers[key] = len(numbers)
            distinct.append(value)
            if len(numbers) * RECURS > len(values):
                return {"is": values}
        shared.append(numbers[key])
    return {"of": distinct, "is": shared}
