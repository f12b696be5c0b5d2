"""What the wizard makes of answers, in this process: right ones, wrong ones, files that are filled in later.

At a real terminal: test_wizard.py."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from anjian_cli import cli

Type = Callable[..., str]
MADE = ("武义县", "安监台账.db", "", "", "")
TOWNS = ("履坦镇、白溪乡", "", "y")


class Keyboard(io.BytesIO):
    def isatty(self) -> bool:
        return True


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def type_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Run the wizard in the current folder with lines typed one after another, and then the end of input; returns what
    stood on the screen."""
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": tmp_path, "XDG_CONFIG_HOME": tmp_path / "c", "XDG_DATA_HOME": tmp_path / "d"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("ANJIAN_DB", raising=False)

    def run(*answers: str, today: str = "2018-11-02", encoding: str = "utf-8", code: int = 0) -> str:
        screen = Screen()
        with monkeypatch.context() as there:
            there.setattr(sys, "stdin", io.TextIOWrapper(Keyboard("".join(f"{a}\n" for a in answers).encode(encoding))))
            there.setattr(sys, "stdout", screen)
            there.setattr(sys, "stderr", screen)
            assert cli.main(["--today", today, "向导"]) == code, screen.getvalue()
        return screen.getvalue()

    return run


def test_a_terminal_of_gbk_is_understood(type_in: Type) -> None:
    shown = type_in(*MADE, *TOWNS, encoding="gbk")
    assert "已建账" in shown
    assert "新增2" in shown
    assert shown.rstrip().endswith("已离开向导。做完的都在台账里，再运行 anjian 向导 就接着做。")


def test_the_first_two_steps_cannot_be_put_off(type_in: Type) -> None:
    assert "已离开向导" in type_in("s")
    assert "已离开向导" in type_in(*MADE, "s", "q")
    assert not Path("镇街.csv").exists()


def test_a_list_that_is_declined_or_lies_in_a_table(type_in: Type) -> None:
    Path("名单.csv").write_text("区划代码,名称\n330723108,履坦镇\n330723200,白溪乡\n", encoding="utf-8")
    shown = type_in(*MADE, "履坦镇", "", "n", "没有.xlsx", "'名单.csv'")
    assert "〔E138〕" in shown
    assert "$ anjian 镇街 导入 名单.csv" in shown
    assert "新增2" in shown
    assert not Path("镇街.csv").exists()


def test_an_example_of_a_scheme_is_adopted(type_in: Type) -> None:
    shown = type_in(*MADE, *TOWNS, "县级2026", "", today="2026-10-09")
    assert "$ anjian 办法 采用 县级2026 --自 2026-01-01" in shown
    assert "已采用" in shown
    assert "三、考核办法　已做：" in type_in(today="2026-10-09")


def test_a_scheme_of_a_file_that_is_not_there(type_in: Type) -> None:
    assert "〔E138〕" in type_in(*MADE, *TOWNS, "没有.xlsx", "s")


def test_forms_are_written_and_taken_in_when_they_are_filled(type_in: Type) -> None:
    shown = type_in(*MADE, *TOWNS, "", "", "", "s")
    assert "留着以后做的：年度任务、期初数、首批文件" in shown
    form = load_workbook("2018年任务.xlsx")
    sheet = form["年度任务"]
    sheet["B2"] = "武安委〔2018〕3号"
    sheet["E2"] = "2018-01-01"
    heads = [cell.value for cell in sheet[4]]
    for line in (5, 6):
        for indicator in ("负责人", "管理人员"):
            sheet.cell(line, heads.index(indicator) + 1, 10)
    form.save("2018年任务.xlsx")
    shown = type_in("", "", "s", "s")
    assert "年度任务4行，新增4" in shown
    assert "填好的文件〔期初数.xlsx〕" in shown.replace(f"{Path.cwd()}/", "")


def test_in_january_there_is_nothing_before(type_in: Type) -> None:
    shown = type_in(*MADE, *TOWNS, "", "1", "武安委〔2018〕1号", "履坦 负责人 3", "履坦", "", "s", today="2018-01-09")
    assert "要三样" in shown
    assert "一月建账，前面没有累计数" in shown
    assert "年度任务" not in shown.partition("留着以后做的：")[2]


def bulletin(*percent: object) -> None:
    book = Workbook()
    sheet = book.create_sheet("教育培训", 0)
    sheet.append(["安全生产教育培训情况表", "2018年1—10月"])
    sheet.append(["镇", "年度任务", "累计完成", "完成率（%）"])
    sheet.append(["", "", "负责人", "负责人"])
    sheet.append(["履坦镇", 20, 5, percent[0]])
    sheet.append(["白溪乡", 10, 4, percent[1]])
    book.save("10月通报.xlsx")


def tasks(type_in: Type) -> None:
    type_in(*MADE, *TOWNS, "", "1", "武安委〔2018〕3号", "履坦 负责人 20", "白溪 负责人 10", "", "q")


def test_a_bulletin_of_which_a_percentage_does_not_agree_may_be_left(type_in: Type) -> None:
    tasks(type_in)
    bulletin(25, 41)
    shown = type_in("10月通报.xlsx", "n", "10月通报.xlsx", "y", "n", "s", "q")
    assert shown.count("〔E644〕") == 3
    assert "取出1个累计数" in shown
    assert "新增" not in shown


def test_a_bulletin_that_agrees_is_taken_in(type_in: Type) -> None:
    tasks(type_in)
    bulletin(25, 40)
    shown = type_in("10月通报.xlsx", "", "s")
    assert "取出2个累计数（截至2018-10-31），其中2个与印的完成率相符" in shown
    assert "期初数2行，新增2" in shown
    assert "五、期初数　已做：已有期初数" in type_in("s")


def test_a_workbook_that_is_no_bulletin_is_told(type_in: Type) -> None:
    tasks(type_in)
    book = Workbook()
    book.create_sheet("一", 0).append(["2018年1—10月", "说明"])
    book.save("别的.xlsx")
    assert "〔E643〕" in type_in("别的.xlsx", "s", "s")


def test_files_are_taken_in_and_those_refused_are_asked_again(type_in: Type) -> None:
    tasks(type_in)
    head = "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n"
    Path("错.csv").write_text(f"{head}没有的镇,2018-10-09,主要负责人,安全培训,3,3\n", encoding="utf-8")
    Path("对.csv").write_text(f"{head}履坦镇,2018-10-09,主要负责人,安全培训,3,3\n", encoding="utf-8")
    shown = type_in("s", "错.csv", "对.csv")
    assert "〔E231〕" in shown
    assert "培训1行，新增1" in shown
    assert "留着以后做的：期初数" in shown
