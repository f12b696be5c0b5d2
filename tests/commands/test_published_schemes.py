"""Schemes in the manner of published ones (文成2020, 昌乐2012, 大通2020, 柳池2016), as files only: adopted by command
on small ledgers, every point, total and place worked out again from the records by `oracle.points`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from anjian_cli import cli
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import open as opening
from oracle import points
from oracle.points import Asked, Month
from support.desk import Desk
from support.held_points import held

SCHEMES = Path(__file__).parent.parent / "schemes"
FIRST, SECOND, THIRD, FOURTH = TOWNS = ("330784101", "330784102", "330784103", "330784104")
OF_EACH: Mapping[str, tuple[Sequence[str], Mapping[str, Sequence[str]]]] = {
    "wencheng2020": (
        ("东溪镇", "西溪镇", "南山乡", "北山乡"),
        {"工作项种类": ("听取汇报", "党委主要负责人督查", "政府主要负责人督查", "非法危化被查")},
    ),
    "changle2012": (
        ("东关街道", "西关街道", "南河镇", "北河镇"),
        {"上报项目": ("三同时备案", "职业病危害申报", "申报更新")},
    ),
    "datong2020": (("上河镇", "下河镇", "河湾乡", "河口乡"), {}),
    # A ledger whose units are villages: they stand where towns do.
    "liuchi2016": (
        ("前柳村", "后柳村", "东柳村", "西柳村"),
        {"工作项种类": ("举报查实",), "上报项目": ("事故亡人", "事故重伤", "村级巡查", "合用场所整治")},
    ),
}


class Office:
    """An office that has adopted a scheme from its file on New Year's Day, and then records in its ledger."""

    def __init__(self, name: str, year: int, desk: Desk) -> None:
        self.asked: Asked = points.read((SCHEMES / f"{name}.toml").read_text(encoding="utf-8"))
        self.year, self.desk, self.today = year, desk, f"{year + 1}-02-01"
        names, _ = OF_EACH[name]
        self.names = dict(zip(TOWNS, names, strict=True))

    def read(self, record: str, town: str, **texts: str) -> int:
        return self.desk.read(record, self.today, town=self.names[town], **texts).row_id

    def work(self, town: str, kind: str, *months: int, **more: str) -> None:
        for month in months:
            self.read("work_item", town, kind=kind, done_on=f"{self.year}-{month:02d}-10", **more)

    def told(self, town: str, kind: str, numbers: Mapping[int, int]) -> None:
        for month, number in numbers.items():
            self.read("monthly_figure", town, kind=kind, month=f"{self.year}-{month:02d}", quantity=str(number))

    def reports(self, town: str, months: Sequence[int], nil: str = "否", late: bool = False) -> None:
        for month in months:
            of, following = f"{self.year}-{month:02d}", f"{self.year}-{month + 1:02d}"
            day = f"{following}-06" if late else f"{of}-28"
            self.read("filing", town, month=of, filed_on=day, method="微信", nil=nil)

    def mark(self, town: str, indicator: str, given: str, month: int, **more: str) -> None:
        day = f"{self.year}-{month:02d}-20"
        self.read("mark", town, indicator=indicator, marked_on=day, points=given, **more)

    def task(self, town: str, indicator: str, quantity: int) -> None:
        self.read("target", town, year=str(self.year), indicator=indicator, quantity=str(quantity), document="示1号")

    def firm(self, town: str) -> int:
        return self.desk.enterprise(town=self.names[town], today=self.today)

    def hazard(self, firm: int, month: int, **more: str) -> int:
        given = {
            "found_on": f"{self.year}-{month:02d}-05",
            "deadline_on": f"{self.year}-{month:02d}-20",
            "source": "企业自查",
        }
        return self.desk.hazard(firm, today=self.today, **{**given, **more})

    def closed(self, firm: int, month: int, day: int) -> None:
        on = f"{self.year}-{month:02d}-{day:02d}"
        self.hazard(firm, month, source="部门检查" if day > 20 else "企业自查", rectified_on=on, accepted_on=on)

    def accident(self, town: str, month: int, year: int = 0, **more: object) -> None:
        day = f"{year or self.year}-{month:02d}-08"
        self.desk.accident(day, today=self.today, town=self.names[town], **more)

    def held(self, month: int, year: int = 0) -> Month:
        return held(self.desk.ledger, self.asked, year or self.year, month)


Adopt = Callable[[str], Office]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Adopt]:
    """Makes an office by the name of a scheme's file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("ANJIAN_DB", str(tmp_path / "a.db"))

    def run(*line: str, today: str) -> None:
        done = cli.main(["--today", today, *line])
        said = capsys.readouterr()
        assert done == 0, said.err

    opened: list[sqlite3.Connection] = []

    def adopt(name: str) -> Office:
        year = int(name[-4:])
        names, terms = OF_EACH[name]
        lines = ["code,name,kind", *(f"{code},{town},镇" for code, town in zip(TOWNS, names, strict=True))]
        Path("towns.csv").write_text("\n".join(lines), encoding="utf-8")
        day, today = f"{year}-01-01", f"{year}-01-15"
        run("init", "a.db", "--towns", "towns.csv", today=today)
        for listed, words in terms.items():
            for word in words:
                run("term", "add", "--list", listed, "--word", word, "--from", f"{year - 1}-01-01", today=today)
        run("scheme", "adopt", str(SCHEMES / f"{name}.toml"), "--from", day, today=today)
        opened.append(opening.writing(Path("a.db")))
        return Office(name, year, Desk(opened[-1], at=f"{year}-01-15T01:00:00Z"))

    yield adopt
    for ledger in opened:
        ledger.close()


def test_ten_items_or_more_and_all_seven_forms() -> None:
    found = {name: points.read((SCHEMES / f"{name}.toml").read_text(encoding="utf-8")) for name in OF_EACH}
    assert all(len(asked.items) >= 10 for asked in found.values())
    forms = {item.form for asked in found.values() for item in asked.items}
    assert forms - {""} == {"按率", "按档", "扣分", "加分", "评分", "否决", "后果"}


def test_no_line_of_the_program_knows_them() -> None:
    names = [points.read(path.read_text(encoding="utf-8")).about["名称"] for path in SCHEMES.glob("*.toml")]
    places = [name[:2] for name in names]
    source = Path(cli.__file__).parent
    known = [
        (path, word)
        for path in source.rglob("*.py")
        for word in (*names, *places)
        if word in path.read_text(encoding="utf-8")
    ]
    assert known == []
    assert len(names) == 4


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_wencheng(office: Adopt) -> None:
    """The points of 东溪镇 in October were worked out by hand, too."""
    desk = office("wencheng2020")
    for town in (FIRST, SECOND):
        desk.reports(town, range(1, 11))
    desk.reports(THIRD, (1, 2, 3))
    desk.work(FIRST, "听取汇报", 2, 5, 8)
    desk.work(FIRST, "党委主要负责人督查", 1, 2, 3, 8)  # three in the first quarter, none in the second
    desk.work(FIRST, "政府主要负责人督查", 1, 2, 3, 4, 6, 7, 8, 9, 10)
    desk.work(FIRST, "非法危化被查", 6)
    desk.work(FIRST, "应急演练", 4)
    desk.work(FIRST, "表彰", 7, level="省级")
    desk.work(FIRST, "表彰", 8, level="国家级", times="2")
    firm = desk.firm(FIRST)
    for _ in range(9):
        desk.closed(firm, 5, 15)
    desk.closed(firm, 5, 28)
    for month in (2, 3, 3, 4):
        done = f"2020-{month:02d}-20"
        desk.hazard(firm, month, source="部门检查", rectified_on=done, accepted_on=done)
    for _ in range(6):
        desk.closed(firm, 6, 12)
    desk.mark(FIRST, "领导分工", "-1.5", 3, reason="分工未及时调整")
    desk.mark(FIRST, "监管人员", "-1", 5, reason="缺1人")
    desk.task(FIRST, "消防检查", 4)
    desk.task(FIRST, "避灾场所", 4)
    for month in (3, 6, 9):
        given = {"inspected_on": f"2020-{month:02d}-03", "method": "联合执法", "found_any": "无"}
        desk.desk.of("inspection", firm, desk.today, **given)
    desk.told(FIRST, "避灾安置场所", {9: 2, 10: 3})
    for month, year in ((3, 2020), (5, 2020), (9, 2020), (3, 2019)):
        desk.accident(FIRST, month, year, sector="火灾", deaths=int(month == 9))
    desk.accident(SECOND, 9, deaths=3)
    desk.mark(SECOND, "非法危化", "不涉及", 3)
    found = desk.held(10)
    row = found.row(FIRST)
    by_hand = {
        "zr1": "2.5",
        "zr2": "4",
        "zr3": "3",
        "zr4": "3.5",
        "zr5": "3",
        "wh1": "1",
        "wh2": "0",
        "wh3": "2",
        "yh1": "6",
        "yh2": "4",
        "xf1": "11.25",
        "xf2": "6",
        "yj1": "15",
        "yj2": "15",
        "jf1": "5",
        "kf1": "-3",
    }
    assert {code: worth.points for code, worth in row.items.items()} == {
        code: Fraction(told) for code, told in by_hand.items()
    }
    assert row.total == Fraction("78.25")
    assert row.grade == "合格"
    # One accident of three dead puts 西溪镇 last with the grade that the veto fixes, whatever its points.
    assert (found.row(SECOND).vetoes, found.row(SECOND).grade) == (["fj1"], "不合格")
    places = found.places({town: found.row(town) for town in TOWNS})
    assert places[SECOND] == 4
    # 南山乡 and 北山乡 have not reported: what they have stands below who worked, and is provisional.
    assert found.row(FOURTH).unheard
    for month in (1, 3, 6, 9, 12):
        desk.held(month)
    desk.read("veto_lifting", SECOND, indicator="较大事故", lifted_on="2020-11-20", document="示复〔2020〕1号")
    assert desk.held(10).row(SECOND).vetoes == ["fj1"]
    assert desk.held(11).row(SECOND).lifted == ["fj1"]


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_changle(office: Adopt) -> None:
    """Three parts converted (60%, 30%, 10%), a group below its items, half a year, 折算 of what there is nothing of."""
    desk = office("changle2012")
    for town in (FIRST, SECOND, THIRD):
        desk.reports(town, range(1, 10))
    desk.mark(FIRST, "责任书", "18.5", 6, reason="缺两个村", marker="县安委办")
    desk.mark(SECOND, "责任书", "20", 6, reason="齐全", marker="县安监局")
    desk.work(FIRST, "会议部署", 1, 2, 5)
    desk.work(SECOND, "会议部署", 1, 2, 4, 5, 6)
    for town, number in ((FIRST, 3), (SECOND, 2), (THIRD, 1)):
        desk.task(town, "三同时", number + 4)
        desk.told(town, "三同时备案", {2: number, 5: 1, 8: 2})
        desk.task(town, "危害申报", 10)
        desk.told(town, "职业病危害申报", {3: number, 6: number + 5, 9: 10})
        desk.told(town, "申报更新", {4: number, 6: 2})
    desk.task(FIRST, "标准化", 2)
    desk.desk.standard(desk.firm(FIRST), "2012-05-03", desk.today)
    for town, indicator, quantity in (
        (FIRST, "负责人培训", 20), (FIRST, "管理员培训", 10), (FIRST, "特种培训", 10), (SECOND, "负责人培训", 100),
    ):  # fmt: skip
        desk.task(town, indicator, quantity)
    for town, kind, month, passed in (
        (FIRST, "主要负责人", 2, 15), (FIRST, "安全管理人员", 3, 12), (FIRST, "特种作业人员", 4, 14),
        (SECOND, "主要负责人", 5, 40), (SECOND, "主要负责人", 8, 60),
    ):  # fmt: skip
        day = f"2012-{month:02d}-09"
        desk.desk.training(today=desk.today, town=desk.names[town], held_on=day, kind=kind, attended=99, passed=passed)
    desk.task(FIRST, "亡人控制", 1)
    desk.task(SECOND, "亡人控制", 0)
    desk.accident(FIRST, 3, deaths=1, serious=3)
    desk.accident(FIRST, 5, deaths=0, serious=2)
    desk.accident(SECOND, 4, deaths=1, serious=0)
    june = desk.held(6)
    first = june.row(FIRST)
    assert first.items["jc2"].points == Fraction(15, 2) + Fraction(15, 4)  # three of the four that are due
    assert first.items["sg2"].points == Fraction(5)  # one accident of three hurt, one of two
    assert june.row(SECOND).items["px1"].points == 0  # 40 of 100 is below a half
    for month in (1, 3, 4, 7, 9, 12):
        desk.held(month)


@pytest.mark.unmeasured
def test_liuchi(office: Adopt) -> None:
    """Villages, by what they tell and by marks."""
    desk = office("liuchi2016")
    for town in (FIRST, SECOND, THIRD):
        desk.reports(town, range(1, 13))
        desk.told(town, "村级巡查", dict.fromkeys(range(1, 13), 4))
        desk.work(town, "宣传活动", 2, 5, 8, 11)
        desk.mark(town, "配合", "5.5", 12)
    desk.told(FIRST, "村级巡查", {5: 1, 6: 8})
    desk.told(FIRST, "事故亡人", {4: 1})
    desk.told(FIRST, "事故重伤", {4: 1, 9: 2})
    desk.told(SECOND, "事故亡人", {3: 1, 10: 1})
    desk.mark(FIRST, "台账", "-2", 6, reason="缺巡查记录", marker="乡安监所")
    desk.mark(FIRST, "台账", "-0.5", 12, reason="缺会议记录", marker="乡安监所")
    desk.task(FIRST, "合用场所", 8)
    desk.told(FIRST, "合用场所整治", {3: 2, 8: 3})
    desk.told(FIRST, "微型消防站", {11: 2, 12: 1})
    desk.told(THIRD, "微型消防站", {12: 2})
    desk.work(THIRD, "举报查实", 3, times="5")
    desk.work(THIRD, "表彰", 6, level="县级")
    desk.work(THIRD, "表彰", 7, level="乡镇级")
    december = desk.held(12)
    first, second, third = (december.row(town) for town in (FIRST, SECOND, THIRD))
    assert first.categories["sg"] == 0  # 30 and three times 15, 扣完为止
    assert first.items["rc2"].points == Fraction(17, 2)  # what is too much in June does not make up for May
    assert first.items["rc5"].points == Fraction(7, 2)
    assert (second.total, second.grade, second.vetoes) == (Fraction(0), "不达标", ["sg3"])
    assert third.items["jl1"].points == 2
    assert third.categories["jl"] == 3  # 2 and 2.5
    assert december.places({town: december.row(town) for town in TOWNS}) == {THIRD: 1, FIRST: 2, FOURTH: 3}
    for month in (1, 3, 4, 6, 10):
        desk.held(month)


def test_datong(office: Adopt) -> None:
    """No total: what is counted, and whose condition of a consequence is met."""
    desk = office("datong2020")
    desk.reports(FIRST, range(1, 11))
    desk.reports(SECOND, (1, 2, 3), nil="是")
    desk.reports(THIRD, (4, 5), late=True)
    firm = desk.firm(THIRD)
    for month in (2, 4, 4, 6):
        desk.hazard(firm, month)
    for month in (5, 6):
        desk.hazard(firm, month, level="重大", responsible="甲", measures="停用", funds="5000", contingency_plan="有")
    desk.closed(firm, 3, 12)
    by_hand = desk.held(10)
    bulletin = compile_bulletin(desk.desk.ledger, ended(2020, 10))
    counted = {t.id: {cell.town: cell.done for cell in t.cells} for c in bulletin.categories for t in c.indicators}
    assert counted == {item.code: {town: by_hand.value(item, town) for town in TOWNS} for item in desk.asked.items}
    assert [score.rank for score in bulletin.scores] == [None] * 4
    rows = {town: by_hand.row(town) for town in TOWNS}
    assert rows[SECOND].consequences == [("qb", "取消当年评优评先资格")]
    assert [said for _, said in rows[THIRD].consequences] == ["取消当年评优评先资格", "通报", "约谈"]
    assert rows[THIRD].vetoes == ["yp"]
    assert rows[FIRST].consequences == []
