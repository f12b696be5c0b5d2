"""The places of a command for values: the fields of its record and the options of its step, each with how it knows
what is its own. Reads the ledger through `word_kinds`; knows no line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from anjian_cli.commands import (
    glued_words,
    list_phrases,
    option_names,
    params,
    somebody,
    words,
)
from anjian_cli.errors import Misread
from anjian_cli.records import days
from anjian_cli.records.definition import Column, Kind, Record
from anjian_cli.rules.word_lists import uses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from anjian_cli.commands.glued_words import Said
    from anjian_cli.commands.option_names import Named
    from anjian_cli.commands.word_kinds import Kinds

FIELD = "field_"
_REASONS = frozenset({"--why", "--measures", "--text"})
"""What a step takes in words of one's own, one of them at most."""
_LEVELS = ("镇级", "县级", "设区市级", "省级")
_NAMED = frozenset({("programme", "action")})
"""What must be told and is a name that many records share: no text of one's own is."""
_BOARDED = ("挂牌", "督办", "挂牌督办", "验收")
"""What people add to a level."""
OBVIOUS_TEXT: Mapping[str, str] = {"guidance": "advice", "diagnosis": "findings"}
"""By record: the field that free text is for although it need not be told."""
_ALL = dict.fromkeys(("全部合格", "全都合格", "都合格", "全合格", "均合格", "合格率100%"), "=attended")
EXACT: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("training", "passed"): _ALL,
    ("visit", "hazards_closed"): dict.fromkeys(
        ("都整改了", "全部整改", "已全部整改", "都改好了", "全整改了", "当场整改", "都已整改"), "=hazards_found"
    ),
    ("accident", "deaths"): dict.fromkeys(
        (
            *("没死人", "没有死人", "无死亡", "没有死亡", "无人死亡", "没人死亡", "没有人死亡", "没有人员死亡"),
            *("没有伤亡", "无伤亡", "没有人员伤亡", "无人员伤亡", "无人伤亡", "未造成死亡", "未造成人员伤亡", "零死亡"),
        ),
        "0",
    ),
    ("accident", "serious"): dict.fromkeys(("没有重伤", "无重伤", "没重伤"), "0"),
    ("health_test", "points_over"): dict.fromkeys(
        (
            *("不超标", "没超标", "未超标", "没有超标", "无超标", "都不超", "均不超标", "都不超标", "都没超标"),
            *("都合格", "全部合格", "全合格", "均合格", "全都合格", "都达标", "全部达标", "均达标", "全达标"),
        ),
        "0",
    ),
    ("trusteeship", "visits_per_year"): {
        **dict.fromkeys(("每季度一次", "每季一次", "一季度一次", "每季度1次", "一季一次"), "4"),
        **dict.fromkeys(("每月一次", "每个月一次", "一月一次", "每月1次"), "12"),
        **dict.fromkeys(("半年一次", "每半年一次", "每半年1次"), "2"),
        **dict.fromkeys(("两月一次", "每两月一次", "两个月一次", "每两个月一次"), "6"),
        **dict.fromkeys(("一年一次", "每年一次"), "1"),
    },
}
"""By record and field: what people say for a number; `=` with a field is that field's."""
SENTENCES: Mapping[str, str] = {
    **OBVIOUS_TEXT,
    "hazard": "description",
    "enforcement_case": "cause",
    "training": "title",
    "accident": "name",
    "programme": "action",
}
"""By record: the field that takes words of one's own, and not the name of somebody alone."""
CALLED: Mapping[str, re.Pattern[str]] = {
    "officer": re.compile(rf"^(?:{somebody.PERSON}|{somebody.OFFICER})$"),
    "training": re.compile("培训|教育|讲座|学习|宣讲|班|课|演练|第.+期"),
    "accident": re.compile(
        "打击|伤害|触电|淹溺|灼烫|火灾|坠落|坍塌|冒顶|透水|放炮|爆炸|中毒|窒息|事故|追尾|碰撞|侧翻|挤压|起火"
    ),
}
"""By record: what a name of it has in it. Of accidents the kinds of GB 6441-1986, and what people say on the road."""
SINCE: Mapping[str, tuple[str, str]] = {"enterprise": ("state", "changed_on")}
"""By record: a field that a record has since a day, and the field of that day."""
SPOKEN_TERMS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("inspection", "found_any"): dict.fromkeys((*glued_words.NONE_FOUND, "正常"), "无")
    | dict.fromkeys(("有问题", "有隐患", "发现隐患"), "有"),
}
"""By record and field with 有 or 无: what people say for them, who never type the bare word."""


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
    called: tuple[str, ...] = ()
    by_name: bool = False


def _nothing(_: str) -> None:
    return None


def anything(word: str) -> str:
    return word


def places(
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


def beside_a_change(slots: Sequence[Slot], kinds: Kinds, record: Record, plain: Sequence[str]) -> list[Slot]:
    """The places of an edit: a day beside what a record becomes is since when it is so (企业 某厂 停产 11-1)."""
    field, day = SINCE.get(record.name, ("", ""))
    if not field or not any(kinds.term(record, field, word) == word for word in plain):
        return list(slots)
    return [slot._replace(exact=kinds.day) if slot.key == f"{FIELD}{day}" else slot for slot in slots]


def own_words(record: Record) -> str:
    """The field of a record for words of one's own, which a text beside a change of it may be meant for; '' where there
    is none, or it is a name that many records share."""
    field = SENTENCES.get(record.name, "")
    return "" if (record.name, field) in _NAMED else field


def _bare_days(parameters: Sequence[params.Parameter], named: Mapping[str, Named]) -> set[str]:
    """The days of a step that one alone, without a name, may be: that which must be told, else any."""
    of_days = [each for each in parameters if each.name in named and glued_words.DAYS & set(named[each.name].names)]
    must = [each.name for each in of_days if each.default is params.REQUIRED]
    done = [each.name for each in of_days if not {"--due", "--deadline"} & set(named[each.name].names)]
    return set(must or done or [each.name for each in of_days])


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


def _month_of_a_report(kinds: Kinds) -> Callable[[str], str | None]:
    """The month of 10月报表, 10月份的月报, or of the month alone."""
    month = _month_as_typed(kinds)
    return lambda word: month(re.sub("(?<=[月份])的?(?:报表|月报表?|报送表)$", "", word))


def _of_step(kinds: Kinds, key: str, option: Named, names: tuple[str, ...], *, bare: bool) -> Slot:
    called, english = option_names.called(option.names), set(option.names)
    if english & glued_words.DAYS:
        return Slot(key, called, names, kinds.day if bare else _nothing, _nothing, kinds.day)
    if "--level" in english:
        level = _among(
            {**{each: each for each in _LEVELS}, **{f"{each}{by}": each for each in _LEVELS for by in _BOARDED}}
        )
        return Slot(key, called, names, level, _nothing, level)
    if "--why" in english:
        why = _glued(kinds, glued_words.WHY, Kind.TEXT)
        return Slot(key, called, names, _nothing, _nothing, anything, free=True, glued=why, alone=glued_words.WHY.alone)
    if "--per" in english:
        return Slot(key, called, (), _per, _nothing, _nothing)
    if "--department" in english:
        part = kinds.department_by_part
        return Slot(key, called, names, kinds.department, part, lambda w: kinds.department(w) or part(w), by_name=True)
    if "--town" in english:
        return Slot(key, called, names, kinds.town, _nothing, kinds.town)
    if "--month" in english:
        return Slot(key, called, names, _nothing, _nothing, _month_as_typed(kinds))
    if english & {"-o", "--output", "--format", "--year", "--limit", "--find"}:
        return Slot(key, called, (), _nothing, _nothing, _nothing)
    return Slot(key, called, names, _nothing, _nothing, anything, free=bool(english & _REASONS))


def _among(choices: Mapping[str, str]) -> Callable[[str], str | None]:
    return choices.get


def _per(word: str) -> str | None:
    """按镇 as 镇街: what stands behind 按 is the option's value."""
    rest = word.removeprefix("按")
    return None if rest in ("", word) else {"镇": "镇街", "乡镇": "镇街", "属地": "镇街"}.get(rest, rest)


def _of_field(kinds: Kinds, record: Record, name: str, verb: str) -> Slot:
    slot, kind = _unglued(kinds, record, name, verb), record.kinds[name]
    said = glued_words.said(record, name)
    if name == "hazards_found" and record.name not in OBVIOUS_TEXT:
        slot = slot._replace(exact=dict.fromkeys(glued_words.NONE_FOUND, "0").get)
    if (record.name, name) in EXACT:
        slot = slot._replace(exact=EXACT[record.name, name].get)
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
    called = tuple(word for word in said.before if len(word) > 1)
    free = slot.free and not record.columns[name].title.endswith("号")  # a paper's number is no text of one's own
    return slot._replace(glued=_glued(kinds, said, kind, read), apart=apart, alone=said.alone, called=called, free=free)


def _glued(
    kinds: Kinds, said: Said, kind: Kind, read: Callable[[str], str | None] = anything
) -> Callable[[str], str | None]:
    """Reads a value of a kind that its word is glued to."""

    def glued(word: str) -> str | None:
        if kind is Kind.DAY:
            day = glued_words.day(word, said)
            return None if day is None else kinds.day(day)
        if said.units:
            return next((value for value in map(read, glued_words.counted(word, said)) if value is not None), None)
        agencies = (kinds.agency(one, whole=False) for one in glued_words.named(word, said))
        return glued_words.text(word, said) or next(filter(None, agencies), None)

    return glued


def _unglued(kinds: Kinds, record: Record, name: str, verb: str) -> Slot:
    column, kind = record.columns[name], record.kinds[name]
    if name in uses_of(record.name) or column.choices:
        return _of_term(kinds, record, name)
    if (record.name, name) == ("enforcement_case", "party") and verb == "add":
        return _party(kinds)
    by_name = _by_name(kinds, column)
    if by_name is not None:
        exact, part, named = by_name
        return Slot(name, "", (), exact, part, named, by_name=True)
    if kind is Kind.DAY:
        alone = verb == "add" and name == record.obvious_day
        return Slot(name, "", (), kinds.day if alone else _nothing, _nothing, kinds.day)
    if column.parse is days.year_month:
        month = _month_of_a_report(kinds) if record.name == "filing" else _month_as_typed(kinds)
        return Slot(name, "", (), month if verb == "add" else _nothing, _nothing, month)
    if column.parse is days.year and verb == "add":
        return Slot(name, "", (), _year, _nothing, _parsed(column))
    if kind in (Kind.WHOLE, Kind.AMOUNT):
        return Slot(name, "", (), _nothing, _nothing, _parsed(column), counts=_unit(column))
    if (record.name, name, verb) == ("officer", "grid", "add"):
        return Slot(name, "", (), _grid, _nothing, anything)
    free = (
        verb == "add"
        and (record.name, name) not in _NAMED
        and (column.required or OBVIOUS_TEXT.get(record.name) == name)
    )
    return Slot(name, "", (), _nothing, _nothing, anything, free=free)


def _grid(word: str) -> str | None:
    """What is called a grid is nobody's name, whether the ledger knows it or not: 唐先二网格."""
    return word if re.fullmatch(r"\S{2,}网格", word) else None


def _year(word: str) -> str | None:
    said = re.fullmatch(r"(20\d\d)年?度?", word)
    return said[1] if said else None


def _of_term(kinds: Kinds, record: Record, name: str) -> Slot:
    of_lists = list_phrases.SPOKEN_TERMS.get(record.name, {})
    spoken = dict(SPOKEN_TERMS.get((record.name, name), {}))
    spoken |= {word: term for word, (field, term) in of_lists.items() if field == name}
    silent = set(record.columns[name].choices) in ({"是", "否"}, {"有", "无"})

    def term(word: str) -> str | None:
        return spoken.get(word) or kinds.term(record, name, word)

    return Slot(name, "", (), spoken.get if silent else term, _nothing, term)


def _party(kinds: Kinds) -> Slot:
    """Whose a case is: a firm of the ledger, by its full name, or anybody else as typed."""

    def firm(word: str) -> str | None:
        return kinds.full_name(word) if somebody.FIRM.fullmatch(word) else None

    return Slot("party", "", (), firm, _nothing, lambda word: firm(word) or word, free=True, by_name=True)


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
    if column.refers == "department":
        return read, kinds.department_by_part, lambda word: kinds.department(word) or kinds.department_by_part(word)
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
    own = f"{FIELD}{record.subject}" if record is not None and any(slot.key == "subject" for slot in slots) else ""
    return [
        slot._replace(exact=_nothing, part=_nothing, glued=_nothing, free=False, alone="") if slot.key == own else slot
        for slot in slots
    ]


def of_its_step(kinds: Kinds, slot: Slot, table: Mapping[str, Said], options: Sequence[Named]) -> Slot:
    """The place with what is said for it in one step alone."""
    names = next((option.names for option in options if slot.option and slot.option in option.names), ())
    said = next((said for name, said in table.items() if name in names), None)
    if said is None:
        return slot
    kind = Kind.DAY if glued_words.DAYS & set(names) else Kind.TEXT
    return slot._replace(glued=_glued(kinds, said, kind, _without_people), alone=said.alone)


def _without_people(number: str) -> str | None:
    """A step takes a number of people as a number."""
    return None if number.endswith(("人", "人次", "名")) else number
