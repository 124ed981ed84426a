"""Our own steps."""

from __future__ import annotations

import compileall
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks import table
from tests.benchmarks.clock import ASKED, opened, output, printed, step

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSURES: Final = ("subclasses", "location", "symmetry")
"""The rules that a reasoner has too."""


@step("build from N-Quads", "kg")
def _(at: Path) -> Callable[[], int]:
    import kg

    return lambda: len(kg.build([at / "world.nq"]).index)


@step("build from YAML", "kg")
def _(at: Path) -> Callable[[], int]:
    import kg

    return lambda: len(kg.build([at / "yaml"]).index)


@step("load", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.query import Index

    data = opened(at).asserted
    return lambda: len(Index.of(data).store)


@step("rules", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.pipeline.derivation import derive, load_rules
    from kg.query import Index

    index = Index.of(opened(at).asserted)
    return lambda: derive(index, load_rules()).count(b"\n")


@step("closures", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.pipeline.derivation import derive, load_rules
    from kg.query import Index

    index, rules = Index.of(opened(at).asserted), load_rules()
    some = {name: rules[name] for name in CLOSURES}
    return lambda: derive(index, some).count(b"\n")


@step("shapes", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.pipeline.validation import load_queries, load_shapes, validate
    from kg.query import Index

    data = opened(at).asserted
    index = Index.of(data)
    return lambda: len(validate(index, data, load_shapes(), load_queries()).findings)


@step("Turtle", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.export import export_graph

    graph = opened(at)
    _ = graph.asserted, graph.derived
    return lambda: len(export_graph(graph, "ttl"))


@step("N-Quads of a store", "kg")
def _(at: Path) -> Callable[[], int]:
    command = [
        Path(sys.executable).parent / "kg",
        "export",
        "--store",
        at / "store",
        "-f",
        "nq",
        "-o",
        "-",
    ]
    return lambda: printed(command)


@step("network", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.plans import project_network
    from kg.query import Index

    graph = opened(at)
    index = Index.of(graph.asserted, graph.derived)
    return lambda: project_network(index).number_of_edges()


@step("ask on a store", "kg")
def _(at: Path) -> Callable[[], int]:
    import kg

    compileall.compile_dir(Path(kg.__file__).parent, quiet=1)  # as pip does when it installs
    name, company = ASKED
    command = [Path(sys.executable).parent / "kg", "ask", name, "--company", company,
               "--store", at / "store", "-f", "tsv"]  # fmt: skip
    return lambda: printed(command)


@step("import a table", "kg")
def _(at: Path) -> Callable[[], int]:
    path, mapping = table.ours(at)
    command = [sys.executable, "-m", "kg", "import", path, "--mapping", mapping, "-o", "-"]
    return lambda: output(command).count("\n")
