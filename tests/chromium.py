"""The browser of the tests: the system's Chromium, or the one that KG_CHROMIUM names."""

import os
import shutil

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
