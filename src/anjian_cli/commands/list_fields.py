"""Which fields of a record a list can be asked for, and how each is typed. Knows no ledger and no word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.ledger.question import How
from anjian_cli.records.definition import Column, Record
from anjian_cli.rules.word_lists import uses_of

if TYPE_CHECKING:
    from anjian_cli.ledger.record_states import State

STATE_FIELD = ("enterprise", "state")
"""A record whose own field is called 状态: its terms are asked for by `--state`, beside what follows from days."""


def asked_fields(record: Record) -> dict[str, How]:
    """The fields that an option of their own asks for, and how each holds its words: terms, departments, and names of a
    register. What is only shown, and the state that `--state` asks for, is none of them."""
    found = {}
    uses = uses_of(record.name)
    for name, column in record.columns.items():
        if column.shown_only or (record.name, name) == STATE_FIELD:
            continue
        if column.refers == "department":
            found[name] = How.DEPARTMENT
        elif column.choices or name in uses:
            found[name] = How.SEVERAL if record.kinds[name].name == "TERMS" else How.ONE
        elif column.register:
            found[name] = How.NAME
    return found


def own_day(record: Record) -> str:
    """The field that says when a record was: a day, a month or a year; '' where it has none."""
    told = (record.day, record.obvious_day, "month", "year", "from_on")
    return next((name for name in told if name and name in record.columns), "")


def typed(column: Column) -> str:
    """The option of a field, as it is typed."""
    return f"--{column.title.partition('（')[0]}"


def called(state: State, word: str) -> bool:
    """Whether a word is one of a state's; 没有整改 and 没整改 are 未整改, as are 隐患没整改 and 隐患未整改."""
    spoken = {word, *(word.replace(no, "未", 1) for no in ("没有", "没") if no in word)}
    return not spoken.isdisjoint((state.word, *state.aliases))
