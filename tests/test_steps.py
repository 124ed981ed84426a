"""Texts are gone through once, however long they are: counted are steps, not seconds."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest
import rdflib

import kg
import viz
from kg.base import ontology_folder
from kg.export.rdf import write_rdf
from kg.pipeline import shape_engine
from tests.steps import steps

if TYPE_CHECKING:
    from pathlib import Path

RUNS = (
    "1", "0", "a", "A", " ", "\\", '"', "'", "#", "<", "[", "(", "{", "&", "-", ".", "/", "_", "\n",
    ":", ";", ",", "é", "%", "1-", "a ", "a.", "a:", '\\"', '"""', "?x ", '\\"111111111111111111',
)  # fmt: skip
BEFORE = ("", '"', ' "', "<", "- ", "a:", "VALUES (", "{ ")

# Tried at one place alone: where a value begins or ends, or on the whole of a name.
ANCHORED = {
    "kg.promises.written._JUDGED",
    "kg.sources.plain_yaml._CUT",
    "kg.store.places._SCHEME",
}
ANCHORED |= {"kg.query.joins._SEQUENCE"}
# The second one is looked for in what the first one matched, where each begins at the end of the one before.
ANCHORED |= {"kg.base.prologue._ALL", "kg.base.prologue._ONE"}


def patterns_of_modules() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Return the patterns that stand in our modules, by the first name that each has."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for package in (kg, viz):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                for name, value in vars(importlib.import_module(module.name)).items():
                    if isinstance(value, re.Pattern) and value not in found.values():
                        found[f"{module.name}.{name}"] = value
    return found


def patterns_of_shapes() -> set[str]:
    graph = rdflib.Graph()
    for path in sorted((ontology_folder() / "shapes").glob("*.ttl")):
        graph.parse(data=path.read_bytes(), format="turtle")
    return {str(pattern) for pattern in graph.objects(None, rdflib.SH.pattern)}


def slow_on(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[str]:
    """Return the beginnings of texts on which a pattern takes far more than twice the steps for twice the length."""
    return [
        before + run
        for before in BEFORE
        for run in RUNS
        if steps(pattern, before + run * 32) > 2.6 * steps(pattern, before + run * 16)
    ]


def test_count_of_steps_sees_what_grows_with_the_square() -> None:
    assert '"1' in slow_on(re.compile('"(?=[0-9]{3,}[^"]*"x)'))
    assert slow_on(re.compile('"(?=[0-9]{3}[^"]*+"x)')) == []
    assert steps(re.compile("a*b"), "a" * 64) > 3.5 * steps(re.compile("a*b"), "a" * 32)
    assert steps(re.compile("a*+b"), "b" * 64) == 3 * 65


def test_no_pattern_of_a_module_goes_through_a_text_again_and_again() -> None:
    patterns = patterns_of_modules()
    assert len(patterns) > 30
    assert patterns.keys() > ANCHORED
    slow = {name: slow_on(pattern) for name, pattern in patterns.items() if name not in ANCHORED}
    assert {name: texts for name, texts in slow.items() if texts} == {}


def test_no_pattern_of_a_shape_goes_through_a_text_again_and_again() -> None:
    patterns = patterns_of_shapes()
    assert len(patterns) > 10
    assert {pattern for pattern in patterns if slow_on(re.compile(pattern))} == set()


@pytest.mark.parametrize(
    "text", ["1" * 64, '\\"' + '111111111111111111\\"' * 4, "-" + "1" * 63, "#" * 64]
)
@pytest.mark.parametrize("kind", ["string", "date", "gYear"])
def test_years_that_the_engine_cannot_hold_are_looked_for_once(text: str, kind: str) -> None:
    few, many = (f'<a:s> <a:p> "{text * n}"^^<http://a.example/#{kind}> .\n' for n in (1, 2))
    pattern = shape_engine._AGES
    assert steps(pattern, many) < 2.2 * steps(pattern, few)


@pytest.mark.parametrize(
    ("literal", "held"),
    [
        ('"123456789012345678-01-01"^^<http://www.w3.org/2001/XMLSchema#date>', False),
        ('"-123456789012345678"^^<http://www.w3.org/2001/XMLSchema#gYear>', False),
        ('"12345678901234567-01-01"^^<http://www.w3.org/2001/XMLSchema#date>', True),
        ('"123456789012345678-01-01"', True),
        ('"a \\"123456789012345678\\" b"@en', True),
    ],
)
def test_only_a_day_with_a_year_beyond_all_measure_is_kept_from_the_engine(
    literal: str, held: bool, tmp_path: Path
) -> None:
    line = f"<a:s> <a:p> {literal} .\n".encode()
    assert (shape_engine._bounded(line) == line) == held
    file = tmp_path / "all.nq"
    file.write_bytes(b"<a:t> <a:p> <a:o> .\n" + line)
    with shape_engine._bounded_file(file) as bounded:
        assert (bounded == file) == held
        assert bounded.read_bytes() == b"<a:t> <a:p> <a:o> .\n" + shape_engine._bounded(line)
    assert list(tmp_path.iterdir()) == [file]


def test_names_that_need_an_escape_are_whole_iris_in_turtle_beside_long_texts() -> None:
    base = "https://w3id.org/corporate-plans/id"
    said = (
        f'<{base}/a/b> <{base}/p> "{"a" * 100_000}" <{base}> .\n'
        f'<{base}/a/b> <{base}/q> "id:a\\\\/b \\" id:c" <{base}> .\n'
    )
    turtle = write_rdf(said.encode(), b"", "ttl").decode()
    assert f"<{base}/a/b>" in turtle
    assert '"id:a\\\\/b \\" id:c"' in turtle
    assert set(rdflib.Graph().parse(data=turtle)) == set(
        rdflib.Graph().parse(data=said.replace(f" <{base}> .", " ."), format="nt")
    )
