"""The verbs that every record type has: add, list, show, edit, void, import, export, template.

Options, headings and messages come from the record's definition; nothing here knows a record by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option
from typer.main import get_command_from_info
from typer.models import CommandInfo

from anjian_cli.bulletin import phrase
from anjian_cli.commands import (
    answer,
    arguments,
    delivery,
    field_options,
    import_files,
    record_list,
    spoken_days,
    words,
)
from anjian_cli.commands import template as forms
from anjian_cli.commands.lazy import Command
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Misread, Place, Refused, refused
from anjian_cli.exchange import template
from anjian_cli.ledger import history, listing, lookup
from anjian_cli.ledger.listing import Wanted
from anjian_cli.ledger.write import Gate
from anjian_cli.records import definition, values
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.setting import first_day
from anjian_cli.render import destination
from anjian_cli.render.data import records
from anjian_cli.render.screen import listing as shown
from anjian_cli.workflow import echo, register
from anjian_cli.workflow.kept_record import Kept

LISTED = 200
FORMATS = ("table", "csv", "json", "xlsx")
Why = Annotated[str, Option("--why", help="原因，必写")]
Output = Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")]
Format = Annotated[str | None, Option("--format", help="table、csv、json 或 xlsx")]


def command(noun: str, verb: str) -> Command:
    """The command `anjian NOUN VERB` for a noun that is a record type."""
    record = next(r for r in definition.all_records() if r.noun == noun)
    function, example = VERBS[verb](record)
    info = CommandInfo(
        name=verb,
        cls=Command,
        callback=function,
        help=f"{words.GENERIC[verb].help}（{record.title}）。",
        epilog=f"例：\n{example}",
    )
    built = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    assert isinstance(built, Command)
    return built


def _read(
    session: Session, record: Record, given: Mapping[str, str | None], row: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The typed fields as values, every fault at once. `row` is the record that is edited; of a new one what is
    required must be there, and what is assumed is."""
    read: dict[str, Any] = {}
    faults = []
    names = sorted(record.columns, key=lambda name: bool(record.columns[name].after))  # their years come from others
    for name in names:
        column = record.columns[name]
        text = given.get(name)
        if text is None and row is None and column.assumed:
            text = column.assumed
        try:
            if text is None:
                if row is None and column.required:
                    raise Misread("E202")
                continue
            read[name] = _value(session, column, text, (read, row or {}))
        except Misread as misread:
            place = Place(title=column.title)
            faults.append(Fault(misread.code, misread.words, text, name, place))
    if faults:
        raise Refused(faults)
    return {name: read[name] for name in record.columns if name in read}


def _value(session: Session, column: Column, text: str, told: Sequence[Mapping[str, Any]]) -> object:
    if text.strip() == values.CLEAR:
        if column.required:
            raise Misread("E202")
        return values.CLEAR
    if column.parse is values.year_month:
        return arguments.latest_month(text, session.today)
    if column.parse is not values.day and not (column.parse is first_day and values.month_and_day(text)):
        return column.read(text)
    if column.past:
        return spoken_days.past(text, session.today)
    if (day := spoken_days.after(column.after, *told)) is not None:
        return spoken_days.following(text, day, session.today, soon=column.soon)
    return spoken_days.nearest(text, session.today)


def _take(
    session: Session, gate: Gate, record: Record, read: dict[str, Any], *, correct: bool = False
) -> tuple[Kept, str]:
    take = register.correct if correct else register.take
    try:
        kept = take(gate, record, read, lookup.Finder(gate.connection, guess=True))
    except Refused as refusal:
        raise Refused(_titled(record, refusal.faults)) from refusal
    if kept.note is not None:
        return kept, str(kept.note)
    line = answer.line(gate.connection, record, kept.row_id, read)
    short = lookup.short_number(gate.connection, kept.number, session.today)
    gate.notices += register.remarks(gate, [kept])
    broken = [fault for _, _, fault in gate.faults()]
    if broken:
        raise Refused(_titled(record, broken))
    return kept, f"{short}（{kept.number}）{line}" if short != kept.number else f"{kept.number} {line}"


def _titled(record: Record, faults: Sequence[Fault]) -> list[Fault]:
    """Faults with the title of the field they speak of, where it adds something."""
    return [
        fault.at(title=record.columns[fault.field].title)
        if fault.field in record.columns and not str(fault.place)
        else fault
        for fault in faults
    ]


# --- verbs


def _add(record: Record) -> tuple[Callable[..., object], str]:
    names = [name for name, column in record.columns.items() if name != "number" and not column.shown_only]

    def add(ctx: typer.Context, subject: str | None, **fields: str | None) -> None:
        session: Session = ctx.obj
        given = {name.removeprefix("field_"): text for name, text in fields.items()}
        if subject is not None:
            given[record.subject] = subject
        with session.write(f"{record.noun} add") as gate:
            kept, line = _take(session, gate, record, _read(session, record, given))
        if kept.outcome == "new":
            session.say(f"已登记：{line}")
        elif kept.outcome == "changed":
            session.say(f"台账中已有，已修改：{line}")
        elif kept.note is not None:
            session.say(line)
        else:
            session.say(f"台账中已有，没有变化：{line}")
        answer.say_changes(session, kept.told)

    title = record.columns[record.subject].title
    subject = inspect.Parameter(
        "subject",
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[str | None, Argument(metavar=title, help=f"{title}，也可用选项写")],
    )
    return field_options.signed(add, [subject, *field_options.options(record, names, adding=True)]), _example(
        record, "add", names
    )


def _edit(record: Record) -> tuple[Callable[..., object], str]:
    names = [name for name, column in record.columns.items() if name != "number" and not column.shown_only]

    def edit(ctx: typer.Context, number: str, correct: bool, why: str | None, **fields: str | None) -> None:
        session: Session = ctx.obj
        if correct != (why is not None):
            raise refused("E106", why or "", name="--更正", remedy="更正要写原因：--更正 --原因 录错；原因只和更正同用")
        given = {name.removeprefix("field_"): text for name, text in fields.items() if text is not None}
        if not given:
            raise Refused(
                [
                    Fault(
                        "E107",
                        {
                            "reason": "没有写要改成什么",
                            "remedy": f"请用选项写明，如 --{record.columns[_some_field(record)].title} 值",
                        },
                    )
                ]
            )
        with session.write(f"{record.noun} edit" + (f"{history.CORRECTION}{why}" if correct else "")) as gate:
            row = listing.one(gate.connection, record.name, _row_id(session, gate.connection, record, number))
            if correct:
                row.pop("deadline_in_force", None)  # a deadline that is wrong itself gives no year
            read = _read(session, record, given, row)
            kept, line = _take(session, gate, record, read | _identity(record, row, read), correct=correct)
        if kept.outcome == "unchanged":
            session.say(f"没有变化：{line}")
            return
        session.say(f"已更正：{line}（{why}）" if correct else f"已修改：{line}")
        answer.say_changes(session, kept.told)

    options = field_options.options(record, names, adding=False)
    return field_options.signed(
        edit, [_number(record), *_correcting(), *options]
    ), f"anjian {_chinese(record)} 修改 编号 --{_typed(record, _some_field(record))} 值"


def _correcting() -> list[inspect.Parameter]:
    told = (
        (
            "correct",
            False,
            Annotated[bool, Option("--correct", "--更正", help="登记时录错了：改正过来，不算又发生一步")],
        ),
        ("why", None, Annotated[str | None, Option("--why", help="更正的原因，如 录错")]),
    )
    return [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, default, annotation in told
    ]


def _identity(record: Record, row: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by which the row is found again, besides those that are being changed."""
    if "number" in record.columns:
        return {"number": row["number"]}
    key = {name: row[name] for name in record.keys[0] if name not in read}
    return {name: record.columns[name].parse(shown) if isinstance(shown, str) else shown for name, shown in key.items()}


def _void(record: Record) -> tuple[Callable[..., object], str]:
    def void(ctx: typer.Context, number: str, why: str) -> None:
        session: Session = ctx.obj
        with session.write(f"{record.noun} void") as gate:
            row_id = _row_id(session, gate.connection, record, number)
            telling = [n for n, c in record.columns.items() if c.required and echo.tells_when_or_how_much(record, n)]
            line = answer.line(gate.connection, record, row_id, telling)
            register.void(gate, record, row_id, why)
        session.say(f"已作废：{number} {line}（{why}）")

    why = inspect.Parameter("why", inspect.Parameter.KEYWORD_ONLY, annotation=Why)
    return field_options.signed(void, [_number(record), why]), f"anjian {_chinese(record)} 作废 编号 --原因 重复登记"


def _show(record: Record) -> tuple[Callable[..., object], str]:
    def show(ctx: typer.Context, number: str, full: bool) -> None:
        session: Session = ctx.obj
        with session.read() as connection:
            row_id = _row_id(session, connection, record, number)
            row = listing.one(connection, record.name, row_id)
            table, root_id = history.root_of(connection, record.name, row_id)
            steps = history.of_root(connection, table, root_id)
            origins = history.origins(connection, record.name, row_id)
            told = echo.fields(connection, record, row)
        pairs = [("编号", row["number"])]
        for name, title, text in told:
            private = record.columns[name].private and not full
            pairs.append((title, values.mask_phone(text) if private else text))
        if row["voided_on"] is not None:
            pairs.append(("作废", f"{row['voided_on']} {row['void_reason']}"))
        session.say(shown.card(pairs))
        session.say("\n经过：")
        for step in steps:
            command = words.in_chinese(step["command"])
            session.say(f"  操作{step['id']}  {phrase.moment(step['at'])}  {step['actor']}  {command}")
            if step["source_file"]:
                sheet, line = origins.get(step["id"], ("", 0))
                place = (f"“{sheet}”表" if sheet else "") + (f"第{line}行" if line else "")
                session.say(f"　　　　出自《{step['source_file']}》{place}，SHA-256 {step['source_sha256']}")

    full = inspect.Parameter(
        "full",
        inspect.Parameter.KEYWORD_ONLY,
        default=False,
        annotation=Annotated[bool, Option("--full", "--全部", help="电话不打码")],
    )
    return field_options.signed(show, [_number(record), full]), f"anjian {_chinese(record)} 查看 编号"


def _list(record: Record) -> tuple[Callable[..., object], str]:
    def list_all(
        ctx: typer.Context,
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
        record_list.deliver(session, record, rows[:limit], chosen, output, narrow=True)
        if len(rows) > limit:
            session.note(
                f"只列了前{limit}条，要多列请加 --条数，要全部请用 anjian {words.NOUNS[record.noun].chinese[0]} 导出"
            )

    return list_all, f"anjian {_chinese(record)} 列表 --镇街 芝英\nanjian {_chinese(record)} 列表 --格式 json"


def _export(record: Record) -> tuple[Callable[..., object], str]:
    def export(
        ctx: typer.Context,
        town: Annotated[str | None, Option("--town", help="只导出这个镇（街、区）的；未定 即还没有属地的")] = None,
        voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也导出")] = False,
        format: Format = None,  # noqa: A002 -- the option's name
        output: Output = None,
    ) -> None:
        session: Session = ctx.obj
        chosen = destination.chosen(format, output, ("csv", "json", "table", "xlsx"))
        with session.read() as connection:
            rows = list(
                listing.rows(
                    connection, record.name, Wanted(arguments.town_or_unsettled(connection, town), None, voided)
                )
            )
        record_list.deliver(session, record, rows, chosen, output, narrow=False)
        session.note(f"已导出{len(rows)}条")

    return (
        export,
        f"anjian {_chinese(record)} 导出 -o {record.title}.xlsx\nanjian {_chinese(record)} 导出 -o {record.title}.csv",
    )


def _import(record: Record) -> tuple[Callable[..., object], str]:
    def take_in(
        ctx: typer.Context,
        paths: import_files.Paths,
        dry_run: import_files.DryRun = False,
        accept_good: import_files.AcceptGood = False,
        no_return: import_files.NoReturn = False,
        mapping: import_files.Mapping = None,
        save_mapping: import_files.SaveMapping = None,
        format: import_files.Format = None,  # noqa: A002 -- the option's name
    ) -> int:
        asked = import_files.Asked(
            paths=paths,
            record=record.name,
            dry_run=dry_run,
            accept_good=accept_good,
            send_back=not no_return,
            mapping=mapping,
            save_mapping=save_mapping,
            format=format,
        )
        return import_files.run(ctx.obj, asked)

    return take_in, f"anjian {_chinese(record)} 导入 {record.title}.csv --试运行"


def _template(record: Record) -> tuple[Callable[..., object], str]:
    def empty(
        ctx: typer.Context,
        town: forms.ForTown = None,
        each_town: forms.EachTown = False,
        output: forms.Output = None,
    ) -> None:
        session: Session = ctx.obj
        if each_town or destination.chosen(None, output, ("csv", "xlsx")) == "xlsx":
            forms.deliver(session, [record], town, output, each_town=each_town)
            return
        headings, *examples = template.rows(record)
        delivery.text(session, records.delimited(headings, examples), output, csv=True)

    return empty, f"anjian {_chinese(record)} 空表 -o {record.title}登记表.xlsx"


VERBS: Mapping[str, Callable[[Record], tuple[Callable[..., object], str]]] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "edit": _edit,
    "void": _void,
    "import": _import,
    "export": _export,
    "template": _template,
}


def _number(record: Record) -> inspect.Parameter:
    return inspect.Parameter(
        "number",
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[str, Argument(metavar="编号", help=f"{record.title}的编号，如 芝英-12 或全号")],
    )


def _row_id(session: Session, connection: Any, record: Record, text: str) -> int:
    """The record meant: an enterprise or a town also by its name."""
    try:
        if record.name == "enterprise":
            return lookup.Finder(connection, guess=True).enterprise(text)
        if record.name == "town":
            text = lookup.Finder(connection, guess=True).town(text).code
    except Misread as misread:
        raise Refused([misread.fault(text)]) from misread
    return lookup.record_id(connection, record.name, text, session.today)


def _some_field(record: Record) -> str:
    return next(name for name in reversed(record.columns) if name != "number" and not record.columns[name].shown_only)


def _chinese(record: Record) -> str:
    return words.NOUNS[record.noun].chinese[0]


def _typed(record: Record, name: str) -> str:
    """The word for which a field's option is typed: 死亡 for 死亡（人）."""
    return record.columns[name].title.partition("（")[0]


def _example(record: Record, verb: str, names: Sequence[str]) -> str:
    parts = [f"anjian {_chinese(record)} {words.GENERIC[verb].chinese[0]} {record.columns[record.subject].example}"]
    for name in names:
        column = record.columns[name]
        if name != record.subject and (column.required or column.expected) and not column.assumed and column.example:
            parts.append(f"--{_typed(record, name)} {column.example}")
    return " ".join(parts)
