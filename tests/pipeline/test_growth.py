"""What a build does grows with what is said, and not with its square: counted is work, not time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg
from kg.base import PREFIXES
from kg.pipeline import derivation
from kg.promises import derive_promises
from kg.query.index import Index
from kg.sources import find_files, read_source
from tests import work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items())
SOURCE = 'id:a a cp:Article ; schema:publisher id:gazette ; schema:datePublished "2022-01-01"^^xsd:date .\n'
PLAN = "id:plan a cp:Initiative ; cp:company id:co .\n"
FEW, MANY = 60, 120


def nested(count: int) -> str:
    """Places, each within the next; the first is that of a facility that the rules put there."""
    places = "".join(f"id:p{n} a cp:Region ; cp:locatedIn id:p{n + 1} .\n" for n in range(count))
    return (
        f"{places}id:works a cp:Facility .\n"
        "id:r a cp:Relation ; cp:source id:a ; rdf:subject id:works ;"
        " rdf:predicate cp:locatedIn ; rdf:object id:p0 .\n"
    )


def target(number: int, value: int, more: str = "") -> str:
    return (
        f"id:t{number} a cp:Target ; cp:about id:plan ; cp:indicator id:warehouses ;"
        f' cp:value {value}.0 ; cp:due "2020-12-31"^^xsd:date ; cp:source id:a {more} .\n'
    )


def observation(number: int, day: str, more: str = "") -> str:
    return (
        f"id:o{number} a cp:Observation ; cp:about id:plan ; cp:indicator id:warehouses ;"
        f' cp:kind cp:counted ; cp:value {number}.0 ; cp:when "{day}"^^xsd:date ;'
        f" cp:via id:via{number} ; cp:source id:a {more} .\n"
    )


def one_day(count: int) -> str:
    return target(0, 50) + "".join(observation(n, "2021-01-01") for n in range(count))


def day_by_day(count: int) -> str:
    days = (f"2021-{n // 2 // 28 + 1:02}-{n // 2 % 28 + 1:02}" for n in range(count))
    return target(0, 50) + "".join(observation(n, day) for n, day in enumerate(days))


def confirming(count: int) -> str:
    said = "".join(target(n + 1, 50, f"; cp:confirms id:t{n}") for n in range(count))
    return target(0, 50) + said + "".join(observation(n, "2021-01-01") for n in range(count))


def in_other_words(count: int) -> str:
    said = "".join(target(n + 1, 51 + n, f"; cp:confirms id:t{n}") for n in range(count))
    return target(0, 50) + said + observation(7, "2021-01-01")


def in_turns(count: int) -> str:
    kinds = ("underway", "announced")
    days = (f"{2000 + n // 12}-{n % 12 + 1:02}-01" for n in range(count))
    return target(0, 50) + "".join(
        f"id:s{n} a cp:StatusReport ; cp:about id:plan ; cp:status cp:{kinds[n % 2]} ;"
        f' cp:from "{day}"^^xsd:date ; cp:source id:a .\n'
        for n, day in enumerate(days)
    )


def index_of(turtle: str, folder: Path, vocabulary: bytes) -> Index:
    path = folder / "said.ttl"
    path.write_text(HEAD + SOURCE + PLAN + turtle)
    (file,) = find_files([path])
    return Index.of(read_source(file).quads + vocabulary)


def rows_of(rule: str, asserted: Index, folder: Path) -> int:
    """Return how many rows the engine goes through for a rule, once all is derived."""
    derived = derivation.derive(asserted, derivation.load_rules())
    assert derived
    data = folder / "data.nq"
    asserted.local().store.dump(str(data), ox.RdfFormat.N_QUADS)
    work.engine("load", "--location", folder / "store", "--file", data)
    text = (kg.base.ontology_folder() / "rules" / f"{rule}.rq").read_text()
    return work.rows(folder / "store", text, folder)


def test_rule_of_places_runs_once_when_every_step_is_known(
    tmp_path: Path, vocabulary: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: Counter[str] = Counter()
    run = derivation.run_rule

    def counted(store, name, query):
        runs[name] += 1
        return run(store, name, query)

    monkeypatch.setattr(derivation, "run_rule", counted)
    index = index_of(nested(40), tmp_path, vocabulary)
    found = derivation.derive(index, derivation.load_rules()).decode()
    # From each place to all around it but the next, which is said; and from the works to every place.
    assert found.count("locatedIn> <https://w3id.org/corporate-plans/id/p") == 40 * 39 // 2 + 41
    assert runs["location"] == 1


def test_judging_calls_twice_as_much_for_twice_as_much(tmp_path: Path, vocabulary: bytes) -> None:
    for said in (one_day, day_by_day, confirming, in_other_words, in_turns):
        few, many = (judged(said, count, tmp_path, vocabulary) for count in (FEW, MANY))
        assert 1.2 * few < many < 2.4 * few, said.__name__


def judged(said: Callable[[int], str], count: int, folder: Path, vocabulary: bytes) -> int:
    index = index_of(said(count), folder, vocabulary)
    assert sum("hasOutcome" in line for line in derive_promises(index.store)) > 0
    nothing = index_of(said(0), folder, vocabulary)
    for each in (index, nothing):
        derivation.derive(each, derivation.load_rules())
    own = work.calls(lambda: list(derive_promises(index.store)))
    return own - work.calls(lambda: list(derive_promises(nothing.store)))


def test_what_many_observe_is_held_against_the_first_of_them(
    tmp_path: Path, vocabulary: bytes
) -> None:
    for count, links in ((50, 50 * 49), (51, 2 * 50), (200, 2 * 199)):
        index = index_of(one_day(count), tmp_path, vocabulary)
        found = derivation.derive(index, derivation.load_rules()).decode()
        assert found.count("disagreesWith>") == links
    assert "id/o0> <https://w3id.org/corporate-plans/ontology#disagreesWith> <" in found
    assert (
        "id/o7> <https://w3id.org/corporate-plans/ontology#disagreesWith> <https://w3id.org/corporate-plans/id/o0>"
        in found
    )


@pytest.mark.parametrize(
    ("rule", "said", "growth"), [("agreement", one_day, 2.2), ("location", nested, 4.2)]
)
def test_rule_goes_through_no_more_rows_than_it_derives_and_reads(
    tmp_path: Path, vocabulary: bytes, rule: str, said: Callable[[int], str], growth: float
) -> None:
    # There are as many pairs of nested places as the square; three nested loops would be the cube.
    rows = []
    for count in (FEW, MANY):
        folder = tmp_path / str(count)
        folder.mkdir()
        rows.append(rows_of(rule, index_of(said(count), folder, vocabulary), folder))
    assert 0 < rows[1] < growth * rows[0]
