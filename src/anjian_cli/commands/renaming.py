"""A firm that is called otherwise from a day on, as people say it: 更名 某厂 某某厂 11-1, 某厂 11月1日改名为某某厂.

Which of two names is the old one, the ledger says. Reads it through `word_kinds`; knows no command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anjian_cli.commands import loose_days, somebody, word_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anjian_cli.commands.word_kinds import Kinds

_SAID = re.compile(
    rf"(?P<day>{loose_days.ANY})?起?已?(?:(?:企业)?(?:名称|名字)(?:已?(?:变更|更改|改))|更名|改名)了?(?:成|为|叫|作)?(?P<name>\S*)"
)
_INTO = frozenset({"改为", "改成", "变更为", "更改为", "为", "叫", "成", "把", "由", "从"})
"""What stands between the old name and the new one."""


def told(kinds: Kinds, typed: Sequence[str]) -> list[str] | None:
    """The words of a line that renames a firm, its new name and the day with the titles of their fields; None for any
    other line, and where it is not plain which of two names is the new one."""
    at = next((at for at, word in enumerate(typed) if word.startswith("-")), len(typed))
    rest, options = typed[:at], typed[at:]
    found = [said for said in map(_SAID.fullmatch, rest) if said is not None]
    if not found:
        return None
    others = [word for word in rest if not _SAID.fullmatch(word) and word not in _INTO]
    new = [said["name"] for said in found if said["name"]] or [word for word in others if _is_new(kinds, word)]
    old = [word for word in others if word not in new and kinds.firm(word, whole=False)]
    if len(new) != 1 or len(old) != 1 or not somebody.ANY_FIRM.fullmatch(new[0]):
        return None
    more = [word for word in others if word not in (*new, *old)]
    more += [said["day"] for said in found if said["day"]]
    return [*old, f"企业名称：{new[0]}", *map(_dated, more), *options]


def _is_new(kinds: Kinds, word: str) -> bool:
    return bool(somebody.ANY_FIRM.fullmatch(word)) and kinds.firm(word, whole=False) is None


def _dated(word: str) -> str:
    day = loose_days.since(word) or word
    return f"变更日期：{day}" if word_kinds.is_day(day) else word
