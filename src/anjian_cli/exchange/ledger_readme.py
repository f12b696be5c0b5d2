"""The page that lies in a ledger's folder and says, to somebody who has neither the program nor its makers, what the
files are, how they are read, and how one sees that they are whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.ledger.whole import Identity, Table
from anjian_cli.records import definition
from anjian_cli.records.definition import Kind
from anjian_cli.rules.intervals import BEGINNING, OPEN
from anjian_cli.workflow.register import STORED_AS

HEAD = """\
安监台账 · 整本导出
====================

这个文件夹是一本安全生产台账的全部内容，用普通的文本文件写成：不用任何专门的程序，也能读懂。
里面有姓名、电话等个人信息，原样未遮盖，请妥善保管，不要外传。

这是哪一本
----------
台账标识　　　{ledger_id}
最后一步操作　第{head}步，{head_at}（协调世界时，北京时间要加8小时）
核验码　　　　{head_hash}
　　　　　　　（最后一步操作的哈希；通报上印的核验码是它当时的前16位）

有哪些文件
----------
manifest.json　　　清单：格式、版本、每个文件的行数和SHA-256
operations.jsonl　 日志：从建账起的每一步操作，和每一步改动前的原样
schema.sql　　　　 结构：每张表、每一列的英文说明，可以直接交给 SQLite 建库
*.csv　　　　　　　 一张表一个文件，列在后面

怎样读 CSV
----------
编码是 UTF-8（带签名），逗号分隔，第一行是列名。
空的格子表示没有填。格子以撇号（'）开头的，去掉这一个撇号，后面的才是原文：
　　这样做，是免得电子表格把以 = + - @ 开头的文字当公式运行，也用来写空白的文字（只有一个撇号）。
日期写成 年-月-日；起止日期中，起日含当日，止日不含当日，{open} 表示没有止日，{beginning} 表示从最初。
金额是整数，单位是分；“是”“否”等照原样写。
名叫 xxx_id 的列，填的是 xxx.csv 里 id 那一列的数；town_code、village_code 填的是镇街、村居的代码。
最后一列 line_hash（行校验）不是台账的内容：见“怎样知道没有被改过”。
只供查看和长期保存。用电子表格打开后请不要保存：长数字会变样，那样就导不回来了。

怎样读 operations.jsonl
-----------------------
一行一个 JSON 对象，“table”说明它是什么：
operation　　　一步操作：何时（at，协调世界时）、何人（actor）、什么命令（command）、撤销了哪一步（undoes）、
　　　　　　　 出自哪个文件（source_file）、内容的哈希（content）、这一步的哈希（hash，含上一步的哈希）
change　　　　 这一步的一处改动：table_name 表里 id 从 first_id 到 last_id 的行；
　　　　　　　 before 为 null 的，是这一步新增的；否则是这些行在改动前的原样（没有填的列不写）
source_row　　 从来源文件的哪张表（sheet）、第几行（first_row）起，登记了哪些行
operation_root 这一步涉及的记录
从最后一步往前，把每一步的 before 放回去，就得到台账在任何一步的样子。

怎样知道没有被改过
------------------
每一行都有 line_hash：上一行的 line_hash、一个换行、本行内容写成的紧凑 JSON（CSV 是各格组成的数组，不含 line_hash），
三者连起来的 SHA-256，取前16位十六进制数。第一条的“上一行”为空（CSV 的列名一行不算）。对不上的那一行，或它前面，被动过。
每个文件的 SHA-256 在 manifest.json 里；manifest.json 自己的在 manifest_hash 里
（去掉 manifest_hash，写成紧凑 JSON，取 SHA-256）。
有本程序的，运行：anjian --台账 新台账.db 导入 --全部 这个文件夹
它逐行核对，重建出同一本台账，重新计算全部合计，并从头到尾核对操作链；有一处不符就不收，并说明是哪个文件第几行。

各张表
------
"""

TITLES = {
    "id": "行号（本表内不重复）",
    "number": "编号",
    "voided_on": "作废日期（空：有效）",
    "void_reason": "作废原因",
    "from_on": "起（含当日）",
    "until_on": "止（不含当日）",
    "remark": "备注",
    "enterprise_id": "企业（enterprise.csv 的 id）",
    "town_code": "镇（街、区）代码",
    "village_code": "村（居）代码",
    "indicator": "指标代码（见 schema.sql）",
    "measure": "口径（见 schema.sql）",
}
BESIDE = {
    "number_sequence": "编号登记（每类、每地、每年给出的最后一个号）",
    "measure_month": "各月合计（came 当月新增，went 当月减少；可由记录重新算出）",
    "measure_day": "各日合计（came 当日新增，went 当日减少；可由记录重新算出）",
    "measure_total": "各月合计的总和（核验各月用；可由记录重新算出）",
}


def page(
    connection: sqlite3.Connection,
    tables: Sequence[Table],
    files: Mapping[str, str],
    counts: Mapping[str, int],
    identity: Identity,
) -> str:
    """The page for a ledger: its tables, the file and the number of rows of each, and which ledger it is."""
    named = dict(map(tuple, connection.execute("SELECT name, title FROM record_table").fetchall())) | BESIDE
    lines = [HEAD.format(**identity._asdict(), open=OPEN, beginning=BEGINNING)]
    for table in tables:
        lines.append(f"{files[table.name]}　{named[table.name]}　{counts[table.name]}行\n")
        lines += [f"　　{column}　{title}\n" for column, title in _titles(table)]
        lines.append("\n")
    return "".join(lines)


def _titles(table: Table) -> Iterator[tuple[str, str]]:
    """Every column: by the title that its record gives it, or as it is everywhere; of the rest, where it is told."""
    known = {record.name: record for record in definition.all_records()}
    record = known.get(table.name)
    fields = {STORED_AS.get(name, name): name for name in record.columns} if record else {}
    for column in table.columns:
        if record is not None and column in fields:
            field = fields[column]
            unit = "（分）" if record.kinds.get(field) is Kind.AMOUNT else ""
            yield column, record.columns[field].title + unit
        else:
            yield column, TITLES.get(column, "见 schema.sql")
