"""A server with the address of a model, over real HTTP, that answers as a test tells it to, and keeps what it was sent."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Sent:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return self.body["messages"][-1]["content"]


@dataclass
class FakeModel:
    """What is answered: by a function that gets the handler and the request."""

    url: str = ""
    answer: Callable[[Handler, Sent], None] = lambda handler, _: say(handler, items())
    sent: list[Sent] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    """Set when the test is over: what is slow or endless ends then."""


class Handler(BaseHTTPRequestHandler):
    """One connection to a fake model."""

    protocol_version = "HTTP/1.1"
    model: FakeModel

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        sent = Sent(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        self.model.sent.append(sent)
        with suppress(ConnectionError):
            self.model.answer(self, sent)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def items(*each: dict[str, Any]) -> str:
    """Return an answer with these items."""
    return json.dumps({"extractions": list(each)}, ensure_ascii=False)


def item(of: str, words: str, **keys: Any) -> dict[str, Any]:
    return {of: words, f"{of}_attributes": keys}


def say(
    handler: Handler, content: str | None, *, status: int = 200, ended: str = "stop", **more: Any
) -> None:
    """Answer with a chat completion of this content, and with more."""
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": ended}
    answer = {"object": "chat.completion", "choices": [choice], **more}
    send(handler, json.dumps(answer).encode(), status)


def send(handler: Handler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content-Type": "application/json", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def fake_model() -> Iterator[FakeModel]:
    """Yield a model that answers at a free port of this machine."""
    model = FakeModel()
    handler = type("OneHandler", (Handler,), {"model": model})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
