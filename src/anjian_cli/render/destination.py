"""Where a result goes: to the standard output, or to a new file whose name decides the format."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from anjian_cli import interruption
from anjian_cli.errors import Refused, refused, visible
from anjian_cli.exchange import owner_only
from anjian_cli.render.formats import BY_NAME
from anjian_cli.rules import system_errors
from anjian_cli.rules.file_names import file_name

BOM = "\ufeff"


def chosen(given: str | None, output: Path | None, known: Sequence[str], *, option: str = "-o") -> str:
    """The name of the format: what --format says, else the ending of the file, else the first known. `option` is the
    one by which the file was named.

    Raises `Refused` E106 for a format that is not known.
    """
    asked = given or (output.suffix.removeprefix(".") if output is not None else "")
    if not asked:
        return known[0]
    for name in known:
        if asked.lower() in (name, BY_NAME[name].ending):
            return name
    if given:
        raise refused("E106", given, name="--格式", remedy=f"可以是 {'、'.join(known)}")
    endings = "、".join(f".{BY_NAME[name].ending}" for name in known)
    raise refused("E106", str(output), name=option, remedy=f"文件名的结尾可以是 {endings}")


def deliver(text: str, output: Path | None, out: TextIO, *, csv: bool = False) -> None:
    """Write the text out. CSV files get a byte order mark and CRLF, which Excel needs; a pipe gets neither.

    Raises `Refused` as `write`.
    """
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        out.write(visible(text, "\n\r\t"))
        return
    write((BOM + _crlf(text) if csv else text).encode(), output)


def deliver_workbook(content: Callable[[], bytes], output: Path | None) -> None:
    """Write a workbook to a file. Raises `Refused` as `deliver_document`."""
    deliver_document(content, output, "xlsx")


def deliver_document(content: Callable[[], bytes], output: Path | None, ending: str) -> None:
    """Write a document of an office program to a file. Raises `Refused` as `write`, and E107 without a file: a screen
    cannot show it, and the pipes of Windows make text of it."""
    if output is None:
        reason = "没有写表格文件放到哪里" if ending == "xlsx" else "没有写文件放到哪里"
        raise refused(
            "E107", reason=reason, remedy=f"请写明文件名，如 -o {'表' if ending == 'xlsx' else '通报'}.{ending}"
        )
    refuse_existing(output)
    write(content(), output)


def refuse_existing(output: Path) -> None:
    """Raises `Refused` E109 for a file that is there: said before the work is done."""
    if os.path.lexists(output):
        raise refused("E109", str(output))


def refuse_filled(folder: Path) -> None:
    """Raises `Refused` E109 where something is there already that is no empty folder."""
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir() or any(folder.iterdir())):
        raise refused("E109", str(folder))


def write(content: bytes, output: Path) -> None:
    """Write a new file that its owner alone can read.

    A file that exists is not overwritten (E109); one that cannot be written is E601. Nothing half-written stays.
    """
    refuse_existing(output)
    try:
        owner_only.write(content, output)
    except OSError as error:
        raise unwritten(error, output) from error


def folder(path: Path) -> None:
    """Make a folder that is not there yet. Raises `Refused` E601."""
    try:
        owner_only.folder(path)
    except OSError as error:
        raise unwritten(error, path) from error


@contextmanager
def into_folder(output: Path | None, names: Iterable[str | tuple[str, ...]]) -> Iterator[list[Path]]:
    """Where files of these names (or folders and a name) are to be written, the folders made; a folder into which
    nothing could be written does not stay, nor, where it could not be written to its end, what had been: the next run
    would be refused for it. Names may come from the ledger: none leads out of the folder. Raises `Refused` as `free`,
    and E601, E631."""
    paths = free(output, names)
    with ExitStack() as folders:
        for path in dict.fromkeys(path.parent for path in paths):
            try:
                folders.enter_context(owner_only.filled(path))
            except OSError as error:
                raise unwritten(error, path) from error
        try:
            yield paths
        except BaseException:  # Ctrl-C, too
            for path in filter(interruption.is_made, paths):
                with suppress(OSError):  # it stays, and is told
                    path.unlink(missing_ok=True)
                    interruption.unmade(path)
            raise


def free(output: Path | None, names: Iterable[str | tuple[str, ...]]) -> list[Path]:
    """The same without making anything. Raises `Refused` E107 without a folder, E109 for each file that is there."""
    if output is None:
        raise refused("E107", reason="没有写放到哪个文件夹", remedy="请用 -o 写明文件夹，如 -o 下发/")
    parts = [(name,) if isinstance(name, str) else name for name in names]
    paths = _apart(output.joinpath(*map(file_name, part)) for part in parts)
    if there := [path for path in paths if path.exists()]:
        raise Refused(fault for path in there for fault in refused("E109", str(path)).faults)
    return paths


def _apart(paths: Iterable[Path]) -> list[Path]:
    """Names that became one by being made safe are numbered."""
    found: dict[str, Path] = {}
    for path in paths:
        free, number = path, 1
        while str(free).casefold() in found:
            number += 1
            free = path.with_name(f"{path.stem}_{number}{path.suffix}")
        found[str(free).casefold()] = free
    return list(found.values())


def unwritten(error: OSError, output: Path | None) -> Refused:
    """What is to be said of an output that could not be written: E631 where the disk is full, else E601."""
    value = None if output is None else str(output)
    if error.errno == errno.ENOSPC:
        return refused("E631", value)
    return refused("E601", value, why=why(error, None if output is None else output.parent))


def why(error: OSError, folder: Path | None = None) -> str:
    """What hinders writing (in a folder), in words."""
    return system_errors.writing(error, folder)


def _crlf(text: str) -> str:
    """CSV text with its rows ended by CRLF; a line break inside a quoted cell stays what it is."""
    parts = text.split('"')  # what lies between an odd and an even quotation mark is inside a cell
    parts[::2] = [part.replace("\n", "\r\n") for part in parts[::2]]
    return '"'.join(parts)
