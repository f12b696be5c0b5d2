"""`anjian wizard`: a newcomer at a terminal, from nothing to a bulletin; left, resumed, and the same by options."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from anjian_cli import cli
from support.plain_environment import plain_environment
from support.terminal import CTRL_C, CTRL_D, play

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

TODAY = ("--today", "2018-11-02")
TRAINING = (
    "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n"
    "壶山街道,2018-10-09,主要负责人,企业负责人安全培训,12,12\n"
    "履坦镇,2018-10-10,主要负责人,企业负责人安全培训,8,8\n"
    "白溪乡,2018-10-11,主要负责人,企业负责人安全培训,3,3\n"
)
OPENING = (
    "指标,镇（街、区）,截至日期,累计数,依据\n"
    "负责人,壶山街道,2018-09-30,20,2018年9月报表\n"
    "负责人,履坦镇,2018-09-30,5,2018年9月报表\n"
    "负责人,白溪乡,2018-09-30,4,2018年9月报表\n"
)
TASKS = (("壶山街道", "40"), ("履坦", "20"), ("白溪", "10"))
NAMED = [
    ("6位区划代码：", "武义"),
    ("〔E106〕", "武义县"),
    ("台账放在哪里", "台账/安监台账.db"),
    ("发文单位〔武义县安全生产委员会办公室〕：", ""),
    ("发文代字〔武安委办〕：", ""),
    ("经办人（可以不写）：", "经办人甲"),
]
LISTED = [
    ("名单：", "330723001 壶山街道"),
    ("壶山街道", "履坦镇"),
    ("履坦镇", "白溪乡"),
    ("白溪乡", ""),
    ("照此登记吗？", "y"),
]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of a newcomer whose folder this is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "培训.csv").write_text(TRAINING, encoding="utf-8")
    (tmp_path / "期初数.csv").write_text(OPENING, encoding="utf-8")
    told = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    for name, value in (told | {"ANJIAN_ACTOR": "经办人甲"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ANJIAN_DB", raising=False)
    return plain_environment()


def said(capsys: pytest.CaptureFixture[str], *line: str, code: int = 0) -> str:
    """What a command line says off a terminal."""
    capsys.readouterr()
    assert cli.main([*TODAY, *line]) == code
    told = capsys.readouterr()
    return told.out if code == 0 else told.err


def kept(capsys: pytest.CaptureFixture[str], *ledger: str) -> list[str]:
    """Figures, towns, settings, tasks and opening figures of a ledger."""
    return [
        said(capsys, *ledger, *line)
        for line in (
            ("bulletin", "2018-10", "--format", "csv"),
            ("town", "list", "--format", "csv"),
            ("settings", "list", "--format", "csv"),
            ("target", "list", "--format", "csv"),
            ("opening", "list", "--format", "csv"),
        )
    ]


def test_a_newcomer_comes_to_a_bulletin_left_and_resumed_and_the_same_by_options(
    office: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = play([*TODAY, "向导"], [*NAMED, *LISTED, ("用哪一个〔永康2018〕：", CTRL_C)], tmp_path, office)
    assert code == 130
    assert "再运行 anjian 向导 就接着做" in shown
    assert "可能是 330723 浙江省金华市武义县" in shown
    assert "（本地代码）" in shown
    typed = [("镇 指标 任务数：", f"{town} 负责人 {quantity}") for town, quantity in TASKS]
    code, shown = play(
        [*TODAY, "wizard"],
        [
            ("用哪一个〔永康2018〕：", ""),
            ("任务：", "1"),
            ("下达文号，如 永安委〔2018〕3号：", "武安委〔2018〕3号"),
            *typed,
            ("镇 指标 任务数：", "白溪 三级新 2"),
            ("〔E239〕", "-x 负责人 2"),
            ("〔E139〕", "白溪 10"),
            ("要三样", ""),
            ("文件：", "没有.csv"),
            ("〔E138〕", "期初数.csv"),
            ("累计到哪一天", ""),
            ("依据〔2018年10月报表〕：", ""),
            ("文件夹或文件：", "'收件'"),
        ],
        tmp_path,
        office,
    )
    assert code == 0, shown
    assert "一、建账　已做：武义县（330723）" in shown
    assert "二、镇（街、区）　已做：3个：壶山街道、履坦镇、白溪乡" in shown
    assert "6位区划代码" not in shown
    assert "$ anjian 导入 收件" in shown
    assert "六步都做好了" in shown
    ledger = tmp_path / "台账" / "安监台账.db"
    assert (ledger.parent / "镇街.csv").stat().st_mode & 0o777 == 0o600

    other = ("--db", str(tmp_path / "另一本.db"))
    towns = str(ledger.parent / "镇街.csv")
    named = ("--单位", "武义县安全生产委员会办公室", "--代字", "武安委办", "--经办人", "经办人甲")
    said(capsys, "建账", "武义县", other[1], "--镇街表", towns, *named)
    for town, quantity in TASKS:
        told = ("--年度", "2018", "--镇", town, "--任务数", quantity, "--文号", "武安委〔2018〕3号")
        said(capsys, *other, "任务", "新增", "负责人", *told)
    said(capsys, *other, "期初", "导入", "期初数.csv")
    said(capsys, *other, "导入", "收件")
    assert kept(capsys, "--db", str(ledger)) == kept(capsys, *other)
    assert "23" in said(capsys, "--db", str(ledger), "明细", "10", "全县", "负责人")

    code, shown = play([*TODAY, "--db", str(ledger), "向导"], [], tmp_path, office)
    assert code == 0
    assert shown.count("已做：") == 6


def test_last_months_bulletin_is_read_and_held_against_its_percentages(office: dict[str, str], tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("教育培训", 0)
    for row in (
        ["安全生产教育培训情况表", "2018年1—10月"],
        ["镇", "年度任务", "累计完成", "", "完成率（%）"],
        ["", "", "负责人", "管理人员", "负责人"],
        ["壶山街道", 40, 20, 3, 50],
        ["履坦镇", 20, 5, 2, 26],
        ["白溪乡", 10, 4, 1, 40],
    ):
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    book.create_sheet("说明").append(["虚构的"])
    book.save("10月通报.xlsx")
    typed = [("镇 指标 任务数：", f"{town} 负责人 {quantity}") for town, quantity in TASKS]
    code, shown = play(
        [*TODAY, "向导"],
        [
            *NAMED,
            *LISTED,
            ("用哪一个〔永康2018〕：", ""),
            ("任务：", "1"),
            ("下达文号", "武安委〔2018〕3号"),
            *typed,
            ("镇 指标 任务数：", ""),
            ("文件：", "10月通报.xlsx"),
            ("其余先收吗？", "y"),
            ("现在收下吗？", "好"),
            ("现在收下吗？", "y"),
            ("文件夹或文件：", "s"),
        ],
        tmp_path,
        office,
    )
    assert code == 0
    assert "“负责人”印的完成率是26%，按任务20算是25.00%" in shown
    assert "取出5个累计数（截至2018-10-31），其中2个与印的完成率相符，3个没有完成率可对" in shown
    assert "期初数5行，新增5" in shown
    assert "留着以后做的：首批文件" in shown


@pytest.mark.parametrize("leaving", ["q", CTRL_D])
def test_it_can_be_left_and_forms_be_filled_later(leaving: str, office: dict[str, str], tmp_path: Path) -> None:
    Path("镇街.txt").write_text("1. 壶山街道\n2. 履坦镇\n", encoding="gb18030")
    before = [*NAMED[1:], ("名单：", "镇街名单.txt"), ("〔E138〕", "镇街.txt"), ("照此登记吗？", "")]
    before[0] = ("6位区划代码：", "武义县")
    code, shown = play(
        [*TODAY, "向导"],
        [*before, ("用哪一个〔永康2018〕：", ""), ("任务：", ""), ("文件：", "s"), ("文件夹或文件：", leaving)],
        tmp_path,
        office,
    )
    assert code == 0
    assert "已离开向导" in shown
    form = tmp_path / "台账" / "2018年任务.xlsx"
    assert form.exists()
    code, shown = play([*TODAY, "向导"], [("用哪一个", ""), (f"填好的文件〔{form}〕：", leaving)], tmp_path, office)
    assert code == 0


def test_a_wrong_list_is_told_line_by_line_and_asked_again(office: dict[str, str], tmp_path: Path) -> None:
    wrong = [
        ("名单：", "履坦镇"),
        ("履坦镇", "330723 壶山街道"),
        ("壶山街道", "履坦镇"),
        ("履坦镇", ""),
        ("名单：", "330784115 芝英镇"),  # of another county
        ("芝英镇", ""),
        ("照此登记吗？", "y"),
        ("〔E270〕", "q"),
    ]
    code, shown = play([*TODAY, "向导"], [*NAMED, *wrong], tmp_path, office)
    assert code == 0
    assert "第2行：“330723 壶山街道”——330723不是9位代码" in shown
    assert "第3行：“履坦镇”——“履坦镇”前面已经有了" in shown
    assert not (tmp_path / "台账" / "镇街.csv").exists()


def test_a_new_county_and_a_ledger_that_is_not_remembered(office: dict[str, str], tmp_path: Path) -> None:
    named = [
        ("台账放在哪里", "台账/安监台账.db"),
        ("发文单位〔示例县", ""),
        ("发文代字〔示安委办〕：", ""),
        *NAMED[-1:],
    ]
    new = [("6位区划代码：", "330799 示例县"), *named, ("名单：", CTRL_D)]
    code, shown = play([*TODAY, "向导"], new, tmp_path, office)
    assert code == 0
    assert "（示例县，330799）" in shown
    ledger = tmp_path / "台账" / "安监台账.db"
    (tmp_path / "config" / "anjian" / "ledger.txt").unlink()
    again = [("6位区划代码：", "武义县"), ("台账放在哪里", "台账/安监台账.db"), ("名单：", "甲乡"), ("甲乡", "")]
    code, shown = play([*TODAY, "向导"], [*again, ("照此登记吗？", "y"), ("用哪一个", "q")], tmp_path, office)
    assert code == 0
    assert "已经有台账了，接着做它的" in shown
    assert "$ anjian --台账 台账/安监台账.db 镇街 导入 台账/镇街.csv" in shown
    code, shown = play([*TODAY, "向导", str(ledger)], [("用哪一个", CTRL_D)], tmp_path, office)
    assert code == 0
    assert "一、建账　已做：示例县（330799）" in shown
    assert "二、镇（街、区）　已做：1个：甲乡" in shown


@pytest.mark.usefixtures("office")
def test_off_a_terminal_nothing_is_asked_and_the_commands_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "向导", code=2)
    assert "〔E135〕" in told
    assert "anjian 建账 武义县" in told
    assert not Path("data").exists()
