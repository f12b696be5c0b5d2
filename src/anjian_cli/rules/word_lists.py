"""Lists of words (用语表): the kinds, sources and reasons that a record's fields take their words from.

The program's own words are always there. An office adds its own, or withdraws any, from a day on: the rows of the
record `term`. A word of the office that `means` one of the program's takes the rules of that one; rules ask what a word
means, never which it is. Pure: who has the rows hands them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from anjian_cli.errors import Fault
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules.intervals import BEGINNING, OPEN, Row, Rows

ANY_DAY = "任何一天"
BESIDE = "word"
"""Under this name the rows of `term` that are not voided stand beside the rows of a root."""


class Use(NamedTuple):
    """A field that takes its words from a list. Of `days`, fields of the same record, the first that is told says when
    the word was used; without any, a word is held against the business day when it is entered. A word that means
    `without` is none of this field's. `several`: joined by 、 in one column. `joined`: the table, if it is not the
    record's own, that has the words in its column `kind` and refers to the record. `free`: any other word stands as
    it is told, and counts under itself alone: towns classify in many ways, and it was free text once."""

    record: str
    field: str
    days: tuple[str, ...]
    without: str = ""
    several: bool = False
    joined: str = ""
    free: bool = False


class WordList(NamedTuple):
    """`words` are the program's own, `meant` leads from other ways of writing to one of them. A rule asks for those in
    `asked`: an office's word may mean one of them."""

    name: str
    words: tuple[str, ...]
    uses: tuple[Use, ...]
    meant: Mapping[str, str] = {}
    asked: tuple[str, ...] = ()


TRAINED = WordList(
    "培训对象",
    ("主要负责人", "安全管理人员", "特种作业人员", "其他从业人员", "网格员"),
    (Use("training", "kind", ("held_on",)),),
)
ENTRUSTED = WordList(
    "托管类型",
    ("喷涂", "涉氨", "涉粉", "小微"),
    (Use("trusteeship", "kind", ("from_on",)), Use("visit", "kind", ("visited_on",))),
    {"涉氨制冷": "涉氨", "涉可燃爆粉尘": "涉粉"},
)
PROGRAMMES = WordList(
    "整治类型",
    ("喷涂", "胶水", "涉粉", "涉氨", "有限空间", "冶金", "危化"),
    (Use("programme", "kind", ("enrolled_on",)), Use("programme_plan", "kind", ("due_on",))),
    {"涉可燃爆粉尘": "涉粉", "涉氨制冷": "涉氨", "危险化学品": "危化", "危化品": "危化"},
    ("喷涂", "涉氨"),
)
OUTCOMES = WordList(
    "整治结果",
    ("整治", "提升", "托管", "关停"),
    (Use("programme", "outcome", ("outcome_on", "accepted_on", "enrolled_on")),),
    asked=("托管", "关停"),
)
CHANNELS = WordList(
    "隐患来源",
    ("企业自查", "部门检查", "网格巡查", "中介诊断", "联合执法", "群众举报"),
    (Use("hazard", "source", ("found_on",)), Use("inspection", "method", ("inspected_on",), "群众举报")),
    {
        "自查": "企业自查",
        "部门": "部门检查",
        "网格": "网格巡查",
        "网格员": "网格巡查",
        "网格员巡查": "网格巡查",
        "中介": "中介诊断",
        "中介机构": "中介诊断",
        "举报": "群众举报",
    },
    ("企业自查", "网格巡查", "中介诊断", "联合执法", "群众举报"),
)
"""By which way a hazard was found, and an enterprise inspected: all are both, but for what was reported (举报)."""
FACTORS = WordList(
    "超标因素",
    ("粉尘", "噪声", "化学毒物", "高温", "其他"),
    (Use("health_test", "factors", ("reported_on",), several=True),),
)
PAYERS = WordList("付费方", ("企业", "财政", "共担"), (Use("trusteeship", "payer", ("from_on",)),))
ENROLMENTS = WordList(
    "纳入原因", ("年初列入", "新发现"), (Use("programme", "reason", ("enrolled_on",)),), asked=("新发现",)
)
WITHOUT_CODE = WordList(
    "无代码原因", ("未办理登记", "家庭作坊", "在办", "代码不详"), (Use("enterprise", "no_code_reason", ()),)
)
SECTORS = WordList(
    "行业领域",
    ("工矿商贸", "道路运输", "建筑施工", "火灾", "其他"),
    (Use("accident", "sector", ("happened_on",)),),
    {"道路交通": "道路运输"},
    ("道路运输", "火灾"),
)
RISKS = WordList(
    "风险类别",
    (
        *("涉可燃爆粉尘", "有限空间", "喷涂", "涉氨制冷", "冶金"),
        *("危险化学品", "胶水", "矿山", "特种设备", "人员密集场所"),
    ),
    (Use("enterprise", "risks", (), several=True, joined="enterprise_risk"),),
    {
        "涉粉": "涉可燃爆粉尘",
        "粉尘": "涉可燃爆粉尘",
        "粉尘涉爆": "涉可燃爆粉尘",
        "涉氨": "涉氨制冷",
        "危化": "危险化学品",
        "危化品": "危险化学品",
    },
)
WORK = WordList(
    "工作项种类",
    ("应急演练", "督查检查", "会议部署", "宣传活动", "表彰", "督办", "约谈"),
    (Use("work_item", "kind", ("done_on",)),),
    {"演练": "应急演练", "督查": "督查检查", "会议": "会议部署", "宣传": "宣传活动"},
)
"""What a town does that no other record tells of; what offices grade is their own."""
VIOLATIONS = WordList(
    "违法类型",
    ("非法建设", "非法生产", "非法经营", "违规作业", "其他"),
    (Use("enforcement_case", "violation", ("filed_on",)),),
    {"违法建设": "非法建设", "违法生产": "非法生产", "违法经营": "非法经营", "违章作业": "违规作业"},
)
"""What a case is about, as offices sort them (打非治违)."""
WORK_LEVELS = WordList(
    "工作项级别",
    ("国家级", "省级", "设区市级", "县级", "乡镇级"),
    (Use("work_item", "level", ("done_on",)),),
    {"镇级": "乡镇级"},
)
REPORTED = WordList(
    "上报项目",
    ("避灾安置场所", "应急志愿者", "微型消防站"),
    (Use("monthly_figure", "kind", ("from_on",)),),
    {"避灾场所": "避灾安置场所", "志愿者": "应急志愿者"},
)
GRADES = WordList(
    "等级",
    ("一级", "二级", "三级"),
    (
        Use(
            *("standardization", "grade"),
            # The first stage that is told: the same word all the way, whichever stages come after it.
            ("begun_on", "consulted_on", "self_assessed_on", "applied_on", "reviewed_on", "announced_on"),
        ),
    ),
    asked=("一级", "二级", "三级"),
)
UNDERTAKINGS = WordList(
    "创建类型",
    ("新创", "复评", "升级"),
    (Use("standardization", "kind", GRADES.uses[0].days),),
    {"复审": "复评", "换证": "复评", "创建": "新创"},
    ("新创", "复评", "升级"),
)
HAZARDS = WordList(
    "隐患类别",
    (
        *("用电安全", "消防安全", "消防疏散", "消防器材", "机械防护", "特种设备", "危险化学品", "可燃爆粉尘"),
        *("喷涂作业", "有限空间", "液氨制冷", "场所环境", "操作行为", "安全管理", "教育培训", "职业卫生"),
        *("应急管理", "相关方管理", "其他"),
    ),
    (Use("hazard", "category", ("found_on",), free=True),),
    {
        **dict.fromkeys(("用电", "电气", "电气安全", "临时用电"), "用电安全"),
        **dict.fromkeys(("消防", "消防火灾"), "消防安全"),
        **dict.fromkeys(("疏散通道", "安全疏散"), "消防疏散"),
        **dict.fromkeys(("消防设施", "消防设施器材"), "消防器材"),
        **dict.fromkeys(("机械", "机械安全", "设备防护"), "机械防护"),
        **dict.fromkeys(("危化品", "危险品"), "危险化学品"),
        **dict.fromkeys(("粉尘", "涉粉", "粉尘涉爆", "粉尘防爆", "涉可燃爆粉尘"), "可燃爆粉尘"),
        **dict.fromkeys(("喷涂",), "喷涂作业"),
        **dict.fromkeys(("受限空间", "有限空间作业"), "有限空间"),
        **dict.fromkeys(("涉氨", "涉氨制冷"), "液氨制冷"),
        **dict.fromkeys(("作业环境", "作业场所"), "场所环境"),
        **dict.fromkeys(("违章操作", "违章作业", "人的不安全行为"), "操作行为"),
        **dict.fromkeys(("管理", "安全管理制度", "管理制度"), "安全管理"),
        **dict.fromkeys(("安全培训", "培训教育", "安全教育培训"), "教育培训"),
        **dict.fromkeys(("职业健康",), "职业卫生"),
        **dict.fromkeys(("应急", "应急救援"), "应急管理"),
        **dict.fromkeys(("相关方", "外包管理"), "相关方管理"),
        **dict.fromkeys(("其它",), "其他"),
    },
)
"""What a hazard is of: parts of management and of the site by 安全生产事故隐患排查治理体系建设实施指南
(安委办〔2012〕28号), those of fire and machines as counties tell them apart, and the fields of special
rectifications."""
LISTS: Mapping[str, WordList] = {
    each.name: each
    for each in (
        *(TRAINED, ENTRUSTED, PROGRAMMES, OUTCOMES, CHANNELS, FACTORS),
        *(PAYERS, ENROLMENTS, WITHOUT_CODE, SECTORS, RISKS, GRADES, UNDERTAKINGS),
        *(HAZARDS, WORK, WORK_LEVELS, REPORTED, VIOLATIONS),
    )
}
_USES: dict[str, dict[str, tuple[WordList, Use]]] = {}
for _list in LISTS.values():
    for _use in _list.uses:
        _USES.setdefault(_use.record, {})[_use.field] = (_list, _use)


def uses_of(record: str) -> Mapping[str, tuple[WordList, Use]]:
    """The fields of a record type that take their words from a list: the list, and how it is used."""
    return _USES.get(record, {})


class Words:
    """All lists as a ledger has them; `rows` are those of `term` that are not voided, in the order of the lists."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        # By list and word: as it is written, what it means, from which day until which.
        self._held: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
        for row in rows:
            word = str(row["word"])
            held = (word, str(row["means"] or word), str(row["from_on"]), str(row["until_on"]))
            self._held.setdefault((str(row["list"]), word.upper()), []).append(held)

    def same_as_ever(self, of: WordList) -> bool:
        """Whether a list has the program's own words alone, and all of them on every day."""
        return not any(name == of.name for name, _ in self._held)

    def same(self, other: Words, of: WordList) -> bool:
        """Whether two ledgers say the same of a list."""
        return self._of(of) == other._of(of)

    def _of(self, of: WordList) -> dict[tuple[str, str], list[tuple[str, str, str, str]]]:
        return {key: held for key, held in self._held.items() if key[0] == of.name}

    def known(self, of: WordList, text: str) -> str | None:
        """A word that the list ever had, as it is written there; None if it had none like it."""
        if text in of.words:
            return text
        held = self._held.get((of.name, text.upper()))
        return held[0][0] if held else None

    def holds(self, of: WordList, word: str, on: str) -> bool:
        """Whether a word, as it is written in the list, is one of it on a day."""
        held = self._held.get((of.name, word.upper()))
        if held is None:
            return word in of.words
        return any(told == word and from_on <= on < until_on for told, _, from_on, until_on in held)

    def means(self, of: WordList, word: str, on: str) -> str:
        """The word of the program whose rules a word takes on a day: itself where none is told."""
        held = self._held.get((of.name, word.upper()), ())
        return next((means for _, means, from_on, until_on in held if from_on <= on < until_on), word)

    def span(self, of: WordList, word: str) -> tuple[str, str]:
        """The first day on which a word holds, and the first on which it does not any more."""
        held = self._held.get((of.name, word.upper()))
        if held is None:
            return BEGINNING, OPEN
        return min(each[2] for each in held), max(each[3] for each in held)

    def in_force(self, of: WordList, on: str, without: str = "") -> tuple[str, ...]:
        """The words of a list on a day, the program's own first; not those that mean `without`."""
        own = (each[0] for (name, _), held in self._held.items() if name == of.name for each in held)
        words = dict.fromkeys((*of.words, *own))
        return tuple(word for word in words if self.fits(of, word, on, without))

    def fits(self, of: WordList, word: str, on: str, without: str) -> bool:
        """Whether a word may stand in a field on a day that takes none which means `without`."""
        return self.holds(of, word, on) and (not without or self.means(of, word, on) != without)


OWN = Words()
"""The lists where no office has said anything."""


def beside(root: Rows) -> Words:
    """The lists as they stand beside the rows of a root."""
    rows = root.get(BESIDE)
    return Words(rows) if rows else OWN


def on_which(row: Mapping[str, object], use: Use) -> str | None:
    """The day on which a record used the word of a field; None where nothing says it."""
    return next((str(row[name]) for name in use.days if row.get(name)), None)


def faults(root: Rows) -> list[Fault]:
    """E741 for every word of a record that its list does not have on the record's own day."""
    found: list[Fault] = []
    words: Words | None = None
    for table, rows in root.items():
        uses = _USES.get(table)
        if uses is None:
            continue
        words = words or beside(root)
        for row in rows:
            if row["voided_on"] is None:
                found += [*_of_row(row, uses, words), *_joined(root, row, uses, words)]
    return found


def _joined(root: Rows, record: Row, uses: Mapping[str, tuple[WordList, Use]], words: Words) -> Iterator[Fault]:
    for field, (of, use) in uses.items():
        for row in root.get(use.joined, ()) if use.joined else ():
            word = str(row["kind"])
            if row[f"{use.record}_id"] == record["id"] and words.known(of, word) != word:
                said = {"word": word, "list": of.name, "on": ANY_DAY}
                yield Fault("E741", said, word, field, row_id=int(str(record["id"])), table=use.record)


def _of_row(row: Row, uses: Mapping[str, tuple[WordList, Use]], words: Words) -> Iterator[Fault]:
    for field, (of, use) in uses.items():
        if use.joined or use.free or not row[field]:
            continue
        told = str(row[field])
        on = on_which(row, use)
        for word in told.split("、") if use.several else (told,):
            if words.known(of, word) != word if on is None else not words.fits(of, word, on, use.without):
                said = {"word": word, "list": of.name, "on": on or ANY_DAY}
                yield Fault("E741", said, word, field, row_id=int(str(row["id"])), table=use.record)


def differing(of: WordList, before: Words, after: Words, used: Sequence[tuple[str, str | None]]) -> list[int]:
    """Of words with the days on which they are used, the places of those that held before and do not hold now, or take
    other rules."""
    found = []
    for at, (word, on) in enumerate(used):
        if on is None:
            same = after.known(of, word) == word or before.known(of, word) != word
        else:
            there = before.holds(of, word, on)
            same = not there or (after.holds(of, word, on) and after.means(of, word, on) == before.means(of, word, on))
        if not same:
            found.append(at)
    return found
