"""Turtle, page and store of one build: put into place together, whatever comes in between.

Every step at which a build asks something of the disk is gone through: there it fails, is stopped, or
is killed. `KG_KILLS=1000 pytest tests/store/test_publication.py` kills at every step, too, where the
default takes every few.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import kg
from kg.api import check_publication, outputs, publication
from kg.api.receipt import read_receipt, stamp_of_file
from kg.base import KgError
from kg.sources import find_files
from kg.store import commit
from tests.conftest import written
from tests.store import faults
from tests.store.faults import Steps
from tests.store.test_killed import KILLS
from tests.tried import tried

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.zygote import Zygote

FILES = ("plans.ttl", "plans.html")
SIZES = max(4, KILLS // 3)


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


def steps(put: Callable[[int], object], few: int = KILLS) -> list[int]:
    """Return the numbers of steps of a build: of all, where many are wanted."""
    with Steps(range(0), faults.stop).taken() as taken:
        put(1)
    assert len(taken.names) > 40
    return faults.chosen(taken.names, few)


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
    monkeypatch: pytest.MonkeyPatch,
    *,
    lasting: bool,
    anew: bool,
) -> None:
    monkeypatch.setattr(commit, "_patched", lambda *_: None)  # copying an index is faster
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
        tried(f"builds with a fault at a step: {fault.__name__}{' from there on' * lasting}")
        found = noticed(tmp_path, two)
        seen.add(found)
        assert not ended or found == new
        whole_again(tmp_path, two, put)
    assert met > len(numbers) * 0.9  # how many there are differs a little from time to time
    assert {old, new} < seen
    assert fault is faults.stop or all("cannot be" in one for one in told)


def test_disk_that_is_full_at_any_size_leaves_the_earlier_publication_whole(
    tmp_path: Path, sources: list[Path]
) -> None:
    places = store, out = tmp_path / "store", tmp_path / "out"
    kg.api.publish([sources[0]], store=str(store), folder=out)
    whole = stamps(*places)
    assert len(set(whole)) == 1
    page = (out / "plans.html").stat().st_size // 512
    ended = []
    for blocks in [page * part // SIZES for part in range(1, SIZES)]:
        # Without -B, Python too would leave cut short what it compiles, and find it so ever after.
        command = f"{sys.executable} -B -m kg build {sources[1]} --store {store} -o {out}"
        limited = f"ulimit -f {blocks}; exec {command}"
        told = subprocess.run(
            ["/bin/sh", "-c", limited], capture_output=True, text=True, check=False
        )
        ended.append(told.returncode)
        tried("builds on a disk that is full at a size")
        assert told.returncode == 3, told.stderr
        assert "cannot be written: " in told.stderr.splitlines()[-1]
        assert stamps(*places) == whole
        assert check_publication(out, store) == ()
    assert len(ended) == SIZES - 1 > 2
    kg.api.publish([sources[1]], store=str(store), folder=out)
    assert check_publication(out, store) == ()
    assert stamps(*places) != whole


def stamps(store: Path, out: Path) -> tuple[str | None, ...]:
    snapshot = kg.store.open_store(store)
    assert isinstance(snapshot, kg.store.Snapshot)
    return (snapshot.manifest.stamp, *(stamp_of_file(out / name) for name in FILES))


def test_build_that_is_killed_at_any_step_is_finished_by_the_next(
    tmp_path: Path,
    sources: list[Path],
    two: list[Made],
    put: Callable[[int], object],
    earlier: Path,
    zygote: Zygote,
) -> None:
    reset(tmp_path, earlier)
    numbers = steps(put, KILLS // 2)
    old, new = ((made.stamp,) * 3 for made in two)
    places = {"store": str(tmp_path / "store"), "out": str(tmp_path / "out")}
    code = _KILLED.format(new=str(sources[1]), **places)
    seen = []
    for number in (*numbers, 10**6):
        reset(tmp_path, earlier)
        with zygote.running(code, str(number)) as (_, stdout):
            done = stdout.read()
        tried("builds killed at a step")
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


def test_all_of_one_build_bear_the_stamp_that_follows_from_its_content(
    sources: list[Path], tmp_path: Path
) -> None:
    places = [(tmp_path / name / "store", tmp_path / name / "out") for name in "abc"]
    for source, (store, out) in zip([*sources, sources[0]], places, strict=True):
        kg.api.publish([source], store=str(store), folder=out)
    found = [set(stamps(*place)) for place in places]
    assert [len(one) for one in found] == [1, 1, 1]
    assert found[0] == found[2] != found[1]
    receipt = read_receipt(places[0][1])
    assert receipt
    assert found[0] == {receipt.stamp}
    assert check_publication(places[0][1], places[2][0]) == ()
    told = check_publication(places[0][1], places[1][0])
    assert told == tuple(
        f"{places[0][1] / name}: is of another graph than the store {places[1][0]}; build both again"
        for name in FILES
    )


@pytest.fixture
def built(sources: list[Path], tmp_path: Path) -> Path:
    """What the first of the two builds has written; the other one's is beside it."""
    for source, name in zip(sources, ("out", "other"), strict=True):
        kg.api.publish([source], folder=tmp_path / name)
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda out: (out / "plans.ttl").unlink(), "plans.ttl: is missing; build it again"),
        (
            lambda out: (out / "plans.html").write_bytes((out / "plans.html").read_bytes() + b" "),
            "plans.html: has been changed since; build it again",
        ),
        (
            lambda out: shutil.copy2(out.parent / "other" / "plans.ttl", out),
            "plans.ttl: is of another build; build it again",
        ),
        (
            lambda out: (out / ".built.json").unlink(),
            ": a build of it was broken off; build it again",
        ),
        (
            lambda out: (out / ".built.json").write_bytes(b"[" * 100_000),
            ".built.json: is no receipt of a build; build it again",
        ),
    ],
)
def test_what_does_not_belong_together_is_told_and_made_again(
    built: Path, sources: list[Path], damage: Callable[[Path], object], told: str
) -> None:
    right = {name: (built / name).read_bytes() for name in (*FILES, ".built.json")}
    assert check_publication(built) == ()
    damage(built)
    (found,) = check_publication(built)
    assert found.startswith(str(built))
    assert found.endswith(told)
    kg.api.publish([sources[0]], folder=built)
    assert check_publication(built) == ()
    assert {name: (built / name).read_bytes() for name in right} == right


def test_files_of_two_graphs_without_a_receipt_are_told_apart_by_their_stamps(built: Path) -> None:
    (built / ".built.json").unlink()
    shutil.copy2(built.parent / "other" / "plans.ttl", built)
    assert check_publication(built)[1:] == (
        f"{built}: plans.ttl and plans.html are of different graphs; build it again",
    )


def test_folder_without_a_build_has_no_publication(tmp_path: Path) -> None:
    assert check_publication(tmp_path) == (
        f"{tmp_path}: no build has written here; name the folder of one",
    )


def test_receipt_that_names_other_files_leads_nowhere(built: Path, sources: list[Path]) -> None:
    mine = built.parent / "mine"
    mine.write_bytes(b"mine")
    before = mine.stat().st_mtime_ns
    receipt = json.loads((built / ".built.json").read_bytes())
    receipt["files"]["../mine"] = hashlib.sha256(b"mine").hexdigest()
    (built / ".built.json").write_text(json.dumps(receipt))
    kg.api.publish([sources[0]], folder=built)
    assert (mine.read_bytes(), mine.stat().st_mtime_ns) == (b"mine", before)
    assert check_publication(built) == ()


def test_page_of_an_earlier_build_goes_with_a_build_that_draws_none(
    two: list[Made], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for number, page in ((0, True), (1, False)):
        graph = two[number].graph
        publication._put(graph, None, out, page=page, began=10**18, changed=True)
        assert (out / "plans.html").exists() == page
        assert check_publication(out) == ()
    (out / "plans.html").write_bytes(b"<!doctype html>mine")
    publication._put(two[0].graph, None, out, page=False, began=10**18, changed=True)
    assert (out / "plans.html").read_bytes() == b"<!doctype html>mine"


def test_what_a_broken_off_build_has_left_is_no_source(built: Path, sources: list[Path]) -> None:
    (built / ".built.json").unlink()
    article = sources[0] / "gazette-2020.yaml"
    shutil.copy(article, built.parent)
    shutil.rmtree(built.parent / "other")
    assert [file.path for file in find_files([built.parent])] == [built.parent / article.name]


def test_each_name_is_flushed_before_the_next_that_relies_on_it(
    put: Callable[[int], object], earlier: Path, tmp_path: Path
) -> None:
    reset(tmp_path, earlier)
    with Steps(range(0), faults.stop).taken() as taken:
        put(1)
    turns = [name for name in taken.names if name in {"replace", "rename", "fsync"}]
    first = turns.index("replace")
    assert set(turns[:first]) == {"fsync"}
    assert turns[first:] == [
        *("replace", "fsync"),  # the receipt goes
        *("rename", "fsync"),  # the snapshot comes
        *("replace", "fsync"),  # it is the current one
        *("replace", "replace", "fsync"),  # Turtle and page
        *("replace", "fsync"),  # the receipt of them
    ]


def test_build_that_changes_nothing_renames_nothing(
    put: Callable[[int], object], earlier: Path, tmp_path: Path
) -> None:
    reset(tmp_path, earlier)
    with Steps(range(0), faults.stop).taken() as taken:
        put(0)
    assert not {"replace", "rename", "write_file", "fdopen"} & set(taken.names)
    assert taken.names.count("fsync") == 1


def test_endpoint_that_cannot_be_reached_leaves_the_files_and_their_receipt(
    sources: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    kg.api.publish([sources[0]], folder=out)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()}
    with pytest.raises(KgError):
        kg.api.publish([sources[1]], store="http://127.0.0.1:9/query", folder=out)
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()}
    assert after == before
    assert check_publication(out) == ()
