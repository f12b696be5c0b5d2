"""What is being done and how far it is, as one line of a terminal that is written over and over, and gone before
anything else is said. It knows no terminal's codes: a line is written over by going back to its beginning.
"""

from __future__ import annotations

import _thread
import os
import time
from typing import TYPE_CHECKING

from anjian_cli import under_way
from anjian_cli.errors import visible
from anjian_cli.render.width import columns

if TYPE_CHECKING:
    from typing import TextIO

    from anjian_cli.under_way import Work

AFTER = 0.7
"""Seconds of silence after which somebody who waits wants to know for what."""
EVERY = 0.25
"""Seconds between two looks at how far it is."""
SECONDS = 3
"""From so many seconds on it is said how long it has taken: where nothing is counted, that it goes on."""
UNTOLD = "正在办理"
STOP = "Ctrl-C 停下"


def text(works: list[Work], seconds: float, width: int) -> str:
    """The line, at most `width` columns: the pieces of work, the outermost first; where there is no room, the last."""
    told = [visible(_told(work)) for work in works] or [UNTOLD]
    end = f"（{int(seconds)}秒，{STOP}）" if seconds >= SECONDS else "……"
    while len(told) > 1 and columns("，".join(told) + end) > width:
        del told[0]
    line = "，".join(told)
    while columns(line + end) > width and end:
        end = "……" if end != "……" else ""
    while columns(line + end) > width:
        line = line[:-1]
    return line + end


def _told(work: Work) -> str:
    if work.now:
        counted = f"，{work.done:,}行" if work.done else ""
        return f"{work.doing}：第{work.at}/{work.total}{work.unit}，{work.now}{counted}"
    if work.total:
        return f"{work.doing}：{min(work.done, work.total):,}/{work.total:,}{work.unit}"
    return f"{work.doing}：{work.done:,}{work.unit}" if work.done else work.doing


class Line:
    """The line on a terminal. `run` it in a thread of its own, since what takes long may be one call of a library.
    `begun`: when the command was (`time.monotonic`). It ends when `over` is released."""

    def __init__(self, stream: TextIO, begun: float, over: _thread.LockType) -> None:
        self._stream, self._over = stream, over
        self._lock = _thread.allocate_lock()
        self._begun = self._silent_since = begun
        self._line = ""  # what stands there now
        self._gone = False

    def run(self) -> None:
        """Show it, until the command is over or the terminal is gone."""
        under_way.wiped_by(self.wipe)
        while not self._gone:
            with self._lock:
                now = time.monotonic()
                if under_way.is_silent():
                    self._begun = self._silent_since = now
                elif now - self._silent_since >= AFTER:
                    self._draw(text(under_way.works(), now - self._begun, self._width() - 1))
            if self._over.acquire(timeout=EVERY):
                return

    def wipe(self) -> None:
        """Take the line away. It does not come again at once."""
        with self._lock:
            self._silent_since = time.monotonic()
            if self._line:
                self._write(f"\r{' ' * columns(self._line)}\r")
                self._line = ""

    def _draw(self, line: str) -> None:
        if line != self._line:
            self._write(f"\r{line}{' ' * (columns(self._line) - columns(line))}")
            self._line = line

    def _write(self, told: str) -> None:
        try:
            self._stream.write(told)
            self._stream.flush()
        except (OSError, ValueError):  # the terminal is gone: the work is not
            self._gone = True

    def _width(self) -> int:
        """Of the terminal as it is now: a window that is made narrower in between would break the line."""
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        except (OSError, ValueError):
            return 80
