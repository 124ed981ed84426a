"""What the package shows, what importing it costs, and what a wheel of it holds."""

from __future__ import annotations

import pydoc
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import kg
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_public_names_are_sorted_and_all_there() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert dir(kg) == sorted(kg.__all__)
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    with pytest.raises(AttributeError, match="No kg attribute nothing"):
        _ = kg.nothing


def test_names_hold_whatever_was_imported_first() -> None:
    code = "import kg; kg.Graph; assert callable(kg.build); from kg import api; kg.build"
    subprocess.run([sys.executable, "-c", code], check=True)


def all_modules_after(code: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return set(told.splitlines()[-1].split())


def modules_after(code: str) -> set[str]:
    return {name.partition(".")[0] for name in all_modules_after(code)}


HEAVY = {"networkx", "numpy", "pandas", "pyvis", "rdflib", "rich", "rustworkx", "shacl", "viz"}


def test_importing_the_library_imports_no_engine() -> None:
    assert not modules_after("import kg") & (HEAVY | {"click", "pyoxigraph", "yaml"})


def test_help_imports_no_command() -> None:
    code = "from kg.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    loaded = all_modules_after(code)
    assert {name for name in loaded if name.startswith("kg.")} == {
        "kg.cli", "kg.cli.commands", "kg.cli.group", "kg.cli.limits",
    }  # fmt: skip
    foreign = {name.partition(".")[0] for name in loaded - all_modules_after("")}
    assert foreign - sys.stdlib_module_names == {"click", "kg", "lazy_loader"}
    assert not loaded & {"hashlib", "pathlib", "tempfile"}


def test_asking_imports_nothing_that_draws_or_validates() -> None:
    code = "from kg.cli import main\ntry: main(['ask', 'partners'])\nexcept SystemExit: pass"
    assert not modules_after(code) & HEAVY


def test_asking_a_store_imports_no_more_than_it_needs(graph: kg.Graph, tmp_path: Path) -> None:
    graph.save(tmp_path / "s")
    arguments = ["ask", "partners", "--store", str(tmp_path / "s"), "-f", "tsv"]
    code = f"from kg.cli import main\ntry: main({arguments})\nexcept SystemExit: print()"
    loaded = all_modules_after(code)
    foreign = {name.partition(".")[0] for name in loaded - all_modules_after("")}
    assert foreign - sys.stdlib_module_names == {"click", "kg", "lazy_loader", "pyoxigraph"}
    ours = {name.removeprefix("kg.") for name in loaded if name.startswith("kg.")}
    assert {name for name in ours if not name.startswith("cli")} == {
        "base", "base.bounds", "base.errors", "base.formats", "base.headers", "base.marks", "base.namespaces", "base.prologue", "base.resources",
        "base.sorted_lines", "base.terms",
        "graph", "graph.asking", "graph.graph", "query", "query.answer", "query.content", "query.engine", "query.handed", "query.index", "query.lookup", "query.origins",
        "query.parameters", "query.questions", "query.restoring", "query.selected", "query.serialised", "query.values", "query.written",
        "store", "store.index_files", "store.lookups", "store.manifest", "store.places", "store.sheaf",
        "store.sheaf_lists", "store.snapshot",
    }  # fmt: skip
    assert not loaded & {"hashlib", "html", "shutil", "tempfile", "xml"}


def test_building_what_ships_imports_no_more_than_it_needs() -> None:
    loaded = all_modules_after("import kg; kg.build()")
    assert {name.split(".")[1] for name in loaded if name.startswith("kg.")} == {
        "api", "base", "graph", "identity", "pipeline", "promises", "query", "sources", "store", "tables",
    }  # fmt: skip
    assert not {name.partition(".")[0] for name in loaded} & (HEAVY - {"rustworkx", "shacl"})
    assert not loaded & {"httpx", "openpyxl", "polars"}


def references() -> list[str]:
    """Return what the docstrings of the code name in backticks as ours."""
    texts = [
        path.read_text("utf-8") for top in ("kg", "viz") for path in (ROOT / top).rglob("*.py")
    ]
    return [name for text in texts for name in re.findall(r"`((?:kg|viz)\.[\w.]*\w)`", text)]


def test_every_name_of_ours_in_the_docstrings_exists() -> None:
    names = references()
    assert len(names) > 20
    assert [name for name in sorted(set(names)) if pydoc.locate(name) is None] == []


def test_wheel_holds_exactly_what_the_checkout_holds(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    here = set()
    for folder, place in (("kg", "kg"), ("viz", "viz"), ("ontology", "kg/_home/ontology"),
                          ("data", "kg/_home/data")):  # fmt: skip
        files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc"]
        assert files, folder
        here |= {f"{place}/{p.relative_to(ROOT / folder).as_posix()}" for p in files}
    assert inside == here
    assert not [name for name in here if name.startswith("kg/_home") and name.endswith(".py")]
