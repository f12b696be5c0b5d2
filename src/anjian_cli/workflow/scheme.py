"""考核办法: an office's scheme, taken in as a whole from a day on, and what that changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from fractions import Fraction

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import inverse, schemes, words, write
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.schemes import Scheme
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules import measure, word_lists
from anjian_cli.workflow import register, scheme_draft
from anjian_cli.workflow.scheme_draft import MONEY, Asked, Draft, Heading, Known

CLOSED: Mapping[str, tuple[str, ...]] = {
    "隐患级别": ("一般", "重大"),
    "危害程度": ("严重", "较重", "一般"),
    "案件类型": ("事故类", "非事故类"),
    "等级": ("一级", "二级", "三级"),
    "创建类型": ("新创", "复评", "升级"),
    "报送期限": ("按期", "迟报"),
}
"""The lists of words that no office adds to, by the titles of the dimensions that take theirs from them."""
SAME_LIST = {"检查方式": "隐患来源"}
"""Dimensions that take their words from a list of another name."""
_TRIED, LAST_DAY = "（试算）", "9999-12-30"
"""How a draft is called in a copy, and a day on which no month asks for it."""


def facts(connection: sqlite3.Connection) -> dict[str, Known]:
    """What can be counted, by its id."""
    money = {
        measure.read(text).fact
        for (text,) in connection.execute("SELECT measure FROM shipped_indicator WHERE unit = ?", MONEY[:1])
    }
    return {
        row["id"]: Known(
            id=row["id"],
            title=row["title"],
            record=row["record"],
            counted=row["counted"],
            of_year=bool(row["of_year"]),
            dimensions=(row["kind"] or "", row["level"] or "", row["channel"] or ""),
            part_of=row["part_of"] or "",
            money=row["id"] in money,
        )
        for row in connection.execute("SELECT * FROM fact")
    }


def words_on(connection: sqlite3.Connection, day: str) -> Callable[[str], Sequence[str] | None]:
    """The words that a dimension (by its title) has on a day; None for one without a list."""
    held = words.of(connection)

    def of(title: str) -> Sequence[str] | None:
        if title in CLOSED:
            return CLOSED[title]
        listed = word_lists.LISTS.get(SAME_LIST.get(title, title))
        return None if listed is None else held.in_force(listed, day)

    return of


def draft_of(connection: sqlite3.Connection, scheme: Scheme) -> Draft:
    """A scheme of the ledger as a file would tell it."""
    categories = connection.execute(
        "SELECT id, title, scored, weight FROM dated_category WHERE scheme_id = ? ORDER BY position", (scheme.id,)
    )
    indicators = connection.execute(
        "SELECT id, category, short, title, unit, kind, COALESCE(measure, '') AS measure, ranked,"
        " COALESCE(against, '') AS against, COALESCE(counts, '') AS counts, COALESCE(carried, '') AS carried,"
        " COALESCE(apart, '') AS apart, direction FROM dated_indicator WHERE scheme_id = ? ORDER BY position",
        (scheme.id,),
    )
    return Draft(
        name=scheme.name,
        title=scheme.title,
        document=scheme.document,
        remark=scheme.remark,
        categories=tuple(
            Heading(id_, title, bool(scored), Fraction(weight)) for id_, title, scored, weight in categories
        ),
        indicators=tuple(
            Asked(
                code=row["id"],
                category=row["category"],
                short=row["short"],
                title=row["title"],
                unit=row["unit"],
                kind=row["kind"],
                measure=row["measure"],
                ranked=bool(row["ranked"]),
                against=row["against"],
                counts=row["counts"],
                carried=row["carried"],
                apart=row["apart"],
                less=row["direction"] == "less",
            )
            for row in indicators
        ),
    )


def check(connection: sqlite3.Connection, draft: Draft, day: str) -> None:
    """Refuse a draft with everything for which it may not be in force from a day on. Raises `Refused`: E752 to E763 of
    the draft itself, E764 where its name is taken, E765 for a day that another one begins on, E766 for tasks of
    indicators that it drops."""
    found = list(scheme_draft.faults(draft, facts(connection), words_on(connection, day)))
    known = schemes.all_of(connection)
    if draft.name in {each.name for each in known}:
        found.append(Fault("E764", {}, draft.name, place=draft.place))
    if any(each.from_on == day and each.id != schemes.SHIPPED for each in known):
        found.append(Fault("E765", {"day": day}))
    for each in known:
        found += scheme_draft.otherwise(draft_of(connection, each).indicators, draft)
    found += _tasks_left_over(connection, draft, day)
    if found:
        raise Refused(found)


def _tasks_left_over(connection: sqlite3.Connection, draft: Draft, day: str) -> Iterator[Fault]:
    """Tasks that are in force on the day or later, of an indicator that is dropped."""
    kept = {each.code for each in draft.indicators}
    for indicator, short, count in connection.execute(
        "SELECT g.indicator, COALESCE(i.short, g.indicator), count(*) FROM target g"
        " LEFT JOIN indicator i ON i.id = g.indicator WHERE g.voided_on IS NULL AND g.quantity IS NOT NULL"
        " AND g.until_on > ?1 AND g.year >= CAST(substr(?1, 1, 4) AS INTEGER) GROUP BY g.indicator ORDER BY 1",
        (day,),
    ):
        if indicator not in kept:
            yield Fault("E766", {"short": short, "count": count, "day": day}, indicator)


def untasked(connection: sqlite3.Connection, draft: Draft, day: str) -> list[str]:
    """The short words of what is ranked by a task, and has none in the year of a day: no town is scored by it yet."""
    tasked = {
        indicator
        for (indicator,) in connection.execute(
            "SELECT DISTINCT indicator FROM target WHERE voided_on IS NULL AND quantity IS NOT NULL AND year = ?",
            (int(day[:4]),),
        )
    }
    return [
        each.short
        for each in draft.indicators
        if each.ranked and each.against == scheme_draft.TARGET and each.code not in tasked
    ]


def adopt(gate: Gate, draft: Draft, day: str) -> str:
    """Take a scheme in, in force from a day on (YYYY-MM-DD); returns its number. Sums of what it asks anew are counted
    when the operation is kept. Raises `Refused` as `check`, and E767 for a day in a month that was locked."""
    connection = gate.connection
    last = _last_locked(connection)
    if day <= last:
        raise refused("E767", day=day, last=last)
    check(connection, draft, day)
    return str(gate.row("scheme", _write(gate, draft, day))["number"])


def refuse_locked(gate: Gate, operation: int) -> None:
    """Raises `Refused` E776 where an operation took in a scheme that is in force in a month that is locked."""
    last = _last_locked(gate.connection)
    found = gate.connection.execute(
        "SELECT s.title, s.from_on FROM change c JOIN scheme s ON s.id BETWEEN c.first_id AND c.last_id"
        " WHERE c.operation = ? AND c.table_name = 'scheme' AND s.voided_on IS NULL AND s.from_on <= ?",
        (operation, last),
    ).fetchall()
    if found:
        raise Refused(Fault("E776", {"title": title, "day": day, "last": last}) for title, day in found)


def _last_locked(connection: sqlite3.Connection) -> str:
    """The last day of the last month that is locked; '' for none."""
    found = connection.execute("SELECT max(as_of) FROM issued_month WHERE withdrawn_on IS NULL").fetchone()[0]
    return str(found or "")


def _write(gate: Gate, draft: Draft, day: str) -> int:
    """The rows of a scheme; returns its id."""
    scheme = gate.insert(
        "scheme",
        number=gate.number("scheme", register.region_of(gate, {}), int(day[:4])),
        name=draft.name,
        title=draft.title,
        document=draft.document or None,
        from_on=day,
        remark=draft.remark or None,
    )
    for position, heading in enumerate(draft.categories, 1):
        gate.insert(
            "scheme_category",
            scheme_id=scheme,
            code=heading.code,
            title=heading.title,
            position=position,
            scored=int(heading.scored),
            weight=str(heading.weight),
        )
    for position, each in enumerate(draft.indicators, 1):
        gate.insert(
            "scheme_indicator",
            scheme_id=scheme,
            code=each.code,
            category=each.category,
            short=each.short,
            title=each.title,
            unit=each.unit,
            kind=each.kind,
            ranked=int(each.ranked),
            against=each.against or None,
            counts=each.counts or None,
            measure=each.measure or None,
            position=position,
            carried=each.carried or None,
            apart=each.apart or None,
            direction="less" if each.less else "more",
        )
    return scheme


def find(connection: sqlite3.Connection, word: str) -> Scheme:
    """A scheme by its name or number; '' for the one in force last. Raises `Refused` E768."""
    known = schemes.all_of(connection)
    if not word:
        return known[-1]
    for each in known:
        if word in (each.name, each.number):
            return each
    raise refused("E768", word, known="、".join(each.name for each in known))


@contextmanager
def trial(connection: sqlite3.Connection, draft: Draft, day: str) -> Iterator[tuple[sqlite3.Connection, Scheme]]:
    """A copy of the ledger that has a draft beside its schemes, and the scheme it has become there: for what it
    comes to. Raises `Refused` E752 to E762."""
    found = list(scheme_draft.faults(draft, facts(connection), words_on(connection, day)))
    if found:
        raise Refused(found)
    with closing(inverse.copy(connection)) as copy:
        with write.gate(copy, "", at="", actor="", today=day) as gate:
            scheme = _write(gate, replace(draft, name=_TRIED), LAST_DAY)
        yield copy, next(each for each in schemes.all_of(copy) if each.id == scheme)
