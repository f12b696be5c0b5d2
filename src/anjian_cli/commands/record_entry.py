"""Enter a record (add), put it right (edit) or take it out (void): what is typed becomes values, is asked about, kept
and answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from anjian_cli.commands import answer, arguments, asking, field_options, option_names, record_words, spoken_days
from anjian_cli.commands.params import Argument, Context, Option, Parameter, Signed
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Misread, Place, Proposal, Refused, refused
from anjian_cli.ledger import history, listing, lookup
from anjian_cli.ledger.gate import Gate
from anjian_cli.records import days, definition, masking, values
from anjian_cli.records.codes import Masked
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.setting import first_day
from anjian_cli.workflow import echo, own_life, register, voiding
from anjian_cli.workflow.kept_record import Kept


def add(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN add`, and an example."""
    names = [name for name, column in record.columns.items() if name != "number" and not column.shown_only]

    def added(ctx: Context, subject: str | None, replace: bool, yes: bool = False, **fields: str | None) -> None:
        session: Session = ctx.obj
        given = {name.removeprefix("field_"): text for name, text in fields.items()}
        if subject is not None:
            _refuse_twice(record, subject, given.get(record.subject))
            given[record.subject] = subject

        def write(agreed: bool) -> tuple[tuple[Kept, str], list[Fault]]:
            with session.write(f"{record.noun} add") as gate:
                try:
                    kept, line = _take(session, gate, record, _read(session, gate, record, given))
                except Refused as refusal:
                    flags = [name for name, typed in (("--replace", replace), ("--yes", yes)) if typed]
                    raise _to_tell_again(record, [record.noun, "add", *flags], given, refusal) from refusal
                asked = [] if replace or agreed else _replacing(record, kept, line)
                asked += [] if yes or agreed else _titled(record, own_life.questions(gate, record, kept))
                if asked:
                    gate.abandon()
            return (kept, line), asked

        written = asking.settled(session, write)
        if written is None:
            return
        kept, line = written
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
    subject = Parameter("subject", str | None, Argument(metavar=title, help=f"{title}，也可用选项写"), None)
    return Signed(
        added, [subject, _replace(), *_agreeing(record), *field_options.options(record, names, adding=True)]
    ), record_words.example(record, "add", names)


def _refuse_twice(record: Record, subject: str, also: str | None) -> None:
    """Raises `Refused` E106 where what is typed first is typed again by its option, and otherwise: --单位 is a part of
    --单位名称 alone, and one of the two would be lost."""
    if also is None or also == subject:
        return
    option = f"--{record_words.typed(record, record.subject)}"
    first, second = (masking.shown(record.columns[record.subject], each) for each in (subject, also))
    raise refused("E106", second, name=option, remedy=f"前面已写“{first}”，请只写一个；是别的一项的，请写全那个选项")


def edit(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN edit`, and an example."""
    names = [name for name, column in record.columns.items() if name != "number" and not column.shown_only]

    def edited(
        ctx: Context, number: str, correct: bool, why: str | None, yes: bool = False, **fields: str | None
    ) -> None:
        session: Session = ctx.obj
        if correct != (why is not None):
            raise refused("E106", why or "", name="--更正", remedy="更正要写原因：--更正 --原因 录错；原因只和更正同用")
        given = {name.removeprefix("field_"): text for name, text in fields.items() if text is not None}
        if not given:
            remedy = f"请用选项写明，如 {record_words.some_option(record)} 值"
            raise refused("E107", reason="没有写要改成什么", remedy=remedy)
        command = f"{record.noun} edit" + (f"{history.CORRECTION}{why}" if correct else "")

        def write(agreed: bool) -> tuple[tuple[Kept, str], list[Fault]]:
            with session.write(command) as gate:
                row_id = record_words.row_id(session, gate.connection, record, number)
                row = listing.one(gate.connection, record.name, row_id)
                if correct:
                    row.pop("deadline_in_force", None)  # a deadline that is wrong itself gives no year
                try:
                    read = _read(session, gate, record, given, row)
                    kept, line = _take(session, gate, record, read | _identity(record, row, read), correct=correct)
                except Refused as refusal:
                    head = [record.noun, "edit", number, *(["--correct", "--why", why] if why is not None else [])]
                    head += ["--yes"] * yes
                    raise _to_tell_again(record, head, given, refusal) from refusal
                asked = [] if yes or agreed else _titled(record, own_life.questions(gate, record, kept))
                if asked:
                    gate.abandon()
            return (kept, line), asked

        written = asking.settled(session, write)
        if written is None:
            return
        kept, line = written
        if kept.outcome == "unchanged":
            session.say(f"没有变化：{line}")
            return
        session.say(f"已更正：{line}（{why}）" if correct else f"已修改：{line}")
        answer.say_changes(session, kept.told)

    options = field_options.options(record, names, adding=False)
    signed = Signed(edited, [record_words.number(record), *_correcting(), *_agreeing(record), *options])
    return signed, f"anjian {record_words.chinese(record)} 修改 编号 {record_words.some_edit(record)}"


def void(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN void`, and an example."""

    def voided(ctx: Context, number: str, why: str) -> None:
        session: Session = ctx.obj
        with session.write(f"{record.noun} void") as gate:
            row_id = record_words.row_id(session, gate.connection, record, number)
            telling = [n for n, c in record.columns.items() if c.required and echo.tells_when_or_how_much(record, n)]
            line = answer.line(gate.connection, record, row_id, telling)
            voiding.void(gate, record, row_id, why)
        session.say(f"已作废：{number} {line}（{why}）")

    why = Parameter("why", str, Option("--why", help="原因，必写"))
    return Signed(
        voided, [record_words.number(record), why]
    ), f"anjian {record_words.chinese(record)} 作废 编号 --原因 重复登记"


def _read(
    session: Session, gate: Gate, record: Record, given: Mapping[str, str | None], row: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The typed fields as values, every fault at once: also what the ledger does not know of those that can be read.
    `row` is the record that is edited; of a new one what is required must be there, and what is assumed is."""
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
            faults.append(Fault(misread.code, misread.words, masking.shown(column, text), name, place))
    if faults:
        sure = register.trusted(read, faults)
        unknown = register.faults(gate, record, sure, lookup.Finder(gate.connection, guess=True))
        raise Refused([*faults, *_titled(record, unknown)])
    return {name: read[name] for name in record.columns if name in read}


def _to_tell_again(record: Record, head: Sequence[str], given: Mapping[str, str | None], refusal: Refused) -> Refused:
    """The refusal with the line as it is without what is wrong in it; that, and what was not told, is to be told. As it
    is where anything is wrong that no field says alone."""
    fields = dict.fromkeys(fault.field for fault in refusal.faults)
    for name in fields:
        if name not in record.columns or (given.get(name) is None and not record.columns[name].required):
            return refusal
    options = {name: f"--{record_words.typed(record, name)}" for name in record.columns}
    kept = [
        part
        for name, text in given.items()
        if text is not None and name not in fields
        for part in option_names.with_value(options[name], text)
    ]
    return refusal.proposing(Proposal((*head, *kept), tuple(options[name] for name in fields)))


def _value(session: Session, column: Column, text: str, told: Sequence[Mapping[str, Any]]) -> object:
    if values.is_clear(text):
        if column.required:
            raise Misread("E202")
        return values.CLEAR
    if column.parse is days.year_month:
        return arguments.latest_month(text, session.today)
    if column.parse is not days.day and not (column.parse is first_day and days.month_and_day(text)):
        value = column.read(text)
        if isinstance(value, Masked):
            raise Misread("E651")
        return value
    if column.past:
        return spoken_days.past(text, session.today)
    if (day := spoken_days.after(column.after, *told)) is not None:
        return spoken_days.following(text, day, session.today, soon=column.soon)
    return spoken_days.nearest(text, session.today)


def _take(
    session: Session, gate: Gate, record: Record, read: dict[str, Any], *, correct: bool = False
) -> tuple[Kept, str]:
    take = register.correct if correct else register.take
    if misspelt := _misspelt(gate.connection, record, read):
        raise Refused(misspelt)
    try:
        kept = take(gate, record, read, lookup.Finder(gate.connection, guess=True))
    except Refused as refusal:
        raise Refused(_titled(record, refusal.faults)) from refusal
    if kept.note is not None:
        return kept, str(kept.note)
    line = answer.line(gate.connection, record, kept.row_id, read)
    short = lookup.short_number(gate.connection, kept.number, session.today)
    gate.notices += [*kept.said, *own_life.remarks(gate, [kept])]
    broken = [fault for _, _, fault in gate.faults()]
    if broken:
        raise Refused(_titled(record, broken))
    return kept, f"{short}（{kept.number}）{line}" if short != kept.number else f"{kept.number} {line}"


def _misspelt(connection: sqlite3.Connection, record: Record, read: Mapping[str, Any]) -> list[Fault]:
    found = []
    for name, column in record.columns.items():
        if not column.register or read.get(name) in (None, values.CLEAR):
            continue
        near = lookup.near(connection, column.register, read[name])
        if near is not None:
            kind = definition.record(column.register)
            words = {"kind": kind.title, "near": near, "noun": kind.noun}
            found.append(Fault("E286", words, read[name], name, Place(title=column.title)))
    return found


def _titled(record: Record, faults: Sequence[Fault]) -> list[Fault]:
    """Faults with the title of the field they speak of, where it adds something. A field of another record type, whose
    rule it is (a phase of the campaign that is changed), may be called alike and is none of this one's."""
    others = set(definition.names()) - {record.name}
    return [
        fault.at(title=record.columns[fault.field].title)
        if fault.field in record.columns and not str(fault.place) and fault.table not in others
        else fault
        for fault in faults
    ]


def _replacing(record: Record, kept: Kept, line: str) -> list[Fault]:
    """What is asked where a record that is there already would be changed by adding it; with it, by what another one
    would be told apart from it."""
    if kept.outcome != "changed":
        return []
    changes = "；".join(answer.changed(change).strip() for change in kept.told)
    apart = record.apart.partition("；")[0] or "另是一条的，请核对编号、名称和日期"
    return [Fault("E484", {"line": line, "changes": changes, "apart": apart})]


def _replace() -> Parameter:
    option = Option("--replace", "--替换", help="台账中已有这一条的，照此修改，不用再问")
    return Parameter("replace", bool, option, False)


def _agreeing(record: Record) -> list[Parameter]:
    """The option that says yes to what is asked about records of this type; none where nothing is."""
    if not own_life.asks(record):
        return []
    return [Parameter("yes", bool, Option("--yes", help="看过提问，确实如此"), False)]


def _correcting() -> list[Parameter]:
    correct = Option("--correct", "--更正", "--改错", help="登记时录错了：改正过来，不算又发生一步")
    return [
        Parameter("correct", bool, correct, False),
        Parameter("why", str | None, Option("--why", help="更正的原因，如 录错"), None),
    ]


def _identity(record: Record, row: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by which the row is found again, besides those that are being changed."""
    if "number" in record.columns:
        return {"number": row["number"]}
    key = {name: row[name] for name in record.keys[0] if name not in read}
    return {name: record.columns[name].parse(shown) if isinstance(shown, str) else shown for name, shown in key.items()}
