"""Keep a mark: of an indicator that is marked in its month, by whom and within what the scheme says (计分细则)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger import schemes
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records.amounts import NOT_CONCERNED
from anjian_cli.records.values import CLEAR
from anjian_cli.rules import scoring, scoring_text
from anjian_cli.rules.intervals import month_end
from anjian_cli.workflow import register, whose
from anjian_cli.workflow.kept_record import Kept, Values

if TYPE_CHECKING:
    from anjian_cli.records.definition import Record
    from anjian_cli.rules.scoring import Scoring


def keep(gate: Gate, record: Record, given: Values, finder: Finder) -> Kept:
    """Take in a mark; without a month it is of the month in which it was given, without 评分单位 of the only one that
    may. That an item does not apply to a unit (不涉及) may be said of any that has points. Raises `Refused` with all
    that the scheme of its month does not allow: E782 to E785; E793 and E853 as `whose`."""
    known = _by_number(gate, given)
    if known is None:
        given = {"reason": None, "marker": None, **given}
        given["marked_on"] = given.get("marked_on") or gate.today
        given["month"] = given.get("month") or given["marked_on"][:7]
    else:
        given = {**given, "month": given.get("month") or known["month"]}
    stored: Values = dict.fromkeys(whose.UNITS) | register.resolve(record, given, finder)
    if stored.get("points") == NOT_CONCERNED:
        stored["points"] = CLEAR
    row = register.existing(gate, record, stored)
    whose.hold_one(stored, row)
    whole = {**(row or {}), **{name: value for name, value in stored.items() if value is not None}}
    whole = {name: None if value == CLEAR else value for name, value in whole.items()}
    day = month_end(str(whole["month"]))
    short, asked = asked_on(gate, str(whole["indicator"]), day)
    exempt = whole.get("points") is None and asked is not None and asked.form not in scoring.WITHOUT_POINTS
    if asked is None or (asked.form != scoring.MARK and not exempt):
        raise Refused([not_of_form(gate, "E782", scoring.MARK, short, day)])
    whose.hold_asked(gate, str(whole["indicator"]), day, whose.kind(whole))
    if whole.get("marker") is None and stored.get("marker") != CLEAR and len(asked.markers) == 1:
        stored["marker"] = whole["marker"] = asked.markers[0]
    if found := list(not_allowed(whole, short, asked)):
        raise Refused(found)
    kept = register.keep_plain(gate, record, stored, row)
    # Told as it is typed: NULL is no blank here.
    kept.changes = [
        (name, _as_typed(before), _as_typed(after)) if name == "points" else (name, before, after)
        for name, before, after in kept.changes
    ]
    return kept


def _as_typed(points: object) -> object:
    return NOT_CONCERNED if points is None else points


def _by_number(gate: Gate, given: Values) -> Mapping[str, object] | None:
    found = gate.connection.execute("SELECT month FROM mark WHERE number = ?", (given.get("number"),)).fetchone()
    return None if found is None else dict(found)


def asked_on(gate: Gate, indicator: str, day: str) -> tuple[str, Scoring | None]:
    """The short word of an indicator (by its id) in the scheme in force on a day, and how it scores there; None where
    the scheme does not have it, or says nothing of points. Without it, the word that any scheme has for it."""
    found = gate.connection.execute(
        "SELECT short, form, COALESCE(full_marks, ''), COALESCE(scoring, '') FROM dated_indicator"
        " WHERE id = ? AND from_on <= ? AND ? < until_on",
        (indicator, day, day),
    ).fetchone()
    if found is None:
        (short,) = gate.connection.execute("SELECT short FROM indicator WHERE id = ?", (indicator,)).fetchone()
        return str(short), None
    short, form, full, text = found
    return str(short), None if form is None else scoring_text.read(form, full, text)


def not_of_form(gate: Gate, code: str, form: str, short: str, day: str) -> Fault:
    """A fault where an indicator is not scored in a form in the scheme in force on a day; it says which are."""
    scheme = schemes.on(gate.connection, day)
    shorts = gate.connection.execute(
        "SELECT short FROM dated_indicator WHERE scheme_id = ? AND form = ? ORDER BY position", (scheme.id, form)
    ).fetchall()
    able = "、".join(one for (one,) in shorts)
    remedy = f"可以是：{able}" if able else "这个办法里没有这样的指标；见 anjian 办法 查看"
    words = {"day": day, "month": day[:7], "scheme": scheme.name, "indicator": short, "remedy": remedy}
    return Fault(code, words, short, "indicator")


def not_allowed(mark: Mapping[str, object], short: str, asked: Scoring) -> Iterator[Fault]:
    """What a scheme does not allow of a mark, by its stored values: E783 to E785."""
    points, marker = mark.get("points"), mark.get("marker")
    if points is not None and asked.range is not None:
        low, high = asked.range
        if not low <= Fraction(str(points)) <= high:
            words = {"indicator": short, "low": scoring_text.decimal(low), "high": scoring_text.decimal(high)}
            yield Fault("E783", words, str(points), "points")
    if asked.reason_required and mark.get("reason") is None:
        yield Fault("E784", {"indicator": short}, None, "reason")
    if asked.markers and marker not in asked.markers:
        said = None if marker is None else str(marker)
        yield Fault("E785", {"indicator": short, "choices": "、".join(asked.markers)}, said, "marker")
