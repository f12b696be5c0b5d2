"""The program: global options, the command tree, and what goes wrong made into lines and an exit code.

`main` imports as little as the line needs: for `--version` not even Typer.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from anjian_cli import interruption, under_way
from anjian_cli.commands import words
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import _thread
    import sqlite3
    from typing import TextIO

    from anjian_cli.commands.session import Session
    from anjian_cli.errors import Fault, Refused

COLLECT_AFTER = 100_000
"""So many new objects before garbage is looked for: most runs end before, and are spared the walks."""

WAITING_FOR_THE_END = {"atexit", "threading"}
"""What asks to be called, or waited for, when the process ends."""

WAITED = 0.7
"""Seconds after which somebody who waits wants to know for what."""

INTERRUPTED = 130
"""128 + SIGINT, as `messages.Exit` has it."""

PIPE_CLOSED = 141
"""128 + SIGPIPE, as shells report it: nobody reads what is left of the output."""


class Line(NamedTuple):
    """A command line with its global options taken off. `given` holds --db, --today, --as and the flags."""

    args: list[str]
    given: dict[str, str]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (that of the process by default) and return the exit code. Raises nothing."""
    gc.set_threshold(COLLECT_AFTER)
    interruption.begin()
    if argv is None:
        interruption.answer()
    try:
        code = _run(sys.argv[1:] if argv is None else argv)
    except BrokenPipeError:
        _drop(sys.stdout)
        _drop(sys.stderr)
        code = PIPE_CLOSED
    except KeyboardInterrupt:  # at the moment at which all was done and said
        code = INTERRUPTED
    if argv is None:
        _end(code)
    return code


def _end(code: int) -> None:
    """End the process, which was for this one line, without taking the interpreter apart: that is a thirtieth of a
    short run, and of no use where nothing waits for it. Returns where something does, or an output cannot be written
    to its end: then the interpreter ends as it always does, and says so."""
    gc.freeze()  # garbage need not be looked for among all that was imported
    if not WAITING_FOR_THE_END & sys.modules.keys():
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except (OSError, ValueError):
            return
        os._exit(code)


def take_globals(argv: Sequence[str]) -> Line:
    """Take the global options off a normalised line; of two the later holds. Refused E104 without a value."""
    args: list[str] = []
    given: dict[str, str] = {}
    rest = iter(argv)
    for token in rest:
        if token == "--":
            args += [token, *rest]
            break
        typed, equals, value = token.partition("=")
        name = words.global_option(typed)
        if name is None or (equals and name in words.FLAGS):
            args.append(token)
        elif equals or name in words.FLAGS:
            given[name] = value
        else:
            following = next(rest, None)
            if following is None:
                from anjian_cli.errors import refused

                raise refused("E104", name=typed, help="anjian -h")
            given[name] = following
    return Line(args, given)


def _run(argv: Sequence[str]) -> int:
    if argv and argv[0] == words.COMPLETE:
        from anjian_cli.commands import completion  # here: a shell asks it, at TAB

        return completion.answer(argv[1:])
    session = None
    over = None
    try:
        line = take_globals(words.normalise(argv))
        if "--version" in line.given:
            return _version()
        from anjian_cli.commands.session import begin  # here: --version needs neither session nor errors

        given = line.given
        session = begin(
            given.get("--db"),
            given.get("--today"),
            given.get("--as"),
            clock_right="--clock-right" in given,
            paging="--no-pager" not in given,
        )
        over = _told_how_far()
        code = _called(line, session)
        session.out.flush()
        _tell_what_was_lost(session)
        return code
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return _interrupted(session)
    except Exception as error:  # the last resort: whatever happened, a user gets a line in Chinese, not a traceback
        if interruption.asked():  # SQLite, for one, makes an error of its own of it
            return _interrupted(session)
        refusal = _refusal(error, session)
        _complain_of(refusal, session)
        return refusal.exit
    finally:
        interruption.end()
        under_way.end()
        if over is not None:
            over.release()


def _complain_of(refusal: Refused, session: Session | None) -> None:
    lines = [_line(fault) for fault in refusal.faults]
    if (state := _state(session)) and refusal.faults[0].code not in ("N502", "E901"):
        lines.append(f"{state}。")
    lines += [f"{gone}。" for gone in interruption.what_went()]
    _complain(lines)


def _called(line: Line, session: Session) -> int:
    """Call the command; of one that is refused, the one that a person at the terminal says was meant, as long as there
    is one."""
    from anjian_cli.errors import Refused

    while True:
        try:
            return _call(line, session)
        except Refused as refusal:
            unread = _is_of_the_line(refusal, session, line.args)
            if session.committed or not session.asks or not (unread or refusal.proposals):
                raise
            from anjian_cli.commands import asked_back  # here: few lines are refused

            _complain_of(refusal, session)
            if (meant := asked_back.line(session, refusal, line.args)) is None:
                return refusal.exit
            line = Line(meant, {})


def _interrupted(session: Session | None) -> int:
    """Say what became of it. What is in the ledger, and what was written, is whole."""
    interruption.end()
    from anjian_cli.errors import Fault

    stays = [_state(session) or "未作改动", *interruption.what_stays(), *interruption.what_went()]
    fault = Fault("E902", {"state": "；".join(stays)})
    _complain([str(fault)])
    return fault.exit


def _told_how_far() -> _thread.LockType | None:
    """Tell a person who waits how far the command is, from a moment on at which most are over; until what is returned
    is released. None where nobody is told."""
    from anjian_cli.commands.session import shows_progress

    under_way.begin()
    if sys.stderr is None or not shows_progress(sys.stderr):
        return None
    import _thread
    import time

    over, begun = _thread.allocate_lock(), time.monotonic()
    over.acquire()

    def show() -> None:
        if over.acquire(timeout=WAITED):
            return
        from anjian_cli.render.screen import progress

        progress.Line(sys.stderr, begun, over).run()

    _thread.start_new_thread(show, ())
    return over


def _line(fault: Fault) -> str:
    """A fault in words. What was typed in the wrong place is nobody's field, and hidden as in any text."""
    from anjian_cli.messages import Exit

    if fault.exit is not Exit.USAGE:
        return str(fault)
    from anjian_cli.records import masking

    return masking.in_text(str(fault))


def _state(session: Session | None) -> str:
    """What of this run is in the ledger; '' if nothing."""
    if session is None or not session.committed:
        return ""
    return f"此前已记入台账：操作{'、'.join(map(str, session.committed))}"


def _tell_what_was_lost(session: Session) -> None:
    from anjian_cli.commands.session import lost

    if count := lost():
        session.note(f"有{count}个字在这里（{session.out.encoding}）写不出来，已写成“?”；要完整的，请用 -o 写成文件")


def _version() -> int:
    from anjian_cli import __version__

    print(f"anjian {__version__}", flush=True)
    return 0


def _call(line: Line, session: Session) -> int:
    """Call the command. An exit code that it returns is that of the program. A line that is refused as it is typed is
    read as the one that it plainly means, if it does."""
    if "--help" in line.given:
        return _help(line, session)
    if not line.args and session.terminal and _has_ledger(session):
        line.args.append("status")
    from anjian_cli.errors import Refused

    try:
        return _done(line.args, session)
    except Refused as refusal:
        if not _is_of_the_line(refusal, session, line.args):
            raise
        from anjian_cli.commands import read_as  # here: what is typed plainly needs none of it

        meant = read_as.lines(session, line.args)
        if not meant:
            raise
    return max([_done(each, session) for each in meant])


def _is_of_the_line(refusal: Refused, session: Session, args: Sequence[str]) -> bool:
    """Whether words of the line are what is refused, of a ledger that is there."""
    from anjian_cli.errors import Refused

    codes = {"E101", "E103", "E105", "E106", "E108", "E133", "E145"}
    command = words.find(args[0], words.COMMANDS) if args else None
    codes |= {"E231"} if command is not None else set()
    codes |= {"E107"} if command == "template" else set()
    first = refusal.faults[0]
    codes |= {"E451"} if first.code == "E451" and not _is_number(str(first.value)) else set()
    if session.committed or first.code not in codes:
        return False
    try:
        return session.ledger().exists()
    except Refused:
        return False


def _is_number(text: str) -> bool:
    """Whether a text is a record's number, which may be one that is not there: 芝英-99. Any other only stands where a
    number is typed."""
    return text.isascii() or text.rpartition("-")[2].isdigit()


def _help(line: Line, session: Session) -> int:
    from anjian_cli.commands import pager, typer_tree

    shown = typer_tree.help_for(typer_tree.tree(), line.args, session)
    with pager.paged(session):
        session.out.write(f"{shown}\n")
    return 0


def _done(args: Sequence[str], session: Session) -> int:
    """Do what a line says as it stands."""
    from anjian_cli.commands import direct, params

    if (call := direct.read(args)) is not None:
        return _exit_code(call.function(params.Context(session), **call.given))
    if not args:
        return _help(Line([], {}), session)
    import typer

    from anjian_cli.commands import typer_tree

    try:
        with typer_tree.tree().make_context(typer_tree.PROGRAM, list(args), obj=session) as context:
            return _exit_code(context.command.invoke(context))
    except typer.Exit as end:
        return end.exit_code


def _exit_code(returned: object) -> int:
    return returned if isinstance(returned, int) else 0


def _has_ledger(session: Session) -> bool:
    """Whether there is a ledger to show on the first screen; else help is what is needed."""
    from anjian_cli.errors import Refused

    try:
        return session.ledger().exists()
    except Refused:
        return False


def _complain(lines: Sequence[str]) -> None:
    from anjian_cli.commands.session import ready

    under_way.wipe()
    if sys.stdout is not None:
        try:
            sys.stdout.flush()  # so that on a terminal the error stands behind what came before it
        except OSError:  # the very thing complained of: the disk is full
            _drop(sys.stdout)
    err = ready(sys.stderr)
    err.write("".join(f"{words.spoken(line)}\n" for line in lines))
    err.flush()


def _drop(stream: TextIO) -> None:
    """Let the interpreter's own last flush of a stream go nowhere instead of failing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


# --- what went wrong


def _refusal(error: Exception, session: Session | None) -> Refused:
    """What is said about an error, whatever it is."""
    import sqlite3
    from pathlib import Path

    from anjian_cli.errors import Fault, Misread, Refused, refused

    if isinstance(error, Refused):
        return error
    if isinstance(error, Misread):  # of a word that only looked for something, and whose place nobody told
        return Refused([Fault(error.code, error.words)])
    if isinstance(error, UnicodeEncodeError) and error.encoding == "utf-8":  # half a character, typed or from a file
        return refused("E201")
    known = None
    if type(error).__name__ == "SerialisationError":
        from anjian_cli.exchange.spreadsheet import of_the_disk

        error = of_the_disk(error) or error
    if isinstance(error, MemoryError):
        return refused("E636")
    if isinstance(error, OverflowError) and "SQLite" in str(error):  # a number that no ledger has room for
        return refused("E247")
    if isinstance(error, sqlite3.Error):
        known = _ledger_refusal(error, session)
    elif isinstance(error, OSError):
        if session is not None and session.recorded is not None:
            from anjian_cli.render.destination import why

            return refused("N502", operation=session.recorded, why=why(error))
        from anjian_cli.render.destination import unwritten

        known = unwritten(error, None if error.filename is None else Path(os.fsdecode(error.filename)))
    if known is not None:
        return known
    if os.environ.get("ANJIAN_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    return refused("E901", why=f"{type(error).__name__}: {error}", state=_state(session) or "台账未作改动")


def _ledger_refusal(error: sqlite3.Error, session: Session | None) -> Refused | None:
    """For an error of the ledger file, not of a statement: SQLite's primary result code says which."""
    import sqlite3

    from anjian_cli.errors import refused

    path = _ledger_path(session)
    if str(error).startswith("Could not decode to UTF-8"):  # of the module, which has no code for it
        return refused("E615", path=path, why="内容已损坏")
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return refused("E621")
        case sqlite3.SQLITE_NOTADB:
            return refused("E613", path=path)
        case sqlite3.SQLITE_CORRUPT:
            return refused("E615", path=path, why="内容已损坏")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return refused("E617", path=path, why="没有这个文件夹，或没有权限")
        case sqlite3.SQLITE_READONLY:
            return refused("E638", path=path)
        case sqlite3.SQLITE_FULL:
            return refused("E631", value=path)
        case sqlite3.SQLITE_IOERR:
            return refused("E639", path=path)
    return None


def _ledger_path(session: Session | None) -> str:
    from anjian_cli.errors import Refused

    try:
        return str(session.ledger()) if session is not None else "台账"
    except Refused:
        return "台账"
