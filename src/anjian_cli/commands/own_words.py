"""The words of an office's own in help: what an option takes is said from the ledger, where one is at hand."""

from __future__ import annotations

from anjian_cli.commands import words
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused


def of_options(noun: str, session: Session) -> dict[str, tuple[str, str]]:
    """By the name of a parameter (`field_kind`) the program's own words as its help lists them, and those of the ledger
    on the business day; only where these are others. Nothing where no ledger can be read: help is always there."""
    from anjian_cli.ledger import words as lists
    from anjian_cli.records import definition
    from anjian_cli.rules import word_lists

    if noun not in words.NOUNS or not words.NOUNS[noun].generic:
        return {}
    record = definition.called(noun)
    uses = word_lists.uses_of(record.name)
    if not uses:
        return {}
    try:
        with session.read() as connection:
            known = lists.of(connection)
            day = session.today_of(connection)
    except Refused:
        return {}
    return {
        f"field_{name}": ("、".join(record.columns[name].choices), "、".join(known.in_force(of, day, use.without)))
        for name, (of, use) in uses.items()
        if not known.same_as_ever(of)
    }
