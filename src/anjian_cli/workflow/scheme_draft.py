"""A scheme (考核办法) as a file tells it, and what must hold of it before an office may adopt it.

Pure: facts and words of the ledger are handed in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice

from anjian_cli.bulletin import composition, due_today, explain
from anjian_cli.bulletin.definition import LAST_YEAR, OF_ITSELF, REQUIRED
from anjian_cli.errors import Fault, Place
from anjian_cli.light_dataclasses import dataclass, field
from anjian_cli.rules import measure, word_lists
from anjian_cli.rules.measure import DIMENSIONS, Measure
from anjian_cli.rules.scoring import SKIP
from anjian_cli.rules.totals import MEAN

SHEETS = ABOUT, CATEGORIES, GROUPS, INDICATORS = ("办法", "类别", "组", "指标")
"""The parts of a scheme's file, in their order."""
TARGET = "target"
"""What an indicator is measured against that has tasks."""
PERIODS: Mapping[str, int] = {"年": 12, "半年": 6, "季": 3}
"""Months that are assessed together (考核期)."""
SAME_LIST = {"检查方式": "隐患来源"}
"""Dimensions that take their words from a list of another name."""
MARK = "mark"
KINDS: Mapping[str, str] = {
    "sum": "合计", "distinct": "去重", "counted": "有数的镇", "today": "今日到期", MARK: "评分",
}  # fmt: skip
"""How an indicator comes about: see `shipped_indicator` in data/schema.sql."""
MONEY = ("分", "万元")
"""Money is kept in fen, and a scheme says 万元, as it is printed."""
LESS, MORE = "少为好", "多为好"
IN_CODE, IN_CODE_SAID = "._-", "和 . _ -"
"""What may stand in a 编号 beside letters and digits. A short word has nothing else: 10-芝英-涉氨 is taken apart."""
MEANT_SHOWN = 5  # how many others a fault names that a word means as well
TAKEN: Mapping[str, str] = {
    TARGET: "年度任务",
    "任务": "年度任务",
    **dict.fromkeys(explain.RANK_WORDS, "名次"),
    **dict.fromkeys(composition.SCORE_WORDS, "得分"),
    **dict.fromkeys((REQUIRED, "应有"), "应有次数"),
    **dict.fromkeys((LAST_YEAR, "上年同期"), "上年同期数"),
}
"""Words that mean something else where an indicator is asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact: its title, the table of its records, flow or stock, and the titles of its dimensions ('' for none).
    `money`: its quantities are sums of money. `roles` are the columns of `measure.UNITS` by which it knows of a
    department."""

    id: str
    title: str
    record: str
    counted: str
    of_year: bool
    dimensions: tuple[str, str, str]
    part_of: str
    money: bool
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A category. `weight` is its share in the score beside the others'. Of points: its full marks, the most that all
    its items add and take off, the part of its points that enters the total; None where nothing is said. `missing`:
    what becomes of what there is nothing to count of, '' as the scheme says."""

    code: str
    title: str
    scored: bool
    weight: Fraction
    full: Fraction | None = None
    bonus_cap: Fraction | None = None
    deduction_cap: Fraction | None = None
    conversion: Fraction | None = None
    missing: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Group:
    """Items of a category (its code) that have full marks together (组)."""

    code: str
    category: str
    title: str
    full: Fraction
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator; see `shipped_indicator` in data/schema.sql. `measure` is '' where it is no sum.

    Of points: `group` (its code), `form` and `scoring` as `rules.scoring_text` reads and writes them, its own full
    marks; `missing` '' as its category says; `standard` and `proof` in the office's words; `units`, joined by 、, ''
    for towns. `plus` and `minus` are measures that it adds to its own and takes off."""

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
    group: str = ""
    form: str = ""
    full: Fraction | None = None
    scoring: str = ""
    missing: str = ""
    standard: str = ""
    proof: str = ""
    units: str = ""
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme: its name, title and document number ('' for none), what it asks for in the order in which it is
    printed. `total` is one of `totals.TOTALS`, `assessed` one of PERIODS, `missing` one of `scoring.NOTHING`, `grades`
    as `rules.grades` writes them. Of the file that it came from: `unread` is what could not be read, `notes` are worth
    knowing, `lines` says in which line a field stands there, by sheet, line of its row (None in 办法) and column, where
    that is another one."""

    name: str
    title: str
    document: str
    remark: str
    categories: tuple[Heading, ...]
    indicators: tuple[Asked, ...]
    total: str = MEAN
    assessed: str = "年"
    missing: str = SKIP
    grades: str = ""
    groups: tuple[Group, ...] = ()
    unread: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    lines: Mapping[tuple[str, int | None, str], int] = field(default_factory=dict)
    place: Place = field(default_factory=Place)

    def at_its_line(self, fault: Fault) -> Fault:
        """A fault with the line of the field that it speaks of."""
        line = self.lines.get((fault.place.sheet, fault.place.row, fault.place.title))
        return fault if line is None else fault.at(row=line)


def faults(draft: Draft, facts: Mapping[str, Known], words: Callable[[str], Sequence[str] | None]) -> Iterator[Fault]:
    """Everything that is wrong with a draft, each at its place. `words` gives the words of a list by the title of a
    dimension, None for a list that it does not know."""
    yield from twice(draft.categories, "编号", lambda each: each.code)
    yield from twice(draft.categories, "名称", lambda each: each.title)
    yield from twice(draft.indicators, "编号", lambda each: each.code)
    yield from twice(draft.indicators, "指标", lambda each: each.short)
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


def twice(
    listed: Sequence[Heading] | Sequence[Group] | Sequence[Asked], title: str, word: Callable[..., object]
) -> Iterator[Fault]:
    """E754 for each of those that have the same in a column."""
    many = Counter(map(word, listed))
    for each in listed:
        if many[word(each)] > 1:
            said = word(each)
            shown = said if isinstance(said, str) else each.title
            yield Fault("E754", {"title": title}, shown, place=each.place._replace(title=title))


def _ambiguous(draft: Draft) -> Iterator[Fault]:
    """An indicator is asked for by its 编号, its short word or its title, a category by its title: none of them means
    another one as well (but a category one of its own indicators). Those written twice in a column are told there."""
    for heading in draft.categories:
        if not is_word(heading.code, IN_CODE):
            place = heading.place._replace(title="编号")
            yield Fault("E755", {"title": "编号", "more": IN_CODE_SAID}, heading.code, place=place)
    called: dict[str, list[str]] = defaultdict(list)
    for heading in draft.categories:
        for word in {heading.title, composition.short_title(heading.title)}:
            called[word].append(heading.code)
    titles = {heading.code: heading.title for heading in draft.categories}
    words: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    """By word and by column: the titles of the indicators that have it there, by their codes."""
    for each in draft.indicators:
        for column, word in _words(each).items():
            words[word][column][each.code] = each.title
    for each in draft.indicators:
        for column, word in _words(each).items():
            others = [TAKEN[word]] if word in TAKEN else []
            others += [f"类别“{titles[code]}”" for code in called.get(word, ()) if code != each.category]
            meant = (
                f"指标“{title}”（{code}）"
                for theirs, having in words[word].items()
                if theirs != column or column == "全称"
                for code, title in having.items()
                if code != each.code
            )
            others += islice(meant, MEANT_SHOWN)
            if others:
                yield Fault("E773", {"meant": "、".join(others)}, word, place=each.place._replace(title=column))


def _words(each: Asked) -> dict[str, str]:
    """By column; a word that stands in several is of the first."""
    words: dict[str, str] = {}
    for column, word in (("编号", each.code), ("指标", each.short), ("全称", each.title)):
        if word and word not in words.values():
            words[column] = word
    return words


def is_word(text: str, more: str = "") -> bool:
    """Whether a text is letters and digits alone, but for some signs."""
    return all(sign.isalnum() or sign in more for sign in text)


def _of_indicator(
    each: Asked,
    categories: Mapping[str, str],
    known: Mapping[str, Asked],
    facts: Mapping[str, Known],
    words: Callable[[str], Sequence[str] | None],
) -> Iterator[tuple[str, Fault]]:
    """Each with the column that it is in."""
    if not is_word(each.code, IN_CODE):
        yield "编号", Fault("E755", {"title": "编号", "more": IN_CODE_SAID}, each.code)
    if not is_word(each.short):
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
    elif each.kind != MARK and (each.counts not in known or known[each.counts].kind != "sum"):
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
        if not of or (title == "对照" and of in (TARGET, *OF_ITSELF)):
            continue
        if of not in known:
            yield title, Fault("E757", {"title": title}, of)
        elif of == each.code:
            yield title, Fault("E774", {"title": title, "why": "写的是它自己"}, of)
        elif each.against in ("", TARGET, *OF_ITSELF):
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
                yield (
                    "条件",
                    Fault("E761", {"list": title, "known": "、".join(listed), "add": _to_add(title, word)}, word),
                )


def _to_add(title: str, word: str) -> str:
    """How a word is added to the list of a dimension; '' where no office adds to it."""
    name = SAME_LIST.get(title, title)
    return f"；要加的，先登记：anjian 用语 新增 {word} --用语表 {name}" if name in word_lists.LISTS else ""


def _of_rate(each: Asked, of: Asked, facts: Mapping[str, Known]) -> Iterator[tuple[str, Fault]]:
    """What is done of those owed is a part of them: of a fact that is, under conditions at least as narrow."""
    if of.kind != "sum":
        yield "对照", Fault("E757", {"title": "对照"}, of.code)
        return
    try:
        done = [measure.read(text) for text in (each.measure, *each.plus)]
        owed = [measure.read(text) for text in (of.measure, *of.plus)]
    except ValueError:
        return
    if of.minus or not all(any(_is_within(facts, part, whole) for whole in owed) for part in done):
        yield "对照", Fault("E762", {"done": each.title, "owed": of.title})


def _is_within(facts: Mapping[str, Known], done: Measure, owed: Measure) -> bool:
    """Whether what is done can only be of those owed: of a fact that is a part, under conditions as narrow."""
    within = done.fact in facts and owed.fact in facts and _is_part(facts, done.fact, owed.fact)
    return within and all(
        name in done.words and set(done.words[name]) <= set(told) for name, told in owed.words.items()
    )


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
