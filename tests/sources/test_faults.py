"""Everything that is wrong with a source is told at once: a line each, in order, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import CP, ID, SourceError
from kg.pipeline import sharing
from kg.sources import File, Fingerprint, context
from kg.sources.plain_yaml import MOST_PROBLEMS
from kg.sources.yamlld import examine_document, read_document
from tests.conftest import ARTICLE, ROOT, THINGS
from tests.work import calls

if TYPE_CHECKING:
    from pathlib import Path

SMALL = "id: a\ntype: Article\ntitle: T\n"

FAULTY = """\
id: wire-2020
type: Article
titel: A report
publisher: gazette
published: 2020
language: en
statements:
  - id: wire-2020.1
    type: Target
    about: acme-shoops
    indicator: retail-outlet
    value: 2\u200b0
    unit: PERCNT
    due: 2030-12-31
    note: Said in the call (slide #8)
    status: anounced
  - id: wire-2020.2
    type: Relation
    subject: acme
    predicate: partnersOf
    object: Jo Doe
    mode: qouted
"""


def told(text: str) -> list[str]:
    """Return what is wrong with a document, each with its line."""
    return [f"{problem.line}: {problem.problem}" for problem in examine_document(text, "a.yaml")[1]]


def lines(result: object) -> list[int]:
    return [int(line) for line in re.findall(r"\.yaml:(\d+): ", str(result))]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    (tmp_path / "things.ttl").write_text(THINGS)
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    return tmp_path


def test_all_faults_of_a_file_are_told_at_once_a_line_each_in_order(faulty: Path, run) -> None:
    result = run("check", faulty)
    assert result.exit_code == 3
    assert lines(result.stdout) == [3, 5, 10, 11, 12, 13, 15, 16, 20, 21, 22]
    assert len(result.stdout.splitlines()) == 11


def test_what_may_be_meant_is_told_of_keys_ids_indicators_units_and_concepts(
    faulty: Path, run
) -> None:
    said = run("check", faulty).stdout
    for name in (
        *("title", "acme-shops", "retail-outlets", "unit:PERCENT", "announced"),
        *("partnerOf", "quoted"),
    ):
        assert f"did you mean '{name}'?" in said


def test_no_prefix_stands_in_what_is_told(faulty: Path, run) -> None:
    assert not re.search(r"\b(cp|xsd|schema|rdfs|skos):", run("check", faulty).stdout)


def test_faults_of_all_files_are_told_at_once(faulty: Path, run) -> None:
    (faulty / "b.yaml").write_text("id: b\ntype: Article\nlangauge: en\n")
    (faulty / "c.ttl").write_text("<a:s> <a:p>")
    result = run("check", faulty)
    assert result.exit_code == 3
    # A file of which nothing can be read may describe what the others name: no shape is asked.
    assert re.findall(r"(\w+\.\w+):\d+: ", result.stdout) == [
        "b.yaml",
        "c.ttl",
        *["faulty.yaml"] * 4,
    ]


def test_build_tells_all_faults_of_the_first_bad_file(faulty: Path, run) -> None:
    result = run("build", faulty, "-o", faulty / "out")
    assert result.exit_code == 3
    assert lines(result.stderr) == [3, 12, 15, 21]
    assert result.stderr.endswith("faulty.yaml: has 4 faults, listed above\n")
    with pytest.raises(SourceError) as error:
        kg.build([faulty])
    assert [problem.line for problem in error.value.problems] == [3, 12, 15, 21]


def test_what_follows_from_a_fault_is_not_told(acme: Path, run) -> None:
    path = acme / "gazette-2020.yaml"
    for old, new, line in (
        ("value: 20\n", "value:\n", 14),
        ("published: 2020-01-31", "publishd: 2020-01-31", 5),
        ("about: acme-shops", "about: Acme shops", 12),
        ("indicator: retail-outlets", "indicator: retail-outlet", 13),
        ("type: Target", "type: Targte", 11),
    ):
        path.write_text(ARTICLE.replace(old, new))
        assert lines(run("check", acme).stdout) == [line], old


def test_an_id_is_told_wherever_it_is_named_in_vain(acme: Path, run) -> None:
    path = acme / "gazette-2020.yaml"
    text = ARTICLE.replace("speaker: jo-doe", "speaker: jo-deo\n    promised_by: jo-deo")
    path.write_text(text)
    result = run("check", acme)
    assert lines(result.stdout) == [17, 18]
    assert result.stdout.count("did you mean 'jo-doe'?") == 2


def test_what_ships_is_told_to_be_checked_with(acme: Path, run) -> None:
    (acme / "gazette-2020.yaml").write_text(ARTICLE + "    place: india\n")
    assert "place (india): " in run("check", acme).stdout
    assert "so check with --with-shipped" in run("check", acme).stdout
    assert run("check", "--with-shipped", acme).exit_code == 0


def test_very_many_faults_are_told_to_a_bound() -> None:
    many = "".join(f"nokey{n}: x\n" for n in range(5 * MOST_PROBLEMS))
    assert len(told(f"id: a\n{many}")) == MOST_PROBLEMS


def test_what_is_no_yaml_is_told_as_the_last_fault_of_many() -> None:
    many = "".join(f"zzzzzz{n}: x\n" for n in range(MOST_PROBLEMS - 1))
    assert "is not YAML" in told(f"id: a\n{many}alias: [\n")[-1]


# What YAML cuts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: Acme shop #20 by 2030", 4),
        ("title: Acme\n  shop\t#20", 5),
        ("alias: [小米 #1\n  ]", 4),
        ("things:\n  - {id: b, type: Company, label: B #1\n    }", 5),
        ("alias:\n  - One\n  - Two # or three", 6),
    ],
)
def test_words_that_yaml_would_cut_are_refused_with_their_line(text: str, line: int) -> None:
    (problem,) = told(SMALL.replace("title: T\n", "") + "description: D\n" + text + "\n")
    assert problem.startswith(f"{line}: has ' #' after ")
    assert "in quotes" in problem


@pytest.mark.parametrize(
    "text",
    [
        "description: Acme shop#20",
        'description: "Acme shop #20"',
        "description: 'Acme' # the company",
        "description: |\n  Acme shop #20\n  # and more\n",
        "# a comment\ndescription: >- # folded\n  Acme # 1",
        "alias: [A, B] # two of them",
        "statements: # none yet\n  - id: a.1\n    type: Target",
    ],
)
def test_words_that_yaml_keeps_and_comments_on_their_own_are_no_fault(text: str) -> None:
    assert told(SMALL + text + "\n") == []
    assert read_document(SMALL + text + "\n", "a.yaml").id == "a"


# What nobody can see


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("value", "20\u200b", r"'20\u200b'"),
        ("value", "1\u00a0000", r"'1\u00a0000'"),
        ("due", "2030-12-31\u200e", r"'2030-12-31\u200e'"),
        ("about", "acme\u00ad", r"'acme\u00ad'"),
        ("status", "\u2060announced", r"'\u2060announced'"),
    ],
)
def test_unseen_characters_in_numbers_days_and_ids_are_shown(
    key: str, value: str, shown: str
) -> None:
    (problem,) = told(f'{SMALL}statements:\n  - id: a.1\n    {key}: "{value}"\n')
    assert problem.startswith(f"6: has {shown} after '{key}', and in it U+")


def test_unseen_characters_are_shown_in_findings_of_any_format(acme: Path, run) -> None:
    told_ = THINGS + 'id:t a cp:Target ; cp:about id:acme ; cp:value "20\u200b" .\n'
    (acme / "things.ttl").write_text(told_)
    assert r"t (20\u200b): A number" in run("check", acme).stdout


# Units by any of their names


def test_text_in_the_place_of_a_statement_is_told_with_all_that_is_wrong_with_others() -> None:
    statements = "statements:\n  - Acme opens shops\n  - {id: a.1, type: Target, titel: T}\n"
    problems = told(SMALL + statements + "things: 5\n")
    assert len(problems) == 3
    assert any(
        "has 'Acme opens shops' after 'statements', which is no mapping" in one for one in problems
    )
    assert any("has the key 'titel'" in one for one in problems)
    assert any("has '5' after 'things', which is no mapping" in one for one in problems)


def test_statements_beside_one_that_is_none_are_checked(acme: Path, run) -> None:
    path = acme / "gazette-2020.yaml"
    text = path.read_text().replace("retail-outlets", "retail-outlet")
    path.write_text(text.replace("statements:\n", "statements:\n  - Acme opens shops\n"))
    done = run("check", "--with-shipped", acme)
    assert done.exit_code == 3
    assert "after 'statements', which is no mapping of keys to values" in done.stdout
    assert "did you mean 'retail-outlets'?" in done.stdout


@pytest.mark.parametrize("unit", ["INR", "currency:INR", "http://qudt.org/vocab/currency/INR"])
def test_a_unit_is_known_by_its_short_name_and_as_it_is_found(acme: Path, run, unit: str) -> None:
    (acme / "gazette-2020.yaml").write_text(
        ARTICLE.replace("retail-outlets", "revenue") + f"    unit: {unit}\n"
    )
    assert run("check", acme).exit_code == 0
    assert kg.build([acme]).query("ASK { id:gazette-2020.1 cp:unit currency:INR }")


@pytest.mark.parametrize("unit", ["PERCENT", "unit:PERCENT", "unit-of:PERCENT"])
def test_a_unit_that_is_no_currency_is_too(unit: str) -> None:
    written = context.whole_name("unit", unit)
    assert written in ("http://qudt.org/vocab/unit/PERCENT", "unit-of:PERCENT")


# One thing in two files

GAZETTE = "  - {id: gazette, type: Organization, label: The Gazette, alias: [Gazette]}\n"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    (tmp_path / "things.ttl").write_text(
        THINGS.replace('id:gazette a cp:Organization ; rdfs:label "The Gazette"@en .', "")
    )
    for name in ("one", "two"):
        text = ARTICLE.replace("gazette-2020", name).replace(
            "statements:", f"things:\n{GAZETTE}statements:"
        )
        (tmp_path / f"{name}.yaml").write_text(
            text.replace(re.findall(r"text: .*\n.*\n", text)[0], "").split("    evidence:")[0]
        )
    return tmp_path


def test_two_files_may_describe_one_publisher_in_the_same_words(two: Path, run) -> None:
    assert run("check", two).exit_code == 0
    path = two / "two.yaml"
    path.write_text(path.read_text().replace("alias: [Gazette]", "alias: Gaz"))
    assert run("check", two).exit_code == 0
    before = kg.build([two])
    assert before.query("ASK { id:gazette skos:altLabel 'Gazette'@en, 'Gaz'@en }")
    path.write_text(path.read_text().replace("alias: Gaz", "alias: Gazza"))
    after = kg.build([two], before=before)
    assert (after.asserted, after.derived) == (kg.build([two]).asserted, kg.build([two]).derived)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("label: The Gazette", "label: Gazette", "label"), ("Organization", "Company", "type")],
)
def test_two_files_that_describe_one_thing_otherwise_are_told(
    two: Path, run, old, new, key
) -> None:
    path = two / "two.yaml"
    path.write_text(path.read_text().replace(old, new))
    result = run("check", two)
    assert result.exit_code == 3
    assert (
        f"two.yaml:8: has the id 'gazette', which {two / 'one.yaml'} has already" in result.stdout
    )
    assert f"with another '{key}'; say the same in both" in result.stdout
    assert f"gazette {key}" not in result.stdout  # nothing is wrong with the first of them
    assert f"with another '{key}'" in run("build", two, "-o", two / "out").stderr


def test_of_three_files_each_two_that_differ_are_told(two: Path, run) -> None:
    described = [two / f"{name}.yaml" for name in ("one", "two", "zwei")]
    text = described[1].read_text()
    described[2].write_text(text.replace("two.", "zwei.").replace("id: two", "id: zwei"))
    for path, ticker in zip(
        described, ("", ", ticker: XTKS:1234", ", ticker: XTKS:1235"), strict=True
    ):
        path.write_text(path.read_text().replace("alias: [Gazette]", f"alias: [Gazette]{ticker}"))
    result = run("check", two)
    assert result.stdout.count("has the id 'gazette'") == 1
    told = f"zwei.yaml:8: has the id 'gazette', which {described[1]} has already, with another 'ticker'"
    assert told in result.stdout
    path = described[0]
    path.write_text(path.read_text().replace("The Gazette", "Gazette"))
    told = run("check", two).stdout
    for one, other, key in ((1, 0, "label"), (2, 0, "label"), (2, 1, "ticker")):
        where = (
            f"{described[one].name}:8: has the id 'gazette', which {described[other]} has already"
        )
        assert f"{where}, with another '{key}'; say the same in both" in told
    assert told.count("has the id 'gazette'") == 3


@pytest.mark.parametrize("same", [True, False])
def test_what_many_files_describe_is_compared_in_linear_work(tmp_path: Path, same: bool) -> None:
    def work(count: int) -> int:
        names = [f"s{number}" for number in range(count)]
        files = [File(tmp_path / name, name) for name in names]
        told = {name: Fingerprint("", ".yaml", (ID + name,), ("gazette",)) for name in names}
        quads = b"".join(
            f'<{ID}gazette> <{CP}label> "{"" if same else name}" <{ID}{name}> .\n'.encode()
            for name in names
        )
        found = sharing.shared_ids(files, told, sharing.said_in(quads))
        assert {clash.problem.path for clash in found} == (
            set() if same else {str(file.path) for file in files[1:]}
        )
        return len(found)

    work(2)
    few, many = calls(lambda: work(50)), calls(lambda: work(500))
    assert many < 11 * few


def test_a_statement_is_made_by_one_file_alone(two: Path, run) -> None:
    path = two / "two.yaml"
    path.write_text(path.read_text().replace("two.1", "one.1"))
    result = run("check", two)
    assert (result.exit_code, "an id of its own" in result.stdout) == (3, True)


# The documents


def test_the_document_shows_what_is_told_of_a_source_with_faults(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    whole = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0]
    for old, new in (
        ("title:", "titel:"),
        ("published: 2020-01-31", "published: 2020"),
        ("retail-outlets", "retail-outlet"),
        ("place: india", "place: indai\n    note: Said in a call (slide #8)"),
    ):
        assert old in whole
        whole = whole.replace(old, new)
    (tmp_path / "acme.yaml").write_text(whole, encoding="utf-8")
    (shown,) = re.findall(r"```text\n\$ kg (.*?)\n(.*?)```", page, re.DOTALL)
    result = run(*shown[0].split())
    assert result.stdout + result.stderr == shown[1]


def test_the_things_that_the_document_describes_conform(run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    (things,) = re.findall(r"```yaml things\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "own.yaml"
    head = "id: own\ntype: Article\ntitle: T\npublisher: medianama\npublished: 2020-01-31\n"
    path.write_text(head + things, encoding="utf-8")
    assert run("check", "--with-shipped", path).exit_code == 0
