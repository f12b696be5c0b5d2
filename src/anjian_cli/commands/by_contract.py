"""What the line does not say and a contract does: whose visit it was, by the one contract of that kind which the firm
had on that day (two, or none, say nothing); what a renewed contract agrees, by the last one of that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anjian_cli.commands import spoken_days
from anjian_cli.errors import Misread
from anjian_cli.ledger import listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anjian_cli.commands.whole_line import Line
    from anjian_cli.commands.word_kinds import Kinds


def completed(kinds: Kinds, line: Line, *, renewed: bool = False) -> tuple[Line, str]:
    """A new visit with its agency, a `renewed` contract with what the one before it agreed, and what is said of it; any
    other line as it is."""
    if line.args[:2] == ["visit", "add"] and line.lacking == ["--服务机构"]:
        agency = _agency(kinds, line.told["subject"], line.told["field_kind"], line.told["field_visited_on"])
        if agency is not None:
            whole = line._replace(args=[*line.args, "--服务机构", agency], lacking=[])
            return whole, "服务机构没有写，照这家企业那一天的托管合同"
    if renewed and line.args[:2] == ["trusteeship", "add"]:
        return _renewed(kinds, line)
    return line, ""


def _renewed(kinds: Kinds, line: Line) -> tuple[Line, str]:
    """A contract's agency and visits as the last one of this firm and kind has them; as it is where days, firm or kind
    are not told, or no such contract is there."""
    agreed = {"--服务机构": "agency", "--约定服务次数": "visits_per_year"}
    if not line.lacking or not set(line.lacking) <= agreed.keys():
        return line, ""
    found = _contracts(kinds, line.told["subject"], line.told["field_kind"])
    if not found:
        return line, ""
    last = max(found, key=lambda row: str(row["last_on"]))
    told = [part for title in line.lacking for part in (title, str(last[agreed[title]]))]
    titles = "、".join(each.removeprefix("--") for each in line.lacking)
    why = f"{titles}没有写，照原合同{last['number']}（至{last['last_on']}）"
    return line._replace(args=[*line.args, *told], lacking=[]), why


def _contracts(kinds: Kinds, firm: str, kind: str) -> list[Mapping[str, Any]]:
    """The contracts of a firm for a kind of trusteeship."""
    try:
        enterprise = listing.one(kinds.connection, "enterprise", kinds.parts.enterprise(firm))
    except Misread:
        return []
    return [
        row
        for row in listing.rows(kinds.connection, "trusteeship", listing.Wanted(text=enterprise["name"]))
        if (row["enterprise"], row["credit_code"], row["kind"]) == (enterprise["name"], enterprise["credit_code"], kind)
    ]


def _agency(kinds: Kinds, firm: str, kind: str, day: str) -> str | None:
    try:
        on = spoken_days.past(day, kinds.session.today)
    except Misread:
        return None
    found = {
        str(row["agency"])
        for row in _contracts(kinds, firm, kind)
        if row["from_on"] <= on <= (row["ended_on"] or row["last_on"])
    }
    return found.pop() if len(found) == 1 else None
