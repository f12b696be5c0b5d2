"""What a run must not import. Each name here costs a start more than the rest of the program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.plain_environment import plain_environment

SHORT = {
    *(
        "__future__",
        "bisect",
        "codecs",
        "collections",
        "contextlib",
        "copyreg",
        "datetime",
        "enum",
        "errno",
        "functools",
    ),
    *("gc", "importlib", "io", "itertools", "json", "keyword", "math", "operator", "os", "re", "reprlib", "sqlite3"),
    *("sys", "time", "types", "unicodedata", "warnings", "zlib"),
}
"""All that a step such as `hazard close` imports of the standard library. Each of dataclasses (with inspect), pathlib
(with urllib), typing, shutil and hashlib (with OpenSSL) would cost it a tenth of its time or more."""
HEAVY = {"pydantic", "rich", "sqlite_utils", "platformdirs", "stdnum", "openpyxl"}
SCRIPT = """
import sys
from anjian_cli.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
found = sorted(sys.modules)
import json
print(json.dumps([code, found]), file=sys.stderr)
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


def of_the_library(modules: set[str]) -> set[str]:
    """The modules of the standard library that a program imports by name, without what starts every interpreter."""
    started = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, check=True, text=True,
        env=plain_environment(),
    )  # fmt: skip
    tops = {name.partition(".")[0] for name in modules - set(started.stdout.split())}
    return {name for name in tops if name in sys.stdlib_module_names and not name.startswith("_")}


def test_a_step_imports_of_the_library_what_it_needs(
    tmp_path: Path, demonstration_made: tuple[Path, list[Fault]]
) -> None:
    shutil.copy(demonstration_made[0], tmp_path / "台账.db")
    code, modules = loaded(tmp_path, "隐患", "销号", "芝英-15", "--完成", "11-1", "--验收人", "丙")
    assert code == 0
    assert of_the_library(modules) <= SHORT
    assert not modules & {"typer", "anjian_cli.messages", *HEAVY}


@pytest.mark.parametrize("argv", [["通报", "10"], ["概况"], ["待办"]])
def test_what_a_person_waits_for_makes_its_classes_itself(
    tmp_path: Path, demonstration_made: tuple[Path, list[Fault]], argv: list[str]
) -> None:
    shutil.copy(demonstration_made[0], tmp_path / "台账.db")
    code, modules = loaded(tmp_path, *argv)
    assert code == 0
    assert not modules & {"dataclasses", "inspect", "calendar", "shutil", "typer", *HEAVY}


def test_version_does_without_typer(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "--版本")
    assert code == 0
    assert of_the_library(modules) <= SHORT - {"sqlite3", "json", "datetime", "bisect", "unicodedata"}
    assert not modules & {"typer", "anjian_cli.errors", "anjian_cli.commands.session"}


def test_a_word_is_completed_without_any_command(tmp_path: Path) -> None:
    """A shell waits for it: at most half as much again as --version, which loads all but `completion`."""
    for begun in (["=隐"], ["隐患", "销号", "芝英-12", "=--"], ["hazard", "add", "甲厂", "--level", "="]):
        code, modules = loaded(tmp_path, "__complete", "bash", *begun)
        assert code == 0
        assert of_the_library(modules) <= SHORT - {"sqlite3", "json", "datetime", "bisect", "unicodedata"}
        ours = {name for name in modules if name.startswith("anjian_cli.commands.")}
        assert ours == {"anjian_cli.commands.words", "anjian_cli.commands.completion"}


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


@pytest.mark.parametrize(
    ("before", "told"), [("", "anjian"), ("import atexit; atexit.register(print, '到头了')", "到头了")]
)
def test_a_run_ends_at_once_but_where_something_waits_for_its_end(before: str, told: str) -> None:
    """What the interpreter would do after `main` shows by a line behind it."""
    script = f"""
import sys
{before}
from anjian_cli.cli import main
sys.argv = ["anjian", "--version"]
code = main()
print("后面还有", code)
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, check=True, encoding="utf-8",
        env=plain_environment(),
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[-1].startswith(told)
    assert ("后面还有 0" in lines) == bool(before)
