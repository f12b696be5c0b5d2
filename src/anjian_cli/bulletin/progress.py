"""What the letter says of each category: what has been done, who leads, who lags, what is not scored (R2, R3, R5 to R7,
R9, R10), and what a scheme that gives points says of it (R18, R19).

Takes the bulletin's value, returns Chinese text; numbers are put into words by `wording`.
"""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.bulletin import findings, phrase, points_sentences, sentences, wording
from anjian_cli.bulletin.findings import Field, Placed
from anjian_cli.bulletin.period import Period
from anjian_cli.bulletin.sentences import LISTED, behind, first, names, until
from anjian_cli.bulletin.value import Bulletin, Category


def _rated(bulletin: Bulletin, towns: Sequence[Placed]) -> str:
    """Names with their rates; who has finished is not given as 100.00% (R6)."""
    return "、".join(
        phrase.place(bulletin, one.town) + ("（已全部完成）" if one.finished else f"（{wording.percent(one.value)}）")
        for one in towns
    )


def standing(bulletin: Bulletin, field: Field) -> str:
    """How the towns stand in a category: who has finished or leads, who is below the pace (R3, R5, R6)."""
    towns = field.towns
    if not towns:
        return ""
    if not field.known:
        return _partly_known(bulletin, field)
    if len(field.finished) == len(towns):
        return f"{phrase.every(bulletin)}均已全部完成。"
    below, met = field.below, field.met
    if below and len(met) <= 2:
        return _mostly_below(bulletin, field)
    parts = []
    if field.finished:
        few = len(field.finished) <= LISTED
        who = (
            names(bulletin, [one.town for one in field.finished]) if few else f"{len(field.finished)}个{bulletin.units}"
        )
        parts.append(f"{who}已全部完成")
    elif field.leaders:
        parts.append(f"{_rated(bulletin, field.leaders)}居{first(len(field.leaders))}")
    if not below:
        parts.append(f"{phrase.every(bulletin)}均达到序时进度")
    elif len(below) <= LISTED:
        parts.append(f"{_rated(bulletin, below)}低于序时进度")
    else:
        parts.append(f"{len(below)}个{bulletin.units}低于序时进度{_at_the_end(bulletin, field)}")
    return f"{'；'.join(parts)}。"


def _partly_known(bulletin: Bulletin, field: Field) -> str:
    """Where the figure of a town with a task is not known, nothing is said of who is first, last, or alone: only who of
    the others is below the pace."""
    below = field.below
    who = names(bulletin, [one.town for one in below]) if len(below) <= LISTED else f"{len(below)}个{bulletin.units}"
    return (f"{who}低于序时进度；" if below else "") + f"有{bulletin.units}的累计数无从得知，不列居首、居末。"


def _at_the_end(bulletin: Bulletin, field: Field) -> str:
    """，其中…居后三位; '' unless all of them are below the pace themselves."""
    lagging = field.lagging
    if not lagging or not all(one.gap < 0 for one in lagging):
        return ""
    return f"，其中{_rated(bulletin, lagging)}{behind(field)}"


def _mostly_below(bulletin: Bulletin, field: Field) -> str:
    """Where two towns at most have reached the pace these are named, and who has not come half the way (R5)."""
    if field.met:
        parts = [f"仅{_rated(bulletin, field.met)}达到序时进度"]
    else:
        parts = [f"{phrase.every(bulletin)}均低于序时进度{_at_the_end(bulletin, field)}"]
    half = field.under_half
    if half:
        who = _rated(bulletin, half) if len(half) <= LISTED else f"{len(half)}个{bulletin.units}"
        parts.append(f"{who}不足50%")
    return f"{'；'.join(parts)}。"


def _rate(bulletin: Bulletin, category: Category, single: str) -> str:
    """The category's own rate and its distance from the pace; `single` is how it is said of one indicator (R2)."""
    if category.total_rate is None or not bulletin.by_rates:
        return ""
    tables = findings.scored_tables(category)
    rate, gap = category.total_rate, category.gap
    said = f"各项完成率平均为{wording.percent(rate)}"
    if len(tables) == 1 and tables[0].total.rate is not None:  # one alone is told as it is, also beyond its task
        rate, gap = tables[0].total.rate, tables[0].total.gap
        said = f"{single}{wording.percent(rate)}"
        if rate >= 1 and tables[0].known and not tables[0].left_out:
            county = bulletin.county
            over = f"{county}超额完成任务，为年度任务的{wording.percent(rate)}"
            said = f"{county}任务已全部完成" if rate == 1 else over
    ahead = wording.against_pace(gap)
    return said + (f"，{ahead}" if ahead else "")


def _beside(bulletin: Bulletin, category: Category) -> str:
    """What towns without a task have done, beside the totals that the rate is of."""
    parts = [
        f"{table.short}{said}" for table in findings.scored_tables(category) if (said := phrase.beside(bulletin, table))
    ]
    return f"{'；'.join(parts)}。" if parts else ""


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


def training(bulletin: Bulletin, category: Category) -> str:
    """How many were trained, where all kinds are counted in one unit."""
    tables = findings.scored_tables(category)
    done = findings.summed(tables, [table.total.done for table in tables])
    lead = f"累计培训{done}{tables[0].unit}" if done is not None else ""
    return _joined(lead, _rate(bulletin, category, "完成年度任务的"))


def standard(bulletin: Bulletin, category: Category) -> str:
    """R10: what stood at the end of the month before is dated."""
    tables = findings.scored_tables(category)
    single = f"{tables[0].short}完成年度任务的" if len(tables) == 1 else ""
    return "".join(phrase.standardization(bulletin)) + _joined(_rate(bulletin, category, single))


def in_review(bulletin: Bulletin, category: Category) -> str:
    """The towns whose re-review has come to the review stage, four of them by name."""
    table = next((t for t in category.indicators if t.known_as == "standard.towns_in_review"), None)
    codes = [cell.town for cell in table.cells if cell.done] if table else []
    if not codes:
        return ""
    more = f"等{len(codes)}个{bulletin.units}" if len(codes) > 4 else ""
    return f"三级复评，{names(bulletin, codes[:4])}{more}进入评审阶段。"


def village(bulletin: Bulletin, category: Category) -> str:
    """In how many villages the agency has moved in, and how many firms were guided."""
    tables = {table.known_as: table for table in category.indicators}
    count, moved = len(bulletin.villages), sum(bool(row.moved_in_on) for row in bulletin.villages)
    lead = ""
    if count:
        word = "均已进驻" if moved == count else f"已进驻{moved}个" if moved else "均未进驻"
        lead = f"{count}个创建村（居）中介机构{word}"
    guided = tables.get("village.guided")
    told = ""
    if guided is not None and guided.whole.done:
        of_rate = guided.total.done if guided.scored else guided.whole.done
        told = f"累计指导小微企业{of_rate}家"
    scored = findings.scored_tables(category)
    single = "占应指导数的" if [t.known_as for t in scored] == ["village.guided"] else "完成年度任务的"
    return _joined(lead, told, _rate(bulletin, category, single))


def special(bulletin: Bulletin, category: Category) -> str:
    """How many enterprises of each kind were enrolled or carried over, and how many of both have passed."""
    tables = {table.known_as: table for table in category.indicators}
    asked, passed = [], []
    for name, table in tables.items():
        what, _, kind = name.removeprefix("special.").partition(".")
        accepted, carried = (tables.get(f"special.{of}.{kind}") for of in ("accepted", "carried"))
        before = (carried.whole.done if carried is not None else 0) or 0
        if what != "enrolled" or accepted is None or accepted.total.done is None or table.whole.done is None:
            continue
        if table.whole.done or before:
            asked.append(f"{kind}企业{table.whole.done}家" + (f"（另有上年结转{before}家）" if before else ""))
            passed.append(f"{accepted.total.done}家")
    lead = told = ""
    if asked:
        lead = f"列入整治的{'、'.join(asked)}"
        told = f"已通过验收{'分别' if len(asked) > 1 else ''}为{'、'.join(passed)}"
    return _joined(lead, told, _rate(bulletin, category, "完成"))


def trusteeship(bulletin: Bulletin, category: Category) -> str:
    """R7: what is there on the day is 在托, its change 净增 or 净减; it is not 完成 or 新增."""
    tables = {table.known_as: table for table in category.indicators}
    kinds = [t for t in findings.scored_tables(category) if t.kind == "stock" and t.total.done is not None]
    if not kinds:
        return _joined(_rate(bulletin, category, "达到年度任务的"))
    lead = f"在托{'、'.join(f'{t.short}企业{t.total.done}家' for t in kinds)}"
    day = f"{'' if bulletin.finished else '截至'}{until(bulletin)}"
    told = f"共{sum(t.total.done or 0 for t in kinds)}家次" if len(kinds) > 1 else ""
    firms = tables.get("trusteeship.enterprises")
    distinct = ""
    if firms is not None and firms.whole.done is not None and len(kinds) > 1:
        everywhere = bulletin.county if any(table.untasked for table in kinds) else ""
        distinct = f"{everywhere}涉及企业{firms.whole.done}家（涉及多类的不重复计）"
    net = [t.total.this_month for t in kinds]
    known = [number for number in net if number is not None]
    change = ""
    if len(known) == len(net):
        by = sum(known)
        unit = wording.shown_unit(kinds[0].unit) if len(kinds) == 1 else "家次"
        change = f"较上月净{'增' if by > 0 else '减'}{abs(by)}{unit}" if by else "与上月持平"
    return f"{day}，" + _joined(lead, told, distinct, change, _rate(bulletin, category, "达到年度任务的"))


def health(bulletin: Bulletin, category: Category) -> str:
    """How many enterprises are to be tested, and how many were."""
    tables = {table.known_as: table.whole for table in category.indicators}
    exposed, tested = tables.get("health.exposed"), tables.get("health.tested")
    lead = told = ""
    if exposed is not None and exposed.done:
        lead = f"应检测企业{exposed.done}家"
        told = f"已检测{tested.done}家" if tested is not None and tested.done is not None else ""
    return _joined(lead, told, _rate(bulletin, category, "完成"))


def over_limit(category: Category) -> str:
    """How many enterprises were over the limit, and how many have remedied it; '' where none was. Tests of enterprises
    that are on no list are among them: more may be over than are said to be tested."""
    tables = {table.known_as: table.whole.done for table in category.indicators}
    over, remedied = tables.get("health.over_limit"), tables.get("health.remedied")
    if not over:
        return ""
    apart = tables.get("health.tested_apart")
    lead = f"连同名单外检测的{apart}家，" if apart else ""
    return f"{lead}检测结果超标企业{over}家" + (f"，已整改{remedied}家。" if remedied is not None else "。")


OWN = frozenset({"training", "standard", "village", "special", "trusteeship", "health"})
"""Kinds of work that have sentences of their own."""


def kind(category: Category) -> str:
    """Of which kind of work a category's sentences are: it is told by what its scored indicators count, whatever they
    and the category are called; '' where they count different things."""
    if category.id in OWN:
        return category.id
    kinds = {table.known_as.partition(".")[0] for table in findings.scored_tables(category)}
    return kinds.pop() if len(kinds) == 1 and kinds <= OWN else ""


def _counts(bulletin: Bulletin, category: Category) -> str:
    """What was counted, where there is neither a rate nor points to tell it by: 排查隐患累计30条，本月3条；消防站月末
    实有9个，为年度任务12个的75.00%."""
    told = []
    for table in category.indicators:
        whole = table.whole
        if phrase.says_anything(table) and whole.done is not None:
            amounts = [wording.amount(n, table.unit) for n in (whole.done, whole.this_month)]
            unit = wording.shown_unit(table.unit)
            since = f"，{phrase.monthly(table)}{amounts[1]}{unit}" if whole.this_month else ""
            asked = table.total.target
            rate = ""
            if asked and table.total.rate is not None:
                task = f"{phrase.asked(table)}{wording.amount(asked, table.unit)}{unit}"
                rate = f"，为{task}的{wording.percent(table.total.rate)}"
            heading = f"{table.heading(table.short)}{phrase.standing(bulletin, table)}"
            told.append(f"{heading}{amounts[0]}{unit}{since}{rate}")
    return f"{'；'.join(told)}。" if told else ""


def beside_the_score(bulletin: Bulletin, category: Category) -> str:
    """The paragraph of a category that makes no score: what was asked and what was counted, indicator by indicator.
    Accidents and cases are told in the letter's first part, and not twice."""
    counted = {table.known_as.partition(".")[0] for table in category.indicators if phrase.says_anything(table)}
    if counted == {"accident"} and sentences.accidents(bulletin):
        return ""
    if counted == {"case"} and sentences.cases(bulletin):
        return ""
    return _counts(bulletin, category) + unfiled(bulletin, category) + unscored(category)


def unfiled(bulletin: Bulletin, category: Category) -> str:
    """Who has not filed a figure that is told each month (上报数): of these nothing is known, and of all together
    nothing; '' where all have, or none is asked for."""
    month = Period(int(bulletin.month[:4]), int(bulletin.month[5:]), bulletin.as_of, bulletin.finished).last_told
    told = []
    for table in category.indicators:
        if table.unfiled:
            few = len(table.unfiled) <= LISTED
            who = names(bulletin, table.unfiled) if few else f"有{len(table.unfiled)}个{bulletin.units}"
            told.append(f"{table.short}，{who}没有上报{month}的数，待报")
    return f"{'；'.join(told)}。" if told else ""


def _lead(bulletin: Bulletin, category: Category) -> str:
    """What has been done in a category, and the county's own rate."""
    match kind(category):
        case "training":
            return training(bulletin, category)
        case "standard":
            return standard(bulletin, category)
        case "village":
            return village(bulletin, category)
        case "special":
            return special(bulletin, category)
        case "trusteeship":
            return trusteeship(bulletin, category)
        case "health":
            return health(bulletin, category)
        case _ if bulletin.without_score:
            return _counts(bulletin, category)
        case _:
            return _joined(_rate(bulletin, category, "完成年度任务的"))


def progress(bulletin: Bulletin, category: Category) -> str:
    """The paragraph of a scored category."""
    said = _lead(bulletin, category) + _beside(bulletin, category) + standing(bulletin, findings.field_of(category))
    if kind(category) == "standard":
        said += in_review(bulletin, category)
    if kind(category) == "health":
        said += over_limit(category)
    said += unfiled(bulletin, category)
    return said + points_sentences.category(bulletin, category.id) + unscored(category)
