"""How long a command may take and how much memory: its options, and what it tells of it to the warden.

The warden is the process that started the command and outlives it; see `kg.cli.warden`. Where there is
none, as in a program that calls a command itself, nothing is bounded.
"""

from __future__ import annotations

import os
import re
import resource
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECONDS: Final = 3600
"""How long a command may take unless told otherwise: an hour, in which all is done that people wait for."""

SHARE: Final = 0.75
"""Which share of the memory of the machine a command may take unless told otherwise: the rest goes on."""

_MAX_SECONDS: Final = 86_400
_UNITS: Final = {"": 20, "k": 10, "m": 20, "g": 30, "t": 40}
_AMOUNT: Final = re.compile(r"(\d+(?:\.\d+)?) ?(?:(%)|([kmgt]?)(?:i?b)?)", re.IGNORECASE)
_LEAST: Final = 64 << 20
_MOST: Final = 1 << 60
"""No system takes a larger number than some times this."""

# What the kernel allows this process and those beside it in a container, by the two versions of it.
_CONTAINERS: Final = (
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
)


class _Warden:
    """The way to the process that watches this one, if there is any."""

    channel: int | None = None

    def tell(self, word: str, value: object = "") -> None:
        if self.channel is not None:
            line = f"{word} {value}\n"
            # It is killed with this one's death in view: then nobody is left to tell.
            with suppress(BrokenPipeError):
                os.write(self.channel, line.encode("utf-8", "surrogateescape"))


_warden: Final = _Warden()


def connect(channel: int) -> None:
    """Tell the warden from now on, which reads what is written to this descriptor."""
    _warden.channel = channel


def announce_store(folder: str | Path) -> None:
    """Tell which store is read: should the command die of it, that is looked at first."""
    _warden.tell("store", _absolute(folder))


def announce_folder(folder: str | Path) -> None:
    """Tell of a folder for the time being, which goes with the command however that ends."""
    _warden.tell("folder", _absolute(folder))


def announce_written(folder: str | Path) -> None:
    """Tell of a folder that is written to: what lies aside there goes, should the command be killed."""
    _warden.tell("written", _absolute(folder))


def _absolute(folder: str | Path) -> Path:
    from pathlib import Path  # slow to import, and whoever has a folder has it

    return Path(folder).absolute()


def announce_end() -> None:
    """Tell that the command ends by itself, and has said what there is to say."""
    _warden.tell("ended")


def stop_clock() -> None:
    """Tell that the answer is there: how long somebody takes to read it is theirs."""
    _warden.tell("seconds", "inf")


def take_time_to_end(seconds: float) -> None:
    """Tell that a command which is told to end finishes what it has begun, which takes so long at most."""
    _warden.tell("grace", seconds)


def give_less(seconds: float) -> None:
    """Bound the time of the command that runs by `seconds`, unless the user has said how long."""
    if click.get_current_context().get_parameter_source("timeout") is ParameterSource.DEFAULT:
        _warden.tell("seconds", seconds)


def bound(command: click.Command) -> None:
    """Give a command the options that every command has: how long it may take, and how much memory."""
    command.params += [
        click.Option(
            ["--timeout"], type=float, default=SECONDS, show_default=True, envvar="KG_TIMEOUT",
            show_envvar=True, metavar="SECONDS", expose_value=False, callback=_bound_time,
            help="Give up after this time; exit 4.",
        ),
        click.Option(
            ["--memory"], default=f"{SHARE:.0%}", show_default=True, envvar="KG_MEMORY",
            show_envvar=True, metavar="SIZE", expose_value=False, callback=_bound_memory,
            help="Give up where more memory is needed, as 500M, 8G or a share of the machine's; exit 4.",
        ),
    ]  # fmt: skip


def _bound_time(ctx: click.Context, param: click.Parameter, value: float) -> None:
    del ctx, param
    if not 0 < value <= _MAX_SECONDS:
        raise click.BadParameter(f"give more than 0 and at most {_MAX_SECONDS:,} seconds")
    _warden.tell("seconds", value)


def _bound_memory(ctx: click.Context, param: click.Parameter, value: str) -> None:
    del ctx, param
    most = parse_memory(value)
    if most is None or most < _LEAST:
        raise click.BadParameter(f"{value!r} is no size of at least 64M; write 500M, 8G or 50%")
    if _warden.channel is None:
        return
    # Of what is written to: what is only set aside by address, as threads and files are, costs nothing.
    bounds = resource.getrlimit(resource.RLIMIT_DATA)
    # Whoever has started us may have set bounds of their own.
    least = min([most, *(bound for bound in bounds if bound != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_DATA, (least, bounds[1]))
    _warden.tell("memory", allowed_memory())


def allowed_memory() -> int:
    """Return how many bytes of memory this process may take, by whichever bound it meets first."""
    kinds = (resource.RLIMIT_DATA, resource.RLIMIT_AS)
    bounds = [resource.getrlimit(kind)[0] for kind in kinds]
    return min([machine_memory(), *(one for one in bounds if one != resource.RLIM_INFINITY)])


def parse_memory(text: str) -> int | None:
    """Return how many bytes a size is that somebody has written, a share being one of this machine's; None where it is none.

    Without a unit it is in MiB.

    >>> parse_memory("500M"), parse_memory("1.5 GiB"), parse_memory("lots")
    (524288000, 1610612736, None)
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return None
    amount = float(found[1])
    if found[2]:
        return int(machine_memory() * amount / 100) if amount <= 100 else None  # noqa: PLR2004 - per cent
    most = amount * (1 << _UNITS[found[3].lower()])
    return int(most) if most <= _MOST else None


def out_of_memory(most: int) -> str:
    """Return the sentence for a command that needs more memory than it may take, in bytes.

    >>> out_of_memory(1 << 29)
    'needs more than 512 MiB of memory; ask for less, or give more with --memory'
    """
    gib = most / (1 << 30)
    size = f"{gib:.1f} GiB" if gib >= 1 else f"{most >> 20} MiB"
    return f"needs more than {size} of memory; ask for less, or give more with --memory"


def machine_memory(containers: Sequence[str] = _CONTAINERS) -> int:
    """Return how many bytes of memory this machine has, or the container in which this runs."""
    from pathlib import Path  # as above

    sizes = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    for path in containers:
        with suppress(
            OSError, ValueError
        ):  # another version of the kernel; or "max", which is none
            sizes.append(int(Path(path).read_text(encoding="ascii")))
    return min(sizes)
