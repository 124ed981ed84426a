"""Every type and status has a look that can be told apart, in both themes."""

import re
from itertools import combinations
from pathlib import Path

import pytest

import viz
from viz.style import GROUP, STATUSES, THEMES, TYPES, UNKNOWN

KNOWN_TYPES = {
    "company", "organization", "person", "initiative", "target",
    "place", "facility", "product", "condition", "category",
}  # fmt: skip
KNOWN_STATUSES = {
    "considered", "announced", "underway", "achieved",
    "postponed", "reduced", "missed", "abandoned", "unstated",
}  # fmt: skip


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_type_and_status_has_a_style():
    assert set(TYPES) == KNOWN_TYPES
    assert set(STATUSES) == KNOWN_STATUSES


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*sorted(KNOWN_TYPES), "other"])
def test_a_type_stands_out_from_the_canvas(name, theme):
    colour = getattr(TYPES.get(name, UNKNOWN), theme)
    assert contrast(colour, THEMES[theme]["canvas"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["canvas", "surface", "raised", "accent-soft"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent"])
def test_words_can_be_read(ink, paper, theme):
    assert contrast(THEMES[theme][ink], THEMES[theme][paper]) >= 4.5


def test_types_differ_in_shape_or_size_and_in_colour():
    for one, other in combinations(TYPES.values(), 2):
        assert (
            one.shape != other.shape or one.size > 1.5 * other.size or other.size > 1.5 * one.size
        )
        assert one.light != other.light
        assert one.dark != other.dark


def test_statuses_differ_without_colour():
    looks = {(s.fill, s.border > 0, s.dash, s.mark) for s in STATUSES.values()}
    assert len(looks) == len(STATUSES)


def test_both_themes_name_the_same_colours():
    assert set(THEMES["light"]) == set(THEMES["dark"])
    assert all(re.fullmatch("#[0-9a-f]{6}", c) for theme in THEMES.values() for c in theme.values())


def test_the_page_can_draw_every_shape():
    script = (Path(viz.__file__).parent / "assets" / "draw.js").read_text(encoding="utf-8")
    shapes = script.partition("const SHAPES = {")[2].partition("\n  };")[0]
    assert {style.shape for style in (*TYPES.values(), GROUP)} == set(
        re.findall(r"^    (\w+):", shapes, re.MULTILINE)
    )
