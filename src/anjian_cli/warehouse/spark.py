"""Apache Spark over the warehouse's Parquet: in this computer, or, where SPARK_REMOTE names one (sc://…), a server that
sees the warehouse under the same path (Spark Connect)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from anjian_cli.errors import refused
from anjian_cli.warehouse.engine import Row, batches, whole
from anjian_cli.warehouse.relations import RELATIONS, WHOLE
from anjian_cli.warehouse.tree import Tree

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTRA = "spark"
REMEDY = "请检查 Java 和 SPARK_REMOTE，或改用 --引擎 duckdb"


class Spark:
    """An engine (`engine.Engine`) over a warehouse that was opened."""

    name = "Spark"

    def __init__(self, tree: Tree) -> None:
        """Raises `Refused` E934 (not installed), E939 (it does not start, or cannot be reached)."""
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise refused("E934", engine=self.name, extra=EXTRA, why=error) from error
        try:
            building = SparkSession.builder.appName("anjian").config("spark.ui.enabled", "false")
            building = building.config("spark.ui.showConsoleProgress", "false")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a server keeps its own settings, and says so
                self._session: SparkSession = building.config("spark.log.level", "OFF").getOrCreate()
            for name, relation in RELATIONS.items():
                kinds = ((column, "bigint" if kind == WHOLE else "string") for column, kind in relation.columns.items())
                schema = ", ".join(f"{column} {kind}" for column, kind in kinds)
                files = tree.of(name)
                reading = self._session.read.schema(schema).option("recursiveFileLookup", "true")
                rows = reading.parquet(*files) if files else self._session.createDataFrame([], schema)
                rows.createOrReplaceTempView(name)
        except Exception as error:  # what a server, a JVM or a network says is of many kinds
            raise refused("E939", engine=self.name, why=_first_line(error), remedy=REMEDY) from error

    def execute(self, sql: str, values: Sequence[str | int] = ()) -> Iterator[Row]:
        """As `engine.Engine.execute`. Raises `Refused` E939."""
        try:
            rows = self._session.sql(sql, args=list(values) or None).collect()
        except Exception as error:
            raise refused("E939", engine=self.name, why=_first_line(error), remedy=REMEDY) from error
        return whole(self.name, batches(rows))

    def close(self) -> None:
        """As `engine.Engine.close`."""
        self._session.stop()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
