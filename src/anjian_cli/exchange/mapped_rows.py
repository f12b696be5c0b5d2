"""The rows of a sheet as a town's mapping means them: what its texts mean, what one column tells of two fields, and
what it has no column for, put behind its own. Reading and judging know nothing of mappings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anjian_cli.errors import Fault
from anjian_cli.exchange import headings
from anjian_cli.exchange.headings import Heading, Own
from anjian_cli.exchange.lines import Form, NoRecords


def filled_in(form: Form, own: Own) -> tuple[Form, list[Fault]]:
    """A sheet with its texts replaced by what they mean, and with columns behind its own for what they tell besides and
    for fixed values; and notes on fixed values of columns that it has (N303: there its cells hold) and on rows that
    have not ended (N311). Rows that are no records are left as they are.

    Where a text says that it has not ended, a column that tells a second field tells it not, and who looked again, and
    when, is no acceptance. A day on which it was done speaks against that text: such a row is a fault (E355).
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
    outcome = _Outcome(form)
    # Told before the columns are added: the row must be said to be as wide as its sender sees it.
    faults, rows = list(sheet.faults), []
    no_records = NoRecords(form)
    for row, cells in sheet.rows:
        passed = no_records.note(row, cells) or no_records.numbered(cells) or no_records.not_filled(cells)
        if row <= heading.row or passed:
            rows.append((row, cells))
        elif count := headings.overlong(cells, width):
            faults.append(Fault("E307", {"count": count, "columns": width}, place=form.place(row)))
        else:
            told = [*cells[:width], *[""] * (width - len(cells))]
            said = outcome.text(told)
            _replace(told, meant)
            not_ended = bool(said) and not outcome.text(told)
            if not_ended and (against := outcome.against(row, told, said)):
                faults.append(against)
                continue
            if not_ended:
                notes += outcome.emptied(row, told, said)
            rows.append((row, [*told, *fixed, *("" if not_ended else told[index] for index in repeated.values())]))
    behind = [*lacking, *repeated]
    wider = replace(
        heading,
        fields=heading.fields | {width + at: name for at, name in enumerate(behind)},
        titles=heading.titles | {name: record.columns[name].title for name in behind},
        width=width + len(behind),
        stands={width + len(lacking) + at: index for at, index in enumerate(repeated.values())},
    )
    return Form(replace(sheet, rows=rows, faults=faults), record, wider), notes


class _Outcome:
    """What rows say of how it ended, and what else they tell of that."""

    def __init__(self, form: Form) -> None:
        self._form, record = form, form.record
        at = {name: index for index, name in form.heading.fields.items()}
        self._at = next((at[name] for name in record.outcome[:1] if name in at), None)
        self._beside = [at[name] for name in record.outcome[1:] if name in at]
        self._days = [at[name] for name in record.same_day if name in at and name not in record.outcome]

    def text(self, cells: Sequence[str]) -> str:
        """What the cell says of it; '' where there is none."""
        return "" if self._at is None else cells[self._at].strip()

    def against(self, row: int, cells: Sequence[str], said: str) -> Fault | None:
        """What speaks against its not having ended: a day on which it was done (E355)."""
        for index in self._days:
            if text := cells[index].strip():
                name = self._form.heading.fields[index]
                words = {"said": said, "title": self._form.heading.titles[self._form.record.outcome[0]]}
                return Fault("E355", words, text, name, self._form.place(row, name))
        return None

    def emptied(self, row: int, cells: list[str], said: str) -> list[Fault]:
        """Empty the cells that say when and by whom its end was seen, for it has not ended; and a note that says so."""
        left = [index for index in self._beside if cells[index].strip()]
        for index in left:
            cells[index] = ""
        heading, place = self._form.heading, self._form.place(row, self._form.record.outcome[0])
        titles = "、".join(heading.titles[heading.fields[index]] for index in left)
        return [Fault("N311", {"titles": titles}, said, place=place)] if left else []


def _repeated(heading: Heading, own: Own, lacking: Mapping[str, str]) -> dict[str, int]:
    """The fields that a column of another one tells as well, with its index."""
    return {
        other: index
        for index, name in heading.fields.items()
        for other in own.also.get(name, ())
        if other not in heading.titles and other not in lacking
    }


def _replace(told: list[str], meant: Mapping[int, Mapping[str, str]]) -> None:
    """Put what texts mean in their place."""
    for index, texts in meant.items():
        to = texts.get(headings.key(told[index])) if told[index].strip() else None
        if to is not None:
            told[index] = to
