"""What a model is told before it is asked: the rules, the terms of the graph, and examples.

All of it but `article_context` is the same for every text, so that a server can keep it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from kg.base import lengthen
from kg.drafting.known import KnownThings
from kg.drafting.vocabulary import STATEMENTS, Vocabulary, short
from kg.query import label_of

if TYPE_CHECKING:
    from kg.drafting.papers.documents import Paper
    from kg.query import Index

THING: Final = "Thing"
"""The class of what a model describes because the graph does not know it."""

ALSO: Final = "also"
"""The key of words that stand elsewhere and belong to the same statement."""

CLASSES: Final = (*STATEMENTS, THING)

_MOST_THINGS: Final = 200
_RULES: Final = """\
You read a news text about what companies plan, and list what it says as statements, one a fact, in the order of the text.

Classes:
- Target: a number that is to be reached. Keys: about, indicator, value (or minimum and maximum), comparator, unit,
  baseline, due, due_precision, status, place, speaker, on_behalf_of, via, mode, confidence.
- Observation: a number that was counted, reported, estimated or forecast. Keys: about, indicator, value, comparator, unit, when,
  when_start, when_precision, kind, place, speaker, on_behalf_of, via, mode, confidence.
- StatusReport: how far something has come. Keys: about, status, from, from_precision, reason, place, speaker, on_behalf_of, via,
  mode, confidence.
- Relation: how two things are related. Keys: subject, predicate, object, from, until, place, mode, confidence.
- Thing: a company, person, place, product, facility or initiative that you name and that is not among the known things.
  Keys: id, type, label, and of an Initiative company and kind.

Rules:
1. The words are copied from the text, letter by letter, from one place, as few as say it: with the number and the day in them.
   Add nothing and leave nothing out. Words that are not in the text are thrown away.
2. Say no more than the words. A number that the words do not have, a day that they do not name, a company that the text does not
   name are thrown away. A number is in digits alone: 1.5 million is 1500000. A vague number has a comparator.
3. A day is YYYY-MM-DD, the last one of its month, quarter or year, with the precision beside it. A day that only follows from the
   day of publication is of the precisions of its length and inferred.
4. `about` is an initiative of a company, or the company itself. Things are named by their ids, terms as they are listed here.
5. Where the number or the day of a statement stands elsewhere in the text ("by then"), the key `also` has a list of those words,
   copied in the same way: as many as it takes to find them once.
6. What the text denies, or says of an earlier time as a hope, is no target.
"""
_LISTED: Final = (
    ("status", "statuses"),
    ("comparator", "comparators"),
    ("kind of an Observation or an Initiative", "kinds"),
    ("precisions", "precisions"),
    ("mode", "modes"),
    ("confidence", "confidence-levels"),
    ("reason", "reasons"),
    ("predicate", "predicates"),
    ("unit", "units"),
    ("indicator", "indicators"),
)


class Example(TypedDict):
    """A made-up text, and what it says: the words under the name of a class, and beside them the keys."""

    text: str
    says: list[dict[str, str | list[str]]]


@cache
def load_examples() -> tuple[Example, ...]:
    """Return the examples that a model is shown; every scalar of theirs is a text.

    >>> [len(example["says"]) for example in load_examples()]
    [4, 3, 0]
    """
    import yaml  # only those who have a model wait for it

    text = Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8")
    # BaseLoader makes nothing but texts, lists and mappings.
    loaded: list[Example] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    return tuple(loaded)


def instructions(vocabulary: Vocabulary) -> str:
    """Return what a model is told of every text: the rules, and the terms that it may use."""
    lists = "\n\n".join(f"Terms of {key}:\n{_terms(vocabulary, name)}" for key, name in _LISTED)
    return f"{_RULES}\n{lists}"


def _terms(vocabulary: Vocabulary, name: str) -> str:
    answer = vocabulary.lists[name]
    columns = [
        at
        for at, column in enumerate(answer.columns)
        if at and (column != "definition" or name != "indicators") and column != "symbol"
    ]
    lines = []
    for row in answer.rows:
        told = "; ".join(row[at] for at in columns if row[at])
        lines.append(f"- {short(row[0])}: {told}" if told else f"- {short(row[0])}")
    return "\n".join(lines)


def article_context(paper: Paper, index: Index) -> str:
    """Return what a model is told of one text: its title and day, and the known things that it names.

    Named with them are the initiatives of its companies.
    """
    vocabulary = Vocabulary.of(index)
    mentions = (
        KnownThings.of(index).find("\n".join(filter(None, (paper.text, paper.title)))).mentions
    )
    named = {mention.thing: mention.type for mention in mentions}
    plans = {
        plan: "Initiative"
        for plan, companies in sorted(vocabulary.companies.items())
        if named.keys() & set(companies)
    }
    things = [*sorted(named.items()), *plans.items()][:_MOST_THINGS]
    lines = [f"- {thing}: {label_of(index, lengthen(thing))} ({type_})" for thing, type_ in things]
    published = paper.published.isoformat() if paper.published else "on a day that is not known"
    return "\n".join(
        [
            f"Title: {paper.title or 'none'}",
            f"Published: {published}",
            "Known things:",
            *(lines or ["- none"]),
        ]
    )
