"""The first screen: eighty columns, every console, and what is left to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anjian_cli.bulletin.locked_month import Issued
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.standing import Standing, Written, standing
from anjian_cli.bulletin.value import Bulletin, Filings
from anjian_cli.errors import Fault
from anjian_cli.ledger.open import reading
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.screen import status as shown
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.render.width import columns
from support.desk import Desk
from support.points_builder import scored, unscored

LEDGER = "安监台账.db"
OCTOBER = Period(2018, 10, "2018-10-31", True)


@pytest.fixture(scope="module")
def found(demonstration_made: tuple[Path, list[Fault]]) -> Standing:
    connection = reading(demonstration_made[0])
    made = standing(connection, "2018-11-02", OCTOBER)
    connection.close()
    return made


def lines(found: Standing, width: int | None = None) -> list[str]:
    return text(shown.screen(found, LEDGER, width)).splitlines()


def test_the_screen(found: Standing) -> None:
    said = lines(found)
    assert said[0] == "【演示数据】永康市安全生产台账  2018-11-02 周五  经办人 经办人甲"
    assert said[1] == "台账 安监台账.db  最近写入 11-02 09:00 trusteeship end"
    assert said[3:8] == [
        "[通报] 9月 已印发 永安委办〔2018〕13号  10月 核对稿 还差4步：",
        "       1 报送 14/16 未报：西溪 唐先",
        "       2 核对 镇报数与台账数不符1处",
        "       3 定稿 数字从此不再变",
        "       4 印发 登记文号和日期",
    ]
    assert "标准化创建         200   129   64.50  -18.83  西溪 唐先" in said
    assert said[-1] == "下一步：anjian 报送 新增 | anjian 通报 10 | anjian 待办 | anjian 导入 收件"
    assert len(said) <= 24


def test_what_parts_it_is_no_wider_than_the_console(found: Standing) -> None:
    assert {len(line) for line in lines(found, 60) if set(line) == {"-"}} == {60}
    assert {len(line) for line in lines(found, 200) if set(line) == {"-"}} == {80}


@pytest.mark.parametrize("width", [None, 200, 80, 60, 40])
def test_it_fits_every_console(found: Standing, width: int | None) -> None:
    for line in lines(found, width):
        line.encode("cp936")
        assert columns(line) <= 80


def test_what_is_left_before_the_bulletin_is_issued(found: Standing) -> None:
    def steps(state: str, otherwise: int = 1) -> list[str]:
        bulletin = replace(found.bulletin, state=state, document_number="永安委办〔2018〕15号")
        changed = replace(found, bulletin=bulletin, issued=Issued("2018-09", "13号"), otherwise=otherwise)
        return [line.strip() for line in lines(changed) if line.startswith(("[通报]", "       "))]

    assert steps("issued") == ["[通报] 9月 已印发 13号  10月 已印发 永安委办〔2018〕15号"]
    assert steps("closed") == ["[通报] 9月 已印发 13号  10月 定稿 还差1步：", "1 印发 登记文号和日期"]
    assert [step[:4] for step in steps("", otherwise=0)] == ["[通报]"[:4], "1 报送", "2 定稿", "3 印发"]


def test_a_report_sent_back(found: Standing) -> None:
    codes = tuple(town.code for town in found.bulletin.towns)
    filings = Filings((), (), codes[:8], codes[:1], ())
    said = lines(replace(found, bulletin=replace(found.bulletin, filings=filings)))
    assert any("1 退回 " in line and "等7个还没有补正" in line for line in said)


def test_a_ledger_with_nothing_in_it(desk: Desk) -> None:
    said = lines(standing(desk.ledger, "2018-11-02", OCTOBER))
    assert "[六项] 还没有年度任务，不评完成率：anjian 任务 导入 文件" in said
    assert "[隐患] 未销号 0条  逾期0条  7日内到期0条  挂牌在办0条" in said
    assert "[到期] 7日内 没有    明细：anjian 待办" in said
    assert not any(line.startswith("[存疑]") for line in said)
    assert said[-1].startswith("下一步：anjian 任务 导入 文件")  # nobody is told to lock a month of nothing


def test_what_is_due_today_stands_beside_what_is_overdue(desk: Desk) -> None:
    for day in ("2018-11-01", "2018-11-02", "2018-11-02"):
        desk.hazard(desk.enterprise(), deadline_on=day)
    said = lines(standing(desk.ledger, "2018-11-02", OCTOBER))
    assert "[隐患] 未销号 3条  逾期1条，今日到期2条  7日内到期2条  挂牌在办0条" in said
    assert "[到期] 7日内 没有别的    明细：anjian 待办" in said  # the hazards stand in the line above


def test_each_doubt_says_how_to_look(found: Standing) -> None:
    (said,) = (line for line in lines(replace(found, without_town=38, otherwise=0)) if line.startswith("[存疑]"))
    assert said == "[存疑] 企业无属地 38家（anjian 企业 列表 --镇街 未定）"


def test_the_year_stands_where_it_is_not_the_business_day_s(found: Standing) -> None:
    written = replace(found, written=Written("2026-11-28T11:53:00Z", "hazard close", ""))
    assert lines(written)[1] == "台账 安监台账.db  最近写入 2026-11-28 19:53 hazard close"
    january = replace(found, bulletin=replace(found.bulletin, month="2019-01"))
    assert lines(january)[3].startswith("[通报] 2018年9月 已印发 永安委办〔2018〕13号  1月 核对稿")


def test_who_leads_is_who_leads_in_the_letter(found: Standing) -> None:
    def whole(bulletin: Bulletin) -> str:
        return next(line for line in lines(replace(found, bulletin=bulletin)) if line.startswith("综合"))

    made = found.bulletin
    assert whole(made) == "综合 平均80.65分  前三位：西城 江南 舟山  落后的：花街 唐先 西溪"
    level = tuple(replace(row, rank=1) for row in made.scores)  # all sixteen at one place: nobody is first
    assert whole(replace(made, scores=level, laggards=())) == "综合 平均80.65分"
    second = replace(made, laggards=(made.scores[1].town,))  # behind all others, whatever its place
    assert whole(second) == "综合 平均80.65分  前两位：西城 舟山  落后的：江南"


def test_how_many_towns_have_no_task_is_told(found: Standing) -> None:
    def told(without: int) -> list[str]:
        rows = tuple(
            replace(row, score=None, rank=None) if at >= 16 - without else row
            for at, row in enumerate(found.bulletin.scores)
        )
        said = lines(replace(found, bulletin=replace(found.bulletin, scores=rows)))
        return re.findall(r"16个镇（街、区）中有.*?。", "".join(said))

    assert told(0) == told(16) == []
    assert told(2) == ["16个镇（街、区）中有2个没有任务，不评分、不排名次：唐先镇、西溪镇。"]
    assert told(6)[0].startswith("16个镇（街、区）中有6个没有任务，不评分、不排名次：")
    assert told(6)[0].endswith("等。")


def test_points_take_the_place_of_rates(found: Standing) -> None:
    said = lines(replace(found, bulletin=scored(), wholes=()))
    head = next(line for line in said if line.startswith("[四项]"))
    assert head.split()[2:] == ["满分", "平均得分", "得分最少的"]
    assert any(line.startswith("总分 平均") and "（暂计）" in line for line in said)
    assert not any("完成率" in line or "年度任务" in line for line in said)
    assert max(map(columns, said)) <= 80


def test_a_scheme_without_scores_has_no_places(found: Standing) -> None:
    said = lines(replace(found, bulletin=unscored(), wholes=()))
    assert any("按考核办法不计分、不排名次" in line for line in said)
    assert not any("得分" in line or "完成率" in line for line in said)
