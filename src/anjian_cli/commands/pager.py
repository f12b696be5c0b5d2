"""A pager for what does not fit the window: on a terminal alone, never on Windows, and never where it is turned off.

ANJIAN_PAGER, else PAGER, says which; an empty one, or `cat`, none; `less -FRX` where nothing is said and it is there.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anjian_cli import under_way
from anjian_cli.commands.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

LESS = ("less", "-FRX")
"""Ends at once where all fits, keeps colours, leaves on the screen what was read."""
NONE = ("", "cat")


@contextmanager
def paged(session: Session, *, to_file: bool = False) -> Iterator[None]:
    """While something is said: on a terminal it is shown by the pager, if it does not fit the window. What was said
    before an error is shown as well."""
    command = None if to_file or not session.paging else _command(os.environ)
    if command is None or not _is_terminal(session):
        yield
        return
    out, kept = session.out, io.StringIO()
    session.out = kept
    try:
        yield
    finally:
        session.out = out
        _show(session, kept.getvalue(), command)


def _show(session: Session, text: str, command: list[str]) -> None:
    if _fits(session, text) or not _through(session, text, command):
        session.out.write(text)
        session.out.flush()


def _fits(session: Session, text: str) -> bool:
    """Whether a text fits the window, with a line left for what is typed next."""
    import re

    from anjian_cli.render.width import columns

    plain = re.sub("\x1b\\[[0-9;]*m", "", text)
    lines = sum(max(1, -(-columns(line) // session.width)) for line in plain.split("\n")[:-1])
    return lines < os.get_terminal_size(session.out.fileno()).lines


def _through(session: Session, text: str, command: list[str]) -> bool:
    """Show a text by the pager; whether it could be called. Leaving it before the end is no error."""
    import signal
    import subprocess

    encoding = session.out.encoding or "utf-8"
    environment = dict(os.environ)
    if encoding.lower().replace("-", "") == "utf8":
        environment.setdefault("LESSCHARSET", "utf-8")
    environment.setdefault("LESS", "FRX")
    session.err.flush()
    session.out.flush()
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=session.out.fileno(), env=environment)
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's
    try:
        with under_way.silent():
            process.communicate(text.encode(encoding, session.out.errors or "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _command(environment: Mapping[str, str]) -> list[str] | None:
    """The pager to call, None for none."""
    if os.name == "nt" or environment.get("TERM") == "dumb":
        return None
    told = environment.get("ANJIAN_PAGER", environment.get("PAGER"))
    if told is None:
        return list(LESS) if _is_there(LESS[0], environment) else None
    if told.strip() in NONE:
        return None
    import shlex

    return shlex.split(told)


def _is_there(name: str, environment: Mapping[str, str]) -> bool:
    folders = environment.get("PATH", "").split(os.pathsep)
    return any(os.access(f"{folder}{os.sep}{name}", os.X_OK) for folder in folders if folder)


def _is_terminal(session: Session) -> bool:
    """Whether what is said goes to a terminal, and not to what only says that it is one."""
    try:
        return session.terminal and os.isatty(session.out.fileno())
    except (OSError, ValueError):
        return False
