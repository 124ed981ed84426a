"""What the page of a graph holds, read as a browser does."""

import base64
import json
import re
import zlib
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
