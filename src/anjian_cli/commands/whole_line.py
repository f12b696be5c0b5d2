"""A line of which every word has its place, though no option is typed: 服务 新增 某厂 喷涂 11-1 发现2条 is the command
with --托管类别 喷涂 --服务日期 11-1 --发现隐患 2.

A word goes where its kind says: a term of one field, a title with its value, a day, a name or a number that the ledger
knows; what is none of these is free text, where one field alone takes that. It is a line only if each word is placed,
once, and in one way: then nothing was guessed and nothing dropped. Reads the ledger through `word_kinds`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from anjian_cli.commands import (
    glued_words,
    intentions,
    lazy,
    list_periods,
    list_phrases,
    option_names,
    params,
    word_kinds,
    words,
)
from anjian_cli.errors import Misread
from anjian_cli.records import days, definition
from anjian_cli.records.definition import Column, Kind, Record
from anjian_cli.rules.word_lists import uses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from anjian_cli.commands.glued_words import Said
    from anjian_cli.commands.option_names import Named
    from anjian_cli.commands.word_kinds import Kinds

FIELD = "field_"
_REASONS = frozenset({"--why", "--measures", "--text"})
"""What a step takes in words of one's own, one of them at most."""
_LEVELS = ("镇级", "县级", "设区市级", "省级")
OBVIOUS_TEXT: Mapping[str, str] = {"guidance": "advice", "diagnosis": "findings"}
"""By record: the field that free text is for although it need not be told."""
SPOKEN_TERMS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("inspection", "found_any"): dict.fromkeys((*glued_words.NONE_FOUND, "正常"), "无")
    | dict.fromkeys(("有问题", "有隐患", "发现隐患"), "有"),
}
"""By record and field with 有 or 无: what people say for them, who never type the bare word."""
_DONE = dict.fromkeys(("完成", "已完成", "完毕", "好了", "了", "到位"), "")
SPOKEN_FLAGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("hazard", "accept"): dict.fromkeys(("合格", "通过", "验收合格", "已合格"), "")
    | dict.fromkeys(("不合格", "未通过", "没通过", "不通过", "没有通过"), "--不合格"),
    ("hazard", "close"): _DONE | dict.fromkeys(("验收合格", "合格"), ""),
    ("hazard", "rectify"): _DONE,
    ("hazard", "extend"): dict.fromkeys(("到", "至"), ""),
    ("hazard", "supervise"): dict.fromkeys(("督办",), ""),
}
"""By noun and verb: words for an option without a value, '' for what the command says already."""


class Spoken(NamedTuple):
    """A verb that a noun does not have: the one that it is, and the title of the day that it is of."""

    verb: str
    day: str = ""


SPOKEN_VERBS: Mapping[str, Mapping[str, Spoken]] = {
    "standard": {
        "评审": Spoken("edit", "评审日期"),
        "自评": Spoken("edit", "自评日期"),
        "申请": Spoken("edit", "申请日期"),
        "公告": Spoken("edit", "公告日期"),
    },
    "trusteeship": {"续签": Spoken("add"), "续约": Spoken("add")},
    "case": {"收缴": Spoken("edit", "收缴日期"), "缴款": Spoken("edit", "收缴日期")},
    "health": {"整改": Spoken("edit", "整改完成日期"), "复测": Spoken("edit", "复测日期")},
}
"""By noun: what people say that was done, which is entered by another verb."""
ALSO: Mapping[tuple[str, str], str] = {("hazard", "report"): "add", ("hazard", "accept"): "close"}
"""A verb that people also use for another step: to report is to enter a new one, to accept what has been rectified in
the same line is to close."""
_BETWEEN = "：: 到至为"
_DENIES = re.compile("未|没|还没|还未|尚未|不|无|仍|正在|准备|计划|打算|待")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BY_THEN = re.compile(r"(.+?)(?:之前|以前|前)(?:整改|完成|整改完成|整改完|办结|改好|改完)?")
_COUNTED = re.compile(r"(\D{2,}?)(\d[\d.]*)(\D?)")
MOST_WAYS = 3
"""So many ways to read a line can be told apart at a glance."""
_MOST_WORDS = 16
"""More words than a line has that one could check at a glance."""


class Slot(NamedTuple):
    """A place for a value. `option` is how it is typed, '' for an argument; `names` are the words that say which it is;
    `exact` and `part` read a word that tells by itself (None if it does not), `named` one that stands behind its name;
    `free` takes any text, `glued` reads a value that its word is glued to, `apart` are such words that may stand alone
    beside a day, `each` finds all the records that a word may mean, `alone` is how a value looks that nothing
    else has."""

    key: str
    option: str
    names: tuple[str, ...]
    exact: Callable[[str], str | None]
    part: Callable[[str], str | None]
    named: Callable[[str], str | None]
    free: bool = False
    several: bool = False
    counts: str = ""
    glued: Callable[[str], str | None] = lambda _: None
    apart: tuple[str, ...] = ()
    each: Callable[[str], list[str]] = lambda _: []
    alone: str = ""


class Line(NamedTuple):
    """A command with all its words in place: `args` is the line, `lacking` the options of what is required and not
    told, `told` the words by the names of their parameters."""

    args: list[str]
    lacking: list[str]
    told: Mapping[str, str] = {}


def read(kinds: Kinds, noun: str, verb: str, typed: Sequence[str]) -> list[Line]:
    """The lines that these words behind a verb may mean: one where each has its place in one way, `MOST_WAYS` at most,
    none where not each has a place."""
    if len(typed) > _MOST_WORDS or "--" in typed:
        return []
    command = lazy.verb(noun, verb)
    parameters = params.declared(command.function)
    options = option_names.named(parameters, words.NOUNS[noun].verbs[verb])
    plain, kept, given = _apart(typed, options)
    if plain is None or not plain:
        return []
    record = definition.called(noun) if words.NOUNS[noun].generic else None
    slots = _slots(kinds, record, verb, parameters, options)
    slots = [_of_its_step(slot, glued_words.STEPS.get((noun, verb), {}), options) for slot in slots]
    plain = _taken_apart(plain, record, slots)
    if verb == "edit" and "correct" not in given:  # a reason is told of a correction alone
        slots = [slot._replace(free=False) for slot in slots]
    flags = SPOKEN_FLAGS.get((noun, verb), {})
    found: list[dict[str, list[str]]] = []
    must = {
        each.name for each in parameters if isinstance(each.of, params.Argument) and each.default is params.REQUIRED
    }
    for way in _ways(plain, slots, frozenset(given), flags):
        if must <= way.keys() and way not in found and _holds(noun, verb, way, given):
            found.append(way)
        if len(found) > MOST_WAYS:
            return []
    lines = []
    for way in found:
        arguments, told = _typed(way, slots)
        lacking = _lacking(record, verb, parameters, options, {*way, *given})
        values = {key: values[0] for key, values in way.items()}
        lines.append(Line([noun, verb, *arguments, *kept, *told], lacking, values))
    return lines


def tells_its_day(noun: str, said: str, rest: Sequence[str]) -> bool:
    """Whether the day is told that a verb which people say is of; true of any other verb."""
    spoken = SPOKEN_VERBS.get(noun, {}).get(said)
    return spoken is None or not spoken.day or any(map(word_kinds.is_day, rest))


def of_its_day(noun: str, said: str, rest: Sequence[str]) -> list[str]:
    """The words behind a verb that people say, its one day with its title; other verbs' as they are."""
    spoken = SPOKEN_VERBS.get(noun, {}).get(said)
    bare = [word for word in rest if word_kinds.is_day(word)]
    if spoken is None or not spoken.day or len(bare) != 1:
        return list(rest)
    return [f"{spoken.day}：{word}" if word == bare[0] else word for word in rest]


def _of_its_step(slot: Slot, table: Mapping[str, Said], options: Sequence[Named]) -> Slot:
    """The place with what is said for it in one step alone."""
    names = next((option.names for option in options if slot.option and slot.option in option.names), ())
    said = next((said for name, said in table.items() if name in names), None)
    if said is None:
        return slot
    return slot._replace(glued=_glued(said, Kind.DAY if glued_words.DAYS & set(names) else Kind.TEXT), alone=said.alone)


def _taken_apart(plain: Sequence[str], record: Record | None, slots: Sequence[Slot]) -> list[str]:
    """The words one by one: two days with 至 between them are those of the fields that they are of."""
    if record is None:
        return list(plain)
    titled = {slot.key.removeprefix(FIELD): slot.names[0] for slot in slots if slot.names}
    found = []
    for word in plain:
        if (span := glued_words.spanned(word, list(titled))) and all(word_kinds.is_day(day) for _, day in span):
            found += [f"{titled[name]}：{day}" for name, day in span]
        else:
            found += glued_words.split(word, glued_words.TABLE.get(record.name, {}))
    return found


def _holds(noun: str, verb: str, way: Mapping[str, list[str]], given: set[str]) -> bool:
    """Whether what is told goes together: an acceptance has a reason only where it failed."""
    failed = "failed" in given or "flag --不合格" in way
    return (noun, verb) != ("hazard", "accept") or failed or "why" not in way


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


# --- the places


def _nothing(_: str) -> None:
    return None


def _anything(word: str) -> str:
    return word


def _slots(
    kinds: Kinds, record: Record | None, verb: str, parameters: Sequence[params.Parameter], options: Sequence[Named]
) -> list[Slot]:
    named = {each.parameter.name: each for each in options}
    found = []
    of_day = _bare_days(parameters, named)
    for each in parameters:
        option = named.get(each.name)
        names = () if option is None else tuple(n.removeprefix("--") for n in option.names if not n.isascii())
        if each.name.startswith(FIELD) and record is not None:
            name = each.name.removeprefix(FIELD)
            slot = _of_field(kinds, record, name, verb)
            found.append(
                slot._replace(key=each.name, option=option_names.called(option.names) if option else "", names=names)
            )
        elif option is None and record is not None and each.name == "subject":
            slot = _of_field(kinds, record, record.subject, verb)
            found.append(slot._replace(key=each.name, option="", names=(), named=_nothing, counts=""))
        elif option is None and record is not None and each.name in ("number", "numbers"):
            found.append(_of_number(kinds, record, each.name, verb))
        elif option is None and getattr(each.of, "metavar", "") == "月份":
            month = _month_as_typed(kinds)
            found.append(Slot(each.name, "", ("月份",), month, _nothing, month))
        elif option is not None and not option.is_flag:
            found.append(_of_step(kinds, each.name, option, names, bare=each.name in of_day))
    return _one_free(found, record)


def _bare_days(parameters: Sequence[params.Parameter], named: Mapping[str, Named]) -> set[str]:
    """The days of a step that one alone, without a name, may be: that which must be told, else any."""
    of_days = [each for each in parameters if each.name in named and glued_words.DAYS & set(named[each.name].names)]
    must = [each.name for each in of_days if each.default is params.REQUIRED]
    return set(must or [each.name for each in of_days])


def _of_number(kinds: Kinds, record: Record, key: str, verb: str) -> Slot:
    def exact(word: str) -> str | None:
        return kinds.record(record, word, whole=True)

    def part(word: str) -> str | None:
        return kinds.record(record, word, whole=False)

    return Slot(
        key,
        "",
        ("编号",),
        exact,
        part,
        exact,
        several=key == "numbers",
        each=lambda word: kinds.records_of_firm(record, word, still=verb not in words.GENERIC and verb != "reopen"),
    )


def _month_as_typed(kinds: Kinds) -> Callable[[str], str | None]:
    return lambda word: word if kinds.month(word) else None


def _of_step(kinds: Kinds, key: str, option: Named, names: tuple[str, ...], *, bare: bool) -> Slot:
    called, english = option_names.called(option.names), set(option.names)
    if english & glued_words.DAYS:
        return Slot(key, called, names, kinds.day if bare else _nothing, _nothing, kinds.day)
    if "--level" in english:
        level = _among(_LEVELS)
        return Slot(key, called, names, level, _nothing, level)
    if "--per" in english:
        return Slot(key, called, (), _per, _nothing, _nothing)
    if "--town" in english:
        return Slot(key, called, names, kinds.town, _nothing, kinds.town)
    if "--month" in english:
        return Slot(key, called, names, _nothing, _nothing, _month_as_typed(kinds))
    if english & {"-o", "--output", "--format", "--year", "--limit", "--find"}:
        return Slot(key, called, (), _nothing, _nothing, _nothing)
    return Slot(key, called, names, _nothing, _nothing, _anything, free=bool(english & _REASONS))


def _among(choices: Sequence[str]) -> Callable[[str], str | None]:
    return lambda word: word if word in choices else None


def _per(word: str) -> str | None:
    """按镇 as 镇街: what stands behind 按 is the option's value."""
    rest = word.removeprefix("按")
    return None if rest in ("", word) else {"镇": "镇街", "乡镇": "镇街", "属地": "镇街"}.get(rest, rest)


def _of_field(kinds: Kinds, record: Record, name: str, verb: str) -> Slot:
    slot, kind = _unglued(kinds, record, name, verb), record.kinds[name]
    said = glued_words.TABLE.get(record.name, {}).get(name)
    if name == "hazards_found" and record.name not in OBVIOUS_TEXT:
        slot = slot._replace(exact=dict.fromkeys(glued_words.NONE_FOUND, "0").get)
    if said is None:
        return slot
    if (by_name := _by_name(kinds, record.columns[name])) is not None:
        whole, part, _ = by_name
        return slot._replace(
            glued=lambda word: next(
                filter(None, (whole(one) or part(one) for one in glued_words.named(word, said))), None
            )
        )
    read = _parsed(record.columns[name])
    apart = tuple(word for word in (*said.before, *said.behind) if len(word) > 1) if kind is Kind.DAY else ()
    return slot._replace(glued=_glued(said, kind, read), apart=apart, alone=said.alone)


def _glued(said: Said, kind: Kind, read: Callable[[str], str | None] = _anything) -> Callable[[str], str | None]:
    """Reads a value of a kind that its word is glued to."""

    def glued(word: str) -> str | None:
        if kind is Kind.DAY:
            day = glued_words.day(word, said)
            return day if day is not None and word_kinds.is_day(day) else None
        if said.units:
            return next((value for value in map(read, glued_words.counted(word, said)) if value is not None), None)
        return glued_words.text(word, said)

    return glued


def _unglued(kinds: Kinds, record: Record, name: str, verb: str) -> Slot:
    column, kind = record.columns[name], record.kinds[name]
    if name in uses_of(record.name) or column.choices:
        return _of_term(kinds, record, name)
    by_name = _by_name(kinds, column)
    if by_name is not None:
        exact, part, named = by_name
        return Slot(name, "", (), exact, part, named)
    if kind is Kind.DAY:
        alone = verb == "add" and name == record.obvious_day
        return Slot(name, "", (), kinds.day if alone else _nothing, _nothing, kinds.day)
    if column.parse is days.year_month:
        month = _month_as_typed(kinds)
        return Slot(name, "", (), month if verb == "add" else _nothing, _nothing, month)
    if kind in (Kind.WHOLE, Kind.AMOUNT):
        return Slot(name, "", (), _nothing, _nothing, _parsed(column), counts=_unit(column))
    free = verb == "add" and (column.required or OBVIOUS_TEXT.get(record.name) == name)
    return Slot(name, "", (), _nothing, _nothing, _anything, free=free)


def _of_term(kinds: Kinds, record: Record, name: str) -> Slot:
    of_lists = list_phrases.SPOKEN_TERMS.get(record.name, {})
    spoken = dict(SPOKEN_TERMS.get((record.name, name), {}))
    spoken |= {word: term for word, (field, term) in of_lists.items() if field == name}
    silent = set(record.columns[name].choices) in ({"是", "否"}, {"有", "无"})

    def term(word: str) -> str | None:
        return spoken.get(word) or kinds.term(record, name, word)

    return Slot(name, "", (), spoken.get if silent else term, _nothing, term)


def _by_name(kinds: Kinds, column: Column) -> tuple[Any, Any, Any] | None:
    """How a name of the ledger is read: as it stands there, by a part, and behind its title."""
    if column.refers == "enterprise":
        return (
            lambda word: kinds.firm(word, whole=True),
            lambda word: kinds.firm(word, whole=False),
            lambda word: kinds.firm(word, whole=True) or kinds.firm(word, whole=False),
        )
    if column.register == "agency":
        return (
            lambda word: kinds.agency(word, whole=True),
            lambda word: kinds.agency(word, whole=False),
            lambda word: kinds.agency(word, whole=True) or kinds.agency(word, whole=False) or word,
        )
    read = {
        "town": kinds.town,
        "town or county": kinds.town,
        "village": kinds.village,
        "department": kinds.department,
        "indicator": kinds.indicator,
    }.get(column.refers)
    return None if read is None else (read, _nothing, read)


def _parsed(column: Column) -> Callable[[str], str | None]:
    def read(word: str) -> str | None:
        try:
            column.read(word)
        except Misread:
            return None
        return word

    return read


def _unit(column: Column) -> str:
    """What stands in brackets behind a title: 条, 家."""
    return column.title.partition("（")[2].removesuffix("）") or "个"


def _one_free(slots: Sequence[Slot], record: Record | None) -> list[Slot]:
    """The places; that which is typed first takes a free text only as its own field does, and once."""
    first = next((slot for slot in slots if slot.key == "subject"), None)
    own = f"{FIELD}{record.subject}" if record is not None else ""
    return [
        slot._replace(exact=_nothing, part=_nothing, free=False) if first is not None and slot.key == own else slot
        for slot in slots
    ]


# --- the ways to place


def _ways(
    plain: Sequence[str], slots: Sequence[Slot], given: frozenset[str], flags: Mapping[str, str]
) -> Iterator[dict[str, list[str]]]:
    """All ways to place the words one by one, each in a place of its own."""
    if not plain:
        yield {}
        return
    for key, value, length in _places(plain, slots, flags):
        slot = next((one for one in slots if one.key == key), None)
        if key in given and not (slot is not None and slot.several):
            continue
        for rest in _ways(plain[length:], slots, given | {key}, flags):
            if slot is not None and slot.several and key in rest:
                yield {key: [value, *rest[key]], **{k: v for k, v in rest.items() if k != key}}
            elif key not in rest:
                yield {key: [value], **rest}


def _places(plain: Sequence[str], slots: Sequence[Slot], flags: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Where the first word can go: place, value, and how many words that takes. What tells by itself, or by its title,
    is no part of a name; and what is that is no free text. A place that is taken already counts: 一般 beside
    --隐患级别 重大 is no description."""
    word = plain[0]
    if word in flags:
        return [(f"flag {flags[word]}", flags[word], 1)]
    found = [(slot.key, value, 1) for slot in slots if (value := slot.exact(word)) is not None]
    for slot in slots:
        if (value := _run_on(word, slot)) is not None:
            found.append((slot.key, value, 1))
    if not found and (by_then := _BY_THEN.fullmatch(word)) is not None and word_kinds.is_day(by_then[1]):
        found += [(slot.key, by_then[1], 1) for slot in slots if "期限" in slot.names]
    if not any(value for _, value, _ in found) and (counted := _COUNTED.fullmatch(word)):
        fit = [slot for slot in slots if slot.counts and any(counted[1] in name for name in slot.names)]
        if len(fit) == 1 and counted[3] in ("", fit[0].counts) and fit[0].named(counted[2]) is not None:
            found.append((fit[0].key, counted[2], 1))
    if len(plain) > 1 and (titled := _titled(word, slots)) is not None:
        value = titled.named(plain[1])
        if value is not None:
            found.append((titled.key, value, 2))
    if not found and len(plain) > 1 and (beside := _beside_a_day(word, plain[1], slots)) is not None:
        found.append((*beside, 2))
    found = found or [(slot.key, value, 1) for slot in slots if (value := slot.glued(word)) is not None]
    found = found or [(slot.key, value, 1) for slot in slots if (value := slot.part(word)) is not None]
    if not found or any(key == f"{FIELD}enterprise" for key, _, _ in found):  # of a step, the firm's one record
        found += [(slot.key, value, 1) for slot in slots for value in slot.each(word)]
    found = found or [(slot.key, word, 1) for slot in slots if slot.alone and re.fullmatch(slot.alone, word)]
    return found or [(slot.key, word, 1) for slot in slots if slot.free and _is_text(word, slots, slot)]


def _is_text(word: str, slots: Sequence[Slot], slot: Slot) -> bool:
    """Whether a word can be free text: it has a Chinese character, is no period, asks nothing, and says of no place
    what it is. What was done is not told by what was not."""
    if not _CHINESE.search(word) or intentions.asks(word) or (slot.key == "measures" and _DENIES.match(word)):
        return False
    begun = any(name.startswith(word.rstrip("：:")) for one in slots for name in one.names)
    if glued_words.FIRM.fullmatch(word) and any(
        one.key == f"{FIELD}enterprise" for one in slots
    ):  # one that is not in the ledger
        return False
    return not begun and not word_kinds.is_day(word) and list_periods.said(word, word_kinds.ANY_DAY) is None


def _beside_a_day(word: str, following: str, slots: Sequence[Slot]) -> tuple[str, str] | None:
    """A day and what is said of it, in either order, as two words: 超标点已整改 10月30日."""
    for said, day in ((word, following), (following, word)):
        fit = [slot for slot in slots if said in slot.apart] if word_kinds.is_day(day) else []
        if len(fit) == 1:
            return fit[0].key, day
    return None


def _run_on(word: str, slot: Slot) -> str | None:
    """A title and its value in one word: 期限11月15日, 期限：11-15. A text must have a colon between, else any sentence
    that begins with the title would be one."""
    for name in sorted(slot.names, key=len, reverse=True):
        if len(name) > 1 and word.startswith(name):
            rest = word.removeprefix(name)
            value = rest.lstrip(_BETWEEN)
            if value and (slot.named is not _anything or rest[0] in "：:"):
                read = slot.named(value)
                if read is not None and not (slot.counts and not value.replace(".", "").isdigit()):
                    return read
    return None


def _titled(word: str, slots: Sequence[Slot]) -> Slot | None:
    """The place that a word names: in full, or with the beginning of the name of one alone."""
    bare = word.rstrip("：:")
    fit = [slot for slot in slots if bare in slot.names]
    fit = fit or [slot for slot in slots if len(bare) > 1 and any(name.startswith(bare) for name in slot.names)]
    return fit[0] if len(fit) == 1 else None


# --- the line


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
