"""A sheet as a table of a Word document (w:tbl), over the whole width of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import escape

from anjian_cli.render.office.fitting import LOWEST, fitted, touches
from anjian_cli.render.office.xml_text import UNPRINTABLE
from anjian_cli.render.paper import Bars, Head, Row, Sheet, printed

BEHIND, HEADING = "FCE4E4", "F2F2F2"
BAR, BAR_BEHIND, LINE = "6F9BD1", "D98880", "C00000"
BARS, STEPS = 0.45, 50
"""Bars take so much of a table's width, in so many steps: a table of Word has 63 columns at most."""
NO_LEFT, NO_RIGHT = '<w:left w:val="nil"/>', '<w:right w:val="nil"/>'
HEAD_SMALLER = 1
"""Points: so that （家） stands on one line of a narrow column."""
GAP = '<w:{} w:val="single" w:sz="24" w:color="FFFFFF"/>'
WITH_NOTES = 2
"""So many lines of a table stay with its notes."""
APART = 60
"""Words stand so far from the line before them (twentieths of a point) where a number would touch them."""


def tables(sheet: Sheet, across: int, along: int = 0, *, compact: bool = False) -> str:
    """A sheet as a w:tbl `across` twentieths of a point wide, and the one below it under its title. `along` is the
    height of its page, 0 where it may go over as many as it likes."""
    if sheet.below is None:
        return table(sheet, across, along, compact=compact)
    below = sheet.below
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{across}"/></w:tabs>'
    return "".join(
        (
            table(sheet, across, along),
            _paragraph("附件标题", _run(below.title)),
            _paragraph("附件表头说明", f"{_run(below.left)}<w:r><w:tab/></w:r>{_run(below.right)}", tab),
            table(below, across),
        )
    )


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/>{more}</w:pPr>{runs}</w:p>'


def _run(text: str, look: str = "") -> str:
    words = escape(UNPRINTABLE.sub("", text))
    return f'<w:r>{look}<w:t xml:space="preserve">{words}</w:t></w:r>'


def table(whole: Sheet, across: int, along: int = 0, *, compact: bool = False) -> str:
    """A sheet as a w:tbl `across` twentieths of a point wide. Its first lines stand on every page it takes."""
    bars = whole.bars
    step = 0 if bars is None else round(across * BARS / STEPS)
    page = fitted(whole, across - step * STEPS, along, compact=compact)
    sheet, widths, size, tall = page.sheet, page.widths, page.size, page.line
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    air = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in [*widths, *([step] * STEPS if step else [])])
    lines = [(row, False) for row in sheet.rows]
    lines += [(Row(sheet.total), True)] if sheet.total is not None else []
    # The last lines go with the notes: no page has notes of a table that stands on another.
    last = len(lines) - WITH_NOTES if sheet.notes else len(lines)
    return "".join(
        (
            f'<w:tbl><w:tblPr><w:tblW w:w="{across}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{air}</w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            *_heading(sheet.heads, widths, size, _over(bars, step, size)),
            *(
                _line(sheet.heads, row, widths, size, tall, bold=total, keep=at >= last, bar=_bar(bars, at, step, row))
                for at, (row, total) in enumerate(lines)
            ),
            "</w:tbl>",
        )
    )


def _over(bars: Bars | None, step: int, size: float) -> list[str]:
    return [] if bars is None else [_cell(bars.title, step * STEPS, size - HEAD_SMALLER, head=True, span=STEPS)]


def _bar(bars: Bars | None, at: int, step: int, row: Row) -> list[str]:
    """A bar as shaded cells of a table, which all programs draw alike, cut where the line stands across it."""
    if bars is None:
        return []
    long = round((bars.lengths[at] or 0) * STEPS)
    line = STEPS if bars.line is None else round(bars.line * STEPS)
    ends = sorted({end for end in (long, line, STEPS) if end})
    cells = []
    for start, end in zip([0, *ends], ends, strict=False):
        colour = (BAR_BEHIND if row.behind else BAR) if end <= long else "FFFFFF"
        right = f'<w:right w:val="single" w:sz="12" w:color="{LINE}"/>' if end == line < STEPS else NO_RIGHT
        left = "" if start == 0 else NO_LEFT if start != line else ""
        above = GAP.format("top") if at else ""
        below = GAP.format("bottom") if at + 1 < len(bars.lengths) else ""
        borders = f"<w:tcBorders>{above}{left}{below}{right if end < STEPS else ''}</w:tcBorders>"
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{(end - start) * step}" w:type="dxa"/><w:gridSpan w:val="{end - start}"/>'
            f'{borders}<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/></w:tcPr>'
            '<w:p><w:pPr><w:pStyle w:val="分节"/></w:pPr></w:p></w:tc>'
        )
    return cells


def _heading(heads: Sequence[Head], widths: Sequence[int], size: float, over: Sequence[str] = ()) -> Iterator[str]:
    """One line, or two where columns share a heading."""
    size -= HEAD_SMALLER
    if not any(head.group for head in heads):
        titles = (_cell(head.title, width, size, head=True) for head, width in zip(heads, widths, strict=True))
        yield _row([*titles, *over], True)
        return
    upper, lower = [], []
    columns = list(zip(heads, widths, strict=True))
    for group, found in groupby(columns, key=lambda column: column[0].group):
        members = list(found)
        if group:
            width = sum(width for _, width in members)
            upper.append(_cell(group, width, size, head=True, span=len(members)))
            lower += [_cell(head.title, width, size, head=True) for head, width in members]
        else:
            upper += [_cell(head.title, width, size, head=True, merge="restart") for head, width in members]
            lower += [_cell("", width, size, head=True, merge="continue") for _, width in members]
    yield _row(upper, True)
    yield _row(lower, True)


def _line(
    heads: Sequence[Head],
    row: Row,
    widths: Sequence[int],
    size: float,
    tall: int,
    *,
    bold: bool = False,
    keep: bool = False,
    bar: Sequence[str] = (),
) -> str:
    fill = BEHIND if row.behind else ""
    touching = touches(heads)
    cells = (
        _cell(printed(value, head), width, size, align=head.align, fill=fill, bold=bold, keep=keep, apart=apart)
        for head, value, width, apart in zip(heads, row.cells, widths, touching, strict=True)
    )
    return _row([*cells, *bar], tall=tall)


def _row(cells: Iterable[str], head: bool = False, tall: int = LOWEST) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{tall}" w:hRule="atLeast"/>{repeated}</w:trPr>'
        f"{''.join(cells)}</w:tr>"
    )


def _cell(
    text: str,
    width: int,
    size: float,
    *,
    head: bool = False,
    align: str = "center",
    fill: str = "",
    bold: bool = False,
    span: int = 1,
    merge: str = "",
    keep: bool = False,
    apart: bool = False,
) -> str:
    style, fill = ("附件表列名", HEADING) if head else ("附件表文字", fill)
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    shaded = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    type_ = f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    run = _run(text, f"<w:rPr>{type_}</w:rPr>") if text else ""
    kept = "<w:keepNext/>" if keep else ""
    indent = f'<w:ind w:left="{APART}"/>' if apart else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}{shaded}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{indent}<w:jc w:val="{align}"/></w:pPr>{run}</w:p></w:tc>'
    )
