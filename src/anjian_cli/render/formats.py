"""What a bulletin, a town's part of it or any paper can come as: name, ending of the file, what it needs, who makes it.

One table. A new format is an entry here and a module that makes it; the makers are named, not imported, since most need
a library that takes longer to load than the bulletin takes to compile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from anjian_cli.light_dataclasses import dataclass

if TYPE_CHECKING:
    from anjian_cli.bulletin.evidence import Evidence
    from anjian_cli.bulletin.value import Bulletin
    from anjian_cli.render.paper import Paper
    from anjian_cli.render.screen.styled_lines import Line


@dataclass(frozen=True, slots=True)
class Material:
    """What a document is made of: a bulletin, what stands behind it, the office's own Word template (None = ours)."""

    bulletin: Bulletin
    evidence: Evidence
    template: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`name` is what --format takes, `ending` that of its files, without the dot. `whole` (a bulletin), `town` and
    `paper` name their makers, "folder.module:function" in `anjian_cli.render`; '' = there is none.

    `records`: it lists those behind every figure. `template`: it takes the office's own. `typesetter`: it takes typst
    and a Chinese font.
    """

    name: str
    ending: str
    whole: str
    town: str = ""
    paper: str = ""
    records: bool = False
    template: bool = False
    typesetter: bool = False


class ScreenFormat(Format):
    """Lines for a terminal or a pipe. Makers take the bulletin (and the town's code) or the paper, and the width."""

    def of_bulletin(self, found: Bulletin, code: str | None, width: int | None) -> list[Line]:
        """A bulletin, or what it says of the town `code`; `width` in columns, None = nothing is wrapped.
        Raises KeyError."""
        made: list[Line] = _maker(self.whole)(found, width) if code is None else _maker(self.town)(found, code, width)
        return made

    def of_paper(self, paper: Paper, width: int | None) -> list[Line]:
        """A paper."""
        made: list[Line] = _maker(self.paper)(paper, width)
        return made


class DataFormat(Format):
    """Text for programs. The maker takes the bulletin, of which a town's part is a smaller one."""

    def of_bulletin(self, found: Bulletin, code: str | None) -> str:
        """A bulletin, or what it says of the town `code`. Raises KeyError."""
        if code is not None:
            from anjian_cli.render.standing import narrowed

            found = narrowed(found, code)
        made: str = _maker(self.whole)(found)
        return made


class DocumentFormat(Format):
    """A file of an office program, a page or a picture. Makers take the material (and the town's code) or the paper."""

    def of_bulletin(self, material: Material, code: str | None) -> bytes:
        """A bulletin, or a town's figures, places and enterprises; as a paper where the format has nothing of its own
        for a town. Raises KeyError, and `Refused` E620 (the template), E622, E623 (the typesetter)."""
        if code is not None and not self.town:
            from anjian_cli.render.office.town_sheets import town_paper

            return self.of_paper(town_paper(material.bulletin, code, material.evidence.of(code)))
        made: bytes = _maker(self.whole)(material) if code is None else _maker(self.town)(material, code)
        return made

    def of_paper(self, paper: Paper) -> bytes:
        """A paper. Raises `Refused` E622, E623 (the typesetter)."""
        made: bytes = _maker(self.paper)(paper)
        return made


AnyFormat = ScreenFormat | DataFormat | DocumentFormat

FORMATS: tuple[AnyFormat, ...] = (
    ScreenFormat(
        name="table",
        ending="txt",
        whole="screen.bulletin_table:bulletin_table",
        town="screen.town:town_sheet",
        paper="screen.paper:paper_lines",
    ),
    DataFormat(name="csv", ending="csv", whole="data.bulletin_csv:bulletin_csv"),
    DataFormat(name="json", ending="json", whole="data.bulletin_json:bulletin_json"),
    DocumentFormat(
        name="xlsx",
        ending="xlsx",
        whole="office.workbook:of_bulletin",
        town="office.workbook:of_town",
        paper="office.workbook:of_paper",
    ),
    DocumentFormat(
        name="docx", ending="docx", whole="office.letter:of_bulletin", paper="office.letter:paper", template=True
    ),
    DocumentFormat(
        name="html",
        ending="html",
        whole="office.page:of_bulletin",
        town="office.page:of_town",
        paper="office.page:of_paper",
        records=True,
    ),
    DocumentFormat(
        name="pdf", ending="pdf", whole="office.typeset:pdf", paper="office.typeset:pdf_of_paper", typesetter=True
    ),
    DocumentFormat(
        name="png", ending="png", whole="office.typeset:png", paper="office.typeset:png_of_paper", typesetter=True
    ),
)
"""The first is what comes where nothing is said."""

BY_NAME = {one.name: one for one in FORMATS}
OF_BULLETIN = tuple(BY_NAME)
OF_SUMMARY = OF_BULLETIN
OF_PAPER = tuple(one.name for one in FORMATS if one.paper)


def document(name: str) -> DocumentFormat:
    """A document's format. Raises LookupError."""
    found = BY_NAME[name]
    if not isinstance(found, DocumentFormat):
        raise LookupError(name)
    return found


def either(names: Iterable[str]) -> str:
    """The names of formats as a help text lists them: table、csv 或 json."""
    *others, last = names
    return f"{'、'.join(others)} 或 {last}"


def _maker(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), function)
    return found
