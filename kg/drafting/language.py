"""The words of a language: a file in `languages/`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.base import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class LanguageError(UsageError):
    """A language of which there are no words."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages whose words there are.

    >>> languages()
    ('de', 'en', 'ja', 'zh')
    """
    folder = files("kg.drafting").joinpath("languages")
    names = [file.name for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(sorted(name.removesuffix(".toml") for name in names))


def code_of(language: str) -> str:
    """Return the code of a language, by a tag such as `en-IN`, of which there are words.

    >>> code_of("en-IN")
    'en'

    Raises:
        LanguageError: there are no words of that language.
    """
    code = language.partition("-")[0].lower()
    if code not in languages():
        known = ", ".join(languages())
        raise LanguageError(f"there is no grammar of the language {code!r}, only of {known}")
    return code


def table_of(language: str) -> Mapping[str, Any]:
    """Return the words of a language, by a tag such as `en` or `en-IN`.

    >>> table_of("en-IN")["name"]
    'English'

    Raises:
        LanguageError: there are no words of that language.
    """
    return _table(code_of(language))


def lexicon_of(language: str) -> Mapping[str, Any]:
    """Return what verbs do in plans and what trades count in a language; empty where nobody has listed it.

    >>> "beds" in lexicon_of("en")["trades"]["stock"], lexicon_of("ja")
    (True, {})

    Raises:
        LanguageError: there are no words of that language.
    """
    return _lexicon(code_of(language))


@cache
def _table(code: str) -> Mapping[str, Any]:
    file = files("kg.drafting").joinpath("languages", f"{code}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _lexicon(code: str) -> Mapping[str, Any]:
    file = files("kg.drafting").joinpath("lexicon", f"{code}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
