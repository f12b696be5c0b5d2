"""A line of which every word has its place, though no option is typed: 服务 新增 某厂 喷涂 11-1 发现2条 is the command
with --托管类别 喷涂 --服务日期 11-1 --发现隐患 2.

It is a line only if the words can be placed in one way (`placing`), each once: then nothing was guessed. What has no
place of its own is left over, and said (`leftover_words`). Reads the ledger through `word_kinds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anjian_cli.commands import (
    glued_words,
    lazy,
    leftover_words,
    line_places,
    loose_days,
    option_names,
    params,
    placing,
    spoken_days,
    spoken_steps,
    taken_apart,
    word_kinds,
    words,
)
from anjian_cli.commands.line_places import FIELD
from anjian_cli.errors import Misread
from anjian_cli.records import definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from anjian_cli.commands.line_places import Slot
    from anjian_cli.commands.option_names import Named
    from anjian_cli.commands.word_kinds import Kinds
    from anjian_cli.records.definition import Record

MOST_WAYS = 3
"""So many ways to read a line can be told apart at a glance."""
_MOST_WORDS = 16
"""More words than a line has that one could check at a glance."""
_MOST_LIKELY, _MOST_LEFT = 12, 6
"""So many words, and so many of them without a place, of a line that is asked about."""


class Line(NamedTuple):
    """A command with all its words in place: `args` is the line, `lacking` the options of what is required and not
    told, `told` the words by the names of their parameters, `remarks` those that go into 备注, `left` those that have
    no place at all, which the line is without; `given` the parameters whose options are typed; `beside` the line with
    what is left in 备注, behind what stands there, () where it is no such text or is there already."""

    args: list[str]
    lacking: list[str]
    told: Mapping[str, str] = {}
    remarks: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()


class _Command:
    """A verb of a noun, what it takes, and the words that are typed behind it."""

    def __init__(self, kinds: Kinds, noun: str, verb: str, typed: Sequence[str]) -> None:
        self.kinds, self.noun, self.verb = kinds, noun, verb
        self.parameters = params.declared(lazy.verb(noun, verb).function)
        self.options = option_names.named(self.parameters, words.NOUNS[noun].verbs[verb])
        plain, self.kept, self.given = _apart(typed, self.options)
        if (noun, verb) == ("enterprise", "add"):
            plain = spoken_steps.without_a_code(plain or [])
        self.record = definition.called(noun) if words.NOUNS[noun].generic else None
        slots = line_places.places(kinds, self.record, verb, self.parameters, self.options)
        steps = glued_words.STEPS.get((noun, verb), {})
        self.slots = [line_places.of_its_step(kinds, slot, steps, self.options) for slot in slots]
        if verb == "edit" and "correct" not in self.given:  # a reason is told of a correction alone
            self.slots = [slot._replace(free=False) for slot in self.slots]
        if verb == "edit" and self.record is not None:
            self.slots = line_places.beside_a_change(self.slots, kinds, self.record, plain or [])
        flags = spoken_steps.SPOKEN_FLAGS.get((noun, verb), {})
        self.placing = placing.Placing(self.slots, flags, kinds.is_name)
        adding = verb == "add" and leftover_words.REMARK in {slot.key for slot in self.slots} - self.given
        self.plain, self.timed = taken_apart.taken_apart(kinds, plain or [], self.record, self.placing, adding=adding)
        self.must = {
            each.name
            for each in self.parameters
            if isinstance(each.of, params.Argument) and each.default is params.REQUIRED
        }

    def ways(self, spare: int) -> list[dict[str, list[str]]]:
        """The ways to place the words, so many left over; none where there are too many."""
        found: list[dict[str, list[str]]] = []
        for way in self.placing.ways(self.plain, frozenset(self.given), spare):
            if way not in found and self._holds(way) and len(way.get(placing.LEFT, ())) == spare:
                found.append(way)
        found = self._of_the_record(found)
        found = self._called_by_its_kind(found)
        first = [way for way in found if way.get("subject", [""])[0] == self.plain[0]]
        found = first or found  # what a new record is of is typed first
        of_firms = [way for way in found if not any(map(self.placing.is_firm, way.get(placing.LEFT, ())))]
        found = of_firms or found  # a firm of the ledger has its place before any other word
        return found if len(found) <= MOST_WAYS else []

    def _called_by_its_kind(self, ways: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
        """Of the ways in which a new record is called by different words those that say what kind of thing it is (a
        course is called 培训, an accident by how it hurts), if there are any."""
        pattern = line_places.CALLED.get(self.record.name) if self.record is not None and self.verb == "add" else None
        if pattern is None:
            return ways
        return [way for way in ways if pattern.search(way.get("subject", [""])[0])] or ways

    def _of_the_record(self, ways: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
        """Of an edit of one of a firm's records those ways that name it by a term which it has (托管 修改 某厂 小微 …);
        such a term changes nothing. All where none does."""
        if self.verb != "edit" or self.record is None:
            return ways
        found: list[tuple[int, dict[str, list[str]]]] = []
        for way in ways:
            row = self.kinds.row(self.record, way["number"][0]) if way["number"][0] not in self.plain else None
            same = [
                key
                for key, values in way.items()
                if row is not None and self._is_term(key) and row[key.removeprefix(FIELD)] == values[0]
            ]
            if same and len(way) > len(same) + 1:
                found.append((len(same), {key: values for key, values in way.items() if key not in same}))
        most = max((count for count, _ in found), default=0)
        return [way for count, way in found if count == most] or ways

    def _is_term(self, key: str) -> bool:
        column = self.record.columns.get(key.removeprefix(FIELD)) if self.record is not None else None
        return column is not None and bool(column.choices)

    def _holds(self, way: Mapping[str, list[str]]) -> bool:
        """Whether what is told goes together: an acceptance has a reason only where it failed; a record that is
        changed, something that it becomes."""
        if not self.must <= way.keys() or self._is_of_somebody(way):
            return False
        if self.verb == "edit" and placing.LEFT in way and not any(key.startswith(FIELD) for key in way):
            return False
        failed = "failed" in self.given or "flag --不合格" in way
        return (self.noun, self.verb) != ("hazard", "accept") or failed or "why" not in way

    def _is_of_somebody(self, way: Mapping[str, list[str]]) -> bool:
        """Whether what is told in words of one's own is but the name of somebody."""
        text = line_places.SENTENCES.get(self.record.name, "") if self.record is not None else ""
        own = [
            "measures",
            f"{FIELD}{text}",
            *(["subject"] if self.record is not None and text == self.record.subject else []),
        ]
        return any(self.kinds.is_name(way[key][0]) for key in own if key in way and way[key][0] in self.plain)

    def line(self, way: dict[str, list[str]], *, asked: bool = False) -> Line:
        """The line of a way. One that is `asked` about before it is done may take any word without a place for a
        remark."""
        left = tuple(way.pop(placing.LEFT, ()))
        before = self._remark_before(way) if self._are_remarks(left, any_text=asked) else None
        remarks = (*self.timed, *left) if before == "" and not self._may_be_told_otherwise() else ()
        if remarks:
            key = leftover_words.REMARK
            way[key] = ["；".join([*way.get(key, ()), *remarks])]
        way = {key: [self._settled(key, value, way) for value in values] for key, values in way.items()}
        arguments, told = _typed(way, self.slots)
        lacking = _lacking(self.record, self.verb, self.parameters, self.options, {*way, *self.given})
        if "flag " in way and self.record is not None and self.record.name == "enterprise":
            lacking += ["--无代码原因"] * (f"{FIELD}no_code_reason" not in {*way, *self.given})
        if self.verb == "add" and self.record is not None and self.record.subject == "enterprise":
            lacking += ["--企业名称"] * ({"subject", f"{FIELD}enterprise"}.isdisjoint({*way, *self.given}))
        lacking += self._untold_day(way, [word for word in left if not word_kinds.is_day(word)])
        values = {key: values[0] for key, values in way.items()}
        correcting = self.verb == "edit" and "why" in way and "correct" not in self.given
        args = [self.noun, self.verb, *arguments, *self.kept, *["--更正"][: int(correcting)], *told]
        line = Line(args, lacking, values, remarks, () if remarks else left, frozenset(self.given))
        if before is None or not line.left or leftover_words.REMARK in way:
            return line
        return line._replace(beside=(*args, "--备注", "；".join(filter(None, (before, *left)))))

    def _may_be_told_otherwise(self) -> bool:
        """Whether a text beside a change may be meant for another field than 备注: a hazard's for what is wrong."""
        return self.verb == "edit" and self.record is not None and line_places.own_words(self.record) != ""

    def _remark_before(self, way: Mapping[str, list[str]]) -> str | None:
        """What stands in 备注 of the record already: '' where nothing does, as of a new one; None where it is not known
        which record that is."""
        if self.verb == "add" or self.record is None:
            return ""
        row = self.kinds.row(self.record, way["number"][0])
        return None if row is None else str(row["remark"] or "")

    def _untold_day(self, way: Mapping[str, list[str]], left: Sequence[str]) -> list[str]:
        """The option of the day that would be taken for today's although a text of the line speaks of some other day:
        网格员昨天巡查."""
        record = self.record
        if self.verb in words.NOUNS[self.noun].own and "on" not in {*way, *self.given}:
            options = [each for each in self.options if each.parameter.name == "on"]
            texts = [values[0] for slot in self.slots if slot.free and (values := way.get(slot.key))]
            spoken = any(map(loose_days.speaks_of_another, [*left, *texts]))
            return [option_names.called(each.names) for each in options if spoken]
        day = "" if record is None or self.verb != "add" else record.obvious_day
        if record is None or not day or not record.columns[day].assumed or f"{FIELD}{day}" in {*way, *self.given}:
            return []
        sentence = way.get(f"{FIELD}{line_places.SENTENCES.get(record.name, '')}", [])
        return [f"--{record.columns[day].title}"] * any(map(loose_days.speaks_of_another, [*left, *sentence]))

    def _settled(self, key: str, value: str, way: Mapping[str, list[str]]) -> str:
        """A value as an option takes it: a number that is another field's, a day as it is said, a deadline that is
        told by so many days from when the hazard was found."""
        if value.startswith("="):
            return way.get(f"{FIELD}{value[1:]}", [value])[0]
        slot = next((slot for slot in self.slots if slot.key == key), None)
        if slot is None or not (slot.apart or "期限" in slot.names):
            return value
        day = (way.get(f"{FIELD}found_on") or ["今天"])[0]
        try:
            since = spoken_days.past(day, self.kinds.session.today)
        except Misread:
            return value
        return loose_days.within(value, since) or self.kinds.day(value) or value

    def _are_remarks(self, left: Sequence[str], *, any_text: bool) -> bool:
        """Whether words without a place are remarks on the record that is entered or changed. What is to be changed is
        none."""
        if self.record is None or self.verb not in ("add", "edit") or leftover_words.REMARK in self.given:
            return False
        return leftover_words.REMARK in {slot.key for slot in self.slots} and all(
            (any_text and self.verb == "add")
            or (
                leftover_words.is_text(self.kinds, self.record, word)
                and not leftover_words.meant(self.kinds, self.record, self.slots, word)
                and not (self.verb == "edit" and placing.CHANGED.search(word))
            )
            for word in left
        )


def slots(kinds: Kinds, noun: str, verb: str) -> list[Slot]:
    """The places of a command."""
    return _Command(kinds, noun, verb, ()).slots


def read(kinds: Kinds, noun: str, verb: str, typed: Sequence[str]) -> list[Line]:
    """The lines that these words behind a verb may mean: one where each has its place in one way, `MOST_WAYS` at most,
    none where not each has a place. Where no line has a place for each, those that have for all but a word or two."""
    if len(typed) > _MOST_WORDS or "--" in typed:
        return []
    command = _Command(kinds, noun, verb, typed)
    if not command.plain:
        return []
    for spare in range(1 + (leftover_words.MOST if command.record is not None else 0)):
        if found := command.ways(spare):
            return [command.line(way) for way in found]
    return []


def likely(kinds: Kinds, noun: str, verb: str, typed: Sequence[str]) -> list[Line]:
    """The lines that these words may mean where any number of them may have no place, up to `_MOST_LEFT`: to be asked
    about, never done unasked. Of a new record such words are remarks, of a step they are `left`."""
    command = _Command(kinds, noun, verb, typed) if len(typed) <= _MOST_LIKELY and "--" not in typed else None
    if command is None or not command.plain:
        return []
    for spare in range(min(_MOST_LEFT, len(command.plain) - 1) + 1):
        if found := command.ways(spare):
            return [command.line(way, asked=True) for way in found]
    return []


def _apart(typed: Sequence[str], options: Sequence[Named]) -> tuple[list[str] | None, list[str], set[str]]:
    """The words without an option, the options as typed with their values, and the names of their parameters; no words
    where an option is unknown."""
    known = {name: option for option in options for name in option.names}
    plain: list[str] = []
    kept: list[str] = []
    given: set[str] = set()
    rest = iter(typed)
    for token in rest:
        if not token.startswith("-") or token == "-":
            plain.append(token)
            continue
        name, equals, _ = token.partition("=")
        option = known.get(name)
        if option is None:
            return None, [], set()
        kept.append(token)
        given.add(option.parameter.name)
        if not equals and not option.is_flag:
            kept += [value for value in (next(rest, None),) if value is not None]
    return plain, kept, given


def _typed(way: Mapping[str, list[str]], slots: Sequence[Slot]) -> tuple[list[str], list[str]]:
    """The arguments and the options of a way."""
    arguments, told = [], []
    for slot in slots:
        for value in way.get(slot.key, ()):
            told += [slot.option, value] if slot.option else []
            arguments += [] if slot.option else [value]
    told += [value for key, (value, *_) in way.items() if key.startswith("flag ") and value]
    return arguments, told


def _lacking(
    record: Record | None,
    verb: str,
    parameters: Sequence[params.Parameter],
    options: Sequence[Named],
    told: set[str],
) -> list[str]:
    """What must be told and is not: of a new record its required fields, of a step its required options."""
    called = {each.parameter.name: option_names.called(each.names) for each in options}
    found = []
    for each in parameters:
        name = each.name.removeprefix(FIELD)
        if each.name in told or (record is not None and name == record.subject and "subject" in told):
            continue
        column = record.columns.get(name) if record is not None and name != each.name else None
        of_new = column is not None and verb == "add" and column.required and not column.assumed
        if of_new and column is not None:
            found.append(f"--{column.title.partition('（')[0]}")
        elif each.default is params.REQUIRED:
            found.append(called.get(each.name, each.of.metavar or ""))
    return found
