"""Answers that are held in memory for slow readers have a bound."""

import asyncio
import os

import pytest

from kg.serve.app import _Whole
from kg.serve.held import SMALL, Held, open_memory
from kg.serve.payload import Payload
from kg.serve.turns import BusyError


def whole(size: int, method: str = "GET") -> _Whole:
    file = os.memfd_create("answer")
    os.truncate(file, size)
    return _Whole(Payload(file=file), "text/csv", method)


def is_closed(one: _Whole) -> bool:
    return one._payload.piece(0, 1) == b""


def test_what_is_refused_is_not_held_and_its_file_is_closed():
    held = Held(3 * SMALL)
    kept = whole(2 * SMALL).held_by(held)
    assert held.size == 2 * SMALL
    refused = whole(2 * SMALL)
    with pytest.raises(BusyError):
        refused.held_by(held)
    assert is_closed(refused)
    assert held.size == 2 * SMALL
    kept._payload.close()


def test_a_small_answer_and_one_that_is_not_sent_always_find_room():
    held = Held(SMALL)
    answers = [
        whole(SMALL).held_by(held),
        whole(SMALL).held_by(held),
        whole(9 * SMALL, "HEAD").held_by(held),
    ]
    assert held.size == 2 * SMALL
    for one in answers:
        one._payload.close()


@pytest.mark.parametrize("leaves", [False, True])
def test_what_is_sent_or_broken_off_is_held_no_longer(leaves):
    held, sent = Held(9 * SMALL), []

    async def send(message: dict) -> None:
        sent.append(len(message.get("body", b"")))
        if leaves and len(sent) == 2:
            raise ConnectionResetError

    async def main() -> None:
        answer = whole(3 * SMALL).held_by(held)
        try:
            await answer({}, None, send)
        except ConnectionResetError:
            assert leaves

    asyncio.run(main())
    assert held.size == 0
    assert sum(sent) == (SMALL if leaves else 3 * SMALL)


def test_who_has_no_descriptor_left_is_busy(monkeypatch: pytest.MonkeyPatch):
    def none(_name: str) -> int:
        raise OSError(24, "Too many open files")

    os.close(open_memory("answer"))
    monkeypatch.setattr(os, "memfd_create", none)
    with pytest.raises(BusyError, match="ask again in a moment"):
        open_memory("answer")
