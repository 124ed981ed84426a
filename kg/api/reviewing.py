"""What a person is told of a proposal before it is decided: its sentence, and what would be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg import pipeline
from kg.api.building import source_files
from kg.base import expand
from kg.plans import Words
from kg.promises import load_statements
from kg.sources import files_beside, one_by_one, tell_apart
from kg.tables import read_with_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.base import Finding
    from kg.promises import Statement
    from kg.sources import File


@dataclass(frozen=True)
class Preview:
    """What a graph would say, were all proposals of a file accepted; see `preview_proposals`."""

    statements: Mapping[str, Statement] = field(default_factory=dict, repr=False)
    words: Words | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()

    def sentence(self, name: str) -> str | None:
        """Return what a statement says, in a sentence of plain words; None where that cannot be told."""
        statement = self.statements.get(name)
        return self.words.sentence(statement) if self.words and statement else None

    def label(self, name: str) -> str:
        """Return what people call a thing."""
        return self.words.label(name) if self.words else name

    def faults(self, name: str) -> list[Finding]:
        """Return what would be wrong with a proposal, or be hinted at; lines are none of it, which change."""
        node = expand(name) or name
        return [
            replace(one, location=None)
            for one in self.findings
            if one.node in (node, name) or one.node.startswith(f"{node}/")
        ]


def preview_proposals(path: Path, others: Iterable[Path] = ()) -> Preview:
    """Return what a source and `others` would say beside what ships, were all its proposals accepted.

    The sources of YAML in its folder are looked at beside it, for they describe what it names.

    Raises:
        SourceError: a file that does not exist.
    """
    given = source_files([path, *others], shipped=True)
    # A folder may hold the source itself, which is then read once, by the name that it was given.
    files: dict[Path, File] = {}
    for file in given:
        files.setdefault(file.path.resolve(), file)
    count = len(files)
    for file in tell_apart([*given, *files_beside(path)])[len(given) :]:
        files.setdefault(file.path.resolve(), file)
    apart = list(files.values())
    found = pipeline.preview(apart[:count], apart[count:], read=read_with_tables(one_by_one))
    if found is None:
        return Preview()
    return Preview(load_statements(found.index), Words.of(found.index), found.findings)
