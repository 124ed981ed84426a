"""What FollowTheMoney itself makes of a file of ours; run by a Python that has it, and by no test in its own process.

python ftm_reader.py entities FILE     as JSON: what is wrong, and how many entities there are by schema
python ftm_reader.py statements FILE   as JSON: what is wrong, and how many statements there are
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followthemoney import Statement, ValueEntity
from followthemoney.dataset import Dataset
from followthemoney.exc import InvalidData
from followthemoney.statement.serialize import read_csv_statements
from rigour.time import iso_datetime

if TYPE_CHECKING:
    from collections.abc import Iterator


def entities(path: Path) -> dict[str, Any]:
    """Hold entities against the model: every schema, property, value and end of a link."""
    told = [json.loads(line) for line in path.read_bytes().splitlines()]
    wrong = [fault for data in told for fault in _faults(data)]
    proxies = {data["id"]: ValueEntity.from_dict(data) for data in told}
    if len(proxies) != len(told):
        wrong.append("an entity comes twice")
    wrong += [fault for proxy in proxies.values() for fault in _loose_ends(proxy, proxies)]
    return {"wrong": wrong, "schemata": Counter(one.schema.name for one in proxies.values())}


def _faults(data: dict[str, Any]) -> Iterator[str]:
    Dataset.make({"name": data["datasets"][0]})
    proxy = ValueEntity.from_dict(data)
    try:
        proxy.schema.validate(data)
    except InvalidData as error:
        yield f"{proxy.id}: {error} {error.errors}"
    for name, values in data["properties"].items():
        prop = proxy.schema.get(name)
        if prop is None or prop.stub or prop.deprecated:
            yield f"{proxy.id}: {proxy.schema.name} has no {name}"
            continue
        for value in values:
            clean = prop.type.clean(value, format=prop.format, proxy=proxy)
            if clean != value or len(value) > prop.max_length:
                yield f"{proxy.id}: {name} {value!r} would be {clean!r}"
    missing = [name for name in proxy.schema.required if not proxy.get(name)]
    yield from (f"{proxy.id}: {proxy.schema.name} lacks {name}" for name in missing)
    said = list(Statement.from_entity(proxy, "corporate_plans", first_seen=proxy.first_seen))
    if len(said) != 1 + sum(map(len, data["properties"].values())):
        yield f"{proxy.id} has {len(said)} statements"


def _loose_ends(proxy: ValueEntity, proxies: dict[str, ValueEntity]) -> Iterator[str]:
    for prop, value in proxy.itervalues():
        if prop.type.name == "entity":
            end = proxies.get(value)
            if end is None:
                yield f"{proxy.id}: {prop.name} leads nowhere: {value}"
            elif not end.schema.is_a(prop.range):
                yield f"{proxy.id}: {prop.name} is {value}, a {end.schema.name}"


def statements(path: Path) -> dict[str, Any]:
    """Hold statements against the model: their identifiers, types and days."""
    wrong, count = [], 0
    with path.open("rb") as file:
        for one in read_csv_statements(file):
            count += 1
            if one.id != one.generate_key():
                wrong.append(f"{one} is called {one.id}")
            if one.first_seen:
                iso_datetime(one.first_seen)
    return {"wrong": wrong, "count": count}


if __name__ == "__main__":
    found = {"entities": entities, "statements": statements}[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(json.dumps(found))
