"""A bulletin as JSON and back, with nothing lost: fractions as "a/b", never as floats.

An issued month is kept in this form and printed from it. Knows the shape of `value` and nothing else.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache, partial
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from anjian_cli.bulletin.points_value import TOLD_IF_ANY
from anjian_cli.bulletin.value import Bulletin
from anjian_cli.light_dataclasses import MISSING, fields, is_dataclass

P = TypeVar("P")
Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


def dump(bulletin: Bulletin) -> str:
    """Canonical JSON: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(encode(bulletin), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Bulletin:
    """The bulletin that `dump` wrote. Raises KeyError or ValueError if it is something else."""
    return load_part(text, Bulletin)


def load_part(text: str, shape: type[P]) -> P:
    """What a value class has of the fields of the bulletin that `dump` wrote. Raises as `load`."""
    found = _read(text, shape)  # type: ignore[arg-type]  # a class can be hashed
    if not isinstance(found, shape):
        raise ValueError("not a bulletin")
    return found


@lru_cache(maxsize=4)  # a month's is asked for more than once in a run
def _read(text: str, shape: Any) -> object:
    return _decoder(shape)(json.loads(text))


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
        each, plain = _decoder(get_args(shape)[0]), _plain_types(get_args(shape)[0])
        return lambda found: tuple(found if plain.issuperset(map(type, found)) else map(each, found))
    if shape is Fraction:
        return _fraction
    return partial(_plain, shape)


def _of_dataclass(shape: type) -> Decoder:
    # A month locked by an earlier version lacks what was added since; without a default it is no bulletin.
    hints = get_type_hints(shape)
    spared = frozenset(field.name for field in fields(shape) if field.default is not MISSING)
    decoders = {name: _decoder(hint) for name, hint in hints.items()}
    made_of_it = [(at, decoders[name]) for at, name in enumerate(hints) if not _plain_types(hints[name])]
    # The types of all values of what was read without a fault: of such, what stands for itself is not looked at again.
    sound: set[tuple[type, ...]] = set()

    def one_by_one(found: Any) -> object:
        missing = decoders.keys() - found.keys()
        if not missing <= spared:
            raise KeyError(", ".join(sorted(missing - spared)))
        return shape(**{name: read(found[name]) for name, read in decoders.items() if name not in missing})

    def decode(found: Any) -> object:
        try:
            values = [found[name] for name in decoders]
        except KeyError:
            return one_by_one(found)
        types_found = tuple(map(type, values))
        if types_found not in sound:
            one = one_by_one(found)
            sound.add(types_found)
            return one
        for at, read in made_of_it:
            values[at] = read(values[at])
        return shape(*values)

    return decode


def _plain_types(shape: Any) -> frozenset[type]:
    """The types of a value that stands for itself in JSON; none where something is made of it."""
    if get_origin(shape) is types.UnionType:
        found = [_plain_types(part) for part in get_args(shape)]
        return frozenset().union(*found) if all(found) else frozenset()
    return frozenset([shape]) if shape in (str, int, bool, types.NoneType) else frozenset()


@lru_cache(maxsize=4096)
def _fraction(text: Any) -> Fraction:
    if type(text) is not str:
        raise ValueError(f"{text!r} is not {Fraction}")
    return Fraction(text)


def _plain(shape: type, found: Any) -> object:
    if type(found) is not shape:
        raise ValueError(f"{found!r} is not {shape}")
    return found
