"""Whose turn it is."""

import asyncio

import pytest

from kg.serve.turns import BusyError, GoneError, ShareError, Turns


def test_one_client_that_asks_for_much_waits_for_itself():
    order: list[str] = []

    async def ask(turns: Turns, client: str) -> None:
        async with turns.turn(client):
            order.append(client)
            await asyncio.sleep(0.01)

    async def main() -> None:
        turns = Turns(2, 20)
        greedy = [asyncio.ensure_future(ask(turns, "greedy")) for _ in range(10)]
        await asyncio.sleep(0)
        await asyncio.gather(*greedy, *(ask(turns, f"modest-{at}") for at in range(3)))
        assert turns.count == 0

    asyncio.run(main())
    assert order[:2] == ["greedy"] * 2
    # As soon as one of the two is done, those who have nothing at work come before the other eight.
    assert {"modest-0", "modest-1", "modest-2"} == set(order[2:6]) - {"greedy"}
    assert len(order) == 13


def test_there_is_an_end_to_waiting_for_one_and_for_all():
    async def main() -> None:
        turns = Turns(1, 7)  # eight in all, of which six are for one

        async def hold(client: str) -> None:
            async with turns.turn(client):
                await asyncio.sleep(60)

        held = [asyncio.ensure_future(hold("greedy")) for _ in range(6)]
        await asyncio.sleep(0)
        with pytest.raises(ShareError):
            await hold("greedy")
        held += [asyncio.ensure_future(hold("other")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError) as caught:
            await hold("third")
        assert not isinstance(caught.value, ShareError)
        for one in held:
            one.cancel()
        await asyncio.gather(*held, return_exceptions=True)
        assert turns.count == 0
        async with turns.turn("third"):  # there is room again
            assert turns.count == 1

    asyncio.run(main())


def test_who_leaves_while_waiting_is_never_served():
    async def main() -> None:
        turns = Turns(1, 7)
        left = asyncio.get_running_loop().create_future()
        async with turns.turn("first"):
            waiting = asyncio.ensure_future(turns.turn("second", left).__aenter__())
            await asyncio.sleep(0)
            assert turns.count == 2
            left.set_result(None)
            with pytest.raises(GoneError):
                await waiting
            assert turns.count == 1

    asyncio.run(main())


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr("kg.serve.turns.WAIT", 0.05)

    async def main() -> None:
        turns = Turns(1, 7)
        async with turns.turn("first"):
            with pytest.raises(BusyError, match="no turn came"):
                await turns.turn("second").__aenter__()
        assert turns.count == 0

    asyncio.run(main())
