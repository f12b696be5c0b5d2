"""Keep the lifting of a veto: of an indicator that is a veto in the scheme of its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Refused
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.rules import scoring
from anjian_cli.workflow import mark, register, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a lifting. Raises `Refused` E786 where the scheme in force on its day has no such veto, E793 and
    E853 as `whose`."""
    stored: Values = dict.fromkeys(whose.UNITS) | register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    whose.hold_one(stored, row)
    whole = {**(row or {}), **{name: value for name, value in stored.items() if value is not None}}
    day = str(whole["lifted_on"])
    short, asked = mark.asked_on(gate, str(whole["indicator"]), day)
    if asked is None or asked.form != scoring.VETO:
        raise Refused([mark.not_of_form(gate, "E786", scoring.VETO, short, day)])
    whose.hold_asked(gate, str(whole["indicator"]), day, whose.kind(whole))
    return register.keep_plain(gate, record, stored, row)
