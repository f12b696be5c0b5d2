"""An office's own template is filled in within bounds: it may loop and join, but neither for ever nor without end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

TURNS = 200_000
"""Turns of loops and calls of one letter: one of thirty towns and twenty annexes takes some thousand."""
LONGEST = 1_000_000
"""Characters that may be put together into one text."""
MOST_WRITTEN = 10_000_000
"""Characters that all loops, calls and values of one letter may write of their own: one of sixteen towns comes to
700,000 with its tables."""
FILTERS = frozenset(
    {
        "abs",
        "capitalize",
        "count",
        "d",
        "default",
        "dictsort",
        "e",
        "escape",
        "first",
        "float",
        "forceescape",
        "groupby",
        "int",
        "items",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "replace",
        "reverse",
        "round",
        "select",
        "selectattr",
        "sort",
        "string",
        "striptags",
        "sum",
        "title",
        "trim",
        "truncate",
        "unique",
        "upper",
        "wordcount",
    }
)
"""What a template may do to a value: none of these makes much of little."""
GLOBALS = frozenset(("dict", "cycler", "joiner", "namespace", "range"))


class TooMuch(SecurityError):
    """A template that loops or grows beyond the bounds."""


class _Counting(CodeGenerator):
    """Has every loop counted, and every text measured that is put together of others."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 -- after the node
        for loop in node.find_all(nodes.For):
            size = nodes.Const(sum(len(text.data) for text in loop.find_all(nodes.TemplateData)))
            loop.iter = nodes.Filter(loop.iter, "counted", [size], [], None, None, lineno=loop.lineno)
        super().visit_Template(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self._measured(super().visit_Concat, node, frame)

    def visit_Add(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802
        self._measured(super().visit_Add, node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        self._measured(super().visit_Filter, node, frame)

    def _measured(self, visit: Callable[[Any, Frame], None], node: nodes.Node, frame: Frame) -> None:
        self.write("environment.measured(")
        visit(node, frame)
        self.write(")")


class BoundedEnvironment(SandboxedEnvironment):
    """For one letter. What goes beyond the bounds raises `TooMuch` while it is filled in."""

    code_generator_class = _Counting
    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, finalize: Callable[[object], object], given: int = 0) -> None:
        """`finalize` makes of every value what is printed. `given`: how many characters there are to print, of which
        an office's own template may make twice as many: of a nation the tables alone go beyond any bound."""

        def printed(value: object) -> object:
            made = finalize(value)
            self._written(made)
            return made

        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=printed)
        self._left = TURNS
        self._most = self._room = MOST_WRITTEN + 2 * given
        self.filters = {name: made for name, made in self.filters.items() if name in FILTERS}
        self.filters |= {"counted": self._counted, "join": self._joined, "replace": self._replaced}
        self.globals = {name: made for name, made in self.globals.items() if name in GLOBALS}

    def measured(self, value: object) -> object:
        """The value, where it is no text and no list that is too long."""
        if isinstance(value, str):
            self._fits(len(value))
        elif isinstance(value, list | tuple) and len(value) > TURNS:
            raise TooMuch(f"超过{TURNS:,}项")
        return value

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Numbers alone are multiplied, none is raised to a power: a text times a million fills the memory."""
        if operator == "**" or not all(isinstance(side, int | float) and abs(side) < 1e15 for side in (left, right)):
            raise TooMuch(f"'{operator}'")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As in the sandbox; of a text nothing may be called, for some of it makes a long text of a short one."""
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """A text's own `format` is none of what may be called: a field of it can be as wide as one likes."""

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """As in the sandbox, and counted: a macro may call itself."""
        self._turn()
        made = super().call(context, obj, *args, **kwargs)
        self._written(made)
        return made

    def _joined(self, values: Iterable[object], between: str = "") -> Markup:
        parts = [escape(value) for value in self._counted(values)]
        self._fits(sum(map(len, parts)) + len(parts) * len(escape(between)))
        return escape(between).join(parts)

    def _replaced(self, text: object, old: str, new: str) -> str:
        told = text if isinstance(text, str) else str(text)
        self._fits(len(told) + told.count(old) * len(new))
        return told.replace(old, new)

    def _fits(self, length: int) -> None:
        if length > LONGEST:
            raise TooMuch(f"超过{LONGEST:,}字")

    def _counted(self, values: Iterable[object], size: int = 0) -> Iterator[object]:
        """The values, each a turn of a loop that writes `size` characters of its own."""
        for value in values:
            self._turn()
            self._grow(size)
            yield value

    def _written(self, made: object) -> None:
        if isinstance(made, str):
            self._grow(len(made))

    def _grow(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise TooMuch(f"超过{self._most:,}字")

    def _turn(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuch(f"循环超过{TURNS:,}次")
