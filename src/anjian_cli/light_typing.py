"""What of `typing` is needed while a short command runs, without importing it: that takes a twelfth of its time.

To the type checker these are the names of `typing` themselves. Used where every command passes, and nowhere else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    class _Fields(type):
        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body["__annotations__"]
            made = namedtuple(name, fields, defaults=[body[field] for field in fields if field in body])
            for key, value in body.items():
                if key not in fields and key not in ("__qualname__", "__classcell__"):
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Fields):
        """A tuple whose places have names, declared as those of `typing` are."""
