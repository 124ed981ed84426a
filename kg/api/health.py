"""What is well and what is not: the installation, the cache, a store, the disks, what killed commands left.

Each check gives values and raises nothing: that something cannot be looked at is what it has to say.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Health:
    """How one thing is: well, worth a note, or wrong, which `advice` says how to mend."""

    what: str
    state: Literal["ok", "note", "wrong"]
    says: str
    advice: str = ""

    @classmethod
    def wrong(cls, what: str, sentence: str) -> Health:
        """Return that something is wrong, of a sentence that says so and ends with how to mend it.

        >>> Health.wrong("store", "plans: is no store; build one").advice
        'build one'
        """
        says, cut, advice = sentence.rpartition("; ")
        return cls(what, "wrong", says, advice) if cut else cls(what, "wrong", sentence)


def examine(store: Path | str | None = None, outputs: Iterable[Path] = ()) -> tuple[Health, ...]:
    """Return how all is that a command needs.

    Args:
        store: a folder or URL to look at, too; a folder is compared to the byte.
        outputs: folders with what commands have written.

    >>> [health.state for health in examine() if health.what == "ontology"]
    ['ok']
    """
    from kg.api import health_disks, health_installation, health_stores

    return (
        *health_installation.examine_libraries(),
        *health_installation.examine_folders(),
        *health_stores.examine_cache(),
        *(health_stores.examine_store(store) if store else ()),
        *health_disks.examine_disks(store),
        *(health for folder in outputs for health in health_disks.examine_output(folder)),
    )


def write_health(found: Sequence[Health], form: str = "text") -> bytes:
    r"""Return what was found as text, a line each and one of advice where something is wrong, or as JSON.

    >>> write_health([Health("cache", "wrong", "cannot be read", "look at it")])
    b'wrong  cache  cannot be read\n              look at it\n'
    """
    if form == "json":
        return json.dumps([asdict(health) for health in found], indent=1).encode() + b"\n"
    from kg.base import visible

    width = max((len(health.what) for health in found), default=0)
    lines = []
    for health in found:
        lines.append(f"{health.state:<7}{health.what:<{width}}  {health.says}")
        if health.advice:
            lines.append(" " * (width + 9) + health.advice)
    return "".join(visible(line) + "\n" for line in lines).encode()
