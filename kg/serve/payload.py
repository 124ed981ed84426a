"""The bytes of an answer on their way from a worker to whoever asked: at hand, or in a file in memory."""

from __future__ import annotations

import os


class Payload:
    r"""The bytes of one answer, which are given piece by piece until it is closed.

    >>> one = Payload(b"acme\n")
    >>> one.size, one.piece(2, 9)
    (5, b'me\n')
    """

    def __init__(self, data: bytes = b"", file: int | None = None) -> None:
        """Take the bytes, or the descriptor of a file that has them, which is closed with this."""
        self._data, self._file = data, file
        self.size = len(data) if file is None else os.fstat(file).st_size

    def piece(self, start: int, size: int) -> bytes:
        """Return at most so many bytes from a place on."""
        if self._file is None:
            return self._data[start : start + size]
        return os.pread(self._file, size, start)

    def whole(self) -> bytes:
        """Return all bytes, and close it."""
        data = self.piece(0, self.size)
        self.close()
        return data

    def close(self) -> None:
        """Let go of the bytes; whoever has closed it may do so again."""
        if self._file is not None:
            os.close(self._file)
        self._data, self._file = b"", None
