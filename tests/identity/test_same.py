"""`kg same` says why two companies are or are not taken for one, and what a person would do about it."""

from __future__ import annotations

import pytest

from kg.identity import company_lines, compare_companies, match_companies
from kg.query import Index
from tests.identity.firms import ISIN, LEI, LEI_OF_BOLT, LEI_OF_INDIA, firm

THING = (
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/corporate-plans/ontology#"
)


def indexed(*firms: list[bytes]) -> Index:
    lines = [line for one in firms for line in one]
    iris = sorted({line.split(b" ")[0].decode() for line in lines})
    # What the rules derive of a company.
    more = [
        f"{iri} {THING}{kind}> <a:d> .\n".encode()
        for iri in iris
        for kind in ("Organization", "Thing")
    ]
    return Index.of(b"".join([*lines, *more]))


def test_same_thing_under_two_names_is_one(run):
    done = run("same", "ford", "Ford Motor Company")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "one: both are ford (Ford)"


def test_name_of_a_table_is_held_against_what_is_known(run):
    done = run("same", "Hon Hai Precision Industry Co., Ltd.", "foxconn")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].endswith("is foxconn (Foxconn), by its name")
    assert lines[1] == "  Hon Hai Precision Industry Co., Ltd.: called hon hai precision industry"
    assert "ISIN TW0002317005" in lines[2]
    assert lines[3:] == [
        "for one: both are called hon hai precision industry",
        "if they are two: give each its own LEI (lei), or its own item of Wikidata (matches)",
    ]


def test_identifier_means_the_company_that_has_it(run):
    done = run("same", "TW0002317005", "Foxconn")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "one: both are foxconn (Foxconn)")


def test_identifier_that_nobody_has_is_no_name(run):
    done = run("same", LEI, "foxconn")
    lines = done.stdout.splitlines()
    assert (done.exit_code, lines[1]) == (1, f"  {LEI}: LEI {LEI}")
    assert lines[-1] == "if they are one: give both one identifier (lei, matches)"


@pytest.mark.parametrize("blank", ["", " "])
def test_blank_is_no_name(run, blank):
    done = run("same", blank, blank)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "a name is needed on either side" in done.stderr


def test_subsidiary_is_not_its_parent_and_what_would_make_them_one_is_said(run):
    done = run("same", "Samsung Electronics India", "samsung")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "two: Samsung Electronics India is not taken for samsung (Samsung)"
    assert lines[-2:] == [
        "for two: no name without its legal form and no identifier is that of both",
        (
            "if they are one: add “Samsung Electronics India” to the names of samsung (alias), or give both"
            " one identifier (lei, matches)"
        ),
    ]


def test_abbreviation_is_no_name_that_could_be_added(run):
    done = run("same", "BOC Ltd", "bank-of-china")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-2:] == [
        "for two: the only name that both have is an abbreviation, which others have, too",
        "if they are one: give both one identifier (lei, matches)",
    ]


def test_what_is_no_company_is_only_itself(run):
    assert run("same", "india", "India").exit_code == 0
    done = run("same", "ford", "india")
    assert done.exit_code == 1
    assert done.stdout == (
        "two: india (India) is a Country, and only companies are ever taken for another\n"
    )


def test_graph_of_ones_own_is_asked(run, tmp_path):
    source = tmp_path / "own.yaml"
    source.write_text(
        "id: own\ntype: Article\ntitle: Own\npublisher: mine\npublished: 2020-01-01\nlanguage: en\n"
        f"things:\n  - {{id: acme-2, type: Company, label: Acme Two, lei: {LEI}}}\n"
        f"  - {{id: acme-3, type: Company, label: Acme Three, lei: {LEI}}}\n",
        "utf-8",
    )
    done = run("same", "acme-2", "acme-3", "-s", source)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == (
        "two: acme-2 (Acme Two) is not taken for acme-3 (Acme Three)"
    )
    assert done.stdout.splitlines()[-3:] == [
        f"for one: both have LEI {LEI}",
        (f"for two: acme-2, LEI {LEI}: it is that of acme-3 (Acme Three), which is not called Acme Two:"
         " if they are one, add this name to those of acme-3"),
        "if they are one: describe one of them only, with the names (alias) and identifiers of both",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (firm("x", "Acme", lei=LEI_OF_BOLT),
         f"a:x: it is called as a:acme (Acme) is, but the LEIs differ ({LEI_OF_BOLT}, {LEI})"),
        (firm("x", "Acme India", isin=ISIN),
         (f"a:x, ISIN {ISIN}: it is that of a:acme (Acme), which is not called Acme India: if they are one,"
         " add this name to those of a:acme")),
        (firm("x", "Acme") + firm("y", "Acme Inc.", lei=LEI_OF_INDIA),
         "several companies are called so: a:acme, a:y"),
    ],
)  # fmt: skip
def test_what_speaks_for_two_is_what_keeps_an_import_from_joining_them(other, why):
    acme = firm("acme", "Acme", lei=LEI, isin=ISIN)
    told = compare_companies(indexed(acme, other), "a:x", "a:acme")
    assert not told.same
    assert told.against == (why,)


def test_companies_of_a_graph_are_known_to_an_import():
    index = indexed(firm("acme", "Acme", lei=LEI, item="Q1", kind="JointVenture"))
    matches = match_companies(sorted(firm("x", "Acme", lei=LEI)), company_lines(index))
    assert matches.certain == {"a:x": "a:acme"}
