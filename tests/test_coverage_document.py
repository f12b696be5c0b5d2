"""docs/coverage.md: every command of it says something in the demonstration."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault

DOCUMENT = Path(__file__).parents[1] / "docs" / "coverage.md"
POINTS = 46
ROWS = re.findall(r"^\| (\d+) \| (.*?) \| (.*?) \| (.*?) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
LINES = list(dict.fromkeys(line for _, _, commands, _ in ROWS for line in re.findall("`anjian (.*?)`", commands)))
STATES = ("办得到", "一半", "只记录", "一个县")


def test_every_point_has_its_row_with_a_command_and_a_state() -> None:
    assert [int(number) for number, *_ in ROWS] == [*range(1, POINTS + 1)]
    assert all("`anjian " in commands for _, _, commands, _ in ROWS)
    assert all(state.startswith(STATES) for *_, state in ROWS)


@pytest.mark.unmeasured
def test_every_command_says_something(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    demonstration_made: tuple[Path, list[Fault]],
) -> None:
    monkeypatch.setenv("ANJIAN_DB", str(shutil.copy(demonstration_made[0], tmp_path / "台账.db")))
    for line in LINES:
        capsys.readouterr()
        code = cli.main(line.split())
        said = capsys.readouterr()
        assert code == 0, f"{line}\n{said.err}"
        rows = [text for text in said.out.splitlines() if re.search("[0-9]", text)]
        assert rows, line
        assert "（没有）" not in said.out, line
