"""Another engine to hold the shapes against, and quiet while rdflib reads what is ill-typed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from kg.base import Finding
from tests.ontology import oracle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.remembered import Remembered


@pytest.fixture(autouse=True, scope="package")
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging the stack for every ill-typed literal, of which there are many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.getLogger("rdflib.term"), "disabled", True)
        yield


@pytest.fixture(scope="session")
def theirs(remembered: Remembered) -> Callable[[bytes], set[Finding]]:
    """What pySHACL finds in N-Triples, which takes it a second."""
    asked = oracle.versions()

    def findings(triples: bytes) -> set[Finding]:
        found = remembered.get(lambda: oracle.ask(triples), *asked, triples)
        if found is None:
            raise oracle.GivenUpError
        return {Finding(**finding) for finding in found}

    return findings
