"""Lines as clerks type them, which nobody had written down: parts of options, words of the glossary, days as said.

Each is typed on the demonstration and must do what it says.
"""

from __future__ import annotations

import ast
import errno
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.core import TyperOption

import anjian_cli
from anjian_cli import cli
from anjian_cli.commands import typer_tree, words

SOURCE = Path(anjian_cli.__file__).parent
Run = Callable[..., str]

UNDERSTOOD = [
    ("隐患 新增 示例0518 --描述 配电箱无门 --期限 11-10", "整改期限2018-11-10"),
    ("隐患 新增 示例0518 --部位 配电箱无门 --日期 10-30 --期限 11-10", "发现日期2018-10-30"),
    ("隐患 新增 示例0518 --内容 配电箱无门 --发现 10-30 --整改期限 11月10日", "发现日期2018-10-30，整改期限2018-11-10"),
    ("隐患 新增 示例0518 --描述 无门 -期限 11-10", "已登记：芝英-17"),
    ("隐患 新增 --企业 示例0518 --描述 无门 --期限 11-10 --责任人 厂长", "已登记：芝英-17"),
    ("隐患 列表 --镇 芝英", "芝英镇"),
    ("隐患 列表 --属地 芝英镇", "芝英镇"),
    ("隐患 列表 --查 防爆", "隐患部位与描述"),
    ("隐患 整改 芝英-15 --日期 11-1 --措施 更换", "整改完成2018-11-01"),
    ("隐患 整改 芝英-15 --完成日期 11.1", "整改完成2018-11-01"),
    ("隐患 销号 芝英-15 --完成日期 11-1 --验收日期 11-2 --验收人 丙", "整改完成2018-11-01，验收2018-11-02"),
    ("隐患 核销 芝英-15 --整改日期 11-1 --销号日期 今天", "验收2018-11-02"),
    ("隐患 延期 芝英-12 --期限 12-15 --理由 缺件", "已延期至2018-12-15"),
    ("隐患 延期 芝英-12 --延期至 12月15日 --原因 缺件 --批准单位 县安委办", "已延期至2018-12-15"),
    ("隐患 修改 芝英-15 --责任 厂长乙", "整改责任人：（空） → 厂长乙"),
    ("隐患 改错 芝英-1 --理由 录错 --验收日期 2018-2-11", "已更正：芝英-1"),
    ("托管 改错 芝英-1 --原因 录错 --提前终止 2018-8-30", "提前终止日期：2018-08-31 → 2018-08-30"),
    ("隐患 作废 芝英-15 --理由 重复登记", "已作废：芝英-15"),
    ("培训 新增 十月网格员培训 --镇 芝英 --日期 10-30 --类别 网格员 --参训 12 --合格 11", "培训日期2018-10-30"),
    ("培训 新增 --培训名称 十月培训 --镇街 芝英 --日期 10.30 --类别 网格员 --参训人次 12 --合格人次 11", "已登记"),
    ("培训 列表 --镇 芝英 --条数 3", "培训"),
    ("检查 新增 示例0518 --方式 部门检查 --日期 11-1 --有无 无", "检查日期2018-11-01"),
    ("托管 终止 芝英-3 --日期 10-20 --理由 停产", "2018-10-20起不再计入"),
    (
        "托管 新增 示例0518 --机构 示例甲安全技术服务公司 --类别 涉粉 --起始 11-1 --终止日期 10-31 --服务次数 4",
        "2019-10-31",
    ),
    (
        "执法 新增 监〔2018〕901号 --当事人 甲厂 --镇 芝英 --案由 未培训 --日期 10-28 --决定日期 10-30 --罚款 1万元",
        "罚款1万元",
    ),
    ("事故 新增 仓库坍塌 --日期 10-28 --镇 芝英 --领域 工矿商贸 --死亡 1 --重伤 0 --损失 85", "直接经济损失85万元"),
    ("智慧用电 新增 示例0518 --日期 10-9 --套 3", "安装日期2018-10-09"),
    ("报送 新增 唐先 --月份 10 --方式 微信 --零报告 否", "已登记"),
    ("报送 确认 10 石柱 --经办 乙 --方式 微信", "已登记：石柱镇2018-11-02确认"),
    ("企业 新增 永康市某某厂 --镇 芝英 --无代码 家庭作坊 --生产 示例路9号", "已登记"),
    ("企业 修改 示例0518 --人数 20", "从业人数"),
    ("企业 查看 示例0518 --全部", "企业名称"),
    ("任务 新增 网格员 --年 2018 --镇 芝英 --任务 50 --文号 永安委〔2018〕9号 --起用 7-1", "任务数50"),
    ("任务 列表 --镇 芝英", "芝英镇"),
    ("通报 --月 10 --镇 芝英", "芝英镇"),
    ("通报 10 --镇 芝英 --格式 json", "{"),
    ("待办 --镇 芝英 --天 60", "芝英镇"),
    ("明细 --月 10 芝英 涉氨", "涉氨"),
    ("空表 --每镇 --镇 芝英 -o 下发", "下发"),
    ("待办 --各镇 -o 回填", "回填"),
    ("导出 --镇 芝英 -o 芝英.xlsx", "已写出：芝英.xlsx（Excel工作簿"),
    ("隐患 导出 --镇 芝英 -o 芝英.csv", "已写出：芝英.csv（CSV表格"),
    ("月份 定稿 10 --确认", "已定稿：2018年10月"),
    ("设置 新增 经办人 --值 经办人乙 --起用 12-1", "起用日期2018-12-01"),
    ("日志 --条 3", "北京时间"),
    ("一页纸 --月 10", "10月"),
    ("行动 新增 冬防 --开始 11-20 --结束 12-31 --牵头 示例建设局", "结束日期2018-12-31"),
    ("hazard add 示例0518 --desc open --dead 11-10 --on 10-30", "发现日期2018-10-30"),
    ("hazard list --to 芝英", "芝英镇"),
]


SEVERAL = [
    ("隐患 新增 示例0518 --描述 无门 --整改 11-10", "--整改期限、--整改责任人、--措施、--资金、--整改完成日期"),
    ("隐患 延期 芝英-12 --期限 12-15 --批准 县安委办", "--批准单位、--批准文号"),
    (
        "隐患 修改 芝英-15 --日期 11-1",
        "--发现日期、--移交日期、--答复日期、--上报日期、--挂牌日期、--延至日期",
    ),
    ("托管 新增 示例0518 --日期 11-1", "--起始日期、--终止日期、--提前终止日期"),
    ("培训 新增 --名称 十月培训 --镇 芝英", "--培训名称、--企业名称"),
    ("企业 新增 永康市某某厂 --地址 示例路9号", "--注册地址、--生产经营地址"),
    ("标准化 新增 示例0099 --日期 11-1", "--启动日期、--咨询日期、--自评日期"),
]


@pytest.mark.unmeasured
@pytest.mark.parametrize(("line", "said"), UNDERSTOOD, ids=[line for line, _ in UNDERSTOOD])
def test_a_natural_line_is_understood(office: Run, line: str, said: str) -> None:
    assert said in office(*line.split(" "))


@pytest.mark.parametrize(("line", "said"), SEVERAL, ids=[line for line, _ in SEVERAL])
def test_a_part_of_several_options_is_refused_with_all_of_them(office: Run, line: str, said: str) -> None:
    refused = office(*line.split(" "), code=2)
    assert "〔E121〕" in refused
    assert f"不止一个选项：{said}" in refused


def test_what_belongs_to_an_option_is_no_option(office: Run) -> None:
    assert "〔E104〕" in office("隐患", "修改", "芝英-15", "--责任", "--期限", code=2)  # what was to follow is missing
    assert "（空） → --期限" in office("隐患", "修改", "芝英-15", "--责任=--期限")
    assert "〔E105〕" in office("隐患", "查看", "--", "芝英-15", "--全部", code=2)


# --- lines whose verb is missing, or stands elsewhere, and words without their options

SAME = [
    ("隐患 逾期 花街", "隐患 列表 逾期 花街"),
    ("企业 喷涂 无合同 芝英", "企业 列表 喷涂 无合同 芝英"),
    ("执法 9月立案", "执法 列表 9月立案"),
    ("托管 下月到期 小微", "托管 列表 下月到期 小微"),
    ("逾期隐患 古山", "隐患 列表 逾期 古山"),
    ("停产企业", "企业 列表 停产"),
    ("列表 培训 10月 芝英", "培训 列表 10月 芝英"),
    ("清单 镇街", "镇街 列表"),
    ("隐患 详情 芝英-15", "隐患 查看 芝英-15"),
    ("查看 隐患 芝英-15", "隐患 查看 芝英-15"),
    ("搜索 示例0488", "查找 示例0488"),
    ("明细 石柱 涉氨 10月", "明细 10 石柱 涉氨"),
    ("明细 芝英 10月 排名", "明细 10 芝英 排名"),
    ("待办 石柱", "待办 --镇街 石柱"),
    ("待办 石柱镇 7", "待办 7 --镇街 石柱"),
    ("待办 本月", "待办 28"),
    ("待办 10天内 古山", "待办 10 --镇街 古山"),
    ("重大隐患 还有几条", "隐患 列表 重大 未销号"),
]


@pytest.mark.parametrize(("line", "plainly"), SAME, ids=[line for line, _ in SAME])
def test_a_line_that_is_plain_is_taken_as_the_one_it_stands_for(office: Run, line: str, plainly: str) -> None:
    assert office(*line.split(" ")) == office(*plainly.split(" "))


ELSEWHERE = [
    ("隐患 重大 芝英-15", "anjian 隐患 列表 重大 芝英-15"),  # with a number it may be a step
    ("标准化 评审 芝英-3", "anjian 标准化 列表 评审 芝英-3"),
    ("隐患 消号 芝英-15", "没有“消号”这个命令"),
    ("隐患 芝英-15 验收合格", "动作写在前面：anjian 隐患 验收 芝英-15"),
    ("花街-3 销号", "如 anjian 隐患 销号 花街-3"),
    ("花街-3", "anjian 查找 花街-3"),
    ("古山 怎么排第九", "anjian 明细 10 古山 排名"),
    ("催报", "anjian 文书 催报"),
    ("企业 示例0488 停产", "anjian 企业 修改 名称 --状态 停产"),
    ("责任村 指导 示例0500", "anjian 指导 新增"),
    (
        "服务 新增 示例0010 涉粉 10-30 发现3条 整改2条",
        "请写 anjian 服务 新增 示例0010 --托管类别 涉粉 --服务日期 10-30 --发现隐患 3 --已整改 2。",
    ),
    (
        "隐患 登记 示例0518 配电箱无门 重大 期限11月20日",
        "请写 anjian 隐患 新增 示例0518 --隐患部位与描述 配电箱无门 --隐患级别 重大 --整改期限 11月20日。",
    ),
    ("企业 修改 示例0518 从业人数 20", "请写 anjian 企业 修改 示例0518 --从业人数 20。"),
    ("托管 终止 芝英-3 停产", "--原因 停产"),
    ("隐患 整改 芝英-15 昨天", "日期请写 --日期 昨天"),
    ("隐患 整改 芝英-15 已更换", "这里只写隐患编号"),
    ("隐患 统计 按检查部门", "请写 --按 检查部门"),
    ("导出 托管 芝英", "一类的请写 anjian 托管 导出"),
    ("待办 芝英 花街", "镇街只写一个"),
    ("待办 某镇", "或镇街的名称"),
]


@pytest.mark.parametrize(("line", "said"), ELSEWHERE, ids=[line for line, _ in ELSEWHERE])
def test_what_could_be_a_step_is_refused_with_the_line_to_type(office: Run, line: str, said: str) -> None:
    before = office("日志", "--条数", "1")
    assert said in office(*line.split(" "), code=2)
    assert office("日志", "--条数", "1") == before


@pytest.mark.usefixtures("office")
def test_the_line_to_type_does_what_was_meant(office: Run) -> None:
    refused = office("企业", "修改", "示例0518", "从业人数", "23", code=2)
    told = re.search(r"请写 anjian (.+?)。", refused)
    assert told
    assert "23" in office(*told[1].split(" "))


# --- answers in Chinese

ENGLISH = re.compile(r"--[a-z]|anjian [a-z]|（[a-z]+）|“[a-z]+”|\b(?:issuer|region_code|cap|lag\.|filing\.)")
REFUSED = [
    "备分",
    "hazrd",
    "隐患",
    "隐患 销",
    "隐患 销号",
    "隐患 销号 芝英-15",
    "隐患 销号 芝英-15 --完",
    "隐患 销号 芝英-15 --完成 13-40",
    "隐患 销号 芝英-15 --完成 2019-1-1",
    "隐患 销号 芝英-15 --levle 县级",
    "隐患 销号 芝英-15 --验收级别 市级",
    "隐患 修改 芝英-15",
    "隐患 列表 --条数 零",
    "隐患 列表 --格式 pdf",
    "隐患 导入 没有.csv",
    "导入",
    "通报 13",
    "通报 10 --模板 没有.docx",
    "月份 定稿 8",
    "月份 印发 8 --文号 15",
    "月份 撤回",
    "月份 文字 10 --清空",
    "设置 新增 没有这一项 --值 1",
    "任务 新增 没有这个 --年度 2018",
    "镇街 新增 外镇 --代码 330783101",
    "撤销 999",
    "日志 --条数 0",
    "一页纸 10 --格式 xlsx",
    "隐患 导出 --格式 xlsx",
    "托管 终止 芝英-3 --日期 2018-12-1",
    "培训 新增 某期 --镇 芝英 --参训 x",
]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("line", REFUSED)
def test_no_english_word_of_the_program_is_in_a_refusal(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["--today", "2018-11-02", *line.split(" ")])
    said = capsys.readouterr()
    assert code > 0
    refused = said.err if line != "隐患" else ""  # without a verb the help page is shown, which has both languages
    typed = set(line.split(" "))
    for word in typed:
        refused = refused.replace(f"“{word}”", "")
    assert not ENGLISH.search(refused), refused


@pytest.mark.unmeasured
def test_no_text_of_the_program_tells_an_english_option() -> None:
    """Docstrings and the examples of help pages apart, which have both languages."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        apart = {
            id(part)
            for node in ast.walk(tree)
            for of in (
                [node.body[0]] if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body else []
            )
            + ([node.value] if isinstance(node, ast.keyword) and node.arg == "example" else [])
            + ([node] if isinstance(node, ast.Expr) else [])
            for part in ast.walk(of)
            if isinstance(part, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
                text = node.value
                if re.search("[\u4e00-\u9fff]", text) and re.search(r"--[a-z]|anjian [a-z]", text):
                    found.append(f"{path.name}:{node.lineno}: {text}")
    assert found == []


def test_a_word_means_the_same_option_everywhere() -> None:
    """Fields of records apart, whose titles are what they are."""
    same = {  # words that are one thing to the user, and that two commands call differently
        "--完成": {"--rectified", "--on"},
        "--完成日期": {"--rectified", "--on"},
        "--整改日期": {"--rectified", "--on"},
        "--期限": {"--deadline", "--to"},
        "--全部": {"--all", "--with-phones"},
        "--自": {"--from", "--since"},
    }
    meant: dict[str, set[str]] = {}
    for option in _options():
        english = next(name for name in option.opts if name.startswith("--") and name.isascii())
        chinese = [name for name in option.opts if not name.isascii()]
        assert chinese, f"{option.opts} has no Chinese name"
        for name in chinese:
            meant.setdefault(name, set()).add(english)
    assert {name: options for name, options in meant.items() if len(options) > 1} == same
    for name, stands_for in words.OPTIONS.items():
        assert meant.get(name, {stands_for}) - same.get(name, set()) <= {stands_for}


def _options() -> Iterator[TyperOption]:
    tree = typer_tree.tree()
    for name in tree.table:
        command = tree.load(name)
        verbs = [command.load(verb) for verb in command.table] if isinstance(command, typer_tree.Group) else [command]
        for verb in verbs:
            for param in verb.params:
                if isinstance(param, TyperOption) and not str(param.name).startswith("field_"):
                    yield param


@pytest.mark.parametrize(
    ("command", "said"), [("年份", ""), ("hel", "帮助"), ("通抱", "通报"), ("撤消", "撤销"), ("bulletn", "通报")]
)
def test_a_command_is_suggested_only_where_it_is_near(office: Run, command: str, said: str) -> None:
    refused = office(command, code=2)
    assert ("您要用的是" in refused) == bool(said)
    assert said in refused


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.txt"])
def test_what_was_written_is_said(office: Run, name: str) -> None:
    said = office("通报", "10", "-o", name)
    assert re.fullmatch(rf"已写出：{re.escape(name)}（\S+，[0-9.]+(字节|KB|MB)）\n", said)


def test_what_is_in_the_ledger_is_said_although_the_answer_could_not_be_written(
    office: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = office("日志", "--条数", "1")

    class Full(io.TextIOWrapper):
        """A disk that is full once anything is written to it."""

        full = False

        def write(self, text: str) -> int:
            self.full = True
            return len(text)

        def flush(self) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, "full")

    with Path("full.txt").open("wb") as file:
        full = Full(file)
        monkeypatch.setattr(sys, "stdout", full)
        code = cli.main(["--today", "2018-11-02", "隐患", "整改", "芝英-15", "--日期", "11-1"])
        monkeypatch.undo()
        full.full = False
    said = capsys.readouterr().err
    number = int(before.splitlines()[2].split()[0]) + 1
    assert code == 0
    assert said.startswith(f"已记入台账（操作{number}），但结果没有写出来：磁盘已满。不要再办一遍")
