"""Open files to be taken in: their sheets, each recognised by its headings as a record type.

One file is one operation, whatever sheets it has; a zip is a folder of files. What is done with them: `intake`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import NamedTuple

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import (
    archive,
    confirmation_sheet,
    heading_proposal,
    headings,
    kind,
    lines,
    mapped_rows,
    merged_cells,
    reader,
    scheme_file,
    unit_above,
    wide_table,
)
from anjian_cli.exchange.cells import OTHER_DUE, OUTCOME, READ_ONLY
from anjian_cli.exchange.content import Content, Sheet, refusal, shown_name
from anjian_cli.exchange.heading_proposal import Proposal
from anjian_cli.exchange.headings import NOTHING, Own
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.mapping import Layout
from anjian_cli.exchange.plain_text import StoredRows
from anjian_cli.exchange.report import Part, Report
from anjian_cli.exchange.wide_table import Catalogue
from anjian_cli.records import definition
from anjian_cli.records.confirmation import RECORD as CONFIRMATION
from anjian_cli.records.definition import Record

NO_RECORDS = {
    *("说明", "填表说明", "填写说明", "代码表", "错误清单", OTHER_DUE, "目录", "封面"),
    confirmation_sheet.ALL,
}
"""Sheets that hold no records, whatever stands in them."""


class OfTown(NamedTuple):
    """The layout that is remembered for a town."""

    town: str
    layout: Layout


Remembered = Callable[[str], OfTown | None]
"""What is remembered for the town that a file's name tells. Raises `Refused` if it is of no use any more."""
AS_USUAL = Layout()
"""No layout of a town's own."""
MOST_COLUMNS = 1000
NO_CATALOGUE = Catalogue()
ENOUGH = 3
"""Of several sheets one that has fewer headings of a record type, and not all it needs, is something else."""


@dataclass(frozen=True)
class Opened:
    """A file that was read, with its sheets that were recognised; `report` has the faults of those that were not.
    `packed`: it lay in an archive."""

    report: Report
    content: Content
    forms: tuple[Form, ...] = ()
    packed: bool = False

    @property
    def rows(self) -> int:
        """About how many rows there are to be taken."""
        return sum(
            form.sheet.rows.about if isinstance(form.sheet.rows, StoredRows) else len(form.sheet.rows)
            for form in self.forms
        )

    @property
    def order(self) -> int:
        """The file's place among others: what is referred to comes before what refers to it."""
        return min((form.record.order for form in self.forms), default=0)


def open_files(
    path: Path,
    record: Record | None = None,
    *,
    stdin: bytes | None = None,
    layout: Layout = AS_USUAL,
    catalogue: Catalogue = NO_CATALOGUE,
    remembered: Remembered = lambda _: None,
) -> list[Opened]:
    """Read a file, or each of the files in an archive; the record types are recognised by the headings unless one is
    given. The `layout` says what headings of a town's own mean; by the `catalogue` tables with indicators across are
    known. Without a layout the one holds that is `remembered` for the town which a file's name tells.

    Nothing is raised for what is wrong with a file: its report has it.
    """
    name = shown_name(path.name) if stdin is None else "标准输入"
    try:
        content = reader.content(path, stdin=stdin)
        if not archive.is_archive(content):
            return [_open(content, record, layout, catalogue, remembered)]
        members = archive.members(content)
    except Refused as refused:
        return [_unread(name, refused)]
    opened = (
        _unread("", one) if isinstance(one, Refused) else _open(one, record, layout, catalogue, remembered)
        for one in members
    )
    return [replace(one, packed=True) for one in opened]


def _unread(name: str, refused: Refused) -> Opened:
    name = refused.faults[0].place.file or name
    return Opened(Report(name, faults=refused.faults), Content(name, b""))


def _open(
    content: Content, record: Record | None, layout: Layout, catalogue: Catalogue, remembered: Remembered
) -> Opened:
    try:
        return _read(content, record, layout, catalogue, remembered)
    except MemoryError:
        return _unread(content.name, refusal(content.name, "E636"))
    except Exception as error:  # whatever becomes of one file, it holds up no other
        return _unread(content.name, refusal(content.name, "E353", why=f"{type(error).__name__}: {error}"))


def _read(
    content: Content, record: Record | None, layout: Layout, catalogue: Catalogue, remembered: Remembered
) -> Opened:
    report = Report(content.name, content.sha256)
    try:
        sheets = reader.sheets(content)
        if scheme_file.is_scheme(sheets):
            raise refusal(content.name, "E777")
        _refuse_too_wide(sheets)
        report.hidden = [sheet.name for sheet in sheets if sheet.hidden]
        report.faults += [fault for sheet in sheets for fault in _filled_in_vain(sheet)]
        read = [sheet for sheet in sheets if sheet.rows or sheet.faults]
        own = remembered(content.name) if layout is AS_USUAL else None
        forms = _recognised(read, record, report, own.layout if own else layout, catalogue)
        if own and (not forms or any(one.record is form.record for one in own.layout.sections for form in forms)):
            report.notes.append(Fault("N308", {"town": own.town}, place=Place(content.name)))
    except Refused as refused:
        report.faults += refused.faults
        return Opened(report, content)
    report.parts = [_part(form) for form in forms]
    return Opened(report, content, tuple(forms))


def _refuse_too_wide(sheets: Sequence[Sheet]) -> None:
    """Raises `Refused` E317 for headings that no list has: each would be held against every one that is known."""
    for sheet in sheets:
        for row, cells in sheet.rows[: headings.WITHIN]:
            if width := headings.overlong(cells, MOST_COLUMNS):
                words = {"what": "列数", "size": f"{width}列", "limit": f"{MOST_COLUMNS}列"}
                raise Refused([Fault("E317", words, place=Place(sheet.file, sheet.name, row))])


def _filled_in_vain(sheet: Sheet) -> Iterator[Fault]:
    """A fault (E352) on each cell of a sheet for reading in which somebody wrote what became of it."""
    if sheet.name.strip() != OTHER_DUE:
        return
    column = None
    for row, cells in sheet.rows:
        if column is None:
            column = next((index for index, cell in enumerate(cells) if cell.strip() == OUTCOME), None)
        elif column < len(cells) and (told := cells[column].strip()):
            place = Place(sheet.file, sheet.name, row, OUTCOME, headings.letter(column))
            yield Fault("E352", value=told, place=place)


def _part(form: Form) -> Part:
    sheet = form.sheet
    return Part(
        form.record.title,
        sheet.name,
        formulas=sheet.formulas,
        unknown_results=sheet.unknown_results,
        struck=[row for row in sheet.struck if row > form.heading.row],
        concealed=_concealed(form),
        concealed_columns=[
            form.heading.titles[name] for index, name in form.heading.fields.items() if sheet.unseen.hides(index)
        ],
        merged=merged_cells.filled(form)[1],
        unknown=form.heading.unknown,
        record=form.record.name,
    )


def _concealed(form: Form) -> list[int]:
    """The rows below the headings that are hidden or filtered out."""
    hidden = form.sheet.unseen.rows
    return [row for row, _ in form.sheet.rows if row in hidden and row > form.heading.row] if hidden else []


class _Asked(NamedTuple):
    """A sheet that may hold records: the record types in question, and what a layout says of them. `laid_down`: the
    layout names the sheet. `names` are those of the sheet and its file."""

    sheet: Sheet
    kinds: Sequence[Record]
    own: Mapping[str, Own]
    laid_down: bool
    names: Sequence[str] = ()


class _Misread(NamedTuple):
    """A sheet of which the headings are wrong, and what they come near to."""

    asked: _Asked
    faults: list[Fault]
    near: Proposal | None


def _recognised(
    sheets: Sequence[Sheet], record: Record | None, report: Report, layout: Layout, catalogue: Catalogue
) -> list[Form]:
    """The sheets that hold records. What is wrong with their headings goes into the report, and what those not
    recognised may stand for; sheets that are something else are passed over. Raises `Refused` E301 if all are."""
    several = len(sheets) > 1
    if several:
        report.notes += layout.unmet(report.file, [sheet.name for sheet in sheets])
    # The name of the only sheet says nothing: often it is Sheet1.
    all_asked = [_asked(sheet, sheet.name if several else None, record, layout) for sheet in sheets]
    named = [one for one in all_asked if one.sheet.name.strip() in NO_RECORDS and not one.laid_down]
    asked = [one for one in all_asked if one not in named] or named
    if record and len(asked) > 1:
        # Of several sheets those of another type are not meant.
        asked = [one for one in asked if _is_of(one, record)] or asked
    forms: list[Form] = []
    wrong: list[_Misread] = []
    read: list[Sheet] = []
    for one in asked:
        try:
            form, notes = _form(one, record)
        except Refused as refused:
            try:
                across = _across(one, record, catalogue)
            except Refused as other:
                wrong.append(_misread(one, other))
                continue
            if across:
                forms += across
                read.append(one.sheet)
                report.notes += wide_table.notes(one.sheet, catalogue)
            else:
                wrong.append(_misread(one, refused))
            continue
        forms.append(form)
        read.append(one.sheet)
        report.notes += notes
        if any(not title.endswith(READ_ONLY) for title in form.heading.unknown) or _says_otherwise(form):
            near = heading_proposal.propose(one.sheet, [form.record], one.own)
            report.proposals += [near] if near else []
    told = wrong if len(asked) == 1 else [one for one in wrong if _meant(one.asked)]
    if not forms and not told:
        report.proposals += [one.near for one in wrong if one.near]
        likely = [proposal.record for proposal in report.proposals]
        kinds = likely or ([record] if record else definition.all_records())
        raise headings.none_found(Place(report.file), kinds)
    report.proposals += [one.near for one in told if one.near]
    report.faults += [fault for one in told for fault in one.faults]
    read += [one.asked.sheet for one in told]
    report.passed_over = [sheet.name for sheet in sheets if sheet not in read]
    return forms


def _says_otherwise(form: Form) -> bool:
    """Whether the record has a field for which lists use words of their own."""
    return any(form.record.columns[name].near_values for name in form.heading.fields.values())


def _asked(sheet: Sheet, name: str | None, record: Record | None, layout: Layout) -> _Asked:
    laid_down = layout.kinds(name)
    kinds = [record] if record else laid_down or definition.all_records()
    names = (PurePath(sheet.file).stem, sheet.name)
    return _Asked(sheet, kinds, layout.own(name), bool(laid_down), names)


def _across(one: _Asked, record: Record | None, catalogue: Catalogue) -> list[Form]:
    """The forms of a sheet that is no list and has indicators across; none of one with a column for them, or laid down
    as another. Raises `Refused`."""
    if not catalogue.entries or one.sheet.faults or one.own:
        return []
    for kind_of in map(definition.record, wide_table.QUANTITY):
        row = headings.found(one.sheet, kind_of)
        if row is not None and "indicator" in row.fields.values():
            return []
    return wide_table.forms(one.sheet, catalogue, record, one.names)


def _form(one: _Asked, record: Record | None) -> tuple[Form, list[Fault]]:
    """A sheet with its headings, and notes on it. Raises `Refused` for the headings, and E456 for a unit above them."""
    confirmed = record in (None, definition.record("filing")) and confirmation_sheet.is_one(one.sheet)
    found = CONFIRMATION if confirmed else record or kind.recognise(one.sheet, one.kinds, one.own, one.names)
    own = one.own.get(found.name, NOTHING)
    form = lines.since_1900(Form(one.sheet, found, headings.match(one.sheet, found, own=own)))
    if without_unit := list(unit_above.faults(form)):
        raise Refused(without_unit)
    return mapped_rows.filled_in(merged_cells.filled(form)[0], own)


def _misread(one: _Asked, refusal: Refused) -> _Misread:
    faults, first = refusal.faults, refusal.faults[0]
    # Of a list that is told to be of another kind than its headings, that kind's mapping is of use.
    told = first.words.get("kind" if first.code == "E308" else "other")
    other = next((record for record in one.kinds if record.title == told), None)
    near = None
    if first.code not in ("E346", "E347", "E348"):
        near = heading_proposal.propose(one.sheet, [other] if other else one.kinds, one.own)
    if near is not None and first.code == "E301":  # with the form of the record type that is nearest
        faults = headings.none_found(first.place, [near.record]).faults
    return _Misread(one, [*faults, *one.sheet.faults], near)


def _meant(one: _Asked) -> bool:
    """Whether one of several sheets, of which the headings are wrong, is one of records at all."""
    return one.laid_down or headings.most(one.sheet, one.kinds, one.own) >= ENOUGH


def _is_of(one: _Asked, record: Record) -> bool:
    if one.laid_down:
        return record.name in one.own
    try:
        return kind.recognise(one.sheet, definition.all_records(), one.own, one.names) is record
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
