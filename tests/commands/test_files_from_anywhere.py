"""Files from anywhere: whatever their names and their insides, each is read or refused, the others go on, and what is
said of the ledger is true."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.commands import session as sessions
from anjian_cli.errors import Fault, Place, refused, visible
from anjian_cli.exchange import marked_copy, opened_file
from anjian_cli.exchange.cells import OTHER_DUE
from anjian_cli.exchange.content import shown_name
from anjian_cli.ledger import open as ledger_open
from anjian_cli.render import destination
from anjian_cli.rules.file_names import file_name
from commands.conftest import Run
from exchange.books import xlsx

HEADS = "企业名称,镇（街、区）,无代码原因,生产经营地址"


def firms(*names: str) -> bytes:
    return "\n".join([HEADS, *(f"{name},芝英镇,在办,一路" for name in names), ""]).encode()


def names() -> list[str]:
    with closing(sqlite3.connect("a.db")) as ledger:
        return [name for (name,) in ledger.execute("SELECT name FROM enterprise ORDER BY id")]


def sources() -> list[str]:
    with closing(sqlite3.connect("a.db")) as ledger:
        query = "SELECT source_file FROM operation WHERE source_file LIKE '%厂%' ORDER BY id"
        return [name for (name,) in ledger.execute(query)]


# --- names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("芝英镇1.csv", "芝英镇1.csv"),
        (os.fsdecode("芝英镇1.csv".encode("gbk")), "芝英镇1.csv"),
        (os.fsdecode(b"a\xff\xff.csv"), "a??.csv"),
        ("a\x1b[31m\u202excsv.csv", "a␛[31m<U+202E>xcsv.csv"),
        ("b\nc.csv", "b␊c.csv"),
        ("b\x7f\u200b.csv", "b<U+007F><U+200B>.csv"),
    ],
)
def test_a_name_as_it_is_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown
    shown.encode()


@pytest.mark.unmeasured
@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("乙厂".encode("gbk"), "乙厂.csv"),
        ("乙厂\x1b".encode(), "乙厂␛.csv"),
        ("乙\u202e厂".encode(), "乙<U+202E>厂.csv"),
    ],
)
def test_a_folder_with_odd_names_goes_in_whole(new_county: Run, name: bytes, kept: str) -> None:
    Path("收").mkdir()
    for at, file in enumerate(["甲厂".encode(), name, "丙厂".encode()]):
        Path("收", os.fsdecode(file + b".csv")).write_bytes(firms(f"第{at}厂"))
    said = new_county("import", "收")
    assert len(names()) == 3
    assert kept in said
    assert kept in sources()
    assert "\x1b" not in said
    new_county("import", "收", "--format", "json")


def test_what_cannot_be_seen_has_a_sign_wherever_it_is_said() -> None:
    assert (
        str(Fault("E305", value="a\x1b]0;b\x07\u2066"))
        == "“a␛]0;b␇<U+2066>”——没有这个文件或文件夹。请核对路径。〔E305〕"
    )
    assert str(Place("甲.csv", title="列\u202e")) != ""
    assert visible("甲\n乙\t\r", sessions.LINES) == "甲\n乙\t\r"
    assert visible("甲㐂𠮷 （好）·\ue000") == "甲㐂𠮷 （好）·\ue000"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "CON_"),
        ("con.xlsx", "con_.xlsx"),
        ("NUL.tar.gz", "NUL_.tar.gz"),
        ("CON镇.xlsx", "CON镇.xlsx"),
        ("LPT1", "LPT1_"),
        ('<甲>:"乙"|?*镇', "_甲___乙____镇"),
        ("甲镇. ", "甲镇"),
        ("..", "_"),
    ],
)
def test_a_town_of_any_name_gets_a_file(text: str, name: str) -> None:
    assert file_name(text) == name


def test_two_names_that_become_one_are_numbered(tmp_path: Path) -> None:
    found = destination.free(tmp_path, ["甲?.xlsx", "甲*.xlsx", "甲_.XLSX", "乙.xlsx"])
    assert [path.name for path in found] == ["甲_.xlsx", "甲__2.xlsx", "甲__3.XLSX", "乙.xlsx"]


# --- insides


def test_a_pipe_is_no_file(new_county: Run) -> None:
    os.mkfifo("管.csv")
    said = new_county("import", "管.csv", code=1)
    assert "不是普通文件" in said
    Path("收").mkdir()
    os.mkfifo("收/管.csv")
    Path("收/甲厂.csv").write_bytes(firms("甲厂"))
    new_county("import", "收")
    assert names() == ["甲厂"]
    assert "E351" in new_county("import", "收/甲厂.csv", "--mapping", "管.csv", code=1)
    assert "E637" in new_county("--db", "管.csv", "check", code=6)
    assert "E637" in new_county("--db", "管.csv", "agency", "add", "甲", code=6)
    assert "它是文件夹" in new_county("--db", "收", "check", code=6)


@pytest.mark.unmeasured
@pytest.mark.parametrize("heads", ["{0}", "企业名称,镇（街、区）,无代码原因,{0}", "企业名称\n{0}"])
def test_a_hundred_thousand_columns(new_county: Run, heads: str) -> None:
    Path("收").mkdir()
    wide = heads.format(",".join(f"整改时间{at}" for at in range(100_000)))
    Path("收/甲.csv").write_text(f"{wide}\n" + "1," * 100_000, encoding="utf-8")
    Path("收/乙厂.csv").write_bytes(firms("乙厂"))
    said = new_county("import", "收", code=1)
    assert "列数100" in said
    assert names() == ["乙厂"]


@pytest.mark.unmeasured
def test_a_thousand_empty_columns_are_none(new_county: Run) -> None:
    Path("甲.csv").write_bytes(firms("甲厂").replace(b"\n", b"," * 2000 + b"\n"))
    new_county("import", "甲.csv")
    assert names() == ["甲厂"]


@pytest.mark.parametrize(
    "row", ['"甲厂,芝英镇,在办,一路', '甲"厂,芝英镇,在办,"一路', f"甲厂,芝英镇,在办,{'字' * 40000}"]
)
def test_a_large_text_is_refused_at_the_first_broken_line(new_county: Run, row: str) -> None:
    lines = firms(*(f"第{at}厂" for at in range(30_000))).decode().splitlines()
    lines[1000] = row
    Path("收").mkdir()
    Path("收/甲.csv").write_text("\n".join(lines), encoding="utf-8")
    Path("收/乙厂.csv").write_bytes(firms("乙厂"))
    said = new_county("import", "收", code=1)
    assert "第1001行" in said
    assert names() == ["乙厂"]


@pytest.mark.parametrize("where", ["_read", "_take"])
def test_a_file_at_which_the_program_fails_holds_up_no_other(
    new_county: Run, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from anjian_cli.commands import inbox

    module = {"_read": opened_file, "_take": inbox}[where]
    real: Callable[..., object] = getattr(module, where)

    def fails(*given: object, **more: object) -> object:
        if "甲.csv" in repr(given):
            raise RecursionError("zu tief")
        return real(*given, **more)

    Path("收").mkdir()
    Path("收/甲.csv").write_bytes(firms("甲厂"))
    Path("收/乙厂.csv").write_bytes(firms("乙厂"))
    monkeypatch.setattr(module, where, fails)
    said = new_county("import", "收", "--no-return", code=1)
    assert "《甲.csv》：程序读这份文件时出错" in said
    assert names() == ["乙厂"]


def test_no_copy_of_what_no_spreadsheet_holds(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_copy, "MOST_COLUMNS", 3)
    Path("甲.csv").write_bytes(firms("甲厂").replace("芝英镇".encode(), "无此镇".encode()))
    new_county("import", "甲.csv", code=1)
    assert not Path("退回").exists()


# --- what somebody wrote where nothing is read


def other_due(*told: str | None) -> bytes:
    rows: list[list[object]] = [["标题"], ["期限", "事项", "办理情况"]]
    rows += [["2018-11-10", "合同到期", one] for one in told]
    return xlsx({"企业": [HEADS.split(","), ["甲厂", "芝英镇", "在办", "一路"]], OTHER_DUE: rows})


def test_what_was_written_on_the_page_for_reading_is_refused_with_its_cell(new_county: Run) -> None:
    Path("单.xlsx").write_bytes(other_due(None, "已续签", " "))
    said = new_county("import", "单.xlsx", code=1)
    assert "《单.xlsx》“其他待办”表第4行“办理情况”（C列）：“已续签”——这一格填的不会登记" in said
    assert names() == []


def test_a_page_for_reading_that_was_left_as_it_was_is_passed_over(new_county: Run) -> None:
    Path("单.xlsx").write_bytes(other_due(None, None))
    assert "只供查看" in new_county("import", "单.xlsx")
    assert names() == ["甲厂"]


# --- what is said of the ledger


def run(*line: str, stdout: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, for what becomes of its output."""
    told = {**os.environ, "PYTHONIOENCODING": "utf-8", **env}
    command = [sys.executable, "-m", "anjian_cli", "--today", "2018-11-02", *line]
    if not stdout:
        return subprocess.run(command, env=told, capture_output=True, check=False, encoding="utf-8", errors="replace")
    with Path(stdout).open("w") as out:
        return subprocess.run(command, env=told, stdout=out, stderr=subprocess.PIPE, check=False, encoding="utf-8")


@pytest.mark.unmeasured
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is Linux's /dev/full")
@pytest.mark.parametrize("line", [("agency", "add", "机构甲"), ("import", "甲厂.csv"), ("enterprise", "add", "甲厂")])
def test_done_but_not_shown_is_told_as_done(new_county: Run, line: tuple[str, ...]) -> None:
    new_county("agency", "add", "机构乙")
    Path("甲厂.csv").write_bytes(firms("甲厂"))
    more = ("--town", "芝英", "--no-code-reason", "在办") if line[0] == "enterprise" else ()
    ended = run(*line, *more, stdout="/dev/full")
    assert ended.returncode == 0
    assert "已记入台账（操作" in ended.stderr
    assert "但结果没有写出来：磁盘已满。不要再办一遍" in ended.stderr
    assert "换个文件名" not in ended.stderr


@pytest.mark.unmeasured
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is Linux's /dev/full")
def test_what_was_only_read_is_told_as_before(new_county: Run) -> None:
    new_county("agency", "add", "机构甲")
    ended = run("enterprise", "list", stdout="/dev/full")
    assert "磁盘已满，写不进去" in ended.stderr
    assert "已记入" not in ended.stderr


def failing_at(monkeypatch: pytest.MonkeyPatch, file: str, error: BaseException) -> None:
    from anjian_cli.exchange import intake

    real = intake.take_file

    def fails(opened: opened_file.Opened, *given: object, **more: object) -> object:
        if opened.report.file == file:
            raise error
        return real(opened, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "take_file", fails)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (refused("E621"), 5, "台账正被另一程序写入"),
        (KeyboardInterrupt(), 130, "已中断"),
        (sqlite3.DatabaseError("?"), 6, "程序内部出错"),
        (OSError(28, "No space"), 0, "但结果没有写出来"),
    ],
)
def test_what_came_in_before_an_error_is_said(
    new_county: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    for name in ("甲厂", "乙厂"):
        Path(f"{name}.csv").write_bytes(firms(name))
    failing_at(monkeypatch, "乙厂.csv", error)
    told = new_county("import", "甲厂.csv", "乙厂.csv", code=code)
    assert said in told
    assert "记入台账" in told
    assert "操作" in told
    assert "台账未作改动" not in told
    assert "未作改动" not in told.replace("台账正被另一程序写入，已等待5秒，未作任何改动", "")


def test_files_that_were_left_because_nothing_can_be_written_are_told(
    new_county: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲厂", "乙厂", "丙厂"):
        Path(f"{name}.csv").write_bytes(firms(name))
    failing_at(monkeypatch, "乙厂.csv", OSError(28, "No space"))
    said = new_county("import", "甲厂.csv", "乙厂.csv", "丙厂.csv", code=6)
    assert "“乙厂.csv”——写到这份文件时写不下去：磁盘已满，后面1份没有收" in said
    assert "此前已记入台账：操作" in said


def test_before_anything_came_in_nothing_is_said_of_it(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("甲厂.csv").write_bytes(firms("甲厂"))
    failing_at(monkeypatch, "甲厂.csv", KeyboardInterrupt())
    assert "已中断，未作改动" in new_county("import", "甲厂.csv", code=130)


def test_the_ledgers_failure_is_not_laid_on_a_file(new_county: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("甲厂.csv").write_bytes(firms("甲厂"))

    def busy(_path: Path, **_: object) -> None:
        raise refused("E621")

    monkeypatch.setattr(ledger_open, "writing", busy)
    monkeypatch.setattr("anjian_cli.ledger.write.writing", busy)
    said = new_county("import", "甲厂.csv", code=5)
    assert "《甲厂.csv》" not in said
    assert not Path("退回").exists()


@pytest.mark.unmeasured
@pytest.mark.parametrize("encoding", ["gbk", "ascii", "gb2312"])
def test_characters_that_the_output_does_not_have_are_counted(new_county: Run, encoding: str) -> None:
    new_county("enterprise", "add", "𠮷祥厂", "--town", "芝英", "--no-code-reason", "在办")
    ended = run("enterprise", "list", PYTHONIOENCODING=encoding)
    assert ended.returncode == 0
    shown = ended.stderr.encode("utf-8", "replace")
    assert (b"-o" in shown) or "-o" in ended.stderr
    assert "?" in ended.stdout


def test_where_nothing_is_lost_nothing_is_said(new_county: Run) -> None:
    new_county("enterprise", "add", "甲厂", "--town", "芝英", "--no-code-reason", "在办")
    assert run("enterprise", "list").stderr == ""
    assert cli.main(["--version"]) == 0
