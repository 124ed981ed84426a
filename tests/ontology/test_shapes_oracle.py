"""Our SHACL engine finds in broken data what pySHACL finds there.

The data is a generated world, broken in many places at once: facts are left out, moved to another
node or property, or given another value.
"""

from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings, strategies as st
from rdflib import SH

from kg.pipeline import validation
from kg.query.index import Index
from tests.benchmarks.generate import World, nquads
from tests.ontology.oracle import GivenUpError, shapes
from tests.ontology.test_shapes import ontology, ours, same_findings, to_text, what

# rdflib compares what it cannot compare.
pytestmark = pytest.mark.filterwarnings("ignore:NotImplemented should not:DeprecationWarning")

XSD = "http://www.w3.org/2001/XMLSchema#"
# pySHACL takes a second for each, so there are few, each broken in many places.
SLOW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

Fact = tuple[str, str, str]


@cache
def world() -> tuple[Fact, ...]:
    """Return a few documents of a generated world, which refer to some that are not there."""
    documents = [d for d in World(0).documents() if not d["id"].startswith("atlas-")][:9]
    facts = {tuple(line.rpartition(" <")[0].split(" ", 2)) for d in documents for line in nquads(d)}
    return tuple(sorted((s, p, o) for s, p, o in facts))


# Numbers that Python writes otherwise would be others to rdflib.
SUBJECTS = sorted({s for s, _, _ in world()})
PREDICATES = sorted({p for _, p, _ in world()})
OBJECTS = sorted({o for _, _, o in world() if not o.endswith("#decimal>") or "." not in o})
# Years of five digits and the year 0 are not among them: XML Schema 1.1 has them, and Python has not.
ODD = (
    "", "0", "-1", "+5", "5.0", "05", "1e3", "INF", "12,5", " 7", "true", "2017-02-29", "2017-2-3",
    "2017-03-28Z", "AB", "0G", "zh-Hans-", "http://x", "https:///a",
    "ftp://x", "x", "A" * 64, "9" * 30, "9" * 30 + "-01-01",
)  # fmt: skip
TYPES = ("date", "decimal", "nonNegativeInteger", "hexBinary", "anyURI", "language", "string")

PLACE = st.integers(0, len(world()) - 1)
BREAKS = st.lists(
    st.one_of(
        st.tuples(PLACE, st.just("gone"), st.just("")),
        st.tuples(PLACE, st.just("subject"), st.sampled_from(SUBJECTS)),
        st.tuples(PLACE, st.just("predicate"), st.sampled_from(PREDICATES)),
        st.tuples(PLACE, st.just("object"), st.sampled_from(OBJECTS)),
        st.tuples(PLACE, st.just("more"), st.sampled_from(OBJECTS)),
    ),
    min_size=20,
    max_size=40,
)
LITERALS = [number for number, (_, _, o) in enumerate(world()) if "^^" in o]
ILL_TYPED = st.lists(
    st.tuples(st.sampled_from(LITERALS), st.sampled_from(ODD), st.none() | st.sampled_from(TYPES)),
    min_size=6,
    max_size=12,
)


def broken(facts: list[Fact], number: int, how: str, term: str) -> None:
    subject, predicate, value = facts[number]
    facts[number] = {
        "gone": ("", "", ""),
        "subject": (term, predicate, value),
        "predicate": (subject, term, value),
        "object": (subject, predicate, term),
        "more": (subject, predicate, value),
    }[how]
    if how == "more":
        facts.append((subject, predicate, term))


def data(facts: list[Fact]) -> bytes:
    """Return facts as N-Triples, with the ontology."""
    text = "".join(f"{' '.join(fact)} .\n" for fact in sorted(set(facts)) if all(fact))
    return text.encode() + to_text(ontology())


def test_world_breaks_no_shape():
    documents = list(World(0).documents())
    lines = (line for document in documents for line in nquads(document))
    assert ours("".join(lines).encode() + to_text(ontology())) == set()


@SLOW
@given(breaks=BREAKS)
def test_same_is_found_in_broken_data(theirs, breaks):
    facts = list(world())
    for number, how, term in breaks:
        broken(facts, number, how, term)
    triples = data(facts)
    try:
        expected = theirs(triples)
    except GivenUpError:
        reject()
    # By the standard what cannot be compared is not in order; pySHACL passes over it.
    ordered = {
        str(shape)
        for link in (SH.lessThan, SH.lessThanOrEquals)
        for shape in shapes().subjects(link)
    }
    found = ours(triples)
    assert expected <= found
    assert {finding for finding in found - expected if finding.shape not in ordered} == set()


@SLOW
@given(changes=ILL_TYPED)
def test_nothing_that_is_found_in_ill_typed_data_is_lost(theirs, changes):
    facts = list(world())
    for number, text, datatype in changes:
        subject, predicate, value = facts[number]
        kind = f"<{XSD}{datatype}>" if datatype else value.rpartition("^^")[2]
        facts[number] = (subject, predicate, f'"{text}"^^{kind}')
    triples = data(facts)
    try:
        expected = theirs(triples)
    except GivenUpError:
        reject()
    assert {what(finding) for finding in expected} <= {what(finding) for finding in ours(triples)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1e3", "decimal"),
        ("INF", "decimal"),
        ("١", "nonNegativeInteger"),
        (" 7", "decimal"),
        ("9" * 30 + "-01-01", "date"),
    ],
)
def test_literal_that_python_reads_and_xml_schema_does_not_is_found(text, kind):
    shape = f"""@prefix sh: <{SH}> .
        <urn:S> a sh:PropertyShape ; sh:targetSubjectsOf <urn:p> ; sh:path <urn:p> ;
            sh:datatype <{XSD}{kind}> ; sh:message "ill-typed" ."""
    said = f'<urn:s> <urn:p> "{text}"^^<{XSD}{kind}> .\n'.encode()
    (finding,) = validation.validate(Index.of(said), said, shape.encode(), {}).findings
    assert (finding.node, finding.path, finding.message) == ("urn:s", "urn:p", "ill-typed")


def test_findings_of_literals_name_their_text(theirs):
    triples = b'<urn:s> <https://w3id.org/corporate-plans/ontology#about> "a \\"b\\""@en .\n'
    assert 'a "b"' in {finding.node for finding in same_findings(triples, theirs)}
