"""The letter, any paper, and the ranking for the chat group, set by typst: PDF, or one tall picture.

Takes the same values as Word and Excel; returns bytes, the same for the same input and fonts. What is printed is handed
over as data, so that no word of it is taken for the typesetter's language.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anjian_cli.bulletin import findings, phrase, score_words, wording
from anjian_cli.bulletin.notice import Notice, mark
from anjian_cli.bulletin.notice import notice as notice_of
from anjian_cli.bulletin.value import Bulletin, ScoreRow
from anjian_cli.errors import Refused, refused
from anjian_cli.render.formats import Material
from anjian_cli.render.office.annex import annexes as annexes_of
from anjian_cli.render.office.fitting import fitted
from anjian_cli.render.office.letter_styles import LANDSCAPE_HEIGHT, LANDSCAPE_WIDTH, PORTRAIT_WIDTH
from anjian_cli.render.office.word_table import BARS
from anjian_cli.render.paper import Paper, Sheet, head_lines, labels, printed, shown

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
SHARPNESS = {"picture": 216, "paper": 144, "letter": 96}
"""Pixels an inch: three for every point of a telephone's screen; two for a page as wide as a desk's; of the
letter, whose pages stand side by side, enough to be read and printed."""
TAGGED = 1000
"""Lines of tables up to which a PDF says, beside what it shows, what is a heading and what a cell, for those who have
it read to them. It is that which makes most of a long one: of 500 counties 15 MB, without it one."""
FULL = 100
"""Full marks where scores are means of rates."""
ANY_FONT = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "SimSun",
    "Songti SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "AR PL UMing CN",
    "Droid Sans Fallback",
)
"""What can stand in for any other, the best first."""
FONTS: Mapping[str, tuple[str, ...]] = {
    "big_song": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong"),
    "fangsong": ("FangSong_GB2312", "FangSong", "STFangsong"),
    "kaiti": ("KaiTi_GB2312", "KaiTi", "STKaiti", "Kaiti SC", "AR PL UKai CN"),
    "heiti": ("SimHei", "STHeiti", "Heiti SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei"),
    "songti": ("SimSun", "STSong", "Songti SC"),
}
"""The faces of GB/T 9704-2012 and their like, by the names that font files give themselves."""


def missing() -> Refused | None:
    """Why nothing can be set on this computer: E622 without the typesetter, E623 without a Chinese font."""
    try:
        _fonts()
    except Refused as why:
        return why
    return None


def pdf(material: Material) -> bytes:
    """A bulletin's letter with its annexes. Refused as `letter`."""
    return letter(notice_of(material.bulletin), annexes_of(material.bulletin))


def png(material: Material) -> bytes:
    """A bulletin's ranking. Refused as `picture`."""
    return picture(material.bulletin)


def pdf_of_paper(made: Paper) -> bytes:
    """A paper as PDF. Refused as `paper`."""
    return paper(made, "pdf")


def png_of_paper(made: Paper) -> bytes:
    """A paper as a picture. Refused as `paper`."""
    return paper(made, "png")


def letter(notice: Notice, annexes: Sequence[Sheet]) -> bytes:
    """The letter as PDF. Raises `Refused` E622, E623."""
    return _set("letter", _letter(notice, annexes), "pdf")[0]


def letter_pages(notice: Notice, annexes: Sequence[Sheet]) -> list[bytes]:
    """The letter's pages, each as a PNG. Raises `Refused` E622, E623."""
    return _set("letter", _letter(notice, annexes), "png")


def _letter(notice: Notice, annexes: Sequence[Sheet]) -> dict[str, object]:
    return {
        "letterhead": notice.letterhead,
        "number": notice.number,
        "title": notice.title,
        "recipients": notice.recipients,
        "opening": notice.opening,
        "sections": [
            {
                "title": section.title,
                "paragraphs": [{"heading": each.heading, "text": each.text} for each in section.paragraphs],
            }
            for section in notice.sections
        ],
        "attachments": wording.numbered(notice.attachments),
        "signature": notice.signature,
        "signed_on": notice.signed_on,
        "contact": notice.contact,
        "copies": notice.copies,
        "printed_on": notice.printed_on,
        "mark": notice.mark,
        "witness": notice.witness,
        "annexes": [
            {"label": label, **_sheet(sheet, LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT)}
            for sheet, label in zip(annexes, labels(annexes), strict=True)
        ],
    }


def paper(made: Paper, chosen: str) -> bytes:
    """A paper as pdf or png. Raises `Refused` E622, E623."""
    across = LANDSCAPE_WIDTH if made.landscape else PORTRAIT_WIDTH
    data = {
        "title": made.title,
        "mark": made.mark,
        "before": made.before,
        "sheets": [_sheet(sheet, across, compact=made.compact) for sheet in made.sheets],
        "after": made.after,
        "signed": made.signed,
        "witness": made.witness,
        "landscape": made.landscape,
        "compact": made.compact,
        "picture": chosen == "png",
    }
    return _set("paper", data, chosen)[0]


def picture(bulletin: Bulletin) -> bytes:
    """The ranking as a PNG for a chat group. Raises `Refused` E622, E623."""
    month = phrase.month(bulletin)
    state = phrase.state(bulletin)
    facts = f"截至{phrase.day(bulletin.as_of)}"
    if score_words.paced(bulletin):
        facts += f"　序时进度{wording.percent(bulletin.pace)}"
    if bulletin.mean_score is not None:
        facts += f"　平均{score_words.mean_told(bulletin)}"
    what = "情况" if bulletin.without_score else "排名"
    data = {
        "title": f"{bulletin.region_name}{month}月{bulletin.of}安全生产重点工作{what}",
        "mark": mark(bulletin),
        "county": bulletin.county,
        "facts": facts,
        **_ranked(bulletin),
        "provisional": bool(score_words.mark(bulletin)),
        "after": _below(bulletin),
        "heads": [bulletin.whole_word, *_heads(bulletin)],
        "categories": _lines(bulletin),
        "foot": [
            " ".join(word for word in (bulletin.issuer, bulletin.document_number) if word),
            f"{state}　数据时点{phrase.moment(bulletin.known_at)}　{phrase.witness(bulletin)}",
        ],
    }
    return _set("picture", data, "png")[0]


def _below(bulletin: Bulletin) -> list[str]:
    if bulletin.without_score:
        return [*filter(None, [phrase.without_package(bulletin)])]
    told = ["升降为与上月名次相比的位次。", *filter(None, [phrase.without_package(bulletin)])]
    return [*told, *score_words.all_effects(bulletin), *filter(None, [score_words.open_items(bulletin)])]


def _heads(bulletin: Bulletin) -> tuple[str, str, str]:
    """What stands over the county's figures."""
    if bulletin.points is not None:
        return ("满分", "平均得分", "得分最少的")
    return ("累计", "完成率", "") if bulletin.without_score else ("完成率", "与序时差", "落后的")


def _lines(bulletin: Bulletin) -> list[dict[str, object]]:
    if bulletin.points is not None:
        return _marked(bulletin)
    return _told(bulletin) if bulletin.without_score else _rated(bulletin)


def _rated(bulletin: Bulletin) -> list[dict[str, object]]:
    """How the county stands in each category."""
    return [
        {
            "title": category.title,
            "rate": wording.percent(category.total_rate),
            "gap": wording.lead(category.gap) if category.gap is not None else wording.NOTHING,
            "colour": "behind" if category.gap is not None and category.gap < 0 else "first",
            "last": "、".join(bulletin.town(one.town).short for one in findings.field_of(category).lagging),
        }
        for category in findings.scored(bulletin)
    ]


def _marked(bulletin: Bulletin) -> list[dict[str, object]]:
    """The same where points are given: full marks, the mean, and who has least."""
    categories = score_words.by_category(bulletin)
    full = wording.marks_column([each.category.full for each in categories])
    means = wording.marks_column([each.mean for each in categories])
    return [
        {
            "title": each.category.title,
            "rate": asked,
            "gap": mean,
            "colour": "normal",
            "last": "、".join(bulletin.town(code).short for code in each.least),
        }
        for each, asked, mean in zip(categories, full, means, strict=True)
    ]


def _told(bulletin: Bulletin) -> list[dict[str, object]]:
    """The county's figures where there are no scores."""
    return [
        {
            "title": table.short,
            "rate": f"{wording.amount(table.whole.done, table.unit)}{wording.shown_unit(table.unit)}",
            "gap": wording.percent(table.total.rate),
            "colour": "normal",
            "last": "",
        }
        for category in bulletin.categories
        for table in category.indicators
        if phrase.says_anything(table)
    ]


def _ranked(bulletin: Bulletin) -> dict[str, object]:
    """The bars, the lines across them and what colours and lines mean; nothing where there are no scores. All bars have
    one scale, which ends at full marks or behind who has more."""
    if bulletin.without_score:
        return {"towns": [], "pace": None, "legend": []}
    leaders = {one.town for one in findings.overall(bulletin).leaders}
    full = {row.town: _full(bulletin, row.town) for row in bulletin.scores}
    scale = max(1, *full.values(), *(row.score or 0 for row in bulletin.scores))
    paced = bulletin.by_rates and score_words.paced(bulletin)
    legend = [("first", "居前", bool(leaders)), ("behind", "落后", bool(bulletin.laggards)), ("normal", "其余", True)]
    legend.append(("pace", "序时进度", paced))
    asked_of_all = {*full.values()}
    legend.append(("full", f"满分{wording.marks(asked_of_all.pop())}分" if len(asked_of_all) == 1 else "满分", True))
    return {
        "towns": [_town(bulletin, row, leaders, scale, full[row.town]) for row in bulletin.scores],
        "pace": float(bulletin.pace * FULL / scale) if paced else None,
        "legend": [{"sign": sign, "told": told} for sign, told, asked in legend if asked],
    }


def _full(bulletin: Bulletin, town: str) -> Fraction:
    """What a unit could have had."""
    return Fraction(FULL) if bulletin.points is None else bulletin.points.row(town).full


def _town(
    bulletin: Bulletin, row: ScoreRow, leaders: Collection[str], scale: Fraction | int, full: Fraction
) -> dict[str, object]:
    return {
        "rank": wording.NOTHING if row.rank is None else str(row.rank),
        "name": bulletin.town(row.town).short,
        "share": float(max(0, row.score or 0) / scale),
        "full": float(full / scale),
        "score": wording.score(row.score),
        "open": score_words.mark(bulletin, row.town).strip("（）") if row.score is not None else "",
        "moved": shown(row.moved, "move"),
        "first": row.town in leaders,
        "behind": row.town in bulletin.laggards,
    }


def _sheet(whole: Sheet, across: int, along: int = 0, *, compact: bool = False) -> dict[str, object]:
    bars = whole.bars
    zone = 0 if bars is None else round(across * BARS)
    page = fitted(whole, across - zone, along, compact=compact)
    sheet = page.sheet
    rows = [(row.cells, row.behind, False) for row in sheet.rows]
    if sheet.total is not None:
        rows.append((sheet.total, False, True))
    return {
        "title": sheet.title,
        "left": sheet.left,
        "right": sheet.right,
        "heads": [
            [{"title": cell.title, "columns": cell.columns, "lines": cell.lines} for cell in line]
            for line in head_lines(sheet.heads)
        ],
        "align": [head.align for head in sheet.heads],
        "widths": page.widths,
        "size": page.size,
        "bars": bars
        and {
            "title": bars.title,
            "width": zone,
            "lengths": [float(length or 0) for length in bars.lengths],
            "line": None if bars.line is None else float(bars.line),
        },
        "air": (page.line / 20 - page.size) / 2,
        "rows": [
            {
                "cells": [printed(value, head) for value, head in zip(cells, sheet.heads, strict=True)],
                "behind": behind,
                "total": total,
            }
            for cells, behind, total in rows
        ],
        "notes": wording.numbered(sheet.notes),
        "below": sheet.below and _sheet(sheet.below, across),
    }


def _set(name: str, data: Mapping[str, object], chosen: str) -> list[bytes]:
    """A document, or its pages where they are to be pictures."""
    fonts, roles = _fonts()
    import typst

    inputs = {"data": json.dumps({**data, "fonts": roles}, ensure_ascii=False)}
    picture = chosen == "png"
    made: bytes | list[bytes] = typst.compile(
        HERE / f"{name}.typ",
        root=HERE,
        format="png" if picture else "pdf",
        ppi=SHARPNESS[name] if picture else None,
        font_paths=fonts,
        sys_inputs=inputs,
        pdf_tags=_lines_of(data) <= TAGGED,
    )
    return made if isinstance(made, list) else [made]


def _lines_of(data: Mapping[str, Any]) -> int:
    return sum(len(sheet["rows"]) for sheet in (*data.get("annexes", ()), *data.get("sheets", ())))


@cache
def _fonts() -> tuple[typst.Fonts, dict[str, list[str]]]:
    """This computer's fonts, and which of them stand for each face. Raises `Refused` E622, E623."""
    try:
        import typst
    except ImportError as error:
        raise refused("E622") from error
    fonts = typst.Fonts(include_embedded_fonts=False)
    there = set(fonts.families())
    anything = [name for name in ANY_FONT if name in there]
    roles = {role: [*(name for name in names if name in there), *anything] for role, names in FONTS.items()}
    if not all(roles.values()):
        raise refused("E623")
    return fonts, roles
