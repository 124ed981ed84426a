"""Processes that run the command as one of its own would, without importing it anew each time.

`python -m tests.zygote` imports the command and waits. For each line of JSON on its stdin it forks a
process with the streams that a shell would give it, runs the command there, and tells how that ended.
"""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

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
            asked = {"args": args, "files": files, "redirect": redirect, "env": dict(os.environ)}
            assert self._process.stdin
            assert self._process.stdout
            print(json.dumps(asked), file=self._process.stdin, flush=True)
            code = int(self._process.stdout.readline())
            out, err = (
                Path(file).read_text("utf-8") if Path(file).exists() else "" for file in files[1:]
            )
            return subprocess.CompletedProcess(args, code, out, err)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def main() -> None:
    """Fork a process for each line that comes in."""
    import networkx as nx  # noqa: F401 - what commands import when they run
    import numpy as np  # noqa: F401
    import pyoxigraph as ox  # noqa: F401
    import rich.table  # noqa: F401

    import kg.api.publication
    import kg.cli
    import kg.plans.network
    import kg.reports.card
    import kg.store.snapshot  # noqa: F401
    from kg.sources import software_fingerprint

    software_fingerprint()
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _command(asked)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _command(asked: dict[str, Any]) -> NoReturn:
    """Run the command and end as the interpreter does."""
    code: Any = 1
    try:
        _redirect(asked["files"], asked["redirect"])
        os.environ.clear()
        os.environ.update(asked["env"])
        for number, name in enumerate(NAMES):
            setattr(sys, name, _stream(number))
        import kg.cli

        kg.cli.main(asked["args"], prog_name="kg")
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
