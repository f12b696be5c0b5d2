"""The digits (核验码) that a paper of ours prints, as somebody types them or as they stand in a file: Word, workbook,
page, PDF, JSON, text. A file is looked through for them and nothing else; nothing in it is believed or worked out.

Knows no ledger: whether one ever had such a head is `ledger.witness`'s matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from anjian_cli.errors import Refused, refused
from anjian_cli.exchange import admission, archive
from anjian_cli.exchange.content import Content, refusal, shown_name
from anjian_cli.ledger.witness import FEWEST
from anjian_cli.rules import system_errors

LEDGER = b"SQLite format 3\0"
"""What a ledger's file begins with."""
NAME = "核验码"
OLD_NAME = "台账指纹"
"""What papers up to 0.3.0 called eight digits of theirs."""

BY_HAND = "anjian 核验 --比对 核验码"

MOST_TEXT = 256 * 1024 * 1024
"""Bytes of text that are looked through in one file, unpacked."""
_HASH = 64
_BETWEEN = r"[\s\u00a0\u3000]{0,2}"
_PRINTED = re.compile(rf"{NAME}[：:]?{_BETWEEN}((?:[0-9a-f]{{4}}{_BETWEEN}){{3}}[0-9a-f]{{4}})(?![0-9a-f])")
_PRINTED_BEFORE = re.compile(rf"{OLD_NAME}[：:]?{_BETWEEN}([0-9a-f]{{8}})(?![0-9a-f])")
_IN_JSON = re.compile(r'"witness":\s?"([0-9a-f]{16})"')
_IN_JSON_BEFORE = re.compile(r'"fingerprint":\s?"([0-9a-f]{8})"')
_TAG = re.compile(r"<[^<>]{0,4000}>")
_ENDS = re.compile(r"</(?:w:p|si|is)>|<(?!/?w:)[^<>]{0,4000}>")
"""Where a text ends, in parts of Word and of workbooks; Word cuts a text into runs wherever it likes."""
_DASHES = re.compile(r"[-\u2010-\u2015\u2212\u2500\ufe58\ufe63\s\u00b7.,:]")
_LOOKS_LIKE = str.maketrans({"o": "0", "l": "1", "i": "1"})
"""Letters that are no digits of ours, and what they were on the paper."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_AGE = b"age-encryption.org"


def typed(text: str) -> str | None:
    """The digits in what somebody typed: with or without the word 核验码, in either width, with blanks, hyphens and
    points between. None for what is something else, or fewer than `FEWEST`."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = plain.removeprefix(NAME).removeprefix(OLD_NAME)
    digits = _DASHES.sub("", plain).translate(_LOOKS_LIKE)
    return digits if FEWEST <= len(digits) <= _HASH and re.fullmatch("[0-9a-f]+", digits) else None


def is_ledger(path: Path) -> bool:
    """Whether a file is a ledger, or any other SQLite file. Raises `Refused` E305, E312."""
    return _beginning(path).startswith(LEDGER)


def of_file(path: Path) -> tuple[str, ...]:
    """The digits that stand in a file, each once, in their order; those of 16 where there are any, else those of 8 that
    older papers have. Raises `Refused` E305, E306, E312, E721 (there are none, or it cannot be read)."""
    name = shown_name(path.name)
    if (remedy := _unreadable(_beginning(path))) is not None:
        raise refusal(name, "E721", remedy=remedy)
    content = _content(path, name)
    found: dict[str, None] = {}
    before: dict[str, None] = {}
    for text in _texts(content):
        for shape in (_PRINTED, _IN_JSON):
            found |= dict.fromkeys(re.sub(r"\s", "", each) for each in shape.findall(text))
        for shape in (_PRINTED_BEFORE, _IN_JSON_BEFORE):
            before |= dict.fromkeys(shape.findall(text))
    if not (found or before):
        raise refusal(name, "E721", remedy=f"纸上印着的，请照着打：{BY_HAND}")
    return tuple(found or before)


def content_of(path: Path) -> Content:
    """A file as it is. Raises `Refused` E305, E306, E312."""
    return _content(path, shown_name(path.name))


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(32)
    except OSError as error:
        raise _unread(path, error) from error


def _unreadable(begins: bytes) -> str | None:
    """What to do with a file whose text nobody here can read; None for any other."""
    if begins.startswith(_PICTURES):
        return f"图片里的读不出来，请照着图上的打：{BY_HAND}"
    if begins.startswith(_AGE):
        return "是加密的备份，请先解密"
    return None


def _content(path: Path, name: str) -> Content:
    try:
        admission.refuse_size(name, path.stat().st_size)
        return Content(name, path.read_bytes(), path.suffix.lower())
    except OSError as error:
        raise _unread(path, error) from error


def _unread(path: Path, error: OSError) -> Refused:
    if isinstance(error, FileNotFoundError):
        return refused("E305", str(path))
    return refusal(shown_name(path.name), "E312", why=system_errors.reading(error))


def _texts(content: Content) -> Iterator[str]:
    """The texts of a file, tags taken out."""
    data = content.data
    if content.starts_with(b"PK\x03\x04"):
        yield from _packed(content)
    elif content.starts_with(b"%PDF"):
        yield data.decode("utf-8", "ignore")  # ours carry the line in their properties, which are not packed
    else:
        text = _decoded(data)
        yield text
        if "<" in text:
            yield unescape(_TAG.sub("\n", text))


def _packed(content: Content) -> Iterator[str]:
    """The parts of a Word document or a workbook that are text, within the limits of any archive."""
    left = MOST_TEXT
    try:
        for entry in archive.opened(content).infolist():
            if not entry.filename.lower().endswith(".xml"):
                continue
            left -= entry.file_size
            if left < 0:
                raise refusal(content.name, "E721", remedy=f"文件太大，请照着打：{BY_HAND}")
            text = b"".join(archive.inflated(content, entry)).decode("utf-8", "ignore")
            yield unescape(_TAG.sub("", _ENDS.sub("\n", text)))
    except Refused as error:
        if error.faults[0].code == "E721":
            raise
        # What the archive says of itself is said to who imports a table.
        raise refusal(content.name, "E721", remedy=f"文件打不开，请照着打：{BY_HAND}") from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "ignore")
