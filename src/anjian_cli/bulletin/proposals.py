"""What the leadership is to decide on: three problems at most, the gravest first, and for each what is proposed.

A paragraph of the leadership's page takes three lines at most, so who is concerned is named up to three. Proposals to
name a town before all (通报) or to call it in (约谈) are the office's to make and the leadership's to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from anjian_cli.bulletin import findings, notice, phrase, points_sentences, score_words, sentences, wording
from anjian_cli.bulletin.value import Bulletin

MOST, NAMED = 3, 3
LONGEST = 60
"""Characters of the office's own words on what follows: longer ones stand in the letter."""


def proposals(bulletin: Bulletin) -> tuple[tuple[str, str], ...]:
    """Problem and proposal; () where there is nothing to decide."""
    return tuple(_found(bulletin))[:MOST]


def _found(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    yield from _hazards(bulletin)
    yield from _slow(bulletin)
    yield from _behind(bulletin)
    yield from _lost(bulletin)
    yield from _not_reported(bulletin)


def _hazards(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    category = findings.category_of(bulletin, "hazard.due_of_year")
    numbers = phrase.fell_due(category) if category is not None else None
    if numbers is None or not numbers.overdue:
        return
    major = bulletin.overdue_major
    if not major:
        yield (
            f"隐患逾期未整改{numbers.overdue}条。",
            "逾期隐患逐条落实责任人和销号日期，逾期仍不整改的依法查处。",
        )
        return
    where = _named(bulletin, list(dict.fromkeys(one.town for one in major if one.town)))
    yield (
        f"隐患逾期未整改{numbers.overdue}条，其中重大隐患{len(major)}条{f'（{where}）' if where else ''}。",
        "逾期的重大隐患由分管领导逐条包案，限期验收销号；逾期仍不整改的依法查处，并予通报。",
    )


def _slow(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    found = findings.slowest(bulletin)
    if found is None:
        return
    unit = wording.shown_unit(found.table.unit)
    most = found.owing[:NAMED]
    owed = "、".join(
        f"{phrase.place(bulletin, code)}{wording.amount(owes, found.table.unit)}{unit}" for code, owes in most
    )
    yield (
        f"{found.table.short}普遍滞后，{found.below}个{bulletin.units}低于序时进度"
        + (f"，尚欠序时最多的是{owed}。" if owed else "。"),
        f"{found.table.short}由牵头部门每周调度"
        + (f"，对{_named(bulletin, [code for code, _ in most])}派员督办。" if most else "，逐家倒排时间。"),
    )


def _behind(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    lagging = findings.overall(bulletin).lagging
    if not lagging:
        return
    names = _named(bulletin, [one.town for one in lagging])
    often = findings.often_behind(bulletin)
    below = f"，{phrase.place(bulletin, often[0].town)}有{often[0].below}项工作低于序时进度" if often else ""
    days = notice.reply_days(bulletin)
    by = f"，{days[0]}前报补差计划" if days is not None else ""
    own = bulletin.office.consequence.rstrip("。") if bulletin.office else ""
    follows = own if own and len(own) <= LONGEST else "予以通报，约谈主要负责人"
    yield (
        f"{names}{score_words.score_name(bulletin)}落后{below}。",
        f"对{names}{follows}{by}。",
    )


def _lost(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    if lost := points_sentences.most_lost(bulletin):
        yield f"扣分多的：{lost}。", "失分多的项目由牵头部门逐项提出整改措施。"


def _not_reported(bulletin: Bulletin) -> Iterator[tuple[str, str]]:
    missing = bulletin.filings.missing if bulletin.filings is not None else ()
    if missing:
        names, month = _named(bulletin, missing), phrase.month(bulletin)
        yield f"{names}未报送{month}月份报表。", f"责成{names}补报，再不报送的予以通报。"


def _named(bulletin: Bulletin, codes: Sequence[str]) -> str:
    """芝英镇、花街镇, and of more than three how many they are."""
    more = f"等{len(codes)}个{bulletin.units}" if len(codes) > NAMED else ""
    return sentences.names(bulletin, codes[:NAMED]) + more
