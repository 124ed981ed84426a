"""The house: rooms with one face each, on floors that look down and never up."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import grimp
import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MOST_ROOMS, MOST_FLOORS = 16, 9

ROOMS = sorted(path.parent.name for path in (ROOT / "kg").glob("*/__init__.py"))
FACES = [room for room in ROOMS if (ROOT / "kg" / room / "__init__.pyi").exists()]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for top in ("kg", "viz")
    for path in sorted((ROOT / top).rglob("*.py"))
}


class Import(NamedTuple):
    """An import of something of ours: which module imports what, on which line."""

    by: str
    what: str
    line: int


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(module: str, path: Path) -> list[Import]:
    """Return what a module imports of ours; `from kg.query import Index` imports `kg.query.Index`."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            origin = ".".join([*(above if node.level else ()), *filter(None, [node.module])])
            names = [f"{origin}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [Import(module, name, node.lineno) for name in names]
    return [one for one in found if one.what.partition(".")[0] in {"kg", "viz"}]


@cache
def imports() -> list[Import]:
    return [one for module, path in MODULES.items() for one in imports_of(module, path)]


def room_of(name: str) -> str | None:
    """Return the room that a module or a name lies in; None where it lies in none, as `kg.graph`."""
    top, _, rest = name.partition(".")
    room = rest.partition(".")[0]
    return room if top == "kg" and room in ROOMS else None


@cache
def face(room: str) -> dict[str, str]:
    """Return the names of a face, each with the module that it comes from."""
    found = {}
    for node in parsed(ROOT / "kg" / room / "__init__.pyi").body:
        assert isinstance(node, ast.ImportFrom), f"the face of {room} does more than to import"
        for alias in node.names:
            assert alias.asname == alias.name, f"{alias.name} of {room} is not public to mypy"
            found[alias.name] = node.module or alias.name
    return found


def past_the_face(found: list[Import]) -> list[str]:
    """Return the imports that reach into a room of others, as lines of text."""
    told = []
    for by, what, line in found:
        room = room_of(what)
        if room is None or room == room_of(by) or (room == "cli" and by == "kg.__main__"):
            continue
        name = what.removeprefix(f"kg.{room}").removeprefix(".")
        if name and name not in (face(room) if room in FACES else ()):
            told.append(f"{by}:{line} imports {what}")
    return told


# Faces


def test_rooms_were_found() -> None:
    assert len(ROOMS) > 9
    assert set(ROOMS) - set(FACES) == {"cli"}  # which nothing imports but whoever starts it
    assert len(imports()) > 200
    assert "kg.base.KgError" in {one.what for one in imports()}


def test_nothing_outside_a_room_imports_past_its_face() -> None:
    assert past_the_face(imports()) == []


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("from kg.query.index import Index", "kg.query.index.Index"),
        ("import kg.query.index", "kg.query.index"),
        ("from kg.query import index", "kg.query.index"),
        ("from kg.query import Index", None),
        ("from kg import query", None),
        ("from kg.api import cache", None),
        ("from .cache import kept", None),
        ("from kg.graph import Graph", None),
    ],
)
def test_import_past_a_face_is_seen(tmp_path: Path, code: str, told: str | None) -> None:
    path = tmp_path / "module.py"
    path.write_text(f"def late():\n    {code}\n", encoding="utf-8")
    found = past_the_face(imports_of("kg.api.module", path))
    assert found == ([f"kg.api.module:2 imports {told}"] if told else [])


@pytest.mark.parametrize("room", ROOMS)
def test_face_says_what_the_room_is_for_and_what_it_uses(room: str) -> None:
    said = import_module(f"kg.{room}").__doc__ or ""
    first, _, rest = said.partition("\n\n")
    assert len(first.split()) > 4
    assert first.endswith(".")
    uses = re.search(r"\b[Uu]ses?\b[^.]*", rest)
    if room != "cli":
        assert uses, f"kg.{room} does not say what it uses"


@pytest.mark.parametrize("room", FACES)
def test_every_name_of_a_face_exists_and_there_are_no_others(room: str) -> None:
    module = import_module(f"kg.{room}")
    assert sorted(module.__all__) == sorted(face(room))
    assert [name for name in face(room) if getattr(module, name, None) is None] == []


@pytest.mark.parametrize("room", FACES)
def test_no_name_of_a_face_is_that_of_a_module_of_the_room(room: str) -> None:
    # Importing a module binds its name in the face, in place of what the face would give.
    modules = {path.stem for path in (ROOT / "kg" / room).glob("*.py")}
    clashes = [name for name, origin in face(room).items() if name in modules and name != origin]
    assert clashes == []


# Floors


@cache
def floors() -> list[list[str]]:
    """Return the rooms of each floor, from the top, as the contract of the imports has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = project["tool"]["importlinter"]["contracts"]
    return [[room.strip() for room in floor.split("|")] for floor in contract["layers"]]


def test_every_room_is_on_one_floor_and_there_are_not_too_many() -> None:
    rooms = [room for floor in floors() for room in floor]
    modules = {f"kg.{path.stem}" for path in (ROOT / "kg").glob("[!_]*.py")}
    assert sorted(rooms) == sorted({f"kg.{room}" for room in ROOMS} | modules | {"viz"})
    assert len(rooms) <= MOST_ROOMS
    assert len(floors()) <= MOST_FLOORS


def test_imports_between_rooms_form_no_cycle() -> None:
    graph = grimp.build_graph("kg", "viz")
    rooms = [room for floor in floors() for room in floor]
    for room in rooms:
        if graph.find_children(room):
            graph.squash_module(room)
    left = {
        room: graph.find_modules_directly_imported_by(room) & {*rooms} - {room} for room in rooms
    }
    assert sum(map(len, left.values())) > len(rooms)
    while free := [room for room, uses in left.items() if not uses & left.keys()]:
        for room in free:
            del left[room]
    assert left == {}


def test_the_picture_imports_nothing_of_kg() -> None:
    ours = [one for one in imports() if one.by.partition(".")[0] == "viz"]
    assert ours
    assert [one for one in ours if one.what.partition(".")[0] == "kg"] == []


# Names


@cache
def classes() -> list[tuple[str, str, list[str]]]:
    """Return the module, the name and the bases of every class of ours."""
    return [
        (module, node.name, [ast.unparse(base) for base in node.bases])
        for module, path in MODULES.items()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    ]


SHARED = {"Graph", "_Names"}
"""Of which there are two or three, until they are told apart."""


def test_no_two_classes_share_a_name() -> None:
    count = Counter(name for _, name, _ in classes())
    assert len(count) > 40
    assert {name for name, number in count.items() if number > 1} <= SHARED


def test_every_exception_is_called_an_error() -> None:
    errors = {"Exception", "BaseException"}
    found: set[str] = set()
    while new := {n for _, n, bases in classes() if n not in found and {*bases} & (errors | found)}:
        found |= new
    assert len(found) > 8
    assert {name for name in found if not name.endswith("Error")} == set()
