"""A bulletin as JSON and back, with nothing lost: fractions as "a/b", never as floats.

An issued month is kept in this form and printed from it. Knows the shape of `value` and nothing else.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any, get_args, get_origin, get_type_hints

from anjian_cli.bulletin.value import TOLD_IF_ANY, Bulletin
from anjian_cli.light_dataclasses import MISSING, fields, is_dataclass

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


def dump(bulletin: Bulletin) -> str:
    """Canonical JSON: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(encode(bulletin), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=2)
def load(text: str) -> Bulletin:
    """The bulletin that `dump` wrote; kept, for a month's is asked for more than once in a run. Raises KeyError or
    ValueError if it is something else."""
    found = _decoder(Bulletin)(json.loads(text))
    if not isinstance(found, Bulletin):
        raise ValueError("not a bulletin")
    return found


def encode(value: object) -> Json:
    """A value of the bulletin as plain JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        found = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: encode(told) for field, told in found if field.metadata != TOLD_IF_ANY or told != field.default
        }
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a bulletin")


Decoder = Callable[[Any], object]


@cache
def _decoder(shape: Any) -> Decoder:
    """How a value of this shape is read; looked up once a shape, since a bulletin holds twenty thousand values."""
    if get_origin(shape) is types.UnionType:
        (inner,) = (part for part in get_args(shape) if part is not type(None))
        some = _decoder(inner)
        return lambda found: None if found is None else some(found)
    if is_dataclass(shape) and isinstance(shape, type):
        return _of_dataclass(shape)
    if get_origin(shape) is tuple:
        each = _decoder(get_args(shape)[0])
        return lambda found: tuple(map(each, found))
    if shape is Fraction:
        return _fraction
    return partial(_plain, shape)


def _of_dataclass(shape: type) -> Decoder:
    # A month locked by an earlier version lacks what was added since; without a default it is no bulletin.
    hints = get_type_hints(shape)
    spared = frozenset(field.name for field in fields(shape) if field.default is not MISSING)
    decoders = {name: _decoder(hint) for name, hint in hints.items()}

    def decode(found: Any) -> object:
        missing = decoders.keys() - found.keys()
        if not missing <= spared:
            raise KeyError(", ".join(sorted(missing - spared)))
        return shape(**{name: read(found[name]) for name, read in decoders.items() if name not in missing})

    return decode


@lru_cache(maxsize=4096)
def _fraction(text: Any) -> Fraction:
    if type(text) is not str:
        raise ValueError(f"{text!r} is not {Fraction}")
    return Fraction(text)


def _plain(shape: type, found: Any) -> object:
    if type(found) is not shape:
        raise ValueError(f"{found!r} is not {shape}")
    return found
