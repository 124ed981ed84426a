"""Files that are read in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.sources import files, parallel

if TYPE_CHECKING:
    from pathlib import Path

QUADS = "".join(f'<a:s{i}> <a:p> "{i}" <a:g{i % 3}> .\n' for i in range(200))


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut files of lines finely, and start processes for however little."""
    monkeypatch.setattr(files, "PIECE", 500)
    monkeypatch.setattr(parallel, "PAYS", 1)


@pytest.fixture
def many(acme: Path) -> Path:
    """The folder of `acme` with files of lines: plain, with comments at the end, with blank nodes."""
    (acme / "lines.nq").write_text(QUADS)
    (acme / "comments.nq").write_text(QUADS + "# and no more\n" * 100)
    (acme / "blank.nq").write_text(QUADS + "<a:s> <a:p> _:b <a:g> .\n_:b <a:p> <a:s> <a:g> .\n")
    return acme
