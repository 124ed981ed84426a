"""The page against stock pyvis on the same graphs: how long to make, how large, how long until usable.

`make bench-page` measures both in one run, one after the other, and writes `PAGE.md`; `python -m
tests.benchmarks.page NUMBER OF NODES ...` prints the rows of other sizes.

A page is *usable* when it has drawn, nothing in it moves any more (less than a pixel on the
screen in a tenth of a second), and its thread is free (a timer of a tenth of a second is less than
150 ms late). What pyvis wants from the network is refused at once, which is the best case for it.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

import viz
from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

SIZES = (30, 200, 1_000, 5_000, 10_000, 50_000)
MOST_STOCK = 5_000  # nodes; the time that pyvis takes to make a page grows with their square
MOST_SECONDS = 120
TYPES = ("company", "initiative", "target", "place", "organization")
WATCH = """
(() => {
  let net = null, last = null, at = 0, drawn = false;
  const find = () => typeof viz !== "undefined" && viz.network ? viz.network.net
    : typeof network !== "undefined" ? network : null;
  const timer = setInterval(() => {
    const now = performance.now();
    if (!net) {
      net = find();
      if (net) {
        net.on("afterDrawing", () => (drawn = true));
        net.redraw();
      }
    } else if (drawn) {
      const places = Object.values(net.getPositions()).map((place) => net.canvasToDOM(place));
      const still = last && last.length === places.length && places.length &&
        places.every((place, i) => Math.hypot(place.x - last[i].x, place.y - last[i].y) < 1);
      if (still && now - at < 250) {
        console.debug(`usable ${at}`);
        clearInterval(timer);
      }
      last = places;
    }
    at = now;
  }, 100);
})();
"""


@dataclass(frozen=True)
class Measured:
    """Seconds to make a page, its bytes, and seconds until it is usable (None: not in time)."""

    made: float
    size: int
    usable: float | None


def network(size: int) -> "nx.MultiDiGraph[str]":
    """Return communities of about 25 with ties between them, as plans have."""
    ties = nx.relaxed_caveman_graph(max(1, size // 25), min(25, size), 0.15, seed=1)
    tree = nx.random_labeled_tree(len(ties), seed=1)
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(statements={})
    for node in ties:
        kind = TYPES[node % len(TYPES)]
        made.add_node(f"urn:{node}", label=f"{kind.title()} {node}", type=kind)
    # A third of the ties within communities, and a tree through all.
    edges = [pair for at, pair in enumerate(ties.edges) if at % 8 == 0] + list(tree.edges)
    for a, b in edges:
        made.add_edge(f"urn:{a}", f"urn:{b}", "tie", label="tie")
    return made


def ours(graph: "nx.MultiDiGraph[str]") -> str:
    """Make our page."""
    return viz.render(graph, title="Benchmark")


def stock(graph: "nx.MultiDiGraph[str]") -> str:
    """Make the page that the documentation of pyvis makes."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node, data in graph.nodes(data=True):
        net.add_node(node, label=data["label"], group=data["type"])
    for a, b, data in graph.edges(data=True):
        net.add_edge(a, b, title=data["label"])
    return str(net.generate_html())


def measure(
    browser: "Browser", make: Callable[..., str], graph: "nx.MultiDiGraph[str]", file: Path
) -> Measured:
    """Make a page and open it."""
    from playwright.sync_api import TimeoutError as TooLong

    began = time.perf_counter()
    html = make(graph)
    made = time.perf_counter() - began
    file.write_text(html, encoding="utf-8", newline="\n")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.route("http*://**", lambda route: route.abort())
    page = context.new_page()
    page.add_init_script(WATCH)
    usable = None
    try:
        with page.expect_console_message(_tells, timeout=MOST_SECONDS * 1_000) as message:
            page.goto(file.as_uri(), wait_until="commit")
        usable = float(message.value.text.partition(" ")[2]) / 1_000
    except TooLong:
        pass
    context.close()
    return Measured(made, file.stat().st_size, usable)


def _tells(message: "ConsoleMessage") -> bool:
    return message.text.startswith("usable ")


def runs(browser: "Browser", size: int, file: Path) -> tuple[Measured, Measured | None]:
    """Measure both, in turn, three times where it is quick, and take the medians."""
    graph, times = network(size), 3 if size <= 200 else 1
    if size > MOST_STOCK:
        return measure(browser, ours, graph, file), None
    pairs = [(measure(browser, ours, graph, file), measure(browser, stock, graph, file))
             for _ in range(times)]  # fmt: skip
    return median([a for a, _ in pairs]), median([b for _, b in pairs])


def median(runs_: list[Measured]) -> Measured:
    usable = [each.usable for each in runs_ if each.usable is not None]
    return Measured(
        statistics.median(each.made for each in runs_),
        runs_[0].size,
        statistics.median(usable) if usable else None,
    )


def rows(browser: "Browser", sizes: list[int], folder: Path) -> Iterator[list[str]]:
    yield ["nodes", "", "made", "size", "usable"]
    for size in sizes:
        mine, theirs = runs(browser, size, folder / "page.html")
        for name, each in (("ours", mine), ("pyvis", theirs)):
            if each is None:
                continue
            yield [f"{size:,}", name, f"{each.made:.2f} s", f"{each.size / 1e6:.2f} MB",
                   f"> {MOST_SECONDS} s" if each.usable is None else f"{each.usable:.1f} s"]  # fmt: skip
        if theirs is not None and mine.usable is not None:
            least = theirs.usable is None
            ratio = (theirs.usable or MOST_SECONDS) / mine.usable
            yield [f"{size:,}", "pyvis / ours", f"{theirs.made / mine.made:.2f}",
                   f"{theirs.size / mine.size:.2f}", f"{'> ' if least else ''}{ratio:.1f}"]  # fmt: skip


HEAD = f"""\
# The page beside stock pyvis

`make bench-page` writes this. Both draw the same graphs in one run, one after the other: trust the ratios, not the
seconds. A page is usable when it has drawn, nothing moves any more and its thread is free. Making ours includes the layout,
which stock pyvis leaves to the reader's browser; what stock pyvis wants from the network is refused at once, the best
case for it. Above {MOST_STOCK:,} nodes it is not tried, being of no use long before; ours folds above 1,000.

"""


def line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def main(sizes: list[int]) -> None:
    from playwright.sync_api import sync_playwright

    rule = ["---:", "---", "---:", "---:", "---:"]
    written: list[str] = []
    program = chromium.find()
    if not program:
        sys.exit("no Chromium: install one or name it in KG_CHROMIUM")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        for make in (ours, stock):  # neither pays for what is imported once
            make(network(30))
        for row in rows(browser, sizes, Path(folder)):
            written += [line(row)] if written else [line(row), line(rule)]
            sys.stdout.write(line(row))
            sys.stdout.flush()
        browser.close()
    if sizes == list(SIZES):
        (Path(__file__).parent / "PAGE.md").write_text(HEAD + "".join(written), encoding="utf-8")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
