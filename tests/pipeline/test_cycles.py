"""Statements that confirm or update each other in a round are refused; a chain of them is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import CP, FindingsError
from kg.pipeline import validation
from kg.query.index import Index
from tests.conftest import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

MESSAGE = "This statement comes to confirm, update or correct itself: take out one of these links."


def linked(*links: str) -> bytes:
    """Return statements that are linked, each link written as `a updates b`."""
    parts = (link.split() for link in links)
    return "".join(f"<a:{a}> <{CP}{path}> <a:{b}> <a:g> .\n" for a, path, b in parts).encode()


def told(said: bytes) -> list[tuple[str, str | None, str | None]]:
    """Return the links of rounds; the shapes proper are not asked."""
    found = validation.validate(Index.of(said), said, b"", {}).findings
    assert {(finding.message, finding.shape) for finding in found} <= {(MESSAGE, validation.CYCLE)}
    assert all(finding.violation for finding in found)
    return [(f.node, (f.path or "").removeprefix(CP), f.value) for f in found]


@pytest.mark.parametrize(
    "links",
    [
        ["s updates s"],
        ["s confirms s"],
        ["s updates t", "t updates s"],
        ["s confirms t", "t updates u", "u confirms s"],
        ["s updates t", "t updates s", "u confirms v", "v confirms u"],
    ],
)
def test_every_link_of_a_round_is_told(links: list[str]) -> None:
    in_turn = [tuple(f"a:{part}" for part in link.split()) for link in links]
    assert told(linked(*links)) == [(s, path[2:], t) for s, path, t in sorted(in_turn)]


@pytest.mark.parametrize(
    "links",
    [
        ["s updates t", "t updates u", "s updates u"],
        ["s updates u", "t updates u", "s confirms v", "t confirms v"],
        ["s contradicts t", "t contradicts s", "s differsFrom t", "t differsFrom s"],
    ],
)
def test_what_leads_to_no_round_is_not_told(links: list[str]) -> None:
    assert told(linked(*links)) == []


def test_what_leads_into_a_round_and_out_of_it_is_not_told() -> None:
    said = linked("in updates s", "s updates t", "t updates s", "t updates out")
    assert told(said) == [("a:s", "updates", "a:t"), ("a:t", "updates", "a:s")]


def test_what_is_no_statement_is_left_to_the_shapes() -> None:
    said = f'<a:s> <{CP}updates> "a:s" <a:g> .\n<a:s> <{CP}confirms> <<( <a:s> <a:p> <a:s> )>> <a:g> .\n'
    assert told(said.encode()) == []


def test_long_chain_costs_as_much_as_it_is_long_and_so_does_its_round() -> None:
    # Followed from every statement anew, this would take minutes.
    chain = [f"s{number} updates s{number + 1}" for number in range(30_000)]
    assert told(linked(*chain)) == []
    assert len(told(linked(*chain, "s30000 confirms s0"))) == len(chain) + 1


def test_round_is_refused_with_its_file_and_line(acme: Path, run: Callable[..., Result]) -> None:
    path = acme / "gazette-2020.yaml"
    path.write_text(ARTICLE + "    updates: gazette-2020.1\n", encoding="utf-8")
    line = len(path.read_text().splitlines())
    result = run("check", acme)
    assert result.exit_code == 1
    assert f"{path}:{line}: gazette-2020.1 updates (gazette-2020.1): {MESSAGE}" in (
        result.stdout + result.stderr
    )
    with pytest.raises(FindingsError):
        kg.build([acme])


def test_round_hides_nothing_else_that_is_wrong_with_a_statement() -> None:
    said = linked("s updates t", "t updates s")
    nothing = 'SELECT ?node ?message { ?node ?p ?o BIND ("is of no class" AS ?message) }'
    found = validation.validate(Index.of(said), said, b"", {"no-class": nothing}).findings
    assert {(finding.node, finding.message) for finding in found} == {
        (node, message) for node in ("a:s", "a:t") for message in (MESSAGE, "is of no class")
    }
