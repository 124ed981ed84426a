"""`kg diff`: what differs, as statements and things."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import DIFFERENCE_FORMATS, UsageError
from kg.reports.difference import COLUMNS, Item, PropertyChange
from tests.conftest import ARTICLE, THINGS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The folder of `acme` after a target was raised, a span moved and a thing came and went."""
    folder = tmp_path / "later"
    folder.mkdir()
    article = ARTICLE.replace("value: 20", "value: 30").replace("end: 44", "end: 43") + (
        "  - {id: gazette-2020.2, type: Relation, subject: acme, predicate: partnerOf,"
        " object: bolt, place: india}\n"
    )
    (folder / "gazette-2020.yaml").write_text(article, encoding="utf-8")
    (folder / "things.ttl").write_text(
        THINGS.replace(
            'id:jo-doe a cp:Person ; rdfs:label "Jo Doe"@en',
            'id:bolt a cp:Company ; rdfs:label "Bolt"@en',
        ),
        encoding="utf-8",
    )
    return folder


def built(*folders: Path) -> list[kg.Graph]:
    return [kg.build([folder], check=False) for folder in folders]


def test_difference_is_told_in_statements_and_things(acme: Path, later: Path) -> None:
    difference = kg.diff(*built(acme, later))
    target = "30 retail outlets by 2030"
    assert difference.items == (
        Item("added", "Company", "bolt", "Bolt"),
        Item("removed", "Person", "jo-doe", "Jo Doe"),
        Item(
            "changed",
            "Target",
            "gazette-2020.1",
            target,
            (
                PropertyChange("cp:evidence/oa:end", ("44",), ("43",)),
                PropertyChange("cp:value", ("20",), ("30",)),
            ),
        ),
        Item("added", "Relation", "gazette-2020.2", "Acme is partner of Bolt in india"),
    )
    assert (bool(difference), len(difference)) == (True, 4)


def test_reverse_of_a_difference_has_before_and_after_swapped(acme: Path, later: Path) -> None:
    one, other = built(acme, later)
    swapped = {"added": "removed", "removed": "added", "changed": "changed"}
    there, back = kg.diff(one, other).items, kg.diff(other, one).items
    assert [(swapped[i.change], i.name) for i in there] == [(i.change, i.name) for i in back]
    changed = [item for item in back if item.change == "changed"]
    assert [change.before for item in changed for change in item.properties] == [("43",), ("30",)]


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "trig", "jsonld", "rdf"])
def test_export_says_what_the_graph_says(seed: kg.Graph, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"plans.{form}"
    path.write_bytes(seed.export(form))
    taken = kg.build([path], check=False)
    assert not kg.diff(seed, taken)
    assert not kg.diff(taken, seed)


def test_literal_is_compared_to_the_letter(tmp_path: Path) -> None:
    texts = ('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1.5"', '"a"@en', '"a"@fr')
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.nt").write_text(f"<a:s> <a:p> {text} .\n")
    graphs = [kg.build([tmp_path / f"{number}.nt"], check=False) for number in range(4)]
    (item,) = kg.diff(*graphs[:2]).items
    assert item.properties == (PropertyChange("a:p", ("1.50",), ("1.5",)),)
    (item,) = kg.diff(*graphs[2:]).items
    assert item.properties == (PropertyChange("a:p", ('"a"@en',), ('"a"@fr',)),)


def test_forms_hold_the_same_difference(acme: Path, later: Path) -> None:
    difference = kg.diff(*built(acme, later))
    header, *lines = difference.write("tsv").decode().splitlines()
    assert tuple(header.split("\t")) == COLUMNS
    assert [line.split("\t")[:3] for line in lines] == [list(row[:3]) for row in difference.rows]
    held = json.loads(difference.write("json"))
    assert [item["name"] for item in held] == [item.name for item in difference.items]
    assert held[2]["properties"][1] == {"property": "cp:value", "before": ["20"], "after": ["30"]}
    for form in ("table", "md"):
        assert "30 retail outlets by 2030" in difference.write(form).decode()
    assert set(DIFFERENCE_FORMATS) == {"table", "md", "tsv", "json"}
    with pytest.raises(UsageError, match="cannot be written as xml"):
        difference.write("xml")


def test_command_tells_by_its_code_whether_anything_differs(
    acme: Path, later: Path, tmp_path: Path, run
) -> None:
    assert (
        run("build", acme, "-o", tmp_path / "out", "--store", tmp_path / "s", "-q").exit_code == 0
    )
    for same in (acme, acme / ".", tmp_path / "out" / "plans.ttl"):
        result = run("diff", tmp_path / "s", same)
        assert (result.exit_code, result.stderr) == (0, "no differences\n")
        assert result.stdout.splitlines() == ["\t".join(COLUMNS)]
    result = run("diff", tmp_path / "s", later, "-f", "json")
    assert (result.exit_code, result.stderr) == (1, "4 differences\n")
    assert len(json.loads(result.stdout)) == 4
    assert run("diff", "shipped", "shipped").exit_code == 0
    written = run("diff", tmp_path / "s", later, "-o", tmp_path / "d.json")
    assert (written.exit_code, written.stdout) == (1, "")
    assert len(json.loads((tmp_path / "d.json").read_bytes())) == 4


def test_what_cannot_be_compared_is_one_sentence(acme: Path, tmp_path: Path, run) -> None:
    missing = run("diff", acme, tmp_path / "none")
    assert (missing.exit_code, len(missing.stderr.splitlines())) == (3, 1)
    assert run("diff", acme, acme, "-f", "xml").exit_code == 2
    assert run("diff", acme).exit_code == 2
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "current").write_text("nonsense")
    assert "is damaged; build it again" in run("diff", tmp_path / "s", acme).stderr
