"""The parts of a package (报送包) that only engines read: the same sums as its `sums.csv`, and single facts without
names.

DuckDB writes and reads them. Whole numbers are BIGINT: of a HUGEINT, which DuckDB makes of a sum, Parquet keeps a
DOUBLE."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.bulletin.package_parts import Parts
from anjian_cli.bulletin.period import Period
from anjian_cli.errors import refused
from anjian_cli.rules.intervals import OPEN
from anjian_cli.warehouse import duck
from anjian_cli.warehouse.relations import TEXT, WHOLE

if TYPE_CHECKING:
    import duckdb

SUMS: Mapping[str, str] = {"unit": TEXT, "measure": TEXT, "ends_on": TEXT, "came": WHOLE, "went": WHOLE}
FACTS: Mapping[str, str] = {
    **dict.fromkeys(("fact", "kind", "level", "channel", "unit"), TEXT),
    "subject": WHOLE,
    "from_on": TEXT,
    "until_on": TEXT,
    "quantity": WHOLE,
}
"""The columns of the parts. `subject` is a number of that ledger alone: what is counted once is counted by it. That
of an opening figure, which stands for nobody, is below 0."""
_ITEMS = (
    "SELECT fact, kind, level, channel, town_code, CASE record WHEN 'opening_figure' THEN -subject ELSE subject END,"
    " from_on, CASE WHEN until_on > ?1 THEN ?2 ELSE until_on END, quantity FROM fact_item"
    " WHERE town_code IS NOT NULL AND from_on <= ?1 AND NOT fact GLOB 'report.*'"
    " ORDER BY fact, from_on, town_code, 6, until_on, quantity, kind, level, channel"
)
"""What is counted for towns up to a day; that something has ended since is not known on it."""


def of_sums(parts: Parts) -> bytes:
    """`sums.parquet`. Raises `Refused` E934."""
    return made(SUMS, parts.sums)


def of_facts(connection: sqlite3.Connection, period: Period) -> bytes:
    """`facts.parquet`: every fact that the sums of an ended month are made of. Raises `Refused` E934."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return made(FACTS, cursor.execute(*items(period)))


def items(period: Period) -> tuple[str, tuple[str, str]]:
    """The SELECT that gives the rows of `facts.parquet`, and its values."""
    return _ITEMS, (period.as_of, OPEN)


def made(columns: Mapping[str, str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """A part with these columns. Raises `Refused` E934."""
    with tempfile.TemporaryDirectory(prefix="anjian-") as folder, duck.connected() as connection:
        text, part = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with text.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        connection.execute("SET threads = 1")  # so that the same rows make the same bytes
        connection.execute(
            f"COPY (SELECT * FROM {read_text([text], columns)}) TO '{quoted(part)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        return part.read_bytes()


def read_text(paths: Sequence[Path], columns: Mapping[str, str]) -> str:
    """What DuckDB reads rows of text by, as they were written here: each value in quotes, none of them NULL."""
    told = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
    files = ", ".join(f"'{quoted(path)}'" for path in paths)
    return (
        f"read_csv([{files}], header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
        f" new_line = '\\n', nullstr = '\\N', max_line_size = 16777216, columns = {{{told}}})"
    )


def quoted(path: Path) -> str:
    """A path within quotes."""
    return str(path).replace("'", "''")


def refuse_other(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, str], name: str, part: str
) -> None:
    """Raises `Refused` E936 for a file that has other columns, is none, or lacks a value."""
    import duckdb

    nothing = " OR ".join(f"{column} IS NULL" for column in columns)
    try:
        told = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{quoted(path)}')").fetchall()
        if {row[0]: row[1] for row in told} != dict(columns):
            raise refused("E936", name, part=part, why="各列不是约定的列，或者不是整数和文字")
        lacking = connection.execute(f"SELECT count(*) FROM read_parquet('{quoted(path)}') WHERE {nothing}").fetchone()
    except duckdb.Error as error:
        raise refused("E936", name, part=part, why="读不懂") from error
    if lacking != (0,):
        raise refused("E936", name, part=part, why="有空着的格")


def rows(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, str], name: str, part: str
) -> list[tuple[str | int, ...]]:
    """The rows of a part. Raises `Refused` as `refuse_other`."""
    refuse_other(connection, path, columns, name, part)
    return connection.execute(f"SELECT {', '.join(columns)} FROM read_parquet('{quoted(path)}')").fetchall()
