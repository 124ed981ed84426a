"""How the engine joins: row by row, or whole columns at once.

Oxigraph follows a pattern for each row that it has so far. That is best where a question is about one
company, and worst where it is about all of them: each step of each row is a search on the disk. SPARQL
has no word for it, but a subselect is evaluated by itself and joined by hash, so that every property
is read once, in order. By the algebra (SPARQL 1.1, 18.2.4) both mean the same.
"""

from __future__ import annotations

import re
from itertools import count, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# What our questions write of one variable. What comes after a property that is a variable, or a path
# of any length, would be read whole for nothing.
_PATH: Final = r"[\w:/|^()-]+"
_TRIPLES: Final = rf"(\?\w+) ({_PATH} [?\w:-]+(?:\s*;\s+{_PATH} [?\w:-]+)*)"
_PATTERN: Final = re.compile(
    rf"^ *{_TRIPLES} \.$|(?<=OPTIONAL \{{ ){_TRIPLES}(?= \}})", re.MULTILINE
)
_SEQUENCE: Final = re.compile(r"[\w:-]+(/[\w:-]+)+")
ORDER: Final = re.compile(r"^ORDER BY ([^\n}]*)\s*\Z", re.MULTILINE)
"""The line by which a question orders its rows."""
# What a group of several lines looks for depends on the row.
_CORRELATED: Final = re.compile(r"EXISTS \{$", re.MULTILINE)


def join_columns(text: str) -> str:
    r"""Return one of our questions so that the engine reads each property once, and joins by hash.

    >>> print(join_columns("SELECT ?of {\n  ?of cp:company ?by ;\n      rdfs:label ?name .\n}"))
    SELECT ?of {
    { SELECT * { ?of cp:company ?by } } { SELECT * { ?of rdfs:label ?name } }
    }
    """
    if _CORRELATED.search(text):
        return text
    fresh = count(1)

    def apart(match: re.Match[str]) -> str:
        subject, properties = match[1] or match[3], match[2] or match[4]
        return " ".join(
            f"{{ SELECT * {{ {triple} }} }}"
            for pair in re.split(r"\s*;\s+", properties)
            for triple in _steps(subject, pair, fresh)
        )

    return _PATTERN.sub(apart, text)


def without_order(text: str) -> str:
    r"""Return one of our questions without the order of its rows, for who puts them in order.

    The index on a disk looks up both terms for every two rows that it compares, which of many rows takes
    longer than all that comes before.

    >>> without_order("SELECT ?of {\n  ?of cp:company ?by .\n}\nORDER BY ?by ?of\n")
    'SELECT ?of {\n  ?of cp:company ?by .\n}\n'
    """
    return ORDER.sub("", text)


def _steps(subject: str, pair: str, fresh: count[int]) -> Iterator[str]:
    """Yield the triples of a sequence of properties: a variable that nobody uses stands between two."""
    path, end = pair.split()
    names = path.split("/") if _SEQUENCE.fullmatch(path) else [path]
    between = [f"?_{next(fresh)}" for _ in names[1:]]
    for name, (one, other) in zip(names, pairwise([subject, *between, end]), strict=True):
        yield f"{one} {name} {other}"
