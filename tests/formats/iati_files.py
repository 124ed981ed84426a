"""Small files of IATI, invented, in the structure of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.formats.batch import Batch
from kg.formats.iati.reader import read_iati

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from kg.formats.batch import Node

MADE = "2025-03-01T10:00:00Z"
REPORTER = (
    '<reporting-org ref="XM-TEST-1" type="40"><narrative>Bridge Fund</narrative></reporting-org>'
)
DAYS = '<activity-date type="2" iso-date="2019-06-01"/>'
STATUS = '<activity-status code="2"/>'


def period(figures: str, start: str = "2023-01-01", end: str = "2023-12-31") -> str:
    return f'<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{figures}</period>'


def indicator(
    inside: str,
    given: str = 'measure="1" ascending="1"',
    title: str = "Bridges built",
    description: str = "",
) -> str:
    told = f"<description><narrative>{description}</narrative></description>" if description else ""
    return f"<indicator {given}><title><narrative>{title}</narrative></title>{told}{inside}</indicator>"


def result(*indicators: str, title: str = "Bridges") -> str:
    return f'<result type="1"><title><narrative>{title}</narrative></title>{"".join(indicators)}</result>'


def activity(
    inside: str = "",
    *,
    identifier: str = "XM-TEST-1-BRIDGES",
    head: str = REPORTER,
    about: str = DAYS + STATUS,
    given: str = 'last-updated-datetime="2025-02-01"',
) -> str:
    return (
        f"<iati-activity {given}><iati-identifier>{identifier}</iati-identifier>{head}"
        f"<title><narrative>Bridges of the north</narrative></title>{about}{inside}</iati-activity>"
    )


def write(folder: Path, *activities: str, made: str = MADE, name: str = "file.xml") -> Path:
    path = folder / name
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03"'
        f' generated-datetime="{made}">{"".join(activities)}</iati-activities>',
        encoding="utf-8",
    )
    return path


class Read:
    """What files were read as."""

    def __init__(self, *paths: Path) -> None:
        self.batches = list(read_iati(paths))
        whole = [one for one in self.batches if isinstance(one, Batch)]
        self.errors = [str(one) for one in self.batches if not isinstance(one, Batch)]
        self.sources = {one.source["id"]: one.source for one in whole}
        self.things = {thing["id"]: thing for one in whole for thing in one.things}
        self.statements = [statement for one in whole for statement in one.statements]
        self.left_out: Counter[str] = (
            sum((one.left_out for one in whole), start=type(whole[0].left_out)()) if whole else {}
        )  # type: ignore[assignment]

    def of(self, kind: str) -> list[Node]:
        """Return the statements or things of a type."""
        return [one for one in (*self.statements, *self.things.values()) if one["type"] == kind]

    def one(self, kind: str) -> Node:
        """Return the one statement or thing of a type."""
        (found,) = self.of(kind)
        return found


def read(folder: Path, *activities: str, made: str = MADE) -> Read:
    return Read(write(folder, *activities, made=made))


def read_results(folder: Path, *results: str) -> Read:
    return read(folder, activity("".join(results)))
