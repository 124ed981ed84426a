"""What the tests share: the shipped graph, the command, and a small article of their own."""

from __future__ import annotations

import functools
import gc
import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

import kg
from kg.api import cache
from kg.cli import main
from tests import once
from tests.remembered import Remembered
from tests.tried import TRIED
from tests.untouched import untouched
from tests.zygote import Zygote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent

EXTRAS = {
    "draft",
    "endpoint",
    "export",
    "formats",
    "frames",
    "mcp",
    "model",
    "serve",
    "spark",
    "tables",
}
"""What can be installed beside what is always needed."""

# How long one example takes is a matter of the machine, which may be busy, and no fault.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

TEXT = "Acme will open 20 shops in Ruritania by 2030. Jo Doe said so.\n"

THINGS = """
@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
@prefix id: <https://w3id.org/corporate-plans/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:acme a cp:Company ; rdfs:label "Acme"@en .
id:gazette a cp:Organization ; rdfs:label "The Gazette"@en .
id:jo-doe a cp:Person ; rdfs:label "Jo Doe"@en .
id:acme-shops a cp:Initiative ; rdfs:label "Acme's shops"@en ;
    cp:company id:acme ; cp:kind cp:offline-retail .
"""

ARTICLE = f"""\
id: gazette-2020
type: Article
title: Acme to open shops
publisher: gazette
published: 2020-01-31
language: en
text: {{sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}, length: {len(TEXT)},
       normaliser: nfc-lf-1}}
statements:
  - id: gazette-2020.1
    type: Target
    about: acme-shops
    indicator: retail-outlets
    value: 20
    due: 2030-12-31
    due_precision: year
    speaker: jo-doe
    evidence:
      section: "1"
      start: 0
      end: 44
      sha256: {hashlib.sha256(TEXT[:44].encode()).hexdigest()}
"""


NEEDS = {
    "browser": "browser",
    "oxigraph": "server",
    "virtuoso": "server",
    "nginx_command": "server",
    "cluster": "spark",
    "local_spark": "spark",
    "node_reader": "reader",
    "sarif_tool": "reader",
    "owl_api": "reader",
    "falkordb": "reader",
    "ftm_reader": "reader",
    "typescript": "reader",
    "language_server": "reader",
}
"""Which mark a test has that uses a fixture, however indirectly."""

SLOW = frozenset((ROOT / "tests" / "slow.txt").read_text(encoding="utf-8").split())
"""The test functions that `make check` leaves out: `pytest -p tests.costs` tells what each takes, and `make costs` writes them anew."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs more than Python, and what takes long, before any is chosen by its marks."""
    for item in items:
        if item.nodeid.partition("[")[0] in SLOW:
            item.add_marker("slow")
        for name in NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(NEEDS[name])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was tried, where that is what the run was for."""
    if "KG_KILLS" in os.environ:
        terminalreporter.section("tried")
        for what, number in sorted(TRIED.items()):
            terminalreporter.write_line(f"{number:>7,} {what}")


def pytest_collection_finish() -> None:
    """Have the collector of cycles pass over what stays to the end, and come seldom: it took a seventh."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def user_home() -> Path:
    """The home of whoever runs the tests."""
    return Path.home()


@pytest.fixture(scope="session", autouse=True)
def _own_home(user_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give all that tests start a home of its own, and hold that nothing is written to the user's."""
    home = tmp_path_factory.mktemp("home")
    folders = {
        "HOME": "",
        "XDG_CACHE_HOME": ".cache",
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
    }
    with untouched(user_home, ROOT, cache.kept_folder()), pytest.MonkeyPatch.context() as patch:
        for name, folder in folders.items():
            (home / folder).mkdir(parents=True, exist_ok=True)
            patch.setenv(name, str(home / folder))
        yield


@pytest.fixture(scope="session", autouse=True)
def _made_once(_own_home: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make once what many tests start from, where it follows from bytes alone."""
    del _own_home
    with pytest.MonkeyPatch.context() as patch:
        once.read_once(patch, ROOT)
        once.build_once(patch)
        once.examine_once(patch)
        once.open_once(patch)
        once.index_once(patch, tmp_path_factory.mktemp("indexes"))
        once.load_once(patch)
        once.place_once(patch)
        yield


@pytest.fixture(scope="session")
def remembered(request: pytest.FixtureRequest) -> Iterator[Remembered]:
    """What other engines have answered, in this run or in an earlier one."""
    answers = Remembered(request.config.cache)
    yield answers
    chosen = request.config.option.keyword or request.config.args_source.name == "ARGS"
    answers.keep(all_were_asked=not chosen)


@pytest.fixture(scope="session")
def seed() -> kg.Graph:
    """The graph of the seed article alone, with all things."""
    parts = ("things", "initiatives", "sources/medianama-2017-03-28.yaml")
    return kg.build([ROOT / "data" / part for part in parts])


@pytest.fixture(scope="session")
def graph() -> kg.Graph:
    """The graph of the shipped data, checked."""
    return kg.build()


ACME = {"things.ttl": THINGS, "gazette-2020.yaml": ARTICLE}


def written(folder: Path) -> Path:
    """Write the things and the article of a company of our own into a new folder."""
    folder.mkdir()
    for name, text in ACME.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of `acme` alone, checked."""
    return kg.build([written(tmp_path_factory.mktemp("small") / "acme")])


@pytest.fixture(scope="session")
def beside(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of `acme` beside the shipped data, checked."""
    return kg.build([written(tmp_path_factory.mktemp("beside") / "acme")], shipped=True)


def saved(graph: kg.Graph, folders: pytest.TempPathFactory) -> Path:
    """Save a graph as a store in a folder of its own."""
    folder = folders.mktemp("saved") / "store"
    graph.save(folder)
    return folder


@pytest.fixture(scope="session")
def _saved(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(graph, tmp_path_factory)


@pytest.fixture
def stored(_saved: Path, tmp_path: Path) -> Path:
    """A store of the shipped graph, for a test to do with as it likes."""
    shutil.copytree(_saved, tmp_path / "stored")
    return tmp_path / "stored"


def generation(store: Path) -> Path:
    """Return the folder of the current generation of a store."""
    return store / (store / "current").read_text().strip()


def parts(made: Path, name: str) -> list[Path]:
    """Return the files of what a generation has of one sheaf, or the one file of that name."""
    return sorted((made / name).glob("*.nq")) if (made / name).is_dir() else [made / name]


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run `kg` with arguments; stdout and stderr come apart."""

    def call(*args: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture(scope="session")
def zygote(_own_home: None) -> Iterator[Zygote]:
    """Runs `kg` in processes that have imported it already."""
    del _own_home
    started = Zygote()
    yield started
    started.close()


@pytest.fixture(scope="session")
def rdflib_rows(remembered: Remembered) -> Callable[[kg.Graph, str], list[list[str]]]:
    """Ask rdflib, of the triples of a graph."""
    import rdflib

    @functools.cache
    def parsed(triples: bytes) -> rdflib.Graph:
        return rdflib.Graph().parse(data=triples, format="nt")

    def rows(graph: kg.Graph, query: str) -> list[list[str]]:
        triples = graph.export("nt")

        def ask() -> list[list[str]]:
            return [list(map(str, row.asdict().values())) for row in parsed(triples).query(query)]

        return remembered.get(ask, "rdflib", rdflib.__version__, triples, query)

    return rows


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A folder with the things and the article of a company of our own."""
    return written(tmp_path / "acme")
