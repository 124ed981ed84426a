"""The program `kg`: a command in a process of its own, and beside it one that ends it when it has to be.

The engine cannot be interrupted and dies where memory ends; a process can be killed, and what it died
of be told in one sentence. So the command runs in a fork, which tells on a pipe what it was given
(`kg.cli.limits`), and this process waits. It hands on what a terminal or a supervisor asks of it, and
should it be killed itself, the kernel ends the command.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import select
import signal
import time
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    import sys
    from collections.abc import Sequence
    from types import FrameType

STOPS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals by which people, supervisors and terminals ask a command to end."""

_GRACE: Final = 2.0
"""How many seconds a command has for putting away what it was writing before it is killed, unless it says otherwise."""

_MOMENT: Final = 0.001
"""After how many seconds a command is ended that has passed over being told to."""


class _Watched:
    """A command that runs: its process, what it has told, what it was asked to do and until when."""

    def __init__(self, pid: int, told: int) -> None:
        self.pid, self.told = pid, told
        self.memory, self.seconds, self.deadline = 0, 0.0, float("inf")
        self.grace = _GRACE
        self.stores: list[str] = []
        self.folders: list[str] = []
        self.written: list[str] = []
        self.stopped_by = 0
        self.ended = False
        self.status: int | None = None
        self._rest = b""
        self._places = {"store": self.stores, "folder": self.folders, "written": self.written}

    def listen(self) -> None:
        """Take in what the command tells."""
        *lines, self._rest = (self._rest + os.read(self.told, 1 << 16)).split(b"\n")
        for line in lines:
            word, _, value = os.fsdecode(line).partition(" ")
            # What is told after the time was up gives no more of it, however late this process hears of both.
            self.pass_time()
            if word == "seconds" and not self.stopped_by:
                self.seconds = float(value)
                self.deadline = time.monotonic() + self.seconds
            elif word == "memory":
                self.memory = int(value)
            elif word == "grace":
                self.grace = float(value)
            elif word == "ended":
                self.ended = True
            elif word in self._places:
                self._places[word].append(value)

    def stop(self, number: int) -> None:
        """Ask the command to end as a signal does; whoever asks twice does not want to wait."""
        if self.stopped_by:
            self.deadline = 0
            return
        self.stopped_by, self.deadline = number, time.monotonic() + self.grace
        if self.status is None:
            os.kill(self.pid, number)

    def pass_time(self) -> None:
        """End the command if its time is up: first so that it can put away what it was writing."""
        if time.monotonic() < self.deadline:
            return
        if self.stopped_by:
            self.deadline = float("inf")
            os.kill(self.pid, signal.SIGKILL)
        else:
            self.stop(signal.SIGALRM)

    def reap(self) -> None:
        """Find out whether the command has ended."""
        if self.status is not None:
            return
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        if ended:
            self.status = os.waitstatus_to_exitcode(status)
            if select.select([self.told], (), (), 0)[0]:  # what it has told last
                self.listen()

    @property
    def asked(self) -> int:
        """The signal by which somebody has asked the command to end: through this process, or itself."""
        alone = (number for number in STOPS if self.status in {-number, 128 + number})
        return self.stopped_by or next(alone, 0)


def main() -> NoReturn:
    """Run the command, and end as it ended."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed: nothing of ours may take its number
            os.open(os.devnull, os.O_RDWR)
    told, channel = os.pipe()
    lifeline, held = os.pipe()
    noise = _scratch()
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    # What is ignored stays ignored, as nohup and the background jobs of shells have it.
    heeded = [number for number in STOPS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in (*heeded, signal.SIGCHLD):
        signal.signal(number, _noted)
    signal.set_wakeup_fd(waker)
    gc.freeze()  # what the collector leaves alone need not be copied
    # Starting makes objects that stay: looking through them is for nothing.
    gc.set_threshold(10_000)
    # They wait until the command has what answers them: none is to be lost meanwhile.
    signal.pthread_sigmask(signal.SIG_BLOCK, heeded)
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number in (*heeded, signal.SIGALRM):
            signal.signal(number, unwind)
        for descriptor in (told, held, woken, waker):
            os.close(descriptor)
        _become_command(channel, lifeline, noise, heeded)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, heeded)
    os.close(channel)
    os.close(lifeline)
    watched = _Watched(pid, told)
    _watch(watched, woken)
    _end(watched, noise)


def _noted(number: int, frame: FrameType | None) -> None:
    """Do nothing: the number of a signal comes out of the pipe that it wakes us by."""


def _scratch() -> int:
    """Return a descriptor for what engines write of themselves, which ends with this process."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("kg")
    import tempfile  # not on Linux

    return os.dup(tempfile.TemporaryFile().fileno())


def _become_command(
    channel: int, lifeline: int, noise: int, heeded: Sequence[signal.Signals]
) -> NoReturn:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, heeded)
    # When the pipe's other end is gone, so is the warden, and the kernel sends a signal that ends this.
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)
    # Only now: a small process is copied sooner than a large one, and the warden needs none of it.
    import sys

    from kg.cli import limits
    from kg.cli.commands import main as command

    limits.connect(channel)
    sys.unraisablehook = unwind_again
    if sys.stderr is not None:
        # What is written to the descriptor itself comes from engines, and is told if they die of it.
        sys.stderr = os.fdopen(
            os.dup(2), "w", 1, encoding=sys.stderr.encoding, errors="backslashreplace"
        )
    os.dup2(noise, 2)
    try:
        command()
    except MemoryError:  # where there was none to say so
        os.write(2, b"out of memory")
        os._exit(4)
    except SystemExit as ended:
        limits.announce_end()
        _leave(ended.code)
        raise
    finally:
        # Engines may end the process, too, and then nobody has said why.
        limits.announce_end()
    raise AssertionError  # it exits


def _leave(code: object) -> None:
    """End at once, unless threads are waited for: the interpreter would take itself apart for longer than many answers take."""
    import atexit  # it is there already, and the warden needs none of it
    import sys

    threading = sys.modules.get("threading")
    if type(code) is not int or (threading and threading.active_count() > 1):
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - as the interpreter does first of all
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr:
            sys.stderr.flush()
    os._exit(code)


def unwind(number: int, frame: FrameType | None) -> NoReturn:
    """End the command from where it is, once: what is put away on the way is put away whole.

    Raises:
        SystemExit: always, with the code by which a shell tells that it was this signal.
    """
    del frame
    for other in (*STOPS, signal.SIGALRM):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def unwind_again(lost: sys.UnraisableHookArgs) -> None:
    """End the command a moment later where it was told to in a callback or a destructor, which Python passes over."""
    import sys  # see above

    if isinstance(lost.exc_value, SystemExit) and isinstance(lost.exc_value.code, int):
        number = lost.exc_value.code - 128
        signal.signal(signal.SIGALRM, lambda _, frame: unwind(number, frame))
        signal.setitimer(signal.ITIMER_REAL, _MOMENT)
    else:
        sys.__unraisablehook__(lost)


def _watch(watched: _Watched, woken: int) -> None:
    """Wait until the command has ended."""
    heard = [watched.told, woken]
    while watched.status is None:
        left = watched.deadline - time.monotonic()
        wait = None if left == float("inf") else max(left, 0)
        ready, _, _ = select.select(heard, (), (), wait)
        if watched.told in ready:
            watched.listen()
        if woken in ready:
            for number in os.read(woken, 1 << 10):
                if number == signal.SIGCHLD:
                    watched.reap()
                else:
                    watched.stop(number)
        watched.pass_time()


def _end(watched: _Watched, noise: int) -> NoReturn:
    """Say what the command could not say itself, and end as it ended."""
    code = watched.status or 0
    if code < 0 or not watched.ended:
        from kg.cli import endings  # most end by themselves

        endings.put_away(watched.folders, watched.written)
    stopped_by = watched.asked
    if code >= 0 and code != 128 + stopped_by and watched.ended:
        pass  # it was done before it heard of it
    elif stopped_by in STOPS:
        _say("interrupted")
        # As if there had been nothing between: whoever runs us in a loop knows that it was stopped.
        signal.signal(stopped_by, signal.SIG_DFL)
        os.kill(os.getpid(), stopped_by)
    else:
        from kg.cli import endings  # most end by themselves

        damage = endings.find_damage(watched.stores)
        if damage:
            _say(damage)
        elif stopped_by == signal.SIGALRM:
            _say(endings.out_of_time(watched.seconds))
        else:
            _say(endings.died_of(max(-code, 0), watched.memory, noise))
        code = 3 if damage else 4
    # There is nothing left to put in order, and the interpreter takes its time for that.
    os._exit(code)


def _say(sentence: str) -> None:
    from kg.cli.common import say  # the command says most things itself

    say(f"kg: {sentence}")
