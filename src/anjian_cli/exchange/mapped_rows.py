"""The rows of a sheet as a town's mapping means them: what its texts mean, what one column tells of two fields, and
what it has no column for, put behind its own. Reading and judging know nothing of mappings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anjian_cli.errors import Fault
from anjian_cli.exchange import headings
from anjian_cli.exchange.headings import Heading, Own
from anjian_cli.exchange.lines import Form, NoRecords


def filled_in(form: Form, own: Own) -> tuple[Form, list[Fault]]:
    """A sheet with its texts replaced by what they mean, and with columns behind its own for what they tell besides and
    for fixed values; and notes (N303) on fixed values of columns that it has: there its cells hold. Rows that are no
    records are left as they are.

    Where a text means a blank, a column that tells a second field tells it not: what is not done has no day.
    """
    sheet, record, heading = form.sheet, form.record, form.heading
    notes = [
        Fault("N303", {"text": text}, place=form.place(heading.row, name)._replace(row=None))
        for name, text in own.fixed.items()
        if name in heading.titles
    ]
    lacking = {name: text for name, text in own.fixed.items() if name not in heading.titles}
    repeated = _repeated(heading, own, lacking)
    meant = {index: own.values[name] for index, name in heading.fields.items() if name in own.values}
    if not (lacking or repeated or meant):
        return form, notes
    fixed, width = list(lacking.values()), heading.width
    # Told before the columns are added: the row must be said to be as wide as its sender sees it.
    faults, rows = list(sheet.faults), []
    no_records = NoRecords(form)
    for row, cells in sheet.rows:
        if row <= heading.row or no_records.note(row, cells) or no_records.numbered(cells):
            rows.append((row, cells))
        elif count := headings.overlong(cells, width):
            faults.append(Fault("E307", {"count": count, "columns": width}, place=form.place(row)))
        else:
            told = [*cells[:width], *[""] * (width - len(cells))]
            blank = _replaced(told, meant)
            rows.append((row, [*told, *fixed, *("" if blank else told[index] for index in repeated.values())]))
    behind = [*lacking, *repeated]
    wider = replace(
        heading,
        fields=heading.fields | {width + at: name for at, name in enumerate(behind)},
        titles=heading.titles | {name: record.columns[name].title for name in behind},
        width=width + len(behind),
        stands={width + len(lacking) + at: index for at, index in enumerate(repeated.values())},
    )
    return Form(replace(sheet, rows=rows, faults=faults), record, wider), notes


def _repeated(heading: Heading, own: Own, lacking: Mapping[str, str]) -> dict[str, int]:
    """The fields that a column of another one tells as well, with its index."""
    return {
        other: index
        for index, name in heading.fields.items()
        for other in own.also.get(name, ())
        if other not in heading.titles and other not in lacking
    }


def _replaced(told: list[str], meant: Mapping[int, Mapping[str, str]]) -> bool:
    """Put what texts mean in their place; whether one of them means a blank."""
    blank = False
    for index, texts in meant.items():
        to = texts.get(headings.key(told[index])) if told[index].strip() else None
        if to is not None:
            told[index] = to
            blank = blank or not to
    return blank
