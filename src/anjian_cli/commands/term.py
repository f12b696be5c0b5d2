"""`anjian term list`: every word of the lists, the program's own beside those of the office."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session

app = noun_app("term")

TITLES = {
    "list": "用语表",
    "word": "词语",
    "means": "视同",
    "from_on": "启用日期",
    "until_on": "停用日期",
    "origin": "出处",
    "remark": "备注",
    "number": "编号",
}
FORMATS = ("table", "csv", "json")


@app.command("list", example="anjian term list\nanjian 用语 列表 --查找 整治类型")
def list_all(
    ctx: Context,
    find: Annotated[str | None, Option("--find", "--查找", help="只列含有这几个字的")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """列出各用语表的词：程序自带的和本单位增设的，从哪天用到哪天。"""
    from anjian_cli.ledger import words
    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        told = words.listed(connection)
    rows = [{**each._asdict(), "origin": "本单位" if each.origin == words.OFFICE else "程序自带"} for each in told]
    if find:
        rows = [row for row in rows if any(find in str(value or "") for value in row.values())]
    text = listing.formatted(TITLES, rows, chosen, session.width if session.terminal and output is None else None)
    destination.deliver(text, output, session.out, csv=chosen == "csv")
