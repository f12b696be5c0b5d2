"""`anjian upgrade`: make an older ledger one of the present version, or take out of one what is not ours."""

from __future__ import annotations

from anjian_cli.commands.lazy import top_app
from anjian_cli.commands.params import Annotated, Context, Option
from anjian_cli.commands.session import Session

app = top_app()


@app.command("upgrade", example="anjian upgrade\nanjian 升级 --清理")
def upgrade(
    ctx: Context,
    clean: Annotated[
        bool, Option("--clean", "--清理", help="只抄记录：别的程序放进台账的表、视图、索引、触发器都不要")
    ] = False,
) -> None:
    """把旧版的台账升级为本版的；要写台账的命令遇到旧版的台账，也会先这样做。原来的台账留在旁边。"""
    from anjian_cli.ledger.open import is_older
    from anjian_cli.ledger.schema import VERSION

    session: Session = ctx.obj
    path = session.ledger()
    if clean or is_older(path):
        session.upgrade(path, clean=clean)
    else:
        with session.read():  # it is refused where it is none, or holds what is not ours
            pass
    session.say(f"台账是第{VERSION}版的：{path}")
