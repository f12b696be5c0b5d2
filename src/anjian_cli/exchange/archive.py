"""Zip files, workbooks included: held to limits before anything is unpacked, and unpacked in memory alone.

A path inside an archive is only ever shown, never written to. What a header says of a size is not believed: parts are
inflated here, and one that grows beyond it is refused, so that no other reader meets it.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from anjian_cli.errors import Refused
from anjian_cli.exchange import admission
from anjian_cli.exchange.content import Content, refusal

MOST_ENTRIES = 10_000
MOST_UNPACKED = 1024 * 1024 * 1024
RATIO, RATIO_FROM = 200, 10 * 1024 * 1024
"""How many times larger than packed an entry may be, if it is larger than `RATIO_FROM`."""

CHUNK = 1024 * 1024
_ENCRYPTED, _UTF8 = 0x1, 0x800
_LOCAL_HEADER = 30
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,  # a way of packing that Python does not know
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
)
"""What the zip module raises on a damaged archive."""


def opened(content: Content) -> zipfile.ZipFile:
    """The archive, its directory read and found within the limits. Raises `Refused`: E314, E315, E317."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content.data))
        entries = archive.infolist()
    except BROKEN as error:
        raise refusal(content.name, "E315") from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal(content.name, "E314")
    if len(entries) > MOST_ENTRIES:
        raise _beyond(content, "里面的文件", f"{len(entries)}个", f"{MOST_ENTRIES}个")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise _beyond(content, "解开后", admission.megabytes(unpacked), admission.megabytes(MOST_UNPACKED))
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > RATIO * max(entry.compress_size, 1):
            times = entry.file_size // max(entry.compress_size, 1)
            raise _beyond(content, "解开后是原来的", f"{times}倍", f"{RATIO}倍")
    return archive


def inflated(content: Content, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry, unpacked piece by piece, and exactly as large as its header says. Raises `Refused` E315."""
    try:
        raw = _packed(content.data, entry)
    except struct.error as error:
        raise refusal(content.name, "E315") from error
    size = check = 0
    for piece in _pieces(content, entry, raw):
        size += len(piece)
        check = zlib.crc32(piece, check)
        if size > entry.file_size:
            break
        yield piece
    if size != entry.file_size or check != entry.CRC:
        raise refusal(content.name, "E315")


def _packed(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
    begin = entry.header_offset + _LOCAL_HEADER + name + extra
    return memoryview(data)[begin : begin + entry.compress_size]


def _pieces(content: Content, entry: zipfile.ZipInfo, raw: memoryview) -> Iterator[bytes]:
    if entry.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(raw), CHUNK):
            yield bytes(raw[at : at + CHUNK])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise refusal(content.name, "E315")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(raw), CHUNK):
            rest = bytes(raw[at : at + CHUNK])
            while rest:
                yield inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
        while piece := inflater.decompress(b"", CHUNK):
            yield piece
    except zlib.error as error:
        raise refusal(content.name, "E315") from error
    if not inflater.eof:
        raise refusal(content.name, "E315")


def members(content: Content) -> list[Content | Refused]:
    """The files in an archive, each as if it had come alone, or why it cannot be read; folders sorted.

    Passed over is what is passed over in folders. Raises `Refused` as `opened`, and E309 for an archive without files.
    """
    archive = opened(content)
    entries = sorted((_path(entry), entry) for entry in archive.infolist() if not entry.is_dir())
    meant = [(path, entry) for path, entry in entries if path.name and admission.is_meant(path)]
    if not meant:
        raise refusal(content.name, "E309")
    names = Counter(path.name for path, _ in meant)
    found: list[Content | Refused] = []
    for path, entry in meant:
        # Names of one file each are enough; where sixteen towns send a 隐患.xlsx, their folders tell them apart.
        shown = path.name if names[path.name] == 1 else "·".join(path.parts)
        name = f"{content.name}·{shown}"
        try:
            found.append(_member(archive, entry, name, path.suffix.lower()))
        except Refused as refused:
            found.append(refused)
    return found


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, suffix: str) -> Content:
    admission.refuse_kind(name, suffix)
    admission.refuse_size(name, entry.file_size)
    try:
        member = Content(name, archive.read(entry), suffix)
    except BROKEN as error:
        raise refusal(name, "E315") from error
    if is_archive(member):
        raise refusal(name, "E318")
    return member


def is_archive(content: Content) -> bool:
    """Whether it is a zip of files, and no workbook. A damaged one is what its name says."""
    if not content.starts_with(b"PK\x03\x04", b"PK\x05\x06"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            names = archive.namelist()
    except BROKEN:
        return content.suffix == ".zip"
    return not {"[Content_Types].xml", "mimetype"} & set(names) and not any(name.startswith("xl/") for name in names)


def _path(entry: zipfile.ZipInfo) -> PurePosixPath:
    """The path of an entry as it may be shown: no root, no way up, nothing invisible."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        # Chinese programs write GBK without saying so; Python takes it for the first PC's character set.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    visible = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    parts = [part for part in re.split(r"[/\\]", visible) if part not in ("", ".", "..") and not part.endswith(":")]
    return PurePosixPath(*parts)


def _beyond(content: Content, what: str, size: str, limit: str) -> Refused:
    return refusal(content.name, "E317", what=what, size=size, limit=limit)
