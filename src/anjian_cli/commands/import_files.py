"""`anjian import`: files and folders, each file its own operation; one that is refused holds up no other."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.session import Session
from anjian_cli.errors import Exit, Refused, refused

app = top_app()

Paths = Annotated[list[Path], Argument(metavar="文件", help="文件或文件夹，可写几个；- 为标准输入")]
DryRun = Annotated[bool, Option("--dry-run", help="只检查，不写入")]
AcceptGood = Annotated[bool, Option("--accept-good", "--收正确的", help="有误的行退回，其余的收下；默认整个文件不收")]


@app.command("import", example="anjian import 收件/10 --dry-run\nanjian 导入 芝英镇10月.csv")
def import_files(ctx: typer.Context, paths: Paths, dry_run: DryRun = False, accept_good: AcceptGood = False) -> int:
    """导入表格文件或文件夹，按列名自动认出是哪一类记录。一个文件整份收下，或者列出全部错处、一行不收。"""
    return run(ctx.obj, paths, None, dry_run=dry_run, accept_good=accept_good)


def run(
    session: Session, paths: Sequence[Path], record: str | None, *, dry_run: bool = False, accept_good: bool = False
) -> int:
    """Import and report; returns the exit code: 1 if anything was refused."""
    from anjian_cli.exchange import importing, reader
    from anjian_cli.records import definition
    from anjian_cli.render import report as shown

    kind = definition.record(record) if record else None
    any_fault = False
    files = reader.paths(_expanded(paths))
    if not files:
        raise refused("E309", "、".join(map(str, paths)))
    session.ledger()
    opened = [
        importing.open_file(path, kind, stdin=session.stdin.read() if path == reader.STDIN else None) for path in files
    ]
    for one in sorted(opened, key=lambda one: one.order):
        report = importing.take_file(
            one, lambda source: session.write("import", source), accept_good=accept_good, dry_run=dry_run
        )
        any_fault = any_fault or bool(report.faults)
        for line in shown.faults(report):
            session.note(line)
        for line in shown.summary(report, dry_run=dry_run, accept_good=accept_good):
            session.say(line)
    return Exit.REFUSED if any_fault else Exit.DONE


def take(session: Session, paths: Sequence[Path], record: str) -> None:
    """Import files whole as part of another command. Raises `Refused` with all faults of the first bad one."""
    from anjian_cli.exchange import importing, reader
    from anjian_cli.records import definition

    for path in reader.paths(paths):
        report = importing.import_file(path, lambda source: session.write("import", source), definition.record(record))
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
