"""An answer as text: tables with tabs, in which each column is named once.

Clients that read structured answers have those; this is for models that read words, and pay for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.base import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TABLES: Final = ("rows", "statements", "sources")


def tell(answer: Mapping[str, Any]) -> str:
    r"""Return an answer, as JSON has it, as text.

    >>> tell({"total": 1, "rows": [{"name": "acme", "also": ["a", "b"], "x": None}]})
    'total: 1\n\nrows\nname\talso\nacme\ta; b'
    >>> tell({"columns": ["x", "y"], "rows": [["a\tb", 1]]})
    'rows\nx\ty\na\\u0009b\t1'
    """
    head = [
        f"{key}: {_cell(value)}"
        for key, value in answer.items()
        if key not in (*_TABLES, "columns")
    ]
    parts = ["\n".join(head)] if head else []
    parts += [
        "\n".join((key, *_table(answer[key], answer.get("columns"))))
        for key in _TABLES
        if answer.get(key)
    ]
    return "\n\n".join(parts)


def _table(rows: Any, columns: Any) -> Iterator[str]:
    if isinstance(rows, dict):
        rows = [{"id": name, **row} for name, row in rows.items()]
    elif columns is not None and rows and isinstance(rows[0], list):
        yield "\t".join(map(_cell, columns))
        yield from ("\t".join(map(_cell, row)) for row in rows)
        return
    # A column in which nothing stands is not worth its name.
    named = dict.fromkeys(
        key for row in rows for key, value in row.items() if value not in (None, [], {})
    )
    yield "\t".join(named)
    yield from ("\t".join(_cell(row.get(key)) for key in named) for row in rows)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            return "; ".join(f"{key}: {_cell(one)}" for key, one in value.items())
        case list():
            return "; ".join(map(_each, value))
        case _:
            return visible(str(value))


def _each(value: Any) -> str:
    """Return one of several values; what the parts of one are called, the agent knows from the schema."""
    return " | ".join(map(_cell, value.values())) if isinstance(value, dict) else _cell(value)
