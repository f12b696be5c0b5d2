"""The sentences of the letter on the county as a whole and on what is wrong, each made from findings by one rule (R1 to
R16). What is said of each category stands in `progress`.

Takes the bulletin's value, returns Chinese text; numbers are put into words by `wording`.
"""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import findings, phrase, score_words, wording
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.value import OTHERWISE, UNCOUNTED, Bulletin, Cell, OverdueMajor

LISTED = 5  # up to so many are listed by name; of more, how many they are
_NUMERALS = ("", "一", "两", "三")


def names(bulletin: Bulletin, codes: Sequence[str]) -> str:
    """江南街道、西城街道."""
    return "、".join(phrase.place(bulletin, code) for code in codes)


def first(count: int) -> str:
    """首位, 前两位, 前三位."""
    return "首位" if count == 1 else f"前{_NUMERALS[count]}位"


def behind(field: Field) -> str:
    """What those who lag are said to be: 居末位, 居后两位, 居后三位; 落后 where another town stands among them."""
    count = len(field.lagging)
    if not field.last:
        return "落后"
    return "居末位" if count == 1 else f"居后{wording.count(count)}位"


def until(bulletin: Bulletin) -> str:
    """10月底, or of a running month the day itself."""
    return f"{phrase.month(bulletin)}月底" if bulletin.finished else phrase.day(bulletin.as_of)


def _months(bulletin: Bulletin) -> str:
    """1—10月 (R16)."""
    return phrase.period(bulletin).partition("年")[2]


def scheme(bulletin: Bulletin) -> str:
    """By which scheme of its own the office goes, and in its first month what is not compared (R22); '' where it has
    adopted none."""
    of = bulletin.scheme
    if of is None:
        return ""
    document = f"（{of.document}）" if of.document else ""
    if bulletin.without_score:
        return f"按《{of.title}》{document}通报各项情况，不计分，不排名次。"
    since = f"{phrase.day(of.since)}起" if of.since else "本月"
    apart = f"，得分、名次与{phrase.month_before(bulletin)}月不可比" if of.since else ""
    return f"{since}按《{of.title}》{document}计分{apart}。"


def mean_score(bulletin: Bulletin) -> str:
    """The pace, the mean score in 分, and which categories are ahead of the pace (R1, R2); by which scheme, where an
    office has adopted one (R22)."""
    count = sum(row.score is not None for row in bulletin.scores)
    said = scheme(bulletin)
    said += f"{phrase.month(bulletin)}月底序时进度为{wording.percent(bulletin.pace)}。"  # the month's end, ended or not
    scored = [c for c in findings.scored(bulletin) if c.total_rate is not None and c.gap is not None]
    if bulletin.mean_score is not None:
        of = f"{bulletin.county}{count}个{bulletin.units}{wording.count(len(scored))}项重点工作"
        late = len(bulletin.late)
        without = sum(row.score is None for row in bulletin.scores) - late
        more = f"；另有{without}个{bulletin.units}没有任务，不评分" if without else ""
        more += f"；另有{late}个{bulletin.units}未报送，不评分" if late else ""
        said += f"{of}综合得分平均为{wording.score(bulletin.mean_score)}分{more}。"
    parts = []
    for word, holds in (("高于序时进度", 1), ("与序时进度持平", 0), ("低于序时进度", -1)):
        found = [c for c in scored if c.gap is not None and (c.gap > 0) - (c.gap < 0) == holds]
        found.sort(key=lambda category: -(category.total_rate or 0))
        if found:
            parts.append("、".join(f"{c.title}（{wording.percent(c.total_rate)}）" for c in found) + word)
    return said + (f"从单项看，{'，'.join(parts)}。" if parts else "")


def places(bulletin: Bulletin) -> str:
    """Who leads and who lags by score (R3), and who moved by three places or more (R4); '' where there is nobody."""
    field = findings.overall(bulletin)

    def scores(towns: Sequence[Placed]) -> str:
        return "、".join(
            f"{phrase.place(bulletin, one.town)}（{score_words.score(bulletin, one.value)}分）" for one in towns
        )

    leaders, lagging = field.leaders, field.lagging
    parts = []
    if leaders:
        parts.append(f"居{first(len(leaders))}的是{scores(leaders)}")
    if lagging:
        parts.append(f"{behind(field)}的是{scores(lagging)}")
    said = f"{score_words.score_name(bulletin)}{'，'.join(parts)}。" if parts else ""
    moved = []
    for by, towns in findings.moves(bulletin).items():
        each = "各" if len(towns) > 1 else ""
        moved.append(f"{names(bulletin, towns)}{each}{'上升' if by > 0 else '下降'}{abs(by)}位")
    if moved:
        said += f"与{phrase.month_before(bulletin)}月份相比，{'，'.join(moved)}。"
    return said + score_words.first_of_groups(bulletin)


def corrected(bulletin: Bulletin) -> str:
    """What was wrong in an issued month and what it did to scores and places (R15); '' where nothing was."""
    changed = [c for c in bulletin.corrections if not c.definition]
    marked = bulletin.points is not None and bulletin.rescored and not bulletin.corrections
    if not changed and not marked:
        return ""
    parts = [phrase.correction(bulletin, each) for each in changed]
    anew = bulletin.scheme is not None and bulletin.scheme.since  # the month corrected was another scheme's
    called = "得分" if anew else score_words.score_name(bulletin)
    for one in bulletin.rescored:
        place = phrase.place(bulletin, one.town)
        was, now = (
            f"{score_words.score(bulletin, value)}分" if value is not None else "不评分" for value in (one.was, one.now)
        )
        whose = f"{phrase.month_told(bulletin, one.month)}{place}"
        changed_by = f"{whose}{called}{f'由{was}更正为{now}' if was != now else '不变'}"
        if one.was_rank == one.now_rank:
            parts.append(f"{changed_by}，名次不变")
        else:
            ranks = [f"第{rank}名" if rank is not None else "不评名次" for rank in (one.was_rank, one.now_rank)]
            parts.append(f"{changed_by}，名次由{ranks[0]}更正为{ranks[1]}")
    if not bulletin.rescored:
        parts.append(f"{called}和名次不变")
    return f"更正：{'；'.join(parts)}。"


def compared(first: tuple[Cell, str], second: tuple[Cell, str], noun: wording.Noun) -> str:
    """Two figures, each with its name, against last year in one clause (R8): ，同比分别增长36.67%和50.36%; '' where
    neither is known."""
    words = [wording.change(cell.done, cell.last_year, noun) for cell, _ in (first, second)]
    risen = {word[:2] for word in words}
    if words == ["持平", "持平"]:
        return "，同比均持平"
    if len(risen) == 1 and risen <= {"增长", "上升", "下降"}:
        return f"，同比分别{words[0]}和{words[1][2:]}"
    told = [
        f"，{name}{word if word == wording.NO_BASE else f'同比{word}'}"
        for word, (_, name) in zip(words, (first, second), strict=True)
        if word != wording.NOTHING
    ]
    return "".join(told)


def cases(bulletin: Bulletin) -> str:
    """Cases and fines of the year (R8); '' where nothing was ever registered: that there was none is not known."""
    totals = {t.known_as: t for c in bulletin.categories for t in c.indicators}
    filed, fine, referred = (totals.get(name) for name in ("case.filed", "case.fine", "case.referred"))
    if filed is None or fine is None or filed.whole.done is None or fine.whole.done is None:
        return ""
    if not filed.whole.done and filed.whole.last_year is None:
        return ""
    said = f"{_months(bulletin)}，{bulletin.county}非事故类安全生产违法行为立案处罚{filed.whole.done}起"
    said += f"，处罚金额{wording.amount(fine.whole.done, fine.unit)}万元"
    said += compared((filed.whole, "立案"), (fine.whole, "处罚金额"), "count")
    if referred is not None and referred.whole.done:
        said += f"；建议追究刑事责任{referred.whole.done}人"
    return f"{said}。"


def accidents(bulletin: Bulletin) -> str:
    """Accidents and deaths of the year (R8); '' where nothing was ever registered: that there was none is not known."""
    found = findings.category_of(bulletin, "accident.count")
    totals = {t.known_as: t for t in found.indicators} if found else {}
    count, deaths = totals.get("accident.count"), totals.get("accident.deaths")
    if found is None or count is None or deaths is None or count.whole.done is None or deaths.whole.done is None:
        return ""
    if not count.whole.done and count.whole.last_year is None:
        return ""
    if not count.whole.done and not deaths.whole.done:
        who = f"{bulletin.county}已报送的{bulletin.units}" if count.left_out else bulletin.county
        return f"{_months(bulletin)}，{who}未发生生产安全事故。"
    said = f"{_months(bulletin)}，{bulletin.county}发生生产安全事故{count.whole.done}起、死亡{deaths.whole.done}人"
    said += compared((count.whole, "事故起数"), (deaths.whole, "死亡人数"), "accident")
    none_larger = "".join(phrase.larger_accidents(found))
    return f"{said}，{none_larger}" if none_larger else f"{said}。"


def slow(bulletin: Bulletin) -> tuple[str, str] | None:
    """Heading and text on the indicator that most towns are behind in (R5, R11); None where there is none."""
    found = findings.slowest(bulletin)
    if found is None:
        return None
    table = found.table
    unit = wording.shown_unit(table.unit)
    who = (
        f"{found.below}个{bulletin.units}低于序时进度"
        if found.below < found.rated
        else f"{phrase.every(bulletin)}均低于序时进度"
    )
    parts: list[str] = []
    groups: dict[int, list[str]] = {}
    for code, owed in found.owing:
        groups.setdefault(owed, []).append(code)
    for at, (owed, codes) in enumerate(groups.items()):
        each = "各" if len(codes) > 1 else ""
        owes = "尚欠序时" if at == 0 else "尚欠"
        parts.append(f"{names(bulletin, codes)}{each}{owes}{wording.amount(owed, table.unit)}{unit}")
    said = who + (f"，其中{'，'.join(parts)}" if parts else "")
    if found.idle:
        few = len(found.idle) <= LISTED
        idle = names(bulletin, found.idle) if few else f"其中{len(found.idle)}个{bulletin.units}"
        said += f"；{idle}{phrase.month(bulletin)}月份无新增"
    return f"{table.short}普遍滞后。", f"{said}。"


def often_behind(bulletin: Bulletin) -> str:
    """Towns below the pace in five categories or more (R12); '' where there is none."""
    groups: dict[tuple[int, bool], list[str]] = {}
    for one in findings.often_behind(bulletin):
        groups.setdefault((one.below, one.below == one.rated), []).append(one.town)
    parts = []
    for (below, everywhere), codes in groups.items():
        if everywhere:
            parts.append(f"{names(bulletin, codes)}参评的{wording.count(below)}项工作均低于序时进度")
        else:
            each = "各" if len(codes) > 1 else ""
            parts.append(f"{names(bulletin, codes)}{each}有{below}项低于序时进度")
    return f"{'，'.join(parts)}。" if parts else ""


def rectification(bulletin: Bulletin) -> str:
    """Hazards that fell due (R13), the major ones overdue by name, and those under supervision; '' where all that was
    due is done in time."""
    category = findings.category_of(bulletin, "hazard.due_of_year")
    if category is None:
        return ""
    numbers = phrase.fell_due(category)
    if numbers is None or numbers.due == numbers.on_time:
        return ""
    said = phrase.rectified(f"截至{until(bulletin)}，{bulletin.county}到期应整改隐患", numbers)
    if named := [_major(bulletin, one) for one in bulletin.overdue_major]:
        said += f"。其中重大隐患逾期{len(named)}条：{'；'.join(named)}"
    listed = next((table for table in category.indicators if table.known_as == "hazard.listed"), None)
    if listed is not None and listed.whole.done:
        where = [cell.town for cell in listed.cells if cell.done]
        each = "，分别在" if len(where) > 1 else "，在"
        place = f"{each}{names(bulletin, where)}" if 0 < len(where) <= LISTED else ""
        said += f"。挂牌督办在办隐患{listed.whole.done}条{place}"
    return f"{said}。"


def overdue(bulletin: Bulletin) -> bool:
    """Whether any hazard was done late or is overdue: where all that is missing waits for acceptance, none is said to
    be (R13)."""
    category = findings.category_of(bulletin, "hazard.due_of_year")
    numbers = phrase.fell_due(category) if category is not None else None
    return numbers is not None and bool(numbers.late or numbers.overdue)


def _major(bulletin: Bulletin, one: OverdueMajor) -> str:
    town = bulletin.town(one.town).name if one.town else "未定镇街"
    return f"{town}{one.enterprise}（{one.description}，期限{phrase.day(one.due_on)}）"


def filings(bulletin: Bulletin) -> str:
    """What was wrong with the month's reports (R14); '' where nothing was. A nil report is fine."""
    said = phrase.filing_faults(bulletin, f"{phrase.month(bulletin)}月份报表")
    return f"{'；'.join(said)}。" if said else ""


def otherwise(bulletin: Bulletin) -> str:
    """Which figures of which counties mean another thing than here, or are not counted (R24); '' where none are."""
    parts = []
    for why, said in ((OTHERWISE, "与本通报口径不一"), (UNCOUNTED, "没有采用本通报的口径")):
        shorts: dict[str, list[str]] = {}
        for table in (t for category in findings.scored(bulletin) for t in findings.scored_tables(category)):
            for one in table.left_out:
                if one.why == why:
                    shorts.setdefault(one.town, []).append(table.short)
        parts += [f"{phrase.place(bulletin, town)}{'、'.join(of)}{said}" for town, of in shorts.items()]
    return f"{'；'.join(parts)}，有关数字另列，不排名。" if parts else ""
