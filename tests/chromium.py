"""The browser of the tests: the system's Chromium, or the one that KG_CHROMIUM names."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
LIGHT = ("chromium-headless-shell", "chrome-headless-shell")
"""Chromium without its windows: it takes a third of the processor time, and draws the same."""
WHOLE = ("chromium", "chromium-browser", "google-chrome")


def find(*names: str) -> str | None:
    """Return the path of the first of these browsers that is there, by default a whole one."""
    found = filter(None, map(shutil.which, names or WHOLE))
    return os.environ.get("KG_CHROMIUM") or next(found, None)


@contextlib.contextmanager
def browsing() -> Iterator[Any]:
    """Lend a browser. Without one tests are skipped, except where CI is set: there they fail.

    While it is lent nobody else in this thread can run a loop of events, or lend another one.
    """
    found = find(*LIGHT, *WHOLE)
    if not found:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium: install one or name it in KG_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()
