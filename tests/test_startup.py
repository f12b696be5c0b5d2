"""What a run must not import. Each name here costs a start more than the rest of the program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.plain_environment import plain_environment

HEAVY = {"pydantic", "rich", "sqlite_utils", "platformdirs", "stdnum", "openpyxl"}
SCRIPT = """
import json, sys
from anjian_cli.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def loaded(tmp_path: Path, *argv: str) -> tuple[int, set[str]]:
    """Exit code of a run in a fresh interpreter, and the modules it imported."""
    environment = plain_environment(ANJIAN_DB=str(tmp_path / "台账.db"), ANJIAN_ACTOR="李四")
    done = subprocess.run([sys.executable, "-c", SCRIPT, *argv], capture_output=True, check=True, env=environment)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("argv", [["--version"], ["-h"], ["hazard", "-h"], ["隐换"], ["hazard", "close", "-h"]])
def test_nothing_heavy_is_imported(tmp_path: Path, argv: list[str]) -> None:
    code, modules = loaded(tmp_path, *argv)
    assert code == (2 if argv == ["隐换"] else 0)
    assert not modules & HEAVY
    assert "anjian_cli.commands.register" not in modules


def test_a_refused_close_imports_nothing_heavy(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "hazard", "close", "芝英-12")
    assert code == 6  # there is no ledger there
    assert {"anjian_cli.commands.hazard", "anjian_cli.ledger.open"} <= modules
    assert not modules & {"typer", *HEAVY}
    assert "anjian_cli.commands.register" not in modules


def test_version_does_without_typer(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "--版本")
    assert code == 0
    assert not modules & {"typer", "sqlite3", "inspect", "anjian_cli.errors", "anjian_cli.commands.session"}


def test_help_of_a_noun_imports_neither_its_module_nor_the_ledger(tmp_path: Path) -> None:
    _, modules = loaded(tmp_path, "hazard", "-h")
    assert not modules & {"anjian_cli.commands.hazard", "sqlite3"}


def test_no_command_imports_typer() -> None:
    script = """
import sys
from importlib import import_module
from anjian_cli.commands import words
for entry in (*words.COMMANDS.values(), *words.NOUNS.values()):
    import_module(f"anjian_cli.commands.{entry.module or 'register'}")
sys.exit("typer" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False, env=plain_environment()).returncode == 0
