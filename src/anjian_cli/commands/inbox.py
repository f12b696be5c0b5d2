"""Files into the ledger, as a command asks for it: opened all, taken in one by one, told, and sent back where one is
refused. A file that is refused holds up no other.
"""

from __future__ import annotations

import glob
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli import under_way
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Misread, Place, Refused, refused
from anjian_cli.messages import Exit
from anjian_cli.rules import place_names

if TYPE_CHECKING:
    from anjian_cli.exchange.mapping import Layout
    from anjian_cli.exchange.marked_copy import MarkedCopy
    from anjian_cli.exchange.opened_file import Opened
    from anjian_cli.exchange.prefill import Town
    from anjian_cli.exchange.receipts import Outcome
    from anjian_cli.exchange.report import Report
    from anjian_cli.exchange.wide_table import Catalogue

FORMATS = ("table", "json")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be imported, and how: the options as typed, by their names in the command. `record` is the record
    type, where it is known; `told` what holds for a whole table, by field."""

    paths: Sequence[Path]
    record: str | None = None
    dry_run: bool = False
    accept_good: bool = False
    no_return: bool = False
    mapping: Path | None = None
    save_mapping: Path | None = None
    remember: str | None = None
    any_town: bool = False
    office: bool = False
    format: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Intake:
    """What has been opened: the paths `given`, wildcards expanded; the towns there are; each file (of an archive each
    one in it) beside the path it came by; the mapping that was typed."""

    given: Sequence[Path]
    towns: Sequence[Town]
    files: Sequence[tuple[Path, Opened]]
    layout: Layout


def run(session: Session, asked: Asked) -> int:
    """Import, report and, unless it is a trial, write a marked copy of what was refused; returns the exit code: 1 if
    anything was refused."""
    from anjian_cli.render import destination

    chosen = destination.chosen(asked.format, None, FORMATS)
    if asked.remember is not None and asked.mapping is None:
        words = {"reason": "没有写要记住哪一份对照", "remedy": "--记住 和 --对照 一起写"}
        raise refused("E107", **words)
    intake = _open(session, asked)
    tell = chosen == "table"
    summed_up = not tell or len(intake.files) > 1
    outcomes: list[Outcome] = []
    owned = [(path, _of_whom(session, asked, intake, path, opened)) for path, opened in intake.files]
    files = sorted(owned, key=lambda pair: pair[1].order)
    for path, opened in files:
        try:
            outcomes.append(_take_in(session, asked, intake, path, opened, tell=tell, by_town=summed_up))
        except BrokenPipeError:  # nobody reads on: no disk is full
            raise
        except OSError as error:
            left = len(files) - len(outcomes) - 1
            if not left:
                raise
            why = destination.why(error, Path.cwd())
            raise refused("E354", opened.report.file, why=why, count=left) from error
    if summed_up:
        _sum_up(session, asked, outcomes, intake, chosen=chosen)
    faulty = any(outcome.report.faults for outcome in outcomes)
    if asked.remember is not None and not faulty and not asked.dry_run:
        _remember(session, intake, asked.remember)
    return Exit.REFUSED if faulty else Exit.DONE


def _remember(session: Session, intake: _Intake, town: str) -> None:
    """Keep the mapping as a setting, so that it is dated, listed, undone and voided like any other."""
    from anjian_cli.commands import arguments
    from anjian_cli.exchange import mapping_text
    from anjian_cli.ledger import lookup
    from anjian_cli.records import definition
    from anjian_cli.workflow import register

    with session.write("import --remember") as gate:
        code = arguments.town(gate.connection, town, "--remember")
        name = lookup.town_name(gate.connection, code)
        told = {"name": f"mapping.{code}", "value": mapping_text.compact(intake.layout), "from_on": session.today}
        register.take(gate, definition.record("setting"), told, lookup.Finder(gate.connection))
    session.note(f"已记住{name}的对照：以后文件名写着{name}的，没有写 --对照 就按它认列名（设置“表格对照”）")


def _remembered(connection: sqlite3.Connection, session: Session, towns: Sequence[Town]) -> dict[str, str]:
    """The mappings that are remembered, by the code of the town."""
    from anjian_cli.ledger import settings

    in_force = settings.all_in_force(connection, session.today)
    return {town.code: in_force[f"mapping.{town.code}"] for town in towns if f"mapping.{town.code}" in in_force}


def _open(session: Session, asked: Asked) -> _Intake:
    """Open every file, before any is taken in. Raises `Refused` for a mapping that is of no use, E309 for no file."""
    from anjian_cli.commands import arguments
    from anjian_cli.exchange import mapping, opened_file, reader, whose_file
    from anjian_cli.records import definition
    from anjian_cli.render import destination

    kind = definition.record(asked.record) if asked.record else None
    if asked.save_mapping is not None:
        destination.refuse_existing(asked.save_mapping)
    layout = opened_file.AS_USUAL if asked.mapping is None else mapping.read(asked.mapping)
    given = _expanded(asked.paths)
    paths = reader.paths(given)
    if not paths:
        raise refused("E309", "、".join(map(str, asked.paths)))
    if asked.remember is not None:
        with session.read() as connection:
            arguments.town(connection, asked.remember, "--remember")
    towns, catalogue, kept = _towns(session, layout, asked.told)

    def remembered(name: str) -> opened_file.OfTown | None:
        town = whose_file.told_by_name(name, towns)
        if town is None or town.code not in kept:
            return None
        return opened_file.OfTown(town.name, mapping.remembered(town.name, kept[town.code]))

    with under_way.work("打开文件", len(paths), "份") as work:
        opened = [
            (path, one)
            for path in work.counting(paths)
            for one in opened_file.open_files(
                path,
                kind,
                stdin=_typed(session) if path == reader.STDIN else None,
                layout=layout,
                catalogue=catalogue,
                remembered=remembered,
            )
        ]
    if asked.save_mapping is not None:
        _save_mapping(session, layout, [one for _, one in opened], asked.save_mapping)
    opened_file.mark_repeated(one for _, one in opened)
    return _Intake(given, towns, opened, layout)


def _typed(session: Session) -> bytes:
    with under_way.silent():
        return session.stdin.read()


def _take_in(
    session: Session, asked: Asked, intake: _Intake, path: Path, opened: Opened, *, tell: bool, by_town: bool
) -> Outcome:
    """Take one file in, say what became of it (`tell`) and send back what was refused. Which town it is from is found
    out where it is sent back or summed up `by_town`: it goes through the rows."""
    from anjian_cli.exchange import marked_copy, reader, receipts, whose_file
    from anjian_cli.render.screen import report as shown

    folder = _out_of_folder(intake, path, opened)
    town = None if asked.any_town else whose_file.counted_for(opened, intake.towns, out_of_folder=folder)
    try:
        report = _take(session, asked, opened, town)
    except (Refused, sqlite3.Error, OSError, MemoryError):
        raise  # the ledger's own, the disk's, or the computer's
    except Exception as error:  # whatever becomes of one file, it holds up no other
        report = opened.report
        words = {"why": f"{type(error).__name__}: {error}"}
        report.faults = [Fault("E353", words, place=Place(report.file))]
    if tell:
        _tell(session, asked, report)
    to_mend = bool(report.faults) and not report.of_office
    returning = to_mend and not asked.no_return and not asked.dry_run and path != reader.STDIN
    copy = _marked_copy(session, opened, marked_copy.home(path, intake.given)) if returning else None
    sender = marked_copy.sender(opened, intake.towns) if by_town or returning else ""
    if tell and returning:
        for line in shown.sent_back(report, copy, sender):
            session.say(line)
    named = marked_copy.named(opened, intake.towns) if by_town and not sender else frozenset[str]()
    return receipts.Outcome(report, path, sender, copy, named)


def _out_of_folder(intake: _Intake, path: Path, opened: Opened) -> bool:
    """Whether a file came with a folder or an archive, and was not named itself."""
    return opened.packed or path not in intake.given


def _of_whom(session: Session, asked: Asked, intake: _Intake, path: Path, opened: Opened) -> Opened:
    """The file as it may be taken: what the office itself keeps only where the clerk asked for it, which is said."""
    from anjian_cli.exchange import whose_file

    folder, named = _out_of_folder(intake, path, opened), asked.record is not None
    faults = whose_file.office_only(opened, intake.towns, out_of_folder=folder, named=named)
    if not faults:
        return opened
    if not asked.office and not named:
        return whose_file.refuse(opened, faults)
    how = "--本办" if asked.office else "所写的命令"
    notes = [Fault("N307", {**fault.words, "how": how}, place=fault.place) for fault in faults]
    for note in notes:
        session.note(str(note))
    opened.report.notes += notes
    return opened


def _towns(session: Session, layout: Layout, told: Mapping[str, str]) -> tuple[list[Town], Catalogue, dict[str, str]]:
    """The towns there are, what tables with indicators across are known by, and the mappings that are remembered, by
    the code of the town. Raises `Refused` for fixed values of a mapping that name no town: every row would say the
    same."""
    from anjian_cli.exchange import prefill
    from anjian_cli.exchange.wide_table import Catalogue
    from anjian_cli.ledger import catalogue
    from anjian_cli.ledger.lookup import Finder

    faults = []
    with session.read() as connection:
        finder = Finder(connection)
        for section in layout.sections:
            for name, text in section.fixed.items():
                if section.record.columns[name].refers != "town":
                    continue
                try:
                    finder.town_or_county(text)
                except Misread as misread:
                    faults.append(misread.fault(text, name, layout.place(section.record, name)))
        towns = prefill.towns(connection, session.today)
        words = frozenset(word for town in finder.towns() for word in (town.name, town.short, town.code) if word)
        known = Catalogue(catalogue.indicators(connection, session.today), words, told)
        kept = _remembered(connection, session, towns)
    if faults:
        raise Refused(faults)
    return towns, known, kept


def _take(session: Session, asked: Asked, opened: Opened, town: Town | None) -> Report:
    """Take one file, without rows of another town than `town`, and hold its totals against its rows."""
    from anjian_cli.exchange import totals
    from anjian_cli.exchange.intake import take_file
    from anjian_cli.exchange.report import merged

    with under_way.work(f"导入《{opened.report.file}》", opened.rows, "行") as work:
        report = take_file(
            opened,
            lambda source: session.write("import", source, trial=asked.dry_run, rows=opened.rows),
            accept_good=asked.accept_good,
            dry_run=asked.dry_run,
            town=town,
            tell=work.add,
        )
    for form, part in zip(opened.forms, report.parts, strict=False):  # of a repeated file there are no parts
        report.notes += totals.differences(form, part)
    report.parts = merged(report.parts)
    return report


def _marked_copy(session: Session, opened: Opened, folder: Path) -> MarkedCopy | None:
    from anjian_cli.exchange import marked_copy
    from anjian_cli.render import destination

    try:
        return marked_copy.write(opened, folder, only_rows=opened.report.taken)
    except OSError as error:
        session.note(f"没有生成退回件：{folder} 写不进去（{destination.why(error, folder)}）")
        return None


def _tell(session: Session, asked: Asked, report: Report) -> None:
    from anjian_cli.render.screen import report as shown

    for line in shown.faults(report):
        session.note(line)
    for line in shown.summary(report, dry_run=asked.dry_run, accept_good=asked.accept_good):
        session.say(line)


def _sum_up(session: Session, asked: Asked, outcomes: Sequence[Outcome], intake: _Intake, *, chosen: str) -> None:
    """What came in by town; of a folder also which towns sent nothing."""
    from anjian_cli.exchange import receipts

    found = receipts.receipts(outcomes, intake.towns, dry_run=asked.dry_run, accept_good=asked.accept_good)
    whole_county = any(path.is_dir() for path in intake.given)
    silent = receipts.silent(found, intake.towns) if whole_county else []
    within = receipts.within(outcomes, silent)
    silent = [town for town in silent if town not in within]
    if chosen == "json":
        from anjian_cli.render.data import report_json

        session.say(report_json.document(outcomes, found, silent, within, dry_run=asked.dry_run))
        return
    from anjian_cli.render.screen import receipts as shown

    units = place_names.units(town.name for town in intake.towns)
    for line in shown.table(found, silent, within, units=units, dry_run=asked.dry_run):
        session.say(line)


def _save_mapping(session: Session, layout: Layout, opened: Sequence[Opened], output: Path) -> None:
    """Write what the headings may stand for, beside what the mapping in use says. Raises `Refused` as
    `destination.write`."""
    from anjian_cli.exchange import mapping_text
    from anjian_cli.render import destination

    proposals = [proposal for one in opened for proposal in one.report.proposals]
    if not proposals:
        session.note(f"没有相近的列名，没有写{output}")
        return
    destination.write(mapping_text.written(layout, proposals).encode(), output)
    session.note(f"相近的列名已存成对照：{output}。请逐行核对、改好，再用 --对照 {output} 导入")


def take(session: Session, paths: Sequence[Path], record: str) -> None:
    """Import files whole as part of another command. Raises `Refused` with all faults of the first bad one."""
    from functools import partial

    from anjian_cli.exchange import opened_file, reader
    from anjian_cli.exchange.intake import take_file
    from anjian_cli.records import definition

    for path in reader.paths(paths):
        for opened in opened_file.open_files(path, definition.record(record)):
            report = take_file(opened, partial(session.write, "import", rows=opened.rows))
            if report.faults:
                raise Refused(report.faults)


def _expanded(paths: Sequence[Path]) -> list[Path]:
    """Wildcards that no shell has expanded (Windows) are expanded here."""
    found: list[Path] = []
    for path in paths:
        text = str(path)
        wild = any(mark in text for mark in "*?") and not path.exists()
        matches = sorted(glob.glob(text)) if wild else []  # noqa: PTH207 -- a pattern may be absolute
        found += [Path(match) for match in matches] or [path]
    return found
