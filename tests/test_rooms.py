"""The house: rooms with one face each, on floors that look down and never up."""

from __future__ import annotations

import ast
import builtins
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

MOST_ROOMS, MOST_FLOORS = 20, 10

ROOMS = sorted(path.parent.name for path in (ROOT / "kg").glob("*/__init__.py"))
FACES = [room for room in ROOMS if (ROOT / "kg" / room / "__init__.pyi").exists()]
FILES = [
    (".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path)
    for top in ("kg", "viz")
    for path in sorted((ROOT / top).rglob("*.py*"))
    if path.suffix in {".py", ".pyi"}
]
"""Every module with its name, and every face."""

ERRORS = {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type)
    and issubclass(value, BaseException)
    and not issubclass(value, Warning)
}
"""The exceptions that Python brings."""


class Import(NamedTuple):
    """An import or another use of something of ours: which module uses what, on which line."""

    by: str
    what: str
    line: int


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(module: str, path: Path) -> list[Import]:
    """Return what a module uses of ours; `from kg.query import Index` uses `kg.query.Index`.

    So does `query.Index` after `from kg import query`, and `import_module("kg.query.Index")`.
    """
    package = module if path.stem == "__init__" else module.rpartition(".")[0]
    nodes = list(ast.walk(parsed(path)))
    found, bound = [], set()
    for node in nodes:
        for what, name, meaning in _imported(node, package):
            found.append(Import(module, what, node.lineno))
            bound.add((name, meaning))
    for node in nodes:
        if isinstance(node, ast.Attribute):
            start, _, rest = ast.unparse(node).partition(".")
            # Past a name of a face everything goes: what it gives is whole.
            used = [f"{meaning}.{rest}".split(".")[:3] for name, meaning in bound if name == start]
            found += [Import(module, ".".join(parts), node.lineno) for parts in used]
    found = list(dict.fromkeys(found))
    return [one for one in found if one.what.partition(".")[0] in {"kg", "viz"}]


def _imported(node: ast.AST, package: str) -> list[tuple[str, str, str]]:
    """Return what a node imports, the name that this binds, and what that name means."""
    if isinstance(node, ast.Import):
        tops = [alias.name.partition(".")[0] for alias in node.names]
        return [
            (alias.name, alias.asname or top, alias.name if alias.asname else top)
            for alias, top in zip(node.names, tops, strict=True)
        ]
    if isinstance(node, ast.ImportFrom):
        origin = _whole("." * node.level + (node.module or ""), package)
        names = [(f"{origin}.{alias.name}", alias) for alias in node.names]
        return [(whole, alias.asname or alias.name, whole) for whole, alias in names]
    if isinstance(node, ast.Call) and node.args:
        called = ast.unparse(node.func).rpartition(".")[2]
        # Of a text with something put in, that something is no name of a face.
        name = ast.unparse(node.args[0]).removeprefix("f").strip("'\"")
        if called in {"import_module", "__import__"}:
            return [(_whole(name, package), "", "")]
    return []


def _whole(name: str, package: str) -> str:
    """Return the whole name of what a module of a package calls by a name that may begin with dots."""
    rest = name.lstrip(".")
    dots = len(name) - len(rest)
    parts = package.split(".")
    return ".".join(filter(None, [*(parts[: len(parts) + 1 - dots] if dots else ()), rest]))


@cache
def imports() -> list[Import]:
    return [one for module, path in FILES for one in imports_of(module, path)]


def room_of(name: str) -> str | None:
    """Return the room that a module or a name lies in; None where it lies in none, as `kg.__main__`."""
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
    """Return the uses that reach into a room of others, as lines of text."""
    told = []
    for by, what, line in found:
        room = room_of(what)
        if room is None or room == room_of(by) or (room == "cli" and by == "kg.__main__"):
            continue
        name = what.removeprefix(f"kg.{room}").removeprefix(".")
        if name and name not in (face(room) if room in FACES else ()):
            told.append(f"{by}:{line} uses {what}")
    return told


# Faces


def test_rooms_were_found() -> None:
    assert len(ROOMS) > 9
    assert set(ROOMS) == set(FACES)
    assert len(imports()) > 200
    assert "kg.base.KgError" in {one.what for one in imports()}


def test_nothing_outside_a_room_uses_what_is_past_its_face() -> None:
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
        ('importlib.import_module("kg.query.index")', "kg.query.index"),
        ('import_module("..query.index", __package__)', "kg.query.index"),
        ('import_module(f"kg.query.{name}")', "kg.query.{name}"),
        ('__import__("kg.query.index")', "kg.query.index"),
        ('import_module("kg.query")', None),
        ("import kg.query; kg.query.index.Index", "kg.query.index"),
        ("import kg.query as q; q.index", "kg.query.index"),
        ("from kg import query; query.index._x", "kg.query.index"),
        ("from .. import query; query.index.Index().rows", "kg.query.index"),
        ("import kg.query; kg.query.Index.of", None),
        ("from kg import query; query.Index.of", None),
        ("from kg.base import nquads; nquads.split", None),
    ],
)
def test_use_past_a_face_is_seen(tmp_path: Path, code: str, told: str | None) -> None:
    path = tmp_path / "module.py"
    path.write_text(f"def late():\n    {code}\n", encoding="utf-8")
    found = past_the_face(imports_of("kg.api.module", path))
    assert found == ([f"kg.api.module:2 uses {told}"] if told else [])


@pytest.mark.parametrize(
    ("module", "code", "told"),
    [
        ("kg", "from .query.index import Index as Index", "kg.query.index.Index"),
        ("kg", "from .query import Index as Index", None),
        ("kg.api", "from ..query.index import Index as Index", "kg.query.index.Index"),
        ("kg.api", "from .cache import kept as kept", None),
    ],
)
def test_face_that_reaches_past_another_is_seen(
    tmp_path: Path, module: str, code: str, told: str | None
) -> None:
    path = tmp_path / "__init__.pyi"
    path.write_text(code, encoding="utf-8")
    found = past_the_face(imports_of(module, path))
    assert found == ([f"{module}:1 uses {told}"] if told else [])


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


def classes_in(tree: ast.Module) -> list[tuple[str, set[str]]]:
    """Return the name of every class, and what its bases are called."""
    return [
        (node.name, {ast.unparse(base).rpartition(".")[2] for base in node.bases})
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]


@cache
def classes() -> list[tuple[str, set[str]]]:
    return [one for _, path in FILES for one in classes_in(parsed(path))]


def errors_in(found: list[tuple[str, set[str]]]) -> set[str]:
    """Return the classes that are exceptions, of Python's, of a library's by its name, or of ours."""
    known: set[str] = set()
    for _ in found:  # no line of descent is longer
        known |= {
            name
            for name, bases in found
            if bases & (ERRORS | known) or any(b.endswith(("Error", "Exception")) for b in bases)
        }
    return known


def test_no_two_classes_share_a_name() -> None:
    count = Counter(name for name, _ in classes())
    assert len(count) > 40
    assert {name for name, number in count.items() if number > 1} == set()


def test_every_exception_is_called_an_error() -> None:
    found = errors_in(classes())
    assert len(found) > 8
    assert {name for name in found if not name.endswith("Error")} == set()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("class Nope(ValueError): ...", {"Nope"}),
        ("class Nope(click.ClickException): ...", {"Nope"}),
        ("class Later(Nope): ...\nclass Nope(StopIteration): ...", {"Later", "Nope"}),
        ("class Hint(UserWarning): ...", set()),
        ("class Named(Index): ...", set()),
    ],
)
def test_exception_is_known_by_what_it_descends_from(code: str, told: set[str]) -> None:
    assert errors_in(classes_in(ast.parse(code))) == told
