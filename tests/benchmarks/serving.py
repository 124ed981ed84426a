"""Answers over HTTP beside others': requests a second, and how long a request takes, from 1 client and from 32.

    python -m tests.benchmarks.serving                  # the shipped data and a million triples: `make bench-serve`
    python -m tests.benchmarks.serving --sizes 0 100000 --rounds 3

All endpoints run at once over the same data and are asked in turn, round after round, so that whatever else the machine
does comes over all of them. Of the rounds the medians count. No two requests have the same text: some
endpoints keep what they have read. Answers are not compared here (`tests/serve/test_same_answers.py` does).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import kg
from kg.base import PREFIXES
from tests.benchmarks import conditions
from tests.benchmarks.endpoints import ENDPOINTS, prepare
from tests.benchmarks.load import Load, LoadError, put_load, request

if TYPE_CHECKING:
    from collections.abc import Sequence

JSON: Final = "application/sparql-results+json"
CLIENTS: Final = (1, 32)
COMPANIES: Final = 50
MOST: Final = 2000
"""Requests in one round, at most."""

ROUND: Final = 1.5
"""Seconds that one round is to take; what is slower is asked less often, once a client at least."""

SLOW: Final = 1.0
"""Seconds of an answer from which on one round has to do, from one client."""

QUESTIONS: Final = {
    "lookup": "SELECT ?p ?o {{ <{company}> ?p ?o }}",
    "join": (
        "SELECT ?plan ?target ?value ?due"
        " {{ ?plan cp:company <{company}> . ?target cp:about ?plan ; cp:value ?value ; cp:due ?due }}"
    ),
    "aggregate": "SELECT ?kind (COUNT(?plan) AS ?n) {{ ?plan cp:company ?company ; cp:kind ?kind }} GROUP BY ?kind",
    "100,000 rows": "SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT 100000",
}
"""What is asked; of the lookup and the join for one company after the other."""

HEAD: Final = """\
# Answers over HTTP

`make bench-serve` writes this: `kg serve`, Oxigraph's own server over the same files, and rdflib-endpoint over the same
triples, in one run, in turn. Trust the ratios, not the milliseconds. Ours keeps the workers' protection: each query in a
process that can be ended, an answer that is sent when it is whole, literals as the data write them. The client is plain sockets
in one thread (`load.py`), so that what is measured is the servers. "Too slow" is what takes more than a second from one client, or
has no room for most: ours has a request wait ten seconds for its turn, and answers 503 then.

"""


@dataclass(frozen=True)
class Figures:
    """What was measured of one endpoint.

    Milliseconds of half of all requests and of 99 in 100; requests a second; and for how many there was no room.
    """

    half: float
    most: float
    rate: float
    refused: int

    @classmethod
    def of(cls, loads: Sequence[Load]) -> Figures:
        """Return the medians of rounds."""
        return cls(
            statistics.median(load.quantile(0.5) * 1000 for load in loads),
            statistics.median(load.quantile(0.99) * 1000 for load in loads),
            statistics.median(len(load.seconds) / load.wall for load in loads),
            sum(load.refused for load in loads),
        )


def queries(at: Path, question: str) -> list[str]:
    """Return as many queries of a question as a round has at most, for one company after the other."""
    rows = kg.open(at / "store").query(
        f"SELECT DISTINCT ?c {{ ?plan cp:company ?c }} ORDER BY ?c LIMIT {COMPANIES}"
    )
    prologue = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    texts = [QUESTIONS[question].format(company=company.value) for (company,) in rows.terms]  # type: ignore[union-attr]
    return [f"{prologue}{texts[at % len(texts)]} # {at}" for at in range(MOST)]


def measure(
    urls: dict[str, str], asked: Sequence[str], clients: int, rounds: int
) -> dict[str, Figures]:
    """Ask all endpoints in turn; leave out from many clients whatever takes too long from one."""
    typical = {}
    for who, url in urls.items():
        first = _requests(url, asked, -1)
        put_load(url, first, clients=1, count=1)  # what is read once, is read
        typical[who] = put_load(url, first[1:], clients=1, count=3).quantile(0.5)
    loads: dict[str, list[Load]] = {who: [] for who in urls}
    for at in range(rounds):
        for who, url in urls.items():
            if typical[who] > SLOW and (at or clients > 1):
                continue
            count = min(MOST, max(clients, int(ROUND / typical[who])))
            try:
                requests = _requests(url, asked[:count], at)
                loads[who].append(put_load(url, requests, clients=clients, count=count))
            except LoadError as error:
                print(f"{who}, {clients} clients: {error}", file=sys.stderr)
    return {who: Figures.of(some) for who, some in loads.items() if some}


def _requests(url: str, asked: Sequence[str], at: int) -> list[bytes]:
    """Return the requests of a round, which nobody has read before."""
    return [request(url, f"{one} # {at}", JSON) for one in asked]


def rows(
    data: str, question: str, clients: int, found: dict[str, Figures], urls: dict[str, str]
) -> list[list[str]]:
    """Return the rows of the table: each endpoint with how many times as long as ours it takes.

    Too slow is what took a second and more from one client, or had no room for most.
    """
    mine = found.get("kg serve")
    measured = [
        [data, question, str(clients), who, f"{it.rate:,.1f}", f"{it.half:,.2f}", f"{it.most:,.2f}", str(it.refused),
         "" if it is mine or not mine else f"{it.half / mine.half:.2f}"]
        for who, it in found.items()
    ]  # fmt: skip
    missing = [
        [data, question, str(clients), who, "too slow", *[""] * 4]
        for who in urls
        if who not in found
    ]
    return measured + missing


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and with the usual sizes write SERVING.md."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--work", type=Path, default=Path("out/bench"), help="the work folder")
    parser.add_argument("--sizes", nargs="*", type=int, default=[0, 1_000_000],
                        help="triples of generated worlds; 0 is the shipped data")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--leave-out", nargs="*", default=[], help="endpoints that are not asked")
    given = parser.parse_args(arguments)
    head = [
        "data",
        "question",
        "clients",
        "endpoint",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "503",
        "p50 / ours",
    ]
    table = [
        _line(head),
        _line(["---", "---", "---:", "---", "---:", "---:", "---:", "---:", "---:"]),
    ]
    run = conditions.this_run()[1]
    told = f"\nMeasured on {run['date']}, of {run['commit']}, on {_words(run)}.\n"
    sys.stdout.writelines(table)
    for size in given.sizes:
        at = prepare(given.work, size)
        with contextlib.ExitStack() as stack:
            some = {who: run for who, run in ENDPOINTS.items() if who not in given.leave_out}
            urls = {who: stack.enter_context(run(at)) for who, run in some.items()}
            for question in QUESTIONS:
                for clients in CLIENTS:
                    found = measure(urls, queries(at, question), clients, given.rounds)
                    name = f"{size:,} triples" if size else "shipped"
                    lines = [_line(row) for row in rows(name, question, clients, found, urls)]
                    sys.stdout.writelines(lines)
                    sys.stdout.flush()
                    table += lines
        if given.sizes == [0, 1_000_000] and not given.leave_out:
            (Path(__file__).parent / "SERVING.md").write_text(HEAD + "".join(table) + told, "utf-8")


def _words(run: conditions.Run) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in run["machine"].items())
    return f"{machine}; its load was {os.getloadavg()[2]:.0f} when it began"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    main()
