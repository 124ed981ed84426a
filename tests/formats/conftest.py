"""The toy reader of CONTRIBUTING, as it stands there."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from kg.formats import registry
from tests.test_documents import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.formats.format import PublishedFormat


@pytest.fixture(scope="session")
def toy() -> Iterator[PublishedFormat]:
    """The format of the worked example, whose module is run to the letter."""
    module = ModuleType("kg.formats.pledges")
    (code,) = blocks("CONTRIBUTING.md", "python pledges")
    sys.modules[module.__name__] = module
    exec(compile(code, "pledges.py", "exec"), module.__dict__)  # noqa: S102 - it is ours
    yield module.FORMAT
    del sys.modules[module.__name__]


@pytest.fixture
def pledges_are_known(toy: PublishedFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the toy format among those that are registered."""
    known = {toy.name: toy, **registry.formats()}
    for place in ("kg.formats.registry.formats", "kg.formats.formats"):
        monkeypatch.setattr(place, lambda: known)
