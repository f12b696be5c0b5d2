"""`anjian help` and `anjian version`: how a command is used, and what a code at the end of a message means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli import __version__
from anjian_cli.commands import pager
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from anjian_cli.messages import Message

app = top_app()

CODES = ("代码", "codes")
_CODE = re.compile(r"〔?([EN]\d{3})〕?", re.IGNORECASE)
_OPEN = re.compile(r"[{]\w+[}]")
"""What a message fills in from the case at hand."""


@app.command("help", example="anjian help hazard close\nanjian 帮助 通报\nanjian 帮助 E412\nanjian 帮助 代码")
def show(
    ctx: Context,
    what: Annotated[
        list[str] | None, Argument(metavar="命令或代码", help="一个命令，或消息末尾的代码，如 E412；代码 即全部代码")
    ] = None,
) -> None:
    """一个命令怎样用；消息末尾的代码是什么意思、怎么办。不写即全部命令。"""
    session: Session = ctx.obj
    with pager.paged(session):
        _show(session, what or [])


def _show(session: Session, asked: Sequence[str]) -> None:
    if len(asked) == 1 and asked[0] in CODES:
        session.out.write("".join(f"{line}\n" for line in _all_codes()))
    elif asked and all(_CODE.fullmatch(word) for word in asked):
        session.out.write("".join(f"{line}\n" for line in _of_codes(asked)))
    else:
        from anjian_cli.commands import typer_tree

        session.out.write(f"{typer_tree.help_for(typer_tree.tree(), asked, session)}\n")


@app.command("version", example="anjian version")
def version(ctx: Context) -> None:
    """这个程序的版本。"""
    session: Session = ctx.obj
    session.out.write(f"anjian {__version__}\n")


def _of_codes(asked: Sequence[str]) -> Iterator[str]:
    """What some codes say. Raises `Refused` E106 for one that there is not."""
    from anjian_cli import messages

    codes = [found[1].upper() for word in asked if (found := _CODE.fullmatch(word))]
    for code in codes:
        if code not in messages.CATALOGUE:
            raise refused("E106", code, name="代码", remedy="全部代码见 anjian 帮助 代码")
    for code in codes:
        reason, remedy = explained(code)
        yield f"{code}　{_kind(messages.CATALOGUE[code])}"
        yield f"说的是：{reason}。"
        yield f"怎么办：{remedy}。"


def _all_codes() -> Iterator[str]:
    from anjian_cli import messages

    for code in sorted(messages.CATALOGUE):
        yield f"{code}　{'。'.join(explained(code))}。"


def explained(code: str) -> tuple[str, str]:
    """What a code says, and what to do, with an ellipsis where the case at hand is filled in. Raises KeyError."""
    from anjian_cli import messages

    message = messages.CATALOGUE[code]
    reason, remedy = messages.IN_GENERAL.get(code, ("", ""))
    return reason or _told(message.reason), remedy or _told(message.remedy)


def _kind(message: Message) -> str:
    from anjian_cli.messages import Exit

    if message.exit is Exit.DONE:
        return "提示，事情已经办了"
    return f"没有办，台账没有改动（退出码{int(message.exit)}）"


def _told(template: str) -> str:
    """A template with an ellipsis where the case at hand is filled in."""
    return _OPEN.sub("…", template)
