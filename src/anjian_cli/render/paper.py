"""A table as every office format draws it (Word, Excel, page, PDF): headings, typed cells, a total, notes.

Takes exact values; `shown` is how each is printed. Knows no bulletin and no file format.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Literal

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.score_words import PROVISIONAL
from anjian_cli.light_dataclasses import dataclass, replace

Kind = Literal["serial", "name", "text", "count", "money", "percent", "points", "score", "marks", "rank", "move"]
Value = int | Fraction | str | None
NUMBERS: frozenset[Kind] = frozenset({"count", "money", "percent", "points", "score", "marks", "rank"})
"""Kinds that stand to the right, and are numbers in a workbook."""


class Provisional(Fraction):
    """A total of which something is still open (暂计)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column. `group` is the heading above, shared by neighbours ('' = none, the title reaches over both lines).
    `code` is the indicator's short word where its cells are cells of the bulletin (10-江南-<code>). `places` are the
    decimals of a column of points (`with_places`); None: as many as each has. `spare` is a column that paper goes
    without where it would make the type too small: what it says can be worked out of others."""

    title: str
    kind: Kind = "count"
    group: str = ""
    code: str = ""
    places: int | None = None
    spare: bool = False

    @property
    def align(self) -> Literal["left", "center", "right"]:
        """Numbers stand to the right, sentences to the left, names in the middle."""
        return "right" if self.kind in NUMBERS else "left" if self.kind == "text" else "center"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading; `columns` and `lines` say how far it reaches."""

    title: str
    columns: int
    lines: int
    name: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """`behind` marks who lags, `ahead` who is among the first. A percent or points cell holds the rate itself (5/6), a
    money cell fen, a move cell how many places up (negative: down); text stands in any cell where a word is printed
    instead of a number (未报)."""

    cells: tuple[Value, ...]
    behind: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar beside every row of a table, and of its total: how long each is (0 to 1, None: none), and where a line
    stands across all of them (0 to 1, None: nowhere). What is drawn follows from the cells, so only paper has it."""

    title: str
    lengths: tuple[Fraction | None, ...]
    line: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is a worksheet's (31 characters at most, none of / \\ ? * [ ] :); `number` that of the annex, None for
    what is none. `left` and `right` stand above the headings. `total` is the last row, None where there is none.
    `sign` is what a marked row is, for those who see no colour. `below` is a second table under it, with a title and
    headings of its own and neither notes nor a number: what is said of both stands in the notes of the first. `bars`
    are drawn at the right of a table without shared headings."""

    name: str
    number: int | None
    title: str
    left: str
    right: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    total: tuple[Value, ...] | None
    notes: tuple[str, ...]
    sign: str = "落后"
    below: Sheet | None = None
    bars: Bars | None = None

    @property
    def tables(self) -> tuple[Sheet, ...]:
        """It, and the one below it."""
        return (self,) if self.below is None else (self, self.below)

    @property
    def lean(self) -> Sheet:
        """It without the columns that can be spared."""
        kept = [at for at, head in enumerate(self.heads) if not head.spare]
        if len(kept) == len(self.heads):
            return self
        return replace(
            self,
            heads=tuple(self.heads[at] for at in kept),
            rows=tuple(replace(row, cells=tuple(row.cells[at] for at in kept)) for row in self.rows),
            total=self.total and tuple(self.total[at] for at in kept),
        )

    def summed(self, column: int) -> bool:
        """Whether the total of a column is the sum of its cells, so that a formula may stand for it."""
        if self.total is None or self.heads[column].kind not in ("count", "money"):
            return False
        total = self.total[column]
        cells = [row.cells[column] for row in self.rows]
        numbers = [cell for cell in cells if isinstance(cell, int | Fraction)]
        return isinstance(total, int | Fraction) and bool(numbers) and sum(numbers) == total


@dataclass(frozen=True, slots=True)
class Paper:
    """One page or a few: a title, sentences, tables, sentences after them, who signs with the day below it (`signed`,
    at the right), and small below all of it the digits by which it is known again (`witness`, '' = none). `mark` stands
    on every page (核对稿 …); `landscape` is how the page lies. `compact` is one that goes onto a single page. `more`
    are sentences for which paper has no room: a screen tells them."""

    title: str
    mark: str
    before: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    after: tuple[str, ...]
    landscape: bool = True
    witness: str = ""
    compact: bool = False
    more: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


def witnessed(sheets: Sequence[Sheet], line: str) -> tuple[Sheet, ...]:
    """Sheets that each end in a line: they may be printed one by one."""
    return tuple(replace(sheet, notes=(*sheet.notes, f"{line}。")) for sheet in sheets)


def with_places(sheet: Sheet) -> Sheet:
    """The sheet with its points printed alike down each column (`wording.marks_places`)."""
    rows = [*(row.cells for row in sheet.rows), *([sheet.total] if sheet.total is not None else [])]

    def places(at: int) -> int:
        return wording.marks_places(value for cells in rows if isinstance(value := cells[at], Fraction))

    heads = [replace(head, places=places(at)) if head.kind == "marks" else head for at, head in enumerate(sheet.heads)]
    return replace(sheet, heads=tuple(heads))


def printed(value: Value, head: Head) -> str:
    """A cell as it is printed in its column."""
    if head.places is None or not isinstance(value, Fraction):
        return shown(value, head.kind)
    return wording.decimal(value, head.places) + (PROVISIONAL if isinstance(value, Provisional) else "")


def shown(value: Value, kind: Kind) -> str:
    """A cell as it is printed: — where there is nothing to say, two decimals for rates and scores, 升2, 降1, 持平."""
    if isinstance(value, str):
        return value
    if value is None:
        return wording.NOTHING
    if kind == "percent":
        return wording.hundredths(value)
    if kind == "points":
        return wording.lead(value)
    if kind in ("score", "marks"):
        told = wording.score(Fraction(value)) if kind == "score" else wording.marks(Fraction(value))
        return told + (PROVISIONAL if isinstance(value, Provisional) else "")
    if kind == "money":
        return wording.amount(value, wording.MONEY)
    if kind == "move":
        return "持平" if value == 0 else f"{'升' if value > 0 else '降'}{abs(value)}"
    return wording.amount(value, "")


def mixed(quantity: int | None, unit: str) -> Value:
    """A cell of a column that holds several units: money is printed as words there."""
    return wording.amount(quantity, unit) if unit == wording.MONEY and quantity is not None else quantity


def head_lines(heads: Sequence[Head]) -> tuple[tuple[HeadCell, ...], ...]:
    """One line of headings, or two where some columns share one."""
    if not any(head.group for head in heads):
        return (tuple(HeadCell(head.title, 1, 1, head.kind == "name") for head in heads),)
    upper, lower = [], []
    for group, of in groupby(heads, lambda head: head.group):
        columns = list(of)
        if group:
            upper.append(HeadCell(group, len(columns), 1))
            lower += [HeadCell(head.title, 1, 1) for head in columns]
        else:
            upper += [HeadCell(head.title, 1, 2, head.kind == "name") for head in columns]
    return tuple(upper), tuple(lower)


def labels(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """What each is called as an annex: 附件1, 附件2 …; one alone has no number, what is no annex no label."""
    several = sum(sheet.number is not None for sheet in sheets) > 1
    return tuple("" if sheet.number is None else f"附件{sheet.number}" if several else "附件" for sheet in sheets)
