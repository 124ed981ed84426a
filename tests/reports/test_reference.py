"""The reference is what the ontology and the shapes say today, and its example is a source that can be built."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

import kg
from kg.base import UsageError
from kg.query import Index
from kg.reports import source_schema, write_reference
from kg.reports.source_keys import UNSAID
from kg.reports.source_kinds import read_kinds
from kg.sources import key_types, load_context
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE: Final = ROOT / "docs" / "reference.md"


def rows(text: str) -> list[list[str]]:
    """Return the rows of all tables, in cells."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [re.split(r"(?<!\\) \| ", line.removeprefix("| ").removesuffix(" |")) for line in lines]


def test_reference_is_current(graph: kg.Graph) -> None:
    assert write_reference(graph.index) == REFERENCE.read_bytes(), "run make reference"


def test_reference_has_every_key_and_every_term(graph: kg.Graph) -> None:
    first = {row[0].strip("`") for row in rows(REFERENCE.read_text(encoding="utf-8"))}
    assert set(key_types()) - first == set()
    kinds = read_kinds(graph.index)
    assert {kind.name for kind in kinds if kind.part in {"statement", "source", "thing"}} <= first
    assert {term.name for kind in kinds for key in kind.keys for term in key.terms} <= first


def test_every_row_of_the_reference_says_what_it_means() -> None:
    found = rows(REFERENCE.read_text(encoding="utf-8"))
    assert len(found) > 300
    assert [row for row in found if len(row) < 2 or not row[1].strip()] == []


def test_only_keys_that_no_ontology_of_ours_defines_are_explained_by_hand(graph: kg.Graph) -> None:
    defined = graph.query("SELECT (STR(?it) AS ?iri) { ?it skos:definition ?said }").rows
    ours = {str(iri).rpartition("#")[2] for (iri,) in defined if "/corporate-plans/" in str(iri)}
    by_hand = {name for name in UNSAID if (load_context()[name] or {}) and name not in {"id", "type", "things"}}  # fmt: skip
    terms = {name: load_context()[name].get("@id", "") for name in by_hand}
    assert [name for name, iri in terms.items() if iri.removeprefix("cp:") in ours] == []
    assert set(UNSAID) <= set(key_types())


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (block,) = re.findall(r"```yaml\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "gazette-2021-02-01.yaml"
    path.write_text(block, encoding="utf-8")
    return path


def test_example_has_each_of_the_four_kinds_and_is_built(example: Path) -> None:
    built = kg.build([example], shipped=True)
    kinds = built.query(
        "SELECT ?kind (COUNT(?it) AS ?n) { GRAPH id:gazette-2021-02-01 { ?it a ?kind ; cp:source ?source } }"
        " GROUP BY ?kind"
    )
    assert set(kinds.rows) == {
        (f"cp:{name}", 1) for name in ("Target", "Observation", "StatusReport", "Relation")
    }
    assert kg.check([example], shipped=True).findings == ()


# The command


def test_command_writes_the_reference_and_the_schema(run, tmp_path: Path) -> None:
    assert run("terms", "--reference").stdout.encode() == REFERENCE.read_bytes()
    path = tmp_path / "source.schema.json"
    assert run("terms", "--json-schema", "-o", path).exit_code == 0
    assert run("terms", "--json-schema").stdout == path.read_text(encoding="utf-8")


def test_schema_offers_what_the_sources_know_that_are_asked(run, tmp_path: Path) -> None:
    source = tmp_path / "zorro.yaml"
    source.write_text("id: zorro\nthings:\n  - {id: zorro-inc, type: Company, label: Zorro}\n")
    told = run("terms", "--json-schema", "-s", source)
    assert told.exit_code == 0
    assert '"description": "Zorro (company)"' in told.stdout
    assert '"xiaomi"' not in told.stdout
    assert '"retail-outlets"' in told.stdout


@pytest.mark.parametrize("more", [["statuses"], ["-f", "csv"]])
@pytest.mark.parametrize("option", ["--json-schema", "--reference"])
def test_one_thing_is_asked_of_the_command(run, option: str, more: list[str]) -> None:
    result = run("terms", option, *more)
    assert result.exit_code == 2
    assert f"{option} tells of everything, in a form of its own" in result.stderr


def test_graph_without_the_ontology_is_told_in_a_sentence() -> None:
    with pytest.raises(UsageError, match="the graph has no ontology; name one that kg build"):
        source_schema(Index.of(b""))
