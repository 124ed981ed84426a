"""A store is built again from what has changed since it was built: that alone is read, and what it touches checked and derived.

What comes of it is what a build from nothing would make, to the byte. What is looked up is looked up in the
index of the store, so that it costs by what has changed and not by what there is.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as ox

from kg.base import Change, Report, SourceError, nquads
from kg.pipeline.building import Build, by_name, raise_violations
from kg.pipeline.change_examined import examine_change
from kg.pipeline.derivation import load_rules
from kg.pipeline.increments import derive_increment
from kg.pipeline.said_anew import change_of, said_after
from kg.pipeline.sharing import in_order, refuse_shared_ids, shared_ids, sharing_files
from kg.promises import judge_change
from kg.sources import (
    ChangedSources,
    File,
    Record,
    adding_to,
    as_recorded,
    is_unchanged,
    one_by_one,
    read_together,
    refuse_shared_graphs,
    software_fingerprint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.pipeline.sharing import SaidOf
    from kg.sources import Fingerprint, Reader, Suspects
    from kg.store import Changing, Snapshot

LITTLE: Final = 20
"""Where less than one graph in so many is said anew, it costs less to look up what that touches than to make all."""


class Rebuilt(NamedTuple):
    """A store as it is to become: what is built, the folder aside in which that lies, and what was changed for it.

    `read` says how many files were read anew, `gone` and `fresh` how many quads went and came, and `whole`
    which rules ran over everything, since it could not be told whom the change concerns; `judged_all` says why every
    promise was judged again, as a clause, if it was.
    """

    build: Build
    folder: Path
    changing: Changing
    read: int
    gone: int
    fresh: int
    whole: tuple[str, ...]
    judged_all: str | None


@contextlib.contextmanager
def rebuilt(  # noqa: PLR0913 - an option each
    files: Sequence[File],
    before: Snapshot,
    *,
    others: bool = False,
    check: bool = True,
    read: Reader = one_by_one,
    unchanged: Callable[[File, Fingerprint], bool] = is_unchanged,
    suspects: Suspects | None = None,
    little: int = LITTLE,
) -> Iterator[Rebuilt | None]:
    """Lend what a store would hold that was built of `files` as they are now; None where all is to be made anew.

    That is where other software has built it, its data were not held against the shapes and are to be, or more
    than a little has changed. What is lent lies aside, in the folder of the store, and is gone afterwards unless it is committed.

    Args:
        files: the files.
        before: what was built before.
        others: whether what else it was built of stays as it was, or goes.
        check: whether to hold the data against the shapes.
        read: how files are read.
        unchanged: whether a file is what `before` remembers of it.
        suspects: which files alone may not be that, by what the disk tells of them; by default all.
        little: a change is little where it concerns less than one graph in so many; 0 for any.

    Raises:
        SourceError: a file that cannot be read, or two files that introduce the same id.
        FindingsError: the data breaks a shape.
        StoreError: the store cannot be written, or is damaged.
    """
    record = before.record
    if record.software != software_fingerprint() or (check and record.report is None):
        yield None
        return
    if others:
        files = as_recorded(files, record.sources)
    told = (
        _read_given(files, record.sources, read)
        if others
        else _read_changed(files, before, read, unchanged, suspects=suspects, little=little)
    )
    asserted = change_of(told.quads, told.stale, before) if told else Change()
    if told is None or (little and not before.is_little(asserted)):
        yield None
        return
    said_of = said_after(before, asserted)
    _refuse_shared_ids(files, before, asserted, told, said_of)
    with before.changing(asserted) as changing:
        with changing.asked():
            report = None
            if check:
                # Before anything is derived: rules may rely on what the shapes ask for.
                known = record.report or Report()
                report = examine_change(known, changing.old, asserted, before.lines_of)
                if not report.conforms:
                    about = _about(report, told.quads, said_of, changing.new)
                    raise_violations(report, about, files, dict(told.sources))
            derived, whole = derive_increment(changing.old, changing.new, asserted, load_rules())
            followed = nquads.following(asserted, derived)
            judged, judged_all = judge_change(changing.old, changing.new, followed)
        now = Record(told.sources, record.software, report)
        made = changing.make(nquads.following(derived, judged), now)
        gone, fresh = (side.count(b"\n") for side in nquads.following(followed, judged))
        build = Build(made, now, files, made)
        yield Rebuilt(build, made.folder, changing, told.read, gone, fresh, whole, judged_all)


class _Told(NamedTuple):
    """What files tell: all by name, what was read anew, for which graphs that stands, and of how many files.

    `everything` says that more may be otherwise than what was read anew, such as the order of files.
    """

    sources: ChangedSources
    quads: bytes
    stale: set[str]
    read: int
    everything: bool = False


def _read_changed(  # noqa: PLR0913 - as `rebuilt` has them
    files: Sequence[File],
    before: Snapshot,
    read: Reader,
    unchanged: Callable[[File, Fingerprint], bool],
    *,
    suspects: Suspects | None,
    little: int,
) -> _Told | None:
    """Read of all files those that have changed; None where these are more than a little."""
    old = before.record.sources
    if suspects is None or not all(name in old for name in suspects.gone):
        everything, looked = True, files
        gone = old.keys() - {file.name for file in files}
    else:
        everything, gone = False, set(suspects.gone)
        looked = [file for file in files if file.name in suspects.changed]
    fresh = {
        file.name: file
        for file in looked
        if not (file.name in old and unchanged(file, old[file.name]))
    }
    stale = {graph for name in {*gone, *fresh} if name in old for graph in old[name].graphs}
    # What stands in these graphs is replaced, so whoever else adds to them is read again as well.
    again = {name for graph in stale for name in adding_to(old, graph)} - gone - fresh.keys()
    changed = [*fresh.values(), *(file for file in files if again and file.name in again)]
    # Each line of the sources is of a file, or of a graph to which one adds.
    graphs = before.manifest.sheaves["sources"].lines - len(old)
    if max(len(stale), len(changed)) * little > graphs:
        return None
    reading = read_together(read, changed)
    sources = ChangedSources(old, gone, by_name(changed, reading.fingerprints))
    return _Told(sources, reading.quads, stale, len(changed), everything)


def _read_given(files: Sequence[File], old: Mapping[str, Fingerprint], read: Reader) -> _Told:
    """Read some files, which stand for those of the same names; all others stay."""
    reading = read_together(read, files)
    given = by_name(files, reading.fingerprints)
    refuse_shared_graphs(files, given, old)
    replaced = {name: old[name] for name in given if name in old}
    for file in files:
        now = given[file.name].graphs
        if now and file.name in replaced and set(now).isdisjoint(replaced[file.name].graphs):
            told = f"is called {file.name!r}, as another source is that the graph has; give the file another name"
            raise SourceError(file.path, told)
    stale = {graph for one in replaced.values() for graph in one.graphs}
    return _Told(ChangedSources(old, (), given), reading.quads, stale, len(files))


def _refuse_shared_ids(
    files: Sequence[File], before: Snapshot, asserted: Change, told: _Told, said_of: SaidOf
) -> None:
    """Refuse what two files introduce and do not say the same of, where that may be otherwise than before.

    Raises:
        SourceError: there is such a thing.
    """
    sources = told.sources
    if not told.everything:
        few = sharing_files(before, asserted, sources, sources.given.values())
        if not shared_ids(in_order(few, files), sources, said_of):
            return
    # Whoever is refused is told of all.
    known = dict(sources)
    refuse_shared_ids(in_order(known, files), known, said_of)


def _about(report: Report, quads: bytes, said_of: SaidOf, new: ox.Store) -> bytes:
    """Return what tells where findings are: what was read anew, and what says or names what they are about."""
    names = {finding.node for finding in report.findings}
    subjects = {f"<{name}>".encode() for name in names}
    for name in names:
        with contextlib.suppress(ValueError):  # a text
            for quad in new.quads_for_pattern(None, None, ox.NamedNode(name)):
                subjects.add(str(quad.subject).encode())
    return nquads.union([quads, b"".join(sorted(said_of(subjects)))])
