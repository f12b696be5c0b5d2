"""What is asked of a list: of which towns, with which words in which fields, in which states, of which days; and in
what order. A plain value, and the SQL condition that it comes to over a record's listing.

Two words of one field mean either, words of different fields mean both. How a person says it is read above
(`commands.list_words`); here every name is a field of the listing's view, and every value is bound.
"""

from __future__ import annotations

from enum import Enum

from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from anjian_cli.ledger.listing import Where
    from anjian_cli.ledger.record_states import State


class How(Enum):
    """How a field holds its words: one, several joined by 、, a department (with those that it took over), or a name
    that is found by a part where none is called just so."""

    ONE = "one"
    SEVERAL = "several"
    DEPARTMENT = "department"
    NAME = "name"


class Words(NamedTuple):
    """Words asked of a field; of several `fields` (a department: who found, who is answerable) any one is enough. Of a
    department they are numbers, and `shown` is what they are called."""

    fields: tuple[str, ...]
    words: tuple[str, ...]
    how: How
    shown: tuple[str, ...] = ()


class Days(NamedTuple):
    """From a day to a day, '' where it is open, of a `field`: a day, a month or a year."""

    field: str
    since: str = ""
    until: str = ""


class Order(NamedTuple):
    """By which field, `descending` or not; what is blank comes last. `choices` are the field's terms in their order,
    where it has any."""

    field: str
    descending: bool = False
    choices: tuple[str, ...] = ()


class Question(NamedTuple):
    """What is asked on the day `today`. `towns` are codes, '' for what has none; `states` those of each axis; `texts`
    are all to stand in some field; `row_ids` are records asked for by their numbers."""

    today: str
    towns: tuple[str, ...] = ()
    fields: tuple[Words, ...] = ()
    states: tuple[tuple[State, ...], ...] = ()
    days: Days | None = None
    texts: tuple[str, ...] = ()
    row_ids: tuple[int, ...] = ()
    order: tuple[Order, ...] = ()


def add(where: Where, question: Question, view: str) -> None:
    """Add what is asked, but for texts, to a condition on a listing's view."""
    if question.towns:
        named = [code for code in question.towns if code]
        parts = [where.among("town_code", named)] if named else []
        where.parts.append(" OR ".join([*parts, *["town_code IS NULL"] * ("" in question.towns)]))
    for asked in question.fields:
        where.parts.append(" OR ".join(_has(where, field, asked, view) for field in asked.fields))
    for axis in question.states:
        where.parts.append(" OR ".join(f"({state.where})" for state in axis))
    if question.states:
        where.values["today"] = question.today
    if question.days is not None:
        day = _day(question.days.field)
        where.parts += [f"{day} >= {where.bound(question.days.since)}"] * bool(question.days.since)
        where.parts += [f"{day} <= {where.bound(question.days.until)}"] * bool(question.days.until)
    if question.row_ids:
        where.parts.append(where.among("id", question.row_ids))


def order(where: Where, question: Question) -> str:
    """What a listing is ordered by, the oldest first where nothing else is asked."""
    by = []
    for each in question.order:
        told = f'"{each.field}"'
        if each.field == "town":
            told = "(SELECT t.position FROM town t WHERE t.code = town_code)"
        elif each.choices:
            places = " ".join(f"WHEN {where.bound(word)} THEN {at}" for at, word in enumerate(each.choices))
            told = f"CASE {told} {places} ELSE {len(each.choices)} END"
        by += [f'"{each.field}" IS NULL', f"{told}{' DESC' if each.descending else ''}"]
    return ", ".join([*by, "id"])


def _has(where: Where, field: str, asked: Words, view: str) -> str:
    column = f'"{field}"'
    match asked.how:
        case How.ONE:
            return where.among(column, asked.words)
        case How.SEVERAL:
            return " OR ".join(
                f"instr('、' || {column} || '、', '、' || {where.bound(w)} || '、') > 0" for w in asked.words
            )
        case How.DEPARTMENT:
            return (
                f"{column} IN (WITH RECURSIVE taken_over (number) AS (SELECT number FROM department WHERE"
                f" {where.among('number', asked.words)} UNION SELECT d.number FROM department d"
                " JOIN taken_over o ON d.merged_into = o.number)"
                " SELECT d.name FROM department d JOIN taken_over o ON o.number = d.number)"
            )
        case How.NAME:
            return " OR ".join(
                f"{column} = {name} OR (instr({column}, {name}) > 0"
                f' AND NOT EXISTS (SELECT 1 FROM "{view}" n WHERE n.{column} = {name}))'
                for name in map(where.bound, asked.words)
            )


def _day(field: str) -> str:
    """The first day of a month or year, a day itself."""
    more = {"month": " || '-01'", "year": " || '-01-01'"}
    return f'"{field}"{more.get(field, "")}'
