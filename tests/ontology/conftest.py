"""Ontology and shapes, read with rdflib."""

import logging

import pytest


@pytest.fixture(autouse=True, scope="package")
def _quiet():
    """Keep rdflib from logging the stack for every ill-typed literal, of which there are many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.getLogger("rdflib.term"), "disabled", True)
        yield
