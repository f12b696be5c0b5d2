"""统计表: a table with a row for each unit, agency or kind and a column for each figure, as queries beside the bulletin
give it.

What the figures mean stands with them (`meaning`), and each row may say what is typed to see the records behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

from anjian_cli.light_dataclasses import dataclass, replace
from anjian_cli.records import masking

Kind = Literal["text", "count", "money", "percent", "days"]
Value = int | Fraction | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """`group` is the heading above, shared by neighbours ('' = none). A percent is the rate itself (5/6), days are a
    mean, money is fen; a text is of any length."""

    title: str
    kind: Kind = "count"
    group: str = ""

    @property
    def full_title(self) -> str:
        """The heading where there is one line of them."""
        return f"{self.group}{self.title}"


@dataclass(frozen=True, slots=True)
class Row:
    """A value for each column, None where there is none. `see` is what is typed behind `anjian` to see the records, ''
    where nothing finds these alone. `behind` marks what somebody has to look at."""

    name: str
    values: tuple[Value, ...]
    see: str = ""
    behind: bool = False


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """`per` heads the names of the rows; `days` says of which days the figures are. `total` is of all rows together,
    None where nothing is added up. `sign` is what a marked row is."""

    title: str
    days: str
    per: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    meaning: str = ""
    notes: tuple[str, ...] = ()
    sign: str = ""
    demonstration: bool = False

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows, the total last."""
        return self.rows if self.total is None else (*self.rows, self.total)


def leaving(table: SummaryTable) -> SummaryTable:
    """The table as it leaves: mobile and identity numbers are hidden in its texts. Names of rows stay, by which records
    are found; a query whose rows are of persons hides them there itself."""
    rows = tuple(replace(row, values=tuple(_hidden(value) for value in row.values)) for row in table.rows)
    return replace(table, rows=rows, notes=tuple(masking.in_text(note) for note in table.notes))


def _hidden(value: Value) -> Value:
    return masking.in_text(value) if isinstance(value, str) else value


def typed(name: str) -> str:
    """A name, or as much of it as finds it, as it is typed on any command line: in quotes where a shell would break it,
    without what a shell reads even in quotes. Names come from others' files."""
    most = max(re.split(r'["$`\\!%\n]', name), key=len).strip().lstrip("-")
    return f'"{most}"' if re.search(r"[^\w“”‘’、，。（）〔〕《》·+.,:/@=-]", most) else most


def added(name: str, columns: Sequence[Column], rows: Iterable[Row], see: str = "") -> Row:
    """The total of rows: counts added up, nothing for what cannot be."""
    of_columns = zip(*(row.values for row in rows), strict=True)
    totals = dict(enumerate(of_columns))
    values: list[Value] = []
    for at, column in enumerate(columns):
        numbers = [value for value in totals.get(at, ()) if isinstance(value, int)]
        whole = len(numbers) == len(totals.get(at, ()))  # of what is not known of one nothing is known of all
        values.append(sum(numbers) if column.kind in ("count", "money") and whole else None)
    return Row(name, tuple(values), see)


def rate(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None where there is nothing it could be a part of."""
    return Fraction(part, whole) if whole else None
