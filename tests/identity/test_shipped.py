"""The identifiers of shipped companies: right by their digits, each company's own, and taken from somewhere."""

from __future__ import annotations

import pytest

from kg.base import CP, nquads
from kg.identity import Described, companies, fault_of, known_lines, match_companies
from tests.identity.firms import firm

BASE = "https://w3id.org/corporate-plans/id/"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Described]:
    return {one.iri.removeprefix(BASE): one for one in companies(known_lines())}


def registers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in known_lines():
        subject, path, value, _ = nquads.parts(line)
        if path == f"<{CP}register>".encode():
            found.setdefault(subject.decode()[1:-1], set()).add(value.decode()[1:-1])
    return found


def test_every_identifier_is_right_by_its_digits(shipped):
    numbers = [one for company in shipped.values() for one in company.identifiers]
    assert sum(one.scheme == "LEI" for one in numbers) > 15
    assert sum(one.scheme == "ISIN" for one in numbers) > 25
    assert [str(one) for one in numbers if fault_of(one)] == []


def test_company_with_an_lei_or_isin_names_the_register_that_has_it(shipped):
    named = {
        company.iri
        for company in shipped.values()
        if company.values("LEI") | company.values("ISIN")
    }
    assert set(registers()) == named
    for company in shipped.values():
        for lei in company.values("LEI"):
            assert f"https://search.gleif.org/#/record/{lei}" in registers()[company.iri]


@pytest.mark.parametrize(
    ("name", "identifiers", "known"),
    [
        ("Hon Hai Precision Industry Co., Ltd.", {"isin": "TW0002317005"}, "foxconn"),
        ("鴻海精密工業股份有限公司", {"lei": "30030004CM3GSZXX7O56"}, "foxconn"),
        ("Amazon.com, Inc.", {"lei": "ZXTILKJKG63JELOEG630"}, "amazon"),
        ("Unilever PLC", {"isin": "GB00B10RZP78"}, "unilever"),
        # One company has two kinds of shares, and each is found by either.
        ("Royal Dutch Shell", {"isin": "GB00B03MM408"}, "shell"),
        # Another company, which makes semiconductors in Taiwan, too.
        ("Taiwan Semiconductor Co., Ltd.", {"isin": "TW0005425003"}, None),
        ("Taiwan Semiconductor Co., Ltd.", {}, None),
        # A subsidiary of the same name.
        ("Shell GmbH", {}, None),
        ("Shell", {}, "shell"),
        ("Ford Otomotiv Sanayi A.S.", {"lei": "7890006XJG6ZE2H34671"}, None),
        ("Formosa Chemicals & Fibre", {"isin": "US3453708600"}, None),
        ("Foxconn Industrial Internet Co Ltd", {"isin": "CNE1000031P3"}, None),
        ("Samsung Electronics India", {"isin": "KR7005930003"}, None),
    ],
)
def test_company_of_a_table_is_the_shipped_one_only_where_it_is(name, identifiers, known):
    matches = match_companies(sorted(firm("x", name, **identifiers)), known_lines())
    assert matches.certain.get("a:x") == (known and BASE + known)


def test_card_tells_the_identifiers_of_a_company(run):
    told = run("show", "sharp").stdout.splitlines()[1]
    assert (
        told == "company · also シャープ · LEI 353800YEPK9PD7QO3449 · ISIN JP3359600008 · XTKS:6753"
    )
