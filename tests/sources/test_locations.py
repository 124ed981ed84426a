"""A finding names the file that says what is wrong, also of a company that another file describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import kg
from kg.base import CP, ID, RDF, RDFS, Finding, FindingsError, data_folder, nquads
from kg.sources.said import SaidOfNodes
from tests.work import calls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

COMPANIES = data_folder() / "things" / "companies.ttl"
MISTYPED = "US0378331006"  # its last digit does not check the others
LEI_OF_FORD = "20S05OYHG0MQM4VUIC57"


def imported(path: Path, source: str, *said: tuple[str, str, str]) -> Path:
    """Write what a source says of things, as an import does: N-Quads in the graph of the source."""
    lines = {f"<{ID}{node}> <{path}> {value} <{ID}{source}> .\n" for node, path, value in said}
    path.write_text("".join(sorted(lines)), "utf-8")
    return path


def company(name: str = "ford") -> tuple[str, str, str]:
    return name, f"{RDF}type", f"<{CP}Company>"


def told(run: Run, *files: Path) -> list[str]:
    return run("check", "--with-shipped", *files).stdout.splitlines()


def test_value_is_told_in_the_file_that_gives_it(run: Run, tmp_path: Path) -> None:
    path = imported(tmp_path / "a.nq", "a", company(), ("ford", f"{CP}isin", f'"{MISTYPED}"'))
    (line,) = told(run, path)
    assert line.startswith(f"{path}:2: ford isin ({MISTYPED}): Nobody has this ISIN")
    with pytest.raises(FindingsError) as error:
        kg.build([path], shipped=True)
    assert [one.location for one in error.value.findings] == [f"{path}:2"]


def test_second_value_is_told_where_it_comes_to_the_first_and_both_are_named(
    run: Run, tmp_path: Path
) -> None:
    label = '"Ford Motors of Ruritania"@en'
    path = imported(tmp_path / "a.nq", "a", company(), ("ford", f"{RDFS}label", label))
    (line,) = told(run, path)
    assert line.startswith(f"{path}:2: ford label: A thing has one label in English")
    assert line.endswith(f" See also {COMPANIES}.")


def test_same_value_in_two_files_is_told_in_both(run: Run, tmp_path: Path) -> None:
    isin = "ford", f"{CP}isin", f'"{MISTYPED}"'
    paths = [imported(tmp_path / f"{n}.nq", n, company(), isin) for n in ("a", "b")]
    (line,) = told(run, *paths)
    assert line.startswith(f"{paths[0]}:2: ford isin ({MISTYPED}): ")
    assert line.endswith(f" See also {paths[1]}:2.")


@pytest.mark.parametrize("name", ["a-company", "z-company"])
def test_identity_of_two_is_told_in_both_files_whichever_comes_first(
    run: Run, tmp_path: Path, name: str
) -> None:
    label = name, f"{RDFS}label", '"Bolt Works"@en'
    lei = name, f"{CP}lei", f'"{LEI_OF_FORD}"'
    path = imported(tmp_path / "a.nq", "a", company(name), label, lei)
    (line,) = told(run, path)
    assert "by what is given as its identity" in line
    assert str(path) in line
    assert str(COMPANIES) in line


def test_file_is_named_in_reports_that_programs_read(run: Run, tmp_path: Path) -> None:
    path = imported(tmp_path / "a.nq", "a", company(), ("ford", f"{CP}isin", f'"{MISTYPED}"'))
    report = json.loads(run("check", "--with-shipped", path, "-f", "json").stdout)
    assert [(one["file"], one["line"]) for one in report["findings"]] == [(str(path), 2)]


def test_what_only_one_file_describes_stays_there(run: Run, tmp_path: Path) -> None:
    path = imported(tmp_path / "a.nq", "a", ("acme", f"{CP}lei", '"X"'), company("acme"))
    assert {line.partition(": ")[0] for line in told(run, path)} == {f"{path}:1", f"{path}:2"}


def test_work_grows_with_what_is_said_of_one_thing_and_not_with_its_square() -> None:
    def work(many: int) -> int:
        # Other names each time, for some are remembered.
        names = [f"{many}-{number}" for number in range(many)]
        said_of = [
            f'<a:s> <a:p> "{name}" <a:g> .\n<a:{name}> <a:lei> "1" <a:g> .\n' for name in names
        ]
        lines = "".join(said_of).encode()
        findings = [Finding("a:s", "a:p", name, "", "", violation=True) for name in names]
        findings += [
            Finding(f"a:{name}", "a:lei", "1", "", CP + "one-identity", violation=True)
            for name in names
        ]

        def all_() -> None:
            said = SaidOfNodes(findings, nquads.split(lines), {"a:g": 0})
            assert all(len(said.parts(one)) in (1, 4) for one in findings)

        return calls(all_)

    work(1)  # what is loaded once
    assert work(800) < 2.2 * work(400)
