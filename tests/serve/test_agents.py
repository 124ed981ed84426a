"""Agents are answered over both transports, by the library's own client and by that of another maker."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from kg.agents import INSTRUCTIONS, all_tools, call_tool
from kg.serve import Budget, Pool, agents_extra
from tests.conftest import ROOT, saved
from tests.export.conftest import READERS
from tests.serve.conftest import Server
from tests.serve.test_holding import wait, workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from click.testing import Result

    import kg

mcp = pytest.importorskip("mcp")

SLOW = {"sparql": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
MOST_TOKENS, CHARACTERS = 4000, 3.5
LONGEST = 6
"""Seconds that a call may take over HTTP; over standard input and output it may take twice that."""


@pytest.fixture(scope="module")
def store(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the shipped graph."""
    return saved(graph, tmp_path_factory)


@pytest.fixture(scope="module")
def command(store: Path) -> list[str]:
    """What an agent starts."""
    return [sys.executable, "-m", "kg", "mcp", str(store), "--call-seconds", str(2 * LONGEST)]


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """Where agents are answered over HTTP."""
    return server.url.replace("/sparql", "/mcp")


Connect = "Callable[[], contextlib.AbstractAsyncContextManager[Any]]"


@pytest.fixture(params=["http", "http of 2025", "stdio", "stdio of 2025"])
def connect(request: pytest.FixtureRequest, command: list[str], address: str) -> Connect:
    """Connect by a transport, in one of the two ways in which the protocol begins."""
    how, _, year = request.param.partition(" of ")
    mode = "legacy" if year else "auto"

    @contextlib.asynccontextmanager
    async def connected() -> AsyncIterator[Any]:
        started = mcp.StdioServerParameters(command=command[0], args=command[1:])
        target = address if how == "http" else started
        async with mcp.Client(target, mode=mode, read_timeout_seconds=30) as client:
            assert client.protocol_version.startswith(year or "2026")
            yield client

    return connected


def talk(connect: Connect, work: Callable[[Any], Awaitable[Any]]) -> Any:
    async def session() -> Any:
        async with connect() as client:
            return await work(client)

    return asyncio.run(session())


CALLS: dict[str, dict[str, Any]] = {
    "outcome": {"company": "xiaomi", "about": "service-centres"},
    "check_claim": {"company": "xiaomi", "what": "service centres", "value": 500},
    "find": {"text": "mobikwik"},
    "show": {"thing": "mobikwik"},
    "ask": {"question": "due", "arguments": {"from": "2017-01-01", "until": "2018-12-31"}},
    "schema": {"of": "Target"},
    "query": {"sparql": "SELECT ?s { ?s cp:source id:medianama-2017-03-28 } ORDER BY ?s"},
}


def test_tools_are_listed_and_each_answers_as_its_function_does(
    connect: Connect, graph: kg.Graph
) -> None:
    async def work(client: Any) -> None:
        assert client.instructions == INSTRUCTIONS
        listed = (await client.list_tools()).tools
        assert [tool.name for tool in listed] == list(all_tools()) == list(CALLS)
        whole = [tool.model_dump(by_alias=True, exclude_none=True) for tool in listed]
        assert len(json.dumps(whole, separators=(",", ":"))) / CHARACTERS < MOST_TOKENS
        for name, arguments in CALLS.items():
            # The client holds what is structured against the schema of the answer.
            answer = await client.call_tool(name, arguments)
            expected = call_tool(graph, name, arguments)
            assert not answer.is_error
            assert answer.content[0].text == _without_cursor(expected.text, answer.content[0].text)
            got, wanted = answer.structured_content, expected.values
            assert {**got, "more": ""} == {**wanted, "more": ""}
            assert ("more" in got) == ("more" in wanted)

    talk(connect, work)


def _without_cursor(expected: str, told: str) -> str:
    """Return an expected text with the cursor that is told: it names the content, which is built anew."""
    mark = next((line for line in told.splitlines() if line.startswith("more: ")), "")
    return "\n".join(mark if line.startswith("more: ") else line for line in expected.split("\n"))


def test_what_goes_wrong_is_told_in_words(connect: Connect) -> None:
    async def work(client: Any) -> None:
        for name, arguments, words in (
            ("outcome", {"compnay": "xiaomi"}, "there is no argument of outcome 'compnay'; did you mean 'company'?"),
            ("outcome", {"company": "xiomi"}, "there is no thing 'xiomi'; did you mean 'xiaomi'"),
            ("outcome", {"limit": "many"}, "limit is 'many'; give a valid integer"),
            ("query", {"sparql": "SELECT ?x {"}, "line 1, column"),
            ("find", {"text": "mi", "cursor": "bm9uZQ=="}, "this cursor is of another question"),
        ):  # fmt: skip
            answer = await client.call_tool(name, arguments)
            assert answer.is_error
            (told,) = answer.content
            assert words in told.text
            assert "Traceback" not in told.text
            assert "/" not in told.text
        for asked, words in (
            (client.call_tool("outcom", {}), "there is no tool 'outcom'; did you mean 'outcome'?"),
            (client.read_resource("kg://thing/xiomi"), "did you mean 'xiaomi'"),
            (client.read_resource("kg://source/xiaomi"), "there is no source 'xiaomi'"),
            (
                client.read_resource("file:///etc/passwd"),
                "there is no resource 'file:///etc/passwd'",
            ),
            (
                client.get_prompt("promise", {}),
                "there is no prompt 'promise'; did you mean 'promised'?",
            ),
            (client.get_prompt("promised", {}), "promised needs company"),
            (
                client.get_prompt("promised", {"firm": "x"}),
                "there is no argument of promised 'firm'",
            ),
        ):
            with pytest.raises(mcp.MCPError) as refused:
                await asked
            assert words in refused.value.message
            assert refused.value.code == -32602

    talk(connect, work)


def test_resources_prompts_and_completions_are_there(connect: Connect) -> None:
    from mcp.types import PromptReference, ResourceTemplateReference

    async def work(client: Any) -> None:
        for resource in (await client.list_resources()).resources:
            assert len((await client.read_resource(resource.uri)).contents[0].text) > 50
        templates = (await client.list_resource_templates()).resource_templates
        assert [one.uri_template for one in templates] == [
            "kg://thing/{name}",
            "kg://source/{name}",
        ]
        card = (await client.read_resource("kg://thing/Lei%20Jun")).contents[0]
        assert card.mime_type == "text/plain"
        assert card.text.startswith("Lei Jun  [lei-jun]")
        source = (await client.read_resource("kg://source/businessline-2018-06")).contents[0].text
        assert "https://thehindubusinessline.com/" in source
        prompts = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
        assert [one.name for one in prompts["promised"].arguments if one.required] == ["company"]
        arguments = {"company": "Xiaomi", "place": "India"}
        (message,) = (await client.get_prompt("promised", arguments)).messages
        assert "What did Xiaomi promise in India, and what became of it?" in message.content.text
        reference = PromptReference(type="ref/prompt", name="promised")
        typed = {"name": "company", "value": "xia"}
        assert (await client.complete(reference, typed)).completion.values == ["Xiaomi"]
        at = ResourceTemplateReference(type="ref/resource", uri="kg://source/{name}")
        found = (await client.complete(at, {"name": "name", "value": "medianama-2017"})).completion
        assert "medianama-2017-03-28" in found.values

    talk(connect, work)


def is_soon(attempt: Callable[[], float], seconds: float) -> bool:
    """Tell whether something has taken less than some seconds, once in three times.

    A busy machine is late now and then; who waits for a limit waits for it each time.
    """
    return any(attempt() < seconds for _ in range(3))


@pytest.mark.parametrize("connect", ["http", "stdio", "stdio of 2025"], indirect=True)
def test_who_cancels_frees_the_workers(connect: Connect) -> None:
    async def work(client: Any) -> float:
        slow = [asyncio.ensure_future(client.call_tool("query", SLOW)) for _ in range(2)]
        await asyncio.sleep(0.7)
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        began = time.monotonic()
        answer = await client.call_tool("find", {"text": "xiaomi"})
        assert answer.structured_content["rows"][0]["name"] == "xiaomi"
        return time.monotonic() - began

    # Both workers were at work: had they gone on, this would have waited for them.
    assert is_soon(lambda: talk(connect, work), LONGEST - 2)


def test_over_http_of_2025_who_cancels_waits_for_the_limit_at_most(address: str) -> None:
    # There a message says so, which is a request of its own: whoever sends it could end the calls of others.
    async def work() -> float:
        async with mcp.Client(address, mode="legacy") as client:
            slow = asyncio.ensure_future(client.call_tool("query", SLOW))
            await asyncio.sleep(0.7)
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
            began = time.monotonic()
            await client.call_tool("find", {"text": "xiaomi"})
            return time.monotonic() - began

    assert is_soon(lambda: asyncio.run(work()), LONGEST + 2)


def test_several_are_answered_at_once(address: str) -> None:
    names = ["xiaomi", "mobikwik", "lei-jun", "india"]

    async def one(text: str) -> list[str]:
        async with mcp.Client(address) as client:
            answers = await asyncio.gather(
                *(client.call_tool("find", {"text": text}) for _ in range(3))
            )
        return [answer.structured_content["rows"][0]["name"] for answer in answers]

    async def together() -> list[list[str]]:
        return await asyncio.gather(*(one(name) for name in names * 2))

    assert asyncio.run(together()) == [[name] * 3 for name in names * 2]


@pytest.mark.parametrize("how", ["http", "stdio"])
def test_what_takes_too_long_ends_and_is_told(how: str, address: str, command: list[str]) -> None:
    seconds = LONGEST if how == "http" else 1
    started = mcp.StdioServerParameters(command=command[0], args=[*command[1:-1], "1"])

    async def work() -> str:
        async with mcp.Client(address if how == "http" else started) as client:
            began = time.monotonic()
            answer = await client.call_tool("query", SLOW)
            assert time.monotonic() - began >= seconds
            assert (await client.call_tool("find", {"text": "xiaomi"})).structured_content["rows"]
        assert answer.is_error
        return answer.content[0].text

    words = "6 seconds" if how == "http" else "1 second"
    assert asyncio.run(work()) == f"the tool took longer than {words}; ask for less"


# Over HTTP


def posted(address: str, method: str, params: dict[str, Any], **headers: str) -> httpx.Response:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return httpx.post(address, json=body, headers={**HEADERS, **headers}, timeout=30)


def test_every_request_stands_alone(address: str) -> None:
    answer = posted(address, "tools/call", {"name": "find", "arguments": {"text": "mobikwik"}})
    assert answer.status_code == 200
    assert "mcp-session-id" not in answer.headers
    assert answer.json()["result"]["structuredContent"]["rows"][0]["name"] == "mobikwik"


def test_pages_of_others_may_not_ask(address: str) -> None:
    list_ = ("tools/list", {})
    assert posted(address, *list_, Origin="https://evil.example").status_code == 403
    assert posted(address, *list_, Origin="null").status_code == 403
    assert posted(address, *list_, Origin="http://[").status_code == 403
    assert posted(address, *list_, Host="evil.example").status_code == 400
    own = address.removesuffix("/mcp")
    assert posted(address, *list_, Origin=own).status_code == 200


def test_any_of_several_processes_answers_who_bears_the_token(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "x" * 32
    monkeypatch.setenv("KG_TOKEN", secret)
    server = Server(str(store), "--workers", "1", "--processes", "2")
    try:
        address = server.url.replace("/sparql", "/mcp")
        assert posted(address, "tools/list", {}).status_code == 401
        asked = {"name": "find", "arguments": {"text": "xiaomi", "limit": 1}}
        cursors = set()
        for _ in range(6):
            answer = posted(address, "tools/call", asked, Authorization=f"Bearer {secret}")
            cursors.add(answer.json()["result"]["structuredContent"]["more"])
        (cursor,) = cursors
        asked["arguments"] |= {"cursor": cursor}
        for _ in range(6):
            answer = posted(address, "tools/call", asked, Authorization=f"Bearer {secret}")
            assert not answer.json()["result"]["isError"]
    finally:
        server.stop()


def test_what_is_no_request_harms_nobody(address: str) -> None:
    assert httpx.get(address, headers=HEADERS).status_code == 405
    assert httpx.delete(address, headers=HEADERS).status_code == 405
    large = b" " * (2 << 20) + b"{}"
    assert httpx.post(address, content=large, headers=HEADERS).status_code == 413
    deep = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":' + b'{"a":' * 50_000
    bad = [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b"\xff",
        deep + b"1" + b"}" * 50_001,
        b"null",
        b"[" * 90_000,
    ]
    for body in bad:
        answer = httpx.post(address, content=body, headers=HEADERS)
        assert 400 <= answer.status_code < 500, body[:20]
        assert "/site-packages/" not in answer.text
    assert posted(address, "tools/list", {}).status_code == 200
    assert posted(address, "tools/nothing", {}).json()["error"]["code"] == -32601


def test_who_leaves_frees_the_worker(server: Server, address: str) -> None:
    before = workers(server)
    params = {"name": "query", "arguments": SLOW}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(address, json=body, headers=HEADERS, timeout=0.7)
    wait(lambda: bool(before - workers(server)), 4)
    wait(lambda: len(workers(server)) == len(before))


def test_a_worker_that_dies_over_a_call_is_told(server: Server, address: str) -> None:
    async def work() -> str:
        async with mcp.Client(address) as client:
            call = asyncio.ensure_future(client.call_tool("query", SLOW))
            await asyncio.sleep(0.7)
            for pid in workers(server):
                os.kill(pid, signal.SIGKILL)
            return (await call).content[0].text

    assert asyncio.run(work()) == "the query ended the process that answered it; ask for less"
    wait(lambda: len(workers(server)) == 3)


# Over standard input and output


HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
}  # fmt: skip


@pytest.fixture
def talking(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A server that has been greeted."""
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write(json.dumps(HELLO) + "\n")
        process.stdin.flush()
        hello = json.loads(process.stdout.readline())
        assert hello["result"]["serverInfo"]["name"] == "kg"
        yield process
        process.kill()


def children(pid: int) -> set[int]:
    found, waiting = set(), [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").iterdir():
            new = {int(one) for one in (task / "children").read_text().split()}
            found |= new
            waiting += new
    return found


@pytest.mark.parametrize(
    ("how", "code"),
    [("closed", 0), (signal.SIGTERM, -15), (signal.SIGINT, -2), (signal.SIGKILL, -9)],
)
def test_it_ends_with_its_client_or_when_it_is_told_to(
    talking: subprocess.Popen[str], how: signal.Signals | str, code: int
) -> None:
    ours = children(talking.pid)
    assert len(ours) > 2
    assert talking.stdin
    if isinstance(how, str):
        talking.stdin.close()
    else:
        talking.send_signal(how)
    began = time.monotonic()
    assert talking.wait(10) == code
    assert time.monotonic() - began < 1.9  # else it is killed by whoever watches over it
    wait(lambda: not any(Path(f"/proc/{pid}").exists() for pid in ours), 5)
    assert talking.stdout
    assert talking.stderr
    assert talking.stdout.read() == ""
    assert talking.stderr.read() == ("kg: interrupted\n" if code in (-15, -2) else "")


def test_nothing_but_the_protocol_is_on_standard_output(talking: subprocess.Popen[str]) -> None:
    assert talking.stdin
    assert talking.stdout
    lines = [
        "nonsense",
        "",
        '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        '{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "find", "arguments": {"text": "\\ud800"}}}',
        '{"jsonrpc": "2.0", "id": 3, "method": "no/such"}',
        "x" * (5 << 20),
        json.dumps({"jsonrpc": "2.0", "id": 4, "method": "ping"}),
    ]
    for line in lines:
        talking.stdin.write(line + "\n")
        talking.stdin.flush()
    seen = set()
    while 4 not in seen:
        message = json.loads(talking.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        seen.add(message.get("id"))
    talking.stdin.close()
    for line in talking.stdout:
        assert json.loads(line)["jsonrpc"] == "2.0"
    assert talking.wait(10) == 0


def test_messages_come_from_a_file_too(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "messages"
    path.write_text(json.dumps(HELLO) + "\n", "utf-8")
    with path.open(encoding="utf-8") as file:
        done = subprocess.run(command, stdin=file, capture_output=True, timeout=30, check=True)
    assert json.loads(done.stdout)["result"]["serverInfo"]["name"] == "kg"


def test_without_its_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    monkeypatch.setattr("kg.cli.agents.find_spec", lambda name: None if name == "mcp" else name)
    result = run("mcp")
    assert result.exit_code == 2
    assert (
        result.stderr == "kg: kg mcp needs mcp, which is not installed; pip install -e '.[mcp]'\n"
    )


def test_without_its_extra_a_server_answers_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents_extra, "find_spec", lambda _name: None)
    routes, _ = agents_extra.agent_routes(Pool("nowhere", Budget()), ())
    assert routes == []


def test_a_place_without_a_store_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "mcp", str(tmp_path / "none.ttl")],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert "none.ttl" in done.stderr
    assert len(done.stderr.splitlines()) == 1


# The client of another maker


@pytest.fixture(scope="module")
def typescript() -> Callable[..., dict[str, Any]]:
    """Drive a server by the TypeScript SDK, and return what that saw."""
    node = shutil.which("node")
    if not node or not (READERS / "node_modules" / "@modelcontextprotocol" / "sdk").exists():
        pytest.skip("no Node.js with the SDK of tests/find-readers.sh")
    script = Path(__file__).parent / "agents.mjs"

    def driven(*arguments: str) -> dict[str, Any]:
        done = subprocess.run(
            [node, str(script), *arguments],
            cwd=READERS,  # from where its libraries are found
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    return driven


@pytest.mark.parametrize("how", ["http", "stdio"])
def test_another_client_is_answered_alike(
    typescript: Callable[..., dict[str, Any]], how: str, address: str, command: list[str]
) -> None:
    def drive() -> dict[str, Any]:
        return typescript("http", address) if how == "http" else typescript("stdio", *command)

    told = drive()
    assert told["server"] == "kg"
    assert told["instructions"] == INSTRUCTIONS
    assert told["capabilities"] == ["completions", "prompts", "resources", "tools"]
    assert told["tools"] == list(all_tools()) == list(told["calls"])
    for name, answer in told["calls"].items():
        assert not answer["isError"], name
        assert answer["rows"], name
        assert answer["text"], name
    assert told["calls"]["outcome"]["rows"][0]["verdict"] == "met"
    assert told["misspelt"].endswith("did you mean 'company'?")
    assert told["unknownTool"].endswith("there is no tool 'outcom'; did you mean 'outcome'?")
    assert told["resources"] == ["kg://about", "kg://questions"]
    assert told["templates"] == ["kg://thing/{name}", "kg://source/{name}"]
    assert told["thing"].startswith("MobiKwik  [mobikwik]")
    assert "did you mean 'xiaomi'" in told["unknownThing"]
    assert told["prompts"] == ["promised", "check-claim"]
    assert told["prompt"].endswith("Claim: It was met.")
    assert told["completion"] == ["Xiaomi"]
    assert len(told["cancelled"]) == 2
    # Over standard input and output the two that were cancelled would have gone on for twice as long as over HTTP,
    # where who asks by this protocol waits for the limit at most, as above.
    most = 2 * LONGEST - 2
    assert told["afterwards"] < most or is_soon(lambda: drive()["afterwards"], most)
    several = ["xiaomi", "mobikwik", "lei-jun"]
    assert told["several"] == several * (4 if how == "http" else 1)


@pytest.mark.parametrize("outcome", ["failed", "no-store"])
def test_what_is_wrong_with_the_store_is_told_without_the_names_of_its_files(outcome: Any) -> None:
    from kg.serve.agents import make_agent_server
    from kg.serve.jobs import Reply
    from kg.serve.payload import Payload

    class Broken(Pool):
        async def answer(self, *_: Any, **__: Any) -> tuple[Reply, Payload]:
            return Reply(outcome, message="/srv/secret/store: cannot be read"), Payload()

    async def told() -> str:
        server = make_agent_server(Broken("/srv/secret/store", Budget()))
        async with mcp.Client(server) as client:
            answer = await client.call_tool("find", {"text": "xiaomi"})
            assert answer.is_error
            return str(answer.content[0].text)

    assert asyncio.run(told()) == "the graph cannot be read now; ask again later"
