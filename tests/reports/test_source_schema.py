"""The JSON Schema of a source refuses what `kg check` refuses, and nothing else that is written as usual."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import pytest

import kg
from kg.reports import source_schema
from kg.sources import key_types
from tests.cli.test_terms import OWN
from tests.conftest import ARTICLE, ROOT
from tests.reports.edited import SOURCE, STATEMENTS, THINGS, WORLD, as_an_editor_reads, changes
from tests.sources.test_faults import FAULTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.base import Finding

SHIPPED: Final = sorted((ROOT / "data" / "sources").glob("*.yaml"))

ONLY_CHECKED: Final = {
    # Whether there is what is named, and of which class it is.
    "ReferenceShape", "StatementLinkShape", "QuantityIndicatorShape", "QuantityOwnUnitShape",
    "IndicatorUnitShape", "TargetPartOfShape", "StatementPlaceShape", "StatementSpeakerShape",
    "StatementOnBehalfOfShape", "StatementViaShape", "StatementPromisedByShape", "SourcePublisherShape",
    "SourceAuthorShape", "InitiativeCompanyShape", "InitiativeEstablishesShape",
    "ConditionJurisdictionShape", "PlaceLocatedInShape",
    # What several places of a graph say together.
    "PlaceInWorldShape", "PlaceNamedShape", "QuantityUnitAgreesShape", "one-identity", "text-twice",
}  # fmt: skip
"""What `kg check` alone can tell of these sources, as docs/editor.md has it."""


@pytest.fixture(scope="module")
def schema(graph: kg.Graph) -> dict[str, Any]:
    return source_schema(graph.index)


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> jsonschema.Draft7Validator:
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def told(validator: jsonschema.Draft7Validator, text: str) -> list[str]:
    return [error.message for error in validator.iter_errors(as_an_editor_reads(text))]


def test_every_shipped_source_is_accepted(validator: jsonschema.Draft7Validator) -> None:
    assert len(SHIPPED) == 131
    for path in SHIPPED:
        assert told(validator, path.read_text(encoding="utf-8")) == [], path.name


def test_every_key_of_the_context_may_stand_somewhere(schema: dict[str, Any]) -> None:
    kinds = schema["definitions"].values()
    keys = {
        name
        for kind in kinds
        for name, value in kind.get("properties", {}).items()
        if value is True or not value.get("doNotSuggest") or name == "by"
    }
    assert keys == set(key_types())


def test_every_key_and_every_value_says_what_it_means(schema: dict[str, Any]) -> None:
    count = 0
    for name, kind in schema["definitions"].items():
        for key, value in kind.get("properties", {}).items():
            if value is True or value == {"doNotSuggest": True}:
                continue
            assert value["description"], (name, key)
            for form in value.get("anyOf", ()):
                assert len(form.get("enum", ())) == len(form.get("enumDescriptions", ()))
                assert all(form.get("enumDescriptions", ()))
                count += "enum" in form
    assert count > 30


def test_patterns_suit_the_unicode_mode_of_editors(schema: dict[str, Any]) -> None:
    # An identity escape such as \# or \" is an error there, and the schema would be passed over.
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schema)))
    assert len(patterns) > 10
    for pattern in patterns:
        assert not re.search(r"(?<!\\)(?:\\\\\\\\)*\\\\[^\\sdDwWS.]", pattern), pattern


@pytest.mark.parametrize("name", ["docs/sources.md", "CONTRIBUTING.md", "docs/reference.md"])
def test_sources_of_the_documents_are_accepted(
    name: str, validator: jsonschema.Draft7Validator
) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    sources = re.findall(r"^( *)```yaml\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    assert sources
    for indent, block in sources:
        source = re.sub(f"^{indent}", "", block, flags=re.MULTILINE)
        assert told(validator, source) == []


@pytest.mark.parametrize(
    "evidence",
    [
        '"Acme will open"',
        '["Acme will open", "by 2030"]',
        "{words: Acme will open, nth: 2}",
        '[{section: "1", start: 0, end: 4, sha256: "%s"}, by 2030]' % ("0" * 64),
    ],
)
def test_evidence_may_be_words(validator: jsonschema.Draft7Validator, evidence: str) -> None:
    assert told(validator, f"{WORLD}    evidence: {evidence}\n".replace(
        "  - {id: wire-2019.1, type: Target, about: acme-shops, indicator: retail-outlets, value: 7, due: 2028-12-31}\n",
        "  - id: wire-2019.1\n    type: Relation\n    subject: acme\n    predicate: owns\n    object: bolt\n",
    )) == []  # fmt: skip


PROPOSAL: Final = (
    "{id: wire-2019.2, type: Target, about: a, indicator: jobs-created, value: 1, by: grammar%s}"
)


@pytest.mark.parametrize(
    ("more", "accepted"),
    [
        ("", True),
        (", evidence: {section: 1, start: 0, end: 4, sha256: %s, words: Acme}" % ("a" * 64), True),
        (", statuss: announced", False),
        (", status: anounced", False),
    ],
)
def test_what_is_proposed_is_read_as_strictly_as_what_is_said(
    validator: jsonschema.Draft7Validator, more: str, *, accepted: bool
) -> None:
    bolt = "{id: bolt-shops, type: Initiative, label: Bolt's, company: bolt, kind: exports}"
    text = f"{WORLD}proposed:\n  - {bolt}\n  - {PROPOSAL % more}\n"
    assert (told(validator, text) == []) is accepted


@pytest.mark.parametrize("value", ["672 million", "1.5 lakh crore", "500", '"500"', "10.3"])
@pytest.mark.parametrize("day", ["2024-05", "by 2030", "FY2026", "2030", "2030-12-31", "Q3 2027"])
def test_numbers_and_days_may_be_as_people_write_them(
    validator: jsonschema.Draft7Validator, value: str, day: str
) -> None:
    text = WORLD.replace("value: 7", f"value: {value}").replace("2028-12-31", day)
    assert text != WORLD
    assert told(validator, text) == []


def all_errors(
    errors: Iterable[jsonschema.ValidationError],
) -> Iterator[jsonschema.ValidationError]:
    """Yield errors with those of the alternatives of which none suits."""
    for error in errors:
        yield error
        yield from all_errors(error.context or ())


def test_faults_of_keys_and_vocabularies_are_told_where_they_are(
    validator: jsonschema.Draft7Validator,
) -> None:
    errors = list(all_errors(validator.iter_errors(as_an_editor_reads(FAULTY))))
    places = {place for error in errors for place in list(error.absolute_path)[-1:]}
    assert places - {0, 1, "statements"} == {"status", "predicate", "object", "mode"}
    assert any("'titel' was unexpected" in error.message for error in errors)


@pytest.mark.parametrize("text", [ARTICLE, OWN])
def test_good_sources_of_other_tests_are_accepted(
    validator: jsonschema.Draft7Validator, text: str
) -> None:
    assert told(validator, text) == []


def test_drafts_are_accepted(graph: kg.Graph, validator: jsonschema.Draft7Validator) -> None:
    text = "More shops\n\nXiaomi will open 20 stores in India by 2030, said Lei Jun.\n"
    draft = graph.draft(text, publisher="The New Gazette", published=date(2020, 1, 31))
    assert b"proposed:" in draft.data
    assert b"words:" in draft.data
    assert told(validator, draft.data.decode()) == []


# The same as kg check, key by key


def small_sources(schema: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return small sources by the names of their files, each with the change by which it came about."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}

    def add(part: str, kind: str, what: str, node: dict[str, Any]) -> None:
        name = f"wire-{len(found) + 10_000}"
        document: dict[str, Any] = {"id": name, "type": "Article", **SOURCE}
        if part == "source":
            document = {"id": name, "type": kind, **node}
        elif part == "statements":
            document[part] = [{"id": f"{name}.1", "type": kind, **node}]
        else:
            id_ = f"currency:T{len(found)}" if kind == "Currency" else f"{name}-thing"
            document[part] = [{"id": id_, "type": kind, **node}]
        found[f"{name}.yaml"] = f"{kind} {what}", document

    parts = {"statements": STATEMENTS, "things": THINGS, "source": {"Article": dict(SOURCE)}}
    for part, kinds in parts.items():
        for kind, node in kinds.items():
            properties = schema["definitions"][kind]["properties"]
            keys = {key for key, value in properties.items() if value != {"doNotSuggest": True}}
            for what, changed in changes(node, keys, len(found)):
                # No shape tells of the other keys of a currency, and whoever writes them is on his own.
                if kind != "Currency" or changed.keys() <= keys:
                    add(part, kind, what, changed)
    return found


def test_schema_and_check_agree_on_every_key_of_every_kind(
    schema: dict[str, Any], validator: jsonschema.Draft7Validator, tmp_path: Path
) -> None:
    sources = small_sources(schema)
    assert len(sources) > 1_500, len(sources)
    for name, (_, document) in sources.items():
        # What is JSON is YAML, and quickly written.
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "wire-2019.yaml").write_text(WORLD, encoding="utf-8")
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in kg.check([tmp_path]).violations:
        (name,) = re.findall(r"wire-\d+\.yaml", finding.location or "")
        found[name].append(finding)
    refused = {name for name, (_, one) in sources.items() if not validator.is_valid(one)}
    assert 500 < len(refused) < len(sources) - 500
    assert [sources[name] for name in sorted(refused - found.keys())] == []
    lax = {
        (sources[name][0], finding.shape.rpartition("#")[2])
        for name in found.keys() - refused
        for finding in found[name]
    }
    assert sorted(one for one in lax if one[1] not in ONLY_CHECKED) == []
    assert {shape for _, shape in lax} == ONLY_CHECKED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due: 2028-12-31", "due: [2028-12-31, 2028-12-31]"),
        ("label: Bolt", "label: true"),
        ("label: Bolt", "label: null"),
        ("label: Bolt", "label: Bolt, things: [{id: nut, type: Company, label: Nut}]"),
    ],
)
def test_schema_is_stricter_than_check_only_where_the_documents_say_so(
    validator: jsonschema.Draft7Validator, tmp_path: Path, old: str, new: str
) -> None:
    text = WORLD.replace(old, new)
    assert text != WORLD
    (tmp_path / "wire-2019.yaml").write_text(text, encoding="utf-8")
    assert kg.check([tmp_path]).violations == ()
    assert told(validator, text)
