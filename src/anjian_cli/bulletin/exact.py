"""A bulletin as JSON and back, with nothing lost: fractions as "a/b", never as floats.

An issued month is kept in this form and printed from it. Knows the shape of `value` and nothing else.
"""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from anjian_cli.bulletin.value import Bulletin

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


def dump(bulletin: Bulletin) -> str:
    """Canonical JSON: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(encode(bulletin), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Bulletin:
    """The bulletin that `dump` wrote. Raises KeyError or ValueError if it is something else."""
    found = _decode(Bulletin, json.loads(text))
    if not isinstance(found, Bulletin):
        raise ValueError("not a bulletin")
    return found


def encode(value: object) -> Json:
    """A value of the bulletin as plain JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a bulletin")


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _decode(shape: Any, found: Any) -> object:
    if get_origin(shape) is types.UnionType:
        if found is None:
            return None
        (shape,) = (part for part in get_args(shape) if part is not type(None))
    if is_dataclass(shape) and isinstance(shape, type):
        # A month locked by an earlier version lacks what was added since; without a default it is no bulletin.
        spared = {field.name for field in fields(shape) if field.default is not MISSING} - found.keys()
        return shape(**{name: _decode(hint, found[name]) for name, hint in _hints(shape).items() if name not in spared})
    if get_origin(shape) is tuple:
        return tuple(_decode(get_args(shape)[0], part) for part in found)
    if shape is Fraction:
        return Fraction(found)
    if type(found) is not shape:
        raise ValueError(f"{found!r} is not {shape}")
    return found
