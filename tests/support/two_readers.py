"""Random command lines, right and wrong, and what both readers of a line make of each: Typer, and the direct one.

A command is not run: its function is replaced by one that keeps what it was called with.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import pytest
import typer

from anjian_cli import cli
from anjian_cli.commands import direct, lazy, params, typer_tree, words
from anjian_cli.commands.option_names import named
from anjian_cli.commands.session import Session
from anjian_cli.errors import Refused

VALUES = (
    *("芝英-12", "芝英", "10-28", "2018-10", "10", "7", "0", "4000", "１２", "05", "x", "a=b", "未定", "涉氨", "丙"),
    *("", " ", "-", "-5", "-1x", "—", "—５", "3.5", "1_0", "--", "十", ".", "没有这个.csv", "没有/这个", "－", "＝"),
)
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


class Entry(NamedTuple):
    """A command: its name in both languages, its options and whether each has a value."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]
    options: Mapping[str, bool]


class Made(NamedTuple):
    """What a reader made of a line: the parameters of a command, or what it refuses; None where nothing is called."""

    called: Mapping[str, object] | None
    refused: str = ""


@cache
def commands() -> list[Entry]:
    """Every command of the program."""
    found = [_entry((name,), word, lazy.top(name), word.chinese) for name, word in words.COMMANDS.items()]
    for noun, entry in words.NOUNS.items():
        for verb, word in entry.verbs.items():
            chinese = tuple(f"{above} {below}" for above in entry.chinese for below in word.chinese)
            found.append(_entry((noun, verb), word, lazy.verb(noun, verb), chinese))
    return found


def _entry(english: tuple[str, ...], word: words.Word, command: lazy.Command, chinese: tuple[str, ...]) -> Entry:
    options = named(params.declared(command.function), word)
    return Entry(english, chinese, {name: not each.is_flag for each in options for name in each.names})


def drawn(chance: random.Random) -> list[str]:
    """A line: mostly a command's own options with values, sometimes parts of names, other dashes, full width, options
    of another command, what is missing or too much."""
    entry = chance.choice(commands())
    line = list(entry.english) if chance.random() < 0.5 else chance.choice(entry.chinese).split(" ")
    if chance.random() < 0.04:
        line[-1] = line[-1][:-1]
    if chance.random() < 0.04:
        line = ["改错" if each in ("edit", "修改") else each.upper() for each in line]
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        if chance.random() < 0.3 or not entry.options:
            line.insert(chance.randint(len(entry.english), len(line)), chance.choice(VALUES))
        else:
            line += _option(chance, entry)
    return line


def _option(chance: random.Random, entry: Entry) -> list[str]:
    name = chance.choice(list(entry.options) if chance.random() < 0.9 else list(words.OPTIONS))
    with_value = entry.options.get(name, True)
    if chance.random() < 0.2:
        at = chance.randint(2, len(name))
        name = name[:at] if chance.random() < 0.7 else f"--{name[at:]}"
    if chance.random() < 0.1:
        name = name.translate(WIDE) if chance.random() < 0.5 else f"—{name.lstrip('-')}"
    value = chance.choice(VALUES)
    if chance.random() < 0.08:
        with_value = not with_value
    if not with_value:
        return [name]
    return [f"{name}={value}"] if chance.random() < 0.3 else [name, value]


def read_by_typer(line: list[str]) -> Made:
    """What Typer makes of a line without its global options."""
    return _made(lambda session: _invoked(line, session))


def read_directly(line: list[str]) -> Made | None:
    """What the direct reader makes of it; None where it leaves it to Typer."""
    left = []

    def call(session: Session) -> None:
        found = direct.read(line)
        if found is None:
            left.append(True)
        else:
            found.function(params.Context(session), **found.given)

    made = _made(call)
    return None if left else made


def _invoked(line: list[str], session: Session) -> None:
    root = typer_tree.tree()
    with root.make_context(typer_tree.PROGRAM, list(line), obj=session) as context:
        root.invoke(context)


def _made(call: Callable[[Session], None]) -> Made:
    called: list[Mapping[str, object]] = []

    def kept(command: lazy.Command) -> lazy.Command:
        def keep(_: params.Context, **given: object) -> None:
            called.append(given)

        return command._replace(function=params.Signed(keep, params.declared(command.function)))

    top, verb = lazy.top, lazy.verb
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lazy, "top", lambda name: kept(top(name)))
        patch.setattr(lazy, "verb", lambda noun, name: kept(verb(noun, name)))
        try:
            call(_session())
        except Refused as refusal:
            return Made(None, str(refusal))
        except typer.Exit:  # a noun alone
            return Made(None, "help")
    return Made(called[0] if called else None)


def _session() -> Session:
    out, err = io.StringIO(), io.StringIO()
    return Session(
        db=None, day="2018-11-02", business_day=None, actor="李四", out=out, err=err, stdin=io.BytesIO(),
        terminal=False, width=80, colour=False,
    )  # fmt: skip


def as_read(typed: list[str]) -> list[str] | None:
    """The line as readers get it: put right, its global options off. None where it stops there."""
    try:
        line = cli.take_globals(words.normalise(typed))
    except Refused:
        return None
    return line.args if line.args and not {"--help", "--version"} & set(line.given) else None
