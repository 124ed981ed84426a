"""Companies, people and their links of FollowTheMoney: read line by line, looked up, and counted where unsaid."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.base import ID, SourceError
from kg.formats import formats, import_files
from kg.formats.ftm.entities import EntityFile, form_of
from kg.formats.opening import open_beginning
from kg.promises import load_statements

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from click.testing import Result

    from kg.formats import Imported
    from kg.formats.batch import Batch
    from kg.promises import Statement

SEEN = {
    "datasets": ["zz_register"],
    "first_seen": "2021-03-04T10:00:00",
    "last_seen": "2024-05-06T01:02:03",
}


def entity(
    iri: str, schema: str, more: dict[str, Any] | None = None, /, **values: Any
) -> dict[str, Any]:
    properties = {
        key: one if isinstance(one, list) else [one]
        for key, one in values.items()
        if one is not None
    }
    return {"id": iri, "schema": schema, "properties": properties, **SEEN, **(more or {})}


ACME = entity(
    "zz-1", "Company", name=["Zorbly Works", "Zorbly Werke"], leiCode="529900T8BM49AURSDO55"
)
BOLT = entity("zz-2", "Organization", name="Fnord Bureau", wikidataId="Q42")
JO = entity("zz-3", "Person", name=["Jo  Doe"], alias="J. Doe")


def write(path: Path, entities: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in entities), "utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "entities.ftm.json"


def read(path: Path) -> list[Batch]:
    batches = list(formats()["ftm"].read([path]))
    for one in batches:
        if isinstance(one, SourceError):
            raise one
    return batches  # type: ignore[return-value] # as just seen


def things(path: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for batch in read(path) for one in batch.things}


def relations(path: Path) -> list[dict[str, Any]]:
    return [one for batch in read(path) for one in batch.statements]


def left_out(path: Path) -> Counter[str]:
    return sum((batch.left_out for batch in read(path)), Counter[str]())


def one_link(file: Path, link: dict[str, Any]) -> dict[str, Any]:
    (relation,) = relations(write(file, [ACME, BOLT, JO, link]))
    return relation


def test_companies_and_people_are_things_with_names_and_identifiers(file: Path) -> None:
    found = things(write(file, [ACME, BOLT, JO]))
    assert found["ftm-zz-1"] == {
        "id": "ftm-zz-1",
        "type": "Company",
        "label": "Zorbly Works",
        "skos:altLabel": [{"@value": "Zorbly Werke"}],
        "lei": "529900T8BM49AURSDO55",
    }
    assert found["ftm-zz-2"]["matches"] == "wikidata:Q42"
    assert found["ftm-zz-3"]["label"] == "Jo Doe"


def test_dataset_is_the_source_and_was_published_when_it_was_last_seen(file: Path) -> None:
    source = read(write(file, [ACME]))[0].source
    assert source["id"].startswith("zz-register-")
    assert (source["type"], source["published"], source["published_precision"]) == (
        "Dataset",
        "2024-05-06",
        "inferred",
    )
    assert len(source["sha256"]) == 64


def test_metadata_beside_a_file_names_title_publisher_and_day(file: Path) -> None:
    told = {
        "name": "zz_register",
        "title": "Register of Zedland",
        "url": "https://example.org/zz",
        "updated_at": "2024-05-07T00:00:00",
        "publisher": {"name": "Registrar of Zedland"},
    }
    (file.parent / "index.json").write_text(json.dumps(told))
    batch = read(write(file, [ACME]))[0]
    assert batch.source["title"] == "Register of Zedland"
    assert batch.source["published"] == "2024-05-07"
    assert "published_precision" not in batch.source
    assert batch.things[0]["label"] == "Registrar of Zedland"


def test_metadata_of_another_dataset_say_nothing(file: Path) -> None:
    told = {"name": "yy", "title": "Another", "updated_at": "2025-01-01"}
    (file.parent / "index.json").write_text(json.dumps(told))
    assert read(write(file, [ACME]))[0].source["published"] == "2024-05-06"


@pytest.mark.parametrize("key", ["datasets", "children"])
def test_metadata_of_a_collection_are_of_a_file_of_its_datasets(file: Path, key: str) -> None:
    told = {
        "name": "all",
        "title": "All lists",
        key: ["zz_register", "yy"],
        "last_export": "2024-06-01",
    }
    (file.parent / "index.json").write_text(json.dumps(told))
    both = entity("zz-2", "Person", {"datasets": ["yy"]}, name="Jo")
    source = read(write(file, [ACME, both]))[0].source
    assert source["id"].startswith("all-")
    assert (source["title"], source["published"]) == ("All lists", "2024-06-01")


def test_entities_of_no_dataset_are_of_the_one_beside_them(file: Path) -> None:
    told = {"name": "mine", "updated_at": "2024-06-01"}
    (file.parent / "index.json").write_text(json.dumps(told))
    bare = {key: ACME[key] for key in ("id", "properties", "schema")}
    batch = read(write(file, [{**bare, "datasets": []}]))[0]
    assert batch.source["title"] == "Entities of FollowTheMoney"
    assert batch.things[0]["label"] == "publisher of mine"


def test_file_that_says_nowhere_when_it_was_made_is_refused(file: Path) -> None:
    bare = {key: ACME[key] for key in ("id", "schema", "properties")}
    with pytest.raises(SourceError, match=r"index\.json beside it"):
        read(write(file, [bare]))


def test_what_several_datasets_say_names_those_that_say_it(file: Path) -> None:
    link = entity("zz-9", "Employment", {"datasets": ["yy"]}, employee="zz-3", employer="zz-1")
    assert one_link(file, link)["via"] == ["ftm-dataset-yy"]
    assert things(file)["ftm-dataset-yy"]["type"] == "Organization"


def test_ownership_says_how_much_where_that_is_plain(file: Path) -> None:
    told = {}
    for share in ("75", "49.5 %", "50", "0.6", "75-100", None):
        link = entity("zz-9", "Ownership", owner="zz-1", asset="zz-2", percentage=share)
        told[share] = one_link(file, link)["predicate"]
    assert told == {
        "75": "ownsMajorityOf", "49.5 %": "ownsMinorityOf", "50": "owns", "0.6": "owns",
        "75-100": "owns", None: "owns",
    }  # fmt: skip


def test_role_names_the_predicate_where_it_is_one(file: Path) -> None:
    told = {}
    for role in ("CEO", "Chairman", "is founder of", "Non-executive Director", None):
        link = entity("zz-9", "Directorship", director="zz-3", organization="zz-1", role=role)
        told[role] = one_link(file, link)["predicate"]
    assert told == {
        "CEO": "chiefExecutiveOf", "Chairman": "chairs", "is founder of": "founderOf",
        "Non-executive Director": "directorOf", None: "directorOf",
    }  # fmt: skip


def test_days_of_links_are_as_exact_as_they_are_known(file: Path) -> None:
    link = entity(
        "zz-9", "Employment", employee="zz-3", employer="zz-1", startDate="2019", endDate="2020-02"
    )
    told = one_link(file, link)
    assert (told["from"], told["from_precision"]) == ("2019-01-01", "year")
    assert (told["until"], told["until_precision"]) == ("2020-02-29", "month")
    assert told["uttered"] == "2021-03-04"
    assert told["element"]["at"] == "/4"


@pytest.mark.parametrize(
    "more",
    [
        {"status": "resigned"},
        {"role": "Former director"},
        {"endDate": ["2020", "2021"]},
        {"startDate": "2021", "endDate": "2020"},
    ],
)
def test_link_that_may_have_ended_is_no_link_of_today(file: Path, more: dict[str, Any]) -> None:
    link = entity("zz-9", "Directorship", director="zz-3", organization="zz-1", **more)
    assert relations(write(file, [ACME, JO, link])) == []
    assert left_out(file)["links that may have ended, and nobody says when"] == 1


@pytest.mark.parametrize("over", [{"deathDate": "2019"}, {"dissolutionDate": "2020-01-01"}])
def test_who_has_died_or_what_was_dissolved_has_no_links_of_today(
    file: Path, over: dict[str, str]
) -> None:
    ends = [
        {**one, "properties": {**one["properties"], **{key: [day] for key, day in over.items()}}}
        for one in (ACME, JO)
    ]
    links = [
        entity("zz-9", "Directorship", director="zz-3", organization="zz-1"),
        entity("zz-10", "Directorship", director="zz-3", organization="zz-1", endDate="2018"),
        entity("zz-11", "Directorship", director="zz-3", organization="zz-1", role="Founder"),
    ]
    told = relations(write(file, [*ends, *links]))
    assert [(one["predicate"], one.get("until")) for one in told] == [
        ("directorOf", "2018-12-31"), ("founderOf", None),
    ]  # fmt: skip
    assert left_out(file)["links without a last day, of who has died or what was dissolved"] == 1


def test_end_in_a_year_that_nobody_will_live_to_see_is_none(file: Path) -> None:
    link = entity("zz-9", "Employment", employee="zz-3", employer="zz-1", endDate="9999-12-31")
    told = one_link(file, link)
    assert "until" not in told
    assert left_out(write(file, [ACME, JO, link])) == {
        "days of links that stand for none, such as 9999-12-31": 1
    }


def test_beginning_or_end_in_the_year_one_is_not_known(file: Path) -> None:
    begun = entity("zz-9", "Employment", employee="zz-3", employer="zz-1", startDate="0001-01-01")
    assert "from" not in one_link(file, begun)
    ended = entity("zz-9", "Employment", employee="zz-3", employer="zz-1", endDate="0001-01-01")
    assert relations(write(file, [ACME, JO, ended])) == []


def test_link_without_both_ends_is_counted(file: Path) -> None:
    lost = entity("zz-8", "Directorship", director="zz-3", organization="zz-404")
    maybe = entity("zz-7", "LegalEntity", name="Zed")
    unread = entity("zz-9", "Ownership", owner="zz-7", asset="zz-1")
    owner = entity("zz-10", "Ownership", owner="zz-3", asset="zz-1")
    assert relations(write(file, [ACME, JO, lost, maybe, unread, owner])) == []
    assert left_out(file) == {
        "links with an end that the file does not have": 1,
        "links with an end that is not read": 1,
        "legal entities that may be people or organizations": 1,
        "links of the schema Ownership that no predicate here stands for": 1,
    }


def test_merged_entity_is_found_by_each_of_its_identifiers(file: Path) -> None:
    merged = {**ACME, "id": "NK-x", "referents": ["zz-1", "yy-1"]}
    link = entity("zz-9", "Employment", employee="zz-3", employer="yy-1")
    (relation,) = relations(write(file, [merged, JO, link]))
    assert relation["object"] == "ftm-NK-x"


def test_what_is_unsaid_is_counted_by_reason(file: Path) -> None:
    rich = entity(
        "zz-1", "Company", name="Zorbly", country=["gb", "fr"], jurisdiction="gb",
        topics=["sanction", "debarment"], weakAlias="Z", ticker="ZRB", leiCode=["X", "Y"],
        phone=[{"id": "nested"}], address="High Street",
    )  # fmt: skip
    odd = entity("zz-2", "Spaceship", name="Rocket")
    ship = entity("zz-3", "Vessel", name="Boat")
    nobody = entity("zz-4", "Person", birthDate="1970")
    again = entity("zz-1", "Person", name="Zorbly")
    share = entity("zz-5", "Security", isin="US0378331005", issuer="zz-404")
    assert left_out(write(file, [rich, odd, ship, nobody, again, share])) == {
        "countries of companies and people": 2,
        "topics": 2,
        "weak, former and short names": 1,
        "values of other properties of companies and people": 2,
        "values of ticker that can be none, by form or check digits": 1,
        "values of leiCode that can be none, by form or check digits": 2,
        "entities of schemata that FollowTheMoney does not have": 1,
        "entities of the schema Vessel, which is not read": 1,
        "entities without a name": 1,
        "entities whose identifier another one had before": 1,
        "securities without an ISIN, or of no issuer that is read": 1,
    }


def test_identifier_whose_check_digits_are_wrong_identifies_nobody(file: Path) -> None:
    wrong = entity(
        "zz-1", "Company", name="Zorbly", leiCode="529900T8BM49AURSDO56", isinCode="US0378331006"
    )
    assert set(things(write(file, [wrong]))["ftm-zz-1"]) == {"id", "type", "label"}


def test_share_belongs_to_who_issued_it(file: Path) -> None:
    share = entity("zz-5", "Security", isin="US0378331005", issuer="zz-1")
    nodes = [one for batch in read(write(file, [ACME, share])) for one in batch.things]
    assert {"id": "ftm-zz-1", "isin": ["US0378331005"]} in nodes


def as_statements(
    entities: Iterable[dict[str, Any]], source: str = "zz_register"
) -> list[dict[str, str]]:
    return [
        {
            "canonical_id": one["id"], "entity_id": one["id"], "prop": prop, "schema": one["schema"],
            "value": value, "dataset": source, "first_seen": "2021-03-04", "last_seen": "2024-05-06",
        }
        for one in entities
        for prop, values in {"id": [one["id"]], **one["properties"]}.items()
        for value in values
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "json"])
def test_statements_say_the_same_in_any_order(file: Path, tmp_path: Path, form: str) -> None:
    link = entity("zz-9", "Employment", employee="zz-3", employer="zz-1", startDate="2019")
    whole = [ACME, BOLT, JO, link]
    rows = as_statements(whole)[::-1]
    if form == "csv":
        path = tmp_path / "statements.csv"
        with path.open("w", newline="") as out:
            writer = csv.DictWriter(out, rows[0], quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(rows)
    else:
        path = write(tmp_path / "statements.json", rows)
    found, expected = things(path), things(write(file, whole))
    for one in ("ftm-zz-1", "ftm-zz-2", "ftm-zz-3"):
        assert {**found[one], "label": 0, "skos:altLabel": 0} == {
            **expected[one], "label": 0, "skos:altLabel": 0,
        }  # fmt: skip
    assert found["ftm-zz-1"]["label"] in ("Zorbly Works", "Zorbly Werke")
    (relation,) = relations(path)
    keys = ("subject", "predicate", "object", "from", "from_precision", "uttered")
    assert {key: relation[key] for key in keys} == {key: relations(file)[0][key] for key in keys}


def test_statements_that_nobody_has_confirmed_are_left_out(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [*as_statements([ACME])]
    rows += [{**one, "external": True} for one in as_statements([BOLT])]
    path = write(tmp_path / "a.json", rows)
    assert "ftm-zz-2" not in things(path)
    assert left_out(path) == {"statements of external datasets that nobody has confirmed": 3}


def test_legal_entity_is_an_organization_where_only_these_have_what_it_has(file: Path) -> None:
    one = entity("zz-1", "LegalEntity", name="Zorbly", legalForm="Ltd")
    nameless = entity("zz-2", "LegalEntity", legalForm="Ltd")
    found = things(write(file, [one, nameless]))
    assert found["ftm-zz-1"]["type"] == "Organization"
    assert "ftm-zz-2" not in found
    assert left_out(file)["entities without a name"] == 1


def test_merged_statements_have_the_most_specific_schema(tmp_path: Path) -> None:
    one = as_statements([entity("zz-1", "LegalEntity", name="Zorbly")], "yy")
    other = as_statements([entity("zz-1", "Company", jurisdiction="gb")])
    odd = as_statements(
        [entity("zz-2", "Person", name="Zed"), entity("zz-2", "Company", name="Zed")]
    )
    path = write(tmp_path / "a.json", [*one, *other, *odd])
    merged, refused = EntityFile(path, "statements")
    assert (merged.schema, merged.datasets) == ("Company", ("yy", "zz_register"))
    assert refused.schema == ""
    assert left_out(path)["entities that are merged of schemata which exclude each other"] == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", r":2: is not JSON"),
        (b"[1]", r":2: is no entity"),
        (b'{"id": "a"}', r":2: is no entity: it has no schema"),
        (
            b'{"id": "%s", "schema": "Company", "properties": {}}' % (b"a" * 201),
            r":2: .* id of up to 200",
        ),
        (b'{"id": "a", "schema": "Company", "properties": ' + b"[" * 65, r":2: nests more than 64"),
        (b"\xff", r":2: is not UTF-8"),
        (b'{"id": "\\ud800", "schema": "Company", "properties": {}}', "half a character"),
    ],
)
def test_line_that_is_no_entity_refuses_the_file_before_anything_is_said(
    file: Path, line: bytes, told: str
) -> None:
    file.write_bytes(json.dumps(ACME).encode() + b"\n" + line + b"\n")
    (error,) = formats()["ftm"].read([file])
    assert isinstance(error, SourceError)
    with pytest.raises(SourceError, match=told):
        raise error


def test_row_that_is_no_statement_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "canonical_id,entity_id,prop,schema,value,dataset\n"
    path.write_text(f"{head}a,a,name,Company,Acme,x\n,,name,Company,Acme,x\n")
    with pytest.raises(SourceError, match=":3: is no statement"):
        read(path)
    path.write_text(f"{head}a,a,name,Company,Acme,x\n".replace(",", ";"))
    with pytest.raises(SourceError, match=":1: has other marks than commas between its cells"):
        read(path)
    path.write_text(f"{head}a,a,name,Company,{'A' * (4 << 20)},x\n")
    with pytest.raises(SourceError, match=":2: has a line of more than"):
        read(path)
    path.write_text(f'{head}a,a,name,Company,"{"A" * 140_000}",x\n')
    with pytest.raises(SourceError, match="is no CSV: field larger than"):
        read(path)
    path.write_text(f'{head}a,a,name,Company,"Acme,x\nb,b,name,Company,Bolt,x\n')
    with pytest.raises(SourceError, match="is no CSV: unexpected end of data"):
        read(path)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"caption": "x", "id": "a", "schema": "Company", "properties": {}}', "entities"),
        ('{"entity_id": "a", "prop": "id", "schema": "Company", "value": "a"}', "statements"),
        ('"canonical_id","entity_id","prop","prop_type","schema","value","dataset"\n', "rows"),
        ('{"schema": "https://json-schema.org", "properties": {}}', None),
        ('{"schema": "Company", "fields": {}}', None),
        ("id,schema,name\na,Company,b\n", None),
        ("<html/>", None),
        ("", None),
    ],
)
def test_form_is_known_by_what_a_file_is(tmp_path: Path, text: str, form: str | None) -> None:
    (tmp_path / "a").write_text(text)
    assert form_of(open_beginning(tmp_path / "a")) == form


LEGAL = ("Company", "Organization", "Person")


@pytest.fixture(scope="module", params=["ftm", "ftm-statements"])
def returned(
    request: pytest.FixtureRequest, graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Imported, kg.Graph, str]:
    """What we have exported, imported again."""
    folder = tmp_path_factory.mktemp("back")
    (folder / "plans").write_bytes(graph.export(request.param))
    imported = import_files([folder / "plans"])
    (folder / "back.nq").write_bytes(b"".join(imported.lines))
    return imported, kg.build([folder / "back.nq"], check=False), request.param


def said_of_things(graph: kg.Graph, only: str) -> set[tuple[object, ...]]:
    query = f"""SELECT ?x ?class ?key ?value {{
      VALUES ?class {{ cp:Company cp:Organization cp:Person }}
      VALUES ?key {{ rdfs:label skos:altLabel skos:exactMatch cp:lei cp:isin cp:ticker }}
      ?x a ?class ; ?key ?any . BIND (STR(?any) AS ?value) {only}
    }}"""
    return {tuple(row.values()) for row in graph.query(query)}


def test_what_we_export_says_the_same_of_companies_and_people_when_it_comes_back(
    graph: kg.Graph, returned: tuple[Imported, kg.Graph, str]
) -> None:
    _, back, _ = returned
    ours = said_of_things(graph, "")
    theirs = said_of_things(back, "")

    # A name is one whichever of them is shown; and the publisher of a dataset is new.
    def names(rows: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
        return {
            (one, kind, "name" if "abel" in str(key) else key, value)
            for one, kind, key, value in rows
            if not str(one).startswith("ftm-publisher")
        }

    assert names(theirs) == names(ours)


def as_known(one: Statement, key: str) -> str:
    """Return a day as far as it is known: that it was inferred cannot be said there, and is counted."""
    names = set(map(str, one.says.get(f"{key}Precision", ())))
    return str(one.one(key))[: 4 if "cp:year" in names else 7 if "cp:month" in names else 10]


def links(graph: kg.Graph, *, of: kg.Graph) -> Counter[tuple[str, ...]]:
    query = "SELECT DISTINCT ?x { VALUES ?c { cp:Company cp:Organization cp:Person } ?x a ?c }"
    legal = {str(row["x"]) for row in of.query(query)}
    keys = ("subject", "predicate", "object", "status")
    return Counter(
        (*(str(one.one(key)) for key in keys), as_known(one, "from"), as_known(one, "until"))
        for one in load_statements(graph.index).values()
        if one.kind == "Relation" and set(one.things) <= legal
    )


def test_what_we_export_says_the_same_of_their_links_when_it_comes_back(
    graph: kg.Graph, returned: tuple[Imported, kg.Graph, str]
) -> None:
    _, back, _ = returned
    ours, theirs = links(graph, of=graph), links(back, of=graph)
    assert ours
    assert theirs == ours


def test_what_comes_back_is_a_source_that_passes_all_checks(
    returned: tuple[Imported, kg.Graph, str], tmp_path: Path, run: Any
) -> None:
    path = tmp_path / "back.nq"
    path.write_bytes(b"".join(returned[0].lines))
    told: Result = run("check", "--with-shipped", path)
    assert told.exit_code == 0, told.output
    assert all(name.startswith(ID) for name in returned[0].left_out)
