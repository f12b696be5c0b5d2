"""What is asked before it is written: on a terminal a question, off it a refusal that names the option for yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Refused

T = TypeVar("T")


def settled(session: Session, write: Callable[[bool], tuple[T, Sequence[Fault]]]) -> T | None:
    """What `write` has written, None where a person said no.

    `write` is called with whether all is agreed. Where it is not and there is something to ask, it keeps nothing, and
    returns the questions beside what it would have written. Raises `Refused` with them off a terminal.
    """
    written, questions = write(False)
    if not questions:
        return written
    if not session.terminal:
        raise Refused(questions)
    for question in questions:
        session.say(f"{question.reason}。")
    if not session.agreed("照此登记吗？"):
        session.note("没有登记")
        return None
    return write(True)[0]
