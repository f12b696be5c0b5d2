"""Open files to be taken in: their sheets, each recognised by its headings as a record type.

One file is one operation, whatever sheets it has; a zip is a folder of files. What is done with them: `taking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import archive, headings, reader
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.reader import Content, Sheet
from anjian_cli.exchange.report import Part, Report
from anjian_cli.records import definition
from anjian_cli.records.definition import Record

NO_RECORDS = {"说明", "填表说明", "填写说明", "代码表", "错误清单", "目录", "封面"}
"""Sheets that hold no records, whatever stands in them."""
ENOUGH = 3
"""Of several sheets one that has fewer headings of a record type, and not all it needs, is something else."""


@dataclass(frozen=True)
class Opened:
    """A file that was read, with its sheets that were recognised; `report` has the faults of those that were not."""

    report: Report
    content: Content
    forms: tuple[Form, ...] = ()

    @property
    def order(self) -> int:
        """Its place among other files: what is referred to comes before what refers to it."""
        return min((form.record.order for form in self.forms), default=0)


def open_files(path: Path, record: Record | None = None, *, stdin: bytes | None = None) -> list[Opened]:
    """Read a file, or each of the files in an archive; the record types are recognised by the headings unless one is
    given.

    Nothing is raised for what is wrong with a file: its report has it.
    """
    name = path.name if stdin is None else "标准输入"
    try:
        content = reader.content(path, stdin=stdin)
        if not archive.is_archive(content):
            return [_open(content, record)]
        members = archive.members(content)
    except Refused as refusal:
        return [_unread(name, refusal)]
    return [_unread("", member) if isinstance(member, Refused) else _open(member, record) for member in members]


def _unread(name: str, refusal: Refused) -> Opened:
    name = refusal.faults[0].place.file or name
    return Opened(Report(name, faults=refusal.faults), Content(name, b""))


def _open(content: Content, record: Record | None) -> Opened:
    report = Report(content.name, content.sha256)
    try:
        sheets = reader.sheets(content)
        report.hidden = [sheet.name for sheet in sheets if sheet.hidden]
        forms = _recognised([sheet for sheet in sheets if sheet.rows or sheet.faults], record, report)
    except Refused as refusal:
        report.faults = list(refusal.faults)
        return Opened(report, content)
    report.parts = [_part(form) for form in forms]
    return Opened(report, content, tuple(forms))


def _part(form: Form) -> Part:
    sheet = form.sheet
    return Part(
        form.record.title,
        sheet.name,
        formulas=sheet.formulas,
        unknown_results=sheet.unknown_results,
        unknown=form.heading.unknown,
    )


def _recognised(sheets: Sequence[Sheet], record: Record | None, report: Report) -> list[Form]:
    """The sheets that hold records. What is wrong with their headings goes into the report; sheets that are something
    else are passed over. Raises `Refused` E301 if all are."""
    named = [sheet for sheet in sheets if sheet.name.strip() in NO_RECORDS]
    asked = [sheet for sheet in sheets if sheet not in named] or named
    if record and len(asked) > 1:
        # Of several sheets those of another type are not meant.
        asked = [sheet for sheet in asked if _is_of(sheet, record)] or asked
    forms: list[Form] = []
    wrong: list[tuple[Sheet, list[Fault]]] = []
    for sheet in asked:
        try:
            found = record or headings.recognise(sheet, definition.all_records())
            forms.append(Form(sheet, found, headings.match(sheet, found)))
        except Refused as refusal:
            wrong.append((sheet, [*refusal.faults, *sheet.faults]))
    told = [sheet for sheet, _ in wrong]
    kinds = [record] if record else definition.all_records()
    if len(asked) > 1:
        told = [sheet for sheet in told if headings.most(sheet, kinds) >= ENOUGH]
    if not forms and not told:
        raise headings.none_found(Place(report.file), kinds)
    report.faults += [fault for sheet, faults in wrong if sheet in told for fault in faults]
    read = [form.sheet for form in forms] + told
    report.passed_over = [sheet.name for sheet in sheets if sheet not in read]
    return forms


def _is_of(sheet: Sheet, record: Record) -> bool:
    try:
        return headings.recognise(sheet, definition.all_records()) is record
    except Refused:
        return False


def mark_repeated(opened: Iterable[Opened]) -> None:
    """Of files with the same content all but the first are not to be taken; their reports say so."""
    first: dict[str, str] = {}
    for one in opened:
        report = one.report
        if report.sha256 and first.setdefault(report.sha256, report.file) != report.file:
            report.same_as = first[report.sha256]
            report.parts, report.faults = [], []
