"""A long sheet is taken in bulk, and stands in the ledger as if its rows had come one by one."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from anjian_cli.exchange import columns, intake, long_sheets, opened_file, reader, suspicions
from anjian_cli.exchange.report import Report
from anjian_cli.ledger import create, history
from anjian_cli.ledger.open import reading
from anjian_cli.workflow import in_bulk, register
from anjian_cli.workflow.kept_record import Kept
from support.examples import examples
from support.import_ledger import (
    CLOSED,
    HENGDA_SHIZHU,
    HENGDA_ZHIYING,
    JINGGONG,
    STANDING,
    code,
    content,
    gates,
    sheet,
    standing,
    take,
)
from support.more_measures import summing
from support.sweeps import sweep

ONE_BY_ONE = 10**9
KNOWN = ("setting", "town", "village", "enterprise")
OF_THE_ORDER = ("row_check", "id", "number", "enterprise_id")
DERIVED_FROM = ("row_check", "hazard_deadline_id", "rectification_id")
"""Columns that follow by rule and hold ids, which are of the order in which rows were written."""
Row = dict[str, str]

ENTERPRISE = {
    "镇（街、区）": "芝英镇",
    "企业名称": "永康市甲厂",
    "统一社会信用代码": "新",
    "无代码原因": "",
    "注册号": "",
    "村（居）": "",
    "风险类别": "",
    "从业人数": "12",
    "经营状态": "",
    "注册日期": "2018-01-01",
    "备注": "好",
}
ODD_ENTERPRISE = {
    "镇（街、区）": ["石柱", "", "无此镇"],
    "企业名称": [
        "永康市乙厂（普通合伙）",
        "永康市乙厂(普通合伙)",
        "永康市恒达工具厂",
        "永康市李记作坊",
        " abc厂",
        "Ｂ厂",
        "同上",
    ],
    "统一社会信用代码": ["", "旧", HENGDA_ZHIYING, CLOSED, "91330784MA0000001X"],
    "无代码原因": ["家庭作坊"],
    "注册号": ["330784000012345"],
    "村（居）": ["芝英一村", "塘里村"],
    "风险类别": ["喷涂", "涉粉、喷涂", "胡写"],
    "从业人数": ["", "１２", "若干"],
    "经营状态": ["在营", "停产"],
    "注册日期": ["", "2017.3.5", "2019-01-01"],
    "备注": ["", " 有空格 ", "'=1+1", "（清空）", "\u200b", "甲|乙", "合计", "同上"],
}
HAZARD = {
    "镇（街、区）": "江南街道",
    "企业名称": "永康市精工五金厂",
    "统一社会信用代码": JINGGONG,
    "发现日期": "2018-09-03",
    "隐患来源": "网格巡查",
    "隐患级别": "一般",
    "隐患部位与描述": "新",
    "整改期限": "2018-09-25",
    "隐患类别": "用电安全",
    "判定依据": "",
    "上报日期": "",
    "挂牌日期": "",
    "延至日期": "",
    "整改完成日期": "2018-09-22",
    "验收日期": "2018-09-23",
    "验收单位": "",
    "验收人": "",
    "验收结论": "合格",
    "资金（元）": "",
}
ODD_HAZARD = {
    "镇（街、区）": ["", "石柱镇", "合计"],
    "企业名称": ["永康市恒达工具厂", "永康市旧厂", ""],
    "统一社会信用代码": ["", HENGDA_ZHIYING],
    "发现日期": ["2018-09-20", "2018-12-01", "9月3日", "2017-12-31"],
    "隐患来源": ["企业自查"],
    "隐患类别": ["有限空间", "受限空间", "老设备"],
    "判定依据": ["129号-粉尘3", "令10-11(3)", "粉尘防爆安全规程"],
    "隐患级别": ["重大"],
    "隐患部位与描述": ["喷漆房无防爆灯", "灭火器过期", "同一处", "灭火機过期", "喷漆房无防爆打"],
    "整改期限": ["2018-09-22", "2018-09-23", "2018-09-01", "2018-12-31"],
    "上报日期": ["2018-09-21", "2018-09-01"],
    "挂牌日期": ["2018-09-10"],
    "延至日期": ["2018-12-31"],
    "整改完成日期": ["", "2018-08-01", "2018-10-01"],
    "验收日期": ["", "2018-08-02", "2018-09-22"],
    "验收单位": ["县级安监局"],
    "验收人": ["验收人甲"],
    "验收结论": ["", "不合格"],
    "资金（元）": ["5,000", "2万元", "0.5"],
}
ALIKE_HAZARD = {
    "镇（街、区）": ["", "石柱镇"],
    "发现日期": ["2018-09-02", "2018-09-04", "2018-09-09", "2018-09-10"],
    "隐患部位与描述": ["喷漆房无防爆灯", "喷漆房无防爆打", "喷漆房没防爆灯", "喷漆房 无防爆灯。", "喷漆室没防爆灯"],
    "整改期限": ["2018-10-08", "2019-04-01", "2019-09-25"],
    "资金（元）": ["5000", "4000", "6000", "0.5", "3"],
}


def nearly(usual: Row, odd: dict[str, list[str]]) -> st.SearchStrategy[list[Row]]:
    """Rows that are as usual but for a cell or two."""
    cells = st.sampled_from([(title, text) for title, texts in odd.items() for text in texts])
    row = st.lists(cells, max_size=2).map(lambda changed: usual | dict(changed))
    return st.lists(row, min_size=1, max_size=9)


def numbered(rows: list[Row]) -> list[Row]:
    """新 stands for what no other row has; 旧 for a code that the row before has."""
    serial = count(100)
    found = []
    last = code(99)
    for row in rows:
        told = dict(row)
        if told.get("统一社会信用代码") == "新":
            last = told["统一社会信用代码"] = code(next(serial))
        elif told.get("统一社会信用代码") == "旧":
            told["统一社会信用代码"] = last
        if told.get("隐患部位与描述") == "新":
            told["隐患部位与描述"] = f"第{next(serial)}处"
        found.append(told)
    return found


def told(report: Report) -> dict[str, Any]:
    """What a report says, but for numbers that follow from the order of writing. Of a file that is not taken it counts
    rows as if those before them had not been refused half-way: that may differ."""
    (part,) = report.parts
    found = {
        "taken": report.taken,
        "rows": (part.rows, part.refused, sorted(part.skipped)),
        "faults": Counter((f.code, f.field, f.value, f.place) for f in report.faults),
        "notes": Counter((f.code, f.field, f.value, f.place, str(sorted(f.words.items()))) for f in report.notes),
    }
    if not report.taken:
        return found
    return found | {
        "counts": (part.new, part.changed, part.unchanged, part.blanks),
        "doubtful": {title: times for title, times in part.doubtful.items() if times},
        "steps": {step: times for step, times in part.steps.items() if times},
        "changes": sorted((row, title, str(before), str(after)) for row, _, title, before, after in part.changes),
    }


def facts(path: Path) -> dict[str, Counter[tuple[object, ...]]]:
    """What the ledger holds, each row with that of its root in place of ids and numbers."""
    assert content(path)
    with closing(reading(path)) as connection:
        roots = dict(connection.execute("SELECT name, root_column FROM record_table").fetchall())
        kept = {name: rows(connection, name) for name in roots}
        named = {
            (name, row["id"]): tuple(value for key, value in row.items() if key not in OF_THE_ORDER)
            for name in ("enterprise", "hazard")
            for row in kept[name]
        }
        found = {
            name: Counter(
                tuple(
                    named.get((key.removesuffix("_id"), value), value)
                    for key, value in row.items()
                    if key not in ("id", "number", *DERIVED_FROM)
                )
                for row in kept[name]
            )
            for name in roots
        }
        for table in ("measure_day", "measure_month"):
            found[table] = Counter(tuple(row) for row in connection.execute(f"SELECT * FROM {table}"))
    return found


def rows(connection: sqlite3.Connection, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """A ledger that knows everything of `standing`, and two that know less. They sum more than is asked for in a new
    ledger, by the words of hazards."""
    folder = tmp_path_factory.mktemp("台账")
    by_kind = ("hazard.found?kind=有限空间", "hazard.overdue?kind=其他|有限空间")
    with summing("hazard.found?level=重大", "hazard.found?channel=企业自查", "hazard.overdue?level=一般", *by_kind):
        found = {"all": standing(folder / "all.db")}
        for name, records in (("towns", KNOWN[:3]), ("enterprises", KNOWN)):
            found[name] = folder / f"{name}.db"
            create.create(found[name])
            for record in records:
                assert take(found[name], STANDING[record], record).taken
        yield found


Both = Callable[[list[Row], str, bool], None]


@pytest.fixture
def alike(templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    """Takes rows both ways, in pieces of three, and holds ledgers and reports equal."""
    monkeypatch.setattr(columns, "PIECE", 3)

    def compare(rows: list[Row], known: str, accept_good: bool) -> None:
        results = []
        for limit in (0, ONE_BY_ONE):
            monkeypatch.setattr(long_sheets, "LONG", limit)
            path = Path(shutil.copy(templates[known], tmp_path / f"{limit}.db"))
            report = take(path, sheet(rows), accept_good=accept_good)
            results.append((told(report), facts(path)))
        assert results[0] == results[1]

    return compare


@pytest.mark.unmeasured
@given(rows=nearly(ENTERPRISE, ODD_ENTERPRISE), known=st.sampled_from(["towns", "all"]), good=st.booleans())
@examples(10, HealthCheck.function_scoped_fixture, ordinary=4)
def test_enterprises_in_bulk_are_as_one_by_one(alike: Both, rows: list[Row], known: str, good: bool) -> None:
    alike(numbered(rows), known, good)


@pytest.mark.unmeasured
@given(rows=nearly(HAZARD, ODD_HAZARD), known=st.sampled_from(["enterprises", "all"]), good=st.booleans())
@examples(10, HealthCheck.function_scoped_fixture, ordinary=4)
def test_hazards_in_bulk_are_as_one_by_one(alike: Both, rows: list[Row], known: str, good: bool) -> None:
    alike(numbered(rows), known, good)


@pytest.mark.unmeasured
@given(
    rows=st.lists(
        st.tuples(*map(st.sampled_from, ALIKE_HAZARD.values())).map(
            lambda cells: (
                HAZARD
                | {"整改完成日期": "", "验收日期": "", "验收结论": ""}
                | dict(zip(ALIKE_HAZARD, cells, strict=True))
            )
        ),
        min_size=2,
        max_size=9,
    ),
    known=st.sampled_from(["enterprises", "all"]),
)
@examples(12, HealthCheck.function_scoped_fixture, ordinary=4)
def test_what_is_said_of_hazards_in_bulk_is_said_one_by_one(alike: Both, rows: list[Row], known: str) -> None:
    alike(rows, known, True)


@pytest.mark.unmeasured
@pytest.mark.parametrize("known", ["towns", "enterprises", "all"])
@pytest.mark.parametrize("far", [1, 5])
def test_two_rows_that_are_one_record(alike: Both, known: str, far: int) -> None:
    between = [ENTERPRISE | {"企业名称": f"永康市第{n}厂"} for n in range(far)]
    alike(numbered([ENTERPRISE, *between, ENTERPRISE | {"统一社会信用代码": code(100)}]), known, False)
    alike(
        numbered([ENTERPRISE | {"企业名称": "永康市某厂", "统一社会信用代码": ""}, *between, ENTERPRISE]), known, False
    )
    if known != "towns":
        same = HAZARD | {"隐患部位与描述": "同一处"}
        alike(numbered([same, *[HAZARD] * far, same]), known, False)


@pytest.mark.unmeasured
@pytest.mark.parametrize("record", ["enterprise", "hazard"])
def test_every_odd_cell_among_plain_ones(alike: Both, monkeypatch: pytest.MonkeyPatch, record: str) -> None:
    """None of these makes all rows be taken one by one."""
    usual, odd = (ENTERPRISE, ODD_ENTERPRISE) if record == "enterprise" else (HAZARD, ODD_HAZARD)
    found = [usual | {title: text} for title, texts in odd.items() for text in texts if text != "旧"]
    found = [row for one in found for row in (one, dict(usual))]
    for number, row in enumerate(found):
        if row["企业名称"] == ENTERPRISE["企业名称"]:
            row["企业名称"] = f"永康市第{number}厂"  # a namesake without a code is another matter
    taken = 0
    take_one = register.take

    def counting(*given: Any) -> Kept:
        nonlocal taken
        taken += 1
        return take_one(*given)

    monkeypatch.setattr(register, "take", counting)
    alike(numbered(found), "all", True)
    assert taken < 3 * len(found)  # twice all of them one by one, and twice those left over


STANDS = {
    "镇（街、区）": "江南街道",
    "企业名称": "永康市精工五金厂",
    "统一社会信用代码": JINGGONG,
    "生产经营地址": "精工路3号",
    "规模": "小型",
    "风险类别": "喷涂、涉粉",
    "从业人数": "35",
    "村（居）": "",
    "经营状态": "",
    "备注": "",
}


@pytest.mark.unmeasured
@sweep(
    "changed",
    [
        {},
        {"规模": "", "风险类别": "", "镇（街、区）": ""},
        {"规模": "中型"},
        {"风险类别": "喷涂"},
        {"镇（街、区）": "芝英镇"},
        {"村（居）": "芝英一村", "镇（街、区）": "芝英镇"},
        {"经营状态": "停产"},
        {"经营状态": "在营"},
        {"企业名称": "永康市精工五金制品厂"},
        {"备注": "改"},
        {"统一社会信用代码": HENGDA_ZHIYING, "企业名称": "永康市恒达工具厂", "镇（街、区）": "芝英镇"},
    ],
    keep=4,
)
def test_what_the_ledger_has_already(alike: Both, changed: Row) -> None:
    """Last month's file with a few rows more, and a cell or two of an old row changed."""
    shizhu = STANDS | {
        "镇（街、区）": "石柱镇",
        "企业名称": "永康市恒达工具厂",
        "统一社会信用代码": HENGDA_SHIZHU,
        "生产经营地址": "石柱路2号",
        "规模": "微型",
        "风险类别": "",
        "从业人数": "8",
    }
    new = STANDS | {"企业名称": "永康市新厂", "统一社会信用代码": code(500)}
    alike([shizhu, new, STANDS | changed], "all", False)
    alike([shizhu, {**new, "统一社会信用代码": code(501), "企业名称": "永康市又一新厂"}, STANDS | changed], "all", True)


def test_a_new_code_for_what_the_ledger_knows_by_name(alike: Both) -> None:
    workshop = {"企业名称": "永康市李记作坊", "统一社会信用代码": code(500), "镇（街、区）": "石柱镇"}
    alike([STANDS, STANDS | workshop], "all", True)


def test_protected_texts_in_a_column_of_many(alike: Both) -> None:
    rows = [
        ENTERPRISE | {"企业名称": f"永康市{n}厂", "备注": f"{mark}{n}"} for n, mark in enumerate(["'=", "'+", "=", "'"])
    ]
    alike(numbered(rows), "towns", True)


@pytest.mark.unmeasured
@pytest.mark.parametrize("state", ["", "在营", "停产"])
def test_one_that_was_out_of_business(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    stopped = Path(shutil.copy(templates["all"], tmp_path / "停产.db"))
    assert take(stopped, sheet([STANDS | {"经营状态": "停产"}])).taken
    found = []
    for limit in (0, ONE_BY_ONE):
        monkeypatch.setattr(long_sheets, "LONG", limit)
        path = Path(shutil.copy(stopped, tmp_path / f"{limit}.db"))
        found.append((told(take(path, sheet([STANDS | {"经营状态": state}]))), facts(path)))
    assert found[0] == found[1]


@pytest.mark.unmeasured
@pytest.mark.parametrize("far", [0, 5])
def test_an_old_row_twice(alike: Both, far: int) -> None:
    new = [STANDS | {"企业名称": f"永康市{n}厂", "统一社会信用代码": code(500 + n)} for n in range(far)]
    alike([STANDS, *new, STANDS], "all", True)
    alike([STANDS, *new, STANDS | {"备注": "改"}], "all", True)


PLAIN = {
    "enterprise": [
        {
            "镇（街、区）": town,
            "企业名称": name,
            "统一社会信用代码": code(serial),
            "风险类别": risks,
            "村（居）": village,
            "备注": "",
        }
        for serial, (town, name, risks, village) in enumerate(
            [
                ("芝英镇", "永康市甲厂", "喷涂、胶水", "芝英一村"),
                ("", "永康市乙厂（普通合伙）", "", ""),
                ("石柱", "永康市甲厂", "涉粉", ""),
                ("芝英镇", "abc厂", "", ""),
            ],
            start=300,
        )
    ],
    "hazard": [
        {
            "企业名称": name,
            "统一社会信用代码": firm,
            "镇（街、区）": town,
            "发现日期": "2017-12-20",
            "隐患来源": "网格巡查",
            "隐患级别": "一般",
            "隐患部位与描述": f"第{serial}处",
            "整改期限": "2018-01-10",
            "整改完成日期": rectified,
            "验收日期": accepted,
            "验收单位": unit,
        }
        for serial, (name, firm, town, rectified, accepted, unit) in enumerate(
            [
                # The first piece has one that was rectified: what follows by rule is noted behind it either way.
                ("", JINGGONG, "江南街道", "2017-12-21", "", ""),
                ("永康市精工五金厂", JINGGONG, "", "", "", ""),
                ("永康市精工五金厂", "", "", "2017-12-21", "2017-12-21", "县级安监局"),
                ("永康市精工五金厂", "", "", "2018-01-10", "2018-01-10", ""),
                ("永康市精工五金厂", "", "", "2018-01-11", "2018-01-12", ""),
                ("永康市精工五金厂", "", "", "2018-01-11", "2018-10-01", ""),
            ]
        )
    ],
}


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("record", "known"), [("enterprise", "towns"), ("enterprise", "all"), ("hazard", "enterprises"), ("hazard", "all")]
)
def test_plain_rows_make_the_very_same_ledger(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: str, known: str
) -> None:
    found = []
    for limit in (0, ONE_BY_ONE):
        monkeypatch.setattr(long_sheets, "LONG", limit)
        monkeypatch.setattr(columns, "PIECE", 2)
        path = Path(shutil.copy(templates[known], tmp_path / f"{limit}.db"))
        with monkeypatch.context() as patched:
            if limit == 0:  # nothing is left to be taken one by one
                patched.setattr(register, "take", None)
            assert take(path, sheet(PLAIN[record])).taken
        with closing(reading(path)) as connection:
            history = [tuple(row) for row in connection.execute("SELECT id, content, hash FROM operation")]
            objects = sorted(map(tuple, connection.execute("SELECT type, name, sql FROM sqlite_master")))
        found.append((history, objects, content(path)))
    assert found[0] == found[1]


def test_each_record_knows_its_line(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the way in bulk or one by one, beside lines that are no records."""
    text = sheet(PLAIN["enterprise"]).replace("\n石柱", "\n\n合计\n石柱")
    for limit in (0, ONE_BY_ONE):
        monkeypatch.setattr(long_sheets, "LONG", limit)
        path = Path(shutil.copy(templates["towns"], tmp_path / f"{limit}.db"))
        assert take(path, text).taken
        with closing(reading(path)) as connection:
            spans = connection.execute("SELECT * FROM source_row WHERE table_name = 'enterprise'").fetchall()
            lines = [history.origins(connection, "enterprise", row) for row in (1, 2, 3, 4)]
        assert [tuple(span) for span in spans] == [(4, "enterprise", 1, 2, "", 2), (4, "enterprise", 3, 4, "", 6)]
        assert lines == [{4: ("", line)} for line in (2, 3, 6, 7)]


def test_nothing_is_taken_of_a_file_that_changes_meanwhile(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "LARGE", -1)
    ledger, path = Path(shutil.copy(templates["towns"], tmp_path / "甲.db")), tmp_path / "甲.csv"
    before = content(ledger)
    path.write_text(sheet(PLAIN["enterprise"]), encoding="utf-8")
    (opened,) = opened_file.open_files(path)
    path.write_text(sheet(PLAIN["enterprise"][:1]), encoding="utf-8")
    report = intake.take_file(opened, gates(ledger))
    assert ([fault.code for fault in report.faults], report.taken) == (["E331"], False)
    assert content(ledger) == before


@pytest.mark.parametrize(("record", "same"), [("enterprise", "统一社会信用代码"), ("hazard", "隐患部位与描述")])
@pytest.mark.parametrize("apart", [1, 5, 30])
def test_of_two_rows_that_are_one_record_only_the_second_is_taken_one_by_one(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: str, same: str, apart: int
) -> None:
    """Else a file of 50,000 rows with one such pair would take six times as long as without."""
    ledger = Path(shutil.copy(templates["all"], tmp_path / "甲.db"))
    plain = {"enterprise": ENTERPRISE, "hazard": HAZARD}[record]
    rows = [{**plain, "备注": f"第{at}行"} for at in range(40)]
    for at, row in enumerate(rows):
        row[same] = code(1000 + at) if record == "enterprise" else f"第{at}处"
    rows[3 + apart][same] = rows[3][same]
    alone: list[object] = []
    one_by_one = register.take

    def counted(*given: Any) -> Kept:
        alone.append(given[2])
        return one_by_one(*given)

    monkeypatch.setattr(register, "take", counted)
    monkeypatch.setattr(long_sheets, "LONG", 0)
    monkeypatch.setattr(columns, "PIECE", 4)
    report = take(ledger, sheet(rows), record)
    assert [(fault.code, fault.place.row, fault.words["where"]) for fault in report.faults] == [
        ("E237", 5 + apart, "第5行")
    ]
    assert len(alone) == 1


def workbook(path: Path, sheets: dict[str, list[Row]]) -> Path:
    """A workbook of sheets with headings; returns its path."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        made = book.create_sheet(title)
        for row in [[*rows[0]], *([*row.values()] for row in rows)]:
            made.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("long", [0, 3, ONE_BY_ONE])
def test_a_short_sheet_before_a_long_one_of_the_same_type(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    """A faulty row has all taken again: what was written in bulk before holds no more."""
    monkeypatch.setattr(long_sheets, "LONG", long)
    rows = [ENTERPRISE | {"企业名称": f"永康市{n}厂", "统一社会信用代码": code(500 + n)} for n in range(7)]
    rows[0] |= {"统一社会信用代码": "", "无代码原因": "家庭作坊"}
    rows[5] |= {"风险类别": "胡写"}
    rows[6] |= {"村（居）": "无此村"}
    ledger = Path(shutil.copy(templates["towns"], tmp_path / "甲.db"))
    (opened,) = opened_file.open_files(workbook(tmp_path / "甲.xlsx", {"一": rows[:2], "二": rows[2:]}))
    report = intake.take_file(opened, gates(ledger), accept_good=True)
    assert [fault.code for fault in report.faults] == ["E203", "E231"]
    assert (report.taken, [(part.new, part.refused) for part in report.parts]) == (True, [(2, 0), (3, 2)])


def test_a_total_that_is_left_out_is_said_once_though_all_is_taken_again(
    templates: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_sheets, "LONG", 0)
    figures = {"石柱镇": "8", "芝英镇": "3", "合计": "11"}
    totals = [
        {"指标": "三级新创", "镇（街、区）": town, "截至日期": "2018-09-30", "累计数": number, "依据": "甲表"}
        for town, number in figures.items()
    ]
    once = iter([True])
    alike = suspicions.of_look_alikes

    def unusual_at_first(*given: Any) -> object:
        if next(once, False):
            raise in_bulk.Unusual
        return alike(*given)

    monkeypatch.setattr(suspicions, "of_look_alikes", unusual_at_first)
    ledger = Path(shutil.copy(templates["towns"], tmp_path / "甲.db"))
    (opened,) = opened_file.open_files(
        workbook(tmp_path / "甲.xlsx", {"一": [ENTERPRISE | {"统一社会信用代码": code(500)}], "二": totals})
    )
    report = intake.take_file(opened, gates(ledger))
    assert (report.faults, [part.rows for part in report.parts]) == ([], [1, 2])
    assert len([note for note in report.notes if note.place.sheet == "二"]) == 1
