"""The engines by name, each imported when it is asked for."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.errors import refused
from anjian_cli.warehouse import tree
from anjian_cli.warehouse.engine import Engine

DUCKDB, SPARK, POSTGRESQL = "duckdb", "spark", "postgresql"
NAMES = (DUCKDB, SPARK, POSTGRESQL)


def named(typed: str | None) -> str:
    """The engine that was typed, DUCKDB where none was. Raises `Refused` E106."""
    found = DUCKDB if typed is None else typed.lower()
    if found not in NAMES:
        raise refused("E106", typed, name="--引擎", remedy=f"可以是：{'、'.join(NAMES)}")
    return found


def opened(folder: Path, name: str, *, facts: bool = False) -> Engine:
    """An engine over the warehouse in a folder. Raises `Refused` E941, E934, E939."""
    found = tree.opened(folder, facts=facts)
    if name == SPARK:
        from anjian_cli.warehouse.spark import Spark

        return Spark(found)
    if name == POSTGRESQL:
        from anjian_cli.warehouse.postgres import Postgres

        return Postgres(found)
    from anjian_cli.warehouse.duck import Duck

    return Duck(found)
