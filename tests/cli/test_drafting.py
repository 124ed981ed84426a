"""`kg draft`, as an analyst would use it."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.drafting.test_documents import page
from tests.test_documents import blocks

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "More shops\n\nXiaomi will open 20 stores in India by 2030, said Lei Jun.\n"
SAID = ("--publisher", "The Hindu", "--published", "2020-01-31")
NAME = "the-hindu-2020-01-31"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_draft_goes_to_stdout_and_what_is_said_of_it_to_stderr(run, text: Path) -> None:
    result = run("draft", text, *SAID)

    assert result.exit_code == 0
    assert result.stdout.startswith(f'id: {NAME}\ntype: Article\ntitle: "More shops"\n')
    assert re.fullmatch(
        rf"{NAME}: \d+ statements? proposed, of {re.escape(str(text))}\n", result.stderr
    )


def test_where_nothing_is_proposed_it_may_have_to_be_said_whose_plans_these_are(
    run, text: Path, tmp_path: Path
) -> None:
    text.write_text("It rained in June.\n", "utf-8")
    told = run("draft", text, *SAID, "-o", tmp_path / "out").stderr.splitlines()

    assert told[0] == f"{NAME}: 0 statements proposed, of {text}"
    assert told[-1].endswith("say whose: draft it again with --company NAME")
    assert not any(line.startswith("next: ") for line in told)


def test_standard_input_is_drafted_too(run, text: Path) -> None:
    assert run("draft", "-", *SAID, stdin=TEXT).stdout == run("draft", text, *SAID).stdout
    empty = run("draft", "-", stdin="")
    assert (empty.exit_code, empty.stderr) == (
        3,
        "kg: stdin: is empty; a draft needs the text of an article\n",
    )


def test_a_draft_is_checked_and_its_text_verified(run, text: Path, tmp_path: Path) -> None:
    drafted = run("draft", text, *SAID, "-o", tmp_path / "out", "--keep-text", tmp_path / "texts")

    source = tmp_path / "out" / f"{NAME}.yaml"
    assert drafted.exit_code == 0
    assert drafted.stderr.endswith(f"next: kg review {source} --texts {tmp_path / 'texts'}\n")
    assert (tmp_path / "texts" / f"{NAME}.txt").read_text("utf-8") == TEXT
    checked = run("check", "--with-shipped", source)
    assert checked.exit_code == 0, checked.output
    verified = run("verify", "-s", source, "--texts", tmp_path / "texts")
    assert (verified.exit_code, verified.stdout) == (0, "")


def test_a_file_is_never_written_over_unless_that_is_asked_for(
    run, text: Path, tmp_path: Path
) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("mine", "utf-8")
    refused = run("draft", text, *SAID, "-o", source, "--keep-text", tmp_path / "texts")

    assert (refused.exit_code, refused.stdout) == (3, "")
    assert refused.stderr == f"kg: {source}: is there already; --force writes over it\n"
    assert (source.read_text("utf-8"), list(tmp_path.glob("texts"))) == ("mine", [])
    assert run("draft", text, *SAID, "-o", source, "--force").exit_code == 0
    assert source.read_text("utf-8").startswith(f"id: {NAME}\n")
    # What is there already, to the byte, need not be written over.
    assert run("draft", text, *SAID, "-o", source).exit_code == 0


def test_whoever_would_write_over_what_was_accepted_is_told_so(
    run, text: Path, tmp_path: Path
) -> None:
    source = tmp_path / f"{NAME}.yaml"
    assert run("draft", text, *SAID, "-o", source).exit_code == 0
    run("review", source, stdin="a\n")
    refused = run("draft", text, *SAID, "-o", source)

    told = f"kg: {source}: says what somebody has accepted; move it away to draft anew\n"
    assert (refused.exit_code, refused.stderr) == (3, told)


def test_an_article_drafted_anew_is_the_same_to_the_byte(run, text: Path, tmp_path: Path) -> None:
    to = ("-o", tmp_path / "out", "--keep-text", tmp_path / "texts")
    first = run("draft", text, *SAID, *to)
    again = run("draft", text, *SAID, *to)

    assert (again.exit_code, again.stderr) == (0, first.stderr)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{NAME}.yaml"]


def test_what_ships_and_sources_of_ones_own_are_known_at_once(run, tmp_path: Path) -> None:
    things = tmp_path / "sources" / "things.yaml"
    things.parent.mkdir()
    things.write_text("id: t\nthings:\n  - {id: zzyx, type: Company, label: Zzyx Pumps}\n", "utf-8")
    text = tmp_path / "b.txt"
    text.write_text(
        "Zzyx Pumps works with MobiKwik. Zzyx Pumps will open 20 shops by 2030.\n", "utf-8"
    )

    def drafted(*options: object) -> str:
        done = run("draft", text, *SAID, *options)
        assert done.exit_code == 0, done.output
        return done.stdout

    both = drafted("-s", things.parent, "--with-shipped")
    assert "company: zzyx\n" in both
    assert "- id: the-hindu\n" in drafted("-s", things.parent)
    assert "- id: the-hindu\n" not in both


def test_another_article_of_the_same_day_gets_a_file_of_its_own(
    run, text: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run("draft", text, *SAID, "-o", out).exit_code == 0
    text.write_text("Other shops\n\nIt closes 7 shops.\n", "utf-8")
    assert run("draft", text, *SAID, "-o", out).exit_code == 0
    assert {path.name for path in out.iterdir()} == {f"{NAME}.yaml", f"{NAME}-2.yaml"}
    # The first again: its file is the one that it has, in which somebody may have reviewed.
    text.write_text(TEXT, "utf-8")
    (out / f"{NAME}.yaml").write_text(
        (out / f"{NAME}.yaml").read_text("utf-8") + "# Mine.\n", "utf-8"
    )
    again = run("draft", text, *SAID, "-o", out)
    assert again.stderr == f"kg: {out}/{NAME}.yaml: is there already; --force writes over it\n"
    (out / f"{NAME}.yaml").write_text("no source", "utf-8")
    assert run("draft", text, *SAID, "-o", out).exit_code == 0
    assert (out / f"{NAME}-3.yaml").exists()


def test_of_several_those_that_fail_are_told_and_the_others_written(run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_bytes(page(head='<meta name="date" content="2020-01-31">'))
    (folder / "b.txt").write_bytes(b"\xff")
    (folder / "c.htm").write_bytes(b"%PDF-1.7")
    (folder / "d.TXT").write_text(TEXT, "utf-8")
    (folder / "e.yaml").write_text("id: a", "utf-8")
    result = run(
        "draft", folder, tmp_path / "none.txt", "-o", tmp_path / "out", "--publisher", "The Hindu"
    )

    assert result.exit_code == 3
    assert re.sub(r": \d+ statements", ": N statements", result.stderr).splitlines() == [
        f"{NAME}: N statements proposed, of {folder}/a.html",
        f"next: kg review {tmp_path}/out/{NAME}.yaml",
        f"kg: {folder}/b.txt:1: is not UTF-8; save it as UTF-8",
        f"kg: {folder}/c.htm: is a PDF; save its text, with pdftotext for instance, and draft that",
        *re.findall(
            ".*the-hindu-undated.*", re.sub(r": \d+ statements", ": N statements", result.stderr)
        ),
        f"kg: {tmp_path}/none.txt: cannot be read: No such file or directory",
        "kg: 3 of 5 could not be drafted, as said above",
    ]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"{NAME}.yaml",
        "the-hindu-undated.yaml",
    }


def test_the_same_text_twice_is_told(run, tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT, "utf-8")
    result = run("draft", tmp_path, "-o", tmp_path / "out", "--publisher", "The Hindu")

    assert "the-hindu-undated-2: This is the same text as the-hindu-undated." in result.stderr
    assert (
        (tmp_path / "out" / "the-hindu-undated-2.yaml")
        .read_text("utf-8")
        .startswith("# This is the same text as the-hindu-undated.\n")
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.txt", "b.txt"], "2 drafts need a folder: give -o DIR"),
        (["a.txt", "b.txt", "-o", "x.yaml"], "2 drafts need a folder: give -o DIR"),
        (["a.txt", "b.txt", "-o", "x", "--title", "T"], "--title is of one article, and 2 are named"),
        (["a.txt", "--published", "soon"], "'soon' is no day; write 2017-03-28, or 2017-03, or 2017"),
        (["ftp://a.example/x"], "ftp://a.example/x: pages are fetched by http and https alone; save it as a file"),
        ([], "Missing argument"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_with_code_2(run, arguments: list[str], told: str) -> None:
    result = run("draft", *arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"kg: {told}")


def test_an_empty_folder_is_told(run, tmp_path: Path) -> None:
    result = run("draft", tmp_path)

    assert result.exit_code == 3
    assert (
        result.stderr
        == f"kg: {tmp_path}: holds nothing to draft, which ends in .htm, .html, .txt, .xhtml\n"
    )


def test_another_graph_knows_other_things(run, text: Path, acme: Path) -> None:
    text.write_text("Plans\nAcme will open 30 shops in India by 2031.\n", "utf-8")

    assert "about: acme" in run("draft", text, *SAID, "-s", acme).stdout
    assert "about: acme" not in run("draft", text, *SAID).stdout


def test_killed_while_it_writes_it_leaves_whole_drafts_with_their_texts(
    run, tmp_path: Path
) -> None:
    pages = tmp_path / "in"
    pages.mkdir()
    for number in range(150):
        body = f"<p>Xiaomi will open {number} stores in India by 2030, said Lei Jun to us. </p>" * 5
        (pages / f"{number:03}.html").write_bytes(page(body))
    whole = tmp_path / "whole"
    assert run("draft", pages, "-o", whole, "--publisher", "The Hindu").exit_code == 0

    out, texts = tmp_path / "out", tmp_path / "texts"
    command = [sys.executable, "-m", "kg", "draft", pages, "-o", out, "--keep-text", texts]
    with subprocess.Popen(
        [*command, "--publisher", "The Hindu"], start_new_session=True, stderr=-3
    ) as process:
        while len(list(out.glob("*.yaml"))) < 3 and process.poll() is None:
            time.sleep(0.002)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)

    written = list(out.glob("*.yaml"))
    assert 3 <= len(written) < 150
    for path in written:
        assert path.read_bytes() == (whole / path.name).read_bytes()
        assert (texts / f"{path.stem}.txt").is_file()


def test_the_draft_that_the_document_shows_can_be_checked_and_verified(run, tmp_path: Path) -> None:
    (shown,) = blocks("docs/drafting.md", "yaml draft")
    source, texts = tmp_path / f"{NAME}.yaml", tmp_path / "texts"
    source.write_text(shown.replace("proposed:", "statements:"), "utf-8")
    texts.mkdir()
    (texts / f"{NAME}.txt").write_text(TEXT, "utf-8")

    assert (
        "has the words of its evidence beside their place"
        in run("check", "--with-shipped", source).stdout
    )
    accepted = re.sub(r"^ +(?:by|words): .*\n", "", source.read_text("utf-8"), flags=re.MULTILINE)
    source.write_text(accepted, "utf-8")
    assert run("check", "--with-shipped", source).exit_code == 0
    verified = run("verify", "-s", source, "--texts", texts)
    assert (verified.exit_code, verified.stderr) == (0, "2 of 2 checks hold\n")


def test_the_way_that_the_document_shows_leads_from_a_page_to_a_graph(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    head = (
        '<meta name="date" content="2020-01-31"><meta property="og:site_name" content="The Hindu">'
    )
    # Of a page with next to no text the reader takes all that there is, with what leads to others.
    rest = (
        "<p>It was a long day, and much was said of shops, streets and the people in them.</p>" * 5
    )
    body = f"<p>Xiaomi will open 77 stores in India by 2030, said Lei Jun.</p>{rest}"
    (tmp_path / "page.html").write_bytes(page(body, head))
    (_, way) = blocks("docs/drafting.md", "sh")
    commands = [shlex.split(line, comments=True) for line in way.splitlines()]
    assert [command[1] for command in commands] == ["draft", "review", "check", "verify", "build"]

    for _, *command in commands:
        done = run(*command, stdin="a\n" * 20)
        assert done.exit_code == 0, (command, done.output)

    targets = run(
        "ask", "targets", "--company", "xiaomi", "--store", "mine", "-f", "tsv", "--short"
    )
    (row,) = [line for line in targets.stdout.splitlines() if "\t77\t" in line]
    assert f"{NAME}.2.1" in row


def test_what_is_proposed_is_no_part_of_any_answer(run, text: Path, tmp_path: Path) -> None:
    assert run("draft", text, *SAID, "-o", tmp_path / "out").exit_code == 0

    assert NAME not in run("ask", "targets", "--company", "xiaomi", "-s", tmp_path / "out").stdout


NEW = """Pumps for Pune

Brightwater Pumps plans to open 40 service centres in India by 2026. Brightwater has 900 employees.
India Pumps, its supplier, closes.
"""


def test_a_company_that_is_named_is_known_and_proposed(run, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text(NEW, "utf-8")
    companies = ("--company", "Brightwater Pumps", "--company", "India Pumps")
    drafted = run("draft", path, *SAID, *companies)

    assert drafted.exit_code == 0
    proposed = yaml.safe_load(drafted.stdout)["proposed"]
    assert {"id": "brightwater-pumps", "type": "Company", "label": "Brightwater Pumps"} in proposed
    said = {(one["type"], str(one.get("value"))): one for one in proposed}
    assert said["Target", "40"]["about"] == "brightwater-pumps-india-after-sales"
    assert said["Observation", "900"]["about"] == "brightwater-pumps"
    assert said["Observation", "900"].get("place") is None


def test_a_company_that_is_named_by_its_slug_is_the_known_one(run, text: Path) -> None:
    named = run("draft", text, *SAID, "--company", "xiaomi")
    assert named.stdout == run("draft", text, *SAID).stdout


def test_what_somebody_has_accepted_is_never_drafted_over(run, tmp_path: Path) -> None:
    text, source = tmp_path / "a.txt", tmp_path / "a.yaml"
    text.write_text(TEXT)
    source.write_text("id: a\ntype: Article\nstatements:\n  - {id: a.1, type: Target}\n")
    before = source.read_bytes()
    refused = run("draft", text, *SAID, "-o", source, "--force")
    assert refused.exit_code == 3
    assert refused.stderr == (
        f"kg: {source}: says what somebody has accepted; move it away to draft anew\n"
    )
    assert source.read_bytes() == before
