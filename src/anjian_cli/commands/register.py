"""The verbs that every record type has: add, list, show, edit, void, import, export, template.

Options, headings and messages come from the record's definition; nothing here knows a record by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from anjian_cli.bulletin import phrase
from anjian_cli.commands import (
    answer,
    arguments,
    delivery,
    field_options,
    import_files,
    record_entry,
    record_list,
    record_words,
    tasks,
    words,
)
from anjian_cli.commands import template as forms
from anjian_cli.commands.lazy import Command
from anjian_cli.commands.params import Annotated, Context, Option, Parameter, Signed, declared
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.exchange import template, wide_table
from anjian_cli.ledger import history, listing
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import definition, masking
from anjian_cli.records.definition import Record
from anjian_cli.render import destination
from anjian_cli.render.data import records
from anjian_cli.render.screen import listing as shown
from anjian_cli.workflow import echo, register

LISTED = 200
FORMATS = ("table", "csv", "json", "xlsx")
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]
Format = Annotated[str | None, Option("--format", help="table、csv、json 或 xlsx")]


def command(noun: str, verb: str) -> Command:
    """The command `anjian NOUN VERB` for a noun that is a record type."""
    record = next(r for r in definition.all_records() if r.noun == noun)
    function, example = VERBS[verb](record)
    return Command(function, f"{words.GENERIC[verb].help}（{record.title}）。", example)


# --- verbs


def _void(record: Record) -> tuple[Callable[..., object], str]:
    def void(ctx: Context, number: str, why: str) -> None:
        session: Session = ctx.obj
        with session.write(f"{record.noun} void") as gate:
            row_id = record_words.row_id(session, gate.connection, record, number)
            telling = [n for n, c in record.columns.items() if c.required and echo.tells_when_or_how_much(record, n)]
            line = answer.line(gate.connection, record, row_id, telling)
            register.void(gate, record, row_id, why)
        session.say(f"已作废：{number} {line}（{why}）")

    why = Parameter("why", str, Option("--why", help="原因，必写"))
    return Signed(void, [record_words.number(record), why]), f"anjian {chinese(record)} 作废 编号 --原因 重复登记"


def _show(record: Record) -> tuple[Callable[..., object], str]:
    def show(ctx: Context, number: str, with_phones: bool) -> None:
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
    return Signed(show, [record_words.number(record), phones]), f"anjian {chinese(record)} 查看 编号"


def _list(record: Record) -> tuple[Callable[..., object], str]:
    def list_all(
        ctx: Context,
        town: Annotated[str | None, Option("--town", help="只列这个镇（街、区）的；未定 即还没有属地的")] = None,
        find: Annotated[str | None, Option("--find", "--查找", help="只列含有这几个字的")] = None,
        voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也列出")] = False,
        limit: Annotated[int, Option("--limit", "--条数", min=1, help="最多列多少条")] = LISTED,
        format: Format = None,  # noqa: A002 -- the option's name
        output: Output = None,
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
        list_all,
        f"anjian {chinese(record)} 列表 --镇街 芝英\nanjian {chinese(record)} 列表 --格式 json",
    )


def _export(record: Record) -> tuple[Callable[..., object], str]:
    if record.name in tasks.AS_TABLE:
        return tasks.export(record, _export_rows)

    def export(
        ctx: Context,
        town: Annotated[str | None, Option("--town", help="只导出这个镇（街、区）的；未定 即还没有属地的")] = None,
        voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也导出")] = False,
        with_phones: delivery.WithPhones = False,
        format: Format = None,  # noqa: A002 -- the option's name
        output: Output = None,
    ) -> None:
        _export_rows(ctx.obj, record, town, output, format, voided=voided, phones=with_phones)

    return (
        export,
        f"anjian {chinese(record)} 导出 -o {record.title}.xlsx\nanjian {chinese(record)} 导出 -o {record.title}.csv",
    )


def _export_rows(
    session: Session,
    record: Record,
    town: str | None,
    output: Path | None,
    format: str | None,  # noqa: A002 -- the option's name
    *,
    voided: bool,
    phones: bool = False,
) -> None:
    chosen = destination.chosen(format, output, ("csv", "json", "table", "xlsx"))
    with session.giving_out(f"{record.noun} export", output, phones=phones) as connection:
        wanted = Wanted(arguments.town_or_unsettled(connection, town), None, voided)
        rows = list(listing.rows(connection, record.name, wanted))
    out = masking.leaving(record, rows, phones=phones)
    record_list.deliver(session, record, out.rows, chosen, output, narrow=False)
    session.note(f"已导出{len(rows)}条")
    delivery.say_hidden(session, [(record.title, out)])


def _import(record: Record) -> tuple[Callable[..., object], str]:
    def take_in(
        ctx: Context,
        paths: import_files.Paths,
        dry_run: import_files.DryRun = False,
        accept_good: import_files.AcceptGood = False,
        no_return: import_files.NoReturn = False,
        mapping: import_files.Mapping = None,
        save_mapping: import_files.SaveMapping = None,
        remember: import_files.Remember = None,
        any_town: import_files.AnyTown = False,
        format: import_files.Format = None,  # noqa: A002 -- the option's name
        **fields: str | None,
    ) -> int:
        asked = import_files.Asked(
            paths=paths,
            record=record.name,
            dry_run=dry_run,
            accept_good=accept_good,
            send_back=not no_return,
            mapping=mapping,
            save_mapping=save_mapping,
            remember=remember,
            any_town=any_town,
            format=format,
            told={name.removeprefix("field_"): text for name, text in fields.items() if text is not None},
        )
        return import_files.run(ctx.obj, asked)

    once = field_options.options(record, wide_table.ONCE.get(record.name, ()), adding=False)
    example = f"anjian {chinese(record)} 导入 {record.title}.csv --试运行"
    return Signed(take_in, [*declared(take_in), *once]), example


def _template(record: Record) -> tuple[Callable[..., object], str]:
    def empty(
        ctx: Context,
        town: forms.ForTown = None,
        each_town: forms.EachTown = False,
        with_phones: delivery.WithPhones = False,
        output: forms.Output = None,
    ) -> None:
        session: Session = ctx.obj
        if each_town or with_phones or destination.chosen(None, output, ("csv", "xlsx")) == "xlsx":
            forms.deliver(session, [record], town, output, each_town=each_town, phones=with_phones)
            return
        headings, *examples = template.rows(record)
        delivery.text(session, records.delimited(headings, examples), output, csv=True)

    return empty, f"anjian {chinese(record)} 空表 -o {record.title}登记表.xlsx"


VERBS: Mapping[str, Callable[[Record], tuple[Callable[..., object], str]]] = {
    "add": record_entry.add,
    "list": _list,
    "show": _show,
    "edit": record_entry.edit,
    "void": _void,
    "import": _import,
    "export": _export,
    "template": _template,
}
