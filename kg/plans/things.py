"""What a picture shows of things: type, status, other names and descriptions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.query import ClassTree, select_pairs, select_texts, select_typed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from kg.query import Index

    _Text: TypeAlias = tuple[str, str]
    """A text and its language."""

# The classes that a picture tells apart; what is of none of them, nor below one, is a category.
_PICTURED: Final = frozenset({
    "Person", "Initiative", "Facility", "Place", "Product", "Condition", "Company", "Organization",
})  # fmt: skip


@dataclass(frozen=True)
class Things:
    """The things of a graph by slug, without its sources, which a picture shows as evidence alone.

    `names` has the labels by language of what is not called in English alone.
    """

    types: Mapping[str, str]
    statuses: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    descriptions: Mapping[str, Sequence[str]]
    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, index: Index) -> Things:
        """Read the things of a graph.

        >>> import kg
        >>> things = Things.of(kg.build(check=False).index)
        >>> things.types["india"], things.aliases["hindustan-times"], "小米" in things.aliases["xiaomi"]
        ('place', ['HT'], True)
        >>> things.names["xiaomi"]
        {'en': 'Xiaomi', 'zh': '小米'}
        """
        tree = ClassTree.of(index)
        classes = _classes(index, tree)
        # Most things have the classes of many others.
        kind = cache(lambda names: tree.nearest(names, _PICTURED).lower() or "category")
        labels = _texts(index, "rdfs:label", classes)
        others = _texts(index, "skos:altLabel", classes)
        # Of what has a label in English, the labels in other languages are other names.
        for thing, own in labels.items():
            if "en" in (language for _, language in own):
                others[thing] += [pair for pair in own if pair[1] != "en"]
        return cls(
            {
                thing: kind(frozenset(names))
                for thing, names in classes.items()
                if "cp:Source" not in names
            },
            {
                thing: str(status).removeprefix("cp:")
                for thing, status in sorted(select_pairs(index, "cp:currentStatus"), key=str)
            },
            _in_order(others),
            _in_order(_texts(index, "rdfs:comment", classes)),
            {thing: _by_language(own) for thing, own in labels.items() if _has_others(own)},
        )


def _classes(index: Index, tree: ClassTree) -> dict[str, set[str]]:
    """Return the classes of each thing, those of our own."""
    below = {f"cp:{class_}" for class_, above in tree.above.items() if "Thing" in above}
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for thing, class_ in select_typed(index, sorted(below | {"cp:Thing", "cp:Source"})):
        classes[thing].add(str(class_))
    return {thing: names for thing, names in classes.items() if "cp:Thing" in names}


def _texts(index: Index, name: str, things: Container[str]) -> defaultdict[str, list[_Text]]:
    texts: defaultdict[str, list[_Text]] = defaultdict(list)
    for thing, text, language in select_texts(index, name):
        if thing in things:
            texts[thing].append((text, language))
    return texts


def _in_order(texts: Mapping[str, list[_Text]]) -> dict[str, list[str]]:
    return {thing: sorted(text for text, _ in own) for thing, own in texts.items() if own}


def _has_others(labels: Iterable[_Text]) -> bool:
    """Whether some labels are not all in English."""
    return any(language != "en" for _, language in labels)


def _by_language(labels: Iterable[_Text]) -> dict[str, str]:
    """Return labels by language; of several in one language the first."""
    named: dict[str, str] = {}
    for label, language in sorted(labels):
        named.setdefault(language, label)
    return named
