"""Points (计分) in a scheme as a file tells it: what must hold of them, and sums that do not agree.

Pure, as `scheme_draft`. How a form's fields are written is a matter of `rules.scoring_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from anjian_cli.bulletin.definition import LAST_YEAR, OF_ITSELF, REQUIRED
from anjian_cli.errors import Fault, Place
from anjian_cli.rules import full_marks, grades, measure, scoring_text
from anjian_cli.rules.full_marks import Item
from anjian_cli.rules.measure import DIMENSIONS, SIGNS
from anjian_cli.rules.scoring import (
    LESS_EACH,
    MARK,
    MORE_EACH,
    OVER_EACH,
    RATE,
    SKIP,
    WITHOUT_POINTS,
    Scoring,
)
from anjian_cli.rules.scoring_text import Unreadable, decimal
from anjian_cli.rules.totals import BY_POINTS, WITHOUT_TOTAL
from anjian_cli.rules.unit_kinds import TOWNS
from anjian_cli.workflow import scheme_draft
from anjian_cli.workflow.scheme_draft import (
    ABOUT,
    IN_CODE,
    IN_CODE_SAID,
    PERIODS,
    TARGET,
    Asked,
    Draft,
    Heading,
    Known,
)

Words = Callable[[str], Sequence[str] | None]
_RULE = "计分细则"


def faults(draft: Draft, facts: Mapping[str, Known], words: Words) -> Iterator[Fault]:
    """Everything that is wrong with the points of a draft, each at its place: E774, E800 to E814. `words` as in
    `scheme_draft.faults`."""
    found = [*_of_scheme(draft), *_of_groups(draft)]
    for heading in draft.categories:
        found += [
            fault._replace(place=heading.place._replace(title=title)) for title, fault in _of_category(heading, draft)
        ]
    for each in draft.indicators:
        of_it = _of_indicator(each, draft, facts, words)
        found += [fault._replace(place=each.place._replace(title=title)) for title, fault in of_it]
    without_use = [fault for fault in found if fault.code == "E801"]
    if len(without_use) > 1:  # what is wrong is the one cell that says how the total comes about
        titles = dict.fromkeys(fault.place.title for fault in without_use)
        told = "".join(f"“{title}”" for title in titles) + f"共{len(without_use)}处"
        yield Fault("E801", {"told": told}, place=draft.place._replace(sheet=ABOUT, title="总分"))
        found = [fault for fault in found if fault.code != "E801"]
    yield from found


def scoring_of(each: Asked) -> Scoring | None:
    """How an indicator scores; None where it does not, or where that cannot be read."""
    try:
        return scoring_text.read(each.form, _number(each.full), each.scoring) if each.form else None
    except Unreadable:
        return None


def word_measures(each: Asked, facts: Mapping[str, Known], words: Words) -> tuple[tuple[str, str], ...]:
    """The words that have points of their own (按词), each with its measure: the indicator's, of that word alone.
    Raises ValueError (a word) where one is of no list, or not within what the indicator counts."""
    scoring = scoring_of(each)
    told = [word for word, _ in scoring.by_word] if scoring else []
    if not told or each.kind != "sum":
        return ()
    asked = measure.read(each.measure)
    ways = []
    for name, title in zip(DIMENSIONS, facts[asked.fact].dimensions, strict=True):
        known = (asked.words.get(name) or words(title)) if title else ()
        # Of a list that nobody keeps any word may be; one that is told says more.
        fitting = [word for word in told if not SIGNS.intersection(word) and (known is None or word in known)]
        ways.append((len(fitting), known is not None, name, fitting))
    _, _, name, fitting = max(ways, key=lambda way: way[:2])
    for word in told:
        if word not in fitting:
            raise ValueError(word)
    return tuple((word, measure.written(asked.fact, {**asked.words, name: (word,)})) for word in told)


def _number(value: Fraction | None) -> str:
    return "" if value is None else decimal(value)


def _cannot(title: str, why: str) -> tuple[str, Fault]:
    return title, Fault("E774", {"title": title, "why": why})


def _of_scheme(draft: Draft) -> Iterator[Fault]:
    def at(title: str) -> Place:
        return draft.place._replace(sheet=ABOUT, title=title)

    if draft.total == BY_POINTS and not any(each.form and each.form not in WITHOUT_POINTS for each in draft.indicators):
        yield Fault("E809", place=at("总分"))
    if draft.total != BY_POINTS and draft.missing != SKIP:
        yield Fault("E801", {"told": "“缺项”"}, draft.missing, place=at("缺项"))
    if draft.grades and draft.total == WITHOUT_TOTAL:
        yield Fault("E774", {"title": "等次", "why": "总分写“不计分”的没有等次"}, place=at("等次"))
    try:
        grades.read(draft.grades)
    except ValueError as error:
        yield Fault("E808", {"why": str(error)}, draft.grades, place=at("等次"))


def _of_groups(draft: Draft) -> Iterator[Fault]:
    yield from scheme_draft.twice(draft.groups, "编号", lambda each: each.code)
    yield from scheme_draft.twice(draft.groups, "名称", lambda each: (each.category, each.title))
    titles = {heading.code: heading.title for heading in draft.categories}
    used = {each.group for each in draft.indicators}
    for group in draft.groups:
        place = group.place
        if not scheme_draft.is_word(group.code, IN_CODE):
            said = {"title": "编号", "more": IN_CODE_SAID}
            yield Fault("E755", said, group.code, place=place._replace(title="编号"))
        if group.category not in titles:
            said = {"what": "类别", "known": "、".join(titles.values())}
            yield Fault("E756", said, group.category, place=place._replace(title="类别"))
        if group.code not in used:
            yield Fault("E806", {"title": group.title}, group.code, place=place._replace(title="名称"))
        if draft.total != BY_POINTS:
            yield Fault("E801", {"told": "“满分”"}, place=place._replace(title="满分"))


def _of_category(heading: Heading, draft: Draft) -> Iterator[tuple[str, Fault]]:
    told = {
        "满分": heading.full is not None,
        "加分上限": heading.bonus_cap is not None,
        "减分上限": heading.deduction_cap is not None,
        "折算": heading.conversion is not None,
        "缺项": bool(heading.missing),
    }
    if draft.total != BY_POINTS:
        for title in (title for title, is_told in told.items() if is_told):
            yield title, Fault("E801", {"told": f"“{title}”"})
    elif heading.weight != 1:
        yield _cannot("权重", "百分制按满分，不按权重；几部分折算的写“折算”")


def _of_indicator(each: Asked, draft: Draft, facts: Mapping[str, Known], words: Words) -> Iterator[tuple[str, Fault]]:
    """Each with the column that it is in."""
    yield from _of_group(each, draft)
    yield from _of_parts(each, draft, facts)
    if (each.form == MARK) != (each.kind == scheme_draft.MARK):
        yield "计分", Fault("E803")
        return
    if each.kind == scheme_draft.MARK:
        yield from _of_mark(each)
    if not each.form:
        for title, told in (("满分", each.full is not None), (_RULE, each.scoring), ("缺项", each.missing)):
            if told:
                yield _cannot(title, "没有写“计分”")
        if each.against in OF_ITSELF:
            yield _cannot("对照", "应有、上年同期只用于写了“计分”的")
        return
    if each.kind in ("counted", "today"):
        yield _cannot("计分", f"计法是“{scheme_draft.KINDS[each.kind]}”的不计分")
    if draft.total != BY_POINTS and each.form not in WITHOUT_POINTS:
        yield "计分", Fault("E801", {"told": f"“计分：{each.form}”"})
    if each.missing and each.form in WITHOUT_POINTS:
        yield _cannot("缺项", f"“{each.form}”不算分")
    if each.ranked and each.against in OF_ITSELF:
        yield _cannot("评分", "对照应有、上年同期的没有完成率，不排完成率的名次，写否")
    try:
        scoring = scoring_text.read(each.form, _number(each.full), each.scoring)
    except Unreadable as error:
        for name, why in error.faults:
            yield "满分" if name == "满分" else _RULE, Fault("E800", {"name": name, "why": why})
        return
    yield from _of_base(each, scoring)
    yield from _of_frequency(each, scoring, draft, facts)
    if scoring.by_word:
        yield from _of_words(each, facts, words)
    if scoring.by_event and each.kind != "sum":
        yield _cannot(_RULE, "“逐件档”只用于计法是合计的")
    if scoring.by_event and (each.plus or each.minus):
        yield _cannot("加" if each.plus else "减", "逐件计分的不加减别的")


def _of_group(each: Asked, draft: Draft) -> Iterator[tuple[str, Fault]]:
    if not each.group:
        return
    group = next((group for group in draft.groups if group.code == each.group), None)
    if group is None:
        known = "、".join(group.title for group in draft.groups if group.category == each.category)
        yield "组", Fault("E804", {"known": known or "本类别还没有组"}, each.group)
    elif group.category != each.category:
        titles = {heading.code: heading.title for heading in draft.categories}
        yield "组", Fault("E805", {"title": titles.get(group.category, group.category)}, group.title)


def _of_mark(each: Asked) -> Iterator[tuple[str, Fault]]:
    """What somebody gives counts nothing, and is held against nothing."""
    for title, told in (("数自", each.counts), ("对照", each.against), ("单位", each.unit)):
        if told:
            yield _cannot(title, "评分的由人打分，以分计，不数什么")
    if each.ranked:
        yield _cannot("评分", "由人打分的没有完成率，写否")


def _of_parts(each: Asked, draft: Draft, facts: Mapping[str, Known]) -> Iterator[tuple[str, Fault]]:
    """What an indicator adds and takes off is another one's measure, in the same unit, counted in the same way: what
    happens and what stands do not add up."""
    told = [each.measure]
    for title, texts in (("加", each.plus), ("减", each.minus)):
        if texts and each.kind != "sum":
            yield _cannot(title, "只用于计法是合计的")
            continue
        for text in texts:
            others = [other for other in draft.indicators if other.measure == text and other.kind == "sum"]
            if not others:
                yield title, Fault("E812", {"why": "本办法里没有这个合计的指标"}, text)
            elif text in told:
                yield title, Fault("E812", {"why": "和本指标数的是一样的，或者写了两次"}, others[0].short)
            elif {_fact(text), _fact(each.measure)} & {"hazard.accepted_late"} and _fact(text) != _fact(each.measure):
                yield (
                    title,
                    Fault("E812", {"why": "按期还是逾期以“按期以…计”的设置为准，它已经计入其中一个"}, others[0].short),
                )
            elif all(other.plus or other.minus for other in others):
                yield title, Fault("E812", {"why": "它自己也有加、减"}, others[0].short)
            elif each.unit not in {other.unit for other in others}:
                yield title, Fault("E812", {"why": f"单位是{others[0].unit}，本指标是{each.unit}"}, others[0].short)
            elif _counting(text, facts) != _counting(each.measure, facts):
                yield title, Fault("E812", {"why": "发生的次数、截至当日的数、当年的数不能相加减"}, others[0].short)
            told.append(text)


def _fact(text: str) -> str:
    return text.partition("?")[0]


def _counting(text: str, facts: Mapping[str, Known]) -> tuple[str, bool] | None:
    """How a measure is counted: what happens or what stands, within the year or not; None of a fact that is none."""
    fact = facts.get(_fact(text))
    return None if fact is None else (fact.counted, fact.of_year)


def _of_base(each: Asked, scoring: Scoring) -> Iterator[tuple[str, Fault]]:
    """A form that works out how much is missing or too much is told of what."""
    against, said = each.against, ""
    owed = against and against != LAST_YEAR
    controlled = against == TARGET and each.less
    of_rate = scoring.form == RATE or scoring.below is not None or any(step.percent for step in scoring.steps)
    if of_rate and (not owed or controlled):
        said = "任务、应有，或本办法里作分母的另一个指标；少为好的没有完成率"
    elif scoring.per == LESS_EACH and (not owed or controlled):
        said = "任务、应有，或另一个指标；少为好的没有欠"
    elif scoring.per == MORE_EACH and against != LAST_YEAR:
        said = "上年同期"
    elif scoring.per == OVER_EACH and not controlled:
        said = "任务，“方向”写少为好：比的是控制数"
    if said:
        way = scoring.per or ("低于" if scoring.below is not None else each.form)
        yield "对照", Fault("E802", {"way": way, "against": said})
    if against == LAST_YEAR and scoring.per != MORE_EACH:
        yield _cannot("对照", "上年同期只用于“每多”")
    if against == REQUIRED and scoring.required is None:
        yield _cannot("对照", f"写了应有，“{_RULE}”里要写几次，如 应有=每季1次")
    if scoring.required is not None and against != REQUIRED:
        yield _cannot("对照", f"“{_RULE}”里写了应有，对照写应有，或者空着")


def _of_frequency(
    each: Asked, scoring: Scoring, draft: Draft, facts: Mapping[str, Known]
) -> Iterator[tuple[str, Fault]]:
    """What is required is required within the time assessed, and of what happens, not of what stands."""
    if scoring.required is None:
        return
    if scoring.required.months > PERIODS[draft.assessed]:
        yield _RULE, Fault("E810", {"period": draft.assessed}, f"应有={scoring.required.text()}")
    fact = facts.get(each.measure.partition("?")[0])
    if fact is not None and (fact.counted != "flow" or each.kind != "sum"):
        yield _RULE, Fault("E814", {"fact": fact.title}, f"应有={scoring.required.text()}")


def _of_words(each: Asked, facts: Mapping[str, Known], words: Words) -> Iterator[tuple[str, Fault]]:
    if each.kind != "sum":
        yield _cannot(_RULE, "“按词”只用于计法是合计的")
        return
    if each.plus or each.minus:
        yield _cannot("加" if each.plus else "减", "按词计分的不加减别的")
    try:
        word_measures(each, facts, words)
    except ValueError as error:
        dimensions = facts[measure.read(each.measure).fact].dimensions
        known = "；".join(f"{title}：{'、'.join(words(title) or ['不限'])}" for title in dimensions if title)
        yield _RULE, Fault("E811", {"known": known or "它没有可以分的词"}, str(error))
    except KeyError:
        pass  # a fact that is none is told in its own column


# --- what may be meant so, and is told


def warnings(draft: Draft) -> Iterator[Fault]:
    """Full marks that do not add up (N400 to N402), of each kind of units that is asked: of a group and its items, of a
    category and what is in it, of all and a hundred."""
    if draft.total != BY_POINTS:
        return
    items = [Item(each.category, each.group, each.units, each.form, each.full) for each in draft.indicators]
    groups = [full_marks.Group(each.code, each.category, each.full) for each in draft.groups]
    totals = dict.fromkeys(full_marks.kinds(items) or (TOWNS,), Fraction(0))
    for group in draft.groups:
        own = [item for item in items if item.group == group.code]
        sums = {kind: full_marks.together(own, kind) for kind in full_marks.kinds(own) or totals}
        for said in _other_than(group.full, sums, totals):
            yield Fault("N400", {"title": group.title, **said}, place=group.place._replace(title="满分"))
    for heading in draft.categories:
        own = [item for item in items if item.category == heading.code]
        sums = {kind: full_marks.within(heading.code, groups, items, kind) for kind in full_marks.kinds(own) or totals}
        if heading.full is not None:
            for said in _other_than(heading.full, sums, totals):
                yield Fault("N401", {"title": heading.title, **said}, place=heading.place._replace(title="满分"))
        for kind, within in sums.items() if heading.scored else ():
            told = full_marks.of_category(heading.code, heading.full, groups, items, kind)
            full = within if told is None else told
            totals[kind] += full * (Fraction(1) if heading.conversion is None else heading.conversion)
    for said in _other_than(Fraction(100), totals, totals):
        yield Fault("N402", said, place=draft.place._replace(sheet=ABOUT, title="总分"))


def _other_than(full: Fraction, sums: Mapping[str, Fraction], kinds: Collection[str]) -> Iterator[dict[str, str]]:
    """What is said of sums by kind of units that are other than full marks: once where it is true of all `kinds` that
    the scheme asks."""
    wrong = {kind: own for kind, own in sums.items() if own != full}
    if len(wrong) == len(kinds) and len({*wrong.values()}) == 1:
        yield {"of": "", "full": decimal(full), "sum": decimal(next(iter(wrong.values())))}
        return
    for kind, own in wrong.items():
        yield {"of": f"{kind}的", "full": decimal(full), "sum": decimal(own)}
