"""What people type on the command line, read with the day and the ledger at hand."""

from __future__ import annotations

from contextlib import closing, contextmanager

from anjian_cli.commands import spoken_days, words
from anjian_cli.errors import Fault, Misread, Place, Refused, refused
from anjian_cli.light_typing import TYPE_CHECKING
from anjian_cli.records import days

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    from anjian_cli.bulletin.period import Period
    from anjian_cli.commands.session import Session
    from anjian_cli.ledger.lookup import Department
    from anjian_cli.rules.word_lists import WordList

    T = TypeVar("T")


UNSETTLED = ("未定", "未定镇街")


def past_day(session: Session, text: str | None, option: str) -> str:
    """A day that is not in the future; today where nothing was typed. Raises `Refused` E21x, E281."""
    if text is None:
        return session.today
    day = read(lambda typed: spoken_days.past(typed, session.today), text, option)
    if day > session.today:
        title = words.option(option)
        told = {"today": session.today, "title": title.removeprefix("--")}
        raise Refused([Fault("E213", told, text, place=Place(title=title))])
    return day


def following_day(session: Session, text: str, day: str, option: str) -> str:
    """A deadline that comes after `day`, which gives it its year. Raises `Refused` E21x, E281."""
    return read(lambda typed: spoken_days.following(typed, day, session.today, soon=True), text, option)


def latest_month(text: str, today: str) -> str:
    """A month as YYYY-MM; without its year the latest such month that has begun. Raises `Misread` E108."""
    year, month = days.month(text, today)
    if year is None:
        year = int(today[:4]) - (month > int(today[5:7]))
    return f"{year:04}-{month:02}"


def read(parse: Callable[[str], T], text: str, option: str) -> T:
    """A value read by its parser. Raises `Refused` naming the option."""
    try:
        return parse(text)
    except Misread as misread:
        raise Refused([misread.fault(text, place=Place(title=words.option(option)))]) from misread


def field(record: str, column: str, text: str, option: str) -> str | None:
    """What was typed for a field of words of a record, read as the record reads it; None for a blank. Raises `Refused`
    naming the option, E202 for a blank where the record needs it."""
    from anjian_cli.records import definition

    of = definition.record(record).columns[column]

    def parse(typed: str) -> str | None:
        value = of.read(typed)
        if value is None and of.required:
            raise Misread("E202")
        return None if value is None else str(value)

    return read(parse, text, option)


@contextmanager
def as_known_on(session: Session, text: str | None) -> Iterator[tuple[sqlite3.Connection, Session]]:
    """The ledger as it was known at the end of a day, and a session of that day; as it is where nothing was typed.
    The day is one of recording, which goes by the clock in a demonstration as well. Raises `Refused` E21x, E450."""
    if text is None:
        with session.read() as connection:
            yield connection, session
        return
    from anjian_cli.bulletin import as_known
    from anjian_cli.ledger import inverse

    with session.read() as connection:
        day = past_day(session.on(session.day), text, "--as-known-on")
        taken = inverse.copy(connection)
    with closing(taken):
        as_known.go_back(taken, day)
        yield taken, session.on(min(day, session.today))


def period(session: Session, connection: sqlite3.Connection, text: str | None, year: int | None = None) -> Period:
    """The month asked for: 10, 10月, 2018-10, 上月; nothing = the last one that ended. Raises `Refused` E108, E445."""
    from anjian_cli.bulletin.period import choose_month

    if text is not None and len(text) > 1 and text.startswith("按"):
        remedy = f"一样一行的请写 --按 {'镇街' if text in ('按镇', '按镇街') else text[1:]}"
        raise refused("E106", text, name="月份", remedy=remedy)
    asked = None if text is None else read(lambda typed: days.month(typed, session.today), text, "--month")
    return choose_month(connection, asked, year, session.today)


def month_to_fix(session: Session, text: str | None, what: str, line: str) -> Period:
    """The month to lock or to issue: the last one that ended, where nothing or no year was typed, whatever years the
    ledger holds. Another is to be typed with its year; `line` says how ({} stands for the month). `what` is 定稿 or
    印发. Raises `Refused` E108, E119, E445."""
    from anjian_cli.bulletin.period import period

    running = period(int(session.today[:4]), int(session.today[5:7]), session.today)
    last = running.previous()
    if text is None:
        return last
    year, month = read(lambda typed: days.month(typed, session.today), text, "月份")
    if year is None:
        meant = running if month == running.month else last
        if month != meant.month:
            asked = int(session.today[:4]) - (month > running.month)
            told = {"last": last.title, "what": what, "month": f"{asked}年{month}月"}
            raise refused("E119", text, **told, line=line.format(f"{asked}-{month}"))
        return meant
    return period(year, month, session.today)


def town(connection: sqlite3.Connection, text: str, option: str = "--town") -> str:
    """A town's code by its name, short name, code or place in the office's order. Raises `Refused` E231."""
    from anjian_cli.ledger.lookup import Finder

    return read(lambda typed: Finder(connection, guess=True).town(typed).code, text, option)


def town_or_unsettled(connection: sqlite3.Connection, text: str | None) -> str | None:
    """The town to list by, as `ledger.listing` takes it: '' for what has none yet (未定); None = all."""
    if text in UNSETTLED:
        return ""
    return None if text is None else town(connection, text)


def town_title(connection: sqlite3.Connection, code: str | None, day: str) -> str:
    """How a list is called whose town is `code`, as `town_or_unsettled` returns it: by the name of the town in force on
    a day, whose things it lists; '' for all."""
    from anjian_cli.bulletin.definition import towns_on
    from anjian_cli.bulletin.phrase import UNSETTLED_NAME
    from anjian_cli.ledger.lookup import town_name

    if not code:
        return "" if code is None else UNSETTLED_NAME
    towns, rolled = towns_on(connection, day)
    of = rolled.get(code, code)
    return next((each.name for each in towns if each.code == of), None) or town_name(connection, code)


def word(connection: sqlite3.Connection, of: WordList, text: str | None, option: str) -> str | None:
    """A word that a list ever had; None where nothing was typed. Raises `Refused` E203."""
    if text is None:
        return None
    from anjian_cli.ledger import words as word_lists
    from anjian_cli.records.values import choice

    known = dict.fromkeys(each.word for each in word_lists.listed(connection) if each.list == of.name)
    return read(choice(*known, aliases=of.meant), text, option)


def department(connection: sqlite3.Connection, text: str | None, day: str) -> Department | None:
    """The department to list by, of those that there are on a day, by its name, short name or number; None = all.
    Raises `Refused` E231, E792."""
    from anjian_cli.ledger.lookup import Finder

    return None if text is None else read(lambda typed: Finder(connection).department(typed, day), text, "--department")


def refuse_beside(option: str, others: Sequence[str]) -> None:
    """Raises `Refused` E106 for options that were given beside one that takes none of them, by their names."""
    if others:
        told = " ".join(others)
        raise refused("E106", told, name=option, remedy=f"{option} 不和 {told} 一起写，请去掉一样")
