"""What a word of a list says that is put together: 10月立案, 7天内到期, 罚款5万以上, 没有信用代码, 停在自评, 涉粉企业.

Read only where the word is no condition by itself, no kept question and nothing that consists of conditions alone, so
that what those mean stays as it is. All follows from the record's definition and its states; the words that people use
for a field beside its headings stand in `SPOKEN`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from anjian_cli.commands import list_periods
from anjian_cli.commands.list_fields import STATE_FIELD, own_day
from anjian_cli.errors import Misread
from anjian_cli.ledger import record_states
from anjian_cli.ledger.question import Bound, Filled, How, NotDone, OfFirm, Span
from anjian_cli.records import amounts, values
from anjian_cli.records.definition import Column, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anjian_cli.commands.list_words import Meant, Reader

SHORTENED = 4
"""Characters that a name said shorter has at least: with fewer it could be many a name."""
NEGATIONS = ("没有", "没", "未填", "未", "缺少", "缺", "无", "不")
PRESENCE = ("有", "已填")
DUE = ("到期", "期满", "过期", "届满", "要到期", "会到期", "将要到期")
FILLERS = (
    "要",
    "属于",
    "有哪些",
    "哪些",
    "停留在",
    "停在",
    "处于",
    "进入",
    "已经",
    "已",
    "还",
    "仍",
    "都",
    "过",
    "的",
    "类",
    "状态",
)
"""What stands between conditions and says nothing of its own."""
SPOKEN: Mapping[str, Mapping[str, str]] = {
    "enterprise": {"员工": "employees", "职工": "employees", "代码": "credit_code"},
    "trusteeship": {"年费": "yearly_fee", "费用": "yearly_fee", "签": "from_on", "签约": "from_on"},
    "standardization": {"评审分": "review_score", "分数": "review_score", "评分": "review_score"},
    "responsible_village": {"入驻": "moved_in_on", "进村": "moved_in_on"},
    "enforcement_case": {"处罚": "decided_on", "罚没": "fine"},
    "hazard": {"查出": "found_on", "期限": "deadline_in_force", "整改期限": "deadline_in_force"},
}
"""By record type: a word for one of its fields that no heading has."""
SPOKEN_TERMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "enforcement_case": {
        **dict.fromkeys(("非事故", "非事故类", "不是事故"), ("accident", "否")),
        "事故类": ("accident", "是"),
        "联合执法": ("joint", "是"),
    },
    "responsible_village": dict.fromkeys(("通过", "验收通过", "验收合格"), ("conclusion", "合格")),
    "programme": dict.fromkeys(("通过", "验收通过", "验收合格"), ("conclusion", "合格")),
    "trusteeship": {
        **dict.fromkeys(("政府买单", "政府购买", "政府购买服务"), ("payer", "财政")),
        **{
            f"{by}{who}{pays}": ("payer", payer)
            for payer, names in {
                "财政": ("政府", "镇里", "镇政府", "街道", "财政", "镇", "县里", "市里"),
                "企业": ("企业", "企业自己", "企业自", "厂里", "业主", "自", "自己"),
            }.items()
            for by in ("", "由")
            for who in names
            for pays in ("付", "出", "付费", "出钱", "付钱", "承担", "掏钱", "费")
        },
    },
}
"""By record type: what people say for a term of one of its fields."""
ROLES: Mapping[str, Mapping[str, str]] = {
    "standardization": dict.fromkeys(("辅导", "辅导的", "承担", "咨询的"), "agency"),
    "training": dict.fromkeys(("承办", "主办", "举办", "组织", "主讲", "承办的", "举办的", "组织的"), "organiser"),
    "trusteeship": dict.fromkeys(("承接", "签的", "服务的", "托管的"), "agency"),
    "visit": dict.fromkeys(("上门", "上门的", "做的", "服务的"), "agency"),
    "inspection": dict.fromkeys(("查的", "带队", "检查的"), "inspector"),
    "health_test": dict.fromkeys(("检测的", "做的", "出的"), "agency"),
}
"""By record type: what somebody did, behind whose name it stands, and the field that has the name: 示例甲 承办."""
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>[^\d以及]{0,3})"
_LEAST, _MORE = ("不少于", "不低于", "不小于", "至少"), ("超过", "大于", "多于", "高于", "超")
_MOST, _LESS = ("不超过", "不高于", "不多于", "至多"), ("少于", "低于", "小于", "不足", "不到", "不满")
_BEFORE = re.compile(rf"(?P<title>.*?)(?P<how>{'|'.join((*_LEAST, *_MOST, *_MORE, *_LESS))}){_NUMBER}(?P<rest>.*)")
_BEHIND = re.compile(rf"(?P<title>.*?){_NUMBER}(?P<how>及以上|以上|及以下|以下|以内)的?(?P<rest>)")
_EQUAL = re.compile(rf"(?P<title>\D+){_NUMBER}(?P<how>)(?P<rest>)")
_NO = "(?:还|都|一直|一次都?|一次也)*(?:没有|没|未)"
NOT_DONE: Mapping[str, re.Pattern[str]] = {
    "trusteeship": re.compile(rf"{_NO}(?:去|来|有)?(?:上门|上过门|服务|去|来)(?:服务)?过?(?:的|企业|合同|了)*"),
    "enterprise": re.compile(rf"{_NO}(?:去|被|有人)?(?:查|检查)过?(?:的|企业)*"),
}
"""By record type: how people say that what `record_states` calls not done was not; the period stands beside it."""
_OVERDUE_BY = re.compile(r"(?:逾期|超期)(超过|大于)?(\d{1,4})(?:天|日)(?:及?以上|的)?的?")


class Phrases:
    """Reads what is put together in the words of one list."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.record, self.today = reader, reader.record, reader.session.today
        self.columns = {name: column for name, column in self.record.columns.items() if name in reader.listed}

    def meant(self, word: str) -> list[Meant]:
        """What a word says; [] where it says nothing that is known here."""
        bare = word.removesuffix("的") or word
        for read in (
            self._not_done,
            *(self._overdue_by, self._number, self._spoken_term, self.term_of_its_field),
            *(self._not, self._field, self._days),
        ):
            if found := read(bare):
                return found
        if bare.startswith("有") and (found := self.reader.meanings(bare.removeprefix("有"))):
            return found  # 有超标
        return self._with_fillers(bare) or self._of_firm(bare) or self._of_register(bare)

    def _spoken_term(self, word: str) -> list[Meant]:
        name, term = SPOKEN_TERMS.get(self.record.name, {}).get(word, ("", ""))
        return [self.reader.of_field(name, self.reader.term(name, term), How.ONE)] if name else []

    def _of_register(self, word: str) -> list[Meant]:
        """A name of a register that is said shorter, words between left out: 秋季大检查 for 2018年秋季安全生产大检查.
        What stands so in the list's own records is looked for there."""
        fields = [name for name in self.columns if self.reader.fields.get(name) is How.NAME]
        if len(word) < SHORTENED or not fields or self.reader.stands(word):
            return []
        found = [
            (name, full)
            for name in fields
            for full in self.reader.registered(self.columns[name].register)
            if _shortened(word, full)
        ]
        return [self.reader.of_field(*found[0], How.NAME)] if len(found) == 1 else []

    def role(self, word: str) -> str:
        """The field of the one who did what a word says, behind whose name it stands; '' for any other word."""
        name = ROLES.get(self.record.name, {}).get(word, "")
        return name if name in self.columns else ""

    # --- days

    def _days(self, word: str) -> list[Meant]:
        """A period with what happened in it: 10月立案, 4月以后入驻, 下个月到期, 10月新增; or a period alone that no
        single word names: 9月到10月."""
        due = record_states.due(self.record.name)
        for end in DUE if due else ():
            rest = word.removesuffix(end) if word.endswith(end) else word.removeprefix(end)
            span = list_periods.said(rest, self.today, ahead=True) if rest not in ("", word) else None
            if due and span is not None:
                return [self._made("spans", Span(due[0], *span, due[1], due[2]), word)]
        for each in sorted({each for each in self.reader.spoken() if each in word}, key=len, reverse=True):
            for rest in (word.removesuffix(each), word.removeprefix(each)):
                span = list_periods.said(rest, self.today) if rest not in ("", word) else None
                found = self.reader.meanings(each) if span is not None else []
                if len(found) == 1:
                    return [*found, self._made("days", span, rest)]
        names = self._day_words()
        for name in sorted(names, key=len, reverse=True):
            for rest in (word.removesuffix(name), word.removeprefix(name)):
                ahead = due is not None and names[name] == due[0]
                span = list_periods.said(rest, self.today, ahead=ahead) if rest not in ("", word) else None
                if span is not None:
                    since = "" if list_periods.only_ends(rest) else span[0]
                    return [self._made("spans", Span(names[name], since, span[1]), word)]
        span = list_periods.said(word, self.today)
        return [] if span is None else [self._made("days", span, word)]

    def _day_words(self) -> dict[str, str]:
        """What is said of each of the record's days: 立案 for 立案日期. A word of two days is none's."""
        found: dict[str, str] = {}
        doubtful = set()
        for name, column in self.columns.items():
            if self.record.kinds[name] is not Kind.DAY:
                continue
            for title in self._titles(column):
                bare = title.removesuffix("日期").removesuffix("时间")
                if bare != title and len(bare) > 1 and found.setdefault(bare, name) != name:
                    doubtful.add(bare)
        found = {word: name for word, name in found.items() if word not in doubtful}
        if day := own_day(self.record):
            found |= {word: day for word in ("新增", "新签", "新") if self.record.kinds[day] is Kind.DAY}
        return found | {
            word: name for word, name in SPOKEN.get(self.record.name, {}).items() if self.record.kinds[name] is Kind.DAY
        }

    def _overdue_by(self, word: str) -> list[Meant]:
        state, due = record_states.overdue(self.record.name), record_states.due(self.record.name)
        said = _OVERDUE_BY.fullmatch(word)
        if said is None or state is None or due is None or int(said[2]) > list_periods.MOST_DAYS:
            return []
        last = (date.fromisoformat(self.today) - timedelta(int(said[2]) + bool(said[1]))).isoformat()
        return [self._made("spans", Span(due[0], "", last, state.where, state.meaning), word)]

    def _not_done(self, word: str) -> list[Meant]:
        """What was not done in a period: 本季度还没上门的, 10月没查过. Of one that lies ahead nobody asks, and of the
        year so far a state of that name tells."""
        where, meaning = record_states.not_done(self.record.name) or ("", "")
        period = period_of(self.record.name, word)
        span = list_periods.said(period, self.today) if where and period else None
        if span is None or span[0] > self.today or self._is_state_of_year(word.replace(period, "", 1), span):
            return []
        last = span[1] or self.today
        told = f"{span[0] or '以前'}至{last}{meaning.format(day=min(last, self.today))}"
        return [self._made("not_done", NotDone(where, *span, min(last, self.today), told)._replace(until=last), word)]

    def _is_state_of_year(self, word: str, span: tuple[str, str]) -> bool:
        states = (one.value for one in self.reader.meanings(word) if isinstance(one.value, record_states.State))
        return span == list_periods.period("今年", self.today) and any(state.of_year for state in states)

    # --- numbers and blanks

    def _number(self, word: str) -> list[Meant]:
        """A number of a field with a bound: 罚款5万以上, 少于8学时, 评审分低于80, 奖励3万."""
        for pattern in (_BEFORE, _BEHIND, _EQUAL):
            said = pattern.fullmatch(word)
            name = "" if said is None else self._numbered(said["title"], said["unit"] + said["rest"])
            if said is None or not name:
                continue
            column = self.record.columns[name]
            try:
                read = column.parse(said["number"] + (said["unit"] if self._is_unit(column, said["unit"]) else ""))
            except Misread:
                return []
            number = float(read) if isinstance(read, str) else read
            least = most = number
            if said["how"]:
                least = number if said["how"] in (*_LEAST, "以上", "及以上") else None
                most = number if said["how"] in (*_MOST, "以下", "及以下", "以内") else None
                step = 0.01 if isinstance(read, str) else 1
                least = round(number + step, 2) if said["how"] in _MORE else least
                most = round(number - step, 2) if said["how"] in _LESS else most
            return [self._made("bounds", Bound(name, least, most), word)]
        return []

    def _numbered(self, title: str, unit: str) -> str:
        """The field with numbers that has this title, or begins with it as no other; without one the field that is
        called as the unit is (学时). '' where there is none."""
        numbers = [name for name in self.columns if self._is_number(name)]
        asked = title or unit
        spoken = SPOKEN.get(self.record.name, {}).get(asked, "")
        if spoken in numbers:
            return spoken
        called = [name for name in numbers if asked in self._titles(self.record.columns[name])]
        begun = [
            name
            for name in numbers
            if len(title) > 1 and any(one.startswith(title) for one in self._titles(self.record.columns[name]))
        ]
        found = called or begun
        return found[0] if asked and len(found) == 1 else ""

    def _is_number(self, name: str) -> bool:
        column = self.record.columns[name]
        return self.record.kinds[name] in (Kind.WHOLE, Kind.AMOUNT) or column.parse is amounts.marks

    @staticmethod
    def _is_unit(column: Column, unit: str) -> bool:
        """Whether a unit is read with the number; what only repeats the field's title is not (8学时)."""
        return bool(unit) and not column.title.startswith(unit)

    def _field(self, word: str) -> list[Meant]:
        """Whether a field is filled: 没有信用代码, 无报告编号, 有联系电话, 未公告."""
        for filled, signs in ((False, NEGATIONS), (True, PRESENCE)):
            for sign in signs:
                rest = word.removeprefix(sign)
                name = self._titled(rest) if word.startswith(sign) and rest else ""
                if name:
                    return [self._made("filled", Filled(name, filled), word)]
        return []

    def _titled(self, word: str) -> str:
        """The field of this title, or the only one whose title begins with it; a day also by what happens on it."""
        if name := SPOKEN.get(self.record.name, {}).get(word, ""):
            return name
        own = {name for name, column in self.columns.items() if word in self._titles(column)}
        own = own or ({self._day_words()[word]} if word in self._day_words() else set())
        if not own and len(word) > 1:
            own = {
                name
                for name, column in self.columns.items()
                if any(title.startswith(word) for title in self._titles(column)) and name != "town"
            }
        return own.pop() if len(own) == 1 else ""

    # --- states and terms

    def _not(self, word: str) -> list[Meant]:
        """A state that is denied and has no word of its own for that: 没挂牌, 未移送."""
        for sign in NEGATIONS:
            rest = word.removeprefix(sign)
            for state in self.reader.states if word.startswith(sign) and len(rest) > 1 else ():
                bare = {each.removeprefix("已") for each in (state.word, *state.aliases)}
                if rest in bare and not state.word.startswith(("未", "无", "非")):
                    other = next((each for each in self.reader.states if each.word == state.rest), None)
                    return [self._made("state", other or record_states.without(state), word)]
        return []

    def term_of_its_field(self, word: str) -> list[Meant]:
        """A term with a piece of its field's title, which is no condition beside it: 验收不合格, 政府付费, 级别重大."""
        for name, how in self.reader.fields.items():
            if how not in (How.ONE, How.SEVERAL) or (self.record.name, name) == STATE_FIELD:
                continue
            for piece in self._pieces_of_titles(name):
                for rest in (word.removeprefix(piece), word.removesuffix(piece)):
                    if rest not in ("", word):
                        try:
                            return [self.reader.of_field(name, self.reader.term(name, rest), how)]
                        except Misread:
                            continue
        return []

    def _pieces_of_titles(self, name: str) -> Iterator[str]:
        for title in sorted(self._titles(self.record.columns[name]), key=len, reverse=True):
            yield from (title[:end] for end in range(len(title), 1, -1))

    def _with_fillers(self, word: str) -> list[Meant]:
        """Conditions with words between them that say nothing: 停在自评, 证书已过期, 事故案件. A field's title says
        nothing of what is in it."""
        if any(word in self._titles(column) for column in self.columns.values()):
            return []
        title = self.record.title
        silent = {*FILLERS, title, title[-2:]}
        silent |= {piece for name in self.columns for piece in self._pieces_of_titles(name) if len(piece) == 2}
        known = sorted({each for each in self.reader.spoken() if len(each) > 1 and each in word}, key=len, reverse=True)
        reached: dict[int, list[str]] = {0: []}
        for at in range(len(word)):
            if at not in reached:
                continue
            for each in (*known, *sorted(silent - set(known), key=len, reverse=True)):
                if word.startswith(each, at):
                    reached.setdefault(at + len(each), reached[at] + [each] * (each in known))
        found = [self.reader.meanings(each) for each in reached.get(len(word), [])]
        return [one[0] for one in found] if found and all(len(one) == 1 for one in found) else []

    def _of_firm(self, word: str) -> list[Meant]:
        """What the enterprise is, of which the record is: 涉粉企业, 小型企业."""
        from anjian_cli.records import definition

        rest = word.removesuffix("企业")
        column = self.columns.get("enterprise")
        if column is None or column.refers != "enterprise" or rest in ("", word):
            return []
        firm = definition.record("enterprise")
        for name, how in (("risks", How.SEVERAL), ("size", How.ONE), ("state", How.ONE)):
            try:
                term = self.reader.term(name, rest, firm)
            except Misread:
                continue
            return [self._made("of_firm", OfFirm(name, term, how), word)]
        return []

    # --- words for fields

    @staticmethod
    def _titles(column: Column) -> list[str]:
        """What a field is called, without what stands in brackets behind it."""
        told = (column.title, *column.aliases, *column.near)
        return list(dict.fromkeys(each.partition("（")[0] for each in told))

    def _made(self, kind: str, value: object, line: str) -> Meant:
        from anjian_cli.commands.list_words import Meant

        return Meant(kind, value, line)


def _shortened(word: str, name: str) -> bool:
    """Whether a word is a name with characters left out."""
    rest = iter(name)
    return all(sign in rest for sign in word)


def told(record: Record, one: Span | Filled | Bound | OfFirm | NotDone) -> str:
    """A condition in words, for the one who typed it."""
    if isinstance(one, NotDone):
        return one.meaning
    if isinstance(one, OfFirm):
        from anjian_cli.records import definition

        return f"企业的{definition.record('enterprise').columns[one.field].title} {one.word}"
    column = record.columns[one.field]
    if isinstance(one, Filled):
        return f"{column.title}{'有' if one.filled else '空着'}"
    if isinstance(one, Span):
        days = one.since if one.since == one.until else f"{one.since}至{one.until}"
        days = days if one.since and one.until else f"{one.since}起" if one.since else f"至{one.until}"
        return f"{column.title} {days}" + (f"（{one.meaning}）" if one.meaning else "")
    return f"{column.title} {_bounds(column, one)}"


def _bounds(column: Column, one: Bound) -> str:
    least, most = (None if each is None else _shown(column, each) for each in (one.least, one.most))
    if least == most:
        return str(least)
    return f"{least}至{most}" if least and most else f"{least}以上" if least else f"{most}以下"


def _shown(column: Column, number: float) -> str:
    return column.show(number) if isinstance(number, int) else values.clean(f"{number:.2f}").rstrip("0").rstrip(".")


def _comes_due(pair: Sequence[str], reader: Reader) -> bool:
    """Whether two words are a period that is not over and that something comes due in it: 本月 到期. Apart they would
    ask what is over already."""
    period = next((word for word in pair if word not in DUE), "")
    if not set(pair) & set(DUE) or not period or not reader.phrase("".join(pair)):
        return False
    span = list_periods.said(period, reader.session.today, ahead=True)
    return span is not None and span[1] >= reader.session.today


def period_of(record: str, word: str) -> str:
    """The period of which a word says that something was not done in it; '' for any other word."""
    said = NOT_DONE.get(record)
    ends = (at for at in range(1, len(word)) if said is not None and said.fullmatch(word[at:]))
    return word[: next(ends, 0)]


def _beside_its_period(typed_words: Sequence[str], reader: Reader) -> list[str]:
    """The words of a line, what was not done behind the one period that is told of it: 没上门的 示例甲 本月."""
    said, found = NOT_DONE.get(reader.record.name), list(typed_words)
    not_done = [word for word in found if said is not None and said.fullmatch(word)]
    periods = [word for word in found if word not in not_done and list_periods.said(word, reader.session.today)]
    if len(not_done) != 1 or len(periods) != 1 or not reader.phrase(periods[0] + not_done[0]):
        return found
    found[found.index(not_done[0])] = periods[0] + not_done[0]
    found.remove(periods[0])
    return found


def joined(typed_words: Sequence[str], reader: Reader) -> list[str]:
    """The words of a line, those put together that say something only together: 10-1 到 10-15, 年费 5000以上,
    10月 立案, 本月 没上门的. Two of which each is a condition stay apart."""
    found: list[str] = []
    rest = _beside_its_period(typed_words, reader)
    while rest:
        between = f"{rest[0]}到{rest[2]}" if len(rest) > 2 and rest[1] in ("到", "至", "-", "—", "~") else ""
        if between and list_periods.said(between, reader.session.today) is not None:
            found.append(between)
            del rest[:3]
            continue
        word = "".join(rest[:2])
        if len(rest) > 1 and _comes_due(rest[:2], reader):
            found.append(f"{rest[0]}{rest[1]}")
            del rest[:2]
            continue
        said = [reader.phrase(each) for each in rest[:2] if not reader.means(each)]
        if len(rest) > 1 and said and all(not of or of[0].kind == "days" for of in said) and reader.phrase(word):
            found.append(word)
            del rest[:2]
            continue
        found.append(rest.pop(0))
    return found
