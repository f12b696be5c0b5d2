"""The office's first screen: where the month stands, the six categories, what is open, due and doubtful, and what to
do next. Never wider than 80 columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from anjian_cli.bulletin import control, findings, phrase, score_words, sentences, wording
from anjian_cli.bulletin.standing import SOON, Standing, Whole
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render import cell_text
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

WIDTH = 80
NAMED = 6
INBOX = "anjian 导入 收件"
_WEEKDAYS = "一二三四五六日"


def screen(found: Standing, ledger: str, width: int | None = None) -> list[Line]:
    """The screen; `width` narrower than 80 columns cuts nothing but wraps earlier."""
    room = min(width or WIDTH, WIDTH)
    rule = Line("-" * room)
    steps = _steps(found)
    return [
        *_heading(found, ledger, room),
        rule,
        *_month(found, steps, room),
        rule,
        *_categories(found, room),
        rule,
        *_work(found, room),
        rule,
        *paragraph(f"下一步：{' | '.join(_next(found, steps))}", room),
    ]


def _heading(found: Standing, ledger: str, room: int) -> Iterator[Line]:
    made_up = f"【{phrase.DEMONSTRATION}】" if found.bulletin.demonstration else ""
    weekday = _WEEKDAYS[date.fromisoformat(found.today).weekday()]
    clerk = f"  经办人 {found.clerk}" if found.clerk else ""
    yield from paragraph(f"{made_up}{found.region_name}安全生产台账  {found.today} 周{weekday}{clerk}", room, "title")
    written = ""
    if found.written:
        what = f"导入《{found.written.file}》" if found.written.file else found.written.command
        at = phrase.moment(found.written.at)
        written = f"  最近写入 {at.removeprefix(f'{found.today[:4]}-')} {what}"
    yield from paragraph(f"台账 {ledger}{written}", room, "quiet")


def _steps(found: Standing) -> list[tuple[str, str, str]]:
    """What is left to do before the month can be issued: title, what of it, and the command."""
    bulletin = found.bulletin
    steps: list[tuple[str, str, str]] = []
    if bulletin.state == "issued":
        return []
    number = phrase.month(bulletin)
    if bulletin.state == "":
        steps += _missing(found)
        if bulletin.late:
            names = {town.code: town.short for town in bulletin.towns}
            count = f"{len(names) - len(bulletin.late)}/{len(names)}"
            who = _some([names[one.town] for one in bulletin.late])
            steps.append(("报送包", f"{count} 未报送：{who}", f"anjian 报送包 列表 {number}"))
        filed = bulletin.filings
        names = {town.code: town.short for town in bulletin.towns}
        if filed is not None and filed.missing:
            count = f"{len(names) - len(filed.missing)}/{len(names)}"
            steps.append(("报送", f"{count} 未报：{_some([names[c] for c in filed.missing])}", "anjian 报送 新增"))
        unmended = [c for c in filed.returned if c not in filed.mended] if filed is not None else []
        if unmended:
            steps.append(("退回", f"{_some([names[c] for c in unmended])}还没有补正", "anjian 报送 列表"))
        if found.otherwise:
            steps.append(("核对", f"镇报数与台账数不符{found.otherwise}处", f"anjian 月份 检查 {number}"))
        steps.append(
            ("定稿", "数字从此不再变" if bulletin.finished else "月份还没有结束", f"anjian 月份 定稿 {number}")
        )
    steps.append(("印发", "登记文号和日期", f"anjian 月份 印发 {number} --文号 序号"))
    return steps


def _missing(found: Standing) -> Iterator[tuple[str, str, str]]:
    """What a new ledger has not got yet: until it is there, no month is worth being locked."""
    if not found.bulletin.towns:
        yield "镇街", "还没有镇（街、区）", "anjian 镇街 导入 文件"
    if not found.wholes and found.bulletin.by_rates:
        yield "任务", "还没有年度任务", "anjian 任务 导入 文件"
    if found.empty and not found.bulletin.of_counties:
        yield "收件", "还没有导入各镇街的表", INBOX


def _month(found: Standing, steps: Sequence[tuple[str, str, str]], room: int) -> Iterator[Line]:
    bulletin, before = found.bulletin, ""
    if found.issued and found.issued.month != bulletin.month:
        year = "" if found.issued.month[:4] == bulletin.month[:4] else f"{found.issued.month[:4]}年"
        before = f"{year}{int(found.issued.month[5:])}月 已印发 {found.issued.document_number}  "
    state = f"还差{len(steps)}步：" if steps else f"已印发 {bulletin.document_number}"
    named = "" if not steps else f"{phrase.state(bulletin)} "
    yield from paragraph(f"[通报] {before}{phrase.month(bulletin)}月 {named}{state}", room)
    for at, (title, what, _) in enumerate(steps, start=1):
        for line in paragraph(f"{at} {title} {what}", room - 7):
            yield Line(f"       {line.text}", line.style)


def _items(bulletin: Bulletin) -> str:
    """六项: how many categories are scored."""
    return f"{wording.count(sum(category.scored for category in bulletin.categories))}项"


def _categories(found: Standing, room: int) -> Iterator[Line]:
    if not found.bulletin.by_rates:
        yield from _points(found.bulletin, room)
        return
    if not found.wholes:
        yield from paragraph(f"[{_items(found.bulletin)}] 还没有年度任务，不评完成率：anjian 任务 导入 文件", room)
        return
    bulletin = found.bulletin
    heads = [
        Column(f"[{_items(bulletin)}] 截至{bulletin.as_of[5:]}", right=False),
        *map(Column, ("任务", "累计", "完成率", "序时差")),
    ]
    grid = Grid([*heads, Column("落后的", right=False, least=6)], [_row(found, whole) for whole in found.wholes], room)
    yield from table(grid)
    yield from _ends(bulletin, "综合", room)
    for one in (t for whole in found.wholes for t in findings.scored_tables(whole.category)):
        if beside := phrase.beside(bulletin, one):
            yield from paragraph(f"{one.short}{beside}。", room)
    if untasked := phrase.without_task(bulletin):
        yield from paragraph(untasked, room)


def _ends(bulletin: Bulletin, title: str, room: int) -> Iterator[Line]:
    """The mean, and who stands first and last; nothing where nobody has a score."""
    if bulletin.mean_score is None:
        return
    names = {town.code: town.short for town in bulletin.towns}
    leaders = [names[one.town] for one in findings.overall(bulletin).leaders]
    ends = [f"{title} 平均{score_words.mean_told(bulletin)}"]
    if leaders:
        ends.append(f"{sentences.first(len(leaders))}：{' '.join(leaders)}")
    if bulletin.laggards:
        ends.append(f"落后的：{' '.join(names[code] for code in bulletin.laggards)}")
    yield from paragraph("  ".join(ends), room)


def _points(bulletin: Bulletin, room: int) -> Iterator[Line]:
    """How the units stand in the categories of a scheme that gives points; of one that gives none there is nothing."""
    standing = score_words.by_category(bulletin)
    if not standing:
        yield from paragraph(f"[{_items(bulletin)}] 按考核办法不计分、不排名次", room)
        return
    names = {town.code: town.short for town in bulletin.towns}
    heads = [
        Column(f"[{wording.count(len(standing))}项] 截至{bulletin.as_of[5:]}", right=False),
        Column("满分"),
        Column("平均得分"),
    ]
    rows = [
        [
            one.category.title,
            wording.marks(one.category.full),
            wording.marks(one.mean) + (score_words.PROVISIONAL if one.open else ""),
            " ".join(names[code] for code in one.least),
        ]
        for one in standing
    ]
    yield from table(Grid([*heads, Column("得分最少的", right=False, least=6)], rows, room))
    yield from _ends(bulletin, score_words.score_name(bulletin), room)
    for said in filter(None, [*score_words.all_effects(bulletin), score_words.open_items(bulletin)]):
        yield from paragraph(said, room)


def _row(found: Standing, whole: Whole) -> list[str]:
    names = {town.code: town.short for town in found.bulletin.towns}
    title = whole.category.title.removeprefix("安全生产").removeprefix("安全")
    return [
        title,
        cell_text.whole(whole.target),
        cell_text.whole(whole.done),
        cell_text.percent(whole.category.total_rate),
        cell_text.gap(whole.category.gap),
        " ".join(names[code] for code in whole.category.laggards),
    ]


def _work(found: Standing, room: int) -> Iterator[Line]:
    for said in control.sentences(found.bulletin):
        yield from paragraph(f"[控制数] {said}", room)
    soon: Counter[str] = Counter()
    for kind, count in found.soon.items():
        soon[_brief(kind)] += count
    hazards = found.soon_hazards
    major = f"（重大{found.overdue_major}）" if found.overdue_major else ""
    due_today = f"，今日到期{found.due_today}条" if found.due_today else ""
    overdue = f"逾期{cell_text.whole(found.overdue)}条{major}{due_today}"
    still, listed = cell_text.whole(found.open_hazards), cell_text.whole(found.listed)
    yield from paragraph(
        f"[隐患] 未销号 {still}条  {overdue}  {SOON}日内到期{hazards}条  挂牌在办{listed}条",
        room,
        "behind" if found.overdue else "",
    )
    none = "没有别的" if hazards else "没有"
    parts = "  ".join(f"{kind}{count}" for kind, count in soon.items()) or none
    yield from paragraph(f"[到期] {SOON}日内 {parts}    明细：anjian 待办", room)
    doubts = []
    if found.without_town:
        doubts.append(f"企业无属地 {found.without_town}家（anjian 企业 列表 --镇街 未定）")
    if found.otherwise:
        doubts.append(f"镇报数与台账数不符 {found.otherwise}处（anjian 月份 检查）")
    if doubts:
        yield from paragraph(f"[存疑] {'  '.join(doubts)}", room)


def _brief(kind: str) -> str:
    return kind.partition(" ")[0]


def _next(found: Standing, steps: Sequence[tuple[str, str, str]]) -> list[str]:
    if found.bulletin.state == "" and (missing := [command for _, _, command in _missing(found)]):
        return list(dict.fromkeys([*missing, "anjian 待办", _inbox(found)]))
    commands = [steps[0][2]] if steps else []
    if steps and steps[0][0] != "定稿":
        commands.append(f"anjian 通报 {phrase.month(found.bulletin)}")
    return [*commands, "anjian 待办", _inbox(found)]


def _inbox(found: Standing) -> str:
    """How what was sent in is taken: tables of towns, packages (报送包) of counties."""
    return "anjian 报送包 接收 收件" if found.bulletin.of_counties else INBOX


def _some(names: Sequence[str]) -> str:
    named = " ".join(names[:NAMED])
    return named if len(names) <= NAMED else f"{named}等{len(names)}个"
