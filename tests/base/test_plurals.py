"""One of something is told in the singular, wherever something is counted."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import kg

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(kg.__file__).parent

# What ends in s and is no noun in the plural.
VERBS = {"as", "differs", "does", "draws", "ends", "has", "is", "its", "lists", "needs", "reads", "says", "stands", "tells", "this", "was", "acts", "contradicts", "derives", "refers", "finds", "holds", "names", "lies", "takes", "times", "writes"}  # fmt: skip

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
    assert odd == [], (
        "say counted(number, one, many), or the number behind what is counted, in brackets"
    )
