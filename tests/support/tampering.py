"""A small ledger with an issued month, and what somebody with an SQL shell may do to it.

Each edit is SQL with what has to be told of it: a part of what `check` says. One of the log is made without the log's
guards, which are put back: whoever looks at the schema afterwards finds nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple

from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import check, row_check, write
from anjian_cli.ledger.gate import Source
from anjian_cli.workflow import month, month_text
from oracle.figures import new_ledger
from support.desk import FIVE, SHIZHU, ZHIYING, Desk
from support.forgery import reckon_anew


class Edit(NamedTuple):
    """SQL, and what has to be told of it."""

    sql: str
    told: str


def office() -> bytes:
    """A ledger in which there is something of everything that is edited here."""
    with closing(new_ledger()) as ledger:
        _fill(Desk(ledger))
        return ledger.serialize()


def _fill(desk: Desk) -> None:
    desk.towns()  # operations 1 and 2
    firms = [desk.enterprise(phone="057900000001", remark="甲") for _ in range(6)]
    desk.move(firms[2], "石柱镇", "2018-09-03")
    contracts = [desk.contract(firm) for firm in firms[:3]]
    desk.of("visit", firms[0], agency="示例安全技术公司", kind="喷涂", visited_on="2018-10-08")
    told = {"rectified_on": "2018-10-20", "accepted_on": "2018-10-22", "conclusion": "合格"}
    for firm in firms[:4]:
        desk.hazard(firm, **told)
    desk.hazard(firms[4])
    supervised = {"level": "重大", "supervised_on": "2018-10-10", "supervision_level": "县级"}
    desk.hazard(firms[5], **FIVE, **supervised)
    desk.training()
    desk.training(town="石柱镇", passed=9)
    desk.training(hours=8, remark="乙")
    desk.case(decided_on="2018-10-11", fine="20000")
    desk.case()
    desk.accident()
    desk.target(20)
    desk.target(10, town="石柱镇")
    desk.opening("网格员", "2018-01-01", "3")
    desk.village()
    desk.take("department", name="示例部门")
    with write.gate(
        desk.ledger,
        "import",
        at=desk.at,
        actor="经办人甲",
        today="2018-11-05",
        source=Source("设置.csv", "0f" * 32),
    ) as gate:
        for number, (name, value) in enumerate((("issuer", "示例办公室"), ("demonstration", "1"), ("x", "y")), 1):
            gate.insert(
                "setting", number=f"s{number}", name=name, value=value, from_on="2018-01-01", until_on="9999-12-31"
            )
        gate.came_from("setting", range(1, 4), "设置", 2)
    desk.edit("training", 3, passed=5)
    desk.edit("training", 3, passed=6)
    desk.undo()
    with desk.gate() as gate:
        month_text.keep(gate, "2018-10", 4, "本月的话")
    desk.step(month.close, ended(2018, 10), "0.1.0")
    desk.step(month.issue, "2018-10", "永安委办〔2018〕15号", "2018-11-05")
    desk.training(held_on="2018-11-01")
    assert contracts == [1, 2, 3]
    assert check.check(desk.ledger) == []


_GUARDS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


class Tampered:
    """A copy of a ledger in memory, past the gate."""

    def __init__(self, content: bytes) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.deserialize(content)
        self._connection.row_factory = sqlite3.Row
        row_check.install(self._connection)
        self._before = self._everything()

    def close(self) -> None:
        self._connection.close()

    def edit(self, sql: str, *, guarded: bool = True) -> None:
        """Without the guards, which are put back (`guarded`: with them as they are). It is a mistake of the test where
        nothing is otherwise then."""
        guards = [] if guarded else self._connection.execute(_GUARDS).fetchall()
        for name, _ in guards:
            self._connection.execute(f"DROP TRIGGER {name}")
        self._connection.executescript(sql)
        for _, guard in guards:
            self._connection.execute(guard)
        assert self._everything() != self._before, "nothing was altered"

    def _everything(self) -> list[object]:
        """Every object and every row."""
        objects = self._connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
        tables = [name for kind, name, _ in map(tuple, objects) if kind == "table"]
        return [
            *map(tuple, objects),
            *(tuple(row) for name in tables for row in self._connection.execute(f'SELECT * FROM "{name}"')),
        ]

    def reckon_anew(self) -> None:
        """What an editor does who knows what is kept beside the rows."""
        reckon_anew(self._connection)

    def told(self) -> list[str]:
        """What the check says."""
        return [str(fault) for fault in check.check(self._connection)]


RECORDS: Mapping[str, Edit] = {
    "enterprise name": Edit("UPDATE enterprise SET name = name || 'x' WHERE id = 5", "表 enterprise 第5行"),
    "enterprise phone": Edit("UPDATE enterprise SET phone = '13900000000' WHERE id = 5", "表 enterprise 第5行"),
    "hazard description": Edit("UPDATE hazard SET description = 'x' WHERE id = 3", "表 hazard 第3行"),
    "hazard found_on": Edit("UPDATE hazard SET found_on = '2018-10-08' WHERE id = 3", "表 hazard 第3行"),
    "hazard deadline": Edit(
        "UPDATE hazard_deadline SET deadline_on = '2019-10-30' WHERE id = 3", "表 hazard_deadline 第3行"
    ),
    "rectification accepted a day earlier": Edit(
        "UPDATE rectification SET accepted_on = date(accepted_on, '-1 day') WHERE id = 4", "表 rectification 第4行"
    ),
    "rectification deleted": Edit("DELETE FROM rectification WHERE id = 2", "整改应有"),
    "hazard deleted with its rows": Edit(
        "DELETE FROM rectification WHERE hazard_id = 3; DELETE FROM hazard_deadline WHERE hazard_id = 3;"
        " DELETE FROM supervision WHERE hazard_id = 3; DELETE FROM hazard_due WHERE hazard_id = 3;"
        " DELETE FROM hazard WHERE id = 3",
        "隐患应有",
    ),
    "hazard deleted and the sums with it": Edit(
        "DELETE FROM rectification WHERE hazard_id = 3; DELETE FROM hazard_deadline WHERE hazard_id = 3;"
        " DELETE FROM hazard_due WHERE hazard_id = 3; DELETE FROM hazard WHERE id = 3; DELETE FROM measure_day;"
        " DELETE FROM measure_month; DELETE FROM measure_total",
        "隐患应有",
    ),
    "contract until later": Edit("UPDATE trusteeship SET until_on = '2030-01-01' WHERE id = 3", "表 trusteeship 第3行"),
    "training passed": Edit("UPDATE training SET passed = passed + 1 WHERE id = 1", "表 training 第1行"),
    "training attended": Edit("UPDATE training SET attended = attended + 10 WHERE id = 2", "表 training 第2行"),
    "case fine": Edit("UPDATE enforcement_case SET fine = COALESCE(fine, 0) + 100 WHERE id = 2", "表 enforcement_case"),
    "accident deaths": Edit("UPDATE casualties SET deaths = deaths + 1 WHERE id = 1", "表 casualties 第1行"),
    "target": Edit("UPDATE target SET quantity = quantity + 1 WHERE id = 1", "表 target 第1行"),
    "opening figure": Edit("UPDATE opening_figure SET quantity = quantity + 1 WHERE id = 1", "表 opening_figure 第1行"),
    "setting value": Edit("UPDATE setting SET value = '假的单位' WHERE name = 'issuer'", "表 setting 第"),
    "setting inserted": Edit(
        "INSERT INTO setting (number, name, value, from_on, until_on)"
        " SELECT number || 'x', name || 'x', value, from_on, until_on FROM setting WHERE id = 3",
        "表 setting",
    ),
    "demonstration flag removed": Edit("UPDATE setting SET value = '0' WHERE name = 'demonstration'", "表 setting 第"),
    "town name": Edit("UPDATE town SET name = '假镇' WHERE id = 2", "表 town 第2行"),
    "town order": Edit("UPDATE town SET position = 99 WHERE id = 2", "表 town 第2行"),
    "cell of a locked month": Edit("UPDATE month_cell SET done = done + 1 WHERE id = 1", "表 month_cell 第1行"),
    "text of an issued bulletin": Edit(
        "UPDATE issued_month SET bulletin = replace(bulletin, '芝英', '假英')", "表 issued_month 第1行"
    ),
    "head of an issued month": Edit("UPDATE issued_month SET head = head - 1", "2018-10定稿时的台账"),
    "number of an issued month": Edit(
        "UPDATE issued_month SET document_number = '永安委办〔2018〕99号'", "表 issued_month 第1行"
    ),
    "day of an issued month": Edit("UPDATE issued_month SET issued_on = '2018-11-01'", "表 issued_month 第1行"),
    "issued month deleted": Edit("DELETE FROM month_cell; DELETE FROM issued_month", "月份应有1行"),
    "words of a month inserted": Edit(
        "INSERT INTO month_text (month, section, text) VALUES ('2018-09', 4, '假')", "表 month_text"
    ),
    "empty remark": Edit("UPDATE enterprise SET remark = '' WHERE id = 5", "表 enterprise 第5行"),
    "text behind a NUL": Edit(
        "UPDATE enterprise SET name = name || char(0) || '隐藏' WHERE id = 5", "表 enterprise 第5行"
    ),
    "two enterprises swapped": Edit(
        "UPDATE enterprise SET id = -1 WHERE id = 5; UPDATE enterprise SET id = 5 WHERE id = 6;"
        " UPDATE enterprise SET id = 6 WHERE id = -1",
        "表 enterprise 第5行",
    ),
    "hazard voided": Edit(
        "UPDATE hazard SET voided_on = '2018-10-10', void_reason = 'x' WHERE id = 3", "表 hazard 第3行"
    ),
    "department with an id beyond": Edit(
        "INSERT INTO department (id, number, name) VALUES (9999, 'x-2018-9999', '假部门')", "表 department"
    ),
    "village inserted": Edit(
        "INSERT INTO village (id, code, name, town_code) SELECT 9999, '330784999201', '假村', code FROM town LIMIT 1",
        "表 village",
    ),
    "residence from an earlier day": Edit(
        "UPDATE residence SET from_on = '2018-01-02' WHERE id = 3", "表 residence 第3行"
    ),
    # more than the script has
    "towns of two trainings swapped": Edit(
        f"UPDATE training SET town_code = iif(id = 1, '{SHIZHU}', '{ZHIYING}') WHERE id IN (1, 2)", "表 training 第1行"
    ),
    "contract moved to another enterprise": Edit(
        "UPDATE trusteeship SET enterprise_id = 4 WHERE id = 3", "表 trusteeship 第3行"
    ),
    "deadline a day later": Edit(
        "UPDATE hazard_deadline SET deadline_on = date(deadline_on, '+1 day') WHERE id = 5", "表 hazard_deadline 第5行"
    ),
    "hazard of another enterprise": Edit("UPDATE hazard SET enterprise_id = 1 WHERE id = 5", "表 hazard 第5行"),
    "level of supervision": Edit("UPDATE supervision SET level = '省级'", "表 supervision 第1行"),
    "visit a day later": Edit("UPDATE visit SET visited_on = date(visited_on, '+1 day')", "表 visit 第1行"),
    "rows of two trainings swapped, but for their ids": Edit(
        "UPDATE training SET id = -1 WHERE id = 1; UPDATE training SET id = 1 WHERE id = 3;"
        " UPDATE training SET id = 3 WHERE id = -1",
        "操作",
    ),
    "negative id": Edit(
        "INSERT INTO department (id, number, name) VALUES (-1, 'x-2018-9999', '假部门')", "表 department"
    ),
    "id moved": Edit("UPDATE department SET id = 77 WHERE id = 1", "表 department 第77行"),
    "number moved": Edit("UPDATE training SET number = number || '0' WHERE id = 2", "表 training 第2行"),
    "number of NULL and of nought": Edit("UPDATE training SET hours = 0 WHERE id = 1", "表 training 第1行"),
    "space behind a name": Edit("UPDATE town SET name = name || ' ' WHERE id = 1", "表 town 第1行"),
    "a letter that looks the same": Edit(
        "UPDATE training SET remark = replace(remark, '乙', char(0x2F04)) WHERE id = 3", "表 training 第3行"
    ),
    "rank in a locked month": Edit("UPDATE month_cell SET rank = 9 WHERE id = 1", "2018-10的通报与月份数字不符"),
    "month_recount inserted": Edit(
        "INSERT INTO month_recount (issued_month_id, indicator, town_code, done)"
        f" VALUES (1, 'training.网格员', '{ZHIYING}', 99)",
        "表 month_recount",
    ),
    "words of a month": Edit("UPDATE month_text SET text = '别的话'", "表 month_text 第1行"),
    "words of a month moved to another": Edit("UPDATE month_text SET month = '2018-09'", "表 month_text 第1行"),
    "head's hash of an issued month": Edit(
        "UPDATE issued_month SET head_hash = (SELECT hash FROM operation WHERE id = 3)", "2018-10定稿时的台账"
    ),
    "issued month made one that is closed": Edit(
        "UPDATE issued_month SET issued_on = NULL, document_number = NULL", "表 issued_month 第1行"
    ),
    "derived row": Edit("DELETE FROM hazard_due WHERE hazard_id = 5", "应有"),
}
"""Of records. Who reckons anew what is kept beside the rows is told by the chain."""

BESIDE: Mapping[str, Edit] = {
    "measure_month": Edit(
        "UPDATE measure_month SET came = came + 1 WHERE (month, measure, town_code) IN"
        " (SELECT month, measure, town_code FROM measure_month LIMIT 1)",
        "的合计与明细不符",
    ),
    "measure_day": Edit(
        "UPDATE measure_day SET came = came + 1 WHERE day = (SELECT max(day) FROM measure_day)",
        " 的合计与明细不符",
    ),
    "number_sequence lowered": Edit("UPDATE number_sequence SET last = 0", "编号序列"),
    "number_sequence raised": Edit("UPDATE number_sequence SET last = 999999", "编号序列"),
    "number_sequence deleted": Edit("DELETE FROM number_sequence", "编号序列"),
    "operation_root deleted": Edit("DELETE FROM operation_root", "操作所及"),
    "operation_root altered": Edit("UPDATE operation_root SET last_id = last_id + 1000", "操作所及"),
    "column title": Edit("UPDATE column_title SET title = '假' WHERE column_name = 'remark'", "列名"),
    "sqlite_sequence": Edit("UPDATE sqlite_sequence SET seq = 0", "的序号只记到0"),
    # more than the script has
    "sums of a cell moved to another month": Edit(
        "UPDATE measure_month SET month = '2018-08' WHERE month = '2018-10' AND measure GLOB '*网格员'",
        "2018-08 330784109 training.passed?kind=网格员 的合计",
    ),
    "sums of a cell moved to another month, with its days": Edit(
        "UPDATE measure_month SET month = '2018-08' WHERE month = '2018-10' AND measure GLOB '*网格员';"
        " UPDATE measure_day SET day = replace(day, '-10-', '-08-')"
        " WHERE day GLOB '2018-10*' AND measure GLOB '*网格员'",
        "2018-08-09 330784109 training.passed?kind=网格员 的合计",
    ),
    "sums of a cell moved to another town": Edit(
        f"UPDATE measure_day SET town_code = '{SHIZHU}' WHERE day = '2018-11-01'", "training.passed?kind=网格员 的合计"
    ),
    "sqlite_sequence emptied": Edit("DELETE FROM sqlite_sequence", "的序号只记到0"),
    "sqlite_sequence of operations": Edit(
        "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'operation'", "表 operation 的序号"
    ),
    "row_total": Edit("UPDATE row_total SET rows = rows - 1 WHERE table_name = 'hazard'", "隐患应有"),
    "row_total deleted": Edit("DELETE FROM row_total", "隐患应有"),
    "measure_total": Edit("DELETE FROM measure_total", "各月"),
    "row_check": Edit("UPDATE training SET row_check = 5 WHERE id = 1", "表 training 第1行"),
    "row_check taken out": Edit("UPDATE training SET row_check = NULL WHERE id = 1", "表 training 第1行"),
}
"""Of what is kept beside the records: whoever reckons it anew has put it right."""

LOG: Mapping[str, Edit] = {
    "actor": Edit("UPDATE operation SET actor = '他人' WHERE id = 3", "操作3与"),
    "moment": Edit("UPDATE operation SET at = '2018-01-01T00:00:00Z' WHERE id = 3", "操作3与"),
    "newest operation deleted": Edit(
        "DELETE FROM operation WHERE id = (SELECT max(id) FROM operation)", "指向 operation 里没有的行"
    ),
    "operation in the middle deleted": Edit("DELETE FROM operation WHERE id = 5", "指向 operation 里没有的行"),
    "operation inserted": Edit(
        "INSERT INTO operation SELECT 99, at, actor, command, undoes, source_file, source_sha256, content, hash,"
        " version FROM operation WHERE id = 3",
        "操作99与",
    ),
    "change deleted": Edit("DELETE FROM change WHERE operation = 16", "操作16的内容"),
    "change.before": Edit(
        "UPDATE change SET before = replace(before, '2018', '2017')"
        " WHERE table_name = 'training' AND before IS NOT NULL",
        "的内容与记录时不同",
    ),
    "source_row": Edit("UPDATE source_row SET first_row = first_row + 1", "来源应有"),
    "source_row deleted": Edit("DELETE FROM source_row", "来源应有"),
    # more than the script has
    "digit in an actor": Edit("UPDATE operation SET actor = actor || '1' WHERE id = 7", "操作7与"),
    "command": Edit("UPDATE operation SET command = 'hazard take' WHERE id = 4", "操作4与"),
    "what an undo undoes": Edit(
        "UPDATE operation SET undoes = undoes - 1 WHERE undoes IS NOT NULL", "与它前面的记录接不上"
    ),
    "undo made a plain operation": Edit(
        "UPDATE operation SET undoes = NULL WHERE undoes IS NOT NULL", "与它前面的记录接不上"
    ),
    "source file": Edit(
        "UPDATE operation SET source_file = '别.csv' WHERE source_file IS NOT NULL", "与它前面的记录接不上"
    ),
    "source_sha256": Edit(
        "UPDATE operation SET source_sha256 = replace(source_sha256, '0f', '1f') WHERE source_sha256 IS NOT NULL",
        "与它前面的记录接不上",
    ),
    "hash": Edit("UPDATE operation SET hash = substr(hash, 2) || 'x' WHERE id = 3", "操作3与"),
    "version of an operation": Edit("UPDATE operation SET version = 1 WHERE id = 9", "操作9与"),
    "two operations change places": Edit(
        "UPDATE operation SET id = -3 WHERE id = 3; UPDATE operation SET id = 3 WHERE id = 4;"
        " UPDATE operation SET id = 4 WHERE id = -3",
        "操作3与",
    ),
    "two changes change places": Edit(
        "UPDATE change SET seq = seq + 100 WHERE operation = 3; UPDATE change SET seq = 101 - seq WHERE operation = 3",
        "操作3的内容",
    ),
    "change of another operation": Edit(
        "UPDATE change SET seq = seq + 100, operation = 6 WHERE operation = 7",
        "操作7的内容",
    ),
}
"""Of the log. Who reckons the totals anew is told by the chain."""

CUT_OFF = """
    CREATE TEMP TABLE last AS SELECT max(id) AS id FROM operation;
    DELETE FROM training WHERE id = (SELECT last_id FROM change WHERE operation = (SELECT id FROM last));
    DELETE FROM change WHERE operation = (SELECT id FROM last);
    DELETE FROM operation_root WHERE operation = (SELECT id FROM last);
    DELETE FROM operation WHERE id = (SELECT id FROM last);
"""
"""The last operation with all that it wrote."""

COUNTED_BACK = "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name IN ('operation', 'training')"
"""And that its number was ever given out."""

SCHEMA: Mapping[str, Edit] = {
    "guards dropped": Edit("DROP TRIGGER operation_stays; UPDATE operation SET actor = '他人' WHERE id = 3", "触发器"),
    "view made another": Edit(
        "DROP VIEW hazard_item; CREATE VIEW hazard_item AS SELECT id AS root_id, 'hazard.found' AS indicator,"
        f" '{ZHIYING}' AS town_code, found_on AS from_on, '9999-12-31' AS until_on, 1 AS quantity FROM hazard",
        "hazard_item",
    ),
    "trigger": Edit(
        "CREATE TRIGGER evil AFTER INSERT ON hazard BEGIN UPDATE enterprise SET name = 'x' WHERE id = 1; END", "evil"
    ),
    "table": Edit("CREATE TABLE extra (x)", "extra"),
    "index": Edit("CREATE INDEX evil ON hazard (description)", "evil"),
    "index dropped": Edit("DROP INDEX training_town", "training_town"),
    "guard of a table taken out": Edit(
        "PRAGMA writable_schema = ON;"
        " UPDATE sqlite_master SET sql = replace(sql, 'found_on IS date', '1 OR found_on IS date')"
        " WHERE name = 'hazard'; PRAGMA writable_schema = OFF",
        "hazard",
    ),
    "names like those of a tool": Edit(
        "CREATE TABLE x_sqlite_migrations_evil (a); CREATE TRIGGER y_sqlite_migrations_t AFTER INSERT ON hazard"
        " BEGIN UPDATE enterprise SET name = 'x' WHERE id = 1; END",
        "y_sqlite_migrations_t",
    ),
    "definition of an indicator": Edit(
        "UPDATE shipped_indicator SET title = '假' WHERE id = (SELECT min(id) FROM shipped_indicator)",
        "shipped_indicator",
    ),
    "category": Edit(
        "UPDATE shipped_category SET title = '假' WHERE id = (SELECT min(id) FROM shipped_category)", "shipped_category"
    ),
    "root of a table": Edit("UPDATE record_table SET root = 'hazard' WHERE name = 'visit'", "record_table"),
    "row of `ledger`": Edit(
        "DROP TRIGGER ledger_stays; UPDATE ledger SET ledger_id = replace(ledger_id, 'a', 'b')", "ledger"
    ),
}
"""Of what the ledger consists of."""

KINDS: Mapping[str, Edit] = {
    "text made a blob": Edit("UPDATE enterprise SET name = cast(name AS blob) WHERE id = 5", "cannot store BLOB"),
    "number made a text": Edit("UPDATE training SET attended = '9 x' WHERE id = 2", "cannot store TEXT"),
    "number made a fraction": Edit("UPDATE target SET quantity = 5.5 WHERE id = 1", "cannot store REAL"),
}
"""What SQLite itself refuses in a strict table, with what it says."""
