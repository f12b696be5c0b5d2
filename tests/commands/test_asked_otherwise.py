"""Questions whose answer stands in another command than the one they are typed at, and what a list comes to in all.
Each is typed on the demonstration, whose day is 2 November 2018."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., str]
TODAY = "2018-11-02"


def rows(run: Run, line: str) -> list[dict[str, Any]]:
    """A list's records; what is said of it stands behind them."""
    found: list[dict[str, Any]] = json.JSONDecoder().raw_decode(run(*line.split(" "), "--格式", "json"))[0]
    return found


READ = [
    ("象珠镇 10月 排第几 哪一项最差", "明细 10月 象珠 排名"),
    ("芝英 第几名", "明细 2018-10 芝英 排名"),
    ("唐先镇 9月 得了多少分", "明细 9月 唐先 排名"),
    ("10月 谁排第一", "通报 10月 --简"),
    ("托管 完成率 10月 最后三名", "通报 10月 --简"),
    ("培训 完成率 哪几个镇最低", "通报 2018-10 --简"),
    ("社会化服务 完成率 后三名", "通报 2018-10 --简"),
    ("托管 完成率 芝英", "明细 2018-10 芝英 安全生产社会化服务"),
    ("整改率 最后三名", "隐患 统计 2018-10"),
    ("隐患 今年 整改率", "隐患 统计 2018-11"),
    ("芝英 整改率", "隐患 统计 2018-10 --镇街 芝英"),
    ("报送 江南街道 10月 交了没有", "报送 列表 江南 2018-10"),
    ("报送 10月 唐先镇 报上去没有", "文书 催报 --镇街 唐先"),
    ("谁还没报 10月", "文书 催报"),
    ("月份 10月 定稿了没有", "月份 列表"),
    ("示例0472 是不是 涉粉", "企业 列表 示例0472 涉粉 是不是"),
    ("抄告函 芝英-12", "文书 抄告 芝英-12"),
    ("督办通知书 芝英", "文书 督办 --镇街 芝英"),
    ("约谈通知书 芝英 10月", "文书 约谈 --镇街 芝英 --月份 10月"),
    ("服务 本季度还没上门的 示例甲", "托管 列表 本季度还没上门的 示例甲"),
    ("隐患 移交 未答复 几条", "隐患 列表 移交 未答复 几条"),
]


@pytest.mark.parametrize(("line", "plainly"), READ, ids=[line for line, _ in READ])
def test_a_question_is_answered_by_the_command_that_has_it(office: Run, line: str, plainly: str) -> None:
    assert f"读作：anjian {plainly}\n" in office(*line.split(" "))


REFUSED = [
    ("执法 完成率", "E101"),  # no category with tasks
    ("托管 最后三名 示例甲", "E101"),  # agencies have no places
    ("检查 最后三名", "E101"),
    ("托管 没上门的", "E101"),  # since when?
    ("服务 没上门的", "E101"),
    ("托管 下月没上门的", "E101"),  # which has not been
    ("隐患 移交 芝英-12 几条", "E103"),  # a record's step
    ("隐患 验收 0472喷塑厂 几条", "E105"),  # a step's word is no text
    ("待办 上周", "E106"),
    ("待办 芝英 示例甲", "镇街、部门、机构只写一个"),
    ("待办 某公司 7", "E106"),
    ("待办 芝英 --机构 示例甲", "E105"),
    ("待办 7 本周", "E105"),
    ("隐患 整改通知书 芝英-12 打印 -o 通知书.docx", "E146"),
    ("打印 责令限期整改指令书 芝英-12", "E146"),
    ("检查 新增 0472喷塑厂 今天 网格巡查 下达整改通知书", "E132"),  # a record that tells of a paper
    ("培训 10月 各镇 培训了多少人", "E133"),  # counts by town have no sums
]


@pytest.mark.parametrize(("line", "code"), REFUSED, ids=[line for line, _ in REFUSED])
def test_a_neighbour_of_these_stays_refused(office: Run, line: str, code: str) -> None:
    before = office("日志", "--条数", "1")
    assert code in office(*line.split(" "), code=2)
    assert office("日志", "--条数", "1") == before
    assert not Path("通知书.docx").exists()


def test_what_an_answer_does_not_cut_is_said(office: Run) -> None:
    told = "没有只排一类、只列几名的"
    assert told in office("托管", "完成率", "最后三名")
    assert told not in office("10月", "最后三名")  # of all together the table is what was asked
    assert "没有比率，也不排名" in office("隐患", "整改率", "各镇")


def test_the_to_do_takes_whose_and_until_when_in_any_order(office: Run) -> None:
    for line, plainly in (
        ("西城街道 这个星期", "2 --镇街 西城"),
        ("下周 芝英", "9 --镇街 芝英"),
        ("月底前 芝英", "28 --镇街 芝英"),
        ("示例消防大队 10天内", "10 --部门 示例消防大队"),
        ("3天", "3"),
        ("两周 示例甲", "14 --机构 示例甲"),
        ("示例甲 明天", "1 --机构 示例甲"),
        ("今天", "0"),
        ("月底前到期的 示例消防大队", "28 --部门 示例消防大队"),
        ("明年3月底前", "149"),
    ):
        assert office("待办", *line.split(" ")) == office("待办", *plainly.split(" ")), line


def test_certificates_without_a_later_re_review(office: Run) -> None:
    every = rows(office, "标准化 列表 全部")
    due = [
        row
        for row in every
        if row["announced_on"] and not row["revoked_on"] and "2018-11-02" <= row["last_valid_on"] <= "2018-12-31"
    ]

    def without(stage: str) -> list[str]:
        return [
            row["number"]
            for row in due
            if not any(
                later["enterprise"] == row["enterprise"]
                and later["begun_on"] > row["announced_on"]
                and later[stage]
                and not later["abandoned_on"]
                for later in every
            )
        ]

    for asked, stage in (
        ("没启动复评的", "begun_on"),
        ("还没申请复评的", "applied_on"),
        ("未复评", "announced_on"),
    ):
        found = [row["number"] for row in rows(office, f"标准化 列表 年底前到期 {asked}")]
        assert found == without(stage), asked
    assert len(without("begun_on")) < len(without("applied_on")) < len(without("announced_on"))
    assert rows(office, "标准化 列表 逾期") == [
        row for row in rows(office, "标准化 列表 未复评") if row["last_valid_on"] < TODAY
    ]
    # where no period is told, those that may be reviewed again by now
    assert all(row["last_valid_on"] < "2019-11-02" for row in rows(office, "标准化 列表 未启动复评"))
    late = rows(office, "标准化 列表 2020年以后到期 未启动复评")
    assert late
    assert all(row["last_valid_on"] >= "2020-01-01" for row in late)
    # one that was given up is none
    last = rows(office, "标准化 列表 年底前到期 未复评")
    under_way = next(
        row
        for row in every
        if row["enterprise"] in {one["enterprise"] for one in last}
        and row["kind"] == "复评"
        and not row["announced_on"]
    )
    asked = f"标准化 列表 未启动复评 {under_way['enterprise']}"
    assert rows(office, asked) == []
    office("标准化", "修改", under_way["number"], "--中止日期", "2018-11-02")
    assert len(rows(office, asked)) == 1


def test_contracts_without_a_visit_in_a_period(office: Run) -> None:
    visits = rows(office, "服务 列表 全部")
    contracts = [row for row in rows(office, "托管 列表 全部") if "示例甲" in row["agency"]]
    for words, since, until, day in (
        ("本季度还没上门的", "2018-10-01", TODAY, TODAY),
        ("本月 没上门的", "2018-11-01", TODAY, TODAY),
        ("没上门过的 9月", "2018-09-01", "2018-09-30", "2018-09-30"),
        ("9月以来未服务的", "2018-09-01", TODAY, TODAY),
    ):
        seen = {(row["enterprise"], row["kind"]) for row in visits if since <= row["visited_on"] <= until}
        expected = [
            row["number"]
            for row in contracts
            if row["from_on"] <= day <= (row["ended_on"] or row["last_on"])
            and (row["enterprise"], row["kind"]) not in seen
        ]
        words_apart = words.split(" ")
        told = " ".join([words_apart[0], "示例甲", *words_apart[1:]])
        assert [row["number"] for row in rows(office, f"托管 列表 {told}")] == expected, words
        assert expected


def test_firms_that_were_not_checked_in_a_period(office: Run) -> None:
    seen = {row["enterprise"] for row in rows(office, "检查 列表 10月")}
    every = [row["name"] for row in rows(office, "企业 列表 芝英 在营") if row["name"] not in seen]
    for asked in ("10月没查过的 芝英", "芝英 10月 未查"):
        assert [row["name"] for row in rows(office, f"企业 列表 {asked}")] == every
    assert rows(office, "企业 列表 今年 未查 芝英") == rows(office, "企业 列表 未查 芝英")  # as coverage has it


def test_what_a_list_comes_to_is_said(office: Run) -> None:
    visits = rows(office, "服务 列表 示例丙 今年")
    firms = len({row["enterprise"] for row in visits})
    assert firms < len(visits)
    said = office("服务", "示例丙", "今年", "去了几家", "发现多少隐患")
    assert (
        f"共{len(visits)}条，{firms}家企业；发现隐患（条）合计{sum(row['hazards_found'] or 0 for row in visits)}"
        in said
    )
    attended, passed = (
        sum(row[name] or 0 for row in rows(office, "培训 列表 芝英")) for name in ("attended", "passed")
    )
    said = office("培训", "列表", "芝英", "参加多少人", "合格多少人")
    assert f"参训人次合计{attended}；合格人次合计{passed}" in said
    for asked in ("合计", "一共几条", "有没有", "还有几条"):
        assert re.search(r"^共\d+条", office("隐患", "列表", "芝英", "未销号", asked), re.MULTILINE), asked
    assert "共0条" in office("企业", "示例0518", "是不是", "涉粉企业")
    assert "合计" not in office("隐患", "列表", "芝英", "几条")


def test_a_sum_says_of_how_many_nothing_is_told(office: Run) -> None:
    office(
        "服务", "新增", "示例0472", "--类别", "涉粉", "--日期", "11-1", "--服务机构", "示例甲安全技术服务公司", "--确认"
    )
    assert "（1条没有填）" in office("服务", "列表", "11月", "示例0472", "发现多少隐患")


def test_who_tells_what_was_done_is_offered_no_list(office: Run) -> None:
    for line in (
        "执法 收缴 永安监立案〔2018〕83号 12000元 今天到账",
        "事故 上报 古山镇 11月1日下午3点 示例0257厨具厂 冲床压手 重伤1人",
        "检测 整改 0201抛光厂 加了隔音罩 复测合格",
        "培训 舟山镇 45人 合格",
        "检查 芝英 示例0472喷塑厂 已复查",
    ):
        assert "要列出" not in office(*line.split(" "), code=2), line
    assert "要列出" in office("隐患", "芝英", "某某", "逾期", code=2)
    assert "整改”吗" in office("隐患", "整该", "芝英-12", code=2)
