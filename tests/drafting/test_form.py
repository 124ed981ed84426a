"""A source in its form says the same, in the same order everywhere, and has all its comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings, strategies as st
from ruamel.yaml import YAML

from kg.base import SourceError, data_folder
from kg.drafting import format_source
from kg.drafting.files.written import plain_value, read_written
from kg.sources import File, key_order, parse_source

PATH = Path("a.yaml")


def formatted(text: str) -> str:
    return format_source(text.encode(), PATH).decode()


def quads(text: str) -> bytes:
    return parse_source(File(PATH, "a"), text.encode()).quads


def test_form_of_a_source() -> None:
    text = """\
%YAML 1.1
--- # begins
statements: # all that it says
    - {type: Target, id: a.1, about: x}   # a short one
    - about: [x, y]  # two
      # said so
      type: 'Target'
      id: a.2
      due_precision: [year,
        inferred]
      note: >
        On two
        lines.
      evidence: {section: 1, start: 0, end: 4}

    # The third.

    - {id: a.3, type: Target, note: "This one is too long to stand in braces, which are for what is short enough"}
    # The end.
proposed:
- id: a.4
  type: Relation
  evidence: ["one", "two"]
things:
- {id: x, label: "No", type: Company}
- {id: y, type: Company, label: "A: b", alias: [no, 'it''s']}
title: T
type: Article
id: a
# Behind all.
"""
    assert (
        formatted(text)
        == """\
id: a
type: Article
title: "T"

things:
  - {id: x, type: Company, label: "No"}
  - {id: y, type: Company, label: "A: b", alias: ["no", it's]}

# begins
# all that it says
statements:
  # a short one
  - {id: a.1, type: Target, about: x}

  - id: a.2
    # said so
    type: Target
    # two
    about: [x, y]
    due_precision: [year, inferred]
    note: "On two lines.\\n"
    evidence:
      section: "1"
      start: 0
      end: 4

  # The third.

  - id: a.3
    type: Target
    note: "This one is too long to stand in braces, which are for what is short enough"

# The end.
proposed:
  - id: a.4
    type: Relation
    evidence:
      - "one"
      - "two"
# Behind all.
"""
    )


def test_shipped_sources_are_in_their_form() -> None:
    paths = sorted((data_folder() / "sources").glob("*.yaml"))
    assert len(paths) > 100
    for path in paths:
        assert format_source(path.read_bytes(), path) == path.read_bytes(), path.name


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), min_size=1, max_size=15)
WORDS = st.sampled_from(["no", "1.50", "2020-01-31", "a b", "~", "it's", "x: y", "x #y", "a,b", "[a]",
                         "-1", "- a", "?x", "0x1", "1:30", "é", "小米", "=", "<<", "http://a/b?c=d#e"])  # fmt: skip
COMMENTS = st.text(st.sampled_from("ab #:-[]{}\"'"), max_size=8).map("# {}".format)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A source in YAML as somebody may write it, with comments in many places."""

    def remark(indent: str) -> str:
        if draw(st.integers(0, 3)):
            return ""
        empty = draw(st.sampled_from(["", "\n", "\n\n"]))
        return f"{empty}{indent}{draw(COMMENTS)}\n{draw(st.sampled_from(['', chr(10)]))}"

    def quoted(text: str) -> str:
        return yaml.safe_dump(text, default_style='"', width=10**6, allow_unicode=False).strip()

    def fields(indent: str, node: str, kind: str, *, dash: bool = False) -> str:
        pairs = [("id", node), ("type", kind)]
        pairs += [("note", quoted(draw(TEXTS)))] * draw(st.booleans())
        pairs += [("label", quoted(draw(WORDS)))] * draw(st.booleans())
        pairs += [("value", "1.50")] * draw(st.booleans())
        pairs += [("about", "[x, y]")] * draw(st.booleans())
        pairs = draw(st.permutations(pairs))
        if dash and draw(st.booleans()):
            ending = "  # behind" * draw(st.booleans())
            return f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}{ending}\n"
        lines = [f"{key}: {value}\n" for key, value in pairs]
        return lines[0] + "".join(remark(indent) + indent + line for line in lines[1:])

    text = remark("") + fields("", "s", "Article")
    number = 0
    for key in draw(st.permutations(["things", "statements", "proposed"])):
        text += remark("") + f"{key}:{draw(st.sampled_from(['', ' # behind']))}\n"
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            kind = "Company" if key == "things" else "Target"
            text += remark("  ") + "  - " + fields("    ", f"s.{number}", kind, dash=True)
    return text + remark("")


def comments_of(text: str) -> list[str]:
    """Return all comments, found by another reader of YAML than ours."""
    found = []
    for token in _round_trip(text):
        found += re.findall(r"#[^\n]*", token)
    return sorted(one.rstrip() for one in found)


def _round_trip(text: str) -> list[str]:
    scanner = YAML(typ="rt", pure=True)
    comments: list[str] = []

    def gather(comment: object) -> None:
        if isinstance(comment, list):
            for one in comment:
                gather(one)
        elif comment is not None:
            comments.append(str(comment.value))  # type: ignore[attr-defined]

    for token in scanner.scan(text):
        gather(getattr(token, "comment", None))
        gather(getattr(token, "_comment", None))
    return comments


@settings(deadline=None, max_examples=200)
@given(documents())
def test_any_source_says_the_same_in_its_form_which_is_left_as_it_is(text: str) -> None:
    try:
        before = quads(text)
    except SourceError:  # a text that looks blank somewhere
        with pytest.raises(SourceError):
            formatted(text)
        return
    once = formatted(text)
    assert quads(once) == before
    assert formatted(once) == once
    old, new = (plain_value(read_written(one).top) for one in (text, once))
    assert old == new
    places = {key: number for number, key in enumerate(key_order())}
    for line in re.findall(r"^(\w+):", once, re.MULTILINE):
        assert line in places
    top = re.findall(r"^(\w+):", once, re.MULTILINE)
    assert top == sorted(top, key=lambda key: places[key])


@settings(deadline=None, max_examples=100)
@given(documents())
def test_no_comment_is_lost(text: str) -> None:
    try:
        once = formatted(text)
    except SourceError:
        return
    assert comments_of(once) == comments_of(text)


def test_ends_of_lines_and_a_mark_of_byte_order_are_those_of_unix() -> None:
    assert (
        format_source(b"\xef\xbb\xbfid: a\r\ntype: Article\r\n", PATH) == b"id: a\ntype: Article\n"
    )


def test_what_cannot_be_read_is_not_put_into_a_form() -> None:
    with pytest.raises(SourceError, match=r"^a\.yaml:1: has the key 'tpye', which means nothing"):
        formatted("tpye: Article\nid: a\n")
    with pytest.raises(SourceError, match=r"^a\.ttl: is no source of YAML; those end in \.yaml or"):
        format_source(b"<a:b> a <a:c> .", Path("a.ttl"))
