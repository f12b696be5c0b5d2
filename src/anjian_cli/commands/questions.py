"""Questions at a terminal, one after another: each can be left, and says what Enter alone means."""

from __future__ import annotations

from anjian_cli.commands.session import Session
from anjian_cli.errors import Fault

LEAVE = ("q", "quit", "exit", "退出")
YES, NO = ("", "y", "yes", "是"), ("n", "no", "否", "不")
LATER = ("s", "skip", "跳过", "以后")
MOST_LINES = 1000


class Left(Exception):
    """A person has left: q, or the end of input (Ctrl-D)."""


class Later(Exception):
    """A person wants to answer this later."""


class Questions:
    """What is asked at the terminal of `session`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, question: str, usual: str | None = "") -> str:
        """What is typed, `usual` for Enter alone; with None as usual it is asked until something is typed, and so
        is what a command would take for an option (E139). Raises `Left`, `Later`."""
        shown = f"{question}〔{usual}〕" if usual else question
        while True:
            typed = self._line(f"  {shown}：")
            if typed.lower() in LATER:
                raise Later
            if any(word.startswith("-") and len(word) > 1 for word in typed.split()):
                self._session.note(f"  {Fault('E139', {}, typed)}")
                continue
            if typed or usual is not None:
                return typed or usual or ""

    def rest_of_list(self, first: str) -> list[str]:
        """The lines of a list whose first is typed, up to an empty one. Raises `Left`."""
        found = [first]
        while len(found) < MOST_LINES and (typed := self._line("    ")):
            found.append(typed)
        return found

    def agreed(self, question: str) -> bool:
        """Whether y or Enter is the answer, and not n; it is asked until it is one of them. Raises `Left`, `Later`."""
        while True:
            typed = self._line(f"  {question}（y/n，回车即 y）：").lower()
            if typed in LATER:
                raise Later
            if typed in YES or typed in NO:
                return typed in YES

    def _line(self, prompt: str) -> str:
        typed = self._session.typed(prompt)
        if typed is None or typed.lower() in LEAVE:
            raise Left
        return typed
