"""Made-up files such as a county's office receives them, for tests and for whoever works through the guide.

`python tests/support/made_up.py FOLDER` writes the file of enterprises into a folder, and with a second word,
补属地.csv, the files that need the numbers of a ledger's export. Names, codes and figures are the demonstration's:
made up.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.demonstration import data
from anjian_cli.demonstration.data import Unit, by_september
from anjian_cli.demonstration.firms import TRADES, credit_code
from anjian_cli.demonstration.hazards import FOUND
from anjian_cli.demonstration.office import AGENCIES, targets
from anjian_cli.demonstration.spread import day_after
from anjian_cli.demonstration.town_work import courses
from anjian_cli.records.definition import record

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

REGISTRY = ["企业名称", "统一社会信用代码", "注册日期", "企业类型", "法人代表", "注册资金", "经营范围"]
REGISTRY += ["所在省份", "地区", "注册地址"]
ENTERPRISES = 600
"""More than are under trusteeship, fewer than a town's clerk can read through."""

WRONG = (
    # (code, registered on): a check character, a digit too few, a spreadsheet's doing, a masked one, a day to come
    ("91330784DEM900001A", "2016-05-04"),
    ("91330784DEM900021", "2009-03-12"),
    ("9.13308E+17", "2017-08-21"),
    ("91330784****28xxxx", "2015-11-02"),
    (credit_code(90005), "2018-12-29"),
)


def write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8-sig") -> Path:
    """A CSV file as a spreadsheet program saves it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return path


def enterprises(path: Path, encoding: str = "utf-8-sig") -> Path:
    """A registry extract without towns: `ENTERPRISES` good rows with the `WRONG` ones among them."""
    rows, trades = [], [*TRADES]
    for number in range(1, ENTERPRISES + 1):
        trade = trades[number % len(trades)]
        day = f"20{number % 18:02d}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        rows.append(_registered(f"永康市示例{number:04d}{trade}", credit_code(number), day, number))
    for index, (code, day) in enumerate(WRONG):
        rows.insert(100 * (index + 1), _registered(f"永康市错例{index + 1:02d}五金厂", code, day, index + 1))
    return write(path, REGISTRY, rows, encoding)


def _registered(name: str, code: str, day: str, number: int) -> list[str]:
    capital, address = f"{number % 90 + 10}(万元人民币)", f"浙江省金华市永康市示例路{number}号"
    return [name, code, day, "有限责任公司", "", capital, "五金制品制造、加工、销售", "浙江", "金华", address]


# --- what a clerk makes of the export of enterprises without a town


def fill_in(folder: Path, export: str = "补属地.csv") -> None:
    """The clerk's work on the export: towns found out (a few not), and the month's files with its enterprises."""
    with (folder / export).open(encoding="utf-8-sig", newline="") as file:
        exported = list(csv.DictReader(file))
    placed = _placed(exported)
    rows = [(row["编号"], row["企业名称"], town) for town, own in placed.items() for row in own]
    write(folder / "已补属地.csv", ("编号", "企业名称", "镇（街、区）"), rows)
    _records(folder / "任务.csv", "target", ("year", "indicator", "town", "quantity", "document"), targets())
    known = [*totals(data.SEPTEMBER), *totals(data.OCTOBER)]
    _records(folder / "期初数.csv", "opening_figure", ("indicator", "town", "from_on", "cumulative", "source"), known)
    fields = ("town", "held_on", "kind", "title", "hours", "attended", "passed", "organiser")
    _records(folder / "培训.csv", "training", fields, courses())
    _contracts(folder / "托管合同.csv", placed)
    _hazards(folder / "隐患.csv", placed)


def _placed(exported: Sequence[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Every unit's enterprises: as many as it has under trusteeship, then the rest in turn; three stay unknown."""
    wanted = [unit.name for unit in data.UNITS for _ in range(sum(unit.in_trust) - unit.both)]
    found: dict[str, list[dict[str, str]]] = {unit.name: [] for unit in data.UNITS}
    for index, row in enumerate(exported[:-3]):
        town = wanted[index] if index < len(wanted) else data.UNITS[index % len(data.UNITS)].name
        found[town].append(row)
    return found


# --- what a clerk makes of the workbook of a scheme

SCHEME = {
    "名称": "永康2018冬",
    "标题": "永康市2018年第四季度安全生产工作考核办法",
    "文号": "永安委办〔2018〕30号",
}
SCHEME_TEXT = {"名称": "永康2018冬", "标题": "永康市2018年第四季度安全生产重点工作考核办法（虚构）"}
ASKED = """
培训.应急消防 安全生产教育培训 应急消防 应急消防培训合格 人次 培训合格人次 培训对象=应急消防 是 任务
消防.检查     消防安全         消防检查 部门检查         家次 安全检查     检查方式=部门检查 是 任务
消防.重大隐患 消防安全         重大隐患 发现重大隐患     条   排查隐患     隐患级别=重大     否
"""
ASKED_COLUMNS = ("编号", "类别", "指标", "全称", "单位", "数", "条件", "评分", "对照")
DROPPED, DROPPED_CODE = "职业卫生检测", "health"


def change_scheme(folder: Path, name: str = "办法.xlsx") -> None:
    """The clerk's work on the scheme in force: a category less, one more, a weight, three indicators more."""
    import openpyxl

    book = openpyxl.load_workbook(folder / name)
    for row in book["办法"].iter_rows():
        if row[0].value in SCHEME:
            row[1].value = SCHEME[str(row[0].value)]
    categories, indicators = book["类别"], book["指标"]
    _drop(categories, "编号", DROPPED_CODE)
    _drop(indicators, "类别", DROPPED)
    weights = _columns(categories)
    for row in categories.iter_rows():
        if row[0].value == "special":
            row[weights["权重"] - 1].value = "2"
    _add(categories, {"编号": "消防", "名称": "消防安全", "计分": "是", "权重": "1.5"})
    for line in ASKED.strip().splitlines():
        _add(indicators, dict(zip(ASKED_COLUMNS, line.split(), strict=False)))
    book.save(folder / name)


def _columns(sheet: Worksheet) -> dict[str, int]:
    """The columns of a sheet by their headings, without the star of what must be filled in."""
    for row in sheet.iter_rows():
        told = {str(cell.value).lstrip("★"): cell.column for cell in row if cell.value is not None}
        if "编号" in told:
            return told
    raise AssertionError(sheet.title)


def _drop(sheet: Worksheet, title: str, value: str) -> None:
    column = _columns(sheet)[title]
    for at in range(sheet.max_row, 0, -1):
        if sheet.cell(at, column).value == value:
            sheet.delete_rows(at)


def _add(sheet: Worksheet, told: Mapping[str, str]) -> None:
    """A row below the last that is filled in."""
    columns = _columns(sheet)
    last = max(at for at in range(1, sheet.max_row + 1) if sheet.cell(at, columns["编号"]).value)
    for title, value in told.items():
        sheet.cell(last + 1, columns[title]).value = value


def change_scheme_text(folder: Path, name: str = "办法.toml") -> None:
    """The clerk's work on the text of the scheme in force: another name, and a category less."""
    head, *parts = (folder / name).read_text(encoding="utf-8").split("\n\n[[")
    kept = [part for part in parts if f'类别 = "{DROPPED}"' not in part and f'名称 = "{DROPPED}"' not in part]
    for title, said in SCHEME_TEXT.items():
        head = re.sub(f"^{title} = .*$", f'{title} = "{said}"', head, flags=re.M)
    (folder / name).write_text("\n\n[[".join([head, *kept]), encoding="utf-8")


def paste_into_scheme(folder: Path, name: str = "办法.toml") -> None:
    """What the document has shown, pasted behind."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n" + (folder / "添加.toml").read_text(encoding="utf-8"))


BY_HAND = {
    "补属地": fill_in,
    "改办法": change_scheme,
    "改第四季度办法": change_scheme_text,
    "贴上第四季度的": paste_into_scheme,
}
"""What the guide leaves to the reader, by what it calls it."""


# --- totals, of an office that has no single records

YEAR_BEFORE = "2017-10-31"
# By September's end, by October's end, and in the same months of the year before.
COUNTY = {
    "立案": ("71", "82", "60"),
    "处罚": ("71", "82", "60"),
    "罚款": ("236.4万元", "274.7万元", "182.7万元"),
    "追刑": ("4", "5", "3"),
    "事故起数": ("37", "41", "46"),
    "死亡人数": ("30", "33", "36"),
    "受伤人数": ("17", "19", "24"),
}


def totals(day: str) -> Iterator[dict[str, str]]:
    """The totals as of September's or October's end; with October's those of the same months of the year before."""
    september = day == data.SEPTEMBER
    for unit in data.UNITS:
        known = _reached(unit, september=september)
        if september:
            known |= {"到期复评": unit.standard.due, "责任村创建": 1, "应检": unit.health[0]}
            known |= {f"列入{kind}": n for kind, n in zip(data.SPECIAL_KINDS, unit.special_enrolled, strict=True) if n}
            known |= {f"列入{kind}": n[unit.code] for kind, n in data.NEWLY_FOUND.items() if unit.code in n}
            if unit.code in data.SECOND_GRADE:
                known["二级在创"] = data.SECOND_GRADE[unit.code]
        for indicator, quantity in known.items():
            yield _total(indicator, unit.name, day, str(quantity))
    for indicator, (september_end, october_end, year_before) in COUNTY.items():
        yield _total(indicator, "全市", day, september_end if september else october_end)
        if not september:
            yield _total(indicator, "全市", YEAR_BEFORE, year_before)


def _reached(unit: Unit, *, september: bool) -> dict[str, int]:
    def done(october: int) -> int:
        return by_september(october) if september else october

    standard = unit.standard
    reached = standard.september if september else standard.october
    known = {
        "三级新创": reached,
        # Those that reached the grade in October are no longer creating it.
        "三级在创": standard.task - (reached - standard.september),
        "复评咨询": standard.consulted_by_september if september else standard.consulted,
        "指导企业": done(unit.village[1]),
        "已检": done(unit.health[1]),
        "智慧用电": done(unit.equipment[1]),
    }
    if standard.in_review:
        known["复评评审"] = standard.in_review_by_september if september else standard.in_review
    for kind, enrolled, accepted in zip(data.SPECIAL_KINDS, unit.special_enrolled, unit.special_accepted, strict=True):
        if enrolled:
            known[f"整治{kind}"] = done(accepted)
    for kind, by_town in data.NEWLY_FOUND_ACCEPTED.items():
        if unit.code in by_town:
            known[f"整治{kind}"] = done(by_town[unit.code])
    return known


def _total(indicator: str, town: str, day: str, cumulative: str) -> dict[str, str]:
    source = f"{day[:4]}年{int(day[5:7])}月报表（示例）"
    return {"indicator": indicator, "town": town, "from_on": day, "cumulative": cumulative, "source": source}


# --- contracts and hazards, of enterprises as a ledger has numbered them


def _contracts(path: Path, placed: Mapping[str, Sequence[dict[str, str]]]) -> None:
    made = []
    for unit in data.UNITS:
        own = placed[unit.name]
        painted, ammonia, dust, small = unit.in_trust
        kinds = [("喷涂", own[:painted]), ("涉粉", own[painted - unit.both : painted - unit.both + dust])]
        rest = own[painted - unit.both + dust :]
        kinds += [("涉氨", rest[:ammonia]), ("小微", rest[ammonia : ammonia + small])]
        for kind, firms in kinds:
            for index, firm in enumerate(firms):
                begin = f"2018-{index % 10 + 1:02d}-01"
                last = day_after(begin.replace("2018", "2019"), -1)
                who = (unit.name, firm["企业名称"], firm["统一社会信用代码"], AGENCIES[index % 3])
                made.append((*who, kind, begin, last, "4", "企业"))
    titles = ("镇（街、区）", "企业名称", "统一社会信用代码", "服务机构", "托管类别", "起始日期", "终止日期")
    write(path, (*titles, "约定服务次数", "付费方"), made)


# Found, deadline, level, rectified, accepted; in the order of a town's numbers (芝英-1 …).
HAZARDS = {
    "芝英镇": (
        ("2018-09-10", "2018-09-30", "一般", "", ""),
        ("2018-09-12", "2018-10-10", "一般", "", ""),
        ("2018-09-20", "2018-10-15", "一般", "", ""),
        ("2018-09-25", "2018-10-31", "重大", "", ""),
        ("2018-10-08", "2018-10-28", "一般", "", ""),
        ("2018-10-09", "2018-10-29", "一般", "", ""),
        ("2018-09-18", "2018-10-18", "一般", "2018-10-10", "2018-10-12"),
        ("2018-09-15", "2018-10-15", "一般", "", ""),
    ),
    "花街镇": (("2018-09-11", "2018-10-11", "一般", "2018-10-08", "2018-10-09"),) * 4,
    "石柱镇": (("2018-10-10", "2018-10-25", "一般", "2018-10-19", "2018-10-22"),) * 4,
    "西城街道": (("2018-10-12", "2018-11-12", "一般", "2018-10-29", "2018-10-30"),) * 4,
}


def _hazards(path: Path, placed: Mapping[str, Sequence[dict[str, str]]]) -> None:
    made = []
    for town, lives in HAZARDS.items():
        for index, (found, deadline, level, rectified, accepted) in enumerate(lives):
            firm = placed[town][index]
            what, category = FOUND[index % len(FOUND)]
            assured = (
                ("厂长甲", "停用喷涂线，加装防爆电器", "120000", "停产期间专人值守") if level == "重大" else ("",) * 4
            )
            who = (town, firm["企业名称"], firm["统一社会信用代码"])
            by = "验收人乙" if accepted else ""
            made.append((*who, found, "网格巡查", level, what, category, deadline, *assured, rectified, accepted, by))
    titles = "镇（街、区） 企业名称 统一社会信用代码 发现日期 隐患来源 隐患级别 隐患部位与描述 隐患类别 整改期限"
    titles += " 整改责任人 措施 资金（元） 预案 整改完成日期 验收日期 验收人"
    write(path, titles.split(), made)


def _records(path: Path, name: str, fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    columns = record(name).columns
    write(path, [columns[field].title for field in fields], ([row[field] for field in fields] for row in rows))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        fill_in(Path(sys.argv[1]), sys.argv[2])
    else:
        enterprises(Path(sys.argv[1]) / "企业.csv")
