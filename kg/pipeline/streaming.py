"""Sources become a store, where what they say and what follows from it is more than memory holds.

What is said and derived lies sorted in files; in memory are a piece of the sources, and then some
neighbourhoods (`deriving_apart.py`), or all that rules ask of a small graph. The steps are those of
`kg.pipeline.building`, and so is what comes of them, to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.base import in_turn, nquads, without_collector
from kg.pipeline.building import by_name, kept_files, ontology_quads, raise_violations
from kg.pipeline.derivation import derive_by_rules, judged_pieces, load_rules
from kg.pipeline.deriving_apart import derive_apart
from kg.pipeline.shape_engine import found_apart
from kg.pipeline.sharing import refuse_shared_ids
from kg.pipeline.undescribed import undescribed_among, undescribed_suspects
from kg.pipeline.validation import examine_with, load_shapes
from kg.query import Index
from kg.sources import Record, is_unchanged, one_by_one, software_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.base import Report, Spread
    from kg.query import LocalIndex
    from kg.sources import File, Fingerprint, Reader
    from kg.store import Making, Snapshot

WHOLE: Final = 64 << 20
"""Up to how many bytes of what is said rules have all of it in memory: that is quicker by a little."""


def build_aside(  # noqa: PLR0913 - as `build` has them
    files: Sequence[File],
    making: Making,
    *,
    check: bool = True,
    before: Snapshot | None = None,
    read: Reader = one_by_one,
    unchanged: Callable[[File, Fingerprint], bool] = is_unchanged,
    look: Callable[[LocalIndex], object] = id,
    tell: Callable[[str], object] = id,
    spread: Spread = in_turn,
) -> Record:
    """Have a store made of `files` and the ontology; return what the build remembers.

    Args:
        files: the files, each with a name of its own.
        making: what the store is made with; afterwards it has all that is said and derived.
        check: whether to hold the data against the shapes.
        before: what the store holds, in which what is unchanged since is not read again.
        read: how the files are read.
        unchanged: whether a file is what `before` remembers of it.
        look: is given an index with what the rules derive.
        tell: is given, as a clause, why a large graph was derived over the whole, where it was.
        spread: has the neighbourhoods of a large graph derived from, wherever that may be.

    Raises:
        SourceError: a file that cannot be read, or two files that introduce the same id.
        FindingsError: the data breaks a shape; only where `check` is set.
        StoreError: the store cannot be written, or `before` is damaged.
        WorkerError: where files are read or neighbourhoods derived from has gone.
    """
    fingerprints = _read(files, making, before, read, unchanged)
    asserted = making.write_asserted()
    refuse_shared_ids(files, fingerprints, making.lines_of)

    def refuse(report: Report) -> None:
        if not report.conforms:
            # All of it in memory, only to tell where what is wrong stands.
            raise_violations(report, asserted.read_bytes(), files, fingerprints)

    if check and asserted.stat().st_size > WHOLE:
        report: Report | None = _derive_in_parts(
            asserted, making, refuse, look, tell, spread=spread
        )
    else:
        report = _derive_whole(asserted, making, refuse if check else None, look)
    making.forget(asserted)
    making.write_derived()
    return Record(fingerprints, software_fingerprint(), report)


def _derive_whole(
    asserted: Path,
    making: Making,
    refuse: Callable[[Report], None] | None,
    look: Callable[[LocalIndex], object],
) -> Report | None:
    """Check, unless nothing is refused, and derive, with all that rules ask in memory; return what was found."""
    if refuse is None:
        index, report = Index.of_file(asserted), None
    else:
        shapes = load_shapes()
        with found_apart(asserted, shapes) as broken:
            index = Index.of_file(asserted)
            report = examine_with(index, broken, shapes)
        refuse(report)
    making.index_asserted(asserted)
    _derive_in_memory(index, making, look)
    return report


def _derive_in_memory(
    index: LocalIndex, making: Making, look: Callable[[LocalIndex], object]
) -> None:
    with without_collector():
        derive_by_rules(index.store, load_rules(), making.put_derived)
        making.index_derived()
        look(index)
        for piece in judged_pieces(index.store):
            making.put_derived(piece)
    making.index_derived()


def _derive_in_parts(  # noqa: PLR0913 - as `build_aside` has them
    asserted: Path,
    making: Making,
    refuse: Callable[[Report], None],
    look: Callable[[LocalIndex], object],
    tell: Callable[[str], object],
    *,
    spread: Spread,
) -> Report:
    """Check and derive with no more in memory than some neighbourhoods; return what was found.

    The index on disk is asked what few queries ask of everything, as soon as it is there.
    """
    making.index_asserted(asserted)
    shapes, rules = load_shapes(), load_rules()
    with making.room() as room:
        with found_apart(asserted, shapes) as found:
            suspects = undescribed_suspects(asserted, room)
            broken = list(found)

        def examined(index: LocalIndex) -> Report:
            undescribed = undescribed_among(suspects, index.store, making.lines_of)
            return examine_with(index, broken, shapes, undescribed)

        looked = making.asked(examined)

        def put(derived: bytes) -> None:
            making.put_derived(derived)
            making.index_derived(all_of_it=False)  # behind what is asked, meanwhile

        if broken or suspects:
            refuse(looked.result())
        try:
            with without_collector():
                why = derive_apart(asserted, room, rules, put, making.lines_of, spread=spread)
        except Exception:
            # What rules make of what breaks a shape is not told, whatever it is.
            refuse(looked.result())
            raise
        refuse(looked.result())
    if why is None:
        making.index_derived()
        making.asked(look).result()
    else:
        tell(f"derived over the whole in memory, since {why}")
        _derive_in_memory(Index.of_file(asserted), making, look)
    return looked.result()


def _read(
    files: Sequence[File],
    making: Making,
    before: Snapshot | None,
    read: Reader,
    unchanged: Callable[[File, Fingerprint], bool],
) -> dict[str, Fingerprint]:
    """Read what has changed, and take over the rest; return the fingerprints of the files by name."""
    known: dict[str, Fingerprint] = {}
    if before is not None and before.record.software == software_fingerprint():
        known, stale = kept_files(files, before.record.sources, unchanged)
        if known:
            lines = before.lines("asserted")
            making.put_kept(one for one in lines if nquads.graph_of(one) not in stale)
    changed = [file for file in files if file.name not in known]
    known |= by_name(changed, read(changed, making.put_asserted))
    making.put_asserted(ontology_quads())
    return {file.name: known[file.name] for file in files}
