"""A file is checked against a store as it is with all files that the store was built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import StoreError, UsageError
from kg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

THINGS = """\
id: atlas-2020
type: Article
title: Who is who
publisher: wire
published: 2020-01-01
language: en
things:
  - {id: wire, type: Organization, label: The Wire}
  - {id: acme, type: Company, label: Acme}
  - {id: bolt, type: Company, label: Bolt}
  - {id: jo-doe, type: Person, label: Jo Doe}
  - {id: acme-shops, type: Initiative, label: Acme's shops, company: acme, kind: offline-retail}
  - {id: bolt-shops, type: Initiative, label: Bolt's shops, company: bolt, kind: offline-retail}
statements:
  - {id: atlas-2020.1, type: Target, about: acme-shops, indicator: retail-outlets, value: 5, due: 2021-12-31, due_precision: year}
"""

NEWS = """\
id: news-2020
type: Article
title: What is new
publisher: wire
published: 2020-01-31
language: en
text: {sha256: DIGEST, length: 42, normaliser: nfc-lf-1}
statements:
  - id: news-2020.1
    type: Target
    about: acme-shops
    indicator: retail-outlets
    value: 20
    due: 2030-12-31
    due_precision: year
    speaker: jo-doe
    evidence: {section: "1", start: 0, end: 12, sha256: DIGEST}
    updates: atlas-2020.1
""".replace("DIGEST", "0" * 64)

OTHER = NEWS.replace("news-2020", "other-2020").replace("0" * 64, "1" * 64)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sources, and the store that was built from them beside it."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in {"atlas-2020": THINGS, "news-2020": NEWS, "other-2020": OTHER}.items():
        (sources / f"{name}.yaml").write_text(text, encoding="utf-8")
    kg.build([sources]).save(tmp_path / "store")
    return sources


def contents(store: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}


def told(folder: Path, name: str = "news-2020.yaml") -> tuple[list[str], list[str]]:
    """Return what is wrong with a file by the store, and of all files together."""
    path = folder / name
    beside = kg.check([path], store=folder.parent / "store")
    whole = kg.check([folder])
    here = [str(one) for one in whole.violations if (one.location or "").startswith(str(path))]
    return [str(one) for one in beside.violations], here


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 20", "value: 21"),
        ("value: 20", "value: twenty"),
        ("value: 20", "value: 020"),
        ("about: acme-shops", "about: acme-shop"),
        ("about: acme-shops", "about: bolt-shops"),
        ("jo-doe", "acme-shops"),
        ("2030-12-31", "2030-02-30"),
        ("2030-12-31", "31.12.2030"),
        ("end: 12", "end: 43"),
        ("end: 12", "end: 0"),
        ("0" * 64, "1" * 64),
        ("updates: atlas-2020.1", "updates: news-2020.1"),
        ("indicator: retail-outlets", "indicator: retail-outlet"),
        ("type: Target", "type: Tagret"),
        ("publisher: wire", "publisher: jo-doe"),
        ("published: 2020-01-31", "published: soon"),
        ("    due_precision: year\n", ""),
        ("title: What is new\n", ""),
    ],
)
def test_a_file_is_checked_as_with_all_others(folder: Path, old: str, new: str) -> None:
    path = folder / "news-2020.yaml"
    assert old in NEWS
    path.write_text(NEWS.replace(old, new), encoding="utf-8")
    beside, whole = told(folder)
    assert beside == whole


def test_a_file_that_the_store_does_not_know_is_checked_with_what_it_holds(folder: Path) -> None:
    new = NEWS.replace("news-2020", "extra-2020").replace("0" * 64, "2" * 64)
    (folder / "extra-2020.yaml").write_text(new, encoding="utf-8")
    assert told(folder, "extra-2020.yaml") == ([], [])
    (folder / "extra-2020.yaml").write_text(
        new.replace("acme-shops", "acme-shps"), encoding="utf-8"
    )
    beside, whole = told(folder, "extra-2020.yaml")
    assert beside == whole
    assert "did you mean 'acme-shops'?" in beside[0]


def test_a_source_of_another_id_is_one_beside_what_it_was(folder: Path) -> None:
    path = folder / "news-2020.yaml"
    path.write_text(NEWS.replace("news-2020", "news-2021"), encoding="utf-8")
    (finding,), whole = told(folder)
    assert "This is the text of news-2020" in finding
    assert whole == []


def test_what_a_file_breaks_elsewhere_is_not_told(folder: Path) -> None:
    path = folder / "atlas-2020.yaml"
    path.write_text(THINGS.replace("id: jo-doe", "id: jo-do"), encoding="utf-8")
    assert told(folder, "atlas-2020.yaml") == ([], [])
    assert not kg.check([folder]).conforms


def test_a_file_that_cannot_be_read_is_told_with_the_rest_of_it(folder: Path) -> None:
    path = folder / "news-2020.yaml"
    path.write_text(
        NEWS.replace("value: 20", "valeu: 20").replace("jo-doe", "jo-do"), encoding="utf-8"
    )
    beside, whole = told(folder)
    assert beside == whole
    assert len(beside) > 1
    path.write_text("id: [", encoding="utf-8")
    assert not kg.check([path], store=folder.parent / "store").readable


def test_the_store_stays_as_it_is(folder: Path) -> None:
    store = folder.parent / "store"
    before = contents(store)
    told(folder)
    assert contents(store) == before


def test_lines_of_subjects_are_those_of_the_store(folder: Path) -> None:
    store = open_store(folder.parent / "store")
    asserted = store.content.asserted.splitlines(keepends=True)
    subjects = sorted({line.split(b" ", 1)[0] for line in asserted})
    assert list(store.lines_of(subjects)) == sorted(asserted)
    assert list(store.lines_of([b"<a:nobody>"])) == []


def test_hints_are_told_that_are_about_the_file(folder: Path) -> None:
    path, store = folder / "news-2020.yaml", folder.parent / "store"
    again = NEWS.replace("0" * 64, "1" * 64).replace("publisher: wire", "publisher: acme")
    path.write_text(again.replace("2030-12-31", "2019-12-31"), encoding="utf-8")
    (folder / "other-2020.yaml").write_text(OTHER.replace("other-2020", "a-2020"), encoding="utf-8")
    kg.build([folder / "atlas-2020.yaml", folder / "other-2020.yaml"]).save(store)
    hints = [str(one).partition(": ")[2] for one in kg.check([path], store=store).hints]
    assert len(hints) == 2
    assert hints[0].startswith("news-2020 text: This is the text of a-2020, by its digest: say via")
    assert hints[1].startswith("news-2020.1 due (2019-12-31): This target was due before")


def test_a_hint_for_what_cannot_be_computed_with_is_told(folder: Path) -> None:
    path = folder / "news-2020.yaml"
    path.write_text(NEWS.replace("value: 20", "value: 0.1234567890123456789"), encoding="utf-8")
    (hint,) = kg.check([path], store=folder.parent / "store").hints
    assert "more digits than can be computed with" in str(hint)


def test_what_is_not_looked_up_in_a_store_is_refused(folder: Path) -> None:
    store, path = folder.parent / "store", folder / "news-2020.yaml"
    for options in ({"shipped": True}, {"tables": True}, {"shapes": [path]}):
        with pytest.raises(UsageError, match="files are checked alone"):
            kg.check([path], store=store, **options)
    with pytest.raises(UsageError, match="name the files"):
        kg.check(store=store)
    with pytest.raises(UsageError, match="is an endpoint"):
        kg.check([path], store="https://example.org/sparql")
    with pytest.raises(StoreError, match="is no store"):
        kg.check([path], store=folder)
