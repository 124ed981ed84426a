"""Companies are joined by what identifies them, and where anything speaks against it they are not."""

from __future__ import annotations

import pytest
from rapidfuzz import process

from kg.base import SpilledLines
from kg.cli.imported import told_of_companies
from kg.identity import Matches, match_companies
from kg.identity.likeness import AlikeNames
from kg.identity.merging import merge_companies
from tests.identity.firms import (
    ISIN,
    ISIN_ELSEWHERE,
    ISIN_OF_BOLT,
    LEI,
    LEI_OF_BOLT,
    LEI_OF_INDIA,
    TICKER,
    TICKER_ELSEWHERE,
    firm,
)

ACME = firm("acme", "Acme", aliases=("Acme Works",), lei=LEI, isin=ISIN, ticker=TICKER, item="Q1")
BOLT = firm("bolt", "Bolt", lei=LEI_OF_BOLT, isin=ISIN_OF_BOLT)


def matched(table: list[bytes], *known: list[bytes]) -> Matches:
    return match_companies(sorted(table), sorted(line for one in known for line in one))


def test_id_that_two_files_give_to_companies_of_two_names_is_no_namesake() -> None:
    both = firm("x", "Bolt Works", "Acme")
    matches = matched(both, firm("acme", "Acme"))
    assert (matches.certain, len(matches.review)) == ({}, 1)
    assert [one.message for one in matches.conflicts] == [
        "it is called as a:acme (Acme) is, and Bolt Works as well: if they are one, add this name to those of a:acme"
    ]
    assert matched(both, firm("acme", "Acme", aliases=("Bolt Works",))).certain == {"a:x": "a:acme"}
    assert matched(firm("x", "Acme", "アクメ"), firm("acme", "Acme")).certain == {"a:x": "a:acme"}
    numbered = firm("x", "Bolt Works", "Acme", lei=LEI), firm("acme", "Acme", lei=LEI)
    assert matched(*numbered).certain == {"a:x": "a:acme"}


@pytest.mark.parametrize(
    ("numbers", "joined"),
    [
        ({"isin": "US0378331005"}, False),
        ({"isin": "US0378331005", "ticker": TICKER}, False),
        ({"isin": "US0378331005 JP3633400001"}, True),
        ({}, True),
        ({"ticker": TICKER}, True),
    ],
)
def test_who_has_shares_in_tokyo_is_no_namesake_whose_shares_are_of_another_country(
    numbers: dict[str, str], joined: bool
) -> None:
    filed = firm("x", "株式会社ACME", ticker="XTKS:9999")
    matches = matched(filed, firm("acme", "Acme", **numbers))
    assert bool(matches.certain) == joined
    told = [one.message for one in matches.conflicts]
    assert bool(told) != joined
    assert all("whose shares are of another country (US0378331005): if they are one, add" in one for one in told)  # fmt: skip


def told(matches: Matches) -> list[str]:
    return [one.as_line() for one in matches.conflicts]


def joined(table: list[bytes], *known: list[bytes]) -> str | None:
    return matched(table, *known).certain.get("a:x")


# By identifiers


@pytest.mark.parametrize(
    ("name", "identifiers", "by"),
    [
        ("Acme Corp", {"lei": LEI}, f"LEI {LEI}"),
        ("Acme Corp", {"item": "Q1"}, "Wikidata item wikidata:Q1"),
        ("Acme, Inc.", {"isin": ISIN}, f"ISIN {ISIN}"),
        ("Acme, Inc.", {"ticker": TICKER}, f"ticker {TICKER}"),
        ("ACME WORKS", {"isin": f"{ISIN} {ISIN_ELSEWHERE}"}, f"ISIN {ISIN}"),
        ("Acme SA", {"lei": LEI, "isin": ISIN, "ticker": TICKER}, f"LEI {LEI}"),
        ("Acme", {"isin": ISIN, "item": "Q1", "ticker": TICKER}, "Wikidata item wikidata:Q1"),
    ],
)
def test_company_is_known_by_what_identifies_it(name, identifiers, by):
    matches = matched(firm("x", name, **identifiers), ACME, BOLT)
    assert matches.certain == {"a:x": "a:acme"}
    assert {iri: str(one) for iri, one in matches.by.items()} == {"a:x": by}
    assert told(matches) == []


def test_filing_that_calls_a_company_by_its_code_has_no_name_of_it():
    filed = firm("x", "XTKS:6753", ticker="XTKS:6753")
    filed.append(
        '<a:x> <http://www.w3.org/2000/01/rdf-schema#label> "シャープ株式会社"@ja <a:t> .\n'.encode()
    )
    sharp = firm("sharp", "Sharp", aliases=("シャープ",), ticker="XTKS:6753")
    matches = matched(filed, sharp)
    assert matches.certain == {"a:x": "a:sharp"}
    text = b"".join(merged(filed, matches)).decode()
    assert 'altLabel> "シャープ株式会社"@ja' in text
    assert '"XTKS:6753"@en' not in text


@pytest.mark.parametrize("name", ["KDDI株式会社", "株式会社ＫＤＤＩ", "KDDI㈱"])
def test_legal_form_of_japan_is_no_part_of_a_name(name):
    assert joined(firm("x", name), firm("kddi", "KDDI")) == "a:kddi"


def test_identifier_tells_which_of_two_with_one_name():
    other = firm("acme-too", "Acme", lei=LEI_OF_INDIA)
    assert joined(firm("x", "Acme"), ACME, other) is None
    assert joined(firm("x", "Acme", lei=LEI_OF_INDIA), ACME, other) == "a:acme-too"
    assert joined(firm("x", "Acme", isin=ISIN), ACME, other) == "a:acme"


def test_company_without_identifiers_is_known_by_its_name_as_ever():
    assert joined(firm("x", "Acme Inc."), ACME, BOLT) == "a:acme"
    assert matched(firm("x", "Acme Inc."), ACME).by == {}


def test_company_of_which_nothing_is_known_but_its_name_takes_an_identifier():
    assert joined(firm("x", "Plain", lei=LEI), firm("plain", "Plain")) == "a:plain"


def test_organization_that_is_no_company_is_known_by_identifiers_alone():
    known = firm("acme", "Acme", kind="Organization", lei=LEI)
    assert joined(firm("x", "Acme", lei=LEI), known) == "a:acme"
    assert joined(firm("x", "Acme"), known) is None


# What speaks against it


@pytest.mark.parametrize(
    ("name", "identifiers", "why"),
    [
        # The names differ beyond the legal form: of such pairs every fourth is of two companies.
        ("Ogaki Bank", {"isin": ISIN}, (f"a:x isin ({ISIN}): it is that of a:acme (Acme), which is"
         " not called Ogaki Bank: if they are one, add this name to those of a:acme")),
        ("Acme India", {"isin": ISIN}, (f"a:x isin ({ISIN}): it is that of a:acme (Acme), which is"
         " not called Acme India: if they are one, add this name to those of a:acme")),
        ("Acme Group", {"ticker": TICKER}, (f"a:x ticker ({TICKER}): it is that of a:acme (Acme), which is"
         " not called Acme Group: if they are one, add this name to those of a:acme")),
        # One identifier says the one, another the other.
        ("Acme", {"isin": ISIN, "lei": LEI_OF_BOLT}, (f"a:x lei ({LEI_OF_BOLT}): it is that of a:bolt (Bolt), but the"
         f" ISIN {ISIN} that of a:acme (Acme): mend the one that is wrong")),
        ("Bolt", {"isin": ISIN}, (f"a:x isin ({ISIN}): it is that of a:acme (Acme), but the name is that of a:bolt:"
         " mend one of them")),
        ("Bolt", {"lei": LEI}, (f"a:x lei ({LEI}): it is that of a:acme (Acme), but the name is that of a:bolt: mend"
         " one of them")),
        # The share is that of the one, and the company another.
        ("Acme", {"isin": ISIN, "lei": LEI_OF_INDIA}, (f"a:x isin ({ISIN}): it is that of a:acme (Acme), but the LEIs"
         f" differ ({LEI_OF_INDIA}, {LEI}): mend the one that is wrong")),
        ("Acme", {"lei": LEI, "item": "Q2"}, (f"a:x lei ({LEI}): it is that of a:acme (Acme), but the Wikidata items"
         " differ (wikidata:Q2, wikidata:Q1): mend the one that is wrong")),
        # The name is that of the one, and nothing else is.
        ("Acme", {"lei": LEI_OF_INDIA}, ("a:x: it is called as a:acme (Acme) is, but the LEIs differ"
         f" ({LEI_OF_INDIA}, {LEI})")),
        ("Acme", {"item": "Q2"}, ("a:x: it is called as a:acme (Acme) is, but the Wikidata items differ (wikidata:Q2,"
         " wikidata:Q1): if they are one, add its own to a:acme")),
        ("Acme", {"isin": ISIN_ELSEWHERE}, ("a:x: it is called as a:acme (Acme) is, but the ISINs differ"
         f" ({ISIN_ELSEWHERE}, {ISIN}): if they are one, add its own to a:acme")),
        ("Acme", {"ticker": "XNYS:ACI"}, ("a:x: it is called as a:acme (Acme) is, but the tickers differ (XNYS:ACI,"
         " XNYS:ACM): if they are one, add its own to a:acme")),
    ],
)  # fmt: skip
def test_what_contradicts_itself_joins_nobody_and_is_told(name, identifiers, why):
    matches = matched(firm("x", name, **identifiers), ACME, BOLT)
    assert matches.certain == {}
    assert told(matches) == [why]


def test_ticker_of_another_exchange_says_nothing():
    assert joined(firm("x", "Acme", ticker=TICKER_ELSEWHERE), ACME) == "a:acme"


def test_one_isin_in_common_is_enough_where_there_are_several():
    assert joined(firm("x", "Acme", isin=f"{ISIN_ELSEWHERE} {ISIN}"), ACME) == "a:acme"
    several = firm("acme", "Acme", isin=f"{ISIN_ELSEWHERE} {ISIN}")
    assert joined(firm("x", "Acme", isin=ISIN), several) == "a:acme"


def test_identifier_that_two_known_companies_have_joins_nobody():
    also = firm("also", "Also", isin=ISIN)
    matches = matched(firm("x", "Acme", isin=ISIN), ACME, also)
    assert matches.certain == {}
    assert told(matches) == [
        f"a:x isin ({ISIN}): a:acme and a:also have it, too: mend the one whose it is not"
    ]


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("isin", "USACME000013", "its last digit does not check the others, so that some of it is mistyped"),
        ("isin", "US ACME000012", "no ISIN looks like this"),
        ("isin", "ZZACME000012", "no ISIN looks like this"),
        ("isin", "NA", "no ISIN looks like this"),
        ("lei", "0000ACME000000000091", "its last two digits do not check the others"),
        ("lei", "U36109UP2022PTC16710", "its last two digits do not check the others"),
        ("lei", "0000acme000000000090", "no LEI looks like this"),
        ("ticker", "7203", "it is no code of an exchange, a colon and the code of shares there"),
    ],
)  # fmt: skip
def test_identifier_that_cannot_be_one_is_told_with_its_row_and_joins_nobody(key, value, why):
    line = [
        *firm("x", "Wind", row=7),
        firm("x", **{key: "VALUE"})[-1].replace(b"VALUE", value.encode()),
    ]
    known = [
        *firm("wind", "Wind Works"),
        firm("wind", **{key: "VALUE"})[-1].replace(b"VALUE", value.encode()),
    ]
    matches = matched(line, known)
    assert matches.certain == {}
    (said,) = told(matches)
    assert said.startswith(f"a:t#row=7: a:x {key} ({value}): {why}")
    assert said.endswith("; it is left out")
    assert b"ontology#" + key.encode() not in b"".join(merged(line, matches))


def test_company_with_a_mistyped_identifier_is_known_by_its_name_all_the_same():
    assert joined(firm("x", "Acme", isin="USACME000013"), ACME) == "a:acme"


def test_identifier_of_two_companies_of_a_table_is_neither_of_theirs():
    table = firm("x", "Acme", isin=ISIN, row=3) + firm("y", "Formosa", isin=ISIN, row=9)
    matches = matched(table, ACME)
    assert matches.certain == {"a:x": "a:acme"}
    assert matches.by == {}
    assert told(matches) == [
        f"a:t#row=3: a:x isin ({ISIN}): it is given to a:y, too, so that none of them has it here"
    ]
    assert b"ontology#isin" not in b"".join(merged(table, matches))


def test_parent_and_subsidiary_of_one_name_stay_two():
    plain = firm("acme", "Acme")
    table = firm("x", "Acme Inc.", lei=LEI) + firm("y", "Acme Ltd", lei=LEI_OF_INDIA)
    matches = matched(table, plain)
    assert matches.certain == {}
    why = f"and so may another of the table, but the LEIs differ ({LEI}, {LEI_OF_INDIA})"
    assert told(matches) == [f"a:{one}: it may be a:acme, {why}" for one in "xy"]
    assert matched(table, ACME).certain == {"a:x": "a:acme"}


def test_of_two_rows_of_one_name_the_known_company_is_the_one_that_has_its_number():
    table = firm("x", "Acme Inc.", lei=LEI) + firm("y", "Acme Works", row=4)
    matches = matched(table, ACME)
    assert matches.certain == {"a:x": "a:acme"}
    assert told(matches) == [
        f"a:t#row=4: a:y: it is called as a:acme is, but another of the table has its LEI {LEI}"
    ]


def test_two_classes_of_shares_of_one_company_are_one():
    known = firm("acme", "Acme", isin=f"{ISIN} {ISIN_ELSEWHERE}")
    table = firm("x", "Acme Inc.", isin=ISIN) + firm("y", "Acme Corp.", isin=ISIN_ELSEWHERE)
    assert matched(table, known).certain == {"a:x": "a:acme", "a:y": "a:acme"}


def test_two_rows_of_one_name_with_different_isins_are_nobody_that_is_known_by_name_alone():
    table = firm("x", "Acme Inc.", isin=ISIN) + firm("y", "Acme Corp.", isin=ISIN_ELSEWHERE)
    matches = matched(table, firm("acme", "Acme"))
    assert matches.certain == {}
    why = f"but the ISINs differ ({ISIN}, {ISIN_ELSEWHERE})"
    assert told(matches)[0] == f"a:x: it may be a:acme, and so may another of the table, {why}"


def test_rows_of_one_company_by_one_identifier_become_one():
    table = firm("x", "Acme", lei=LEI) + firm("y", "Acme Works", lei=LEI)
    matches = matched(table, firm("acme", "Acme", aliases=("Acme Works",)))
    assert set(matches.certain.values()) == {"a:acme"}
    assert told(matches) == []
    assert b"".join(merged(table, matches)).count(LEI.encode()) == 1


# Names that must not join


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Samsung Electronics", "Samsung Electronics India Pvt Ltd"),
        ("Samsung Electronics", "Samsung SDI"),
        ("Foxconn", "Foxconn Industrial Internet Co., Ltd."),
        ("Ford", "Ford Otomotiv Sanayi A.S."),
        ("Sharp", "Sharp Services"),
        ("Volvo Cars", "Volvo"),
        ("Geely", "Geely Automobile Holdings Limited"),
        ("Merck KGaA", "Merck & Co"),
        ("SoftBank Group Corp.", "SoftBank Corp."),
        ("Unilever plc", "Unilever N.V."),
        ("Metro AG", "METRO Inc."),
        ("Copart", "Copart UK Ltd"),
        ("Shell", "Shell UK Limited"),
    ],
)
def test_company_is_not_taken_for_another_of_its_family_or_of_a_like_name(known, name):
    assert joined(firm("x", name), firm("known", known)) is None
    assert joined(firm("x", known), firm("known", name)) is None


def test_abbreviation_tells_nobody_by_itself():
    bank = firm("bank", "Bank of China", aliases=("BOC",), isin=ISIN)
    assert joined(firm("x", "BOC Ltd"), bank) is None
    assert joined(firm("x", "BOC", isin=ISIN), bank) == "a:bank"
    assert joined(firm("x", "BYD"), firm("byd", "BYD")) == "a:byd"


def test_other_name_of_a_company_joins_it():
    foxconn = firm("foxconn", "Foxconn", aliases=("Hon Hai Precision",))
    assert joined(firm("x", "Hon Hai Precision Inc. Co., Ltd."), foxconn) == "a:foxconn"


# How long it takes


def test_names_are_held_against_few_however_many_are_known(monkeypatch):
    held: list[int] = []
    real = process.extract
    monkeypatch.setattr(
        process,
        "extract",
        lambda name, names, **k: held.append(len(names)) or real(name, names, **k),
    )
    for many in (1_000, 4_000):
        known = {f"firm{n} energy": {f"a:{n}": f"Firm{n} Energy"} for n in range(many)}
        alike = AlikeNames({**known, "acme works energy": {"a:acme": "Acme Works Energy"}})
        for n in range(many):
            alike.add(f"a:x{n}", [f"Other{n} Energy"])
        alike.add("a:x", ["Acme Energy"])
        assert [pair.known for pair in alike.most_alike()[0]] == ["Acme Works Energy"]
    # Of a word that most names have nothing is looked up.
    assert max(held) < 10


# What is written


def merged(table: list[bytes], matches: Matches) -> list[bytes]:
    lines = SpilledLines()
    lines.add(table)
    return list(merge_companies(lines, matches))


def test_identifier_of_a_known_company_that_is_another_is_not_written():
    table = firm("x", "Acme India", isin=f"{ISIN} {ISIN_ELSEWHERE}")
    text = b"".join(merged(table, matched(table, ACME)))
    assert ISIN.encode() not in text
    assert ISIN_ELSEWHERE.encode() in text


def test_joined_company_brings_what_the_known_one_lacks():
    table = firm("x", "Acme Corp", lei=LEI, isin=ISIN_ELSEWHERE)
    lines = [line.decode() for line in merged(table, matched(table, ACME))]
    assert all(line.startswith("<a:acme>") for line in lines)
    assert any(f'isin> "{ISIN_ELSEWHERE}"' in line for line in lines)
    assert any('altLabel> "Acme Corp"@en' in line for line in lines)
    assert not any("#label>" in line for line in lines)


# What is said


def test_conflict_is_a_sentence_and_who_is_another_by_its_lei_is_no_pair():
    table = firm("x", "Acme", lei=LEI_OF_INDIA, row=3) + firm("y", "Bolt Wind", row=4)
    matches = matched(table, ACME, BOLT)
    assert told(matches) == [
        f"a:t#row=3: a:x: it is called as a:acme (Acme) is, but the LEIs differ ({LEI_OF_INDIA}, {LEI})"
    ]
    assert [tuple(pair) for pair in matches.review] == [
        ("Bolt Wind", "a:y", "Bolt", "a:bolt", 100),
    ]
    assert list(told_of_companies(matches, review=False, most=9)) == [
        "1 pair of companies may be the same; --review lists them",
        f"conflict: {told(matches)[0]}",
    ]
    assert list(told_of_companies(matches, review=True, most=9)) == []


def test_joined_company_is_told_with_what_it_is_known_by():
    matches = matched(firm("x", "Acme", lei=LEI) + firm("y", "Bolt"), ACME, BOLT)
    assert list(told_of_companies(matches, review=False, most=9)) == [
        f"a:x is a:acme, by its LEI {LEI}",
        "a:y is a:bolt",
    ]
