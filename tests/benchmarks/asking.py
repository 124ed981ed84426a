"""How long the 25 questions take, one engine a process, each question in a child that can be ended.

    python -m tests.benchmarks.asking kg|rdflib|oxrdflib|Virtuoso FOLDER SECONDS

`kg` asks through the library and, in turn with it, hands the same query to the engine as it is.
Virtuoso is a server, so its time is that of its own process, and of ours while it asks.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg.query import questions
from tests.benchmarks import asked
from tests.benchmarks.clock import opened

if TYPE_CHECKING:
    from collections.abc import Callable

TICKS = 0.05
"""Seconds for which others are asked at least: the clock of the processor ticks every 4 ms."""

TIMES = 3
"""How often a question is timed, unless it takes a second; the fastest counts."""


def ours(at: Path) -> Callable[[str, dict[str, str]], dict[str, float]]:
    """Ask over an index in memory, by the library and raw."""
    import pyoxigraph as ox

    from kg.base import PREFIXES
    from kg.graph import Graph
    from kg.pipeline.building import Build, MemoryGraph
    from kg.query import Index
    from kg.sources import Record

    stored = opened(at)
    index = Index.of(stored.asserted, stored.derived)
    made = MemoryGraph(stored.asserted, stored.derived, index)
    graph = Graph(Build(made, Record({}, ""), ()))

    def ask(name: str, arguments: dict[str, str]) -> dict[str, float]:
        best: dict[str, float] = {}
        text = graph.sparql(name, arguments=arguments, today=asked.TODAY)

        def raw() -> bytes:
            results = index.store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
            assert isinstance(results, ox.QuerySolutions)
            return results.serialize(format=ox.QueryResultsFormat.TSV) or b""

        def library() -> bytes:
            return graph.ask(name, arguments=arguments, today=asked.TODAY).to_bytes("tsv")

        answers = {"seconds": library(), "raw": raw()}
        began = time.process_time()
        raw()
        # The clock of the processor ticks every four milliseconds: what is fast is asked often.
        first = time.process_time() - began
        often = 1 + int(0.2 / max(first, 0.0002))
        for _ in range(TIMES if first < 1 else 1):
            for who, run in (("seconds", library), ("raw", raw)):
                began = time.process_time()
                for _ in range(often):
                    run()
                took = (time.process_time() - began) / often
                best[who] = min(best.get(who, took), took)
        if answers["seconds"].strip() != answers["raw"].strip():
            raise AssertionError(f"{name}: two answers to one question")
        return {**best, "rows": answers["raw"].strip().count(b"\n")}

    return ask


def theirs(at: Path, store: str) -> Callable[[str, dict[str, str]], dict[str, float]]:
    """Ask rdflib, over its own store or over Oxigraph."""
    import rdflib

    graph = rdflib.Graph(store=store)
    graph.parse(at / "all.nt", format="ox-nt" if store == "Oxigraph" else "nt")
    stored = opened(at)

    def ask(name: str, arguments: dict[str, str]) -> dict[str, float]:
        text = stored.sparql(name, arguments=arguments, today=asked.TODAY)
        began, times, took = time.process_time(), 0, 0.0
        while took < TICKS:
            rows = len(graph.query(text))
            times += 1
            took = time.process_time() - began
        return {"seconds": took / times, "rows": rows}

    return ask


def bounded(
    ask: Callable[[str, dict[str, str]], dict[str, float]],
    name: str,
    arguments: dict[str, str],
    seconds: float,
) -> dict[str, float] | None:
    """Ask in a forked child that gets so many seconds of the processor; None where it needs more."""
    fork = multiprocessing.get_context("fork")
    mine, its = fork.Pipe(duplex=False)

    def answer() -> None:
        limit = int(time.process_time() + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        its.send(ask(name, arguments))

    child = fork.Process(target=answer)
    child.start()
    its.close()
    try:
        took: dict[str, float] = mine.recv()
    except EOFError:
        return None
    else:
        return took
    finally:
        child.join()


def _rounded(one: dict[str, float] | None) -> dict[str, float] | None:
    return one and {key: round(value, 8) for key, value in one.items()}


def main(who: str, folder: str, seconds: str) -> None:
    """Ask all questions and print what they took as JSON."""
    at = Path(folder)
    if who == "Virtuoso":
        from tests.benchmarks import virtuoso

        took = virtuoso.questions(at, float(seconds))
        json.dump({name: _rounded(one) for name, one in took.items()}, sys.stdout)
        return
    store = {"rdflib": "default", "oxrdflib": "Oxigraph"}.get(who)
    ask = ours(at) if store is None else theirs(at, store)
    # The others are asked of one company only: of all, most take them minutes.
    took = {
        f"{name} {scope}": bounded(ask, name, arguments, float(seconds))
        for name in questions.question_names()
        for scope, arguments in (("one", asked.one(name)), ("all", asked.all_(name)))
        if arguments is not None and (store is None or scope == "one")
    }
    json.dump({name: _rounded(one) for name, one in took.items()}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
