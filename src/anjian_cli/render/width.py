"""How many columns of a terminal a text takes, and a text broken into lines by them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NOT_FIRST = "，。；：、？！）”》〕"


_PIECE = r"[!-~]+| +|."  # compiled on use: most runs show no help


def columns(text: str) -> int:
    """Terminal columns a text takes. What is wide on some terminals only is counted as wide."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns: Latin words stay whole, no closing mark begins a line."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines or [""]


def _pieces(text: str) -> Iterator[str]:
    held = ""
    for piece in re.findall(_PIECE, text):
        if held and piece[0] not in _NOT_FIRST:
            yield held
            held = ""
        held += piece
    if held:
        yield held
