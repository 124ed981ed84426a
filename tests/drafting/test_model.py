"""A model behind the seam, held by a server of our own over real HTTP."""

from __future__ import annotations

import json
import re
import socket
import sys
import time
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.base import KgError, MissingExtraError, ModelError, TimeLimitError, UsageError
from kg.drafting import ModelChoice, Paper, propose_by_model, tell_refused
from kg.drafting.model.chat import MAX_ANSWER, _is_here
from kg.drafting.model.prompts import ALSO, CLASSES, instructions, load_examples
from kg.drafting.vocabulary import STATEMENTS, Vocabulary
from tests.drafting.fake_model import FakeModel, Handler, fake_model, item, items, say, send

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "s3cret-of-the-address"
TEXT = "Acme will open 1,500 shops in India by 2031, Jo Doe said. It has 250 shops now.\n"
PAPER = Paper(TEXT, title="More shops", published=date(2029, 5, 31))
TARGET = item(
    "Target", "will open 1,500 shops in India by 2031", about="acme-shops", indicator="retail-outlets",
    value=1500, due="2031-12-31", due_precision="year", place="india", speaker="jo-doe",
)  # fmt: skip
OBSERVATION = item(
    "Observation", "It has 250 shops now", about="acme-shops", indicator="retail-outlets", value=250,
    kind="reported", when="2029-05-31", when_precision=["day", "inferred"],
)  # fmt: skip


@pytest.fixture
def model() -> Iterator[FakeModel]:
    with fake_model() as served:
        yield served


def choice(model: FakeModel, **settings: str) -> ModelChoice:
    chosen = ModelChoice.of({"KG_MODEL_TIMEOUT": "20", **settings}, "fake", model.url)
    assert chosen is not None
    return chosen


def proposed(model: FakeModel, graph, paper: Paper = PAPER, **settings: str):
    return propose_by_model(paper, graph.index, choice(model, **settings))


# What is right


def test_statements_get_the_places_of_their_words(model, beside) -> None:
    model.answer = lambda handler, _: say(handler, items(TARGET, OBSERVATION))
    found = proposed(model, beside)
    assert found.refused == ()
    assert [TEXT[slice(*proposal.spans[0])] for proposal in found.proposals] == [
        "will open 1,500 shops in India by 2031",
        "It has 250 shops now",
    ]
    assert {proposal.by for proposal in found.proposals} == {"model fake"}
    assert found.proposals[0].keys == {
        "type": "Target", "about": "acme-shops", "indicator": "retail-outlets", "value": "1500",
        "due": "2031-12-31", "due_precision": "year", "place": "india", "speaker": "jo-doe",
    }  # fmt: skip


def test_order_and_repeats_of_an_answer_lose_nothing(model, beside) -> None:
    status = item(
        "StatusReport", "will open 1,500 shops in India", about="acme-shops", status="announced"
    )
    model.answer = lambda handler, _: say(handler, items(OBSERVATION, TARGET, status, TARGET))
    found = proposed(model, beside)
    assert found.refused == ()
    assert [proposal.spans for proposal in found.proposals] == [
        ((58, 78),), ((5, 43),), ((5, 35),), ((5, 43),),
    ]  # fmt: skip


def test_words_from_elsewhere_are_evidence_too(model, beside) -> None:
    text = "By 2031 Acme wants more shops, Jo Doe said. It will then have 1,500 of them.\n"
    words = "It will then have 1,500 of them"
    keys = {**TARGET["Target_attributes"], "place": None}
    paper = Paper(text, published=PAPER.published)
    model.answer = lambda handler, _: say(
        handler, items(item("Target", words, **keys, also=["By 2031"]))
    )
    (proposal,) = proposed(model, beside, paper).proposals
    assert [text[start:end] for start, end in proposal.spans] == [words, "By 2031"]
    assert "also" not in proposal.keys
    for also, why in (
        (None, "its due does not stand in its words"),
        ("by 2032", "its words do not stand so in the text"),
    ):
        model.answer = lambda handler, _, also=also: say(
            handler, items(item("Target", words, **keys, also=also))
        )
        found = proposed(model, beside, paper)
        assert [one.reason for one in found.refused] == [why]


def test_thing_that_is_described_goes_with_what_is_said_of_it(model, beside) -> None:
    text = "Bolt Foods plans to open a bakery in India, Jo Doe said.\n"
    model.answer = lambda handler, _: say(
        handler,
        items(
            item("Thing", "Bolt Foods", id="bolt-foods", type="Company", label="Bolt Foods"),
            item(
                "Thing", "bakery", id="bolt-foods-bakery", type="Initiative", label="bakery in India",
                company="bolt-foods", kind="manufacturing",
            ),
            item("StatusReport", "plans to open a bakery", about="bolt-foods-bakery", status="announced"),
        ),
    )  # fmt: skip
    found = proposed(model, beside, Paper(text))
    (proposal,) = found.proposals
    assert [thing["id"] for thing in proposal.things] == ["bolt-foods-bakery", "bolt-foods"]
    assert found.refused == ()


def test_empty_list_is_an_answer(model, beside) -> None:
    assert proposed(model, beside) == type(proposed(model, beside))(())


def test_text_without_words_asks_nobody(model, beside) -> None:
    assert proposed(model, beside, Paper(" \n")).proposals == ()
    assert model.sent == []


# What is sent, and where


def test_only_the_address_gets_the_text_and_nothing_but_the_text_and_what_is_known(
    model, beside
) -> None:
    proposed(model, beside)
    (sent,) = model.sent
    assert sent.path == "/v1/chat/completions"
    assert sent.body["model"] == "fake"
    assert sorted(sent.body) == ["messages", "model", "stream", "temperature"]
    assert [message["role"] for message in sent.body["messages"]] == ["system", "user"]
    assert sent.prompt.endswith(f"Q: {TEXT.strip()}\nA: ")
    context = sent.prompt.partition("Title: ")[2].partition("Examples")[0].splitlines()
    assert context[:3] == ["More shops", "Published: 2029-05-31", "Known things:"]
    assert set(filter(None, context[3:])) == {
        "- acme: Acme (Company)",
        "- india: India (Country)",
        "- jo-doe: Jo Doe (Person)",
        "- acme-shops: Acme's shops (Initiative)",
    }


def test_each_credential_goes_to_its_own_place_alone(model, beside) -> None:
    proposed(model, beside, OPENAI_API_KEY="t4cret", GEMINI_API_KEY="u5cret", HF_TOKEN="v6cret")  # noqa: S106
    proposed(model, beside, KG_MODEL_KEY=KEY)
    first, second = model.sent
    assert "authorization" not in first.headers
    assert "cret" not in json.dumps([first.headers, first.body])
    assert second.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(second.body)


def test_no_proxy_sees_what_goes_to_this_machine(model, beside, monkeypatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with fake_model() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        proposed(model, beside)
        assert (len(model.sent), proxy.sent) == (1, [])


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:11434/v1", True),
        ("http://[::1]:8000/v1", True),
        ("http://127.8.0.1/v1", True),
        ("https://m.example.org/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://10.0.0.1/v1", False),
    ],
)
def test_addresses_of_this_machine_are_known(url, here) -> None:
    assert _is_here(url) == here


def test_same_text_is_sent_in_the_same_bytes(model, beside) -> None:
    proposed(model, beside)
    proposed(model, beside)
    assert model.sent[0].body == model.sent[1].body


def test_long_text_is_sent_in_parts_and_places_count_from_its_beginning(model, beside) -> None:
    filler = "".join(f"Nothing happened on day {number}. " for number in range(1, 120))
    text = f"{filler}\n{TEXT}{filler}"
    model.answer = lambda handler, sent: say(
        handler, items(*[TARGET] * (TARGET["Target"] in sent.prompt.rpartition("Q: ")[2]))
    )
    (proposal,) = proposed(model, beside, Paper(text, published=PAPER.published)).proposals
    assert text[slice(*proposal.spans[0])] == TARGET["Target"]
    assert len(model.sent) > 3
    asked = "".join(sent.prompt.rpartition("Q: ")[2].removesuffix("\nA: ") for sent in model.sent)
    assert "".join(asked.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("tokens", "told"), [(4096, True), (8000, False), ("many", False), (None, False)]
)
def test_server_that_may_have_cut_the_question_is_told(model, beside, tokens, told) -> None:
    usage = {"prompt_tokens": tokens} if tokens is not None else None
    model.answer = lambda handler, _: say(handler, items(TARGET), usage=usage)
    found = proposed(model, beside)
    assert len(found.proposals) == 1
    assert [
        one.startswith("The model counted 4,096 tokens of a question of ") for one in found.remarks
    ] == [True] * told


# Answers that are none


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "its answer is empty"),
        ("I would rather talk about shops.", "its answer is no JSON, or half of it"),
        (items(TARGET, OBSERVATION)[:-20], "its answer is no JSON, or half of it"),
        ('{"answer": "none"}', "its answer has no list of extractions"),
        ("[" * 1_000, "its answer nests too deeply"),
    ],
)  # fmt: skip
def test_answer_that_cannot_be_read_is_told_and_nothing_of_it_taken(
    model, beside, content, why
) -> None:
    model.answer = lambda handler, _: say(handler, content, ended="length")
    found = proposed(model, beside)
    assert found.proposals == ()
    assert tell_refused(found.refused) == [f"1 proposal of model fake is left out: {why}"]


def test_one_bad_answer_spoils_no_other_part(model, beside) -> None:
    filler = "".join(f"Nothing happened on day {number}. " for number in range(1, 70))
    paper = Paper(f"{TEXT}{filler}", published=PAPER.published)
    model.answer = lambda handler, sent: say(
        handler, items(TARGET) if "Acme" in sent.prompt.rpartition("Q: ")[2] else "{"
    )
    found = proposed(model, beside, paper)
    assert len(found.proposals) == 1
    assert {refusal.reason for refusal in found.refused} == {"its answer is no JSON, or half of it"}


# Servers that refuse


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (401, b"", r"refuses access \(HTTP 401\); set KG_MODEL_KEY to what it takes"),
        (403, b"", r"refuses access \(HTTP 403\)"),
        (404, b'{"error": {"message": "no model fake"}}', "answers HTTP 404: no model fake"),
        (400, b"<html>no</html>", "answers HTTP 400: <html>no</html>"),
        (400, b"[" * 9_000, r"answers HTTP 400: \[+"),
        (418, b'{"error": null}', "answers HTTP 418"),
        (204, b"", "answers HTTP 204"),
        (200, b"hello", "answers with no chat completion"),
        (200, b'{"choices": []}', "answers with no chat completion"),
        (200, b'{"choices": [{"message": {"content": null}}]}', "answers with no chat completion"),
        (200, b'{"choices": [{"message": {"content": ["a"]}}]}', "answers with no chat completion"),
        (
            200,
            b'{"choices": [{"message": {"content": null, "refusal": "No."}}]}',
            "the model refuses to answer to this text",
        ),
        (
            200,
            b'{"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}',
            "the model refuses to answer to this text",
        ),
        (200, b"[" * 100_000, "answers with no chat completion"),
        (200, b"\xff\xfe", "answers with no chat completion"),
    ],
)
def test_server_that_refuses_or_is_none_is_told_in_a_sentence(
    model, beside, status, body, why
) -> None:
    model.answer = lambda handler, _: send(handler, body, status)
    with pytest.raises(ModelError, match=f"^{model.url}: {why}"):
        proposed(model, beside)
    assert len(model.sent) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_server_is_asked_again_and_then_told(model, beside, status) -> None:
    model.answer = lambda handler, _: send(handler, b"", status, Retry_After="0")
    with pytest.raises(ModelError, match=f"HTTP {status}"):
        proposed(model, beside)
    assert len(model.sent) == 3


def test_server_that_is_busy_once_answers_the_next_time(model, beside) -> None:
    def answer(handler: Handler, _) -> None:
        if len(model.sent) == 1:
            send(handler, b"", 429, Retry_After="0")
        else:
            say(handler, items(TARGET))

    model.answer = answer
    assert len(proposed(model, beside).proposals) == 1


def test_server_that_wants_to_be_asked_much_later_is_not_waited_for(model, beside) -> None:
    model.answer = lambda handler, _: send(handler, b"", 429, Retry_After="3600")
    began = time.monotonic()
    with pytest.raises(ModelError, match="asked too often, or its quota is used up"):
        proposed(model, beside)
    assert time.monotonic() - began < 5
    assert len(model.sent) == 1


def test_model_that_takes_no_temperature_is_asked_without(model, beside) -> None:
    def answer(handler: Handler, sent) -> None:
        if "temperature" in sent.body:
            send(handler, b'{"error": {"message": "unsupported: temperature"}}', 400)
        else:
            say(handler, items(TARGET))

    model.answer = answer
    assert len(proposed(model, beside).proposals) == 1


def test_server_that_has_moved_is_not_followed(model, beside) -> None:
    with fake_model() as other:
        there = f"{other.url}/chat/completions"
        model.answer = lambda handler, _: send(handler, b"", 307, Location=there)
        with pytest.raises(ModelError, match=f"has moved to {there}; give that address"):
            proposed(model, beside, KG_MODEL_KEY=KEY)
        assert other.sent == []


def test_credential_is_in_no_sentence_even_if_the_server_says_it(model, beside) -> None:
    body = json.dumps({"error": {"message": f"the key {KEY} is\nnot good\x1b[31m"}}).encode()
    model.answer = lambda handler, _: send(handler, body, 422)
    with pytest.raises(ModelError) as refused:
        proposed(model, beside, KG_MODEL_KEY=KEY)
    assert str(refused.value) == f"{model.url}: answers HTTP 422: the key … is not good\\u001b[31m"
    error: BaseException | None = refused.value
    while error is not None:
        assert KEY not in repr(error)
        error = error.__cause__


@pytest.mark.parametrize("key", ["a\nb", "ключ"])
def test_credential_that_cannot_be_sent_is_told_without_it(model, beside, key) -> None:
    with pytest.raises(ModelError, match="KG_MODEL_KEY") as refused:
        proposed(model, beside, KG_MODEL_KEY=key)
    assert key not in str(refused.value)
    assert model.sent == []


def test_server_that_is_not_there_is_told(beside) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        chosen = ModelChoice.of({}, "fake", url)
        with pytest.raises(ModelError, match=f"^{url}: cannot be reached: "):
            propose_by_model(PAPER, beside.index, chosen)


# Servers without an end

PATIENT = "has not answered in 0.5 seconds; give it more with KG_MODEL_TIMEOUT, or a shorter text"


def silent(model: FakeModel):
    return lambda _handler, _sent: model.over.wait(20)


def dripping_body(model: FakeModel):
    def answer(handler: Handler, _) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not model.over.wait(0.05):
            handler.wfile.write(b" ")

    return answer


def dripping_head(model: FakeModel):
    def answer(handler: Handler, _) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not model.over.wait(0.05):
            handler.wfile.write(b"a")

    return answer


@pytest.mark.parametrize("slow", [silent, dripping_body, dripping_head])
def test_slow_server_is_waited_for_as_long_as_is_said(model, beside, slow) -> None:
    model.answer = slow(model)
    began = time.monotonic()
    with pytest.raises(TimeLimitError, match=f"^{model.url}: {PATIENT}$") as late:
        proposed(model, beside, KG_MODEL_TIMEOUT="0.5")
    assert late.value.exit_code == 4
    assert time.monotonic() - began < 5


def test_time_is_that_of_all_parts_together(model, beside) -> None:
    paper = Paper("".join(f"Nothing happened on day {number}. " for number in range(1, 2_000)))

    def answer(handler: Handler, _) -> None:
        model.over.wait(0.1)
        say(handler, items())

    model.answer = answer
    with pytest.raises(TimeLimitError):
        proposed(model, beside, paper, KG_MODEL_TIMEOUT="0.5")
    asked = len(model.sent)
    time.sleep(0.5)
    assert len(model.sent) - asked <= 1  # what is late is not asked on behind our back


def test_endless_answer_is_cut_off(model, beside) -> None:
    sent = 0

    def answer(handler: Handler, _) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        part = b"a" * 65_536
        with suppress(OSError):
            while not model.over.is_set():
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                sent += len(part)
        handler.close_connection = True

    model.answer = answer
    with pytest.raises(ModelError, match=f"answers with more than {MAX_ANSWER:,} bytes"):
        proposed(model, beside)
    assert sent < 10 * MAX_ANSWER


# Other languages


def test_chinese_words_get_their_places(model, beside) -> None:
    text = "小米周四表示,该公司计划在印度开设门店。"
    model.answer = lambda handler, _: say(
        handler,
        items(item("StatusReport", "该公司计划在印度开设门店", about="xiaomi", status="announced")),
    )
    found = proposed(model, beside, Paper(text, language="zh"))
    assert found.refused == ()
    assert [text[slice(*one.spans[0])] for one in found.proposals] == ["该公司计划在印度开设门店"]


@pytest.mark.parametrize(("value", "kept"), [("1500", 1), ("500", 0), ("15000", 0)])
def test_chinese_figures_are_held_against_the_words(model, beside, value, kept) -> None:
    text = "小米计划到2030年在印度开设1500家门店。"
    keys = {
        "about": "xiaomi", "indicator": "branded-shops", "value": value, "due": "2030-12-31",
        "due_precision": "year",
    }  # fmt: skip
    model.answer = lambda handler, _: say(
        handler, items(item("Target", text.removesuffix("。"), **keys))
    )
    paper = Paper(text, published=PAPER.published, language="zh")
    assert len(proposed(model, beside, paper).proposals) == kept


def test_answer_in_another_language_than_the_text_is_refused(model, beside) -> None:
    words = "wird bis 2031 in Indien 1.500 Läden eröffnen"
    model.answer = lambda handler, _: say(handler, items({**TARGET, "Target": words}))
    found = proposed(model, beside)
    assert found.proposals == ()
    assert [one.reason for one in found.refused] == ["its words do not stand so in the text"]


# Providers of LangExtract's own


def test_provider_of_langextract_is_asked_by_the_name_of_the_model(
    model, beside, monkeypatch
) -> None:
    monkeypatch.setenv("OLLAMA_BASE_URL", model.url.removesuffix("/v1"))

    def answer(handler: Handler, sent) -> None:
        assert sent.path == "/api/generate"
        send(handler, json.dumps({"response": items(TARGET), "done": True}).encode())

    model.answer = answer
    chosen = ModelChoice.of({}, "ollama-is-not-a-name")
    with pytest.raises(
        UsageError, match="knows no provider of a model 'ollama-is-not-a-name'; give its address"
    ):
        propose_by_model(PAPER, beside.index, chosen)
    found = propose_by_model(PAPER, beside.index, ModelChoice.of({}, "llama3-ollama"))
    assert [one.by for one in found.proposals] == ["model llama3-ollama"]


def test_provider_that_fails_is_told_in_a_sentence_without_its_credential(
    model, beside, monkeypatch
) -> None:
    monkeypatch.setenv("OLLAMA_BASE_URL", model.url.removesuffix("/v1"))
    model.answer = lambda handler, _: send(handler, f"the key {KEY} is not good".encode(), 400)
    chosen = ModelChoice.of({"OLLAMA_API_KEY": KEY}, "llama3-ollama")
    with pytest.raises(ModelError, match=r"^llama3-ollama: ") as refused:
        propose_by_model(PAPER, beside.index, chosen)
    assert KEY not in str(refused.value)


def test_provider_without_its_credential_is_told(beside, monkeypatch) -> None:
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY", "LANGEXTRACT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    chosen = ModelChoice.of({}, "gemini-2.5-flash")
    with pytest.raises(ModelError, match=r"^gemini-2.5-flash: .*API key"):
        propose_by_model(PAPER, beside.index, chosen)


def test_provider_that_is_late_is_waited_for_no_longer_than_is_said(
    model, beside, monkeypatch
) -> None:
    monkeypatch.setenv("OLLAMA_BASE_URL", model.url.removesuffix("/v1"))
    model.answer = silent(model)
    chosen = ModelChoice.of({"KG_MODEL_TIMEOUT": "0.5"}, "llama3-ollama")
    with pytest.raises(TimeLimitError, match=f"^llama3-ollama: {PATIENT}$"):
        propose_by_model(PAPER, beside.index, chosen)


def test_model_of_openai_is_asked_with_its_own_credential(model, beside, monkeypatch) -> None:
    monkeypatch.setattr("kg.drafting.model.model.OPENAI", model.url)
    model.answer = lambda handler, _: say(handler, items(TARGET))
    settings = {"KG_MODEL_KEY": KEY, "OPENAI_API_KEY": "t4cret"}
    found = propose_by_model(PAPER, beside.index, ModelChoice.of(settings, "gpt-4o"))
    assert [one.by for one in found.proposals] == ["model gpt-4o"]
    assert model.sent[0].headers["authorization"] == "Bearer t4cret"
    model.answer = lambda handler, _: send(handler, b"", 401)
    with pytest.raises(ModelError, match="set OPENAI_API_KEY to what it takes"):
        propose_by_model(PAPER, beside.index, ModelChoice.of(settings, "gpt-4o"))


def test_model_of_openai_needs_its_own_credential(beside) -> None:
    chosen = ModelChoice.of({"KG_MODEL_KEY": KEY}, "gpt-4o")
    with pytest.raises(UsageError, match=r"^gpt-4o is a model of OpenAI; set OPENAI_API_KEY$"):
        propose_by_model(PAPER, beside.index, chosen)


@pytest.mark.parametrize("library", ["langextract", "httpx"])
def test_library_that_is_missing_is_told(beside, monkeypatch, library) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    chosen = ModelChoice.of({}, "fake", "http://127.0.0.1:1/v1")
    with pytest.raises(MissingExtraError, match=rf"needs {library}, .*'\.\[model\]'"):
        propose_by_model(PAPER, beside.index, chosen)


# What a model is shown


def test_words_of_the_examples_stand_once_in_their_texts() -> None:
    for one in load_examples():
        words = [said[kind] for said in one["says"] for kind in said if kind in CLASSES]
        words += [words for said in one["says"] for words in said.get(ALSO, ())]
        assert [one["text"].count(each) for each in words] == [1] * len(words)


def test_examples_say_what_a_statement_can_say_in_terms_that_exist(beside) -> None:
    vocabulary = Vocabulary.of(beside.index)
    for said in (said for one in load_examples() for said in one["says"]):
        (kind,) = said.keys() & set(CLASSES)
        keys = said.keys() - {kind, ALSO}
        if kind in STATEMENTS:
            assert keys < vocabulary.keys[kind]
        for key in keys:
            values = [said[key]] if isinstance(said[key], str) else said[key]
            assert all(vocabulary.has_term(key, value) is not False for value in values), (
                key,
                values,
            )


def test_keys_that_the_rules_name_are_those_of_each_statement(beside) -> None:
    vocabulary = Vocabulary.of(beside.index)
    told = " ".join(instructions(vocabulary).partition("Rules:")[0].split())
    for kind in STATEMENTS:
        keys = told.partition(f"- {kind}: ")[2].partition("Keys: ")[2].partition(".")[0]
        named = set(re.findall("[a-z_]+", keys)) - {"or", "and"}
        assert named < vocabulary.keys[kind], kind


def test_errors_of_a_model_are_those_of_everything_else() -> None:
    assert issubclass(ModelError, KgError)
    assert ModelError.exit_code == 3
