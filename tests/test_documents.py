"""The documents do what they say: commands answer so, examples run, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import click
import pytest
import yaml
from markdown_it import MarkdownIt

import kg
from kg.cli import main
from kg.reports import write_report
from tests.conftest import EXTRAS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.zygote import Zygote

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENTS: Final = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "data/*.md", "tests/benchmarks/*.md")
    for path in ROOT.glob(pattern)
)
FORGE: Final = sorted((ROOT / ".github").rglob("*.yml"))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tokens(name: str) -> list:
    """Return what CommonMark sees in a document, with the tables that the forge adds to it."""
    return MarkdownIt("commonmark").enable("table").parse(text(name))


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of a document in a language, also those within a list."""
    return [
        token.content for token in tokens(name) if token.type == "fence" and token.info == language
    ]


def inline(name: str) -> list:
    return [part for token in tokens(name) for part in token.children or ()]


def spans(name: str) -> list[str]:
    """Return what is written as code within a line."""
    return [part.content for part in inline(name) if part.type == "code_inline"]


def links(name: str) -> list[str]:
    found = (part.attrGet("href") or part.attrGet("src") for part in inline(name))
    return [str(link) for link in found if link]


def anchors(name: str) -> set[str]:
    """Return the anchors that a forge gives to the headings of a document."""
    found: set[str] = set()
    for heading, content in pairwise(tokens(name)):
        if heading.type == "heading_open":
            words = "".join(part.content for part in content.children or ())
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            same = sum(re.fullmatch(rf"{re.escape(slug)}(-\d+)?", one) is not None for one in found)
            found.add(f"{slug}-{same}" if same else slug)
    return found


def shown(name: str) -> list[tuple[str, str]]:
    """Return the commands of a document with the output that it shows."""
    return [
        (command, output)
        for block in blocks(name, "console")
        for command, output in re.findall(r"^\$ kg (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


# What there is


def test_documents_were_found() -> None:
    pages = {name for name in DOCUMENTS if name.startswith("docs/")}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} < set(DOCUMENTS)
    assert len(pages) > 8
    assert {link.partition("#")[0] for link in links("docs/README.md")} >= {
        name.removeprefix("docs/") for name in pages - {"docs/README.md"}
    }


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_has_one_title_and_says_what_it_is_about(name: str) -> None:
    titles = [i for i, token in enumerate(tokens(name)) if token.tag == "h1" and token.nesting == 1]
    assert titles == [0]
    assert tokens(name)[3].type in {"paragraph_open", "table_open"}


def test_readme_is_read_in_three_minutes() -> None:
    said = [
        token.content
        for token in tokens("README.md")
        if token.type == "inline" and not in_table("README.md", token)
    ]
    assert 200 < sum(len(line.split()) for line in said) < 600


def in_table(name: str, token: object) -> bool:
    depth = 0
    for other in tokens(name):
        depth += other.nesting * (other.tag == "table")
        if other is token:
            break
    return depth > 0


def test_readme_counts_what_ships() -> None:
    articles = len(list((ROOT / "data" / "sources").glob("*.yaml")))
    assert f"ships with {articles} articles" in text("README.md")


def test_shipped_articles_share_their_things_as_the_documents_say() -> None:
    for path in (ROOT / "data" / "sources").glob("*.yaml"):
        assert "\nthings:" not in path.read_text(encoding="utf-8"), path.name
    for name in ("CONTRIBUTING.md", "docs/sources.md"):
        assert {"data/things/*.ttl", "things:"} <= set(spans(name))


# Commands


def test_readme_shows_five_questions() -> None:
    assert len([command for command, _ in shown("README.md") if command.startswith("ask ")]) == 5
    assert len(shown("README.md")) == 5


ANSWERED: Final = [
    (name, *pair)
    for name in DOCUMENTS
    if name not in {"CONTRIBUTING.md", "docs/tutorial.md"}  # which have tests of their own
    for pair in shown(name)
]


def test_answers_were_found_beyond_the_readme() -> None:
    assert {name for name, _, _ in ANSWERED} > {"README.md"}


@pytest.mark.parametrize(("name", "command", "output"), ANSWERED)
def test_command_of_a_document_answers_as_shown(
    zygote: Zygote, name: str, command: str, output: str
) -> None:
    del name
    arguments = shlex.split(command)
    as_on_a_terminal = [] if "-f" in arguments else ["-f", "table"]
    done = zygote.run(*arguments, *as_on_a_terminal)
    assert (done.stdout or done.stderr) == output


def advised(name: str) -> list[str]:
    """Return the lines of shell that a document advises, and those it shows within a line."""
    lines = [line for block in blocks(name, "sh") for line in block.splitlines()]
    return [re.sub(r"\s+# .*", "", line) for line in lines] + spans(name)


COMMANDS: Final = sorted(
    {
        (name, line)
        for name in DOCUMENTS
        for line in advised(name)
        if re.match(r"kg [a-z]", line) and " NAME" not in line
    }
)


def test_commands_were_found() -> None:
    assert len(COMMANDS) > 30


@pytest.mark.parametrize(("name", "line"), COMMANDS)
def test_command_that_a_document_names_has_these_options(name: str, line: str) -> None:
    del name
    first, *rest = shlex.split(line)[1:]
    with click.Context(main) as ctx:
        command = main.get_command(ctx, first)
        if isinstance(command, click.Group) and rest:
            command = command.get_command(ctx, rest.pop(0))
    assert command is not None
    options = {"--help"}.union(*(parameter.opts for parameter in command.params))
    assert {word for word in rest if word.startswith("-")} <= options


def test_targets_of_make_that_documents_name_exist() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", text("Makefile"), re.MULTILINE))
    named = {
        target
        for name in DOCUMENTS
        for line in advised(name)
        for target in re.findall(r"^make ([a-z-]+)", line)
    }
    assert {"test", "check", "lint", "bench"} <= named
    assert named - targets == set()


def test_extras_that_documents_name_exist_and_come_from_here() -> None:
    everything = "\n".join(text(name) for name in DOCUMENTS)
    lists = re.findall(r"pip install -e\s+'\.\[([a-z,]+)\]'", everything)
    named = {name for names in lists for name in names.split(",")}
    assert named == EXTRAS
    assert named <= set(PROJECT["project"]["optional-dependencies"])
    assert f"{PROJECT['project']['name']}[" not in everything  # no registry has it


# Examples


TESTED: Final = [name for name in DOCUMENTS if any(">>>" in b for b in blocks(name, "python"))]


def test_python_was_found() -> None:
    assert {"CONTRIBUTING.md", "docs/python.md", "docs/scale.md"} <= set(TESTED)


@pytest.mark.parametrize("name", TESTED)
def test_python_of_a_document_runs(name: str) -> None:
    result = doctest.testfile(str(ROOT / name), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_source_of_the_documents_conforms(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, later = tmp_path / "acme.yaml", tmp_path / "later.yaml"
    for name, text in zip((path, later), blocks("docs/sources.md", "yaml"), strict=True):
        name.write_text(text, encoding="utf-8")
    result = run("check", "--with-shipped", path)
    assert result.exit_code == 0, result.output
    store = tmp_path / "mine"
    built = run("build", "--with-shipped", path, "--store", store, "-q")
    assert built.exit_code == 0, built.output
    found = run("ask", "targets", "--company", "acme", "--store", store, "-f", "csv").stdout
    assert "gazette-2020-01-31.1" in found
    # What is taken back is a promise no more.
    taken = run("build", "--with-shipped", tmp_path, "--store", store, "-q")
    assert taken.exit_code == 0, taken.output
    found = run("ask", "targets", "--company", "acme", "--store", store, "-f", "csv").stdout
    assert "gazette-2020-01-31.1" not in found
    assert run("ask", "targets", "--company", "acme").exit_code == 2  # what ships stays as it is


def test_words_and_proposals_of_the_documents_are_read(run, tmp_path: Path) -> None:
    things = {"things": [{"id": "acme", "type": "Company", "label": "Acme"},
                         {"id": "gazette", "type": "Organization", "label": "The Gazette"}]}  # fmt: skip
    shops = {"id": "acme-shops", "type": "Initiative", "company": "acme", "kind": "offline-retail"}
    (tmp_path / "gazette-2020-01-31.txt").write_text("Acme will open 20 shops in India.", "utf-8")
    for name, number in (("words", 0), ("proposed", 1)):
        path = tmp_path / f"{name}.yaml"
        more = {"things": things["things"] + [shops | {"label": "Acme's shops"}] * (not number)}
        written = blocks("docs/sources.md", f"yaml {name}")[0]
        path.write_text(written + yaml.safe_dump(more), encoding="utf-8")
        assert run("locate", path, "--texts", tmp_path).exit_code == 0
        result = run("check", "--with-shipped", path)
        assert result.exit_code == 0, result.output
        assert ("2 proposals wait for you" in result.stdout) == bool(number)


def test_shapes_of_the_documents_find_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.yaml").write_text(blocks("docs/sources.md", "yaml")[0], encoding="utf-8")
    (house,) = blocks("docs/checking.md", "turtle")
    (tmp_path / "house.ttl").write_text(house, encoding="utf-8")
    typo = f"{house.partition('house:Tar')[0]}[] sh:property [ sh:path cp:due ; sh:minCuont 1 ] ."
    (tmp_path / "typo.ttl").write_text(typo.replace("\n\n", "\n"), encoding="utf-8")
    outputs = blocks("docs/checking.md", "text")
    assert len(outputs) == 2
    for output in outputs:
        command, *lines = output.splitlines()
        shapes = command.rpartition(" ")[2]
        # Not by the command, which would fork a process that has many threads here.
        shipped = "--with-shipped" in command
        report = kg.check(["acme.yaml"], shapes=[shapes], shipped=shipped)
        told = write_report(report, "text").decode().splitlines()
        assert [line for line in lines if not line.startswith("2 findings")] == told


def test_article_of_the_contributing_guide_becomes_an_answer(run, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (sentence,) = re.findall(r'one sentence: "([^"]*)"', text("CONTRIBUTING.md"))
    (tmp_path / "texts" / "gazette-2020-01-31.txt").write_text(f"{sentence}\n", encoding="utf-8")
    source, things = tmp_path / "gazette-2020-01-31.yaml", tmp_path / "acme.ttl"
    source.write_text(*blocks("CONTRIBUTING.md", "yaml"), encoding="utf-8")
    things.write_text(*blocks("CONTRIBUTING.md", "turtle"), encoding="utf-8")
    located = run("locate", source, "--texts", tmp_path / "texts")
    assert located.exit_code == 0, located.output
    (length, start, end) = re.findall(r"(?:length|start|end): (\d+)", source.read_text("utf-8"))
    assert (length, start, end) == ("42", "0", "41")
    result = run("check", "--with-shipped", things, source)
    assert (result.exit_code, result.stdout) == (0, "")
    result = run("verify", "-s", things, "-s", source, "--texts", tmp_path / "texts")
    assert (result.exit_code, result.stderr) == (0, "2 of 2 checks hold\n")
    found = run("ask", "targets", "--company", "acme", "-s", things, "-s", source, "-f", "csv")
    assert "gazette-2020-01-31.1.1" in found.stdout


def test_table_of_the_contributing_guide_becomes_an_answer(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, language in (
        ("shops.csv", "csv"), ("shops.csv-metadata.json", "json"), ("shops.rq", "sparql"),
    ):  # fmt: skip
        (tmp_path / name).write_text(*blocks("CONTRIBUTING.md", language), encoding="utf-8")
    commands = [pair for pair in shown("CONTRIBUTING.md") if "shops" in pair[0]]
    assert len(commands) == 4
    for command, output in commands:
        assert run(*shlex.split(command)).output == output


# Where they lead


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_of_a_document_lead_somewhere(name: str) -> None:
    lost = []
    for link in links(name):
        path, _, anchor = link.partition("#")
        leads_to = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        if "://" not in link and not (leads_to.exists() and has(leads_to, anchor)):
            lost.append(link)
    assert lost == []


def has(document: Path, anchor: str) -> bool:
    return not anchor or anchor in anchors(document.relative_to(ROOT).as_posix())


def test_links_with_anchors_were_found() -> None:
    assert [link for name in DOCUMENTS for link in links(name) if "#" in link and "://" not in link]


def test_files_that_documents_name_exist() -> None:
    ours = re.compile(r"(?:kg|viz|ontology|data|tests|docs)/[\w./*-]*")
    still_to_be_written = re.compile(r"[A-Z]{2}|/gazette-")
    named = {
        (name, span)
        for name in DOCUMENTS
        for span in spans(name)
        if ours.fullmatch(span) and not still_to_be_written.search(span)
    }
    assert len(named) > 20
    assert {pair for pair in named if not any(ROOT.glob(pair[1]))} == set()


# What the forge and those who cite read


def test_changes_have_the_form_of_keep_a_changelog() -> None:
    headings = re.findall(r"^## (.*)$", text("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    released = re.compile(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d")
    assert [h for h in headings[1:] if not released.fullmatch(h)] == []
    kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    for part in re.split(r"^## ", text("CHANGELOG.md"), flags=re.MULTILINE)[1:]:
        named = re.findall(r"^### (.*)$", part, re.MULTILINE)
        assert named == [kind for kind in kinds if kind in named]


def test_citation_is_of_this_version() -> None:
    citation = yaml.safe_load(text("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"]


def test_workflow_tests_every_python_that_is_promised_and_may_only_read() -> None:
    workflow = yaml.safe_load(text(".github/workflows/test.yml"))
    tested = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    said = [c.rpartition(" ")[2] for c in PROJECT["project"]["classifiers"] if "Python :: 3." in c]
    assert tested == said
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("path", FORGE, ids=lambda path: path.name)
def test_file_of_the_forge_can_be_read(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))
