"""How a server is to behave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.serve.jobs import Budget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.access import Clients


@dataclass(frozen=True)
class Settings:
    """How a server behaves: `hosts` it answers to, `origins` of pages that may ask it, and the default graph.

    With `union` the default graph is the union of all, else the one without a name. Where there are `tokens`,
    a request bears one. What `proxies` (addresses or networks) tell of who asks is believed, and `root_path` is the
    prefix that they take from a path. `access_log` is a file or `-`, with as much of clients as `log_clients` says.
    `site` is what pages are told: the `licence` of the data, and the address for `corrections`.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    origins: tuple[str, ...] = ()
    union: bool = True
    budget: Budget = field(default_factory=Budget)
    tokens: tuple[str, ...] = field(default=(), repr=False)
    proxies: tuple[str, ...] = ()
    root_path: str = ""
    access_log: str = ""
    log_clients: Clients = "network"
    site: Mapping[str, str | None] = field(default_factory=dict)
