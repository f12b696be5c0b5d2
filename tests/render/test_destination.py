from __future__ import annotations

import csv
import errno
import io
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from anjian_cli.errors import Refused
from anjian_cli.exchange import owner_only
from anjian_cli.render import destination
from anjian_cli.render.data import records
from anjian_cli.rules.file_names import file_name

KNOWN = ("table", "csv", "json")


@pytest.mark.parametrize(
    ("given", "output", "format_"),
    [
        (None, None, "table"),
        ("csv", None, "csv"),
        ("JSON", None, "json"),
        (None, "通报.csv", "csv"),
        (None, "通报.JSON", "json"),
        (None, "通报.txt", "table"),
        (None, "通报", "table"),
        ("json", "通报.txt", "json"),
    ],
)
def test_the_format(given: str | None, output: str | None, format_: str) -> None:
    assert destination.chosen(given, None if output is None else Path(output), KNOWN) == format_


@pytest.mark.parametrize(
    ("given", "output", "message"),
    [
        ("docx", None, "“--格式”不能填“docx”。可以是 table、csv、json。〔E106〕"),
        (None, "通报.docx", "“-o”不能填“通报.docx”。文件名的结尾可以是 .txt、.csv、.json。〔E106〕"),
        (None, "10.31", "“-o”不能填“10.31”。文件名的结尾可以是 .txt、.csv、.json。〔E106〕"),
    ],
)
def test_a_format_that_is_not_there(given: str | None, output: str | None, message: str) -> None:
    with pytest.raises(Refused) as refused:
        destination.chosen(given, None if output is None else Path(output), KNOWN)
    assert str(refused.value) == message


def test_a_pipe_gets_neither_mark_nor_carriage_returns() -> None:
    out = io.StringIO(newline="")
    destination.deliver("甲,乙\n1,2\n", None, out, csv=True)
    destination.deliver("尾", None, out)
    assert out.getvalue() == "甲,乙\n1,2\n尾\n"


def test_a_csv_file_is_what_excel_wants(tmp_path: Path) -> None:
    rows = [['引"号\n', "两\n行"], ['"', '""\n""']]
    file = tmp_path / "台账.csv"
    destination.deliver(records.delimited(["甲", "乙"], rows), file, io.StringIO(), csv=True)
    content = file.read_bytes().decode("utf-8")
    assert content.startswith("\ufeff甲,乙\r\n")
    assert content.count("\r\n") == 3
    assert list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))) == [["甲", "乙"], *rows]


def test_another_file_is_plain_utf8_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "通报.txt"
    destination.deliver("甲\n乙", file, io.StringIO())
    assert file.read_bytes() == "甲\n乙\n".encode()
    assert rights(file) == 0o600


def test_folders_that_are_made_are_for_their_owner_only(tmp_path: Path) -> None:
    own = tmp_path / "共享"
    own.mkdir(0o755)
    before = rights(own)
    with destination.into_folder(own / "下发" / "10月", ["芝英镇.xlsx"]):
        assert rights(own) == before
        assert [rights(own / "下发"), rights(own / "下发" / "10月")] == [0o700, 0o700]


def test_of_what_was_not_written_to_its_end_nothing_stays(tmp_path: Path) -> None:
    own = tmp_path / "共享"
    own.mkdir()
    names: list[str | tuple[str, ...]] = ["通报.docx", ("各镇", "芝英镇.xlsx")]
    with pytest.raises(OSError, match="full"), destination.into_folder(own / "下发" / "10月", names):
        raise OSError(errno.ENOSPC, "full")
    assert not list(own.iterdir())
    with pytest.raises(OSError, match="full"), destination.into_folder(own / "下发" / "10月", names) as paths:
        _one_and_no_more(paths)
    assert not list(own.iterdir())
    (own / "下发").mkdir()
    (own / "下发" / "别人的.docx").write_bytes(b"x")
    with pytest.raises(OSError, match="full"), destination.into_folder(own / "下发", names) as paths:
        _one_and_no_more(paths)
    assert [path.name for path in own.rglob("*")] == ["下发", "别人的.docx"]


def _one_and_no_more(paths: list[Path]) -> None:
    destination.write(b"x", paths[0])
    raise OSError(errno.ENOSPC, "full")


def test_of_folders_of_which_one_cannot_be_made_none_stays(tmp_path: Path) -> None:
    names: list[str | tuple[str, ...]] = ["甲.xlsx", ("各镇", "乙.xlsx"), ("长" * 200, "丙.xlsx")]
    with pytest.raises(Refused, match="文件名太长"), destination.into_folder(tmp_path / "下发", names):
        pass
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_left_stands_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".通报.txt.{os.getpid()}.partial").write_text("半", encoding="utf-8")
    destination.deliver("甲", tmp_path / "通报.txt", io.StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["通报.txt"]


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    there = tmp_path / "通报.txt"
    if kind == "file":
        there.write_text("改过的", encoding="utf-8")
    elif kind == "folder":
        there.mkdir()
    else:
        there.symlink_to(tmp_path / "不在")
    with pytest.raises(Refused) as refused:
        destination.deliver("新的", there, io.StringIO())
    assert [fault.code for fault in refused.value.faults] == ["E109"]
    assert [path.name for path in tmp_path.iterdir()] == ["通报.txt"]
    assert kind != "file" or there.read_text(encoding="utf-8") == "改过的"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        destination.deliver("新的", tmp_path / "没有" / "通报.txt", io.StringIO())
    assert f"文件写不进去：没有“{tmp_path / '没有'}”这个文件夹" in str(refused.value)


def test_a_name_that_is_too_long_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="文件名太长"):
        destination.deliver("新的", tmp_path / ("长" * 200), io.StringIO())
    assert not list(tmp_path.iterdir())


def test_nothing_half_written_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            super().write(bytes(data)[:3])
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(owner_only, "create", lambda path: Full(path, "xb"))
    with pytest.raises(Refused, match="磁盘已满"):
        destination.deliver("新的通报", tmp_path / "通报.txt", io.StringIO())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("芝英镇.xlsx", "芝英镇.xlsx"),
        ("../../etc/甲.xlsx", "__.._etc_甲.xlsx"),
        ("C:\\甲\n*?.xlsx", "C__甲___.xlsx"),
        ("..", "_"),
        ("甲. ", "甲"),
        ("", "_"),
    ],
)
def test_a_name_from_the_ledger_is_one_name(text: str, name: str) -> None:
    assert file_name(text) == name


def test_no_file_leaves_its_folder(tmp_path: Path) -> None:
    output = tmp_path / "下发"
    with destination.into_folder(output, ["../甲.xlsx", ("各镇", "/乙.xlsx")]) as paths:
        assert [str(path.relative_to(output)) for path in paths] == ["__甲.xlsx", str(Path("各镇", "_乙.xlsx"))]
        assert all(path.parent.is_dir() for path in paths)
        paths[1].touch()
    with pytest.raises(Refused, match="E109"), destination.into_folder(output, ["甲.xlsx", ("各镇", "/乙.xlsx")]):
        pass
