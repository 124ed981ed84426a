"""What the page takes from others stands in viz/vendor as it was published."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

import viz

VENDOR = Path(viz.__file__).parent / "vendor"
DIGESTS = dict(
    re.findall(
        r"^- `([^`]+)`: `([A-Za-z0-9+/=]+)`$", (VENDOR / "README.md").read_text(), re.MULTILINE
    )
)
FILES = sorted(
    file.relative_to(VENDOR).as_posix() for file in VENDOR.glob("*/*") if file.name != "LICENSE"
)


def test_there_is_something_and_each_has_its_licence():
    assert len(FILES) > 3
    assert all((VENDOR / file).with_name("LICENSE").is_file() for file in FILES)


@pytest.mark.parametrize("file", FILES)
def test_what_is_vendored_is_as_it_was_published(file):
    digest = hashlib.sha512((VENDOR / file).read_bytes()).digest()
    assert DIGESTS[file] == base64.b64encode(digest).decode()


def test_nothing_is_listed_that_is_not_there():
    assert {name for name in DIGESTS if not name.endswith(".tgz")} == set(FILES)
