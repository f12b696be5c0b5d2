"""What a line that is being typed may go on with, and the scripts by which shells ask for it."""

from __future__ import annotations

import importlib.util
import os
import pty
import select
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from anjian_cli import cli, messages
from anjian_cli.commands import completion, shell_completion, words
from anjian_cli.errors import Fault
from support.plain_environment import plain_environment

ROOT = Path(__file__).parents[2]
LINES = [
    ("隐", ["隐患"]),
    ("haz", ["hazard"]),
    ("隐患 销", ["销号"]),
    ("hazard cl", ["close"]),
    ("隐患 核", ["核销"]),
    ("帮助 隐患 销", ["销号"]),
    ("隐患 改错 芝英-12 --整改期", ["--整改期限"]),
    ("隐患 销号 芝", ["芝英-16", "芝英-15", "芝英-12"]),
    ("隐患 销号 芝英-12 芝英-1", ["芝英-16", "芝英-15"]),
    ("隐患 销号 芝英-12 --验收级", ["--验收级别"]),
    ("hazard close 芝英-12 --acc", ["--accepted-by"]),
    ("hazard list --town 芝", ["芝英"]),
    ("隐患 列表 --镇街=芝", ["--镇街=芝英"]),
    ("隐患 列表 --镇街 = 芝", ["芝英"]),
    ("隐患 新增 甲厂 --级别 ", ["一般", "重大"]),
    ("隐患 新增 甲厂 --来源 网", ["网格巡查"]),
    ("通报 1", ["1月", "10月", "11月", "12月"]),
    ("bulletin 1", ["1", "10", "11", "12"]),
    ("文书 督", ["督办"]),
    ("隐患 列表 逾", ["逾期"]),
    ("隐患 列表 逾期 芝", ["芝英"]),
    ("隐患 列表 逾期 重", ["重大"]),
    ("通报 10 --输出 通", [completion.FILES]),
    ("导入 ", [completion.FILES]),
    ("--db ", [completion.FILES]),
    ("企业 档案 永康市示例0010", ["永康市示例0010抛光厂"]),
    ("企业 档案 '永康市示例0010", ["永康市示例0010抛光厂"]),
    ("隐患 没有这个 ", []),
    ("日志 1 2", []),
]


@pytest.fixture
def offered(
    tmp_path: Path, demonstration_made: tuple[Path, list[Fault]], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], list[str]]:
    """What a line may go on with, in the demonstration; a word without what it is."""
    monkeypatch.setenv("ANJIAN_DB", str(shutil.copy(demonstration_made[0], tmp_path / "账.db")))

    def told(line: str) -> list[str]:
        *before, begun = line.split(" ")
        found = completion.offers([completion.unquoted(word) for word in before], completion.unquoted(begun))
        return [each.typed for each in found]

    return told


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_a_line_goes_on(line: str, expected: list[str], offered: Callable[[str], list[str]]) -> None:
    assert offered(line) == expected


def test_the_language_is_that_which_was_begun(offered: Callable[[str], list[str]]) -> None:
    assert not [word for word in offered("隐患 ") if word.isascii()]
    assert not [word for word in offered("hazard ") if not word.isascii()]
    assert not [word for word in offered("隐患 销号 芝英-12 --") if word.isascii()]
    assert not [word for word in offered("hazard close 芝英-12 --") if not word.isascii()]
    assert "--验收人" not in offered("隐患 销号 --accepted-by 丙 --")
    assert words.COMPLETE not in offered("")
    assert offered("检查计划 11 ") == offered("检查计划 11 --")


def test_of_too_many_names_what_they_go_on_with_is_offered(offered: Callable[[str], list[str]]) -> None:
    found = list(completion.offers(["企业", "档案"], "永"))
    assert 1 < len(found) <= completion.MOST
    assert all(each.open for each in found)
    assert len({len(each.typed) for each in found}) == 1
    assert all(offered(f"企业 档案 {each.typed}") for each in found)


def test_an_offices_own_words_are_offered(offered: Callable[[str], list[str]]) -> None:
    assert cli.main(["用语", "新增", "电镀", "--用语表", "整治类型"]) == 0
    assert offered("整治 列入 --类型 ")[-2:] == ["危化", "电镀"]


@pytest.mark.parametrize(
    "argv", [[], ["bash"], ["bash", "隐患", "销号", "="], ["bash", "--db", "没有.db", "隐患", "销号", "=芝"]]
)
def test_it_never_complains(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "别的.db").write_text("不是台账")
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "别的.db"))
    assert cli.main([words.COMPLETE, *argv]) == 0
    assert capfd.readouterr() == ("", "")
    assert [path.name for path in tmp_path.iterdir()] == ["别的.db"]


def test_it_does_not_wait_for_who_writes(offered: Callable[[str], list[str]]) -> None:
    with closing(sqlite3.connect(os.environ["ANJIAN_DB"], isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert offered("隐患 销号 芝") == []
        assert time.monotonic() - began < 5
        other.execute("ROLLBACK")
    assert offered("隐患 销号 芝") != []


def test_the_table_is_what_the_commands_take() -> None:
    spec = importlib.util.spec_from_file_location("make_completion", ROOT / "data" / "make_completion.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    kept = (Path(completion.__file__).parent / completion.TABLE).read_text(encoding="utf-8")
    assert kept == made.table(), "请运行 PYTHONPATH=src python data/make_completion.py"


# --- the scripts


@pytest.mark.parametrize("shell", shell_completion.SHELLS)
def test_a_script_is_printed_or_put_where_it_is_looked_for(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for each in shell_completion.SHELLS.values():
        monkeypatch.delenv(each.variable, raising=False)
    assert cli.main(["completion", shell]) == 0
    printed = capsys.readouterr().out
    assert f"{words.COMPLETE} {shell}" in printed
    assert list(tmp_path.iterdir()) == []
    assert cli.main(["补全", shell, "--安装"]) == 0
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    said = capsys.readouterr().out
    assert str(path) in said.splitlines()[0]
    assert path.read_text(encoding="utf-8-sig") == printed
    assert cli.main(["补全", shell, "--安装"]) == 0  # ours is replaced
    path.write_text("# 自己写的", encoding="utf-8")
    assert cli.main(["补全", shell, "--安装"]) == messages.Exit.NOT_ALLOWED
    assert "〔E130〕" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# 自己写的"


def test_an_unknown_shell_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["补全", "cmd"]) == messages.Exit.USAGE
    assert "bash、zsh、fish、powershell" in capsys.readouterr().err


def test_the_script_of_powershell_reads_utf_8_and_quotes(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    script = shell_completion.POWERSHELL
    assert "Register-ArgumentCompleter -Native -CommandName anjian" in script
    assert "[Console]::OutputEncoding = [System.Text.Encoding]::UTF8" in script
    assert """$word.Replace("'", "''")""" in script
    assert script.count("{") == script.count("}")
    assert cli.main([words.COMPLETE, "powershell", "=隐"]) == 0
    assert capfdbinary.readouterr().out.decode("utf-8").startswith("隐患\t")


SETTINGS = {
    "bash": ("--rcfile", "{home}/rc", "-i"),
    "zsh": ("-i",),
    "fish": ("-i",),
}
PRESSED = [
    ("anjian 隐患 销号 芝英-12 --验收级\t县级\r", ["隐患", "销号", "芝英-12", "--验收级别", "县级"]),
    ("anjian haz\tcl\t芝英-15 \r", ["hazard", "close", "芝英-15"]),
    ("anjian 企业 档案 永康市甲\t\r", ["企业", "档案", "永康市甲 乙(东城)厂"]),
    ("anjian 企业 档案 '永康市甲\t\r", ["企业", "档案", "永康市甲 乙(东城)厂"]),
    ("anjian 导入 十月\t\r", ["导入", "十月.xlsx"]),
]
"""What is pressed, and what the program is called with. The firm's name has a space and brackets."""


@contextmanager
def interactive(shell: str, home: Path) -> Iterator[int]:
    """A shell at a terminal of its own; gives the terminal's other end."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(home)
        arguments = [each.format(home=home) for each in SETTINGS[shell]]
        os.execvpe(shell, [shell, *arguments], dict(os.environ))
    try:
        yield terminal
    finally:
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)


def read_until(terminal: int, enough: Callable[[], bool]) -> str:
    """What the shell prints until something is so. Fails after half a minute."""
    seen = b""
    end = time.monotonic() + 30
    while not enough():
        assert time.monotonic() < end, seen.decode(errors="replace")
        if select.select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65536)
    return seen.decode(errors="replace")


@pytest.mark.unmeasured
@pytest.mark.parametrize("shell", SETTINGS)
def test_a_shell_completes(
    shell: str, tmp_path: Path, demonstration_made: tuple[Path, list[Fault]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    for name in [name for name in os.environ if name.startswith(("XDG_", "BASH_", "ZDOTDIR"))]:
        monkeypatch.delenv(name)
    for name, value in plain_environment(
        ANJIAN_DB=str(shutil.copy(demonstration_made[0], tmp_path / "账.db")),
        HOME=str(tmp_path),
        PATH=f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        LC_ALL="C.UTF-8",
        TERM="xterm",
        CALLED=str(tmp_path / "called"),
    ).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "十月.xlsx").touch()
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "anjian"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = {words.COMPLETE} ]; then exec "{sys.executable}" -m anjian_cli "$@"; fi\n'
        'printf "%s\\n" "$@" >"$CALLED.part"; mv "$CALLED.part" "$CALLED"\n'
    )
    program.chmod(0o755)
    assert (
        cli.main(["--as", "甲", "企业", "新增", "永康市甲 乙(东城)厂", "--镇街", "芝英", "--无代码原因", "在办"]) == 0
    )
    assert cli.main(["补全", shell, "--安装"]) == 0
    (tmp_path / "rc").write_text(f"source {tmp_path}/.local/share/bash-completion/completions/anjian\n")
    (tmp_path / ".zshrc").write_text("fpath=(~/.zfunc $fpath)\nautoload -Uz compinit && compinit -u\n")
    called = tmp_path / "called"
    with interactive(shell, tmp_path) as terminal:
        for pressed, expected in PRESSED:
            called.unlink(missing_ok=True)
            os.write(terminal, pressed.encode())
            seen = read_until(terminal, called.exists)
            assert called.read_text(encoding="utf-8").splitlines() == expected, seen
