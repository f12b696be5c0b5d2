"""How a command hands over what it has made for a person: to the terminal, to a pipe or to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands.session import Session
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.render.screen.styled_lines import Line


def width(session: Session, output: Path | None) -> int | None:
    """The columns that lines are wrapped to or cut at; None off a terminal, where nothing is."""
    return session.width if session.terminal and output is None else None


def lines(session: Session, made: Callable[[int | None], Sequence[Line]], output: Path | None) -> None:
    """Show lines, which are made for a width, or write them to a file. Raises `Refused` as `destination.deliver`."""
    from anjian_cli.render.screen import styled_lines

    found = made(width(session, output))
    if output is None:
        styled_lines.show(found, session.out, colour=session.colour)
    else:
        destination.deliver(styled_lines.text(found), output, session.out)
