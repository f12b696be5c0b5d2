"""`anjian template`: empty forms as workbooks, of all record types or of one, for the office or for each town."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands import arguments, delivery, tasks, words
from anjian_cli.commands.delivery import WithPhones
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused, refused

if TYPE_CHECKING:
    from anjian_cli.exchange.prefill import Prefill
    from anjian_cli.records.definition import Record

app = top_app()

NO_LEDGER = ("E611", "E612")

ForTown = Annotated[str | None, Option("--town", help="给这个镇（街、区）的：下拉中是它的企业、村居")]
EachTown = Annotated[
    bool, Option("--each-town", "--各镇", help="每镇一份，已填好该镇的企业和没有销号的隐患；-o 写文件夹")
]
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件；每镇一份的，写到文件夹")]


@app.command(
    "template",
    example="anjian template -o 空表.xlsx\nanjian 空表 --镇街 芝英 -o 芝英镇空表.xlsx\nanjian 空表 --各镇 -o 下发/\n"
    "anjian 空表 任务 -o 任务.xlsx",
)
def template(
    ctx: Context,
    kind: Annotated[
        str | None,
        Argument(metavar="类别", help="只要这一类的，如 隐患；任务 是镇为行、指标为列的分解表，已填上年的数"),
    ] = None,
    town: ForTown = None,
    each_town: EachTown = False,
    with_phones: WithPhones = False,
    year: Annotated[int | None, Option("--year", help="任务分解表是哪一年的；不写即还没有下任务的那一年")] = None,
    output: Output = None,
) -> None:
    """生成填报用的空表，一类一页，一个工作簿：有下拉、格式、填表说明和示例，填好后直接导入。"""
    from anjian_cli.exchange import prefill
    from anjian_cli.records import definition

    session: Session = ctx.obj
    every = definition.all_records()
    if kind is not None:
        noun = words.find(kind, words.NOUNS)
        every = tuple(record for record in every if record.noun == noun or record.title == kind)
        if not every:
            known = "、".join(record.title for record in definition.all_records())
            raise refused("E106", kind, name="类别", remedy=f"可以是 {known}")
        if every[0].name == "target":
            tasks.template(session, year, output)
            return
    if each_town or town is not None:
        every = tuple(prefill.of_towns(every))
    if not each_town:
        from anjian_cli.render import destination

        destination.chosen(None, output, ("xlsx",))
    deliver(session, every, town, output, each_town=each_town, phones=with_phones)


def deliver(
    session: Session,
    records: Sequence[Record],
    town: str | None,
    output: Path | None,
    *,
    each_town: bool,
    phones: bool = False,
) -> None:
    """Write the forms as a workbook, or as one a town into a folder. Refused E107 where `phones` are asked for in
    forms that hold no records."""
    from anjian_cli.exchange import prefill

    if each_town:
        _each_town(session, records, town, output, phones=phones)
        return
    if phones:
        raise refused("E107", reason="空表里没有电话", remedy="请去掉 --带电话，或加 --各镇")
    if town is None:
        delivery.document(session, lambda: _content(records, _at_hand(session)), output)
        return
    with session.read() as connection:
        facts = prefill.for_town(connection, prefill.town(connection, arguments.town(connection, town)), session.today)
    delivery.document(session, lambda: _content(records, facts), output)


def _each_town(
    session: Session, records: Sequence[Record], town: str | None, output: Path | None, *, phones: bool
) -> None:
    from anjian_cli.exchange import prefill
    from anjian_cli.render import destination

    with session.giving_out("template", None, phones=phones) as connection:
        towns = prefill.towns(connection, session.today)
        if town is not None:
            towns = [prefill.town(connection, arguments.town(connection, town))]
        destination.free(output, [f"{one.name}.xlsx" for one in towns])
        filled = [prefill.for_town(connection, one, session.today, filled=True, phones=phones) for one in towns]
    with destination.into_folder(output, [f"{one.name}.xlsx" for one in towns]) as files:
        for path, facts in zip(files, filled, strict=True):
            destination.write(_content(records, facts), path)
            counts = f"企业{len(facts.rows['enterprise'])}家，未销号隐患{len(facts.rows['hazard'])}条"
            session.say(f"已生成：{path}（{counts}）")
    session.note(f"共{len(files)}份，填好发回后用 anjian 导入")


def _at_hand(session: Session) -> Prefill:
    """What the ledger knows, if there is one: a form can be had without."""
    from anjian_cli.exchange import prefill

    try:
        with session.read() as connection:
            return prefill.for_all(connection, session.today)
    except Refused as refusal:
        if refusal.faults[0].code not in NO_LEDGER:
            raise
        return prefill.Prefill()


def _content(records: Sequence[Record], facts: Prefill) -> bytes:
    from anjian_cli.exchange import spreadsheet, template

    return spreadsheet.content(template.book(records, facts))
