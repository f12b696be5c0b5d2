"""A help page as text: usage, tables aligned for Chinese, examples. Knows nothing of commands or of Typer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from anjian_cli.render.width import columns, wrapped

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal."""

_NAMES_AT_MOST = 32


class Section(NamedTuple):
    """A table under a heading. A row's last cell is wrapped; the others are names."""

    title: str
    rows: Sequence[Sequence[str]]


def page(usage: Sequence[str], about: str, sections: Sequence[Section], width: int = 80) -> str:
    """The page, no line wider than `width` columns unless a name or an example is.

    `usage` are whole command lines. Paragraphs of `about` stand apart by a blank line; one that begins with
    例 is printed as it stands, after the tables.
    """
    room = min(width, WIDEST)
    paragraphs = [block.strip() for block in re.split(r"\n\s*\n", about) if block.strip()]
    lines = [f"{'用法：' if at == 0 else '　　　'}{line}" for at, line in enumerate(usage)]
    for block in paragraphs:
        if not block.startswith("例"):
            lines += ["", *wrapped(_joined(block), room)]
    for section in sections:
        if section.rows:
            lines += ["", f"{section.title}：", *_table(section.rows, room)]
    for block in paragraphs:
        if block.startswith("例"):
            lines += ["", *_example(block)]
    return "\n".join(lines)


def _joined(block: str) -> str:
    """A paragraph's lines as one: a space between them only where Latin meets Latin."""
    text = ""
    for line in (part.strip() for part in block.splitlines()):
        between = " " if text and line and text[-1].isascii() and line[0].isascii() else ""
        text += between + line
    return text


def _table(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    names = [row[:-1] for row in rows]
    widths = [max(columns(name[at]) for name in names) for at in range(len(names[0]))]
    left = min(2 + sum(widths) + 2 * len(widths), _NAMES_AT_MOST)
    lines = []
    for row in rows:
        cells = [cell + " " * (size - columns(cell)) for cell, size in zip(row[:-1], widths, strict=True)]
        head = "  " + "  ".join(cells).rstrip()
        helped = wrapped(row[-1], width - left)
        if columns(head) + 2 <= left:
            lines.append((head + " " * (left - columns(head)) + helped.pop(0)).rstrip())
        else:
            lines.append(head)
        lines += [" " * left + more for more in helped if more]
    return lines


def _example(block: str) -> list[str]:
    first, *rest = block.splitlines()
    inline = first.lstrip("例").lstrip("：:").strip()
    shown = [line for line in (inline, *(part.strip() for part in rest)) if line]
    return ["例：", *(f"  {line}" for line in shown)]
