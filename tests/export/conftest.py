"""Programs that are no libraries of Python, and read what we export."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

READERS = Path(sys.prefix) / "readers"
"""Where tests/find-readers.sh has put them."""


@pytest.fixture(scope="session")
def node_reader() -> Callable[..., Any]:
    """Run a script of JavaScript with arguments, and return what it prints as JSON."""
    node = shutil.which("node")
    if not node or not (READERS / "node_modules" / ".ready").exists():
        pytest.skip("no Node.js with the readers of tests/find-readers.sh")

    def run(script: str, *arguments: object) -> Any:
        told = subprocess.run(
            [node, "-e", script, *map(str, arguments)],
            cwd=READERS,  # from where its libraries are found
            capture_output=True,
            check=False,
            text=True,
            timeout=60,
        )
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout)

    return run
