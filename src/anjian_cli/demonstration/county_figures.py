"""The figures of the demonstration of 2026: eight units of a county that there is not, under 县级2026.

Every name, code and figure is made up: no county has a code that begins with 99. No figure is entered: records are made
that add up to them. Only the demonstration and tests read this.
"""

from __future__ import annotations

from typing import NamedTuple

from anjian_cli.demonstration.campaigns import Phase
from anjian_cli.demonstration.office import Member, Offices

SCHEME, SCHEME_FROM = "县级2026", "2026-01-01"
REGION, REGION_NAME = "999901", "示例县"
YEAR = 2026
SEPTEMBER, OCTOBER = "2026-09-30", "2026-10-31"
TODAY = "2026-11-02"
LOCKED, ISSUED, NUMBER = "2026-10-09", "2026-10-10", "示例安委办〔2026〕13号"
TASKS = "示例安委〔2026〕2号（示例）"
OFFICES = Offices("县安委办", "应急管理站", "示例安委", "示例应急")

SETTINGS = {
    "region_code": REGION,
    "region_name": REGION_NAME,
    "issuer": "示例县安全生产委员会办公室",
    "document_mark": "示例安委办",
    "clerk": "经办人甲",
    "inspect.红": "4",
    "inspect.橙": "2",
    "inspect.蓝": "1",
    "demonstration": "1",
    "demonstration_day": TODAY,
}
BUREAU = "示例县应急管理局"
DEPARTMENTS = {
    BUREAU: Member("工贸、危险化学品", ("C32", "C33", "C34"), ("有限空间", "涉可燃爆粉尘", "危险化学品")),
    "示例县消防救援大队": Member("消防", (), ("人员密集场所",)),
    "示例县住房和城乡建设局": Member("建筑施工、燃气", ("E47",)),
    "示例县交通运输局": Member("道路运输", ("G54",)),
    "示例县市场监督管理局": Member("特种设备", (), ("特种设备",)),
    "示例县商务局": Member("商贸、成品油零售", ("F52",)),
    "示例县文化广电旅游体育局": Member("文化娱乐场所、旅游"),
}
BY_CATEGORY = {
    "消防疏散": "示例县消防救援大队",
    "消防器材": "示例县消防救援大队",
    "特种设备": "示例县市场监督管理局",
}
"""Who is answerable for hazards of a kind; for all others it is the bureau."""
JOINED = "示例县交通运输局、示例县商务局"
"""Who goes along in a joint inspection."""
REPORTING = ("示例县消防救援大队", "示例县市场监督管理局", "示例县交通运输局")
"""Departments that report as towns do."""
CAMPAIGN = "2026年冬春安全生产大检查（示例）"
CAMPAIGNS = {CAMPAIGN: ("2026-10-08", "2026-10-20", "2026-12-20", "2026-12-31")}
DOCUMENTS = {CAMPAIGN: "示例安委〔2026〕11号（示例）"}
PHASES = {
    CAMPAIGN: (
        Phase("动员部署", "乡镇部署，企业自查自改", "会议部署", None, None),
        Phase("集中检查", "有限空间、粉尘涉爆企业全覆盖，其余抽查", "督查检查", 60, 90),
        Phase("巩固提升", "回头看，重大隐患清零", "督查检查", 100, 100),
    )
}
GRADES = {
    "红": "粉尘涉爆，10人以上（示例）",
    "橙": "有限空间作业（示例）",
    "蓝": "小微企业，一般机械加工（示例）",
}
"""What the grades rest on."""
GRADED_ON = "2025-12-22"
ANSWERED_BY = "2026-10-14"
"""The last day on which a department answered."""
CAUGHT_UP = (("南坪镇", "2026-10-16", "镇村干部包企，每周检查3家（示例）", ("检查企业 6", "三级定级 1")),)
"""What units that lagged in September answered; 云峰乡 has not."""
SECOND_GRADE_HELD = {"城关镇": ("2023-11-17",), "西岭镇": ("2023-12-08",)}
"""When second-grade certificates that expire this year were announced, by unit."""
COURSES = ("主要负责人", "安全管理人员", "其他从业人员", "特种作业人员")
COURSE_ITEMS = ("负责人", "管理人员", "从业人员", "特种作业")
"""The kinds of courses, and the short words of their items."""


class Unit(NamedTuple):
    """A town and its figures: how many enterprises; of what has a task in pairs, the year's task and what was done by
    October's end, courses kind by kind; of what is owed in pairs, the enterprises owed and those done."""

    code: str
    name: str
    firms: int
    trained: tuple[tuple[int, int], ...]
    graded: tuple[int, int]
    second: tuple[int, int]
    checked: tuple[int, int]
    by_itself: int
    in_trust: tuple[int, int]
    volunteers: tuple[int, int]
    renewed: tuple[int, int]
    confined: tuple[int, int]
    dust: tuple[int, int]
    accidents: int


# Code, name, enterprises; 负责人, 管理人员, 从业人员, 特种作业; 三级定级, 升二级, 检查企业, 企业自查, 小微,
# 应急志愿者; 到期延期, 有限空间, 粉尘涉爆; 事故控制数.
UNITS = (
    Unit("999901100", "城关镇", 34, ((40, 36), (60, 55), (600, 520), (30, 27)), (6, 5), (1, 1), (40, 36), 3, (14, 13),
         (60, 58), (4, 3), (3, 3), (4, 3), 2),
    Unit("999901101", "东河镇", 26, ((32, 30), (45, 40), (420, 390), (22, 21)), (5, 5), (1, 0), (30, 29), 2, (11, 11),
         (45, 46), (3, 3), (2, 2), (3, 3), 1),
    Unit("999901102", "南坪镇", 22, ((26, 19), (38, 27), (360, 255), (18, 12)), (4, 2), (0, 0), (26, 15), 3, (9, 6),
         (40, 31), (3, 1), (2, 1), (3, 1), 1),
    Unit("999901103", "西岭镇", 18, ((20, 18), (30, 26), (280, 250), (14, 13)), (3, 3), (0, 0), (22, 20), 2, (7, 7),
         (35, 35), (2, 2), (2, 2), (2, 2), 1),
    Unit("999901104", "北塘镇", 16, ((18, 16), (26, 22), (240, 208), (12, 10)), (3, 2), (0, 0), (20, 17), 2, (6, 5),
         (30, 27), (2, 1), (1, 1), (2, 1), 1),
    Unit("999901200", "青溪乡", 13, ((12, 11), (18, 17), (150, 141), (8, 8)), (2, 2), (0, 0), (16, 16), 2, (5, 5),
         (25, 25), (1, 1), (1, 1), (0, 0), 0),
    Unit("999901201", "云峰乡", 11, ((10, 7), (15, 11), (120, 84), (6, 4)), (2, 1), (0, 0), (14, 9), 1, (4, 3),
         (20, 14), (1, 0), (1, 0), (0, 0), 0),
    Unit("999901202", "竹源乡", 10, ((9, 8), (14, 12), (110, 95), (6, 5)), (1, 1), (0, 0), (12, 11), 1, (4, 4),
         (18, 18), (0, 0), (0, 0), (0, 0), 0),
)  # fmt: skip

HAZARDS_A_UNIT = 14
# Town, day found, deadline, listed on ('' never), accepted on ('' not yet), how it was found.
MAJOR = (
    ("城关镇", "2026-03-11", "2026-06-10", "2026-03-20", "2026-06-02", "联合执法"),
    ("城关镇", "2026-07-06", "2026-10-10", "2026-07-15", "2026-09-28", "部门检查"),
    ("东河镇", "2026-05-12", "2026-08-15", "", "2026-08-05", "企业自查"),
    ("东河镇", "2026-08-18", "2026-11-20", "", "", "企业自查"),
    ("南坪镇", "2026-04-20", "2026-07-20", "2026-05-06", "2026-07-16", "部门检查"),
    ("南坪镇", "2026-06-30", "2026-10-08", "2026-07-10", "", "联合执法"),
    ("北塘镇", "2026-09-02", "2026-12-01", "2026-09-10", "", "部门检查"),
    ("青溪乡", "2026-02-25", "2026-05-20", "", "2026-05-15", "企业自查"),
)
# How many months the grid's inspections of a town left out, at the beginning.
NOT_PATROLLED = {"南坪镇": 3, "云峰乡": 2, "北塘镇": 1}

# By town: drills and meetings, by the month; the others held all that is required.
DRILLS = {"南坪镇": (5,), "云峰乡": (9,)}
MEETINGS = {"南坪镇": (2, 6), "北塘镇": (1, 4, 8, 10)}
DRILLED, MET = (5, 9), (1, 4, 7, 10)
COMMENDED = (
    ("东河镇", "2026-06-16", "省级", "全省安全社区创建先进单位（示例）"),
    ("青溪乡", "2026-09-08", "设区市级", "应急管理工作成绩突出集体（示例）"),
    ("西岭镇", "2026-08-20", "县级", "安全生产月活动先进单位（示例）"),
)
# Item, town, points, why; who is left out has not been marked.
MARKS = (
    ("预案修订", "城关镇", "0", "预案已修订备案"),
    ("预案修订", "东河镇", "0", "预案已修订备案"),
    ("预案修订", "南坪镇", "-0.5", "粉尘涉爆专项预案未修订"),
    ("预案修订", "西岭镇", "0", "预案已修订备案"),
    ("预案修订", "北塘镇", "-0.5", "预案已修订，未备案"),
    ("预案修订", "青溪乡", "0", "预案已修订备案"),
    ("许可到期", "南坪镇", "-0.5", "1家危险化学品经营许可证到期未延期仍在经营"),
)
MARKER, MARKED_ON = "县安委办", "2026-10-28"

NOT_FILED = {"南坪镇": (2, 10), "云峰乡": (3, 10)}
LATE = {"北塘镇": 9, "云峰乡": 6}
"""Towns whose reports of some months did not come, or came late."""
NOT_TOLD = ("云峰乡",)
"""Who did not tell October's 上报数."""

# Year, and by day: sector, what happened, town, deaths, serious injuries.
ACCIDENTS = (
    ("2025-03-18", "工矿商贸", "机械伤害", "城关镇", 0, 1),
    ("2025-05-21", "建筑施工", "高处坠落", "东河镇", 1, 0),
    ("2025-08-09", "道路运输", "车辆碰撞", "南坪镇", 1, 0),
    ("2025-11-15", "工矿商贸", "触电", "城关镇", 1, 0),
    ("2026-04-14", "工矿商贸", "机械伤害", "城关镇", 0, 1),
    ("2026-06-23", "工矿商贸", "物体打击", "南坪镇", 1, 0),
    ("2026-10-17", "火灾", "厂房火灾", "南坪镇", 0, 2),
)
CAUSES = (
    ("未按规定对从业人员进行安全生产教育和培训", "《安全生产法》第九十七条", "其他"),
    ("未采取措施消除事故隐患", "《安全生产法》第一百零二条", "其他"),
    ("未在有较大危险因素的设备上设置明显的安全警示标志", "《安全生产法》第九十九条", "其他"),
    ("特种作业人员未取得相应资格上岗作业", "《安全生产法》第九十七条", "违规作业"),
)
CASES = {2025: (9, 2), 2026: (12, 2)}
"""Cases filed in a year by September's end, and after it by October's."""
