"""The language server of YAML, which editors ask, completes, explains and refuses by our schema."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from kg.reports import write_schema
from tests.conftest import ROOT
from tests.reports.language_server import LanguageServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    import kg

SERVER: Final = Path(sys.prefix) / "readers" / "node_modules" / "yaml-language-server"

HEAD: Final = """\
# yaml-language-server: $schema=source.schema.json
id: gazette-2020
type: Article
title: Acme to open shops
publisher: gazette
published: 2020-01-31
language: en
statements:
  - id: gazette-2020.1
"""
TARGET: Final = f"""\
{HEAD}    type: Target
    about: acme-shops
    indicator: retail-outlets
    value: 20
"""


@pytest.fixture(scope="module")
def folder(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our schema."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / "source.schema.json").write_bytes(write_schema(graph.index))
    return folder


@pytest.fixture(scope="module")
def language_server(folder: Path) -> Callable[..., AbstractContextManager[LanguageServer]]:
    """Start the language server in that folder, with settings of a user."""
    node = shutil.which("node")
    if not node or not SERVER.exists():
        pytest.skip("no Node.js with the language server of tests/find-readers.sh")
    command = [node, str(SERVER / "bin" / "yaml-language-server"), "--stdio"]

    @contextmanager
    def started(schemas: dict[str, str]) -> Iterator[LanguageServer]:
        server = LanguageServer(command, folder, schemas)
        yield server
        server.stop()

    return started


@pytest.fixture(scope="module")
def editor(language_server: Callable[..., Any]) -> Iterator[LanguageServer]:
    """The language server without settings: a source names its schema."""
    with language_server({}) as server:
        yield server


def at_the_end(editor: LanguageServer, text: str) -> dict[str, str]:
    """Return what may be written at the end of a text, with its documentation."""
    lines = text.split("\n")
    return editor.completions(editor.open(text), len(lines), len(lines[-1]))


def problems(editor: LanguageServer, text: str) -> list[tuple[int, str]]:
    return editor.problems(editor.open(text))


# What may stand there


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        (f"{HEAD}    type: ", "Target", "A statement that an indicator is to reach a value."),
        (f"{HEAD}    type: Target\n    indicator: ", "retail-outlets", "The number of shops within a place"),
        (f"{TARGET}    status: ", "announced", "Decided and made known, not yet begun."),
        (f"{TARGET}    due_precision: ", "fiscal-year", "which has an end of its own"),
        (f"{TARGET}    due_precision:\n      - ", "inferred", "it follows from what is said"),
        (f"{TARGET}    place: ", "india", "India (country)"),
        (f"{TARGET}    unit: ", "INR", "Indian rupee"),
        (f"{HEAD}    type: Target\n    about: ", "xiaomi", "Xiaomi (company)"),
        (f"{HEAD}    type: Relation\n    predicate: ", "partnerOf", "an organization to another that it works with"),
        (f"{TARGET}proposed:\n  - id: gazette-2020.2\n    type: ", "Observation", "had a value"),
        (f"{TARGET}things:\n  - id: acme\n    type: ", "JointVenture", "own and run together"),
    ],
)  # fmt: skip
def test_values_are_offered_with_their_definitions(
    editor: LanguageServer, text: str, name: str, meaning: str
) -> None:
    assert meaning in at_the_end(editor, text)[name]


def test_all_indicators_and_nothing_else_are_offered_for_an_indicator(
    editor: LanguageServer, graph: kg.Graph
) -> None:
    offered = at_the_end(editor, f"{HEAD}    type: Target\n    indicator: ")
    known = graph.query("SELECT (STRAFTER(STR(?it), '/id/') AS ?name) { ?it a cp:Indicator }")
    assert set(offered) == {name for (name,) in known.rows}


def test_keys_are_offered_that_suit_the_type(editor: LanguageServer) -> None:
    of_target = at_the_end(editor, f"{TARGET}    ")
    of_relation = at_the_end(editor, f"{HEAD}    type: Relation\n    ")
    assert "The latest day on which a target still counts" in of_target["due"]
    assert "subject" not in of_target
    assert "How the subject stands to the object." in of_relation["predicate"]
    assert "due" not in of_relation


# What a key means


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        ("due: 2030-12-31", "The latest day on which a target still counts as met in time"),
        ("due: by 2030", "The latest day on which a target still counts as met in time"),
        ("status: announced", "Relates a statement to the status"),
        ("status: announced", "`announced`: Decided and made known, not yet begun."),
        ("place: india", "Relates a statement to the place within which it is meant to hold."),
        ("speaker: nobody-yet", "whose words or claim it is"),
        ("due_precision: [year, inferred]", "how exactly its due date is known"),
        ('evidence: "will open 20 shops"', "kg locate finds their place"),
    ],
)
def test_pointer_on_a_key_is_told_what_it_means(
    editor: LanguageServer, key: str, meaning: str
) -> None:
    text = f"{TARGET}    {key}\n"
    line = len(text.splitlines())
    assert meaning in editor.hover(editor.open(text), line, 6)


# What is wrong


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (f"{TARGET}    status: anounced\n", 14, 'Value is not accepted. Valid values: "considered", "announced"'),
        (f"{TARGET}    vaule: 20\n", 14, "Property vaule is not allowed."),
        (f"{TARGET}    speaker: Jo Doe\n", 14, "A name is one word, without spaces, quotes or brackets."),
        (f"{TARGET}    due: soon\n", 14, "A day has digits"),
        (f"{TARGET}    subject: acme\n", 14, "Property subject is not allowed."),
        (f"{TARGET}    among: {{id: x, label: y}}\n", 14, 'Missing property "type".'),
        (f"{TARGET}    evidence: {{start: 3, end: 9, sha256: {'a' * 64}}}\n", 14, 'Missing property "section".'),
        (TARGET.replace("    value: 20\n", ""), 9, 'Missing property "value".'),
        (TARGET.replace("    about: acme-shops\n", ""), 9, 'Missing property "about".'),
        (TARGET.replace("type: Target", "type: Targets"), 10, 'Valid values: "Target", "Observation"'),
        (TARGET.replace("title: ", "titel: "), 4, "Property titel is not allowed."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(
    editor: LanguageServer, text: str, line: int, problem: str
) -> None:
    told = problems(editor, text)
    assert [where for where, words in told if problem in words] == [line], told


def test_nothing_is_wrong_with_what_ships_and_with_drafts(editor: LanguageServer) -> None:
    paths = sorted((ROOT / "data" / "sources").glob("*.yaml"))
    texts = [f"{HEAD.splitlines()[0]}\n{path.read_text(encoding='utf-8')}" for path in paths[::10]]
    texts.append(f'{TARGET}    due: by 2030\n    evidence: ["will open 20 shops", "by 2030"]\n')
    assert [problems(editor, text) for text in texts] == [[]] * len(texts)


def test_settings_may_name_the_schema_instead(language_server: Callable[..., Any]) -> None:
    without = TARGET.partition("\n")[2]
    with language_server({"./source.schema.json": "*.yaml"}) as editor:
        assert problems(editor, f"{without}    vaule: 20\n") == [
            (13, "Property vaule is not allowed.")
        ]
        assert "Begun and not yet done." in at_the_end(editor, f"{without}    status: ")["underway"]
