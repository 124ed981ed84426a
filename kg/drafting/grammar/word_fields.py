"""Fields of a dataclass that are read from the file of a language: each is named once, with how its words are taken."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg.drafting.grammar.phrase_tables import phrases_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

_MADE: Final = "made"


@dataclass(frozen=True, slots=True)
class LanguageTables:
    """What a language says of plans: its tag, its table, its lexicon, and the words that stand for others in phrases."""

    code: str
    table: Mapping[str, Any]
    lexicon: Mapping[str, Any]
    words: Mapping[str, list[str]]

    def at(self, path: tuple[str, ...]) -> Any:
        """Return what stands at a path of the table."""
        found: Any = self.table
        for key in path:
            found = found[key]
        return found


def made(make: Callable[[LanguageTables], object]) -> Any:
    """Return a field that is made of the tables of a language in a way of its own."""
    return field(metadata={_MADE: lambda tables, _: make(tables)})


def listed(*path: str) -> Any:
    """Return a field with the words of a list, by default that of its own name."""
    return field(metadata={_MADE: lambda tables, name: frozenset(tables.at(path or (name,)))})


def mapped(*path: str) -> Any:
    """Return a field with a table as it is."""
    return field(metadata={_MADE: lambda tables, name: tables.at(path or (name,))})


def found(*path: str) -> Any:
    """Return a field with the phrases of a list, to be looked for."""

    def make(tables: LanguageTables, name: str) -> object:
        where = path or (name,)
        return phrases_of({where[-1]: tables.at(where)}, tables.words)

    return field(metadata={_MADE: make})


def keyed(*path: str) -> Any:
    """Return a field with the phrases of a table, each with the key that it stands behind."""
    return field(
        metadata={_MADE: lambda tables, name: phrases_of(tables.at(path or (name,)), tables.words)}
    )


def read_fields(of: type[T], tables: LanguageTables) -> T:
    """Return a dataclass with all its fields read from the tables of a language.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Words:
    ...     past: frozenset[str] = listed()
    ...     persons: frozenset[str] = listed("speech", "persons")
    >>> table = {"past": ["was"], "speech": {"persons": ["he"]}}
    >>> read_fields(Words, LanguageTables("en", table, {}, {}))
    Words(past=frozenset({'was'}), persons=frozenset({'he'}))
    """
    made_of = {each.name: each.metadata[_MADE](tables, each.name) for each in fields(of)}  # type: ignore[arg-type]
    return of(**made_of)
