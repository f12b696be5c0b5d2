"""A bar is shown for long work, on a terminal, and leaves nothing behind."""

from __future__ import annotations

import io

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
