"""What is shown to somebody who waits: what is being done and how far it is, on one line that leaves nothing behind."""

from __future__ import annotations

import _thread
import io
import time

import pytest

from anjian_cli import under_way
from anjian_cli.render.screen import progress
from anjian_cli.render.width import columns
from anjian_cli.under_way import Work


def work(doing: str, total: int = 0, unit: str = "", *, steps: tuple[str, ...] = (), done: int = 0) -> Work:
    made = Work(doing, total, unit)
    for step in steps:
        made.step(step)
    made.add(done)
    return made


IMPORT = work("导入《芝英镇.xlsx》", 100_000, "行", done=12_000)
CHECK = work("核对台账", 7, "步", steps=("文件结构", "规则"))


@pytest.mark.parametrize(
    ("works", "seconds", "width", "shown"),
    [
        ([], 1, 79, "正在办理……"),
        ([IMPORT], 1, 79, "导入《芝英镇.xlsx》：12,000/100,000行……"),
        ([IMPORT], 4.9, 79, "导入《芝英镇.xlsx》：12,000/100,000行（4秒，Ctrl-C 停下）"),
        ([CHECK], 1, 79, "核对台账：第2/7步，规则……"),
        ([work("导出", 2, "个文件", steps=("a.csv",), done=1200)], 1, 79, "导出：第1/2个文件，a.csv，1,200行……"),
        ([work("读取隐患", unit="条", done=3)], 1, 79, "读取隐患：3条……"),
        ([work("加密")], 1, 79, "加密……"),
        ([IMPORT, CHECK], 1, 79, "导入《芝英镇.xlsx》：12,000/100,000行，核对台账：第2/7步，规则……"),
        ([IMPORT, CHECK], 4, 59, "核对台账：第2/7步，规则（4秒，Ctrl-C 停下）"),
        ([IMPORT], 4, 45, "导入《芝英镇.xlsx》：12,000/100,000行……"),
        ([IMPORT], 4, 20, "导入《芝英镇.xlsx》"),
        ([work("导入《\x1b[2J.xlsx》")], 1, 79, "导入《␛[2J.xlsx》……"),
    ],
)
def test_the_line(works: list[Work], seconds: float, width: int, shown: str) -> None:
    assert progress.text(works, seconds, width) == shown
    assert columns(shown) <= width


def test_more_is_never_done_than_there_is() -> None:
    """Rows that are taken a second time, since one was refused, are counted a second time."""
    assert progress.text([work("导入", 10, "行", done=15)], 1, 79) == "导入：10/10行……"


class Terminal(io.StringIO):
    """A terminal, as far as a line is written over."""

    def seen(self) -> str:
        line: list[str] = []
        for written in self.getvalue().split("\r"):
            cells = [part for char in written for part in ((char, "") if columns(char) == 2 else (char,))]
            line[: len(cells)] = cells
        return "".join(line)


def until(shown: Terminal, what: str) -> None:
    last = time.monotonic() + 30
    while what not in shown.seen():
        assert time.monotonic() < last, shown.getvalue()
        time.sleep(0.005)


def test_the_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written over, gone while something else is said, there again afterwards, and gone in the end."""
    monkeypatch.setattr(progress, "AFTER", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.01)
    shown, over, ended = Terminal(), _thread.allocate_lock(), _thread.allocate_lock()
    over.acquire()
    ended.acquire()
    under_way.begin()
    line = progress.Line(shown, time.monotonic(), over)

    def show() -> None:
        line.run()
        ended.release()

    _thread.start_new_thread(show, ())
    until(shown, "正在办理……")
    with under_way.work("核对台账", 2, "步") as told:
        told.step("规则和别的")
        until(shown, "核对台账：第1/2步，规则和别的……")
        told.step("链")
        until(shown, "核对台账：第2/2步，链……")
        assert shown.seen().rstrip() == "核对台账：第2/2步，链……"
        with under_way.silent():
            assert shown.seen().strip() == ""
            time.sleep(0.05)
            assert shown.seen().strip() == ""
        until(shown, "核对台账")
    until(shown, "正在办理……")
    under_way.end()
    over.release()
    assert ended.acquire(timeout=30)
    assert shown.seen().strip() == ""
    assert shown.getvalue().endswith("\r")
    assert "\x1b" not in shown.getvalue()
    under_way.begin()


def test_a_terminal_that_is_gone_is_no_error() -> None:
    gone, over = Terminal(), _thread.allocate_lock()
    gone.close()
    over.acquire()
    progress.Line(gone, time.monotonic() - 60, over).run()  # it ends by itself
    under_way.begin()
