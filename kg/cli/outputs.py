"""The folder that `kg build` writes to, with a receipt of what its files were made of.

Writing the page and the Turtle of a large graph takes longer than finding out that nothing has
changed since. So files that are there already, to the byte, are left as they are.
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph import Graph

RECEIPT: Final = ".built.json"
_LIBRARIES: Final = ("networkx", "numpy", "pyvis", "rustworkx", "scipy")


def made_of(graph: Graph) -> str:
    """Return the digest of all that the files follow from: the graph, and the code that writes them."""
    from kg.sources import digest_of, software_fingerprint

    digest = hashlib.sha256(software_fingerprint().encode())
    for quads in (graph.asserted, graph.derived):
        digest.update(hashlib.sha256(quads).digest())
    code = [path for package in ("kg", "viz") for path in _files(package)]
    digest.update(digest_of(_LIBRARIES, code).encode())
    return digest.hexdigest()


def _files(package: str) -> list[Path]:
    spec = find_spec(package)
    root = Path(str(spec.origin if spec else "")).parent
    paths = [path for path in root.rglob("*") if path.suffix != ".pyc"]
    # The shipped ontology and data are in the graph.
    return [path for path in paths if "_home" not in path.relative_to(root).parts]


def summary(folder: Path, key: str) -> str | None:
    """Return what was said when the files in `folder` were made of `key`, if they are there still.

    The files then count as just made, for make.
    """
    try:
        receipt = json.loads((folder / RECEIPT).read_bytes())
        paths = {folder / name: digest for name, digest in receipt["files"].items()}
        if receipt["made_of"] != key or any(
            hashlib.sha256(path.read_bytes()).hexdigest() != digest
            for path, digest in paths.items()
        ):
            return None
        for path in paths:
            path.touch()
        return str(receipt["summary"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None  # no receipt of ours: the files are made anew


def receipt(key: str, files: Mapping[str, bytes], summary: str) -> bytes:
    """Return the receipt for `files`, by name, that were made of `key`."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return json.dumps({"made_of": key, "files": digests, "summary": summary}).encode()
