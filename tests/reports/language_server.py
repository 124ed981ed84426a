"""A small client of a language server over its standard streams: what an editor asks, and no more."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class LanguageServer:
    """A language server that runs; documents are opened in it and never saved."""

    def __init__(
        self, command: Sequence[str], folder: Path, schemas: Mapping[str, str] | None = None
    ) -> None:
        """Start `command`, and tell it what an editor with Markdown and snippets tells.

        `schemas` are the settings of the user: for which files each of them is.
        """
        yaml = {
            "schemaStore": {"enable": False},
            "validate": True,
            "hover": True,
            "completion": True,
        }
        self._settings = {"yaml": {**yaml, "schemas": dict(schemas or {})}}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._folder, self._number = folder, 0
        self._said: dict[str, list[dict[str, Any]]] = {}
        markup = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
        self._ask(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            capabilities={
                "textDocument": {
                    "completion": {"completionItem": markup},
                    "hover": {"contentFormat": ["markdown"]},
                    "publishDiagnostics": {},
                },
                "workspace": {"configuration": True},
            },
        )
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings=self._settings)

    def open(self, text: str) -> str:
        """Open a document as an editor does, and return its address, which no other has had."""
        self._number += 1
        uri = (self._folder / f"{self._number}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=document)
        return uri

    def problems(self, uri: str) -> list[tuple[int, str]]:
        """Return what is wrong with a document, by the number of the line from 1."""
        while uri not in self._said:
            self._receive()
        return sorted(
            (problem["range"]["start"]["line"] + 1, problem["message"])
            for problem in self._said[uri]
        )

    def completions(self, uri: str, line: int, character: int) -> dict[str, str]:
        """Return what may stand at a place, each with its documentation."""
        result = self._at("textDocument/completion", uri, line, character) or {}
        items = result if isinstance(result, list) else result.get("items", [])
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def hover(self, uri: str, line: int, character: int) -> str:
        """Return what is told of the place that a pointer rests on."""
        result = self._at("textDocument/hover", uri, line, character)
        return _plain(result["contents"]) if result else ""

    def stop(self) -> None:
        """End the server in the way that the protocol has for it."""
        self._ask("shutdown")
        self._tell("exit")
        self._process.communicate(timeout=20)

    def _at(self, method: str, uri: str, line: int, character: int) -> Any:
        place = {"line": line - 1, "character": character}
        return self._ask(method, textDocument={"uri": uri}, position=place)

    def _ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Read one message; keep what is said of documents, and answer what the server asks."""
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(stream.read(length))
        method = message.get("method", "")
        if method == "textDocument/publishDiagnostics":
            self._said[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method and "id" in message:
            items = message.get("params", {}).get("items", [])
            result = [self._settings.get(item.get("section", "")) for item in items]
            answer = result if method == "workspace/configuration" else None
            self._send({"id": message["id"], "result": answer})
        return message


def _plain(told: Any) -> str:
    return str(told.get("value", "")) if isinstance(told, dict) else str(told)
