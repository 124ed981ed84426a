"""The steps that are measured, ours and those of others; each runs in a process of its own.

python -m tests.benchmarks.steps TASK WHO FOLDER
"""

from __future__ import annotations

import sys

from tests.benchmarks import changes, libraries, ours, peers
from tests.benchmarks.clock import STEPS, main

__all__ = ["STEPS", "changes", "libraries", "ours", "peers"]  # these have added their steps

if __name__ == "__main__":
    main(*sys.argv[1:])
