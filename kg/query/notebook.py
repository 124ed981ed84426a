"""How notebooks show things: an answer as a table, a page in a frame of its own.

Whatever the data says, it is text here: in a table every cell is escaped, and the page runs in a
frame without the notebook's origin, so that it reaches neither the notebook nor what it may do.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.base import OutputError, abridge, counted, replace_file, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.base import Cell

MOST_ROWS: Final = 50
MOST_CHARACTERS: Final = 500  # of one cell

# The page needs its script, saves pictures, and opens sources in tabs that are none of its own.
# Without `allow-same-origin` it has no origin at all.
_SANDBOX: Final = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


def html_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return rows as an HTML table of at most `MOST_ROWS`, saying how many more there are.

    >>> html_table(["says"], [("<b>",), (20_000,)]).split("<tbody>")[1]
    '<tr><td>&lt;b&gt;</td></tr><tr><td>20,000</td></tr></tbody></table>'
    """
    # By hand and escaped: a cell is text, whatever a source wrote into it.
    head = "".join(f'<th scope="col">{html.escape(to_text(column))}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[:MOST_ROWS])
    more = len(rows) - MOST_ROWS
    tail = f"<p>{counted(more, 'more row')}</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"


def _cell(cell: Cell) -> str:
    return f"<td>{html.escape(abridge(to_text(cell), MOST_CHARACTERS))}</td>"


@dataclass(frozen=True, slots=True)
class View:
    """A page of the graph: a file to save, or a frame in a notebook.

    Attributes:
        title: its heading.
        html: the page as UTF-8, which asks nothing of anybody.
        height: of the frame, in pixels.
        things: how many things it draws, or None where nobody counted them.
    """

    title: str
    html: bytes = field(repr=False)
    height: int = 640
    things: int | None = None

    def save(self, path: Path | str) -> Path:
        """Write the page to `path`, as a whole or not at all, and return where it is.

        Raises:
            OutputError: it cannot be written there.
        """
        try:
            replace_file(Path(path), self.html)
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from None
        return Path(path)

    def _repr_html_(self) -> str:
        """Return the page in a sandboxed frame, which notebooks show."""
        return (
            f'<iframe sandbox="{_SANDBOX}" title="{html.escape(self.title)}" width="100%"'
            f' height="{self.height}" style="border: 0"'
            f' srcdoc="{html.escape(self.html.decode())}"></iframe>'
        )
