"""`anjian explain`: the records behind a figure, and those near it that do not count."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.bulletin.composition import Composition
    from anjian_cli.bulletin.dispute import Dispute
    from anjian_cli.bulletin.not_counted import NotCounted
    from anjian_cli.bulletin.points_explained import ItemExplained, PointsExplained
    from anjian_cli.bulletin.value import Bulletin

app = top_app()

_MONTH = re.compile(r"(?:\d{4}年)?\d{1,2}月份?|上月|上个月|本月")
FORMATS = ("table", "csv", "json")


@app.command(
    "explain",
    example="anjian explain 10-江南-涉氨\nanjian 明细 10 江南 涉氨\nanjian 明细 全市 三级新创 --month 9\n"
    "anjian 明细 10 芝英 排名\nanjian 明细 10-芝英-教育培训\nanjian 明细 10-芝英-得分",
)
def explain(
    ctx: Context,
    words: Annotated[
        list[str], Argument(metavar="格码", help="通报上的格码，如 10-江南-涉氨，或分开写：月份 镇街 指标")
    ],
    month: Annotated[str | None, Option("--month", help="月份；格码里没有月份时用")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
    as_known_on: Annotated[
        str | None, Option("--as-known-on", help="按那一天台账里已有的记录答，以后补登、更正的不算")
    ] = None,
) -> None:
    """一个数字由哪些记录组成；哪些相近的没有计入，为什么。"""
    from anjian_cli.bulletin import composition, points_explained
    from anjian_cli.bulletin import explain as answering
    from anjian_cli.render.screen import explanation

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    words = _month_first(words)
    if (asked_of := answering.rank_asked(words)) is not None:
        when, of_town = asked_of
        place = _place(session, as_known_on, when or month, of_town, near=chosen != "csv")
        delivery.text(session, _place_text(session, place, chosen, output), output, csv=chosen == "csv")
        return
    with arguments.as_known_on(session, as_known_on) as (connection, then):
        default = arguments.period(then, connection, month)
        if (mean_of := composition.asked(connection, words, then.today, default)) is not None:
            points = points_explained.whole(connection, mean_of)
            if points is None:
                _deliver_mean(session, composition.composition(connection, mean_of), chosen, output)
            else:
                _deliver_points(session, points, chosen, output)
            return
        asked = answering.parse_code(connection, words, then.today, default)
        item = points_explained.item(connection, asked)
        if item is not None:
            _deliver_item(session, item, chosen, output)
            return
        found = answering.explain(connection, asked)
    if chosen == "table":
        delivery.lines(session, partial(explanation.lines, found), output)
        return
    text = explanation.delimited(found) if chosen == "csv" else explanation.structured(found)
    delivery.text(session, text, output, csv=chosen == "csv", notes=found.notes)


def _month_first(words: list[str]) -> list[str]:
    """The words of a cell with the month before them, wherever it was typed as one: 芝英 涉氨 10月."""
    at = [place for place, word in enumerate(words) if _MONTH.fullmatch(word)]
    return [words[at[0]], *words[: at[0]], *words[at[0] + 1 :]] if len(at) == 1 else words


def _deliver_mean(session: Session, made: Composition, chosen: str, output: Path | None) -> None:
    from anjian_cli.render.screen import composition as answer

    if chosen == "table":
        delivery.lines(session, partial(answer.lines, made), output)
        return
    text = answer.delimited(made) if chosen == "csv" else answer.structured(made)
    delivery.text(session, text, output, csv=chosen == "csv")


def _deliver_points(session: Session, made: PointsExplained, chosen: str, output: Path | None) -> None:
    from anjian_cli.render.screen import points_explained as answer

    if chosen == "table":
        delivery.lines(session, partial(answer.lines, made), output)
        return
    text = answer.delimited(made) if chosen == "csv" else answer.structured(made)
    delivery.text(session, text, output, csv=chosen == "csv")


def _deliver_item(session: Session, made: ItemExplained, chosen: str, output: Path | None) -> None:
    from anjian_cli.render.screen import points_explained as answer

    if chosen == "table":
        delivery.lines(session, partial(answer.item_lines, made), output)
        return
    text = answer.item_delimited(made) if chosen == "csv" else answer.item_structured(made)
    notes = made.records.notes if made.records is not None else ()
    delivery.text(session, text, output, csv=chosen == "csv", notes=notes)


class _Place(NamedTuple):
    """Why a town has its place; `near` is what of its own stands near its figures and does not count."""

    bulletin: Bulletin
    dispute: Dispute
    near: list[NotCounted]


def _place(session: Session, as_known_on: str | None, month: str | None, of_town: str, *, near: bool) -> _Place:
    """Raises `Refused` E231, E451, E792, E854."""
    from anjian_cli.bulletin import place_asked
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.bulletin.dispute import dispute, why_unplaced
    from anjian_cli.bulletin.evidence import left_out
    from anjian_cli.bulletin.value import COUNTY, UNSETTLED

    with arguments.as_known_on(session, as_known_on) as (connection, then):
        found = compile_bulletin(connection, arguments.period(then, connection, month))
        place = arguments.read(lambda typed: place_asked.find(connection, typed, found.as_of), of_town, "--town")
        if place.code in (COUNTY, UNSETTLED):
            arguments.town(connection, of_town)  # a place is a unit's: refused as what is no town
        found, code = place_asked.of_units(found, place.of), place.code
        if code not in {unit.code for unit in found.towns}:
            raise refused("E451", of_town, remedy=f"{found.month}的通报里没有它")
        made = dispute(found, code)
        if made is None:
            raise refused("E451", f"{of_town}的名次", remedy=why_unplaced(found, code))
        return _Place(found, made, left_out(connection, found, code) if near else [])


def _place_text(session: Session, place: _Place, chosen: str, output: Path | None) -> str:
    from anjian_cli.render.screen import dispute as answer
    from anjian_cli.render.screen import styled_lines

    if chosen == "csv":
        return answer.delimited(place.bulletin, place.dispute)
    if chosen == "json":
        return answer.structured(*place)
    return styled_lines.text(answer.lines(*place, delivery.width(session, output)))
