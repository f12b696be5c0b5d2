"""`anjian status`, and what bare `anjian` shows: on a terminal with a ledger the first screen, else help."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault
from commands.conftest import Run


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, out: io.StringIO, *words: str) -> str:
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(words) == 0
    return out.getvalue()


def test_status(monkeypatch: pytest.MonkeyPatch, demonstration_made: tuple[Path, list[Fault]]) -> None:
    said = run(monkeypatch, io.StringIO(), "--db", str(demonstration_made[0]), "--today", "2018-11-02", "概况")
    assert "[通报] 9月 已印发" in said
    assert f"台账 {demonstration_made[0]}" in said


def test_bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demonstration_made: tuple[Path, list[Fault]]) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    assert run(monkeypatch, Terminal()).startswith("用法：")
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "没有.db"))
    assert run(monkeypatch, Terminal()).startswith("用法：")
    monkeypatch.setenv("ANJIAN_DB", str(demonstration_made[0]))
    assert "[隐患] 未销号" in run(monkeypatch, Terminal(), "--today", "2018-11-02")
    assert run(monkeypatch, io.StringIO(), "--today", "2018-11-02").startswith("用法：")
    assert run(monkeypatch, Terminal(), "--help").startswith("用法：")


@pytest.mark.unmeasured
def test_as_known_on(monkeypatch: pytest.MonkeyPatch, demonstration_made: tuple[Path, list[Fault]]) -> None:
    """All of the demonstration was entered on 2 November."""
    words = ("--db", str(demonstration_made[0]), "--today", "2018-11-20")
    for command in (("bulletin", "10", "--format", "json"), ("explain", "10-江南-涉氨", "--format", "json")):
        now = run(monkeypatch, io.StringIO(), *words, *command)
        assert run(monkeypatch, io.StringIO(), *words, *command, "--当时所知", "11-2") == now
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        assert cli.main([*words, *command, "--as-known-on", "11-1"]) == 3
        assert cli.main([*words, *command, "--as-known-on", "2018-12-01"]) == 1


@pytest.mark.unmeasured
def test_the_last_command_is_told_in_chinese(office: Run) -> None:
    office("培训", "新增", "巡查", "--镇", "芝英", "--日期", "2018-10-05", "--类别", "网格员", "--参训", "3")
    assert "培训 新增" in "".join(line.strip() + " " for line in office("status").splitlines()[1:4])
