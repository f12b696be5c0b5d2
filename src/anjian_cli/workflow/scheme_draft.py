"""A scheme (考核办法) as a file tells it, and what must hold of it before an office may adopt it.

Pure: facts and words of the ledger are handed in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from anjian_cli.bulletin import composition, due_today, explain
from anjian_cli.errors import Fault, Place
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.rules import measure
from anjian_cli.rules.measure import DIMENSIONS

TARGET = "target"
"""What an indicator is measured against that has tasks."""
KINDS: Mapping[str, str] = {"sum": "合计", "distinct": "去重", "counted": "有数的镇", "today": "今日到期"}
"""How an indicator comes about: see `shipped_indicator` in data/schema.sql."""
MONEY = ("分", "万元")
"""Money is kept in fen, and a scheme says 万元, as it is printed."""
LESS, MORE = "少为好", "多为好"
IN_CODE, IN_CODE_SAID = "._-", "和 . _ -"
"""What may stand in a 编号 beside letters and digits. A short word has nothing else: 10-芝英-涉氨 is taken apart."""
TAKEN: Mapping[str, str] = {
    TARGET: "年度任务",
    "任务": "年度任务",
    **dict.fromkeys(explain.RANK_WORDS, "名次"),
    **dict.fromkeys(composition.SCORE_WORDS, "得分"),
}
"""Words that mean something else where an indicator is asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact: its title, the table of its records, flow or stock, and the titles of its dimensions ('' for none).
    `money`: its quantities are sums of money."""

    id: str
    title: str
    record: str
    counted: str
    of_year: bool
    dimensions: tuple[str, str, str]
    part_of: str
    money: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A category. `weight` is its share in the score beside the others'."""

    code: str
    title: str
    scored: bool
    weight: Fraction
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator; see `shipped_indicator` in data/schema.sql. `measure` is '' where it is no sum."""

    code: str
    category: str
    short: str
    title: str
    unit: str
    kind: str
    measure: str
    ranked: bool
    against: str
    counts: str
    carried: str
    apart: str
    less: bool
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme: its name, title and document number ('' for none), what it asks for in the order in which it is
    printed."""

    name: str
    title: str
    document: str
    remark: str
    categories: tuple[Heading, ...]
    indicators: tuple[Asked, ...]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise in a draft than in another: of a category or indicator (`code`), added, dropped or changed, and
    what of it (Chinese)."""

    what: str
    code: str
    title: str
    how: str


def faults(draft: Draft, facts: Mapping[str, Known], words: Callable[[str], Sequence[str] | None]) -> Iterator[Fault]:
    """Everything that is wrong with a draft, each at its place. `words` gives the words of a list by the title of a
    dimension, None for a list that it does not know."""
    yield from _twice(draft.categories, "编号", lambda each: each.code)
    yield from _twice(draft.categories, "名称", lambda each: each.title)
    yield from _twice(draft.indicators, "编号", lambda each: each.code)
    yield from _twice(draft.indicators, "指标", lambda each: each.short)
    if not draft.categories or not draft.indicators:
        yield Fault("E752", {"what": "类别" if not draft.categories else "指标"}, place=draft.place)
    yield from _ambiguous(draft)
    categories = {each.code: each.title for each in draft.categories}
    known = {each.code: each for each in draft.indicators}
    for each in draft.indicators:
        for title, found in _of_indicator(each, categories, known, facts, words):
            yield found._replace(place=each.place._replace(title=title))
    used = {each.category for each in draft.indicators}
    for heading in draft.categories:
        if heading.code not in used:
            yield Fault("E753", {"title": heading.title}, heading.code, place=heading.place._replace(title="名称"))


def _twice(listed: Sequence[Heading] | Sequence[Asked], title: str, word: Callable[..., str]) -> Iterator[Fault]:
    many = Counter(map(word, listed))
    for each in listed:
        if many[word(each)] > 1:
            yield Fault("E754", {"title": title}, word(each), place=each.place._replace(title=title))


def _ambiguous(draft: Draft) -> Iterator[Fault]:
    """An indicator is asked for by its 编号, its short word or its title, a category by its title: none of them means
    another one as well (but a category one of its own indicators). Those written twice in a column are told there."""
    for heading in draft.categories:
        if not _is_word(heading.code, IN_CODE):
            place = heading.place._replace(title="编号")
            yield Fault("E755", {"title": "编号", "more": IN_CODE_SAID}, heading.code, place=place)
    called: dict[str, list[str]] = defaultdict(list)
    for heading in draft.categories:
        for word in {heading.title, composition.short_title(heading.title)}:
            called[word].append(heading.code)
    titles = {heading.code: heading.title for heading in draft.categories}
    words: dict[str, list[tuple[str, Asked]]] = defaultdict(list)
    for each in draft.indicators:
        for column, word in _words(each).items():
            words[word].append((column, each))
    for each in draft.indicators:
        for column, word in _words(each).items():
            others = [TAKEN[word]] if word in TAKEN else []
            others += [f"类别“{titles[code]}”" for code in called.get(word, ()) if code != each.category]
            others += [
                f"指标“{other.title}”（{other.code}）"
                for theirs, other in words[word]
                if other.code != each.code and (theirs != column or column == "全称")
            ]
            if others:
                yield Fault("E773", {"meant": "、".join(others)}, word, place=each.place._replace(title=column))


def _words(each: Asked) -> dict[str, str]:
    """By column; a word that stands in several is of the first."""
    words: dict[str, str] = {}
    for column, word in (("编号", each.code), ("指标", each.short), ("全称", each.title)):
        if word and word not in words.values():
            words[column] = word
    return words


def _is_word(text: str, more: str = "") -> bool:
    return all(sign.isalnum() or sign in more for sign in text)


def _of_indicator(
    each: Asked,
    categories: Mapping[str, str],
    known: Mapping[str, Asked],
    facts: Mapping[str, Known],
    words: Callable[[str], Sequence[str] | None],
) -> Iterator[tuple[str, Fault]]:
    """Each with the column that it is in."""
    if not _is_word(each.code, IN_CODE):
        yield "编号", Fault("E755", {"title": "编号", "more": IN_CODE_SAID}, each.code)
    if not _is_word(each.short):
        yield "指标", Fault("E755", {"title": "指标的短名", "more": "：10-芝英-涉氨 里的“涉氨”"}, each.short)
    if each.category not in categories:
        yield "类别", Fault("E756", {"what": "类别", "known": "、".join(categories.values())}, each.category)
    yield from _of_others(each, known)
    if each.ranked and not each.against:
        yield "对照", Fault("E758", {"title": each.title})
    if each.kind == "sum":
        yield from _of_measure(each, facts, words)
        if each.against in known and each.against != each.code:
            yield from _of_rate(each, known[each.against], facts)
    elif each.kind == "distinct":
        if each.counts not in {fact.record for fact in facts.values()}:
            yield "数自", Fault("E757", {"title": "数自"}, each.counts or None)
        elif not any(_is_member(other, each, facts) for other in known.values()):
            why = "去重的是同一类里评分的、截至当日的指标，这一类里没有从它数的"
            yield "数自", Fault("E774", {"title": "数自", "why": why})
    elif each.counts not in known or known[each.counts].kind != "sum":
        yield "数自", Fault("E757", {"title": "数自"}, each.counts or None)
    elif each.kind == "today" and known[each.counts].measure != due_today.DUE:
        yield "数自", Fault("E774", {"title": "数自", "why": "今日到期的只从当年到期应整改隐患里数"}, each.counts)


def _is_member(each: Asked, of: Asked, facts: Mapping[str, Known]) -> bool:
    """Whether it is one of those whose subjects a distinct indicator counts once each."""
    fact = facts.get(each.measure.partition("?")[0])
    alike = each.category == of.category and each.ranked
    return alike and fact is not None and fact.counted == "stock" and fact.record == of.counts


def _of_others(each: Asked, known: Mapping[str, Asked]) -> Iterator[tuple[str, Fault]]:
    """Those that it names: what it is measured against, and what that takes with it."""
    for title, of in (("对照", each.against), ("结转", each.carried), ("名单外", each.apart)):
        if not of or (title == "对照" and of == TARGET):
            continue
        if of not in known:
            yield title, Fault("E757", {"title": title}, of)
        elif of == each.code:
            yield title, Fault("E774", {"title": title, "why": "写的是它自己"}, of)
        elif each.against in ("", TARGET):
            yield title, Fault("E774", {"title": title, "why": "只用于“对照”写另一个指标的"}, of)


def _of_measure(
    each: Asked, facts: Mapping[str, Known], words: Callable[[str], Sequence[str] | None]
) -> Iterator[tuple[str, Fault]]:
    try:
        asked = measure.read(each.measure)
    except ValueError:
        yield "条件", Fault("E759", {}, each.measure)
        return
    fact = facts.get(asked.fact)
    if fact is None:
        yield "数", Fault("E757", {"title": "数"}, asked.fact)
        return
    if fact.money != (each.unit == MONEY[0]):
        why = f"“{fact.title}”是金额，以{MONEY[1]}计" if fact.money else f"“{fact.title}”不是金额"
        yield "单位", Fault("E774", {"title": "单位", "why": why}, MONEY[1] if each.unit == MONEY[0] else each.unit)
    for name, told in asked.words.items():
        title = fact.dimensions[DIMENSIONS.index(name)]
        if not title:
            yield "条件", Fault("E760", {"fact": fact.title, "known": _titles(fact)}, name)
            continue
        listed = words(title)
        for word in told:
            if listed is not None and word not in listed:
                yield "条件", Fault("E761", {"list": title, "known": "、".join(listed)}, word)


def _of_rate(each: Asked, of: Asked, facts: Mapping[str, Known]) -> Iterator[tuple[str, Fault]]:
    """What is done of those owed is a part of them: of a fact that is, under conditions at least as narrow."""
    if of.kind != "sum":
        yield "对照", Fault("E757", {"title": "对照"}, of.code)
        return
    try:
        done, owed = measure.read(each.measure), measure.read(of.measure)
    except ValueError:
        return
    within = done.fact in facts and owed.fact in facts and _is_part(facts, done.fact, owed.fact)
    narrow = all(name in done.words and set(done.words[name]) <= set(told) for name, told in owed.words.items())
    if not within or not narrow:
        yield "对照", Fault("E762", {"done": each.title, "owed": of.title})


def _is_part(facts: Mapping[str, Known], part: str, whole: str) -> bool:
    """Whether a fact is the other one, a part of it, or done of it by name (验收 of 列入, 复评 of 应复评)."""
    seen: set[str] = set()
    while part and part not in seen:
        if part == whole or (part, whole) in DONE_OF:
            return True
        seen.add(part)
        part = facts[part].part_of
    return False


DONE_OF = frozenset({("standard.reached", "standard.review_due"), ("special.accepted", "special.enrolled")})
"""What is done of those owed record by record, and yet no part item by item: some was owed in a year before."""


def _titles(fact: Known) -> str:
    return "、".join(title for title in fact.dimensions if title) or "没有"


def changes(before: Draft, after: Draft) -> list[Change]:
    """What a draft asks for otherwise than another: categories first, in the order of `after`, what is dropped last."""
    found = []
    for what, ours, theirs in (
        ("类别", before.categories, after.categories),
        ("指标", before.indicators, after.indicators),
    ):
        old = {each.code: each for each in ours}
        for each in theirs:
            if each.code not in old:
                found.append(Change(what, each.code, each.title, "新增"))
            elif how := "、".join(_differing(old[each.code], each)):
                found.append(Change(what, each.code, each.title, how))
        new = {each.code for each in theirs}
        found += [Change(what, each.code, each.title, "取消") for each in ours if each.code not in new]
    return found


_SAID = {
    "category": "类别", "short": "指标", "title": "名称", "unit": "单位", "kind": "计法", "measure": "口径",
    "ranked": "评分", "against": "对照", "counts": "数自", "carried": "结转", "apart": "名单外", "less": "方向",
    "scored": "计分", "weight": "权重",
}  # fmt: skip


_TOLD = frozenset({"short", "title", "unit", "ranked", "scored", "weight"})
"""What is told as it was and as it is; of all else only that it is otherwise."""


def _differing(one: Heading | Asked, other: Heading | Asked) -> Iterator[str]:
    for name, said in _SAID.items():
        if not hasattr(one, name):
            continue
        was, now = getattr(one, name), getattr(other, name)
        if was != now:
            yield f"{said}：{_shown(was)} → {_shown(now)}" if name in _TOLD else f"{said}有变"


def _shown(value: str | bool | Fraction) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return weight_text(value) if isinstance(value, Fraction) else value


def weight_text(weight: Fraction) -> str:
    """A weight as an office writes it: 1, 1.5; 1/3 where no decimal says it."""
    of_tens = 10 ** weight.denominator.bit_length()  # enough tens for any denominator of twos and fives
    if of_tens % weight.denominator:
        return str(weight)
    return f"{(Decimal(weight.numerator) / weight.denominator).normalize():f}"


def otherwise(before: Iterable[Asked], after: Draft) -> Iterator[Fault]:
    """An indicator that goes on under the same 编号 counts what it counted, in the same unit: by it places, tasks and
    years are compared. E763 for each that does not."""
    old = {each.code: each for each in before}
    for each in after.indicators:
        was = old.get(each.code)
        if was is not None and (was.measure, was.unit, was.kind) != (each.measure, each.unit, each.kind):
            place = each.place._replace(title="编号")
            yield Fault("E763", {"title": was.title}, each.code, place=place)
