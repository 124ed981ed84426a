"""The same graph in every place that can hold one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

import kg
from tests.store import servers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PLACES = [
    "memory",
    "directory",
    *(
        pytest.param(name, marks=pytest.mark.server)
        for name in ("oxigraph", "oxigraph-graph-store", "virtuoso")
    ),
]


@pytest.fixture(scope="session")
def oxigraph() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """Starts an Oxigraph; whoever uses it is marked so."""
    return servers.oxigraph


@pytest.fixture(scope="session")
def virtuoso() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """Starts a Virtuoso; whoever uses it is marked so."""
    return servers.virtuoso


@pytest.fixture(scope="session")
def settings_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], dict[str, str]]]:
    """Start the server of a place once; return what the environment says of it, KG_STORE included."""
    running: dict[str, dict[str, str]] = {}
    with contextlib.ExitStack() as stack:

        def start(place: str) -> dict[str, str]:
            if place not in running:
                folder = tmp_path_factory.mktemp(place)
                running[place] = _start(stack, place, folder)
            return running[place]

        yield start


def _start(stack: contextlib.ExitStack, place: str, folder: Path) -> dict[str, str]:
    if place == "memory":
        return {}
    if place == "directory":
        return {"KG_STORE": str(folder / "store")}
    if place == "virtuoso":
        return servers.settings_of_virtuoso(stack.enter_context(servers.virtuoso(folder)))
    root = stack.enter_context(servers.oxigraph(folder, "--union-default-graph"))
    graphs = {"KG_GRAPHS": f"{root}/store"} if place == "oxigraph-graph-store" else {}
    return {"KG_STORE": f"{root}/query", **graphs}


@pytest.fixture(scope="session", params=PLACES)
def place(request: pytest.FixtureRequest, graph: kg.Graph, settings_of) -> dict[str, str]:
    """What the environment says of a place that holds the shipped graph."""
    settings = settings_of(request.param)
    if settings:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in settings.items():
                patch.setenv(name, value)
            graph.save(settings["KG_STORE"])
    return settings


@pytest.fixture
def held(place: dict[str, str], graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> kg.Graph:
    """The shipped graph as it is held in a place, which the environment names too."""
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    return kg.open(place["KG_STORE"]) if place else graph
