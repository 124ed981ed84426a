"""One of something is told in the singular, wherever something is counted."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import counted_as

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(kg.__file__).parent

# What ends in s and is no noun in the plural.
VERBS = {"as", "differs", "does", "draws", "ends", "has", "is", "its", "lists", "needs", "reads", "says", "stands", "tells", "this", "was", "acts", "contradicts", "derives", "refers", "finds", "holds", "names", "takes", "times", "writes"}  # fmt: skip

# Where there are several of what is counted, or a bound is told that is no 1.
SEVERAL = {"characters, the", "drafts need", "emissions", "initiatives", "paths; give", "reports; unpack", "sources propose", "values"}  # fmt: skip


def sentences() -> Iterator[tuple[str, ast.expr, str]]:
    """Yield where a value stands before a word in a sentence: the place, the value, the words behind it."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for value, behind in zip(node.values, node.values[1:], strict=False) if isinstance(node, ast.JoinedStr) else ():  # fmt: skip
                if isinstance(value, ast.FormattedValue) and isinstance(behind, ast.Constant):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", value.value, behind.value


def is_bound(value: ast.expr) -> bool:
    names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
    return bool(names) and all(name.isupper() for name in names)


def test_no_sentence_has_a_plural_behind_a_number_that_may_be_one() -> None:
    odd = []
    for place, value, behind in sentences():
        found = re.match(r" (?:more |other )?([a-z][a-z-]+s)\b(?:[;,)]? ?\w+)?", behind)
        if found and found[1] not in VERBS and not is_bound(value) and found[0].strip() not in SEVERAL:  # fmt: skip
            odd.append(f"{place}: {ast.unparse(value)}{behind[:40]!r}")
    assert odd == [], "say counted(number, noun), or counted_as(number, reason)"


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("numbers that are nil", "number that is nil"),
        ("texts", "text"),
        ("entities without a name", "entity without a name"),
        ("statuses that are not known here", "status that is not known here"),
        ("weak, former and short names", "weak, former and short name"),
        ("non-consolidated accounts", "non-consolidated account"),
        ("rows without a name or a code of their own", "row without a name or a code of its own"),
        ("values that are no numbers", "value that is no number"),
        ("figures that are stated twice and differ", "figure that is stated twice and differs"),
        ("figures of periods that end before they begin", "figure of periods that ends before it begins"),
        ("relations beside others that are preferred", "relation beside others that are preferred"),
        ("codes that several companies have", "code that several companies have"),
        ("base years that do not lie before the target year", "base year that does not lie before the target year"),
        ("assessments before September 2021 that do not tell whether there are targets",
         "assessment before September 2021 that does not tell whether there are targets"),
        ("commitments removed for other reasons than that they expired or were withdrawn",
         "commitment removed for other reasons than that it expired or was withdrawn"),
        ("statuses of activities that are under way and have not begun", "status of activities that is under way and has not begun"),
        ("texts of targets, which are read with --proposals alone", "text of targets, which is read with --proposals alone"),
        ("LEIs that are none", "LEI that is none"),
        ("forecasts whose result stands beside them", "forecast whose result stands beside it"),
        ("名", "名"),
    ],
)  # fmt: skip
def test_reason_is_told_of_one(many: str, one: str) -> None:
    assert counted_as(1, many) == f"1 {one}"
    assert counted_as(2, many) == f"2 {many}"
