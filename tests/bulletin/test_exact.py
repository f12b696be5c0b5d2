"""A bulletin comes back from its JSON as it was."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.bulletin import exact, tables
from anjian_cli.bulletin.locked_month import Kept
from anjian_cli.bulletin.value import (
    Bulletin,
    Category,
    CategoryRow,
    Cell,
    Confirmed,
    Correction,
    Expiring,
    IndicatorTable,
    Office,
    OwnText,
    Rescored,
    ScoreRow,
    Town,
    VillageRow,
)
from anjian_cli.light_dataclasses import replace
from support import bulletin_builder
from support.examples import examples

text = st.text(max_size=5)
whole = st.none() | st.integers(-(10**12), 10**12)
part = st.none() | st.fractions()
cells = st.builds(
    Cell, text, text, *[whole] * 3, part, part, *[whole] * 6, part, months=st.lists(whole, max_size=3).map(tuple)
)
codes = st.lists(text, max_size=2).map(tuple)


def some(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=2).map(tuple)


indicators = st.builds(
    IndicatorTable,
    text, text, text, text, text, text, st.booleans(), st.booleans(), text, part, some(cells), cells,
    st.none() | cells, whole, codes, text,
)  # fmt: skip
categories = st.builds(
    Category,
    text, text, st.booleans(), st.fractions(), some(indicators), some(st.builds(CategoryRow, text, part, whole, whole)),
    part, codes,
)  # fmt: skip
bulletins = st.builds(
    Bulletin,
    text, text, st.booleans(), text, st.booleans(), text, text, text, text, text, text, st.fractions(), codes,
    some(st.builds(Town, text, text, text)), some(categories),
    some(st.builds(ScoreRow, text, part, whole, whole, st.integers(0, 6), st.integers(), text)),
    part, codes, some(st.builds(Correction, text, text, text, st.integers(), st.integers(), st.booleans())), codes,
    office=st.none() | st.builds(Office, text, text, text, text, st.integers(1, 28), st.integers(1, 28)),
    villages=some(st.builds(VillageRow, text, text, text, text, whole, text, whole)),
    expiring=some(st.builds(Expiring, text, st.integers())),
    rescored=some(st.builds(Rescored, text, text, part, part, whole, whole)),
    confirmed=some(st.builds(Confirmed, text, text, text, text)),
    texts=some(st.builds(OwnText, st.integers(1, 4), text)),
)  # fmt: skip


@pytest.mark.unmeasured
@examples(40)
@given(bulletins)
def test_round_trip(bulletin: Bulletin) -> None:
    written = exact.dump(bulletin)
    assert exact.load(written) == bulletin
    assert exact.dump(exact.load(written)) == written


def test_a_fraction_is_written_exactly() -> None:
    assert exact.encode(Fraction(5, 6)) == "5/6"
    assert exact.encode((None, True, 3)) == [None, True, 3]


def test_what_is_not_part_of_a_bulletin_is_not_written() -> None:
    with pytest.raises(TypeError):
        exact.encode(0.5)


@pytest.mark.unmeasured
@examples(10)
@given(bulletins)
def test_a_wrong_type_is_not_read(bulletin: Bulletin) -> None:
    written = exact.dump(replace(bulletin, finished=True)).replace('"finished":true', '"finished":1')
    with pytest.raises(ValueError, match="is not"):
        exact.load(written)


def test_it_is_read_by_people_and_always_in_the_same_order() -> None:
    written = exact.dump(bulletin_builder.bulletin(1))
    keys = list(json.loads(written))
    assert keys == sorted(keys)
    assert "永康市" in written


def test_what_an_earlier_version_did_not_write_has_its_default() -> None:
    found = bulletin_builder.bulletin(1)
    later = {"villages", "expiring", "rescored", "confirmed", "texts"}
    kept = {name: value for name, value in json.loads(exact.dump(found)).items() if name not in later}
    read = exact.load(json.dumps(kept))
    assert (read.villages, read.texts, read.towns) == ((), (), found.towns)
    for name in ("towns", "month"):
        lacking = {each: value for each, value in kept.items() if each != name}
        with pytest.raises(KeyError, match=name):
            exact.load(json.dumps(lacking))


def test_one_wrong_value_among_many_alike_is_found() -> None:
    found = json.loads(exact.dump(bulletin_builder.bulletin(2)))
    towns, (cell, *_) = (
        found["towns"],
        (c for kind in found["categories"] for t in kind["indicators"] for c in t["cells"]),
    )
    assert len(towns) > 1
    for place, name, wrong in ((towns[-1], "name", 1), (cell, "months", ["1"]), (cell, "done", True)):
        right, place[name] = place[name], wrong
        with pytest.raises(ValueError, match="is not"):
            exact.load(json.dumps(found))
        place[name] = right
    exact.load(json.dumps(found))


@pytest.mark.unmeasured
@examples(10)
@given(bulletins)
def test_a_part_of_it_is_read_as_in_the_whole(bulletin: Bulletin) -> None:
    kept = exact.load_part(exact.dump(bulletin), Kept)
    assert kept.rule == bulletin.rule
    assert [(row.town, row.score, row.rank) for row in kept.scores] == [
        (row.town, row.score, row.rank) for row in bulletin.scores
    ]
    assert tables.places_of(kept.categories, kept.scores) == tables.places_of(bulletin.categories, bulletin.scores)
