"""People whom a text names in full and later by a part of their name: Manu Kumar Jain, then Jain."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.drafting.grammar.words import split_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.drafting.grammar.words import Word

# What stands before a name and is no part of one.
_TITLES: Final = frozenset(
    {
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lord", "dame", "herr", "frau",
        "ceo", "cfo", "coo", "cto", "md", "president", "chairman", "chairwoman", "chair",
        "chief", "boss", "founder", "director", "manager", "head", "minister", "secretary",
        "governor", "senator", "mayor", "spokesman", "spokeswoman", "executive", "officer",
        "partner", "analyst", "professor",
    }
)  # fmt: skip
_STOPS: Final = frozenset(".!?:;\"'()[]|-,") | {"\u3002"}


def find_parts(
    text: str,
    words: Sequence[Word],
    people: Mapping[str, Collection[str]],
    taken: Collection[tuple[int, int]],
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the places where a text calls people by a part of a whole name, with whom it may mean.

    Args:
        text: the text.
        words: its words.
        people: the whole names of those whom the text names in full.
        taken: the places that are names already.

    A part that stands behind another large word ("Rahul Jain") is somebody else's name, too, and then
    nobody is found by that part.
    """
    bearers = _bearers(people)
    if not bearers:
        return
    inside = {at for start, end in taken for at in range(start, end)}
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    strange = set()
    for at, word in enumerate(words):
        if word.folded not in bearers or word.start in inside or not text[word.start].isupper():
            continue
        if at and _is_other_name(text, words, at, inside):
            strange.add(word.folded)
        elif not _goes_on(text, words, at):
            places[word.folded].append((word.start, word.end))
    for part, spans in places.items():
        if part not in strange:
            yield from ((start, end, tuple(sorted(bearers[part]))) for start, end in spans)


def _bearers(people: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for person, names in people.items():
        for name in names:
            parts = [word.folded for word in split_words(name) if word.folded.isalpha()]
            # An initial is no name, and neither is a character of a script without spaces.
            for part in parts if name.isascii() or len(name.split()) > 1 else ():
                if len(part) > 1:
                    bearers[part].add(person)
    return dict(bearers)


def _is_other_name(text: str, words: Sequence[Word], at: int, inside: Collection[int]) -> bool:
    """Whether the word before is likely to be the given name of somebody else."""
    before = words[at - 1]
    if before.start in inside or before.folded in _TITLES or not text[before.start].isupper():
        return False
    # "But Jain said": the first word of a sentence is large, whatever it is.
    begins = (
        at == 1 or words[at - 2].folded in _STOPS or "\n" in text[words[at - 2].end : before.start]
    )
    joined = "\n" not in text[before.end : words[at].start]
    return joined and not begins and before.folded[0].isalpha()


def _goes_on(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a large word follows at once, which makes it the name of something else: Jain Irrigation."""
    if at + 1 == len(words):
        return False
    after = words[at + 1]
    gap = text[words[at].end : after.start]
    return gap == " " and text[after.start].isupper()
