"""What stands in which folder, where an import contract cannot see it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import anjian_cli

SOURCE = Path(anjian_cli.__file__).parent
STATEMENTS = ("SELECT ", "INSERT ", "UPDATE ", "DELETE ", "PRAGMA ", "WITH ")


def queries(module: Path) -> Iterator[str]:
    """Where a module speaks to the ledger in SQL: a call of execute and its like, a text that begins as a statement."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr="execute" | "executemany" | "executescript" as name):
                yield f"{module.name}:{node.lineno}: {name}"
            case ast.Constant(value=str(text)) if text.lstrip().startswith(STATEMENTS):
                yield f"{module.name}:{node.lineno}: {text}"


@pytest.mark.parametrize("folder", ["commands", "render"])
def test_no_sql_above_the_ledger(folder: str) -> None:
    modules = list((SOURCE / folder).rglob("*.py"))
    assert modules
    assert [found for module in modules for found in queries(module)] == []


def test_sql_is_seen_where_it_is() -> None:
    assert any("SELECT" in found for found in queries(SOURCE / "ledger" / "lookup.py"))
    assert any("execute" in found for found in queries(SOURCE / "ledger" / "lookup.py"))
