"""What the line does not say and a contract does: whose visit it was, by the one contract of that kind which the firm
had on that day (two, or none, say nothing); what a renewed contract agrees, by the last one of that kind."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from anjian_cli.commands import loose_days, somebody, spoken_days
from anjian_cli.errors import Misread
from anjian_cli.ledger import listing
from anjian_cli.records import definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anjian_cli.commands.whole_line import Line
    from anjian_cli.commands.word_kinds import Kinds

_FOR = re.compile(rf"(?:(?:从|自)?(?P<day>{loose_days.ANY})起?)?(?:再?续签?|延续)?(?P<years>[一两二三]|[1-3])年(?:期)?")

_UNCHANGED = re.compile(
    "(?:年?服务费|年费|费用|价格|价钱|金额|付费|条件|其他|其余|别的)(?:都|均)?(?:不变|照旧|照原来|同原合同)"
)
"""What says that a renewed contract costs what the one before it did."""
_PAID = {"--年服务费": "yearly_fee", "--付费方": "payer"}
"""By option: what a contract costs and who pays."""


def completed(kinds: Kinds, line: Line, *, renewed: bool = False) -> tuple[Line, str]:
    """A new visit with its agency, a `renewed` contract with what the one before it agreed, and what is said of it; any
    other line as it is."""
    if line.args[:2] == ["visit", "add"] and line.lacking == ["--服务机构"]:
        agency = _agency(
            kinds, line.told["subject"], line.told["field_kind"], line.told.get("field_visited_on", "今天")
        )
        if agency is not None:
            whole = line._replace(args=[*line.args, "--服务机构", agency], lacking=[])
            return whole, "服务机构没有写，照这家企业那一天的托管合同"
    if renewed and line.args[:2] == ["trusteeship", "add"]:
        return _renewed(kinds, line)
    return line, ""


def named(kinds: Kinds, rest: Sequence[str]) -> list[str]:
    """The words behind 续签, a contract's number as its firm and kind: what is renewed is a contract, and its number no
    firm's."""
    record = definition.record("trusteeship")
    found: list[str] = []
    for word in rest:
        row = kinds.row(record, word) if kinds.record(record, word, whole=True) else None
        found += [word] if row is None else [str(row["enterprise"]), str(row["kind"])]
    return found


def renewed_for(kinds: Kinds, rest: Sequence[str]) -> list[str]:
    """The words behind 续签, what says for how long (续一年, 从11月13日起续两年) as the first day and the last: from
    the day told, else from the day after the last contract of this firm and kind. As they are where neither is."""
    record = definition.record("trusteeship")
    firms = [name for word in rest if (name := kinds.full_name(word)) and somebody.FIRM.fullmatch(word)]
    terms = [term for word in rest if (term := kinds.term(record, "kind", word))]
    found: list[str] = []
    for word in rest:
        said = _FOR.fullmatch(word)
        since = None if said is None else _since(kinds, said["day"], firms, terms)
        if said is None or since is None:
            found.append(word)
            continue
        first = date.fromisoformat(since)
        years = {"一": 1, "两": 2, "二": 2, "三": 3}.get(said["years"]) or int(said["years"])
        last = first.replace(year=first.year + years, day=min(first.day, 28)) + timedelta(max(0, first.day - 28) - 1)
        found += [f"起始日期：{since}", f"终止日期：{last.isoformat()}"]
    return found


def _since(kinds: Kinds, day: str | None, firms: Sequence[str], terms: Sequence[str]) -> str | None:
    if day is not None:
        return spoken_days.nearest(day, kinds.session.today)
    found = _contracts(kinds, firms[0], terms[0]) if len(firms) == len(terms) == 1 else []
    return _following(max(str(row["last_on"]) for row in found)) if found else None


def _following(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _renewed(kinds: Kinds, line: Line) -> tuple[Line, str]:
    """A contract's agency, visits and first day as the last one of this firm and kind has them; as it is where the last
    day, firm or kind are not told, or no such contract is there."""
    agreed = {"--服务机构": "agency", "--起始日期": "last_on", "--约定服务次数": "visits_per_year"}
    if not set(line.lacking) <= agreed.keys():
        return line, ""
    lacking = list(line.lacking)
    if any(map(_UNCHANGED.fullmatch, line.remarks)):
        untold = {name for name in ("yearly_fee", "payer") if f"field_{name}" not in {*line.told, *line.given}}
        agreed |= {title: name for title, name in _PAID.items() if name in untold}
        lacking += [title for title, name in _PAID.items() if name in untold]
    if not lacking:
        return line, ""
    found = _contracts(kinds, line.told["subject"], line.told["field_kind"])
    if not found:
        return line, ""
    last = max(found, key=lambda row: str(row["last_on"]))
    agrees = {title: _shown(last, name) for title, name in agreed.items()}
    agrees["--起始日期"] = _following(agrees["--起始日期"])
    told = [part for title in lacking if agrees[title] for part in (title, agrees[title])]
    titles = "、".join(each.removeprefix("--") for each in lacking if agrees[each])
    why = f"{titles}没有写，照原合同{last['number']}（至{last['last_on']}）"
    return line._replace(args=[*line.args, *told], lacking=[]), why


def _shown(row: Mapping[str, Any], name: str) -> str:
    """A field of a contract as it is typed; '' where it is empty."""
    value = row[name]
    return "" if value is None else str(definition.record("trusteeship").columns[name].show(value))


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
