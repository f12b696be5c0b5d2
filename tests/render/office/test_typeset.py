"""What typst sets says what its values say, and takes no word of them for its own language."""

from __future__ import annotations

import io
import re
import struct
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from anjian_cli.bulletin import phrase, wording
from anjian_cli.bulletin.notice import Notice, Paragraph, Section, notice
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.errors import Refused
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.office import typeset
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.paper import Paper, Sheet, shown
from support.bulletin_builder import SEEDS, bulletin
from support.points_builder import scored, unscored
from support.sweeps import sweep

pytestmark = pytest.mark.unmeasured  # the commands' tests measure what setting takes
lacking = typeset.missing()
sets = pytest.mark.skipif(lacking is not None, reason=str(lacking))
HOSTILE = '#let x = 1; *粗* _斜_ $a^2$ [x] \\ "引" <标> @注 // 不是注释'


def pages(pdf: bytes) -> list[str]:
    """The text of every page without its spaces: words are broken into lines anywhere."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def rows(sheet: Sheet) -> list[str]:
    cells = [*(row.cells for row in sheet.rows), *([sheet.total] if sheet.total else [])]
    return [
        bare("".join(shown(value, head.kind) for value, head in zip(row, sheet.heads, strict=True))) for row in cells
    ]


@sets
def test_only_a_long_letter_does_without_what_is_read_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    found = bulletin(0)
    letter, sheets = notice(found), annexes(found)
    tagged = typeset.letter(letter, sheets)
    monkeypatch.setattr(typeset, "TAGGED", sum(len(sheet.rows) for sheet in sheets))  # and a line of totals each
    bare_one = typeset.letter(letter, sheets)
    assert [b"/StructTreeRoot" in made for made in (tagged, bare_one)] == [True, False]
    assert pages(bare_one) == pages(tagged)
    assert len(bare_one) < len(tagged)


@sets
@sweep("seed", SEEDS[:3], keep=2)
def test_the_letter_is_all_there_in_order(seed: int) -> None:
    found = bulletin(seed)
    letter, sheets = notice(found), annexes(found)
    set_ = typeset.letter(letter, sheets)
    assert set_ == typeset.letter(letter, sheets)
    told = pages(set_)
    assert len(told) % 2 == 0
    assert told[-1].startswith(bare(letter.mark) + bare(letter.signature) if not letter.copies else bare(letter.mark))
    within = "".join(told)
    at = 0
    parts = [letter.letterhead, letter.number, *letter.title, letter.opening[:10]]
    for section in letter.sections:
        parts += [section.title, *(paragraph.heading for paragraph in section.paragraphs)]
    parts += [*letter.attachments, letter.signature]
    for sheet in sheets:
        parts += [sheet.title, sheet.left, *rows(sheet), *(note[:12] for note in sheet.notes)]
    for part in parts:
        at = within.index(bare(part), at)
    assert wording.numbered(letter.attachments)[0] in within


@sets
def test_figures_of_a_category_stand_below_its_points() -> None:
    found = scored(items=9)
    sheets = annexes(found)
    within, at = "".join(pages(typeset.letter(notice(found), sheets))), 0
    for part in ("附件1", *(part for sheet in sheets[1:4] for part in (sheet.title, *_below(sheet), sheet.notes[-1]))):
        at = within.index(bare(part), at + 1)


def _below(sheet: Sheet) -> list[str]:
    assert sheet.below is not None
    return [sheet.below.title, sheet.below.heads[2].group, *rows(sheet.below)]


@sets
def test_every_page_has_its_number_and_mark_but_the_one_that_is_empty() -> None:
    found = bulletin(1)
    told = pages(typeset.letter(notice(found), annexes(found)))
    letter = notice(found)
    for number, page in enumerate(told, 1):
        if page:
            assert bare(letter.mark) in page
            assert f"—{number}—" in page
    empty = [number for number, page in enumerate(told, 1) if not page]
    assert empty in ([], [len(told) - 1])
    issued = replace(letter, mark="", signed_on="2018年11月5日")
    assert all("核对稿" not in page for page in pages(typeset.letter(issued, annexes(found))))


@sets
def test_the_page_that_is_signed_has_text() -> None:
    """However long the letter is: the last paragraph goes with the signature, and none of its lines stays alone."""
    letter = replace(notice(bulletin(1)), attachments=(), signature="某办署名")
    with_signature = set()
    for lines in range(12, 30):
        filling = tuple(Paragraph("", f"第{at}行。") for at in range(lines))
        sections = (Section("一、总体", (*filling, Paragraph("", "最后一段。" * 20))),)
        told = pages(typeset.letter(replace(letter, sections=sections), []))
        (at,) = [at for at, page in enumerate(told[:-1]) if "某办署名" in page]
        assert told[at].count("最后一段。") >= 5
        with_signature.add(at)
    assert with_signature == {1, 2}


@sets
def test_every_part_stands_in_its_place_and_what_is_not_told_leaves_nothing() -> None:
    sections = (Section("一、总体", (Paragraph("（一）重点。", "进度。"), Paragraph("", "另起。"))),)
    whole = Notice(
        "某办文件", "某办〔2018〕1号", ("某办关于", "进展的通报"), "各镇", "现通报如下。", sections, ("甲表", "乙表"),
        "某办署名", "2018年11月5日", "（联系人：某人）", "抄送：某局。", "2018年11月6日印发", "核对标记",
    )  # fmt: skip
    parts = [
        whole.letterhead,
        whole.number,
        *whole.title,
        "各镇：",
        whole.opening,
        "一、总体",
        "（一）重点。进度。",
        "另起。",
    ]
    parts += ["附件：1.甲表", "2.乙表", whole.signature, whole.signed_on, whole.contact, whole.copies, whole.signature]
    within = "".join(pages(typeset.letter(whole, [])))
    at = 0
    for part in [*parts, whole.printed_on]:
        at = within.index(part, at) + len(part)
    told = ("各镇：", "11月5日", "联系人", "抄送", "印发")
    for at, left_out in enumerate(
        (
            replace(whole, recipients=""),
            replace(whole, signed_on=""),
            replace(whole, contact=""),
            replace(whole, copies=""),
            replace(whole, printed_on=""),
        )
    ):
        within = "".join(pages(typeset.letter(left_out, [])))
        assert [part for part in told if part not in within] == [told[at]]
    assert "附件：甲表" in "".join(pages(typeset.letter(replace(whole, attachments=("甲表",)), [])))


@sets
def test_no_word_is_taken_for_markup() -> None:
    letter = Notice(
        "头", HOSTILE, (HOSTILE,), HOSTILE, HOSTILE, (), (HOSTILE,), HOSTILE, "", HOSTILE, HOSTILE, "", HOSTILE
    )
    sheet = replace(annexes(bulletin(1))[0], title=HOSTILE, left=HOSTILE, notes=(HOSTILE, HOSTILE))
    within = "".join(pages(typeset.letter(letter, [sheet])))
    assert within.count(bare(HOSTILE)) >= 12
    paper = Paper(HOSTILE, HOSTILE, (HOSTILE,), (sheet,), (HOSTILE,))
    assert "".join(pages(typeset.paper(paper, "pdf"))).count(bare(HOSTILE)) >= 8


@sets
@pytest.mark.parametrize("landscape", [True, False])
def test_a_paper_as_pages_and_as_one_picture(landscape: bool) -> None:
    sheet = annexes(bulletin(2))[0]
    paper = Paper("题目", "核对稿", ("前一句。",), (sheet, replace(sheet, title="")), ("后一句。",), landscape)
    set_ = typeset.paper(paper, "pdf")
    size = PdfReader(io.BytesIO(set_)).pages[0].mediabox
    assert (size.width > size.height) == landscape
    within = "".join(pages(set_))
    for part in ("题目", "前一句。", sheet.title, *rows(sheet), "后一句。"):
        assert bare(part) in within
    assert within.count(bare(sheet.title)) == 1
    width, height = measured(typeset.paper(paper, "png"))
    assert width == round((297 if landscape else 210) / 25.4 * 144)
    assert height > width / 2


def measured(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@sets
def test_the_picture_is_as_wide_as_a_telephone_and_grows_with_the_towns() -> None:
    found = bulletin(1)
    picture = typeset.picture(found)
    assert picture == typeset.picture(found)
    width, height = measured(picture)
    assert width == 390 * 3
    fewer = replace(found, scores=found.scores[:2])
    assert measured(typeset.picture(fewer))[1] < height


@sets
@sweep("seed", SEEDS[:4], keep=2)
def test_the_picture_names_every_town_with_its_place_and_score(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    real = typst.compile

    def as_pages(source: Any, **options: Any) -> bytes:
        made: bytes = real(source, **{**options, "format": "pdf", "ppi": None})
        return made

    monkeypatch.setattr(typst, "compile", as_pages)
    found = bulletin(seed)
    within = "".join(pages(typeset.picture(found)))
    at = 0
    for row in found.scores:
        moved = None if row.rank is None or row.last_rank is None else row.last_rank - row.rank
        rank = "—" if row.rank is None else str(row.rank)
        told = f"{rank}{found.town(row.town).short}{wording.score(row.score).replace('－', '—')}{shown(moved, 'move')}"
        at = within.replace("－", "—").index(bare(told.replace("－", "—")), at)
    for category in found.categories:
        assert not category.scored or bare(category.title + wording.percent(category.total_rate)) in within
    assert bare(notice(found).mark) in within
    assert bare(phrase.witness(found)) in within


def handed(found: Bulletin, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The data that the picture is set from."""
    data: dict[str, Any] = {}
    monkeypatch.setattr(typeset, "_set", lambda _, told, __: data.update(told) or [b""])
    typeset.picture(found)
    return data


@sweep("seed", SEEDS[:3], keep=2)
def test_bars_of_the_picture_have_one_scale_with_pace_and_full_marks_across(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = bulletin(seed)
    data = handed(found, monkeypatch)
    assert data["pace"] == pytest.approx(float(found.pace))
    for row, town in zip(found.scores, data["towns"], strict=True):
        assert town["share"] == pytest.approx(float(row.score or 0) / 100)
        assert (town["full"], town["behind"], town["open"]) == (1, row.town in found.laggards, "")
    legend = {each["sign"]: each["told"] for each in data["legend"]}
    assert ("behind" in legend) == bool(found.laggards)
    assert (legend["pace"], legend["full"], legend["normal"]) == ("序时进度", "满分100分", "其余")


def test_a_picture_of_points_has_full_marks_and_no_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    found = scored()
    assert found.points is not None
    data = handed(found, monkeypatch)
    assert data["pace"] is None
    assert {each["sign"] for each in data["legend"]} >= {"full", "behind"}
    assert not {each["sign"] for each in data["legend"]} & {"pace"}
    most = max(*(row.full for row in found.points.rows), *(row.score or 0 for row in found.scores))
    for row, town in zip(found.scores, data["towns"], strict=True):
        points = found.points.row(row.town)
        assert town["share"] == pytest.approx(float((row.score or 0) / most))
        assert town["full"] == pytest.approx(float(points.full / most))
        assert (town["open"] == "暂计") == (points.provisional and row.score is not None)
        assert "暂计" not in town["score"]
    none = handed(unscored(), monkeypatch)
    assert (none["towns"], none["legend"], none["pace"]) == ([], [], None)


@pytest.fixture
def no_fonts_remembered() -> Iterator[None]:
    typeset._fonts.cache_clear()
    yield
    typeset._fonts.cache_clear()


@pytest.mark.usefixtures("no_fonts_remembered")
def test_without_the_typesetter_or_a_chinese_font_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    typst = pytest.importorskip("typst")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "typst", None)
        with pytest.raises(Refused) as caught:
            typeset.picture(bulletin(1))
        assert caught.value.faults[0].code == "E622"
        assert str(typeset.missing()) == str(caught.value)

    class Latin:
        def __init__(self, **_: object) -> None: ...

        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    monkeypatch.setattr(typst, "Fonts", Latin)
    with pytest.raises(Refused) as caught:
        typeset.picture(bulletin(1))
    assert caught.value.faults[0].code == "E623"
