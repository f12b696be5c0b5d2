"""The bulletin as one HTML file that needs nothing else: no network, no script. Figures open down to their records.

Takes the bulletin, its annexes and the records behind its cells, returns text; the same text for the same input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest

from markupsafe import Markup

from anjian_cli.bulletin import annex_titles, phrase, score_words, wording
from anjian_cli.bulletin.items import Item
from anjian_cli.bulletin.notice import mark, notice
from anjian_cli.bulletin.outlook import needed
from anjian_cli.bulletin.value import Bulletin, Category, Cell, IndicatorTable, ScoreRow
from anjian_cli.light_dataclasses import dataclass
from anjian_cli.render.formats import Material
from anjian_cli.render.office import chart, html_template
from anjian_cli.render.office.annex import annexes as annexes_of
from anjian_cli.render.office.category import last_note
from anjian_cli.render.office.outlook import county_outlook
from anjian_cli.render.office.points import under as points_under
from anjian_cli.render.office.town_sheets import town_paper
from anjian_cli.render.paper import NUMBERS, Head, HeadCell, Paper, Sheet, Value, head_lines, printed

FONTS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Serif CJK SC', sans-serif"
HEAT = ("不到序时一半", "到序时一半", "到序时四分之三", "到序时", "全年完成")
"""What the shades of a rate say, the least first."""


@dataclass(frozen=True, slots=True)
class DataCell:
    """A cell as it is printed, its classes (number, name or text; how dark a rate is), and its heading in full, for
    where a row is read as a card."""

    text: str
    look: str
    head: str

    @property
    def name(self) -> bool:
        """Whether it names the row."""
        return self.look == "name"


@dataclass(frozen=True, slots=True)
class DataRow:
    cells: tuple[DataCell, ...]
    behind: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    left: str
    right: str
    heads: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[DataRow, ...]
    notes: tuple[str, ...]
    sign: str
    below: Table | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An annex; of a category's figures with the county's trend, '' where no month is known."""

    title: str
    table: Table
    trend: Markup


@dataclass(frozen=True, slots=True)
class Record:
    """`quantity` is '' where the record counts once."""

    number: str
    description: str
    on: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A town's figure. `rest` says that the records told are not all."""

    title: str
    code: str
    amount: str
    command: str
    records: tuple[Record, ...]
    rest: bool


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """An item of the table of points: its category, what it is, full marks, points and why."""

    category: str
    title: str
    full: str
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """A town with its place overall and per category (title, rate, place, place a month before, behind), what it owes
    (indicator, to the pace, to the year, a month from now on), or its items and what else is said of its points.
    `standing` stands behind its name, '' where the scheme gives no score."""

    name: str
    standing: str
    behind: bool
    items: tuple[Scored, ...]
    said: tuple[str, ...]
    ranks: tuple[tuple[str, str, str, str, bool], ...]
    owes: tuple[tuple[str, ...], ...]
    groups: tuple[Group, ...]


def of_bulletin(material: Material) -> bytes:
    """A bulletin with its annexes and the records behind its figures."""
    return page(material.bulletin, annexes_of(material.bulletin), material.evidence.records).encode()


def of_town(material: Material, code: str) -> bytes:
    """A town's figures, places and enterprises. Raises KeyError."""
    paper = town_paper(material.bulletin, code, material.evidence.of(code))
    return town_page(material.bulletin, code, paper, material.evidence.records).encode()


def page(bulletin: Bulletin, annexes: Sequence[Sheet], records: Mapping[str, Sequence[Item]]) -> str:
    """The whole page. `records` are those behind a cell by its code; a cell without any shows how to ask for them."""
    letter, told = notice(bulletin), annex_titles.figures_by_annex(bulletin)
    scores = annexes[: len(annex_titles.of_scores(bulletin))]
    parts = [_part(bulletin, sheet, category) for sheet, category in zip_longest(annexes, told)]
    return html_template.template("page.html.j2").render(
        _shared(bulletin),
        facts=_facts(bulletin, letter.printed_on),
        title="".join(letter.title),
        tab=_tab("".join(letter.title[1:]), mark(bulletin)),
        letter=letter,
        score_title="综合排名" if bulletin.by_rates else "得分表",
        ranking=_table(scores[0], bulletin.pace if bulletin.by_rates else None) if scores else None,
        heat=HEAT if scores and bulletin.by_rates else (),
        chart=chart.ranking(bulletin),
        hazards=chart.hazards(bulletin),
        under=points_under(bulletin) if bulletin.points is not None else (),
        parts=parts[1:] if scores else parts,
        outlook=_table(county_outlook(bulletin)),
        places=[_place(bulletin, row, records) for row in bulletin.scores],
        rules=scores[0].notes if bulletin.by_rates else (*bulletin.rule, *bulletin.notes, last_note(bulletin)),
        corrections=[phrase.correction(bulletin, found) for found in bulletin.corrections],
    )


def town_page(bulletin: Bulletin, code: str, paper: Paper, records: Mapping[str, Sequence[Item]]) -> str:
    """A town's own page: what its paper says, and its figures down to their records. Raises KeyError."""
    row = {each.town: each for each in bulletin.scores}[code]
    return html_template.template("page.html.j2").render(
        _shared(bulletin),
        facts=_facts(bulletin),
        title=paper.title,
        tab=_tab(paper.title, mark(bulletin)),
        letter=None,
        before=paper.before,
        tables=[_table(sheet) for sheet in paper.sheets],
        after=paper.after,
        places=[_place(bulletin, row, records)],
        corrections=[phrase.correction(bulletin, found) for found in bulletin.corrections if found.town == code],
    )


def of_paper(paper: Paper) -> bytes:
    """Any other paper."""
    page = html_template.template("page.html.j2").render(
        mark=paper.mark,
        witness=paper.witness,
        fonts=Markup(FONTS),
        facts=(),
        title=paper.title,
        tab=_tab(paper.title, paper.mark),
        letter=None,
        before=paper.before,
        tables=[_table(sheet) for sheet in paper.sheets],
        places=(),
        after=(*paper.after, *paper.signed),
        corrections=(),
    )
    return page.encode()


def _facts(bulletin: Bulletin, printed_on: str = "") -> tuple[str, ...]:
    """Of which days it is, in which state, from which state of the ledger."""
    pace = f"，序时进度{wording.percent(bulletin.pace)}" if score_words.paced(bulletin) else ""
    running = "" if bulletin.finished else f"（{phrase.month(bulletin)}月尚未结束，按月末计）"
    stands = "　".join(part for part in (phrase.state(bulletin), bulletin.document_number, printed_on) if part)
    as_of = f"数据截至{phrase.day(bulletin.as_of)}{pace}{running}"
    return as_of, stands, f"数据时点{phrase.moment(bulletin.known_at)}"


def _tab(title: str, mark: str) -> str:
    """What a browser's tab says: who issues it, which is its beginning on paper, would leave no room for the month."""
    return f"{title.removeprefix('关于')}（{mark}）" if mark else title.removeprefix("关于")


def _shared(bulletin: Bulletin) -> dict[str, object]:
    """What every page says of itself."""
    return {
        "mark": mark(bulletin),
        "witness": phrase.witness(bulletin),
        "score_name": score_words.score_name(bulletin),
        "by_rates": bulletin.by_rates,
        "county": bulletin.county,
        "units": bulletin.units,
        "fonts": Markup(FONTS),
    }


def _part(bulletin: Bulletin, sheet: Sheet, category: Category | None) -> Part:
    if category is None:
        return Part(sheet.title, _table(sheet), Markup())
    return Part(category.title, _table(sheet), chart.trend(bulletin, category))


def _table(sheet: Sheet, pace: Fraction | None = None) -> Table:
    """`pace`: its rates are shaded by how near they are to it."""
    rows = [DataRow(_cells(sheet, row.cells, pace), behind=row.behind) for row in sheet.rows]
    if sheet.total is not None:
        rows.append(DataRow(_cells(sheet, sheet.total, None), total=True))
    title, left = (sheet.title, sheet.left) if sheet.title else (sheet.left, "")
    below = None if sheet.below is None else _table(sheet.below)
    return Table(title, left, sheet.right, head_lines(sheet.heads), tuple(rows), sheet.notes, sheet.sign, below)


def _cells(sheet: Sheet, values: Iterable[Value], pace: Fraction | None) -> tuple[DataCell, ...]:
    return tuple(
        DataCell(printed(value, head), _look(value, head, pace), f"{head.group}{head.title}")
        for value, head in zip(values, sheet.heads, strict=True)
    )


def _look(value: Value, head: Head, pace: Fraction | None) -> str:
    if head.kind == "percent" and pace and isinstance(value, int | Fraction):
        return f"n h{_shade(Fraction(value), pace)}"
    return head.kind if head.kind in ("name", "serial") else "n" if head.kind in NUMBERS else "t"


def _shade(rate: Fraction, pace: Fraction) -> int:
    """Which of `HEAT` a rate is."""
    if rate >= 1:
        return 4
    return sum(rate >= pace * part for part in (Fraction(1, 2), Fraction(3, 4), Fraction(1)))


def _place(bulletin: Bulletin, score: ScoreRow, records: Mapping[str, Sequence[Item]]) -> Place:
    at = bulletin.at(score.town)
    town = bulletin.towns[at]
    ranks, owes, groups = [], [], []
    for category in bulletin.categories:
        row = category.rows[at] if category.rows else None  # under a scheme of points they have no rows
        if category.scored and row is not None:
            told = wording.percent(row.rate), _rank(row.rank), _rank(row.last_rank)
            ranks.append((category.title, *told, town.code in category.laggards))
        for table in category.indicators:
            cell = table.cells[at]
            if table.scored and (cell.owes_pace or cell.owes_year):
                owed = (cell.owes_pace, cell.owes_year, needed(bulletin, cell.owes_year))
                owes.append((table.title, *(_amount(number, table) for number in owed)))
        figures = [
            _figure(bulletin, table, table.cells[at], records) for table in category.indicators if table.cells[at].done
        ]
        if figures:
            groups.append(Group(category.title, tuple(figures)))
    return Place(
        town.name,
        _standing(bulletin, score),
        town.code in bulletin.laggards,
        tuple(_items(bulletin, town.code)),
        () if bulletin.points is None else tuple(score_words.effects(bulletin, bulletin.points.row(town.code))),
        tuple(ranks),
        tuple(owes),
        tuple(groups),
    )


def _standing(bulletin: Bulletin, score: ScoreRow) -> str:
    if bulletin.without_score:
        return ""
    told = score_words.told(bulletin, score.town, score.score)
    return f"{told}，第{_rank(score.rank)}名（上月{_rank(score.last_rank)}）"


def _items(bulletin: Bulletin, code: str) -> Iterator[Scored]:
    """A unit's items of the table of points."""
    points = bulletin.points
    if points is None:
        return
    own = [
        (category, item, found)
        for category in points.categories
        for item, found in score_words.items(points, category.id, points.row(code))
    ]
    full = wording.marks_column([item.full for _, item, _ in own])
    given = wording.marks_column([found.points for _, _, found in own])
    for (category, item, found), asked, told in zip(own, full, given, strict=True):
        said = found.state if found.points is None and found.state else told
        yield Scored(category.title, item.title, asked, said, score_words.reason(item, found))


def _figure(bulletin: Bulletin, table: IndicatorTable, cell: Cell, records: Mapping[str, Sequence[Item]]) -> Figure:
    told = records.get(cell.code, ())
    return Figure(
        table.heading(table.title),
        cell.code,
        f"{phrase.standing(bulletin, table)}{_amount(cell.done, table)}{_apart(table, cell)}",
        f"anjian 明细 {bulletin.month[:4]}-{cell.code}",  # a month alone is the latest of its name when it is asked
        tuple(
            Record(
                item.number,
                item.description,
                item.from_on,
                "" if item.quantity == 1 else _amount(item.quantity, table),
            )
            for item in told
        ),
        sum(item.quantity for item in told) != cell.done,
    )


def _amount(quantity: int | None, table: IndicatorTable) -> str:
    return f"{wording.amount(quantity, table.unit)}{'' if quantity is None else wording.shown_unit(table.unit)}"


def _apart(table: IndicatorTable, cell: Cell) -> str:
    why = phrase.apart(table, cell.town)
    return f"（{why}）" if why else ""


def _rank(rank: int | None) -> str:
    return wording.NOTHING if rank is None else str(rank)
