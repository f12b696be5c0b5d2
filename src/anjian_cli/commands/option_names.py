"""What a command's options are called, and which one a part of a name means: --描述 for --隐患部位与描述, --dead for
--deadline.

An option has the names it is declared with, and the Chinese words that stand for one of these. A name in full wins; a
part that fits one option alone is that option; what fits several is refused with all of them. One table for every
reader of a line; it knows none of them, and no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from anjian_cli.commands import words
from anjian_cli.commands.params import Option, Parameter
from anjian_cli.errors import refused


class Named:
    """An option with all its names; a flag is typed without a value."""

    def __init__(self, parameter: Parameter, names: Sequence[str]) -> None:
        self.parameter, self.names, self.is_flag = parameter, names, parameter.kind is bool
        self.late = isinstance(parameter.of, Option) and parameter.of.late


def named(parameters: Sequence[Parameter], word: words.Word) -> list[Named]:
    """The options among a command's parameters. Its own word for another option, or its entry `word`, wins over what
    the glossary says."""
    declared = [(each, each.of.names) for each in parameters if isinstance(each.of, Option)]
    taken = {name for _, names in declared for name in names}
    chinese = {typed: english for typed, english in {**words.OPTIONS, **word.options}.items() if typed not in taken}
    return [
        Named(each, [*names, *(typed for typed, english in chinese.items() if english in names)])
        for each, names in declared
    ]


def in_full(args: Sequence[str], options: Sequence[Named]) -> list[str]:
    """The words of a command line with every option's name in full; what fits none stays as it is. Values are not
    touched, nor is anything behind `--`. Raises `Refused` E121."""
    known = {name: option for option in options for name in option.names}
    full: list[str] = []
    rest: Iterator[str] = iter(args)
    for token in rest:
        if token == "--":
            return [*full, token, *rest]
        typed, equals, value = token.partition("=")
        name = typed if typed in known else _meant(typed, options)
        full.append(f"{name}{equals}{value}")
        option = known.get(name)
        if option is not None and not option.is_flag and not equals:
            full += [following for following in (next(rest, None),) if following is not None]
    return full


def without_value(args: Sequence[str], options: Sequence[Named]) -> str | None:
    """The first option, in a line whose names are in full, behind which another one stands in its value's place:
    Typer would take that for the value, and a folder would come to be called --every-day. None where there is none."""
    known = {name: option for option in options for name in option.names}
    rest: Iterator[str] = iter(args)
    for token in rest:
        if token == "--":
            return None
        option = known.get(token)
        if option is not None and not option.is_flag and _is_one(next(rest, ""), known):
            return token
    return None


def _is_one(value: str, known: Mapping[str, Named]) -> bool:
    return value.startswith("-") and value.partition("=")[0] in known


def called(names: Sequence[str]) -> str:
    """What an option of these names is called in an answer: its first Chinese name; -o and the like where it has
    none."""
    return next((name for name in names if not name.isascii()), max(names, key=len))


def with_value(name: str, value: str) -> list[str]:
    """An option with its value as a line has them: in one word where the value would be taken for an option itself."""
    return [f"{name}={value}"] if value.startswith("-") else [name, value]


def _meant(typed: str, options: Sequence[Named]) -> str:
    part = typed.removeprefix("--")
    if part == typed or not part:
        return typed
    fit = [option for option in options if _fits(part, option.names)]
    fitting = [option.names for option in fit if not option.late] or [option.names for option in fit]
    if len(fitting) > 1:
        raise refused("E121", typed, found="、".join(map(called, fitting)))
    if not fitting:
        return typed
    return max(fitting[0], key=len) if part.isascii() else called(fitting[0])


def _fits(part: str, names: Sequence[str]) -> bool:
    """Chinese anywhere in a name; letters at its beginning or that of a word in it, as abbreviations are."""
    long = [name.removeprefix("--") for name in names if name.startswith("--")]
    if part.isascii():
        return any(f"-{name}".find(f"-{part.lower()}") >= 0 for name in long)
    return any(part in name for name in long)
