"""A command has bounds of time and memory, and whatever ends it is told in one sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest

from kg.cli import limits, main
from kg.cli.warden import STOPS
from kg.query import question_names
from tests.alive import has_ended
from tests.conftest import generation, parts, saved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    import kg
    from tests.zygote import Zygote

# All pairs of triples of one graph, and of those all pairs: nobody waits for its end.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
# Nothing can be told before all of it is sorted.
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"


@pytest.fixture(scope="module")
def saved_small(small: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a small graph, only to be read."""
    return saved(small, tmp_path_factory)


@pytest.fixture
def everything(saved_small: Path, acme: Path, tmp_path: Path) -> dict[str, list[str]]:
    """One use of every command that there is, and of one question."""
    store, out = str(saved_small), str(tmp_path / "out")
    table, mapping = tmp_path / "a.csv", tmp_path / "a.rq"
    table.write_text("firm,shops\na,1\n", "utf-8")
    mapping.write_text("CONSTRUCT {} {}", "utf-8")
    return {
        "build": [str(acme), "-o", out],
        "derive": ["--store", "http://127.0.0.1:9/query"],
        "check": [str(acme)],
        "query": ["ASK {}", "--store", store],
        "ask": ["partners", "--store", store],
        "show": ["acme", "--store", store],
        "find": ["acme", "--store", store],
        "same": ["acme", "gazette", "--store", store],
        "terms": ["--store", store],
        "stats": ["--store", store],
        "diff": [store, str(acme)],
        "export": ["--store", store, "-o", "-"],
        "view": ["--store", store, "-o", "-"],
        "locate": [str(acme), "--texts", str(tmp_path)],
        "review": [str(acme / "gazette.yaml")],
        "fmt": [str(acme)],
        "verify": ["--store", store, "--texts", str(tmp_path)],
        "import": [str(table), "-m", str(mapping)],
        "draft": [str(tmp_path / "a.csv"), "--store", store],
        "serve": [store, "--port", "0"],
        "mcp": [store],
        "doctor": [],
    }


def test_every_command_ends_when_its_time_is_up(
    everything: dict[str, list[str]], zygote: Zygote, tmp_path: Path
) -> None:
    assert set(everything) >= set(main.commands)
    told = "kg: not done after 1e-06 seconds; ask for less, or give more with --timeout\n"
    for name in main.commands:
        # What has been imported already may be done before a busy machine lets the other process hear of it.
        tries = (zygote.run(name, *everything[name], "--timeout", "0.000001") for _ in range(3))
        done = next((one for one in tries if one.returncode), None)
        assert done, name
        assert (name, done.returncode, done.stdout, done.stderr) == (name, 4, "", told)
    assert not (tmp_path / "out").exists()


LOST = """
import signal, sys, time
from kg.cli.warden import unwind, unwind_again

class Closing:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)
        sum(range(1000))

signal.signal(signal.SIGTERM, unwind)
sys.unraisablehook = unwind_again
closing = Closing()
del closing
time.sleep(60)
"""


def test_end_that_comes_in_a_destructor_is_not_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOST], capture_output=True, timeout=30, check=False
    )
    assert (done.returncode, done.stderr) == (128 + signal.SIGTERM, b"")


def test_every_command_has_a_bound_of_time_and_of_memory_by_default() -> None:
    group = main.commands["ask"]
    assert isinstance(group, click.Group)
    ctx = click.Context(group)
    questions = [group.get_command(ctx, name) for name in question_names()]
    commands = [*main.commands.values(), *filter(None, questions)]
    assert len(commands) > 30
    for command in commands:
        if command is not group:
            bounds = [one for one in command.params if one.name in {"timeout", "memory"}]
            assert [one.default for one in bounds] == [3600, "75%"], command.name


def test_environment_says_how_long(
    saved_small: Path, zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_TIMEOUT", "0.3")
    done = zygote.run("query", ENDLESS, "--store", str(saved_small))
    assert done.returncode == 4
    assert done.stderr.startswith("kg: not done after 0.3 seconds; ")
    assert zygote.run("query", "ASK {}", "--store", str(saved_small), "--timeout", "50").stdout


def test_environment_says_how_much(
    saved_small: Path, zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_MEMORY", "400M")
    done = zygote.run("query", HUGE, "--store", str(saved_small))
    told = "kg: needs more than 400 MiB of memory; ask for less, or give more with --memory\n"
    assert (done.returncode, done.stdout, done.stderr) == (4, "", told)


def test_memory_that_python_asks_for_is_told_alike(zygote: Zygote, tmp_path: Path) -> None:
    lines = (f'<a:s> <a:p> "{number:0100d}" .\n' for number in range(1_000_000))
    (tmp_path / "a.nt").write_text("".join(lines), "ascii")
    done = zygote.run("stats", "-s", str(tmp_path / "a.nt"), "--memory", "250M")
    told = "kg: needs more than 250 MiB of memory; ask for less, or give more with --memory\n"
    assert (done.returncode, done.stdout, done.stderr) == (4, "", told)


@pytest.mark.parametrize(
    "size", ["", "lots", "-1", "1K", "63M", "101%", "1e9", "nan", "8 X", "9999999T"]
)
def test_size_that_is_none_is_told(run: Callable[..., Result], size: str) -> None:
    result = run("query", "ASK {}", "--memory", size)
    assert result.exit_code == 2
    assert f"{size!r} is no size of at least 64M; write 500M, 8G or 50%" in result.stderr


def test_size_beyond_all_numbers_is_none() -> None:
    assert limits.parse_memory("9" * 500 + "T") is None


def test_share_of_memory_is_of_the_container_where_that_has_less(tmp_path: Path) -> None:
    bound, unbound = tmp_path / "bound", tmp_path / "max"
    bound.write_text("100000000\n", "ascii")
    unbound.write_text("max\n", "ascii")
    paths = [str(bound), str(unbound), str(tmp_path / "none")]
    assert limits.machine_memory(paths) == 100_000_000
    assert limits.machine_memory(paths[1:]) > 100_000_000
    half = limits.parse_memory("50%")
    assert half
    assert abs(half - limits.machine_memory() / 2) < 2


def _heed() -> None:
    """Heed what whoever runs the tests may ignore, as the background jobs of shells do."""
    for number in STOPS:
        signal.signal(number, signal.SIG_DFL)


def _run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    heeding = {"preexec_fn": _heed, **more}
    return subprocess.run(command, capture_output=True, text=True, check=False, **heeding)


@contextmanager
def _started(*args: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Start the command, and lend it; whatever the test finds, it does not go on for ever."""
    command = [sys.executable, "-m", "kg", *args]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command,
        stdout=pipe,
        stderr=pipe,
        preexec_fn=_heed,  # noqa: PLW1509 - it takes no lock
        **more,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def _child_of(pid: int) -> int:
    """Return the process of the command, once there is one."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    while not (children := path.read_text("ascii").split()):
        time.sleep(0.02)
    return int(children[0])


def _has_begun(child: int) -> None:
    """Wait until a command is at work: until it has opened the index of its store."""
    while True:
        for descriptor in Path(f"/proc/{child}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                if "/index/" in str(descriptor.readlink()):
                    return
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_command_that_is_asked_to_end_says_so_and_ends_as_of_the_signal(
    saved_small: Path, number: signal.Signals
) -> None:
    with _started("query", ENDLESS, "--store", str(saved_small)) as started:
        child = _child_of(started.pid)
        _has_begun(child)
        os.kill(started.pid, number)
        # The engine hears nothing; whoever asks twice does not want to wait.
        os.kill(started.pid, number)
        out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (-number, b"", b"kg: interrupted\n")
    assert has_ended(child)


def test_terminal_asks_both_processes_and_one_answers(saved_small: Path) -> None:
    asked = ("query", ENDLESS, "--store", str(saved_small))
    with _started(*asked, start_new_session=True) as started:
        _has_begun(_child_of(started.pid))
        for _ in range(2):
            os.killpg(started.pid, signal.SIGINT)
            time.sleep(0.2)
        _, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (-signal.SIGINT, b"kg: interrupted\n")


def test_command_that_hears_it_puts_away_what_it_was_writing(acme: Path, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, pathlib\n"
        "from kg.base import replace_file\n"
        "from kg.export import rdf\n"
        "import kg.cli.common, kg.cli.warden\n"
        "def slowly(data, output):\n"
        "    def pieces():\n"
        "        yield b'a'\n"
        "        os.kill(os.getppid(), signal.SIGTERM)\n"
        "        signal.pause()\n"
        "    replace_file(pathlib.Path(output), pieces())\n"
        "from kg.cli import exporting\n"
        "exporting.write = slowly\n"
        "kg.cli.warden.main()\n"
    )
    out = tmp_path / "out" / "a.ttl"
    out.parent.mkdir()
    command = [sys.executable, "-c", code, "export", "-s", str(acme), "-o", str(out)]
    done = _run(command)
    assert (done.returncode, done.stdout, done.stderr) == (-15, "", "kg: interrupted\n")
    assert list(out.parent.iterdir()) == []


def test_what_a_build_that_is_killed_has_left_aside_goes_with_it(
    acme: Path, tmp_path: Path
) -> None:
    code = (
        "import os, pathlib, signal\n"
        "import kg.api, kg.cli.warden\n"
        "from kg.base import held_folder\n"
        "def killed(*_, store, folder, **__):\n"
        "    with held_folder(pathlib.Path(store)) as one, held_folder(folder) as other:\n"
        "        print(one.exists(), other.exists(), flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "kg.api.publish = killed\n"
        "kg.cli.warden.main()\n"
    )
    places = [tmp_path / name for name in ("store", "out")]
    for place in places:
        place.mkdir()
        (place / "other").touch()
    command = [sys.executable, "-c", code, "build", str(acme), "--store", str(places[0])]
    done = _run([*command, "-o", str(places[1])])
    assert (done.returncode, done.stdout) == (4, "True True\n")
    assert [[path.name for path in place.iterdir()] for place in places] == [["other"], ["other"]]


def test_command_that_has_not_begun_hears_it_too(tmp_path: Path) -> None:
    # While what it is made of is loaded, which takes longer than many an answer.
    commands, mark = tmp_path / "commands.py", tmp_path / "went-on"
    commands.write_text(
        "import os, pathlib, signal, time\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"
        "time.sleep(1)\n"
        f"pathlib.Path({str(mark)!r}).touch()\n",
        "utf-8",
    )
    code = (
        "import kg.cli, kg.cli.warden\n"
        f"kg.cli.__path__.insert(0, {str(tmp_path)!r})\n"
        "kg.cli.warden.main()\n"
    )
    command = [sys.executable, "-c", code, "terms"]
    done = _run(command)
    assert (done.returncode, done.stdout, done.stderr) == (-2, "", "kg: interrupted\n")
    assert not mark.exists()


def test_command_ends_with_the_process_that_watches_it(saved_small: Path) -> None:
    with _started("query", ENDLESS, "--store", str(saved_small)) as started:
        child = _child_of(started.pid)
        _has_begun(child)
        started.kill()
        started.wait()
        assert has_ended(child)


def test_what_is_ignored_stays_ignored(saved_small: Path) -> None:
    command = f"trap '' HUP; exec {sys.executable} -m kg query - --store {saved_small} -f tsv"
    pipe = subprocess.PIPE
    with subprocess.Popen(
        ["/bin/sh", "-c", command], stdin=pipe, stdout=pipe, stderr=pipe
    ) as started:
        time.sleep(0.5)  # whenever it comes, it is ignored
        os.kill(started.pid, signal.SIGHUP)
        out, err = started.communicate(b"ASK {}")
    assert (started.returncode, out, err) == (0, b"true\n", b"")


def test_whoever_reads_slowly_reads_all(seed: kg.Graph, tmp_path: Path) -> None:
    seed.save(tmp_path / "s")
    query = "SELECT * { ?s ?p ?o }"
    with _started("query", query, "--store", str(tmp_path / "s"), "--timeout", "3") as started:
        assert started.stdout
        first = os.read(started.stdout.fileno(), 10)
        time.sleep(4)
        rest, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (0, b"")
    assert len((first + rest).splitlines()) == len(seed.query(query).rows) + 1


def test_folder_for_the_time_being_goes_with_a_command_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, kg.cli.commands\n"
        "from kg.cli import limits\n"
        "def work():\n"
        "    limits.announce_folder(sys.argv[1])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "kg.cli.commands.main = work\n"
        "from kg.cli.warden import main\n"
        "main()\n"
    )
    (tmp_path / "spilt").mkdir()
    (tmp_path / "spilt" / "rows").touch()
    command = [sys.executable, "-c", code, str(tmp_path / "spilt")]
    done = _run(command)
    assert done.returncode == 4
    told = "kg: the system ended it, most likely for want of memory; ask for less\n"
    assert done.stderr == told
    assert not (tmp_path / "spilt").exists()


def _as_command(*lines: str, **more: Any) -> tuple[int, str]:
    """Return how a command ends that does nothing but this, and what is told of it."""
    work = "".join(f"    {line}\n" for line in lines)
    code = (
        f"import os, signal, sys, kg.cli.commands\ndef work():\n{work}"
        "kg.cli.commands.main = work\nfrom kg.cli.warden import main\nmain()\n"
    )
    command = [sys.executable, "-c", code]
    done = _run(command, **more)
    return done.returncode, done.stderr


def test_what_an_engine_says_as_it_dies_is_one_sentence() -> None:
    said = "os.write(2, b'thread panicked at a.rs:1\\nand more\\n')"
    told = "kg: the engine died of it (SIGABRT: thread panicked at a.rs:1); ask for less\n"
    assert _as_command(said, "os.abort()") == (4, told)


def test_engine_that_ends_the_process_is_told_like_one_that_dies() -> None:
    said = "os.write(2, b'no plan\\n')"
    told = "kg: the engine died of it (it ended the process: no plan); ask for less\n"
    for code in (0, 1):
        assert _as_command(said, f"os._exit({code})") == (4, told)
    assert _as_command("sys.exit(1)") == (1, "")


@pytest.mark.parametrize(
    "words",
    [
        "OpenBLAS error: Memory allocation still failed after 10 retries, giving up.",
        "memory allocation of 100 bytes failed",
        "terminate called after throwing an instance of 'std::bad_alloc'",
    ],
)
def test_want_of_memory_is_told_in_one_way_whoever_finds_it(words: str) -> None:
    told = "kg: needs more than 0 MiB of memory; ask for less, or give more with --memory\n"
    assert _as_command(f"os.write(2, {words.encode()!r})", "os._exit(1)") == (4, told)
    assert _as_command("raise MemoryError") == (4, told)


def test_thread_that_there_is_none_for_is_told_without_the_words_of_the_engine() -> None:
    words = b"terminate called after throwing an instance of 'std::system_error'\n"
    told = (
        "kg: the system gave it no thread, for want of memory or of processes;"
        " give more with --memory, or see ulimit -u\n"
    )
    assert _as_command(f"os.write(2, {words!r})", "os.abort()") == (4, told)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_command_that_is_asked_itself_is_told_as_interrupted(number: signal.Signals) -> None:
    asked = f"os.kill(os.getpid(), {number:d})"
    told = "kg: interrupted\n"
    assert _as_command(asked) == (-number, told)
    assert _as_command(f"signal.signal({number:d}, signal.SIG_DFL)", asked) == (-number, told)


def test_library_that_there_is_no_memory_to_load_is_told_as_that(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object, **__: object) -> None:
        raise ImportError("a.so: failed to map segment from shared object")

    monkeypatch.setattr(click.Group, "invoke", load)
    result = run("terms")
    assert result.exit_code == 4
    assert "of memory; ask for less, or give more with --memory\n" in result.stderr


def test_bound_that_was_there_before_holds(saved_small: Path) -> None:
    asked = f"{sys.executable} -m kg query '{HUGE}' --store {saved_small}"
    command = ["/bin/sh", "-c", f"ulimit -S -d 409600; exec {asked}"]
    done = _run(command)
    told = "kg: needs more than 400 MiB of memory; ask for less, or give more with --memory\n"
    assert (done.returncode, done.stderr) == (4, told)


@pytest.mark.parametrize("bounds", [["--timeout", "1"], ["--memory", "400M"]])
def test_store_of_whose_damage_a_command_ends_is_told(
    small: kg.Graph, tmp_path: Path, zygote: Zygote, bounds: list[str]
) -> None:
    store = tmp_path / "s"
    small.save(store)
    path = parts(generation(store), "derived")[0]
    state = path.stat()
    derived = bytearray(path.read_bytes())
    derived[len(derived) // 2] ^= 1
    # What is only read for exports, of which an answer knows nothing.
    path.write_bytes(derived)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    asked = ["query", ENDLESS if bounds[0] == "--timeout" else HUGE, "--store", str(store)]
    done = zygote.run(*asked, *bounds)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"kg: {store}: is damaged; build it again\n"
    assert zygote.run("query", "ASK {}", "--store", str(store)).returncode == 0


def test_closed_streams_are_no_fault(saved_small: Path) -> None:
    for closed in ("0<&-", "2>&-", "0<&- 2>&-"):
        command = f"{sys.executable} -m kg query 'ASK {{}}' --store {saved_small} {closed}"
        done = subprocess.run(["/bin/sh", "-c", command], stdout=subprocess.PIPE, check=False)
        assert (done.returncode, done.stdout) == (0, b"true\n")


LEFT = """
import atexit, sys, threading
from kg.cli import warden
atexit.register(print, "put away", flush=True)
go = threading.Event()
thread = threading.Thread(target=lambda: go.wait() and print("waited for", flush=True))
if {threads}:
    thread.start()
warden._leave(3)
go.set()
sys.exit(5)
"""


@pytest.mark.parametrize(
    ("threads", "code", "told"), [(False, 3, "put away\n"), (True, 5, "waited for\nput away\n")]
)
def test_command_that_is_done_ends_at_once_unless_it_waits_for_threads(
    threads: bool, code: int, told: str
) -> None:
    program = [sys.executable, "-c", LEFT.format(threads=threads)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (code, told, "")
