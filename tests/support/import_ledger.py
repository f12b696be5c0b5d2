"""A small ledger in a file for the tests of importing, and short words to import into it on a fixed day."""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from functools import cache
from pathlib import Path

from stdnum.cn import uscc

from anjian_cli.exchange import intake, opened_file, reader
from anjian_cli.exchange.report import Report
from anjian_cli.ledger import create, schema, write
from anjian_cli.ledger.check import check
from anjian_cli.ledger.gate import Gate, Source
from anjian_cli.ledger.open import reading
from anjian_cli.records import definition

TODAY = "2018-11-02"


def code(serial: int) -> str:
    """A made-up unified social credit code that adds up."""
    body = f"91330784MA{serial:07d}"
    return body + str(uscc.calc_check_digit(body))


HENGDA_ZHIYING, HENGDA_SHIZHU, JINGGONG, CLOSED = code(1), code(2), code(3), code(4)

STANDING = {
    "setting": "名称,值,起用日期\nregion_code,330784,2018-01-01\n",
    "town": "代码,名称\n330784003,江南街道\n330784105,石柱镇\n330784109,芝英镇\n",
    "village": "代码,名称\n330784109201,芝英一村\n330784105201,塘里村\n",
    "enterprise": (
        "镇（街、区）,企业名称,统一社会信用代码,无代码原因,生产经营地址,规模,风险类别,从业人数\n"
        f"芝英镇,永康市恒达工具厂,{HENGDA_ZHIYING},,恒达路1号,小型,喷涂,20\n"
        f"石柱镇,永康市恒达工具厂,{HENGDA_SHIZHU},,石柱路2号,微型,,8\n"
        f"江南街道,永康市精工五金厂,{JINGGONG},,精工路3号,小型,涉粉、喷涂,35\n"
        f"江南街道,永康市旧厂,{CLOSED},,旧路4号,微型,,3\n"
        "石柱镇,永康市李记作坊,,家庭作坊,石柱路9号,微型,,2\n"
    ),
    "hazard": (
        "企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,整改责任人,措施,资金,预案,挂牌级别,挂牌文号,挂牌日期\n"
        "永康市精工五金厂,2018-09-03,网格巡查,一般,喷漆房无防爆灯,2018-10-31,,,,,,,\n"
        "永康市精工五金厂,2018-09-04,部门检查,重大,除尘管道积尘,2018-12-31,负责人甲,清理并停产,20000,已编制,"
        "县级,永安委〔2018〕9号,2018-09-10\n"
        "永康市精工五金厂,2018-09-05,网格巡查,一般,灭火器过期,2018-10-31,,,,,,,\n"
    ),
    "trusteeship": (
        "企业名称,服务机构,托管类别,起始日期,终止日期,约定服务次数\n"
        "永康市精工五金厂,示例安全技术公司,喷涂,2018-03-01,2019-02-28,4\n"
    ),
    "training": (
        "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n江南街道,2018-09-05,其他从业人员,复工培训,60,58\n"
    ),
    "target": "年度,指标,镇（街、区）,任务数,下达文号\n2018,三级新创,江南街道,20,永安委〔2018〕3号\n",
    "opening_figure": "指标,镇（街、区）,截至日期,累计数,依据\n三级新创,江南街道,2018-09-30,11,永安委办〔2018〕13号\n",
}


def sheet(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV text; the headings are those of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def standing(path: Path) -> Path:
    """A ledger at `path` with the facts above; hazard 3 and the enterprise 永康市旧厂 are voided."""
    path.write_bytes(_standing(schema.text()))
    return path


@cache
def _standing(_: str) -> bytes:
    """Its file, made once for each text of the schema."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "甲.db"
        create.create(path)
        for record, text in STANDING.items():
            report = take(path, text, record)
            assert report.taken, report.faults
        with write.operation(path, "void", at="2018-11-01T01:00:00Z", actor="测试", today="2018-11-01") as gate:
            gate.update("hazard", 3, voided_on="2018-11-01", void_reason="重复登记")
            gate.update("enterprise", 4, voided_on="2018-11-01", void_reason="已注销")
        return path.read_bytes()


def gates(path: Path) -> Callable[[Source], AbstractContextManager[Gate]]:
    """What `intake` opens a gate with."""
    return lambda source: write.operation(
        path, "import", at=f"{TODAY}T01:00:00Z", actor="测试", today=TODAY, source=source
    )


def take(
    path: Path, text: str | bytes, record: str | None = None, *, accept_good: bool = False, dry_run: bool = False
) -> Report:
    """Import a file's content into the ledger at `path`; no row may go uncounted."""
    data = text if isinstance(text, bytes) else text.encode()
    kind = definition.record(record) if record else None
    (opened,) = opened_file.open_files(reader.STDIN, kind, stdin=data)
    report = intake.take_file(opened, gates(path), accept_good=accept_good, dry_run=dry_run)
    assert report.rows == report.new + report.changed + report.unchanged + report.refused
    return report


WHOLE = set[bytes]()
"""Files, by their SHA-256, that were found whole: copies of one need not be checked again."""


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The records and sums of a ledger that is whole, without its history."""
    file = hashlib.sha256(path.read_bytes()).digest()
    with closing(reading(path)) as connection:
        if file not in WHOLE:
            assert check(connection) == []
            WHOLE.add(file)
        tables = [row[0] for row in connection.execute("SELECT name FROM record_table")]
        return {
            table: [tuple(row) for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2, 3')]
            for table in [*tables, "measure_day", "measure_month"]
        }


def operations(path: Path) -> int:
    """How many operations the ledger has recorded."""
    with closing(reading(path)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM operation").fetchone()
        return int(count)


def newest(path: Path, table: str) -> sqlite3.Row:
    """The row of a table that came last."""
    with closing(reading(path)) as connection:
        found: sqlite3.Row = connection.execute(f'SELECT * FROM "{table}" ORDER BY id DESC LIMIT 1').fetchone()
        return found
