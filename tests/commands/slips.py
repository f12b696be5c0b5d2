"""Files that look right and are wrong, made from right ones by one slip, and what must come of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from support.import_ledger import code

Rows = list[list[str]]
Change = Callable[[Rows], object]

TOWNS = "代码,名称\n330784115,芝英镇\n330784003,江南街道\n330784105,石柱镇\n"
AGENCY, FOUND = "示例安全技术公司", "2018-10-08,网格巡查,一般"
STANDING = {
    "企业.csv": "企业名称,镇（街、区）,统一社会信用代码,生产经营地址,风险类别,从业人数\n"
    + "".join(
        f"永康市示例{name}五金厂,{town},{code(number)},某路{number}号,喷涂,{number * 10}\n"
        for number, (name, town) in enumerate(
            [
                ("甲", "芝英镇"),
                ("乙", "芝英镇"),
                ("丙", "芝英镇"),
                ("丁", "江南街道"),
                ("戊", "江南街道"),
                ("己", "石柱镇"),
            ],
            start=1,
        )
    ),
    "隐患.csv": "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"
    f"永康市示例甲五金厂,{FOUND},通道堵塞,2018-11-20\n"
    f"永康市示例乙五金厂,{FOUND},线路老化,2018-11-20\n"
    f"永康市示例丙五金厂,{FOUND},无警示标志,2018-11-20\n"
    f"永康市示例丁五金厂,{FOUND},灭火器过期,2018-11-20\n",
    "培训.csv": "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n"
    "芝英镇,2018-09-05,其他从业人员,复工培训,60,58\n",
    "托管.csv": "企业名称,服务机构,托管类别,合同编号,起始日期,终止日期,约定服务次数,年服务费（元）\n"
    f"永康市示例甲五金厂,{AGENCY},喷涂,HT0001,2018-03-01,2019-02-28,4,3000\n"
    + "".join(f"永康市示例甲五金厂,{AGENCY},喷涂,HT10{n},201{n}-03-01,201{n}-09-30,4,{n}000\n" for n in range(2, 6)),
    "案件.csv": "案号,当事人,镇（街、区）,案由,立案日期,决定日期,决定书文号,罚款（元）,是否事故类,是否联合执法\n"
    + "".join(
        f"案000{n},永康市示例{n}厂,芝英镇,未设警示标志,2016-08-0{n},2016-08-1{n},罚000{n},{n}0000,否,否\n"
        for n in range(1, 6)
    ),
    "事故.csv": "事故名称,发生时间,镇（街、区）,行业领域,死亡（人）,重伤（人）,直接经济损失（万元）\n"
    + "".join(f"示例{n}号路事故,2018-03-0{n},芝英镇,道路运输,0,0,{n}\n" for n in range(1, 6)),
    "标准化.csv": "企业名称,申报等级,创建类型,启动日期,公告日期\n永康市示例甲五金厂,二级,新创,2016-01-01,2017-01-01\n",
    "任务.csv": "年度,指标,镇（街、区）,任务数,下达文号\n2018,三级新创,芝英镇,20,永1\n2018,三级新创,江南街道,10,永1\n",
    "期初.csv": "指标,镇（街、区）,截至日期,累计数,依据\n三级复评,芝英镇,2018-08-31,3,永2\n",
}

VALID: dict[str, str] = {
    "enterprise": "企业名称,镇（街、区）,统一社会信用代码,生产经营地址,风险类别,从业人数,联系电话,注册日期\n"
    f"永康市示例甲五金厂,芝英镇,{code(1)},某路1号,喷涂,10,,\n"
    f"永康市示例乙五金厂,芝英镇,{code(2)},某路2号,喷涂,20,,\n"
    f"永康市示例庚五金厂,芝英镇,{code(7)},某路7号,涉粉,12,,2010-05-06\n"
    f"永康市示例辛五金厂,江南街道,{code(8)},某路8号,涉粉,30,,2011-05-06\n",
    "hazard": "镇（街、区）,企业名称,统一社会信用代码,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限\n"
    f"芝英镇,永康市示例甲五金厂,{code(1)},2018-10-15,网格巡查,一般,配电箱无门,2018-10-31\n"
    f"芝英镇,永康市示例乙五金厂,{code(2)},2018-10-16,部门检查,一般,安全出口堆物,2018-11-10\n"
    f"江南街道,永康市示例丁五金厂,{code(4)},2018-10-17,网格巡查,一般,行车未检验,2018-11-15\n",
    "closing": "隐患编号,受检单位（只读）,隐患情况（只读）,整改完成日期,验收日期,验收人,验收结论\n"
    "330784115-2018-0001,永康市示例甲五金厂,通道堵塞,2018-10-20,2018-10-22,验收人甲,合格\n"
    "330784115-2018-0002,永康市示例乙五金厂,线路老化,2018-10-21,2018-10-23,验收人甲,合格\n"
    "330784115-2018-0003,永康市示例丙五金厂,无警示标志,2018-10-22,2018-10-24,验收人甲,合格\n",
    "training": "镇（街、区）,培训日期,培训类别,培训名称,学时,参训人次,合格人次\n"
    "芝英镇,2018-10-09,其他从业人员,喷涂企业员工培训,8,60,58\n"
    "江南街道,2018-10-10,主要负责人,负责人培训,16,40,39\n"
    "石柱镇,2018-10-11,安全管理人员,管理人员培训,16,30,30\n",
    "trusteeship": "企业名称,服务机构,托管类别,合同编号,起始日期,终止日期,年服务费（元）,约定服务次数\n"
    f"永康市示例乙五金厂,{AGENCY},喷涂,HT0002,2018-06-01,2019-05-31,3000,4\n"
    f"永康市示例丁五金厂,{AGENCY},喷涂,HT0003,2018-07-01,2019-06-30,3600,4\n",
    "health_test": "企业名称,检测机构,采样日期,报告日期,报告编号,检测点（个）,超标点（个）\n"
    f"永康市示例甲五金厂,{AGENCY},2018-09-10,2018-09-25,检0101,12,1\n"
    f"永康市示例丁五金厂,{AGENCY},2018-09-11,2018-09-26,检0102,15,0\n",
    "standardization": "企业名称,申报等级,创建类型,启动日期,公告日期\n"
    "永康市示例甲五金厂,二级,新创,2018-03-01,2018-06-01\n",
    "enforcement_case": "案号,当事人,镇（街、区）,案由,立案日期,决定日期,决定书文号,罚款（元）,事故类,联合执法\n"
    "案0101,永康市示例甲五金厂,芝英镇,未设警示标志,2018-09-10,2018-09-20,罚0101,20000,否,否\n"
    "案0102,永康市示例丁五金厂,江南街道,未培训上岗,2018-09-11,2018-09-21,罚0102,10000,否,否\n",
    "accident": "事故名称,发生时间,镇（街、区）,行业领域,死亡（人）,重伤（人）,轻伤（人）,直接经济损失（万元）\n"
    "示例甲五金厂机械伤害事故,2018-05-06,芝英镇,工矿商贸,1,0,2,80\n"
    "示例路追尾事故,2018-06-07,江南街道,道路运输,0,1,3,5\n",
    "inspection": "企业名称,检查日期,检查方式,检查记录文书号,有无隐患\n"
    "永康市示例甲五金厂,2018-10-08,部门检查,记0101,有\n"
    "永康市示例丁五金厂,2018-10-09,部门检查,记0102,无\n",
    "target": "年度,指标,镇（街、区）,任务数,下达文号\n"
    "2018,小微,芝英镇,22,永3\n2018,小微,江南街道,16,永3\n2018,小微,石柱镇,12,永3\n",
    "opening": "指标,镇（街、区）,截至日期,累计数,依据\n"
    "三级新创,芝英镇,2018-09-30,11,永2\n三级新创,江南街道,2018-09-30,6,永2\n罚款,芝英镇,2018-09-30,2.5万元,永2\n",
    "filing": "镇（街、区）,统计期,报送时间,报送方式,零报告\n"
    "芝英镇,2018-10,2018-10-30,微信,否\n江南街道,2018-10,2018-10-29,微信,否\n石柱镇,2018-10,2018-10-31,微信,是\n",
}


@dataclass(frozen=True)
class Mutation:
    """`comes` are parts of the answer, between them an ellipsis. `taken` where the file goes in, and a line that names
    the row, or the days and sums, say what is wrong."""

    kind: str
    name: str
    change: Change
    comes: str
    taken: bool
    file: str


def refused(kind: str, name: str, change: Change, comes: str, file: str = "表.csv") -> Mutation:
    return Mutation(kind, name, change, comes, taken=False, file=file)


def taken(kind: str, name: str, change: Change, comes: str, file: str = "表.csv") -> Mutation:
    return Mutation(kind, name, change, comes, taken=True, file=file)


def at(rows: Rows, title: str) -> int:
    return rows[0].index(title)


def put(title: str, value: str, row: int = 1) -> Change:
    """One cell of a row (1 is the first below the headings)."""

    def change(rows: Rows) -> None:
        rows[row][at(rows, title)] = value

    return change


def every(title: str, edit: Callable[[str], str]) -> Change:
    """Every cell below a heading."""

    def change(rows: Rows) -> None:
        for row in rows[1:]:
            row[at(rows, title)] = edit(row[at(rows, title)])

    return change


def headed(title: str, other: str) -> Change:
    """A heading alone."""

    def change(rows: Rows) -> None:
        rows[0][at(rows, title)] = other

    return change


def swapped(one: str, other: str) -> Change:
    """Two headings change places, their cells do not."""

    def change(rows: Rows) -> None:
        first, second = at(rows, one), at(rows, other)
        rows[0][first], rows[0][second] = other, one

    return change


def unchanged(rows: Rows) -> None:
    """The rows are right; the file's name is not."""


def sorted_alone(title: str) -> Change:
    """One column is turned over, the others stay."""

    def change(rows: Rows) -> None:
        column = at(rows, title)
        for row, cell in zip(rows[1:], [row[column] for row in rows[:0:-1]], strict=True):
            row[column] = cell

    return change


def shifted(*titles: str, by: int = -1) -> Change:
    """The years of columns."""

    def change(rows: Rows) -> None:
        for title in titles:
            every(title, lambda text: text and f"{int(text[:4]) + by}{text[4:]}")(rows)

    return change


def down(title: str) -> Change:
    """A column slips one row down."""

    def change(rows: Rows) -> None:
        column = at(rows, title)
        cells = [row[column] for row in rows[1:]]
        for row, cell in zip(rows[1:], [cells[-1], *cells[:-1]], strict=True):
            row[column] = cell

    return change


def doubled(title: str, value: str, row: int = 1) -> Change:
    """A row stands twice, the second time with another word."""

    def change(rows: Rows) -> None:
        rows.insert(row + 1, [*rows[row]])
        rows[row + 1][at(rows, title)] = value

    return change


def merged(title: str) -> Change:
    """Cells merged over the column: only the first has its value."""

    def change(rows: Rows) -> None:
        for row in rows[2:]:
            row[at(rows, title)] = ""

    return change


def both(*changes: Change) -> Change:
    def change(rows: Rows) -> None:
        for each in changes:
            each(rows)

    return change


def above(text: str) -> Change:
    """A line above the headings."""

    def change(rows: Rows) -> None:
        rows.insert(0, [text, *[""] * (len(rows[0]) - 1)])

    return change


def with_column(title: str, *cells: str) -> Change:
    """A column behind the others."""

    def change(rows: Rows) -> None:
        for row, cell in zip(rows, [title, *cells], strict=True):
            row.append(cell)

    return change


def with_row(text: str) -> Change:
    """A row below the others."""

    def change(rows: Rows) -> None:
        rows.append(text.split(","))

    return change


def in_heads_of(kind: str) -> Change:
    def change(rows: Rows) -> None:
        heads = VALID[kind].splitlines()[0].split(",")
        rows[0] = (heads + rows[0][len(heads) :])[: len(rows[0])]

    return change


MUTATIONS: tuple[Mutation, ...] = (
    # enterprises
    taken(
        "enterprise",
        "name and address swapped",
        swapped("企业名称", "生产经营地址"),
        "第2行…企业名称：永康市示例甲五金厂 → 某路1号",
    ),
    taken(
        "enterprise",
        "names sorted alone",
        sorted_alone("企业名称"),
        "第2行…企业名称：永康市示例甲五金厂 → 永康市示例辛五金厂",
    ),
    taken(
        "enterprise",
        "codes sorted alone",
        sorted_alone("统一社会信用代码"),
        "第4行…企业名称：永康市示例乙五金厂 → 永康市示例庚五金厂",
    ),
    refused(
        "enterprise", "a digit of a code", put("统一社会信用代码", code(1)[:12] + "9" + code(1)[13:]), "第2行…E222"
    ),
    refused("enterprise", "a neighbour's code", put("统一社会信用代码", code(2)), "第2行…E283"),
    taken(
        "enterprise",
        "another town for a known firm",
        put("镇（街、区）", "江南街道"),
        "第2行…镇（街、区）：芝英镇 → 江南街道",
    ),
    taken("enterprise", "towns slipped a row", down("镇（街、区）"), "第2行…镇（街、区）：芝英镇 → 江南街道"),
    taken("enterprise", "numbers of employees slipped a row", down("从业人数"), "第2行…从业人数：10 → 30"),
    taken(
        "enterprise",
        "telephone among employees",
        put("从业人数", "13800000001", 3),
        "注册日期2010-05-06至2011-05-06，从业人数共13800000061。",
    ),
    taken(
        "enterprise",
        "a letter of a name, known code",
        put("企业名称", "永康市示例申五金厂"),
        "第2行…企业名称：永康市示例甲五金厂 → 永康市示例申五金厂",
    ),
    taken(
        "enterprise",
        "full-width digits",
        put("从业人数", "１２０", 3),
        "注册日期2010-05-06至2011-05-06，从业人数共180。",
    ),
    refused(
        "enterprise",
        "a new firm doubled with one letter changed",
        doubled("企业名称", "永康市示例康五金厂", 3),
        "第5行…E237",
    ),
    refused("enterprise", "a new firm doubled without code", both(doubled("统一社会信用代码", "", 3)), "第5行…E237"),
    refused("enterprise", "codes emptied", every("统一社会信用代码", lambda _: ""), "第4行…E228"),
    refused("enterprise", "headings of hazards", in_heads_of("hazard"), "第2行…E231"),
    refused("enterprise", "the form of another town", unchanged, "第2行…E344", file="石柱镇.csv"),
    refused("enterprise", "founded in the future", put("注册日期", "2081-05-06", 3), "第4行…E213"),
    # hazards
    refused("hazard", "days swapped by heading", swapped("发现日期", "整改期限"), "第2行…E214"),
    refused("hazard", "firms sorted alone", sorted_alone("企业名称"), "第2行…E234"),
    taken("hazard", "towns sorted alone", sorted_alone("镇（街、区）"), "第2行…N326"),
    taken(
        "hazard",
        "descriptions sorted alone",
        sorted_alone("隐患部位与描述"),
        "发现日期2018-10-15至2018-10-17，整改期限2018-10-31至2018-11-15。",
    ),
    taken(
        "hazard",
        "years shifted back",
        shifted("发现日期", "整改期限"),
        "发现日期2017-10-15至2017-10-17，整改期限2017-10-31至2017-11-15。",
    ),
    refused("hazard", "years shifted on", shifted("发现日期", "整改期限", by=1), "第2行…E213"),
    refused("hazard", "year of the deadline shifted", shifted("整改期限"), "第2行…E214"),
    taken(
        "hazard",
        "year of the deadline shifted on",
        shifted("整改期限", by=1),
        "第2行…有381天…N332",
    ),
    taken(
        "hazard",
        "a month's digit",
        put("发现日期", "2018-01-15"),
        "第2行…有289天…N332",
    ),
    refused("hazard", "day and month swapped", put("发现日期", "2018-15-10"), "第2行…E211"),
    refused("hazard", "day and month swapped, both months", put("发现日期", "10/09/2018"), "第2行…E212"),
    refused("hazard", "a digit of a code", put("统一社会信用代码", code(1)[:12] + "9" + code(1)[13:]), "第2行…E222"),
    taken("hazard", "the neighbour's town", put("镇（街、区）", "石柱镇"), "第2行…N326"),
    taken(
        "hazard",
        "a letter of the description doubled",
        doubled("隐患部位与描述", "配电箱无闩"),
        "第3行…N331",
    ),
    refused("hazard", "a blank more in the description", doubled("隐患部位与描述", "配电箱 无门"), "第3行…E237"),
    refused("hazard", "merged firms", both(merged("企业名称"), merged("统一社会信用代码")), "第3行…E202"),
    refused("hazard", "merged days", merged("发现日期"), "第3行…E202"),
    taken(
        "hazard",
        "a known hazard a day later",
        both(put("隐患部位与描述", "通道堵塞"), put("发现日期", "2018-10-09")),
        "第2行…台账中的330784115-2018-0001（2018-10-08）…N330",
    ),
    refused("hazard", "level and source swapped", swapped("隐患来源", "隐患级别"), "第2行…E203"),
    refused("hazard", "in the name of another town", unchanged, "第2行…E344", file="石柱镇10月隐患.csv"),
    # forms that close
    refused("closing", "numbers sorted alone", sorted_alone("隐患编号"), "第2行…E280"),
    refused("closing", "firms sorted alone", sorted_alone("受检单位（只读）"), "第2行…E280"),
    refused("closing", "descriptions sorted alone", sorted_alone("隐患情况（只读）"), "第2行…E282"),
    refused("closing", "a digit of a number", put("隐患编号", "330784115-2018-0002"), "第2行…E280"),
    refused("closing", "a digit of a number that is none", put("隐患编号", "330784115-2018-0091"), "第2行…E235"),
    refused("closing", "the other town's number", put("隐患编号", "330784003-2018-0001"), "第2行…E280"),
    refused("closing", "number emptied", put("隐患编号", ""), "第2行…E202"),
    refused("closing", "days swapped", swapped("整改完成日期", "验收日期"), "第2行…E410"),
    refused("closing", "years shifted", shifted("整改完成日期", "验收日期"), "第2行…E214"),
    refused("closing", "rectified in the future", put("整改完成日期", "2018-12-20"), "第2行…E213"),
    refused("closing", "accepted before rectified", put("验收日期", "2018-10-02"), "第2行…E410"),
    taken("closing", "rectified days slipped", down("整改完成日期"), "第2行…整改完成日期：（空） → 2018-10-22"),
    refused("closing", "another town's form", unchanged, "第2行…E344", file="石柱镇_待办回填单.csv"),
    # training
    refused("training", "attended and passed swapped", swapped("参训人次", "合格人次"), "第2行…E252"),
    refused("training", "hours and attended swapped", swapped("学时", "参训人次"), "第2行…E252"),
    refused("training", "attended sorted alone", sorted_alone("参训人次"), "第2行…E252"),
    taken(
        "training",
        "years shifted",
        shifted("培训日期"),
        "培训日期2017-10-09至2017-10-11，学时共40，参训人次共130，合格人次共127。",
    ),
    refused("training", "years shifted on", shifted("培训日期", by=1), "第2行…E213"),
    refused("training", "a month's digit", put("培训日期", "2018-11-09"), "第2行…E213"),
    refused("training", "thousands", put("参训人次", "1,060"), "第2行…E307"),
    taken(
        "training",
        "a digit more",
        put("参训人次", "600"),
        "培训日期2018-10-09至2018-10-11，学时共40，参训人次共670，合格人次共127。",
    ),
    taken(
        "training",
        "a known course, other people",
        lambda rows: rows.insert(1, ["芝英镇", "2018-09-05", "其他从业人员", "复工培训", "8", "600", "58"]),
        "第2行…学时：（空） → 8",
    ),
    taken(
        "training",
        "doubled, one letter",
        doubled("培训名称", "喷涂企业员工培圳"),
        "第3行…第2行“喷涂企业员工培训”…N331",
    ),
    refused("training", "another town's file", unchanged, "第2行…E344", file="石柱镇培训.csv"),
    refused("training", "merged town", merged("镇（街、区）"), "第3行…E202"),
    refused("training", "headings of enterprises", in_heads_of("enterprise"), "第2行…E231"),
    # contracts
    refused("trusteeship", "days swapped", swapped("起始日期", "终止日期"), "第2行…E214"),
    taken(
        "trusteeship",
        "firms sorted alone",
        sorted_alone("企业名称"),
        "起始日期2018-06-01至2018-07-01，终止日期2019-05-31至2019-06-30，年服务费共6600元。",
    ),
    taken(
        "trusteeship",
        "numbers sorted alone",
        sorted_alone("合同编号"),
        "起始日期2018-06-01至2018-07-01，终止日期2019-05-31至2019-06-30，年服务费共6600元。",
    ),
    refused("trusteeship", "a known contract's number", put("合同编号", "HT0001"), "第2行…E285"),
    taken(
        "trusteeship",
        "years shifted",
        shifted("起始日期", "终止日期"),
        "起始日期2017-06-01至2017-07-01，终止日期2018-05-31至2018-06-30，年服务费共6600元。",
    ),
    taken(
        "trusteeship",
        "years shifted on",
        shifted("起始日期", "终止日期", by=1),
        "起始日期2019-06-01至2019-07-01，终止日期2020-05-31至2020-06-30，年服务费共6600元。",
    ),
    refused("trusteeship", "year of the end", shifted("终止日期"), "第2行…E214"),
    taken(
        "trusteeship",
        "year of the end on",
        shifted("终止日期", by=1),
        "起始日期2018-06-01至2018-07-01，终止日期2020-05-31至2020-06-30，年服务费共6600元。",
    ),
    taken(
        "trusteeship",
        "wan for yuan",
        headed("年服务费（元）", "年服务费（万元）"),
        "起始日期2018-06-01至2018-07-01，终止日期2019-05-31至2019-06-30。…不认识的列，没有导入：年服务费（万元）。",
    ),
    refused("trusteeship", "fee and visits swapped", swapped("年服务费（元）", "约定服务次数"), "第2行…E247"),
    taken("trusteeship", "an agency misspelt", put("服务机构", "示例安全技朮公司"), "第2行…N327"),
    # tests
    refused("health_test", "points swapped", swapped("检测点（个）", "超标点（个）"), "第2行…E259"),
    refused("health_test", "days swapped", swapped("采样日期", "报告日期"), "第2行…E214"),
    taken(
        "health_test",
        "years shifted",
        shifted("采样日期", "报告日期"),
        "采样日期2017-09-10至2017-09-11，报告日期2017-09-25至2017-09-26，检测点共27个，超标点共1个。",
    ),
    taken(
        "health_test",
        "firms sorted alone",
        sorted_alone("企业名称"),
        "采样日期2018-09-10至2018-09-11，报告日期2018-09-25至2018-09-26，检测点共27个，超标点共1个。",
    ),
    taken(
        "health_test",
        "a report's number doubled",
        put("报告编号", "检0102"),
        "第3行…第2行“永康市示例甲五金厂”…N329",
    ),
    refused(
        "health_test", "numbers as numbers", both(put("报告编号", "0101"), put("报告编号", "102", 2)), "第3行…E289"
    ),
    # certificates
    taken("standardization", "third grade under a valid second", put("申报等级", "三级"), "第2行…N328"),
    # cases
    refused("enforcement_case", "days swapped", swapped("立案日期", "决定日期"), "第2行…E214"),
    refused("enforcement_case", "fine and number swapped", swapped("罚款（元）", "决定书文号"), "第2行…E244"),
    taken("enforcement_case", "parties sorted alone", sorted_alone("当事人"), "立案日期2018-09-10至2018-09-11"),
    taken(
        "enforcement_case",
        "years shifted, month in the name",
        shifted("立案日期", "决定日期"),
        "文件名写的是2018年…N333",
        file="2018年立案.csv",
    ),
    taken("enforcement_case", "yuan for wan", every("罚款（元）", lambda text: f"{int(text) / 10000:g}"), "第2行…N334"),
    taken("enforcement_case", "four zeros more", put("罚款（元）", "200000000"), "第2行…N334"),
    refused(
        "enforcement_case",
        "a unit above",
        both(headed("罚款（元）", "罚款"), above("单位：万元")),
        "E456",
    ),
    refused("enforcement_case", "headings of accidents", in_heads_of("accident"), "第2行…E212"),
    # accidents
    taken("accident", "dead and injured swapped", swapped("死亡（人）", "直接经济损失（万元）"), "死亡共85人"),
    taken("accident", "a letter of a name", doubled("事故名称", "示例甲五金厂机械伤亡事故"), "第3行…N331"),
    taken(
        "accident",
        "years shifted, month in the name",
        shifted("发生时间"),
        "文件名写的是2018年…N333",
        file="2018年事故.csv",
    ),
    taken(
        "accident", "loss in yuan", every("直接经济损失（万元）", lambda text: text + "0000"), "直接经济损失共85亿元"
    ),
    refused("accident", "month and day swapped", put("发生时间", "2018-13-06"), "第2行…E211"),
    # inspections
    taken(
        "inspection",
        "a document's number doubled",
        put("检查记录文书号", "记0102"),
        "第3行…第2行“永康市示例甲五金厂”…N329",
    ),
    refused("inspection", "method and hazards swapped", swapped("检查方式", "有无隐患"), "第2行…E203"),
    # what a title or the usual tells
    taken(
        "hazard",
        "years shifted, month in the name",
        shifted("发现日期", "整改期限"),
        "文件名写的是10月，3行的发现日期却全在2017-10-15至2017-10-17…N333",
        file="10月隐患.csv",
    ),
    taken(
        "training",
        "years shifted, month in the name",
        shifted("培训日期"),
        "文件名写的是2018年10月…N333",
        file="2018年10月培训.csv",
    ),
    taken(
        "health_test",
        "years shifted, month in the name",
        shifted("采样日期", "报告日期"),
        "N333",
        file="2018.9检测.csv",
    ),
    taken("trusteeship", "yuan for wan", every("年服务费（元）", lambda text: f"{int(text) / 10000:g}"), "第2行…N334"),
    taken(
        "standardization",
        "a certificate's number of another",
        both(
            with_row("永康市示例丁五金厂,三级,新创,2018-03-01,2018-06-01"), with_column("证书编号", "证0001", "证0001")
        ),
        "第3行…N329",
    ),
    # tasks
    taken("target", "quantities sorted alone", sorted_alone("任务数"), "年度2018，任务数：小微共50家。"),
    taken("target", "years shifted", every("年度", lambda _: "2017"), "年度2017，任务数：小微共50家。"),
    taken("target", "years shifted on", every("年度", lambda _: "2019"), "年度2019，任务数：小微共50家。"),
    refused("target", "neighbour's town", put("镇（街、区）", "江南街道"), "第3行…E237"),
    taken("target", "another indicator that has tasks", every("指标", lambda _: "三级新创"), "第2行…任务数：20 → 22"),
    taken("target", "a digit more", put("任务数", "220"), "年度2018，任务数：小微共248家。"),
    refused("target", "in a town's file", unchanged, "E343", file="芝英镇任务.csv"),
    # opening figures
    taken(
        "opening",
        "yuan for wan",
        put("累计数", "2.5元", 3),
        "截至日期2018-09-30，累计数：三级新创至2018-09-30共17家、罚款至2018-09-30共2.5元。",
    ),
    refused("opening", "quantities sorted alone", sorted_alone("累计数"), "第2行…E243"),
    taken(
        "opening",
        "years shifted",
        shifted("截至日期"),
        "截至日期2017-09-30，累计数：三级新创至2017-09-30共17家",
    ),
    refused("opening", "neighbour's town", put("镇（街、区）", "江南街道"), "第3行…E237"),
    taken(
        "opening",
        "not the end of a month",
        put("截至日期", "2018-09-03"),
        "截至日期2018-09-03至2018-09-30，累计数：三级新创至2018-09-03共11家、三级新创至2018-09-30共6家",
    ),
    refused(
        "opening",
        "less than before",
        lambda rows: rows.insert(1, ["三级复评", "芝英镇", "2018-09-30", "2", "永2"]),
        "第2行…E418",
    ),
    # filings
    refused("filing", "months 2018.1", every("统计期", lambda _: "2018.1"), "第2行…E288"),
    refused("filing", "a month's digit", put("统计期", "2018-11"), "第2行…E262"),
    taken("filing", "years shifted", shifted("统计期", "报送时间"), "统计期2017-10，报送时间2017-10-29至2017-10-31。"),
    taken("filing", "year of the month shifted", shifted("统计期"), "统计期2017-10，报送时间2018-10-29至2018-10-31。"),
    refused("filing", "neighbour's town", put("镇（街、区）", "江南街道"), "第3行…E237"),
    refused("filing", "columns swapped", swapped("统计期", "报送时间"), "第2行…E212"),
)

NOTHING_TELLS = {
    ("hazard", "descriptions sorted alone"),
    ("trusteeship", "firms sorted alone"),
    ("trusteeship", "numbers sorted alone"),
    ("health_test", "firms sorted alone"),
    ("target", "quantities sorted alone"),
    ("enforcement_case", "parties sorted alone"),
}
"""Rows that are as good as right ones: each names one thing in one way only, and might be so."""


def rows_of(kind: str) -> Rows:
    return [line.split(",") for line in VALID[kind].splitlines()]
