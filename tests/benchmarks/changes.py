"""What a small change costs in a store that is there, by commands as one types them.

Before the clock starts the store is brought up to what the folder says, and the folder is changed then; so each step may be
run again. Rules, ours and those of a reasoner, are run where all has been derived from but one triple.
"""

from __future__ import annotations

import atexit
import contextlib
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import CP, ID
from tests.benchmarks.clock import step

if TYPE_CHECKING:
    from collections.abc import Callable

CHANGED: Final = "change a file of a store"
ADDED: Final = "add a file to a store"
CHECKED: Final = "check a file beside a store"
DERIVED: Final = "derive after one triple more"
TASKS: Final = (
    CHANGED,
    ADDED,
    "remove a file from a store",
    "rename a place in a store",
    CHECKED,
    DERIVED,
)

_FACT: Final = ("a:city", f"{CP}locatedIn", f"{ID}city-0-0")
_FILE: Final = Path("000", "company-0-news-1.yaml")
_MORE: Final = _FILE.with_name("company-0-news-more.yaml")
_ATLAS: Final = Path("000", "atlas-0.yaml")


def _kg(at: Path, *arguments: object) -> int:
    command = [sys.executable, "-m", "kg", *map(str, arguments), "--store", str(at / "of-yaml")]
    return subprocess.run(command, check=True, capture_output=True).returncode


def _built(at: Path) -> Path:
    """Have the store hold what the folder says, and return the folder."""
    _kg(at, "build", at / "yaml")
    return at / "yaml"


def turn(path: Path, one: str, other: str) -> None:
    """Have a file say something else than it does: either of two things, in all places."""
    text = path.read_text(encoding="utf-8")
    was, now = (one, other) if one in text else (other, one)
    if was not in text:
        raise LookupError(f"{path} says neither {one!r} nor {other!r}")
    path.write_text(text.replace(was, now), encoding="utf-8")


def _after(at: Path) -> Callable[[], int]:
    return partial(_kg, at, "build", at / "yaml")


@step(CHANGED, "kg")
def _(at: Path) -> Callable[[], int]:
    turn(_built(at) / _FILE, "  status: announced\n", "  status: underway\n")
    return _after(at)


@step(ADDED, "kg")
def _(at: Path) -> Callable[[], int]:
    more = at / "yaml" / _MORE
    more.unlink(missing_ok=True)
    _built(at)
    _write(more)
    return _after(at)


@step(TASKS[2], "kg")
def _(at: Path) -> Callable[[], int]:
    more = at / "yaml" / _MORE
    _write(more)
    _built(at)
    more.unlink()
    return _after(at)


def _write(more: Path) -> None:
    """Have another source say what one says already, by a name of its own, to which nothing refers."""
    text = more.with_name(_FILE.name).read_text(encoding="utf-8").replace(_FILE.stem, more.stem)
    # That of its text comes first, and no two sources have the same.
    digest = re.search(r"sha256: (\w+)", text)
    assert digest
    more.write_text(text.replace(digest[1], digest[1][::-1], 1), encoding="utf-8")


@step(TASKS[3], "kg")
def _(at: Path) -> Callable[[], int]:
    turn(_built(at) / _ATLAS, "label: City 0 0\n", "label: Old City 0 0\n")
    return _after(at)


@step(CHECKED, "kg")
def _(at: Path) -> Callable[[], int]:
    return partial(_kg, at, "check", _built(at) / _FILE)


@step(DERIVED, "kg")
def _(at: Path) -> Callable[[], int]:
    from kg.base import Change, nquads
    from kg.pipeline.derivation import load_rules
    from kg.pipeline.increments import derive_increment
    from kg.promises import judge_change
    from kg.store import open_current

    _built(at)
    before = open_current(at / "of-yaml")
    assert before
    line = " ".join(f"<{term}>" for term in (*_FACT, f"{ID}atlas-0"))
    change = Change(b"", f"{line} .\n".encode())
    # What is changed lies aside until this process ends.
    opened = contextlib.ExitStack()
    atexit.register(opened.close)
    changing = opened.enter_context(before.changing(change))
    opened.enter_context(changing.asked())

    def run() -> int:
        derived, _ = derive_increment(changing.old, changing.new, change, load_rules())
        followed = nquads.following(change, derived)
        judged, _ = judge_change(changing.old, changing.new, followed)
        return derived.fresh.count(b"\n") + judged.fresh.count(b"\n")

    return run


@step(DERIVED, "reasonable")
def _(at: Path) -> Callable[[], int]:
    import rdflib
    import reasonable

    reasoner = reasonable.PyReasoner()
    for name in ("asserted.ttl", "transitive.ttl"):
        reasoner.load_file(str(at / name))
    known = len(reasoner.reason())
    subject, predicate, value = map(rdflib.URIRef, _FACT)
    fact = rdflib.Graph().add((subject, predicate, value))

    def run() -> int:
        reasoner.from_graph(fact)
        return len(reasoner.reason()) - known

    return run
