"""What must not be measured: coverage would bring modules of its own into a process, and double a long run's time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.writer.excel import ExcelWriter


def plain_environment(**more: str) -> dict[str, str]:
    """This process's environment without coverage's, and with `more`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    return kept | more


@contextmanager
def unmeasured() -> Iterator[None]:
    """Run what is inside without measuring what it covers: long runs of what shorter tests cover as well."""
    tracer = sys.gettrace()
    if type(tracer).__module__.partition(".")[0] != "coverage":  # none, or somebody looks for a fault
        yield
        return
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def leave_workbooks_out() -> None:
    """Where openpyxl reads or writes a whole workbook nothing of the program is run: what is not to be measured there
    does not go through the tracer line by line, either."""
    for of, name in ((ExcelReader, "read"), (ExcelWriter, "save")):
        setattr(of, name, _unmeasured(getattr(of, name)))


def _unmeasured(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def acting(*args: Any, **more: Any) -> Any:
        with unmeasured():
            return act(*args, **more)

    return acting
