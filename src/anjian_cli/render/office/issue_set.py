"""The files that a bulletin goes out as: letter, annexes, the page, the ranking as a picture, the message for the
group, the leadership's page, the office's own lists and form of dispatch, a workbook a town. Values in, names and what
makes the bytes out; writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.chat import chat
from anjian_cli.bulletin.notice import notice
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render import formats
from anjian_cli.render.formats import Material
from anjian_cli.render.office.dispatch_form import NAME, dispatch_form
from anjian_cli.render.office.internal_sheets import internal_sheets
from anjian_cli.render.office.one_page import one_page
from anjian_cli.render.office.workbook import of_sheets

File = tuple[tuple[str, ...], Callable[[], bytes]]
"""Folders and name, and what makes its content."""

BULLETIN = (("通报", "docx"), ("通报", "pdf"), ("附件", "xlsx"), ("网页", "html"), ("群图", "png"))
"""What the bulletin is called in each format it goes out in."""
LEADERS_PAGE = ("docx", "pdf")


def issue_set(material: Material, *, typesetter: bool = True) -> Iterator[File]:
    """Everything at once, without a `typesetter` less what it would set. Made one by one, which raises `Refused` E620
    (the template), and E622 or E623 where there is no typesetter after all."""
    bulletin, evidence = material.bulletin, material.evidence
    month = _month(bulletin)
    for name, ending in BULLETIN:
        one = formats.document(ending)
        if typesetter or not one.typesetter:
            yield (f"{month}{name}.{one.ending}",), partial(one.of_bulletin, material, None)
    page = one_page(bulletin, evidence.tasks)
    for one in map(formats.document, LEADERS_PAGE):
        if typesetter or not one.typesetter:
            yield (f"{month}领导一页纸.{one.ending}",), partial(one.of_paper, page)
    yield (f"{month}群通知.txt",), lambda: f"{chat(bulletin)}\n".encode()
    internal = internal_sheets(bulletin, evidence.owing, evidence.reported, evidence.tasks)
    yield (f"{month}内部_核对与欠账.xlsx",), partial(of_sheets, bulletin, internal)
    letter = notice(bulletin)
    yield (f"{month}内部_{NAME}.docx",), partial(dispatch_form, letter, evidence.clerk)
    for parts, content in town_set(material):
        yield (f"各{bulletin.of or ('县' if bulletin.of_counties else '镇')}", *parts), content


def town_set(material: Material) -> Iterator[File]:
    """A workbook a town."""
    bulletin = material.bulletin
    kind = "情况表" if bulletin.state else "核对表"
    xlsx = formats.document("xlsx")
    for town in bulletin.towns:
        name = f"{town.name}{_month(bulletin)}{kind}.{xlsx.ending}"
        yield (name,), partial(xlsx.of_bulletin, material, town.code)


def seal_name(bulletin: Bulletin) -> str:
    """What the statement of the ledger's head (封存说明) is called in an issued set."""
    return f"{_month(bulletin)}封存说明.json"


def _month(bulletin: Bulletin) -> str:
    return f"{bulletin.month[:4]}年{phrase.month(bulletin)}月{bulletin.of}"
