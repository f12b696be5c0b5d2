"""`anjian indicator list`: every figure that is counted, by its name."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.commands.lazy import noun_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session

app = noun_app("indicator")

TITLES = {
    "category": "类别",
    "short": "指标",
    "title": "全称",
    "unit": "单位",
    "source": "数自",
    "ranked": "评排名",
    "against": "对照",
    "id": "编号",
}
AGAINST = {"target": "年度任务", "required": "应有", "last_year": "上年同期"}
FORMATS = ("table", "csv", "json")


@app.command("list", example="anjian indicator list\nanjian 指标 列表 --格式 csv")
def list_all(
    ctx: Context,
    find: Annotated[str | None, Option("--find", "--查找", help="只列含有这几个字的")] = None,
    format: Annotated[str | None, Option("--format", help="table、csv 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件")] = None,
) -> None:
    """列出全部指标：按类别，有单位、数自哪一类记录、是否评排名、完成率对照什么。任务、期初数里写指标或全称都行。"""
    from anjian_cli.bulletin import wording
    from anjian_cli.ledger import catalogue, settings
    from anjian_cli.records import definition
    from anjian_cli.render import destination
    from anjian_cli.render.screen import listing

    session: Session = ctx.obj
    chosen = destination.chosen(format, output, FORMATS)
    with session.read() as connection:
        entries = catalogue.indicators(connection, session.today)
        set_otherwise = settings.all_in_force(connection, session.today)
    rows = [
        {
            "category": entry.category_title,
            "short": entry.short,
            "title": entry.title,
            "unit": wording.shown_unit(entry.unit),
            "source": definition.record(entry.source or "mark").title,
            "ranked": "是" if set_otherwise.get(f"ranked.{entry.id}", str(int(entry.ranked))) == "1" else "否",
            "against": AGAINST.get(entry.against, entry.against),
            "id": entry.id,
        }
        for entry in entries
        if find is None or any(find in word for word in (entry.short, entry.title, entry.category_title, entry.id))
    ]
    if chosen != "table":
        text = listing.formatted(TITLES, rows, chosen)
        destination.deliver(text, output, session.out, csv=chosen == "csv")
        return
    shown = {name: title for name, title in TITLES.items() if name not in ("category", "id")}
    blocks = []
    for category in dict.fromkeys(row["category"] for row in rows):
        own = [[row[name] for name in shown] for row in rows if row["category"] == category]
        blocks.append(f"{category}\n{listing.aligned(list(shown.values()), own, session.width)}")
    destination.deliver("\n\n".join(blocks) if blocks else "（没有）", output, session.out)
