"""One question to an OpenAI-compatible address, and its answer: no larger and no later than may be.

Nothing is sent anywhere else: redirects are not followed. What comes back is not trusted, and the credential
is taken out of whatever is said of it.
"""

from __future__ import annotations

import json
import time
import weakref
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kg.base import (
    MissingExtraError,
    ModelError,
    TimeLimitError,
    abridge,
    counted,
    in_seconds,
    json_too_deep,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import httpx

MAX_ANSWER: Final = 4_000_000
"""How many bytes one answer may have: some thousand times as many as a useful one."""

_LETTERS: Final = 5
"""More characters than this no token has, on average, in a question like ours: four are usual."""

_TRIES: Final = 3
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT: Final = 30.0
_SYSTEM: Final = "You answer with one JSON object and nothing else."


class Chat:
    """A model at an address of the form of OpenAI's chat completions."""

    def __init__(
        self,
        url: str,
        model: str,
        seconds: float,
        key: str | None = None,
        key_name: str = "KG_MODEL_KEY",
    ) -> None:
        """Take the address, without `/chat/completions`; nothing is sent yet, and the time runs.

        Args:
            url: the address.
            model: the name of the model there.
            seconds: how long all questions to it may take together.
            key: the credential that is sent, if there is one.
            key_name: the name of the setting that holds it, for sentences.

        Raises:
            MissingExtraError: httpx is not installed.
            ModelError: the credential or the settings of a proxy cannot be used.
        """
        try:
            import httpx  # only those who have a model wait for it
        except ImportError:
            raise MissingExtraError("a model at an address", "httpx", "model") from None
        if key and not (key.isascii() and key.isprintable() and key.split() == [key]):
            # An error of the library would quote it.
            raise ModelError(f"{url}: cannot be asked: {key_name} has what no header can have")
        self.url, self._model, self._seconds = url, model, seconds
        self._key, self._key_name = key, key_name
        self._end = time.monotonic() + seconds
        self._cut: tuple[int, int] | None = (
            None  # how many tokens were read, at most, of how many letters
        )
        # Models that think refuse to be told how warm to be.
        self._options: dict[str, Any] = {"temperature": 0}
        # What is packed could be a thousand times as large as what was counted.
        headers = {"Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        try:
            self._client = httpx.Client(
                headers=headers, follow_redirects=False, trust_env=not _is_here(url)
            )
        except (ValueError, OSError) as error:
            raise ModelError(
                f"{url}: cannot be asked: {type(error).__name__} in the settings of the proxy or of TLS"
            ) from None
        weakref.finalize(self, self._client.close)

    def ask(self, prompt: str) -> str:
        """Return what the model answers to a prompt.

        Raises:
            ModelError: it cannot be reached, refuses, or answers with no text or half of one.
            TimeLimitError: it takes too long.
        """
        for again in range(_TRIES):
            status, headers, body = self._send(prompt)
            if status == 400 and b"temperature" in body and self._options:  # noqa: PLR2004 - by number
                self._options = {}
                continue
            if status not in _BUSY or again == _TRIES - 1 or not self._waits(headers, again):
                break
        text = self._text(status, headers, body)
        self._count(prompt, body)
        return text

    def remarks(self) -> tuple[str, ...]:
        """Return what a person should know: whether the server may have read but a part of what it was asked."""
        if self._cut is None or self._cut[0] * _LETTERS >= self._cut[1]:
            return ()
        told = (
            f"The model counted {counted(self._cut[0], 'token')} of a question of"
            f" {counted(self._cut[1], 'character')}:"
            " its server may cut off the beginning, which has the rules; give it a longer context"
            " (Ollama: OLLAMA_CONTEXT_LENGTH)."
        )
        return (told,)

    def _count(self, prompt: str, body: bytes) -> None:
        usage = json.loads(body).get("usage")
        read = usage.get("prompt_tokens") if isinstance(usage, dict) else None
        # Some count nothing of what they remember of the question before: the most is what tells.
        if isinstance(read, int) and (self._cut is None or read > self._cut[0]):
            self._cut = read, len(prompt)

    def _send(self, prompt: str) -> tuple[int, httpx.Headers, bytes]:
        import httpx  # see `__init__`

        question = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": _SYSTEM},
                {"role": "user", "content": prompt},
            ],
            "stream": False,
            **self._options,
        }
        url = f"{self.url}/chat/completions"
        try:
            with self._client.stream("POST", url, json=question, timeout=self._left()) as response:
                return response.status_code, response.headers, self._body(response)
        except httpx.TimeoutException:
            raise TimeLimitError(self.late) from None
        # A host that says it is written in another alphabet, and is not, is found out only here.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise ModelError(f"{self.url}: cannot be reached: {self._shown(str(error))}") from None

    @property
    def late(self) -> str:
        """The sentence for an answer that did not come in time."""
        return late(self.url, self._seconds)

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeLimitError(self.late)
        return left

    def _waits(self, headers: httpx.Headers, again: int) -> bool:
        """Wait as long as a busy server asks for, if there is time for it; tell whether there was."""
        asked = headers.get("retry-after", "")
        seconds = float(asked) if asked.isdecimal() and asked.isascii() else 2.0**again
        if seconds > min(_LONGEST_WAIT, self._left()):
            return False
        time.sleep(seconds)
        return True

    def _body(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > MAX_ANSWER:
                raise ModelError(f"{self.url}: answers with more than {MAX_ANSWER:,} bytes")
            self._left()
            parts.append(part)
        return b"".join(parts)

    def _text(self, status: int, headers: httpx.Headers, body: bytes) -> str:
        if problem := self._refusal(status, headers, body):
            raise ModelError(f"{self.url}: {problem}")
        try:
            choice = {} if json_too_deep(body) else json.loads(body)["choices"][0]
            message, ended = choice["message"], choice.get("finish_reason")
            text, refused = message["content"], message.get("refusal")
        except (ValueError, LookupError, TypeError, AttributeError):
            text, refused, ended = None, None, None
        if refused or ended == "content_filter":
            raise ModelError(f"{self.url}: the model refuses to answer to this text")
        # An empty text is an answer, if a useless one.
        if not isinstance(text, str):
            raise ModelError(
                f"{self.url}: answers with no chat completion; is it the address that"
                " /chat/completions is added to?"
            )
        return text

    def _refusal(self, status: int, headers: httpx.Headers, body: bytes) -> str | None:
        if status in {401, 403}:
            return f"refuses access (HTTP {status}); set {self._key_name} to what it takes"
        if status == 429:  # noqa: PLR2004 - known by its number
            return "is asked too often, or its quota is used up (HTTP 429); ask again later"
        if 300 <= status < 400:  # noqa: PLR2004 - the same
            where = self._shown(headers.get("location", "elsewhere"))
            return f"has moved to {where}; give that address"
        if status != 200:  # noqa: PLR2004 - the same
            return f"answers HTTP {status}: {self._shown(_message(body))}"
        return None

    def _shown(self, text: str) -> str:
        """Return what somebody else says as one line, cut short, without the credential."""
        return without_secrets(text, [self._key])


def _is_here(url: str) -> bool:
    """Tell whether an address is on this machine: no proxy is to see what goes there."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _message(body: bytes) -> str:
    """Return what the body of an error says, in the form of OpenAI's or any other."""
    text = body[:10_000].decode(errors="replace")
    try:
        return str(json.loads(text)["error"]["message"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return text


def without_secrets(text: str, secrets: Iterable[str | None]) -> str:
    r"""Return what somebody else says as one line, cut short, with no credential in it.

    >>> without_secrets("no such\nkey: s3cret", ["s3cret", None])
    'no such key: …'
    """
    for secret in filter(None, secrets):
        text = text.replace(secret, "…")
    return abridge(visible(" ".join(text.split())), 200)


def late(who: str, seconds: float) -> str:
    """Return the sentence for an answer that did not come in time."""
    return (
        f"{who}: has not answered in {in_seconds(seconds)}; give it more with KG_MODEL_TIMEOUT, or a"
        " shorter text"
    )
