"""Processes that run the command as one of its own would, without importing it anew each time.

`python -m tests.zygote` imports the command and waits. For each line of JSON on its stdin it forks a
process with the streams that a shell would give it, runs the command there, and tells how that ended.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("stdin", "stdout", "stderr")


class Zygote:
    """The process that forks others, as those who run commands see it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.zygote"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def run(
        self, *args: str, redirect: str = "", stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run the command; `redirect` is what follows it in a shell, such as `>/dev/full 2>&-`."""
        with tempfile.TemporaryDirectory() as folder:
            files = [str(Path(folder) / name) for name in NAMES]
            Path(files[0]).write_text(stdin, encoding="utf-8")
            asked = {"files": files, "redirect": redirect, "env": dict(os.environ)}
            code = int(self._ask(args=args, **asked))
            out, err = (
                Path(file).read_text("utf-8") if Path(file).exists() else "" for file in files[1:]
            )
            return subprocess.CompletedProcess(args, code, out, err)

    @contextmanager
    def running(self, code: str, *args: str) -> Iterator[tuple[int, BinaryIO]]:
        """Run Python in a process of its own; lend its number and what it writes to stdout."""
        with tempfile.TemporaryDirectory() as folder:
            pipe = Path(folder) / "stdout"
            os.mkfifo(pipe)
            child = int(self._ask(code=code, args=args, pipe=str(pipe), env=dict(os.environ)))
            try:
                with pipe.open("rb") as stdout:
                    yield child, stdout
            finally:
                os.kill(child, signal.SIGKILL)
                self._ask(wait=child)

    def _ask(self, **asked: Any) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def main() -> None:
    """Fork a process for each line that comes in."""
    import multiprocessing.popen_fork  # noqa: F401
    import resource  # noqa: F401 - what commands import when they run, as are those that are walked

    import networkx as nx  # noqa: F401
    import numpy as np  # noqa: F401
    import pyoxigraph as ox  # noqa: F401
    import rich.table  # noqa: F401
    import rustworkx as rx  # noqa: F401
    from click.testing import CliRunner

    import kg.cli
    import viz
    from kg.api import outputs
    from kg.sources import software_fingerprint

    for package in (kg, viz):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    software_fingerprint()
    outputs._digest_of_code()
    for words in ("--help", "ask", "ask partners --help"):
        CliRunner().invoke(kg.cli.main, words.split())
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    for line in sys.stdin:
        asked = json.loads(line)
        child = asked.get("wait") or os.fork()
        if child == 0:
            (_python if "code" in asked else _command)(asked)
        told = child if "code" in asked else os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()


def _python(asked: dict[str, Any]) -> NoReturn:
    """Run code, as `python -c` would."""
    try:
        os.environ.clear()
        os.environ.update(asked["env"])
        os.dup2(os.open(asked["pipe"], os.O_WRONLY), 1)
        sys.argv = ["-c", *asked["args"]]
        exec(compile(asked["code"], "-c", "exec"), {"__name__": "__main__"})  # noqa: S102
    finally:
        os._exit(1)  # it was to go on until it is killed


def _command(asked: dict[str, Any]) -> NoReturn:
    """Run the command and end as the interpreter does."""
    code: Any = 1
    try:
        _redirect(asked["files"], asked["redirect"])
        os.environ.clear()
        os.environ.update(asked["env"])
        for number, name in enumerate(NAMES):
            setattr(sys, name, _stream(number))
        from kg.cli.warden import main as run

        sys.argv = ["kg", *asked["args"]]
        run()
    except SystemExit as ended:
        code = ended.code or 0
    finally:
        try:
            if sys.stdout:
                sys.stdout.flush()
        except OSError:
            code = 120  # as the interpreter has it
        os._exit(code)


def _redirect(files: list[str], redirect: str) -> None:
    """Open the streams, and do with them what a shell would."""
    modes = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    targets: list[str | None] = list(files)
    for number, sign, target in re.findall(r"(\d?)([<>])(&-|\S+)", redirect):
        stream = int(number) if number else int(sign == ">")
        targets[stream] = None if target == "&-" else target
    for number, (target, mode) in enumerate(zip(targets, modes, strict=True)):
        os.close(number)
        if target is not None:
            found = os.open(target, mode, 0o600)
            if found != number:
                os.dup2(found, number, inheritable=True)
                os.close(found)


def _stream(number: int) -> Any:
    """Return the file of a stream as the interpreter opens it; None where it is closed."""
    try:
        os.fstat(number)
    except OSError:
        return None
    mode, errors = (
        ("r", "strict") if number == 0 else ("w", "strict" if number == 1 else "backslashreplace")
    )
    buffering = 1 if number == 2 else -1
    return open(number, mode, buffering, encoding="utf-8", errors=errors, closefd=False)


if __name__ == "__main__":
    main()
