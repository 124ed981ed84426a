"""What is noted of one request while it is answered: whoever logs, counts or keeps answers reads it afterwards.

Middleware begins a visit; what answers the request notes what it learns, wherever it stands, as
loggers do that follow a request through a program.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Scope

_IPV6_NETWORK: Final = 64
"""How many bits of an address of version 6 tell whose it is: the rest one household chooses as it likes."""


@dataclass
class Visit:
    """One request: the address of the `client`, and what was noted on the way.

    `query` is what was asked, `worker` how many seconds workers took, and `generations` what the stores
    held from which they answered.
    """

    client: str = ""
    query: str = ""
    worker: float = 0.0
    generations: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, scope: Scope) -> Visit:
        """Begin the visit of a request, of which the server tells who asks.

        >>> Visit.of({"client": ("2001:db8::7", 5000)}).client
        '2001:db8::7'
        """
        return cls((scope.get("client") or ("",))[0])


_VISIT: Final[ContextVar[Visit | None]] = ContextVar("visit", default=None)


def begin(visit: Visit) -> None:
    """Have all that is noted from now on, in this request, noted of a visit."""
    _VISIT.set(visit)


def current() -> Visit:
    """Return the visit that is noted of now; outside of requests one that nobody reads."""
    return _VISIT.get() or Visit()


@lru_cache(1024)
def whose(client: str) -> str:
    """Return by which address a client is known: of version 6 by its network.

    >>> whose("192.0.2.7"), whose("2001:db8::7"), whose("not an address")
    ('192.0.2.7', '2001:db8::/64', 'not an address')
    """
    return network(client, 32, _IPV6_NETWORK)


def network(client: str, bits: int, bits6: int) -> str:
    """Return the network that an address lies in, of so many bits by its version.

    >>> network("192.0.2.7", 24, 48), network("2001:db8::7", 24, 48)
    ('192.0.2.0/24', '2001:db8::/48')
    """
    from ipaddress import ip_network  # beside `ip_address`, which is asked of every request

    try:
        address = ip_address(client)
    except ValueError:
        return client
    wide = bits if address.version == 4 else bits6  # noqa: PLR2004 - the version's number
    if wide == address.max_prefixlen:
        return client
    return str(ip_network((address, wide), strict=False))


def path_of(scope: Scope) -> str:
    """Return the path that is asked for, without the prefix that a proxy has put before it.

    >>> path_of({"path": "/kg/sparql", "root_path": "/kg"})
    '/sparql'
    """
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path.removeprefix(root) if path.startswith(f"{root}/") else path
