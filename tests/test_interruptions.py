"""A command that is interrupted says in one line what became of it, which is so, and leaves nothing half done.

A few moments; hundreds: tests/long/test_interruptions_long.py."""

from __future__ import annotations

import gc
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli import __main__, interruption
from anjian_cli.errors import Fault
from support.import_ledger import standing
from support.interruptions import Interrupter
from support.kills import Rows
from support.plain_environment import plain_environment
from support.terminal import CTRL_C, play

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@needs_fork
@pytest.mark.unmeasured  # processes of their own; every command has tests of its own
@pytest.mark.parametrize(
    ("by", "commands"),
    [(signal.SIGINT, ("import aside", "export all", "backup")), (signal.SIGTERM, ("import", "restore", "todo"))],
)
def test_interrupted(tmp_path: Path, by: signal.Signals, commands: tuple[str, ...]) -> None:
    template, rng = standing(tmp_path / "原.db"), random.Random(3)
    disturbed = Interrupter(template, tmp_path / "台", Rows(100, 300, 200), commands)
    for _ in range(3):
        disturbed.interrupt(rng, by)
    assert disturbed.bad == []
    assert disturbed.found["interrupted"] > 0


@needs_fork
@pytest.mark.unmeasured
def test_on_a_terminal_the_line_gives_way(tmp_path: Path) -> None:
    environment = plain_environment(TERM="xterm", HOME=str(tmp_path))
    code, shown = play(["demo", "--db", "d.db"], [("建演示台账：第", CTRL_C)], tmp_path, environment)
    assert code == 130
    assert shown.rpartition("\r")[2] == f"{Fault('E902', {'state': '未作改动'})}\n"
    assert list(tmp_path.iterdir()) == []


def test_what_is_said_while_the_program_is_loaded_is_what_is_said_later() -> None:
    assert str(Fault("E902", {"state": "未作改动"})) == __main__.SAID


# --- when an interruption is answered


@pytest.fixture
def answering() -> Iterator[None]:
    kept = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    hook = sys.unraisablehook
    interruption.begin()
    interruption.answer()
    yield
    for number, before in zip((signal.SIGINT, signal.SIGTERM), kept, strict=True):
        signal.signal(number, before)
    sys.unraisablehook = hook
    interruption.begin()


@pytest.mark.usefixtures("answering")
def test_a_step_that_must_not_stop_halfway_is_ended_first() -> None:
    done = []

    def step() -> None:
        with interruption.held():
            with interruption.held():
                signal.raise_signal(signal.SIGTERM)
                done.append(1)
            done.append(2)

    with pytest.raises(KeyboardInterrupt):
        step()
    assert done == [1, 2]
    with interruption.held():  # it comes once
        pass


@pytest.mark.usefixtures("answering")
def test_who_presses_twice_does_not_break_off_the_tidying_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    monkeypatch.setattr(interruption, "TWICE", 0.0)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("answering")
def test_what_was_done_and_is_being_told_is_not_interrupted() -> None:
    interruption.end()
    signal.raise_signal(signal.SIGINT)
    assert interruption.asked()


@pytest.mark.usefixtures("answering")
def test_who_is_to_ignore_it_does() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interruption.answer()
    signal.raise_signal(signal.SIGINT)
    assert not interruption.asked()


@pytest.mark.usefixtures("answering")
def test_where_nothing_can_be_raised_it_comes_again() -> None:
    class Last:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    def wait() -> None:
        made = Last()
        del made
        gc.collect()
        while time.monotonic() - begun < 30:
            pass

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        wait()
    assert time.monotonic() - begun < 20


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.mark.usefixtures("answering")
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs setitimer")
@pytest.mark.parametrize("expects_damage", [False, True])
def test_a_long_statement_is_broken_off(expects_damage: bool) -> None:
    def ask() -> None:
        with closing(sqlite3.connect(":memory:")) as connection, interruption.heard(connection):
            try:
                connection.execute(ENDLESS).fetchone()
            except sqlite3.Error:
                if not expects_damage:
                    raise

    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt):
            ask()
    finally:
        signal.signal(signal.SIGALRM, before)


def test_what_stays_is_told() -> None:
    interruption.begin()
    interruption.made("甲.docx")
    interruption.made("乙.xlsx")
    interruption.made("台账.db", "已恢复")
    assert interruption.what_stays() == ["已写出：甲.docx、乙.xlsx", "已恢复：台账.db"]
    interruption.unmade("乙.xlsx")
    assert interruption.what_stays() == ["已写出：甲.docx", "已恢复：台账.db"]
    assert interruption.what_went() == ["先写出的1个文件已收回"]
    assert interruption.is_made("甲.docx")
    assert not interruption.is_made("乙.xlsx")
    interruption.begin()
    assert interruption.what_stays() == interruption.what_went() == []
