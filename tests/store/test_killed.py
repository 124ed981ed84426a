"""A command that is killed at any moment: what was committed is there, what was not is absent.

`KG_KILLS=200 pytest tests/store/test_killed.py` kills as often as that; the default keeps the suite short.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import kg
from tests.tried import tried

if TYPE_CHECKING:
    from pathlib import Path

    from tests.zygote import Zygote

KILLS = int(os.environ.get("KG_KILLS", "12"))

# The child writes two graphs in turn for ever, and says which is committed.
_WRITER = """
import sys
import kg
graphs = [kg.open(folder) for folder in sys.argv[2:]]
while True:
    for number, graph in enumerate(graphs):
        graph.save(sys.argv[1])
        print(number, flush=True)
"""


def test_killed_writer_leaves_what_it_committed(
    seed: kg.Graph, small: kg.Graph, tmp_path: Path, zygote: Zygote
) -> None:
    graphs = [small, seed]
    for number, made in enumerate(graphs):
        made.save(tmp_path / str(number))
    store, moments = tmp_path / "store", random.Random(7)  # noqa: S311 - repeatable, not secret
    small.save(store)
    folders = [str(store), str(tmp_path / "0"), str(tmp_path / "1")]
    committed, seen = 0, set()
    for _ in range(KILLS):
        with zygote.running(_WRITER, *folders) as (writer, stdout):
            said = [stdout.readline()]
            time.sleep(moments.uniform(0, 0.3))  # in which it writes both
            os.kill(writer, signal.SIGKILL)
            said += stdout.readlines()
        tried("kills of a writer at any moment")
        committed = int(said[-1]) if said[-1].strip() else committed
        held = kg.open(store)
        # What was told is there, or what came after it: a commit may outrun its telling.
        number = [made.asserted for made in graphs].index(held.asserted)
        seen.add(number == committed)
        assert held.derived == graphs[number].derived
        assert len(held.index) == len(graphs[number].index)
        assert held.query("ASK { ?s a cp:Target }")
    assert True in seen
    (store / ".kg-x1y2z3_4.part").touch()  # as one leaves it that is killed when it is all but done
    small.save(store)
    assert kg.open(store).asserted == small.asserted
    names = {path.name for path in store.iterdir()}
    assert not [name for name in names if name.startswith(".")]
    assert len(names) <= 4  # the lock, the name of the current generation, this one, the one before


def test_full_disk_leaves_the_store_and_no_output(acme: Path, tmp_path: Path) -> None:
    store, out = tmp_path / "store", tmp_path / "out"
    kg.build([acme], check=False).save(store)
    before = kg.open(store).asserted
    # Without -B, Python too would leave cut short what it compiles, and find it so ever after.
    limited = f"ulimit -f 64; exec {sys.executable} -B -m kg build {acme} --store {store} -o {out}"
    told = subprocess.run(["/bin/sh", "-c", limited], capture_output=True, text=True, check=False)
    assert told.returncode == 3, told.stderr
    assert told.stderr.splitlines()[-1].startswith(f"kg: {store}: cannot be written: ")
    assert kg.open(store).asserted == before
    assert not out.exists()
