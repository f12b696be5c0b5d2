"""Who writes: which modules hold a statement that changes a ledger, and who may use those that note nothing."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import anjian_cli
from anjian_cli.rules.intervals import OPEN

pytestmark = pytest.mark.unmeasured  # the program is read, not run
SOURCE = Path(anjian_cli.__file__).parent
STATEMENT = re.compile(r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+(\S+\s+)?SET|DELETE\s+FROM)\b", re.I)
WRITERS = {
    "ledger/journal.py",  # an operation, in the log
    "ledger/making.py",  # a ledger in the making
    "ledger/numbering.py",  # the numbers given out last
    "ledger/rewind.py",  # copies
    "ledger/row_totals.py",  # how many rows a table has, and the sum of their checks
    "ledger/statements.py",  # rows of any table
    "ledger/sums.py",  # the sums
    "warehouse/build.py",  # no ledger: DuckDB's tables, from which files are made
    "warehouse/postgres.py",  # no ledger: a server's copy of a warehouse
}
BEHIND_THE_GATE = {
    "ledger/journal.py": {"ledger/rewind.py", "ledger/gate.py"},
    "ledger/making.py": {"ledger/create.py", "ledger/reproduce.py", "ledger/upgrade.py"},
    "ledger/numbering.py": {"ledger/gate.py"},
    "ledger/pending.py": {"ledger/numbering.py", "ledger/sums.py", "ledger/gate.py"},
    "ledger/row_totals.py": {
        "ledger/create.py",
        "ledger/inverse.py",
        "ledger/journal.py",
        "ledger/numbering.py",
        "ledger/reproduce.py",
        "ledger/rewind.py",
        "ledger/upgrade.py",
    },
    "ledger/statements.py": {
        "ledger/making.py",
        "ledger/pending.py",
        "ledger/reproduce.py",
        "ledger/rewind.py",
        "ledger/upgrade.py",
        "ledger/gate.py",
    },
}
"""What writes and records nothing, and the modules that may import it."""


@cache
def modules() -> dict[str, ast.Module]:
    found = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py")}
    return {name: ast.parse(path.read_text("utf-8")) for name, path in sorted(found.items())}


@cache
def texts(module: ast.AST) -> list[str]:
    """The texts of a module, those of f-strings with `_` for what is put in; not its docstrings."""
    said = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = []
    for node in ast.walk(module):
        if id(node) in said | parts:
            continue
        if isinstance(node, ast.JoinedStr):
            told = [part.value if isinstance(part, ast.Constant) else "_" for part in node.values]
            found.append("".join(map(str, told)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


@cache
def imported(module: ast.AST) -> set[str]:
    """The modules of the program that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name.removeprefix("anjian_cli.").replace(".", "/") + ".py" for name in found}


@pytest.mark.parametrize(
    "statement",
    [
        'connection.execute("INSERT INTO town VALUES (1)")',
        "connection.execute(f'INSERT OR REPLACE INTO \"{table}\" VALUES (1)')",
        'connection.execute("REPLACE INTO town VALUES (1)")',
        "connection.execute(f'UPDATE \"{table}\" SET {what}')",
        'connection.execute("UPDATE town" " SET name = 1")',
        'connection.execute(f"delete from {table}")',
    ],
)
def test_a_statement_that_writes_is_seen(statement: str) -> None:
    assert any(map(STATEMENT.search, texts(ast.parse(statement))))


def test_only_these_modules_hold_a_statement_that_writes() -> None:
    found = {name for name, module in modules().items() if any(map(STATEMENT.search, texts(module)))}
    assert found == WRITERS


@pytest.mark.parametrize("name", BEHIND_THE_GATE)
def test_what_notes_nothing_is_used_behind_the_gate_only(name: str) -> None:
    assert {other for other, module in modules().items() if name in imported(module)} == BEHIND_THE_GATE[name]


def test_the_day_of_what_holds_on_stands_once() -> None:
    assert [name for name, module in modules().items() if any(OPEN in text for text in texts(module))] == [
        "rules/intervals.py"
    ]
