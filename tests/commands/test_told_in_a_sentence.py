"""What is told of a record in a sentence, or without a verb: done only where every piece is known, in one way, and
nothing is lacking. Each is typed on the demonstration, whose day is 2 November 2018."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., str]

TOLD = [
    (
        "检查 今天网格巡查了永康市示例0673电动工具厂 没有发现隐患 检查人前仓网格员甲",
        "检查 新增 永康市示例0673电动工具厂 --检查日期 今天 --检查方式 网格巡查 --检查人 前仓网格员甲 --有无隐患 无",
    ),
    (
        "检查 新增 舟山网格员甲上周五去0213杯业厂网格巡查 没有隐患",
        "检查 新增 0213杯业厂 --检查日期 2018-10-26 --检查方式 网格巡查 --检查人 舟山网格员甲 --有无隐患 无",
    ),
    (
        "服务 新增 11月1日示例乙安全技术服务公司到永康市示例0001喷塑厂做喷涂托管服务 查出隐患2条",
        "服务 新增 永康市示例0001喷塑厂 --服务机构 示例乙安全技术服务公司 --托管类别 喷涂 --服务日期 11月1日"
        " --发现隐患 2条",
    ),
    (
        "培训 登记 东城街道10月30日办了安全管理人员培训第2期 8学时 到了12人 考核合格11人",
        "培训 新增 培训第2期 --镇 东城 --培训日期 10月30日 --培训类别 安全管理人员 --学时 8 --参训人次 12人"
        " --合格人次 11人",
    ),
    (
        "事故 登记 11月1日14时30分古山镇0232电动工具厂冲床机械伤害事故 重伤1人 没有死亡 直接损失15万元 工矿商贸",
        "事故 新增 冲床机械伤害事故 --发生时间 11月1日 --镇 古山 --事故单位 0232电动工具厂 --行业领域 工矿商贸"
        " --死亡 0 --重伤 1 --直接经济损失 15万元 --备注 11月1日14时30分",
    ),
    (
        "检测 0479喷塑厂 示例职业卫生检测公司10月22日采样 10月31日出报告 检测6个点 超标1个点 噪声",
        "检测 新增 0479喷塑厂 --检测机构 示例职业卫生检测公司 --采样日期 10月22日 --报告日期 10月31日 --检测点 6"
        " --超标点 1 --超标因素 噪声",
    ),
    (
        "责任村 西城示例村 11月1日验收合格 奖励25000元",
        "责任村 修改 330784002-2018-0001 --验收日期 11月1日 --验收结论 合格 --奖励金额 25000",
    ),
    (
        "托管 终止 330784001-2018-0003 10月31日提前终止 企业不做喷涂了",
        "托管 终止 330784001-2018-0003 --日期 10月31日 --原因 企业不做喷涂了",
    ),
    (
        "服务 更正 330784001-2018-0004 发现隐患应该是3条 原来填错了",
        "服务 修改 330784001-2018-0004 --更正 --原因 原来填错了 --发现隐患 3",
    ),
    (
        "托管 新增 0059杯业厂 小微 示例甲 2018年11月13日到2019年11月12日 费用3000元 企业自付 一年4次",
        "托管 新增 0059杯业厂 --服务机构 示例甲安全技术服务公司 --托管类别 小微 --起始日期 2018年11月13日"
        " --终止日期 2019年11月12日 --年服务费 3000元 --付费方 企业 --约定服务次数 4次",
    ),
    (
        "托管 续签 330784001-2018-0011 到2019-11-12",  # a firm of another name has that number, too
        "托管 新增 永康市示例0008冷冻食品厂 --托管类别 涉氨 --终止日期 2019-11-12 --服务机构 示例甲安全技术服务公司"
        " --起始日期 2018-11-13 --约定服务次数 4",
    ),
    (
        "托管 续签 330784003-2018-0006 再续一年 费用不变",
        "托管 新增 永康市示例0086喷塑厂 --托管类别 涉粉 --起始日期 2018-11-13 --终止日期 2019-11-12 --备注 费用不变"
        " --服务机构 示例甲安全技术服务公司 --约定服务次数 4 --年服务费 3600 --付费方 企业",
    ),
    (
        "服务 登记 0001喷塑厂 涉粉 示例丙 10月30日上门 发现隐患2条 当场改了1条",
        "服务 新增 0001喷塑厂 --服务机构 示例丙安全技术服务公司 --托管类别 涉粉 --服务日期 10月30日 --发现隐患 2"
        " --已整改 1条",
    ),
    (
        "隐患 销号 330784106-2018-0015 10月31日整改 11月2日复查合格 复查人王建国",
        "隐患 销号 330784106-2018-0015 --完成 10月31日 --日期 11月2日 --验收人 王建国",
    ),
    (
        "执法 立案 0472喷塑厂 今天 重大隐患逾期未整改 永安监立案〔2018〕90号",
        "执法 新增 永安监立案〔2018〕90号 --当事人 永康市示例0472喷塑厂 --案由 重大隐患逾期未整改 --立案日期 今天"
        " --镇 芝英镇",
    ),
    (
        "隐患 移交 江南-15 移交给 示例市场监管局 今天",
        "隐患 移交 江南-15 --部门 示例市场监管局 --日期 今天",
    ),
]
ASKED = [
    ("隐患 逾期没整改的各镇街各有多少条", "隐患 列表 逾期没整改 多少条 --按 镇街"),
    ("托管 示例甲安全技术服务公司11月到期的合同", "托管 列表 示例甲安全技术服务公司 11月到期的"),
    ("执法 今年1到10月立案多少起 罚款多少 跟去年同期比", "执法 统计 --日期 2018-10-31"),
    ("事故 今年死了几个人 跟去年同期比怎么样", "事故 走势"),
    ("执法 统计 1-10月 立案数 罚款 同比", "执法 统计 --日期 2018-10-31"),
    ("托管 芝英镇11月到期的合同 -o 到期.xlsx", "托管 列表 芝英镇 11月到期的 -o 到期.xlsx"),
    ("责任村 西城示例村 11月1日", "责任村 列表 西城示例村 11月1日"),  # too little to be what became of it
    ("检查 0673电动工具厂 今天 网格巡查", "检查 列表 0673电动工具厂 今天 网格巡查"),
]
REFUSED = [
    "网格员 唐先镇 李小明",  # all that is required, and as well a question
    "机构 示例戊公司 乙级",
    "隐患 芝英-15 11月5日前",  # one word more of a record is no change of it
    "检查 今天网格巡查了0673电动工具厂",  # whether anything was found is lacking
    "标准化 年底前到期要复评的有哪些",  # those to be reviewed again are not those that were
    "服务 11月1日示例乙某某到0001喷塑厂做喷涂托管服务 查出隐患2条",
    "整治 0457门配厂 胶水 11月2日 验收合格",
    # what was found is a hazard of its own, and no remark
    "检查 登记 示例消防大队 0412冷冻食品厂 11月1日 部门检查 发现隐患1条 通道堵塞 11月8日前改好",
    "报送 登记 西溪镇 10月 11月2日收到 零报告",  # by what way it came is lacking: 登记 is none
]


@pytest.mark.parametrize(("line", "plainly"), [*TOLD, *ASKED], ids=[line for line, _ in (*TOLD, *ASKED)])
def test_a_sentence_is_the_line_of_its_pieces(office: Run, line: str, plainly: str) -> None:
    assert f"读作：anjian {plainly}\n" in office(*line.split(" "))


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_not_wholly_told_changes_nothing_and_says_nothing_of_it(office: Run, line: str) -> None:
    before = office("日志", "--条数", "1")
    refused = office(*line.split(" "), code=2)
    assert "读作" not in refused
    assert "没有写" not in refused
    assert office("日志", "--条数", "1") == before


def test_a_list_takes_the_terms_of_its_field_alone(office: Run) -> None:
    assert "条件：整治类别 喷涂\n" in office("诊断", "列表", "喷涂")
    assert "按文字查找：“阿猫阿狗”" in office("诊断", "列表", "阿猫阿狗")
    assert "〔E203〕" in office("诊断", "列表", "--整治类别", "电镀", code=1)
    office("用语", "新增", "电镀", "--用语表", "整治类型", "--启用日期", "2018-01-01")
    assert "条件：整治类别 电镀\n" in office("诊断", "列表", "电镀")


def test_a_number_that_is_hidden_is_to_be_typed_once_more(office: Run) -> None:
    refused = office(
        "企业", "新增", "永康市大山杯业厂", "石柱镇", "微型", "负责人王大山", "13800000000", "暂无信用代码", code=2
    )
    assert "--联系电话 … " in refused
    assert "***" not in refused


def test_what_is_proposed_says_the_same(office: Run) -> None:
    # without the word that denies the list would be of the opposite
    assert "要列出" not in office("服务", "本季度还没上门的", "示例甲", code=2)
    assert "要列出" in office("服务", "示例甲", "某某话", code=2)
    # a person is called by a name, a grid is none
    assert "anjian 网格员 新增 李小明 " in office("网格员", "新增", "唐先二网格", "李小明", "11月1日到岗", code=2)
