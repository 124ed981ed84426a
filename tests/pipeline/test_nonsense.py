"""What no shape can say of one statement alone: nonsense is found, what is merely unusual is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
id: wire-2020
type: Article
title: A report
publisher: wire
published: {published}
language: en
{more}things:
  - {{id: wire, type: Organization, label: The Wire}}
  - {{id: other-wire, type: Organization, label: The Other Wire}}
  - {{id: acme, type: Company, label: Acme}}
  - {{id: bolt, type: Company, label: Bolt}}
  - {{id: both, type: JointVenture, label: AcmeBolt}}
  - {{id: jo-doe, type: Person, label: Jo Doe}}
  - {{id: acme-shops, type: Initiative, label: Acme's shops, company: acme, kind: offline-retail}}
  - {{id: bolt-shops, type: Initiative, label: Bolt's shops, company: bolt, kind: offline-retail}}
  - {{id: both-shops, type: Initiative, label: Joint shops, company: both, kind: offline-retail}}
statements:
"""
TARGET = "type: Target, about: acme-shops, indicator: retail-outlets"
COUNT = "type: Observation, about: acme-shops, indicator: retail-outlets, value: 7, kind: counted"
RELATION = "type: Relation, subject: jo-doe, predicate: chiefExecutiveOf, object: acme"
TEXT = "text: {{sha256: {}, length: 42, normaliser: nfc-lf-1}}\n".format("0" * 64)


def told(
    folder: Path, *statements: str, published: str = "2020-01-31", more: str = ""
) -> tuple[list[str], list[str]]:
    """Return what is wrong with an article of some statements, and the hints."""
    text = HEAD.format(published=published, more=more)
    text += "".join(f"  - {{id: w.{n}, {said}}}\n" for n, said in enumerate(statements, 1))
    (folder / "wire-2020.yaml").write_text(text)
    report = kg.check([folder])
    at = str(folder) + "/"
    return (
        [str(finding).removeprefix(at) for finding in report.violations],
        [str(finding).removeprefix(at) for finding in report.hints],
    )


# Of which class the ends of a relation are


@pytest.mark.parametrize(
    ("old", "new", "end"),
    [("jo-doe", "acme-shops", "subject"), ("object: acme", "object: acme-shops", "object")],
)
def test_a_relation_of_things_that_its_predicate_does_not_relate(tmp_path, old, new, end) -> None:
    (finding,), hints = told(tmp_path, RELATION.replace(old, new))
    assert finding.startswith(f"wire-2020.yaml:18: w.1 {end} (acme-shops): The {end} of chiefExec")
    assert hints == []


def test_a_relation_of_what_its_predicate_relates_even_by_a_wider_class(tmp_path) -> None:
    joint = "type: Relation, subject: both, predicate: partnerOf, object: wire"
    assert told(tmp_path, RELATION, joint) == ([], [])


# When something was


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("when: 2020-01-31", False),
        ("when: 2020-02-01", True),
        ("when: 2020-01-31, when_precision: month", False),
        ("when: 2020-02-29, when_precision: month", True),
        ("when: 2020-03-31, when_precision: quarter", False),
        ("when: 2020-06-30, when_precision: quarter", True),
        ("when: 2020-12-31, when_precision: year", False),
        ("when: 2021-12-31, when_precision: year", True),
        ("when: 2020-03-31, when_precision: fiscal-year", False),
        ("when: 2021-03-31, when_precision: fiscal-year", True),
        ("when: 2020-02-15, when_start: 2020-01-15", False),
        ("when: 2020-03-15, when_start: 2020-02-15", True),
    ],
)
def test_a_figure_of_a_time_that_had_not_begun(tmp_path, when, found) -> None:
    findings, hints = told(tmp_path, f"{COUNT}, {when}")
    assert ["after 2020-01-31" in finding for finding in findings] == [True] * found
    assert hints == []
    assert told(tmp_path, f"{COUNT}, {when}".replace("counted", "forecast")) == ([], [])


@pytest.mark.parametrize(
    ("more", "published", "found"),
    [
        ("due: 2020-01-31", "2020-01-31", False),
        ("due: 2019-12-31", "2020-01-31", True),
        ("due: 2019-12-31", "2019-12-31\npublished_precision: year", False),
        ("due: 2018-12-31", "2019-12-31\npublished_precision: year", True),
        ("due: 2019-12-31, uttered: 2018-05-01", "2020-01-31", False),
        ("due: 2019-12-31, uttered: 2020-01-15", "2020-01-31", True),
        ("due: 2019-06-30, uttered: 2019-12-31, uttered_precision: year", "2020-01-31", False),
    ],
)
def test_a_target_due_before_it_was_set_is_a_hint(tmp_path, more, published, found) -> None:
    findings, hints = told(tmp_path, f"{TARGET}, value: 7, {more}", published=published)
    assert findings == []
    assert ["was due before" in hint for hint in hints] == [True] * found


# Whose target it is


@pytest.mark.parametrize(
    "more",
    [
        "due_precision: year",
        "due_earliest: 2030-01-01",
        "counts_from: 2020-01-01",
        "baseline: 1, baseline_date: 2019-12-31",
    ],
)
@pytest.mark.parametrize(
    ("due", "meant"),
    [("31.12.2030", "2030-12-31"), ("12/31/2030", "2030-12-31"), ("01/02/2030", ""), ("soon", "")],
)
def test_what_is_no_day_is_told_once_with_the_day_that_is_meant(tmp_path, due, meant, more) -> None:
    (finding,), hints = told(tmp_path, f"{TARGET}, value: 7, due: {due}, {more}")
    assert finding.startswith(f"wire-2020.yaml:18: w.1 due ({due}): ")
    assert finding.endswith(f"; did you mean '{meant}'?" if meant else "such as 2017-06-30.")
    assert hints == []


@pytest.mark.parametrize(
    ("uttered", "found"),
    [
        ("uttered: 2020-01-31", False),
        ("uttered: 2020-02-01", True),
        ("uttered: 2020-01-31, uttered_precision: month", False),
        ("uttered: 2020-12-31, uttered_precision: year", False),
        ("uttered: 2021-12-31, uttered_precision: year", True),
    ],
)
def test_words_of_a_time_that_had_not_begun(tmp_path, uttered, found) -> None:
    findings, _ = told(tmp_path, f"{TARGET}, value: 7, due: 2030-12-31, {uttered}")
    assert [each.partition(": ")[2][:12] for each in findings] == ["w.1 uttered "] * found


def test_an_update_of_what_another_company_promised(tmp_path) -> None:
    old, new = f"{TARGET}, value: 7", f"{TARGET}, value: 9, updates: w.1"
    assert told(tmp_path, old, new) == ([], [])
    (finding,), _ = told(tmp_path, old, new.replace("acme", "bolt"))
    assert finding.startswith("wire-2020.yaml:19: w.2 updates (w.1): This updates what acme said")
    owns = "type: Relation, subject: acme, predicate: owns, object: both"
    assert told(tmp_path, old, new.replace("acme", "both"), owns) == ([], [])


def test_a_status_of_a_target_that_its_own_source_replaces(tmp_path) -> None:
    old, new = f"{TARGET}, value: 7, status: announced", f"{TARGET}, value: 9, updates: w.1"
    (finding,), hints = told(tmp_path, old, new)
    assert finding.startswith("wire-2020.yaml:18: w.1 status (announced): This target is replaced")
    assert hints == []
    assert told(tmp_path, f"{old}, uttered: 2018-01-01", new) == ([], [])


# What is said twice


def test_a_target_that_is_stated_again_without_a_link_is_a_hint(tmp_path) -> None:
    first = f"{TARGET}, value: 7, due: 2030-12-31"
    findings, (hint,) = told(tmp_path, first, first)
    assert findings == []
    assert hint.startswith("wire-2020.yaml:19: w.2: The same target is stated in w.1 already")
    assert told(tmp_path, first, f"{first}, confirms: w.1") == ([], [])
    assert told(tmp_path, first, f"{TARGET}, value: 7, due: 2031-12-31") == ([], [])


def test_what_a_corrected_correction_corrected_counts_again_and_is_a_hint(tmp_path) -> None:
    counts = [f"{COUNT.replace('value: 7', f'value: {n}')}, when: 2019-12-31" for n in (7, 8, 9)]
    first, second = counts[0], f"{counts[1]}, corrects: w.1"
    findings, (hint,) = told(tmp_path, first, second, f"{counts[2]}, corrects: w.2")
    assert findings == []
    assert (
        "w.3 corrects (w.1): This corrects a correction, so that what that corrected counts again"
        in hint
    )
    assert told(tmp_path, first, second, f"{counts[2]}, corrects: [w.1, w.2]") == ([], [])
    assert told(tmp_path, first, second, "type: Retraction, corrects: w.2") == ([], [])


def test_hints_fail_neither_check_nor_build(tmp_path, run) -> None:
    said = f"{TARGET}, value: 7"
    told(tmp_path, said, said)
    result = run("check", tmp_path)
    assert (result.exit_code, result.stderr) == (0, "0 findings, 1 hint\n")
    assert result.stdout.startswith("hint: ")
    assert run("build", tmp_path, "-o", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize(("publisher", "is_hint"), [("wire", False), ("other-wire", True)])
def test_one_text_under_two_ids(tmp_path, publisher, is_hint) -> None:
    again = (
        f"id: again\ntype: Article\ntitle: T\npublisher: {publisher}\npublished: 2020-01-31\n{TEXT}"
    )
    (tmp_path / "again.yaml").write_text(again)
    found = told(tmp_path, COUNT, more=TEXT)
    assert [len(each) for each in found] == ([0, 1] if is_hint else [1, 0])
    assert "wire-2020 text: This is the text of again" in found[is_hint][0]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (
            'isin: "US3453708606"',
            "Nobody has this ISIN, for its last digit does not check the others",
        ),
        ('isin: "XX0000000008"', "Nobody has this ISIN, for no ISIN looks like this"),
        (
            'lei: "00000000000000000097"',
            "Nobody has this LEI, for its last two digits do not check",
        ),
        (
            'lei: "0000"',
            "An organization has at most one LEI, of 18 capitals and digits and 2 digits",
        ),
    ],
)
def test_mistyped_identifier_is_told_once_by_its_line(tmp_path, key, why) -> None:
    (tmp_path / "more.yaml").write_text(
        "id: more\ntype: Article\ntitle: T\npublisher: wire\npublished: 2020-01-31\nthings:\n"
        f"  - id: one\n    type: Company\n    label: One\n    {key}\n"
    )
    (finding,), hints = told(tmp_path, COUNT)
    name, _, value = key.partition(": ")
    assert finding.startswith(f"more.yaml:10: one {name} ({value.strip(chr(34))}): {why}")
    assert hints == []


@pytest.mark.parametrize(
    "key", ["matches: wikidata:Q42", 'lei: "00000000000000000098"', 'isin: "XS0000000009"']
)
def test_two_things_of_one_identity_name_each_other(tmp_path, key) -> None:
    (tmp_path / "more.yaml").write_text(
        "id: more\ntype: Article\ntitle: T\npublisher: wire\npublished: 2020-01-31\nthings:\n"
        f"  - {{id: one, type: Company, label: One, {key}}}\n"
        f"  - {{id: two, type: Company, label: Two, {key}}}\n"
    )
    (finding,), hints = told(tmp_path, COUNT)
    assert finding.startswith("more.yaml:8: two ")
    assert "This is one, by what is given as its identity" in finding
    assert hints == []


def test_the_number_of_an_item_alone_is_told_how_an_item_is_named(tmp_path) -> None:
    (tmp_path / "more.yaml").write_text(
        "id: more\ntype: Article\ntitle: T\npublisher: wire\npublished: 2020-01-31\nthings:\n"
        "  - {id: one, type: Company, label: One, matches: Q42}\n"
    )
    (finding,), _ = told(tmp_path, COUNT)
    assert finding.startswith("more.yaml:7: one matches (Q42): ")
    assert finding.endswith("; did you mean 'wikidata:Q42'?")


def test_what_nobody_sees_in_an_id_hides_nothing_else(tmp_path) -> None:
    (tmp_path / "more.yaml").write_text(
        "id: more\ntype: Article\ntitle: O\u200bdd\npublisher: wire\npublished: 2020-01-31\u00a0\n"
        "things:\n  - id: one\u00ad\n    type: Company\n    label: One\n    lei: short\n"
        "statements:\n  - id: m.1\n    type: StatusReport\n    about: one\n    status: announcd\n"
    )
    found, _ = told(tmp_path, COUNT)
    assert [finding[:26] for finding in found] == [
        "more.yaml:3: more (O\\u200b",
        "more.yaml:5: has '2020-01-",
        "more.yaml:7: has 'one\\u00a",
        "more.yaml:10: one lei (sho",
        "more.yaml:15: m.1 status (",
    ]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("value: \uff12\uff10, due: 2030-12-31", "20"),
        ("value: \u22125, due: 2030-12-31", "-5"),
        ("value: 7, due: 2030\u201012\u201031", "2030-12-31"),
    ],
)
def test_digits_and_dashes_of_no_keyboard_are_told_with_those_of_one(
    tmp_path, wrong, meant
) -> None:
    (finding,), _ = told(tmp_path, f"{TARGET}, {wrong}")
    assert finding.endswith(f"; did you mean {meant!r}?")
