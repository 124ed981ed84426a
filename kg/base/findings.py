"""What the shapes find, as values: a finding about data is not an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kg.base.errors import abridge
from kg.base.namespaces import CP, shorten
from kg.base.terms import spelt

UNREADABLE: Final = CP + "unreadable"
"""What a finding names as its shape where a file, or a line of it, cannot be read."""

_LONGEST_LINE: Final = 500

MOST_SHOWN: Final = 80
"""How many characters of an offending value a finding keeps."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong: a broken shape, or what cannot be read.

    `node` is the IRI that breaks it, or "" where a file cannot be read, `path` the IRI of the property
    concerned if there is one, `value` the offending value as text, `shape` the IRI of the shape,
    `violation` False for a mere hint, `location` the file and line once they are known, and `key` what
    a source calls the property. What the engine tells beyond is for reports that other programs read:
    `term` is the value whole and in N-Triples, `way` the path where it is more than one property, in
    the syntax of SPARQL, `component` the IRI of the constraint and `severity` that of its severity.
    """

    node: str
    path: str | None
    value: str | None
    message: str
    shape: str
    violation: bool
    # Known last: the shapes see a graph, and only then is it asked which file a node comes from.
    location: str | None = None
    key: str | None = None
    # Nothing that tells two findings apart for those who read them.
    term: str | None = field(default=None, compare=False)
    way: str | None = field(default=None, compare=False)
    component: str | None = field(default=None, compare=False)
    severity: str | None = field(default=None, compare=False)

    @property
    def _steps(self) -> str:
        """The path for people; one of alternatives would list all that might be there instead."""
        return "" if "|" in (self.way or "|") else _WAY.sub(_short, self.way or "")

    def __str__(self) -> str:
        """Return one sentence with its location."""
        where = f"{self.location}: " if self.location else ""
        if not self.node:
            return f"{where}{self.message}"
        # Without its prefix: authors of YAML write none, and others know their own.
        path = self.key or (self.path and _local(self.path)) or self._steps
        what = shorten(self.node) + (f" {path}" if path else "")
        # What looks like another number, or like nothing, is told apart.
        told = path or self.value != shorten(self.node)
        value = f" ({spelt(self.value.removeprefix('cp:'))})" if self.value and told else ""
        return f"{where}{what}{value}: {self.message}"

    def as_line(self) -> str:
        """Return the sentence as one line: it quotes what users wrote, however long that is."""
        return abridge(str(self), _LONGEST_LINE)


# A property within a path.
_WAY: Final = re.compile("<([^<>]*)>")


def _local(iri: str) -> str:
    return re.split("[/#]", iri)[-1]


def _short(found: re.Match[str]) -> str:
    return _local(found[1])


@dataclass(frozen=True)
class Report:
    """All findings, violations first, then by file and line where these are known; `more` violations are only counted."""

    findings: tuple[Finding, ...] = ()
    more: int = 0

    @cached_property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that keep a build from being written."""
        return tuple(finding for finding in self.findings if finding.violation)

    @property
    def hints(self) -> tuple[Finding, ...]:
        """The findings that keep nothing from being written."""
        return tuple(finding for finding in self.findings if not finding.violation)

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; hints may remain."""
        return not self.violations and not self.more

    @property
    def readable(self) -> bool:
        """Whether every file could be read."""
        return all(finding.shape != UNREADABLE for finding in self.findings)
