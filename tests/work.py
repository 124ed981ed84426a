"""How much work something is, as a count that is the same on every machine and every day."""

from __future__ import annotations

import cProfile
import json
import pstats
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, Python's own and ours, while something is done."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def engine(*arguments: str | Path) -> None:
    """Run the `oxigraph` of PyPI, which is the engine of the index."""
    command = Path(sys.executable).with_name("oxigraph")
    subprocess.run([command, *arguments], check=True, capture_output=True)


def rows(store: Path, text: str, folder: Path) -> int:
    """Return how many rows the engine goes through for a query, in all parts of its plan."""
    plan, query = folder / "plan.json", folder / "query.rq"
    query.write_text(text, encoding="utf-8")
    form = "nt" if "CONSTRUCT" in text else "tsv"
    engine(
        "query", "--location", store, "--union-default-graph", "--query-file", query,
        "--results-file", folder / f"rows.{form}", "--stats", "--explain-file", plan,
    )  # fmt: skip
    return _sum(json.loads(plan.read_bytes())["plan"])


def _sum(part: dict[str, Any]) -> int:
    return int(part["number of results"]) + sum(map(_sum, part.get("children", ())))
