"""By what key two spellings of one name or sentence are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.records import likeness


@pytest.mark.parametrize(
    "typed",
    [
        "永康市恒达（集团）ABC工具厂",
        "永康市恒达(集团)abc工具厂",
        " 永康市恒达〔集团〕ＡＢＣ 工具厂　",
        "永康市恒达【集团】A\u200bBC工具厂",
        "永康市恒达《集团》ABC工具厂。",
    ],
)
def test_spellings_of_a_name(typed: str) -> None:
    assert likeness.key(typed) == "永康市恒达(集团)ABC工具厂"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("喷漆房通风不良,无防爆灯", "喷漆房 通风不良，⽆防爆灯。"),
        ("汽车配件、轴承", "汽⻋配件，轴承"),
        ("东门·龙山", "东⻔•⻰山"),
        ("䶮发五金厂", "\ue863发五金厂"),
        ("“三同时”未做", '"三同时"未做'),
        ("1—2号机", "1-2号机"),
        ("金属\uf90a", "金属金"),
    ],
)
def test_what_only_looks_like_it_makes_no_difference(one: str, other: str) -> None:
    assert likeness.key(one) == likeness.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("喷漆房无防爆灯（1处）", "喷漆房无防爆灯"),
        ("3.5米护栏", "35米护栏"),
        ("甲、乙厂", "甲乙厂"),
        ("一车间灭火器失效", "二车间灭火器失效"),
        ("未戴安全帽", "末戴安全帽"),
    ],
)
def test_what_says_something_else_stays_apart(one: str, other: str) -> None:
    assert likeness.key(one) != likeness.key(other)


SIGNS = "厂车⻋（)(，,、。.；: A aＡ\n\u200b《》、“”—·\ue863㎡"
TEXTS = st.lists(st.text(st.sampled_from(SIGNS), max_size=8), max_size=5)


@pytest.mark.unmeasured
@given(TEXTS)
def test_many_keys_are_those_of_each(texts: list[str]) -> None:
    assert likeness.keys(texts) == list(map(likeness.key, texts))


@given(st.text(st.sampled_from(SIGNS), max_size=12))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert likeness.key(likeness.key(text)) == likeness.key(text)


def test_every_radical_is_one_that_nfkc_leaves() -> None:
    for radical, character in zip(likeness._RADICALS, likeness._CHARACTERS, strict=True):
        assert unicodedata.normalize("NFKC", radical) == radical
        assert unicodedata.name(radical).startswith("CJK RADICAL")
        assert unicodedata.name(character).startswith("CJK UNIFIED IDEOGRAPH")


def test_lost_characters_of_a_name() -> None:
    assert likeness.doubtful("某县\ue3a1山食品站") == "\ue3a1"
    assert likeness.doubtful("某县?鑫？五金?厂") == "?？"
    assert likeness.doubtful("𠮷野家㐂（有限）·A-1") == ""


def test_keys_of_an_earlier_version_are_found_by_what_they_are_now() -> None:
    assert likeness.spellings(["甲厂", "汽⻋厂", "汽車厂", "CO.,LTD."]) == {
        "汽车厂": ["汽⻋厂"],
        "CO.,LTD": ["CO.,LTD."],
    }
