"""What kind of list a sheet is.

Judged by how well all its headings fit, by its titles (the rows above the headings, the names of sheet and file), and
where these leave two, by its cells.

A wrong kind would write into the wrong records without a word, so what is doubtful is never taken: a person names the
kind, or a mapping does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from anjian_cli.errors import Fault, Misread, Place, Refused
from anjian_cli.exchange import heading_proposal, headings
from anjian_cli.exchange.cells import READ_ONLY, restored
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.headings import NOTHING, Found, Own
from anjian_cli.records.definition import Record
from anjian_cli.records.fields import OWNER

SAMPLED = 5
"""Rows below the headings whose cells are looked at."""
UNTOLD = {"E311", "E340", "E341", "E342", "E343", "E346", "E348"}
"""Refusals of a sheet because nobody can say what kind of list it is, or because it is none that a town may send."""


class _Weighed(NamedTuple):
    """How well the headings of a sheet fit a record type: fields that are known, and those that a heading resembles."""

    record: Record
    known: int
    near: int
    complete: bool = False
    """Whether no required field is among those that neither is known nor may be meant."""

    @property
    def fit(self) -> int:
        return self.known + self.near


def recognise(
    sheet: Sheet, records: Sequence[Record], own: Mapping[str, Own] | None = None, names: Iterable[str] = ()
) -> Record:
    """The record type a sheet holds: the one with the most headings recognised; of several, the one with all required
    headings there, then the one with a layout of its `own` (by name of the record type), then the one that the titles
    and the cells speak for. `names` are those of the sheet and its file.

    Raises `Refused`: E301 if none is recognised; E311 if several are as likely; where headings or titles speak for
    another kind E340, E341, E342; and what `headings.match` refuses.
    """
    own = own or {}
    likely = [record for record in headings.likely(sheet, records, own) if not _foreign(sheet, record, own)]
    place = Place(file=sheet.file, sheet=sheet.name)
    if not likely:
        raise headings.none_found(place, records)
    titles = _titles(sheet, likely[0], own, names)
    if len(likely) > 1:
        likely = _told_apart(sheet, likely, own, titles)
    if len(likely) > 1:
        words = {"kinds": "、".join(record.title for record in likely), "noun": likely[0].noun}
        raise Refused([Fault("E311", words, place=place)])
    found = likely[0]
    if found.name in own:
        headings.match(sheet, found, own=own[found.name])
        return found
    try:
        headings.match(sheet, found)
    except Refused:
        _refuse_better(sheet, found, records)
        raise
    _refuse_doubtful(sheet, found, records, titles)
    return found


# --- headings


def _refuse_doubtful(sheet: Sheet, found: Record, records: Sequence[Record], titles: str) -> None:
    """Raises `Refused` E340 (the headings speak for another kind as well), E341 (the titles do), E342 (too little is
    there to say that it is a list of enterprises)."""
    others = [record for record in records if record is not found]
    place = Place(file=sheet.file, sheet=sheet.name)
    row = headings.found(sheet, found)
    assert row is not None
    against = _against(row, found, others)
    own = found.name != "enterprise" or _own_heading(row, found, others, against)
    rival = _rival(sheet, found, others, against, thin=not own)
    words = {"kind": found.title, "noun": found.noun}
    if rival is not None:
        raise _like(found, rival, against, place._replace(row=row.line))
    spoken = [record for record in records if any(word in titles for word in record.called)]
    if spoken and found not in spoken and not any(word in titles for word in found.hinted):
        words |= {"other": "、".join(record.title for record in spoken), "other_noun": spoken[0].noun}
        raise Refused([Fault("E341", words, place=place)])
    if not own:
        raise Refused([Fault("E342", words, place=place._replace(row=row.line))])


def _refuse_better(sheet: Sheet, found: Record, records: Sequence[Record]) -> None:
    """Raises `Refused` E340 where a list that lacks columns of the kind found is more like one of another kind."""
    row = headings.found(sheet, found)
    others = [record for record in records if record is not found]
    against = _against(row, found, others) if row else []
    if row is not None and (rival := _rival(sheet, found, others, against, better=True)) is not None:
        raise _like(found, rival, against, Place(sheet.file, sheet.name, row.line))


def _like(found: Record, rival: Record, against: Sequence[str], place: Place) -> Refused:
    named = "、".join(f"“{heading}”" for heading in against)
    words = {"kind": found.title, "noun": found.noun, "headings": named, "other": rival.title}
    return Refused([Fault("E340", words, place=place)])


def _against(row: Found, found: Record, others: Sequence[Record]) -> list[str]:
    """The headings that the record does not know, and another knows or resembles. What nobody knows says nothing."""
    unknown = [cell.strip() for index, cell in enumerate(row.cells) if index not in row.fields and headings.key(cell)]
    return [
        heading
        for heading in unknown
        if not heading.endswith(READ_ONLY)
        and not _speaks_for(heading, found)
        and any(_speaks_for(heading, other) for other in others)
    ]


def _speaks_for(heading: str, record: Record) -> bool:
    # Rows of every list are numbered, in one way or another.
    if headings.is_serial(heading):
        return False
    return headings.field_of(heading, record) not in (None, "number") or bool(
        heading_proposal.resembled(heading, record)
    )


def _rival(
    sheet: Sheet,
    found: Record,
    others: Sequence[Record],
    against: Sequence[str],
    *,
    thin: bool = False,
    better: bool = False,
) -> Record | None:
    """The record type that fits best of those that fit as well as the one found, if anything counts against that one.

    One that lacks a required column, or any where the one found lacks some (`better`), has to fit better. Where there
    is but `thin` evidence (names of enterprises alone), it is no proof that nothing is lacking.
    """
    if not against:
        return None
    fit = _weighed(sheet, found).fit
    weighed = [_weighed(sheet, other) for other in others]
    rivals = [
        one for one in weighed if one.fit >= (fit - len(against) if not better and (thin or one.complete) else fit + 1)
    ]
    best = max(rivals, key=lambda one: (one.fit, one.near), default=None)
    return best.record if best else None


def _weighed(sheet: Sheet, record: Record) -> _Weighed:
    """The row of a sheet that fits a record type best."""
    best = _Weighed(record, 0, 0)
    for row in headings.rows(sheet, record):
        known = set(row.fields.values())
        near = {
            name
            for index, cell in enumerate(row.cells)
            if index not in row.fields and headings.key(cell) and not headings.is_serial(cell)
            for name in heading_proposal.resembled(cell.strip(), record) - known
        }
        # Two fields that one heading resembles are met by it once.
        met = min(len(near), sum(1 for index in range(len(row.cells)) if index not in row.fields))
        whole = headings.required(record) <= known | near
        best = max(best, _Weighed(record, len(known), met, whole), key=lambda one: (one.fit, one.known))
    return best


def _own_heading(row: Found, found: Record, others: Sequence[Record], against: Sequence[str]) -> bool:
    """Whether a list of enterprises has, beside the name, a heading that only enterprises have; or with their codes,
    or with the ledger's own numbers, nothing that speaks against it."""
    if not against and {"credit_code", "number"} & set(row.fields.values()):
        return True
    return any(
        name != found.subject
        and name not in OWNER
        and not any(_speaks_for(row.cells[index].strip(), other) for other in others)
        for index, name in row.fields.items()
    )


# --- titles and cells


def _titles(sheet: Sheet, record: Record, own: Mapping[str, Own], names: Iterable[str]) -> str:
    """What stands above the headings, and the names: one text to look for words in."""
    row = headings.found(sheet, record, own.get(record.name, NOTHING))
    above = (cell for line, cells in islice(sheet.rows, headings.WITHIN) if row and line < row.line for cell in cells)
    return "\n".join([*names, *above])


def _told_apart(sheet: Sheet, likely: Sequence[Record], own: Mapping[str, Own], titles: str) -> list[Record]:
    """Of record types that fit equally those that the titles name and the cells can be read as. Where titles and cells
    speak for different ones, all."""
    named = [record for record in likely if any(word in titles for word in (*record.called, *record.hinted))]
    read = [record for record in likely if _reads(sheet, record, own)]
    agreed = [record for record in named or likely if record in read]
    return agreed if len(agreed) == 1 else list(likely)


def _foreign(sheet: Sheet, record: Record, own: Mapping[str, Own]) -> bool:
    """Whether a sheet has only the English names of fields, as any program's table may (Name, Value), and no row that
    could be such a record."""
    row = headings.found(sheet, record, own.get(record.name, NOTHING))
    if row is None:
        return False
    if any(headings.key(row.cells[index]) != headings.key(name) for index, name in row.fields.items()):
        return False
    return _samples(sheet, row.line) != [] and not _reads(sheet, record, own)


def _samples(sheet: Sheet, line: int) -> list[Sequence[str]]:
    rows = (cells for at, cells in sheet.rows if at > line and not headings.is_note(cells))
    return list(islice(rows, SAMPLED))


def _reads(sheet: Sheet, record: Record, own: Mapping[str, Own]) -> bool:
    """Whether the first rows have what a record must have, in cells that can be read."""
    row = headings.found(sheet, record, own.get(record.name, NOTHING))
    if row is None:
        return False
    samples = _samples(sheet, row.line)
    return bool(samples) and all(_is_record(cells, row, record) for cells in samples)


def _is_record(cells: Sequence[str], row: Found, record: Record) -> bool:
    for index, name in row.fields.items():
        column = record.columns[name]
        if not column.required:
            continue
        try:
            column.read(restored(cells[index]) if index < len(cells) else "")
        except Misread:
            return False
    return True
