"""A bulletin, or a town's part of it, as the file of an office program, a page, or a picture. Values in, bytes out."""

from __future__ import annotations

from anjian_cli.bulletin.evidence import Evidence
from anjian_cli.bulletin.notice import mark, notice
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.town_sheets import town_paper, town_sheets
from anjian_cli.render.paper import Paper

TYPESET = ("pdf", "png")
"""What takes the typesetter and a Chinese font."""


def whole(bulletin: Bulletin, chosen: str, evidence: Evidence, template: bytes | None = None) -> bytes:
    """The letter (docx, pdf), the annexes (xlsx), the page or the ranking as a picture. `template` is the office's own
    for docx. Raises `Refused` E620 (the template) and E622, E623 (pdf, png)."""
    if chosen == "docx":
        from anjian_cli.render.office.letter import letter

        return letter(notice(bulletin), annexes(bulletin), template)
    if chosen == "xlsx":
        from anjian_cli.render.office.workbook import workbook

        return workbook(annexes(bulletin), mark(bulletin), preface=bulletin.rule)
    if chosen == "html":
        from anjian_cli.render.office.page import page

        return page(bulletin, annexes(bulletin), evidence.records).encode()
    from anjian_cli.render.office import typeset

    if chosen == "pdf":
        return typeset.letter(notice(bulletin), annexes(bulletin))
    return typeset.picture(bulletin)


def of_town(bulletin: Bulletin, code: str, chosen: str, evidence: Evidence) -> bytes:
    """A town's figures, places and enterprises. Raises KeyError, and `Refused` as `whole`."""
    owing = evidence.of(code)
    if chosen == "xlsx":
        from anjian_cli.render.office.workbook import workbook

        return workbook(town_sheets(bulletin, code, owing), mark(bulletin))
    paper = town_paper(bulletin, code, owing)
    if chosen == "html":
        from anjian_cli.render.office.page import town_page

        return town_page(bulletin, code, paper, evidence.records).encode()
    return of_paper(paper, chosen)


def of_paper(paper: Paper, chosen: str) -> bytes:
    """Any paper as docx, pdf or png. Raises `Refused` E622, E623 (pdf, png)."""
    if chosen == "docx":
        from anjian_cli.render.office import letter

        return letter.paper(paper)
    from anjian_cli.render.office import typeset

    return typeset.paper(paper, chosen)
