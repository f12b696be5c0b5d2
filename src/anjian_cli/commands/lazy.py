"""The command tree: nouns and verbs that are imported only when they are called, with help in Chinese.

A command module says `app = noun_app("hazard")` (or `top_app()`) and marks its functions with
`@app.command("close")`; their parameters are declared the Typer way. What is on offer stands in `words`, so a
list of commands imports none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from typer._click.core import Context, Parameter
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from anjian_cli.commands import option_names, usage, words
from anjian_cli.commands.session import Session
from anjian_cli.errors import Exit

if TYPE_CHECKING:
    from anjian_cli.render.screen.help import Section

PROGRAM = "anjian"
ABOUT = "安监：县级安委办的安全生产台账与每月重点工作通报"

F = TypeVar("F", bound=Callable[..., object])


class Command(TyperCommand):
    """A verb or a top-level command. `word` is its entry in `words`, given when the tree loads it."""

    allow_extra_args = True  # so that what is left over is refused here, in Chinese
    word = words.Word((), "")

    def __init__(self, name: str | None, **attributes: Any) -> None:
        # --help is taken off the line before; rich must not be imported.
        super().__init__(name, **{**attributes, "add_help_option": False, "rich_markup_mode": None})

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As Typer's. Refused E102 to E106, E121, or the code of a `Misread`."""
        try:
            args = option_names.in_full(args, self.params)
            rest = super().parse_args(ctx, list(args))
        except UsageError as error:
            raise usage.refusal(error, ctx, args) from error
        if rest:
            raise usage.left_over(ctx, rest)
        return rest

    def get_help(self, ctx: Context) -> str:
        """The help page: help text, parameters, examples."""
        from anjian_cli.render.screen.help import Section, page  # here: most runs show no help

        shown = [param for param in self.params if not getattr(param, "hidden", False)]
        arguments = [param for param in shown if not isinstance(param, TyperOption)]
        options = [param for param in shown if isinstance(param, TyperOption)]
        tail = [_in_usage(param) for param in arguments] + (["[选项]"] if options else [])
        return page(
            [" ".join([path, *tail]) for path in _paths(ctx)],
            f"{self.help or self.word.help}\n\n{self.epilog or ''}",
            [
                Section("参数", [(_name(param), _explained(param)) for param in arguments]),
                Section("选项", [(_name(param), _explained(param)) for param in options]),
                _global_options(),
            ],
            _width(ctx),
        )

    def called(self, word: words.Word) -> Command:
        """This command under its entry in `words`: its English options get their Chinese words."""
        self.word = word
        taken = {opt for param in self.params for opt in param.opts}
        chinese = {**words.OPTIONS, **word.options}
        for param in self.params:
            if isinstance(param, TyperOption):
                param.opts += [w for w, english in chinese.items() if english in param.opts and w not in taken]
        return self


class Group(TyperGroup):
    """Commands that are loaded when called: the program's own, or the verbs of a noun."""

    def __init__(
        self,
        name: str,
        about: str,
        sections: Sequence[tuple[str, words.Table]],
        load: Callable[[str], Loaded],
    ) -> None:
        """`sections` are the headings of help with the commands below each; `load` takes an English name."""
        super().__init__(name=name, help=about, add_help_option=False, rich_markup_mode=None)
        self.sections = sections
        self.table = {name: entry for _, table in sections for name, entry in table.items()}
        self.load = load

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As Typer's; without a command the help is shown, as a usage error. Refused E102."""
        if not args:
            session: Session = ctx.obj
            session.err.write(f"{self.get_help(ctx)}\n")
            ctx.exit(Exit.USAGE)
        try:
            return super().parse_args(ctx, list(args))
        except UsageError as error:
            raise usage.refusal(error, ctx, args) from error

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str, Loaded, list[str]]:
        """English name, command and the rest of the line. Refused E101."""
        meant = words.SHORT_FOR.get(args[0], ())
        if meant and meant[0] in self.table:
            args = [*meant, *args[1:]]
        name = words.find(args[0], self.table)
        if name is None:
            raise usage.no_command(args[0], ctx, self.table)
        return name, self.load(name), args[1:]

    def get_help(self, ctx: Context) -> str:
        """The help page, from `words` alone."""
        from anjian_cli.render.screen.help import Section, page

        what = "命令" if ctx.parent else "命令或类别"
        return page(
            [f"{path} {what} …" for path in _paths(ctx)],
            self.help or "",
            [*(Section(title, _rows(table)) for title, table in self.sections), _global_options()],
            _width(ctx),
        )


Loaded: TypeAlias = "Command | Group"


class App:
    """The functions of one command module, built into commands when they are called."""

    def __init__(self, table: words.Table) -> None:
        self._table = table
        self._functions: dict[str, CommandInfo] = {}

    def command(self, name: str, *, about: str | None = None, example: str = "") -> Callable[[F], F]:
        """Make the function the command `name`, which must stand in `words` (KeyError).

        Its docstring is its help unless `about` says it; a paragraph that begins with 例 is examples.
        `example` are command lines, one a line.
        """
        epilog = f"例：\n{example.strip()}" if example else None
        if name not in self._table:
            raise KeyError(name)

        def mark(function: F) -> F:
            self._functions[name] = CommandInfo(name=name, cls=Command, callback=function, help=about, epilog=epilog)
            return function

        return mark

    def build(self, name: str) -> Command:
        """The command, its parameters read from the function's signature. Raises KeyError."""
        command = get_command_from_info(self._functions[name], pretty_exceptions_short=False, rich_markup_mode=None)
        assert isinstance(command, Command)
        return command

    def names(self) -> list[str]:
        """English names of the commands in this module."""
        return list(self._functions)


def noun_app(noun: str) -> App:
    """For the module that holds a noun's own verbs. Raises KeyError for a noun unknown to `words`."""
    return App(words.NOUNS[noun].own)


def top_app() -> App:
    """For a module that holds top-level commands."""
    return App(words.COMMANDS)


def tree() -> Group:
    """The whole program. Nothing below it is imported yet."""
    nouns = "类别（其后写动作，如 anjian 隐患 列表）"
    return Group(PROGRAM, ABOUT, [("命令", words.COMMANDS), (nouns, words.NOUNS)], _top)


def help_for(root: Group, args: Sequence[str], session: Session) -> str:
    """The help page of the command that `args` call, whatever else stands on the line. Refused E101."""
    ctx = Context(root, info_name=PROGRAM, obj=session)
    command: Loaded = root
    for word in args:
        if not isinstance(command, Group) or word.startswith("-"):
            break
        name, command, _ = command.resolve_command(ctx, [word])
        ctx = Context(command, parent=ctx, info_name=name)
    return command.get_help(ctx)


def _top(name: str) -> Loaded:
    if name in words.COMMANDS:
        word = words.COMMANDS[name]
        app: App = _module(word.module).app
        return app.build(name).called(word)
    noun = words.NOUNS[name]
    return Group(name, noun.help, [("命令", noun.verbs)], lambda verb: _verb(name, verb))


def _verb(name: str, verb: str) -> Command:
    noun = words.NOUNS[name]
    if verb in noun.own:
        app: App = _module(noun.module).app
        return app.build(verb).called(noun.own[verb])
    command: Command = _module("register").command(name, verb)
    return command.called(words.GENERIC[verb])


def _module(name: str) -> ModuleType:
    return import_module(f"anjian_cli.commands.{name}")


# --- cells of the help page


def _paths(ctx: Context) -> list[str]:
    """The command as it is called in English, and in Chinese."""
    english: list[str] = []
    chinese: list[str] = []
    at: Context | None = ctx
    while at is not None and at.parent is not None:
        name = str(at.info_name)
        above = at.parent.command
        english.insert(0, name)
        chinese.insert(0, above.table[name].chinese[0] if isinstance(above, Group) else name)
        at = at.parent
    return list(dict.fromkeys(" ".join([PROGRAM, *path]) for path in (english, chinese)))


def _rows(table: words.Table) -> list[tuple[str, str, str]]:
    return [(name, "、".join(entry.chinese), entry.help) for name, entry in table.items()]


def _in_usage(param: Parameter) -> str:
    name = usage.label(param) + ("…" if param.nargs != 1 else "")
    return name if param.required else f"[{name}]"


def _name(param: Parameter) -> str:
    if not isinstance(param, TyperOption):
        return usage.label(param)
    names = ", ".join(sorted(param.opts + param.secondary_opts, key=lambda opt: opt.startswith("--")))
    if param.is_flag:
        return names
    return f"{names} {param.metavar or _METAVARS.get(param.type.name, '值')}"


_METAVARS = {
    "int": "整数",
    "int range": "整数",
    "float": "数",
    "float range": "数",
    "path": "路径",
    "file": "路径",
}


def _explained(param: Parameter) -> str:
    remarks = []
    if found := usage.choices(param):
        remarks.append(f"可填：{'、'.join(found)}")
    if param.required:
        remarks.append("必填")
    elif (default := _default(param)) is not None:
        remarks.append(f"不填即{default}")
    if isinstance(param, TyperOption) and param.multiple:
        remarks.append("可写多次")
    text: str = getattr(param, "help", None) or ""
    return text + (f"（{'；'.join(remarks)}）" if remarks else "")


def _default(param: Parameter) -> str | None:
    """The default, if it says anything to a reader."""
    if not getattr(param, "show_default", True) or param.default in (None, False, "", (), []):
        return None
    if callable(param.default) or param.default is True:
        return None
    return str(getattr(param.default, "value", param.default))


def _global_options() -> Section:
    from anjian_cli.render.screen.help import Section

    return Section(
        "通用选项（写在哪里都可以）",
        [(", ".join([*entry.chinese, name][::-1]), entry.help) for name, entry in words.GLOBAL_OPTIONS.items()],
    )


def _width(ctx: Context) -> int:
    session: Session = ctx.obj
    return session.width
