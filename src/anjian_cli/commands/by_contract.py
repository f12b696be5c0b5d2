"""Whose visit it was, where the line does not say: the agency of the one contract of that kind which the firm had on
that day. Two contracts, or none, say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anjian_cli.commands import spoken_days
from anjian_cli.errors import Misread
from anjian_cli.ledger import listing

if TYPE_CHECKING:
    from anjian_cli.commands.whole_line import Line
    from anjian_cli.commands.word_kinds import Kinds


def completed(kinds: Kinds, line: Line) -> Line:
    """A new visit with its agency; any other line as it is."""
    if line.args[:2] != ["visit", "add"] or line.lacking != ["--服务机构"]:
        return line
    agency = _agency(kinds, line.told["subject"], line.told["field_kind"], line.told["field_visited_on"])
    return line if agency is None else line._replace(args=[*line.args, "--服务机构", agency], lacking=[])


def _agency(kinds: Kinds, firm: str, kind: str, day: str) -> str | None:
    try:
        on = spoken_days.past(day, kinds.session.today)
        enterprise = listing.one(kinds.connection, "enterprise", kinds.parts.enterprise(firm))
    except Misread:
        return None
    found = {
        str(row["agency"])
        for row in listing.rows(kinds.connection, "trusteeship", listing.Wanted(text=enterprise["name"]))
        if (row["enterprise"], row["credit_code"], row["kind"]) == (enterprise["name"], enterprise["credit_code"], kind)
        and row["from_on"] <= on <= (row["ended_on"] or row["last_on"])
    }
    return found.pop() if len(found) == 1 else None
