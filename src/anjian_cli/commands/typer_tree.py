"""The command tree for Typer: what reads a line that is wrong or unusual, and prints help in Chinese.

Typer's options and arguments are made here of those that the commands declare (`params`). Only what stands here and in
`usage` knows Typer.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import typer
from typer._click.core import Context, Parameter
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from anjian_cli.commands import astray, lazy, option_names, params, usage, words
from anjian_cli.commands.option_names import Named
from anjian_cli.commands.session import Session
from anjian_cli.messages import Exit

if TYPE_CHECKING:
    from anjian_cli.render.screen.help import Section

PROGRAM = "anjian"
ABOUT = "安监：县级安委办的安全生产台账与每月重点工作通报"


class Command(TyperCommand):
    """A verb or a top-level command. `word` is its entry in `words`, `options` are its options, given when it is
    built."""

    allow_extra_args = True  # so that what is left over is refused here, in Chinese
    word: words.Word
    options: Sequence[Named]

    def __init__(self, name: str | None, **attributes: Any) -> None:
        # --help is taken off the line before; rich must not be imported.
        super().__init__(name, **{**attributes, "add_help_option": False, "rich_markup_mode": None})

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As Typer's. Refused E102 to E106, E121, or the code of a `Misread`."""
        try:
            args = option_names.in_full(args, self.options)
            if (name := option_names.without_value(args, self.options)) is not None:
                raise usage.no_value(name, ctx)
            usage.refuse_nameless(ctx, args)
            rest = super().parse_args(ctx, list(args))
        except UsageError as error:
            raise usage.refusal(error, ctx, args) from error
        if rest:
            raise usage.left_over(ctx, rest, args, self.options)
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
        """English name, command and the rest of the line; of a noun without a verb its list, where all that follows
        asks for it. Refused E101."""
        name, rest = words.called(args, self.table)
        if name is None and ctx.parent is None:
            line = astray.turned(args) or astray.list_in_the_noun(ctx.obj, args)
            if line is not None:
                name, rest = line[0], line[1:]
        if name is None and ctx.parent is not None and astray.is_list(ctx.obj, str(ctx.info_name), args):
            name, rest = "list", args
        if name is None:
            raise usage.no_command(args, ctx, self.table)
        return name, self.load(name), list(rest)

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


def tree() -> Group:
    """The whole program. Nothing below it is imported yet."""
    nouns = "类别（其后写动作，如 anjian 隐患 列表）"
    return Group(PROGRAM, ABOUT, [("命令", words.COMMANDS), (nouns, words.NOUNS)], _top)


def help_for(root: Group, args: Sequence[str], session: Session) -> str:
    """The help page of the command that `args` call, whatever else stands on the line. Refused E101."""
    ctx = Context(root, info_name=PROGRAM, obj=session)
    command: Loaded = root
    called: list[str] = []
    for word in args:
        if not isinstance(command, Group) or word.startswith("-"):
            break
        name, command, _ = command.resolve_command(ctx, [word])
        called.append(str(name))
        ctx = Context(command, parent=ctx, info_name=name)
    if len(called) > 1:
        from anjian_cli.commands import own_words  # here: most runs show no help

        own = own_words.of_options(called[0], session)
        for param in command.params:
            if isinstance(param, TyperOption) and param.help and param.name in own:
                param.help = param.help.replace(*own[param.name])
    return command.get_help(ctx)


def _top(name: str) -> Loaded:
    if name in words.COMMANDS:
        return _built(name, lazy.top(name), words.COMMANDS[name])
    noun = words.NOUNS[name]
    return Group(name, noun.help, [("命令", noun.verbs)], lambda verb: _verb(name, verb))


def _verb(name: str, verb: str) -> Command:
    return _built(verb, lazy.verb(name, verb), words.NOUNS[name].verbs[verb])


def _built(name: str, command: lazy.Command, word: words.Word) -> Command:
    declared = params.declared(command.function)
    options = option_names.named(declared, word)
    info = CommandInfo(
        name=name,
        cls=Command,
        callback=_signed(command.function, declared, {each.parameter.name: each.names for each in options}),
        help=command.help,
        epilog=f"例：\n{command.example}" if command.example else None,
    )
    made = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    assert isinstance(made, Command)
    made.word, made.options = word, options
    return made


def _signed(
    function: Callable[..., object], declared: Sequence[params.Parameter], names: Mapping[str, Sequence[str]]
) -> Callable[..., object]:
    """The function under a signature that Typer can read. `names` are those of the options, by parameter."""

    def called(ctx: Context, **given: Any) -> object:
        return function(params.Context(ctx.obj), **given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    every = [inspect.Parameter("ctx", keyword, annotation=typer.Context)]
    for each in declared:
        made = _made(each, names.get(each.name, ()))
        every.append(inspect.Parameter(each.name, keyword, default=made, annotation=each.kind))
    called.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in every}
    called.__doc__ = function.__doc__
    return called


def _made(parameter: params.Parameter, names: Sequence[str]) -> Any:
    of = parameter.of
    if isinstance(of, params.Option):
        return typer.Option(parameter.default, *names, help=of.help, metavar=of.metavar, min=of.min, max=of.max)
    return typer.Argument(parameter.default, metavar=of.metavar, help=of.help, min=of.min, max=of.max)


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
    "path": "路径",
}


def _explained(param: Parameter) -> str:
    remarks = []
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
