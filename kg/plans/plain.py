"""Dataclasses as plain values for the page, which only reads them."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> Any:
    """Return the fields of a dataclass as a mapping, and so what they hold, however deep.

    `dataclasses.asdict` does the same, but copies every value that cannot change as well: of ten
    thousands of plans that takes four times as long.

    >>> from kg.plans.plan import StatusChange
    >>> plain((StatusChange("2020-01-31", "achieved", "urn:a"),))
    ({'day': '2020-01-31', 'status': 'achieved', 'fact': 'urn:a'},)
    """
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
