"""判定标准: by which clauses a hazard of a firm in industry and trade (工贸) is a major one, from a day until another.

Sources: 工贸行业重大生产安全事故隐患判定标准（2017版）（安监总管四〔2017〕129号）, of 30 November 2017;
工贸企业重大事故隐患判定标准（应急管理部令第10号）, of 14 April 2023, in force from 15 May 2023 in place of the former.
What a clause says is told here in a few words of our own; its text decides. Not in here: metals other than iron
(令10, article 5), and of 2017 metallurgy, other metals and building materials; the standards of other sectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.intervals import OPEN


class Clause(NamedTuple):
    """`code`: as it is typed; `standard` and `document`: the order it stands in; `where`: at which place; `words`: what
    it is about; in force from `from_on` until `until_on`."""

    code: str
    standard: str
    document: str
    where: str
    words: str
    from_on: str
    until_on: str

    @property
    def citation(self) -> str:
        """How a hazard's basis cites it."""
        return f"《{self.standard}》（{self.document}）{self.where}：{self.words}"

    def holds(self, on: str) -> bool:
        """Whether it is in force on a day."""
        return self.from_on <= on < self.until_on


_SINCE_2017, _SINCE_2023 = "2017-11-30", "2023-05-15"
_OF_2023: dict[tuple[int, str], tuple[str, ...]] = {
    (3, "管理类"): (
        "没有统一协调管理或定期检查承包、承租单位",
        "特种作业人员未取得资格就上岗",
        "金属冶炼企业负责人、安管人员未考核合格",
    ),
    (4, "冶金"): (
        "人员聚集场所或修罐工位设在熔融金属吊运跨内",
        "事故坑、炉前平台等熔融金属影响区有积水",
        "连铸、模铸没有事故钢水罐、溢流坑等应急设施",
        "炼钢炉水冷件没有监测报警，或没有联锁",
        "高炉炉顶压力超设计，或放散阀联锁不合要求",
        "煤气区域没有CO报警，或信号没接到值守处",
        "加热炉、煤气柜等设施或进车间煤气管没有隔断",
        "煤气水封排水器压力不足，或违规共用、连通",
    ),
    (6, "建材"): (
        "煤磨收尘器、煤粉仓没有温度、CO报警或灭火",
        "人工清库没有落实防坠落、防坍塌措施",
        "电石渣筒型库没有可燃气体报警，或没有联锁",
        "进筒型库、磨机等之前没有隔离或防坠防塌",
        "预混燃气窑炉总管没有压力报警，或没有联锁",
        "制氢站、配气间没有可燃气体报警",
        "电熔制品电炉水冷设备失效",
        "玻璃窑炉、锡槽冷却系统没有监测报警",
    ),
    (7, "机械"): (
        "人员聚集场所设在熔融金属吊运跨、浇注跨内",
        "铸造熔炼、精炼、保温炉没有紧急排放设施",
        "熔炼炉炉底、浇注坑等熔融金属影响区有积水",
        "熔炼炉、压铸机冷却水没有监测报警，或没有联锁",
        "燃气燃烧装置缺压力报警联锁，或缺熄火保护",
        "用可燃溶剂清洗，没有防止可燃气体积聚",
        "非水性漆调漆、喷漆室没有气体报警或没有通风",
    ),
    (8, "轻工"): (
        "食品烘制、油炸设备没有防过热自动切断",
        "白酒勾兑、灌装、酒库没有乙醇报警，或没有联锁",
        "造纸企业用蒸气或明火加热液氯钢瓶",
        "日用玻璃、陶瓷预混燃气窑炉缺压力报警联锁",
        "玻璃窑炉冷却系统没有监测报警",
        "轻工非水性漆调漆、喷漆室缺气体报警或通风",
        "锂电池仓库没有隔离故障电池",
    ),
    (9, "纺织"): (
        "热定型的汽化室、油罐、热媒炉没有与人员隔开",
        "保险粉等与禁忌物混存，或保险粉不防水防潮",
    ),
    (10, "烟草"): (
        "熏蒸缺磷化氢检测、防毒面具，或没有清场",
        "膨胀烟丝生产线没有二氧化碳报警，或没有联锁",
    ),
    (11, "粉尘涉爆"): (
        "设在非框架多层建筑内，或场所内有宿舍、会议室",
        "不同粉尘、粉尘与可燃气体共用除尘，或系统互通",
        "干式除尘没有任何防爆措施",
        "金属粉尘正压除尘，或正压吹送没有防点燃措施",
        "用重力沉降室除尘，或用巷道式风道",
        "金属、木质粉尘干式除尘没有锁气卸灰",
        "20区电气设备不防爆",
        "粉碎研磨前没有除铁石装置，砂光机没有火花探测",
        "遇湿自燃金属粉尘不通风，或不防水防潮",
        "粉尘清理制度没有落实，现场积尘严重",
    ),
    (12, "液氨制冷"): (
        "包装、分割等场所空调用氨直接蒸发",
        "快速冻结装置没有单独设间，或间内超过9人",
    ),
    (13, "有限空间"): (
        "没有辨识、台账，也没有警示标志",
        "没有审批，没有先通风再检测，或没有人监护",
    ),
}
_OF_2017: dict[str, tuple[str, ...]] = {
    "粉尘": (
        "设在非框架多层建筑内，或离人员密集场所太近",
        "粉尘与可燃气体共用除尘，或防火分区间互通",
        "干式除尘没有任何控爆措施",
        "正压吹送粉尘，没有可靠防点燃措施",
        "用沉降室除尘，或用干式巷道式风道",
        "金属、木质粉尘干式除尘未规范设锁气卸灰",
        "20区没有用防爆电气",
        "粉碎、研磨前没有去除铁石的装置",
        "木制品砂光机风管没有火花探测报警",
        "没有粉尘清扫制度，积尘没有及时清理",
    ),
    "液氨": ("包装、分割间等空调用氨直接蒸发制冷", "快速冻结装置没有单独设间，且间内超过9人"),
    "有限空间": ("没有辨识有限空间并设警示标志", "没有审批就进入有限空间作业"),
    "机械": (
        "休息室等设在熔炼、吊运、浇注影响范围内",
        "吊运熔融金属的起重机不合要求，或吊具未探伤",
        "熔炼炉底、浇注坑潮湿积水或有易燃易爆物",
        "熔炼炉冷却水没有检测报警，或不防水入炉",
        "燃气加热炉没有泄漏报警，或没有熄火保护",
        "用易燃稀释剂清洗，没有及时清除可燃气体",
        "涂装调漆间、喷漆室没有气体报警或防爆电气",
    ),
    "轻工": (
        "食品烘制、油炸没有防过热切断和隔热",
        "白酒储存、勾兑场所没有乙醇报警",
        "造纸用水蒸气或明火直接加热液氯钢瓶",
        "玻璃、陶瓷燃气窑炉没有低压报警和快切阀",
        "玻璃炉窑本体或附属设施开裂、腐蚀、发红",
        "喷涂车间、调漆间通风或防爆电气不规范",
    ),
    "纺织": ("热定型的汽化室、油罐等没有与人员分开", "保险粉等与禁忌物料混存，或不防水防潮"),
    "烟草": ("熏蒸前没有清场，也没有配防毒面具", "膨胀烟丝场所没有报警和紧急排风"),
    "商贸": ("粮食进出仓没有按步骤作业或没有防护",),
}
_NUMERALS = "零一二三四五六七八九"  # no article or item here has a number above 19


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones or not tens else "")


def _all() -> Iterator[Clause]:
    of_2023 = ("工贸企业重大事故隐患判定标准", "应急管理部令第10号")
    for (article, field), texts in _OF_2023.items():
        for item, words in enumerate(texts, 1):
            where = f"第{_numeral(article)}条第{_numeral(item)}项（{field}）"
            yield Clause(f"令10-{article}({item})", *of_2023, where, words, _SINCE_2023, OPEN)
    of_2017 = ("工贸行业重大生产安全事故隐患判定标准（2017版）", "安监总管四〔2017〕129号")
    for field, texts in _OF_2017.items():
        kind = "专项类" if field in ("粉尘", "液氨", "有限空间") else "行业类"
        for item, words in enumerate(texts, 1):
            where = f"{kind}（{field}）第{item}项"
            yield Clause(f"129号-{field}{item}", *of_2017, where, words, _SINCE_2017, _SINCE_2023)


CLAUSES = tuple(_all())
FIRST_DAY = _SINCE_2017
"""From which day on there is a standard in here."""
_ARTICLE = re.compile(r"(?:令第?10号?|第?10号令)[-—第 ]*([0-9]+)条?[第 ]*[(（]?([0-9]+)[)）]?项?")
_BEFORE = re.compile(r"129号[-— ]?([^0-9 ]+) ?([0-9]+)")
_SAID: dict[str, list[Clause]] = {}
for _clause in CLAUSES:
    for _text in (_clause.code, _clause.words, _clause.citation):
        _SAID.setdefault(_text, []).append(_clause)


def meant(text: str) -> list[Clause]:
    """The clauses that a text means by code, by their words or by the whole citation; none if it is free text. Of
    several each has days of its own."""
    return _SAID.get(_code(text) or text.strip(), [])


def is_code(text: str) -> bool:
    """Whether a text is written as the code of a clause, whether there is such a one or not."""
    return _code(text) is not None


def in_force(on: str) -> list[Clause]:
    """The clauses of a day, in their order."""
    return [each for each in CLAUSES if each.holds(on)]


def _code(text: str) -> str | None:
    """The code that a text tells, as it is written here; None if it tells none."""
    said = text.strip()
    if article := _ARTICLE.fullmatch(said):
        return f"令10-{int(article[1])}({int(article[2])})"
    before = _BEFORE.fullmatch(said)
    return before and f"129号-{before[1]}{int(before[2])}"
