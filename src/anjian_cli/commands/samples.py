"""What `anjian demo --samples` makes: a folder with a demonstration, what comes out of it, and a page that shows it.

What is shown is made by the commands that the page names, in that ledger and on its day, so that none can be shown
which the program does not make.
"""

from __future__ import annotations

import io
import shutil
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli import __version__
from anjian_cli.commands import direct, params, words
from anjian_cli.render import destination, formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from anjian_cli.commands.session import Session
    from anjian_cli.errors import Refused
    from anjian_cli.render.office.samples import Picture, Sample, Table

INDEX = "index.html"
LEDGER = "anjian-demo.db"
PICTURES = "图"
MONTH = (2018, 10)
TOWN = "330784115"
SET = "通报 10 -o 印发"
ROWS = 12
"""So many rows of a workbook's sheet are shown."""
SHEETS = 2
"""So many sheets of a workbook are shown; the others are named."""
LETTER, ANNEXES = "通报.docx", "附件.xlsx"
LEADERS_PAGE, INTERNAL = "领导一页纸.docx", "内部_核对与欠账.xlsx"


class _Made(NamedTuple):
    """A sample that a command makes: what it is, who needs it, the line without the program's name. Of a paper (.docx)
    the same line makes the picture."""

    title: str
    said: str
    line: str


ON_THE_SCREEN = (
    _Made("概况", "经办人每天先看：本期通报还差几步，到期、逾期、存疑各多少，下一步做什么。", "概况"),
    _Made("待办", "经办人每周看：到期和逾期的，最后一列是办它的命令。", "待办 7"),
    _Made("屏幕上的通报", "经办人月初看：名次、谁落后；各类的表在后面。", "通报 10 --简"),
    _Made("明细", "镇里问“为什么只有这么多”时用：计入的、没有计入的和原因。", "明细 10-芝英-涉氨"),
    _Made("名次为什么是这样", "镇里问“凭什么是这个名次”时用；领导约谈前也看。", "明细 10 芝英 排名"),
    _Made("催报", "月报没报的，贴到群里就能用。", "文书 催报"),
)
PAPERS = (
    _Made("行动挂图", "领导看行动到了哪一步、哪个镇还差多少；挂在墙上。", "行动 挂图 百日 -o 行动挂图.docx"),
    _Made("督办通知书", "发给一个镇：逾期没办的事，限期办结。", "文书 督办 --镇街 芝英 -o 督办通知书.docx"),
    _Made(
        "约谈通知书",
        "发给落后的镇：名次和低于序时进度的类别，时间、地点手写。",
        "文书 约谈 --镇街 花街 --月份 10 -o 约谈通知书.docx",
    ),
    _Made("一企一档", "查一家企业：属地、隐患、检查、托管、待办，一页。", "企业 档案 示例0472 -o 企业档案.docx"),
)
FORMS = (
    _Made("待办回填单", "发给镇：到期和逾期的，一行一件，填好发回就办了。", "待办 --镇街 芝英 -o 待办回填单.xlsx"),
    _Made(
        "上门服务登记表",
        "发给中介机构：一行是一次应做的服务，去过的填上。",
        "待办 60 --机构 示例甲 -o 上门服务登记表.xlsx",
    ),
    _Made("隐患登记表", "发给镇的空表：带下拉和说明，企业已经列好。", "隐患 空表 --镇街 芝英 -o 隐患登记表.xlsx"),
)
OF_THE_SET: Mapping[str, tuple[str, str]] = {
    LETTER: ("通报", "发各镇、报领导：公文格式的全文，后面是附件；Word里可以改版式、改字句。"),
    "通报.pdf": ("通报（PDF）", "打印、报送：和 Word 的一样，不会再变样。"),
    ANNEXES: ("附件（Excel）", "镇里、领导要数字的：排名在最前，合计是公式。"),
    "网页.html": ("网页", "谁都能看，手机上也行，不联网：点开一个数字，就是组成它的记录。"),
    "群图.png": ("群图", "发到工作群：名次和得分的横条，虚线是序时进度，落后的是红色。"),
    LEADERS_PAGE: ("领导一页纸", "会前给领导：排名，各类和上年同期，三个问题，三条建议。"),
    "群通知.txt": ("群通知", "和群图一起发的文字。"),
    INTERNAL: ("内部：核对与欠账", "经办人自己用，不下发：镇报数和台账数逐项核对，谁欠什么。"),
    "内部_发文稿纸.docx": ("内部：发文稿纸", "送签用：标题、主送、附件已填好，签发、核稿手写。"),
}
"""What of the set is shown: title and sentence by the end of its name. The towns' workbooks follow."""
OF_A_TOWN = ("一个镇的核对表", "定稿以前发给镇核对：本镇的数字、名次和未完成企业名单，每镇一份。")


def make(session: Session, folder: Path) -> Refused | None:
    """Make the folder with its ledger, files and page; returns why there are no pictures, None where there are. Where
    anything is refused, or it is broken off, nothing of it stays. Raises as the commands do, and `Refused` E601, E631.
    """
    from anjian_cli.demonstration import build
    from anjian_cli.render.office import typeset
    from anjian_cli.render.office.samples import samples_page

    was_there = folder.exists()
    destination.folder(folder)
    try:
        build.make(folder / LEDGER, at=session.now(), actor=session.actor, program_version=__version__)
        desk = copy(session)
        desk.db, desk.business_day = str(folder / LEDGER), build.TODAY
        desk.terminal = desk.colour = desk.paging = False
        lacking = typeset.missing()
        pictures = _Pictures(folder) if lacking is None else None
        groups = {
            "整套：一期通报": list(_of_set(desk, folder, pictures)),
            "公文和图": [_paper(desk, folder, one, pictures) for one in PAPERS],
            "回填单、登记表": [_form(desk, folder, one) for one in FORMS],
            "屏幕上": [_screen(desk, one) for one in ON_THE_SCREEN],
        }
        page = samples_page(groups, LEDGER, str(lacking) if lacking is not None else "")
        destination.write(page.encode(), folder / INDEX)
    except BaseException:  # Ctrl-C, too: half a folder of samples is none, and would hinder the next run
        for made in list(folder.iterdir()):
            if made.is_dir():
                shutil.rmtree(made)
            else:
                made.unlink()
        if not was_there:
            folder.rmdir()
        raise
    return lacking


class _Pictures:
    """Where pictures of pages go: a folder of the samples."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, pages: Sequence[bytes]) -> tuple[Picture, ...]:
        """Write the pages of a document (PNG)."""
        destination.folder(self._folder / PICTURES)
        found = []
        for number, page in enumerate(pages, 1):
            where = f"{PICTURES}/{name}{number if len(pages) > 1 else ''}.png"
            destination.write(page, self._folder / where)
            found.append(_picture(where, page))
        return tuple(found)

    def of(self, path: Path) -> tuple[Picture, ...]:
        """A picture that is in the folder."""
        return (_picture(path.relative_to(self._folder).as_posix(), path.read_bytes()),)


def _of_set(desk: Session, folder: Path, pictures: _Pictures | None) -> Iterator[Sample]:
    """The files of a bulletin, of the towns' workbooks one, as `-o FOLDER` writes them."""
    from anjian_cli.bulletin.compile import compile_bulletin
    from anjian_cli.bulletin.evidence import evidence
    from anjian_cli.bulletin.notice import notice
    from anjian_cli.bulletin.period import period
    from anjian_cli.render.office import issue_set, typeset
    from anjian_cli.render.office.annex import annexes
    from anjian_cli.render.office.internal_sheets import internal_sheets
    from anjian_cli.render.office.one_page import one_page
    from anjian_cli.render.office.samples import Sample, table
    from anjian_cli.render.office.town_sheets import town_paper

    with desk.read() as connection:
        found = compile_bulletin(connection, period(*MONTH, desk.today))
        material = formats.Material(found, evidence(connection, found, records=True))
    drawn = {
        LETTER: lambda: typeset.letter_pages(notice(found), annexes(found)),
        LEADERS_PAGE: lambda: [typeset.png_of_paper(one_page(found, material.evidence.tasks))],
    }
    behind = material.evidence
    sheets = {
        ANNEXES: annexes(found),
        INTERNAL: internal_sheets(found, behind.owing, behind.reported, behind.tasks),
        "": town_paper(found, TOWN, behind.of(TOWN)).sheets,
    }
    into = folder / SET.rpartition(" ")[2]
    of_town = found.town(TOWN).name
    for (*parts, name), content in issue_set.issue_set(material, typesetter=pictures is not None):
        end = next((end for end in OF_THE_SET if name.endswith(end)), "")
        if not (name.startswith(of_town) if parts else end):
            continue
        path = into.joinpath(*parts, name)
        destination.folder(path.parent)
        destination.write(content(), path)
        sample = _shown(Sample(*(OF_THE_SET[end] if end else OF_A_TOWN), SET), path, folder)
        if path.suffix == ".xlsx":
            sample = _with(sample, [table(sheet, ROWS) for sheet in sheets[end]])
        if pictures is not None and end in drawn:
            sample = sample._replace(pictures=pictures.keep(end.partition(".")[0], drawn[end]()))
        yield sample


def _paper(desk: Session, folder: Path, made: _Made, pictures: _Pictures | None) -> Sample:
    from anjian_cli.render.office.samples import Sample

    sample = _shown(Sample(*made), _written(desk, folder, made.line), folder)
    if pictures is None:
        return sample
    picture = _written(desk, folder, made.line.replace(".docx", ".png"))
    return sample._replace(pictures=pictures.of(picture))


def _form(desk: Session, folder: Path, made: _Made) -> Sample:
    from anjian_cli.render.office.samples import Sample

    path = _written(desk, folder, made.line)
    return _with(_shown(Sample(*made), path, folder), _sheets(path))


def _screen(desk: Session, made: _Made) -> Sample:
    from anjian_cli.render.office.samples import Sample

    said = _run(desk, made.line.split())
    return Sample(*made, text=said.replace(str(desk.ledger().resolve()), LEDGER).replace(str(desk.ledger()), LEDGER))


def _written(desk: Session, folder: Path, line: str) -> Path:
    """The file that a line writes, put into the folder."""
    *before, name = line.split()
    path = folder / name
    _run(desk, [*before, str(path.absolute())])  # a relative one may begin as options do
    return path


def _run(desk: Session, argv: Sequence[str]) -> str:
    """What a command says on the screen. Raises as the command."""
    desk = copy(desk)
    desk.out, desk.err = io.StringIO(), io.StringIO()
    call = direct.read(words.normalise(argv))
    assert call is not None, argv
    call.function(params.Context(desk), **call.given)
    return desk.out.getvalue()


def _shown(sample: Sample, path: Path, folder: Path) -> Sample:
    """A sample with its file, and what can be shown of that as it is."""
    where = path.relative_to(folder).as_posix()
    sample = sample._replace(file=where)
    match path.suffix:
        case ".txt":
            return sample._replace(text=path.read_text(encoding="utf-8"))
        case ".html":
            return sample._replace(frame=where)
        case ".png":
            return sample._replace(pictures=(_picture(where, path.read_bytes()),))
    return sample


def _sheets(path: Path) -> list[Table]:
    """The sheets of a form as the program reads them back, text by text."""
    from anjian_cli.exchange import reader
    from anjian_cli.render.office.samples import Table
    from anjian_cli.render.paper import HeadCell

    found = []
    for sheet in reader.read(path):
        rows = [[cell.strip() for cell in cells] for _, cells in sheet.rows]
        width = max(map(len, rows), default=0)
        if sheet.hidden or width <= 1:  # of one column are the sheets that explain the others
            continue
        heads = next(at for at, cells in enumerate(rows) if sum(map(bool, cells)) * 2 > width)
        body = rows[heads + 1 :]
        above = ["　".join(filter(None, cells)) for cells in rows[:heads]]
        line = [HeadCell(cell, 1, 1) for cell in rows[heads]]
        found.append(Table(sheet.name, above, [line], body[:ROWS], len(body)))
    return found


def _with(sample: Sample, tables: Sequence[Table]) -> Sample:
    """A sample with the first tables of its workbook, and the names of the others."""
    return sample._replace(tables=tables[:SHEETS], more=[one.name for one in tables[SHEETS:]])


def _picture(where: str, content: bytes) -> Picture:
    """A PNG where it lies, with its width and height in pixels, which stand in its header."""
    from anjian_cli.render.office.samples import Picture

    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    return Picture(where, width, height)
