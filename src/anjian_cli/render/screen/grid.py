"""Columns side by side in plain text: headings of several lines, numbers to the right, nothing that some terminals
draw wider than others. Knows no bulletin and no stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from anjian_cli.light_dataclasses import dataclass
from anjian_cli.light_typing import NamedTuple
from anjian_cli.render.width import columns, wrapped

CUT = ".."
NARROWEST = 12
"""So narrow a column of words may become before the table is told in parts."""
_DASH, _WIDE_DASH = "—", "－"  # the first takes one column or two, by terminal; the second always two


class Column(NamedTuple):
    """`title` may have several lines. `least` is how narrow the column may be cut; None = never."""

    title: str
    right: bool = True
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Headings and rows. `width` None = as wide as need be."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    width: int | None = None

    def lines(self) -> tuple[list[str], list[str]]:
        """The heading with its rule, and the rows, a line each."""
        sizes, gap = self._sizes()
        titles = [column.title.split("\n") for column in self.columns]
        height = max(map(len, titles))
        heads = [[""] * (height - len(title)) + title for title in titles]
        heading = [self._line([head[at] for head in heads], sizes, gap) for at in range(height)]
        rule = (" " * gap).join("-" * size for size in sizes)
        return [*heading, rule], [self._line(row, sizes, gap) for row in self.rows]

    def fits(self) -> bool:
        """Whether the lines stay within the width with nothing cut."""
        return self.width is None or self._natural(1) <= self.width

    def fits_cut(self) -> bool:
        """Whether they do with every column cut to its least."""
        return self.width is None or sum(self._least()) + len(self.columns) - 1 <= self.width

    def folded(self) -> tuple[Grid, list[int]]:
        """The grid with what a column has no room for on more lines instead of cut; and of each line its row."""
        sizes, _ = self._sizes()
        lines, row_of = [], []
        for at, row in enumerate(self.rows):
            cells = [wrapped(printed(cell), size) for cell, size in zip(row, sizes, strict=True)]
            for line in zip_longest(*cells, fillvalue=""):
                lines.append(line)
                row_of.append(at)
        return Grid(self.columns, lines, self.width), row_of

    def _natural(self, gap: int) -> int:
        return sum(self._widest()) + gap * (len(self.columns) - 1)

    def _widest(self) -> list[int]:
        return [
            max(columns(text) for text in (*column.title.split("\n"), *(printed(row[at]) for row in self.rows)))
            for at, column in enumerate(self.columns)
        ]

    def _least(self) -> list[int]:
        sizes = self._widest()
        return [size if c.least is None else min(c.least, size) for c, size in zip(self.columns, sizes, strict=True)]

    def _sizes(self) -> tuple[list[int], int]:
        sizes = self._widest()
        gap = 2 if self.width is None or self._natural(2) <= self.width else 1
        if self.width is not None:
            over = sum(sizes) + gap * (len(sizes) - 1) - self.width
            least = self._least()
            while over > 0 and sizes != least:
                widest = max((at for at in range(len(sizes)) if sizes[at] > least[at]), key=lambda at: sizes[at])
                sizes[widest] -= 1
                over -= 1
        return sizes, gap

    def _line(self, row: Sequence[str], sizes: Sequence[int], gap: int) -> str:
        cells = [
            fitted(printed(cell), size, right=column.right)
            for cell, size, column in zip(row, sizes, self.columns, strict=True)
        ]
        return (" " * gap).join(cells).rstrip()


def printed(cell: str) -> str:
    """A cell as it stands in a grid: on one line, and the dash for nothing as wide everywhere."""
    return _WIDE_DASH if cell == _DASH else " ".join(cell.splitlines())


def fitted(cell: str, width: int, *, right: bool = False) -> str:
    """A text in exactly `width` columns, cut at its end if it is longer."""
    if columns(cell) > width:
        while cell and columns(cell) > width - len(CUT):
            cell = cell[:-1]
        cell += CUT[: width - columns(cell)]
    padding = " " * (width - columns(cell))
    return padding + cell if right else cell + padding


def bracket_below(title: str) -> str:
    """A heading with its bracket on a line of its own: 镇（街、区） over two lines."""
    return title.replace("（", "\n（")


def of_words(title: str, cells: Sequence[str]) -> Column:
    """A column of words that may go over several lines, but for its title and the numbers and days in it."""
    whole = [word for cell in cells for word in re.findall("[!-~]+", cell)]
    return Column(title, right=False, least=max(NARROWEST, *map(columns, (*title.split("\n"), *whole))))


def stacked(title: str) -> str:
    """A heading in lines of two characters (three in the first, if they are odd), for a narrow column."""
    first = 2 + len(title) % 2
    return "\n".join([title[:first], *(title[at : at + 2] for at in range(first, len(title), 2))])


def without_empty(grid: Grid) -> Grid:
    """The grid without the columns in which no row has anything."""
    return _part(grid, [at for at in range(len(grid.columns)) if any(row[at] not in ("", _DASH) for row in grid.rows)])


def without(grid: Grid, title: str) -> Grid:
    """The grid without the column called `title`."""
    return _part(grid, [at for at, column in enumerate(grid.columns) if column.title != title])


def side_by_side(grid: Grid, fits: Callable[[Grid], bool] = Grid.fits) -> Iterator[Grid]:
    """The grid in as many parts as its width asks for; each begins with the first column. `fits` says whether a part
    that is larger still does."""
    first, *rest = range(len(grid.columns))
    part = [first]
    for at in rest:
        tried = _part(grid, [*part, at])
        if len(part) > 1 and not fits(tried):
            yield _part(grid, part)
            part = [first]
        part.append(at)
    yield _part(grid, part)


def _part(grid: Grid, kept: Sequence[int]) -> Grid:
    return Grid([grid.columns[at] for at in kept], [[row[at] for at in kept] for row in grid.rows], grid.width)
