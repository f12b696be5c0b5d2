"""The sentences of the letter, each made from findings by one rule (R1 to R16). The one place where they are worded.

Takes the bulletin's value, returns Chinese text; numbers are put into words by `wording`.
"""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import findings, phrase, wording
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable

UNITS = "镇（街、区）"
LISTED = 5  # up to so many are listed by name; of more, how many they are
_NUMERALS = ("", "一", "两", "三")


def names(bulletin: Bulletin, codes: Sequence[str]) -> str:
    """江南街道、西城街道."""
    return "、".join(phrase.place(bulletin, code) for code in codes)


def _first(count: int) -> str:
    return "首位" if count == 1 else f"前{_NUMERALS[count]}位"


def _last(count: int) -> str:
    return "末位" if count == 1 else f"后{_NUMERALS[count]}位"


def _rated(bulletin: Bulletin, towns: Sequence[Placed]) -> str:
    """Names with their rates; who has finished is not given as 100.00% (R6)."""
    return "、".join(
        phrase.place(bulletin, one.town) + ("（已全部完成）" if one.finished else f"（{wording.percent(one.value)}）")
        for one in towns
    )


def _until(bulletin: Bulletin) -> str:
    """10月底, or of a running month the day itself."""
    return f"{phrase.month(bulletin)}月底" if bulletin.finished else phrase.day(bulletin.as_of)


def _months(bulletin: Bulletin) -> str:
    """1—10月 (R16)."""
    return phrase.period(bulletin).partition("年")[2]


def mean_score(bulletin: Bulletin) -> str:
    """The pace, the mean score in 分, and which categories are ahead of the pace (R1, R2)."""
    count = sum(row.score is not None for row in bulletin.scores)
    said = f"{phrase.month(bulletin)}月底序时进度为{wording.percent(bulletin.pace)}。"  # the month's end, ended or not
    scored = [c for c in findings.scored(bulletin) if c.total_rate is not None and c.gap is not None]
    if bulletin.mean_score is not None:
        of = f"全市{count}个{UNITS}{wording.numeral(len(scored))}项重点工作"
        said += f"{of}综合得分平均为{wording.score(bulletin.mean_score)}分。"
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
        return "、".join(f"{phrase.place(bulletin, one.town)}（{wording.score(one.value)}分）" for one in towns)

    leaders, trailers = field.leaders, field.trailers
    parts = []
    if leaders:
        parts.append(f"居{_first(len(leaders))}的是{scores(leaders)}")
    if trailers:
        parts.append(f"居{_last(len(trailers))}的是{scores(trailers)}")
    said = f"综合得分{'，'.join(parts)}。" if parts else ""
    moved = []
    for by, towns in findings.moves(bulletin).items():
        each = "各" if len(towns) > 1 else ""
        moved.append(f"{names(bulletin, towns)}{each}{'上升' if by > 0 else '下降'}{abs(by)}位")
    if moved:
        said += f"与{phrase.month_before(bulletin)}月份相比，{'，'.join(moved)}。"
    return said


def corrected(bulletin: Bulletin) -> str:
    """What was wrong in an issued month and what it did to scores and places (R15); '' where nothing was."""
    changed = [c for c in bulletin.corrections if not c.definition]
    if not changed:
        return ""
    parts = [phrase.correction(bulletin, each) for each in changed]
    for one in bulletin.rescored:
        place = phrase.place(bulletin, one.town)
        was, now = (f"{wording.score(value)}分" if value is not None else "不评分" for value in (one.was, one.now))
        score = f"{int(one.month[5:])}月{place}综合得分{f'由{was}更正为{now}' if was != now else '不变'}"
        if one.was_rank == one.now_rank:
            parts.append(f"{score}，名次不变")
        else:
            ranks = [f"第{rank}名" if rank is not None else "不评名次" for rank in (one.was_rank, one.now_rank)]
            parts.append(f"{score}，名次由{ranks[0]}更正为{ranks[1]}")
    if not bulletin.rescored:
        parts.append("综合得分和名次不变")
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
    totals = {t.id: t for c in bulletin.categories if c.id == "case" for t in c.indicators}
    filed, fine, referred = (totals.get(name) for name in ("case.filed", "case.fine", "case.referred"))
    if filed is None or fine is None or filed.total.done is None or fine.total.done is None:
        return ""
    if not filed.total.done and filed.total.last_year is None:
        return ""
    said = f"{_months(bulletin)}，全市非事故类安全生产违法行为立案处罚{filed.total.done}起"
    said += f"，处罚金额{wording.amount(fine.total.done, fine.unit)}万元"
    said += compared((filed.total, "立案"), (fine.total, "处罚金额"), "count")
    if referred is not None and referred.total.done:
        said += f"；建议追究刑事责任{referred.total.done}人"
    return f"{said}。"


def accidents(bulletin: Bulletin) -> str:
    """Accidents and deaths of the year (R8); '' where nothing was ever registered: that there was none is not known."""
    found = next((c for c in bulletin.categories if c.id == "accident"), None)
    totals = {t.id: t for t in found.indicators} if found else {}
    count, deaths = totals.get("accident.count"), totals.get("accident.deaths")
    if found is None or count is None or deaths is None or count.total.done is None or deaths.total.done is None:
        return ""
    if not count.total.done and count.total.last_year is None:
        return ""
    if not count.total.done:
        return f"{_months(bulletin)}，全市未发生生产安全事故。"
    said = f"{_months(bulletin)}，全市发生生产安全事故{count.total.done}起、死亡{deaths.total.done}人"
    said += compared((count.total, "事故起数"), (deaths.total, "死亡人数"), "accident")
    none_larger = "".join(phrase.larger_accidents(found))
    return f"{said}，{none_larger}" if none_larger else f"{said}。"


def standing(bulletin: Bulletin, field: Field) -> str:
    """How the towns stand in a category: who has finished or leads, who is below the pace (R3, R5, R6)."""
    towns = field.towns
    if not towns:
        return ""
    if len(field.finished) == len(towns):
        return f"各{UNITS}均已全部完成。"
    below, met = field.below, field.met
    if below and len(met) <= 2:
        return _mostly_below(bulletin, field)
    parts = []
    if field.finished:
        few = len(field.finished) <= LISTED
        who = names(bulletin, [one.town for one in field.finished]) if few else f"{len(field.finished)}个{UNITS}"
        parts.append(f"{who}已全部完成")
    elif field.leaders:
        parts.append(f"{_rated(bulletin, field.leaders)}居{_first(len(field.leaders))}")
    if not below:
        parts.append(f"各{UNITS}均达到序时进度")
    elif len(below) <= LISTED:
        parts.append(f"{_rated(bulletin, below)}低于序时进度")
    else:
        parts.append(f"{len(below)}个{UNITS}低于序时进度{_at_the_end(bulletin, field)}")
    return f"{'；'.join(parts)}。"


def _at_the_end(bulletin: Bulletin, field: Field) -> str:
    """，其中…居后三位; '' unless all of them are below the pace themselves."""
    trailers = field.trailers
    if not trailers or not all(one.gap < 0 for one in trailers):
        return ""
    return f"，其中{_rated(bulletin, trailers)}居{_last(len(trailers))}"


def _mostly_below(bulletin: Bulletin, field: Field) -> str:
    """Where two towns at most have reached the pace these are named, and who has not come half the way (R5)."""
    if field.met:
        parts = [f"仅{_rated(bulletin, field.met)}达到序时进度"]
    else:
        parts = [f"各{UNITS}均低于序时进度{_at_the_end(bulletin, field)}"]
    half = field.under_half
    if half:
        who = _rated(bulletin, half) if len(half) <= LISTED else f"{len(half)}个{UNITS}"
        parts.append(f"{who}不足50%")
    return f"{'；'.join(parts)}。"


def _rate(category: Category, single: str) -> str:
    """The category's own rate and its distance from the pace; `single` is how it is said of one indicator (R2)."""
    if category.total_rate is None:
        return ""
    tables = findings.scored_tables(category)
    rate, gap = category.total_rate, category.gap
    said = f"各项完成率平均为{wording.percent(rate)}"
    if len(tables) == 1 and tables[0].total.rate is not None:  # one alone is told as it is, also beyond its task
        rate, gap = tables[0].total.rate, tables[0].total.gap
        said = "全市任务已全部完成" if rate == 1 else f"{single}{wording.percent(rate)}"
    ahead = wording.against_pace(gap)
    return said + (f"，{ahead}" if ahead else "")


def _joined(*clauses: str) -> str:
    said = "，".join(clause for clause in clauses if clause)
    return f"{said}。" if said else ""


def unscored(category: Category) -> str:
    """Which indicators are not scored this month, and why (R9)."""
    reasons: dict[str, list[str]] = {}
    for table in category.indicators:
        if table.unscored_reason and phrase.measured(table):
            reasons.setdefault(table.unscored_reason.removeprefix(table.short), []).append(table.short)
    return "".join(f"{'、'.join(shorts)}{reason}。" for reason, shorts in reasons.items())


def _total(tables: Sequence[IndicatorTable]) -> int | None:
    done = [table.total.done for table in tables]
    known = [number for number in done if number is not None]
    return sum(known) if tables and len(known) == len(done) and len({t.unit for t in tables}) == 1 else None


def training(category: Category) -> str:
    tables = findings.scored_tables(category)
    done = _total(tables)
    lead = f"累计培训{done}{tables[0].unit}" if done is not None else ""
    return _joined(lead, _rate(category, "完成年度任务的"))


def standard(bulletin: Bulletin, category: Category) -> str:
    """R10: what stood at the end of the month before is dated."""
    tables = findings.scored_tables(category)
    single = f"{tables[0].short}完成年度任务的" if len(tables) == 1 else ""
    return "".join(phrase.standardization(bulletin)) + _joined(_rate(category, single))


def in_review(bulletin: Bulletin, category: Category) -> str:
    """The towns whose re-review has come to the review stage, four of them by name."""
    table = next((t for t in category.indicators if t.id == "standard.towns_in_review"), None)
    codes = [cell.town for cell in table.cells if cell.done] if table else []
    if not codes:
        return ""
    more = f"等{len(codes)}个{UNITS}" if len(codes) > 4 else ""
    return f"三级复评，{names(bulletin, codes[:4])}{more}进入评审阶段。"


def village(bulletin: Bulletin, category: Category) -> str:
    tables = {table.id: table for table in category.indicators}
    count, moved = len(bulletin.villages), sum(bool(row.moved_in_on) for row in bulletin.villages)
    lead = ""
    if count:
        word = "均已进驻" if moved == count else f"已进驻{moved}个" if moved else "均未进驻"
        lead = f"{count}个创建村（居）中介机构{word}"
    guided = tables.get("village.guided")
    told = ""
    if guided is not None and guided.total.done:
        told = f"累计指导小微企业{guided.total.done}家"
    scored = findings.scored_tables(category)
    single = "占应指导数的" if [t.id for t in scored] == ["village.guided"] else "完成年度任务的"
    return _joined(lead, told, _rate(category, single))


def special(category: Category) -> str:
    tables = {table.id: table for table in category.indicators}
    kinds = [
        (name.removeprefix("special.enrolled."), table.total.done, accepted.total.done)
        for name, table in tables.items()
        if name.startswith("special.enrolled.")
        and table.total.done
        and (accepted := tables.get(name.replace("enrolled", "accepted"))) is not None
        and accepted.total.done is not None
    ]
    lead = told = ""
    if kinds:
        lead = f"列入整治的{'、'.join(f'{kind}企业{enrolled}家' for kind, enrolled, _ in kinds)}"
        each = "分别" if len(kinds) > 1 else ""
        told = f"已通过验收{each}为{'、'.join(f'{accepted}家' for *_, accepted in kinds)}"
    return _joined(lead, told, _rate(category, "完成"))


def trusteeship(bulletin: Bulletin, category: Category) -> str:
    """R7: what is there on the day is 在托, its change 净增 or 净减; it is not 完成 or 新增."""
    tables = {table.id: table for table in category.indicators}
    kinds = [t for t in findings.scored_tables(category) if t.kind == "stock" and t.total.done is not None]
    if not kinds:
        return _joined(_rate(category, "达到年度任务的"))
    lead = f"在托{'、'.join(f'{t.short}企业{t.total.done}家' for t in kinds)}"
    day = f"{'' if bulletin.finished else '截至'}{_until(bulletin)}"
    told = f"共{sum(t.total.done or 0 for t in kinds)}家次" if len(kinds) > 1 else ""
    firms = tables.get("trusteeship.enterprises")
    distinct = ""
    if firms is not None and firms.total.done is not None and len(kinds) > 1:
        distinct = f"涉及企业{firms.total.done}家（涉及多类的不重复计）"
    net = [t.total.this_month for t in kinds]
    known = [number for number in net if number is not None]
    change = ""
    if len(known) == len(net):
        by = sum(known)
        change = f"较上月净{'增' if by > 0 else '减'}{abs(by)}家次" if by else "与上月持平"
    return f"{day}，" + _joined(lead, told, distinct, change, _rate(category, "达到年度任务的"))


def health(category: Category) -> str:
    tables = {table.id: table.total for table in category.indicators}
    exposed, tested = tables.get("health.exposed"), tables.get("health.tested")
    lead = told = ""
    if exposed is not None and exposed.done:
        lead = f"应检测企业{exposed.done}家"
        told = f"已检测{tested.done}家" if tested is not None and tested.done is not None else ""
    return _joined(lead, told, _rate(category, "完成"))


def over_limit(category: Category) -> str:
    tables = {table.id: table.total.done for table in category.indicators}
    over, remedied = tables.get("health.over_limit"), tables.get("health.remedied")
    if not over:
        return ""
    return f"检测结果超标企业{over}家" + (f"，已整改{remedied}家。" if remedied is not None else "。")


def _lead(bulletin: Bulletin, category: Category) -> str:
    """What has been done in a category, and the county's own rate."""
    match category.id:
        case "training":
            return training(category)
        case "standard":
            return standard(bulletin, category)
        case "village":
            return village(bulletin, category)
        case "special":
            return special(category)
        case "trusteeship":
            return trusteeship(bulletin, category)
        case "health":
            return health(category)
        case _:
            return _joined(_rate(category, "完成年度任务的"))


def progress(bulletin: Bulletin, category: Category) -> str:
    """The paragraph of a scored category."""
    said = _lead(bulletin, category) + standing(bulletin, findings.field_of(category))
    if category.id == "standard":
        said += in_review(bulletin, category)
    if category.id == "health":
        said += over_limit(category)
    return said + unscored(category)


def slow(bulletin: Bulletin) -> tuple[str, str] | None:
    """Heading and text on the indicator that most towns are behind in (R5, R11); None where there is none."""
    found = findings.slowest(bulletin)
    if found is None:
        return None
    table = found.table
    unit = wording.shown_unit(table.unit)
    who = f"{found.below}个{UNITS}低于序时进度" if found.below < found.rated else f"各{UNITS}均低于序时进度"
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
        idle = names(bulletin, found.idle) if few else f"其中{len(found.idle)}个{UNITS}"
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
            parts.append(f"{names(bulletin, codes)}参评的{wording.numeral(below)}项工作均低于序时进度")
        else:
            each = "各" if len(codes) > 1 else ""
            parts.append(f"{names(bulletin, codes)}{each}有{below}项低于序时进度")
    return f"{'，'.join(parts)}。" if parts else ""


def rectification(bulletin: Bulletin) -> str:
    """Hazards that fell due (R13), and those under supervision; '' where all that was due is done in time."""
    category = next((c for c in bulletin.categories if c.id == "hazard"), None)
    if category is None:
        return ""
    numbers = phrase.fell_due(category)
    if numbers is None or numbers[0] == numbers[1]:
        return ""
    said = phrase.rectified(f"截至{_until(bulletin)}，全市到期应整改隐患", numbers)
    listed = next((table for table in category.indicators if table.id == "hazard.listed"), None)
    if listed is not None and listed.total.done:
        where = [cell.town for cell in listed.cells if cell.done]
        each = "，分别在" if len(where) > 1 else "，在"
        place = f"{each}{names(bulletin, where)}" if 0 < len(where) <= LISTED else ""
        said += f"。挂牌督办在办隐患{listed.total.done}条{place}"
    return f"{said}。"


def filings(bulletin: Bulletin) -> str:
    """What was wrong with the month's reports (R14); '' where nothing was. A nil report is fine."""
    said = phrase.filing_faults(bulletin, f"{phrase.month(bulletin)}月份报表")
    return f"{'；'.join(said)}。" if said else ""
