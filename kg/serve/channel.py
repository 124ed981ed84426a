"""The line between the server and one worker: a job goes out, and what became of it comes back.

Each message is one packet. What is small lies in it; with what is larger comes a file in memory that holds it.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import TYPE_CHECKING, Final

from kg.serve.held import open_memory
from kg.serve.jobs import Job, Reply
from kg.serve.payload import Payload
from kg.serve.turns import BusyError

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
        self._files: list[int] = []
        self._lost = False
        self._loop.add_reader(end, self._read)

    @classmethod
    def pair(cls) -> tuple[Self, socket.socket]:
        """Return a channel, and the end for the worker."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return cls(ours), theirs

    def send(self, job: Job) -> None:
        """Send a job.

        Raises:
            OSError: nobody is there any more.
            BusyError: the process has no descriptor left.
        """
        data = job.to_bytes()
        self._next = self._loop.create_future()
        if len(data) <= SMALL:
            self._end.send(data)
        else:
            _send_in_file(self._end, _IN_FILE, data)

    def next(self) -> asyncio.Future[bytes]:
        """Return what will be the message to the last job, the first without one; it is empty where the worker has ended."""
        return self._next

    def received(self, data: bytes) -> tuple[Reply, Payload]:
        """Read a message, the last that has come, and return the reply with the answer, which the caller closes.

        Raises:
            BusyError: the process had no descriptor left for the answer.
        """
        if self._lost:
            raise BusyError("the server has too much open at a time; ask again in a moment")
        head, _, body = data.partition(b"\n")
        return Reply.of(head), Payload(body, self._files.pop() if self._files else None)

    def close(self) -> None:
        """Hang up."""
        self._loop.remove_reader(self._end)
        self._end.close()
        self._let_go()

    def _read(self) -> None:
        try:
            data, files, flags, _ = socket.recv_fds(self._end, _PACKET, 1, socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            return
        except OSError:
            data, files, flags = b"", [], 0
        if not data:
            self._loop.remove_reader(self._end)
        self._let_go()  # of what nobody has waited for
        self._files, self._lost = files, bool(flags & socket.MSG_CTRUNC)
        if not self._next.done():
            self._next.set_result(data)

    def _let_go(self) -> None:
        while self._files:
            os.close(self._files.pop())


class WorkerEnd:
    """The worker's end."""

    def __init__(self, end: socket.socket) -> None:
        """Take the end that the server has handed over."""
        self._end = end

    def next(self) -> Job | None:
        """Wait for a job; None tells that it is over."""
        data, files, *_ = socket.recv_fds(self._end, _PACKET, 1)
        if data == _IN_FILE:
            data = Payload(file=files[0]).whole()
        return Job.of(data) if data else None

    def tell(self, reply: Reply, answer: bytes = b"") -> None:
        """Send what became of a job, with its answer."""
        if len(answer) <= SMALL:
            self._end.send(reply.to_bytes() + answer)
        else:
            _send_in_file(self._end, reply.to_bytes(), answer)


def _send_in_file(end: socket.socket, words: bytes, data: bytes) -> None:
    """Send words, with data in a file in memory."""
    file = open_memory("kg")
    try:
        rest, at = memoryview(data), 0
        while rest:
            written = os.pwrite(file, rest[: 1 << 20], at)
            rest, at = rest[written:], at + written
        socket.send_fds(end, [words], [file])
    finally:
        os.close(file)
