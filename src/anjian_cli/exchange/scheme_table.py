"""A scheme's workbook: its sheets as rows by heading. What the cells mean is for `scheme_file`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from anjian_cli.errors import Fault, Place, Refused
from anjian_cli.exchange import headings, reader
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.scheme_columns import COLUMNS, OF_SCHEME, REQUIRED, Row, Told, cleaned, hold
from anjian_cli.workflow.scheme_draft import ABOUT, CATEGORIES, GROUPS, INDICATORS


def read(path: Path) -> Told:
    """The rows of a workbook; the sheet of groups may be missing. Raises `Refused` E769, and as `reader.content`."""
    sheets = {"".join(sheet.name.split()): sheet for sheet in reader.read(path) if not sheet.hidden}
    missing = [name for name in (ABOUT, CATEGORIES, INDICATORS) if name not in sheets]
    if missing:
        raise Refused([Fault("E769", {"sheet": "”“".join(missing)}, place=Place(file=path.name))])
    told_in = [sheets[name] for name in COLUMNS if name in sheets]
    faults: list[Fault] = [fault for sheet in told_in for fault in sheet.faults]
    faults += [
        Fault("E775", {"sheet": sheet.name, "count": sheet.unknown_results}, place=Place(sheet.file))
        for sheet in told_in
        if sheet.unknown_results
    ]
    notes: list[Fault] = []
    lines: dict[tuple[str, int | None, str], int] = {}
    about = _about(sheets[ABOUT], faults, lines)
    rows = {
        name: list(_rows(name, sheets[name], faults, notes)) if name in sheets else []
        for name in (CATEGORIES, GROUPS, INDICATORS)
    }
    return Told(about, rows, faults, notes, lines)


def _about(sheet: Sheet, faults: list[Fault], lines: dict[tuple[str, int | None, str], int]) -> Row:
    """Name and value a line."""
    found: dict[str, str] = {}
    for line, cells in sheet.rows:
        place = Place(sheet.file, sheet.name, line)
        name = cleaned(ABOUT, "", cells[0], place, faults).lstrip("★") if cells else ""
        if name not in OF_SCHEME:
            continue
        value = cleaned(ABOUT, name, cells[1], place, faults) if len(cells) > 1 else ""
        if name in found:
            faults.append(Fault("E754", {"title": name}, value or None, place=place._replace(title=name)))
        else:
            found[name] = value
            lines[ABOUT, None, name] = line
    hold(ABOUT, dict.fromkeys(OF_SCHEME, "") | found, Place(sheet.file, sheet.name), faults)
    return found


def _rows(name: str, sheet: Sheet, faults: list[Fault], notes: list[Fault]) -> Iterator[tuple[Row, Place]]:
    """The rows below the headings, by heading."""
    heads: dict[str, int] = {}
    above: dict[int, str] = {}
    hidden = 0
    for line, cells in sheet.rows:
        place = Place(sheet.file, sheet.name, line)
        if not heads:
            told = ["".join(cell.split()).lstrip("★") for cell in cells]
            if "编号" in told:
                heads = {title: told.index(title) for title in COLUMNS[name] if title in told}
                for title in COLUMNS[name]:
                    if title not in heads and title in REQUIRED[name]:
                        faults.append(Fault("E770", {"sheet": sheet.name, "title": title}, place=Place(sheet.file)))
                    elif told.count(title) > 1:
                        said = {"sheet": sheet.name, "title": title, "column": headings.letter(heads[title])}
                        notes.append(Fault("N404", said, place=Place(sheet.file)))
            continue
        row = {title: cleaned(name, title, cells[at], place, faults) for title, at in heads.items() if at < len(cells)}
        if not any(row.values()):
            continue
        hidden += line in sheet.unseen.rows
        if "类别" in heads:
            _fill(row, "类别", line, heads["类别"], sheet, above)
        hold(name, dict.fromkeys(heads, "") | row, place, faults)
        yield row, place
    if not heads:
        faults.append(Fault("E770", {"sheet": sheet.name, "title": "编号"}, place=Place(sheet.file)))
    if hidden:
        notes.append(Fault("N403", {"sheet": sheet.name, "count": hidden}, place=Place(sheet.file)))


def _fill(row: dict[str, str], title: str, line: int, at: int, sheet: Sheet, above: dict[int, str]) -> None:
    """A cell that is merged over several rows holds for each of them; `above` has the words of such, by first row."""
    for first, last, left, right in sheet.unseen.merged:
        if first <= line <= last and left == right == at:
            row[title] = above.setdefault(first, row.get(title, ""))
