"""Keep a responsible village: its town and its year say what need not be typed; a village is rewarded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import settings
from anjian_cli.ledger.content import Row
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import amounts
from anjian_cli.records.definition import yuan
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a village of a year's programme; without a day it is enrolled from 1 January.

    Raises `Refused` E440 (rewarded before).
    """
    stored = register.resolve(record, given, finder)
    row = register.existing(gate, record, stored)
    if row is None:
        stored["town_code"] = stored.get("town_code") or finder.town_of_village(str(stored["village_code"]))
        stored["enrolled_on"] = stored.get("enrolled_on") or f"{stored['year']}-01-01"
    kept = register.keep_plain(gate, record, stored, row)
    if given.get("reward") is not None:
        _refuse_outside(gate, gate.row("responsible_village", kept.row_id))
    refuse_second_reward(gate, gate.row("responsible_village", kept.row_id))
    return kept


def voided(gate: Gate, row: Row) -> None:
    """What was done in the village goes with it: the enterprises guided are voided for the same reason."""
    standing = gate.row("responsible_village", int(str(row["id"])))
    reason = {"voided_on": standing["voided_on"], "void_reason": standing["void_reason"]}
    for (guided,) in gate.connection.execute(
        "SELECT id FROM guidance WHERE responsible_village_id = ? AND voided_on IS NULL", (row["id"],)
    ).fetchall():
        gate.update("guidance", guided, **reason)


def _refuse_outside(gate: Gate, row: Row) -> None:
    """E866 for a reward outside the range that the office has set for the day of the acceptance (设置 责任村奖励下限、
    上限); where it has set none, nothing is asked."""
    if row["reward"] is None:
        return
    on = str(row["accepted_on"] or row["paid_on"] or gate.today)
    reward = int(str(row["reward"]))
    least, most = (
        settings.value(gate.reading("setting", name=name), name, on) for name in ("reward.least", "reward.most")
    )
    low, high = (None if told is None else amounts.money(told) for told in (least, most))
    if (low is not None and reward < low) or (high is not None and reward > high):
        span = "、".join(f"{word}{told}元" for word, told in (("不少于", least), ("不多于", most)) if told is not None)
        raise Refused([Fault("E866", {"span": span, "day": on}, yuan(reward), "reward")])


def refuse_second_reward(gate: Gate, row: Row) -> None:
    """E440 if the village of a programme was rewarded in another one as well."""
    if row["paid_on"] is None:
        return
    other = gate.connection.execute(
        "SELECT p.year, p.number, v.name FROM responsible_village p JOIN village v ON v.code = p.village_code"
        " WHERE p.village_code = ? AND p.id <> ? AND p.paid_on IS NOT NULL AND p.voided_on IS NULL",
        (row["village_code"], row["id"]),
    ).fetchone()
    if other is not None:
        words = {"village": other["name"], "year": other["year"], "number": other["number"]}
        raise Refused([Fault("E440", words, str(row["paid_on"]), "paid_on")])
