"""QuickStatements: what Wikidata has properties for, with its source and its days as they are known, and no more."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

import kg
from kg.export.quickstatements import write_quickstatements

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = """id: gazette-2020-01-31
type: Article
title: Acme
publisher: gazette
published: 2020-01-31
url: "https://gazette.example/acme?c=d|e&a=\\"b\\""
things:
  - {id: gazette, type: Organization, label: The Gazette}
  - {id: acme, type: Company, label: Acme, matches: "wikidata:Q9000010"}
  - {id: bolt, type: Company, label: Bolt, matches: "wikidata:Q9000011"}
  - {id: nobody, type: Company, label: Nobody}
  - {id: ann, type: Person, label: Ann Ames, matches: "wikidata:Q9000001"}
  - {id: india, type: Country, label: India, matches: "wikidata:Q668"}
  - {id: acme-growth, type: Initiative, label: growth, company: acme, kind: growth}
statements:
"""
SOURCE: Final = (
    'S854\t"https://gazette.example/acme?c=d%7Ce&a=%22b%22"\tS577\t+2020-01-31T00:00:00Z/11'
)


def _export(folder: Path, *statements: str, head: str = HEAD) -> tuple[list[str], Counter[str]]:
    """Return the lines that a source gives, without their reference, and what was left out."""
    said = "".join(
        f"  - {{id: gazette-2020-01-31.{n}, {one}}}\n" for n, one in enumerate(statements)
    )
    path = folder / "gazette.yaml"
    path.write_text(head + said, encoding="utf-8")
    left_out: Counter[str] = Counter()
    data = write_quickstatements(kg.build([path], check=False).index, left_out)
    lines = [line for line in data.decode().splitlines() if line.startswith("Q90000")]
    return [line.removesuffix(f"\t{SOURCE}").replace("\t", " ") for line in lines], left_out


CHIEF: Final = "type: Relation, subject: ann, predicate: chiefExecutiveOf, object: acme"
REVENUE: Final = (
    "type: Observation, about: acme, indicator: revenue, kind: reported, place: world, unit: EUR"
)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (CHIEF, "Q9000010 P169 Q9000001"),
        (f"{CHIEF}, from: 2015-01-01, from_precision: year", "Q9000010 P169 Q9000001 P580 +2015-00-00T00:00:00Z/9"),
        (
            f"{CHIEF}, from: 2015-02-01, from_precision: month, until: 2018-04-06",
            "Q9000010 P169 Q9000001 P580 +2015-02-00T00:00:00Z/10 P582 +2018-04-06T00:00:00Z/11",
        ),
        ("type: Relation, subject: bolt, predicate: ownsMajorityOf, object: acme", "Q9000010 P127 Q9000011"),
        ("type: Relation, subject: acme, predicate: partnerOf, object: bolt", "Q9000010 P2652 Q9000011"),
        (
            "type: Relation, subject: acme, predicate: partnerOf, object: bolt, place: india",
            "Q9000010 P2652 Q9000011 P3005 Q668",
        ),
        (
            f"{REVENUE}, value: 1500000.5, when: 2019-12-31, when_precision: year",
            "Q9000010 P2139 1500000.5U4916 P585 +2019-00-00T00:00:00Z/9",
        ),
        (
            f"{REVENUE}, value: 15, when_start: 2018-04-01, when: 2019-03-31",
            "Q9000010 P2139 15U4916 P580 +2018-04-01T00:00:00Z/11 P582 +2019-03-31T00:00:00Z/11",
        ),
        (
            "type: Observation, about: [acme, acme-growth], indicator: employees, kind: counted, value: 12, when: 2019-06-30",
            "Q9000010 P1128 12 P585 +2019-06-30T00:00:00Z/11",
        ),
    ],
)  # fmt: skip
def test_statement_is_a_line_with_its_days_and_its_source(
    tmp_path: Path, said: str, line: str
) -> None:
    assert _export(tmp_path, said)[0] == [line]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("type: Target, about: acme-growth, indicator: revenue, value: 5, unit: EUR, due: 2030-12-31", "targets"),
        (f"{CHIEF}, status: considered", "relations that are planned, or over"),
        (f"{CHIEF}, place: india", "relations within a place"),
        (f"{CHIEF}, confidence: low", "statements that are not certain"),
        (f"{CHIEF}, mode: anonymous", "statements that are not certain"),
        ("type: Relation, subject: ann, predicate: chiefExecutiveOf, object: nobody", "statements of what has no item"),
        ("type: Relation, subject: acme, predicate: makesFor, object: bolt", "relations that no property there says"),
        (f"{REVENUE}, value: 5, when: 2019-03-31", "amounts of a period that is not known"),
        (f"{REVENUE}, value: 5", "figures without a day"),
        (f"{REVENUE}, value: 5, comparator: more-than, when: 2019-12-31, when_precision: year", "figures that are not exact"),
        (f"{REVENUE}, value: 5, among: bolt, when: 2019-12-31, when_precision: year", "figures of a part"),
        (f"{REVENUE.replace('reported', 'forecast')}, value: 5, when: 2019-12-31", "figures that are estimated"),
        (f"{REVENUE.replace('world', 'india')}, value: 5, when: 2019-12-31", "figures of a part"),
        (f"{REVENUE.replace('acme', '[acme, bolt]')}, value: 5, when: 2019-12-31", "statements of what has no item"),
        (f"{REVENUE.replace('acme', '[acme, nobody]')}, value: 5, when: 2019-12-31", "statements of what has no item"),
        ("type: Observation, about: acme, indicator: users, kind: counted, value: 12", "figures that no property"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_there_is_counted(tmp_path: Path, said: str, why: str) -> None:
    lines, left_out = _export(tmp_path, said)
    assert lines == []
    (reason,) = left_out
    assert reason.startswith(why)


def test_what_another_statement_denies_is_no_edit(tmp_path: Path) -> None:
    other = "type: Relation, subject: ann, predicate: chairs, object: acme"
    lines, left_out = _export(tmp_path, CHIEF, f"{other}, contradicts: gazette-2020-01-31.0")
    assert lines == []
    assert left_out["statements that another one contradicts"] == 2


def test_source_without_an_address_is_no_reference(tmp_path: Path) -> None:
    head = re.sub("url:.*\n", "", HEAD)
    lines, left_out = _export(tmp_path, CHIEF, head=head)
    assert lines == []
    assert left_out["statements of sources without an address"] == 1


@pytest.mark.parametrize("host", ["www.wikidata.org", "m.wikidata.org", "WIKIDATA.org"])
def test_wikidata_is_no_reference_for_itself(tmp_path: Path, host: str) -> None:
    head = re.sub("url: .*", f"url: https://{host}/wiki/Q9000010", HEAD)
    assert _export(tmp_path, CHIEF, head=head) == (
        [], Counter({"statements that Wikidata itself is the source of": 1}),
    )  # fmt: skip


def test_day_of_publication_that_is_inferred_is_left_out_of_the_reference(tmp_path: Path) -> None:
    head = HEAD.replace("url:", "published_precision: inferred\nurl:")
    (line,) = _export(tmp_path, CHIEF, head=head)[0]
    assert line == 'Q9000010 P169 Q9000001 S854 "https://gazette.example/acme?c=d%7Ce&a=%22b%22"'


# What the tool makes of a line: columns apart by tabs, values by their form.
_FORMS: Final = {
    "item": r"Q[1-9]\d*", "string": r'"[^"\t]*"', "time": r"[+-]\d+-\d\d-\d\dT\d\d:\d\d:\d\dZ/\d+",
    "quantity": r"[+-]?\d+(?:\.\d+)?(?:U\d+)?",
}  # fmt: skip


def _form(value: str) -> str:
    return next(name for name, form in _FORMS.items() if re.fullmatch(form, value))


def test_every_line_of_what_ships_is_of_the_syntax() -> None:
    left_out: Counter[str] = Counter()
    data = write_quickstatements(kg.build(check=False).index, left_out)
    lines = [line.split("\t") for line in data.decode().splitlines()]
    assert lines
    for item, property_, value, *more in lines:
        assert (_form(item), _form(value)) == ("item", "item")
        assert re.fullmatch(r"P\d+", property_)
        names = more[::2]
        assert all(re.fullmatch(r"[PS]\d+", name) for name in names)
        assert all(_form(one) for one in more[1::2])
        # A day of publication that is inferred is no part of the reference.
        assert names[names.index("S854") :] in (["S854", "S577"], ["S854"])
    assert left_out["targets, for which there is no property there"] > 100


def test_same_graph_gives_the_same_bytes_and_no_line_twice() -> None:
    index = kg.build(check=False).index
    data = write_quickstatements(index)
    assert data == write_quickstatements(index)
    assert len(set(data.splitlines())) == len(data.splitlines())
