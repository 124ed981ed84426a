"""Turtle, page and store of one build: put into place together, whatever comes in between.

Every step at which a build asks something of the disk is gone through: there it fails, is stopped, or
is killed. `KG_KILLS=1000 pytest tests/store/test_publication.py` kills at every step, too, where the
default takes every few.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import kg
from kg.api import check_publication, outputs, publication
from kg.api.receipt import read_receipt, stamp_of_file
from kg.base import KgError
from kg.store import commit
from tests.conftest import written
from tests.store import faults
from tests.store.faults import Steps
from tests.store.test_killed import KILLS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.zygote import Zygote

FILES = ("plans.ttl", "plans.html")


@dataclass(frozen=True)
class Made:
    """A graph, and its files by name; these are drawn once."""

    graph: kg.Graph
    files: dict[str, bytes]

    @property
    def stamp(self) -> str:
        """What all of it bears."""
        return stamp(self.files["plans.ttl"])


def stamp(turtle: bytes) -> str:
    return turtle.partition(b"\n")[0].decode().removeprefix("# kg-stamp: ")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders of sources that differ a little."""
    folders = [written(tmp_path_factory.mktemp("sources") / name) for name in ("old", "new")]
    with (folders[1] / "things.ttl").open("a") as things:
        things.write('id:bolt a cp:Company ; rdfs:label "Bolt"@en .\n')
    return folders


@pytest.fixture(scope="module")
def two(sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """The graphs of those."""
    made = []
    for folder in sources:
        out = tmp_path_factory.mktemp("files")
        graph = kg.api.publish([folder], folder=out).graph
        made.append(Made(graph, {name: (out / name).read_bytes() for name in FILES}))
    assert made[0].stamp != made[1].stamp
    return made


@pytest.fixture
def put(
    two: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], object]:
    """Publish one of the two to the store and the folder of a test; what was made before is taken."""
    contents = {id(made.graph): made.files for made in two}
    monkeypatch.setattr(outputs, "_contents", lambda graph, *_: contents[id(graph)])
    monkeypatch.setattr(outputs, "summary_of", lambda _: "read")
    monkeypatch.setattr(commit, "_load", Loaded(tmp_path / "indexes"))
    places = str(tmp_path / "store"), tmp_path / "out"

    def publish(number: int) -> object:
        graph = two[number].graph
        return publication._put(graph, *places, page=True, began=10**18, changed=True)

    return publish


class Loaded:
    """Loads an index as `kg.store.commit` does, each once; then it is copied."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.real = folder, commit._load
        folder.mkdir()
        self.made: dict[int, int] = {}

    def __call__(self, index: Path, parts: Sequence[bytes]) -> int:
        key = hash(tuple(parts))
        with Steps.out():
            if key not in self.made:
                self.made[key] = self.real(self.folder / str(key), parts)
            shutil.copytree(self.folder / str(key), index)
        return self.made[key]


@pytest.fixture
def earlier(put: Callable[[int], object], tmp_path: Path) -> Path:
    """The store and the folder of the first of the two, for tests to start from."""
    put(0)
    for name in ("out", "store"):
        shutil.copytree(tmp_path / name, tmp_path / "earlier" / name)
    return tmp_path / "earlier"


def state(folder: Path, two: list[Made]) -> tuple[str | None, ...]:
    """Return the stamps of store, Turtle and page once each is known to be old or new, and whole."""
    found: list[str | None] = []
    if (folder / "store" / "current").exists():
        held = kg.open(folder / "store")
        (which,) = (made for made in two if made.graph.asserted == held.asserted)
        assert held.derived == which.graph.derived
        assert len(held.index) == len(which.graph.index)
        found.append(which.stamp)
    else:
        found.append(None)
    for name in FILES:
        path = folder / "out" / name
        found.append(stamp_of_file(path))
        assert not path.exists() or path.read_bytes() in [made.files[name] for made in two]
    return tuple(found)


def noticed(folder: Path, two: list[Made]) -> tuple[str | None, ...]:
    """Return the state, once it is known that where old lies beside new that is told."""
    found = state(folder, two)
    receipt = read_receipt(folder / "out")
    if receipt:
        assert all(receipt.holds(folder / "out" / name) for name in FILES)
        assert {receipt.stamp} == set(found[1:])
    store = folder / "store"
    told = check_publication(folder / "out", store if found[0] else None)
    if len(set(found)) > 1 or not receipt:
        assert told or found == (found[0], None, None)
    else:
        assert [one for one in told if "was killed" not in one] == []
    return found


def whole_again(folder: Path, two: list[Made], put: Callable[[int], object]) -> None:
    """Build once more, and hold that nothing is left of what came in between."""
    put(1)
    assert state(folder, two) == (two[1].stamp,) * 3
    assert check_publication(folder / "out", folder / "store") == ()
    names = {path.name for path in (folder / "out").iterdir()}
    assert names == {*FILES, ".built.json", ".built.lock"}
    assert len({path.name for path in (folder / "store").iterdir()} - {"current", "lock"}) <= 2
    assert {path.name for path in folder.iterdir()} == {"out", "store", "indexes", "earlier"}


def reset(folder: Path, earlier: Path | None) -> None:
    """Put back what was there before."""
    for name in ("out", "store"):
        shutil.rmtree(folder / name, ignore_errors=True)
        if earlier:
            shutil.copytree(earlier / name, folder / name, copy_function=os.link)


def steps(put: Callable[[int], object]) -> list[int]:
    """Return the numbers of steps of a build: of all, where many are wanted."""
    with Steps(range(0), faults.stop).taken() as taken:
        put(1)
    assert len(taken.names) > 40
    return faults.chosen(taken.names, KILLS)


@pytest.mark.parametrize(
    ("fault", "lasting", "anew"),
    [
        (faults.full, False, True),
        (faults.full, False, False),
        (faults.stop, False, False),
        (faults.broken, True, False),
    ],
)
def test_build_that_fails_or_is_stopped_at_any_step_leaves_nothing_mixed_unnoticed(
    tmp_path: Path,
    two: list[Made],
    put: Callable[[int], object],
    earlier: Path,
    fault: Callable[[], None],
    *,
    lasting: bool,
    anew: bool,
) -> None:
    before = None if anew else earlier
    reset(tmp_path, before)
    old = (None,) * 3 if anew else (two[0].stamp,) * 3
    new = (two[1].stamp,) * 3
    seen, told, met = set(), set(), 0
    numbers = steps(put)
    for number in numbers:
        reset(tmp_path, before)
        at = range(number, 10**6 if lasting else number + 1)
        ended = False
        with Steps(at, fault).taken() as taken:
            try:
                put(1)
                ended = True
            except (KgError, faults.Stopped) as error:
                told.add(str(error))
        met += taken.met > 0
        found = noticed(tmp_path, two)
        seen.add(found)
        assert not ended or found == new
        whole_again(tmp_path, two, put)
    assert met > len(numbers) * 0.9  # how many there are differs a little from time to time
    assert {old, new} < seen
    assert fault is faults.stop or all("cannot be" in one for one in told)


def test_build_that_is_killed_at_any_step_is_finished_by_the_next(
    tmp_path: Path,
    sources: list[Path],
    two: list[Made],
    put: Callable[[int], object],
    earlier: Path,
    zygote: Zygote,
) -> None:
    reset(tmp_path, earlier)
    numbers = steps(put)
    old, new = ((made.stamp,) * 3 for made in two)
    places = {"store": str(tmp_path / "store"), "out": str(tmp_path / "out")}
    code = _KILLED.format(new=str(sources[1]), **places)
    seen = []
    for number in (*numbers, 10**6):
        reset(tmp_path, earlier)
        with zygote.running(code, str(number)) as (_, stdout):
            done = stdout.read()
        seen.append(noticed(tmp_path, two))
        whole_again(tmp_path, two, put)
    assert done == b"done\n"
    assert seen[0] == old
    assert seen[-1] == new
    assert set(seen) - {old, new}


# The child publishes a graph, and is killed at a step that is chosen.
_KILLED = """
import sys
from pathlib import Path
import kg.api
from tests.store import faults
number = int(sys.argv[1])
with faults.Steps(range(number, number + 1), faults.die).taken():
    kg.api.publish([{new!r}], store={store!r}, folder=Path({out!r}))
print("done", flush=True)
"""
