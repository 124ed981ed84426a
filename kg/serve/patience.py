"""How long the other side of a connection may take: to ask, to send what it asks with, and to take the answer.

uvicorn waits without end for the head of a request and for whoever does not read. Who sends a byte a minute
would hold a connection for as long as it likes, and an answer in memory with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

_Stage = Literal["head", "body", "rest"]

HEAD: Final = 10.0
"""Seconds in which the head of a request has to be there."""

BODY: Final = 20.0
"""Seconds in which the rest of it has to be there."""

TAKE: Final = 30.0
"""Seconds in which a piece of an answer has to be taken."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to waiting."""

    def __init__(self, *given: Any, **more: Any) -> None:
        """Take what uvicorn gives."""
        super().__init__(*given, **more)
        self._stage: _Stage = "rest"
        self._due: asyncio.TimerHandle | None = None
        self._taken: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait("head")

    def data_received(self, data: bytes) -> None:
        """Go on waiting, for what is still to come."""
        super().data_received(data)
        self._wait(self._awaited())

    def on_response_complete(self) -> None:
        """Wait for what else was begun; for a request that has not, uvicorn has a time of its own."""
        super().on_response_complete()
        self._wait(self._awaited())

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._wait("rest")
        self._stop_taking()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Wait until what was written is taken."""
        super().pause_writing()
        self._stop_taking()
        self._taken = self.loop.call_later(TAKE, self.transport.abort)

    def resume_writing(self) -> None:
        """Wait no longer: it was."""
        self._stop_taking()
        super().resume_writing()

    def _awaited(self) -> _Stage:
        if self.conn.their_state is h11.SEND_BODY:
            return "body"
        begun = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        return "head" if begun else "rest"

    def _wait(self, stage: _Stage) -> None:
        """Wait for a stage, of which the time runs from when it began."""
        if stage == self._stage:
            return
        self._stage = stage
        if self._due:
            self._due.cancel()
        end = {"head": self._end_head, "body": self.transport.abort, "rest": None}[stage]
        self._due = self.loop.call_later(BODY if stage == "body" else HEAD, end) if end else None

    def _end_head(self) -> None:
        """Say that it took too long, if anything came at all."""
        if self.conn.trailing_data[0] and self.conn.our_state is h11.IDLE:
            told = b"the request took too long to come\n"
            self.transport.write(
                b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                + f"Content-Length: {len(told)}\r\n\r\n".encode() + told
            )  # fmt: skip
        self.transport.close()

    def _stop_taking(self) -> None:
        if self._taken:
            self._taken.cancel()
            self._taken = None
