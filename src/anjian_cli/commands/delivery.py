"""How a command hands over what it has made for a person: to the terminal, to a pipe or to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli import under_way
from anjian_cli.commands import pager
from anjian_cli.commands.params import Annotated, Option
from anjian_cli.commands.session import Session
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.records.masking import Out
    from anjian_cli.render.screen.styled_lines import Line

KINDS = {
    ".csv": "CSV表格",
    ".json": "JSON数据",
    ".xlsx": "Excel工作簿",
    ".docx": "Word文档",
    ".pdf": "PDF文档",
    ".png": "图片",
    ".html": "网页",
}
"""What a file is called by its ending; any other is text."""
NAMED = 5
"""So many records are named in whose text an identity number was hidden; the rest are counted."""
WithPhones = Annotated[bool, Option("--with-phones", "--带电话", help="电话不遮盖；这次导出记入日志")]


def width(session: Session, output: Path | None) -> int | None:
    """The columns that lines are wrapped to or cut at; None off a terminal, where nothing is."""
    return session.width if session.terminal and output is None else None


def lines(session: Session, made: Callable[[int | None], Sequence[Line]], output: Path | None) -> None:
    """Show lines, which are made for a width, or write them to a file. Raises `Refused` as `destination.deliver`."""
    from anjian_cli.render.screen import styled_lines

    found = made(width(session, output))
    if output is None:
        with pager.paged(session):
            styled_lines.show(found, session.out, colour=session.colour)
    else:
        text(session, styled_lines.text(found), output)


def text(session: Session, made: str, output: Path | None, *, csv: bool = False, notes: Sequence[str] = ()) -> None:
    """Show a text, or write it to a file and say so. Of CSV, which has no place for them, `notes` are told beside it.
    Raises `Refused` as `destination.deliver`."""
    with pager.paged(session, to_file=output is not None):
        destination.deliver(made, output, session.out, csv=csv)
    _written(session, output)
    for note in notes if csv else ():
        session.note(f"注：{note}。")


def document(session: Session, made: Callable[[], bytes], output: Path | None, ending: str = "xlsx") -> None:
    """Write a document of an office program, a workbook if nothing is said, to a file and say so. Raises `Refused` as
    `destination.deliver_document`."""
    with under_way.work("写出文件" if output is None else f"写出{output.name}"):
        destination.deliver_document(made, output, ending)
    _written(session, output)


def say_hidden(session: Session, found: Sequence[tuple[str, Out]]) -> None:
    """Say in which records, by the title of their type, an identity number was hidden."""
    numbers = [f"{title}{number}" for title, out in found for number in out.hidden_in]
    if numbers:
        named = "、".join(numbers[:NAMED]) + ("等" if len(numbers) > NAMED else "")
        session.note(f"有{len(numbers)}条的文字里写着身份证号，已遮盖：{named}")


def _written(session: Session, output: Path | None) -> None:
    if output is not None:
        kind = KINDS.get(output.suffix.lower(), "文本")
        session.note(f"已写出：{output}（{kind}，{_size(output.stat().st_size)}）")


def _size(length: int) -> str:
    if length < 1024:
        return f"{length}字节"
    return f"{length / 1024:.1f}KB" if length < 1024**2 else f"{length / 1024**2:.1f}MB"
