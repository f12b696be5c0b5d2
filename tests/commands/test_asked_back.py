"""A refused line at a terminal: what it likely means is asked, and done after a y, by its number, or once what it lacks
was typed. Enter alone, and whoever is at no terminal, gets the refusal."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from anjian_cli.errors import Fault
from support.plain_environment import plain_environment
from support.terminal import CTRL_C, CTRL_D, play

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

Asked = Callable[..., tuple[int, str]]
AGREE, FILL_IN, CHOOSE = "照这一行办吗？（y/n）", "补上就办；不办，直接回车：", "办哪一行？写号；都不办，直接回车："
LEFT_OVER = "移交 隐患 330784115-2018-0012 给示例消防大队 11月2日 防火分隔归消防管"
LACKING = "隐患 新增 示例0006喷塑厂 配电箱没有门"
TWO = "隐患 新增 示例 配电箱没有盖"
DEADLINE = "整改期限（如 2018-10-31）："


@pytest.fixture
def desk(demonstration_made: tuple[Path, list[Fault]], tmp_path: Path) -> Asked:
    """Plays a line at a terminal, on a demonstration of its own, with what is typed at its questions."""
    ledger = shutil.copy(demonstration_made[0], tmp_path / "演示.db")
    environment = {**plain_environment(), "HOME": str(tmp_path), "ANJIAN_DB": str(ledger), "ANJIAN_PAGER": ""}

    def run(line: str, *answers: tuple[str, str], **more: str) -> tuple[int, str]:
        return play(["--today", "2018-11-02", *line.split(" ")], answers, tmp_path, environment | more)

    return run


@pytest.fixture
def operations(tmp_path: Path) -> Callable[[], int]:
    """How many operations the ledger has."""

    def count() -> int:
        with closing(sqlite3.connect(tmp_path / "演示.db")) as ledger:
            return int(ledger.execute("SELECT count(*) FROM operation").fetchone()[0])

    return count


def test_a_line_without_its_last_word_is_done_after_a_yes(desk: Asked, operations: Callable[[], int]) -> None:
    before = operations()
    code, shown = desk(LEFT_OVER, (AGREE, "y"))
    assert code == 0
    assert shown.index("没有地方放“防火分隔归消防管”") < shown.index(AGREE) < shown.index("已移交")
    assert operations() == before + 1


@pytest.mark.parametrize("answer", ["", "n", "随便", CTRL_D])
def test_anything_but_yes_leaves_it_refused(desk: Asked, operations: Callable[[], int], answer: str) -> None:
    before = operations()
    code, shown = desk(LEFT_OVER, (AGREE, answer))
    assert code == 2
    assert shown.count("〔E140〕") == 1
    assert operations() == before


def test_a_question_can_be_broken_off(desk: Asked, operations: Callable[[], int]) -> None:
    before = operations()
    code, shown = desk(LEFT_OVER, (AGREE, CTRL_C))
    assert code == 130
    assert "〔E902〕" in shown
    assert operations() == before


def test_what_is_lacking_is_asked_until_it_can_be_read(desk: Asked, operations: Callable[[], int]) -> None:
    before = operations()
    code, shown = desk(LACKING, (DEADLINE, "没有这天"), (DEADLINE, "11-20"))
    assert code == 0
    assert shown.count(FILL_IN) == 2
    assert "〔E212〕" in shown
    assert "整改期限2018-11-20" in shown
    assert operations() == before + 1


def test_nothing_typed_for_what_is_lacking_leaves_it_refused(desk: Asked, operations: Callable[[], int]) -> None:
    before = operations()
    code, shown = desk(LACKING, (DEADLINE, ""))
    assert code == 2
    assert shown.count("〔E132〕") == 1
    assert operations() == before


def test_a_plain_line_is_asked_for_all_that_it_lacks_and_keeps_what_it_told(desk: Asked) -> None:
    told = (
        ("（如 2018-10-09）：", "11-1"),
        ("网格员）：", "安全管理人员"),
        ("员工安全培训）：", "11月班"),
        ("（如 60）：", "20"),
    )
    code, shown = desk("培训 新增 --镇 芝英 --合格人次 18", *told)
    assert code == 0
    assert "已登记：芝英-16（330784115-2018-0016）11月班，芝英镇，安全管理人员，培训日期2018-11-01" in shown
    assert "18" in desk("培训 查看 330784115-2018-0016")[1]


def test_a_change_is_asked_for_the_value_that_cannot_be_read(desk: Asked) -> None:
    code, shown = desk("企业 修改 示例0006喷塑厂 --经营状态 歇着 --变更日期 10-20", ("关闭、搬迁", "停产"))
    assert code == 0
    assert "经营状态：在营 → 停产" in shown


def test_a_value_that_begins_with_a_dash_is_a_value(desk: Asked) -> None:
    code, shown = desk("隐患 新增 示例0006喷塑厂 --期限 11-20", ("（如 喷漆房无防爆灯）：", "--2号线没有护栏"))
    assert code == 0
    assert "--2号线没有护栏" in shown


def test_of_several_lines_one_is_chosen_by_its_number(desk: Asked) -> None:
    firm = ("企业名称（如 永康市示例五金厂）：", "示例0006喷塑厂")
    code, shown = desk(TWO, (CHOOSE, "2"), (DEADLINE, "11-20"), firm)
    assert code == 0
    assert "  2　anjian 隐患 新增 --隐患部位与描述 配电箱没有盖 --备注 示例 --整改期限 … --企业名称 …" in shown
    assert "，配电箱没有盖，" in shown.rpartition("已登记")[2]
    assert desk(TWO, (CHOOSE, "3"))[0] == 2
    assert desk(TWO, (CHOOSE, ""))[0] == 2


def test_a_slip_of_the_pen_and_a_list_are_asked(desk: Asked) -> None:
    code, shown = desk("隐换 逾期 芝英", (AGREE, "y"))
    assert (code, "您要用的是“隐患”吗" in shown, "330784115-2018-0012" in shown) == (0, True, True)
    code, shown = desk("服务 示例丙 10月份 去了哪里", (AGREE, "y"))
    assert (code, "要列出，请写 anjian 服务 列表 示例丙 10月份。" in shown, "示例丙安全" in shown) == (0, True, True)


def test_a_new_record_of_which_much_has_no_place_is_asked_with_that_as_its_remark(
    desk: Asked, operations: Callable[[], int]
) -> None:
    before = operations()
    line = "检查 新增 0673电动工具厂 10月30日 部门检查 示例消防大队 消火栓没水 1条 老板不在场"
    code, shown = desk(line, ("有无隐患（有、无）：", "有"))
    assert code == 0
    assert "要办的可能是：\n  anjian 检查 新增 0673电动工具厂 --检查日期 10月30日 --检查方式 部门检查" in shown
    assert '--备注 "消火栓没水；1条；老板不在场" --有无隐患 …' in shown
    assert operations() == before + 1


def test_a_new_record_that_nobody_calls_new_is_asked(desk: Asked) -> None:
    code, shown = desk("智慧用电 江南街道0109铝制品厂 10月24日装好了 9个点 企业自己出6500元", (AGREE, "y"))
    assert code == 0
    assert "智慧用电 新增 0109铝制品厂 --镇 江南 --安装日期 10月24日" in shown


@pytest.mark.parametrize(
    "line",
    [
        "执法 列一下0322五金厂那个案子 11月2日移送几人",  # asks
        "行动 阶段 百日攻坚 11月1日转入集中推进",  # tells too little
        "石柱-2 老李说 10月30日 换了 防爆灯",  # of a record that is there
    ],
)
def test_what_may_ask_or_tells_too_little_is_no_likely_line(desk: Asked, line: str) -> None:
    code, shown = desk(line)
    assert (code, "要办的可能是" in shown) == (2, False)


def test_a_step_is_asked_for_its_record_and_for_its_own_options(desk: Asked) -> None:
    code, shown = desk("隐患 延期", ("或全号）：", "芝英-15"), ("期限（延至哪一天）：", "11-20"))
    assert code == 0
    assert "已延期至2018-11-20：芝英-15" in shown
    code, shown = desk("明细", ("格码（", "10-芝英-涉氨"))
    assert (code, "芝英镇" in shown) == (0, True)


def test_a_list_is_asked_without_the_word_that_it_does_not_understand(desk: Asked) -> None:
    code, shown = desk("隐患 列表 芝英 逾期 老王的", (AGREE, "y"))
    assert code == 0
    assert shown.index("〔E145〕") < shown.index("  anjian 隐患 列表 芝英 逾期\n") < shown.index("330784115-2018-0012")


def test_no_list_is_asked_that_would_be_of_the_opposite(desk: Asked) -> None:
    code, shown = desk("隐患 列表 芝英 没人管的")
    assert (code, "〔E145〕" in shown, AGREE in shown) == (2, True, False)


@pytest.mark.parametrize(
    "line", ["10月份 检查企业 最少的 哪个镇", "石柱网格员甲 10月31日 不干了 换成 李小明 11月1日 到岗"]
)
def test_a_word_that_says_more_than_a_command_is_no_slip_of_it(desk: Asked, line: str) -> None:
    code, shown = desk(line)
    assert (code, "〔E101〕" in shown, AGREE in shown) == (2, True, False)


def test_nobody_is_asked_where_that_is_not_wanted(desk: Asked) -> None:
    code, shown = desk(LEFT_OVER, ANJIAN_NO_QUESTIONS="1")
    assert (code, AGREE in shown) == (2, False)


@pytest.mark.usefixtures("desk")
def test_nobody_is_asked_off_a_terminal(tmp_path: Path) -> None:
    environment = {**plain_environment(), "HOME": str(tmp_path), "ANJIAN_DB": str(tmp_path / "演示.db")}
    for line in (LEFT_OVER, LACKING, TWO):
        done = subprocess.run(
            [sys.executable, "-m", "anjian_cli", "--today", "2018-11-02", *line.split(" ")],
            env=environment, input="y\n1\n11-20\n", capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "")
