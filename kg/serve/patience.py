"""How long the other side of a connection may take: to ask, to send what it asks with, and to take the answer.

uvicorn waits without end for the head of a request and for whoever does not read. Who sends a byte a minute
would hold a connection for as long as it likes, and an answer in memory with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.joining import JoiningTransport

if TYPE_CHECKING:
    import asyncio

_Stage = Literal["head", "body", "rest"]

HEAD: Final = 10.0
"""Seconds in which the head of a request has to be there."""

HEAD_SIZE: Final = 1 << 16
"""How many bytes it may have; a longer query is sent by POST."""

BODY: Final = 20.0
"""Seconds in which the rest of it has to be there."""

TAKE: Final = 30.0
"""Seconds in which a piece of an answer has to be taken."""


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to waiting."""

    def __init__(self, *given: Any, **more: Any) -> None:
        """Take what uvicorn gives."""
        super().__init__(*given, **more)
        self._begun: _Stage = "rest"  # of the request that came last
        self._head = 0
        self._stage: _Stage = "rest"
        self._due: asyncio.TimerHandle | None = None
        self._taken: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn
        """Begin to wait for a request."""
        super().connection_made(JoiningTransport(transport, self.loop))
        self._wait("head")

    def data_received(self, data: bytes) -> None:
        """Go on waiting, for what is still to come."""
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._begun == "head":
            self._head += len(data)
            if self._head > HEAD_SIZE:
                self._refuse(
                    b"431 Request Header Fields Too Large",
                    b"the request is too long; send its query by POST",
                )
        self._wait(self._awaited())

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._begun, self._head = "head", 0

    def on_headers_complete(self) -> None:
        """Take the head of a request, if it names one host (RFC 9112, section 3.2).

        Raises:
            ValueError: it does not, which the server library answers with 400.
        """
        version = self.parser.get_http_version()
        hosts = sum(name == b"host" for name, _ in self.headers)
        if version not in {"1.0", "1.1"} or hosts > 1 or hosts < (version == "1.1"):
            raise ValueError("no request of HTTP/1.1")
        if self.url[:1] not in {b"/", b"*"}:  # of another host, as proxies are asked
            raise ValueError("no address here")
        super().on_headers_complete()
        self._begun = "body"

    def on_message_complete(self) -> None:
        """Take the end of a request."""
        super().on_message_complete()
        self._begun = "rest"

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

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _awaited(self) -> _Stage:
        # The head of the next request has time until the answer before it is there.
        return "rest" if self._begun == "head" and self._is_answering else self._begun

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
        if self._begun == "head":
            self._refuse(b"408 Request Timeout", b"the request took too long to come")
        else:
            self.transport.close()

    def _refuse(self, status: bytes, words: bytes) -> None:
        told = words + b"\n"
        self.transport.write(
            b"HTTP/1.1 %s\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
            % (status, len(told), told)
        )
        self.transport.close()

    def _stop_taking(self) -> None:
        if self._taken:
            self._taken.cancel()
            self._taken = None
