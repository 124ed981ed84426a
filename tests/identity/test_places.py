"""Which row tells of a company is looked for only where that is told, and in few passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.base import CP, SpilledLines
from kg.identity import match_companies
from kg.identity.evidence import where_told
from tests.identity.firms import LEI, LEI_OF_BOLT, firm

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDS = firm("x", "Acme", aliases=("Acme Labs",), row=2)
CLEAN = firm("x", "Acme", row=2)
WRONG = firm("x", "Acme", aliases=("Acme Labs",), lei=LEI[:-1] + "1", row=2)


class _Counting(list[bytes]):
    """Lines that count how often they are gone through."""

    passes = 0

    def __iter__(self) -> Iterator[bytes]:
        self.passes += 1
        return super().__iter__()


def _passes(table: list[bytes], *, review: bool) -> int:
    lines = _Counting(sorted(table))
    match_companies(lines, firm("acme", "Acme"), review=review)
    return lines.passes


def test_lines_are_gone_through_for_a_place_only_where_one_is_told() -> None:
    clean = _passes(CLEAN, review=True)
    assert _passes(ADDS, review=False) == clean
    assert _passes(ADDS, review=True) == _passes(WRONG, review=False) == clean + 2


def test_what_a_company_gets_is_told_without_a_place_where_nobody_reviews_it() -> None:
    known = firm("acme", "Acme")
    both = [match_companies(sorted(ADDS), known, review=review) for review in (False, True)]
    assert [str(one) for matches in both for one in matches.additions] == [
        "a:x altLabel (Acme Labs): it is added to a:acme",
        "a:t#row=2: a:x altLabel (Acme Labs): it is added to a:acme",
    ]
    wrong = match_companies(sorted(WRONG), known, review=False)
    assert [one.location for one in wrong.conflicts] == ["a:t#row=2"]


def test_places_are_the_same_wherever_the_lines_lie() -> None:
    row = f"<{CP}row> <a:t#row=%s> <a:t> .\n"
    lines = [
        *firm("x", "Acme", row=12), *firm("y", "Bolt", lei=LEI_OF_BOLT, row=3),
        f"<a:plan> <{CP}company> <a:x> <a:t> .\n".encode(),
        f"<a:t.7> <{CP}about> <a:plan> <a:t> .\n".encode(), f"<a:t.7> {row % 7}".encode(),
        # About both, and of none
        f"<a:t.1> <{CP}about> <a:x> <a:t> .\n".encode(), f"<a:t.1> <{CP}about> <a:y> <a:t> .\n".encode(),
        f"<a:t.1> {row % 5}".encode(), f"<a:t.0> {row % 1}".encode(),
        # Who publishes a source is not told of in every row of it.
        f"<a:t> <{CP}publisher> <a:y> <a:t> .\n".encode(), f"<a:t> {row % 2}".encode(),
    ]  # fmt: skip
    kept = SpilledLines()
    kept.add(lines)
    expected = {"a:x": "a:t#row=5", "a:y": "a:t#row=3"}
    assert where_told(sorted(lines), ["a:x", "a:y", "a:z"]) == expected
    assert where_told(kept, ["a:x", "a:y", "a:z"]) == expected
