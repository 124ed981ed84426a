"""What is nearest to a name is what difflib finds, with less work."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given, strategies as st

from kg.base import nearest

WORDS = st.text("abc-1", max_size=9)


@given(WORDS, st.lists(WORDS, unique=True, max_size=40), st.integers(1, 4))
def test_the_nearest_names_are_those_that_difflib_finds(
    name: str, known: list[str], most: int
) -> None:
    # More are asked for than are returned, as several names may mean one.
    expected = get_close_matches(
        name, dict.fromkeys(sorted(known, key=str.swapcase)), most + 3, 0.5
    )
    assert nearest(name, known, most) == expected[:most]


def test_of_names_that_are_as_near_it_is_always_the_same() -> None:
    names = {"acme-shops": "1", "acme-shows": "2"}
    assert nearest("acme-shoes", names) == nearest("acme-shoes", dict(reversed(names.items())))
