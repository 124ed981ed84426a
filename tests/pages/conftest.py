"""The shipped graph as pages, as of the day on which its outcomes were reviewed."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from tests.pages.site import Read, client_of

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="session")
def dated(graph):
    """The shipped graph, asked on a day that stays the same."""
    asked = copy.copy(graph)
    asked._today = TODAY
    return asked


@pytest.fixture(scope="session")
def site(dated):
    return client_of(dated, licence="https://creativecommons.org/licenses/by/4.0/")


@pytest.fixture(scope="session")
def read(site):
    """Read the page at an address, which is there."""

    def get(address: str) -> Read:
        answer = site.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
        return Read(answer.text)

    return get
