"""Measures as text: a fact under conditions, written in one way only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.rules.measure import CHARGED_TO, DIMENSIONS, FOUND_BY, UNITS, read, written
from support.examples import examples

WORDS = st.lists(st.sampled_from(["重大", "一般", "网格员", "升级", "新创"]), unique=True)


def test_as_it_is_written() -> None:
    assert written("hazard.found", {}) == "hazard.found"
    assert written("hazard.found", {"level": ["重大"]}) == "hazard.found?level=重大"
    told = written("standard.underway", {"level": ["二级"], "kind": ["新创", "升级"]})
    assert told == "standard.underway?kind=升级|新创&level=二级"
    assert written("hazard.found", {}, FOUND_BY) == "hazard.found@found_by"
    assert written("hazard.open", {"level": ["重大"]}, CHARGED_TO) == "hazard.open?level=重大@charged_to"


@pytest.mark.parametrize(
    ("measure", "words", "counts"),
    [
        ("hazard.found", ("", "重大", "企业自查"), True),
        ("hazard.found?level=重大", ("", "重大", "企业自查"), True),
        ("hazard.found?level=重大", ("", "一般", "企业自查"), False),
        ("hazard.found?level=重大", ("", "", ""), False),
        ("standard.underway?kind=升级|新创&level=二级", ("升级", "二级", ""), True),
        ("standard.underway?kind=升级|新创&level=二级", ("升级", "三级", ""), False),
        ("standard.underway?kind=升级|新创&level=二级", ("复评", "二级", ""), False),
    ],
)
def test_what_it_counts(measure: str, words: tuple[str, str, str], counts: bool) -> None:
    assert read(measure).counts(words) is counts


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a?",
            "a?level=",
            "a?level=重大&kind=新创",
            "a?kind=新创|升级",
            "a?kind=新创&kind=升级",
            "a?other=1",
            "a?kind",
        ),
        *("a@", "a@town_code", "a@other", "a@found_by?kind=新创", "a@found_by@charged_to"),
    ],
)
def test_what_nobody_wrote_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(text)


@examples(60)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(DIMENSIONS, WORDS)), st.sampled_from(UNITS))
def test_whoever_asks_the_same_writes_the_same(words: dict[str, list[str]], unit: str) -> None:
    text = written("hazard.found", words, unit)
    assert written("hazard.found", {name: of[::-1] for name, of in reversed(words.items())}, unit) == text
    assert read(text).unit == unit
    assert {name: sorted(of) for name, of in words.items() if of} == {
        name: list(of) for name, of in read(text).words.items()
    }
