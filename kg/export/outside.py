"""What exports take from outside: libraries that come with an extra, and addresses that others may open."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, Final

from kg.base import MissingExtraError, visible

_JOINERS: Final = ("\u200c", "\u200d")
_JOINED: Final = re.compile("([\u200c\u200d])")


def load_library(name: str, what: str) -> Any:
    """Return the library `name`, which `what` is made with.

    Raises:
        MissingExtraError: it is not installed.
    """
    # Named by its string: what is an extra is not imported with the package.
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise MissingExtraError(what, name, "export") from None


def readable(text: str) -> str:
    r"""Return text as `visible` does, but for the joiners that words of Persian or Malayalam are written with.

    >>> readable("a\nb"), readable("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"
    ('a\\u000ab', True)
    """
    return "".join(part if part in _JOINERS else visible(part) for part in _JOINED.split(text))


def safe_link(url: str | None) -> str | None:
    r"""Return an address that programs of others may open, or None: anything else may be no address at all.

    >>> safe_link("https://example.org/"), safe_link("javascript:alert(1)"), safe_link("https://a\n")
    ('https://example.org/', None, None)
    """
    is_web = url is not None and url.lower().startswith(("https://", "http://"))
    return url if is_web and url is not None and url == visible(url) and " " not in url else None
