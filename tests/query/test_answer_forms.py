"""The forms of an answer that is a graph: only those that can hold whatever it says."""

from __future__ import annotations

import pytest

from kg.base import GRAPH_FORMATS, RDF_FORMATS, UsageError
from kg.query import Answer, Index


@pytest.mark.parametrize("form", sorted(RDF_FORMATS))
def test_graph_is_written_in_three_forms_and_refused_in_others(form: str) -> None:
    index = Index.of(b'<urn:s> <urn:x:1> "\\u0001" <urn:g> .\n')
    answer = Answer(lambda: index.query("CONSTRUCT WHERE { ?s ?p ?o }"))
    if form in GRAPH_FORMATS:
        assert b"urn:x:1" in answer.write(form)
    else:
        with pytest.raises(UsageError, match="take ttl, nt or jsonld"):
            answer.write(form)
