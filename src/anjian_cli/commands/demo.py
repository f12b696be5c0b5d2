"""`anjian demo`: a ledger of made-up records in a file of its own, and its October bulletin at once. Of 2018, or, with
the example of a scheme, of 2026. Or a folder of all that comes out of it, with a page of pictures."""

from __future__ import annotations

import os
from pathlib import Path

from anjian_cli import __version__
from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session
from anjian_cli.errors import refused
from anjian_cli.ledger.schemes import NAME as SHIPPED

app = top_app()

FILE = Path("anjian-demo.db")
FILE_OF_EXAMPLE = Path("anjian-demo-2026.db")


@app.command(
    "demo",
    example="anjian demo\nanjian demo --db 试用.db\nanjian demo --scheme 县级2026\nanjian 演示 --样张 样张",
)
def demo(
    ctx: Context,
    scheme: Annotated[
        str | None, Option("--scheme", help="按附带的示例办法：县级2026，一个虚构的县2026年10月；不写即 永康2018")
    ] = None,
    samples: Annotated[
        Path | None,
        Option("--samples", help="写到这个新文件夹：出来的各种文件和一页样张（index.html），台账也在里面；不打印通报"),
    ] = None,
) -> None:
    """建一本演示台账，内容全是虚构的，随即打印2018年10月的通报。不动已记住的台账，也不覆盖已有的文件。"""
    from anjian_cli.commands import bulletin
    from anjian_cli.demonstration import build

    session: Session = ctx.obj
    if samples is not None:
        _samples(session, samples, scheme)
        return
    if scheme not in (None, SHIPPED):
        _of_example(ctx, scheme)
        return
    path = _path(session, FILE)
    refused = build.make(path, at=session.now(), actor=session.actor, program_version=__version__)
    session.db = str(path)
    session.business_day = build.TODAY
    bulletin.bulletin(ctx, month="2018-10")
    session.out.flush()
    why = "；".join(f"{fault.place.title}：{fault.reason}〔{fault.code}〕" for fault in refused)
    session.note(f"途中有{len(refused)}行被退回：{why}。")
    _tell(session, path, "10-芝英-涉氨")


def _samples(session: Session, folder: Path, scheme: str | None) -> None:
    """The folder of samples. Raises `Refused` E106 for what does not go with it, E109 for a folder that holds
    anything."""
    from anjian_cli.commands import samples
    from anjian_cli.render import destination

    for option, given in (("--台账", session.db), ("--办法", scheme)):
        if given is not None:
            raise refused("E106", given, name=option, remedy="样张的台账建在样张的文件夹里，按 永康2018；请去掉它")
    destination.refuse_filled(folder)
    lacking = samples.make(session, folder)
    session.say(f"样张已写好：{folder / samples.INDEX}，用浏览器打开；内容全是虚构的。")
    if lacking is not None:
        session.note(f"没有图：{lacking}")


def _of_example(ctx: Context, name: str) -> None:
    """The demonstration of 2026, under the scheme that comes as an example. Raises `Refused` E840."""
    from anjian_cli.commands import bulletin
    from anjian_cli.demonstration import county
    from anjian_cli.demonstration.county_figures import SCHEME, TODAY
    from anjian_cli.exchange import scheme_examples, scheme_file
    from anjian_cli.records import definition
    from anjian_cli.workflow import scheme as schemes

    file = scheme_examples.path_of(name)
    if name != SCHEME or file is None:
        raise refused("E840", name, known=f"{SHIPPED}、{SCHEME}")
    session: Session = ctx.obj
    path = _path(session, FILE_OF_EXAMPLE)
    titles = {record.name: record.title for record in definition.all_records()}
    county.make(
        path,
        lambda ledger: scheme_file.read(file, schemes.facts(ledger), titles),
        at=session.now(),
        actor=session.actor,
        program_version=__version__,
    )
    session.db = str(path)
    session.business_day = TODAY
    bulletin.bulletin(ctx, month="2026-10")
    session.out.flush()
    _tell(session, path, "10-南坪-得分")


def _path(session: Session, usual: Path) -> Path:
    return Path(session.db or os.environ.get("ANJIAN_DB") or usual).expanduser()


def _tell(session: Session, path: Path, code: str) -> None:
    """Where it is, and what to try next: a figure by its code."""
    shown = f'"{path}"' if " " in str(path) else path
    session.note(f"演示台账已建在 {path}，内容全是虚构的，以{session.business_day}为今天（演示日期）。")
    session.note(f"接着试：anjian --台账 {shown} 明细 {code}")
