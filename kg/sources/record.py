"""What a build remembers for the next one: what it read, from what else it was made, what it found.

With it a rebuild reads only the files that have changed. It lies beside the graph in a store: in few bytes, and in
sorted lines of all sources, which are looked up there: see `kg.sources.record_lines`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from kg.base import Finding, Report, digest_of_parts
from kg.sources.record_lines import RecordedSources, lines_changed, lines_of_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.base import Change, Lines
    from kg.sources.reader import Fingerprint


@dataclass(frozen=True)
class Record:
    """What a build remembers.

    `sources` maps the name of every file that was read to its fingerprint, `software` is what
    `software_fingerprint` returned, `report` what the shapes found, without places, or None where they were not asked.
    """

    sources: Mapping[str, Fingerprint] = field(repr=False)
    software: str
    report: Report | None = None

    @property
    def head(self) -> bytes:
        """All but the sources, of which it has the number, as JSON; the same record gives the same bytes."""
        report = None if self.report is None else asdict(self.report)
        held = {"files": len(self.sources), "software": self.software, "report": report}
        return json.dumps(held, ensure_ascii=False).encode()

    @property
    def lines(self) -> bytes:
        """The sources, as sorted lines; their order does not matter."""
        return lines_of_sources(self.sources)

    @property
    def digest(self) -> str:
        """The digest of the `lines`."""
        return digest_of_parts(self.lines)

    def change_from(self, before: Record) -> Change:
        """Return which of the `lines` were others before; of sources that say what has changed by that alone."""
        return lines_changed(before.sources, self.sources)

    @classmethod
    def of(cls, head: bytes, lines: Callable[[], Lines]) -> Record:
        """Return the record of this head, and of lines that are given when they are first looked into.

        Raises:
            ValueError, TypeError, KeyError, AttributeError: this is not the head of a record.

        >>> from kg.sources.reader import Fingerprint
        >>> record = Record({"a": Fingerprint("00", ".nt", ("a:g",))}, "11", Report())
        >>> Record.of(record.head, lambda: record.lines) == record
        True
        """
        held = json.loads(head)
        report = held["report"]
        findings = None if report is None else tuple(Finding(**one) for one in report["findings"])
        sources = RecordedSources(lines, int(held["files"]))
        return cls(sources, held["software"], None if findings is None else Report(findings))
