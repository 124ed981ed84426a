"""A process without a network: whatever it is asked, there is nobody whom it could reach.

Linux gives a process a network of its own, in which there is nothing, where it may have one: as root,
or where users may make namespaces. Elsewhere what is asked is refused by its words alone (`kg.base.reach`).
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_NEW_USER: Final = 0x10000000
_NEW_NET: Final = 0x40000000
"""The flags of unshare(2) for a namespace of users and one of networks; Python has them from 3.12 on."""


def seclude() -> bool:
    """Leave the network for good, and tell whether that was possible; sockets that are open stay so.

    It is for a process that has one thread yet: a namespace of users is for those alone.
    """
    if not sys.platform.startswith("linux"):
        return False
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return any(unshare(flags) == 0 for flags in (_NEW_NET, _NEW_NET | _NEW_USER))
