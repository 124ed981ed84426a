#!/usr/bin/env bash
# What: a schema of FollowTheMoney validates a company without the name that it requires, and one with a property
#   that it does not have; read, the property is gone without a word. Country and LEI stay as they are, though
#   no such country and no such LEI exists, and an id stays that no link may name. A day is a first_seen to
#   every reader, and an error to the row of a database.
# Version: followthemoney 4.11.2 (PyICU is built for it: libicu-dev, pkg-config and a C++ compiler are needed).
# Measured: November 2026.
# Why it matters: who writes entities and has them validated knows next to nothing. Each property has to be looked
#   up, each value cleaned and compared, each end of a link found, and each statement made into a row.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check followthemoney==4.11.2 >"$work/log" 2>&1 ||
    { echo "${0##*/}: the package could not be installed" >&2; exit 2; }

"$work/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

from followthemoney import Statement, ValueEntity, model


def expect(what, seen, stated):
    print(f"{what}: {seen}")
    if seen != stated:
        sys.exit(f"changed: {what} gave {stated} in November 2026")


def validated(**properties):
    try:
        model.get("Company").validate({"properties": properties})
    except Exception as error:
        return type(error).__name__
    return "valid"


print("followthemoney", version("followthemoney"))
expect("required of a company", model.get("Company").required, ["name"])
expect("a company without a name", validated(), "valid")
expect("a company with a property nmae", validated(name=["Acme"], nmae=["Acme"]), "valid")
read = ValueEntity.from_dict({
    "id": "a b", "schema": "Company",
    "properties": {"nmae": ["Acme"], "country": ["Narnia"], "leiCode": ["none"]},
})
expect("what is read of it", read.properties, {"country": ["Narnia"], "leiCode": ["none"]})
entity = model.get("Ownership").get("owner").type
expect("its id, and what a link makes of that", (read.id, entity.clean(read.id)), ("a b", None))
told = {"entity_id": "a", "prop": "name", "schema": "Company", "value": "Acme", "dataset": "d"}
one = Statement.from_dict({**told, "first_seen": "2020-02-03"})
expect("first_seen of a day", one.to_dict()["first_seen"], "2020-02-03")
try:
    seen = one.to_db_row()["first_seen"]
except ValueError as error:
    seen = type(error).__name__
expect("the same in a row of a database", seen, "ValueError")
PYTHON
