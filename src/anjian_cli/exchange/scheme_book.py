"""A scheme (考核办法) as a workbook that an office changes and hands back: drop-downs, hints, and what can be counted.

`scheme_file` reads it. A sheet “事实” says what can be counted and by which words, “填表说明” what each column means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from anjian_cli.exchange.scheme_file import (
    ABOUT,
    CATEGORIES,
    FACTS,
    INDICATORS,
    OF_CATEGORY,
    OF_INDICATOR,
    OF_SCHEME,
    OPTIONAL,
    TASK,
    conditions,
)
from anjian_cli.light_typing import NamedTuple
from anjian_cli.rules import measure
from anjian_cli.workflow.scheme_draft import KINDS, LESS, MONEY, MORE, TARGET, Asked, Draft, Known, weight_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

GUIDE, CODES = "填表说明", "代码表"
HEADING_ROW = 3
EMPTY_ROWS = 15
"""So many lines are ruled below what there is, for what is added."""
LAST_ROW = 1000
"""Down to this row there are drop-downs."""

Words = Callable[[str], Sequence[str] | None]


class _Column(NamedTuple):
    """How a column is filled in, and an example."""

    how: str
    example: str


_ABOUT: Mapping[str, _Column] = {
    "名称": _Column("简短，命令里用它；和已有的办法不同，如加上年份", "永康2019"),
    "标题": _Column("全称，通报里印作《…》", "永康市2019年安全生产工作考核办法"),
    "文号": _Column("下达办法的文号，没有就空着", "永安委〔2019〕2号"),
    "备注": _Column("给自己看的，不印", ""),
}
_CATEGORIES: Mapping[str, _Column] = {
    "编号": _Column("沿用的不要改；新的自己起一个，不重复", "消防"),
    "名称": _Column("通报里这一节、这一张附件的名称", "消防安全"),
    "计分": _Column("“是”的计入综合得分；“否”的只列数", "是"),
    "权重": _Column("大于0的数，空着是1；写作2的，在综合得分里算两份", "1.5"),
}
_INDICATORS: Mapping[str, _Column] = {
    "编号": _Column("沿用的不要改：任务、名次、同比都按它接上；数的不是同一件事的，另起一个", "消防.检查"),
    "类别": _Column("“类别”表里的名称", "消防安全"),
    "指标": _Column("短名，通报列名和格码里用（10-芝英-消防检查）；只用汉字、字母、数字，不重复", "消防检查"),
    "全称": _Column("表题和说明里用", "部门消防检查"),
    "单位": _Column("数的单位；金额写万元", "家次"),
    "计法": _Column(
        "空着是合计。去重：一家企业只计一次；有数的镇：“数自”写的那个指标有数的镇有几个；今日到期：到今天为止的到期数",
        "合计",
    ),
    "数": _Column("数什么：“事实”表第一列里选一个；计法不是合计的空着", "安全检查"),
    "条件": _Column(
        "只数其中一部分：培训对象=网格员。几个词用顿号，几个条件用分号；空着是全部。能写什么见“事实”表",
        "检查方式=部门检查",
    ),
    "评分": _Column("“是”的算完成率、排名、计分；“否”的只列数", "是"),
    "对照": _Column("评分的必填：任务，或本办法里作分母的另一个指标（短名）", "任务"),
    "结转": _Column("对照另一个指标的，分母里再加上哪一个（上年结转的）", "结转喷涂"),
    "名单外": _Column("不在分母里、完成了另列的是哪一个", "名单外检测"),
    "数自": _Column("计法是去重的写记录（托管合同）；有数的镇、今日到期的写指标的短名", "托管合同"),
    "方向": _Column("空着是多为好；少为好的，下达的是控制数", "多为好"),
}
_FACTS = ("数", "哪一类记录", "怎样数", "条件", "可以写的词")
_GENERAL = (
    "一、各表都是现在施行的办法。要改的直接改；不要的整行删去；新的插在同类的下面，或写在后面的空行。",
    "二、行的先后，就是通报里印的先后。标★的列必填；有下拉的可以选，也可以照写。",
    "三、取消一个类别，连同“指标”表里它的各行一起删去。",
    "四、要按一个还没有的词数（如培训对象“应急消防”），先登记：anjian 用语 新增 应急消防 --用语表 培训对象。",
    "五、填好后先检查：anjian 办法 检查 文件；再试算：anjian 办法 比较；然后采用：anjian 办法 采用 文件 --自 日期。",
    "六、新的评分指标，采用以后下达任务（anjian 任务 导入）；还没有任务的镇，这一项不评。",
    "七、“事实”“填表说明”“代码表”只供查看，不读。请不要改动、合并或删除列名一行。",
)


def book(draft: Draft, facts: Mapping[str, Known], records: Mapping[str, str], words: Words) -> Workbook:
    """A scheme as a workbook. `records` are the titles of the record types, by table; `words` gives the words of a
    list by the title of a dimension."""
    from anjian_cli.exchange import spreadsheet

    made = spreadsheet.new()
    shorts = {each.code: each.short for each in draft.indicators}
    titles = {each.code: each.title for each in draft.categories}
    about = zip(OF_SCHEME, (draft.name, draft.title, draft.document, draft.remark), strict=True)
    _sheet(
        made,
        ABOUT,
        "考核办法：改“内容”一列。",
        ("项目", "内容", "怎么填"),
        [(name, value, _ABOUT[name].how) for name, value in about],
    )
    categories = _sheet(
        made,
        CATEGORIES,
        "一行一个类别，先后就是通报里的先后。不要的整行删去，新的接着写。",
        OF_CATEGORY,
        [(each.code, each.title, _said(each.scored), weight_text(each.weight)) for each in draft.categories],
        empty=EMPTY_ROWS,
    )
    indicators = _sheet(
        made,
        INDICATORS,
        "一行一个指标。不要的整行删去，新的接着写；“数”“条件”能写什么，见“事实”表；各列怎么填，见“填表说明”。",
        OF_INDICATOR,
        [_line(each, titles, shorts, facts, records) for each in draft.indicators],
        fixed=3,
        empty=EMPTY_ROWS,
    )
    note = "能数的都在这里。“数”写第一列的名称，“条件”写后面的词，如 培训对象=网格员。"
    _sheet(made, FACTS, note, _FACTS, [_fact(fact, records, words) for fact in facts.values()])
    _guide(made)
    _drop_downs(made, categories, indicators, draft, facts, words)
    return made


def _line(
    each: Asked,
    titles: Mapping[str, str],
    shorts: Mapping[str, str],
    facts: Mapping[str, Known],
    records: Mapping[str, str],
) -> tuple[str, ...]:
    of_sum = each.kind == "sum"
    return (
        each.code,
        titles.get(each.category, each.category),
        each.short,
        each.title,
        MONEY[1] if each.unit == MONEY[0] else each.unit,
        KINDS[each.kind],
        facts[measure.read(each.measure).fact].title if of_sum else "",
        conditions(each.measure, facts) if of_sum else "",
        _said(each.ranked),
        TASK if each.against == TARGET else shorts.get(each.against, each.against),
        shorts.get(each.carried, each.carried),
        shorts.get(each.apart, each.apart),
        records.get(each.counts, each.counts) if each.kind == "distinct" else shorts.get(each.counts, each.counts),
        LESS if each.less else MORE,
    )


def _fact(fact: Known, records: Mapping[str, str], words: Words) -> tuple[str, ...]:
    how = "一年之内累计" if fact.counted == "flow" else "每年1月1日重新数起" if fact.of_year else "截至当日"
    dimensions = [title for title in fact.dimensions if title]
    listed = "\n".join(f"{title}：{'、'.join(words(title) or ())}" for title in dimensions)
    return fact.title, records.get(fact.record, fact.record), how, "、".join(dimensions), listed


def _said(told: bool) -> str:
    return "是" if told else "否"


# --- how it looks


def _sheet(
    made: Workbook,
    name: str,
    note: str,
    heads: Sequence[str],
    lines: Sequence[Sequence[str]],
    *,
    fixed: int = 1,
    empty: int = 0,
) -> Worksheet:
    from openpyxl.utils import get_column_letter

    from anjian_cli.exchange import spreadsheet
    from anjian_cli.exchange.spreadsheet import put

    sheet: Worksheet = made.create_sheet(name)
    put(sheet, 1, 1, name, spreadsheet.TITLE)
    put(sheet, 2, 1, note, spreadsheet.NOTE)
    shown = [f"★{title}" if _required(name, title) else title for title in heads]
    for column, (title, text) in enumerate(zip(heads, shown, strict=True), start=1):
        style = spreadsheet.REQUIRED if _required(name, title) else spreadsheet.HEADING
        put(sheet, HEADING_ROW, column, text, style)
    widths = [spreadsheet.width([title, *(line[at] for line in lines)]) for at, title in enumerate(shown)]
    for at, line in enumerate([*lines, *([""] * len(heads) for _ in range(empty))], start=HEADING_ROW + 1):
        for column, value in enumerate(line, start=1):
            put(sheet, at, column, value or None, spreadsheet.PLAIN)
        sheet.row_dimensions[at].height = spreadsheet.height(line, widths) or 18
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(heads))
    for row, height in ((1, 30), (2, 34 if sum(widths) < 100 else 20), (HEADING_ROW, 24)):
        sheet.row_dimensions[row].height = height
    spreadsheet.lay_out(sheet, widths, HEADING_ROW, fixed=fixed)
    if name != ABOUT:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(heads))}{sheet.max_row}"
    return sheet


def _required(sheet: str, title: str) -> bool:
    return sheet in (CATEGORIES, INDICATORS) and title not in OPTIONAL


def _guide(made: Workbook) -> None:
    """What is general, then each sheet's columns."""
    from anjian_cli.exchange import spreadsheet
    from anjian_cli.exchange.spreadsheet import put

    sheet: Worksheet = made.create_sheet(GUIDE)
    widths = [14, 12, 72, 34]
    put(sheet, 1, 1, "填表说明", spreadsheet.TITLE)
    sheet.row_dimensions[1].height = 30
    for at, line in enumerate(_GENERAL, start=2):
        put(sheet, at, 1, line, spreadsheet.NOTE)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=4)
        sheet.row_dimensions[at].height = 20
    at = len(_GENERAL) + 2
    for name, columns in ((ABOUT, _ABOUT), (CATEGORIES, _CATEGORIES), (INDICATORS, _INDICATORS)):
        at += 1
        put(sheet, at, 1, f"“{name}”表", spreadsheet.TITLE)
        sheet.row_dimensions[at].height = 26
        at += 1
        for column, title in enumerate(("列", "是否必填", "怎么填", "举例"), start=1):
            put(sheet, at, column, title, spreadsheet.HEADING)
        for title, (how, example) in columns.items():
            at += 1
            required = _required(name, title) or (name == ABOUT and title in ("名称", "标题"))
            cells = (title, "必填" if required else "", how, example)
            for column, text in enumerate(cells, start=1):
                put(sheet, at, column, text, spreadsheet.PLAIN)
            sheet.row_dimensions[at].height = spreadsheet.height(cells, widths) or 18
        at += 1
    spreadsheet.lay_out(sheet, widths, 1)


# --- what helps while it is filled in


def _drop_downs(
    made: Workbook,
    categories: Worksheet,
    indicators: Worksheet,
    draft: Draft,
    facts: Mapping[str, Known],
    words: Words,
) -> None:
    """Hints for every column, and lists to choose from; what is in no list may be typed, but yes, no and the like."""
    from openpyxl.utils import get_column_letter

    shorts = [each.short for each in draft.indicators]
    dimensions = dict.fromkeys(title for fact in facts.values() for title in fact.dimensions if title)
    yes_no = [_said(True), _said(False)]
    lists: dict[str, Sequence[str]] = {
        "单位": list(dict.fromkeys(MONEY[1] if each.unit == MONEY[0] else each.unit for each in draft.indicators)),
        "计法": list(KINDS.values()),
        "条件": [f"{title}={word}" for title in dimensions for word in words(title) or ()],
        "评分": yes_no,
        "对照": [TASK, *shorts],
        "结转": shorts,
        "名单外": shorts,
        "方向": [MORE, LESS],
    }
    _codes(made, lists)
    ranges = {
        title: f"'{CODES}'!${get_column_letter(at)}$2:${get_column_letter(at)}${len(listed) + 1}"
        for at, (title, listed) in enumerate(lists.items(), start=1)
    }
    ranges["类别"] = f"'{CATEGORIES}'!$B${HEADING_ROW + 1}:$B${categories.max_row}"
    ranges["数"] = f"'{FACTS}'!$A${HEADING_ROW + 1}:$A${made[FACTS].max_row}"
    closed = {"计法", "评分", "方向", "数"}
    for column, (title, (how, _)) in enumerate(_CATEGORIES.items(), start=1):
        _check(categories, column, title, how, ranges["评分"] if title == "计分" else None, closed=title == "计分")
    for column, (title, (how, _)) in enumerate(_INDICATORS.items(), start=1):
        _check(indicators, column, title, how, ranges.get(title), closed=title in closed)


def _codes(made: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
    """The sheet of the lists, one a column."""
    from anjian_cli.exchange import spreadsheet
    from anjian_cli.exchange.spreadsheet import put

    sheet: Worksheet = made.create_sheet(CODES)
    for column, (title, listed) in enumerate(lists.items(), start=1):
        put(sheet, 1, column, title, spreadsheet.HEADING)
        for at, word in enumerate(listed, start=2):
            put(sheet, at, column, word, spreadsheet.PLAIN)
    spreadsheet.lay_out(sheet, [spreadsheet.width([title, *listed]) for title, listed in lists.items()], 1)


def _check(sheet: Worksheet, column: int, title: str, how: str, cells: str | None, *, closed: bool) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list" if cells else None, formula1=cells, allow_blank=True, showInputMessage=True)
    rule.promptTitle, rule.prompt = title, how
    rule.showErrorMessage = closed
    if closed:
        rule.errorTitle, rule.error = "不在可选值之内", f"“{title}”请从下拉中选。"
    letter = get_column_letter(column)
    rule.add(f"{letter}{HEADING_ROW + 1}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)
