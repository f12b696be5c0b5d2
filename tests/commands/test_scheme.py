"""`anjian scheme`, and all that is printed where an office has adopted one of its own."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from support import kept_ledgers, points_file, scheme_file
from support.scheme_file import CHECKS, MAJOR, adding, dropping
from support.sweeps import sweep

Run = Callable[..., str]
DAY = "2018-10-01"


def file(name: str = "永康2019", *changes: Callable[[Workbook], object]) -> str:
    """A scheme's file in the current folder: 永康2018, changed."""

    def change(book: Workbook) -> None:
        for each in changes:
            each(book)

    with closing(sqlite3.connect("a.db")) as ledger:
        ledger.row_factory = sqlite3.Row
        return str(scheme_file.written(ledger, Path(f"{name}.xlsx"), change, name=name))


def withdraw(office: Run, *categories: str) -> None:
    """No tasks from DAY on for what is in some categories."""
    with closing(sqlite3.connect("a.db")) as ledger:
        told = ledger.execute(
            "SELECT DISTINCT g.indicator, COALESCE((SELECT name FROM town WHERE code = g.town_code), '全市')"
            " FROM target g JOIN indicator i ON i.id = g.indicator WHERE g.year = 2018 AND i.category IN"
            f" ({', '.join('?' * len(categories))})",
            categories,
        ).fetchall()
    lines = [["年度", "指标", "镇街", "任务数", "文号", "起用日期"]]
    lines += [["2018", indicator, town, "", "永安委〔2018〕9号", DAY] for indicator, town in told]
    with Path("撤下.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(lines)
    office("target", "import", "撤下.csv")
    Path("撤下.csv").unlink()


def cells(path: str) -> str:
    return "\n".join(
        str(cell.value)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet
        for cell in row
        if cell.value is not None
    )


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the ledger of `fire` and its file lie, once they were made."""
    return tmp_path_factory.mktemp("消防")


@pytest.fixture
def fire(office: Run, adopted: Path) -> Run:
    """An office that has adopted 消防安全 with 重大隐患 (ranked, of a task in 芝英镇) and 部门检查."""
    if (adopted / "a.db").exists():
        shutil.copytree(adopted, ".", dirs_exist_ok=True)
        return office
    office("scheme", "adopt", file("永康2019", adding(MAJOR, CHECKS)), "--from", DAY)
    office("target", "add", "--year", "2018", "--indicator", "重大隐患", "--town", "芝英", "--quantity", "4",
           "--document", "永安委〔2018〕9号")  # fmt: skip
    shutil.copy("永康2019.xlsx", adopted)
    shutil.copy("a.db", adopted)
    return office


class TestTheCommands:
    @pytest.mark.unmeasured
    def test_written_and_taken_in_again(self, office: Run) -> None:
        assert "类别11个" in office("scheme", "template", "-o", "空表.xlsx")
        assert "已有叫“永康2018”的办法" in office("scheme", "check", "空表.xlsx", code=1)
        told = office("scheme", "check", file(), "--from", DAY)
        assert "与现在施行的没有不同" in told
        assert "采用：anjian 办法 采用 永康2019.xlsx --自 2018-10-01" in told

    @pytest.mark.unmeasured
    def test_listed_shown_exported_compared(self, fire: Run) -> None:
        listed = fire("scheme", "list").splitlines()
        assert [line.split()[0] for line in listed[2:-1]] == ["永康2018", "永康2019"]
        assert listed[-1].startswith("附带（示例）：县级2026")
        shown = json.loads(fire("scheme", "show", "永康2019", "--format", "json"))
        assert shown[-2]["conditions"] == "隐患级别=重大"
        fire("scheme", "export", "永康2019", "-o", "再.xlsx")
        book = openpyxl.load_workbook("再.xlsx")
        book["办法"]["B4"] = "永康2020"  # below its heading
        book.save("再.xlsx")
        assert "与现在施行的没有不同" in fire("scheme", "check", "再.xlsx", "--from", "2018-11-01")
        told = list(csv.reader(fire("scheme", "compare", "永康2018", "再.xlsx", "--format", "csv").splitlines()))
        assert told[0][1:5] == ["永康2018 得分", "永康2018 名次", "再 得分", "再 名次"]
        (zhiying,) = [row for row in told if row[0] == "芝英镇"]
        assert zhiying[1] != zhiying[3]

    @pytest.mark.unmeasured
    def test_what_it_changes_is_told(self, office: Run) -> None:
        told = office("scheme", "check", file("永康2019", dropping("health"), adding(MAJOR)), "--from", DAY)
        assert [line.split() for line in told.splitlines()[2:5]] == [
            ["类别", "消防安全", "新增", "fire"],
            ["类别", "职业卫生检测", "取消", "health"],
            ["指标", "排查重大隐患", "新增", "fire.major"],
        ]

    def test_what_is_wrong_with_a_file_is_told_and_nothing_is_written(self, office: Run) -> None:
        before = office("log")
        for line in (("check", "b.xlsx"), ("adopt", "b.xlsx", "--from", DAY), ("compare", "永康2018", "b.xlsx")):
            Path("b.xlsx").write_bytes(b"PK\x03\x04")
            assert "E3" in office("scheme", *line, code=1)
        assert office("log") == before
        assert "没有这个办法" in office("scheme", "show", "没有", code=3)
        assert "E767" in office("scheme", "adopt", file(), "--from", "2018-09-30", code=1)


class TestPrinted:
    @pytest.mark.unmeasured
    def test_in_every_form(self, fire: Run) -> None:
        figures = json.loads(fire("bulletin", "10", "--format", "json"))
        (found,) = [each for each in figures["categories"] if each["id"] == "fire"]
        assert [each["id"] for each in found["indicators"]] == ["fire.major", "fire.checks"]
        for told in (
            fire("bulletin", "10"),
            fire("bulletin", "10", "--format", "csv"),
            fire("bulletin", "10", "芝英"),
        ):
            assert "重大隐患" in told
        fire("bulletin", "10", "-o", "印发/")  # letter, page, picture, workbooks: a document of each kind is in it
        assert "消防安全" in cells("印发/2018年10月附件.xlsx")
        assert "消防安全" in cells("印发/各镇/芝英镇2018年10月核对表.xlsx")
        assert "消防安全" in Path("印发/2018年10月网页.html").read_text(encoding="utf-8")
        assert "2018年10月1日起按《永康2019考核办法》计，得分、名次与9月不可比" in fire("bulletin", "10")
        assert "永康2019" not in fire("bulletin", "9")

    @pytest.mark.unmeasured
    def test_asked_about(self, fire: Run) -> None:
        told = fire("explain", "10-芝英-重大隐患")
        assert "重大" in told
        assert "消防安全" in fire("explain", "10-芝英-消防安全")
        assert "消防安全" in fire("explain", "10-芝英-得分")
        told = fire("explain", "9-芝英-重大隐患", code=3)
        assert "没有找到“重大隐患”。2018年9月的办法（永康2018）里没有这个指标" in told
        told = fire("explain", "9-芝英-消防安全", code=3)
        assert "没有找到“消防安全”。2018年9月的办法（永康2018）里没有这一类" in told
        assert "重大隐患" in fire("indicator", "list")
        fire("status")
        fire("brief", "10")

    @pytest.mark.unmeasured
    def test_the_year_after_leaves_every_byte_of_this_one(self, office: Run) -> None:
        def printed() -> list[str]:
            return [
                *(office("bulletin", month, "--format", form) for month in ("9", "10") for form in ("csv", "table")),
                office("explain", "9-芝英-涉氨"),
                office("month", "diff", "9"),
            ]

        before = printed()
        office(
            "scheme", "adopt", file("永康2019", dropping("health", "training"), adding(MAJOR)), "--from", "2019-01-01"
        )
        after = printed()
        assert [_without_fingerprint(each) for each in after] == [_without_fingerprint(each) for each in before]
        assert "口径" not in office("month", "check", "10")


def _without_fingerprint(text: str) -> list[str]:
    return [line for line in text.splitlines() if "核验码" not in line and "指纹" not in line]


ALL = ("accident", "trusteeship", "village", "hazard", "report", "case", "health", "special", "standard", "equipment")


WITHOUT = (("accident", "hazard", "trusteeship"), ALL, (*ALL[:-1], "training"))
"""Of what categories there is nothing any more: of some; of all but one that is ranked; of all but one that is not."""
PRINTED = (
    ("status",),
    ("todo",),
    ("bulletin", "10"),
    ("bulletin", "10", "芝英"),
    ("bulletin", "10", "--format", "csv"),
    ("bulletin", "10", "--format", "json"),
    ("bulletin", "11"),
    ("bulletin", "9"),
    ("brief", "10"),
    ("month", "check", "10"),
    ("month", "diff", "9"),
    ("explain", "10-芝英-得分"),
    ("explain", "9-芝英-涉氨"),
    ("indicator", "list"),
    ("template", "任务", "-o", "任务.xlsx"),
    ("bulletin", "10", "-o", "通报.docx"),
    ("bulletin", "10", "-o", "通报.xlsx"),
    ("bulletin", "10", "-o", "通报.html"),
)
GONE_OUT = (
    ("todo", "--each-town", "-o", "待办/"),
    ("bulletin", "10", "-o", "印发/"),
    ("bulletin", "10", "--draft", "--each-town", "-o", "下发/"),
    ("brief", "10", "-o", "一页纸.docx"),
    ("template", "-o", "空表.xlsx"),
    ("template", "--each-town", "--town", "芝英", "-o", "各镇/"),
    ("month", "close", "10", "--yes"),
    ("bulletin", "10", "-o", "定稿.docx"),
    ("month", "issue", "10", "--number", "永安委办〔2018〕15号", "--yes"),
    ("bulletin", "11"),
)
OF_THE_SET = (*PRINTED[-3:], ("bulletin", "10", "--draft", "--each-town", "-o", "下发/"))
"""What the set has as well."""


class TestDropped:
    """What is printed with each; what goes out with one, and with the others in tests/long/test_schemes.py."""

    @pytest.mark.unmeasured
    @sweep("dropped", WITHOUT, keep=1)
    def test_categories(self, office: Run, dropped: Sequence[str]) -> None:
        lines = (*PRINTED, *GONE_OUT) if dropped is ALL else PRINTED
        without(office, dropped, [line for line in lines if dropped is not ALL or line not in OF_THE_SET])


def without(office: Run, dropped: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """These lines are done where an office has dropped categories, and the ledger is whole behind them."""
    withdraw(office, *dropped)
    office("scheme", "adopt", file("少", dropping(*dropped)), "--from", DAY)
    for line in lines:
        office(*line)
    assert "台账完好" in office("check")


@pytest.mark.unmeasured
class TestKept:
    def test_out_and_in_again(self, fire: Run, tmp_path: Path) -> None:
        fire("export", "--all", "全部")
        fire("import", "--all", "全部", "--db", "b.db")
        heads = [
            rows(tmp_path / name, "SELECT id, hash FROM operation ORDER BY id DESC LIMIT 1")
            for name in ("a.db", "b.db")
        ]
        assert heads[0] == heads[1]
        printed = [fire("bulletin", "10", "--format", "csv", "--db", name) for name in ("a.db", "b.db")]
        assert printed[0] == printed[1]

    def test_undone(self, office: Run) -> None:
        before = office("bulletin", "10", "--format", "csv")
        office("scheme", "adopt", file("永康2019", adding(MAJOR, CHECKS)), "--from", DAY)
        assert office("bulletin", "10", "--format", "csv") != before
        office("undo")
        assert office("bulletin", "10", "--format", "csv") == before
        assert "永康2019" not in office("scheme", "list")
        assert "台账完好" in office("check")

    @sweep("version", [kept_ledgers.VERSIONS[0], kept_ledgers.VERSIONS[-1]], keep=1)
    def test_a_ledger_of_an_earlier_version(self, version: int, fire: Run) -> None:
        kept_ledgers.ledger(version, Path("k.db"))
        today = kept_ledgers.told(version)["today"]

        def run(*line: str) -> str:
            return fire("--db", "k.db", *line, today=today)

        run("upgrade")
        asked = [("bulletin", "9", "--format", "json"), ("month", "diff", "9"), ("explain", "9-全市-网格员")]
        before = [run(*line) for line in asked]
        run("scheme", "adopt", "永康2019.xlsx", "--from", DAY)
        assert [run(*line) for line in asked] == before
        assert "消防安全" in run("bulletin", "10")
        run("undo")
        assert "消防安全" not in run("bulletin", "10")


def rows(path: Path, of: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as ledger:
        return ledger.execute(of).fetchall()


class TestPoints:
    """A scheme that gives points, by its text file."""

    @pytest.fixture
    def by_points(self, office: Run) -> Run:
        withdraw(office, *ALL, "training")
        points_file.saved(Path.cwd(), points_file.POINTS)
        return office

    def test_checked_tried_and_adopted(self, by_points: Run) -> None:
        told = by_points("scheme", "check", "办法.toml", "--from", DAY)
        assert ["办法", "总分", "平均完成率", "→", "百分制"] in [line.split() for line in told.splitlines()]
        assert "评分而当年还没有任务的：培训" in told
        assert "没有发现错误" in told
        by_points("scheme", "adopt", "办法.toml", "--from", DAY)
        shown = by_points("scheme", "show")
        assert "总分：百分制；考核期：半年；缺项：满分；等次：优秀=90、良好=80" in shown
        assert "安全生产（计分，满分60分）" in shown
        assert "组：隐患（20分）" in shown
        assert "重大逾期：每=1；扣=2（每1条扣2分，扣完为止）" in shown
        first = json.loads(by_points("scheme", "show", "--format", "json"))[0]
        assert (first["group"], first["form"], first["full"], first["scoring"]) == (
            "隐患",
            "扣分",
            "12.5",
            "每=1；扣=2",
        )

    def test_written_and_read_again_in_both_forms(self, by_points: Run) -> None:
        by_points("scheme", "adopt", "办法.toml", "--from", DAY)
        for name in ("再.toml", "再.xlsx"):
            by_points("scheme", "export", "某县2026", "-o", name)
        text = Path("再.toml").read_text(encoding="utf-8")
        Path("又.toml").write_text(text.replace('"某县2026"', '"某县2027"', 1), encoding="utf-8")
        book = openpyxl.load_workbook("再.xlsx")
        book["办法"]["B4"] = "某县2027"
        book.save("又.xlsx")
        for name in ("又.toml", "又.xlsx"):
            assert "与现在施行的没有不同" in by_points("scheme", "check", name, "--from", "2018-11-01")
        assert "E106" in by_points("scheme", "export", "-o", "办法.docx", code=2)

    @pytest.mark.unmeasured
    def test_sums_that_do_not_agree_are_told_beside_it(self, by_points: Run) -> None:
        Path("少.toml").write_text(points_file.POINTS.replace("满分 = 60", "满分 = 50"), encoding="utf-8")
        told = by_points("scheme", "check", "少.toml", "--from", DAY)
        assert "《少.toml》“类别”表第14行“满分”：类别“安全生产”满分50分，里面加起来60分" in told
        assert "百分制，各类满分加起来90分" in told
        assert "N401" in by_points("scheme", "adopt", "少.toml", "--from", DAY)

    def test_what_is_wrong_is_told_at_its_line(self, by_points: Run) -> None:
        wrong = points_file.POINTS.replace("每多=1", "每超=1").replace('"县安委办"', "县安委办").replace("12.5", '"多"')
        Path("错.toml").write_text(wrong, encoding="utf-8")
        told = by_points("scheme", "check", "错.toml", "--from", DAY, code=1)
        assert "第40行“满分”" in told
        assert "“每超”要知道和什么比。“对照”请写：任务，“方向”写少为好：比的是控制数" in told

    @pytest.mark.unmeasured
    def test_indicators_are_listed_whatever_they_count(self, by_points: Run) -> None:
        towns = (
            '\n[[指标]]\n编号 = "zs"\n类别 = "应急"\n指标 = "镇数"\n全称 = "有检查的镇"\n'
            '单位 = "个"\n计法 = "有数的镇"\n数自 = "检查次数"\n评分 = "否"\n'
        )
        Path("镇数.toml").write_text(points_file.POINTS + towns, encoding="utf-8")
        by_points("scheme", "adopt", "镇数.toml", "--from", DAY)
        told = {row["short"]: row for row in json.loads(by_points("indicator", "list", "--format", "json"))}
        assert [told[short]["source"] for short in ("检查次数", "监管人员", "镇数")] == ["检查", "评分", "检查"]
        assert [told[short]["against"] for short in ("检查次数", "火灾", "培训")] == ["应有", "上年同期", "年度任务"]
