"""Which model is asked, where it answers, and for how long it is waited for.

Credentials come from the environment alone: a command line is seen by everybody on the machine. Each is sent to one
place only: `KG_MODEL_KEY` to the address that is given, `OPENAI_API_KEY` to OpenAI, and no other is read here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.base import UsageError, abridge

if TYPE_CHECKING:
    from collections.abc import Mapping

OPENAI: Final = "https://api.openai.com/v1"
_SECONDS: Final = 300
_SECRET: Final = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD)$")
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model by its name, the OpenAI-compatible address that has it, and the seconds it has for a text.

    Without an address the provider is the one that LangExtract knows by the name of the model. `key` is the
    credential for the address, and `openai_key` the one for OpenAI's own; neither is shown. `secrets`
    are all credentials of the environment, which are taken out of whatever a provider says of itself.
    """

    name: str
    url: str | None = None
    seconds: float = _SECONDS
    key: str | None = field(default=None, repr=False)
    openai_key: str | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(
        cls, settings: Mapping[str, str], name: str | None = None, url: str | None = None
    ) -> ModelChoice | None:
        """Return what options say, or else the settings; None where neither names a model.

        Args:
            settings: the environment: `KG_MODEL`, `KG_MODEL_URL`, `KG_MODEL_KEY`, `KG_MODEL_TIMEOUT` (in seconds).
            name: the name of the model, in place of `KG_MODEL`.
            url: the address, in place of `KG_MODEL_URL`; `/chat/completions` is added to it.

        Raises:
            UsageError: a setting cannot be used, or there is an address and no model.

        >>> ModelChoice.of({"KG_MODEL": "small", "KG_MODEL_KEY": "secret"})
        ModelChoice(name='small', url=None, seconds=300.0)
        >>> ModelChoice.of({}) is None
        True
        """
        name = name or settings.get("KG_MODEL") or None
        url = url or settings.get("KG_MODEL_URL") or None
        if name is None:
            if url is None:
                return None
            raise UsageError("there is an address and no model; name it with --model or KG_MODEL")
        if not name.isprintable() or name.split() != [name]:
            raise UsageError(f"the model {abridge(name, 60)!r} is no name; give one without spaces")
        return cls(
            name,
            _checked(url) if url else None,
            _seconds(settings.get("KG_MODEL_TIMEOUT") or str(_SECONDS)),
            settings.get("KG_MODEL_KEY") or None,
            settings.get("OPENAI_API_KEY") or None,
            tuple(
                value for name, value in sorted(settings.items()) if value and _SECRET.search(name)
            ),
        )


def _checked(url: str) -> str:
    """Return an address that can be asked, without the slash at its end; no error shows a password."""
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise UsageError(
            "--model-url has a user or password in it; set KG_MODEL_KEY to what is to be sent"
        )
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    # A query would be the place of a credential, and end up in logs.
    if not good or not url.isprintable() or url.split() != [url] or "?" in url or "#" in url:
        raise UsageError(
            "--model-url is no http or https address without a query; give one such as"
            " http://localhost:11434/v1"
        )
    return url.rstrip("/").removesuffix("/chat/completions")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= _DAY:
        raise UsageError(
            f"KG_MODEL_TIMEOUT is {abridge(text, 60)!r}; give seconds, at most {_DAY:,}"
        )
    return seconds
