"""DuckDB over the warehouse's Parquet, in this very process.

It reads the warehouse's files and no others: nothing outside the folder, nothing over the network, no extension; and it
writes nothing but what does not fit into memory, which goes to a folder that is taken away with it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.errors import refused
from anjian_cli.warehouse.engine import AT_ONCE, Row, whole
from anjian_cli.warehouse.relations import RELATIONS
from anjian_cli.warehouse.tree import Tree

if TYPE_CHECKING:
    from types import ModuleType

    import duckdb

EXTRA = "duckdb"
_NO_ROOM = ("No space left on device", "not enough space on the disk", "max_temp_directory_size")
"""How DuckDB tells of a full disk: the system's own words, and of what it may lay down there itself."""


class Lacking(NamedTuple):
    """What DuckDB could not go on without, and what to do."""

    why: str
    remedy: str


def lacking(error: duckdb.Error) -> Lacking | None:
    """What an error of DuckDB says is lacking: memory, or room on the disk, where it also puts what does not fit into
    memory. None for an error of another kind."""
    told = str(error).partition("\n")[0]
    if any(words in told for words in _NO_ROOM):  # an IOException, a TransactionException, by where it happened
        return Lacking("磁盘已满", "请在磁盘上腾出地方再试")
    if isinstance(error, module().OutOfMemoryException):
        return Lacking(f"内存不够（{told}）", "请关掉别的程序，或换内存大一些的电脑再试")
    return None


def module() -> ModuleType:
    """DuckDB. Raises `Refused` E934 where it is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise refused("E934", engine="DuckDB", extra=EXTRA, why=error) from error
    return duckdb


def connected(file: str = ":memory:", **config: str) -> duckdb.DuckDBPyConnection:
    """A connection that says nothing of its own: off a terminal as on it, a long SELECT would draw a bar. Raises
    `Refused` E934."""
    made: duckdb.DuckDBPyConnection = module().connect(file, config=dict(config))
    made.execute("SET enable_progress_bar = false")
    return made


def is_there() -> bool:
    """Whether DuckDB is installed."""
    try:
        import duckdb  # noqa: F401
    except ImportError:
        return False
    return True


class Duck:
    """An engine (`engine.Engine`) over a warehouse that was opened."""

    name = "DuckDB"

    def __init__(self, tree: Tree) -> None:
        self._spill = tempfile.TemporaryDirectory(prefix="anjian-")
        self._connection = connected(temp_directory=self._spill.name, enable_external_file_cache="false")
        self._connection.execute("SET preserve_insertion_order = false")
        for name, relation in RELATIONS.items():
            columns = ", ".join(relation.columns)
            files = tree.of(name)
            if files:
                told = ", ".join(_quoted(file) for file in files)
                rows = f"SELECT {columns} FROM read_parquet([{told}], hive_partitioning = false)"
            else:
                empty = ", ".join(f"CAST(NULL AS {kind}) AS {column}" for column, kind in relation.columns.items())
                rows = f"SELECT {empty} WHERE false"
            self._connection.execute(f"CREATE VIEW {name} AS {rows}")
        self._connection.execute(f"SET allowed_directories = [{_quoted(str(tree.rows))}]")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def execute(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[Row]:
        """As `engine.Engine.execute`."""
        try:
            cursor = self._connection.execute(sql, list(values))
            yield from whole(self.name, _fetched(cursor))
        except module().Error as error:
            lacks = lacking(error)
            if lacks is None:
                raise
            raise refused("E939", engine=self.name, why=lacks.why, remedy=lacks.remedy) from error

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """For what only DuckDB can do: `sql_asked`."""
        return self._connection

    def close(self) -> None:
        """As `engine.Engine.close`."""
        self._connection.close()
        self._spill.cleanup()


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[object, ...]]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
