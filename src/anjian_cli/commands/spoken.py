"""What people type on the command line, read with the day and the ledger at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.records import values

if TYPE_CHECKING:
    from collections.abc import Callable

    from anjian_cli.commands.session import Session

T = TypeVar("T")


def past_day(session: Session, text: str | None, option: str) -> str:
    """A day that is not in the future; today where nothing was typed. Raises `Refused` E21x."""
    if text is None:
        return session.today
    day = any_day(session, text, option)
    if day > session.today:
        place = Place(title=option)
        raise Refused([Fault("E213", {"today": session.today, "title": option}, text, place=place)])
    return day


def any_day(session: Session, text: str, option: str) -> str:
    """A day as people say it; without its year the latest one not in the future. Raises `Refused` E21x."""
    return read(lambda typed: values.spoken_day(typed, session.today), text, option)


def coming_day(session: Session, text: str, option: str) -> str:
    """A deadline: without its year, the next such day from today on. Raises `Refused` E21x."""
    day = any_day(session, text, option)
    if day >= session.today or any(mark in text for mark in (day[:4], "今", "昨", "前")):
        return day
    return read(values.day, f"{int(session.today[:4]) + (day[5:] < session.today[5:])}{day[4:]}", option)


def read(parse: Callable[[str], T], text: str, option: str) -> T:
    """A value read by its parser. Raises `Refused` naming the option."""
    try:
        return parse(text)
    except Misread as misread:
        raise Refused([misread.fault(text, place=Place(title=option))]) from misread
