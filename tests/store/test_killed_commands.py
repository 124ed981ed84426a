"""Every command that writes a file or a folder, killed at any moment and at chosen steps.

What it was to replace is there, the old or the new, and the next run leaves nothing of it.
`KG_KILLS=200 pytest tests/store/test_killed_commands.py` kills as often as that.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import written
from tests.store import faults
from tests.store.faults import Steps
from tests.store.test_killed import KILLS
from tests.tried import tried

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    import kg
    from tests.zygote import Zygote

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

NAMES = (
    "import", "export", "export-folder", "export-manifest", "view", "query", "ask", "diff", "check",
    "build",
)  # fmt: skip

# The child runs a command for ever, in turn with two arguments, over the same file.
_FOR_EVER = """
import sys
import tempfile
tempfile.tempdir = None  # as the environment says
from click.testing import CliRunner
from kg.cli import main
turns = [arguments.split("\\t") for arguments in sys.argv[1:]]
while True:
    for turn in turns:
        if (result := CliRunner().invoke(main, turn)).exit_code not in (0, 1):
            sys.exit(f"the command itself fails with {result.exit_code}: {result.output}")
        print("done", flush=True)
"""
# The child runs a command, and is killed at a step that is chosen.
_ONCE = """
import sys
import tempfile
tempfile.tempdir = None
tempfile.gettempdir()  # which tries the folder with a file of its own
from kg.cli import main
from tests.store import faults
number, arguments = int(sys.argv[1]), sys.argv[2].split("\\t")
with faults.Steps(range(number, number + 1), faults.die).taken():
    main(arguments, standalone_mode=False)
print("done", flush=True)
"""


@dataclass(frozen=True)
class Command:
    """A command in two turns, of which each writes something else to `out`, in a folder of its own."""

    turns: tuple[list[str], list[str]]
    out: Path

    def written(self) -> dict[str, bytes]:
        """Return all that is in the folder of `out`, by name, but for the locks that stay."""
        folder = self.out.parent
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def command(
    request: pytest.FixtureRequest,
    small: kg.Graph,
    beside: kg.Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Command:
    """The command of a name, with all that it reads."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    stores = [["--store", str(tmp_path / name)] for name in ("small", "beside")]
    small.save(tmp_path / "small")
    beside.save(tmp_path / "beside")
    folder = tmp_path / "out"
    folder.mkdir()
    turns, name = _turns(request.param, stores, tmp_path)
    out = folder / name
    first, second = ([*turn, "-o", str(out)] for turn in turns)
    return Command((first, second), out)


def _turns(name: str, stores: list[list[str]], folder: Path) -> tuple[list[list[str]], str]:
    """Return the arguments of both turns, and the name of the file or folder that they write."""
    places = [place for _, place in stores]
    if name == "import":
        return _tables(folder), "plans.nq"
    if name in {"build", "check"}:
        article = written(folder / "good")
        other = written(folder / "other")
        more = "id:bolt a cp:Company ; rdfs:label 5 .\n" if name == "check" else "<a:s> <a:p> 1 .\n"
        with (other / "things.ttl").open("a") as things:
            things.write(more)
        return [[name, str(article)], [name, str(other)]], "out" if name == "build" else "found.txt"
    if name == "diff":
        return [["diff", *places], ["diff", *reversed(places)]], "changes.tsv"
    if name == "view":
        return [["view", how, *stores[0]] for how in ("--hops=1", "--focus=acme")], "plans.html"
    if name == "ask":
        asked = (["ask", name, "--company=acme", *stores[0]] for name in ("targets", "overdue"))
        return list(asked), "answer.csv"
    words, out = {
        "export": (["export", "--part=asserted"], "plans.nt"),
        "export-folder": (["export", "-f", "neo4j"], "neo4j"),
        "export-manifest": (
            ["export", "--manifest", "--license=https://example.org/"],
            "plans.ttl",
        ),
        "query": (["query", "SELECT ?s { ?s a cp:Company }"], "answer.csv"),
    }[name]
    return [[*words, *store] for store in stores], out


def _tables(folder: Path) -> list[list[str]]:
    for name, rows in (("a.csv", 400), ("b.csv", 50)):
        lines = [f"{name} {number},{number}" for number in range(rows)]
        (folder / name).write_text("\n".join(["firm,shops", *lines, ""]), encoding="utf-8")
        (folder / f"{name}-metadata.json").write_text(_METADATA % name, encoding="utf-8")
    (folder / "shops.rq").write_text(_MAPPING, encoding="utf-8")
    rest = ["--mapping", str(folder / "shops.rq")]
    return [["import", str(folder / name), *rest] for name in ("a.csv", "b.csv")]


def whole(command: Command, run: Callable[..., Result]) -> list[dict[str, bytes]]:
    """Run both turns; return what each of them writes."""
    made = []
    for turn in command.turns:
        result = run(*turn)
        assert result.exit_code in {0, 1}, result.stderr
        made.append(command.written())
    assert made[0] != made[1]
    assert made[0].keys() == made[1].keys()
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
    return made


def held(command: Command, made: list[dict[str, bytes]]) -> None:
    """Hold that every file is the old or the new, and a folder of them all old or all new."""
    found = {name: data for name, data in command.written().items() if ".part" not in name}
    assert all(data in [one[name] for one in made] for name, data in found.items())
    if command.turns[0][0] != "build":  # whose receipt may be missing: see test_publication.py
        assert found.keys() == made[0].keys()
    if command.out.is_dir() and command.turns[0][0] == "export":
        assert found in made


@pytest.mark.parametrize("command", NAMES, indirect=True)
def test_command_killed_at_any_moment_leaves_the_old_or_the_new_and_the_next_sweeps(
    command: Command, run: Callable[..., Result], zygote: Zygote
) -> None:
    made = whole(command, run)
    moments = random.Random(7)  # noqa: S311 - repeatable, not secret
    for _ in range(max(KILLS // 4, 1)):
        turns = ["\t".join(turn) for turn in command.turns]
        with zygote.running(_FOR_EVER, *turns) as (runner, stdout):
            assert stdout.readline() == b"done\n"
            time.sleep(moments.uniform(0, 0.3))
            os.kill(runner, signal.SIGKILL)
        tried("kills of commands that write at any moment")
        held(command, made)
    assert whole(command, run) == made


@pytest.mark.parametrize("command", NAMES, indirect=True)
def test_command_killed_at_a_step_leaves_the_old_or_the_new_and_the_next_sweeps(
    command: Command, run: Callable[..., Result], zygote: Zygote
) -> None:
    made = whole(command, run)
    with Steps(range(0), faults.stop).taken() as taken:
        run(*command.turns[0])
    seen = []
    for number in faults.chosen(taken.names, KILLS // 4):
        assert run(*command.turns[1]).exit_code in {0, 1}
        assert command.written() == made[1]
        with zygote.running(_ONCE, str(number), "\t".join(command.turns[0])) as (_, stdout):
            assert stdout.read() == b""
        tried("kills of commands that write at a step")
        held(command, made)
        seen.append(command.written() == made[0])
    assert len(seen) > 3
    assert not seen[0]
    assert whole(command, run) == made
