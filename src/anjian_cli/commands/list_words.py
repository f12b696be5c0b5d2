"""What the words behind `list` mean: 隐患 列表 逾期 重大 芝英 10月.

A word is a town, a department, a term of one of the record's fields, a state that the field has a word for, a period, a
number, something put together (`list_phrases`), or else a text that is looked for. What it is follows from the record's
definition, the ledger's lists of words and the table of states; nothing is known here of any one record. A word that
can be two things is refused with both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import arguments, list_periods, list_phrases, list_sums, words
from anjian_cli.commands.list_fields import STATE_FIELD, asked_fields, called, own_day, typed
from anjian_cli.errors import Misread, Place, Refused, refused
from anjian_cli.ledger import listing, lookup, record_states
from anjian_cli.ledger import words as word_lists
from anjian_cli.ledger.question import Bound, Days, Filled, How, NotDone, OfFirm, Question, Span, Words
from anjian_cli.records import values
from anjian_cli.records.definition import Column, Record
from anjian_cli.records.values import Word
from anjian_cli.rules.word_lists import LISTS, uses_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from anjian_cli.commands.session import Session
    from anjian_cli.ledger.record_states import State

DESCENDING, ASCENDING = ("倒序", "降序"), ("顺序", "升序")
EVERYTHING = ("全部", "所有")
VOIDED = ("含作废",)
EVERY_ONE = ("都有", "两种都有", "几种都有", "兼有", "均有", "同时有")
"""That of several words of a field which holds several each is meant, not any."""
_SEPARATED = re.compile("[、，,；;]+")
_SHORT_NUMBER = re.compile(r"[^\s-]*[^\s\d-][^\s-]*-[A-Z]?\d{1,7}", re.IGNORECASE)


class Meant(NamedTuple):
    """One thing that a word can mean: `kind` is town, state, days, number, what only a phrase says (spans, filled,
    bounds, of_firm, not_done), or the fields that are asked; `value` what is asked of it; `line` how it is typed so
    that it can mean nothing else."""

    kind: str | tuple[str, ...]
    value: object
    line: str
    how: How = How.ONE
    shown: str = ""


class Understood(NamedTuple):
    """What a line asks. `found` are the words' meanings, `texts` those that are looked for in any field, `descending`
    whether the order is to be turned round, `everything` that nothing is to be left out, `asking` are words
    that ask of all of them: how many, of how many firms; `unknown` are texts that are nearly a word, with that word."""

    question: Question
    found: tuple[Meant, ...]
    texts: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]
    descending: bool = False
    everything: bool = False
    voided: bool = False
    asking: tuple[str, ...] = ()


def day_asked(states: Sequence[State], record: Record) -> str:
    """The field that a period is of: the one that the states beside it speak of, else the record's own day."""
    of_states = {state.day for state in states if state.day}
    return of_states.pop() if len(of_states) == 1 else own_day(record)


class Reader:
    """Reads the words of one list. Looks names up in the ledger, once each."""

    def __init__(self, session: Session, connection: sqlite3.Connection, record: Record) -> None:
        self.session, self.connection, self.record = session, connection, record
        self.finder = lookup.Finder(connection)
        self.lists = word_lists.of(connection)
        self.fields = asked_fields(record)
        if record.name == STATE_FIELD[0]:
            self.fields[STATE_FIELD[1]] = How.ONE
        self.states = record_states.states(record.name)
        self.departments = tuple(name for name, how in self.fields.items() if how is How.DEPARTMENT)
        self._phrases: dict[str, list[Meant]] = {}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The fields that the record's listing has."""
        return frozenset(listing.fields(self.connection, self.record.name))

    # --- what a word can mean

    def meanings(self, word: str) -> list[Meant]:
        """All that a word can mean. Raises `Refused` where a field explains why it is none of its terms (较大)."""
        refusal = None
        found = [*self._towns(word), *self._departments(word)]
        for name, how in self.fields.items():
            if how in (How.ONE, How.SEVERAL) and not _yes_no(self.record.columns[name]):
                try:
                    found += [self._meant(name, self.term(name, word), how)]
                except Misread as misread:
                    if misread.code != "E203":
                        refusal = misread
        found += [Meant("state", state, f"--状态 {state.word}") for state in self.states if called(state, word)]
        found = found or [*self._days(word), *self._number(word)]
        if refusal is not None and not found:
            raise Refused([refusal.fault(word)])
        return found

    def means(self, word: str) -> bool:
        """Whether a word is a condition here, or says how the list is to be."""
        return word in DESCENDING + ASCENDING + EVERYTHING + VOIDED or bool(self.meanings(word))

    def asks(self, word: str) -> bool:
        """Whether a word asks of the list in all: how many there are, what they add up to."""
        return list_sums.asks(self.record.name, word)

    def of_its_field(self, word: str) -> list[Meant]:
        """A term that stands with a piece of its field's title, which is no condition beside it: 验收不合格."""
        return list_phrases.Phrases(self).term_of_its_field(word)

    def phrase(self, word: str) -> list[Meant]:
        """What a word says that is put together; [] where it says nothing that is known here."""
        if word not in self._phrases:
            self._phrases[word] = [] if self.means(word) else list_phrases.Phrases(self).meant(word)
        return self._phrases[word]

    def stands(self, text: str) -> bool:
        """Whether a text stands in any record of the list."""
        return listing.count(self.connection, self.record.name, listing.Wanted(text=text)) > 0

    def _is_of_a_list(self, column: Column, term: str) -> bool:
        """Whether a term is one that a field offers, or of the ledger's list from which these are."""
        of = (each for each in LISTS.values() if set(column.choices) <= set(each.words))
        return term in column.choices or any(self.lists.known(each, term) for each in of)

    def _is_in(self, record: Record, name: str, term: str) -> bool:
        """Whether a field of any record has a term, alone or among others."""
        rows = listing.rows(self.connection, record.name, listing.Wanted(text=term))
        return any(term in str(row[name] or "").split("、") for row in rows)

    def registered(self, register: str) -> list[str]:
        """The names in a register."""
        return [str(row["name"]) for row in listing.rows(self.connection, register, listing.Wanted())]

    def spoken(self) -> list[str]:
        """The vocabulary, with 没有 and 没 where it has 未."""
        found = self.vocabulary()
        return found + [f"{no}{each[1:]}" for each in found if each[0] == "未" for no in ("没有", "没")]

    def vocabulary(self) -> list[str]:
        """The words that mean something here: for what is mistyped, and for whoever wants to offer them."""
        found = [word for state in self.states for word in (state.word, *state.aliases)]
        if self._has_towns():
            found += [word for town in self.finder.towns() for word in (town.short, town.name)]
        for name, how in self.fields.items():
            if how in (How.ONE, How.SEVERAL) and not _yes_no(self.record.columns[name]):
                found += self._terms(name)
        return list(dict.fromkeys(found))

    def term(self, name: str, text: str, record: Record | None = None) -> str:
        """A term of a field, of the list's record where no other is told. Raises `Misread` E203, or what the field says
        of it."""
        record = record or self.record
        column, use = record.columns[name], uses_of(record.name).get(name)
        if use is None:
            read = column.parse(text)
            found = str(read[0] if isinstance(read, tuple) else read)
            if not self._is_of_a_list(column, found) and not self._is_in(record, name, found):
                raise Misread("E203", choices="、".join(column.choices))
            return found
        of, how = use
        known = self.lists.known(of, Word(of.words, of.meant)(text))
        if known is None or (how.without and known == how.without):
            raise Misread("E203", choices="、".join(self._terms(name, record)))
        return known

    def _terms(self, name: str, record: Record | None = None) -> tuple[str, ...]:
        record = record or self.record
        column, use = record.columns[name], uses_of(record.name).get(name)
        return column.choices if use is None else self.lists.in_force(use[0], self.session.today, use[1].without)

    def _meant(self, name: str, term: str, how: How) -> Meant:
        option = "--状态" if (self.record.name, name) == STATE_FIELD else typed(self.record.columns[name])
        return Meant((name,), term, f"{option} {term}", how, term)

    def town(self, code: str) -> Meant:
        """A town by its code, '' for what has none."""
        if not code:
            return Meant("town", "", "--镇街 未定")
        found = self.finder.town(code)
        return Meant("town", code, f"--镇街 {found.short}", shown=found.name)

    def of_field(self, name: str, value: str, how: How) -> Meant:
        """A word that a field is asked for."""
        return self._meant(name, value, how)

    def state(self, text: str) -> Meant:
        """A state, or a term of the record's own field of that name. Raises `Misread` E203."""
        word = values.clean(text)
        for each in self.states:
            if called(each, word):
                return Meant("state", each, f"--状态 {each.word}")
        name = STATE_FIELD[1]
        own = self._terms(name) if self.record.name == STATE_FIELD[0] else ()
        if word in own:
            return self._meant(name, word, How.ONE)
        raise Misread("E203", choices="、".join((*own, *(each.word for each in self.states))))

    def _has_towns(self) -> bool:
        return "town" in self.record.columns or self.record.name == "town"

    def _towns(self, word: str) -> list[Meant]:
        if not self._has_towns():
            return []
        if word in arguments.UNSETTLED:
            return [self.town("")]
        try:
            return [self.town(self.finder.town(word).code)]
        except Misread:
            return []

    def _departments(self, word: str) -> list[Meant]:
        if not self.departments or not self.finder.is_department(word) or word.isdigit():
            return []
        return [self.department(word, self.departments)]

    def department(self, text: str, fields: tuple[str, ...]) -> Meant:
        """A department, in any of some fields. Raises `Misread` E231."""
        found = self.finder.department(text)
        option = typed(self.record.columns[fields[0]]) if len(fields) == 1 else "--部门"
        return Meant(fields, found.number, f"{option} {found.name}", How.DEPARTMENT, found.name)

    def _number(self, word: str) -> list[Meant]:
        """A record named by its number: 芝英-12. A text that only looks like one is looked for as a text."""
        if not _SHORT_NUMBER.fullmatch(word) or not {"number", "code"} & self.record.columns.keys():
            return []
        try:
            found = lookup.record_id(self.connection, self.record.name, word, self.session.today)
        except Refused:
            return []
        return [Meant("number", found, word)]

    def _days(self, word: str) -> list[Meant]:
        span = list_periods.period(word, self.session.today)
        return [] if span is None else [Meant("days", span, word)]

    # --- what a line means

    def understood(self, typed_words: Sequence[str], told: Iterable[Meant] = ()) -> Understood:
        """What words mean together, beside what options have `told`. Raises `Refused` E122, E123, E125."""
        found, texts = list(told), list[str]()
        turned = everything = voided = every_one = False
        asking: list[str] = []
        unknown: list[tuple[str, str]] = []
        for word in self._parted(list_phrases.joined(typed_words, self)):
            if word in EVERY_ONE:
                every_one = True
            elif self.asks(word):
                asking.append(word)
            elif word in DESCENDING + ASCENDING:
                turned = word in DESCENDING
            elif word in EVERYTHING:
                everything = True
            elif word in VOIDED:
                voided = True
            else:
                meanings = self.meanings(word)
                if len(meanings) > 1:
                    raise refused("E122", word, found=" 或 ".join(one.line for one in meanings))
                meanings = meanings or self.phrase(word)
                found += meanings
                asking += [word] * (bool(meanings) and list_sums.counts(word))  # 还有几条 says a state, and asks
                role = "" if meanings or not texts else list_phrases.Phrases(self).role(word)
                if role:
                    found.append(self._meant(role, texts.pop(), How.NAME))
                    unknown.pop()
                elif not meanings:
                    texts.append(word)
                    unknown.append((word, words.nearest(word, self.vocabulary()) or ""))
        return Understood(
            self._question(found, texts, every_one=every_one),
            tuple(found),
            tuple(texts),
            tuple(unknown),
            turned,
            everything,
            voided,
            tuple(asking),
        )

    def _parted(self, typed_words: Iterable[str]) -> Iterable[str]:
        """The words one by one: what is several with 、 between them, or written as one (芝英逾期重大隐患), is taken
        apart where every part means something."""
        for word in typed_words:
            if self.means(word):
                yield word
                continue
            parts = [part for part in _SEPARATED.split(word) if part]
            if len(parts) > 1 and all(map(self.means, parts)):
                yield from parts
            elif word in EVERY_ONE or self.asks(word) or self.of_its_field(word):
                yield word
            else:
                yield from self._pieces(word) or [word]

    def _pieces(self, word: str) -> list[str]:
        """The words of which one consists, beside the record's own title and 的; [] where there is more in it."""
        title = self.record.title
        known = sorted({each for each in self.spoken() if len(each) > 1 and each in word}, key=len, reverse=True)
        reached: dict[int, list[str]] = {0: []}
        for at in range(len(word)):
            for each in (*known, title, "的") if at in reached else ():
                if word.startswith(each, at):
                    reached.setdefault(at + len(each), reached[at] + [each] * (each in known))
        return reached.get(len(word), [])

    def _question(self, found: Sequence[Meant], texts: Sequence[str], *, every_one: bool) -> Question:
        fields: dict[tuple[str, ...], list[Meant]] = defaultdict(list)
        axes: dict[str, list[State]] = defaultdict(list)
        for one in found:
            if isinstance(one.kind, tuple):
                fields[one.kind].append(one)
            elif isinstance(one.value, record_states.State) and one.value not in axes[one.value.axis]:
                axes[one.value.axis].append(one.value)
        _refuse_contradictions([state for axis in axes.values() for state in axis])
        return Question(
            self.session.today,
            towns=tuple(dict.fromkeys(str(one.value) for one in found if one.kind == "town")),
            fields=tuple(
                Words(
                    kind,
                    tuple(dict.fromkeys(str(one.value) for one in of)),
                    of[0].how,
                    tuple(dict.fromkeys(one.shown for one in of)),
                    every_one and of[0].how is How.SEVERAL,
                )
                for kind, of in fields.items()
            ),
            states=tuple(map(tuple, axes.values())),
            days=self._asked_days(found, [state for axis in axes.values() for state in axis]),
            texts=tuple(texts),
            row_ids=tuple(one.value for one in found if isinstance(one.value, int)),
            spans=tuple(one.value for one in found if isinstance(one.value, Span)),
            filled=tuple(one.value for one in found if isinstance(one.value, Filled)),
            bounds=tuple(one.value for one in found if isinstance(one.value, Bound)),
            of_firm=tuple(one.value for one in found if isinstance(one.value, OfFirm)),
            not_done=tuple(one.value for one in found if isinstance(one.value, NotDone)),
        )

    def _asked_days(self, found: Sequence[Meant], states: Sequence[State]) -> Days | None:
        """The days that are asked for, of the field that the states speak of, else of the record's own. Raises
        `Refused` E123 for spans with a gap between them, E125 where the record has no day."""
        spans = sorted(
            tuple(map(str, one.value)) for one in found if one.kind == "days" and isinstance(one.value, tuple)
        )
        if not spans:
            return None
        first, last = spans[0]
        for since, until in spans[1:]:
            if last and since > (date.fromisoformat(last) + timedelta(1)).isoformat():
                raise refused("E123", told="几段日期不相连", remedy="请写一段，或用 --自 和 --至")
            last = max(last, until) if last and until else ""
        year = self.session.today[:4]
        if any(state.of_year for state in states) and (first, last) == (f"{year}-01-01", f"{year}-12-31"):
            return None
        field = day_asked(states, self.record)
        if not field:
            remedy = (
                "请去掉日期" if not any(state.of_year for state in states) else "这里的状态本来就是今年的，请去掉日期"
            )
            raise refused(
                "E125", next(one.line for one in found if one.kind == "days"), record=self.record.title, remedy=remedy
            )
        return Days(field, first, last)


def described(reader: Reader, of: Understood) -> str:
    """What a line was understood as, for the one who typed it."""
    columns, question = reader.record.columns, of.question
    told = []
    if question.towns:
        names = {one.value: one.shown for one in of.found if one.kind == "town"}
        told.append("镇街 " + "、".join(names[code] or "未定" for code in question.towns))
    for asked in question.fields:
        titles = "或".join(columns[name].title for name in asked.fields)
        told.append(f"{titles} {'、'.join(asked.shown)}{'（都有）' if asked.every and len(asked.words) > 1 else ''}")
    for axis in question.states:
        told.append("或".join(f"{each.word}（{each.meaning}）" if each.meaning else each.word for each in axis))
    if question.days is not None:
        told.append(f"{columns[question.days.field].title} {_span(question.days)}")
    for part in (question.spans, question.filled, question.bounds, question.of_firm, question.not_done):
        told += [list_phrases.told(reader.record, one) for one in part]
    if question.row_ids:
        told.append("编号 " + "、".join(one.line for one in of.found if one.kind == "number"))
    return "；".join(told)


def _span(of: Days) -> str:
    """2018-10-28, 2018-10-01至2018-10-31, 2018-10-01起."""
    if of.since == of.until:
        return of.since
    return f"{of.since}至{of.until}" if of.since and of.until else f"{of.since}起" if of.since else f"至{of.until}"


def line(of: Understood, *, but: str = "") -> str:
    """How what was understood is typed again, so that it means the same; without what is asked of a field."""
    told: dict[object, list[str]] = defaultdict(list)
    for one in of.found:
        about = one.value.axis if isinstance(one.value, record_states.State) else one.kind
        if about != but and about != (but,):
            told[about].append(one.line)
    parts = []
    for lines in told.values():
        option, _, _ = lines[0].partition(" ")
        if option.startswith("--"):
            parts.append(f"{option} {'、'.join(dict.fromkeys(one.partition(' ')[2] for one in lines))}")
        else:
            parts += lines
    if of.question.days is not None and "days" not in told:
        parts += [f"--自 {of.question.days.since}"] * bool(of.question.days.since)
        parts += [f"--至 {of.question.days.until}"] * bool(of.question.days.until)
    return " ".join([*parts, *of.texts])


def separated(text: str) -> list[str]:
    """The words of an option's value, which may be several: 重大、一般."""
    return [part for part in _SEPARATED.split(text) if part.strip()]


def each(text: str, option: str, read: Callable[[str], Meant]) -> list[Meant]:
    """What each word of an option's value means. Raises `Refused` with all that cannot be read."""
    found, faults = [], []
    for part in separated(text):
        try:
            found.append(read(part))
        except Misread as misread:
            faults.append(misread.fault(part, place=Place(title=option)))
    if faults:
        raise Refused(faults)
    return found


def _yes_no(column: Column) -> bool:
    """Whether a field's terms are such that the word alone says nothing: 是, 有."""
    return set(column.choices) in ({"是", "否"}, {"有", "无"})


def _refuse_contradictions(states: Sequence[State]) -> None:
    """Raises `Refused` E123 for states that leave nothing, or everything."""
    for state in states:
        for other in states:
            if other.word == state.rest:
                raise refused("E123", told=f"“{state.word}”和“{other.word}”合起来就是全部", remedy="请去掉一个")
            if other.word in state.never and other.axis != state.axis:
                told = f"没有一条既是“{state.word}”又是“{other.word}”"
                raise refused("E123", told=told, remedy="请去掉一个")
