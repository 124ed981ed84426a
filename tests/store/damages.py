"""Stores that are damaged in one place, and what asking them in a bounded process comes to.

Run by a process that has imported `kg` and opened nothing: each store is asked by a fork of it.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import kg
from kg.base import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMORY: Final = 1 << 31
"""How many bytes of address space a process has that asks: one that asks a sound store needs a quarter."""

MORE: Final = 64 << 10
"""How many KiB more than to ask a sound store may be taken to ask a damaged one."""

SECONDS: Final = 10
BLOCK: Final = 512


class Damage(NamedTuple):
    """What was done to one file, and where."""

    kind: str
    file: str
    at: int
    silent: bool
    """Whether the time of the file is as before, as where a disk gives other bytes than it was given."""


class Asked(NamedTuple):
    """What asking a store came to: its answers, by what was read, or the sentences told instead."""

    said: dict[str, str]
    memory: int


# What is read: the index in every order, as far as questions go by it, and the files beside it.
_READ: Final[dict[str, Callable[[kg.Graph], object]]] = {
    "scan": lambda graph: graph.query("SELECT * { GRAPH ?g { ?s ?p ?o } }").write("tsv"),
    "subject": lambda graph: graph.query("SELECT * { id:acme ?p ?o }").write("tsv"),
    "property": lambda graph: graph.query("SELECT * { ?s rdfs:label ?o }").write("tsv"),
    "object": lambda graph: graph.query("SELECT * { ?s ?p cp:Company }").write("tsv"),
    "count": lambda graph: graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows,
    "graphs": lambda graph: sorted(graph.index.graphs),
    "size": lambda graph: len(graph.index),
    "asserted": lambda graph: graph.asserted,
    "derived": lambda graph: graph.derived,
    "record": lambda graph: sorted(graph.sources.items()),
}


def ask(store: Path, *, silent: bool = False) -> Asked | int:
    """Ask a store in a process with bounds; return what came of it, or with what it died.

    Where damage is `silent` nothing is counted: over a damaged block the engine does so without end.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS),
                            (resource.RLIMIT_CORE, 0)):  # fmt: skip
            resource.setrlimit(limit, (most, most))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        held: list[kg.Graph] = []
        reads = {name: read for name, read in _READ.items() if not (silent and name == "count")}
        said = {name: _answer(store, held, read) for name, read in reads.items()}
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with os.fdopen(theirs, "w") as pipe:
            json.dump([said, memory], pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return Asked(*json.loads(told)) if told else os.waitstatus_to_exitcode(status)


def _answer(store: Path, held: list[kg.Graph], read: Callable[[kg.Graph], object]) -> str:
    try:
        held += () if held else [kg.open(store)]  # once, if it can be opened
        return str(hash(repr(read(held[0]))))
    except KgError as error:
        return f"{type(error).__name__} {error.exit_code} {error}"
    except BaseException as error:  # noqa: BLE001 - told as what it is
        return f"! {type(error).__name__}: {error}"


def damage(store: Path, files: list[str], somewhere: random.Random) -> Damage:
    """Damage one file of a store, or two, of which each is a hard link, somewhere; tell what was done."""
    kind, name = somewhere.choice(sorted(KINDS)), somewhere.choice(files)
    path = store / name
    data = path.read_bytes()
    # Half of the time in what is compared on opening, or just before.
    near = somewhere.random() < 0.5
    start = max(0, len(data) - 5000) if near else 0
    at = somewhere.randrange(start, len(data)) if data else 0
    state = path.stat()
    KINDS[kind](path, data, at, somewhere)
    silent = path.is_file() and somewhere.random() < 0.5
    if silent:
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    return Damage(kind, name, at, silent)


def _put(path: Path, data: bytes) -> None:
    path.unlink()  # a link of it elsewhere stays as it was
    path.write_bytes(data)


def _byte(made: Callable[[int, random.Random], int]) -> Callable[..., None]:
    def put(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
        changed = bytearray(data)
        changed[at : at + 1] = [made(byte, somewhere) for byte in data[at : at + 1]]
        _put(path, bytes(changed))

    return put


def _block(path: Path, data: bytes, at: int, block: bytes) -> None:
    start = at // BLOCK * BLOCK
    length = min(len(block), len(data) - start)
    _put(path, data[:start] + block[:length] + data[start + length :])


def _doubled(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
    other = somewhere.randrange(len(data) // BLOCK + 1) * BLOCK
    _block(path, data, at, data[other : other + BLOCK])


def _swapped(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
    del at
    others = sorted(p for p in path.parent.iterdir() if p.is_file() and p != path)
    if not others:
        return  # a folder of one part: there is nothing to swap
    other = somewhere.choice(others)
    theirs = other.read_bytes()
    _put(other, data)
    _put(path, theirs)


def _more(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
    names = (
        "000999.sst",
        "000999.log",
        "MANIFEST-000999",
        "OPTIONS-000999",
        "other",
        path.name + "~",
    )
    (path.parent / somewhere.choice(names)).write_bytes(somewhere.choice((data, data[:at], b"")))


def _folder(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
    del data, at, somewhere
    path.unlink()
    path.mkdir()


def _pipe(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
    del data, at, somewhere
    path.unlink()
    os.mkfifo(path)


def _loop(path: Path, data: bytes, at: int, somewhere: random.Random) -> None:
    del data, at, somewhere
    path.unlink()
    path.symlink_to(path.name)


KINDS: Final[dict[str, Callable[[Path, bytes, int, random.Random], None]]] = {
    "flipped bit": _byte(lambda byte, somewhere: byte ^ 1 << somewhere.randrange(8)),
    "zero byte": _byte(lambda *_: 0),
    "full byte": _byte(lambda *_: 255),
    "cut": lambda path, data, at, _: _put(path, data[:at]),
    "grown": lambda path, data, at, _: _put(path, data + data[at:]),
    "zero block": lambda path, data, at, _: _block(path, data, at, bytes(BLOCK)),
    "doubled block": _doubled,
    "swapped": _swapped,
    "missing": lambda path, *_: path.unlink(),
    "one more": _more,
    "folder": _folder,
    "pipe": _pipe,
    "loop": _loop,
}


def files_of(store: Path) -> list[str]:
    """Return the files of a store by name, but for logs and locks."""
    paths = [path for path in store.rglob("*") if path.is_file()]
    told = [path.relative_to(store).as_posix() for path in paths]
    return sorted(n for n in told if not n.rpartition("/")[2].startswith(("LOG", "LOCK", "lock")))


def trials(store: Path, aside: Path, number: int, seed: int) -> Iterator[tuple[Damage, Any]]:
    """Damage copies of a store and ask each; yield what was done, and what was wrong with what it said.

    First comes what the sound store says.
    """
    right = ask(store)
    assert isinstance(right, Asked), f"the sound store cannot be asked: {right}"
    yield Damage("none", "", 0, silent=False), right
    files, somewhere = files_of(store), random.Random(seed)  # noqa: S311 - repeatable, not secret
    for _ in range(number):
        shutil.copytree(store, aside, copy_function=os.link)
        done = damage(aside, files, somewhere)
        yield done, judge(aside, ask(aside, silent=done.silent), right, done)
        shutil.rmtree(aside)


def judge(store: Path, asked: Asked | int, right: Asked, done: Damage) -> str:
    """Return "right" or "told", or what an answer was that was neither."""
    if isinstance(asked, int):
        return f"died with {asked}"
    if asked.memory > right.memory + MORE:
        return f"took {asked.memory:,} KiB"
    sentence = f"DamageError 3 {store}: is damaged; build it again"
    wrong = {name: told for name, told in asked.said.items() if told != right.said[name]}
    if done.file == "current" and done.kind in {"missing", "folder", "pipe", "loop", "swapped"}:
        # Without it there is no telling a store from any other folder.
        none = f"StoreError 3 {store}: is no store; make one with kg build --store"
        return "told" if set(wrong.values()) <= {none, sentence} else str(wrong)
    if not wrong:
        return "right"
    return "told" if set(wrong.values()) == {sentence} else str(wrong)


def main() -> None:
    """Try what the arguments say; write a line of JSON for each."""
    store, aside, number, seed = sys.argv[1:]
    for done, came_of_it in trials(Path(store), Path(aside), int(number), int(seed)):
        print(json.dumps([*done, came_of_it]), flush=True)  # noqa: T201 - for whoever started it
