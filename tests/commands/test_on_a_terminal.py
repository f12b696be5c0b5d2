"""What a person at a terminal sees that a pipe does not: a pager, a limit, what presses first. The terminal is a real
one of 24 lines."""

from __future__ import annotations

import fcntl
import os
import pty
import shutil
import struct
import sys
import termios
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.commands import opening_files
from anjian_cli.errors import Fault
from support.sweeps import sweep

Seen = Callable[..., str]


@pytest.fixture
def terminal(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Runs a line at a terminal, which must end with `code`, and returns what stands on its screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(shutil.copy(demonstration_made[0], tmp_path / "a.db")))
    monkeypatch.setenv("TERM", "xterm")
    for name in ("COLUMNS", "NO_COLOR", "PAGER", "ANJIAN_PAGER", "LESS"):
        monkeypatch.delenv(name, raising=False)

    def run(*line: str, code: int = 0) -> str:
        above, below = pty.openpty()
        fcntl.ioctl(below, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        shown: list[bytes] = []

        def read() -> None:
            with suppress(OSError):  # so a terminal says that nobody writes to it any more
                while part := os.read(above, 4096):
                    shown.append(part)

        reading = threading.Thread(target=read)
        reading.start()
        with monkeypatch.context() as there, os.fdopen(below, "w", encoding="utf-8") as screen:
            there.setattr(sys, "stdout", screen)
            done = cli.main(["--today", "2018-11-02", *line])
            screen.flush()
        reading.join()
        os.close(above)
        assert done == code
        return b"".join(shown).decode().replace("\r\n", "\n")

    return run


@pytest.fixture
def pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where PAGER puts what it is given."""
    script = tmp_path / "pager.sh"
    script.write_text(f"#!/bin/sh\ncat > '{tmp_path}/paged.txt'\necho 看完了\n", encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("PAGER", str(script))
    return tmp_path / "paged.txt"


def paged(pager: Path) -> str:
    found = pager.read_text(encoding="utf-8") if pager.exists() else ""
    pager.unlink(missing_ok=True)
    return found


@sweep(
    "line", [("企业", "列表"), ("通报", "10"), ("待办", "--全部"), ("hazard", "add", "-h"), ("帮助", "代码")], keep=2
)
def test_what_does_not_fit_goes_through_the_pager(terminal: Seen, pager: Path, line: tuple[str, ...]) -> None:
    assert terminal(*line) == "看完了\n"
    through = paged(pager)
    assert len(through.splitlines()) > 24
    assert terminal(*line, "--no-pager") == through
    assert paged(pager) == ""


def test_colours_go_through_it(terminal: Seen, pager: Path) -> None:
    terminal("通报", "10")
    assert "\x1b[1m" in paged(pager)


def test_what_fits_is_shown_at_once(terminal: Seen, pager: Path) -> None:
    assert "芝英" in terminal("隐患", "列表", "逾期", "重大")
    assert paged(pager) == ""


def test_it_is_turned_off(terminal: Seen, pager: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ANJIAN_PAGER", ""), ("ANJIAN_PAGER", "cat"), ("TERM", "dumb")):
        with monkeypatch.context() as there:
            there.setenv(name, value)
            assert len(terminal("企业", "列表").splitlines()) > 24
    assert paged(pager) == ""
    monkeypatch.delenv("PAGER")
    monkeypatch.setenv("PATH", "")
    assert len(terminal("企业", "列表").splitlines()) > 24
    monkeypatch.setenv("PAGER", "没有这个程序")
    assert len(terminal("企业", "列表").splitlines()) > 24


def test_nothing_of_a_file_goes_through_it(terminal: Seen, pager: Path) -> None:
    terminal("企业", "列表", "-o", "企业.csv")
    terminal("通报", "10", "-o", "通报.txt")
    assert paged(pager) == ""
    assert len(Path("企业.csv").read_text(encoding="utf-8-sig").splitlines()) > 500


def test_leaving_it_early_is_no_error(terminal: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "head -n 1")
    assert "演示数据" in terminal("通报", "10")


def test_a_terminal_shows_the_first_rows_and_says_how_many_there_are(
    terminal: Seen, pager: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal("企业", "列表")
    assert len(paged(pager).splitlines()) == 202
    said = capsys.readouterr().err
    assert "只列了前200条，共" in said
    terminal("企业", "列表", "全部")
    assert len(paged(pager).splitlines()) > 502
    assert "只列了" not in capsys.readouterr().err


def test_todo_begins_with_what_presses(terminal: Seen) -> None:
    lines = terminal("待办").splitlines()
    first = next(at for at, line in enumerate(lines) if "---" in line) + 1
    assert ["重大隐患整改 县级挂牌" in line for line in lines[first : first + 3]] == [True, True, False]
    days = [line[:5] for line in lines[first + 2 : -2] if line[:5].count("-")]
    assert days == sorted(days)
    every = terminal("待办", "--全部", "--no-pager").splitlines()
    begun = next(at for at, line in enumerate(every) if "---" in line) + 1
    assert ["重大隐患整改 县级挂牌" in line for line in every[begun : begun + 3]] == [True, True, False]


def test_the_bulletin_is_short_where_that_is_asked(terminal: Seen, pager: Path) -> None:
    short = terminal("通报", "10", "--short", "--no-pager")
    terminal("通报", "10")
    assert paged(pager).startswith(short[:1000])
    assert "落后" in short
    assert len(short.splitlines()) < 40
    for more in (("芝英",), ("-o", "a.docx")):
        terminal("通报", "10", *more, "--简", code=2)


def test_the_page_is_opened_where_nobody_else_looks(
    terminal: Seen, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path] = []

    def started(path: Path) -> bool:
        opened.append(path)
        return len(opened) == 1

    monkeypatch.setattr(opening_files, "started", started)
    monkeypatch.setenv("TMPDIR", str(Path.cwd()))
    monkeypatch.setattr("tempfile.tempdir", None)
    terminal("通报", "10", "--open")
    page = opened[0]
    assert f"已打开：{page}" in capsys.readouterr().err
    assert page.suffix == ".html"
    assert page.stat().st_mode & 0o077 == page.parent.stat().st_mode & 0o077 == 0
    terminal("通报", "10", "--打开", "-o", "看.txt")
    assert opened[1] == Path("看.txt")
    assert "文件在：看.txt" in capsys.readouterr().err
    terminal("通报", "10", "--打开", "-o", "整套/", code=2)
