"""Which enterprises were inspected in random offices that are counted again with a pencil (`oracle.covering`): scopes
of every kind and dated, phases, firms that move and stop, units that are merged, inspections that are voided; on any
day, by every split."""

from __future__ import annotations

from oracle.covering_compare import contradictions, some_days
from oracle.covering_office import made_up
from oracle.model import OPEN
from support.desk import Desk
from support.sweeps import sweep


@sweep("seed", range(12), keep=4)
def test_scope_is_inspected_and_not_inspected_by_every_split(desk: Desk, seed: int) -> None:
    office = made_up(desk.ledger, seed)
    ends = {part.until_on for campaign in office.campaigns for part in campaign.parts} - {OPEN}
    assert list(contradictions(desk.ledger, office, [*some_days(office, seed, 10), *sorted(ends)])) == []
