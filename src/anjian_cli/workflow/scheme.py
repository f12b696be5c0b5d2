"""考核办法: an office's scheme, taken in as a whole from a day on, and what that changes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from fractions import Fraction

from anjian_cli.errors import Fault, Refused, refused
from anjian_cli.ledger import inverse, schemes, words, write
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.schemes import Scheme
from anjian_cli.light_dataclasses import replace
from anjian_cli.rules import measure, unit_kinds, word_lists
from anjian_cli.rules.measure import CHARGED_TO, FOUND_BY
from anjian_cli.rules.scoring import SKIP
from anjian_cli.rules.scoring_text import decimal
from anjian_cli.rules.totals import MEAN
from anjian_cli.workflow import (
    register,
    scheme_changes,
    scheme_draft,
    scheme_points,
    scheme_reach,
    scheme_tasks,
    scheme_units,
)
from anjian_cli.workflow.scheme_draft import MONEY, PERIODS, Asked, Draft, Group, Heading, Known

CLOSED: Mapping[str, tuple[str, ...]] = {
    "隐患级别": ("一般", "重大"),
    "危害程度": ("严重", "较重", "一般"),
    "案件类型": ("事故类", "非事故类"),
    "报送期限": ("按期", "迟报"),
}
"""The lists of words that no office adds to, by the titles of the dimensions that take theirs from them."""
YEAR = next(iter(PERIODS))
ABOVE = "上级"
"""For whom a scheme may be taken in that ranks nobody here."""
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
            roles=tuple(role for role in (FOUND_BY, CHARGED_TO) if row[role]),
        )
        for row in connection.execute("SELECT * FROM fact")
    }


def words_on(connection: sqlite3.Connection, day: str) -> Callable[[str], Sequence[str] | None]:
    """The words that a dimension (by its title) has on a day; None for one without a list."""
    held = words.of(connection)

    def of(title: str) -> Sequence[str] | None:
        if title in CLOSED:
            return CLOSED[title]
        listed = word_lists.LISTS.get(scheme_draft.SAME_LIST.get(title, title))
        return None if listed is None else held.in_force(listed, day)

    return of


def draft_of(connection: sqlite3.Connection, scheme: Scheme) -> Draft:
    """A scheme of the ledger as a file would tell it."""
    of = (scheme.id,)
    categories = connection.execute("SELECT * FROM dated_category WHERE scheme_id = ? ORDER BY position", of)
    groups = connection.execute("SELECT * FROM scheme_group WHERE scheme_id = ? ORDER BY position", of)
    indicators = connection.execute("SELECT * FROM dated_indicator WHERE scheme_id = ? ORDER BY position", of)
    parts: dict[tuple[str, int], list[str]] = defaultdict(list)
    for indicator, sign, text in connection.execute(
        "SELECT indicator, sign, measure FROM scheme_part WHERE scheme_id = ? AND sign <> 0"
        " AND instr(measure, '@') = 0 ORDER BY position",
        of,
    ):
        parts[indicator, sign].append(text)
    whole = connection.execute("SELECT total, assessed, missing, grades FROM scheme WHERE id = ?", of).fetchone()
    total, assessed, missing, grades = whole or (None, None, None, None)
    return Draft(
        name=scheme.name,
        title=scheme.title,
        document=scheme.document,
        remark=scheme.remark,
        total=total or MEAN,
        assessed=assessed or YEAR,
        missing=missing or SKIP,
        grades=grades or "",
        categories=tuple(
            Heading(
                code=row["id"],
                title=row["title"],
                scored=bool(row["scored"]),
                weight=Fraction(row["weight"]),
                full=_fraction(row["full_marks"]),
                bonus_cap=_fraction(row["bonus_cap"]),
                deduction_cap=_fraction(row["deduction_cap"]),
                conversion=_fraction(row["conversion"]),
                missing=row["missing"] or "",
            )
            for row in categories
        ),
        groups=tuple(Group(row["code"], row["category"], row["title"], Fraction(row["full_marks"])) for row in groups),
        indicators=tuple(
            Asked(
                code=row["id"],
                category=row["category"],
                short=row["short"],
                title=row["title"],
                unit=row["unit"],
                kind=row["kind"],
                measure=row["measure"] or "",
                ranked=bool(row["ranked"]),
                against=row["against"] or "",
                counts=row["counts"] or "",
                carried=row["carried"] or "",
                apart=row["apart"] or "",
                less=row["direction"] == "less",
                group=row["group_code"] or "",
                form=row["form"] or "",
                full=_fraction(row["full_marks"]),
                scoring=row["scoring"] or "",
                missing=row["missing"] or "",
                standard=row["standard"] or "",
                proof=row["proof"] or "",
                units=row["units"] or "",
                plus=tuple(parts[row["id"], 1]),
                minus=tuple(parts[row["id"], -1]),
            )
            for row in indicators
        ),
    )


def _fraction(told: str | None) -> Fraction | None:
    return None if told is None else Fraction(told)


def faults(connection: sqlite3.Connection, draft: Draft, day: str, more: Iterable[Fault] = ()) -> list[Fault]:
    """What of a draft's file cannot be read, and everything that is wrong with the draft itself, by the words of a
    day; `more` is what else is wrong with it."""
    known, words = facts(connection), words_on(connection, day)
    found = [
        *scheme_draft.faults(draft, known, words),
        *scheme_points.faults(draft, known, words),
        *scheme_units.faults(draft, known),
        *more,
    ]
    # Of a row of which a cell is not known nothing more is told: it may come of that cell.
    unread = {(fault.place.sheet, fault.place.row) for fault in draft.unread if fault.place.row is not None}
    found = [*draft.unread, *(each for each in found if (each.place.sheet, each.place.row) not in unread)]
    return sorted(map(draft.at_its_line, found), key=_where)


def _where(fault: Fault) -> tuple[int, int]:
    """By which the faults of a file are told in its order."""
    sheet = "".join(fault.place.sheet.split())
    sheets = scheme_draft.SHEETS
    return sheets.index(sheet) + 1 if sheet in sheets else 0, fault.place.row or 0


def check(connection: sqlite3.Connection, draft: Draft, day: str) -> None:
    """Refuse a draft with everything for which it may not be in force from a day on. Raises `Refused`: E752 to E763,
    E800 to E816 and E850 to E852 of the draft itself, E764 where its name is taken, E765 for a day that another one
    begins on, E766 for tasks of indicators that it drops, E767 for a day in a month that was locked."""
    known = schemes.all_of(connection)
    otherwise = [
        fault for each in known for fault in scheme_changes.otherwise(draft_of(connection, each).indicators, draft)
    ]
    found = faults(connection, draft, day, otherwise)
    if draft.name in {each.name for each in known}:
        found.append(Fault("E764", {}, draft.name, place=draft.place))
    if any(each.from_on == day and each.id != schemes.SHIPPED for each in known):
        found.append(Fault("E765", {"day": day}))
    if day <= (last := _last_locked(connection)):
        found.append(Fault("E767", {"day": day, "last": last}))
    found += scheme_tasks.left_over(connection, {each.code: each.units for each in draft.indicators}, day)
    if found:
        raise Refused(found)


def worth_knowing(draft: Draft) -> list[Fault]:
    """What is told of a draft that may be adopted: of its file, sums that do not agree (N400 to N404), and grades that
    are out of reach (N440)."""
    return [*draft.notes, *map(draft.at_its_line, (*scheme_points.warnings(draft), *scheme_reach.notes(draft)))]


def untasked(connection: sqlite3.Connection, draft: Draft, day: str) -> list[str]:
    """The short words of what is ranked or has points by a task, and has none in the year of a day: no town is scored
    by it yet."""
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
        if (each.ranked or each.form) and each.against == scheme_draft.TARGET and each.code not in tasked
    ]


def adopt(gate: Gate, draft: Draft, day: str) -> str:
    """Take a scheme in, in force from a day on (YYYY-MM-DD); returns its number. Sums of what it asks anew are counted
    when the operation is kept. Raises `Refused` as `check`."""
    connection = gate.connection
    check(connection, draft, day)
    return str(gate.row("scheme", _write(gate, draft, day, words_on(connection, day)))["number"])


def adopt_for_above(gate: Gate, draft: Draft, day: str) -> str:
    """Take in a scheme of the unit above: what it asks is counted from the ledger's beginning on and delivered
    (报送包), and ranks nobody here. One of the same name that was taken in before gives way to it. Returns its number.
    Raises `Refused` as `faults`, and E764 where a scheme of our own has its name."""
    connection = gate.connection
    found = faults(connection, draft, day)
    if draft.name in {each.name for each in schemes.all_of(connection)}:
        found.append(Fault("E764", {}, draft.name, place=draft.place))
    if found:
        raise Refused(found)
    for each in schemes.for_above(connection):
        if each.name == draft.name:
            gate.update("scheme", each.id, voided_on=gate.today, void_reason="由新采用的取代")
    return str(gate.row("scheme", _write(gate, draft, day, words_on(connection, day), ABOVE))["number"])


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


def _write(
    gate: Gate, draft: Draft, day: str, words: Callable[[str], Sequence[str] | None], purpose: str | None = None
) -> int:
    """The rows of a scheme from a day on, by the words of the day; returns its id."""
    scheme = gate.insert(
        "scheme",
        number=gate.number("scheme", register.region_of(gate, {}), int(day[:4])),
        name=draft.name,
        title=draft.title,
        document=draft.document or None,
        from_on=day,
        total=None if draft.total == MEAN else draft.total,
        assessed=None if draft.assessed == YEAR else draft.assessed,
        missing=None if draft.missing == SKIP else draft.missing,
        grades=draft.grades or None,
        purpose=purpose,
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
            full_marks=_text(heading.full),
            bonus_cap=_text(heading.bonus_cap),
            deduction_cap=_text(heading.deduction_cap),
            conversion=_text(heading.conversion),
            missing=heading.missing or None,
        )
    for position, group in enumerate(draft.groups, 1):
        gate.insert(
            "scheme_group",
            scheme_id=scheme,
            code=group.code,
            category=group.category,
            title=group.title,
            full_marks=_text(group.full),
            position=position,
        )
    known = facts(gate.connection)
    asked = {each.code: each for each in draft.indicators}
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
            group_code=each.group or None,
            form=each.form or None,
            full_marks=_text(each.full),
            scoring=each.scoring or None,
            missing=each.missing or None,
            standard=each.standard or None,
            proof=each.proof or None,
            units=each.units or None,
        )
        parts: list[tuple[str, int, str | None]] = [
            *((text, 1, None) for text in each.plus),
            *((text, -1, None) for text in each.minus),
            *((text, 0, word) for word, text in scheme_points.word_measures(each, known, words)),
        ]
        parts += _of_departments(each, parts, asked, known)
        for at, (text, sign, word) in enumerate(parts, 1):
            gate.insert(
                "scheme_part",
                scheme_id=scheme,
                indicator=each.code,
                position=at,
                measure=text,
                sign=sign,
                word=word,
            )
    return scheme


def _of_departments(
    each: Asked, parts: Iterable[tuple[str, int, str | None]], asked: Mapping[str, Asked], known: Mapping[str, Known]
) -> list[tuple[str, int, str | None]]:
    """What an indicator counts for departments, its own measure first; nothing where it does not hold for them."""
    if each.kind != "sum" or not unit_kinds.holds_for(each.units, unit_kinds.DEPARTMENTS):
        return []
    role = scheme_units.role(each, asked, known)
    told = ((each.measure, 1, None), *parts)
    return [(scheme_units.for_departments(text, role), sign, word) for text, sign, word in told]


def _text(value: Fraction | None) -> str | None:
    """As `scoring_text` reads it, and Fraction."""
    return None if value is None else decimal(value)


def find(connection: sqlite3.Connection, word: str, others: Iterable[str] = ()) -> Scheme:
    """A scheme by its name or number; '' for the one in force last. Raises `Refused` E768, which names `others` beside
    those of the ledger."""
    known = schemes.all_of(connection)
    if not word:
        return known[-1]
    for each in (*known, *schemes.for_above(connection)):
        if word in (each.name, each.number):
            return each
    raise refused("E768", word, known="、".join(dict.fromkeys([*(each.name for each in known), *others])))


@contextmanager
def trial(connection: sqlite3.Connection, draft: Draft, day: str) -> Iterator[tuple[sqlite3.Connection, Scheme]]:
    """A copy of the ledger that has a draft beside its schemes, and the scheme it has become there: for what it
    comes to. Raises `Refused` as `faults` tells."""
    if found := faults(connection, draft, day):
        raise Refused(found)
    with closing(inverse.copy(connection)) as copy:
        with write.gate(copy, "", at="", actor="", today=day) as gate:
            scheme = _write(gate, replace(draft, name=_TRIED), LAST_DAY, words_on(copy, day))
        yield copy, next(each for each in schemes.all_of(copy) if each.id == scheme)
