"""The line between the server and one worker: a job goes out, and what became of it comes back.

Each message is one packet. What is small lies in it; what is larger lies in a file in memory that both sides have.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import TYPE_CHECKING, Final

from kg.serve.jobs import Job, Reply

if TYPE_CHECKING:
    from typing import Self

SMALL: Final = 1 << 15
"""Up to how many bytes what is sent lies in the packet."""

_PACKET: Final = 2 * SMALL  # with the words around it
_IN_FILE: Final = b"@"


class Channel:
    """The server's end, in an event loop: it asks one thing at a time."""

    def __init__(self, end: socket.socket) -> None:
        """Take the end of a pair, which is there for the loop that runs."""
        end.setblocking(False)
        self._end, self._loop = end, asyncio.get_running_loop()
        self._next: asyncio.Future[bytes] = self._loop.create_future()
        self._loop.add_reader(end, self._read)

    @classmethod
    def pair(cls) -> tuple[Self, socket.socket]:
        """Return a channel, and the end for the worker."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return cls(ours), theirs

    def send(self, job: Job, file: int) -> None:
        """Send a job, whose answer goes into an empty file.

        Raises:
            OSError: nobody is there any more.
        """
        data = job.to_bytes()
        if len(data) > SMALL:
            os.pwrite(file, data, 0)
            data = _IN_FILE
        self._next = self._loop.create_future()
        socket.send_fds(self._end, [data], [file])

    def next(self) -> asyncio.Future[bytes]:
        """Return what will be the message to the last job, the first without one; it is empty where the worker has ended."""
        return self._next

    def close(self) -> None:
        """Hang up."""
        self._loop.remove_reader(self._end)
        self._end.close()

    def _read(self) -> None:
        try:
            data = self._end.recv(_PACKET)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self._end)
        if not self._next.done():
            self._next.set_result(data)


def received(data: bytes, file: int) -> Reply:
    """Read what a worker has sent, and see to it that the answer lies in the file."""
    head, _, body = data.partition(b"\n")
    if body:
        os.pwrite(file, body, 0)
    return Reply.of(head)


class WorkerEnd:
    """The worker's end."""

    def __init__(self, end: socket.socket) -> None:
        """Take the end that the server has handed over."""
        self._end = end

    def next(self) -> tuple[Job, int] | None:
        """Wait for a job; return it with the file that its answer goes into, or None when it is over."""
        data, files, *_ = socket.recv_fds(self._end, _PACKET, 1)
        if not data:
            return None
        if data == _IN_FILE:
            data = os.pread(files[0], os.fstat(files[0]).st_size, 0)
            os.ftruncate(files[0], 0)
        return Job.of(data), files[0]

    def tell(self, reply: Reply, answer: bytes = b"", file: int | None = None) -> None:
        """Send what became of a job, with its answer, and let go of the file."""
        if file is not None:
            if len(answer) > SMALL:
                _write(file, answer)
                answer = b""
            os.close(file)
        self._end.send(reply.to_bytes() + answer)


def _write(file: int, data: bytes) -> None:
    rest, at = memoryview(data), 0
    while rest:
        written = os.pwrite(file, rest[: 1 << 20], at)
        rest, at = rest[written:], at + written
