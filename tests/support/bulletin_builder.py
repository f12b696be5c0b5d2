"""Bulletins made up from a seed, for what prints them. Places, rates and means are worked out as for a real one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

import pytest

from anjian_cli.bulletin import ranking
from anjian_cli.bulletin.value import (
    Base,
    Bulletin,
    Category,
    CategoryRow,
    Cell,
    Correction,
    DeathRate,
    Filings,
    IndicatorTable,
    ScoreRow,
    Town,
)
from anjian_cli.light_dataclasses import replace

SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.unmeasured) for seed in range(3, 8))]
"""Of the bulletins that are printed every way, three are enough to measure what is covered."""

NAMES = (
    ("东城街道", "东城"), ("西城街道", "西城"), ("江南街道", "江南"), ("石柱镇", "石柱"), ("前仓镇", "前仓"),
    ("舟山镇", "舟山"), ("古山镇", "古山"), ("方岩镇", "方岩"), ("龙山镇", "龙山"), ("西溪镇", "西溪"),
    ("象珠镇", "象珠"), ("唐先镇", "唐先"), ("花街镇", "花街"), ("芝英镇", "芝英"), ("经济开发区", "开发区"),
    ("城西新区", "城西"),
)  # fmt: skip

# id, short, title, unit, kind, against, ranked
CATALOGUE: dict[str, tuple[str, bool, tuple[tuple[str, str, str, str, str, str, bool], ...]]] = {
    "training": ("安全生产教育培训", True, (
        ("training.负责人", "负责人", "主要负责人培训合格", "人次", "flow", "target", True),
        ("training.特种作业", "特种作业", "特种作业人员培训合格", "人次", "flow", "target", True),
        ("training.网格员", "网格员", "网格员培训合格", "人次", "flow", "target", True),
    )),
    "standard": ("安全标准化创建", True, (
        ("standard.reached.三级新创", "三级新创", "三级标准化新创达标", "家", "flow", "target", True),
        ("standard.reached.三级复评", "三级复评", "三级标准化复评达标", "家", "flow", "标准化到期应复评", True),
        ("standard.underway.三级", "三级在创", "三级标准化正在创建", "家", "stock", "", False),
        ("standard.review_due", "到期复评", "标准化到期应复评", "家", "stock", "", False),
        ("standard.towns_in_review", "评审镇数", "复评进入评审阶段的镇（街、区）", "个", "counted", "", False),
    )),
    "village": ("主体责任村创建", True, (
        ("village.enrolled", "责任村创建", "列入创建的主体责任村", "个", "flow", "", False),
        ("village.accepted", "责任村验收", "主体责任村验收合格", "个", "flow", "target", True),
        ("village.rewarded", "责任村奖励", "主体责任村奖励资金", "分", "flow", "", False),
    )),
    "special": ("安全专项整治", True, (
        ("special.enrolled.有限空间", "列入有限空间", "列入整治的有限空间企业", "家", "flow", "", False),
        ("special.accepted.有限空间", "整治有限空间", "有限空间企业整治验收", "家", "flow", "列入整治的企业", True),
        ("special.accepted.冶金", "整治冶金", "冶金企业整治验收", "家", "flow", "列入整治的冶金企业", True),
    )),
    "trusteeship": ("安全生产社会化服务", True, (
        ("trusteeship.喷涂", "喷涂", "喷涂企业在托管", "家", "stock", "target", True),
        ("trusteeship.涉氨", "涉氨", "涉氨企业在托管", "家", "stock", "target", True),
        ("trusteeship.enterprises", "托管企业", "在托管企业（去重）", "家", "distinct", "", False),
    )),
    "health": ("职业卫生检测", True, (
        ("health.exposed", "应检", "职业卫生应检测企业", "家", "stock", "", False),
        ("health.tested", "已检", "职业卫生已检测企业", "家", "stock", "职业卫生应检测企业", True),
    )),
    "hazard": ("隐患排查治理", False, (
        ("hazard.found", "排查隐患", "排查隐患", "条", "flow", "", False),
        ("hazard.accepted_of_year", "已销号", "当年发现已验收销号", "条", "stock", "排查隐患", False),
        ("hazard.overdue", "逾期", "逾期未整改隐患", "条", "stock", "", False),
    )),
    "case": ("监管执法", False, (
        ("case.filed", "立案", "非事故类立案处罚", "起", "flow", "", False),
        ("case.fine", "罚款", "处罚金额", "分", "flow", "", False),
    )),
    "accident": ("生产安全事故", False, (
        ("accident.count", "事故起数", "生产安全事故起数", "起", "flow", "", False),
        ("accident.deaths", "死亡人数", "生产安全事故死亡", "人", "flow", "", False),
    )),
    "equipment": ("智慧用电", False, (
        ("equipment.智慧用电", "智慧用电", "智慧式用电安全管理系统已安装", "家", "stock", "target", True),
    )),
    "report": ("数据报送", False, (
        ("report.filed", "报送", "按期报送", "次", "flow", "", False),
    )),
}  # fmt: skip


def _death_rates(chance: random.Random) -> tuple[DeathRate, ...]:
    deaths, before = chance.randint(0, 50), chance.randint(1, 50)
    base, last = (
        Base(5_598_000_000_000, "2017-12-31", "2017年公报"),
        Base(5_100_000_000_000, "2016-12-31", "2016年公报"),
    )
    rate, last_rate = (Fraction(n * 10**10, b.quantity) for n, b in ((deaths, base), (before, last)))
    people = Base(423_000, "2017-12-31", "2017年公报")
    return (
        DeathRate("亿元生产总值死亡率", "人/亿元", "生产总值", deaths, base, rate, before, last, last_rate),
        DeathRate(
            "10万从业人员死亡率", "人/10万人", "从业人员", deaths, people, Fraction(deaths, 423) * 100, None, None, None
        ),
    )


def _filings(chance: random.Random, units: Sequence[Town]) -> Filings:
    codes = [town.code for town in units]
    missing = tuple(code for code in codes if chance.random() < 0.15)
    filed = [code for code in codes if code not in missing]

    def some() -> tuple[str, ...]:
        return tuple(code for code in filed if chance.random() < 0.2)

    returned = some()
    return Filings(missing, some(), returned, returned[:1], some())


def towns(count: int = 16) -> tuple[Town, ...]:
    """The first towns of the county, in the office's order; more than it has are made up."""
    names = [*NAMES, *((f"示例{at}镇", f"示例{at}") for at in range(len(NAMES) + 1, count + 1))]
    return tuple(Town(f"330784{at:03d}", name, short) for at, (name, short) in enumerate(names[:count], 1))


def bulletin(seed: int = 0, count: int = 16, **changes: object) -> Bulletin:
    """A bulletin of October 2018 by chance; `changes` replace fields of it."""
    return replace(_bulletin(seed, count), **changes)  # type: ignore[arg-type]


def known(found: Bulletin) -> Bulletin:
    """The bulletin without tasks where a figure is not known."""
    return replace(
        found,
        categories=tuple(
            replace(
                category,
                indicators=tuple(
                    replace(
                        table,
                        cells=tuple(replace(cell, target=None) if cell.done is None else cell for cell in table.cells),
                    )
                    for table in category.indicators
                ),
            )
            for category in found.categories
        ),
    )


def controlled(found: Bulletin, indicators: Sequence[str] = ("accident.deaths", "hazard.overdue")) -> Bulletin:
    """The bulletin with control figures for some indicators, drawn for two towns of three."""

    def held(table: IndicatorTable) -> IndicatorTable:
        if table.id not in indicators:
            return table
        chance = random.Random(f"{found.towns}{table.cells}")
        controls = {cell.town: chance.randrange(12) for cell in table.cells if chance.random() < 0.67}
        used = {c.town: (c.done, controls[c.town]) for c in table.cells if c.town in controls and c.done is not None}
        ranks = ranking.places_by_use(used)
        cells = tuple(
            replace(
                cell,
                control=(of := controls.get(cell.town)),
                left=ranking.left(cell.done, of),
                rank=ranks.get(cell.town),
            )
            for cell in table.cells
        )
        inside = [
            cell
            for cell in (*cells, *([table.other] if table.other else []))
            if cell.control is not None or not cell.town
        ]
        done = None if any(cell.done is None for cell in inside) else sum(cell.done or 0 for cell in inside)
        of_month = sum(cell.this_month or 0 for cell in inside)
        whole = sum(controls.values())
        total = replace(table.total, control=whole, left=ranking.left(done, whole), done=done, this_month=of_month)
        return replace(table, less=True, cells=cells, total=total, everywhere=table.total)

    return replace(
        found,
        categories=tuple(
            replace(category, indicators=tuple(map(held, category.indicators))) for category in found.categories
        ),
    )


@cache
def _bulletin(seed: int, count: int) -> Bulletin:
    chance = random.Random(seed)
    units = towns(count)
    month, pace = 10, Fraction(10, 12)
    categories = tuple(_category(chance, month, pace, units, name) for name in CATALOGUE)
    scores, mean = _scores(chance, units, categories)
    return Bulletin(
        month=f"2018-{month:02d}",
        as_of="2018-10-31",
        finished=True,
        state="",
        demonstration=False,
        region_name="永康市",
        issuer="永康市安全生产委员会办公室",
        document_number="",
        issued_on="",
        known_at="2018-11-02T08:30:00Z",
        fingerprint="3f9a1b2c",
        witness="3f9a1b2c4d5e6f70",
        pace=pace,
        rule=("完成率=累计完成÷年度任务，按实显示。", "名次按精确分数比较，并列同名次，其后名次顺延（1、2、2、4）。"),
        towns=units,
        categories=categories,
        scores=scores,
        mean_score=mean,
        laggards=_laggards({row.town: row.rank for row in scores if row.rank}, units),
        corrections=(
            Correction("2018-09", "trusteeship.涉氨", units[-1].code, 4, 3, False),
            Correction("2018-09", "case.fine", "", 1_500_000, 1_000_050, True),
        ),
        notes=("未定镇街的计入合计，不参加排名。",),
        death_rates=_death_rates(random.Random(seed)),
        filings=_filings(random.Random(seed), units),
    )


def _cell(
    chance: random.Random,
    code: str,
    town: str,
    target: int | None,
    done: int | None,
    month_done: int,
    pace: Fraction | None,
) -> Cell:
    rate = ranking.rate(done, target)
    last_year = chance.choice([None, 0, done, chance.randrange(40)])
    return Cell(
        code=code,
        town=town,
        done=done,
        this_month=None if done is None else month_done,
        target=target,
        rate=rate,
        gap=None if rate is None or pace is None else rate - pace,
        owes_pace=None if pace is None else ranking.owed(done, target, pace),
        owes_year=None if pace is None else ranking.owed(done, target, Fraction(1)),
        rank=None,
        last_rank=chance.choice([None, *range(1, 17)]),
        last_month=None if done is None else done - month_done,
        last_year=last_year,
        mean_two_years=None if last_year is None else Fraction(2 * last_year + 1, 2),
    )


def _table(
    chance: random.Random,
    month: int,
    pace: Fraction,
    units: Sequence[Town],
    row: tuple[str, str, str, str, str, str, bool],
) -> IndicatorTable:
    id_, short, title, unit, kind, against, ranked = row
    scale = 123_400 if unit == "分" else 1
    due = pace if ranked else None
    empty = short == "整治冶金"
    lost = chance.random() < 0.1  # a figure that is not known for this day

    def figures() -> tuple[int | None, int | None, int]:
        if empty:
            return None, 0, 0
        target = chance.choice([None, 0, *range(1, 30)]) if ranked else None
        done = chance.randrange((target or 12) + 3) * scale
        monthly = chance.randrange(-3 if kind != "flow" else 0, min(done // scale, 3) + 1) * scale
        return target, None if lost and chance.random() < 0.1 else done, monthly

    cells = []
    for town in units:
        target, done, monthly = figures()
        cell = _cell(chance, f"{month}-{town.short}-{short}", town.code, target, done, monthly, due)
        cells.append(replace(cell, last_rank=cell.last_rank if ranked else None))
    ranks = ranking.places({c.town: c.rate for c in cells if c.rate is not None}) if ranked else {}
    cells = [replace(cell, rank=ranks.get(cell.town)) for cell in cells]
    loose = chance.random() < 0.3 and not empty
    other = None
    if loose:
        other = _cell(chance, f"{month}-未定-{short}", "", None, 2 * scale, 0, None)
        other = replace(other, last_rank=None)
    everything = [*cells, *([other] if other else [])]
    held = [c for c in everything if c.target or not c.town]  # against the tasks
    if against != "target" or not any(c.target for c in cells):
        held = everything
    done, whole = (
        None if any(c.done is None for c in of) else sum(c.done or 0 for c in of) for of in (held, everything)
    )
    targets = [c.target for c in cells if c.target is not None]
    monthly, of_all = (sum(c.this_month or 0 for c in of) for of in (held, everything))
    total = _cell(chance, f"{month}-全市-{short}", "", sum(targets) if targets else None, done, monthly, due)
    everywhere = replace(
        total, target=None, rate=None, gap=None, owes_pace=None, owes_year=None, last_rank=None,
        done=whole, this_month=of_all, last_month=None if whole is None else whole - of_all,
    )  # fmt: skip
    if empty:
        total = replace(total, last_year=None, mean_two_years=None)
        cells = [replace(cell, last_year=None, mean_two_years=None) for cell in cells]
    return IndicatorTable(
        id=id_,
        short=short,
        title=title,
        unit=unit,
        kind=kind,
        against=against,
        ranked=ranked,
        scored=ranked and short != "三级复评",
        unscored_reason="三级复评按年终节点考核，本月不计分" if short == "三级复评" else "",
        pace=due,
        cells=tuple(cells),
        total=replace(total, last_rank=None),
        other=other,
        county_task=chance.choice([None, 130]) if ranked and not empty else None,
        laggards=_laggards(ranks, units),
        note="芝英含期初数（截至2018-09-30，永安委办〔2018〕13号）" if chance.random() < 0.2 else "",
        everywhere=None if held == everything else everywhere,
    )


def _category(chance: random.Random, month: int, pace: Fraction, units: Sequence[Town], of: str) -> Category:
    title, scored, rows = CATALOGUE[of]
    tables = tuple(_table(chance, month, pace, units, row) for row in rows)
    ranked = [table for table in tables if table.scored]
    rates = {}
    for at, town in enumerate(units):
        mean = ranking.mean(
            [min(t.cells[at].rate or Fraction(0), Fraction(1)) for t in ranked if t.cells[at].rate is not None]
        )
        if mean is not None:
            rates[town.code] = mean
    ranks = ranking.places(rates)
    total = [min(t.total.rate, Fraction(1)) for t in ranked if t.total.rate is not None]
    return Category(
        id=of,
        title=title,
        scored=scored,
        weight=Fraction(1),
        indicators=tables,
        rows=tuple(
            CategoryRow(
                t.code,
                rates.get(t.code),
                ranks.get(t.code),
                chance.choice([None, *range(1, 17)]),
                rates[t.code] - pace if t.code in rates else None,
            )
            for t in units
        )
        if ranked
        else (),
        total_rate=ranking.mean(total),
        laggards=_laggards(ranks, units),
        gap=ranking.mean(total) - pace if total else None,  # type: ignore[operator]
    )


def _scores(
    chance: random.Random, units: Sequence[Town], categories: Sequence[Category]
) -> tuple[tuple[ScoreRow, ...], Fraction | None]:
    scored = [category for category in categories if category.scored]
    scores = {}
    for at, town in enumerate(units):
        mean = ranking.mean([rate for c in scored if (rate := c.rows[at].rate) is not None])
        if mean is not None:
            scores[town.code] = mean * 100
    ranks = ranking.places(scores)
    owing = ["", "三级新创欠5家", "整治有限空间欠12家", "特种作业欠112人次"]
    rows = [
        ScoreRow(
            town.code,
            scores.get(town.code),
            ranks.get(town.code),
            chance.choice([None, *range(1, 17)]),
            len(scored),
            chance.randrange(900),
            chance.choice(owing),
        )
        for town in units
    ]
    return tuple(sorted(rows, key=lambda row: row.rank or len(rows) + 1)), ranking.mean(list(scores.values()))


def _laggards(ranks: dict[str, int], units: Sequence[Town]) -> tuple[str, ...]:
    return ranking.last_places(ranks, 3, [town.code for town in units])
