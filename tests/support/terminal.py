"""The program at a terminal of its own: an answer is typed when its question stands there, however long that takes."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 60
"""Seconds after which a question does not come any more."""
AGAIN = 5
"""Seconds of silence after which a Ctrl-C is pressed again, as a person would. One that comes between Python's last
look for a signal and its waiting for a line has no effect until that line is there: 3 of 150 on a busy machine."""
_PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from anjian_cli.__main__ import main
sys.exit(main())
"""


def play(
    line: Sequence[str], answers: Sequence[tuple[str, str]], folder: Path, environment: dict[str, str]
) -> tuple[int, str]:
    """Exit code and all that stood on the terminal, of a command line and what was typed at its questions: (how the
    question ends, the answer). A control character is typed without Enter. Raises AssertionError for a question that
    does not come."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *line],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={**environment, "PYTHONUTF8": "1", "COLUMNS": "100"},
        start_new_session=True,
    ) as program:
        os.close(theirs)
        try:
            shown, answer = b"", ""
            for question, next_answer in answers:
                shown = _until(ours, shown, question, answer)
                answer = next_answer
                os.write(ours, answer.encode() if answer in (CTRL_C, CTRL_D) else f"{answer}\n".encode())
            shown = _until(ours, shown, None, answer)
            return program.wait(PATIENCE), shown.decode("utf-8", "replace").replace("\r\n", "\n")
        finally:
            os.close(ours)
            program.kill()


def _until(terminal: int, shown: bytes, question: str | None, answer: str) -> bytes:
    """All that is shown once a question stands there that did not before, or, for None, once the program has ended.
    The answer is what was typed last."""
    since = len(shown)
    last = time.monotonic() + PATIENCE
    while question is None or question.encode() not in shown[since:]:
        assert time.monotonic() < last, f"{question}\n{shown.decode('utf-8', 'replace')}"
        if not select.select([terminal], [], [], AGAIN)[0]:
            if answer == CTRL_C:
                os.write(terminal, CTRL_C.encode())
            continue
        try:
            more = os.read(terminal, 65536)
        except OSError:  # nobody has it open any more
            more = b""
        if not more:
            assert question is None, f"{question}\n{shown.decode('utf-8', 'replace')}"
            break
        shown += more
    return shown
