"""`list` of every record type: what is asked by words and by options, and how the answer is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anjian_cli.commands import arguments, field_options, list_columns, list_words, record_list, saved_questions
from anjian_cli.commands.list_words import Meant, Reader, Understood
from anjian_cli.commands.params import Argument, Context, Option, Parameter, Signed
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.ledger import listing, record_states
from anjian_cli.ledger.listing import Wanted
from anjian_cli.ledger.question import Days, How, Question
from anjian_cli.records import masking
from anjian_cli.records.definition import Record
from anjian_cli.render import destination
from anjian_cli.workflow import echo

if TYPE_CHECKING:
    import sqlite3

LISTED = 200
"""So many rows a terminal shows where nobody says how many; off a terminal nothing is cut."""
FORMATS = ("table", "csv", "json", "xlsx")
EXAMPLES = {
    "hazard": "\nanjian 隐患 列表 逾期 重大 芝英\nanjian 隐患 列表 未销号 --按 镇街\n"
    "anjian 隐患 列表 逾期 --排序 期限 --列 编号,企业,期限\nanjian 隐患 列表 逾期 重大 --存为 周会",
    "enterprise": "\nanjian 企业 列表 喷涂 无合同\nanjian 企业 列表 未查 红",
}
FIELD = "field_"
"""What the parameters of fields begin with."""
PLAIN = ("town", "find", "voided", "limit", "format", "output")
"""What a list was asked by before it had words: of these alone nothing is said."""


def list_all(record: Record) -> tuple[Callable[..., object], str]:
    """The function of `anjian NOUN list`, and an example."""

    def listed(ctx: Context, **given: Any) -> None:
        _List(ctx.obj, record, given).answer()

    noun = chinese(record)
    example = f"anjian {noun} 列表 --镇街 芝英\nanjian {noun} 列表 --格式 json" + EXAMPLES.get(record.name, "")
    return Signed(listed, _parameters(record)), example


def _parameters(record: Record) -> list[Parameter]:
    states = record_states.states(record.name)
    told = "、".join(state.word for state in states)
    asked = "镇街、状态、类别、月份，次序随意；别的字按文字查找"
    found = [
        Parameter("words", list[str] | None, Argument(metavar="条件", help=asked), None),
        _text("town", "--town", help="只列这个镇（街、区）的；未定 即还没有属地的"),
        _text("find", "--find", "--查找", help="只列含有这几个字的"),
    ]
    if told or record.name == list_words.STATE_FIELD[0]:
        found.append(_text("state", "--state", "--状态", help=f"只列这个状态的：{told}"))
    if any(list_words.called(state, record_states.OVERDUE) for state in states):
        found.append(_flag("overdue", "--overdue", "--逾期", help="只列逾期的"))
    if any(state.word == record_states.DOUBTFUL for state in states):
        found.append(_flag("doubtful", "--doubtful", "--存疑", help="只列存疑的"))
    if day := list_words.own_day(record):
        title = record.columns[day].title
        found.append(_text("since", "--since", "--自", help=f"{title}从哪天起"))
        found.append(_text("until", "--until", "--至", help=f"{title}到哪天为止"))
    fields = list_words.asked_fields(record)
    if sum(how is How.DEPARTMENT for how in fields.values()) > 1:
        found.append(_text("department", "--department", help="只列这个部门的，不论是哪一种"))
    found += [
        _text("sort", "--sort", "--排序", help="按哪一栏排，如 期限；-期限 即倒序"),
        _text("columns", "--columns", "--列", help="只要这几栏，如 编号,镇街"),
        _text("per", "--per", help="不列各条，数一数：镇街、部门或别的一栏，一样一行"),
        _text("save", "--save", "--存为", help="把这个问题存下来，以后用名字再问"),
        _text("asked", "--asked", "--问题", help="再问一遍存下来的问题"),
        _flag("voided", "--voided", "--含作废", help="作废的也列出"),
        Parameter(
            "limit",
            int | None,
            Option("--limit", "--条数", min=1, help=f"最多列多少条；屏幕上不写即{LISTED}，写到文件或管道是全部"),
            None,
        ),
        _text("format", "--format", help="table、csv、json 或 xlsx"),
        Parameter("output", Path | None, Option("-o", "--output", help="写到文件，格式由文件名定"), None),
    ]
    for each in found:
        if isinstance(each.of, Option) and each.name not in PLAIN:
            each.of.late = True  # a part of a name means what it meant before these were there
    return [*found, *_of_fields(record, fields, {name for each in found for name in _names(each)})]


def _of_fields(record: Record, fields: Sequence[str] | dict[str, How], taken: set[str]) -> list[Parameter]:
    """An option for each field, by its titles and by a part of them that lists use, as far as these are free."""
    made = []
    for each in field_options.options(record, list(fields), adding=False):
        assert isinstance(each.of, Option)
        column = record.columns[each.name.removeprefix(FIELD)]
        near = (f"--{word}" for word in column.near if word in column.title)
        names = [name for name in dict.fromkeys((*each.of.names, *near)) if name not in taken]
        taken.update(names)
        made.append(Parameter(each.name, str | None, Option(*names, help=each.of.help, metavar="值", late=True), None))
    return made


def _names(parameter: Parameter) -> Sequence[str]:
    return parameter.of.names if isinstance(parameter.of, Option) else ()


def _text(name: str, *names: str, help: str) -> Parameter:  # noqa: A002 -- called as in Option
    return Parameter(name, str | None, Option(*names, help=help), None)


def _flag(name: str, *names: str, help: str) -> Parameter:  # noqa: A002 -- called as in Option
    return Parameter(name, bool, Option(*names, help=help), False)


class _List:
    """One list that is asked for: what was typed, and the answer to it."""

    def __init__(self, session: Session, record: Record, given: dict[str, Any]) -> None:
        self.session, self.record, self.given = session, record, given

    def answer(self) -> None:
        """Read what is asked, and hand it over. Raises `Refused` E106, E122 to E129, and as its parts."""
        with self.session.read() as connection:
            reader = Reader(self.session, connection, self.record)
            self._recall(reader)
            hand_over = (self._listed if self.given["per"] is None else self._counted)(reader)
        hand_over()

    def _recall(self, reader: Reader) -> None:
        """Put a kept question in the place of its name, what is typed beside it before what was kept. A word that means
        something here is no name. Raises `Refused` E127, E128."""
        typed = [*(self.given["words"] or ())]
        name = self.given["asked"] or next((word for word in typed if not reader.means(word)), None)
        if name is None:
            return
        known = saved_questions.all_saved(self.session)
        if name not in known or known[name].noun != self.record.noun:
            if self.given["asked"]:
                raise saved_questions.unknown(name, known)
            return
        kept = known[name].given
        if not self.given["asked"]:
            typed.remove(name)
        more = {key: value for key, value in self.given.items() if value}
        self.given = {**self.given, **kept, **more, "words": [*kept.get("words", ()), *typed]}

    def _save(self, reader: Reader) -> None:
        """Raises `Refused` E124 for a name that is a word of the list."""
        name = self.given["save"]
        if name is None:
            return
        example = "周会"
        if not name.strip() or name != name.strip() or list_words.separated(name) != [name] or " " in name:
            raise refused("E124", name, why="名字是一个词", example=example)
        if reader.means(name):
            raise refused("E124", name, why="它是这里的条件", example=example)
        there = saved_questions.save(self.session, name, self.record.noun, self.given)
        noun = chinese(self.record)
        told = "已改存" if there else "已存"
        self.session.note(f"{told}“{name}”；再问：anjian {noun} 列表 {name}，或 anjian 提问 {name}")

    def _listed(self, reader: Reader) -> Callable[[], None]:
        given, session, output, connection = self.given, self.session, self.given["output"], reader.connection
        chosen = destination.chosen(given["format"], output, FORMATS)
        understood, question = self._understood(reader)
        self._save(reader)
        columns = self._columns(connection)
        limit = given["limit"]
        if limit is None and chosen == "table" and session.terminal and output is None and not understood.everything:
            limit = LISTED
        wanted = self._wanted(question, understood, None if limit is None else limit + 1)
        rows = list(listing.rows(connection, self.record.name, wanted))
        more = limit is not None and len(rows) > limit
        in_all = listing.count(connection, self.record.name, wanted) if more else len(rows)
        if chosen == "table":
            rows = list(echo.listed(connection, self.record, rows))
        said = self._said(reader, understood)

        def hand_over() -> None:
            for line in said:
                session.note(line)
            out = masking.leaving(self.record, rows[:limit])
            record_list.deliver(session, self.record, out.rows, chosen, output, narrow=True, columns=columns)
            if more:
                session.note(
                    f"只列了前{limit}条，共{in_all}条；要全部请加 全部 或 --条数 {in_all}，写到文件或管道的总是全部"
                )

        return hand_over

    def _understood(self, reader: Reader) -> tuple[Understood, Question]:
        told = self._told(reader)
        found = reader.understood(self.given["words"] or (), told)
        question = found.question
        if (days_asked := self._days(question)) is not None:
            question = question._replace(days=days_asked)
        if self.given["sort"] is not None:
            fields = [name for name in listing.fields(reader.connection, self.record.name) if name in self._known()]
            question = question._replace(
                order=list_columns.orders(self.record, fields, self.given["sort"], descending=found.descending)
            )
        return found._replace(question=question), question

    def _told(self, reader: Reader) -> list[Meant]:
        """What the options ask. Raises `Refused` E203, E231."""
        given, found = self.given, []
        if given["town"] is not None:
            for part in list_words.separated(given["town"]):
                code = arguments.town_or_unsettled(reader.connection, part)
                found.append(reader.town(code or ""))
        for name, text in given.items():
            if name.startswith(FIELD) and text is not None:
                found += self._of_field(reader, name.removeprefix(FIELD), text)
        if given.get("department") is not None:
            found += list_words.each(
                given["department"], "--部门", lambda text: reader.department(text, reader.departments)
            )
        asked = list_words.separated(given.get("state") or "")
        asked += [record_states.OVERDUE] * bool(given.get("overdue"))
        asked += [record_states.DOUBTFUL] * bool(given.get("doubtful"))
        return found + list_words.each("、".join(asked), "--状态", reader.state)

    def _of_field(self, reader: Reader, name: str, text: str) -> list[Meant]:
        how = reader.fields[name]
        option = list_words.typed(self.record.columns[name])

        def read(part: str) -> Meant:
            if how is How.DEPARTMENT:
                return reader.department(part, (name,))
            return reader.of_field(name, part if how is How.NAME else reader.term(name, part), how)

        return list_words.each(text, option, read)

    def _days(self, question: Question) -> Days | None:
        """The days of `--since` and `--until`, of the record's own day. Raises `Refused` E106 beside a
        period among the words, E123 for an end before the beginning."""
        since, until = self.given.get("since"), self.given.get("until")
        if since is None and until is None:
            return None
        if question.days is not None:
            arguments.refuse_beside("--自" if since is not None else "--至", ["条件里的日期"])
        first = last = ""
        if since is not None:
            first = arguments.read(lambda text: list_words.first_day(text, self.session.today), since, "--自")
        if until is not None:
            last = arguments.read(lambda text: list_words.last_day(text, first, self.session.today), until, "--至")
        if first and last and last < first:
            raise refused("E123", told=f"--至 {last} 早于 --自 {first}", remedy="请核对")
        return Days(list_words.own_day(self.record), first, last)

    def _wanted(self, question: Question, understood: Understood, limit: int | None) -> Wanted:
        voided = self.given["voided"] or understood.voided
        return Wanted(None, self.given["find"], voided, limit, question)

    def _known(self) -> set[str]:
        return {*self.record.columns, "number"}

    def _columns(self, connection: sqlite3.Connection) -> list[str] | None:
        if self.given["columns"] is None:
            return None
        fields = [name for name in listing.fields(connection, self.record.name) if name in self._known()]
        return list_columns.columns(self.record, fields, self.given["columns"])

    def _said(self, reader: Reader, understood: Understood) -> list[str]:
        """What the words were taken for: nobody takes a text that is looked for for a condition."""
        said = []
        asked = any(value for name, value in self.given.items() if name not in PLAIN)
        if asked and (told := list_words.described(reader, understood)):
            said.append(f"条件：{told}")
        for text, near in understood.unknown:
            meant = f"；要的是“{near}”吗" if near else ""
            shown = masking.in_text(text)
            said.append(f"按文字查找：“{shown}”，不是这里的条件，哪一栏里有这几个字就列出{meant}")
        return said

    def _counted(self, reader: Reader) -> Callable[[], None]:
        from anjian_cli.commands import list_counts, summary_output

        form = summary_output.chosen(self.given["format"], self.given["output"])
        understood, question = self._understood(reader)
        self._save(reader)
        table = list_counts.table(reader, understood, self._wanted(question, understood, None), self.given["per"])
        said = self._said(reader, understood)

        def hand_over() -> None:
            for line in said:
                self.session.note(line)
            summary_output.deliver(self.session, table, form, self.given["output"])

        return hand_over
