"""Rows as offices send them: valid ones with one thing changed, and what must become of each.

`expect` is the outcome of every row (new, changed, unchanged), or the exact set of (code, field) of the faults.
`stored` are columns of the row that came last, as they must stand in the ledger then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from support.import_ledger import CLOSED, HENGDA_SHIZHU, HENGDA_ZHIYING, JINGGONG, code

Faults = frozenset[tuple[str, str]]

FIVE = {"整改责任人": "负责人甲", "措施": "停产清理", "资金（元）": "2万元", "预案": "已编制"}
DONE = {"整改完成日期": "2018-10-20", "验收日期": "2018-10-22", "验收单位": "街道安监站", "验收人": "验收人甲"}
KNOWN_HAZARD = {"发现日期": "2018-09-03", "隐患部位与描述": "喷漆房无防爆灯"}
LISTED = {
    "发现日期": "2018-09-04",
    "隐患来源": "部门检查",
    "隐患级别": "重大",
    "隐患部位与描述": "除尘管道积尘",
    "整改期限": "2018-12-31",
}

VALID: Mapping[str, Mapping[str, str]] = {
    "enterprise": {
        "企业编号": "",
        "镇（街、区）": "芝英镇",
        "企业名称": "永康市新丰五金厂",
        "统一社会信用代码": code(100),
        "注册号": "",
        "无代码原因": "",
        "村（居）": "",
        "生产经营地址": "新丰路1号",
        "行业代码": "C3351",
        "规模": "小型",
        "风险类别": "喷涂",
        "从业人数": "12",
        "联系电话": "",
        "经营状态": "",
        "变更日期": "",
        "注册日期": "2010-05-06",
        "备注": "",
    },
    "hazard": {
        "隐患编号": "",
        "镇（街、区）": "江南街道",
        "企业名称": "永康市精工五金厂",
        "统一社会信用代码": JINGGONG,
        "发现日期": "2018-10-09",
        "隐患来源": "网格巡查",
        "隐患级别": "一般",
        "隐患部位与描述": "配电箱无门",
        "整改期限": "2018-10-31",
        "整改责任人": "",
        "措施": "",
        "资金（元）": "",
        "预案": "",
        "挂牌级别": "",
        "挂牌文号": "",
        "挂牌日期": "",
        "整改完成日期": "",
        "验收日期": "",
        "验收单位": "",
        "验收人": "",
        "验收结论": "",
        "不合格原因": "",
    },
    "trusteeship": {
        "镇（街、区）": "江南街道",
        "企业名称": "永康市精工五金厂",
        "统一社会信用代码": "",
        "服务机构": "另一安全技术公司",
        "托管类别": "涉粉",
        "起始日期": "2018-06-01",
        "终止日期": "2019-05-31",
        "年服务费（元）": "3,000元",
        "约定服务次数": "4",
        "提前终止日期": "",
    },
    "training": {
        "镇（街、区）": "芝英镇",
        "培训日期": "2018-10-09",
        "培训类别": "其他从业人员",
        "培训名称": "喷涂企业员工培训",
        "学时": "8",
        "参训人次": "60",
        "合格人次": "58",
        "企业名称": "",
    },
    "target": {
        "年度": "2018",
        "指标": "三级新创",
        "镇（街、区）": "芝英镇",
        "任务数": "20",
        "下达文号": "永安委〔2018〕3号",
        "起用日期": "",
    },
    "opening_figure": {
        "指标": "三级新创",
        "镇（街、区）": "芝英镇",
        "截至日期": "2018-09-30",
        "累计数": "11",
        "依据": "永安委办〔2018〕13号",
        "上期排名": "",
    },
    "town": {"区划代码": "330784901", "名称": "经济开发区", "启用日期": "", "停用日期": "", "并入": ""},
    "village": {"区划代码": "330784109202", "名称": "芝英二村", "镇（街、区）": "", "停用日期": "", "并入": ""},
}


@dataclass(frozen=True)
class Case:
    """`rows` are changes to the valid row, one for every row of the file; `tail` are lines added as they are."""

    name: str
    record: str
    rows: tuple[Mapping[str, str], ...]
    expect: str | Faults
    stored: Mapping[str, object] = field(default_factory=dict)
    tail: str = ""


def taken(name: str, record: str, expect: str, /, *rows: Mapping[str, str], tail: str = "", **stored: object) -> Case:
    """A file that must be taken."""
    return Case(name, record, rows or ({},), expect, stored, tail)


def refused(name: str, record: str, faults: str, *rows: Mapping[str, str], tail: str = "") -> Case:
    """A file that must be refused; `faults` are `code field` pairs, comma between them."""
    pairs = [pair.split(" ") for pair in faults.split(",")]
    return Case(name, record, rows, frozenset((pair[0], pair[1] if len(pair) > 1 else "") for pair in pairs), {}, tail)


ENTERPRISE = (
    taken("a valid enterprise", "enterprise", "new", name="永康市新丰五金厂", credit_code=code(100), employees=12),
    taken(
        "full-width digits and letters",
        "enterprise",
        "new",
        {"统一社会信用代码": "９１３３０７８４ＭＡ" + code(100)[10:], "从业人数": "１２", "行业代码": "Ｃ３３５１"},
        credit_code=code(100),
        employees=12,
        industry_code="C3351",
    ),
    taken(
        "lower case and blanks inside a code",
        "enterprise",
        "new",
        {"统一社会信用代码": f" {code(100)[:8].lower()} {code(100)[8:].lower()}\u3000"},
        credit_code=code(100),
    ),
    taken(
        "trailing U+3000", "enterprise", "new", {"企业名称": "永康市新丰五金厂\u3000\u3000"}, name="永康市新丰五金厂"
    ),
    taken("counts with a unit", "enterprise", "new", {"从业人数": "1,200人"}, employees=1200),
    taken("a short town name", "enterprise", "new", {"镇（街、区）": "芝英"}),
    taken("no town yet", "enterprise", "new", {"镇（街、区）": ""}),
    taken(
        "a workshop without a code",
        "enterprise",
        "new",
        {"统一社会信用代码": "", "无代码原因": "家庭作坊"},
        credit_code=None,
        no_code_reason="家庭作坊",
    ),
    taken(
        "an old number where it belongs",
        "enterprise",
        "new",
        {"统一社会信用代码": "", "注册号": "330784000012345"},
        registration_number="330784000012345",
    ),
    taken("a namesake with a code of its own", "enterprise", "new", {"企业名称": "永康市恒达工具厂"}),
    taken(
        "the same enterprise, nothing new",
        "enterprise",
        "unchanged",
        {
            "镇（街、区）": "江南街道",
            "企业名称": "永康市精工五金厂",
            "统一社会信用代码": JINGGONG,
            "生产经营地址": "精工路3号",
            "风险类别": "喷涂、涉粉",
            "从业人数": "35",
            "行业代码": "",
            "注册日期": "",
        },
    ),
    taken(
        "another town from a day on",
        "enterprise",
        "changed",
        {
            "企业名称": "永康市恒达工具厂",
            "统一社会信用代码": HENGDA_ZHIYING,
            "镇（街、区）": "石柱镇",
            "变更日期": "2018-10-09",
        },
    ),
    refused("scientific notation", "enterprise", "E221 credit_code", {"统一社会信用代码": "9.13308E+17"}),
    refused("a masked code", "enterprise", "E224 credit_code", {"统一社会信用代码": "91330784****28xxxx"}),
    taken(
        "15 digits", "enterprise", "new", {"统一社会信用代码": "330784000012399"}, registration_number="330784000012399"
    ),
    taken("13 digits", "enterprise", "new", {"统一社会信用代码": "3307840000199"}, registration_number="3307840000199"),
    refused("none", "enterprise", "E290 credit_code", {"统一社会信用代码": "无"}),
    refused(
        "a wrong check digit",
        "enterprise",
        "E222 credit_code",
        {"统一社会信用代码": code(100)[:9] + "B" + code(100)[10:]},
    ),
    refused("17 characters", "enterprise", "E225 credit_code", {"统一社会信用代码": code(100)[:17]}),
    refused("nothing to know it by", "enterprise", "E228 credit_code", {"统一社会信用代码": ""}),
    refused("no name", "enterprise", "E202 name", {"企业名称": "\u3000"}),
    refused("an unknown town", "enterprise", "E231 town", {"镇（街、区）": "芝英街道"}),
    refused("an unknown village", "enterprise", "E231 village", {"村（居）": "无此村"}),
    refused("a choice that is none", "enterprise", "E203 size", {"规模": "特大型"}),
    refused("a negative count", "enterprise", "E243 employees", {"从业人数": "-3"}),
    refused("a control character", "enterprise", "E201 name", {"企业名称": "永康市\x07新丰五金厂"}),
    refused(
        "one code twice in a file",
        "enterprise",
        "E237",
        {},
        {"从业人数": "13"},
    ),
    refused(
        "a voided enterprise's code",
        "enterprise",
        "E236 credit_code",
        {"企业名称": "永康市旧厂", "统一社会信用代码": CLOSED},
    ),
    refused(
        "namesakes without a code",
        "enterprise",
        "E232 name",
        {"企业名称": "永康市恒达工具厂", "统一社会信用代码": "", "镇（街、区）": ""},
    ),
    refused("an unknown number", "enterprise", "E235 number", {"企业编号": "330784003-2018-0099"}),
    refused(
        "a code that is another's",
        "enterprise",
        "E238 credit_code",
        {"企业编号": "330784003-2018-0001", "企业名称": "永康市精工五金厂", "统一社会信用代码": HENGDA_SHIZHU},
    ),
    refused(
        "all faults of a row at once",
        "enterprise",
        "E231 town,E222 credit_code,E203 size,E243 employees,E211 registered_on,E213 changed_on",
        {
            "统一社会信用代码": code(100)[:9] + "B" + code(100)[10:],
            "镇（街、区）": "芝英街道",
            "村（居）": "芝英一村",
            "变更日期": "2018-12-01",
            "规模": "巨型",
            "从业人数": "若干",
            "注册日期": "2010-02-30",
        },
    ),
)

HAZARD = (
    taken("a valid hazard", "hazard", "new", found_on="2018-10-09", town_code="330784003"),
    taken("2018/10/9", "hazard", "new", {"发现日期": "2018/10/9"}, found_on="2018-10-09"),
    taken("2018.10.9", "hazard", "new", {"发现日期": "2018.10.9"}, found_on="2018-10-09"),
    taken("2018年10月9日", "hazard", "new", {"发现日期": "2018年10月9日"}, found_on="2018-10-09"),
    taken("20181009", "hazard", "new", {"发现日期": "20181009"}, found_on="2018-10-09"),
    taken("full-width date", "hazard", "new", {"发现日期": "２０１８－１０－０９"}, found_on="2018-10-09"),
    taken("a day with its hour", "hazard", "new", {"发现日期": "2018-10-09 08:30:00"}, found_on="2018-10-09"),
    taken("Excel's serial number", "hazard", "new", {"发现日期": "43382"}, found_on="2018-10-09"),
    taken("Excel's serial number with its hour", "hazard", "new", {"发现日期": "43382.354"}, found_on="2018-10-09"),
    taken("the leap day", "hazard", "new", {"发现日期": "2016-2-29"}, found_on="2016-02-29"),
    taken("today", "hazard", "new", {"发现日期": "2018-11-02", "整改期限": "2018-11-02"}, found_on="2018-11-02"),
    taken("money in 万元", "hazard", "new", {"资金（元）": "7,000(万元人民币)"}, funds=7_000_000_000),
    taken(
        "major, with the five assurances",
        "hazard",
        "new",
        {"隐患级别": "重大隐患", **FIVE},
        level="重大",
        funds=2_000_000,
    ),
    taken("closed at once", "hazard", "new", DONE),
    taken("found by its name alone", "hazard", "new", {"统一社会信用代码": ""}, enterprise_id=3),
    taken(
        "a workshop without a code",
        "hazard",
        "new",
        {"企业名称": "永康市李记作坊", "统一社会信用代码": ""},
        enterprise_id=5,
    ),
    taken(
        "namesakes told apart by the town",
        "hazard",
        "new",
        {"企业名称": "永康市恒达工具厂", "统一社会信用代码": "", "镇（街、区）": "石柱镇"},
        enterprise_id=2,
    ),
    taken("a known hazard again", "hazard", "unchanged", KNOWN_HAZARD),
    taken("a known hazard, now accepted", "hazard", "changed", {**KNOWN_HAZARD, **DONE}),
    refused("no year", "hazard", "E216 found_on", {"发现日期": "10月9日"}),
    refused("month 13", "hazard", "E211 found_on", {"发现日期": "2018-13-2"}),
    refused("30 February", "hazard", "E211 deadline_on", {"整改期限": "2018-2-30"}),
    refused("29 February in no leap year", "hazard", "E211 found_on", {"发现日期": "2018-2-29"}),
    refused("no day", "hazard", "E212 found_on", {"发现日期": "上周"}),
    refused("a year long gone", "hazard", "E215 found_on", {"发现日期": "1018-10-09"}),
    refused("a day in the future", "hazard", "E213 found_on", {"发现日期": "2018-11-20", "整改期限": "2018-12-20"}),
    refused("a deadline before it was found", "hazard", "E214 deadline_on", {"整改期限": "2018-10-08"}),
    refused("较大", "hazard", "E241 level", {"隐患级别": "较大"}),
    refused("市级", "hazard", "E242 supervision_level", {"挂牌级别": "市级"}),
    refused("an unknown source", "hazard", "E203 source", {"隐患来源": "路过"}),
    refused("major without the five assurances", "hazard", "E251 responsible", {"隐患级别": "重大"}),
    refused("major without a plan", "hazard", "E251 contingency_plan", {"隐患级别": "重大", **FIVE, "预案": ""}),
    refused("dollars", "hazard", "E245 funds", {"资金（元）": "20(万美元)"}),
    refused("no money", "hazard", "E244 funds", {"资金（元）": "若干"}),
    refused("an unknown enterprise", "hazard", "E233 enterprise", {"企业名称": "永康市无名厂", "统一社会信用代码": ""}),
    refused("a code of another firm", "hazard", "E234 enterprise", {"统一社会信用代码": HENGDA_SHIZHU}),
    refused("a voided enterprise", "hazard", "E233 enterprise", {"企业名称": "永康市旧厂", "统一社会信用代码": CLOSED}),
    refused(
        "namesakes",
        "hazard",
        "E232 enterprise",
        {"企业名称": "永康市恒达工具厂", "统一社会信用代码": "", "镇（街、区）": ""},
    ),
    refused("no enterprise", "hazard", "E202 enterprise", {"企业名称": "", "统一社会信用代码": ""}),
    refused("rectified before it was found", "hazard", "E214 rectified_on", {"整改完成日期": "2018-10-01"}),
    refused(
        "rectified and accepted before it was found",
        "hazard",
        "E214 rectified_on",
        {**DONE, "整改完成日期": "2018-10-01", "验收日期": "2018-10-02"},
    ),
    refused("accepted before it was rectified", "hazard", "E410 accepted_on", {**DONE, "验收日期": "2018-10-19"}),
    refused("accepted, never rectified", "hazard", "E421 rectified_on", {**DONE, "整改完成日期": ""}),
    refused("an acceptance without its day", "hazard", "E424 accepted_on", {**DONE, "验收日期": ""}),
    refused("not qualified, without a reason", "hazard", "E420 failure_reason", {**DONE, "验收结论": "不合格"}),
    refused(
        "listed, accepted by the town", "hazard", "E402 accepted_on", {**LISTED, **FIVE, **DONE, "验收单位": "镇级"}
    ),
    refused(
        "a listing without its day", "hazard", "E424 supervised_on", {"隐患级别": "重大", **FIVE, "挂牌级别": "县级"}
    ),
    refused("an ordinary one listed", "hazard", "E407 supervised_on", {"挂牌级别": "县级", "挂牌日期": "2018-10-10"}),
    refused(
        "another deadline than the ledger's", "hazard", "E412 deadline_on", {**KNOWN_HAZARD, "整改期限": "2018-12-31"}
    ),
    refused(
        "a voided hazard again", "hazard", "E236 enterprise", {"发现日期": "2018-09-05", "隐患部位与描述": "灭火器过期"}
    ),
    refused("one hazard twice in a file", "hazard", "E237", {}, {}),
    refused("one hazard twice in a file, closed twice", "hazard", "E237", DONE, {**DONE, "验收日期": "2018-10-30"}),
    refused(
        "（清空） of a required field", "hazard", "E202 description", {**KNOWN_HAZARD, "隐患部位与描述": "（清空）"}
    ),
)

OTHERS = (
    taken("a valid contract", "trusteeship", "new", until_on="2019-06-01", yearly_fee=300_000),
    taken(
        "a renewal from the day after",
        "trusteeship",
        "new",
        {"托管类别": "喷涂", "起始日期": "2019-03-01", "终止日期": "2020-02-29"},
    ),
    taken("ended early", "trusteeship", "new", {"提前终止日期": "2018-09-01"}, until_on="2018-09-01"),
    refused("an overlapping contract", "trusteeship", "E411 from_on", {"托管类别": "喷涂"}),
    refused("two contracts of a file overlap", "trusteeship", "E411 from_on", {}, {"起始日期": "2018-07-01"}),
    refused("a contract that ends before it begins", "trusteeship", "E214 last_on", {"终止日期": "2018-05-31"}),
    refused("ended outside its days", "trusteeship", "E413 ended_on", {"提前终止日期": "2018-02-15"}),
    refused("a fee in dollars", "trusteeship", "E245 yearly_fee", {"年服务费（元）": "500美元"}),
    taken("a valid course", "training", "new", attended=60, passed=58),
    taken("nobody counted who passed", "training", "new", {"合格人次": ""}, passed=None),
    refused("more passed than attended", "training", "E252 passed", {"合格人次": "61"}),
    refused("a negative number of people", "training", "E243 attended", {"参训人次": "-60"}),
    refused("a course to come", "training", "E213 held_on", {"培训日期": "2018-12-01"}),
    refused("an unknown kind of course", "training", "E203 kind", {"培训类别": "全体"}),
    taken("a valid target", "target", "new", quantity=20, from_on="2018-01-01"),
    taken("the county's own", "target", "new", {"镇（街、区）": "全市", "任务数": "108"}, town_code=None),
    taken(
        "no target from a day on",
        "target",
        "new",
        {"镇（街、区）": "江南", "任务数": "", "起用日期": "2018-07-01"},
        quantity=None,
    ),
    refused("an unknown indicator", "target", "E239 indicator", {"指标": "五级创建"}),
    refused("a negative target", "target", "E243 quantity", {"任务数": "-1"}),
    refused("a target that begins after its year", "target", "E255 from_on", {"起用日期": "2019-01-01"}),
    refused("no such year", "target", "E215 year", {"年度": "18"}),
    taken("a valid opening figure", "opening_figure", "new", quantity=11, period_from="2018-01-01"),
    taken(
        "a later one adds its difference",
        "opening_figure",
        "new",
        {"镇（街、区）": "江南街道", "截至日期": "2018-10-31", "累计数": "15"},
        quantity=4,
        period_from="2018-10-01",
    ),
    refused(
        "a falling cumulative",
        "opening_figure",
        "E418 cumulative",
        {"镇（街、区）": "江南街道", "截至日期": "2018-10-31", "累计数": "10"},
    ),
    refused(
        "an opening figure against records", "opening_figure", "E414", {"指标": "其他人员", "镇（街、区）": "江南街道"}
    ),
    refused("a total that is no number", "opening_figure", "E243 cumulative", {"累计数": "约11"}),
    refused("an opening figure of the future", "opening_figure", "E213 from_on", {"截至日期": "2018-11-30"}),
    taken(
        "a zone with a local code", "town", "new", code="330784901", kind="功能区", short_name="经济开发区", position=4
    ),
    refused("a town's code of 6 digits", "town", "E226 code", {"区划代码": "330784"}),
    refused("a town that ends, going nowhere", "town", "E253 until_on", {"停用日期": "2018-06-01"}),
    taken("a valid village", "village", "new", town_code="330784109"),
    refused("a village of an unknown town", "village", "E231 code", {"区划代码": "330784999201"}),
    refused("a village's code with a letter", "village", "E226 code", {"区划代码": "33078410920A"}),
)

UPDATES = (
    taken(
        "a blank keeps",
        "enterprise",
        "unchanged",
        {
            "企业名称": "永康市精工五金厂",
            "统一社会信用代码": JINGGONG,
            "镇（街、区）": "",
            "生产经营地址": "",
            "行业代码": "",
            "风险类别": "",
            "从业人数": "",
            "注册日期": "",
        },
    ),
    taken(
        "（清空） empties",
        "enterprise",
        "changed",
        {
            "企业名称": "永康市李记作坊",
            "统一社会信用代码": "",
            "镇（街、区）": "石柱镇",
            "生产经营地址": "（清空）",
            "从业人数": "（清空）",
            "规模": "",
            "行业代码": "",
            "风险类别": "（清空）",
            "注册日期": "",
        },
        operating_address=None,
        employees=None,
        size="微型",
    ),
    refused(
        "（清空） of what it is known by",
        "enterprise",
        "E228 credit_code",
        {"企业编号": "330784003-2018-0001", "企业名称": "永康市精工五金厂", "统一社会信用代码": "（清空）"},
    ),
    taken(
        "totals, signatures and examples are passed over",
        "training",
        "new",
        tail=("合计,,,,,60,58,\n示例：芝英镇,2018-10-09,其他从业人员,示例,8,1,1,\n填表人：某某,,,,,,,\n注：以上属实\n"),
    ),
    refused("a row too long", "training", "E307", {}, tail="芝英镇,2018-10-09,其他从业人员,消防,培训,8,60,58,,多\n"),
    refused(
        "a broken quotation mark", "training", "E304", {}, tail='芝英镇,2018-10-09,其他从业人员,"消防"培训,8,60,58,\n'
    ),
)

EMPTIED = (
    taken("a new one without a town", "enterprise", "new", {"镇（街、区）": "（清空）"}, number="330784-2018-0001"),
    taken(
        "a new contract never ended",
        "trusteeship",
        "new",
        {"提前终止日期": "（清空）"},
        ended_on=None,
        until_on="2019-06-01",
    ),
    taken("a course of no one enterprise", "training", "new", {"企业名称": "（清空）"}, enterprise_id=None),
    refused(
        "an operating state emptied",
        "enterprise",
        "E256 state,E256 changed_on",
        {"经营状态": "（清空）", "变更日期": "（清空）"},
    ),
    refused("a step emptied", "hazard", "E256 rectified_on", {**KNOWN_HAZARD, "整改完成日期": "（清空）"}),
    refused("a hazard of no enterprise", "hazard", "E256 enterprise", {"企业名称": "（清空）", "统一社会信用代码": ""}),
    refused("a target from no day", "target", "E256 from_on", {"起用日期": "（清空）"}),
    refused("a village of no town", "village", "E256 town", {"镇（街、区）": "（清空）"}),
    refused("rank 0", "opening_figure", "E203 last_rank", {"上期排名": "0"}),
    refused(
        "a town that ends before it begins",
        "town",
        "E214 until_on",
        {"启用日期": "2018-06-01", "停用日期": "2018-05-01", "并入": "芝英镇"},
    ),
)

CASES = ENTERPRISE + HAZARD + OTHERS + UPDATES + EMPTIED
