"""What a build remembers for the next one: what it read, from what else it was made, what it found.

With it a rebuild reads only the files that have changed. It lies beside the graph in a store.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.base import Finding, Report
from kg.sources.reader import Fingerprint


@dataclass(frozen=True)
class Record:
    """What a build remembers.

    `sources` maps the name of every file that was read to its fingerprint, `software` is what
    `software_fingerprint` returned, `report` what the shapes found, without places, or None where they were not asked.
    """

    sources: dict[str, Fingerprint] = field(repr=False)
    software: str
    report: Report | None = None

    def to_bytes(self) -> bytes:
        """Return the record as JSON; the same record gives the same bytes.

        >>> record = Record({"a": Fingerprint("00", ".nt", ("a:g",))}, "11", Report())
        >>> Record.from_bytes(record.to_bytes()) == record
        True
        """
        # Of ten thousand files: not `asdict`, which takes several times as long, nor lines of their own.
        sources = {name: vars(one) for name, one in self.sources.items()}
        held = {"sources": sources, "software": self.software, "report": self._report()}
        return json.dumps(held, ensure_ascii=False).encode()

    def _report(self) -> dict[str, Any] | None:
        return None if self.report is None else asdict(self.report)

    @classmethod
    def from_bytes(cls, data: bytes) -> Record:
        """Read a record.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: these are not the bytes of a record.
        """
        held = json.loads(data)
        # JSON has lists only, and fingerprints are compared as values.
        sources = {
            name: Fingerprint(**{**one, "graphs": tuple(one["graphs"]), "ids": tuple(one["ids"])})
            for name, one in held["sources"].items()
        }
        report = held["report"]
        findings = None if report is None else tuple(Finding(**one) for one in report["findings"])
        return cls(sources, held["software"], None if findings is None else Report(findings))
