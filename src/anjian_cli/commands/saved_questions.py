"""Questions of lists that a person has kept by name, beside the ledger that `init` remembers: whose they are, nobody
else reads. They hold what was typed, so that 上月 goes on being last month.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anjian_cli.errors import refused
from anjian_cli.exchange import owner_only

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anjian_cli.commands.session import Session

NOT_KEPT = ("save", "asked", "output", "format")
"""What is typed for one run alone: where to, and the name."""


class Saved(NamedTuple):
    """A question of the list of a noun: the parameters that were typed."""

    noun: str
    given: Mapping[str, Any]


def all_saved(session: Session) -> dict[str, Saved]:
    """Every question by its name. Raises `Refused` E128 for a file that is none of ours."""
    path = session.questions()
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): Saved(str(each["noun"]), dict(each["given"])) for name, each in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise refused("E128", path=path) from error


def save(session: Session, name: str, noun: str, given: Mapping[str, Any]) -> bool:
    """Keep a question; whether it takes the place of another one. Raises `Refused` E128, OSError."""
    known = all_saved(session)
    there = name in known
    known[name] = Saved(noun, {key: value for key, value in given.items() if value and key not in NOT_KEPT})
    _write(session.questions(), known)
    return there


def forget(session: Session, name: str) -> None:
    """Keep a question no longer. Raises `Refused` E127, E128, OSError."""
    known = all_saved(session)
    if name not in known:
        raise unknown(name, known)
    del known[name]
    _write(session.questions(), known)


def unknown(name: str, known: Mapping[str, Saved]) -> Exception:
    """The refusal of a name under which nothing is kept."""
    remedy = f"存过的有：{'、'.join(known)}" if known else "先存一个，如：anjian 隐患 列表 逾期 重大 --存为 周会"
    return refused("E127", name, remedy=remedy)


def _write(path: Path, known: Mapping[str, Saved]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({name: each._asdict() for name, each in known.items()}, ensure_ascii=False, indent=1)
    owner_only.write(content.encode(), path, instead=True)
