"""How an indicator scores (计分细则), as an office writes it into the table of its scheme: 应有=每季1次；每少=1；扣=1.

`read` understands the text, `written` gives it back in one way only, which is what a ledger keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from anjian_cli.rules.scoring import (
    BONUS,
    CONSEQUENCE,
    DEDUCT,
    EACH,
    EFFECTS,
    FORMS,
    GRADE,
    MARK,
    MORE_EACH,
    PER,
    PERIODS,
    RATE,
    STEPS,
    VETO,
    WITHOUT_POINTS,
    Frequency,
    Scoring,
    Step,
)


class Unreadable(ValueError):
    """Why a text of fields says nothing that can be worked out: each with the field it is about, in Chinese."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)


_NUMBER = re.compile(r"(-?\d{1,9}(?:\.\d{1,4})?)(%|分|个百分点)?", re.ASCII)
_FREQUENCY = re.compile(r"每?(月|季度?|半年|年|全年)(?:至少|不少于)?(\d{1,4})次?(按季)?", re.ASCII)
_SAME: Mapping[int, str] = str.maketrans(
    {"；": ";", "＝": "=", "：": ":", "，": "、", ",": "、", "％": "%", "－": "-", "～": "~", "—": "~"}
)

FIELDS: Mapping[str, tuple[str, ...]] = {
    RATE: ("应有", "封顶", "低于不得分"),
    STEPS: ("应有", "档"),
    DEDUCT: ("应有", *PER, "低于", "扣", "整步", "不封底", "逐件档", "按词"),
    BONUS: ("应有", EACH, MORE_EACH, "加", "封顶", "整步", "按词"),
    MARK: ("幅度", "评分单位", "依据", "未评", "起评", "不封底"),
    VETO: ("应有", "满", "后果", "说"),
    CONSEQUENCE: ("应有", "超过"),
}
"""The fields of each form, in the order in which they are written."""


def number(text: str, *, percent: bool = False) -> Fraction:
    """1, 0.5, 2分, 95%; with `percent` a number of percentage points: 95%, 95个百分点 and 0.95 are the same. Raises
    ValueError."""
    found = _NUMBER.fullmatch(text.strip().translate(_SAME))
    if found is None or (found[2] in ("%", "个百分点") and not percent):
        raise ValueError(text)
    value = Fraction(found[1])
    return value / 100 if found[2] in ("%", "个百分点") else value


def decimal(value: Fraction) -> str:
    """A decimal with as many places as it has: 0.5, 12, -1.25. Of what no decimal says, the fraction."""
    for places in range(5):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign, digits = "-" if scaled < 0 else "", f"{abs(scaled.numerator):0{places + 1}d}"
            return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
    return str(value)


def percent(value: Fraction) -> str:
    """A rate as it is typed: 95%."""
    return f"{decimal(value * 100)}%"


@lru_cache(1024)  # a scheme has dozens of texts, and what may still be had is reckoned by each a thousand times
def read(form: str, full: str, text: str) -> Scoring:
    """The form and fields of an indicator; `full` are its full marks, '' for none. Raises `Unreadable` with everything
    that is wrong, ValueError for a form that there is not."""
    if form not in FORMS:
        raise ValueError(form)
    reading = _Reading(form, full, text)
    scoring = reading.scoring()
    if reading.faults:
        raise Unreadable(reading.faults)
    return scoring


class _Reading:
    """The fields of one text."""

    def __init__(self, form: str, full: str, text: str) -> None:
        self.faults: list[tuple[str, str]] = []
        self._form, self._full = form, full
        self._told: dict[str, str] = {}
        for part in filter(str.strip, text.translate(_SAME).split(";")):
            name, sign, value = (piece.strip() for piece in part.partition("="))
            if name not in FIELDS[form]:
                elsewhere = [other for other, fields in FIELDS.items() if name in fields]
                why = (
                    f"是“{'、'.join(elsewhere)}”的，“{form}”没有这一项"
                    if elsewhere
                    else f"没有这一项；“{form}”可以写：{'、'.join(FIELDS[form])}"
                )
                self.faults.append((name, why))
            elif name in self._told:
                self.faults.append((name, "写了两次"))
            else:
                self._told[name] = value if sign else "是"

    def scoring(self) -> Scoring:
        form = self._form
        found: dict[str, object] = {"form": form, "required": self._frequency()}
        full = self._number_of("满分", self._full) if self._full else None
        if full is not None and full <= 0:
            self._wrong("满分", "要大于0")
        if form in WITHOUT_POINTS and full is not None:
            self._wrong("满分", f"“{form}”不计分，不写满分")
        elif form == BONUS and full is not None:
            self._wrong("满分", "加分不写满分，上限写“封顶”")
        elif form in (RATE, STEPS) and full is None and not self._full:
            self._wrong("满分", f"“{form}”要有满分")
        found["full"] = full
        {
            RATE: self._rate,
            STEPS: self._steps,
            DEDUCT: self._deduct,
            BONUS: self._bonus,
            MARK: self._mark,
            VETO: self._veto,
            CONSEQUENCE: self._consequence,
        }[form](found)
        return Scoring(**found)  # type: ignore[arg-type]

    def _rate(self, found: dict[str, object]) -> None:
        found["capped"] = self._yes("封顶")
        found["nothing_below"] = self._number("低于不得分", percent=True)

    def _steps(self, found: dict[str, object]) -> None:
        steps = [
            Step(self._number_of("档", at, percent=True) or Fraction(0), at.endswith("%"), points)
            for at, points in self._pairs("档")
        ]
        if not steps:
            self._wrong("档", "要写，如 档=95%:6、90%:4")
        if len({step.percent for step in steps}) > 1:
            self._wrong("档", "要么都写百分数，要么都写个数")
        elif sorted(steps, key=lambda step: -step.at) != steps or len({step.at for step in steps}) < len(steps):
            self._wrong("档", "从高到低写，不重复")
        full = found["full"]
        if isinstance(full, Fraction) and any(step.points > full for step in steps):
            self._wrong("档", "得的分不超过满分")
        found["steps"] = tuple(steps)

    def _deduct(self, found: dict[str, object]) -> None:
        self._per_step(found, "扣")
        found["bottomless"] = self._yes("不封底")
        by_event = found["by_event"] = tuple(
            (self._number_of("逐件档", at) or Fraction(0), points) for at, points in self._pairs("逐件档")
        )
        if list(by_event) != sorted(by_event, key=lambda pair: -pair[0]):
            self._wrong("逐件档", "从多到少写：2:30、1:15")
        if found["full"] is None and not self._full and not found["bottomless"]:
            self._wrong("满分", "扣分要有满分；从总分里扣、不封底的，写“不封底”")
        below = self._number("低于", percent=True)
        found["below"] = below
        if below is not None and found["per"] != EACH:
            self._wrong("低于", "和“每”一起写：低于=95%；每=1%；扣=0.5")

    def _bonus(self, found: dict[str, object]) -> None:
        self._per_step(found, "加")
        found["ceiling"] = self._number("封顶")

    def _per_step(self, found: dict[str, object], points: str) -> None:
        """So much for each step of one thing, or by event, or by word."""
        ways = [name for name in (*PER, "逐件档", "按词") if name in self._told]
        if len(ways) != 1:
            can = "、".join(name for name in (*PER, "逐件档", "按词") if name in FIELDS[self._form])
            self._wrong(points, f"要写一样，也只写一样：{can}" + (f"（现在写了{'、'.join(ways)}）" if ways else ""))
        per = ways[0] if ways and ways[0] in PER else ""
        found["per"] = per
        if per:
            each = self._number(per, percent="低于" in self._told)
            if each is not None and each <= 0:
                self._wrong(per, "要大于0")
                each = None
            found["each"] = each if each is not None else Fraction(1)
            if self._told.get(points) == "满分":
                if points == "加" or found["full"] is None:
                    self._wrong(points, "没有满分可扣" if points == "扣" else "写加几分")
            else:
                found["points"] = self._positive(points)
                if points not in self._told:
                    self._wrong(points, f"要写，如 {per}=1；{points}=1")
        elif ways and points in self._told:
            self._wrong(points, "分数写在各档、各词后面，这里不写")
        found["by_word"] = tuple(self._pairs("按词"))
        found["whole_steps"] = self._yes("整步")

    def _mark(self, found: dict[str, object]) -> None:
        told = self._told.get("幅度", "")
        if told:
            bounds = re.split(r"[~至]", told)
            numbers = [self._number_of("幅度", bound) for bound in bounds]
            if len(numbers) != 2 or None in numbers:
                self._wrong("幅度", "写两个数，如 幅度=-2~-0.5")
            else:
                first, last = numbers
                if first is not None and last is not None:
                    found["range"] = (min(first, last), max(first, last))
        found["markers"] = tuple(filter(None, (word.strip() for word in self._told.get("评分单位", "").split("、"))))
        found["reason_required"] = self._yes("依据")
        found["unmarked_is_full"] = self._one_of("未评", ("待评", "满分")) == "满分"
        found["from_nothing"] = self._one_of("起评", ("满分", "0")) == "0" or found["full"] is None
        found["bottomless"] = self._yes("不封底")
        if found["unmarked_is_full"] and found["full"] is None:
            self._wrong("未评", "没有满分")

    def _veto(self, found: dict[str, object]) -> None:
        found["threshold"] = self._positive("满")
        if "满" not in self._told:
            self._wrong("满", "要写，如 满=1")
        effects = tuple(filter(None, (word.strip() for word in self._told.get("后果", "").split("、"))))
        for effect in effects:
            if effect not in EFFECTS[:3] and (not effect.startswith(GRADE) or effect == GRADE):
                self._wrong("后果", f"“{effect}”不是：{'、'.join(EFFECTS[:3])}、等次不合格")
        found["effects"] = effects
        found["saying"] = self._told.get("说", "")
        if not effects and not found["saying"]:
            self._wrong("后果", "写“后果”或“说”")

    def _consequence(self, found: dict[str, object]) -> None:
        sayings = []
        for part in filter(None, self._told.get("超过", "").split("、")):
            at, _, said = (piece.strip() for piece in part.partition(":"))
            above = self._number_of("超过", at)
            if not said:
                self._wrong("超过", "写超过几、说什么，如 超过=6:取消当年评优评先资格")
            elif above is not None:
                sayings.append((above, said))
        if not self._told.get("超过"):
            self._wrong("超过", "要写，如 超过=6:取消当年评优评先资格")
        if sorted(sayings) != sayings:
            self._wrong("超过", "从少到多写")
        found["sayings"] = tuple(sayings)

    # --- one field

    def _wrong(self, name: str, why: str) -> None:
        self.faults.append((name, why))

    def _frequency(self) -> Frequency | None:
        told = self._told.get("应有")
        if told is None:
            return None
        found = _FREQUENCY.fullmatch(told)
        named = found[1].removesuffix("度").removeprefix("全") if found else ""
        if found is None or int(found[2]) == 0 or (found[3] and named != "年"):
            self._wrong("应有", "写作 每月1次、每季1次、每半年1次、每年4次、每年4次按季")
            return None
        return Frequency(PERIODS[named], int(found[2]), bool(found[3]))

    def _yes(self, name: str) -> bool:
        return self._one_of(name, ("否", "是")) == "是"

    def _one_of(self, name: str, words: Sequence[str]) -> str:
        told = self._told.get(name, words[0])
        if told not in words:
            self._wrong(name, f"写 {'、'.join(words)} 之一")
            return words[0]
        return told

    def _number(self, name: str, *, percent: bool = False) -> Fraction | None:
        return self._number_of(name, self._told[name], percent=percent) if name in self._told else None

    def _positive(self, name: str) -> Fraction | None:
        value = self._number(name)
        if value is not None and value <= 0:
            self._wrong(name, "要大于0")
        return value

    def _number_of(self, name: str, text: str, *, percent: bool = False) -> Fraction | None:
        try:
            return number(text, percent=percent)
        except ValueError:
            self._wrong(name, f"“{text}”不是数" + ("，也不是百分数" if percent else ""))
            return None

    def _pairs(self, name: str) -> list[tuple[str, Fraction]]:
        """达到:得 and 词:分, parted by 、"""
        found: list[tuple[str, Fraction]] = []
        for part in filter(None, self._told.get(name, "").split("、")):
            at, _, told = (piece.strip() for piece in part.rpartition(":"))
            points = self._number_of(name, told) if at else None
            if not at:
                self._wrong(name, "每一个后面写冒号和分数，如 国家级:2、省级:1")
            elif at in [other for other, _ in found]:
                self._wrong(name, f"“{at}”写了两次")
            elif points is not None:
                found.append((at, points))
        if name in self._told and not self._told[name]:
            self._wrong(name, "没有写内容")
        return found


def written(scoring: Scoring) -> str:
    """The text of the fields, in one way only."""
    s, told = scoring, {}
    if s.required:
        told["应有"] = s.required.text()
    told |= {
        name: "是"
        for name, yes in (
            ("封顶", s.capped),
            ("整步", s.whole_steps),
            ("不封底", s.bottomless),
            ("依据", s.reason_required),
        )
        if yes
    }
    if s.nothing_below is not None:
        told["低于不得分"] = percent(s.nothing_below)
    if s.steps:
        told["档"] = _said((percent(at) if of_rate else decimal(at), points) for at, of_rate, points in s.steps)
    if s.below is not None:
        told["低于"] = percent(s.below)
    if s.per:
        told[s.per] = decimal(s.each) if s.below is None else percent(s.each)
        told["加" if s.form == BONUS else "扣"] = "满分" if s.points is None else decimal(s.points)
    if s.by_event:
        told["逐件档"] = _said((decimal(at), points) for at, points in s.by_event)
    if s.by_word:
        told["按词"] = _said(s.by_word)
    if s.ceiling is not None:
        told["封顶"] = decimal(s.ceiling)
    if s.range is not None:
        told["幅度"] = "~".join(map(decimal, s.range))
    if s.markers:
        told["评分单位"] = "、".join(s.markers)
    if s.unmarked_is_full:
        told["未评"] = "满分"
    if s.from_nothing and s.full is not None:
        told["起评"] = "0"
    if s.threshold is not None:
        told["满"] = decimal(s.threshold)
    if s.effects:
        told["后果"] = "、".join(s.effects)
    if s.saying:
        told["说"] = s.saying
    if s.sayings:
        told["超过"] = "、".join(f"{decimal(at)}:{said}" for at, said in s.sayings)
    return "；".join(f"{name}={told[name]}" for name in FIELDS[s.form] if name in told)


def _said(pairs: Iterable[tuple[str, Fraction]]) -> str:
    return "、".join(f"{at}:{decimal(points)}" for at, points in pairs)
