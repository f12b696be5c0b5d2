"""Frozen values declared without `dataclasses` do what those declared with it do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Mapping

import pytest

from anjian_cli.light_dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass, replace


@dataclass(frozen=True, slots=True)
class Light:
    first: int
    second: str = "乙"
    third: Mapping[str, int] = field(default_factory=dict)
    fourth: str = field(default="", metadata={"told": True})

    @property
    def doubled(self) -> int:
        return 2 * self.first


@dataclass(frozen=True, slots=True)
class Alone:
    only: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    one: int
    two: int = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Heavy:
    first: int
    second: str = "乙"
    third: Mapping[str, int] = dataclasses.field(default_factory=dict)
    fourth: str = dataclasses.field(default="", metadata={"told": True})


def test_a_value_is_made_and_shown_as_that_of_a_dataclass() -> None:
    light, heavy = Light(1, fourth="丁"), Heavy(1, fourth="丁")
    assert repr(light) == repr(heavy).replace("Heavy", "Light")
    assert asdict(light) == dataclasses.asdict(heavy)
    assert light.doubled == 2
    assert light.third is not Light(1).third
    with pytest.raises(TypeError):
        Light()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Light(1, fifth=5)  # type: ignore[call-arg]


def test_values_are_equal_and_hashed_by_their_fields_and_class() -> None:
    assert Alone(1) == Alone(1) != Alone(2)
    assert hash(Alone(1)) == hash(Alone(1))
    assert {Named(one=1), Named(one=1, two=2)} == {Named(one=1)}
    others: list[object] = [Heavy(1), 1]
    assert Light(1) not in others


def test_a_value_is_frozen_and_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        Alone(1).only = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del Alone(1).only
    assert not hasattr(Alone(1), "__dict__")


def test_it_is_replaced_copied_and_kept() -> None:
    light = Light(1, "x", {"a": 1})
    assert replace(light, second="y") == Light(1, "y", {"a": 1})
    assert copy.copy(light) == copy.deepcopy(light) == pickle.loads(pickle.dumps(light)) == light
    with pytest.raises(TypeError):
        replace(light, fifth=5)  # type: ignore[call-arg]


def test_fields_tell_their_defaults() -> None:
    assert [(of.name, of.default is MISSING) for of in fields(Light)] == [
        ("first", True), ("second", False), ("third", True), ("fourth", False),
    ]  # fmt: skip
    assert fields(Light)[3].metadata == {"told": True}
    assert is_dataclass(Light)
    assert is_dataclass(Alone(1))
    assert not is_dataclass(int)


def test_by_name_alone() -> None:
    assert Named(one=1).two == 2
    with pytest.raises(TypeError):
        Named(1)  # type: ignore[call-arg]


def test_what_it_does_not_do_it_refuses() -> None:
    with pytest.raises(TypeError):
        dataclass(frozen=False, slots=True)
