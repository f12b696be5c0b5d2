"""期初数: a total that is known without its records, with where it comes from."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.errors import Misread
from anjian_cli.records import amounts, codes, days, values
from anjian_cli.records.definition import Column, Fields, Record
from anjian_cli.records.fields import Number, Remark, TownOrCounty


def rank(text: str) -> int:
    """A place in a ranking, from 1. Raises `Misread`."""
    place = amounts.count(text)
    if not place:
        raise Misread("E203", choices="从1起的名次")
    return place


class OpeningFigure(Fields):
    number: Number = None
    indicator: Annotated[
        str,
        Column("指标", values.text(50), ("指标名称",), required=True, refers="indicator", example="三级新创"),
    ]
    town: TownOrCounty
    from_on: Annotated[str, Column("截至日期", days.day, ("截至",), required=True, example="2018-09-30", past=True)]
    # Read in the indicator's unit, which the ledger knows: a count, or money (274.7万元).
    cumulative: Annotated[
        str, Column("累计数", values.text(40), ("数量", "累计"), required=True, example="11", measure="indicator")
    ]
    source: Annotated[
        str,
        Column(
            "依据",
            codes.Document(100),
            ("依据（文号或表名）", "来源"),
            required=True,
            example="永安委办〔2018〕13号",
        ),
    ]
    last_rank: Annotated[int | None, Column("上期排名", rank, ("排名",), example="8")] = None
    remark: Remark = None
    written_down: Annotated[int | None, Column("已扣减（金额以分计）", amounts.count, shown_only=True)] = None


RECORD = Record(
    "opening_figure",
    "期初数",
    OpeningFigure,
    order=5,
    office=True,
    called=("期初",),
    command="opening",
    subject="indicator",
    keys=(("number",), ("indicator", "town", "from_on")),
    totals=True,
)
