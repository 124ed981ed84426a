"""Whether the libraries that are needed are installed, in versions that will do, and what is shipped can be read."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, Final

from kg.api.health import Health
from kg.base import KgError, counted, data_folder, extra_command, ontology_folder, package_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from packaging.requirements import Requirement

DISTRIBUTION: Final = "corporate-plans-kg"
_AGAIN: Final = "install kg again"


def examine_libraries() -> Iterator[Health]:
    """Yield how kg and Python are, the libraries that they need, and each extra."""
    python = f"Python {platform.python_version()} on {platform.platform(terse=True)}"
    try:
        version, needs = metadata.version(DISTRIBUTION), _requirements()
    except metadata.PackageNotFoundError:
        yield Health(
            "kg", "wrong", f"is not installed, only lies here; {python}", "pip install -e ."
        )
        return
    yield Health("kg", "ok", f"{version}, {python}")
    always = [need for need in needs if _wanted(need)]
    yield _libraries("libraries", always, "pip install -e .", missing="wrong")
    for extra in sorted(metadata.metadata(DISTRIBUTION).get_all("Provides-Extra") or ()):
        more = [need for need in needs if _wanted(need, extra) and need not in always]
        yield _libraries(f"extra {extra}", more, extra_command(extra), missing="note")


def _requirements() -> list[Requirement]:
    from packaging.requirements import Requirement  # nobody else has to read what is needed

    return [Requirement(line) for line in metadata.requires(DISTRIBUTION) or ()]


def _wanted(need: Requirement, extra: str = "") -> bool:
    return need.marker is None or need.marker.evaluate({"extra": extra})


def _libraries(what: str, needs: Iterable[Requirement], command: str, *, missing: str) -> Health:
    """Return how libraries are that are needed together, and which command installs them."""
    versions = {need.name: _version(need.name) for need in needs}
    absent = [name for name, version in versions.items() if version is None]
    # As pip has it: a version before a release is taken where it is what is installed.
    others = [
        f"{need.name} is {version}, and needed is {need.specifier}"
        for need in needs
        if (version := versions[need.name])
        and not need.specifier.contains(version, prereleases=True)
    ]
    if others:
        return Health(what, "wrong", "; ".join(others), command)
    if absent:
        verb = "is" if len(absent) == 1 else "are"
        says = f"{', '.join(absent)} {verb} not installed"
        if missing == "wrong":
            return Health(what, "wrong", says, command)
        return Health(what, "note", f"{says}; {command}")
    return Health(what, "ok", ", ".join(f"{name} {version}" for name, version in versions.items()))


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def examine_folders() -> Iterator[Health]:
    """Yield how what is shipped with kg is: whether each file can be read."""
    folders = {"program": package_folder, "ontology": ontology_folder, "data": data_folder}
    for what, folder in folders.items():
        yield _folder(what, folder)


def _folder(what: str, find: Callable[[], Path]) -> Health:
    try:
        folder = find()
        files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
        for path in files:
            with path.open("rb") as file:
                file.read(1)
    except KgError as error:
        return Health(what, "wrong", str(error), _AGAIN)
    except OSError as error:
        return Health(what, "wrong", f"{error.filename}: cannot be read: {error.strerror}", _AGAIN)
    if not files:
        return Health(what, "wrong", f"{folder}: is empty", _AGAIN)
    return Health(what, "ok", f"{counted(len(files), 'file')} in {folder}")
