"""A command never writes over what it was told to read, by whichever name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.formats.filings import Number, write_filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    folder = tmp_path / "filings"
    folder.mkdir()
    return write_filing(folder / "notice.htm", [Number("NetSales", "1,000")])


def _symlink(path: Path, name: Path) -> None:
    name.symlink_to(path)


def _hard_link(path: Path, name: Path) -> None:
    os.link(path, name)


@pytest.mark.parametrize("link", [_symlink, _hard_link])
@pytest.mark.parametrize("named", ["file", "folder"])
def test_output_that_is_an_input_by_another_name_is_refused(
    run: Run, notice: Path, tmp_path: Path, link: Callable[[Path, Path], None], named: str
) -> None:
    before = notice.read_bytes()
    output = tmp_path / "out.nq"
    link(notice, output)
    result = run("import", str(notice if named == "file" else notice.parent), "-o", str(output))
    assert result.exit_code == 3
    assert result.stderr == (
        f"kg: {output}: is the same file as {notice}, which is read; name another file to write\n"
    )
    assert notice.read_bytes() == before


def test_export_does_not_replace_the_source_that_it_is_of(run: Run, acme: Path) -> None:
    (source, *_) = sorted(acme.glob("*.ttl"))
    before = source.read_bytes()
    result = run("export", "--source", str(source), "-o", str(source))
    assert result.exit_code == 3
    assert result.stderr == f"kg: {source}: is read as well; name another file to write\n"
    assert source.read_bytes() == before


def test_what_an_earlier_run_left_in_a_folder_that_is_read_is_replaced(
    run: Run, notice: Path
) -> None:
    output = notice.parent / "out.nq"
    first = run("import", str(notice.parent), "-o", str(output))
    again = run("import", str(notice.parent), "-o", str(output))
    assert (first.exit_code, again.exit_code) == (0, 0)
