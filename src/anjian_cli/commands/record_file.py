"""Records from files and into files: `import`, `export` and `template` of every record type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from anjian_cli.commands import arguments, delivery, field_options, import_files, inbox, record_list, tasks
from anjian_cli.commands import template as forms
from anjian_cli.commands.params import Annotated, Context, Option, Signed
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.exchange import template as empty_table
from anjian_cli.exchange import wide_table
from anjian_cli.ledger import listing
from anjian_cli.ledger.listing import Wanted
from anjian_cli.records import masking
from anjian_cli.records.definition import Record
from anjian_cli.render import destination
from anjian_cli.render.data import records


def export(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN export`, and an example."""
    if record.name in tasks.AS_TABLE:
        return tasks.export(record, _export_rows)

    def exported(
        ctx: Context,
        town: Annotated[str | None, Option("--town", help="只导出这个镇（街、区）的；未定 即还没有属地的")] = None,
        voided: Annotated[bool, Option("--voided", "--含作废", help="作废的也导出")] = False,
        with_phones: delivery.WithPhones = False,
        format: record_list.Format = None,  # noqa: A002 -- the option's name
        output: record_list.Output = None,
    ) -> None:
        _export_rows(ctx.obj, record, town, output, format, voided=voided, phones=with_phones)

    return (
        exported,
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


def take_in(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN import`, and an example."""

    def taken_in(ctx: Context, **given: Any) -> int:
        fields = {name for name in given if name.startswith("field_")}
        told = {name.removeprefix("field_"): given[name] for name in fields if given[name] is not None}
        options = {name: value for name, value in given.items() if name not in fields}
        return inbox.run(ctx.obj, inbox.Asked(record=record.name, told=told, **options))

    once = field_options.options(record, wide_table.ONCE.get(record.name, ()), adding=False)
    example = f"anjian {chinese(record)} 导入 {record.title}.csv --试运行"
    return Signed(taken_in, [*import_files.options_of_one_record(), *once]), example


def template(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN template`, and an example."""

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
        headings, *examples = empty_table.rows(record)
        delivery.text(session, records.delimited(headings, examples), output, csv=True)

    return empty, f"anjian {chinese(record)} 空表 -o {record.title}登记表.xlsx"
