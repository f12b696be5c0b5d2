"""The program's commands, imported only when they are called.

A command module says `app = noun_app("hazard")` (or `top_app()`) and marks its functions with
`@app.command("close")`; their parameters are declared as `params` says. What is on offer stands in `words`, so a
list of commands imports none.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from anjian_cli.commands import words
from anjian_cli.light_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TypeVar

    F = TypeVar("F", bound=Callable[..., object])


class Command(NamedTuple):
    """A verb or a top-level command. `help` is the function's docstring where it is None; `example` are command lines,
    one a line."""

    function: Callable[..., object]
    help: str | None = None
    example: str = ""


class App:
    """The commands of one module, by their English names."""

    def __init__(self, table: words.Table) -> None:
        self._table = table
        self.commands: dict[str, Command] = {}

    def command(self, name: str, *, about: str | None = None, example: str = "") -> Callable[[F], F]:
        """Make the function the command `name`, which must stand in `words` (KeyError).

        Its docstring is its help unless `about` says it; a paragraph that begins with 例 is examples.
        `example` are command lines, one a line.
        """
        if name not in self._table:
            raise KeyError(name)

        def mark(function: F) -> F:
            self.commands[name] = Command(function, about, example.strip())
            return function

        return mark


def noun_app(noun: str) -> App:
    """For the module that holds a noun's own verbs. Raises KeyError for a noun unknown to `words`."""
    return App(words.NOUNS[noun].own)


def top_app() -> App:
    """For a module that holds top-level commands."""
    return App(words.COMMANDS)


def top(name: str) -> Command:
    """The top-level command of this English name; its module is imported. Raises KeyError."""
    app: App = _module(words.COMMANDS[name].module).app
    return app.commands[name]


def verb(noun: str, name: str) -> Command:
    """The verb of this English name; its module is imported. Raises KeyError."""
    entry = words.NOUNS[noun]
    if name in entry.own:
        app: App = _module(entry.module).app
        return app.commands[name]
    command: Command = _module("register").command(noun, name)
    return command


def _module(name: str) -> ModuleType:
    return import_module(f"anjian_cli.commands.{name}")
