"""How a command says what it takes: options and arguments, in the signature of its function.

    def extend(
        ctx: Context,
        number: Annotated[str, Argument(metavar="隐患", help="编号")],
        on: Annotated[str | None, Option("--on", help="日期；不写即今天")] = None,
    ) -> None:

One definition for every reader of a line; it imports none of them. A kind is `str`, `int` or `Path`, a list of one of
these for an argument that may be written several times, or `bool` for an option without a value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anjian_cli.light_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Annotated as Annotated
    from typing import Any

    from anjian_cli.commands.session import Session
else:

    class Annotated:
        """What `typing.Annotated` is to the type checker: a kind, and how it is typed. Importing typing costs a short
        command a tenth of its time."""

        def __init__(self, kind, of):
            self.kind, self.of = kind, of

        def __class_getitem__(cls, both):
            return cls(*both)


REQUIRED = ...
"""The default of what must be typed."""


class Option:
    """What is typed by one of its names, --on or -o. A number lies from `min` to `max`. One that is `late` is meant by
    a part of its name only where no other is."""

    def __init__(
        self,
        *names: str,
        help: str,  # noqa: A002 -- called as in Typer, which everybody knows
        metavar: str | None = None,
        min: int | None = None,  # noqa: A002
        max: int | None = None,  # noqa: A002
        late: bool = False,
    ) -> None:
        self.names, self.help, self.metavar, self.min, self.max = names, help, metavar, min, max
        self.late = late


class Argument:
    """What is typed by its place; answers and help call it `metavar`. A number lies from `min` to `max`."""

    def __init__(
        self,
        *,
        metavar: str,
        help: str,  # noqa: A002
        min: int | None = None,  # noqa: A002
        max: int | None = None,  # noqa: A002
    ) -> None:
        self.metavar, self.help, self.min, self.max = metavar, help, min, max


class Context:
    """What a command gets beside what was typed: `obj` is the session."""

    def __init__(self, obj: Session) -> None:
        self.obj = obj


class Parameter:
    """One parameter of a command: its name in the function, its kind, how it is typed, and what it is where it is
    not."""

    def __init__(self, name: str, kind: Any, of: Option | Argument, default: object = REQUIRED) -> None:
        self.name, self.kind, self.of, self.default = name, kind, of, default


class Signed:
    """A function whose parameters do not stand in its signature: options that are made of a record's fields."""

    def __init__(self, function: Callable[..., object], parameters: Sequence[Parameter]) -> None:
        self.function, self.parameters = function, parameters

    def __call__(self, ctx: Context, **given: object) -> object:
        """Call the function. Raises what it raises."""
        return self.function(ctx, **given)


def declared(function: Callable[..., object]) -> Sequence[Parameter]:
    """The parameters of a command's function, in their order, without the context. Read by hand: importing inspect
    costs more than all else that a short command imports for its line."""
    if isinstance(function, Signed):
        return function.parameters
    code = function.__code__
    positional = code.co_varnames[: code.co_argcount]
    defaults = dict(zip(reversed(positional), reversed(function.__defaults__ or ()), strict=False))
    defaults |= function.__kwdefaults__ or {}
    found = []
    for name in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
        hint = eval(function.__annotations__[name], function.__globals__)
        if hint is not Context:
            found.append(Parameter(name, hint.kind, hint.of, defaults.get(name, REQUIRED)))
    return found
