"""Evidence in words gets its place; what nobody touched stays as it was, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from kg.base import SourceError, data_folder, digest
from kg.drafting import TextCopies, TextCopy, find_passages, locate_source
from kg.drafting.files.written import plain_value, read_written

TEXT = "Acme will open 1,500 shops.\n\nIt had 500 shops, and plans “500 service centres”.\n\n500 shops!"
PATH = Path("a.yaml")
HEAD = f"""\
id: a
type: Article
text: {{sha256: {digest(TEXT)}, length: {len(TEXT)}, normaliser: nfc-lf-1}}
"""


def copies(text: str = TEXT, name: str = "a") -> TextCopies:
    return TextCopies(Path("texts"), {name: TextCopy(Path(f"texts/{name}.txt"), text)})


def located(text: str, of: TextCopies | None = None) -> str:
    one = locate_source(text.encode(), PATH, of or copies())
    assert [str(problem) for problem in one.problems] == []
    return one.data.decode()


def told(text: str, of: TextCopies | None = None) -> list[str]:
    one = locate_source(text.encode(), PATH, of or copies())
    assert one.data == text.encode()
    assert not one.changed
    return [str(problem) for problem in one.problems]


def place(words: str, section: str, indent: str = "      ", number: int = 0) -> str:
    at = find_passages(TEXT, words)[number]
    lines = [f'section: "{section}"', f"start: {at.start}", f"end: {at.end}",
             f"sha256: {digest(TEXT[at.start : at.end])}"]  # fmt: skip
    return "".join(f"\n{indent}{line}" for line in lines)


def test_words_become_section_span_and_digest_and_nothing_else_changes() -> None:
    before = (
        HEAD
        + "# All.\nstatements:\n -   type:  Target\n     note:    'x'\n     EVIDENCE\n     id: 'a.1'\n"
    )
    given = before.replace("EVIDENCE", 'evidence: "1,500 shops"')
    wanted = before.replace("EVIDENCE", f"evidence:{place('1,500 shops', '1', ' ' * 7)}")
    assert located(given) == wanted
    crlf = located(given.replace("\n", "\r\n"))
    assert crlf == wanted.replace("\n", "\r\n")
    bom = locate_source(b"\xef\xbb\xbf" + given.encode(), PATH, copies())
    assert bom.data == b"\xef\xbb\xbf" + wanted.encode()
    assert located(wanted) == wanted


@pytest.mark.parametrize(
    "given",
    [
        "evidence: 1,500 shops",
        "evidence: >\n      1,500\n      shops",
        "evidence:\n      words: 1,500 shops",
        "evidence: {words: '1,500 shops', nth: 1}",
        "evidence: {section: '1', start: 15, end: 26, words: '1,500 shops'}",
    ],
)
def test_words_may_be_given_in_many_forms(given: str) -> None:
    text = HEAD + f"statements:\n  - id: a.1\n    {given}\n    mode: quoted\n"
    wanted = (
        f"statements:\n  - id: a.1\n    evidence:{place('1,500 shops', '1')}\n    mode: quoted\n"
    )
    assert located(text) == HEAD + wanted


def test_several_spans_and_comments_are_kept() -> None:
    text = (
        HEAD
        + """\
statements:
  - id: a.1
    evidence: # both
      # first
      - "It had"
      - {words: 500 shops, nth: 2} # second
  - {id: a.2, evidence: [It had, "500 service centres"], mode: quoted}
"""
    )
    new = located(text)
    first, second = plain_value(read_written(new).top)["statements"]
    spans = [TEXT[int(one["start"]) : int(one["end"])] for one in first["evidence"]]
    assert (spans, [one["section"] for one in first["evidence"]]) == (
        ["It had", "500 shops"],
        ["2", "3"],
    )
    assert len(second["evidence"]) == 2
    assert second["mode"] == "quoted"
    for comment in ("# both", "# first", "# second"):
        assert new.count(comment) == 1


def test_proposals_keep_their_words_and_what_is_said_has_none() -> None:
    entry = "id: a.1\n    type: Target\n    evidence: 1,500 shops\n"
    said, proposed = (located(f"{HEAD}{key}:\n  - {entry}") for key in ("statements", "proposed"))
    assert proposed == said.replace("statements", "proposed") + '      words: "1,500 shops"\n'


def test_text_is_described_where_it_is_not() -> None:
    head = "id: a\npublisher: b\ntype: Article\n"
    body = "\nstatements:\n  - {id: a.1, type: Target}\n"
    about = f"text:\n  sha256: {digest(TEXT)}\n  length: {len(TEXT)}\n  normaliser: nfc-lf-1\n"
    assert located(head + body) == f"id: a\npublisher: b\n{about}type: Article\n{body}"
    # Without a copy there is nothing to be said, and nobody has asked for it.
    assert located(head + body, copies(name="other")) == head + body


def test_copy_is_found_by_its_digest_too() -> None:
    text = HEAD + "statements:\n  - {id: a.1, evidence: It had}\n"
    assert "start: " in located(text, copies(name="b"))


@pytest.mark.parametrize(
    ("evidence", "problem"),
    [
        ("500 shops", ("has '500 shops', which stands 2 times in texts/a.txt:"
         " 1. line 3, 'It had 500 shops, and plans “500 service…'; 2. line 5, '500 shops!';"
         " give more of the words, or say which by {words: ..., nth: 2}")),
        ("{words: 500 shops, nth: 3}", "has '500 shops' with nth: 3, which stands there only 2 times"),
        ("500 shop", ("has words that do not stand in texts/a.txt: '500 shop' is only a part of a"
         " longer word or number in line 1, 'Acme will open 1,500 shops.'")),
        ("700 service centres", ("has words that do not stand in texts/a.txt: '700 service centres';"
         " the nearest is in line 3, '…0 shops, and plans “500 service centres”.'")),
        ("It had … centres", ("has words that do not stand in texts/a.txt: 'It had … centres';"
         " the nearest is in line 3, 'It had 500 shops, and plans “5…'; several places make a list")),
        ("quagga", "has words that do not stand in texts/a.txt: 'quagga', nor anything like it"),
        ("{words: It had, start: 3, end: 9}", "has 'It had', which stands elsewhere than at 3–9"),
    ],
)  # fmt: skip
def test_words_without_a_certain_place_are_told_with_what_there_is(
    evidence: str, problem: str
) -> None:
    text = HEAD + f"statements:\n  - id: a.1\n    evidence: {evidence}\n"
    assert told(text) == [f"a.yaml:6: {problem}"]


def test_all_that_is_wrong_is_told_at_once_by_lines() -> None:
    text = (
        HEAD + "statements:\n  - id: a.1\n    evidence:\n      - x1\n      - It had\n      - x2\n"
    )
    assert [one.partition(" ")[0] for one in told(text)] == ["a.yaml:7:", "a.yaml:9:"]


def test_what_stands_there_in_another_way_is_told() -> None:
    text = HEAD + "statements:\n  - id: a.1\n    evidence: '\"500 Service centres\"'\n"
    one = locate_source(text.encode(), PATH, copies())
    way = "with other capitals, white space or signs"
    assert list(map(str, one.notes)) == [
        f"a.yaml:6: found '\"500 Service centres\"' {way}, in line 3"
    ]


@pytest.mark.parametrize(
    ("head", "of", "problem"),
    [
        (HEAD, copies(name="b", text="x"), "a.yaml:5: no copy: put its text, unaltered, into texts as a.txt"),
        (HEAD, copies(TEXT + "x"), (f"a.yaml:3: the copy has {len(TEXT) + 1} characters, the text that was read"
         f" {len(TEXT)} (texts/a.txt)")),
        (HEAD.replace("nfc-lf-1", "odd-1"), copies(), ("a.yaml:3: its text was normalised by odd-1, which is not"
         " known here (texts/a.txt)")),
    ],
)  # fmt: skip
def test_without_the_very_text_nothing_is_found(head: str, of: TextCopies, problem: str) -> None:
    body = "statements:\n  - {id: a.1, evidence: It had}\n"
    assert told(head + body, of) == [problem]


def test_file_with_other_faults_is_refused() -> None:
    with pytest.raises(SourceError, match="has the key 'evidense'"):
        locate_source(b"id: a\nevidense: x\n", PATH, copies())


def test_shipped_sources_are_left_as_they_are() -> None:
    empty = TextCopies(Path("texts"), {})
    for path in sorted((data_folder() / "sources").glob("*.yaml")):
        one = locate_source(path.read_bytes(), path, empty)
        assert (one.data, one.problems) == (path.read_bytes(), ())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["It had", "1,500 shops", "“500 service", "{words: 500 shops, nth: 2}"]),
                min_size=1, max_size=3), st.booleans())  # fmt: skip
def test_only_evidence_changes(items: list[str], flow: bool) -> None:
    listed = [f'"{one}"' if one[0] != "{" else one for one in items]
    body = (
        f"  - {{id: a.1, evidence: [{', '.join(listed)}], mode: quoted}}\n"
        if flow
        else "  - id: a.1\n    evidence:\n"
        + "".join(f"      - {one}\n" for one in listed)
        + "    mode: quoted\n"
    )
    new = plain_value(read_written(located(HEAD + "statements:\n" + body)).top)
    old = plain_value(read_written(HEAD + "statements:\n" + body).top)
    spans = new["statements"][0].pop("evidence")
    spans = spans if isinstance(spans, list) else [spans]
    assert len(spans) == len(old["statements"][0].pop("evidence"))
    assert new == old
    for span in spans:
        assert digest(TEXT[int(span["start"]) : int(span["end"])]) == span["sha256"]
