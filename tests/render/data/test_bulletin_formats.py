"""Table, CSV and JSON carry the same figures: each is read back and compared with the bulletin itself."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from anjian_cli.bulletin import exact
from anjian_cli.bulletin.value import Bulletin, Cell, IndicatorTable
from anjian_cli.render.data.bulletin_csv import COLUMNS, bulletin_csv
from anjian_cli.render.data.bulletin_json import bulletin_json
from anjian_cli.render.screen.bulletin_table import bulletin_table
from anjian_cli.render.screen.styled_lines import text
from anjian_cli.render.screen.town import town_sheet
from anjian_cli.render.standing import narrowed
from anjian_cli.render.width import columns
from support.bulletin_builder import SEEDS, bulletin
from support.sweeps import sweep

Row = dict[str, str]
MONEY = 1_000_000


def half_up(value: Fraction | None) -> str:
    """Two decimals, by another way than the program's."""
    if value is None:
        return ""
    exactly = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exactly.quantize(Decimal("0.01"), ROUND_HALF_UP)).replace("-0.00", "0.00")


def signed(gap: Fraction | None) -> str:
    """A gap in points with its sign, even where it is too small to show."""
    shown = half_up(None if gap is None else gap * 100)
    if gap is None or gap == 0:
        return shown
    return ("+" if gap > 0 else "-") + shown.lstrip("-")


def amount(value: int | None, unit: str) -> str:
    if value is None:
        return ""
    return str(value) if unit != "分" else format((Decimal(value) / MONEY).normalize(), "f")


def rank(value: int | None) -> str:
    return "" if value is None else str(value)


def move(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return ""
    return "持平" if now == before else f"升{before - now}" if now < before else f"降{now - before}"


def figures(table: IndicatorTable, cell: Cell) -> tuple[str, ...]:
    """Task, month, done, rate, gap, owed, rank, last rank: what a row of a ranking shows."""
    unit = table.unit
    return (
        amount(cell.target, unit),
        amount(cell.this_month, unit),
        amount(cell.done, unit),
        half_up(None if cell.rate is None else cell.rate * 100),
        signed(cell.gap),
        amount(cell.owes_pace, unit),
        rank(cell.rank),
        rank(cell.last_rank),
    )


def all_tables(of: Bulletin) -> Iterator[IndicatorTable]:
    return (table for category in of.categories for table in category.indicators)


def cells(table: IndicatorTable) -> list[Cell]:
    return [*table.cells, table.total, *([table.other] if table.other else [])]


def spread(line: str) -> str:
    """The line with a character a column, so that wide ones take two places."""
    return "".join(char + "\0" * (columns(char) - 1) for char in line)


def grids(printed: str) -> Iterator[tuple[str, list[Row]]]:
    """Every table of a printed text: its title, and its rows by heading."""
    lines = printed.splitlines()
    for at, line in enumerate(lines):
        if not re.fullmatch(r"-+(  ?-+)+", line):
            continue
        spans = [found.span() for found in re.finditer("-+", line)]
        top = max(n for n in range(at) if not lines[n])

        def cut(row: str, spans: list[tuple[int, int]] = spans) -> list[str]:
            wide = spread(row)
            return [wide[a:b].replace("\0", "").strip().replace("－", "") for a, b in spans]

        heads = ["".join(parts) for parts in zip(*(cut(row) for row in lines[top + 2 : at]), strict=True)]
        rows = []
        for row in lines[at + 1 :]:
            if not row or row.endswith("。"):
                break
            rows.append(dict(zip(heads, cut(row), strict=True)))
        yield lines[top + 1], rows


RANKED = (
    ("年度任务", "应办数量"),
    ("本月完成", "本月净增", "本月增减"),
    ("累计完成", "月末在托", "月末实有", "本年累计"),
    ("完成率(%)",),
    ("与序时差(百分点)",),
    ("尚欠序时",),
    ("排名",),
    ("上月排名", "上月"),
)


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
@pytest.mark.parametrize("width", [None, 80])
def test_the_tables_carry_the_figures(seed: int, width: int | None) -> None:
    made = bulletin(seed)
    found = list(grids(text(bulletin_table(made, width))))
    wanted = {cell.code: figures(table, cell) for table in all_tables(made) for cell in cells(table)}
    shown = {
        row["格码"]: tuple(next((row[name] for name in names if name in row), "") for names in RANKED)
        for title, rows in found
        for row in rows
        if "格码" in row and not title.startswith("全市")
    }
    assert len(shown) > 100
    assert shown == {code: wanted[code] for code in shown}
    towns = {town.name: town.short for town in made.towns} | {"合计": "全市", "未定镇街": "未定"}
    units = {table.short: table for table in all_tables(made)}
    told = 0
    for title, rows in found:
        for row in rows if title == "不评排名的指标" else []:
            place = towns.get(row["镇（街、区）"])
            for head, value in row.items():
                short = head.partition("(")[0]
                if place is None or short not in units:
                    continue
                code = f"10-{place}-{short}"
                default = "0" if place == "未定" else None
                assert value == (wanted[code][2] if code in wanted else default)
                told += 1
    assert told > 16 * 4
    county = [row for title, rows in found if title.startswith("全市") for row in rows]
    assert county
    for row in county:
        of = wanted[row["格码"]]
        assert (row.get("本月增减", ""), row.get("累计或现有", ""), row.get("完成率(%)", "")) == of[1:4]


@sweep("seed", SEEDS, keep=3)
def test_the_summary_carries_the_scores(seed: int) -> None:
    made = bulletin(seed)
    title, rows = next(grids(text(bulletin_table(made))))
    assert title.startswith("综合排名")
    *towns, county = rows
    rates = [{row.town: row.rate for row in category.rows} for category in made.categories if category.scored]
    assert [list(row.values()) for row in towns] == [
        [
            str(at),
            made.town(score.town).name,
            *(half_up(None if (rate := found[score.town]) is None else rate * 100) for found in rates),
            half_up(score.score),
            rank(score.rank),
            rank(score.last_rank),
            move(score.rank, score.last_rank),
            str(score.work),
            score.owes_most,
        ]
        for at, score in enumerate(made.scores, 1)
    ]
    assert county["得分"] == half_up(made.mean_score)


@sweep("seed", SEEDS, keep=3)
def test_csv_carries_everything(seed: int) -> None:
    made = bulletin(seed)
    rows = list(csv.DictReader(io.StringIO(bulletin_csv(made), newline="")))
    assert tuple(rows[0]) == COLUMNS
    shown = {row["格码"]: row for row in rows if row["格码"]}
    for table in all_tables(made):
        for cell in cells(table):
            row = shown.pop(cell.code)
            names = ("任务", "本月", "累计", "完成率(%)", "与序时差(百分点)", "尚欠序时", "排名", "上月排名")
            wanted = list(figures(table, cell))
            wanted[4] = half_up(None if cell.gap is None else cell.gap * 100)  # a plain number, for programs
            assert [row[name] for name in names] == wanted
            assert (row["指标编码"], row["镇街代码"]) == (table.id, cell.town)
            assert row["单位"] == ("万元" if table.unit == "分" else table.unit)
            others = (cell.owes_year, cell.last_month, cell.last_year)
            assert (row["尚欠年度"], row["上月累计"], row["上年同期"]) == tuple(amount(n, table.unit) for n in others)
            if table.unit != "分":
                mean = cell.mean_two_years
                assert row["前两年平均"] == ("" if mean is None else f"{float(mean):.1f}".removesuffix(".0"))
            assert row["序时进度(%)"] == half_up(None if table.pace is None else table.pace * 100)
            assert ("落后" in row["备注"]) == (cell.town in table.laggards)
    assert not shown
    rates = {(r["指标编码"], r["镇街代码"]): (r["完成率(%)"], r["排名"]) for r in rows if r["指标"] == "类别完成率"}
    for category in made.categories:
        for line in category.rows:
            told = half_up(None if line.rate is None else line.rate * 100)
            assert rates[category.id, line.town] == (told, rank(line.rank))
    scores = [(r["镇街代码"], r["累计"], r["排名"], r["上月排名"]) for r in rows if r["指标"] == "综合得分"]
    assert scores[:-1] == [(s.town, half_up(s.score), rank(s.rank), rank(s.last_rank)) for s in made.scores]
    assert scores[-1][:2] == ("", half_up(made.mean_score))
    tasks = {(r["指标编码"], r["任务"]) for r in rows if r["镇街"] == "县里任务"}
    assert tasks == {(t.id, str(t.county_task)) for t in all_tables(made) if t.county_task is not None}


@sweep("seed", SEEDS, keep=3)
def test_json_is_the_bulletin(seed: int) -> None:
    made = bulletin(seed, demonstration=bool(seed % 2))
    printed = bulletin_json(made)
    assert exact.load(printed) == made
    assert json.loads(printed).get("notice") == ("演示数据" if seed % 2 else None)


@sweep("seed", SEEDS, keep=3)
def test_a_towns_sheet_carries_its_figures(seed: int) -> None:
    made = bulletin(seed)
    town = made.towns[seed]
    rows = {
        row["指标"]: row
        for title, rows in grids(text(town_sheet(made, town.code)))
        if title == "各项指标"
        for row in rows
    }
    own = {table.short: (table, table.cells[seed]) for table in all_tables(made)}
    names = ("年度任务", "本月增减", "累计或现有", "完成率(%)", "与序时差(百分点)", "尚欠序时", "排名", "上月排名")
    assert len(rows) > 15
    for short, row in rows.items():
        assert tuple(row[name] for name in names) == figures(*own[short])
        assert row["尚欠年度"] == amount(own[short][1].owes_year, own[short][0].unit)
    silent = own.keys() - rows.keys()
    assert all(not own[short][1].done and not own[short][1].target for short in silent)


def test_one_town_for_programs() -> None:
    made = bulletin(3)
    code = made.towns[5].code
    small = narrowed(made, code)
    assert [row.town for row in small.scores] == [code]
    assert all(
        [cell.town for cell in table.cells] == [code] and table.total == whole.total
        for table, whole in zip(all_tables(small), all_tables(made), strict=True)
    )
    rows = list(csv.DictReader(io.StringIO(bulletin_csv(small), newline="")))
    assert {row["镇街"] for row in rows} == {"舟山镇", "全市", "县里任务"}
    with pytest.raises(KeyError):
        narrowed(made, "330784999")


def four(value: Fraction) -> str:
    """Four decimals, by another way than the program's."""
    return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
def test_death_rates_stand_in_every_format_with_their_denominators(seed: int) -> None:
    made = bulletin(seed)
    shown = text(bulletin_table(made))
    rows = {row["指标"]: row for row in csv.DictReader(io.StringIO(bulletin_csv(made), newline=""))}
    money, people = made.death_rates
    assert f"亿元生产总值死亡率{four(money.rate)}人/亿元（{money.deaths}人÷生产总值559.8亿元，" in shown
    assert f"10万从业人员死亡率{four(people.rate)}人/10万人（{people.deaths}人÷从业人员42.3万人，" in shown
    assert money.last_rate is not None
    assert f"上年同期{four(money.last_rate)}（{money.last_year}人÷生产总值510亿元，" in shown
    for found in made.death_rates:
        row = rows[found.title]
        assert (row["累计"], row["单位"]) == (four(found.rate), found.unit)
        assert row["上年同期"] == ("" if found.last_rate is None else four(found.last_rate))
        assert found.base.source in row["备注"]
    assert "没有登记统计数" in text(bulletin_table(bulletin(seed, death_rates=())))


@pytest.mark.unmeasured
@sweep("seed", SEEDS, keep=3)
def test_who_did_not_report_is_named_in_every_format(seed: int) -> None:
    made = bulletin(seed)
    assert made.filings is not None
    shown = text(bulletin_table(made))
    said = next(line for line in shown.splitlines() if line.startswith("10月月报："))
    missing = [made.town(code).name for code in made.filings.missing]
    assert (f"{'、'.join(missing)}未报送" in said) == bool(missing)
    rows = csv.DictReader(io.StringIO(bulletin_csv(made), newline=""))
    told = {row["镇街代码"]: row["备注"] for row in rows if row["指标"] == "月报"}
    assert told.keys() == {town.code for town in made.towns}
    for town in made.towns:
        assert (told[town.code] == "未报") == (town.code in made.filings.missing)
        assert ("零报告" in told[town.code]) == (town.code in made.filings.nil)
        assert f"10月月报：{told[town.code]}。" in text(town_sheet(made, town.code))
    assert "月报：" not in text(bulletin_table(bulletin(seed, filings=None)))
