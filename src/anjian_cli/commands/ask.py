"""`anjian ask`: a question of a list that was kept by name, asked again."""

from __future__ import annotations

from pathlib import Path

from anjian_cli.commands import lazy, saved_questions, words
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Argument, Context, Option, declared
from anjian_cli.commands.session import Session

app = top_app()


@app.command(
    "ask", example="anjian 隐患 列表 逾期 重大 --存为 周会\nanjian 提问 周会\nanjian 提问\nanjian 提问 周会 --删除"
)
def ask(
    ctx: Context,
    name: Annotated[str | None, Argument(metavar="名字", help="存问题时起的名字；不写即列出存过的")] = None,
    more: Annotated[list[str] | None, Argument(metavar="条件", help="再加的条件，如 芝英")] = None,
    forget: Annotated[bool, Option("--forget", "--删除", help="不再存这个问题")] = False,
    format: Annotated[str | None, Option("--format", help="table、csv、json 或 xlsx")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件，格式由文件名定")] = None,
) -> None:
    """再问一遍用 --存为 存下来的问题；上月、今年等按问的那一天算。"""
    session: Session = ctx.obj
    if name is None:
        known = saved_questions.all_saved(session)
        for each, question in known.items():
            session.say(f"{each}　{told(question)}")
        if not known:
            session.say("（没有存过问题；这样存：anjian 隐患 列表 逾期 重大 --存为 周会）")
    elif forget:
        saved_questions.forget(session, name)
        session.say(f"不再存“{name}”")
    else:
        known = saved_questions.all_saved(session)
        if name not in known:
            raise saved_questions.unknown(name, known)
        listed = lazy.verb(known[name].noun, "list").function
        given = {each.name: each.default for each in declared(listed)}
        listed(ctx, **{**given, "words": more, "asked": name, "format": format, "output": output})


def told(question: saved_questions.Saved) -> str:
    """The line that asks a question anew, as it was typed."""
    noun = words.NOUNS[question.noun].chinese[0]
    parameters = declared(lazy.verb(question.noun, "list").function)
    options = {each.name: each.of.names for each in parameters if isinstance(each.of, Option)}
    parts = ["anjian", noun, "列表", *question.given.get("words", ())]
    for name, value in question.given.items():
        if name in options:
            chinese = next((one for one in options[name] if not one.isascii()), words.option(options[name][0]))
            parts += [chinese] if value is True else [chinese, str(value)]
    return " ".join(parts)
