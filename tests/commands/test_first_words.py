"""Lines that begin with what was done, and not with of what: its noun follows where one alone has it. Each is typed on
the demonstration, whose day is 2 November 2018."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., str]

READ = [
    # beside a record's number
    ("移交 芝英-12 给示例消防大队 11月1日", "隐患 移交 芝英-12 --部门 示例消防大队 --日期 11月1日", 0),
    ("整改 芝英-12 10月30日 已换", "隐患 整改 芝英-12 --日期 10月30日 --措施 已换", 0),
    ("退回 芝英-14 12月15日 防爆灯又被拆除", "隐患 退回 芝英-14 --期限 12月15日 --原因 防爆灯又被拆除", 0),
    ("延期 芝英-12 到11月20日 配件没到货", "隐患 延期 芝英-12 --期限 11月20日 --原因 配件没到货", 0),
    ("挂牌 芝英-12 县级 11月1日", "隐患 挂牌 芝英-12 --挂牌级别 县级 --日期 11月1日", 4),
    ("督办 挂牌 芝英-12 县级 11月1日", "隐患 挂牌 芝英-12 --挂牌级别 县级 --日期 11月1日", 4),
    ("续报 古山-16 死亡1人 11月1日", "事故 续报 古山-16 --死亡 1 --日期 11月1日", 0),
    ("销号 芝英-15 10月30日整改 11月1日验收", "隐患 销号 芝英-15 --完成 10月30日 --日期 11月1日", 0),
    ("验收 芝英-12 11月1日 合格", "隐患 验收 芝英-12 --日期 11月1日", 4),  # what the ledger says of it
    # beside a firm
    ("移交 示例0472喷塑厂 示例消防大队 11月1日", "隐患 移交 330784115-2018-0012 --部门 示例消防大队 --日期 11月1日", 0),
    ("停产 示例0006喷塑厂 10月20日起", "企业 修改 示例0006喷塑厂 --经营状态 停产 --变更日期 10月20日", 0),
    (
        "更名 示例0201抛光厂 永康市新五金制品厂 10-20",
        "企业 修改 示例0201抛光厂 --企业名称 永康市新五金制品厂 --变更日期 10-20",
        0,
    ),
    (
        "续签 示例0474喷塑厂 喷涂 续一年",
        "托管 新增 示例0474喷塑厂 --托管类别 喷涂 --起始日期 2018-11-01 --终止日期 2019-10-31"
        " --服务机构 示例甲安全技术服务公司 --约定服务次数 4",
        0,
    ),
    (
        "上门服务 示例0006喷塑厂 喷涂 11-1 发现2条",
        "服务 新增 示例0006喷塑厂 --托管类别 喷涂 --服务日期 11-1 --发现隐患 2 --服务机构 示例乙安全技术服务公司",
        0,
    ),
    (
        "立案 0472喷塑厂 今天 重大隐患逾期未整改 永安监立案〔2018〕90号",
        "执法 新增 永安监立案〔2018〕90号 --当事人 永康市示例0472喷塑厂 --案由 重大隐患逾期未整改 --立案日期 今天"
        " --镇 芝英镇",
        0,
    ),
    # what a town did on a day
    (
        "约谈 花街镇 11月1日 新创标准化滞后 主要领导参加",
        '工作项 新增 约谈 --镇 花街 --完成日期 11月1日 --备注 "新创标准化滞后；主要领导参加"',
        0,
    ),
    ("督办 花街镇 11月1日 标准化滞后", "工作项 新增 督办 --镇 花街 --完成日期 11月1日 --备注 标准化滞后", 0),
    ("演练 芝英镇 10月30日 县级", "工作项 新增 应急演练 --镇 芝英 --完成日期 10月30日 --工作项级别 县级", 0),
    # it is asked
    ("立案 9月", "执法 列表 立案 9月", 0),
]


@pytest.mark.parametrize(("line", "plainly", "code"), READ, ids=[line for line, _, _ in READ])
def test_a_line_begins_with_what_was_done(office: Run, line: str, plainly: str, code: int) -> None:
    assert f"读作：anjian {plainly}\n" in office(*line.split(" "), code=code)


REFUSED = [
    ("约谈 花街镇 11月1日", "〔E101〕"),  # it may as well be asked
    ("约谈 花街镇 10月 标准化滞后", "〔E101〕"),  # on no day
    ("约谈 花街镇 11月1日 记录", "〔E101〕"),
    ("约谈 花街镇 11月1日 谈了没有 几次", "〔E101〕"),
    ("约谈 示例0472喷塑厂 11月1日 整改慢", ""),  # of a firm there is none
    ("销号 芝英 10月", "〔E101〕"),
    ("停产 石柱", "〔E101〕"),
    ("关闭 芝英-12 10月30日", "〔E101〕"),  # a hazard has that number, too
    ("延期 示例0472喷塑厂 到11月20日", "〔E101〕"),  # a hazard's deadline, or a contract
    ("整改 示例0472喷塑厂 10月30日 已换", "〔E101〕"),  # a hazard's, or a test's
    ("验收 西溪示例村 11月1日 合格", "〔E101〕"),
    ("移交 登记 隐患 芝英-12 示例消防大队", "没有地方放“登记”"),
    ("移交 芝英-12 示例消防大队 11月1日 防火分隔归消防管", "没有地方放“防火分隔归消防管”"),
    ("督办 挂牌 芝英-12 县级 11月1日 责任单位花街镇", "没有地方放“责任单位花街镇”"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED, ids=[line for line, _ in REFUSED])
def test_what_is_not_plainly_a_step_changes_nothing(office: Run, line: str, said: str) -> None:
    before = office("日志", "--条数", "1")
    assert said in office(*line.split(" "), code=2)
    assert office("日志", "--条数", "1") == before
