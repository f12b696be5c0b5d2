"""One town out of a bulletin: its standing in words, and the bulletin with its figures alone."""

from __future__ import annotations

from anjian_cli.bulletin import score_words, tasks_in_all, wording
from anjian_cli.bulletin.value import Bulletin, Category, Filings
from anjian_cli.light_dataclasses import fields, replace


def narrowed(bulletin: Bulletin, code: str) -> Bulletin:
    """The bulletin with the rows and cells of one town only; the county's own figures stay. Raises KeyError."""
    return replace(
        bulletin,
        towns=(bulletin.town(code),),
        categories=tuple(_narrowed(category, code) for category in bulletin.categories),
        scores=tuple(row for row in bulletin.scores if row.town == code),
        laggards=_only(bulletin.laggards, code),
        corrections=tuple(found for found in bulletin.corrections if found.town == code),
        overdue_major=tuple(one for one in bulletin.overdue_major if one.town == code),
        points=None if bulletin.points is None else replace(bulletin.points, rows=(bulletin.points.row(code),)),
        major=tuple(one for one in bulletin.major if one.town == code),
        filings=None if bulletin.filings is None else _filings(bulletin.filings, code),
        late=tuple(one for one in bulletin.late if one.town == code),
    )


def standing(bulletin: Bulletin, code: str) -> str:
    """A town's score and place beside the others, in words; that there is none to give. Raises KeyError."""
    name = bulletin.town(code).name
    score = {row.town: row for row in bulletin.scores}[code]
    if bulletin.without_score:
        return f"{name}：按考核办法不计分、不排名次"
    called = score_words.score_name(bulletin)
    if score.score is None:
        late = "，没有报送报送包" if any(one.town == code for one in bulletin.late) else ""
        return f"{name}：没有评{called}{late}"
    last = f"（上月第{score.last_rank}名）" if score.last_rank is not None else ""
    ranked = sum(row.rank is not None for row in bulletin.scores)
    parts = [
        f"{name}：{called}{score_words.told(bulletin, code, score.score)}",
        f"{ranked}个中第{score.rank}名{last}" if score.rank is not None else f"不排名次{last}",
        *([f"{score.group}内第{score.group_rank}名"] if bulletin.scope and score.group_rank else []),
        f"{bulletin.whole_word}平均{score_words.mean_told(bulletin)}",
        f"参评{score.categories}类，任务{tasks_in_all.told(bulletin, code)}"
        if bulletin.points is None
        else _of_points(bulletin, code),
    ]
    return "，".join(parts)


def _of_points(bulletin: Bulletin, code: str) -> str:
    """What the total is out of, what of it is open, and the grade."""
    row = bulletin.points.row(code) if bulletin.points is not None else None
    if row is None:
        return ""
    still = f"，其中{wording.marks(row.open)}分待定" if row.open else ""
    grade = f"，等次{row.grade}" if row.grade else ""
    return f"可得{wording.marks(row.full)}分{still}{grade}"


def _only(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(found for found in codes if found == code)


def _filings(filings: Filings, code: str) -> Filings:
    return Filings(*(_only(getattr(filings, field.name), code) for field in fields(filings)))


def _narrowed(category: Category, code: str) -> Category:
    return replace(
        category,
        rows=tuple(row for row in category.rows if row.town == code),
        laggards=_only(category.laggards, code),
        indicators=tuple(
            replace(
                found,
                cells=tuple(cell for cell in found.cells if cell.town == code),
                other=None,
                laggards=_only(found.laggards, code),
                left_out=tuple(one for one in found.left_out if one.town == code),
            )
            for found in category.indicators
        ),
    )
