"""还能得的分 for a terminal or a pipe: of all units, or of one. Takes the bulletin and a width, returns lines."""

from __future__ import annotations

from collections.abc import Iterator

from anjian_cli.bulletin import wording
from anjian_cli.bulletin.points_outlook import METHOD, ahead, all_told, chances_told, gone_told
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.cell_text import whole
from anjian_cli.render.screen.grid import Column, Grid
from anjian_cli.render.screen.styled_lines import Line, paragraph, table

REASON_LEAST = 10


def of_all(bulletin: Bulletin, width: int | None) -> Iterator[Line]:
    """What each unit can still have, and its place then."""
    found = [one for one in ahead(bulletin) if one.chances]
    if not found:
        return
    heads = [Column(bulletin.units, right=False), *map(Column, ("总分", "名次", "还能得", "其时\n总分", "其时\n名次"))]
    heads.append(Column("还能得分最多的", right=False, least=REASON_LEAST))
    rows = [
        [
            bulletin.town(one.town).name,
            wording.marks(one.total),
            whole(one.rank),
            wording.marks(one.gain),
            wording.marks(one.total_then),
            whole(one.rank_then),
            chances_told(one),
        ]
        for one in found
    ]
    yield Line("")
    yield Line("还能得的分", "title")
    yield from table(Grid(heads, rows, width))
    yield from paragraph(f"{METHOD.format(units=bulletin.units)}。", width, "quiet")


def of_one(bulletin: Bulletin, code: str, width: int | None) -> Iterator[Line]:
    """Item by item what one unit can still have, alone and together, and what it can no more."""
    one = next((each for each in ahead(bulletin) if each.town == code), None)
    if one is None or not (one.chances or one.gone):
        return
    yield Line("")
    yield Line("还能得的分", "title")
    if one.chances:
        heads = [Column("项目", right=False), *map(Column, ("满分", "得分", "还能得", "其时\n名次"))]
        heads.append(Column("说明", right=False, least=REASON_LEAST))
        rows = [
            [
                chance.item.short,
                wording.marks(chance.item.full),
                wording.marks(chance.has.points),
                wording.marks(chance.gain),
                whole(chance.rank),
                chance.has.reason,
            ]
            for chance in one.chances
        ]
        yield from table(Grid(heads, rows, width))
        yield from paragraph(f"{all_told(one)}。", width)
    if said := gone_told(one):
        yield from paragraph(f"{said}。", width)
    yield from paragraph(f"{METHOD.format(units=bulletin.units)}。", width, "quiet")
