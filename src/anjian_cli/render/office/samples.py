"""The page of samples: what comes out of a ledger, shown one by one, in one HTML file beside the files themselves.

Takes what is to be shown, returns text. It needs no network and no script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from markupsafe import Markup

from anjian_cli.light_typing import NamedTuple
from anjian_cli.render.office import html_template
from anjian_cli.render.office.page import FONTS
from anjian_cli.render.paper import HeadCell, Sheet, head_lines, printed


class Picture(NamedTuple):
    """A picture by where it lies beside the page, its width and height in pixels."""

    where: str
    width: int
    height: int


class Table(NamedTuple):
    """A sheet of a workbook: its name, the lines above its heads, its heads line by line, its first rows, and how many
    rows there are in all."""

    name: str
    above: Sequence[str]
    heads: Sequence[Sequence[HeadCell]]
    rows: Sequence[Sequence[str]]
    rows_in_all: int


class Sample(NamedTuple):
    """One thing that comes out: its title, who needs it, the command that makes it without the program's name, and its
    file beside the page ('' = it is read on the screen). Shown as pictures, a text, tables, or as the page that it is
    (`frame`); `more` names the sheets that are not shown."""

    title: str
    said: str
    line: str
    file: str = ""
    pictures: Sequence[Picture] = ()
    text: str = ""
    tables: Sequence[Table] = ()
    more: Sequence[str] = ()
    frame: str = ""


def table(sheet: Sheet, most: int) -> Table:
    """A sheet as it is printed, its first rows."""
    rows = [[printed(value, head) for value, head in zip(row.cells, sheet.heads, strict=True)] for row in sheet.rows]
    above = [line for line in (f"{sheet.left}　{sheet.right}".strip("　"),) if line]
    return Table(sheet.title, above, head_lines(sheet.heads), rows[:most], len(rows))


def samples_page(groups: Mapping[str, Sequence[Sample]], ledger: str, without_pictures: str) -> str:
    """The page: samples by group, of the ledger of that name. `without_pictures` says why there are none, '' where
    there are."""
    return html_template.template("samples.html.j2").render(
        groups=groups, ledger=ledger, without_pictures=without_pictures, fonts=Markup(FONTS), quote=quote
    )
