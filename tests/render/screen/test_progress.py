"""A bar is shown for long work, on a terminal, and leaves nothing behind."""

from __future__ import annotations

import io
from threading import Event

import pytest

from anjian_cli.render.screen import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "rows", "shown"),
    [(Terminal(), progress.LONG, True), (Terminal(), progress.LONG - 1, False), (io.StringIO(), 10**6, False)],
)
def test_who_sees_it(stream: io.StringIO, rows: int, shown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    with progress.bar("《甲.csv》", rows, stream) as tell:
        for _ in range(4):
            tell(rows // 4)
    assert ("《甲.csv》：汇总、写入" in stream.getvalue()) == shown
    assert (f"{rows}/{rows}" in stream.getvalue()) == shown
    if not shown:
        assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("stream", "after", "shown"), [(Terminal(), 0.0, True), (Terminal(), 60.0, False), (io.StringIO(), 0.0, False)]
)
def test_who_waits_is_told_for_what(
    stream: io.StringIO, after: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    said = Event()
    monkeypatch.setattr(Terminal, "flush", lambda _: said.set())
    with progress.waiting("采用办法", stream, after=after):
        if shown:
            assert said.wait(60)
    assert ("采用办法……" in stream.getvalue()) == shown
