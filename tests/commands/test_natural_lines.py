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
    ("重大隐患 还有几条", "隐患 列表 重大 未销号 几条"),
]


@pytest.mark.parametrize(("line", "plainly"), SAME, ids=[line for line, _ in SAME])
def test_a_line_that_is_plain_is_taken_as_the_one_it_stands_for(office: Run, line: str, plainly: str) -> None:
    assert office(*line.split(" ")) == office(*plainly.split(" "))


ELSEWHERE = [
    ("隐患 重大 芝英-15", "anjian 隐患 列表 重大 芝英-15"),  # with a number it may be a step
    ("标准化 评审 芝英-3", "anjian 标准化 列表 评审 芝英-3"),
    ("隐患 消号 芝英-15", "没有“消号”这个命令"),
    ("花街-3", "anjian 查找 花街-3"),
    ("责任村 指导 示例0500", "anjian 指导 新增"),
    ("待办 芝英 花街", "镇街、部门、机构只写一个"),
    ("待办 某镇", "或镇街、部门、机构的名称"),
]


@pytest.mark.parametrize(("line", "said"), ELSEWHERE, ids=[line for line, _ in ELSEWHERE])
def test_what_could_be_a_step_is_refused_with_the_line_to_type(office: Run, line: str, said: str) -> None:
    before = office("日志", "--条数", "1")
    assert said in office(*line.split(" "), code=2)
    assert office("日志", "--条数", "1") == before


# --- lines of which each word has its place, and questions known by what they ask

READ_AS = [
    # a verb with its words in any order
    (
        "隐患 登记 示例0518 配电箱无门 一般 期限11月20日",
        "隐患 新增 示例0518 --隐患级别 一般 --隐患部位与描述 配电箱无门 --整改期限 11月20日",
    ),
    (
        "隐患 新增 期限11-20 示例0518 配电箱无门 一般",
        "隐患 新增 示例0518 --隐患级别 一般 --隐患部位与描述 配电箱无门 --整改期限 11-20",
    ),
    (
        "隐患 上报 示例0518 配电箱无门 一般 期限：11-20",
        "隐患 新增 示例0518 --隐患级别 一般 --隐患部位与描述 配电箱无门 --整改期限 11-20",
    ),
    ("企业 修改 示例0518 从业人数 23", "企业 修改 示例0518 --从业人数 23"),
    ("改 企业 示例0518 微型", "企业 修改 示例0518 --规模 微型"),
    ("企业 修改 示例0518 从业人数23 微型", "企业 修改 示例0518 --规模 微型 --从业人数 23"),
    ("托管 终止 芝英-3 厂房到期", "托管 终止 芝英-3 --原因 厂房到期"),
    ("托管 终止 芝英-3 10-20 原因 停产", "托管 终止 芝英-3 --日期 10-20 --原因 停产"),
    ("隐患 整改 芝英-15 昨天", "隐患 整改 芝英-15 --日期 昨天"),
    ("隐患 整改 芝英-15 芝英-16 已更换 11-1", "隐患 整改 芝英-15 芝英-16 --日期 11-1 --措施 已更换"),
    ("隐患 作废 芝英-15 重复登记", "隐患 作废 芝英-15 --原因 重复登记"),
    (
        "培训 登记 十月消防培训 花街 网格员 10-30 参训12 合格11",
        "培训 新增 十月消防培训 --镇 花街 --培训日期 10-30 --培训类别 网格员 --参训人次 12 --合格人次 11",
    ),
    ("隐患 改错 芝英-1 录错 验收日期 2018-2-11", "隐患 修改 芝英-1 --更正 --原因 录错 --验收日期 2018-2-11"),
    (
        "隐患 录入 示例0518 安全出口堵塞 一般 11月20日前整改",
        "隐患 新增 示例0518 --隐患级别 一般 --隐患部位与描述 安全出口堵塞 --整改期限 11月20日",
    ),
    # the verb behind the record's number, the number before all
    ("隐患 芝英-12 延期到 12-15 原因 缺件", "隐患 延期 芝英-12 --期限 12-15 --原因 缺件"),
    ("芝英-15 整改完成 11-1 更换线路", "隐患 整改 芝英-15 --日期 11-1 --措施 更换线路"),
    ("芝英-15 整改 完成 昨天", "隐患 整改 芝英-15 --日期 昨天"),
    ("隐患 芝英-12 延期 到 12-15 没到货", "隐患 延期 芝英-12 --期限 12-15 --原因 没到货"),
    ("芝英-3 终止 停产", "托管 终止 芝英-3 --原因 停产"),
    # what has become of a firm
    ("企业 示例0488 停产", "企业 修改 示例0488 --经营状态 停产"),
    ("企业 关闭 示例0488", "企业 修改 示例0488 --经营状态 关闭"),
    ("企业 示例0488 停产 11-1", "企业 修改 示例0488 --经营状态 停产 --变更日期 11-1"),
    # a value that its word is glued to
    ("培训 修改 唐先-15 参加22人 合格21人", "培训 修改 唐先-15 --参训人次 22人 --合格人次 21人"),
    (
        "隐患 新增 芝英 0487铝制品厂 双手按钮失效 一般 网格巡查 11月1日发现 期限11月15日",
        "隐患 新增 0487铝制品厂 --镇 芝英 --发现日期 11月1日 --隐患来源 网格巡查 --隐患级别 一般"
        " --隐患部位与描述 双手按钮失效 --整改期限 11月15日",
    ),
    (
        "托管 新增 0711铝制品厂 示例乙 喷涂 2018-11-01至2019-10-31 年费3600元 企业付费 每年4次 合同号示例托0600号",
        "托管 新增 0711铝制品厂 --服务机构 示例乙安全技术服务公司 --托管类别 喷涂 --合同编号 示例托0600号"
        " --起始日期 2018-11-01 --终止日期 2019-10-31 --年服务费 3600元 --付费方 企业 --约定服务次数 4次",
    ),
    (
        "智慧用电 新增 0487铝制品厂 11月1日安装 2套 示例智慧用电公司",
        "智慧用电 新增 0487铝制品厂 --安装日期 11月1日 --设备套数 2 --服务商 示例智慧用电公司",
    ),
    (
        "事故 新增 唐先镇 0427五金厂 11月1日 机械伤害 工矿商贸 死亡1人 直接损失120万元",
        "事故 新增 机械伤害 --发生时间 11月1日 --镇 唐先 --事故单位 0427五金厂 --行业领域 工矿商贸 --死亡 1"
        " --直接经济损失 120万元",
    ),
    (
        "检查 新增 0472喷塑厂 示例安监局 11月1日 部门检查 检查人王科长 未发现隐患",
        "检查 新增 0472喷塑厂 --检查日期 11月1日 --检查方式 部门检查 --检查部门 示例安监局 --检查人 王科长"
        " --有无隐患 无",
    ),
    ("企业 修改 0512电动工具厂 11月1日起停产", "企业 修改 0512电动工具厂 --经营状态 停产 --变更日期 11月1日"),
    (
        "隐患 延期 花街-14 到11月30日 隔墙工程未完工 市安委办批准",
        "隐患 延期 花街-14 --期限 11月30日 --原因 隔墙工程未完工 --批准单位 市安委办",
    ),
    (
        "隐患 验收 舟山-15 10月31日整改 11月2日验收合格 镇安监所",
        "隐患 销号 舟山-15 --完成 10月31日 --日期 11月2日 --验收单位 镇安监所",
    ),
    ("企业 修改 0512电动工具厂 员工23人 负责人换成李四", "企业 修改 0512电动工具厂 --从业人数 23人 --主要负责人 李四"),
    (
        "隐患 新增 0487铝制品厂 配电箱无门 一般 期限11月15日 示例安监局查出",
        "隐患 新增 0487铝制品厂 --隐患级别 一般 --隐患部位与描述 配电箱无门 --整改期限 11月15日 --检查部门 示例安监局"
        " --隐患来源 部门检查",
    ),
    # the one record of a firm
    ("执法 修改 0707五金厂 罚款11月1日已收缴", "执法 修改 330784114-2018-0012 --收缴日期 11月1日"),
    ("检测 修改 0514杯业厂 10月30日 超标点已整改", "检测 修改 330784115-2018-0043 --整改完成日期 10月30日"),
    ("标准化 评审 0361喷塑厂 11月1日 85分", "标准化 修改 330784112-2018-0082 --评审日期 11月1日 --评审得分 85分"),
    # what people say
    ("通报 一页纸 10", "一页纸 10"),
    ("为什么 芝英 排名下降", "明细 2018-10 芝英 排名"),
    ("隐患 列表 逾期 按镇街 几条", "隐患 列表 逾期 --按 镇街"),
    ("执法 列表 今年 按镇街 罚款合计", "执法 统计 --按 镇街"),
    # asked
    ("隐患 统计 按检查部门", "隐患 统计 --按 检查部门"),
    ("隐患 统计 按镇 10月", "隐患 统计 10月 --按 镇街"),
    ("隐患 统计 花街 按级别", "隐患 统计 --按 级别 --镇街 花街"),
    ("古山 怎么排第九", "明细 2018-10 古山 排名"),
    ("古山 9月 排名", "明细 9月 古山 排名"),
    ("9月 各镇排名", "通报 9月 --简"),
    ("花街 怎么样", "通报 2018-10 花街"),
    ("一页纸 9月 和 10月", "一页纸 2018-10"),
    ("催报", "文书 催报"),
    ("报送 谁没报", "文书 催报"),
    ("事故 古山 死了几人", "事故 走势 --镇街 古山"),
    ("执法 立案几件 同比", "执法 统计"),
    ("托管 示例乙 欠几次", "待办 0 --机构 示例乙安全技术服务公司"),
    ("示例0479喷塑厂 谁负责", "企业 档案 示例0479喷塑厂"),
    ("托管 示例乙 芝英 涉粉 有几家", "托管 列表 示例乙 芝英 涉粉 有几家"),
    ("整治 涉粉 到哪一步了", "整治 阶段 --类型 涉粉"),
    ("示例0518 有几条隐患", "隐患 列表 示例0518 有几条"),
    ("芝英 没销号的隐患", "隐患 列表 芝英 没销号"),
    ("导出 托管 芝英", "托管 列表 芝英 -o 托管-芝英.xlsx"),
    ("隐患 导出 芝英 10月 csv", "隐患 列表 芝英 10月 -o 隐患-芝英-10月.csv"),
    ("检测 列表 花街 未检测", "应检 列表 未检 花街"),
    ("服务 列表 该做没做", "托管 列表 欠服务"),
    ("检查 列表 没查过的 古山", "企业 列表 未查 古山"),
]


@pytest.mark.parametrize(("line", "plainly"), READ_AS, ids=[line for line, _ in READ_AS])
def test_a_line_is_read_as_the_one_it_plainly_means(office: Run, line: str, plainly: str) -> None:
    """It is said first, and typed as it is said it does the same."""
    done = office(*line.split(" "))
    said, _, answer = done.partition("\n") if done.startswith("读作") else _told_apart(done)
    assert said == f"读作：anjian {plainly}"
    before = office("日志", "--条数", "1")
    if plainly.split(" ")[1] in WRITING:
        assert "隐患" in office("撤销") or before
    for file in Path().glob("*-*.*"):
        file.unlink()
    assert _without_numbers(office(*plainly.split(" "))) == _without_numbers(answer)


WRITING = ("新增", "修改", "终止", "整改", "作废", "延期", "销号")


def _told_apart(done: str) -> tuple[str, str, str]:
    """What was understood, and the rest of what was said."""
    lines = done.splitlines(keepends=True)
    said = [line for line in lines if line.startswith("读作：")]
    beside = [
        line for line in lines if not line.startswith("读作：") and "没有写，" not in line
    ]  # and what was implied
    return "".join(said).rstrip("\n"), "", "".join(beside)


def _without_numbers(text: str) -> str:
    """A number that was given out is not given out again."""
    return re.sub(r"(?:芝英|花街|唐先)-\d+|\d{9}-\d{4}-\d{4}|操作\d+|[0-9.]+KB|数据时点\S+ \S+|核验码\S+.*", "", text)


REFUSED_WHOLE = [
    # something is not told
    ("检查 登记 示例0472喷塑厂 10月30日 没有问题", "还缺检查方式。照这样写全"),
    ("服务 新增 示例0518 喷涂 11-1 发现2条", "--服务机构 …"),  # no contract of that kind
    ("隐患 登记 示例0518 配电箱无门 一般", "--整改期限 …"),
    ("隐患 延期 芝英-12 原因 缺件", "--期限 …"),
    # another step takes it
    ("月份 定稿 10月 文号 16", "分两步办：anjian 月份 印发 10月 --文号 16"),
    # two ways, or none
    ("托管 修改 0474喷塑厂 年费3600元", "修改 330784115-2018-0007 --年服务费 3600元"),  # of which contract
    (
        "托管 修改 芝英-3 年费3600元 12台",
        "没有地方放“12台”。去掉就读得懂：anjian 托管 修改 芝英-3 --年服务费 3600元。",
    ),
    ("托管 新增 0711铝制品厂 企业付费 某某某", "--付费方 企业 --备注 某某某 --服务机构 … --托管类别 …"),
    ("检测 修改 芝英-43 超标点已整改", "多出了“超标点已整改”。用法"),
    ("企业 修改 0512电动工具厂 负责人外出", "多出了“负责人外出”。用法"),  # which is nobody's name
    ("执法 修改 花街-12 罚款11月1日", "多出了“罚款11月1日”。用法"),  # decided or collected
    ("报送 零报告 西溪 10月", "报送 新增 西溪 --统计期 10月 --零报告 是 --报送方式 …"),
    ("隐患 列表 逾期 某某某 几条", "看不懂“某某某”"),
    ("隐患 列表 某某某 按镇街", "看不懂“某某某”"),
    (
        "隐患 登记 示例0518 配电箱无门 灯具不防爆 一般 期限11-20",  # two texts for one place
        "--隐患部位与描述 配电箱无门 --整改期限 11-20 --备注 灯具不防爆 或 anjian 隐患 新增 示例0518 --隐患级别 一般"
        " --隐患部位与描述 灯具不防爆",
    ),
    ("隐患 登记 示例0518 配电箱无门 一般 重大 期限11-20", "--整改期限 11-20 或 anjian"),  # one place twice
    (
        "隐患 登记 示例0518 配电箱无门 期限11-20 示例建设局",
        "--检查部门 示例建设局 或 anjian",
    ),  # who found, or who is in charge
    ("隐患 登记 示例0518 配电箱无门 --级别 重大 一般 期限11-20", "没有地方放“一般”"),  # beside its option
    ("隐患 延期 芝英-12 12-15 12-20", "只留一个，照这样写：anjian 隐患 延期 芝英-12 --期限 12-15 或"),
    ("企业 修改 示例0518 某某某", "多出了"),
    (
        "芝英-15 销号 10-31",
        "--完成 10-31 或 anjian 隐患 销号 芝英-15 --日期 10-31",
    ),  # rectified or accepted on that day
    ("诊断 登记 示例0472喷塑厂 10-30 除尘器未接地", "还缺诊断机构"),
    ("芝英-15 作废 重复", "没有“芝英-15”这个命令"),  # of which record is not told
    # asked, denied, or not yet done: nothing is registered of it
    ("隐患 整改 芝英-15 没整改", "这里只写隐患编号"),
    ("隐患 整改 芝英-15 还没完成", "这里只写隐患编号"),
    ("隐患 芝英-15 整改 了没有", "没有“芝英-15”这个命令"),
    ("隐患 芝英-15 整改 情况", "没有“芝英-15”这个命令"),
    ("芝英-15 什么时候 整改", "没有“芝英-15”这个命令"),
    ("芝英-15 验收 张三", "没有地方放“张三”"),
    ("芝英-15 验收 谁", "没有“芝英-15”这个命令"),
    ("企业 今年 新增", "没有“今年”这个命令"),
    ("企业 示例0488 停产 吗", "没有“示例0488”这个命令"),
    ("古山 怎么样 某某", "没有“古山”这个命令"),
    ("检测 列表 三年没检测", "没有检测的没有检测记录"),
    ("检测 列表 报告没出来", "检测有了报告才登记"),
    ("企业 列表 规上", "不记规上规下"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED_WHOLE, ids=[line for line, _ in REFUSED_WHOLE])
def test_a_line_whose_words_do_not_all_fit_changes_nothing(office: Run, line: str, said: str) -> None:
    before = office("日志", "--条数", "1")
    refused = office(*line.split(" "), code=2)
    assert said in refused
    assert "读作" not in refused
    assert office("日志", "--条数", "1") == before


@pytest.mark.usefixtures("office")
def test_the_line_to_type_does_what_was_meant(office: Run) -> None:
    refused = office("隐患", "登记", "示例0518", "配电箱无门", "一般", code=2)
    told = re.search(r"填上：anjian (.+?)。", refused)
    assert told
    assert "已登记" in office(*told[1].replace("…", "11-20").split(" "))


def test_a_visit_without_its_agency_is_of_the_contract(office: Run) -> None:
    done = office("服务", "新增", "示例0475喷塑厂", "喷涂", "11-1", "发现2条", "整改1条")
    assert "读作：anjian 服务 新增 示例0475喷塑厂 --托管类别 喷涂 --服务日期 11-1 --发现隐患 2 --已整改 1" in done
    assert "照这家企业那一天的托管合同" in done
    assert "已登记" in done


def test_a_renewed_contract_agrees_what_the_one_before_it_did(office: Run) -> None:
    done = office("托管", "续签", "0474喷塑厂", "喷涂", "2018-11-01至2019-10-31", "示例托0601号")
    assert "照原合同330784115-2018-0006" in done
    assert "--合同编号 示例托0601号" in done
    assert "--服务机构 示例甲安全技术服务公司 --约定服务次数 4" in done
    assert "已登记" in done


def test_what_is_typed_first_is_not_lost_behind_its_option(office: Run) -> None:
    """--单位 is a part of --单位名称, which is the firm that stands first."""
    before = office("日志", "--条数", "1")
    refused = office("智慧用电", "新增", "0487铝制品厂", "--套数", "2", "--单位", "示例智慧用电公司", code=2)
    assert "“--企业名称”不能填“示例智慧用电公司”。前面已写“0487铝制品厂”" in refused
    assert office("日志", "--条数", "1") == before


def test_a_firm_that_is_not_in_the_ledger_is_no_text(office: Run) -> None:
    for line in ("指导 新增 芝英示例村 0999五金厂 11月1日", "隐患 新增 芝英 0999五金厂 一般 期限11月15日"):
        assert "“0999五金厂”——台账中没有这家企业" in office(*line.split(" "), code=1)


def test_what_the_ledger_refuses_is_said_behind_what_was_read(office: Run) -> None:
    before = office("日志", "--条数", "1")
    refused = office("芝英-15", "验收合格", code=4)
    assert refused.startswith("读作：anjian 隐患 验收 芝英-15\n")
    assert "〔E401〕" in refused
    assert office("日志", "--条数", "1") == before


ASKED_OF_LISTS = [
    ("隐患 列表 退回 过的", "退回过（有一次验收不合格"),
    ("托管 列表 政府付费", "付费方 财政"),
    ("托管 列表 从未服务", "合同期里一次服务也没有登记"),
    ("检查 列表 秋季大检查", "检查行动 2018年秋季安全生产大检查"),
    ("检查 列表 查出重大", "查出过重大隐患的"),
    ("培训 列表 有人不合格", "合格人次少于参训人次的"),
    ("培训 列表 示例甲 主办", "举办单位 示例甲"),
    ("标准化 列表 示例甲 辅导", "中介机构 示例甲"),
    ("企业 列表 没有这几个字", "是按文字找的，不是这里的条件"),
]


@pytest.mark.parametrize(("line", "said"), ASKED_OF_LISTS, ids=[line for line, _ in ASKED_OF_LISTS])
def test_a_list_says_what_was_asked_of_it(office: Run, line: str, said: str) -> None:
    assert said in office(*line.split(" "))


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
