"""Words that a command has no place for, and the options they are for: 一般 is --隐患级别 一般, 期限11月15日 is --期限
11月15日. Only said in the refusal: what goes into the ledger is never guessed. Knows records' definitions, no ledger.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.bulletin.summary_table import typed
from anjian_cli.commands import glued_words, list_phrases, option_names, somebody
from anjian_cli.errors import Misread
from anjian_cli.records import days
from anjian_cli.records.definition import Column, Kind, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anjian_cli.commands.option_names import Named

FIELD = "field_"
ON, WHY = "--on", "--why"
"""What a step takes: its day, and a reason in words."""
ANY_DAY = "2000-12-31"
"""For whether a text names a day at all; which one is not asked."""
_COUNTED = re.compile(r"(\D{2,})(\d+)\D?")
_NAME = 4
"""Characters of a person's name with what one is called: 王科长."""
_BETWEEN = "：: 到至为"


def options(rest: Sequence[str], given: Sequence[str], known: Sequence[Named], record: Record | None) -> list[str]:
    """For each word that is left over the option and its value, the value alone where no option is found. `given` are
    the line's other words."""
    taken = {name for word in given for name in (word.partition("=")[0],)}
    free = [each for each in known if not taken & set(each.names) and not each.is_flag]
    if any("--correct" in each.names for each in known):  # an edit's reason is told of a correction alone
        free = [each for each in free if WHY not in each.names]
    found, values = [], iter(rest)
    for word in values:
        named = _named(word, free)
        value = next(values, None) if named is not None else None
        if named is not None and value is not None:
            found.append(f"{option_names.called(named.names)} {typed(value)}")
            free.remove(named)
            continue
        option, value = _placed(word, free, record)
        found.append(f"{option_names.called(option.names)} {typed(value)}" if option is not None else typed(word))
        free = [each for each in free if each is not option]
    return found


def _named(word: str, free: Sequence[Named]) -> Named | None:
    """The option that a word names, without its dashes: 原因."""
    fit = [each for each in free if f"--{word}" in each.names]
    fit = fit or [each for each in free if len(word) > 1 and any(name.startswith(f"--{word}") for name in each.names)]
    return fit[0] if len(fit) == 1 else None


def _placed(word: str, free: Sequence[Named], record: Record | None) -> tuple[Named | None, str]:
    """The option that a word is for, and its value."""
    for each, name in sorted(_names(free), key=lambda one: -len(one[1])):
        rest = word.removeprefix(name)
        value = rest.lstrip(_BETWEEN)
        if len(name) > 1 and rest != word and value and _fits(each, value, record, marked=rest[0] in "：:"):
            return each, value
    if counted := _COUNTED.fullmatch(word):
        fit = [each for each in free if any(counted[1] in name for name in each.names)]
        if len(fit) == 1 and _fits(fit[0], counted[2], record, marked=False):
            return fit[0], counted[2]
    of_step = {name: each for each in free for name in each.names if name in (ON, WHY)}
    if ON in of_step and _is_day(word):
        return of_step[ON], word
    if WHY in of_step and not any(sign.isdigit() for sign in word):
        return of_step[WHY], word
    if record is None:
        return None, word
    fields = {each.parameter.name.removeprefix(FIELD): each for each in free if each.parameter.name.startswith(FIELD)}
    for name, said in glued_words.TABLE.get(record.name, {}).items():
        if name in fields and (told := _glued(record, name, word, said)):
            return fields[name], told
    field, term = list_phrases.SPOKEN_TERMS.get(record.name, {}).get(word, ("", ""))
    if field in fields:
        return fields[field], term
    for name, option in fields.items():
        column = record.columns[name]
        if column.choices and _is_term(column.choices, word, record.kinds[name]):
            return option, word
    day = record.obvious_day if record.obvious_day in fields else ""
    if day and _is_day(word):
        return fields[day], word
    texts = [
        name
        for name in fields
        if record.columns[name].required
        and record.kinds[name] is Kind.TEXT
        and not record.columns[name].choices
        and not record.columns[name].refers
        and not record.columns[name].register
        and name != record.subject
    ]
    is_text = not _is_day(word) and not somebody.FIRM.fullmatch(word)
    return (fields[texts[0]], word) if len(texts) == 1 and is_text else (None, word)


def _fits(option: Named, value: str, record: Record | None, *, marked: bool) -> bool:
    """Whether a value that the name of an option is cut off from is one of that option: 企业付费 is no firm's name,
    部门检查 no department's, and a sentence that begins with a title is no value of it unless a colon says so."""
    name = option.parameter.name.removeprefix(FIELD)
    if record is None or name == option.parameter.name:
        return _is_day(value) if glued_words.DAYS & set(option.names) else marked or WHY in option.names or _ends(value)
    column, kind = record.columns[name], record.kinds[name]
    if column.choices:
        return _is_term(column.choices, value, kind)
    if kind is Kind.DAY:
        return _is_day(value)
    if kind in (Kind.WHOLE, Kind.AMOUNT):
        return _is_read(column, value)
    said = glued_words.TABLE.get(record.name, {}).get(name)
    if said is not None and said.shape and not re.fullmatch(said.shape, value):
        return marked
    return marked or (not column.refers and not column.register and _ends(value))


def _ends(value: str) -> bool:
    """Whether what is left of a word is short enough for a name or a number, and no sentence."""
    return len(value) <= _NAME or value.isascii()


def _is_read(column: Column, value: str) -> bool:
    try:
        column.read(value)
    except Misread:
        return False
    return True


def _glued(record: Record, name: str, word: str, said: glued_words.Said) -> str | None:
    """The value of a field that what is said for it is glued to."""
    if record.kinds[name] is Kind.DAY:
        day = glued_words.day(word, said)
        return day if day is not None and _is_day(day) else None
    if record.columns[name].refers or record.columns[name].register:
        return None
    if said.units:
        numbers = glued_words.counted(word, said)
        return next((value for value in numbers if _is_read(record.columns[name], value)), None)
    return glued_words.text(word, said)


def _names(free: Sequence[Named]) -> Iterator[tuple[Named, str]]:
    for each in free:
        yield from ((each, name.removeprefix("--")) for name in each.names if not name.isascii())


def _is_term(choices: Sequence[str], word: str, kind: Kind) -> bool:
    parts = word.split("、") if kind is Kind.TERMS else [word]
    return all(part in choices for part in parts)


def _is_day(word: str) -> bool:
    try:
        days.spoken_day(word, ANY_DAY)
    except Misread:
        return False
    return True
