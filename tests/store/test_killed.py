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

import pytest

import kg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

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
        committed = int(said[-1]) if said[-1].strip() else committed
        held = kg.open(store)
        # What was told is there, or what came after it: a commit may outrun its telling.
        number = [made.asserted for made in graphs].index(held.asserted)
        seen.add(number == committed)
        assert held.derived == graphs[number].derived
        assert len(held.index) == len(graphs[number].index)
        assert held.query("ASK { ?s a cp:Target }")
    assert True in seen
    (store / ".current-x1y2z3").touch()  # as one leaves it that is killed when it is all but done
    small.save(store)
    assert kg.open(store).asserted == small.asserted
    names = {path.name for path in store.iterdir()}
    assert not [name for name in names if name.startswith("new-")]
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


# The child runs a command for ever, in turn with two arguments, over the same file.
_COMMANDS = """
import sys
from click.testing import CliRunner
from kg.cli import main
before, after, first, second = (arguments.split("\\t") for arguments in sys.argv[1:])
while True:
    for one in (first, second):
        if result := CliRunner().invoke(main, [*before, *one, *after]).exit_code:
            sys.exit(f"the command itself fails with {result}")
        print("done", flush=True)
"""
_METADATA = """{"@context": "http://www.w3.org/ns/csvw", "@id": "shops-2020", "url": "%s",
"dc:title": "Shops", "dc:publisher": {"@id": "gazette", "schema:name": "The Gazette"},
"dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
"dc:issued": {"@value": "2020-02-29", "@type": "xsd:date"},
"tableSchema": {"primaryKey": "firm", "columns": [
{"name": "firm", "required": true}, {"name": "shops", "datatype": "decimal"}]}}"""
_MAPPING = """PREFIX t: <https://w3id.org/corporate-plans/id/shops-2020#>
CONSTRUCT { ?count a cp:Observation ; cp:source id:shops-2020 ; cp:row ?row ; cp:value ?shops }
WHERE { ?row t:firm ?name ; t:shops ?shops
BIND (IRI(CONCAT(STR(id:shops-2020), "/", ENCODE_FOR_URI(?name))) AS ?count) }"""


@pytest.mark.parametrize("command", ["import", "export", "view"])
def test_killed_command_leaves_the_file_it_was_to_replace(
    small: kg.Graph, tmp_path: Path, run: Callable[..., Result], zygote: Zygote, command: str
) -> None:
    if command == "import":
        for name, rows in (("a.csv", 400), ("b.csv", 50)):
            lines = [f"{name} {number},{number}" for number in range(rows)]
            (tmp_path / name).write_text("\n".join(["firm,shops", *lines, ""]), encoding="utf-8")
            (tmp_path / f"{name}-metadata.json").write_text(_METADATA % name, encoding="utf-8")
        (tmp_path / "shops.rq").write_text(_MAPPING, encoding="utf-8")
        turns = [[str(tmp_path / name)] for name in ("a.csv", "b.csv")]
        rest, ending = ["--mapping", str(tmp_path / "shops.rq")], "nq"
    else:
        small.save(tmp_path / "store")
        options = {
            "export": ("--part=asserted", "--part=all"),
            "view": ("--hops=1", "--focus=acme"),
        }
        turns = [[option] for option in options[command]]
        rest, ending = ["--store", str(tmp_path / "store")], "nt" if command == "export" else "html"
    out = tmp_path / "out" / f"plans.{ending}"
    out.parent.mkdir()
    whole = []
    for turn in turns:
        result = run(command, *turn, *rest, "-o", out)
        assert result.exit_code == 0, result.stderr
        whole.append(out.read_bytes())
    assert whole[0] != whole[1]
    arguments = ["\t".join(part) for part in ([command], [*rest, "-o", str(out)], *turns)]
    moments = random.Random(7)  # noqa: S311 - repeatable, not secret
    for _ in range(max(KILLS // 4, 1)):
        with zygote.running(_COMMANDS, *arguments) as (runner, stdout):
            assert stdout.readline() == b"done\n"
            time.sleep(moments.uniform(0, 0.3))
            os.kill(runner, signal.SIGKILL)
        assert out.read_bytes() in whole
    # What a killed one was writing lies aside, under a name that nothing takes for a source.
    assert all(
        path == out or path.name.startswith(f".{out.name}-") for path in out.parent.iterdir()
    )
