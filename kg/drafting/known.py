"""Things of a graph found in a text, by all their names.

Names are compared as people read them (`kg.base.fold`), word by word, and of several names at a place the
longest is found. A name that two things bear is told as such and stands for neither.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from weakref import WeakKeyDictionary

from kg.base import shorten
from kg.drafting.grammar.shortened import find_parts
from kg.drafting.grammar.words import Word, split_words
from kg.query import LONGEST, ClassTree, select_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.query import Index

DESCRIBED: Final = frozenset({"Initiative", "Indicator", "Category", "Condition"})
"""The classes of what a graph describes in common words, and no text calls by name."""

_NAMES: Final = """SELECT (STR(?thing) AS ?iri) ?name (STR(?class) AS ?type) {
  VALUES ?property { rdfs:label skos:altLabel }
  ?thing ?property ?name ; a cp:Thing, ?class .
  FILTER (isIRI(?thing) && isLiteral(?name))
  FILTER NOT EXISTS { ?thing a cp:Source }
  FILTER NOT EXISTS { ?thing a cp:Article }
}"""
_LONGEST_CAPITALS: Final = 5
_SHORTEST: Final = 3

# Read once for each index, which never changes, and forgotten together with it.
_books: WeakKeyDictionary[Index, KnownThings] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A thing that is named in a text: from where to where, end-exclusive, its shortest name, its class."""

    start: int
    end: int
    thing: str
    type: str


@dataclass(frozen=True, slots=True, order=True)
class Ambiguity:
    """A name in a text that several things bear: its place, and their shortest names."""

    start: int
    end: int
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundThings:
    """What is named in a text, in its order, and which names could not be told apart."""

    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...] = ()


@dataclass(frozen=True, slots=True)
class _BorneName:
    """A name of a thing: how it is written, and whether it counts only beside a longer one."""

    thing: str
    written: str
    is_short: bool

    def fits(self, words: str) -> bool:
        """Whether words of a text that read like the name can be it: `apple` is no company."""
        letters = [c for c in self.written if c.isalpha()]
        if len(letters) <= _LONGEST_CAPITALS and self.written.isupper():
            return words.isupper()
        return not letters[:1] or not letters[0].isupper() or _begins_large(words)


def _begins_large(words: str) -> bool:
    return not next((c for c in words if c.isalpha()), "").islower()


class _NameStep(dict[str, "_NameStep"]):
    """The words that can follow in a name, and the names that end here."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        super().__init__()
        self.names: list[_BorneName] = []


_Hit: TypeAlias = "tuple[int, int, tuple[_BorneName, ...]]"


class KnownThings:
    """The names of the things of a graph, ready to be found in any number of texts."""

    def __init__(self, names: Iterable[tuple[str, str]], types: Mapping[str, str]) -> None:
        """Take pairs of a thing and a name of it, and the class of each thing."""
        self._types = types
        self._steps = _NameStep()
        self._whole: defaultdict[str, list[str]] = defaultdict(list)
        for thing, written in sorted(set(names)):
            self._add(thing, written)

    def _add(self, thing: str, written: str) -> None:
        words = [word.folded for word in split_words(written[:LONGEST])]
        # A figure alone, or a sign, is never a name.
        if not any(c.isalpha() for word in words for c in word):
            return
        is_person = self._types.get(thing) == "Person"
        is_short = _is_short(written, words, is_person=is_person)
        if is_person and not is_short:
            self._whole[thing].append(written)
        step = self._steps
        for word in words:
            step = step.setdefault(word, _NameStep())
        step.names.append(_BorneName(thing, written, is_short))

    @classmethod
    def of(cls, index: Index) -> KnownThings:
        """Return the names of what `index` has a name for: companies, people, places, products, facilities.

        What is described in common words (initiatives, indicators, conditions) is not among them,
        and neither are the articles.

        >>> import kg
        >>> index = kg.build(check=False).index
        >>> found = KnownThings.of(index).find("Jun was in India: Lei Jun of Xiaomi likes it.")
        >>> [(mention.thing, mention.start) for mention in found.mentions]
        [('lei-jun', 0), ('india', 11), ('lei-jun', 18), ('xiaomi', 29)]
        >>> KnownThings.of(index).find("Jun was there. An apple a day.").mentions
        ()
        """
        if index not in _books:
            _books[index] = cls._read(index)
        return _books[index]

    @classmethod
    def _read(cls, index: Index) -> KnownThings:
        classes: defaultdict[str, set[str]] = defaultdict(set)
        names = set()
        for iri, name, class_ in select_rows(index, _NAMES):
            thing = shorten(str(iri))
            classes[thing].add(str(class_))
            names.add((thing, str(name)))
        tree = ClassTree.of(index)
        types = {thing: tree.most_specific(each) for thing, each in classes.items()}
        named = ((thing, name) for thing, name in names if types[thing] not in DESCRIBED)
        return cls(named, types)

    def find(self, text: str) -> FoundThings:
        """Return the things that a text names, in its order; no two overlap.

        A name of one or two letters, or a person's given name, counts only where the text also has a
        longer name of the same thing; so does each part of a person's whole name.
        """
        words = split_words(text)
        hits = list(self._hits(text, words))
        whole = {name.thing for _, _, names in hits for name in names if not name.is_short}
        places = [
            (
                start,
                end,
                tuple(sorted({n.thing for n in names if not n.is_short or n.thing in whole})),
            )
            for start, end, names in hits
        ]
        taken = [(start, end) for start, end, things in places if things]
        people = {thing: self._whole[thing] for thing in whole if thing in self._whole}
        places += find_parts(text, words, people, taken)
        return FoundThings(
            tuple(
                Mention(start, end, things[0], self._types[things[0]])
                for start, end, things in sorted(places)
                if len(things) == 1
            ),
            tuple(Ambiguity(*place) for place in sorted(places) if len(place[2]) > 1),
        )

    def _hits(self, text: str, words: Sequence[Word]) -> Iterator[_Hit]:
        """Yield the longest name at each place, from left to right, with all who bear it."""
        at = 0
        while at < len(words):
            step: _NameStep | None = self._steps
            best: tuple[int, tuple[_BorneName, ...]] | None = None
            for behind in range(at, len(words)):
                step = step.get(words[behind].folded) if step is not None else None
                if step is None:
                    break
                if step.names and (
                    names := _fitting(text, words[at].start, words[behind].end, step)
                ):
                    best = behind + 1, names
            if best:
                yield words[at].start, words[best[0] - 1].end, best[1]
            at = best[0] if best else at + 1


def _fitting(text: str, start: int, end: int, step: _NameStep) -> tuple[_BorneName, ...]:
    if _is_cut(text, start, end):
        return ()
    written = text[start:end]
    return tuple(name for name in step.names if name.fits(written))


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a place is part of something longer: a word with a vowel sign, or an address."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if after and unicodedata.category(after[0]).startswith("M"):
        return True
    # `www.xiaomi.com`, `jobs@xiaomi.com`, `xiaomi_india`; "in the U.S." ends in a stop.
    return (
        before.endswith(("@", "_", "//"))
        or (before.endswith(".") and before[:1].isalnum())
        or after.startswith(("@", "_"))
        or (after.startswith(".") and after[1:].isalnum())
    )


def _is_short(written: str, words: Sequence[str], *, is_person: bool) -> bool:
    # In other scripts two characters are a whole name: 小米.
    return written.isascii() and (len(written) < _SHORTEST or (is_person and len(words) == 1))
