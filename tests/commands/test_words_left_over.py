"""Lines with a word that has no place of its own, and with words that say several things: what goes into 备注, what is
taken apart, what is refused by itself. Each is typed on the demonstration."""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

Run = Callable[..., str]

HAZARD = "隐患 新增 示例0518 灯具不防爆 期限11-20"
REMARKS = [
    (f"{HAZARD} 芝英网格员甲", "芝英网格员甲"),
    (f"{HAZARD} 示例丙安全技术服务公司", "示例丙安全技术服务公司"),
    (f"{HAZARD} 示例丙", "示例丙"),  # an agency said shorter is no description
    ("隐患 新增 示例0518 示例丙 10-29 灯具不防爆 期限11-20", "示例丙"),  # and no title of the day behind it
    (f"{HAZARD} 王工 张师傅", "王工；张师傅"),
    (f"{HAZARD} 已拍照", "已拍照"),
    ("隐患 新增 芝英示例村 0500 门口堵塞 期限11-15", "芝英示例村"),
    (f"{HAZARD} 备注 靠近小学 芝英网格员甲", "靠近小学；芝英网格员甲"),
    ("检查 新增 示例0518 网格巡查 没问题 老板不在场", "老板不在场"),
    ("检查 新增 示例0518 部门检查 查出3条", "查出3条"),
    ("培训 新增 芝英 10-30 网格员 网格员业务培训 45人 全部合格 镇文化礼堂", "镇文化礼堂"),
    ("事故 新增 芝英 11-1 示例0518 触电 死亡1人 工矿商贸 县里在查", "县里在查"),
    ("事故 新增 芝英 10月31日14:20 示例0518 触电 没死人 重伤1人 工矿商贸", "10月31日14:20"),
    ("企业 新增 永康市某某厂 芝英 喷涂 未办理登记 靠近小学", "靠近小学"),
    ("智慧用电 新增 0487铝制品厂 昨天装好 2套 示例智慧用电公司 老板很配合", "老板很配合"),
]


@pytest.mark.parametrize(("line", "remark"), REMARKS, ids=[line for line, _ in REMARKS])
def test_a_text_without_a_place_goes_into_the_remark_and_that_is_said(office: Run, line: str, remark: str) -> None:
    done = office(*line.split(" "))
    last = remark.rpartition("；")[2]
    assert f"“{last}”没有自己的栏目，记入备注\n" in done
    assert "已登记" in done
    typed = shlex.split(re.findall(r"读作：anjian (.+)", done)[0])
    assert typed[typed.index("--备注") + 1] == remark
    number = re.findall(r"（(\d{9}-\d{4}-\d{4})）", done)[0]
    assert re.search(rf"^备注 +{re.escape(remark)}$", office(typed[0], "查看", number), re.MULTILINE)


REFUSED = [
    # a slip of the pen, said with what was meant
    (f"{HAZARD} 网格巡察", f"要的是“网格巡查”吗？照这样写：anjian {HAZARD} 网格巡查。〔E140〕"),
    (f"{HAZARD} 芝应", "要的是“芝英”吗？"),
    (f"{HAZARD} 示例丁安全技术服务公司", "相近的有“示例丙安全技术服务公司”"),
    # no plain text
    (f"{HAZARD} 12台", "没有地方放“12台”。去掉就读得懂：anjian 隐患 新增 示例0518 --隐患部位与描述 灯具不防爆"),
    (f"{HAZARD} 已整改", "没有地方放“已整改”"),
    (f"{HAZARD} 示例0512", "没有地方放“示例0512”"),
    (f"{HAZARD} --备注 复查 芝英网格员甲", "没有地方放“芝英网格员甲”"),
    (f"{HAZARD} 一般 重大", "没有地方放“重大”或“一般”。只留一个，照这样写："),
    (f"{HAZARD} 未整改", "没有地方放“未整改”。别的词都有去处"),  # denied: nothing is proposed without it
    (f"{HAZARD} 有人举报吗", "没有地方放“有人举报吗”。别的词都有去处"),
    (f"{HAZARD} 芝英网格员甲 王工 张师傅", "多出了"),  # three
    # two descriptions, two readings
    (f"{HAZARD} 通道堵塞", "--备注 通道堵塞 或 anjian"),
    # a text that speaks of a day which is not told is not of today
    ("隐患 新增 示例0518 期限11-20 灯具昨天坏了", "还缺发现日期。"),
    ("隐患 整改 芝英-15 积尘11月1日扫干净", "还缺日期。"),
    # what must be told is not a remark
    ("隐患 新增 示例0518 期限11-20 芝英网格员甲", "还缺隐患部位与描述。"),
    ("隐患 新增 示例0518 期限11-20 示例丙", "还缺隐患部位与描述。"),
    ("企业 新增 永康市某某厂 芝英 喷涂 没有信用代码", "还缺无代码原因。"),
    # beside a change of a record with words of its own it may be those
    (
        "隐患 修改 芝英-15 重大 喷漆房无防爆灯",
        "没有地方放“喷漆房无防爆灯”。去掉就读得懂：anjian 隐患 修改 芝英-15 --隐患级别 重大。"
        "要记入备注的，照这样写：anjian 隐患 修改 芝英-15 --隐患级别 重大 --备注 喷漆房无防爆灯。〔E140〕",
    ),
    ("企业 修改 示例0512 停产 11-01 没人在", "没有地方放“没人在”。别的词都有去处"),
    ("企业 修改 示例0512 停产 11-01 --备注 甲 靠近小学", "没有地方放“靠近小学”。去掉就读得懂："),
    (
        "事故 修改 古山-16 死亡 1 轻伤 1 听说 11-01",
        "没有地方放“听说、11-01”。去掉就读得懂：anjian 事故 修改 古山-16 --死亡 1",
    ),
    ("隐患 整改 芝英-15 昨天 换了灯 王工", "没有地方放“王工”"),
    ("隐患 督办 芝英-12 县级挂牌 今天 12月31日前完成", "没有地方放“12月31日前完成”"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED, ids=[line for line, _ in REFUSED])
def test_what_is_no_plain_text_is_refused_by_itself(office: Run, line: str, said: str) -> None:
    before = office("日志", "--条数", "1")
    assert said in office(*line.split(" "), code=2)
    assert office("日志", "--条数", "1") == before


def test_a_text_beside_a_change_goes_into_an_empty_remark(office: Run) -> None:
    done = office("企业", "停产", "示例0006喷塑厂", "10月20日起", "环保整改")
    assert "“环保整改”没有自己的栏目，记入备注\n" in done
    plainly = "企业 修改 示例0006喷塑厂 --经营状态 停产 --变更日期 10月20日 --备注 环保整改"
    assert f"读作：anjian {plainly}\n" in done
    assert "　备注：（空） → 环保整改\n" in done


def test_a_text_beside_a_change_overwrites_no_remark(office: Run) -> None:
    office("企业", "修改", "示例0006喷塑厂", "--备注", "靠近小学")
    refused = office("企业", "停产", "示例0006喷塑厂", "10月20日起", "环保整改", code=2)
    assert "去掉就读得懂：anjian 企业 修改 示例0006喷塑厂 --经营状态 停产 --变更日期 10月20日。" in refused
    proposed = re.findall(r"要记入备注的，照这样写：anjian (.+?)。〔E140〕", refused)[0]
    assert "　备注：靠近小学 → 靠近小学；环保整改\n" in office(*shlex.split(proposed))


def test_a_firm_or_a_department_that_is_not_known_is_no_remark(office: Run) -> None:
    assert "〔E232〕" in office("服务", "新增", "喷塑厂", "喷涂", "11-1", code=1)  # one of many
    assert "〔E231〕" in office(*["检查", "新增", "示例0518", "某某局", "部门检查", "没问题"], code=1)


def test_the_line_that_is_proposed_is_read(office: Run) -> None:
    for line in (f"{HAZARD} 网格巡察", f"{HAZARD} 12台", "隐患 整改 芝英-15 昨天 换了灯 王工"):
        proposed = re.findall(r"(?:照这样写|读得懂)：anjian (.+?)。〔E140〕", office(*line.split(" "), code=2))[0]
        assert "已登记" in office(*shlex.split(proposed))
        office("撤销")


APART = [
    (
        "隐患 新增 芝英镇0518五金厂 无门 11-20前整改",
        "隐患 新增 0518五金厂 --镇 芝英 --隐患部位与描述 无门 --整改期限 11-20",
    ),
    ("隐患 新增 示例0518 10-29发现 无门 限15天", "--发现日期 10-29 --隐患部位与描述 无门 --整改期限 2018-11-13"),
    (
        "隐患 新增 示例0518 上周五发现 无门 半个月内整改",
        "--发现日期 2018-10-26 --隐患部位与描述 无门 --整改期限 2018-11-10",
    ),
    (
        "隐患 新增 示例0518 11-01安监局检查发现配电箱无门 限11-20",
        "--隐患部位与描述 配电箱无门 --整改期限 11-20 --检查部门 示例安监局 --隐患来源 部门检查",
    ),
    ("隐患 新增 示例0518 11月1日检查发现配电箱无门 限11-20", "--发现日期 11月1日 --隐患部位与描述 检查发现配电箱无门"),
    ("隐患 新增 示例0518 无门 月底前 责任人厂长应伟", "--整改期限 2018-11-30 --整改责任人 厂长应伟"),
    (
        "标准化 新增 示例0518 三级新创 示例甲辅导 10月25日开始咨询",
        "--申报等级 三级 --创建类型 新创 --中介机构 示例甲安全技术服务公司 --咨询日期 10月25日",
    ),
    ("培训 新增 芝英 昨天 网格员 网格员培训 45人参加43人合格", "--参训人次 45人 --合格人次 43人"),
    (
        "托管 新增 0436门配厂 喷涂 示例丙 11月1日到明年10月31日 一年上门4次 3600元 镇里出钱 合同号 丙2018-231",
        "--合同编号 丙2018-231 --起始日期 11月1日 --终止日期 2019-10-31 --年服务费 3600元 --付费方 财政"
        " --约定服务次数 4次",
    ),
    ("托管 新增 0436门配厂 喷涂 示例丙 2018-11-1至2019-10-31 每季度一次 企业自付", "--付费方 企业 --约定服务次数 4"),
    (
        "托管 续签 示例0474喷塑厂 喷涂 续一年",
        "--起始日期 2018-11-01 --终止日期 2019-10-31 --服务机构 示例甲安全技术服务公司",
    ),
    (
        "检测 新增 示例0518 示例环境 10-20采样 11-1报告 8个点超标2个",
        "--采样日期 10-20 --报告日期 11-1 --检测点 8 --超标点 2",
    ),
    (
        "检测 新增 示例0518 示例环境 10-20采样 11-1报告 示例检〔2018〕7号 8个点 都不超",
        "--报告编号 示例检〔2018〕7号 --检测点 8 --超标点 0",
    ),
    ("检查 新增 示例0518 芝英网格员乙 一切正常", "--检查人 芝英网格员乙 --有无隐患 无 --检查方式 网格巡查"),
    (
        "执法 新增 永安监立案〔2018〕83号 0472喷塑厂 案由 未分隔 安监局",
        "--当事人 永康市示例0472喷塑厂 --立案单位 示例安监局 --案由 未分隔 --镇 芝英镇",
    ),
    (
        "企业 新增 永康市某某厂 芝英 家庭作坊没有信用代码 12人 13905790000",
        "--无代码原因 家庭作坊 --从业人数 12人 --联系电话 139****0000",
    ),
    (
        "责任村 新增 2019年 前仓示例村 示例乙进驻 打算指导20家 奖2万",
        "--年度 2019 --中介机构 示例乙安全技术服务公司 --应指导企业 20家 --奖励金额 2万",
    ),
    ("培训 新增 芝英 10-30 主要负责人 主要负责人培训班 50人到场 示例甲 主讲", "--举办单位 示例甲安全技术服务公司"),
    ("培训 新增 示例0518 10-30 其他从业人员 岗前培训 20人 全部合格", "--合格人次 20人 --企业名称 示例0518 --镇 芝英镇"),
    ("托管 新增 0436门配厂 小微 示例丙 2018-11-01 2019-10-31 4次", "--起始日期 2018-11-01 --终止日期 2019-10-31"),
    ("事故 续报 古山-16 死亡1人 11-1得知", "事故 续报 古山-16 --死亡 1 --日期 11-1"),
    ("芝英-15 延期到11-20 缺件", "隐患 延期 芝英-15 --期限 11-20 --原因 缺件"),
    # another verb, or none
    ("企业新增 永康市某某厂 芝英 家庭作坊", "企业 新增 永康市某某厂 --镇 芝英 --无代码原因 家庭作坊"),
    ("登记检查 示例0518 网格巡查 没问题", "检查 新增 示例0518 --检查方式 网格巡查 --有无隐患 无"),
    (
        "隐患新增0518五金厂,群众举报,10月28日,不开除尘,一般,11月10日前",
        "--发现日期 10月28日 --隐患来源 群众举报 --隐患级别 一般 --隐患部位与描述 不开除尘",
    ),
    ("约谈 新增 芝英 11-1 整改慢", "工作项 新增 约谈 --镇 芝英 --完成日期 11-1 --备注 整改慢"),
    ("企业 0518五金厂 10月底关门了", "企业 修改 0518五金厂 --经营状态 关闭 --变更日期 10-31"),
    ("企业 修改 0518五金厂 停产 11-01", "企业 修改 0518五金厂 --经营状态 停产 --变更日期 11-01"),
    ("网格员 花街网格员乙 10月31日离岗", "--离岗日期 10月31日"),
    ("责任村 验收 西城示例村 10-31通过 奖励2.5万", "--验收日期 10-31 --验收结论 合格 --奖励金额 2.5万"),
    ("服务 新增 0476喷塑厂 喷涂 10-31上门 查出3条 都整改了", "--发现隐患 3条 --已整改 3条"),
    ("企业 示例0518 电话换成 13500001111", "企业 修改 示例0518 --联系电话 135****1111"),
    ("企业 修改 示例0518 关停了 11-1", "--经营状态 关闭 --变更日期 11-1"),
    ("整治 修改 0486抛光厂 涉粉 验收合格 11-2", "--验收日期 11-2 --验收结论 合格"),
    # a step
    (
        "隐患 销号 芝英-15 11-1整改 11-2验收 王工 芝英镇安监所",
        "--完成 11-1 --日期 11-2 --验收人 王工 --验收单位 芝英镇安监所",
    ),
    ("芝英-15 昨天整改好了", "隐患 整改 芝英-15 --日期 昨天"),
    ("隐患 整改 芝英镇0521杯业厂 前天已补课 花了800块", "--日期 前天 --措施 已补课 --资金 800"),
    ("隐患 延期 芝英-12 至 12-15 理由 缺件 批准 芝英镇安监所", "--期限 12-15 --原因 缺件 --批准单位 芝英镇安监所"),
    ("隐患 延期 芝英-12 延到年底 因为没到货 吕副局长批的", "--期限 2018-12-31 --原因 没到货 --批准单位 吕副局长"),
    ("隐患 移交 江南-15 移交给示例市场监管局 11月12日前答复", "--部门 示例市场监管局 --答复期限 11月12日"),
    # an edit
    ("培训 修改 330784002-2018-0014 合格 7 理由 名单核对有误", "--更正 --原因 名单核对有误 --合格人次 7"),
    ("检查 修改 象珠-1 检查方式应该是部门检查 当时录错了", "--更正 --原因 当时录错了 --检查方式 部门检查"),
    ("隐患 修改 芝英-15 描述改成 没有防护罩", "--隐患部位与描述 没有防护罩"),
    ("机构 修改 示例丙 联系人换成周斌", "--联系人 周斌"),
    ("事故 修改 古山-16 死亡 1 轻伤 1 得知 11-01", "--死亡 1 --轻伤 1 --续报日期 11-01"),
]


@pytest.mark.parametrize(("line", "plainly"), APART, ids=[line for line, _ in APART])
def test_a_word_that_says_several_things_is_taken_apart(office: Run, line: str, plainly: str) -> None:
    assert plainly in office(*line.split(" ")).partition("读作：anjian ")[2].partition("\n")[0]


def test_since_when_a_firm_stands_still_is_the_day_that_is_told(office: Run) -> None:
    office("企业", "修改", "0518五金厂", "停产", "10-20")
    with closing(sqlite3.connect("a.db")) as ledger:
        query = "SELECT state, from_on FROM operating_state ORDER BY id DESC LIMIT 1"
        assert ledger.execute(query).fetchone() == ("停产", "2018-10-20")


def test_the_record_of_a_firm_is_the_one_of_that_kind(office: Run) -> None:
    """The kind tells which one is meant, and changes none."""
    done = office(*["整治", "修改", "0486抛光厂", "涉粉", "整改完成", "11-01"])
    assert "读作：anjian 整治 修改 330784115-2018-0034 --整改完成日期 11-01\n" in done
