"""What a reader only proposes waits in a source of YAML, and companies of one's own are known beside those that ship."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.base import replace_files
from kg.drafting import format_source
from kg.formats import import_files, registry
from kg.formats.batch import Batch, element
from kg.formats.format import PublishedFormat
from kg.formats.proposing import ProposedSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from click.testing import Result

    from kg.formats.opening import Opening

    Run = Callable[..., Result]


def _is_list(opening: Opening) -> bool:
    return opening.head.startswith(b"LIST ")


def _read(paths: Sequence[Path]) -> Iterator[Batch]:
    for path in paths:
        _, name, company, *codes = path.read_text("utf-8").split()
        source = {
            "id": f"list-{name}", "type": "Dataset", "title": f"List {name}", "publisher": "lister",
            "published": "2020-01-31", "sha256": "ab" * 32,
        }  # fmt: skip
        target = {
            "id": f"list-{name}.1", "type": "Target", "about": "listed-1", "value": "20",
            "indicator": "retail-outlets", "due": "2030-12-31", "due_precision": "year",
            "element": element(f"list-{name}", "List!B2"),
        }  # fmt: skip
        things = (
            {"id": "lister", "type": "Organization", "label": "The Lister"},
            {"id": "listed-1", "type": "Company", "label": company, "lei": codes or None},
        )
        yield Batch(source, things, (), (target,), Counter({"texts": 1}))


@pytest.fixture(autouse=True)
def _lists(monkeypatch: pytest.MonkeyPatch) -> None:
    known = PublishedFormat("list", "Lists", "a text", _is_list, _read)
    monkeypatch.setattr(registry, "formats", lambda: {"list": known})


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("LIST a Xiaomi", encoding="utf-8")
    return path


def test_proposals_wait_for_a_review_under_the_name_by_which_a_company_is_known(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    out, waiting = tmp_path / "a.nq", tmp_path / "waiting.yaml"
    done = run("import", listed, "-o", out, "--proposals", waiting)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "left out: texts (1)",
        "read 1 file: 1 source, 0 statements, 1 proposed; 12 quads",
        "listed-1 is xiaomi",
        f"next: kg review {waiting} -s {out}",
        f"next: kg check --with-shipped {out}",
    ]
    assert "    about: xiaomi\n" in waiting.read_text("utf-8")
    assert "    by: grammar\n" in waiting.read_text("utf-8")
    assert b"list-a.1" not in out.read_bytes()
    checked = run("check", "--with-shipped", out, waiting)
    assert checked.exit_code == 0, checked.output
    assert "0 findings" in checked.stderr
    reviewed = run("review", waiting, "-s", out, stdin="accept\n")
    assert reviewed.exit_code == 0, reviewed.output
    found = run("ask", "targets", "--company", "xiaomi", "--with-shipped", "-s", out, "-s", waiting, "-f", "csv")  # fmt: skip
    assert "list-a.1" in found.stdout


def test_proposals_that_nobody_keeps_are_told(run: Run, listed: Path, tmp_path: Path) -> None:
    done = run("import", listed, "-o", tmp_path / "a.nq")
    assert "what is only proposed is left out; --proposals FILE.yaml keeps it for kg review" in done.stderr  # fmt: skip


def test_nothing_is_written_over_proposals_on_which_somebody_has_decided(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    out, waiting = tmp_path / "a.nq", tmp_path / "waiting.yaml"
    waiting.write_text("id: list-a\n")
    done = run("import", listed, "-o", out, "--proposals", waiting)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == f"kg: {waiting}: is there already; move it away, or name another file\n"
    assert not out.exists()


def test_proposals_of_several_sources_go_into_a_folder(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text("LIST b Xiaomi", encoding="utf-8")
    files = (listed, tmp_path / "b.txt", "-o", tmp_path / "all.nq", "--proposals")
    done = run("import", *files, tmp_path / "waiting.yaml")
    assert done.exit_code == 2
    assert "2 sources propose something; give --proposals DIR" in done.stderr
    assert run("import", *files, tmp_path / "waiting").exit_code == 0
    made = sorted(path.name for path in (tmp_path / "waiting").iterdir())
    assert made == ["list-a.yaml", "list-b.yaml"]
    assert run("import", *files, tmp_path / "waiting").exit_code == 0  # the same, to the byte


def test_companies_of_ones_own_are_known_too(run: Run, tmp_path: Path) -> None:
    path, own = tmp_path / "a.txt", tmp_path / "own.yaml"
    path.write_text("LIST a Ruritanian", encoding="utf-8")
    own.write_text(
        "id: own\ntype: Article\nthings:\n  - {id: rur, type: Company, label: Ruritanian Inc.}\n"
    )
    assert " is rur" not in run("import", path).stderr
    assert "listed-1 is rur" in run("import", path, "-s", own).stderr


def test_review_prints_what_contradicts_itself(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("LIST a Ruritanian 5493001KJTIIGC8Y1R13", encoding="utf-8")
    done = run("import", path, "-o", tmp_path / "a.nq")
    assert "conflict: listed-1 lei (5493001KJTIIGC8Y1R13): " in done.stderr  # fmt: skip
    done = run("import", path, "--review")
    assert done.exit_code == 0
    (told,) = done.stdout.splitlines()
    assert "5493001KJTIIGC8Y1R13" in told


def test_what_takes_long_is_proposed_only_to_those_who_keep_it(
    run: Run, listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(paths: Sequence[Path]) -> Iterator[Batch]:
        for batch in _read(paths):
            yield Batch(
                batch.source, batch.things, left_out=Counter({"texts that are not read": 1})
            )

    slow = PublishedFormat("list", "Lists", "a text", _is_list, without, propose=_read)
    monkeypatch.setattr(registry, "formats", lambda: {"list": slow})
    told = run("import", listed, "-o", tmp_path / "a.nq").stderr
    assert "left out: texts that are not read (1)" in told
    assert "proposed" not in told
    kept = run("import", listed, "-o", tmp_path / "b.nq", "--proposals", tmp_path / "b.yaml")
    assert "1 proposed" in kept.stderr
    assert "id: list-a.1" in (tmp_path / "b.yaml").read_text("utf-8")


def test_memory_does_not_grow_with_what_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "Acme will open twenty shops in each of its countries. " * 20

    def read(paths: Sequence[Path]) -> Iterator[Batch]:
        batches = int(paths[0].read_text("utf-8").split()[1])
        source = {"id": "list-a", "type": "Dataset", "title": "List a"}
        for batch in range(batches):
            targets = tuple(
                {"id": f"list-a.{batch}.{number}", "type": "Target", "evidence": {"words": words}}
                for number in range(100)
            )
            yield Batch(source, (), (), targets)

    known = PublishedFormat("list", "Lists", "a text", _is_list, read)
    monkeypatch.setattr(registry, "formats", lambda: {"list": known})

    def peak(batches: int) -> int:
        path, out = tmp_path / f"{batches}.txt", tmp_path / f"{batches}.yaml"
        path.write_text(f"LIST {batches}", encoding="utf-8")
        tracemalloc.start()
        imported = import_files([path], folder=tmp_path)
        replace_files({out: imported.proposed()["list-a"]})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert imported.waiting == out.read_text("utf-8").count("  - id: ") == batches * 100
        return most

    peak(1)  # what is loaded once
    few, many = peak(4), peak(16)
    assert many < 1.2 * few, (few, many)


def test_source_that_is_written_line_by_line_is_in_its_form(tmp_path: Path) -> None:
    source = {"title": "List: a", "type": "Dataset", "id": "list-a"}
    proposals = [{"id": f"list-a.{n}", "type": "Target", "value": "20", "evidence": {"words": "a #b"}} for n in (1, 2)]  # fmt: skip
    text = b"".join(ProposedSource(source, proposals))
    assert format_source(text, tmp_path / "a.yaml") == text
    assert text.decode().splitlines()[:7] == [
        "id: list-a", "type: Dataset", 'title: "List: a"', "", "proposed:", "  - id: list-a.1", "    type: Target",
    ]  # fmt: skip
