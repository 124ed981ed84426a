"""The steps that are measured, ours and those of others; each runs in a process of its own.

    python -m tests.benchmarks.steps TASK WHO FOLDER

What a step has to read first is read before the clock starts. The time is that of the processor,
in all threads and children, so that whatever else the machine does counts little.
"""

from __future__ import annotations

import compileall
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph

STEPS: Final[dict[tuple[str, str], Callable[[Path], Callable[[], int]]]] = {}
"""Every step by (task, who): from a folder with a world to what is timed, which counts its work."""

SERVERS: Final[list[int]] = []
"""Processes beside this one whose time and memory count as well."""

CLOSURES: Final = ("subclasses", "location", "symmetry")
"""The rules that a reasoner has too."""


def step(task: str, who: str) -> Callable[[Callable[[Path], Callable[[], int]]], None]:
    """Add a step."""

    def add(make: Callable[[Path], Callable[[], int]]) -> None:
        STEPS[task, who] = make

    return add


def opened(at: Path) -> Graph:
    """Return the graph of a world that the step `build` has stored."""
    import kg

    return kg.open(at / "store")


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
    from kg.query.index import Index

    data = opened(at).asserted
    return lambda: len(Index.of(data).store)


@step("load", "pyoxigraph")
def _(at: Path) -> Callable[[], int]:
    import pyoxigraph as ox

    data = opened(at).asserted

    def run() -> int:
        store = ox.Store()
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
        return len(store)

    return run


@step("load", "rdflib")
def _(at: Path) -> Callable[[], int]:
    import rdflib

    return lambda: len(rdflib.Graph().parse(at / "said.nt", format="nt"))


@step("load", "oxrdflib")
def _(at: Path) -> Callable[[], int]:
    import rdflib

    return lambda: len(rdflib.Graph(store="Oxigraph").parse(at / "said.nt", format="ox-nt"))


@step("load", "maplib")
def _(at: Path) -> Callable[[], int]:
    import maplib
    import polars as pl

    def run() -> int:
        model = maplib.Model()
        model.read(str(at / "said.nt"), format="ntriples")
        counted = model.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert isinstance(counted, pl.DataFrame)
        return int(counted["n"][0])

    return run


@step("rules", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.pipeline import derivation as rules
    from kg.query.index import Index

    index = Index.of(opened(at).asserted)
    return lambda: rules.derive(index, rules.load_rules()).count(b"\n")


@step("closures", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.pipeline import derivation as rules
    from kg.query.index import Index

    index, all_ = Index.of(opened(at).asserted), rules.load_rules()
    some = {name: all_[name] for name in CLOSURES}
    return lambda: rules.derive(index, some).count(b"\n")


@step("closures", "reasonable")
def _(at: Path) -> Callable[[], int]:
    import reasonable

    reasoner = reasonable.PyReasoner()
    for name in ("said.ttl", "transitive.ttl"):
        reasoner.load_file(str(at / name))
    return lambda: len(reasoner.reason())


@step("shapes", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.pipeline import validation as shapes
    from kg.query.index import Index

    data = opened(at).asserted
    index = Index.of(data)
    return lambda: len(
        shapes.validate(index, data, shapes.load_shapes(), shapes.load_queries()).findings
    )


@step("shapes", "pySHACL")
def _(at: Path) -> Callable[[], int]:
    import pyshacl
    import rdflib

    from kg.pipeline import validation as shapes

    def run() -> int:
        data = rdflib.Graph().parse(at / "said.nt", format="nt")
        rules = rdflib.Graph().parse(data=shapes.load_shapes(), format="turtle")
        _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none")
        return len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))

    return run


@step("shapes", "pyshifty")
def _(at: Path) -> Callable[[], int]:
    import rdflib
    import shifty

    def run() -> int:
        _, report, _ = shifty.validate(at / "said.nt", at / "shapes.ttl", infer=False)
        return len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))

    return run


@step("shapes", "pyrudof")
def _(at: Path) -> Callable[[], int]:
    import pyrudof

    def run() -> int:
        engine = pyrudof.Rudof(pyrudof.RudofConfig())
        engine.read_data(str(at / "said.nt"), pyrudof.RDFFormat.NTriples)
        engine.read_shacl(str(at / "shapes.ttl"), pyrudof.ShaclFormat.Turtle)
        report = engine.validate_shacl()
        return 0 if report is None else len(report)

    return run


@step("Turtle", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.export import export_graph

    graph = opened(at)
    _ = graph.asserted, graph.derived
    return lambda: len(export_graph(graph, "ttl"))


@step("Turtle", "pyoxigraph")
def _(at: Path) -> Callable[[], int]:
    import pyoxigraph as ox

    from kg.base import PREFIXES

    # It writes many literals otherwise than they were said: xsd:nonNegativeInteger as xsd:integer.
    store = ox.Store()
    store.bulk_load(path=at / "all.nt", format=ox.RdfFormat.N_TRIPLES)

    def run() -> int:
        dumped = store.dump(
            format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=PREFIXES
        )
        return len(dumped or b"")

    return run


@step("Turtle", "pyoxigraph, parsed and written")
def _(at: Path) -> Callable[[], int]:
    import pyoxigraph as ox

    from kg.base import PREFIXES

    data = (at / "all.nt").read_bytes()

    def run() -> int:
        triples = ox.parse(data, ox.RdfFormat.N_TRIPLES)
        return len(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"")

    return run


@step("Turtle", "rdflib")
def _(at: Path) -> Callable[[], int]:
    import rdflib

    graph = rdflib.Graph().parse(at / "all.nt", format="nt")
    return lambda: len(graph.serialize(format="turtle", encoding="utf-8"))


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


@step("N-Quads of a store", "oxigraph")
def _(at: Path) -> Callable[[], int]:
    command = [Path(sys.executable).parent / "oxigraph", "dump", "--location", _index(at),
               "--format", "nq"]  # fmt: skip
    return lambda: printed(command)


@step("network", "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.plans import network
    from kg.query.index import Index

    graph = opened(at)
    index = Index.of(graph.asserted, graph.derived)
    return lambda: network.project_network(index).number_of_edges()


_ASKED: Final = "partners", "company-0"


@step("ask on a store", "kg")
def _(at: Path) -> Callable[[], int]:
    import kg

    compileall.compile_dir(Path(kg.__file__).parent, quiet=1)  # as pip does when it installs
    name, company = _ASKED
    command = [Path(sys.executable).parent / "kg", "ask", name, "--company", company,
               "--store", at / "store", "-f", "tsv"]  # fmt: skip
    return lambda: printed(command)


@step("ask on a store", "oxigraph")
def _(at: Path) -> Callable[[], int]:
    command = [Path(sys.executable).parent / "oxigraph", "query", "--location", _index(at),
               "--query-file", query(at), "--union-default-graph", "--results-format", "tsv"]  # fmt: skip
    return lambda: printed(command)


@step("ask on a store", "rdflib")
def _(at: Path) -> Callable[[], int]:
    script = (
        "import rdflib, sys; g = rdflib.Graph().parse(sys.argv[1], format='nt');"
        "print(g.query(open(sys.argv[2]).read()).serialize(format='csv').decode())"
    )
    command = [sys.executable, "-c", script, at / "all.nt", query(at)]
    return lambda: printed(command)


def _index(at: Path) -> Path:
    store = at / "store"
    return store / (store / "current").read_text(encoding="utf-8").strip() / "index"


def query(at: Path) -> Path:
    """Write the query of `ask on a store` to a file, and return that."""
    name, company = _ASKED
    path = at / "asked.rq"
    path.write_text(opened(at).sparql(name, arguments={"company": company}), encoding="utf-8")
    return path


def printed(command: list[object]) -> int:
    """Run a command and return how many bytes it prints."""
    with TemporaryFile() as answer:
        subprocess.run([str(part) for part in command], check=True, stdout=answer)
        return os.fstat(answer.fileno()).st_size


def spent() -> float:
    """Return the seconds of the processor that this process, its children and servers have used."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    mine = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    return mine + sum(map(_spent_by, SERVERS))


def _spent_by(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf(
        "SC_CLK_TCK"
    )  # utime and stime: proc(5)


def _peak(process: int | str = "self") -> float:
    """Return the peak of a process in MB; the usual call counts its parent's too."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _peak_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(task: str, who: str, folder: str) -> None:
    """Run one step and print what it took as JSON."""
    run = STEPS[task, who](Path(folder))
    began, clock = spent(), time.perf_counter()
    count = run()
    cpu, wall = spent() - began, time.perf_counter() - clock
    peak = _peak_of_children()
    if not task.endswith("a store"):
        peak = max(peak, _peak(), *map(_peak, SERVERS))
    json.dump({"cpu": cpu, "wall": wall, "mb": peak, "count": count}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
