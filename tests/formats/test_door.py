"""One command for all formats: what a file is decides, all errors are told at once, and nothing is half-written."""

from __future__ import annotations

import os
import re
import shlex
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import SourceError, UsageError
from kg.formats import formats, import_files, registry
from kg.formats.batch import Batch
from kg.formats.finding import find_published
from kg.formats.format import PublishedFormat
from kg.formats.opening import sha256_of
from tests.formats.files import pledges, workbook
from tests.test_documents import blocks, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from click.testing import Result

    Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("pledges_are_known")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with pledges, in folders within, and with what is none."""
    folder = tmp_path / "filings"
    (folder / "old" / ".cache").mkdir(parents=True)
    (folder / "new.htm").write_bytes(pledges("20", day="2021-01-31"))
    (folder / "old" / "a.bin").write_bytes(pledges("20", "", "", day="2020-01-31"))
    (folder / "old" / "copy of a.bin").write_bytes(pledges("20", "", "", day="2020-01-31"))
    (folder / "old" / "notes.txt").write_text("to be read")
    (folder / "old" / ".cache" / "b").write_bytes(pledges("30", day="2019-01-31"))
    (folder / ".hidden").write_bytes(pledges("30", day="2018-01-31"))
    return folder


# The worked example


def test_reader_of_the_contributing_guide_makes_a_source(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pledges.xml").write_text(*blocks("CONTRIBUTING.md", "xml"), encoding="utf-8")
    commands = [pair for pair in shown("CONTRIBUTING.md") if "pledges" in pair[0]]
    assert len(commands) == 2
    for command, output in commands:
        assert run(*shlex.split(command)).output == output
    found = kg.build([Path("pledges.nq")], shipped=True).ask("targets", company="xrur-1234")
    assert [(row["value"], str(row["due"])) for row in found] == [(20, "2030-12-31")]


@pytest.mark.parametrize("name", [*formats()])
def test_every_format_has_its_section(name: str) -> None:
    assert re.findall(rf"^### `{name}`$", text("docs/import.md"), re.MULTILINE)


def test_bounds_of_the_document_are_those_of_the_code() -> None:
    from kg.formats import archives, bounds

    told = " ".join(text("docs/import.md").split())
    for part in (
        f"{bounds.MAX_TREE >> 20} MiB as a whole, or {bounds.MAX_XML >> 20} MiB read element by",
        f"{bounds.MAX_JSON >> 20} MiB, a line of {bounds.MAX_LINE >> 20} MiB",
        f"more than {bounds.MAX_DIGITS} digits",
        f"{archives.MAX_ARCHIVE >> 20} MiB; {archives.MAX_MEMBERS:,} files; {archives.MAX_SWOLLEN >> 30} GiB",
        f"more than {archives.MAX_RATIO} times its size",
    ):
        assert part in told, part


def test_library_gives_the_same_as_the_command(run: Run, folder: Path, tmp_path: Path) -> None:
    imported = kg.import_files([str(folder)])
    imported.save(tmp_path / "a.nq")
    assert (tmp_path / "a.nq").read_bytes() == run("import", folder).stdout_bytes
    assert (imported.files, imported.stated, imported.copies) == (2, 2, 1)
    assert dict(imported.reasons) == {"pledges without a number": 2}
    assert dict(imported.passed_over) == {".txt": 1}
    with pytest.raises(UsageError, match=r"does not end in \.nq"):
        imported.save(tmp_path / "a.ttl")
    with pytest.raises(UsageError, match="give the paths as a list"):
        kg.import_files(str(folder))


# What is named


def test_folder_is_walked_and_what_is_no_format_or_a_copy_is_counted(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.nq"
    done = run("import", folder, "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "left out: pledges without a number (2)",
        "passed over: 1 file of no format that can be imported (1 .txt)",
        "passed over: 1 file with the bytes of another",
        "read 2 files: 2 sources, 2 statements; 46 quads",
        f"next: kg check --with-shipped {out}",
    ]
    assert b"2019-01-31" not in out.read_bytes()


def test_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    found = find_published([folder, folder / "new.htm", folder / "old" / ".." / "new.htm"])
    names = [[path.name for path in paths] for _, paths in found.by_format]
    assert names == [["new.htm", "a.bin"]]


def test_same_files_give_the_same_bytes_whatever_they_are_called(tmp_path: Path) -> None:
    one, other = tmp_path / "a.xml", tmp_path / "b"
    for path in (one, other):
        path.write_bytes(pledges("20"))
    assert list(import_files([one]).lines) == list(import_files([other]).lines)


def test_file_of_no_format_is_refused_where_it_is_named(run: Run, folder: Path) -> None:
    done = run("import", folder / "new.htm", folder / "old" / "notes.txt")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr == (
        f"kg: {folder}/old/notes.txt: is of no format that can be imported;"
        " kg import --list lists those, and a table needs a mapping (-m)\n"
    )


def test_all_errors_of_all_files_are_told_at_once_and_nothing_is_written(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (folder / "bad.xml").write_bytes(pledges("many"))
    (folder / "worse.xml").write_bytes(pledges("some", day="2017-01-31"))
    out = tmp_path / "all.nq"
    out.write_text("as before")
    done = run("import", folder, "-o", out)
    assert done.exit_code == 3
    assert done.stderr.splitlines() == [
        f"{folder}/bad.xml:1: has 'many' for 'shops'",
        f"{folder}/worse.xml:1: has 'some' for 'shops'",
        "kg: 2 files cannot be read, as listed above; nothing was written, and --skip-bad leaves them out",
    ]
    assert out.read_text() == "as before"
    skipped = run("import", folder, "-o", out, "--skip-bad")
    assert skipped.exit_code == 0
    assert f"left out: {folder}/bad.xml:1: has 'many' for 'shops'" in skipped.stderr.splitlines()
    assert "read 2 files: 2 sources" in skipped.stderr


def test_two_files_that_describe_one_source_differently_are_no_source(tmp_path: Path) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(pledges("20"))
    other.write_bytes(pledges("30"))
    with pytest.raises(SourceError) as error:
        import_files([one, other])
    assert str(error.value) == (
        f"{other}: describes ruritania-pledges-2020-01-31 otherwise than {one} does; import the one that holds"
    )
    assert [str(each) for each in import_files([one, other], skip_bad=True).refused] == [
        str(error.value)
    ]


def test_file_that_differs_is_told_once_however_many_batches_it_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(paths: Sequence[Path]) -> Iterator[Batch]:
        for path in paths:
            source = {"id": "a", "title": path.name, "sha256": sha256_of(path)}
            yield from [Batch(source), Batch(source)]

    known = PublishedFormat("pledges", "Pledges", "XML", lambda _: True, read)
    monkeypatch.setattr(registry, "formats", lambda: {"pledges": known})
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    assert [str(each) for each in import_files([one, other], skip_bad=True).refused] == [
        f"{other}: describes a otherwise than {one} does; import the one that holds",
    ]


def test_file_with_what_no_graph_holds_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(pledges("2" * 9).replace(b"Acme", b"A" * 30_000))
    with pytest.raises(SourceError) as error:
        import_files([path])
    assert error.value.path == str(path)


def test_folder_without_a_file_of_a_format_says_so(run: Run, tmp_path: Path) -> None:
    done = run("import", tmp_path)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith(f"kg: {tmp_path}: holds no file of a format")


def test_format_can_be_named_where_it_is_known_better(run: Run, folder: Path) -> None:
    done = run("import", folder, "--format", "pledges")
    assert "read 2 files" in done.stderr
    done = run("import", folder, "--format", "pledge")
    assert done.exit_code == 2
    assert "there is no format 'pledge'; did you mean 'pledges'?" in done.stderr


def test_standard_input_is_a_file_that_is_called_so(run: Run) -> None:
    done = run("import", "-", stdin=pledges("20", ""))
    assert done.exit_code == 0
    assert b"ruritania-pledges-2020-01-31" in done.stdout_bytes
    done = run("import", "-", stdin=pledges("many"))
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == "kg: stdin:1: has 'many' for 'shops'\n"
    assert run("import", "-", "a.xml").exit_code == 2


def test_endless_standard_input_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cli.spooled.MOST", 1 << 20)
    done = run("import", "-", stdin=b"<" * ((1 << 20) + 1))
    assert (done.exit_code, done.stderr) == (
        3, "kg: stdin: is larger than 1 MiB; save it as a file\n",
    )  # fmt: skip


def test_trig_says_the_same(run: Run, folder: Path, tmp_path: Path) -> None:
    for name in ("a.nq", "a.trig"):
        assert run("import", folder, "-o", tmp_path / name).exit_code == 0
    assert run("diff", tmp_path / "a.nq", tmp_path / "a.trig").exit_code == 0
    assert run("import", folder, "-o", tmp_path / "a.ttl").exit_code == 2


# What is told


def test_formats_are_listed_a_line_each(run: Run) -> None:
    done = run("import", "--list")
    header, *rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert header == ["format", "what it is", "files", "needs"]
    assert ["pledges", "Pledges of shops, by the Exchange of Ruritania", "XML of pledges.example", "formats"] in rows  # fmt: skip
    assert [row[0] for row in rows] == ["pledges", *formats()]


def test_all_formats_need_what_companies_are_known_by() -> None:
    assert {one.extra for name, one in formats().items() if name != "pledges"} <= {
        "formats", "tables", "formats,tables",
    }  # fmt: skip
    extras = tomllib.loads(Path("pyproject.toml").read_text())["project"]["optional-dependencies"]
    for extra in ("formats", "tables"):
        names = {re.split("[^a-z]", one)[0] for one in extras[extra]}
        assert {"cleanco", "rapidfuzz"} <= names


def test_workbook_says_what_has_to_be_installed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook([["firm"]]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run("import", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: a workbook (XLSX) needs openpyxl, which is not installed")


def test_published_file_that_is_built_or_checked_is_told_what_makes_a_source_of_it(
    run: Run, folder: Path
) -> None:
    told = (
        f"{folder}/new.htm: is a published file (pledges: Pledges of shops, by the Exchange of"
        " Ruritania); kg import makes a source of it"
    )
    assert run("check", folder / "new.htm").stdout == f"{told}\n"
    done = run("build", folder / "new.htm", "-o", folder.parent / "out")
    assert (done.exit_code, done.stderr) == (3, f"kg: {told}\n")
    assert run("stats", "-s", folder / "new.htm").stderr == f"kg: {told}\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n", "is PDF, which is of no format that can be imported; find the data that it was made of"),
        (b"<html><p>Plans</html>", "is a page of HTML, which is of no format that can be imported; kg draft reads pages"),
        (b"<plan/>", "is XML with the root 'plan', which is of no format that can be imported; kg import --list lists those"),
        (b'{"plan": 1}', "is JSON, but is of no format that can be imported; kg import --list lists those"),
        (b"firm;shops\nAcme;20\n", "is a table of no format that is known (kg import --list lists those); give a mapping with -m"),
    ],
)  # fmt: skip
def test_file_of_no_format_is_told_what_it_is(
    run: Run, tmp_path: Path, data: bytes, told: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    done = run("import", path)
    assert (done.exit_code, done.stderr) == (3, f"kg: {path}: {told}\n")


def test_source_that_is_one_already_is_told_so(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.nq"
    assert run("import", folder, "-o", out).exit_code == 0
    assert run("import", out).stderr == (
        f"kg: {out}: is of no format that can be imported; if it is a source already, kg check and kg"
        " build read it\n"
    )


# What is no file


def test_what_is_no_file_is_refused_by_itself_and_passed_by_in_a_folder(
    run: Run, folder: Path
) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "nowhere").symlink_to(folder / "gone")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(folder)
    assert "read 2 files" in run("import", folder).stderr
    for name in ("pipe", "zero"):
        done = run("import", folder / name)
        assert (done.exit_code, done.stderr) == (3, f"kg: {folder}/{name}: is not a file\n")
    done = run("import", folder / "nowhere")
    assert done.stderr == f"kg: {folder}/nowhere: cannot be read: No such file or directory\n"


def test_link_to_a_file_is_read(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "old" / ".cache" / "b")
    assert len(find_published([folder])) == 3
