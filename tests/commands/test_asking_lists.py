"""Lists are asked by words and by options: what a line means, that it lists just what it says, and what is refused."""

from __future__ import annotations

import json
import random
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from anjian_cli import cli
from anjian_cli.errors import Fault
from support.sweeps import sweep

Row = dict[str, Any]
Asked = tuple[str, str]
TODAY = "2018-11-02"


class Office:
    """The demonstration's office: a line's output, and what is said beside it."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.lists: dict[str, list[Row]] = {}

    def ask(self, line: str, *more: str, code: int = 0) -> Asked:
        self.capsys.readouterr()
        done = cli.main(["--today", TODAY, *shlex.split(line), *more])
        said = self.capsys.readouterr()
        assert done == code, said.err
        return said.out, said.err

    def rows(self, line: str) -> list[Row]:
        found: list[Row] = json.loads(self.ask(line, "--格式", "json")[0])
        return found

    def every(self, noun: str) -> list[Row]:
        """The list of which nothing is asked."""
        if noun not in self.lists:
            self.lists[noun] = self.rows(f"{noun} 列表")
        return self.lists[noun]


@pytest.fixture(scope="module")
def folder(demonstration_made: tuple[Path, list[Fault]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("问")
    shutil.copy(demonstration_made[0], made / "a.db")
    return made


@pytest.fixture
def office(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "配置"))
    monkeypatch.setenv("ANJIAN_DB", str(folder / "a.db"))
    yield Office(capsys)
    shutil.rmtree(folder / "配置", ignore_errors=True)


# Ten questions of each list, as somebody types them who has not read the help, and what they are taken for.
QUESTIONS = {
    "隐患 列表 逾期 重大 芝英": "镇街 芝英镇；隐患级别 重大；逾期（过了期限还没有整改完成）",
    "隐患 列表 芝英 重大隐患": "镇街 芝英镇；隐患级别 重大",
    "隐患 列表 未销号 龙山 古山": "镇街 龙山镇、古山镇；未销号",
    "隐患 列表 10月 已销号": "已销号；验收日期 2018-10-01至2018-10-31",
    "隐患 列表 上月": "发现日期 2018-10-01至2018-10-31",
    "隐患 列表 挂牌 未整改": "挂牌（正在挂牌督办）；待整改",
    "隐患 列表 待验收": "待验收（已整改、还没有验收）",
    "隐患 列表 退回": "退回（销号以后又退回的）",
    "隐患 列表 延期 今年": "延期（期限延过的）；延期日期 2018-01-01至2018-12-31",
    "隐患 列表 部门检查 网格 三季度": "隐患来源 部门检查、网格巡查；发现日期 2018-07-01至2018-09-30",
    "企业 列表 喷涂 无合同": "风险类别 喷涂；无合同",
    "企业 列表 芝英 有隐患": "镇街 芝英镇；有隐患（有没有销号的隐患）",
    "企业 列表 停产 关闭": "经营状态 停产、关闭",
    "企业 列表 在营 未查": "经营状态 在营；未查（在营、今年没有查过，同 anjian 覆盖）",
    "企业 列表 未查 今年 红色": "未查（在营、今年没有查过，同 anjian 覆盖）；红（现在的风险等级）",
    "企业 列表 红 橙": "红（现在的风险等级）或橙（现在的风险等级）",
    "企业 列表 存疑": "存疑（没有属地、没有生产经营地址，或与别家同名）",
    "企业 列表 涉氨 有合同": "风险类别 涉氨制冷；有合同（今天有托管合同在期）",
    "企业 列表 小型 有证书 石柱": "镇街 石柱镇；规模 小型；有证书（标准化证书在有效期内）",
    "企业 列表 未定": "镇街 未定",
    "检查 列表 有隐患 10月": "有隐患（查出隐患的）；检查日期 2018-10-01至2018-10-31",
    "检查 列表 无隐患 芝英镇": "镇街 芝英镇；无隐患（没有查出隐患的）",
    "检查 列表 部门检查": "检查方式 部门检查",
    "检查 列表 联合执法 今年": "检查方式 联合执法；检查日期 2018-01-01至2018-12-31",
    "检查 列表 网格巡查 2018-09": "检查方式 网格巡查；检查日期 2018-09-01至2018-09-30",
    "检查 列表 自查": "检查方式 企业自查",
    "检查 列表 9月 10月": "检查日期 2018-09-01至2018-10-31",
    "检查 列表 上半年 中介诊断": "检查方式 中介诊断；检查日期 2018-01-01至2018-06-30",
    "检查 列表 花街、象珠": "镇街 花街镇、象珠镇",
    "检查 列表 昨天": "检查日期 2018-11-01",
    "托管 列表 在期": "在期",
    "托管 列表 到期": "到期（期满了的）",
    "托管 列表 将到期 喷涂": "托管类别 喷涂；将到期（30天内期满的）",
    "托管 列表 已终止": "已终止（提前终止的）",
    "托管 列表 涉粉 芝英": "镇街 芝英镇；托管类别 涉粉",
    "托管 列表 小微 在托": "托管类别 小微；在期",
    "托管 列表 未续签": "未续签（期满了还没有续签）",
    "托管 列表 逾期": "逾期（期满没有续签，或服务到期没有做）",
    "托管 列表 到期 10月": "到期（期满了的）；终止日期 2018-10-01至2018-10-31",
    "托管 列表 欠服务 江南": "镇街 江南街道；欠服务（约定的服务到期没有做）",
    "标准化 列表 在创": "在创（正在创建）",
    "标准化 列表 三级 有效": "申报等级 三级；有效（证书在有效期内）",
    "标准化 列表 到期": "到期（证书过了有效期）",
    "标准化 列表 复评 芝英": "镇街 芝英镇；创建类型 复评",
    "标准化 列表 新创 今年": "创建类型 新创；启动日期 2018-01-01至2018-12-31",
    "标准化 列表 已达标 10月": "已达标（公告了的）；公告日期 2018-10-01至2018-10-31",
    "标准化 列表 评审": "评审（现处这个阶段）",
    "标准化 列表 二级": "申报等级 二级",
    "标准化 列表 撤销": "已撤销",
    "标准化 列表 自评 申请 古山": "镇街 古山镇；自评（现处这个阶段）或申请（现处这个阶段）",
    "整治 列表 未验收": "未验收（没有验收，或验收不合格）",
    "整治 列表 已验收 10月": "已验收（验收合格的）；验收日期 2018-10-01至2018-10-31",
    "整治 列表 喷涂 未验收 芝英": "镇街 芝英镇；整治类别 喷涂；未验收（没有验收，或验收不合格）",
    "整治 列表 逾期": "逾期（待办里逾期的：过了期限还没有做完、验收或托管）",
    "整治 列表 关停": "处置结果 关停",
    "整治 列表 涉氨": "整治类别 涉氨",
    "整治 列表 未整改": "未整改（没有整改日期）",
    "整治 列表 新发现 今年": "纳入原因 新发现；纳入日期 2018-01-01至2018-12-31",
    "整治 列表 没诊断 龙山": "镇街 龙山镇；未诊断（没有诊断日期）",
    "整治 列表 不合格": "验收结论 不合格",
    "执法 列表 联合": "联合（联合执法的）",
    "执法 列表 移送": "移送（建议追究刑事责任的）",
    "执法 列表 10月": "立案日期 2018-10-01至2018-10-31",
    "执法 列表 事故类": "事故类",
    "执法 列表 未处罚 今年": "未决定（还没有处罚决定）；立案日期 2018-01-01至2018-12-31",
    "执法 列表 未收缴": "未收缴（罚款还没有收缴）",
    "执法 列表 个人": "当事人类别 个人",
    "执法 列表 芝英 已处罚 9月": "镇街 芝英镇；已处罚（有处罚决定的）；决定日期 2018-09-01至2018-09-30",
    "执法 列表 撤案": "已撤销",
    "执法 列表 去年 非事故": "非事故类；立案日期 2017-01-01至2017-12-31",
    "培训 列表 10月": "培训日期 2018-10-01至2018-10-31",
    "培训 列表 网格员": "培训类别 网格员",
    "培训 列表 主要负责人 芝英": "镇街 芝英镇；培训类别 主要负责人",
    "培训 列表 特种作业人员 今年": "培训类别 特种作业人员；培训日期 2018-01-01至2018-12-31",
    "培训 列表 存疑": "存疑（没有填合格人次）",
    "培训 列表 本月": "培训日期 2018-11-01至2018-11-30",
    "培训 列表 上半年": "培训日期 2018-01-01至2018-06-30",
    "培训 列表 其他从业人员 2018年9月": "培训类别 其他从业人员；培训日期 2018-09-01至2018-09-30",
    "培训 列表 花街 方岩": "镇街 花街镇、方岩镇",
    "培训 列表 安全管理人员 二季度": "培训类别 安全管理人员；培训日期 2018-04-01至2018-06-30",
}


@sweep("line", QUESTIONS, keep=40)
def test_a_natural_question_is_understood(office: Office, line: str) -> None:
    _, said = office.ask(line)
    assert said.splitlines() == [f"条件：{QUESTIONS[line]}"]


@pytest.mark.parametrize(
    ("run_on", "apart"),
    [
        ("隐患 列表 芝英逾期重大隐患", "隐患 列表 芝英 逾期 重大"),
        ("隐患 列表 龙山镇没有整改的", "隐患 列表 龙山 未整改"),
        ("企业 列表 喷涂无合同的企业", "企业 列表 喷涂 无合同"),
        ("企业 列表 没有合同", "企业 列表 无合同"),
        ("整治 列表 没验收，芝英", "整治 列表 未验收 芝英"),
        ("检查 列表 部门检查、网格巡查 芝英", "检查 列表 芝英 网格 部门检查"),
    ],
)
def test_what_is_written_as_one_is_taken_apart(office: Office, run_on: str, apart: str) -> None:
    assert office.rows(run_on) == office.rows(apart)
    assert "按文字查找" not in office.ask(run_on)[1]
    assert "按文字查找：“逾期车间”" in office.ask("隐患 列表 逾期车间")[1]


# What is put together, or said in a way that no single word has: what it is taken for.
PHRASES = {
    "隐患 列表 9月发现 石柱": "镇街 石柱镇；发现日期 2018-09-01至2018-09-30",
    "隐患 列表 最近一周 新增": "发现日期 2018-10-27至2018-11-02",
    "隐患 列表 半个月内到期": "现期限 2018-11-02至2018-11-17（还没有整改）",
    "隐患 列表 逾期超过10天 重大": "隐患级别 重大；现期限 至2018-10-22（过了期限还没有整改完成）",
    "隐患 列表 未移送监管": None,
    "隐患 列表 未挂牌督办": "未挂牌（不是“挂牌”的）",
    "隐患 列表 没有延期": "未延期（不是“延期”的）",
    "隐患 列表 没有应急预案": "预案空着",
    "隐患 列表 10月销号": "已销号；验收日期 2018-10-01至2018-10-31",
    "隐患 列表 小型企业 重大": "隐患级别 重大；企业的规模 小型",
    "企业 列表 胶水 喷涂 都有": "风险类别 胶水、喷涂（都有）",
    "企业 列表 从业人数不到10人": "从业人数 9以下",
    "企业 列表 无联系电话": "联系电话空着",
    "企业 列表 有联系电话": "联系电话有",
    "托管 列表 下月到期 涉氨": "托管类别 涉氨；终止日期 2018-12-01至2018-12-31（没有提前终止）",
    "托管 列表 1月到期": "终止日期 2019-01-01至2019-01-31（没有提前终止）",
    "托管 列表 年服务费 3000元以下": "年服务费（元） 3000以下",
    "托管 列表 9月签约": "起始日期 2018-09-01至2018-09-30",
    "托管 列表 没终止": "未终止（不是“已终止”的）",
    "检查 列表 8月到9月": "检查日期 2018-08-01至2018-09-30",
    "检查 列表 9-20 至 10-8": "检查日期 2018-09-20至2018-10-08",
    "检查 列表 国庆以后": None,
    "检查 列表 喷涂企业 没问题": "无隐患（没有查出隐患的）；企业的风险类别 喷涂",
    "检查 列表 1-6月": "检查日期 2018-01-01至2018-06-30",
    "培训 列表 8月以来": "培训日期 2018-08-01起",
    "培训 列表 参训不少于30人": "参训人次 30以上",
    "培训 列表 前三季度": "培训日期 2018-01-01至2018-09-30",
    "服务 列表 隐患未整改完": "未改完（发现的隐患没有全部整改）",
    "服务 列表 近三个月": "服务日期 2018-08-03至2018-11-02",
    "执法 列表 9月立案": "立案日期 2018-09-01至2018-09-30",
    "执法 列表 罚款 10万元以上": "罚款（元） 100000以上",
    "执法 列表 罚款超过2万": "罚款（元） 20000.01以上",
    "执法 列表 非事故案件": "非事故类",
    "标准化 列表 9月公告": "已达标（公告了的）；公告日期 2018-09-01至2018-09-30",
    "标准化 列表 处于咨询的": "咨询（现处这个阶段）",
    "标准化 列表 评审得分 90分以上": "评审得分 90以上",
    "标准化 列表 三个月内到期": "有效期至 2018-11-02至2019-02-02（没有撤销）",
    "检测 列表 8月采样 超标": "超标（有超标点的）；采样日期 2018-08-01至2018-08-31",
    "检测 列表 超标点2个以上": "超标点（个） 2以上",
    "责任村 列表 未拨付": "未奖励（奖励还没有发放）",
    "责任村 列表 3月进驻": "进驻日期 2018-03-01至2018-03-31",
    "责任村 列表 验收不合格": "验收结论 不合格",
    "整治 列表 验收不合格": "验收结论 不合格",
}


@sweep("line", PHRASES, keep=15)
def test_what_is_put_together_is_understood_or_looked_for(office: Office, line: str) -> None:
    said, told = office.ask(line)[1], PHRASES[line]
    assert said.splitlines() == [f"条件：{told}"] if told else "按文字查找" in said


def test_what_is_put_together_lists_just_what_it_says(office: Office) -> None:
    cases: list[tuple[str, str, Predicate]] = [
        ("隐患", "10月新增", _in("found_on", "2018-10-01", "2018-10-31")),
        (
            "隐患",
            "7天内到期",
            lambda r: r["stage"] == "待整改" and "2018-11-02" <= r["deadline_in_force"] <= "2018-11-09",
        ),
        ("隐患", "逾期20天以上", lambda r: r["stage"] == "待整改" and r["deadline_in_force"] <= "2018-10-13"),
        ("隐患", "没有资金", _has("funds", None)),
        ("企业", "从业人数40人以上", lambda r: (r["employees"] or 0) >= 40),
        ("企业", "没有信用代码", _has("credit_code", None)),
        ("企业", "喷涂 涉粉 都有", lambda r: {"喷涂", "涉可燃爆粉尘"} <= set((r["risks"] or "").split("、"))),
        ("托管", "本月到期", lambda r: r["ended_on"] is None and (r["last_on"] or "")[:7] == "2018-11"),
        ("托管", "约定服务次数 少于4次", lambda r: r["visits_per_year"] < 4),
        ("检查", "9月到10月", _in("inspected_on", "2018-09-01", "2018-10-31")),
        ("执法", "罚款5万以上", lambda r: (r["fine"] or 0) >= 5_000_000),
        ("执法", "罚款低于5万", lambda r: r["fine"] is not None and r["fine"] < 5_000_000),
        ("标准化", "评审分低于85", lambda r: r["review_score"] is not None and float(r["review_score"]) < 85),
        ("检测", "9月采样", _in("sampled_on", "2018-09-01", "2018-09-30")),
        ("责任村", "指导没完成", lambda r: r["firms_guided"] < r["firms_to_guide"]),
        ("责任村", "奖励3万", _has("reward", 3_000_000)),
    ]
    for noun, words, holds in cases:
        every = office.every(noun)
        expected = [row for row in every if holds(row)]
        assert 0 < len(expected) < len(every), (noun, words)
        assert office.rows(f"{noun} 列表 {words}") == expected, (noun, words)
    dusty = {row["name"] for row in office.rows("企业 列表 涉粉")}
    assert office.rows("检查 列表 涉粉企业") == [row for row in office.every("检查") if row["enterprise"] in dusty]


def test_what_is_put_together_is_counted_and_typed_again(office: Office) -> None:
    for line in ("执法 列表 罚款5万以上", "隐患 列表 10月新增 没挂牌", "检查 列表 涉粉企业 8月到9月"):
        told = json.loads(office.ask(line, "--按", "镇街", "--格式", "json")[0])
        assert told["total"]["values"]["条数"] == len(office.rows(line)) > 0
        for row in told["rows"]:
            if row.get("see"):
                assert len(office.rows(row["see"].removeprefix("anjian "))) == row["values"]["条数"], row


def test_each_list_is_asked_ten_questions() -> None:
    nouns = [line.split(" ")[0] for line in QUESTIONS]
    assert {noun: nouns.count(noun) for noun in nouns} == dict.fromkeys(
        ("隐患", "企业", "检查", "托管", "标准化", "整治", "执法", "培训"), 10
    )


# What the words mean, said once more over the rows of the list of which nothing is asked.
Predicate = Callable[[Row], bool]
TOWNS = {"芝英": "芝英镇", "石柱": "石柱镇", "江南": "江南街道", "龙山镇": "龙山镇"}


def _has(field: str, value: object) -> Predicate:
    return lambda row: bool(row[field] == value)


def _told(field: str) -> Predicate:
    return lambda row: row[field] is not None


def _in(field: str, first: str, last: str) -> Predicate:
    return lambda row: row[field] is not None and first <= row[field] <= last


STATES: dict[str, dict[str, dict[str, Predicate]]] = {
    "隐患": {
        "进度": {
            "未销号": lambda row: row["stage"] in ("待整改", "待验收"),
            "未整改": _has("stage", "待整改"),
            "待验收": _has("stage", "待验收"),
        },
        "级别": {"重大": _has("level", "重大"), "一般隐患": _has("level", "一般")},
        "来源": {"部门检查": _has("source", "部门检查"), "网格": _has("source", "网格巡查")},
        "时限": {"逾期": lambda row: row["stage"] == "待整改" and row["deadline_in_force"] < TODAY},
        "延期": {"延期": _told("extended_to")},
        "字": {"防爆": lambda row: any("防爆" in str(value) for value in row.values())},
    },
    "企业": {
        "状态": {word: _has("state", word) for word in ("在营", "停产", "关闭")},
        "风险": {
            "喷涂": lambda row: "喷涂" in (row["risks"] or "").split("、"),
            "胶水": lambda row: "胶水" in (row["risks"] or "").split("、"),
        },
        "规模": {word: _has("size", word) for word in ("小型", "微型")},
    },
    "托管": {
        "类别": {word: _has("kind", word) for word in ("喷涂", "涉粉", "小微")},
        "期限": {
            "在期": lambda row: row["from_on"] <= TODAY <= row["last_on"] and not (row["ended_on"] or "9") <= TODAY,
            "到期": lambda row: row["last_on"] < TODAY and row["ended_on"] is None,
        },
    },
    "标准化": {
        "等级": {word: _has("grade", word) for word in ("二级", "三级")},
        "类型": {word: _has("kind", word) for word in ("新创", "复评")},
        "撤销": {"已撤销": _told("revoked_on")},
        "日期": {"今年": _in("begun_on", "2018-01-01", "2018-12-31")},
    },
    "整治": {
        "类别": {word: _has("kind", word) for word in ("喷涂", "涉粉")},
        "验收": {"未验收": lambda row: row["conclusion"] != "合格", "没验收": lambda row: row["conclusion"] != "合格"},
        "日期": {"1月": _in("enrolled_on", "2018-01-01", "2018-01-31")},
    },
    "执法": {
        "联合": {"联合": _has("joint", "是")},
        "事故": {"非事故类": _has("accident", "否")},
        "移送": {"移送": lambda row: (row["referred"] or 0) > 0},
        "日期": {
            "2018": _in("filed_on", "2018-01-01", "2018-12-31"),
            "2017年": _in("filed_on", "2017-01-01", "2017-12-31"),
        },
    },
    "检查": {
        "方式": {word: _has("method", word) for word in ("部门检查", "网格巡查")},
        "隐患": {"无隐患": _has("found_any", "无")},
        "日期": {
            "10月": _in("inspected_on", "2018-10-01", "2018-10-31"),
            "9月": _in("inspected_on", "2018-09-01", "2018-09-30"),
        },
    },
    "培训": {
        "类别": {word: _has("kind", word) for word in ("网格员", "主要负责人", "其他从业人员")},
        "日期": {"今年": _in("held_on", "2018-01-01", "2018-12-31")},
    },
}


@sweep("noun", STATES, keep=3)
def test_a_list_has_just_the_rows_that_its_words_speak_of(office: Office, noun: str) -> None:
    """Words of one kind mean either, of several kinds all; in whatever order."""
    chance = random.Random(noun)
    axes = {**STATES[noun], "镇街": {word: _has("town", name) for word, name in TOWNS.items()}}
    every = office.every(noun)
    hit = 0
    for _ in range(14):
        asked = {
            axis: chance.sample(sorted(axes[axis]), chance.choice((1, 1, min(2, len(axes[axis])))))
            for axis in chance.sample(sorted(axes), chance.randint(1, 3))
        }
        words = [word for of in asked.values() for word in of]
        chance.shuffle(words)
        if {"逾期", "待验收"} <= set(words):
            continue
        expected = [
            row for row in every if all(any(axes[axis][word](row) for word in of) for axis, of in asked.items())
        ]
        assert office.rows(f"{noun} 列表 {' '.join(words)}") == expected, words
        hit += bool(expected)
    assert hit > 3


def test_what_rests_on_other_records_agrees_with_their_lists(office: Office) -> None:
    contracts = {row["enterprise"] for row in office.rows("托管 列表 在期")}
    hazards = {row["enterprise"] for row in office.rows("隐患 列表 未销号")}
    major = {row["enterprise"] for row in office.rows("隐患 列表 未销号 重大")}
    inspected = {row["enterprise"] for row in office.rows("检查 列表 --自 1-1 --至 11-2")}
    for word, names in (("有合同", contracts), ("有隐患", hazards), ("有重大隐患", major), ("已查", inspected)):
        assert {row["name"] for row in office.rows(f"企业 列表 {word}")} == names, word
    every = {row["name"] for row in office.every("企业")}
    assert {row["name"] for row in office.rows("企业 列表 无合同")} == every - contracts
    assert {row["name"] for row in office.rows("企业 列表 未查")} == {
        row["name"] for row in office.every("企业") if row["state"] == "在营"
    } - inspected


def test_options_ask_what_words_ask(office: Office) -> None:
    for words, options in (
        ("隐患 列表 逾期 重大", "隐患 列表 --overdue --level 重大"),
        ("隐患 列表 逾期 未销号 芝英、龙山", "hazard list --state 逾期、未销号 --town 芝英、龙山"),
        ("企业 列表 喷涂 无合同", "企业 列表 --风险 喷涂 --状态 无合同"),
        ("企业 列表 停产", "enterprise list --state 停产"),
        ("检查 列表 10月", "检查 列表 --自 10-1 --至 10-31"),
        ("检查 列表 10月", "检查 列表 --自 10月 --至 10月"),
        ("企业 列表 存疑", "企业 列表 --存疑"),
        ("整治 列表 逾期", "整治 列表 --逾期"),
    ):
        assert office.rows(words) == office.rows(options), options


def test_order_and_columns_are_asked_by_titles(office: Office) -> None:
    days = [row["deadline_in_force"] for row in office.rows("隐患 列表 逾期 --sort 期限")]
    assert days == sorted(days) != days[::-1]
    for line in ("--sort -期限", "倒序 --sort 期限"):
        assert [row["deadline_in_force"] for row in office.rows(f"隐患 列表 逾期 {line}")] == days[::-1]
    assert {row["level"] for row in office.rows("隐患 列表 --排序 级别 --条数 100")} == {"一般"}
    towns = [row["town"] for row in office.rows("隐患 列表 --排序 镇街")]
    assert list(dict.fromkeys(towns)) == [row["name"] for row in office.every("镇街") if row["name"] in towns]
    blank_last = [row["accepted_on"] for row in office.rows("隐患 列表 --排序 -验收日期")]
    assert blank_last[-1] is None
    assert blank_last[0] is not None
    out, _ = office.ask("隐患 列表 逾期 --columns 编号,企业,期限 --格式 csv")
    assert out.splitlines()[0] == "隐患编号,企业名称,现期限"
    assert list(office.rows("隐患 列表 逾期 --列 期限、编号")[0]) == ["deadline_in_force", "number"]


@pytest.mark.parametrize(
    "line",
    [
        "隐患 列表 未销号 --per 镇街",
        "隐患 列表 10月 防爆 --按 级别",
        "企业 列表 无合同 --按 风险",
        "托管 列表 在期 --按 机构",
        "隐患 列表 --按 现状",
        "执法 列表 --自 1-1 --按 违法类型",
        "检查 列表 芝英 龙山 --按 镇街",
    ],
)
def test_counts_are_those_of_the_lists_that_they_name(office: Office, line: str) -> None:
    told = json.loads(office.ask(line, "--格式", "json")[0])
    rows = [*told["rows"], told["total"]]
    assert len(rows) > 1
    for row in rows:
        if row.get("see"):
            assert len(office.rows(row["see"].removeprefix("anjian "))) == row["values"]["条数"], row
    whole = line.partition(" --per ")[0].partition(" --按 ")[0]
    assert told["total"]["values"]["条数"] == len(office.rows(whole))


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("隐患 列表 较大", 1, "〔E241〕"),
        ("隐患 列表 逾期 已销号", 2, "没有一条既是“逾期”又是“已销号”"),
        ("企业 列表 有合同 无合同", 2, "合起来就是全部"),
        ("检查 列表 8月 10月", 2, "几段日期不相连"),
        ("检查 列表 --自 10-5 --至 2018-10-1", 2, "早于"),
        ("检查 列表 10月 --自 10-5", 2, "〔E106〕"),
        ("企业 列表 10月", 2, "企业没有可以按“10月”筛选的日期"),
        ("企业 列表 已查 10月", 2, "这里的状态本来就是今年的"),
        ("隐患 列表 --sort 颜色", 2, "“--排序”没有“颜色”这一栏"),
        ("隐患 列表 --按 部门", 2, "检查部门、监管部门"),
        ("隐患 列表 --state 在创", 1, "〔E203〕"),
        ("隐患 列表 --level 特大", 1, "〔E203〕"),
        ("隐患 列表 --asked 周会", 2, "没有存过“周会”这个问题"),
        ("隐患 列表 --存为 逾期", 2, "它是这里的条件"),
        ("隐患 列表 --存为 芝英", 2, "它是这里的条件"),
        ("隐患 列表 --存为 '周 会'", 2, "名字是一个词"),
        ("提问 周会", 2, "先存一个"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(office: Office, line: str, code: int, said: str) -> None:
    assert said in office.ask(line, code=code)[1]


def test_a_word_of_two_fields_is_refused_with_both(office: Office) -> None:
    office.ask("用语 新增 县级 --用语表 隐患来源 --启用日期 2018-01-01")
    _, said = office.ask("隐患 列表 县级", code=2)
    assert "“县级”有几个意思" in said
    assert "--隐患来源 县级 或 --挂牌级别 县级" in said
    assert office.rows("隐患 列表 --挂牌级别 县级")
    office.ask("撤销")


def test_an_offices_own_word_asks(office: Office) -> None:
    office.ask("用语 新增 夜查 --用语表 隐患来源 --启用日期 2018-01-01")
    assert office.ask("隐患 列表 夜查")[1].splitlines() == ["条件：隐患来源 夜查"]
    office.ask("撤销")


def test_a_text_is_looked_for_and_said_so(office: Office) -> None:
    out, said = office.ask("隐患 列表 宿舍")
    assert said.startswith("按文字查找：“宿舍”")
    assert out == office.ask("隐患 列表 --查找 宿舍")[0]
    assert "要的是“逾期”吗" in office.ask("隐患 列表 逾其")[1]
    number = office.every("隐患")[0]["number"]
    assert [row["number"] for row in office.rows(f"隐患 列表 {number}")] == [number]


def test_off_a_terminal_nothing_is_cut_and_nothing_is_said(office: Office) -> None:
    out, said = office.ask("企业 列表 --格式 csv")
    assert len(out.splitlines()) == len(office.every("企业")) + 1 > 500
    assert said == ""
    assert len(office.ask("企业 列表")[0].splitlines()) == len(office.every("企业")) + 2
    assert "只列了前3条；要全部请加 全部" in office.ask("企业 列表 --条数 3")[1]


def test_a_question_is_kept_by_name_and_asked_again(office: Office) -> None:
    out, said = office.ask("隐患 列表 逾期 重大 --列 编号 --存为 周会")
    assert "已存“周会”" in said
    for line in ("隐患 列表 周会", "hazard list --asked 周会", "提问 周会", "ask 周会"):
        again, told = office.ask(line)
        assert again == out, line
        assert "按文字查找" not in told
    assert office.rows("提问 周会 芝英") == [
        {"number": row["number"]} for row in office.rows("隐患 列表 逾期 重大 芝英")
    ]
    assert office.ask("提问")[0] == "周会　anjian 隐患 列表 逾期 重大 --列 编号\n"
    kept = Path("配置/anjian/questions.json")
    assert kept.stat().st_mode & 0o077 == 0
    assert "已改存" in office.ask("企业 列表 喷涂 --存为 周会")[1]
    assert "按文字查找：“周会”" in office.ask("隐患 列表 周会")[1]
    assert office.rows("提问 周会") == office.rows("企业 列表 喷涂")
    office.ask("提问 周会 --删除")
    assert "没有存过问题" in office.ask("提问")[0]
    kept.write_text("{", encoding="utf-8")
    assert "〔E128〕" in office.ask("提问", code=2)[1]
