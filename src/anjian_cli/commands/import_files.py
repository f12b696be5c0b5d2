"""`anjian import`: files and folders, each file its own operation; one that is refused holds up no other."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.errors import Exit, Refused, refused

if TYPE_CHECKING:
    from anjian_cli.exchange.importing import Opened

app = top_app()

Paths = Annotated[list[Path], Argument(metavar="文件", help="文件或文件夹，可写几个；- 为标准输入")]
DryRun = Annotated[bool, Option("--dry-run", help="只检查，不写入")]
NoReturn = Annotated[bool, Option("--no-return", "--不退回件", help="不生成标出错处的退回件")]
AcceptGood = Annotated[bool, Option("--accept-good", "--收正确的", help="有误的行退回，其余的收下；默认整个文件不收")]


@app.command("import", example="anjian import 收件/10 --dry-run\nanjian 导入 芝英镇10月.csv")
def import_files(
    ctx: typer.Context,
    paths: Paths,
    dry_run: DryRun = False,
    accept_good: AcceptGood = False,
    no_return: NoReturn = False,
) -> int:
    """导入表格文件或文件夹，按列名自动认出是哪一类记录。一个文件整份收下，或者列出全部错处、一行不收。

    有错的，在“退回”文件夹里生成退回件：错处标黄并附批注，改好后直接再次导入。
    """
    return run(ctx.obj, paths, None, dry_run=dry_run, accept_good=accept_good, send_back=not no_return)


def run(
    session: Session,
    paths: Sequence[Path],
    record: str | None,
    *,
    dry_run: bool = False,
    accept_good: bool = False,
    send_back: bool = True,
) -> int:
    """Import, report and, unless it is a trial, write a marked copy of what was refused; returns the exit code: 1 if
    anything was refused."""
    from anjian_cli.exchange import importing, reader, taking
    from anjian_cli.records import definition
    from anjian_cli.render import report as shown

    kind = definition.record(record) if record else None
    any_fault = False
    given = _expanded(paths)
    files = reader.paths(given)
    if not files:
        raise refused("E309", "、".join(map(str, paths)))
    session.ledger()
    opened = [
        (path, one)
        for path in files
        for one in importing.open_files(path, kind, stdin=session.stdin.read() if path == reader.STDIN else None)
    ]
    importing.mark_repeated(one for _, one in opened)
    for path, one in sorted(opened, key=lambda pair: pair[1].order):
        report = taking.take_file(
            one, lambda source: session.write("import", source), accept_good=accept_good, dry_run=dry_run
        )
        any_fault = any_fault or bool(report.faults)
        for line in shown.faults(report):
            session.note(line)
        for line in shown.summary(report, dry_run=dry_run, accept_good=accept_good):
            session.say(line)
        if report.faults and send_back and not dry_run and path != reader.STDIN:
            _send_back(session, one, path, given)
    return Exit.REFUSED if any_fault else Exit.DONE


def _send_back(session: Session, opened: Opened, path: Path, given: Sequence[Path]) -> None:
    """Write the marked copy of a file, and say so with a sentence to send along."""
    from anjian_cli.exchange import known, returned
    from anjian_cli.render import destination
    from anjian_cli.render import report as shown

    folder = returned.home(path, given)
    copy = None
    try:
        copy = returned.write(opened, folder, only_rows=opened.report.taken)
    except OSError as error:
        session.note(f"没有生成退回件：{folder} 写不进去（{destination.why(error, folder)}）")
    with session.read() as connection:
        town = returned.sender(opened, known.towns(connection, session.today))
    for line in shown.sent_back(opened.report, copy, town):
        session.say(line)


def take(session: Session, paths: Sequence[Path], record: str) -> None:
    """Import files whole as part of another command. Raises `Refused` with all faults of the first bad one."""
    from anjian_cli.exchange import importing, reader, taking
    from anjian_cli.records import definition

    for path in reader.paths(paths):
        for opened in importing.open_files(path, definition.record(record)):
            report = taking.take_file(opened, lambda source: session.write("import", source))
            if report.faults:
                raise Refused(report.faults)


def _expanded(paths: Sequence[Path]) -> list[Path]:
    """Wildcards that no shell has expanded (Windows) are expanded here."""
    found: list[Path] = []
    for path in paths:
        text = str(path)
        wild = any(mark in text for mark in "*?") and not path.exists()
        matches = sorted(glob.glob(text)) if wild else []  # noqa: PTH207 -- a pattern may be absolute
        found += [Path(match) for match in matches] or [path]
    return found
