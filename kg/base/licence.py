"""The licence of what ships, which its manifest and its page name."""

from __future__ import annotations

from typing import Final

SHIPPED_CREATOR: Final = "kg, the knowledge graph of corporate plans"
"""To whom what ships is attributed: see data/LICENSE.md."""

SHIPPED_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of what ships: see data/LICENSE.md."""
