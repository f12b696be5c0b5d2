"""What is wrong with a command line, said from the catalogue: Typer's usage errors as `Refused` (E101-E107).

Knows Typer's exceptions and `words`; no command, no ledger.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from typer._click.core import Context, Parameter
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperGroup, TyperOption

from anjian_cli.bulletin import summary_table
from anjian_cli.commands import astray, lazy, option_names, params, placed_words, words
from anjian_cli.commands.option_names import Named
from anjian_cli.errors import Proposal, Refused, refused
from anjian_cli.records import definition

_KINDS = {
    "int": "请填整数",
    "int range": "请填整数",
    "path": "请核对路径",
}


_SLIP = 2
"""A slip of the pen is not so many characters longer or shorter."""


def no_command(args: Sequence[str], ctx: Context, table: words.Table) -> Refused:
    """E101 for a line whose first word is no command of `table`, with the nearest one there is, else with what its
    words are for."""
    from anjian_cli.commands import intentions  # here: help of a noun needs none of it

    typed = args[0]
    names = {word: name for name, entry in table.items() for word in (name, *entry.chinese)}
    remedy = astray.aside(typed) or (_behind_a_noun(typed) if ctx.parent is None else "")
    found = None if typed[:1].isdigit() else words.nearest(typed, names)  # 10月份 is a month, and no slip of 月份
    at_root = ctx.parent is None
    noun = () if at_root else (str(ctx.info_name),)
    meant: tuple[str, ...] = ()
    if not remedy and found is not None:
        remedy = f"您要用的是“{table[names[found]].chinese[0]}”吗？"
        # Whoever asks means no step; and what a longer word says beside the command would be lost.
        if (at_root or not any(map(intentions.asks, args))) and abs(len(found) - len(typed)) < _SLIP:
            meant = (*noun, names[found], *args[1:])
    if not remedy or (at_root and len(typed) > 2 and found is not None):
        more = (
            astray.at_the_beginning(ctx.obj, args)
            if at_root
            else astray.behind_a_noun(ctx.obj, str(ctx.info_name), args)
        )
        remedy, meant = more if more.told else (remedy, meant)
    told = refused("E101", value=typed, remedy=f"{remedy}全部命令见 {_help(ctx)}")
    return told.proposing(Proposal(meant)) if meant else told


def _behind_a_noun(typed: str) -> str:
    """A verb typed without its noun."""
    for noun in words.NOUNS.values():
        verb = words.find(typed, noun.verbs)
        if verb is not None:
            return f"请写明是哪一类，如 anjian {noun.chinese[0]} {noun.verbs[verb].chinese[0]}。"
    return ""


def left_over(ctx: Context, rest: Sequence[str], args: Sequence[str], options: Sequence[Named]) -> Refused:
    """E105 for words that no argument takes, with the options that they are for. `args` is the whole line behind the
    command."""
    return refused("E105", value=" ".join(rest), told=_placed(ctx, rest, args, options), help=_help(ctx))


def _placed(ctx: Context, rest: Sequence[str], args: Sequence[str], options: Sequence[Named]) -> str:
    """What is to be typed for words that are left over; '' where no option is found for any."""
    path = ctx.command_path.removeprefix("anjian").strip().split(" ")
    noun = path[0] if path[0] in words.NOUNS else ""
    if not noun and (other := words.find(rest[0], words.NOUNS)) and path[0] in words.NOUNS[other].verbs:
        verb = words.NOUNS[other].verbs[path[0]]
        return f"一类的请写 anjian {words.NOUNS[other].chinese[0]} {verb.chinese[0]}。"
    record = definition.called(noun) if noun and words.NOUNS[noun].generic else None
    kept = list(args)
    for word in rest:
        if word in kept:
            kept.remove(word)
    found = placed_words.options(rest, kept, options, record)
    told = next(filter(None, map(astray.aside, rest)), "")
    if told and not any(each.startswith("--") for each in found):
        return told
    called, opening = " ".join(path), "请写"
    if not any(each.startswith("--") for each in found) and record is not None and "add" in words.NOUNS[noun].generic:
        adding = option_names.named(params.declared(lazy.verb(noun, "add").function), words.GENERIC["add"])
        found, called, opening = placed_words.options(rest, kept, adding, record), f"{noun} add", "要登记新的一条，请写"
        if not all(each.startswith("--") for each in found):
            return ""
    if not any(each.startswith("--") for each in found):
        return ""
    line = " ".join(["anjian", words.in_chinese(called), *map(summary_table.typed, kept)])
    if all(each.startswith("--") for each in found):
        return f"{opening} {line} {' '.join(found)}。"
    placed = "请写明是哪一项，如 " + "、".join(each for each in found if each.startswith("--"))
    return placed + "；不知道是哪一项的：" + "、".join(each for each in found if not each.startswith("--")) + "。"


def no_value(name: str, ctx: Context) -> Refused:
    """E104 for an option behind which nothing stands, or the next option."""
    return refused("E104", name=name, help=_help(ctx))


def refuse_nameless(ctx: Context, argv: Sequence[str]) -> None:
    """Raises `Refused` E106 for a file or folder without a name: an empty text, as of a shell's variable that is not
    set, would be taken for the folder that one is in."""
    typed = ctx.command.make_parser(ctx).parse_args(list(argv))[0]
    for param in ctx.command.params:
        given = typed.get(str(param.name))
        if param.type.name == "path" and "" in (given if isinstance(given, (list, tuple)) else [given]):
            remedy = "请写文件或文件夹的名字；就是这个文件夹的，请写“.”"
            raise refused("E106", "", name=label(param), remedy=remedy)


def refusal(error: UsageError, ctx: Context, argv: Sequence[str] = ()) -> Refused:
    """What `error` says, in Chinese. `argv` is what the command was given, to show a value as typed."""
    match error:
        case NoSuchOption():
            return _no_option(error.option_name, ctx)
        case BadOptionUsage():
            return _bad_option(error.option_name, ctx, argv)
        case MissingParameter(param=Parameter() as param):
            told = refused("E103", name=f"“{label(param)}”", help=_help(ctx))
            return told.proposing(Proposal((*ctx.command_path.split(" ")[1:], *argv), (label(param),)))
        case BadParameter(param=Parameter() as param):
            return _bad_value(param, ctx, argv)
    return refused("E107", reason=error.message, remedy=f"用法见 {_help(ctx)}")


def label(param: Parameter) -> str:
    """What a parameter is called in messages: an option's first Chinese name, an argument's metavar."""
    return option_names.called(param.opts) if isinstance(param, TyperOption) else param.human_readable_name


def _no_option(typed: str, ctx: Context) -> Refused:
    if isinstance(ctx.command, TyperGroup):
        return refused("E102", value=typed, remedy="选项请写在命令后面")
    options = [param for param in ctx.command.params if isinstance(param, TyperOption)]
    bare = {opt.lstrip("-"): label(param) for param in options for opt in (*param.opts, *param.secondary_opts)}
    for name, entry in words.GLOBAL_OPTIONS.items():
        bare |= {spelled.lstrip("-"): entry.chinese[-1] for spelled in (name, *entry.chinese)}
    found = words.nearest(typed.lstrip("-"), bare) if len(typed) > 2 else None
    remedy = f"您要用的是“{bare[found]}”吗？" if found is not None else ""
    return refused("E102", value=typed, remedy=f"{remedy}用法见 {_help(ctx)}")


def _bad_option(name: str, ctx: Context, argv: Sequence[str]) -> Refused:
    given = next((token.partition("=")[2] for token in argv if token.startswith(f"{name}=")), None)
    if given is None:
        return no_value(name, ctx)
    return refused("E106", value=given, name=name, remedy="这个选项后面不跟值")


def _bad_value(param: Parameter, ctx: Context, argv: Sequence[str]) -> Refused:
    value = _typed(param, ctx, argv)
    remedy = _KINDS.get(param.type.name, f"用法见 {_help(ctx)}") + _between(param)
    if param.type.name == "path" and os.path.lexists(value):
        remedy = "没有读取它的权限，请换有权限的用户来办"
    return refused("E106", value=value, name=label(param), remedy=remedy)


def _between(param: Parameter) -> str:
    low, high = getattr(param.type, "min", None), getattr(param.type, "max", None)
    if low is None and high is None:
        return ""
    if low is None:
        return f"，不大于{high}"
    return f"，不小于{low}" if high is None else f"，{low}至{high}"


def _typed(param: Parameter, ctx: Context, argv: Sequence[str]) -> str:
    """The value as typed, which Typer's error does not say: the line is parsed once more, no value read."""
    found = ctx.command.make_parser(ctx).parse_args(list(argv))[0].get(str(param.name))
    return " ".join(found) if isinstance(found, (list, tuple)) else str(found or "")


def _help(ctx: Context) -> str:
    path = ctx.command_path.removeprefix("anjian").strip()
    return f"anjian {words.in_chinese(path)} -h" if path else "anjian -h"
