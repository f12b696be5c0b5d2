"""Look at one record: `show` of every record type."""

from __future__ import annotations

from collections.abc import Callable

from anjian_cli.commands import record_words, words
from anjian_cli.commands.params import Context, Option, Parameter, Signed
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.ledger import history, listing
from anjian_cli.records import masking
from anjian_cli.records.definition import Record
from anjian_cli.render.screen import listing as shown
from anjian_cli.workflow import echo


def show(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN show`, and an example."""
    from anjian_cli.bulletin import phrase

    def shown_whole(ctx: Context, number: str, with_phones: bool) -> None:
        session: Session = ctx.obj
        with session.read() as connection:
            row_id = record_words.row_id(session, connection, record, number)
            row = listing.one(connection, record.name, row_id)
            steps = history.of_record(connection, record.name, row_id)
            origins = history.origins(connection, record.name, row_id)
            told = echo.fields(connection, record, row, phones=with_phones)
        pairs = [("编号", row["number"]), *((title, text) for _, title, text in told)]
        if row["voided_on"] is not None:
            pairs.append(("作废", masking.in_text(f"{row['voided_on']} {row['void_reason']}", phones=with_phones)))
        session.say(shown.card(pairs))
        session.say("\n经过（北京时间）：")
        for step in steps:
            command = words.in_chinese(step["command"])
            session.say(f"  操作{step['id']}  {phrase.moment(step['at'])}  {step['actor']}  {command}")
            if step["source_file"]:
                sheet, line = origins.get(step["id"], ("", 0))
                place = (f"“{sheet}”表" if sheet else "") + (f"第{line}行" if line else "")
                session.say(f"　　　　出自《{step['source_file']}》{place}，SHA-256 {step['source_sha256']}")

        if record.name == "enterprise":
            session.note(f"它的隐患、检查、托管等：anjian 企业 档案 {row['number']}")

    option = Option("--with-phones", "--带电话", "--full", "--全部", help="电话不遮盖")
    phones = Parameter("with_phones", bool, option, False)
    return Signed(shown_whole, [record_words.number(record), phones]), f"anjian {chinese(record)} 查看 编号"
