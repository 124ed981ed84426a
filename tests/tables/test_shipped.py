"""What the shipped tables say, held against the files themselves, read with the csv module alone."""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import pickle
import shutil
import sys
import zlib
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import SHIPPED_LICENCE, resources
from kg.identity import matching
from kg.query.index import Index
from kg.tables import importing, mapping
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TABLES = resources.data_folder() / "tables"
FACILITIES = TABLES / "clean-investment-monitor-2024-q4.csv"
COMPANIES = TABLES / "net-zero-tracker-2022-12-20.csv"
BASE = "https://w3id.org/corporate-plans/id/"


def rows_of(table: Path) -> dict[int, dict[str, str]]:
    """Return the rows by the number of RFC 7111: the header is row 1."""
    with table.open(encoding="utf-8", newline="") as lines:
        return dict(enumerate(csv.DictReader(lines), 2))


@pytest.fixture(scope="module")
def facilities() -> dict[int, dict[str, str]]:
    return rows_of(FACILITIES)


@pytest.fixture(scope="module")
def companies() -> dict[int, dict[str, str]]:
    return rows_of(COMPANIES)


Imported = tuple[mapping.MappedTable, matching.Matches]


@pytest.fixture(scope="module")
def monitor(pytestconfig: pytest.Config) -> Imported:
    return imported(pytestconfig, FACILITIES)


@pytest.fixture(scope="module")
def tracker(pytestconfig: pytest.Config) -> Imported:
    return imported(pytestconfig, COMPANIES)


def imported(config: pytest.Config, table: Path) -> Imported:
    """Import a table, or take what an earlier run made of it with the same code, files and libraries.

    It is the largest piece of work in all the tests, and mostly nothing has changed.
    """
    kept = config.cache.mkdir("kg-tables") / table.stem
    key = digest_of_all(table).encode()
    if kept.exists() and (data := kept.read_bytes()).startswith(key):
        return pickle.loads(zlib.decompress(data[len(key) :]))  # noqa: S301 - our own
    made = importing.import_table(table, table.with_suffix(".rq"))
    kept.write_bytes(key + zlib.compress(pickle.dumps(made), 1))
    return made


def digest_of_all(table: Path) -> str:
    """Return the digest of all that an import follows from."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted({one.metadata["Name"] for one in importlib.metadata.distributions()}):
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    data = [*resources.data_folder().rglob("*.ttl"), *table.parent.glob(f"{table.stem}.*")]
    code = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "ontology").rglob("*")]
    for path in sorted(path for path in (*data, *code) if path.is_file()):
        digest.update(f"{path}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def test_whatever_an_import_follows_from_is_in_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("kg", "ontology"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "data" / "things", tmp_path / "data" / "things")
    (tmp_path / "data" / "tables").mkdir()
    for path in TABLES.glob(f"{COMPANIES.stem}.*"):
        shutil.copy(path, tmp_path / "data" / "tables")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    monkeypatch.setattr(resources, "_home", {"data": tmp_path / "data"}.get)
    table = tmp_path / "data" / "tables" / COMPANIES.name
    seen = {digest_of_all(table)}
    metadata = table.with_name(f"{table.name}-metadata.json")
    for path in (
        table,
        metadata,
        table.with_suffix(".rq"),
        next((tmp_path / "data" / "things").glob("*.ttl")),
        tmp_path / "kg" / "tables" / "mapping.py",
        tmp_path / "kg" / "base" / "terms.py",
        tmp_path / "ontology" / "context.jsonld",
    ):
        path.write_bytes(path.read_bytes() + b"\n")
        seen.add(digest_of_all(table))
    monkeypatch.setattr("importlib.metadata.version", lambda name: f"99 of {name}")
    seen.add(digest_of_all(table))
    assert len(seen) == 9


@pytest.fixture(scope="module")
def plants(monitor) -> Index:
    return Index.of(monitor[0].source.quads)


@pytest.fixture(scope="module")
def climate(tracker) -> Index:
    return Index.of(tracker[0].source.quads)


def select(index: Index, query: str) -> list[tuple[str, ...]]:
    return [tuple("" if term is None else term.value for term in row) for row in index.query(query)]


def counted(index: Index, query: str) -> Counter[str]:
    return Counter(row[0].rpartition("#")[2].rpartition("/")[2] for row in select(index, query))


# Clean Investment Monitor


def test_every_facility_is_said_to_be_somewhere_and_in_a_status(monitor, facilities, plants):
    done = monitor[0]
    assert (done.rows, len(facilities), done.left_out, set(done.silent)) == (8532, 8532, (), set())
    assert len(set(select(plants, "SELECT ?row { ?s a cp:Relation ; cp:row ?row }"))) == 8532
    assert len(select(plants, "SELECT ?x { ?x a cp:Facility }")) == 8532
    assert len(select(plants, "SELECT ?s { ?s cp:status cp:announced ; cp:from ?day }")) == 8532


def test_statuses_are_those_of_the_table(facilities, plants):
    said = Counter(row["Current_Facility_Status"] for row in facilities.values())
    now = counted(plants, "SELECT ?x { ?s cp:status ?x FILTER NOT EXISTS { ?s cp:from ?day } }")
    assert now == {
        "underway": said["Under Construction"],
        "achieved": said["Operating"] + said["Retired"],
        "abandoned": said["Canceled prior to operation"],
    }
    assert (said["Announced"], now["achieved"]) == (1343, 5833)


def test_capital_costs_add_up_to_those_of_the_table(facilities, plants):
    costs = [row["Estimated_Total_Facility_CAPEX"] for row in facilities.values()]
    said = select(
        plants, "SELECT ?value { ?s cp:indicator id:capital-cost-2023 ; cp:value ?value }"
    )
    assert len(said) == sum(map(bool, costs)) == 8472
    assert sum(Decimal(value) for (value,) in said) == 10**6 * sum(Decimal(c or 0) for c in costs)


def test_what_is_built_has_cost_so_and_what_is_not_is_reckoned_to(facilities, plants):
    built = {"Operating", "Retired"}
    costs = [row for row in facilities.values() if row["Estimated_Total_Facility_CAPEX"]]
    estimated = sum(row["Current_Facility_Status"] in built for row in costs)
    kinds = counted(plants, "SELECT ?kind { ?s a cp:Observation ; cp:kind ?kind }")
    assert kinds == {"estimated": estimated, "forecast": len(costs) - estimated}


def test_days_are_those_of_the_table_and_of_power_plants_only_the_month(facilities, plants):
    said = select(plants, "SELECT ?n ?day ?p { ?s cp:row/rdf:value ?n ; cp:from ?day "
                          "OPTIONAL { ?s cp:fromPrecision ?p } }")  # fmt: skip
    assert {int(n.removeprefix("row=")): (day, bool(p)) for n, day, p in said} == {
        number: (row["Announcement_Date"], row["unique_id"].startswith("D."))
        for number, row in facilities.items()
    }


def test_a_plant_of_blueoval_sk_is_told_in_full(plants):
    key = "clean-investment-monitor/M.B.BlueOval_KY_0"
    query = f"SELECT ?company ?kind {{ id:{key}/plan cp:company ?company ; cp:kind ?kind }}"
    query = query.replace(f"id:{key}/plan", f"<{BASE}{key}/plan>")
    assert [row[0] for row in select(plants, query)] == [BASE + "blueoval-sk"]
    said = select(plants, f"""SELECT ?status ?from ?value ?row {{
        ?s cp:about <{BASE}{key}/plan> ; cp:row/rdf:value ?row .
        OPTIONAL {{ ?s cp:status ?status }} OPTIONAL {{ ?s cp:from ?from }}
        OPTIONAL {{ ?s cp:value ?value }} }}""")  # fmt: skip
    cp = "https://w3id.org/corporate-plans/ontology#"
    assert sorted(said) == [
        ("", "", "3178799175", "row=23"),
        (cp + "announced", "2021-09-27", "", "row=23"),
        (cp + "underway", "", "", "row=23"),
    ]
    where = select(plants, f"""SELECT ?place ?note {{ ?s rdf:subject <{BASE}{key}> ;
        rdf:predicate cp:locatedIn ; rdf:object ?place ; cp:note ?note }}""")  # fmt: skip
    assert where == [(BASE + "kentucky", "At 1 BlueOval, Glendale, KY 42740.")]


def test_rows_after_cells_of_several_lines_are_numbered_as_rows(facilities, plants):
    broken = next(n for n, row in facilities.items() if "\n" in row["Address"])
    for number in (broken, broken + 1, 8533):
        key = facilities[number]["unique_id"]
        row = f"<{BASE}clean-investment-monitor-2024-q4#row={number}>"
        ((statement,),) = select(plants, f"SELECT ?s {{ ?s a cp:Relation ; rdf:predicate cp:locatedIn ; cp:row {row} }}")  # fmt: skip
        assert statement == f"{BASE}clean-investment-monitor-2024-q4/{key}.place"


def test_every_state_and_technology_is_met_as_often_as_in_the_table(facilities, plants):
    said = counted(plants, "SELECT ?x { ?s rdf:predicate cp:locatedIn ; rdf:object ?x }")
    codes = Counter(row["State"] for row in facilities.values())
    assert sorted(said.values()) == sorted(codes.values())
    assert (said["california"], said["georgia-us"], said["washington-state"]) == (
        codes["CA"], codes["GA"], codes["WA"])  # fmt: skip
    query = "SELECT ?x { ?s rdf:predicate cp:hasCategory ; rdf:object/skos:broader ?x }"
    technologies = Counter(row["Technology"] for row in facilities.values())
    assert sorted(counted(plants, query).values()) == sorted(technologies.values())


# Net Zero Tracker

ZERO = {"Net zero", "Climate neutral", "GHG neutral(ity)", "Zero emissions", "Climate positive"}
CARBON = {"Carbon neutral(ity)", "Zero carbon", "Carbon negative"}
CUT, INTENSITY = "Emissions reduction target", "Emissions intensity target"


def test_targets_are_those_of_the_table(tracker, companies, climate):
    done = tracker[0]
    assert (done.rows, len(companies), done.left_out) == (2001, 2001, ())
    ends = Counter(row["end_target"] for row in companies.values())
    cuts = [
        (row[f"{which}_target"], row[f"{which}_target_percentage_reduction"])
        for row in companies.values()
        for which in ("end", "interim")
    ]
    percentages = Counter(kind for kind, cut in cuts if cut and cut != "2030")
    assert counted(climate, "SELECT ?x { ?s a cp:Target ; cp:indicator ?x }") == {
        "net-emissions": sum(ends[kind] for kind in ZERO),
        "net-carbon-dioxide": sum(ends[kind] for kind in CARBON),
        "emissions-reduction": percentages[CUT],
        "carbon-intensity-reduction": percentages[INTENSITY],
    }
    assert ends["Net zero"] == 512


def test_targets_are_due_when_the_table_says_and_only_then(companies, climate):
    said = select(climate, """SELECT ?s ?n ?due { ?s a cp:Target ; cp:row/rdf:value ?n
        OPTIONAL { ?s cp:due ?due } }""")  # fmt: skip
    assert len(said) > 1500
    for statement, number, due in said:
        row = companies[int(number.removeprefix("row="))]
        assert statement.startswith(f"{BASE}net-zero-tracker-2022-12-20/{row['id_code']}.")
        year = row[statement.rpartition(".")[2] + "_target_year"]
        assert due == (f"{year}-12-31" if year else "")


def test_rows_without_a_target_say_nothing(tracker, companies):
    none = {"", "No target"}
    empty = {
        n for n, row in companies.items() if {row["end_target"], row["interim_target"]} <= none
    }
    silent = set(tracker[0].silent)
    assert empty <= silent
    # Of the others the table knows neither a status nor a number that could be compared.
    for number in silent - empty:
        row = companies[number]
        assert row["end_target"] in none or not row["end_target_status"]
        assert not row["end_target_percentage_reduction"]
        assert not row["interim_target_percentage_reduction"]
    assert (len(empty), len(silent)) == (889, 915)


def test_cells_that_cannot_be_say_nothing(companies, climate):
    (gecina,) = [row for row in companies.values() if row["name"] == "Gecina"]
    assert (gecina["interim_target_baseline_year"], gecina["status_date"]) == ("2030", "2030")
    said = select(climate, f"""SELECT ?p {{ VALUES ?p {{ cp:baselineDate cp:from }}
        ?s cp:about <{BASE}net-zero-tracker/{gecina['id_code']}/climate> ; ?p ?o }}""")  # fmt: skip
    assert said == []
    days = select(climate, "SELECT ?day { ?s cp:baselineDate|cp:from ?day }")
    assert min(days) >= ("1990",)
    assert max(days) <= ("2022-12-31",)


def test_isins_are_no_identifiers_in_this_table(companies):
    # Which is why they are not used: Ford's stands in the row of Formosa as well.
    isins = Counter(row["isin_id"] for row in companies.values() if row["isin_id"])
    assert sum(count > 1 for count in isins.values()) == 44
    of = {row["name"] for row in companies.values() if row["isin_id"] == "US3453708600"}
    assert of == {"Ford Motor Company", "Formosa Chemicals & Fibre"}


# Both


def test_the_companies_that_are_known_are_these_and_no_others(monitor, tracker):
    # Each pair was looked at: the name, the country, the plans.
    names = [
        {iri.removeprefix(BASE): same.removeprefix(BASE) for iri, same in matches.certain.items()}
        for _, matches in (monitor, tracker)
    ]
    assert names == [
        {
            "clean-investment-monitor/company/amazon": "amazon",
            "clean-investment-monitor/company/blueovalsk-jv-of-ford-and-sk-on": "blueoval-sk",
            "clean-investment-monitor/company/byd": "byd",
            "clean-investment-monitor/company/ford": "ford",
            "clean-investment-monitor/company/ford-motor-company": "ford",
            "clean-investment-monitor/company/shell": "shell",
            "clean-investment-monitor/company/stellantis": "stellantis",
            "clean-investment-monitor/company/volvo-cars": "volvo-cars",
        },
        {
            "net-zero-tracker/COM-0067": "ford",
            "net-zero-tracker/COM-0074": "starbucks",
            "net-zero-tracker/COM-0093": "shell",
            "net-zero-tracker/COM-0098": "unilever",
            "net-zero-tracker/COM-0121": "amazon",
            "net-zero-tracker/COM-0345": "sharp",
            "net-zero-tracker/COM-0473": "samsung",
            "net-zero-tracker/COM-0483": "intel",
            "net-zero-tracker/COM-0527": "foxconn",
            "net-zero-tracker/COM-0595": "stellantis",
            "net-zero-tracker/COM-1598": "flex",
        },
    ]


def test_uncertain_companies_are_listed_and_keep_their_own_iris(monitor, tracker, plants):
    listed = {(pair.name, pair.known_iri) for _, m in (monitor, tracker) for pair in m.review}
    assert {("Volvo", "volvo-cars"), ("Samsung SDI America Inc.", "samsung-sdi")} <= listed
    # There is another listed company of that very name.
    assert ("Taiwan Semiconductor", "tsmc") in listed
    own = BASE + "clean-investment-monitor/company/samsung-sdi-america-inc"
    assert select(plants, f"SELECT ?plan {{ ?plan cp:company <{own}> }}")


def test_all_of_it_is_built_together(run, tmp_path, monkeypatch):
    # The whole takes minutes to check, so here the first rows of each table stand for it.
    data = tmp_path / "data"
    shutil.copytree(resources.data_folder(), data)
    for table in (data / "tables").glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))[:101]
        with table.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
    monkeypatch.setattr(
        resources, "_home", {"data": data, "ontology": resources.ontology_folder()}.get
    )
    done = run("build", "--all", "-o", tmp_path / "out", "--store", tmp_path / "store")
    assert done.exit_code == 0, done.stderr
    assert "of 133 sources, 87 with a span" in done.stderr
    assert "0 findings" in done.stderr
    assert not (tmp_path / "out" / "plans.html").exists()
    assert f"kg view --store {tmp_path / 'store'} draws the page" in done.stderr
    drawn, stored = tmp_path / "all.html", tmp_path / "stored.html"
    # A store does not know the licence of what it holds.
    for given, path in ((["--all"], drawn), (["--store", tmp_path / "store"], stored)):
        assert run("view", *given, "-o", path, "--license", SHIPPED_LICENCE).exit_code == 0
    assert drawn.read_bytes() == stored.read_bytes()
    graph = kg.open(tmp_path / "store")
    statuses = {row["status"] for row in graph.ask("status", company="blueoval-sk")}
    assert "cp:underway" in statuses
    found = graph.query("""SELECT (COUNT(?f) AS ?n) { ?plan cp:company id:blueoval-sk ;
        cp:establishes ?f . ?f cp:locatedIn id:united-states ; a cp:Facility }""")
    assert found.rows[0][0] >= 3
    mine = {row["indicator"] for row in graph.ask("targets", company="ford")}
    assert {"net-carbon-dioxide", "emissions-reduction"} <= mine


@pytest.mark.parametrize("other", ["--store", "--source"])
def test_all_is_asked_instead_of_a_store_or_a_source(run, tmp_path, other):
    done = run("view", "--all", other, tmp_path, "-o", tmp_path / "page.html")
    assert done.exit_code == 2
    assert f"give {other} or --all, not both" in done.stderr
