"""What the monthly letter (通报) looks like by GB/T 9704-2012: its fonts, the measures of a page, and a style for each
kind of paragraph, as Word has them. Knows no words of the letter.
"""

from __future__ import annotations

from collections.abc import Mapping

from anjian_cli.light_dataclasses import dataclass, field

BIG_SONG, FANGSONG, KAITI, HEITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
FALLBACKS: Mapping[str, tuple[str, str]] = {
    BIG_SONG: ("华文中宋,STZhongsong,宋体,SimSun", "roman"),
    FANGSONG: ("仿宋,FangSong,华文仿宋,STFangsong", "modern"),
    KAITI: ("楷体,KaiTi,华文楷体,STKaiti", "modern"),
    HEITI: ("SimHei,微软雅黑", "swiss"),
    SONGTI: ("SimSun", "auto"),
}
"""What stands in where a computer lacks the font, and the font's family, for those who know neither name."""

LINE = 579
"""225 mm in 22 lines, in twentieths of a point."""
CHAR = 316
"""156 mm in 28 characters."""
CHAR_SPACE = -849
"""What a character of 16 points gives up so that 28 go into a line, in 1/4096 of a point."""
TIGHT = -5
"""The same as letter spacing, in twentieths of a point. The page has the grid the standard asks for, but the paragraphs
do not lean on it: programs reckon it differently, and exact lines and letter spacing come out alike in all of them."""
LANDSCAPE_WIDTH = 14570
"""Between the margins of an annex's page: 297 mm less 20 mm either side."""
LANDSCAPE_HEIGHT = 9000
"""The same from top to bottom: 210 mm less 22 mm and 20 mm, and two lines for programs that set them looser."""
PORTRAIT_WIDTH = 9638
"""Between the margins of a paper that stands upright: 210 mm less 20 mm either side."""
RED = "FF0000"


def mm(length: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(length * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs. `indent` has the attributes of w:ind, `border` and `tabs` what stands within theirs.
    Lengths are in twentieths of a point, `points` the size of the type. `flowing` text leaves no line of a paragraph
    alone at an end of a page; of what is no text every line has its place. `apart`: digits stand apart from
    characters."""

    name: str
    font: str = FANGSONG
    points: float = 16
    align: str = "both"
    indent: Mapping[str, int] = field(default_factory=dict)
    line: int = LINE
    rule: str = "exact"
    before: int = 0
    after: int = 0
    colour: str = ""
    spacing: int = 0
    keep: bool = False
    flowing: bool = False
    apart: bool = True
    border: str = ""
    tabs: str = ""

    def properties(self) -> str:
        """Its w:pPr's children, in the order the schema asks for."""
        indent = "".join(f' w:{name}="{value}"' for name, value in self.indent.items())
        return "".join(
            (
                "<w:keepNext/>" if self.keep else "",
                "<w:widowControl/>" if self.flowing else '<w:widowControl w:val="0"/>',
                self.border and f"<w:pBdr>{self.border}</w:pBdr>",
                self.tabs and f"<w:tabs>{self.tabs}</w:tabs>",
                "" if self.apart else '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>',
                '<w:snapToGrid w:val="0"/>',
                f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}"'
                f' w:lineRule="{self.rule}"/>',
                indent and f"<w:ind{indent}/>",
                f'<w:jc w:val="{self.align}"/>',
            )
        )

    def type(self) -> str:
        """Its w:rPr's children."""
        size = round(self.points * 2)
        colour = self.colour and f'<w:color w:val="{self.colour}"/>'
        spacing = f'<w:spacing w:val="{self.spacing}"/>' if self.spacing else ""
        return f'{typeface(self.font)}{colour}{spacing}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def typeface(font: str) -> str:
    """A font as w:rFonts, for every script alike."""
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


FIRST = {"firstLineChars": 200, "firstLine": 2 * CHAR}
STYLES = (
    Style("发文机关标志", BIG_SONG, 28, "center", line=800, rule="atLeast", before=mm(35), colour=RED),
    Style("发文机关标志长", BIG_SONG, 20, "center", line=800, rule="atLeast", before=mm(35), colour=RED),
    Style(
        "发文字号",
        align="center",
        before=2 * LINE,
        border=f'<w:bottom w:val="single" w:sz="16" w:space="11" w:color="{RED}"/>',
    ),
    Style("通报标题", BIG_SONG, 22, "center", line=640, keep=True),
    Style("主送机关", spacing=TIGHT),
    Style("通报正文", indent=FIRST, spacing=TIGHT, flowing=True),
    # Its last lines go with the list of annexes and the signature: the page that is signed has text (GB/T 9704-2012,
    # 7.3.5.4).
    Style("通报末段", indent=FIRST, spacing=TIGHT, flowing=True, keep=True),
    Style("一级标题", HEITI, indent=FIRST, keep=True, spacing=TIGHT),
    Style("附件说明", align="left", indent={"left": 6 * CHAR, "hanging": 4 * CHAR}, spacing=TIGHT, keep=True),
    Style("附件说明续", align="left", indent={"left": 6 * CHAR, "hanging": CHAR}, spacing=TIGHT, keep=True),
    # From the list of annexes to the signature all stays together: no page may hold the signature alone.
    Style("署名上空", keep=True),
    # The signature stands centred over the day, and the day four characters from the right: both are centred in a
    # strip that ends at the right, 14.5 characters wide.
    Style("署名", align="center", indent={"left": round(13.5 * CHAR)}, spacing=TIGHT, keep=True),
    Style("成文日期", align="center", indent={"left": round(13.5 * CHAR)}, spacing=TIGHT),
    Style("附注", indent=FIRST, spacing=TIGHT),
    Style("空行"),
    Style("分节", points=1, line=20),
    Style("附件序号", HEITI, 16, "left", line=440, keep=True),
    Style("附件标题", BIG_SONG, 18, "center", line=520, after=60, keep=True),
    Style(
        "附件表头说明",
        points=10.5,
        align="left",
        line=320,
        keep=True,
    ),
    Style("附件表列名", HEITI, 9, "center", line=240, rule="auto", apart=False),
    Style("附件表文字", FANGSONG, 9, "left", line=240, rule="auto", apart=False),
    Style("说明文字", points=12, indent={"firstLineChars": 200, "firstLine": 480}, line=360, flowing=True),
    Style("说明文字小", points=10.5, indent={"firstLineChars": 200, "firstLine": 420}, line=290, flowing=True),
    # As 署名, in the type of such a paper: a strip of 14.5 characters at the right.
    Style("落款上空", points=12, line=360, keep=True),
    Style("落款", points=12, align="center", indent={"left": PORTRAIT_WIDTH - round(14.5 * 240)}, line=360, keep=True),
    Style("附件注", points=9, indent={"left": 540, "hanging": 540}, line=230, before=40, keep=True),
    Style("附件注续", points=9, indent={"left": 540, "hanging": 180}, line=230, keep=True),
    # Programs that do not float the table (LibreOffice) put it below this, nearly at the bottom; those that do (Word,
    # WPS) have it at the very bottom, with room for six lines and the small one.
    Style("版记上空", points=1, line=20, before=22 * LINE - 6 * 520 - 320 - 100),
    Style("抄送", points=14, indent={"left": 4 * 280, "right": 280, "hanging": 3 * 280}, line=520),
    Style("印发机关", points=14, align="left", indent={"left": 280}, line=520),
    Style("印发日期", points=14, align="right", indent={"right": 280}, line=520),
    Style("核验码", points=10.5, align="left", indent={"left": 280}, line=320),
    Style("文末核验码", points=9, align="right", line=240, before=120),
    Style("核对标记", HEITI, 10.5, "right", line=240, rule="auto"),
    Style("单页页码", SONGTI, 14, "right", indent={"right": 280}, line=240, rule="auto"),
    Style("双页页码", SONGTI, 14, "left", indent={"left": 280}, line=240, rule="auto"),
)
RUN_IN = "二级标题"
"""The character style of a heading that stands at the beginning of its paragraph."""
