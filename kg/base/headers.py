"""The header of a SPARQL file of ours: comments at its top, which are TOML."""

from __future__ import annotations

import tomllib
from typing import Any

from kg.base.errors import QueryError


def split_header(text: str, name: str) -> tuple[dict[str, Any], str]:
    r"""Return what the header of a query says, and the query; `name` is that of the file, for errors.

    Raises:
        QueryError: the comments at the top are no TOML.

    >>> split_header('# title = "A"\nPREFIX : <a:>\nASK {}\n', "a")
    ({'title': 'A'}, 'PREFIX : <a:>\nASK {}\n')
    """
    lines = text.splitlines(keepends=True)
    # The header ends where the query begins; comments within the query are not part of it.
    end = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    try:
        header = tomllib.loads("".join(line[1:].removeprefix(" ") for line in lines[:end]))
    except tomllib.TOMLDecodeError as error:
        raise QueryError(f"the header of {name!r} cannot be read: {error}") from None
    return header, "".join(lines[end:])
