"""Where the shipped ontology and data lie, in a checkout or in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.base.errors import StoreError

_PACKAGE = Path(__file__).resolve().parent.parent


def package_folder() -> Path:
    """Return the folder of this package.

    >>> (package_folder() / "base").is_dir()
    True
    """
    # Of this module and not of the working directory: commands run anywhere.
    return _PACKAGE


@cache
def _home(name: str) -> Path:
    # A wheel carries the folders inside the package, a checkout beside it.
    for base in (_PACKAGE / "_home", _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise StoreError(f"the installation lacks its folder {name!r}; install it again")


def ontology_folder() -> Path:
    """Return the folder of the shipped ontology.

    >>> (ontology_folder() / "context.jsonld").is_file()
    True
    """
    return _home("ontology")


def data_folder() -> Path:
    """Return the folder of the shipped data.

    >>> (data_folder() / "sources").is_dir()
    True
    """
    return _home("data")
