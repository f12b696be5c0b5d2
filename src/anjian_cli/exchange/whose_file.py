"""Whose file may say what: the office's own registers never come out of a town's file, and a file that is counted for
one town says nothing of another, unless the clerk says that both are meant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

from anjian_cli.bulletin.definition import towns_on
from anjian_cli.errors import Fault, Misread, Place
from anjian_cli.exchange import headings, marked_copy
from anjian_cli.exchange.cells import MOST_RETURNED
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.opened_file import Opened
from anjian_cli.exchange.prefill import Town
from anjian_cli.ledger.gate import Gate
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import values
from anjian_cli.records.definition import Record
from anjian_cli.workflow import register
from anjian_cli.workflow.kept_record import Values


def told_by_name(name: str, towns: Iterable[Town]) -> Town | None:
    """The one town that a file's name tells; None if it tells none, or several."""
    stem = PurePath(name).stem
    found = [town for town in towns if any(word and word in stem for word in (town.name, town.short))]
    return found[0] if len(found) == 1 else None


def counted_for(opened: Opened, towns: Sequence[Town], *, out_of_folder: bool) -> Town | None:
    """The town whose file this is: the one its name tells; out of a folder of what came in also the one that most of
    its rows name. None where it is the whole county's."""
    told = told_by_name(opened.content.name, towns)
    if told is not None or not out_of_folder:
        return told
    sender = marked_copy.sender(opened, towns)
    return next((town for town in towns if town.name == sender), None)


def office_only(opened: Opened, towns: Sequence[Town], *, out_of_folder: bool, named: bool = False) -> list[Fault]:
    """A fault (E343) for each sheet of the file that holds what the office itself keeps, if it is a town's file: by its
    name or, unless the record type was `named`, because all its rows are of one town; or if it lies in a folder of
    what came in."""
    forms = [form for form in opened.forms if form.record.office and _has_records(form)]
    if not forms:
        return []
    town = told_by_name(opened.content.name, towns) or (None if named else _town_of_all(forms, towns))
    if town is None and not out_of_folder:
        return []
    why = f"这是{town.name}的文件" if town else "收件的文件夹里不收"
    sheets = {(form.sheet.name, form.record.name): form for form in forms}  # a wide table has several forms
    return [
        Fault(
            "E343",
            {"kind": form.record.title, "noun": form.record.noun, "why": why},
            place=Place(form.sheet.file, form.sheet.name),
        )
        for form in sheets.values()
    ]


def refuse(opened: Opened, faults: Sequence[Fault]) -> Opened:
    """The file with nothing in it to be taken, and what is wrong with it."""
    opened.report.faults += faults
    opened.report.parts = []
    opened.report.of_office = all(form.record.office for form in opened.forms if _has_records(form))
    return replace(opened, forms=())


def codes_of(gate: Gate, town: Town) -> frozenset[str]:
    """The codes of a town and of those that went into it: their enterprises stand under the old ones."""
    _, rolled = towns_on(gate.connection, gate.today)
    return frozenset(code for code, into in rolled.items() if into == town.code) | {town.code}


def of_another_town(
    gate: Gate, finder: Finder, record: Record, told: Values, own: Collection[str]
) -> tuple[str, str] | None:
    """The field by which a row is of another town than `own` (its codes), and that town's name; None if it is not. A
    row is of the town that it names and of the one to which the record with its number belongs; where it has neither,
    of that of its enterprise."""
    by_code = {town.code: town.name for town in finder.towns()}
    number, named = told.get("number"), told.get("town")
    if number:
        town = _of_number(gate, record, str(number))
        if town in by_code and town not in own:
            return "number", by_code[town]
    if named is not None:
        try:
            meant = finder.town_or_county(str(named))
        except Misread:
            return None  # what it says is no town at all: that is told elsewhere
        return ("town", meant.name) if meant is not None and meant.code not in own else None
    town = None if number else _of_enterprise(gate, finder, record, told)
    field = "name" if record.name == "enterprise" else "enterprise"
    return (field, by_code[town]) if town in by_code and town not in own else None


def of_nobody(record: Record, told: Values) -> bool:
    """Whether a new row of what is a town's or a department's names neither. What is of an enterprise is of the town
    in which that is."""
    if record.of_enterprise:
        return False
    units = {"town", "department"}
    return units <= record.columns.keys() and not any(told.get(field) for field in (*units, "number"))


def _of_number(gate: Gate, record: Record, number: str) -> str | None:
    """The code of the town of the record with a number: its number may begin with that of a town it has left."""
    found = gate.reading(record.name, number=number).execute(
        f'SELECT * FROM "{record.name}" WHERE number = ?', (number,)
    )
    row = found.fetchone()
    if row is None:
        return None
    if record.name == "enterprise":
        return register.town_on(gate, int(row["id"]), gate.today)
    if "town_code" in row.keys():  # noqa: SIM118 -- a row of the ledger is no mapping
        return str(row["town_code"])
    return register.town_on(gate, int(row["enterprise_id"]), gate.today) if record.of_enterprise else None


def _of_enterprise(gate: Gate, finder: Finder, record: Record, told: Values) -> str | None:
    """The code of the town that the enterprise of a row is in."""
    name, code = told.get("name" if record.name == "enterprise" else "enterprise"), told.get("credit_code")
    if "enterprise" not in {record.name, *record.columns} or values.CLEAR in (name, code) or not (name or code):
        return None
    try:
        enterprise = finder.enterprise(name and str(name), code and str(code))
    except Misread:
        return None  # a new one, or one that cannot be told
    return register.town_on(gate, enterprise, gate.today)


def _has_records(form: Form) -> bool:
    below = (cells for row, cells in form.sheet.rows if row > form.heading.row)
    return any(not headings.is_note(cells) for cells in below)


def _town_of_all(forms: Sequence[Form], towns: Sequence[Town]) -> Town | None:
    """The one town that every row names; None if some name another or none, or if there is but one town."""
    known = {word: town for town in towns for word in (town.name, town.short, town.code) if word}
    if len(towns) < 2:
        return None
    found: set[Town | None] = set()
    for form in forms:
        rows = islice(form.sheet.rows, MOST_RETURNED)
        below = (cells for row, cells in rows if row > form.heading.row and not headings.is_note(cells))
        found |= {next((known[cell.strip()] for cell in cells if cell.strip() in known), None) for cells in below}
    return found.pop() if len(found) == 1 else None
