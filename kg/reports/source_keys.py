"""A key of a source and the kinds of what has keys, as values; and what keys mean that no ontology defines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.reports.shape_logic import Condition
    from kg.reports.source_names import KnownName

UNSAID: Final = {
    "id": "The name of what is described here, by which all else refers to it: one word, and no other has it.",
    "type": "What it is: of which kind a statement, a thing or a source is.",
    "things": "Whom and what the statements name and the graph does not know yet, each with an id, a type and a label.",
    "statements": "What the source says: one statement a fact, in the order of the text.",
    "label": "What it is called.",
    "alias": "Another name, by which it is found as well.",
    "description": "A sentence that tells it from others of a like name.",
    "matches": "The same thing in another public list.",
    "latitude": "How far north of the equator it lies, in degrees.",
    "longitude": "How far east of Greenwich it lies, in degrees.",
    "definition": "What exactly is meant, so that two values of it can be compared.",
    "broader": "What it is a narrower case of.",
    "title": "The headline that the source was published under.",
    "url": "Where the source can be read.",
    "publisher": "Who published the source.",
    "author": "Who wrote the source.",
    "published": "The day on which the source was published.",
    "language": "The language of the source.",
    "sha256": "The SHA-256 of the normalised words, in hexadecimal.",
    "subject": "The thing of which a relation says something.",
    "predicate": "How the subject stands to the object.",
    "object": "The thing to which the subject stands so.",
    "start": "The first character of the words, counted from 0.",
    "end": "The character after the last of the words.",
    "proposed": "What waits for a review: statements and things that nobody has accepted. They count nowhere.",
    "by": "Who proposes it: the grammar, or a model.",
    "at": "Where the element stands in its file: an XPath, a JSON Pointer, or a sheet and a cell.",
    "words": "The very words of the text on which it rests: kg locate finds their place and takes them out.",
    "nth": "Which of the places of the words is meant, from 1, where the text has them more than once.",
}
"""What keys mean that no ontology of ours defines."""

UNSAID_OF_CLASSES: Final = {
    "Unit": "What a number counts or measures in.",
    "Currency": "A unit that is the money of some place.",
}
"""What the classes of other vocabularies mean that the context names."""


@dataclass(frozen=True)
class SourceKey:
    """A key where it stands: in a source, a statement or a thing of a certain kind.

    `takes` is the datatype that the context gives its values, None for text; `rule` says in a
    sentence what it takes, where a shape does. `terms` are all that may stand there, of the list called
    `vocabulary`; `classes` of what classes the things are that it names, and `inside` the key behind
    which a part of its node is described right there.
    """

    name: str
    takes: str | None
    meaning: str
    example: str = ""
    rule: str = ""
    required: bool = False
    single: bool = False
    vocabulary: str = ""
    terms: tuple[KnownName, ...] = ()
    classes: tuple[str, ...] = ()
    inside: str = ""
    pattern: str | None = None
    least: str | None = None
    most: str | None = None


@dataclass(frozen=True)
class NodeKind:
    """A kind of what is described in a source, such as a target, an article or a company.

    `part` is `statement`, `source`, `thing`, or the key behind which it stands (`evidence`, `text`).
    An `open` kind is one of which no shape says what else it may carry. `conditions` tell of several
    keys at once.
    """

    name: str
    part: str
    meaning: str
    example: str
    keys: tuple[SourceKey, ...]
    conditions: tuple[Condition, ...] = ()
    open: bool = False
