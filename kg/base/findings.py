"""What the shapes find, as values: a finding about data is not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.base.namespaces import shorten

MOST_SHOWN: Final = 80
"""How many characters of an offending value a finding keeps."""


@dataclass(frozen=True, order=True)
class Finding:
    """One broken shape.

    `node` is the IRI that breaks it, `path` the IRI of the property concerned if there is one,
    `value` the offending value as text, `shape` the IRI of the shape, `violation` False for a mere
    warning, `location` the file and line once they are known.
    """

    node: str
    path: str | None
    value: str | None
    message: str
    shape: str
    violation: bool
    # Known last: the shapes see a graph, and only then is it asked which file a node comes from.
    location: str | None = None

    def __str__(self) -> str:
        """Return one sentence with its location."""
        what = shorten(self.node) + (f" {shorten(self.path)}" if self.path else "")
        value = f" ({self.value})" if self.value else ""
        return f"{self.location + ': ' if self.location else ''}{what}{value}: {self.message}"


@dataclass(frozen=True)
class Report:
    """All findings, violations first, in a fixed order; `more` violations are only counted."""

    findings: tuple[Finding, ...] = ()
    more: int = 0

    @cached_property
    def violations(self) -> tuple[Finding, ...]:
        """The findings that keep a build from being written."""
        return tuple(finding for finding in self.findings if finding.violation)

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; warnings may remain."""
        return not self.violations and not self.more
