"""A run of the tests that writes to what is the user's fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.untouched import untouched


@pytest.fixture
def user(tmp_path: Path) -> tuple[Path, ...]:
    """A checkout in which something is built, and a home where something is cached."""
    out, home = tmp_path / "checkout" / "out", tmp_path / "home"
    cache = home / ".cache" / "kg"
    for path in (out / "plans.ttl", cache / "store" / "current"):
        path.parent.mkdir(parents=True)
        path.write_text("as it was")
    return home, out, cache


@pytest.mark.parametrize(
    "name",
    [
        "checkout/out/plans.ttl",
        "checkout/out/more.ttl",
        "home/.cache/kg/store/current",
        "home/.cache/kg/other",
        "home/.cache/other",
        "home/.config/kg",
        "home/.kgrc",
    ],
)
def test_whatever_is_written_to_what_is_the_users_is_told(
    user: tuple[Path, ...], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name

    def write() -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text("as it is now, which is longer")

    with pytest.raises(AssertionError, match=f"have touched .*{name}"), untouched(*user):
        write()


def test_what_is_removed_is_told_and_what_is_read_is_not(user: tuple[Path, ...]) -> None:
    built = user[1] / "plans.ttl"
    with untouched(*user):
        assert built.read_text() == "as it was"
    with pytest.raises(AssertionError, match=r"plans\.ttl"), untouched(*user):
        built.unlink()


def test_what_tests_start_finds_a_home_of_its_own(
    user_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert Path.home() != user_home
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        assert tmp_path_factory.getbasetemp() in Path(os.environ[name]).parents
