"""What `make` builds again: the rule of the Makefile, over sources of a test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.api import check_publication
from tests.conftest import ROOT, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_KG = """#!/bin/sh
[ "$1" = build ] || exit 0
echo "$@" >>calls
exec {python} -m kg build data --quiet --output out
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Run `make` in a checkout of our own; return how often it has built since the last time."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    for folder in ("ontology", "kg", "viz", ".venv/bin"):
        (tmp_path / folder).mkdir(parents=True)
    written(tmp_path / "data")
    command = tmp_path / ".venv" / "bin" / "kg"
    command.write_text(_KG.format(python=sys.executable))
    command.chmod(0o755)
    (tmp_path / ".venv" / "ready").touch()
    calls = tmp_path / "calls"

    def make() -> int:
        calls.unlink(missing_ok=True)
        subprocess.run(["make", "-C", tmp_path], check=True, capture_output=True)
        assert check_publication(tmp_path / "out") == ()
        return len(calls.read_text().splitlines()) if calls.exists() else 0

    return make


def test_make_builds_once_and_again_where_anything_is_missing_changed_or_of_another_time(
    made: Callable[[], int], tmp_path: Path
) -> None:
    out, tried = tmp_path / "out", 0
    assert (made(), made()) == (1, 0)
    kept = {path: path.read_bytes() for path in out.iterdir()}
    for name in ("plans.ttl", "plans.html", ".built.json"):
        path = out / name
        for damage in (
            path.unlink,
            lambda path=path: path.write_bytes(b"changed"),
            lambda path=path: os.utime(path, (0, 0)),
            lambda path=path: os.utime(path),
        ):
            damage()
            assert (made(), made()) == (1, 0), path
            assert {path: path.read_bytes() for path in out.iterdir()} == kept
            tried += 1
    assert tried == 12
    (tmp_path / "data" / "things.ttl").touch()
    assert (made(), made()) == (1, 0)


def test_make_builds_again_what_changed_while_it_was_building(
    made: Callable[[], int], tmp_path: Path
) -> None:
    assert made() == 1
    # As an editor would that saves after the build has read the file and before it has written.
    began = (tmp_path / "out" / "plans.ttl").stat().st_mtime_ns
    os.utime(tmp_path / "data" / "things.ttl", ns=(began + 10**7, began + 10**7))
    assert (made(), made()) == (1, 0)
