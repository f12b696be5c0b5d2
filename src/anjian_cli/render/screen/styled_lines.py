"""Lines for a person, and how they get to a terminal or a pipe. Knows no bulletin.

Colour is all that rich is needed for (it knows the old Windows console too); without colour it is not imported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from anjian_cli.errors import visible
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple
from anjian_cli.render.screen.grid import Grid, side_by_side
from anjian_cli.render.width import wrapped

if TYPE_CHECKING:
    from typing import Literal, TextIO

    Style = Literal["", "title", "ahead", "behind", "quiet"]

_LOOKS: dict[Style, str] = {"": "", "title": "bold", "ahead": "green", "behind": "red", "quiet": "dim"}


class Line(NamedTuple):
    """A line and what it is: a title, somebody who leads or lags behind, something in small print, or plain."""

    text: str
    style: Style = ""


def text(lines: Iterable[Line]) -> str:
    """The lines as text, for a file or a pipe."""
    return "".join(f"{line.text}\n" for line in lines)


def show(lines: Iterable[Line], out: TextIO, *, colour: bool = False) -> None:
    """Print the lines as they are: nothing is cut or wrapped here."""
    if not colour:
        out.write(visible(text(lines), "\n"))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, force_terminal=True, highlight=False, markup=False, emoji=False)
    for line in lines:
        console.print(Text(visible(line.text), _LOOKS[line.style]), soft_wrap=True)


def paragraph(words: str, width: int | None, style: Style = "") -> Iterator[Line]:
    """A sentence in lines of the width; in one line where there is no width."""
    for part in [words] if width is None else wrapped(words, width):
        yield Line(part, style)


def table(grid: Grid, behind: Iterable[int] = (), ahead: Iterable[int] = ()) -> Iterator[Line]:
    """A grid's lines; the rows in `behind` and in `ahead` are marked, as behind where they are in both."""
    styles: dict[int, Style] = {**dict.fromkeys(ahead, "ahead"), **dict.fromkeys(behind, "behind")}
    heading, rows = grid.lines()
    for line in heading:
        yield Line(line)
    for at, row in enumerate(rows):
        yield Line(row, styles.get(at, ""))


def whole_table(grid: Grid, behind: Collection[int] = ()) -> Iterator[Line]:
    """A grid's lines with nothing cut: where it is too wide, words go over several lines, and columns that still have
    no room stand in a part of their own. By numbers and names a person looks up, and types."""
    for at, part in enumerate(side_by_side(grid, Grid.fits_cut)):
        if at:
            yield Line("")
        folded, row_of = part.folded()
        yield from table(folded, [line for line, row in enumerate(row_of) if row in behind])
