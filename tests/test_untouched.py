"""A run of the tests that writes to what is the user's fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.untouched import untouched


@pytest.fixture
def user(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A home with files, a checkout in which something is built, and a cache with something in it."""
    home, checkout = tmp_path / "home", tmp_path / "checkout"
    cache = home / ".cache" / "kg" / "ours"
    for path in (
        home / ".profile",
        home / ".config" / "kg" / "settings",
        home / ".config" / "other" / "settings",
        checkout / "out" / "plans.ttl",
        cache / "store" / "current",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it was")
    return home, checkout, cache


def written(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("as it is now, which is longer")


@pytest.mark.parametrize(
    "name",
    [
        "checkout/out/plans.ttl",
        "checkout/out/more.ttl",
        "checkout/plans.ttl",
        "checkout/.kg",
        "home/.cache/kg/ours/store/current",
        "home/.cache/kg/ours/other",
        "home/.cache/other",
        "home/.config/kg/settings",
        "home/.config/kg/more",
        "home/.config/more",
        "home/.local/share/kg",
        "home/.profile",
        "home/.kgrc",
    ],
)
def test_whatever_is_written_to_what_is_the_users_is_told(
    user: tuple[Path, Path, Path], tmp_path: Path, name: str
) -> None:
    with pytest.raises(AssertionError, match=f"have touched .*{name}"), untouched(*user):
        written(tmp_path / name)


@pytest.mark.parametrize(
    "name",
    [
        "checkout/.pytest_cache/v",
        "checkout/.coverage.host.1",
        "checkout/kg/new.py",
        "home/.bash_history",
        "home/.cache/kg/of-another-checkout/current",
        "home/.config/other/settings",
    ],
)
def test_what_others_write_meanwhile_is_not_told(
    user: tuple[Path, Path, Path], tmp_path: Path, name: str
) -> None:
    for folder in ("checkout/kg/old.py", "home/.bash_history"):
        written(tmp_path / folder)
    with untouched(*user):
        written(tmp_path / name)


def test_what_changes_and_keeps_its_size_is_told(user: tuple[Path, Path, Path]) -> None:
    path = user[0] / ".profile"
    with pytest.raises(AssertionError, match=r"\.profile"), untouched(*user):
        os.utime(path, ns=(1, 1))


def test_what_is_removed_is_told_and_what_is_read_is_not(user: tuple[Path, Path, Path]) -> None:
    built = user[1] / "out" / "plans.ttl"
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
