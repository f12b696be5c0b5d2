"""A line that is plainly right, read without Typer, which costs a short command more time than all its work.

Its outcome is the call that Typer would make of the same line. Whatever is not plain (help, an unknown word, a value
that does not fit, one that is missing, what begins with a dash and is no option, `--`) is not read here but left to
Typer (`typer_tree`), whose answers are the only ones. So nothing is refused here but a part of a name that fits several
options.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from anjian_cli.commands import lazy, option_names, words
from anjian_cli.commands.option_names import Named
from anjian_cli.commands.params import REQUIRED, Argument, Option, Parameter, declared
from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


class Call:
    """A command's function with the values of its parameters."""

    def __init__(self, function: Callable[..., object], given: dict[str, object]) -> None:
        self.function, self.given = function, given


class _Unusual(Exception):
    """The line is left to Typer."""


def read(args: Sequence[str]) -> Call | None:
    """The call that a line means, without its global options; None where it is to be read by Typer. Raises `Refused`
    E121."""
    if "--" in args:
        return None
    try:
        command, word, rest = _command(args)
        parameters = declared(command.function)
        options = option_names.named(parameters, word)
        return Call(command.function, _given(option_names.in_full(rest, options), parameters, options))
    except _Unusual:
        return None


def _command(args: Sequence[str]) -> tuple[lazy.Command, words.Word, Sequence[str]]:
    name, rest = _called(args, {**words.COMMANDS, **words.NOUNS})
    if name in words.COMMANDS:
        return lazy.top(name), words.COMMANDS[name], rest
    verbs = words.NOUNS[name].verbs
    verb, rest = _called(rest, verbs)
    return lazy.verb(name, verb), verbs[verb], rest


def _called(args: Sequence[str], table: words.Table) -> tuple[str, Sequence[str]]:
    name, rest = words.called(args, table) if args else (None, args)
    if name is None:
        raise _Unusual
    return name, rest


def _given(args: Sequence[str], parameters: Sequence[Parameter], options: Sequence[Named]) -> dict[str, object]:
    """The values of all parameters, defaults included."""
    typed, plain = _sorted_out(args, {name: option for option in options for name in option.names})
    for parameter in parameters:
        if isinstance(parameter.of, Argument) and plain:
            if _is_list(parameter.kind):
                typed[parameter.name] = [_value(each, parameter) for each in plain]
                plain = []
            else:
                typed[parameter.name] = _value(plain.pop(0), parameter)
    if plain:
        raise _Unusual
    for parameter in parameters:
        if typed.setdefault(parameter.name, parameter.default) is REQUIRED:
            raise _Unusual
    return typed


def _sorted_out(args: Sequence[str], known: Mapping[str, Named]) -> tuple[dict[str, object], list[str]]:
    """The values of the options by the names of their parameters, of two the later one; what is typed by its place."""
    values: dict[str, object] = {}
    plain: list[str] = []
    rest = iter(args)
    for token in rest:
        if not token.startswith("-") or token == "-":
            plain.append(token)
            continue
        name, equals, value = token.partition("=")
        option = known.get(name)
        if option is None or (equals and (option.is_flag or not name.startswith("--"))):
            raise _Unusual
        if not equals and not option.is_flag:
            value = next(rest, "")
        values[option.parameter.name] = True if option.is_flag else _value(value, option.parameter)
    return values, plain


def _value(typed: str, parameter: Parameter) -> object:
    """The value of a parameter that is typed with one, as Typer makes it."""
    if not typed or (typed.startswith("-") and typed != "-"):
        raise _Unusual
    kind = _single(parameter.kind)
    if kind is str:
        return typed
    return _number(typed, parameter.of) if kind is int else _path(typed, kind)


def _number(typed: str, of: Option | Argument) -> int:
    if not (typed.isascii() and typed.isdecimal()):
        raise _Unusual
    number = int(typed)
    if (of.min is not None and number < of.min) or (of.max is not None and number > of.max):
        raise _Unusual
    return number


def _path(typed: str, kind: object) -> Path:
    from pathlib import Path

    if kind is not Path or "\0" in typed or (os.path.lexists(typed) and not os.access(typed, os.R_OK)):
        raise _Unusual
    return Path(typed)


def _single(kind: Any) -> Any:
    """What one value is made of: `str` of `list[str] | None`."""
    while arguments := getattr(kind, "__args__", ()):
        kind = arguments[0]
    return kind


def _is_list(kind: Any) -> bool:
    return any(getattr(each, "__origin__", None) is list for each in (kind, *getattr(kind, "__args__", ())))
