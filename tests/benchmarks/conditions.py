"""Under what conditions something is measured: when, which version, on what machine, with what."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import tomllib
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final, NotRequired, TypedDict

_PROJECT: Final = Path(__file__).parents[2] / "pyproject.toml"


class Run(TypedDict):
    """When, of what and with what something was measured; a `note` where that is not all known."""

    date: str
    commit: str
    machine: NotRequired[dict[str, str | int]]
    libraries: NotRequired[dict[str, str]]
    note: NotRequired[str]


def project_version() -> str:
    """Return the version of the project."""
    return str(_project()["project"]["version"])


def this_run() -> tuple[str, Run]:
    """Return a run that begins now, under the name by which its figures refer to it."""
    now = datetime.now(UTC)
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    commit = subprocess.run(
        command, cwd=_PROJECT.parent, capture_output=True, text=True, check=False
    ).stdout.strip()
    run: Run = {
        "date": f"{now:%Y-%m-%d}",
        "commit": commit or "unknown",
        "machine": _machine(),
        "libraries": _libraries(),
    }
    return f"{now:%Y-%m-%dT%H:%M:%SZ}", run


def _machine() -> dict[str, str | int]:
    names = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": names[1] if names else platform.machine(),
        "cores": os.cpu_count() or 0,
        "memory in GB": round(memory / 2**30),
        "system": f"{platform.system()} {platform.machine()}, {' '.join(platform.libc_ver())}",
    }


def _libraries() -> dict[str, str]:
    """Return Python's version and that of whatever the project or its benchmarks name and is here."""
    project = _project()
    extras = project["project"]["optional-dependencies"]
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["bench"]]
    named += [one for extra in extras.values() for one in extra]
    names = {re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in named}
    here = {"Python": platform.python_version()}
    for name in sorted(names):
        try:
            here[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # an extra or a peer that this machine does without
    return here


def _project() -> dict[str, Any]:
    return tomllib.loads(_PROJECT.read_text(encoding="utf-8"))
