"""What graphs are sent to an endpoint with, by others than who makes them."""

from __future__ import annotations

import pickle

import pytest

from kg.base import UsageError
from kg.store import SentThere
from kg.store.sent_there import Sender


@pytest.mark.parametrize("url", ["http://", "http://a b/", "https://ann:secret@db.example.org/"])
def test_address_that_is_none_is_told_by_the_option_that_names_it(url: str) -> None:
    with pytest.raises(UsageError, match=r"^--parts ") as told:
        SentThere(url)
    assert "secret" not in str(told.value)


def test_sender_travels_and_does_not_show_its_password() -> None:
    sender = Sender("https://db.example.org/", {"KG_PASSWORD": "secret"}, "a writer")
    assert "secret" not in repr(sender)
    assert pickle.loads(pickle.dumps(sender)) == sender  # noqa: S301 - our own
