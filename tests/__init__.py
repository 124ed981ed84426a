"""The tests. What Python compiles for them is kept, beside the source or else with what pytest keeps.

Otherwise each of the processes that tests start would compile all that it imports anew.
"""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode and "pytest" in sys.modules:  # benchmarks run as they are started
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "d" / "bytecode")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
