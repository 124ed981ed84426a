"""Names are found as people read them, whatever their form, and told apart only where that is all that differs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

import kg
from kg.base import UnknownNameError, fold, nearest, pattern
from kg.query import find_things

if TYPE_CHECKING:
    from pathlib import Path

COMPANIES = {
    "c-1": "Nestlé",
    "c-2": "Ørsted",
    "c-3": "L’Oréal",
    "c-4": "Große Straße",
    "c-5": "삼성",
    "c-6": "Škoda",
    "c-7": "Skoda",
    "c-8": "Acme\\u00A0Inc\\n",
    "c-9": "ООО Ёлка",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    path: Path = tmp_path_factory.mktemp("names") / "names.ttl"
    path.write_text(
        "@prefix cp: <https://w3id.org/corporate-plans/ontology#> .\n"
        "@prefix id: <https://w3id.org/corporate-plans/id/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        + "".join(f'id:{i} a cp:Company ; rdfs:label "{n}"@en .\n' for i, n in COMPANIES.items())
    )
    return kg.build([path], check=False)


@pytest.mark.parametrize(
    ("asked", "thing"),
    [
        *[("Nestle", "c-1"), ("NESTLÉ", "c-1"), (unicodedata.normalize("NFD", "Nestlé"), "c-1")],
        *[("orsted", "c-2"), ("L'Oreal", "c-3"), ("grosse strasse", "c-4"), ("ﬀ", None)],
        *[(unicodedata.normalize("NFD", "삼성"), "c-5"), ("Škoda", "c-6"), ("skoda", "c-7")],
        *[("acme inc", "c-8"), (" Acme  Inc", "c-8"), ("ооо елка", "c-9"), ("Ｎｅｓｔｌｅ", "c-1")],
    ],
)
def test_a_name_is_found_however_it_is_written(
    graph: kg.Graph, asked: str, thing: str | None
) -> None:
    if thing is None:
        with pytest.raises(UnknownNameError):
            graph.resolve(asked)
        return
    assert graph.resolve(asked).endswith(f"/{thing}")
    assert thing in [match.name for match in find_things(graph.index, asked)]
    assert thing in [
        match.name
        for match in find_things(graph.index, unicodedata.normalize("NFC", asked).strip()[:2])
    ]


def test_names_that_read_alike_and_are_asked_for_in_neither_form_are_told(graph: kg.Graph) -> None:
    with pytest.raises(UnknownNameError, match=r"c-6, c-7"):
        graph.resolve("ŠKODÁ")


def test_what_may_be_meant_is_told_whatever_its_accents(graph: kg.Graph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Nestlé'"):
        graph.resolve("nestel")
    assert nearest("Orstedd", ["Ørsted", "Acme"]) == ["Ørsted"]


LETTERS = st.characters(max_codepoint=0x24F, categories=["L", "Nd", "Zs", "Pd"]) | st.sampled_from(
    "ñéøßæΆйが삼米ﬁ’–\u200b\u00a0"
)


@given(name=st.text(LETTERS, min_size=1, max_size=12), form=st.sampled_from(["NFC", "NFD", "NFKC"]))
def test_the_pattern_of_a_name_finds_the_name_in_every_form(name: str, form: str) -> None:
    written = unicodedata.normalize(form, name)
    if fold(written) != fold(name) or not fold(name):
        return
    assert re.search(pattern(fold(name)), written, re.IGNORECASE), (fold(name), written)


@given(name=st.text(LETTERS, max_size=12))
def test_what_is_folded_stays_so(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_address_with_an_apostrophe_is_asked_about_and_exported_like_any_other(
    tmp_path: Path,
) -> None:
    """As DBpedia has them; in a query of somebody else it cannot be told from a comparison."""
    company = "http://dbpedia.org/resource/McDonald's_(service)"
    source = tmp_path / "a.ttl"
    source.write_text(f"""@prefix cp: <https://w3id.org/corporate-plans/ontology#> .
      @prefix id: <https://w3id.org/corporate-plans/id/> . @prefix schema: <https://schema.org/> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      <{company}> a cp:Company . <urn:it's> a cp:Initiative ; cp:company <{company}> .
      id:s a cp:Article ; schema:headline "H" ; schema:datePublished "2020-01-31"^^xsd:date .
      <urn:s'1> a cp:Target ; cp:source id:s ; cp:about <urn:it's> ; cp:value 20.0 ;
        cp:indicator id:retail-outlets ; cp:due "2030-12-31"^^xsd:date .""")
    graph = kg.build([source], check=False)
    (row,) = graph.ask("targets", company=company)
    assert row["promise"] == "urn:s'1"
    assert b"BEGIN:VEVENT" in graph.export("ics")
    assert b"20 retail outlets" in graph.export("atom")
