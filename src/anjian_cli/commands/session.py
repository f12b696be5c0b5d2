"""Everything a command gets from the outside world: ledger, day, user, streams, terminal.

The only place where the clock, the user's name and the terminal are read. It knows no record and no rule.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from anjian_cli import interruption, under_way
from anjian_cli.commands import words
from anjian_cli.errors import Misread, Place, Refused, refused, visible
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from typing import Any, BinaryIO, TextIO

    from anjian_cli.ledger.gate import Gate, Source

UNSIGNED = "未署名"
LINES = "\n\r\t"
"""What ends lines and parts columns: no sign stands for it."""
BEIJING = 8 * 3600
"""Seconds that all of China is ahead of UTC, whatever zone the computer is set to."""
BEHIND = 3600
"""Seconds by which a clock may be behind the last operation: so far apart are the clocks of one office."""


class Session:
    """One run. `db` is what --db said, `day` what --today or else the clock said (YYYY-MM-DD), `width` in columns;
    `business_day` is None until the ledger, which may carry its own, has been asked; `clock_right` that the clock is
    to be believed even where it is behind the last operation; `paging` that a pager may be called; `committed` are the
    operations of this run that are in the ledger."""

    def __init__(
        self,
        *,
        db: str | None,
        day: str,
        business_day: str | None,
        actor: str,
        out: TextIO,
        err: TextIO,
        stdin: BinaryIO,
        terminal: bool,
        width: int,
        colour: bool,
        clock_right: bool = False,
        paging: bool = True,
    ) -> None:
        self.db, self.day, self.business_day, self.actor = db, day, business_day, actor
        self.out, self.err, self.stdin = out, err, stdin
        self.terminal, self.width, self.colour = terminal, width, colour
        self.clock_right, self.paging = clock_right, paging
        self.committed: list[int] = []

    @property
    def recorded(self) -> int | None:
        """The last operation that this run committed."""
        return self.committed[-1] if self.committed else None

    def now(self) -> str:
        """The moment of recording, in UTC. `--today` does not move it."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    @property
    def today(self) -> str:
        """The business day (YYYY-MM-DD): --today, else the day of a demonstration ledger, else the clock's. Where no
        ledger is open yet it is opened for this alone, which costs a short command some 3%."""
        if self.business_day is None:
            from anjian_cli.ledger.open import reading

            try:
                with closing(reading(self._ledger())) as connection:
                    return self.today_of(connection)
            except Refused:  # told by the command itself, if it needs a ledger
                return self.day
        return self.business_day

    def today_of(self, connection: sqlite3.Connection) -> str:
        """The business day, with the ledger at hand. A demonstration's own day is said once."""
        if self.business_day is None:
            from anjian_cli.ledger.settings import demonstration_day

            carried = demonstration_day(connection)
            self.business_day = carried or self.day
            if carried is not None:
                self.note(f"演示台账：以{carried}为今天（演示日期）。要按别的日子，请加 --今天")
        return self.business_day

    def on(self, day: str) -> Session:
        """The same run on another business day."""
        from copy import copy  # here: hardly any run has two days

        other = copy(self)
        other.business_day = day
        return other

    def ledger(self) -> Path:
        """The ledger's path: --db, else ANJIAN_DB, else the one `init` remembered. Refused E612 if none."""
        from pathlib import Path

        return Path(self._ledger())

    def _ledger(self) -> str:
        """As `ledger`, without what importing pathlib costs."""
        return ledger_name_of(self.db)

    def ledger_name(self) -> str:
        """The ledger's path as text, without what importing pathlib costs, unless it is not written in the plainest
        way. Refused E612."""
        told = self._ledger()
        return told if os.path.normpath(told) == told else str(self.ledger())

    def signing_key(self) -> Path:
        """Where this person's signing key is kept: ANJIAN_KEY, else beside what `init` remembers. Never beside the
        ledger: whoever can forge that could sign it as well."""
        from pathlib import Path

        named = os.environ.get("ANJIAN_KEY")
        return Path(named).expanduser() if named else _memory().with_name("signing.key")

    def reminded(self) -> Path:
        """Where it is kept on which day this person last made reminders (催办), beside what `init` remembers."""
        return _memory().with_name("reminded.json")

    def questions(self) -> Path:
        """Where this person's kept questions of lists are, beside what `init` remembers."""
        return _memory().with_name("questions.json")

    def remember(self, path: Path) -> None:
        """Make `path` the ledger of later runs. Raises OSError."""
        from anjian_cli.exchange import owner_only  # here: a ledger is made once

        memory = _memory()
        memory.parent.mkdir(parents=True, exist_ok=True)
        owner_only.write(f"{path.resolve()}\n".encode(), memory, instead=True)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """The ledger, read-only, as it is at one moment. Refused as `ledger` and `ledger.open.reading`.

        A command reads all it needs in one such block, into plain values, and makes something of them behind it:
        until the block ends nobody can commit. A ledger of an earlier version is read from an upgraded copy in memory.
        """
        from anjian_cli.ledger.moment import at_one_moment
        from anjian_cli.ledger.open import version
        from anjian_cli.ledger.schema import VERSION

        with at_one_moment(self._ledger(), older=True) as connection:
            if (found := version(connection)) == VERSION:
                self.today_of(connection)
                yield connection
                return
        from anjian_cli.workflow.upgrade import in_memory  # here: no ledger of the present version needs it

        self.note(f"台账是第{found}版的，先在内存里升级再读；运行 anjian 升级，以后就不用等。")
        with closing(in_memory(self.ledger())) as connection:
            self.today_of(connection)
            yield connection

    @contextmanager
    def as_found(self) -> Iterator[sqlite3.Connection]:
        """The ledger file as it lies there, of whatever version and with whatever is in it, to be examined. Refused as
        `read`, but for what is not ours."""
        from anjian_cli.ledger.moment import at_one_moment

        with at_one_moment(self._ledger(), older=True, as_found=True) as connection:
            yield connection

    def _righted(self, last: tuple[int, str], now: str) -> bool:
        """Whether an operation at `now` puts right a clock that was wrong at the last one (number, moment). Refused
        E629 where it would, and nobody said that the clock is right."""
        number, moment = last
        if now >= moment:
            return False
        from datetime import datetime  # here: a clock is hardly ever behind

        behind = datetime.fromisoformat(moment) - datetime.fromisoformat(now)
        if behind.total_seconds() <= BEHIND:
            return False
        if not self.clock_right:
            from anjian_cli.bulletin import phrase

            raise refused("E629", operation=number, now=phrase.moment(now), last=phrase.moment(moment))
        return True

    @contextmanager
    def write(
        self, command: str, source: Source | None = None, *, trial: bool = False, rows: int = 0
    ) -> Iterator[Gate]:
        """One operation; `command` is what the log shows, with --clock-right where that was needed; `rows` about how
        many it will write. A ledger of an earlier version is upgraded first; for a `trial`, of which nothing is to be
        kept, only in memory. Raises as `ledger.write.operation`; refused E629."""
        from anjian_cli.ledger.open import is_older

        path = self._ledger()
        older = is_older(path)
        if older and trial:
            from anjian_cli.workflow.upgrade import tried as operation
        else:
            from anjian_cli.ledger.write import operation
        if older and not trial:
            self.upgrade(self.ledger())
        told = {"at": self.now(), "actor": self.actor, "today": self.day}
        gate = None
        try:
            with operation(path, command, **told, source=source, rows=rows) as gate:
                if self._righted((gate.head, gate.head_at), gate.at):
                    from anjian_cli.ledger.history import CLOCK_RIGHT

                    gate.command += CLOCK_RIGHT
                gate.today = self.today_of(gate.connection)
                yield gate
            with interruption.held():
                if gate.recorded is not None:
                    self.committed.append(gate.recorded)
        except KeyboardInterrupt:
            if gate is not None and gate.recorded is not None and gate.recorded not in self.committed:
                with interruption.held():
                    self._look_for(gate.recorded, gate.at)
            raise
        if not gate.abandoned:
            for notice in gate.notices:
                self.note(str(notice))

    def _look_for(self, operation: int, at: str) -> None:
        """Whether an operation that was interrupted at its very end stands in the ledger: the ledger knows."""
        from anjian_cli.ledger import history

        with suppress(Refused), self.as_found() as connection:
            if history.last(connection) >= (operation, at):
                self.committed.append(operation)

    @contextmanager
    def giving_out(
        self, command: str, output: Path | None, *, phones: bool, folder: bool = False
    ) -> Iterator[sqlite3.Connection]:
        """The ledger, to read what leaves the office. With telephone numbers that is an operation, which stands in the
        log before anything is handed over; without, nothing is written. Refused E650 where the log cannot be written,
        E109 where the file is there already, or (`folder`) a folder that is not empty; raises as `read` and `write`."""
        if not phones:
            with self.read() as connection:
                yield connection
            return
        import sqlite3

        from anjian_cli.render import destination

        told = f"{command} --with-phones"
        if output is not None:
            (destination.refuse_filled if folder else destination.refuse_existing)(output)
            told += f" -o {output.name}"
        try:
            with self.write(told) as gate:
                gate.note_down()
                yield gate.connection
        except sqlite3.OperationalError as error:
            known = {sqlite3.SQLITE_READONLY: "它或它的文件夹只能读，不能写", sqlite3.SQLITE_FULL: "磁盘已满"}
            raise refused("E650", why=known.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, error)) from error

    def upgrade(self, path: Path, *, clean: bool = False) -> Path | None:
        """Bring the ledger to the present version, saying so before and after; returns where the old one is kept,
        None if there was nothing to do. Refused as `ledger.upgrade.upgrade`, and E629."""
        import sqlite3

        from anjian_cli.ledger import history
        from anjian_cli.ledger.upgrade import Entry
        from anjian_cli.workflow.upgrade import upgrade

        now = self.now()
        # A file without our log is none of ours, and refused by the upgrade itself.
        with self.as_found() as connection, suppress(sqlite3.OperationalError):
            self._righted(history.last(connection), now)
        self.note(f"{'清理' if clean else '升级'}台账：{path}。升级以后，旧版的程序就打不开它了；原来的台账留在旁边。")
        kept = upgrade(path, Entry(now, self.actor, self.day), clean=clean)
        if kept is not None:
            self.note(f"已升级。原来的台账留在 {kept}（只有本人能读）。")
        return kept

    def say(self, text: str) -> None:
        """A line of the result."""
        self.out.write(f"{visible(words.spoken(text), LINES)}\n")

    @property
    def asks(self) -> bool:
        """Whether a person is at the terminal who can be asked what a refused line meant, and may be."""
        streams = (self.stdin, self.err)
        return self.terminal and all(each.isatty() for each in streams) and not os.environ.get("ANJIAN_NO_QUESTIONS")

    def agreed(self, question: str) -> bool:
        """Whether a person at the terminal answers y (是). The end of input is no."""
        with under_way.silent():
            self.out.write(f"{question}（y/n）")
            self.out.flush()
            return self.stdin.readline().decode("utf-8", "replace").strip().lower() in ("y", "yes", "是")

    def typed(self, prompt: str) -> str | None:
        """A line that a person types at the terminal, without blanks at its ends; None at the end of input. A terminal
        of GBK is understood as well."""
        with under_way.silent():
            self.err.flush()
            self.out.write(prompt)
            self.out.flush()
            line = self.stdin.readline()
        if not line:
            self.out.write("\n")
            return None
        try:
            return line.decode("utf-8").strip()
        except UnicodeDecodeError:
            return line.decode("gb18030", "replace").strip()

    def lines(self, prompt: str, most: int) -> list[str]:
        """What is typed or comes through a pipe, up to an empty line, the end of input, or `most` lines."""
        self.err.write(f"{prompt}：\n")
        self.err.flush()
        found: list[str] = []
        with under_way.silent():
            while len(found) < most:
                line = self.stdin.readline().decode("utf-8", "replace").strip()
                if not line:
                    break
                found.append(line)
        return found

    def secret(self, what: str) -> str:
        """What is typed unseen at the terminal. Refused E731 where there is none: a pipe would be kept somewhere."""
        if not (self.terminal and self.stdin.isatty()):
            raise refused("E731", why="这里不是终端，不能输入口令")
        from getpass import getpass

        with under_way.silent():
            return getpass(f"{what}：")

    def new_secret(self, what: str) -> str:
        """The same for a new one, typed twice. Refused E736 where they differ, nothing was typed or nobody is there."""
        try:
            typed = self.secret(what)
            again = self.secret("再输一遍") if typed else ""
        except Refused as refusal:
            raise refused("E736", why="这里不是终端，不能输入口令") from refusal
        if not typed:
            raise refused("E736", why="没有输入")
        if again != typed:
            raise refused("E736", why="两次输入的不同")
        return typed

    def note(self, text: str) -> None:
        """A line beside the result: a note, progress, an error."""
        self.err.write(f"{visible(words.spoken(text), LINES)}\n")


def begin(
    db: str | None = None,
    today: str | None = None,
    actor: str | None = None,
    *,
    clock_right: bool = False,
    paging: bool = True,
) -> Session:
    """The session of this process. Takes the global options as typed. Refused E2xx for the day."""
    _lost[0] = 0
    out, err = ready(sys.stdout), ready(sys.stderr)
    terminal = out.isatty()
    if shows_progress(err):
        out, err = _Alone(out), _Alone(err)  # type: ignore[assignment]
    day = _day(today)
    return Session(
        db=os.path.expanduser(db) if db else None,
        day=day,
        business_day=None if today is None else day,
        actor=actor or os.environ.get("ANJIAN_ACTOR") or _login(),
        out=out,
        err=err,
        stdin=sys.stdin.buffer if sys.stdin is not None else io.BytesIO(),
        terminal=terminal,
        width=_columns(),
        colour=terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
        clock_right=clock_right,
        paging=paging,
    )


def shows_progress(err: TextIO) -> bool:
    """Whether it is told on this terminal how far a command is: not off a terminal, nor on one that cannot write over
    a line."""
    return err.isatty() and (os.name == "nt" or os.environ.get("TERM", "dumb") != "dumb")


class _Alone:
    """A stream that has the screen for itself while it is written to: no line of progress stands there."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with under_way.silent():
            return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def ledger_name_of(db: str | None) -> str:
    """The ledger's path: the one that --db said, else as `Session.ledger`. Refused E612."""
    if db is not None:
        return db
    if named := os.environ.get("ANJIAN_DB"):
        return os.path.expanduser(named)
    try:
        remembered = _memory().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        remembered = ""
    if not remembered:
        raise refused("E612")
    return remembered


def _columns() -> int:
    """The width of the terminal, as shutil tells it: COLUMNS, else the terminal that the output began with, else 80."""
    told = os.environ.get("COLUMNS", "")
    try:
        columns = int(told)
    except ValueError:
        columns = 0
    if columns <= 0:
        try:
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
        except (AttributeError, ValueError, OSError):
            columns = 0
    return columns or 80


def ready(stream: TextIO | None) -> TextIO:
    """The stream, so that it never fails for its encoding; a closed one (None) swallows what is written."""
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=_COUNTED)
        if not stream.isatty():
            stream.reconfigure(newline="")  # CSV brings its own line ends
    return stream


_COUNTED = "anjian-counted"
_lost = [0]


def lost() -> int:
    """How many characters could not be written so far, for the encoding of where they went; each is a ?."""
    return _lost[0]


def _count(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    _lost[0] += error.end - error.start
    return "?" * (error.end - error.start), error.end


codecs.register_error(_COUNTED, _count)


def day_of_the_clock() -> str:
    """The day in Beijing (YYYY-MM-DD)."""
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + BEIJING))


def _day(typed: str | None) -> str:
    now = day_of_the_clock()
    if typed is None:
        return now
    from anjian_cli.records.days import spoken_day

    try:
        return spoken_day(typed, now)
    except Misread as misread:
        raise Refused([misread.fault(typed, place=Place(title="--今天"))]) from misread


def _login() -> str:
    import getpass  # here, since ANJIAN_ACTOR or --as make it needless

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return UNSIGNED


def _memory() -> Path:
    from platformdirs import user_config_path  # here, since --db or ANJIAN_DB make it needless

    return user_config_path("anjian", appauthor=False) / "ledger.txt"
