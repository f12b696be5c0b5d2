"""Reading commands into which another process writes: it begins at one of their calls of sqlite3, chosen by number.

The command waits there until the change is committed or held up, and then goes on while the writer waits. What it shows
must be of before the change or of after it.
"""

from __future__ import annotations

import io
import multiprocessing
import shutil
import sqlite3
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NamedTuple
from unittest.mock import patch

from anjian_cli import cli
from anjian_cli.commands.session import Session

TODAY = "2018-11-02"
LATER = "2018-11-02T03:04:05Z"
"""When the change is recorded: on the same day, since `--as-known-on` is of whole days."""
COMMITTING = "committing"
HELD_UP = 0.05
"""Seconds after which a commit that has begun counts as held up. Where it only was slow, less is found out, and nothing
is found that is not so."""
FOR_EVER = 90
"""Seconds: a writer gives up after thirty."""

READING = {
    "bulletin": "bulletin 10",
    "bulletin json": "bulletin 10 --format json",
    "bulletin csv": "bulletin 10 --format csv",
    "bulletin of a town": "bulletin 10 芝英",
    "bulletin of a town, csv": "bulletin 10 芝英 --format csv",
    "bulletin as known": "bulletin 10 --as-known-on 11-2",
    "html": "bulletin 10 -o o/通报.html",
    "docx": "bulletin 10 -o o/通报.docx",
    "xlsx": "bulletin 10 -o o/通报.xlsx",
    "pdf": "bulletin 10 -o o/通报.pdf",
    "png": "bulletin 10 -o o/通报.png",
    "set": "bulletin 10 -o o/整套",
    "draft": "bulletin 10 --draft --each-town -o o/核对",
    "brief": "brief 10",
    "explain": "explain 10-全市-排查隐患",
    "explain rank": "explain 10 芝英 排名",
    "check": "check",
    "todo": "todo",
    "todo xlsx": "todo -o o/待办.xlsx",
    "todo each town": "todo --each-town -o o/待办",
    "status": "status",
    "month check": "month check 9",
    "month diff": "month diff 9",
    "month diff records": "month diff 9 --records",
    "hazard list": "hazard list --town 芝英 --limit 500",
    "hazard export": "hazard export -o o/隐患.csv",
    "export": "export -o o/全部.xlsx",
    "template": "template --each-town --town 芝英 -o o/空表",
    "log": "log",
    "import list": "import --list",
}
"""Lines that show something else after the change, by what they are tests of. Files go to the folder o."""

_HEADINGS = (
    "镇（街、区）,企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,整改完成日期,验收日期,验收人,验收结论"
)
_FIRM = "芝英镇,永康市示例0497五金厂"
CHANGE = "\n".join(
    [
        _HEADINGS,
        *(f"{_FIRM},2018-{month:02d}-{day:02d},网格巡查,一般,第{month}-{day}处,2018-10-25,2018-10-19,2018-10-19,丙,合格"
          for month in (9, 10) for day in (3, 4, 5)),
        f"{_FIRM},2018-10-08,网格巡查,一般,第九处,2018-10-20,,,,",
        "",
    ]
)  # fmt: skip
"""A file of hazards: of a month that is issued and of one that is not, closed ones and one that is overdue."""


class Shown(NamedTuple):
    """What a command has said and written: exit code, both streams, files by name."""

    code: int
    said: str
    files: dict[str, object]


@dataclass
class Interrupted:
    """A run of a command: how many `calls` of sqlite3 on the ledger it made, and the exit code of the `writer` (None if
    it never began)."""

    shown: Shown
    calls: int
    writer: int | None


class Writer:
    """Another process, which runs a command that writes whenever it is told to."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()

    def begin(self, ledger: Path, *words: str) -> None:
        """Begin a command, and wait until it is done or held up by who reads."""
        self._pipe.send(["--db", str(ledger), "--today", TODAY, "--as", "经办人乙", *words])
        assert self._pipe.poll(FOR_EVER), "the writer never came to its commit"
        first = self._pipe.recv()
        assert first == COMMITTING, f"the writer ended before its commit: {first}"
        self._pipe.poll(HELD_UP)

    def end(self) -> int:
        """Wait until what was begun is done; returns its exit code."""
        assert self._pipe.poll(FOR_EVER), "the writer never ended"
        return int(self._pipe.recv())

    @contextmanager
    def without_pause(self, ledger: Path, file: str) -> Iterator[None]:
        """Take a file in and undo it again, until the block ends."""
        enough, codes = threading.Event(), set[int]()

        def write() -> None:
            while not enough.is_set():
                for words in (("import", file), ("undo",)):
                    self.begin(ledger, *words)
                    codes.add(self.end())

        with ThreadPoolExecutor(1) as pool:
            writing = pool.submit(write)
            try:
                yield
            finally:
                enough.set()
        writing.result()
        assert codes == {0}

    def close(self) -> None:
        self._pipe.send(None)
        self._process.join(FOR_EVER)


def _serve(pipe: Pipe) -> None:
    """Run command lines until None comes; say when each commits, and with which exit code it ended."""
    real = sqlite3.connect

    def tell(statement: str) -> None:
        if statement == "COMMIT":
            pipe.send(COMMITTING)

    def connect(*words: Any, **more: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*words, **more)
        connection.set_trace_callback(tell)
        return connection

    with patch.object(sqlite3, "connect", connect), patch.object(Session, "now", lambda _: LATER):
        while (line := pipe.recv()) is not None:
            said = io.StringIO()
            with redirect_stdout(said), redirect_stderr(said):
                code = cli.main(line)
            pipe.send(code)


class Reader:
    """Runs commands in this process and the current folder, and knows which of its connections are open."""

    def __init__(self, ledger: Path, change: Sequence[str], writer: Writer) -> None:
        self._ledger, self._change, self._writer = ledger, change, writer
        self._calls = self._at = 0
        self._writing = False
        self._code: int | None = None
        self.held = False
        """Whether the last command read anything in a transaction."""
        self._open: list[sqlite3.Connection] = []

    def run(self, line: str, at: int = 0) -> Interrupted:
        """Run a command line; at its call of sqlite3 number `at` (0: never) the writer begins."""
        self._calls, self._at, self._writing, self._code, self.held = 0, at, False, None, False
        shutil.rmtree("o", ignore_errors=True)
        Path("o").mkdir()
        said = io.StringIO()
        with self._watched(), redirect_stdout(said), redirect_stderr(said):
            code = cli.main(["--db", str(self._ledger), "--today", TODAY, *line.split()])
        self._let_in()
        files = {str(path): _content(path) for path in sorted(Path("o").rglob("*")) if path.is_file()}
        return Interrupted(Shown(code, said.getvalue(), files), self._calls, self._code)

    @property
    def holds(self) -> bool:
        """Whether a connection to the ledger is in a transaction."""
        return any(connection.in_transaction for connection in self._open)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        real, reader = sqlite3.connect, self

        class Cursor(sqlite3.Cursor):
            def execute(self, *words: Any) -> sqlite3.Cursor:  # type: ignore[override]
                reader._call(self.connection)
                return super().execute(*words)

            def executemany(self, *words: Any) -> sqlite3.Cursor:  # type: ignore[override]
                reader._call(self.connection)
                return super().executemany(*words)

            def fetchone(self) -> Any:
                reader._call(self.connection)
                return super().fetchone()

            def fetchall(self) -> list[Any]:
                reader._call(self.connection)
                return super().fetchall()

        class Connection(sqlite3.Connection):
            def cursor(self, factory: Any = Cursor) -> Any:
                return super().cursor(factory)

            # Not of its own accord: the connection's own execute makes a plain cursor.
            def execute(self, *words: Any) -> sqlite3.Cursor:
                return self.cursor().execute(*words)  # type: ignore[no-any-return]

            def executemany(self, *words: Any) -> sqlite3.Cursor:
                return self.cursor().executemany(*words)  # type: ignore[no-any-return]

            def backup(self, *words: Any, **more: Any) -> None:
                reader._call(self)
                super().backup(*words, **more)

            def close(self) -> None:
                super().close()
                if self in reader._open:
                    reader._open.remove(self)
                    reader._let_in()

        def connect(database: str, **more: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = real(database, factory=Connection, **more)
            if database != ":memory:":
                reader._open.append(connection)
            return connection

        with patch.object(sqlite3, "connect", connect):
            yield

    def _call(self, connection: sqlite3.Connection) -> None:
        if connection not in self._open:
            return  # to a copy in memory, which nobody else can touch
        self._calls += 1
        self.held |= connection.in_transaction
        if self._calls == self._at:
            self._writing = True
            self._writer.begin(self._ledger, *self._change)

    def _let_in(self) -> None:
        """Where the ledger is closed, nothing holds the writer up any more: whatever is left to do waits for it."""
        if self._writing:
            self._writing, self._code = False, self._writer.end()


def _content(path: Path) -> object:
    """A file's content; of an office document its parts, without the one that tells when it was made."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}


class Scene:
    """A ledger before a change and after it, and one who reads and one who writes on a copy of it."""

    def __init__(self, ledger: Path, folder: Path, writer: Writer) -> None:
        self._before, self._after, self._ledger = ledger, folder / "后.db", folder / "台账.db"
        self._writer, self._file = writer, str(folder / "隐患.csv")
        Path(self._file).write_text(CHANGE, encoding="utf-8")
        shutil.copy(ledger, self._after)
        writer.begin(self._after, "import", self._file)
        assert writer.end() == 0
        self._reader = Reader(self._ledger, ("import", self._file), writer)

    def shows_one_moment(self, line: str, points: Callable[[int], range]) -> None:
        """Run a command line again and again, and let the writer in at each of the points, which are chosen by the
        number of calls there are."""
        after = self._run(self._after, line).shown
        before = self._run(self._before, line)
        assert before.shown.code == after.code == 0, before.shown.said
        assert before.shown != after, "the change does not show: nothing is tested"
        chosen = points(before.calls)
        assert chosen
        for at in chosen:
            run = self._run(self._before, line, at)
            assert run.writer == 0, f"at call {at} the writer did not get in: {run.writer}"
            one_moment = run.shown in (before.shown, after)
            assert one_moment, f"torn at call {at} of {before.calls}:\n{run.shown.said[:500]}"

    def checks_clean_under_load(self, times: int) -> None:
        """Check so often while the other process changes the ledger without a pause."""
        shutil.copy(self._before, self._ledger)
        with self._writer.without_pause(self._ledger, self._file):
            for _ in range(times):
                run = self._reader.run("check")
                assert run.shown.code == 0, run.shown.said

    def rendered_while_reading(self, line: str) -> list[str]:
        """What was called to render something, or to say it, before a command had read all it reads."""
        found = []

        def look(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and _renders(frame.f_code) and self._reader.holds:
                found.append(f"{frame.f_code.co_filename}: {frame.f_code.co_name}")

        sys.setprofile(look)
        try:
            assert self._run(self._before, line).shown.code == 0
        finally:
            sys.setprofile(None)
        assert self._reader.held
        return found

    def _run(self, ledger: Path, line: str, at: int = 0) -> Interrupted:
        shutil.copy(ledger, self._ledger)
        return self._reader.run(line, at)


_MAKES_FILES = ("spreadsheet.py", "template.py", "due_form.py")


@cache
def _renders(code: CodeType) -> bool:
    path = Path(code.co_filename)
    if path.parent.name == "exchange":
        return path.name in _MAKES_FILES
    return "render" in path.parts[-3:-1] or (path.name == "session.py" and code.co_name in ("say", "note"))


def some_calls(number: int) -> Callable[[int], range]:
    """So many of a command's calls or a few more, spread over all."""

    def choose(count: int) -> range:
        return range(1, count + 1, max(1, count // number))

    return choose
