"""Which module belongs to a table. In `records`, `rules` and `workflow` it is named like the table, but for one."""

from __future__ import annotations

MODULES = {"health_test": "health_testing"}
"""Table to module where the names differ. pytest, like most readers, takes a file `…_test.py` for tests."""
TABLES = {module: table for table, module in MODULES.items()}


def module_of(table: str) -> str:
    """The name of the module, without its folder: health_testing for the table health_test."""
    return MODULES.get(table, table)


def table_of(module: str) -> str:
    """The table by the name of its module."""
    return TABLES.get(module, module)
