"""An id that is known is nobody else's: a file that gives it to another is refused, and says why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kg.base import ID, SourceError
from kg.formats import import_files
from tests.formats.published_tables import write_xlsx
from tests.formats.test_science_based import HEADER, SET, day

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]


def ours(folder: Path, *entities: tuple[str, str, dict[str, Any]]) -> Path:
    """Write entities of a file that says it is an export of ours, by id, schema and properties."""
    path = folder / "back.ftm.json"
    lines = [
        json.dumps({
            "id": f"cp-{name}", "schema": schema, "properties": told, "datasets": ["corporate_plans"],
            "first_seen": "2021-03-04", "last_seen": "2024-05-06",
        })
        for name, schema, told in entities
    ]  # fmt: skip
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize(
    ("name", "schema", "told", "why"),
    [
        ("xiaomi", "Company", {"name": ["Acme"]}, "it is called 'Acme', and that of this id 'Xiaomi'"),
        ("xiaomi", "Company", {"name": ["Xiaomi"], "isinCode": ["US0378331005"]}, "the ISINs differ (US"),
        ("xiaomi", "Company", {"name": ["Xiaomi"], "wikidataId": ["Q312"]}, "the Wikidata items differ (wiki"),
        ("xiaomi", "Person", {"name": ["Xiaomi"]}, "it is of another class than that of this id"),
        ("lei-jun", "Person", {"name": ["Jo Doe"]}, "it is called 'Jo Doe', and that of this id 'Lei Jun'"),
    ],
)  # fmt: skip
def test_id_of_a_known_thing_is_given_to_no_other(
    tmp_path: Path, name: str, schema: str, told: dict[str, Any], why: str
) -> None:
    with pytest.raises(SourceError) as error:
        import_files([ours(tmp_path, (name, schema, told))], skip_bad=True)
    assert f": calls by the id {name}, which is known, what is another thing: {why}" in str(
        error.value
    )


def test_all_ids_that_are_given_to_others_are_told(tmp_path: Path) -> None:
    path = ours(
        tmp_path,
        ("xiaomi", "Company", {"name": ["Acme"]}),
        ("lei-jun", "Person", {"name": ["Jo Doe"]}),
    )
    with pytest.raises(SourceError, match="has 2 faults") as error:
        import_files([path])
    assert len(error.value.problems) == 2


def test_known_thing_may_come_back_under_its_id(tmp_path: Path) -> None:
    path = ours(
        tmp_path,
        ("xiaomi", "Company", {"name": ["Xiaomi Corporation"], "alias": ["Xiaomi"]}),
        ("lei-jun", "Person", {"name": ["LEI JUN"]}),
        ("acme", "Company", {"name": ["Acme"]}),
    )
    lines = b"".join(import_files([path]).lines)
    assert all(f"<{ID}{name}>".encode() in lines for name in ("xiaomi", "lei-jun", "acme"))


def test_ids_of_ones_own_companies_are_known_too(tmp_path: Path) -> None:
    first = import_files([ours(tmp_path, ("acme", "Company", {"name": ["Acme"]}))])
    path = ours(tmp_path, ("acme", "Company", {"name": ["Bolt"]}))
    assert import_files([path]).files == 1
    with pytest.raises(SourceError, match="calls by the id acme, which is known"):
        import_files([path], known=first.lines)


def test_initiative_that_two_sources_give_to_two_companies_is_a_finding(
    run: Run, tmp_path: Path
) -> None:
    def listed(name: str, month: int) -> Path:
        row = SET | {"company_name": name, "date_updated": day(2026, month, 7)}
        made = tmp_path / f"{month}.nq"
        import_files([write_xlsx(tmp_path / f"{month}.xlsx", HEADER, [row])]).save(made)
        return made

    first, again, other = listed("Acme", 5), listed("Acme", 6), listed("Xiaomi", 7)
    assert run("check", "--with-shipped", first, again).exit_code == 0
    done = run("check", "--with-shipped", first, other)
    assert (done.exit_code, done.stdout.count("\n")) == (1, 1)
    told = "sbti-40000001-near-term company (xiaomi): Of sbti-2026-05-07 this initiative is another company's"
    assert told in done.stdout
