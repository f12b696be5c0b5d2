"""`anjian remind`: what is due as a message for each town, department, agency or officer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from anjian_cli.commands import arguments, delivery
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.exchange import owner_only
from anjian_cli.records import values
from anjian_cli.render import destination

if TYPE_CHECKING:
    from anjian_cli.bulletin.reminders import Reminder

app = top_app()

LAST = ("上次", "last")
FORMATS = ("table", "json")


@app.command(
    "remind",
    example="anjian remind\nanjian 催办 --镇街 芝英\nanjian 催办 --按 网格员 --天内 3\nanjian 催办 --按 机构 -o 催办/\n"
    "anjian 催办 --自 10-26",
)
def remind(
    ctx: Context,
    per: Annotated[str | None, Option("--per", help="镇街、部门、机构 或 网格员，一样一条；不写即镇街")] = None,
    town: Annotated[str | None, Option("--town", help="只要这个镇（街、区）的一条")] = None,
    within: Annotated[int | None, Option("--within", min=0, max=3660, help="多少天内到期的也说；不写即7")] = None,
    since: Annotated[
        str | None, Option("--since", "--自", help="只说这一天以来新添的、新逾期的；上次 即上一次催办那天")
    ] = None,
    format: Annotated[str | None, Option("--format", help="table 或 json")] = None,  # noqa: A002 -- the option's name
    output: Annotated[Path | None, Option("-o", "--output", help="写到文件夹，一份一个文本文件")] = None,
) -> None:
    """催办：到期、逾期没办的，一个镇一条，贴到群里就能发；最急的在前。发不发由您定，台账不记。"""
    from anjian_cli.bulletin import reminders as query

    session: Session = ctx.obj
    chosen = destination.chosen(format, None, FORMATS)
    if output is not None:
        arguments.refuse_beside("--输出", [] if format is None else ["--格式"])
    to_each = arguments.read(values.choice(*query.PER), per or query.TOWN, "--按")
    if town is not None and to_each != query.TOWN:
        arguments.refuse_beside("--镇街", ["--按"])
    key = f"{session.ledger()}　{to_each}"
    day = _since(session, since, key)
    with session.read() as connection:
        code = arguments.town_or_unsettled(connection, town)
        span = query.WITHIN if within is None else within
        made = query.reminders(connection, session.today, to_each, span, day, town=code)
    if output is not None:
        _files(session, made, output)
    elif chosen == "json":
        delivery.text(session, _structured(made), None)
    elif made:
        delivery.text(session, "\n\n".join(each.text for each in made), None)
    if not made:
        session.note("没有要催的" if day is None else f"{day}以来没有新添的")
    _remember(session, key)


def _files(session: Session, made: list[Reminder], output: Path) -> None:
    with destination.into_folder(output, [f"{each.to}_催办.txt" for each in made]) as paths:
        for each, path in zip(made, paths, strict=True):
            destination.write(f"{each.text}\n".encode(), path)
            session.say(f"已生成：{path}（{each.due}件，逾期{each.late}件）")


def _structured(made: list[Reminder]) -> str:
    told = [{"to": each.to, "due": each.due, "late": each.late, "text": each.text} for each in made]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _since(session: Session, typed: str | None, key: str) -> str | None:
    """The day since which; None for all. Raises `Refused` E106 where nobody has reminded before."""
    if typed not in LAST:
        return None if typed is None else arguments.past_day(session, typed, "--自")
    day = _days(session).get(key)
    if day is None:
        raise refused("E106", typed, name="--自", remedy="这本台账还没有在这里催办过；请写一个日期，如 --自 10-26")
    return day


def _days(session: Session) -> dict[str, str]:
    """The days on which was last reminded, by ledger and to whom; of a file that is none of ours, none."""
    try:
        told = json.loads(session.reminded().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(day) for key, day in told.items()} if isinstance(told, dict) else {}


def _remember(session: Session, key: str) -> None:
    """Keep the day beside what `init` remembers; where that cannot be written, the next one is told a day."""
    path = session.reminded()
    content = json.dumps(_days(session) | {key: session.today}, ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        owner_only.write(content.encode(), path, instead=True)
    except OSError:
        session.note("这一次催办的日期没能记住，下次请写 --自 日期")
