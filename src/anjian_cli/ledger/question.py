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
    department they are numbers, and `shown` is what they are called. Of a field that holds several, `every` word may be
    asked for."""

    fields: tuple[str, ...]
    words: tuple[str, ...]
    how: How
    shown: tuple[str, ...] = ()
    every: bool = False


class Days(NamedTuple):
    """From a day to a day, '' where it is open, of a `field`: a day, a month or a year."""

    field: str
    since: str = ""
    until: str = ""


class Span(NamedTuple):
    """From a day to a day, '' where it is open, of any of a record's days; `also` is a condition of the program's own
    that a row is to hold beside it, `meaning` what that says."""

    field: str
    since: str
    until: str
    also: str = ""
    meaning: str = ""


class Filled(NamedTuple):
    """Whether a field has a value."""

    field: str
    filled: bool


class Bound(NamedTuple):
    """A number of a field, as it is kept (money in fen): at `least`, at `most`, None where it is open."""

    field: str
    least: float | None
    most: float | None


class OfFirm(NamedTuple):
    """A word in a `field` of the enterprise that a record is of."""

    field: str
    word: str
    how: How


class NotDone(NamedTuple):
    """What was not done from a day to a day: `where` is a condition of the program's own, with {since}, {until} and
    {day}, the last day of them that is not to come, on which it is asked of whom; `meaning` is what that says."""

    where: str
    since: str
    until: str
    day: str
    meaning: str


class Order(NamedTuple):
    """By which field, `descending` or not; what is blank comes last. `choices` are the field's terms in their order,
    where it has any."""

    field: str
    descending: bool = False
    choices: tuple[str, ...] = ()


class Question(NamedTuple):
    """What is asked on the day `today`. `towns` are codes, '' for what has none; `states` those of each axis; `texts`
    are all to stand in some field; `row_ids` are records asked for by their numbers. `spans` of one field mean either,
    as do words of the enterprise in one field; `filled`, `bounds` and `not_done` all hold."""

    today: str
    towns: tuple[str, ...] = ()
    fields: tuple[Words, ...] = ()
    states: tuple[tuple[State, ...], ...] = ()
    days: Days | None = None
    texts: tuple[str, ...] = ()
    row_ids: tuple[int, ...] = ()
    order: tuple[Order, ...] = ()
    spans: tuple[Span, ...] = ()
    filled: tuple[Filled, ...] = ()
    bounds: tuple[Bound, ...] = ()
    of_firm: tuple[OfFirm, ...] = ()
    not_done: tuple[NotDone, ...] = ()


def add(where: Where, question: Question, view: str) -> None:
    """Add what is asked, but for texts, to a condition on a listing's view."""
    if question.towns:
        named = [code for code in question.towns if code]
        parts = [where.among("town_code", named)] if named else []
        where.parts.append(" OR ".join([*parts, *["town_code IS NULL"] * ("" in question.towns)]))
    for asked in question.fields:
        where.parts.append(" OR ".join(_has(where, field, asked, view) for field in asked.fields))
    asked_days = {span.field for span in question.spans}
    if question.days is not None:
        asked_days.add(question.days.field)
    for axis in question.states:
        conditions = (
            f"({state.where}) AND {state.alone}" if state.alone and state.day not in asked_days else state.where
            for state in axis
        )
        where.parts.append(" OR ".join(f"({each})" for each in conditions))
    if question.states or any(":today" in span.also for span in question.spans):
        where.values["today"] = question.today
    if question.days is not None:
        day = _day(question.days.field)
        where.parts += [f"{day} >= {where.bound(question.days.since)}"] * bool(question.days.since)
        where.parts += [f"{day} <= {where.bound(question.days.until)}"] * bool(question.days.until)
    if question.row_ids:
        where.parts.append(where.among("id", question.row_ids))
    for field in dict.fromkeys(span.field for span in question.spans):
        where.parts.append(" OR ".join(_within(where, span) for span in question.spans if span.field == field))
    where.parts += [f'"{blank.field}" IS {"NOT " * blank.filled}NULL' for blank in question.filled]
    for bound in question.bounds:
        number = f'CAST("{bound.field}" AS NUMERIC)'
        where.parts.append(f'"{bound.field}" IS NOT NULL')
        where.parts += [f"{number} >= {where.bound(bound.least)}"] * (bound.least is not None)
        where.parts += [f"{number} <= {where.bound(bound.most)}"] * (bound.most is not None)
    for each in question.not_done:
        days = {name: where.bound(getattr(each, name)) for name in ("since", "until", "day")}
        where.parts.append(each.where.format(**days))
    for field in dict.fromkeys(of.field for of in question.of_firm):
        firms = [of for of in question.of_firm if of.field == field]
        told = _has(where, field, Words((field,), tuple(of.word for of in firms), firms[0].how), "enterprise_listing")
        table = view.removesuffix("_listing")
        where.parts.append(
            f'id IN (SELECT r.id FROM "{table}" r WHERE r.enterprise_id IN'
            f" (SELECT id FROM enterprise_listing WHERE {told}))"
        )


def _within(where: Where, span: Span) -> str:
    parts = [f'"{span.field}" IS NOT NULL']
    parts += [f'"{span.field}" >= {where.bound(span.since)}'] * bool(span.since)
    parts += [f'"{span.field}" <= {where.bound(span.until)}'] * bool(span.until)
    parts += [f"({span.also})"] * bool(span.also)
    return f"({' AND '.join(parts)})"


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
            return (" AND " if asked.every else " OR ").join(
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
