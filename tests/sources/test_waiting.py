"""Proposals, and evidence in words, wait: they are read as strictly as what is said, and say nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings, strategies as st

import kg
from kg.base import SourceError
from kg.query import question_names
from kg.sources import File, parse_source, source_if_accepted
from kg.sources.yamlld import examine_document
from tests.conftest import ARTICLE, THINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

PROPOSED = """\
proposed:
  - {id: bolt, type: Company, label: Bolt}
  - id: gazette-2020.7
    type: Target
    about: acme-shops
    indicator: retail-outlets
    value: 77777
    due: 2031-12-31
    by: model
    note: "Quaggas, all of them."
    evidence: {section: "1", start: 0, end: 4, words: "Acme will"}
  - {id: gazette-2020.8, type: Relation, subject: acme, predicate: partnerOf, object: bolt, evidence: "with Bolt"}
"""


def told(text: str) -> list[str]:
    """Return what is wrong with a document, each with its line."""
    return [f"{problem.line}: {problem.problem}" for problem in examine_document(text, "a.yaml")[1]]


def quads(text: str) -> bytes:
    return parse_source(File(Path("a.yaml"), "a"), text.encode()).quads


PLAIN = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)
IDS = st.integers(100, 999).map("gazette-2020.{}".format)
EVIDENCE = st.one_of(
    PLAIN,
    st.fixed_dictionaries({"words": PLAIN}, optional={"nth": st.just("2")}),
    st.fixed_dictionaries({"section": PLAIN, "start": st.just("0"), "end": st.just("4")},
                          optional={"words": PLAIN, "sha256": PLAIN}),
)  # fmt: skip
ENTRIES = st.fixed_dictionaries(
    {"type": st.sampled_from(["Target", "Relation", "Company", "Initiative"])},
    optional={
        "about": st.just("acme-shops"),
        "label": PLAIN,
        "value": PLAIN,
        "by": st.just("model"),
        "evidence": st.one_of(EVIDENCE, st.lists(EVIDENCE, min_size=1, max_size=3)),
    },
)


@settings(deadline=None)
@given(st.dictionaries(IDS, ENTRIES, max_size=4))
def test_file_says_the_same_with_any_proposals_as_without(entries: dict[str, dict]) -> None:
    proposed = [{"id": name, **entry} for name, entry in entries.items()]
    text = ARTICLE + yaml.safe_dump({"proposed": proposed or None}, allow_unicode=True)
    document, problems = examine_document(text.replace("null", "[]"), "a.yaml")
    assert document is not None
    assert len(document.proposed) == len(proposed)
    # Some of what is made here looks blank, which is told; the quads are those of the rest.
    if not problems:
        assert quads(text) == quads(ARTICLE)
    alone, _ = examine_document(ARTICLE, "a.yaml")
    assert alone is not None
    assert document.jsonld == alone.jsonld


def test_any_other_reader_of_the_context_leaves_proposals_and_words_out_as_well() -> None:
    text = (
        ARTICLE.replace('section: "1"', 'section: "1"\n      words: Acme\n      nth: "2"')
        + PROPOSED
    )
    whole = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings and nothing else
    document, _ = examine_document(ARTICLE, "a.yaml")
    assert document is not None
    context = json.loads(document.jsonld)["@context"]
    read = json.dumps({"@context": context, **whole}).encode()
    same = parse_source(File(Path("gazette-2020.jsonld"), "a"), document.jsonld).quads
    with pytest.raises(SourceError, match="has proposals"):
        parse_source(File(Path("gazette-2020.jsonld"), "a"), read)
    assert b"77777" not in same


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", ('{"@context": {"@vocab": "https://w3id.org/corporate-plans/ontology#"},'
         ' "@id": "a:b", "title": "x", "proposed": [{"@id": "a:c", "about": "x"}]}')),
        ("a.jsonld", '{"@id": "a:b", "http://p": 1, "http://q": [{"http://p": {"proposed": []}}]}'),
        ("a.ttl", "<a:b> <https://w3id.org/corporate-plans/ontology#proposed> <a:c> ."),
        ("a.ttl", "@prefix p: <https://w3id.org/corporate-plans/ontology#prop> . <a:b> p:osed <a:c> ."),
        ("a.ttl", r"<a:b> <https://w3id.org/corporate-plans/ontology#prop\u006fsed> <a:c> ."),
        ("a.jsonld", r'{"@id": "a:b", "http://p": 1, "prop\u006fsed": [{"@id": "a:c"}]}'),
        ("a.nt", "<a:b> <https://w3id.org/corporate-plans/ontology#proposed> <a:c> ."),
    ],
)  # fmt: skip
def test_proposals_in_other_formats_are_refused(name: str, text: str) -> None:
    with pytest.raises(SourceError, match=r"^a\.\w+: has proposals \('proposed'\), which wait in"):
        parse_source(File(Path(name), "a"), text.encode())


def test_word_proposed_may_stand_in_the_texts_of_other_formats() -> None:
    text = '{"@id": "a:b", "http://p": "proposed", "@context": {"proposed": "http://p"}}'
    assert len(parse_source(File(Path("a.jsonld"), "a"), text.encode())) == 1


def test_what_is_wrong_with_proposals_is_told_by_lines() -> None:
    text = """\
id: a
type: Article
statements:
  - {id: a.1, type: Target}
  - {id: a.2, type: Target, by: model}
  - {id: a.3, type: Target, words: x, proposed: [{id: a.9, type: Target}]}
proposed:
  - id: a.1
    type: Target
    titel: T
    valeu: ""
    about: a b
  - {type: Target}
  - word
  - {id: a.4}
  - {id: a.5, type: Target, evidence: [{nth: 2}, {words: x, nth: 0}]}
  - {id: a.6, type: Target, by: [a, b], evidence: {words: x, by: y}}
"""
    assert told(text) == [
        "5: has 'by', which names who proposes something, outside of a proposal",
        "6: has 'proposed' within something else; it stands beside 'statements'",
        "6: has 'words' outside of 'evidence'",
        (
            "7: has 'word' after 'proposed', which is no mapping of keys to values;"
            " write what it is, such as - {id: gazette-2020.1, type: Target}"
        ),
        "8: has the id 'a.1' twice; it stands in line 4 already",
        "10: has the key 'titel', which means nothing here; did you mean 'title'?",
        "11: has the key 'valeu', which means nothing here; did you mean 'value'?",
        "12: has 'a b' after 'about', which is not an id",
        "13: has a proposal without 'id'; give it one, as a statement has",
        "15: has a proposal without 'type'; give it one, as a statement has",
        "16: has 'nth' without 'words', of whose places it names one",
        "16: has '0' after 'nth'; say which of the places of the words is meant, from 1",
        "17: has several after 'by'; name one who proposes it",
        "17: has 'by', which names who proposes something, outside of a proposal",
    ]


def test_evidence_in_words_says_what_to_type_and_is_not_built(tmp_path: Path) -> None:
    (tmp_path / "things.ttl").write_text(THINGS)
    path = tmp_path / "a.yaml"
    head = ARTICLE.partition("    evidence:")[0]
    path.write_text(
        head + '    evidence: "20\u00a0shops"\n' + "  - {id: gazette-2020.2, type: StatusReport,"
        " about: acme-shops, status: announced, evidence: [x, {words: y, nth: 2}]}\n"
    )
    report = kg.check([tmp_path])
    command = f"kg locate {path} --texts DIR"
    finds = f"has evidence in words; {command} finds their place in your copy of the text"
    assert [str(one) for one in report.findings] == [f"{path}:18: {finds}", f"{path}:19: {finds}"]
    with pytest.raises(SourceError, match="has 2 faults"):
        kg.build([tmp_path])


def test_words_beside_a_place_are_told_in_what_is_said() -> None:
    text = ARTICLE.replace('section: "1"', 'section: "1"\n      words: Acme')
    assert told(text) == [
        (
            "18: has the words of its evidence beside their place;"
            " kg locate a.yaml --texts DIR takes them out"
        )
    ]


@pytest.fixture
def waiting(tmp_path: Path) -> list[str]:
    """A source with proposals, and what it is about."""
    (tmp_path / "things.ttl").write_text(THINGS)
    (tmp_path / "gazette-2020.yaml").write_text(ARTICLE + PROPOSED)
    return [str(tmp_path / name) for name in ("things.ttl", "gazette-2020.yaml")]


def test_check_says_how_many_wait_and_what_would_be_wrong_with_them(
    waiting: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "gazette-2020.yaml"
    report = kg.check(waiting)
    assert report.conforms
    digest = "proposed, and once accepted: A text, a span, a table, a filing or a dataset has exactly one digest: "
    first, second = map(str, report.findings)
    assert first == f"{path}:24: 3 proposals wait for you: kg review {path}"
    assert second.startswith(f"{path}:33: gazette-2020.7/evidence sha256: {digest}")


def test_proposal_is_told_like_a_statement_and_fails_nothing(waiting: list[str]) -> None:
    path = Path(waiting[1])
    path.write_text(path.read_text().replace("due: 2031-12-31", "due: someday\n    place: narnia"))
    hints = [str(one) for one in kg.check(waiting).hints]
    assert any(
        ":30: gazette-2020.7 due (someday): proposed, and once accepted: " in one for one in hints
    )
    assert any(":31: gazette-2020.7 place (narnia): proposed, and once " in one for one in hints)
    assert kg.build(waiting).report == kg.build([waiting[0], *_without(path)]).report


def _without(path: Path) -> list[str]:
    alone = path.with_name("alone.yaml")
    alone.write_text(ARTICLE)
    return [str(alone)]


def test_proposal_with_the_id_of_a_statement_of_another_file_is_told(waiting: list[str]) -> None:
    other = Path(waiting[1]).with_name("other.yaml")
    other.write_text(ARTICLE.replace("gazette-2020", "gazette-2021").replace("2021.1", "2020.7"))
    hints = [str(one) for one in kg.check([*waiting, other]).hints]
    assert any("proposed, and once accepted: has the id 'gazette-2020.7'" in one for one in hints)


def test_no_face_sees_a_proposal(waiting: list[str], run: Callable[..., Result]) -> None:
    path, store = Path(waiting[1]), str(Path(waiting[1]).with_name("store"))
    with_proposals = kg.build(waiting)
    without = kg.build([waiting[0], *_without(path)])
    assert with_proposals.asserted == without.asserted
    assert with_proposals.derived == without.derived
    kg.build(waiting).save(store)
    seen = [
        *(["ask", name, "-f", "json"] for name in question_names()),
        ["stats"], ["show", "acme"], ["show", "gazette-2020"], ["terms"],
        ["query", "SELECT * { ?s ?p ?o }", "-f", "json"],
        *(["export", "-f", form] for form in ("ttl", "nq", "jsonld", "csv", "graphml", "cypher")),
        ["view", "-o", "-"],
    ]  # fmt: skip
    answered = 0
    for words in seen:
        for graph in (["--store", store], ["-s", waiting[0], "-s", waiting[1]]):
            answer = run(*words, *graph)
            answered += answer.exit_code == 0
            assert "77777" not in answer.output, words
            assert "77,777" not in answer.output, words
            assert "Quagga" not in answer.output, words
    assert answered > 40
    assert run("find", "bolt", "--store", store).exit_code == 1
    assert run("show", "gazette-2020.7", "--store", store).exit_code != 0


def test_what_is_proposed_is_read_as_if_it_were_said(waiting: list[str]) -> None:
    found = source_if_accepted(File(Path(waiting[1]), "a"))
    assert found is not None
    assert found.names == ("bolt", "gazette-2020.7", "gazette-2020.8")
    assert b"77777" in found.source.quads
    assert b"Acme will" not in found.source.quads  # the words are the article's
    assert source_if_accepted(File(Path(waiting[0]), "things")) is None


def test_words_that_are_no_text_are_told() -> None:
    text = "id: a\nstatements:\n  - {id: a.1, evidence: {words: [500 shops, by June]}}\n"
    wanted = "3: has no text after 'words'; several places make a list of evidence: [..., ...]"
    assert told(text) == [wanted]
    assert [one.problem for one in examine_document(text, "a.yaml", words=True)[1]] == [wanted[3:]]


@pytest.mark.parametrize(
    "key", ["? evidence\n    :", "? |-\n      evidence\n    :", "?\n      evidence\n    :"]
)
def test_a_key_apart_from_its_colon_is_told_before_anything_is_written_there(key: str) -> None:
    text = f"id: a\nstatements:\n  - id: a.1\n    {key} 500 shops\n"
    found = examine_document(text, "a.yaml", words=True)[1]
    assert [one.problem for one in found] == [
        "has the key 'evidence' apart from its colon; write 'evidence: ...'"
    ]
