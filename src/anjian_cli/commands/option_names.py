"""Which option is meant by a part of its name or of its alias: --描述 for --隐患部位与描述, --dead for --deadline.

A name in full wins; a part that fits one option alone is that option; what fits several is refused with all of them.
Knows Typer's parameters; no command, no ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typer._click.core import Parameter
from typer.core import TyperOption

from anjian_cli.errors import refused


def in_full(args: Sequence[str], params: Sequence[Parameter]) -> list[str]:
    """The words of a command line with every option's name in full; what fits none stays as it is. Values are not
    touched, nor is anything behind `--`. Raises `Refused` E121."""
    options = [param for param in params if isinstance(param, TyperOption)]
    known = {name: option for option in options for name in (*option.opts, *option.secondary_opts)}
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


def called(option: Parameter) -> str:
    """What an option is called in an answer: its first Chinese name; -o and the like where it has none."""
    return next((name for name in option.opts if not name.isascii()), max(option.opts, key=len))


def _meant(typed: str, options: Sequence[TyperOption]) -> str:
    part = typed.removeprefix("--")
    if part == typed or not part:
        return typed
    fitting = [option for option in options if not option.hidden and _fits(part, option)]
    if len(fitting) > 1:
        raise refused("E121", typed, found="、".join(map(called, fitting)))
    if not fitting:
        return typed
    return max(fitting[0].opts, key=len) if part.isascii() else called(fitting[0])


def _fits(part: str, option: TyperOption) -> bool:
    """Chinese anywhere in a name; letters at its beginning or that of a word in it, as abbreviations are."""
    names = [name.removeprefix("--") for name in option.opts if name.startswith("--")]
    if part.isascii():
        return any(f"-{name}".find(f"-{part.lower()}") >= 0 for name in names)
    return any(part in name for name in names)
