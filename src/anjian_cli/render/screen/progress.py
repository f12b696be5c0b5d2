"""How far a long piece of work has come: rows and the time left, on a terminal only, gone when it is done. Of what
nobody counts: that it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

LONG = 20_000
"""Rows from which on a bar is worth looking at."""

AWAIT = 1.0
"""Seconds after which somebody who waits wants to know for what."""

Tell = Callable[[int], None]


@contextmanager
def bar(title: str, rows: int, stream: TextIO) -> Iterator[Tell]:
    """A bar for so many rows; what it gives is called with the number of rows done since the last call. Nothing is
    shown for a short file, or where nobody looks."""
    if rows < LONG or not stream.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        task = progress.add_task(title, total=rows)

        def tell(done: int) -> None:
            progress.advance(task, done)
            if progress.finished:
                progress.update(task, description=f"{title}：汇总、写入")

        yield tell


@contextmanager
def waiting(title: str, stream: TextIO, *, after: float = AWAIT) -> Iterator[None]:
    """Says what is waited for, on a terminal, once it has taken so many seconds."""
    if not stream.isatty():
        yield
        return
    from threading import Timer

    from rich.console import Console

    shown = Console(file=stream).status(f"{title}……")
    timer = Timer(after, shown.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        shown.stop()
