"""The sections of a text: numbered headings, else paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from kg.drafting import find_sections, section_at


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("One line.", ["1"]),
        ("One.\nTwo.\n", ["1", "2"]),
        ("One,\nwrapped.\n\nTwo.\n", ["1", "2"]),
        ("\n\nOne.\n\n\nTwo.", ["1", "2"]),
        ("Lead\n1) Shops\na\nb\n2) Jobs\nc", ["0", "1", "2"]),
        ("1. Shops\n2. Jobs", ["1", "2"]),
        ("一\n1、店\n2、工作", ["0", "1", "2"]),
        # A single number, or numbers that do not count on, are no headings.
        ("Lead\n1) Shops\n\nMore", ["1", "2"]),
        ("7. place\n\n12. place", ["1", "2"]),
        ("1.5 lakh jobs\n2.5 lakh more", ["1", "2"]),
    ],
)
def test_numbered_headings_are_sections_and_else_paragraphs(text: str, names: list[str]) -> None:
    assert [section.name for section in find_sections(text)] == names


@given(st.text(st.sampled_from("a 1.)\n2"), max_size=60))
def test_sections_cover_the_text_in_its_order(text: str) -> None:
    sections = find_sections(text)
    assert "".join(text[one.start : one.end] for one in sections) == text
    assert len({one.name for one in sections}) == len(sections)
    for one in sections:
        assert one.start < one.end
        assert section_at(sections, one.start) == section_at(sections, one.end - 1) == one.name


def test_text_without_characters_has_no_section_to_name() -> None:
    with pytest.raises(ValueError, match="no sections"):
        section_at([], 0)
