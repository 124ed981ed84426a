"""The network of Nordvik, its page, and browsers to read it in."""

from datetime import date
from pathlib import Path

import pytest

import viz
from tests.chromium import browsing
from tests.viz.nordvik import make_charts, make_nordvik, make_plans
from tests.viz.reader import BASE, Reader
from viz import layout

TODAY = date(2011, 10, 15)


@pytest.fixture(scope="package", autouse=True)
def _placed_anew():
    """Place everything whenever it is drawn: that the same comes out is what is tested here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "place", layout.place.__wrapped__)
        yield


@pytest.fixture(scope="session")
def nordvik():
    """Makes the network, in an order of insertion of one's own."""
    return make_nordvik


@pytest.fixture(scope="session")
def network():
    return make_nordvik()


@pytest.fixture(scope="session")
def browser():
    with browsing() as started:
        yield started


@pytest.fixture(scope="session")
def file(network, tmp_path_factory):
    """The page of Nordvik, made for the 15th of October 2011."""
    path = tmp_path_factory.mktemp("page") / "plans.html"
    page = viz.render(
        network,
        title="Nordvik in Ruritania",
        subtitle="4 May 2011",
        plans=make_plans(),
        charts=make_charts(network),
        today=TODAY,
    )
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="session")
def disputed(tmp_path_factory):
    """The page of Nordvik where it is said which two statements do not agree."""
    network = make_nordvik()
    sides = sorted(iri for iri, said in network.graph["statements"].items() if said["rivals"])
    network.nodes[BASE + "shops-90"]["facts"] = sides
    pair = {"sides": sides, "kind": "disagrees", "differs": ["value", "day"]}
    network.graph["contradictions"] = [pair]
    path = tmp_path_factory.mktemp("disputed") / "plans.html"
    page = viz.render(network, title="Nordvik in Ruritania", plans=make_plans())
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def reader(browser, file):
    readers = []

    # Most tests are of the network, which a page with promises does not open on.
    def read(hash_: str = "#view=network", path: Path = file, **context) -> Reader:
        readers.append(Reader(browser, path, hash_, **context))
        return readers[-1]

    yield read
    for each in readers:
        each.context.close()
        assert each.troubles == []
        assert {url.partition("#")[0].partition(":")[0] for url in each.requests} <= {
            "file",
            "blob",
        }


SHIPPED_DAY = date(2026, 6, 30)


@pytest.fixture(scope="session")
def shipped(graph, tmp_path_factory):
    """The page of the shipped data, made for the 30th of June 2026."""
    path = tmp_path_factory.mktemp("shipped") / "plans.html"
    path.write_bytes(graph.view(today=SHIPPED_DAY).html)
    return path


@pytest.fixture
def read_shipped(reader, shipped):
    return lambda hash_="", **context: reader(hash_, path=shipped, **context)
