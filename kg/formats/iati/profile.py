"""What is peculiar to one publisher of IATI: a file in `iati_publishers/`, chosen by the reference of who reports.

Without one the standard holds, strictly: a profile says in which other way a publisher's words are meant.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHOICES: Final = {
    "ascending": ("stated", "with-baseline"),
    "baselines": ("stated", "left-out"),
    "periods": ("stated", "left-out"),
    "actuals": ("of-period", "of-short-period", "when-updated"),
    "named_by": ("indicator", "result"),
}


@dataclass(frozen=True)
class Profile:
    """How a publisher's results are to be read.

    `ascending` is whether that counts as it is stated, or only `with-baseline`: where a baseline other
    than zero leads the same way. `baselines` and `periods` are `left-out` where what stands there is
    none. `actuals` are of the end of their period, or only those of a period of a year or less, or all of the day
    `when-updated`. What is counted is
    `named_by` the title of its indicator, or of its result; then that of the indicator names the unit,
    which `units` describes. `grouped` is whether commas stand between thousands, and `statuses` which
    status the words mean that a number stands for, by how they begin.
    """

    ascending: str = "stated"
    baselines: str = "stated"
    periods: str = "stated"
    actuals: str = "of-period"
    named_by: str = "indicator"
    grouped: bool = False
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)


STRICT: Final = Profile()
"""How results of a publisher are read that has no profile: as the standard says."""


def profile_of(reference: str) -> Profile:
    """Return the profile of who reports under a reference, or the strict one.

    >>> profile_of("44000").grouped, profile_of("XM-EX-1") is STRICT
    (True, True)
    """
    return _profiles().get(reference.strip().upper(), STRICT)


@cache
def _profiles() -> Mapping[str, Profile]:
    folder = files("kg.formats").joinpath("iati", "publishers")
    profiles: dict[str, Profile] = {}
    for file in folder.iterdir():
        if not file.name.endswith(".toml"):
            continue
        table: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
        references = table.pop("references")
        del table["publisher"]  # its name is for who reads the file
        for key, among in _CHOICES.items():
            if table.get(key, among[0]) not in among:
                raise ValueError(f"{file.name} has {table[key]!r} for {key}; choose among {among}")
        for reference in references:
            profiles[reference.upper()] = Profile(**table)
    return profiles
