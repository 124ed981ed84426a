"""Decisions about proposals change the text of a source where they must, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from kg.base import UsageError, digest
from kg.drafting import accept, change, drop, find_waiting, lines_of_entry, replace_entry
from kg.drafting.files.written import comments_in, plain_value, read_written

SAID = """\
id: g-2020
type:   Article   # as it was
publisher: gazette

statements:
  # 1  First

  - id: g-2020.1.2
    type: Target
    note:   'odd  spaces'
  - {id: g-2020.1.10, type: Target}
"""

PROPOSED = """
# To be looked at.
proposed:
  # New

  - id: gazette
    type: Organization
    label: The Gazette

  - {id: acme, type: Company, label: Acme}

  - id: acme-shops
    type: Initiative
    company: acme
    kind: offline-retail

  # 2  Second

  - id: g-2020.2.1
    type: Target
    about: acme-shops
    confirms: [a.1, a.2]
    by: model # not me
    evidence:
      section: "2"
      start: 0
      end: 4
      words: "Acme"

  - id: g-2020.1.3
    type: Observation
    about: xiaomi
"""

TEXT = SAID + PROPOSED


def names(text: str, key: str) -> list[str]:
    return [one["id"] for one in plain_value(read_written(text).top).get(key, [])]


def test_what_waits_says_what_it_needs() -> None:
    waiting = {one.name: one for one in find_waiting(TEXT)}
    assert list(waiting) == ["gazette", "acme", "acme-shops", "g-2020.2.1", "g-2020.1.3"]
    assert [one.states for one in waiting.values()] == [False, False, False, True, True]
    assert waiting["acme-shops"].needs == ("acme",)
    # Whoever has published it is needed by all that it says.
    assert waiting["g-2020.1.3"].needs == ("gazette",)
    one = waiting["g-2020.2.1"]
    assert one.needs == ("gazette", "acme", "acme-shops")
    assert (one.by, one.places, one.words) == ("model", ((0, 4, None),), ("Acme",))
    assert one.supposed == ("a.1", "a.2")


def test_accepted_statement_is_said_in_its_place_without_words_or_proposer() -> None:
    text = accept(TEXT, "g-2020.1.3")
    assert (
        text
        == SAID.replace(
            "  - {id: g-2020.1.10",
            "\n  - id: g-2020.1.3\n    type: Observation\n    about: xiaomi\n  - {id: g-2020.1.10",
        ).replace(
            "publisher: gazette\n",
            "publisher: gazette\n\nthings:\n  # New\n\n  - id: gazette\n    type: Organization\n    label: The Gazette\n",
        )
        + PROPOSED.partition("  # New")[0]
        + PROPOSED.partition("The Gazette\n\n")[2]
        .partition("  - id: g-2020.1.3")[0]
        .replace(
            "    confirms: [a.1, a.2]\n    by: model # not me\n",
            "    confirms: [a.1, a.2]\n    # not me\n    by: model\n",
        )
        .rstrip()
        + "\n"
    )


def test_accepting_brings_what_it_needs_once() -> None:
    text = accept(TEXT, "g-2020.2.1", without=["a.2"])
    assert names(text, "things") == ["gazette", "acme", "acme-shops"]
    assert names(text, "statements") == ["g-2020.1.2", "g-2020.1.10", "g-2020.2.1"]
    said = plain_value(read_written(text).top)["statements"][-1]
    assert said == {
        "id": "g-2020.2.1", "type": "Target", "about": "acme-shops", "confirms": "a.1",
        "evidence": {"section": "2", "start": "0", "end": "4"},
    }  # fmt: skip
    again = accept(text, "g-2020.1.3")
    assert names(again, "things") == ["gazette", "acme", "acme-shops"]
    assert names(again, "proposed") == []
    assert "proposed:" not in again
    assert "# To be looked at." in again


def test_statement_that_confirms_nothing_has_no_such_key() -> None:
    text = accept(TEXT, "g-2020.2.1", without=["a.1", "a.2"])
    assert "confirms" not in plain_value(read_written(text).top)["statements"][-1]


def test_dropped_proposal_leaves_the_heading_above_it_to_a_next_without_one() -> None:
    text = TEXT.replace("about: xiaomi", "about: acme-shops")
    text = drop(drop(text, "g-2020.2.1"), "gazette")
    assert names(text, "proposed") == ["acme", "acme-shops", "g-2020.1.3"]
    entries = {
        one.value.text("id"): one for one in read_written(text).top.entry("proposed").value.entries
    }
    assert entries["g-2020.1.3"].comments == ["# 2  Second", ""]
    assert entries["acme"].comments == ["# New", ""]
    assert text.startswith(SAID)


def test_dropped_proposal_takes_the_things_along_that_it_alone_brought() -> None:
    text = drop(TEXT, "g-2020.2.1")
    assert names(text, "proposed") == ["gazette", "g-2020.1.3"]
    assert names(drop(text, "g-2020.1.3"), "proposed") == ["gazette"], "the source names it"


@pytest.mark.parametrize(
    "named",
    [
        SAID.replace("type: Target}", "type: Target, about: [b, acme-shops]}"),
        SAID.replace("statements:", "things:\n  - {id: s, type: Category, x: {y: acme-shops}}\nstatements:"),
    ],
)  # fmt: skip
def test_thing_that_something_said_names_is_not_dropped_with_a_proposal(named: str) -> None:
    left = names(drop(named + PROPOSED, "g-2020.2.1"), "proposed")
    assert left == ["gazette", "acme", "acme-shops", "g-2020.1.3"]


@pytest.mark.parametrize("said", ["statements: [{id: g.1, type: Target}]\n", "statements:\n  {id: g.1, type: Target}\n",
                                  "statements:\n- id: g.1\n  type: Target\n", ""])  # fmt: skip
def test_what_is_said_may_be_written_in_many_ways(said: str) -> None:
    text = accept(f"id: g\ntype: Article\n{said}proposed: [{{id: g.0, type: Target}}]\n", "g.0")
    assert names(text, "statements") == ["g.0", "g.1"][: 1 + bool(said)] or names(
        text, "statements"
    ) == ["g.1", "g.0"]
    assert names(text, "proposed") == []


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("place=india", "place", "india"),
        (" note = It's: so #1 ", "note", None),
        ("note='It''s: so #1'", "note", "It's: so #1"),
        ("about=[a, b]", "about", ["a", "b"]),
        ("value=1.50", "value", "1.50"),
    ],
)
def test_key_is_changed(setting: str, key: str, value: object) -> None:
    if value is None:
        with pytest.raises(UsageError):
            change(TEXT, "g-2020.1.3", setting)
        return
    keys = {one.name: one.keys for one in find_waiting(change(TEXT, "g-2020.1.3", setting))}
    assert keys["g-2020.1.3"][key] == value
    assert {k: v for k, v in keys["g-2020.1.3"].items() if k != key} == {
        k: v for k, v in find_waiting(TEXT)[-1].keys.items() if k != key
    }


def test_key_is_taken_out() -> None:
    assert "about" not in find_waiting(change(TEXT, "g-2020.1.3", "about="))[-1].keys


@pytest.mark.parametrize("setting", ["place", "plaec=india", "id=x", "=x", "about=a b", "value=*x", "about=[[a]]", "note={a: b}"])  # fmt: skip
def test_what_is_no_setting_is_refused(setting: str) -> None:
    with pytest.raises(UsageError):
        change(TEXT, "g-2020.1.3", setting)


def test_entry_is_edited_as_a_whole() -> None:
    lines = lines_of_entry(TEXT, "acme")
    assert lines == "id: acme\ntype: Company\nlabel: Acme\n"
    text = replace_entry(TEXT, "acme", lines.replace("label: Acme", 'label: "Acme: all"'))
    assert find_waiting(text)[1].keys["label"] == "Acme: all"
    for wrong in (
        "id: acme\ntpye: Company\n",
        "a: [",
        "",
        "id: acme\n---\nid: b\n",
        "- id: acme\n",
    ):
        with pytest.raises(UsageError):
            replace_entry(TEXT, "acme", wrong)


def comments(text: str) -> list[str]:
    source = read_written(text)
    return sorted([*comments_in(source.top), *filter(None, source.tail)])


@settings(deadline=None)
@given(st.permutations(["gazette", "acme", "acme-shops", "g-2020.2.1", "g-2020.1.3"]), st.data())
def test_in_any_order_of_decisions_nothing_is_lost(order: list[str], data: st.DataObject) -> None:
    text, dropped = TEXT, set[str]()
    for name in order:
        if name not in names(text, "proposed"):
            continue
        if data.draw(st.booleans()):
            text = accept(text, name)
        else:
            before = set(names(text, "proposed"))
            text = drop(text, name)
            dropped |= before - set(names(text, "proposed"))
        kept = {*names(text, "things"), *names(text, "statements"), *names(text, "proposed")}
        assert kept | dropped >= set(order)
        assert not kept & dropped
        assert "    note:   'odd  spaces'\n" in text
    assert names(text, "statements") == sorted(
        names(text, "statements"), key=lambda name: [int(part) for part in name.split(".")[1:]]
    )
    assert "# as it was" in comments(text)
    assert "# 1  First" in comments(text)


def test_heading_of_what_is_dropped_goes_with_it_where_another_one_follows() -> None:
    text = drop(drop(drop(TEXT, "gazette"), "acme"), "acme-shops")
    assert "# New" not in text
    assert "  # 2  Second\n" in text


def test_words_that_are_not_those_of_their_digest_are_doubtful() -> None:
    text = TEXT.replace("      end: 4\n", f"      end: 4\n      sha256: {digest('Acme')}\n")
    assert find_waiting(text)[3].doubtful == ()
    assert find_waiting(text.replace('words: "Acme"', 'words: "Bolt"'))[3].doubtful == ("Bolt",)


def test_statement_that_names_a_proposed_one_is_told_from_the_others() -> None:
    text = TEXT.replace("    about: xiaomi\n", "    about: xiaomi\n    updates: g-2020.2.1\n")
    assert [one.follows for one in find_waiting(text)] == [(), (), (), (), ("g-2020.2.1",)]


def test_a_comment_behind_the_key_of_proposals_is_kept_when_none_is_left() -> None:
    text = "id: a\nproposed: # by letter\n  - {id: a.1, type: Target}\ntype: Article\n"
    assert drop(text, "a.1") == "id: a\n# by letter\ntype: Article\n"
    said = "id: a\n# by letter\ntype: Article\n\nstatements:\n  - {id: a.1, type: Target}\n"
    assert accept(text, "a.1") == said


@pytest.mark.parametrize("place", ["row: g#row=2", "element: {id: g#/a, type: Element, at: /a}"])
def test_words_of_what_rests_on_a_part_of_a_file_go_with_its_acceptance(place: str) -> None:
    """No text holds them, so that they would never get a place in one."""
    text = accept(
        "id: g\ntype: Dataset\nproposed:\n"
        f"  - {{id: g.1, type: Target, about: b, evidence: {{words: 20 shops}}, {place}, by: me}}\n",
        "g.1",
    )
    assert (
        text
        == f"id: g\ntype: Dataset\n\nstatements:\n  - {{id: g.1, type: Target, about: b, {place}}}\n"
    )
