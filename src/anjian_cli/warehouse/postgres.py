"""PostgreSQL: the relations of a warehouse loaded into a schema of a server, which libpq's own settings name (PGHOST,
PGDATABASE, PGUSER, a password file).

What is loaded is a copy of the warehouse as it stood, known by its digest: of another one nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from types import ModuleType

from anjian_cli.errors import refused
from anjian_cli.warehouse.duck import Duck
from anjian_cli.warehouse.engine import Row, batches, whole
from anjian_cli.warehouse.relations import RELATIONS, TEXT, WHOLE
from anjian_cli.warehouse.tree import Tree

EXTRA = "postgresql"
SCHEMA = "anjian"
REMEDY = "请核对 PGHOST、PGDATABASE、PGUSER 这些连接设置，或改用 --引擎 duckdb"
_KINDS = {WHOLE: "bigint", TEXT: 'text COLLATE "C"'}
LOAD = "请先装载：anjian 汇总库 装载 文件夹"


def _module() -> ModuleType:
    try:
        import psycopg
    except ImportError as error:
        raise refused("E934", engine=Postgres.name, extra=EXTRA, why=error) from error
    module: ModuleType = psycopg
    return module


class Postgres:
    """An engine (`engine.Engine`) over what was loaded of a warehouse."""

    name = "PostgreSQL"

    def __init__(self, tree: Tree) -> None:
        """Raises `Refused` E934 (not installed), E939 (it cannot be reached; another warehouse is loaded, or none)."""
        self._psycopg = _module()
        try:
            self._connection = self._psycopg.connect("", options="-c default_transaction_read_only=on")
            self._connection.execute(f"SET search_path = {SCHEMA}")
            (there,) = self._connection.execute("SELECT to_regclass('loaded') IS NOT NULL").fetchone()
            loaded = self._connection.execute("SELECT digest FROM loaded").fetchone() if there else None
        except self._psycopg.Error as error:
            raise refused("E939", engine=self.name, why=_first_line(error), remedy=REMEDY) from error
        if loaded != (tree.digest,):
            self._connection.close()
            why = "里面没有汇总库" if loaded is None else "里面装的是另一个时候的汇总库"
            raise refused("E939", engine=self.name, why=why, remedy=LOAD)

    def execute(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[Row]:
        """As `engine.Engine.execute`. Raises `Refused` E939."""
        try:
            cursor = self._connection.execute(sql.replace("%", "%%").replace("?", "%s"), list(values))
        except self._psycopg.Error as error:
            raise refused("E939", engine=self.name, why=_first_line(error), remedy=REMEDY) from error
        return whole(self.name, batches(cursor))

    def close(self) -> None:
        """As `engine.Engine.close`."""
        self._connection.close()


def load(tree: Tree) -> int:
    """Load a warehouse (opened with its facts) in one transaction, in the place of what was loaded before; returns how
    many rows. Raises `Refused` E934, E939."""
    psycopg = _module()
    count = 0
    try:
        with psycopg.connect("") as connection, closing(Duck(tree)) as rows:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            connection.execute(f"SET search_path = {SCHEMA}")
            for name, relation in RELATIONS.items():
                kinds = (f"{column} {_KINDS[kind]} NOT NULL" for column, kind in relation.columns.items())
                columns = ", ".join(relation.columns)
                connection.execute(f"DROP TABLE IF EXISTS {name}")
                connection.execute(f"CREATE TABLE {name} ({', '.join(kinds)})")
                with connection.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                    for row in rows.execute(f"SELECT {columns} FROM {name}"):
                        copy.write_row(row)
                        count += 1
            connection.execute("DROP TABLE IF EXISTS loaded")
            connection.execute("CREATE TABLE loaded (digest text NOT NULL)")
            connection.execute("INSERT INTO loaded VALUES (%s)", [tree.digest])
        with psycopg.connect("", autocommit=True) as connection:
            for name in RELATIONS:
                connection.execute(f"ANALYZE {SCHEMA}.{name}")
    except psycopg.Error as error:
        raise refused("E939", engine=Postgres.name, why=_first_line(error), remedy=REMEDY) from error
    return count


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
