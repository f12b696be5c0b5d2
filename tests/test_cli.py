"""The frame of the program, with stand-ins for the commands behind it."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import IO

import pytest

from anjian_cli import cli
from anjian_cli.commands import lazy, words
from anjian_cli.commands.params import Annotated, Argument, Context, Option, Signed
from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault, Refused

Run = Callable[..., tuple[int, str, str]]


def close(
    ctx: Context,
    number: Annotated[str, Argument(metavar="编号", help="隐患的编号")],
    rectified: Annotated[str | None, Option("--rectified", help="整改完成的日期")] = None,
    level: Annotated[str | None, Option("--level", help="由哪一级验收")] = None,
    count: Annotated[int, Option("--count", min=1, max=9, help="件数")] = 1,
    on: Annotated[str | None, Option("--on", "--验收日期", help="验收的日期")] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="只检查，不写入")] = False,
    output: Annotated[str | None, Option("-o", "--output", metavar="文件", help="写到文件")] = None,
) -> int | None:
    """验收合格，予以销号。

    例：
    anjian 隐患 销号 芝英-12 --完成 10-28 --验收人 张三
    """
    session: Session = ctx.obj
    values = [number, rectified, level, count, on, dry_run, output]
    session.say("|".join(str(value) for value in (*values, session.db, session.today, session.actor)))
    return 1 if number == "退回1" else None


@pytest.fixture
def hazard(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """A stand-in for commands/hazard.py; what is called with an error makes `hazard reopen` raise it."""
    module = ModuleType("hazard")
    app = lazy.noun_app("hazard")
    app.command("close")(close)
    raising: list[BaseException] = []

    @app.command("reopen", about="退回", example="anjian 隐患 退回 芝英-12")
    def reopen(ctx: Context) -> None:  # noqa: ARG001 -- every command takes it
        raise raising[0]

    module.__dict__["app"] = app
    monkeypatch.setitem(sys.modules, "anjian_cli.commands.hazard", module)
    return raising.append


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    for name in ("ANJIAN_DB", "ANJIAN_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANJIAN_ACTOR", "李四")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")

    def call(*argv: str) -> tuple[int, str, str]:
        code = cli.main(argv)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


# --- words and global options


@pytest.mark.usefixtures("hazard")
@pytest.mark.parametrize(
    "line",
    [
        "hazard close 芝英-12 --rectified 10-28",
        "隐患 销号 芝英-12 --完成 10-28",
        "隐患 close 芝英-12 --完成=10-28",
        "Hazard 核销 芝英-12 —完成 10-28",
        "ｈａｚａｒｄ ｃｌｏｓｅ 芝英-１２ －－ｒｅｃｔｉｆｉｅｄ＝１０-２８",
    ],
)
def test_english_and_chinese_may_be_mixed(run: Run, line: str) -> None:
    code, out, err = run("--today", "2018-11-02", *line.split(" "))
    assert (code, err) == (0, "")
    assert out == "芝英-12|10-28|None|1|None|False|None|None|2018-11-02|李四\n"


@pytest.mark.usefixtures("hazard")
@pytest.mark.parametrize("at", range(4))
def test_global_options_may_stand_anywhere(run: Run, at: int) -> None:
    line = ["隐患", "销号", "芝英-12"]
    line[at:at] = ["--台账", "甲.db", "--as=王五", "—today", "2018-11-02"]
    assert run(*line)[:2] == (0, "芝英-12|None|None|1|None|False|None|甲.db|2018-11-02|王五\n")


def test_behind_two_dashes_everything_is_a_value() -> None:
    line = cli.take_globals(["a", "--db", "x", "--", "--as", "b", "-h"])
    assert line == (["a", "--", "--as", "b", "-h"], {"--db": "x"})


@pytest.mark.usefixtures("hazard")
def test_a_chinese_word_of_the_command_s_own_comes_before_the_table(run: Run) -> None:
    assert "|11-02|" in run("隐患", "销号", "芝英-12", "--验收日期", "11-02")[1]
    assert "|11-02|" in run("隐患", "销号", "芝英-12", "--日期", "11-02")[1]  # and the table's holds as well


@pytest.mark.usefixtures("hazard")
def test_words_of_one_verb(run: Run) -> None:
    assert "|县级|" in run("隐患", "销号", "芝英-12", "--验收级别", "县级")[1]
    assert "E102" in run("隐患", "销号", "芝英-12", "--挂牌级别", "县级")[2]


def test_a_day_that_cannot_be_read(run: Run) -> None:
    code, _, err = run("--今天", "2018-13-01", "通报")
    assert code == 1
    assert err.startswith("“--今天”：“2018-13-01”——没有这一天：")


def test_generic_verbs_come_from_the_register(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def command(noun: str, verb: str) -> lazy.Command:
        asked.append((noun, verb))
        return lazy.Command(Signed(lambda _: None, ()), words.GENERIC[verb].help)

    module = ModuleType("register")
    module.__dict__["command"] = command
    monkeypatch.setitem(sys.modules, "anjian_cli.commands.register", module)
    assert run("企业", "模板")[0] == 0
    assert asked == [("enterprise", "template")]
    assert "生成填报用的空表" in run("企业", "空表", "-h")[1]


@pytest.mark.usefixtures("hazard")
def test_a_command_may_return_an_exit_code(run: Run) -> None:
    assert run("隐患", "销号", "退回1")[0] == 1


# --- usage errors

SEE = "用法见 anjian 隐患 销号 -h"
MONTH = "anjian 月份 -h。〔E101〕"


@pytest.mark.usefixtures("hazard")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hazrd close", "没有“hazrd”这个命令。您要用的是“隐患”吗？全部命令见 anjian -h。〔E101〕"),
        ("隐换 列表", "没有“隐换”这个命令。您要用的是“隐患”吗？全部命令见 anjian -h。〔E101〕"),
        ("月份 定搞", "没有“定搞”这个命令。您要用的是“定稿”吗？全部命令见 " + MONTH),
        ("销号 1", "没有“销号”这个命令。请写明是哪一类，如 anjian 隐患 销号。全部命令见 anjian -h。〔E101〕"),
        ("xyzzy", "没有“xyzzy”这个命令。全部命令见 anjian -h。〔E101〕"),
        ("隐患 销号 1 --cuont", "没有“--cuont”这个选项。您要用的是“--count”吗？" + SEE + "。〔E102〕"),
        ("隐患 销号 1 -z", "没有“-z”这个选项。用法见 anjian 隐患 销号 -h。〔E102〕"),
        ("--month 10 通报", "没有“--month”这个选项。选项请写在命令后面。〔E102〕"),
        ("隐患 销号", "缺少“编号”。用法见 anjian 隐患 销号 -h。〔E103〕"),
        ("隐患 销号 1 --完成", "选项“--完成”后面要跟一个值。用法见 anjian 隐患 销号 -h。〔E104〕"),
        ("隐患 销号 1 --完成 --count 2", "选项“--完成”后面要跟一个值。用法见 anjian 隐患 销号 -h。〔E104〕"),
        ("导出 --all -o", "选项“--all”后面要跟一个值。用法见 anjian 导出 -h。〔E104〕"),
        ("隐患 销号 1 --db", "选项“--db”后面要跟一个值。用法见 anjian -h。〔E104〕"),
        ("隐患 销号 1 2 3", "多出了“2 3”。用法见 anjian 隐患 销号 -h。〔E105〕"),
        ("隐患 销号 1 --count 十", "“--count”不能填“十”。请填整数，1至9。〔E106〕"),
        ("隐患 销号 1 --count=10", "“--count”不能填“10”。请填整数，1至9。〔E106〕"),
        ("隐患 销号 1 --试运行=是", "“--试运行”不能填“是”。这个选项后面不跟值。〔E106〕"),
    ],
)  # fmt: skip
def test_a_usage_error_is_one_line_in_chinese(run: Run, line: str, said: str) -> None:
    assert run(*line.split(" ")) == (2, "", f"{said}\n")


def test_a_noun_alone_shows_its_help_as_an_error(run: Run) -> None:
    code, out, err = run("隐患")
    assert (code, out) == (2, "")
    assert err == run("隐患", "-h")[1]


# --- what goes wrong in a command


def _sqlite_error(code: int, kind: type[sqlite3.Error] = sqlite3.OperationalError) -> sqlite3.Error:
    error = kind("in English")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (_sqlite_error(sqlite3.SQLITE_BUSY), 5, "〔E621〕"),
        (_sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), 5, "〔E621〕"),
        (_sqlite_error(sqlite3.SQLITE_LOCKED), 5, "〔E621〕"),
        (_sqlite_error(sqlite3.SQLITE_NOTADB, sqlite3.DatabaseError), 6, "甲.db 不是安监台账"),
        (_sqlite_error(sqlite3.SQLITE_CORRUPT, sqlite3.DatabaseError), 6, "甲.db 读不出来：内容已损坏"),
        (_sqlite_error(sqlite3.SQLITE_CANTOPEN), 6, "甲.db 打不开"),
        (_sqlite_error(sqlite3.SQLITE_READONLY), 6, "它或它所在的文件夹是只读的"),
        (_sqlite_error(sqlite3.SQLITE_FULL), 6, "“甲.db”——磁盘已满，写不进去。请腾出地方后再试"),
        (_sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), 6, "读写时磁盘出错"),
        (_sqlite_error(sqlite3.SQLITE_CONSTRAINT, sqlite3.IntegrityError), 6, "IntegrityError: in English"),
        (OSError(errno.ENOSPC, "x"), 6, "磁盘已满，写不进去。请腾出地方"),
        (
            PermissionError(errno.EACCES, "x", "/那里/通报.docx"),
            6,
            "“/那里/通报.docx”——文件写不进去：没有写入的权限",
        ),
        (OSError(errno.EXDEV, "x"), 6, f"文件写不进去：系统报错 {errno.EXDEV}"),
        (
            OverflowError("Python int too large to convert to SQLite INTEGER"),
            1,
            "数字太大。请核对是不是多打了几位，或把元当成了万元。〔E247〕",
        ),
        (KeyError("月"), 6, "程序内部出错：KeyError: '月'"),
        (KeyboardInterrupt(), 130, "已中断，未作改动"),
        (Refused([Fault("E612"), Fault("E202")]), 6, "〔E612〕\n没有填"),
        (Refused([Fault("E202"), Fault("E612")]), 1, "〔E202〕\n还没有"),
    ],
)
def test_every_error_is_a_line_and_an_exit_code(
    run: Run, hazard: Callable[[BaseException], None], error: BaseException, code: int, said: str
) -> None:
    hazard(error)
    got, out, err = run("隐患", "退回", "--db", "甲.db")
    assert (got, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_a_traceback_only_when_asked_for(
    run: Run, hazard: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    hazard(KeyError("月"))
    monkeypatch.setenv("ANJIAN_TRACEBACK", "1")
    assert "Traceback" in run("隐患", "退回")[2]


def _process(*argv: str, out: int | IO[bytes] = subprocess.PIPE, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "anjian_cli", *argv],
        stdout=out,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "", **environment},
    )


INTERRUPTED = """
import sys
class Pressed:
    def find_spec(self, name, *more):
        if name == "anjian_cli.commands":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
from anjian_cli.__main__ import main
sys.exit(main())
"""


def test_ctrl_c_while_the_program_is_loaded_is_a_line() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        130,
        "",
        f"{Fault('E902', {'state': '未作改动'})}\n",
    )


@pytest.mark.parametrize("argv", [["-h"], ["--version"]])
def test_a_closed_pipe_ends_quietly(argv: list[str]) -> None:
    process = _process(*argv)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process, process.stderr:
        assert process.stderr.read() == b""
    assert process.returncode == cli.PIPE_CLOSED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        process = _process("-h", out=full)
        err = process.communicate()[1].decode()
    assert process.returncode == 6
    assert err.startswith("磁盘已满，写不进去")
    assert len(err.splitlines()) == 1


def test_output_never_fails_for_its_encoding() -> None:
    process = _process("隐患", "\U0001f4a5", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    _, err = process.communicate()
    assert process.returncode == 2
    assert err.decode("gbk").startswith("没有“?”这个命令")


def test_garbage_is_let_be_where_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen = []
    monkeypatch.setattr("gc.freeze", lambda: frozen.append(True))
    assert cli.main(["--version"]) == 0
    assert not frozen
    monkeypatch.setattr(sys, "argv", ["anjian", "--version"])
    assert cli.main() == 0
    assert frozen == [True]


# --- help


def test_bare_anjian_and_help_are_the_same_page(run: Run) -> None:
    code, page, _ = run()
    assert code == 0
    assert page == run("-h")[1] == run("--帮助")[1] == run("—help")[1]
    for name in (*words.COMMANDS, *words.NOUNS):
        assert f"\n  {name} " in page


HELP = """\
用法：anjian hazard close 编号 [选项]
　　　anjian 隐患 销号 编号 [选项]

验收合格，予以销号。

参数：
  编号  隐患的编号（必填）

选项：
  --rectified, --完成, --完成日期, --整改日期 值
                                整改完成的日期
  --level, --验收级别 值        由哪一级验收
  --count 整数                  件数（不填即1）
  --on, --验收日期, --日期, --销号日期 值
                                验收的日期
  --dry-run, --试运行           只检查，不写入
  -o, --output, --输出 文件     写到文件
"""


@pytest.mark.usefixtures("hazard")
def test_help_of_a_command(run: Run) -> None:
    code, page, err = run("hazard", "close", "-h")
    assert (code, err) == (0, "")
    assert page.startswith(HELP)
    assert page.endswith("\n例：\n  anjian 隐患 销号 芝英-12 --完成 10-28 --验收人 张三\n")
    assert page == run("-h", "隐患", "销号", "芝英-12", "--完成")[1]
    assert "\n例：\n  anjian 隐患 退回 芝英-12\n" in run("隐患", "退回", "-h")[1]


@pytest.mark.usefixtures("hazard")
@pytest.mark.parametrize("line", ["-h", "hazard -h", "hazard close -h", "month -h", "town -h"])
def test_help_holds_no_english_sentence_and_fits(run: Run, line: str) -> None:
    from anjian_cli.render.width import columns

    page = run(*line.split(" "))[1]
    for word in ("Usage", "Options", "Arguments", "Commands", "Show this", "default", "required", "COMMAND"):
        assert word not in page
    assert max(columns(row) for row in page.splitlines()) <= 80


def test_help_of_a_noun_imports_no_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("hazard", "register"):
        monkeypatch.setitem(sys.modules, f"anjian_cli.commands.{name}", None)  # importing it would raise
    code, page, _ = run("隐患", "-h")
    assert code == 0
    for verb in words.NOUNS["hazard"].verbs:
        assert f"  {verb} " in page


def test_help_of_an_unknown_command(run: Run) -> None:
    assert run("隐换", "-h")[0] == 2
