"""The knowledge graph of corporate plans: who promised what, where, by when, on whose word.

>>> import kg
>>> graph = kg.build()
>>> for row in graph.ask("changes", initiative="xiaomi-india-phone-exports"):
...     print(row["day"], row["after"])
2015-08-10 cp:considered
2020-01-01 cp:underway
2020-12-31 cp:postponed
2023-05-30 cp:announced

Importing this package reads no file and imports no engine: names come when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.base import KgError as KgError
    from kg.graph import (
        Graph as Graph,
        open_ as open,  # noqa: A004 - kg.open reads as it should
    )
    from kg.making import build as build, check as check
    from kg.query import Answer as Answer, View as View
    from kg.reports import diff as diff

_HOME = {
    "Answer": ("kg.query.answer", "Answer"),
    "Graph": ("kg.graph", "Graph"),
    "KgError": ("kg.base.errors", "KgError"),
    "View": ("kg.query.notebook", "View"),
    "build": ("kg.making", "build"),
    "check": ("kg.making", "check"),
    "diff": ("kg.reports.difference", "diff"),
    "open": ("kg.graph", "open_"),
}

__all__ = ["Answer", "Graph", "KgError", "View", "build", "check", "diff", "open"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _HOME[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
