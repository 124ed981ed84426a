"""Measure drafting, and write tests/benchmarks/DRAFTING.md.

python -m tests.benchmarks.drafting                      # all, with the page
python -m tests.benchmarks.drafting --only tuned --missed  # what is missed and what is wrong, on the terminal

SEED names the text of the first shipped source, which only a user has.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.api import shipped_graph
from kg.drafting import Drafter
from tests.benchmarks import conditions
from tests.benchmarks.drafting import cost, missed, recorded, report
from tests.benchmarks.drafting.promises import measure
from tests.benchmarks.drafting.report import Figures, Measured
from tests.benchmarks.drafting.scores import ALL, score
from tests.benchmarks.drafting.texts import (
    FRESH,
    HELD,
    LATER,
    STRUCTURES,
    TUNED,
    read_seed,
    read_texts,
)
from tests.benchmarks.drafting.tools import OURS, tools
from tests.benchmarks.drafting.world import read_world

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.drafting import Proposal
    from kg.query import Index
    from tests.benchmarks.drafting.texts import GoldText
    from tests.benchmarks.drafting.tools import Tool
    from tests.benchmarks.drafting.world import World

PAGE: Final = Path(__file__).parents[1] / "DRAFTING.md"
_ARTICLES: Final = 1_000
_FOLDERS: Final = {
    "tuned": TUNED, "structures": STRUCTURES, "held": HELD, "fresh": FRESH, "later": LATER,
}  # fmt: skip
_UNREAD: Final = frozenset({"held", "fresh", "later"})
"""Sets of which nobody who works on the grammar reads what is missed."""
_SLOW: Final = 10
"""Of how many articles a peer is asked one, since its seconds are many."""


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=report.SETS, action="append", help="these texts alone")
    parser.add_argument("--missed", action="store_true", help="tell what is missed and wrong")
    parser.add_argument("--no-cost", action="store_true", help="leave out the thousand articles")
    given = parser.parse_args()
    load = os.getloadavg()[2]
    index = shipped_graph().index
    world = read_world(index)
    texts = texts_of(given.only or report.SETS)
    everyone = tools(index, world)
    if given.missed:
        tell_missed(everyone[0], texts)
        return
    figures = measure_all(everyone, texts, world)
    if not given.no_cost:
        figures.seconds = seconds_of(everyone, index)
        if not given.only:
            _, run = conditions.this_run()
            PAGE.write_text(report.page(figures, run, load), encoding="utf-8")


def measure_all(
    everyone: Sequence[Tool], texts: Mapping[str, Sequence[GoldText]], world: World
) -> Figures:
    """Return what all tools make of all texts."""
    figures = Figures()
    for tool in everyone:
        if tool.draft is None:
            figures.absent.append(tool.name)
            continue
        for name, some in texts.items():
            drafts = [(text, tool.draft(text.paper)) for text in some]
            figures.measured.append(measured(tool.name, name, drafts, world))
    if "tuned" in texts:
        figures.recorded += of_recorded(everyone[0], texts["tuned"], world, figures)
    return figures


def tell_missed(tool: Tool, texts: Mapping[str, Sequence[GoldText]]) -> None:
    """Print what a tool missed and what it has wrong; nothing of texts that are for measuring alone."""
    for name, some in texts.items():
        if name not in _UNREAD and tool.draft is not None:
            drafts = [(text, tool.draft(text.paper)) for text in some]
            sys.stdout.writelines(missed.lines(drafts))


def texts_of(names: Sequence[str]) -> dict[str, tuple[GoldText, ...]]:
    """Return the texts of the sets that are asked for; says so where the seed's text is not there."""
    found = {name: read_texts(_FOLDERS[name]) for name in names if name != "seed"}
    if "seed" in names:
        if seed := os.environ.get("SEED"):
            found["seed"] = (read_seed(Path(seed)),)
        else:
            print("the seed is left out: SEED=path/to/article.txt names its text")
    return found


def measured(
    tool: str, name: str, drafts: list[tuple[GoldText, list[Proposal]]], world: World
) -> Measured:
    """Return, and tell, what a tool made of some texts."""
    one = Measured(tool, name, score(drafts, world), measure(drafts))
    found, whole = one.score.found[ALL], one.score.whole[ALL]
    print(
        f"{name:6} {tool:30} precision {found.precision:.3f} recall {found.recall:.3f} F1 {found.f1:.3f}"
        f"   whole: precision {whole.precision:.3f} recall {whole.recall:.3f}",
        flush=True,
    )
    return one


def of_recorded(
    ours: Tool, texts: Sequence[GoldText], world: World, figures: Figures
) -> list[Measured]:
    """Return what LangExtract makes of recorded answers, beside ours on the same texts."""
    some = [text for text in texts if text.name in recorded.answers()]
    name = f"{len(some)} tuned"
    made = []
    try:
        for title, only_exact in ((recorded.NAME, False), (f"{recorded.NAME}, exact alone", True)):
            drafts = [
                (text, recorded.make(text.name, only_exact=only_exact)(text.paper)) for text in some
            ]
            made.append(measured(title, name, drafts, world))
    except ImportError:
        figures.absent.append(recorded.NAME)
    if ours.draft is not None:
        drafts = [(text, ours.draft(text.paper)) for text in some]
        made.insert(0, measured(OURS, name, drafts, world))
    return made


def seconds_of(everyone: Sequence[Tool], index: Index) -> dict[str, float]:
    """Return, and tell, the processor seconds that each tool takes for a thousand articles."""
    papers = cost.articles([*read_texts(TUNED), *read_texts(HELD)], _ARTICLES)
    drafter = Drafter(index)
    pages = [cost.page_of(paper) for paper in papers]
    spent = {report.WHOLE: cost.seconds(lambda page: drafter.draft(page, "a page"), pages)}
    for tool in everyone:
        if tool.draft is not None:
            share = 1 if tool.name == OURS else _SLOW
            spent[tool.name] = share * cost.seconds(tool.draft, papers[::share])
    for name, one in spent.items():
        print(f"{name}: {one:.1f} s for a thousand articles")
    return spent


if __name__ == "__main__":
    main()
