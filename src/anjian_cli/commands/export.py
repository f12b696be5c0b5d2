"""`anjian export`: the whole ledger as one workbook, a sheet for each record type, or as a folder with its history."""

from __future__ import annotations

from pathlib import Path

from anjian_cli import under_way
from anjian_cli.commands import arguments, delivery, whole_ledger
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session

app = top_app()


@app.command(
    "export",
    example="anjian export -o 全部.xlsx\nanjian 导出 --镇街 芝英 -o 芝英镇.xlsx\nanjian 导出 --全部 整本台账/",
)
def export(
    ctx: Context,
    town: Annotated[str | None, Option("--town", help="只导出这个镇（街、区）的；未定 即还没有属地的")] = None,
    voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也导出")] = False,
    with_phones: delivery.WithPhones = False,
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，如 全部.xlsx")] = None,
    all: whole_ledger.Out = None,  # noqa: A002 -- the option's name
) -> None:
    """把整本台账导出为一个工作簿，一类一页；灰底列只供查看，其余各列改了再导入，就改到台账里。

    --全部 把整本台账连同历史写成普通的文本文件：长期保存，或换一台电脑；用 导入 --全部 原样重建。
    """
    from anjian_cli.exchange import spreadsheet
    from anjian_cli.ledger import listing
    from anjian_cli.records import definition, masking
    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing as shown

    session: Session = ctx.obj
    if all is not None:
        others = {"--镇街": town, "--含作废": voided, "--带电话": with_phones, "-o": output}
        whole_ledger.refuse_others("--全部", others)
        whole_ledger.export(session, all)
        return
    destination.chosen(None, output, ("xlsx",))
    # What lies in no town is not of a town that is not settled yet either.
    records = [one for one in definition.all_records() if town is None or "town" in one.columns or one.name == "town"]
    with session.giving_out("export", output, phones=with_phones) as connection:
        wanted = listing.Wanted(arguments.town_or_unsettled(connection, town), None, voided)
        with under_way.work("导出：读取", unit="条") as work:
            found = {
                record.name: list(work.counting(listing.rows(connection, record.name, wanted))) for record in records
            }
    out = {record.name: masking.leaving(record, found[record.name], phones=with_phones) for record in records}
    # Of a town there are some types only; of the whole ledger an empty sheet says that there is nothing.
    kept = [record for record in records if found[record.name] or town is None] or records

    def content() -> bytes:
        book = spreadsheet.new(large=True)
        for record in kept:
            rows = out[record.name].rows
            spreadsheet.add_list(book, record.title, record, rows, shown.titles(record, rows))
        with under_way.work("装成工作簿"):
            return spreadsheet.content(book)

    delivery.document(session, content, output)
    counts = [len(rows) for rows in found.values() if rows]
    session.note(f"已导出{len(counts)}类{sum(counts)}条")
    delivery.say_hidden(session, [(record.title, out[record.name]) for record in records])
