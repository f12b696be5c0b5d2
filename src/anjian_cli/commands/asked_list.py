"""A list of which more is asked than a town and a text: by words, by a field, in an order, as counts, by a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from anjian_cli.commands import (
    arguments,
    astray,
    list_columns,
    list_fields,
    list_periods,
    list_sums,
    list_words,
    record_list,
    saved_questions,
)
from anjian_cli.commands.list_words import Meant, Reader, Understood
from anjian_cli.commands.record_words import chinese
from anjian_cli.commands.session import Session
from anjian_cli.errors import Proposal, refused
from anjian_cli.ledger import listing, record_states
from anjian_cli.ledger.listing import Wanted
from anjian_cli.ledger.question import Days, How, Question
from anjian_cli.records import masking
from anjian_cli.records.definition import Record
from anjian_cli.render import destination

if TYPE_CHECKING:
    import sqlite3

FIELD = "field_"
"""What the parameters of fields begin with."""
SHOWN = ("town", "find", "voided", "limit", "format", "output", "save", "asked", "sort", "columns", "per")
"""Of what these say nothing is repeated: the answer shows it."""
TOTAL = (
    "合计",
    "共计",
    "总计",
    "总数",
    "条数",
    "件数",
    "统计",
    "汇总",
    "多少条",
    "多少件",
    "各几条",
    "各多少",
    "各几家",
)
"""What asks for counts beside what they are to be of."""


def _only_counts(reader: Reader, word: str) -> bool:
    """Whether a word asks how many there are, and not for a sum."""
    return reader.asks(word) and not list_sums.summed(reader.record.name, word)


class AskedList:
    """One list that is asked for: what was typed, and the answer to it."""

    def __init__(self, session: Session, record: Record, given: dict[str, Any]) -> None:
        self.session, self.record, self.given = session, record, given
        self.typed_per = given["per"]

    def answer(self) -> None:
        """Read what is asked, and hand it over. Raises `Refused` E106, E122 to E129, E133, and as its parts."""
        with self.session.read() as connection:
            reader = Reader(self.session, connection, self.record)
            self._recall(reader)
            self._count_per(reader)
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

    def _count_per(self, reader: Reader) -> None:
        """Take 按镇街 among the words for the option: no record has it as a text. What only asks how many there are,
        the counts tell."""
        from anjian_cli.commands import list_counts

        self.typed_per = self.given["per"]
        typed = [*(self.given["words"] or ())]
        asks = any(word in TOTAL or reader.asks(word) for word in typed)
        for word in typed if self.given["per"] is None else ():
            per = list_counts.spoken(reader, word, asks=asks)
            if per and not reader.means(word):
                rest = [each for each in typed if each not in (word, *TOTAL) and not _only_counts(reader, each)]
                self.given = {**self.given, "per": per, "words": rest}
                return

    def _refuse_sums(self, understood: Understood) -> None:
        """Raises `Refused` E133 for a sum that is asked beside counts by town or term: these count records alone."""
        sums = [word for word in understood.asking if list_sums.summed(self.record.name, word)]
        if sums:
            why = f"按{self.given['per']}的表只数条数，不加别的数"
            remedy = f"请一个一个地问，不写 --按，如 anjian {chinese(self.record)} 列表 {sums[0]} 芝英"
            raise refused("E133", sums[0], noun=chinese(self.record), why=why, remedy=remedy)

    def _refuse_unknown(self, reader: Reader, understood: Understood) -> None:
        """Raises `Refused` E145 for words that are no condition and stand in no record: what they ask is not answered,
        and nothing found would be taken for the answer. One text alone is looked for, and not found."""
        if not understood.found and not understood.asking and len(understood.texts) == 1 and self.given["per"] is None:
            return
        texts = [text for text in understood.texts if not reader.stands(text)]
        if texts:
            noun = chinese(self.record)
            near = "、".join(f"“{word}”" for text, word in understood.unknown if text in texts and word)
            meant = f"要的是{near}吗？" if near else ""
            told = refused("E145", masking.in_text(" ".join(texts)), noun=noun, title=self.record.title, meant=meant)
            raise told.proposing(*self._without(texts))

    def _without(self, texts: Sequence[str]) -> list[Proposal]:
        """The list without words that it does not understand; none where they deny something, or nothing else is
        asked."""
        kept = [word for word in self.given["words"] or () if word not in texts]
        options = any(value for key, value in self.given.items() if key != "words")
        if not kept or options or any(map(astray.DENIES.search, texts)):
            return []
        return [Proposal((self.record.noun, "list", *kept))]

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
        chosen = destination.chosen(given["format"], output, record_list.FORMATS)
        understood, question = self._understood(reader)
        self._save(reader)
        columns = self._columns(connection)
        found = record_list.read(
            session,
            connection,
            self.record,
            self._wanted(question, understood),
            chosen,
            output,
            limit=given["limit"],
            everything=understood.everything,
        )
        said = self._said(reader, understood)
        if understood.asking:
            said.append(list_sums.told(reader, self._wanted(question, understood), understood.asking))

        if understood.texts and not found.rows and not self.given["voided"]:
            self._refuse_unknown(reader, understood)
        if understood.texts and not found.rows:
            said.append(
                f"一条也没有：“{'”“'.join(map(masking.in_text, understood.texts))}”是按文字找的，不是这里的条件。"
                f"可以写哪些条件：anjian {chinese(self.record)} 列表 -h；不知道在哪一类里：anjian 查找 几个字"
            )

        def hand_over() -> None:
            for line in said:
                session.note(line)
            record_list.hand_over(session, self.record, found, chosen, output, columns)

        return hand_over

    def _understood(self, reader: Reader) -> tuple[Understood, Question]:
        told = self._told(reader)
        found = reader.understood(self.given["words"] or (), told)
        self._refuse_elsewhere(reader, found)
        question = found.question
        if (days_asked := self._days(question)) is not None:
            question = question._replace(days=days_asked)
        if self.given["sort"] is not None:
            fields = [name for name in listing.fields(reader.connection, self.record.name) if name in self._known()]
            question = question._replace(
                order=list_columns.orders(self.record, fields, self.given["sort"], descending=found.descending)
            )
        return found._replace(question=question), question

    def _refuse_elsewhere(self, reader: Reader, found: Understood) -> None:
        """Raises `Refused` E133 for what stands in another list: this one would be empty. What stands in one of its own
        records is looked for here."""
        if not found.texts:
            return
        from anjian_cli.commands import other_lists

        other = other_lists.first(self.record.name, found.texts)
        if other is None or reader.stands(other[0]):
            return
        text, where = other
        typed = self.given["words"] or ()
        rest = [word for word in typed if where.there or word != text] if where.rest else []
        line = (*where.line, *rest) if where.line else ()
        remedy = f"请看 anjian {' '.join(line)}" if line else ""
        told = refused("E133", text, noun=chinese(self.record), why=where.why, remedy=remedy)
        raise told.proposing(Proposal(line)) if line else told

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
        option = list_fields.typed(self.record.columns[name])

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
            first = arguments.read(lambda text: list_periods.first_day(text, self.session.today), since, "--自")
        if until is not None:
            last = arguments.read(lambda text: list_periods.last_day(text, first, self.session.today), until, "--至")
        if first and last and last < first:
            raise refused("E123", told=f"--至 {last} 早于 --自 {first}", remedy="请核对")
        return Days(list_fields.own_day(self.record), first, last)

    def _wanted(self, question: Question, understood: Understood) -> Wanted:
        voided = self.given["voided"] or understood.voided
        return Wanted(None, self.given["find"], voided, None, question)

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
        if self.given["per"] != self.typed_per:
            line = [chinese(self.record), "列表", *self.given["words"], "--按", self.given["per"]]
            said.append(masking.in_text(f"读作：anjian {' '.join(line)}"))
        asked = any(value for name, value in self.given.items() if name not in SHOWN)
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
        self._refuse_sums(understood)
        self._save(reader)
        self._refuse_unknown(reader, understood)
        table = list_counts.table(reader, understood, self._wanted(question, understood), self.given["per"])
        said = self._said(reader, understood)

        def hand_over() -> None:
            for line in said:
                self.session.note(line)
            summary_output.deliver(self.session, table, form, self.given["output"])

        return hand_over
