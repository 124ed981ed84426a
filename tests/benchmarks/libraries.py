"""The steps of libraries and commands that live in our environment."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.clock import opened, printed, query, step

if TYPE_CHECKING:
    from collections.abc import Callable


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

    return lambda: len(rdflib.Graph().parse(at / "asserted.nt", format="nt"))


@step("load", "oxrdflib")
def _(at: Path) -> Callable[[], int]:
    import rdflib

    return lambda: len(rdflib.Graph(store="Oxigraph").parse(at / "asserted.nt", format="ox-nt"))


@step("load", "maplib")
def _(at: Path) -> Callable[[], int]:
    import maplib
    import polars as pl

    def run() -> int:
        model = maplib.Model()
        model.read(str(at / "asserted.nt"), format="ntriples")
        counted = model.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert isinstance(counted, pl.DataFrame)
        return int(counted["n"][0])

    return run


@step("closures", "reasonable")
def _(at: Path) -> Callable[[], int]:
    import reasonable

    reasoner = reasonable.PyReasoner()
    for name in ("asserted.ttl", "transitive.ttl"):
        reasoner.load_file(str(at / name))
    return lambda: len(reasoner.reason())


@step("shapes", "pySHACL")
def _(at: Path) -> Callable[[], int]:
    import pyshacl
    import rdflib

    from kg.pipeline.validation import load_shapes

    def run() -> int:
        data = rdflib.Graph().parse(at / "asserted.nt", format="nt")
        shapes = rdflib.Graph().parse(data=load_shapes(), format="turtle")
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        return len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))

    return run


@step("shapes", "pyshifty")
def _(at: Path) -> Callable[[], int]:
    import rdflib
    import shifty

    def run() -> int:
        _, report, _ = shifty.validate(at / "asserted.nt", at / "shapes.ttl", infer=False)
        return len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))

    return run


@step("shapes", "pyrudof")
def _(at: Path) -> Callable[[], int]:
    import pyrudof

    def run() -> int:
        engine = pyrudof.Rudof(pyrudof.RudofConfig())
        engine.read_data(str(at / "asserted.nt"), pyrudof.RDFFormat.NTriples)
        engine.read_shacl(str(at / "shapes.ttl"), pyrudof.ShaclFormat.Turtle)
        report = engine.validate_shacl()
        return 0 if report is None else len(report)

    return run


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


@step("N-Quads of a store", "oxigraph")
def _(at: Path) -> Callable[[], int]:
    command = [Path(sys.executable).parent / "oxigraph", "dump", "--location", _index(at),
               "--format", "nq"]  # fmt: skip
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
