"""Who issues is printed by the month: an office that was renamed prints old months under the old name."""

from __future__ import annotations

import io

import docx
import pytest

from anjian_cli.bulletin.evidence import Evidence
from anjian_cli.bulletin.period import ended
from anjian_cli.render import formats
from anjian_cli.render.formats import DataFormat, DocumentFormat, Material
from support.bulletin_ledger import Book

OLD, NEW = "示例县安全生产监督管理局", "示例县应急管理局"


@pytest.fixture(scope="module")
def renamed() -> Book:
    book = Book()
    book.setting("issuer", OLD, "2018-01-01")
    book.setting("issuer", NEW, "2019-03-20")
    return book


def printed(name: str, book: Book, year: int, month: int) -> str:
    found, one = book.bulletin(ended(year, month)), formats.BY_NAME[name]
    if isinstance(one, DataFormat):
        return one.of_bulletin(found, None)
    assert isinstance(one, DocumentFormat)
    made = one.of_bulletin(Material(found, Evidence()), None)
    if name == "html":
        return made.decode()
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)


@pytest.mark.parametrize("name", ["json", "html", "docx"])
@pytest.mark.parametrize(
    ("year", "month", "own", "other"), [(2018, 10, OLD, NEW), (2019, 2, OLD, NEW), (2019, 3, NEW, OLD)]
)
def test_a_month_bears_the_name_of_its_last_day(
    renamed: Book, name: str, year: int, month: int, own: str, other: str
) -> None:
    said = printed(name, renamed, year, month)
    assert own in said
    assert other not in said
