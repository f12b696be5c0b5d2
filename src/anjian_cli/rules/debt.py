"""What an enterprise owes by a rate with a denominator of its own (应复评, 应整治): from when until when, in which
town's name, and whether it was done.

What was done is a part of what was owed, by construction: it stands in the same row. What is not done in its year stays
owed in the next (上年结转), until it is done or excused. What was done is not excused any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from anjian_cli.rules.departure import Excuse
from anjian_cli.rules.derivation import Value
from anjian_cli.rules.intervals import BEGINNING, OPEN, Row, day, new_year_after, next_day


class Done(NamedTuple):
    """Done from a day on; taken back from another on (OPEN: never), which lies in the same year: then it is owed as it
    was before."""

    on: str
    undone_on: str = OPEN


class Owed(NamedTuple):
    """Days through which it is owed in one town's name, until_on the first no more (OPEN while it is neither done nor
    excused). `carried`: of a year before. `done` where that came in these days. `reason` why it ended (Chinese), None
    where a year did, or nothing."""

    town_code: Value
    from_on: str
    until_on: str
    carried: bool
    done: Done | None
    reason: str | None


def owed(
    start: str,
    residences: Sequence[Row],
    *,
    done: Done | None = None,
    settled_on: str = OPEN,
    excuses: Sequence[Excuse] = (),
) -> Iterator[Owed]:
    """A debt that begins on `start`. Where it was done, or settled in another way on `settled_on`, it is owed to the
    end of that year, and not carried over.

    The town is where the enterprise was when the debt began, and in a later year where it was on 1 January: who moves
    takes neither debt nor credit along in mid-year.
    """
    ended = min(done.on if done and done.undone_on == OPEN else OPEN, settled_on)
    last = OPEN if ended == OPEN else new_year_after(max(ended, start))
    for begin, end, reason in _left(start, last, done, excuses):
        for from_on, until_on in _years(start, begin, end, residences):
            within = done if done and from_on <= done.on < until_on else None
            yield Owed(
                town_on(residences, max(start, f"{from_on[:4]}-01-01")),
                from_on,
                until_on,
                from_on[:4] > start[:4],
                within,
                reason if until_on == end else None,
            )


def town_on(residences: Sequence[Row], on: str) -> Value:
    """The town an enterprise was in on a day; None for 未定镇街."""
    return next((row["town_code"] for row in residences if day(row, "from_on") <= on < day(row, "until_on")), None)


def _left(start: str, last: str, done: Done | None, excuses: Sequence[Excuse]) -> Iterator[tuple[str, str, str | None]]:
    """The days from `start` to `last` less those excused: begin, end, why it ended there."""
    at = start
    for begin, end, reason in sorted(_holding(excuses, done)):
        if end <= at or begin >= last:
            continue
        if at < begin or at == start == begin:
            yield at, begin, reason
        at = end
    if at < last:
        yield at, last, None


def _holding(excuses: Sequence[Excuse], done: Done | None) -> Iterator[Excuse]:
    """The excuses as far as they hold: not while it is done."""
    for one in excuses:
        begin = max(one.from_on, done.undone_on) if done and done.on <= one.from_on else one.from_on
        if begin < one.until_on:
            yield one._replace(from_on=begin)


def _years(start: str, begin: str, end: str, residences: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The days from `begin` until `end` in pieces: one of the year in which the debt began, then one for all the years
    that begin with the enterprise in the same town."""
    cuts = {new_year_after(start)}
    for row in residences:
        moved = day(row, "from_on")
        if moved != BEGINNING:
            cuts.add(moved if moved.endswith("-01-01") else new_year_after(moved))
    at = begin
    for cut in sorted(cuts):
        if at < cut < end and (cut == new_year_after(start) or _moved(residences, cut)):
            yield at, cut
            at = cut
    if at < end or begin == end:
        yield at, end


def _moved(residences: Sequence[Row], new_year: str) -> bool:
    """Whether a year begins in another town than the one before it began in."""
    return town_on(residences, new_year) != town_on(residences, f"{next_day(new_year, -1)[:4]}-01-01")
