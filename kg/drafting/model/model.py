"""A model proposes, through LangExtract: what it says is a proposal like any other, and refused like any other.

What it is sent is the text in parts, its title and day of publication, the terms of the graph and the names of known
things; where it is sent is `ModelChoice` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.base import KgError, MissingExtraError, ModelError, UsageError
from kg.drafting.model.answers import AnswerError, read_answer
from kg.drafting.model.chat import Chat, late, without_secrets
from kg.drafting.model.choice import OPENAI
from kg.drafting.model.patience import wait_for
from kg.drafting.model.placing import read_items
from kg.drafting.model.prompts import CLASSES, article_context, instructions, load_examples
from kg.drafting.refusals import Refusal, Sifted, sift
from kg.drafting.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.drafting.model.choice import ModelChoice
    from kg.drafting.papers.documents import Paper
    from kg.query import Index

_PART: Final = 2_000
"""How many characters of a text are asked about at once."""

_BEFORE: Final = 300
"""How many of those before are shown with them, for who "he" is."""

# It keeps words apart by spaces unless told otherwise, and finds nothing in these.
_UNSPACED: Final = frozenset({"zh", "ja", "th", "lo", "km", "my"})


def propose_by_model(paper: Paper, index: Index, choice: ModelChoice) -> Sifted:
    """Return what a model proposes, as far as it may stand, and what was refused.

    Args:
        paper: the text, which leaves the machine for where `choice` says.
        index: the graph whose terms and things may be named.
        choice: the model, its address, its time.

    Raises:
        MissingExtraError: LangExtract is not installed.
        UsageError: nobody knows where the model is to be found.
        ModelError: it cannot be reached, refuses, or answers with no chat completion.
        TimeLimitError: it takes longer than it is given.
    """
    if not paper.text.strip():
        return Sifted(())
    by = f"model {choice.name}"
    broken: list[Refusal] = []
    asked, remarks = _provider(choice)

    def answer(prompt: str) -> list[dict[str, Any]]:
        """Return the items of an answer, and keep aside what is wrong with it."""
        try:
            items, bad = read_answer(asked(prompt), CLASSES)
        except AnswerError as error:
            items, bad = [], [str(error)]
        broken.extend(Refusal(by, reason) for reason in bad)
        return items

    found = wait_for(
        lambda: _extracted(paper, index, answer),
        choice.seconds,
        late(choice.url or choice.name, choice.seconds),
    )
    proposals, unplaced = read_items(found, paper.text, index, by)
    sifted = sift(proposals, paper, index)
    return Sifted(sifted.proposals, (*broken, *unplaced, *sifted.refused), remarks())


def _extracted(
    paper: Paper, index: Index, answer: Callable[[str], list[dict[str, Any]]]
) -> list[Any]:
    """Return what LangExtract makes of the answers: the words of each item, and their place."""
    import langextract as lx
    from langextract.core.tokenizer import RegexTokenizer, UnicodeTokenizer
    from langextract.prompt_validation import PromptValidationLevel

    unspaced = paper.language.partition("-")[0] in _UNSPACED
    document = lx.extract(
        paper.text,
        prompt_description=instructions(Vocabulary.of(index)),
        examples=[
            lx.data.ExampleData(example["text"], [_shown(each) for each in example["says"]])
            for example in load_examples()
        ],
        model=_answering(answer),
        additional_context=article_context(paper, index),
        max_char_buffer=_PART,
        context_window_chars=_BEFORE,
        tokenizer=UnicodeTokenizer() if unspaced else RegexTokenizer(),
        # Otherwise it leaves out what it cannot read, with a line in a log.
        resolver_params={"suppress_parse_errors": False},
        prompt_validation_level=PromptValidationLevel.OFF,  # a test holds the examples
        use_schema_constraints=False,
        batch_length=1,
        max_workers=1,
        show_progress=False,
    )
    return list(document.extractions or ())


def _shown(said: dict[str, str | list[str]]) -> Any:
    """Return one statement of an example as LangExtract shows it to the model."""
    from langextract.data import Extraction

    (name,) = said.keys() & set(CLASSES)
    return Extraction(
        name, str(said[name]), attributes={key: said[key] for key in said if key != name}
    )


def _answering(answer: Callable[[str], list[dict[str, Any]]]) -> Any:
    """Return what LangExtract takes for a model, and whose answers are read already."""
    import json

    from langextract.core.base_model import BaseLanguageModel
    from langextract.core.types import ScoredOutput

    class ReadModel(BaseLanguageModel):  # type: ignore[misc] # LangExtract has no types
        @property
        def requires_fence_output(self) -> bool:
            return False

        def infer(self, batch_prompts: Sequence[str], **_: Any) -> Iterator[Sequence[ScoredOutput]]:
            for prompt in batch_prompts:
                items = answer(prompt)
                yield [ScoredOutput(1.0, json.dumps({"extractions": items}, ensure_ascii=False))]

    return ReadModel()


def _provider(choice: ModelChoice) -> tuple[Callable[[str], str], Callable[[], tuple[str, ...]]]:
    """Return what sends a prompt and returns the answer, and what tells afterwards how that went."""
    try:
        import langextract as lx
    except ImportError:
        raise MissingExtraError("a model", "langextract", "model") from None
    if choice.url is not None:
        chat = Chat(choice.url, choice.name, choice.seconds, choice.key)
        return chat.ask, chat.remarks
    lx.providers.load_builtins_once()
    lx.providers.load_plugins_once()
    try:
        provider = lx.providers.router.resolve(choice.name)
    except lx.exceptions.LangExtractError:
        raise UsageError(
            f"LangExtract knows no provider of a model {choice.name!r}; give its address with"
            " --model-url"
        ) from None
    if provider.__name__ == "OpenAILanguageModel":
        # It takes neither a limit of time nor one of size, and wants a package of its own.
        if not choice.openai_key:
            raise UsageError(f"{choice.name} is a model of OpenAI; set OPENAI_API_KEY")
        chat = Chat(OPENAI, choice.name, choice.seconds, choice.openai_key, "OPENAI_API_KEY")
        return chat.ask, chat.remarks
    return _of_langextract(choice), tuple


def _of_langextract(choice: ModelChoice) -> Callable[[str], str]:
    """Return a provider of LangExtract's own, which finds its credential in the environment."""
    import langextract as lx

    def failed(error: Exception) -> ModelError:
        return ModelError(f"{choice.name}: {without_secrets(str(error), choice.secrets)}")

    try:
        model = lx.factory.create_model(lx.factory.ModelConfig(model_id=choice.name))
    except (lx.exceptions.LangExtractError, ValueError, OSError) as error:
        raise failed(error) from None

    def ask(prompt: str) -> str:
        try:
            ((scored, *_),) = model.infer([prompt])
        except KgError:
            raise
        except (lx.exceptions.LangExtractError, ValueError, OSError) as error:
            raise failed(error) from None
        return str(scored.output or "")

    return ask
