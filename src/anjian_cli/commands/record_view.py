"""Look at records: `list` and `show` of every record type."""

from __future__ import annotations

from collections.abc import Callable

from anjian_cli.commands import arguments, record_list, record_words, words
from anjian_cli.commands.params import Annotated, Context, Option, Parameter, Signed
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.ledger import history, listing
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import masking
from anjian_cli.records.definition import Record
from anjian_cli.render import destination
from anjian_cli.render.screen import listing as shown
from anjian_cli.workflow import echo

LISTED = 200
FORMATS = ("table", "csv", "json", "xlsx")


def show(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN show`, and an example."""
    from anjian_cli.bulletin import phrase

    def shown_whole(ctx: Context, number: str, with_phones: bool) -> None:
        session: Session = ctx.obj
        with session.read() as connection:
            row_id = record_words.row_id(session, connection, record, number)
            row = listing.one(connection, record.name, row_id)
            table, root_id = history.root_of(connection, record.name, row_id)
            steps = history.of_root(connection, table, root_id)
            origins = history.origins(connection, record.name, row_id)
            told = echo.fields(connection, record, row, phones=with_phones)
        pairs = [("编号", row["number"]), *((title, text) for _, title, text in told)]
        if row["voided_on"] is not None:
            pairs.append(("作废", masking.in_text(f"{row['voided_on']} {row['void_reason']}", phones=with_phones)))
        session.say(shown.card(pairs))
        session.say("\n经过：")
        for step in steps:
            command = words.in_chinese(step["command"])
            session.say(f"  操作{step['id']}  {phrase.moment(step['at'])}  {step['actor']}  {command}")
            if step["source_file"]:
                sheet, line = origins.get(step["id"], ("", 0))
                place = (f"“{sheet}”表" if sheet else "") + (f"第{line}行" if line else "")
                session.say(f"　　　　出自《{step['source_file']}》{place}，SHA-256 {step['source_sha256']}")

    option = Option("--with-phones", "--带电话", "--full", "--全部", help="电话不遮盖")
    phones = Parameter("with_phones", bool, option, False)
    return Signed(shown_whole, [record_words.number(record), phones]), f"anjian {chinese(record)} 查看 编号"


def list_all(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN list`, and an example."""

    def listed(
        ctx: Context,
        town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
        find: Annotated[str | None, Option("--find", "--查找", help="只列含有这几个字的")] = None,
        voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也列出")] = False,
        limit: Annotated[int, Option("--limit", "--条数", min=1, help="最多列多少条")] = LISTED,
        format: record_list.Format = None,  # noqa: A002 -- the option's name
        output: record_list.Output = None,
    ) -> None:
        session: Session = ctx.obj
        chosen = destination.chosen(format, output, FORMATS)
        with session.read() as connection:
            wanted = Wanted(arguments.town_or_unsettled(connection, town), find, voided, limit + 1)
            rows = list(listing.rows(connection, record.name, wanted))
            if chosen == "table":
                rows = list(echo.listed(connection, record, rows))
        out = masking.leaving(record, rows[:limit])
        record_list.deliver(session, record, out.rows, chosen, output, narrow=True)
        if len(rows) > limit:
            session.note(
                f"只列了前{limit}条，要多列请加 --条数，要全部请用 anjian {words.NOUNS[record.noun].chinese[0]} 导出"
            )

    return (
        listed,
        f"anjian {chinese(record)} 列表 --镇街 芝英\nanjian {chinese(record)} 列表 --格式 json",
    )
