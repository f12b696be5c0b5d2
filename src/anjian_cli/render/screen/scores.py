"""The summary of a bulletin: a line for each town by its score, and on a wide terminal the score as a bar.

For a terminal or a pipe. Takes the bulletin and a width (None = a pipe or a file), returns lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from anjian_cli.bulletin import findings, phrase, score_words, wording
from anjian_cli.bulletin.value import Bulletin, ScoreRow
from anjian_cli.render.cell_text import percent, whole
from anjian_cli.render.paper import shown
from anjian_cli.render.screen.grid import Column, Grid, bracket_below, fitted, without
from anjian_cli.render.screen.styled_lines import Line, paragraph, table
from anjian_cli.render.width import columns

BLOCK = "█"
BLOCKS_MOST, BLOCKS_LEAST = 20, 8
"""How long the bar of 100 points may be; in fewer blocks towns look alike."""
OWES_LEAST = 6
SERIAL, LAST_RANK, WORK = "序\n号", "上\n月", "任务\n总量"


def groups(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    """The counties by their places within each city or province, where these are told (--范围)."""
    found = score_words.by_group(bulletin)
    if not found:
        return
    yield Line("")
    yield Line(f"所属{bulletin.scope}内的名次", "title")
    heads = [Column(f"所属{bulletin.scope}", right=False), Column(f"{bulletin.scope}内\n名次")]
    heads += [Column(bracket_below(bulletin.units), right=False), Column("得分"), Column(f"{bulletin.county}\n名次")]
    rows = [
        [
            name if at == 0 else "",
            whole(row.group_rank),
            phrase.place(bulletin, row.town),
            score_words.of_unit(bulletin, row.town, row.score) if bulletin.points else wording.score(row.score),
            whole(row.rank),
        ]
        for name, own in found.items()
        for at, row in enumerate(own)
    ]
    yield from table(Grid(heads, rows, width))


def summary(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    """The rate in every scored category, score, rank, last rank, how it moved, what is owed most; who lags. Where the
    scheme gives points, these."""
    if bulletin.points is not None:
        from anjian_cli.render.screen import points  # here: few schemes give points

        yield from points.summary(bulletin, bulletin.points, width)
        return
    yield Line("综合排名（各类为完成率%，得分单位为分）", "title")
    leaders = {placed.town for placed in findings.overall(bulletin).leaders}
    behind = [at for at, score in enumerate(bulletin.scores) if score.town in bulletin.laggards]
    ahead = [at for at, score in enumerate(bulletin.scores) if score.town in leaders]
    lines = list(table(_fitting(bulletin, width), behind, ahead))
    yield from lines if width is None else _with_bars(bulletin, lines, width)
    if lagging := _lagging(bulletin):
        yield from paragraph(lagging, width)


def _fitting(bulletin: Bulletin, width: int | None) -> Grid:
    """The fullest grid that fits; the narrowest, with its last column cut, where none does."""
    # The rank says nearly what the place in the list says, and rank and move say what last month's rank was.
    grids = [_grid(bulletin, width, short=False), without(_grid(bulletin, width, short=True), SERIAL)]
    for title in (LAST_RANK, WORK):
        grids.append(without(grids[-1], title))
    return next((grid for grid in grids if grid.fits()), grids[-1])


def _grid(bulletin: Bulletin, width: int | None, *, short: bool) -> Grid:
    scored = findings.scored(bulletin)
    heads = [
        Column(SERIAL),
        Column(bulletin.brief_units if short else bracket_below(bulletin.units), right=False),
        *(Column(phrase.brief(category)) for category in scored),
        Column("得分"),
        Column("排\n名"),
        Column(LAST_RANK),
        Column("升降", right=False),
        Column(WORK),
        Column("欠得最多", right=False, least=OWES_LEAST),
    ]
    rates = [{row.town: row.rate for row in category.rows} for category in scored]
    rows = [
        _row(bulletin, at, score, [found.get(score.town) for found in rates], short=short)
        for at, score in enumerate(bulletin.scores, 1)
    ]
    total = [
        "",
        bulletin.whole_word,
        *(percent(category.total_rate) for category in scored),
        wording.score(bulletin.mean_score),
    ]
    late = {one.town for one in bulletin.late}
    total += ["", "", "", str(sum(row.work for row in bulletin.scores if row.town not in late)), "得分为平均"]
    return Grid(heads, [*rows, total], width)


def _row(bulletin: Bulletin, at: int, score: ScoreRow, rates: Sequence[Fraction | None], *, short: bool) -> list[str]:
    town = bulletin.town(score.town)
    return [
        str(at),
        town.short if short else town.name,
        *(percent(rate) for rate in rates),
        wording.score(score.score),
        whole(score.rank),
        whole(score.last_rank),
        _move(score),
        str(score.work),
        score.owes_most.replace("欠", "") if short else score.owes_most,
    ]


def _move(score: ScoreRow) -> str:
    """As the annexes say it: 升2, 降1, 持平; — where a place is not known."""
    # Not ↑ ↓: two columns wide on some terminals, they would push what stands behind; － says nothing can be compared.
    return shown(score.moved, "move")


def _with_bars(bulletin: Bulletin, lines: Sequence[Line], width: int) -> Sequence[Line]:
    """The lines with the scores as bars behind them; without, where there is no room for bars that tell anything."""
    beside = max(columns(line.text) for line in lines)
    # A block takes one column or two, by terminal: reckoned as two a line is never wrapped, and nothing stands behind.
    blocks = min(BLOCKS_MOST, (width - beside - 2) // columns(BLOCK))
    if blocks < BLOCKS_LEAST:
        return lines
    bars = [_bar(score, blocks) for score in (*(row.score for row in bulletin.scores), bulletin.mean_score)]
    ends = [*[""] * (len(lines) - len(bars) - 2), "得分", "", *bars]
    return [
        line._replace(text=f"{fitted(line.text, beside)}  {end}".rstrip())
        for line, end in zip(lines, ends, strict=True)
    ]


def _bar(score: Fraction | None, blocks: int) -> str:
    return BLOCK * int((score or 0) * blocks / 100 + Fraction(1, 2))


def _lagging(bulletin: Bulletin) -> str:
    scores = {row.town: row.score for row in bulletin.scores}
    named = [f"{phrase.place(bulletin, code)}（{wording.score(scores[code])}分）" for code in bulletin.laggards]
    if named:
        return f"综合得分落后的：{'、'.join(named)}。"
    field = findings.overall(bulletin)
    if not field.known:
        return f"有{bulletin.units}的累计数无从得知，不列落后的。"
    return f"综合得分没有落后的{bulletin.units}。" if any(one.rank is not None for one in field.towns) else ""
