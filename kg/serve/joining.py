"""What is written to a connection, in fewer pieces: the head of an answer goes out with its body."""

from __future__ import annotations

import asyncio
from typing import Any, Final

MOST: Final = 1 << 14
"""How many bytes wait for what follows them."""


class JoiningTransport(asyncio.Transport):
    """A transport that keeps what is small until more is written, or until the loop comes round.

    The server library writes a head and its body one after the other, and each would be a packet: a system call here,
    and a wake-up for whoever reads.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Stand before a transport."""
        super().__init__()
        self._transport, self._loop = transport, loop
        self._kept = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write with what was kept, or keep it for what comes."""
        if self._kept:
            kept, self._kept = self._kept, b""
            self._transport.write(b"".join((kept, data)))
        elif 0 < len(data) <= MOST and not self._transport.get_write_buffer_size():
            self._kept = bytes(data)
            self._loop.call_soon(self._flush)
        else:
            self._transport.write(data)

    def _flush(self) -> None:
        if self._kept:
            kept, self._kept = self._kept, b""
            self._transport.write(kept)

    def close(self) -> None:
        """Write what was kept, and close."""
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._kept = b""
        self._transport.abort()

    def is_closing(self) -> bool:
        """Tell whether it closes."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Tell of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Read no more."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._transport.resume_reading()
