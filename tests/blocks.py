"""What the page of a graph holds, read as a browser does."""

import base64
import json
import re
import zlib
from itertools import accumulate
from typing import Any

BLOCK = re.compile(r'<script type="application/zlib;base64" id="([^"]+)">([^<]*)</script>')


def texts(page: str) -> dict[str, str]:
    """The blocks of a page by name, inflated."""
    found = {name: zlib.decompress(base64.b64decode(text)) for name, text in BLOCK.findall(page)}
    assert found
    return {name: text.decode("utf-8") for name, text in found.items()}


def data(page: str, name: str) -> Any:
    """What a block of data holds."""
    return json.loads(texts(page)[name])


def records(page: str, name: str) -> list[dict[str, Any]]:
    """The records of a block, as `fields.js` makes them; what is empty is left out."""
    return unpacked(data(page, name))


def unpacked(packed: dict[str, Any]) -> list[dict[str, Any]]:
    """Records that were packed field by field."""
    made: list[dict[str, Any]] = [{} for _ in range(packed["count"])]
    for name, field in packed["fields"].items():
        whole, _, part = name.partition(".")
        gaps = field.get("gaps", [1] * len(field["is"]))
        for at, value in zip(accumulate(gaps, initial=-1), [None, *field["is"]], strict=True):
            if at < 0:
                continue
            found = field["of"][value] if "of" in field else value
            if part:
                made[at].setdefault(whole, {})[part] = found
            else:
                made[at][whole] = found
    return made
