"""What the verbs of every record type have in common on the command line: the number, the noun, an option's word."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from anjian_cli.commands import words
from anjian_cli.commands.params import Argument, Parameter
from anjian_cli.commands.session import Session
from anjian_cli.errors import Misread, Refused
from anjian_cli.ledger import lookup
from anjian_cli.records.definition import Record


def number(record: Record) -> Parameter:
    """The argument that names a record."""
    return Parameter("number", str, Argument(metavar="编号", help=f"{record.title}的编号，如 芝英-12 或全号"))


def row_id(session: Session, connection: sqlite3.Connection, record: Record, text: str) -> int:
    """The id of the record meant: an enterprise, a town or a department also by its name. Raises `Refused` E231, E232,
    E233, E451, E452."""
    try:
        if record.name == "enterprise":
            return lookup.Finder(connection, guess=True).enterprise(text)
        if record.name == "town":
            text = lookup.Finder(connection, guess=True).town(text).code
        if record.name == "department":
            finder = lookup.Finder(connection)
            # What has a digit and is nobody's name is a number, or its tail.
            if finder.is_department(text) or not any(sign.isdigit() for sign in text):
                text = finder.department(text).number
    except Misread as misread:
        raise Refused([misread.fault(text)]) from misread
    return lookup.record_id(connection, record.name, text, session.today)


def chinese(record: Record) -> str:
    """The noun as it is typed in Chinese."""
    return words.NOUNS[record.noun].chinese[0]


def typed(record: Record, name: str) -> str:
    """The word for which a field's option is typed: 死亡 for 死亡（人）."""
    return record.columns[name].title.partition("（")[0]


def some_option(record: Record) -> str:
    """An option of the record, to show how one is typed."""
    return f"--{typed(record, _some_field(record))}"


def some_edit(record: Record) -> str:
    """An option of the record with a value, as help shows an edit."""
    name = _some_field(record)
    return f"--{typed(record, name)} {record.columns[name].example or '已核对'}"


def _some_field(record: Record) -> str:
    """A field that can always be edited: the remark; of what has none a name or a value."""
    return next(name for name in ("remark", "short_name", "value", "name") if name in record.columns)


def example(record: Record, verb: str, names: Sequence[str]) -> str:
    """A line that calls the verb with the fields a record needs, as it can be tried in the demonstration."""
    subject = record.columns[record.subject]
    parts = [f"anjian {chinese(record)} {words.GENERIC[verb].chinese[0]} {_example(record, record.subject)}"]
    also = ALSO.get(record.name, {})
    for name in names:
        column = record.columns[name]
        needed = (column.required or column.expected) and not column.assumed and column.example
        if column is not subject and (needed or name in also):
            parts.append(f"--{typed(record, name)} {_example(record, name)}")
    return " ".join(parts)


def _example(record: Record, name: str) -> str:
    column = record.columns[name]
    if name in ALSO.get(record.name, {}):
        return ALSO[record.name][name]
    return KNOWN.get(column.refers or column.register, column.example)


KNOWN = {"enterprise": "示例0518", "agency": "示例甲安全技术服务公司", "village": "芝英示例村"}
"""Who is in the demonstration, of each kind of whom a field speaks."""
ALSO: Mapping[str, Mapping[str, str]] = {
    "town": {"code": "330784116", "name": "示例镇"},
    "campaign": {"name": "2018年冬季安全生产大检查"},
    "village": {"code": "330784115202", "name": "芝英二村"},
    "enterprise": {"no_code_reason": "在办"},
    "department": {"name": "示例应急管理局"},
    "agency": {"name": "示例丁安全技术服务公司"},
    "campaign_scope": {"kind": "镇街", "town": "芝英镇"},
    "standardization": {"grade": "二级"},
    "programme": {"kind": "胶水", "action": "2018年胶水行业整治"},
    "programme_plan": {"year": "2019", "due_on": "2019-06-30"},
    "trusteeship": {"enterprise": "示例0010", "from_on": "2018-11-01", "last_on": "2019-10-31"},
    "hazard": {"deadline_on": "2018-11-30"},
    "guidance": {"enterprise": "示例0518"},
    "device": {"enterprise": "示例0011"},
    "visit": {"kind": "小微", "agency": "示例丙安全技术服务公司"},
    "exposure": {"enterprise": "示例0011"},
    "opening_figure": {"indicator": "整治冶金", "cumulative": "2"},
    "target": {"year": "2019", "town": "芝英镇"},
}
"""What a record needs in an example beside its required fields, or otherwise than the field's own example has it."""
