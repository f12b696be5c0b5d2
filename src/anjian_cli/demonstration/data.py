"""The figures of the demonstration: sixteen units of Yongkang, and what October 2018's bulletin says of them.

The county's totals are those that a newspaper printed (108 reached, 423 due, 80/33/77/376 under trusteeship, 82 cases
…); every town's share of them, every target and every name is made up. No figure is entered: records are made that
add up to them. Only the demonstration and tests read this.
"""

from __future__ import annotations

from typing import NamedTuple

TRAINING_KINDS = ("主要负责人", "安全管理人员", "特种作业人员", "其他从业人员", "网格员")
TRAINING_INDICATORS = ("负责人", "管理人员", "特种作业", "其他人员", "网格员")
TRUSTEESHIP_KINDS = ("喷涂", "涉氨", "涉粉", "小微")
SPECIAL_KINDS = ("喷涂", "胶水")

SEPTEMBER, OCTOBER = "2018-09-30", "2018-10-31"
TODAY = "2018-11-02"
TASKS = "永安委〔2018〕3号（示例）"


def by_september(october: int) -> int:
    """What was done by September's end is taken to be all but a twelfth of October's total, rounded."""
    return october - (october + 6) // 12


class Standard(NamedTuple):
    """三级标准化: the year's task, reached by September's and October's end; 复评: due, consulted, in review."""

    task: int
    september: int
    october: int
    due: int
    consulted: int
    in_review: int

    @property
    def consulted_by_september(self) -> int:
        return self.consulted - self.consulted // 12

    @property
    def in_review_by_september(self) -> int:
        """Half of the eight units had not come so far a month before."""
        return self.in_review // 2 if self.in_review >= 20 else 0


class Unit(NamedTuple):
    """A town, street or zone. Figures are the year's task and what was done by October's end, kind by kind; of
    `village`, `health` and `equipment` in one pair each.

    `both` is how many of the 喷涂 firms under trusteeship are under 涉粉 trusteeship as well.
    """

    code: str
    name: str
    training_task: tuple[int, ...]
    trained: tuple[int, ...]
    standard: Standard
    village: tuple[int, int]
    special_enrolled: tuple[int, int]
    special_accepted: tuple[int, int]
    trusteeship_task: tuple[int, ...]
    in_trust: tuple[int, ...]
    both: int
    health: tuple[int, int]
    equipment: tuple[int, int]


UNITS = (
    Unit(
        "330784001",
        "东城街道",
        (14, 19, 5, 302, 17),
        (13, 18, 4, 277, 17),
        Standard(14, 9, 11, 32, 32, 18),
        (28, 26),
        (11, 5),
        (11, 4),
        (6, 3, 6, 29),
        (6, 2, 6, 28),
        4,
        (46, 41),
        (34, 21),
    ),
    Unit(
        "330784002",
        "西城街道",
        (13, 17, 4, 276, 15),
        (13, 15, 4, 256, 15),
        Standard(13, 10, 12, 30, 30, 21),
        (26, 26),
        (10, 3),
        (9, 3),
        (5, 2, 5, 25),
        (5, 2, 5, 24),
        3,
        (42, 38),
        (31, 24),
    ),
    Unit(
        "330784003",
        "江南街道",
        (16, 21, 5, 338, 19),
        (14, 20, 5, 313, 19),
        Standard(16, 12, 14, 36, 36, 26),
        (31, 31),
        (14, 5),
        (13, 5),
        (7, 3, 7, 32),
        (7, 3, 6, 32),
        4,
        (52, 47),
        (38, 25),
    ),
    Unit(
        "330784105",
        "石柱镇",
        (14, 18, 5, 283, 16),
        (13, 17, 4, 256, 15),
        Standard(14, 9, 11, 30, 30, 15),
        (22, 21),
        (12, 4),
        (10, 4),
        (6, 2, 6, 28),
        (5, 2, 6, 27),
        3,
        (44, 38),
        (32, 26),
    ),
    Unit(
        "330784106",
        "前仓镇",
        (7, 9, 2, 142, 8),
        (6, 7, 2, 116, 8),
        Standard(8, 4, 5, 15, 14, 0),
        (18, 15),
        (5, 2),
        (4, 1),
        (3, 1, 3, 13),
        (3, 1, 2, 11),
        1,
        (20, 15),
        (16, 11),
    ),
    Unit(
        "330784107",
        "舟山镇",
        (4, 5, 2, 79, 4),
        (3, 5, 2, 70, 4),
        Standard(4, 3, 3, 8, 7, 0),
        (12, 12),
        (2, 0),
        (2, 0),
        (1, 1, 2, 6),
        (1, 1, 2, 6),
        0,
        (10, 8),
        (9, 7),
    ),
    Unit(
        "330784108",
        "古山镇",
        (18, 24, 6, 372, 21),
        (15, 22, 4, 315, 19),
        Standard(18, 8, 10, 40, 39, 16),
        (30, 25),
        (21, 7),
        (17, 6),
        (9, 4, 8, 43),
        (8, 3, 8, 39),
        5,
        (62, 52),
        (42, 30),
    ),
    Unit(
        "330784109",
        "方岩镇",
        (6, 8, 2, 126, 7),
        (5, 6, 2, 99, 6),
        Standard(6, 3, 3, 12, 11, 0),
        (16, 11),
        (4, 1),
        (3, 1),
        (3, 1, 2, 11),
        (2, 1, 2, 10),
        1,
        (18, 13),
        (14, 12),
    ),
    Unit(
        "330784110",
        "龙山镇",
        (13, 17, 4, 276, 15),
        (10, 15, 3, 234, 15),
        Standard(14, 7, 8, 28, 27, 0),
        (24, 19),
        (12, 4),
        (9, 4),
        (7, 2, 6, 29),
        (6, 2, 5, 26),
        3,
        (46, 37),
        (31, 23),
    ),
    Unit(
        "330784111",
        "西溪镇",
        (6, 8, 2, 134, 7),
        (4, 6, 1, 101, 6),
        Standard(7, 3, 3, 14, 12, 0),
        (20, 12),
        (5, 2),
        (3, 1),
        (3, 1, 2, 12),
        (2, 1, 2, 10),
        1,
        (20, 14),
        (15, 9),
    ),
    Unit(
        "330784112",
        "象珠镇",
        (16, 21, 5, 338, 19),
        (14, 17, 5, 282, 17),
        Standard(16, 6, 8, 34, 33, 1),
        (24, 20),
        (16, 6),
        (13, 5),
        (8, 3, 7, 37),
        (7, 3, 7, 34),
        5,
        (56, 46),
        (38, 29),
    ),
    Unit(
        "330784113",
        "唐先镇",
        (10, 13, 3, 204, 11),
        (7, 10, 2, 153, 9),
        Standard(10, 4, 4, 20, 17, 0),
        (20, 13),
        (9, 3),
        (6, 2),
        (5, 2, 4, 21),
        (4, 1, 4, 17),
        2,
        (32, 22),
        (23, 15),
    ),
    Unit(
        "330784114",
        "花街镇",
        (11, 15, 4, 230, 13),
        (9, 13, 3, 180, 13),
        Standard(12, 5, 6, 24, 21, 0),
        (25, 18),
        (10, 4),
        (7, 2),
        (5, 2, 5, 24),
        (4, 2, 4, 20),
        2,
        (36, 26),
        (26, 21),
    ),
    Unit(
        "330784115",
        "芝英镇",
        (19, 26, 6, 409, 23),
        (17, 20, 6, 335, 20),
        Standard(20, 11, 12, 44, 42, 20),
        (32, 24),
        (22, 9),
        (17, 5),
        (10, 4, 10, 46),
        (8, 4, 8, 38),
        5,
        (70, 54),
        (46, 31),
    ),
    Unit(
        "330784901",
        "经济开发区",
        (17, 23, 6, 364, 20),
        (15, 22, 5, 329, 19),
        Standard(18, 10, 13, 38, 38, 22),
        (34, 33),
        (18, 7),
        (16, 6),
        (8, 3, 8, 39),
        (8, 3, 7, 36),
        5,
        (58, 52),
        (41, 34),
    ),
    Unit(
        "330784902",
        "城西新区",
        (9, 12, 3, 186, 10),
        (7, 10, 2, 149, 8),
        Standard(10, 4, 6, 18, 16, 0),
        (20, 15),
        (9, 3),
        (7, 2),
        (4, 2, 4, 20),
        (4, 2, 3, 18),
        1,
        (28, 22),
        (21, 15),
    ),
)

SHORT = {"经济开发区": "开发区"}
"""What people say, where it is not the name without 镇 or 街道."""

SECOND_GRADE = {"330784002": 1, "330784003": 2, "330784108": 1, "330784901": 2}
"""Enterprises creating the second grade, which is also the year's task of their town."""

NEWLY_FOUND = {"涉粉": {"330784108": 3, "330784112": 2, "330784115": 3, "330784901": 1}, "涉氨": {"330784115": 2}}
"""Enterprises found in the year's first inspection and enrolled in the rectification, by kind and town."""

NEWLY_FOUND_ACCEPTED = {
    "涉粉": {"330784108": 2, "330784112": 2, "330784115": 1, "330784901": 1},
    "涉氨": {"330784115": 1},
}

OVER_LIMIT, REMEDIED = 43, 31
"""Enterprises whose tests were over the limit, and those that have put it right."""


class Cases(NamedTuple):
    """Cases that are no accident's, decided in a year by September's end, in October, and after it; the fines in
    thousands of yuan, the persons referred; and how many accident's cases there were besides."""

    year: int
    decided: tuple[int, int, int]
    fines: tuple[int, int, int]
    referred: tuple[int, int, int]
    of_accidents: int


CASES = (
    Cases(2016, (46, 6, 9), (1335, 177, 268), (2, 0, 1), 3),
    Cases(2017, (54, 6, 11), (1641, 186, 334), (3, 0, 1), 4),
    Cases(2018, (71, 11, 0), (2364, 383, 0), (4, 1, 0), 3),
)


class Accidents(NamedTuple):
    """Accidents of production and business, deaths and serious injuries as first reported: in a year by September's
    end, in October, and after it."""

    year: int
    happened: tuple[int, int, int]
    deaths: tuple[int, int, int]
    serious: tuple[int, int, int]


ACCIDENTS = (
    Accidents(2016, (45, 5, 10), (36, 4, 8), (25, 2, 5)),
    Accidents(2017, (41, 5, 9), (32, 4, 7), (22, 2, 4)),
    # One death more, and one injury less, in October: a man injured in September died (续报).
    Accidents(2018, (37, 4, 0), (30, 2, 0), (17, 3, 0)),
)

STATISTICS = (
    ("生产总值", "2016-12-31", "519.6亿元"),
    ("生产总值", "2017-12-31", "559.8亿元"),
    ("从业人员", "2016-12-31", "41.8万人"),
    ("从业人员", "2017-12-31", "42.3万人"),
)

NOT_FILED = ("唐先镇", "西溪镇")
"""Units whose report of October has not come."""
SENT_BACK, LATE = "舟山镇", "花街镇"
"""Whose report of October was sent back and mended; whose report of September came late."""
MISCOUNTED = ("芝英镇", "涉氨", 6)
"""What a town said of itself in October, other than the ledger: it counted the firm that moved and the one whose
contract was ended."""

AUTUMN, HUNDRED = "2018年秋季安全生产大检查", "“百日攻坚”行动（示例）"
CAMPAIGNS = {
    AUTUMN: ("2018-10-01", "2018-10-16", "2018-12-01", "2018-12-31"),
    HUNDRED: ("2018-09-20", "2018-10-08", "2018-12-20", "2018-12-31"),
}
"""From which day on each of the three phases runs, and the last day."""

SHOWN = {2: "2018-04-19", 14: "2018-06-21", 1: "2018-09-13"}
"""Where and when others came to see a typical enterprise (观摩), by the unit's place."""

BUREAU = "示例安监局"
BY_CATEGORY = {"消防疏散": "示例消防大队", "消防器材": "示例消防大队", "特种设备": "示例市场监管局"}
"""Who is answerable for hazards of a kind; for all others it is the bureau."""

WITHOUT_OFFICER = ("330784109", "330784901")
"""Units with a third grid that has no officer yet."""
DRAWN_ON = "2018-09-10"
"""When the third grids were drawn."""
UNNAMED = "西溪镇"
"""Which does not tell who came to its courses."""
LEFT = ("唐先镇", "2018-10-15")
"""Where the second officer has left, and on which day."""

PLANNED = {
    "喷涂": ("2018-03-10", "2018-03-31", "2018-04-20", "2018-11-15"),
    "胶水": ("2018-03-10", "2018-03-31", "2018-04-20", "2018-11-30"),
    "涉粉": ("2018-04-15", "2018-05-10", "2018-06-10", "2018-10-31"),
    "涉氨": ("2018-04-15", "2018-05-10", "2018-06-10", "2018-10-31"),
}
"""By which day each stage of a rectification is to be done: 排查, 诊断, 方案, 整改."""

OTHER_OUTCOMES = {("芝英镇", "喷涂", 7): "整治", ("芝英镇", "喷涂", 12): "托管"}
"""Of enrolments by unit, kind and place: one that is under trusteeship without needing it, and one that was to be and
has no contract yet."""

CAUGHT_UP = (
    (
        "花街镇",
        "2018-10-15",
        "每周新签、新检各2家，镇长每周听一次进度（示例）",
        ("三级新创 1", "已检 4", "指导企业 3"),
    ),
    ("西溪镇", "2018-10-18", "分片包干到村，智慧用电月底前装好1家（示例）", ("智慧用电 1", "已检 1", "指导企业 2")),
)
"""What units that lagged in September answered: unit, day, plan, figures. 唐先镇 has not."""

WARNED = ("唐先镇", "2018-10-24")
"""Who was talked to (约谈) for it, and when."""

REWARDS = (2_000_000, 2_500_000, 3_000_000)
"""What a responsible village gets if it passes, in fen: 20,000 to 30,000 yuan."""

SETTINGS = {
    "region_code": "330784",
    "region_name": "永康市",
    "issuer": "永康市安全生产委员会办公室",
    "document_mark": "永安委办",
    "clerk": "经办人甲",
    "demonstration": "1",
    "inspect.红": "4",
    "inspect.橙": "2",
    "inspect.黄": "1",
    "inspect.蓝": "1",
    "reward.least": "20000",
    "reward.most": "30000",
    "ranked.指导企业": "1",
    "plan.三级复评": "0 0 0 0 0 0 0 0 0 0 0 1",
    "plan.二级达标": "0 0 0 0 0 0 0 0 0 0 0 1",
    "plan.责任村验收": "0 0 0 0 0 0 0 0 0 0 0 1",
    "demonstration_day": TODAY,
}
