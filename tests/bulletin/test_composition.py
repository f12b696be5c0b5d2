"""What a category's rate and the score are the mean of: of every town, and of the county."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.composition import Asked, asked, composition
from anjian_cli.bulletin.ranking import weighted_mean
from anjian_cli.bulletin.value import COUNTY
from anjian_cli.errors import Fault, Refused
from anjian_cli.ledger.open import reading
from anjian_cli.render.screen import composition as shown
from anjian_cli.render.screen.styled_lines import text
from support.bulletin_ledger import JIANGNAN, OCTOBER, SHIZHU, ZHIYING, Book, compiled_once

TODAY = "2018-11-02"


@pytest.fixture(scope="module")
def demonstration(demonstration_made: tuple[Path, list[Fault]]) -> Iterator[sqlite3.Connection]:
    connection = reading(demonstration_made[0])
    yield connection
    connection.close()


def of(connection: sqlite3.Connection, *words: str) -> Asked | None:
    return asked(connection, words, TODAY)


@pytest.mark.unmeasured
def test_a_category_and_the_score_are_asked_for_by_code_or_in_words(demonstration: sqlite3.Connection) -> None:
    for words in (
        ["10-芝英-教育培训"],
        ["10", "芝英", "培训"],
        ["2018-10-芝英-安全生产教育培训"],
        ["芝英", "教育培训"],
    ):
        found = of(demonstration, *words)
        assert found is not None
        assert (found.period.key, found.category) == ("2018-10", "training")
    for words in (["10-芝英-得分"], ["芝英", "综合得分"]):
        found = of(demonstration, *words)
        assert found is not None
        assert found.category == ""
    assert of(demonstration, "10-芝英-智慧用电") is None  # an indicator of the same name comes first
    assert of(demonstration, "10-芝英-涉氨") is None
    assert of(demonstration, "得分") is None


@pytest.mark.parametrize(("words", "code"), [("10-无此镇-得分", "E231"), ("13月-芝英-得分", "E108")])
def test_what_is_wrong_with_it_is_told(demonstration: sqlite3.Connection, words: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        of(demonstration, words)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_what_has_no_rate_is_refused(demonstration: sqlite3.Connection) -> None:
    with pytest.raises(Refused, match="没有完成率"):
        composition(demonstration, Asked(OCTOBER, COUNTY, "case"))


@pytest.mark.unmeasured
def test_the_parts_make_the_figures_of_the_bulletin(demonstration: sqlite3.Connection) -> None:
    bulletin = compile_bulletin(demonstration, OCTOBER)
    for town in bulletin.towns[::5]:
        at = bulletin.towns.index(town)
        for category in bulletin.categories:
            if category.rows:
                with compiled_once(demonstration, bulletin):
                    found = composition(demonstration, Asked(OCTOBER, town.code, category.id))
                assert weighted_mean((part.counted, part.weight) for part in found.parts) == category.rows[at].rate
                assert found.rank == category.rows[at].rank
        found = composition(demonstration, Asked(OCTOBER, town.code, ""))
        score = next(row.score for row in bulletin.scores if row.town == town.code)
        mean = weighted_mean((part.counted, part.weight) for part in found.parts)
        assert score is not None
        assert mean is not None
        assert found.result == mean == score / 100
    whole = composition(demonstration, Asked(OCTOBER, COUNTY, ""))
    assert whole.result == weighted_mean((part.counted, part.weight) for part in whole.parts)
    assert whole.result == (bulletin.mean_score or 0) / 100


def _book() -> Book:
    book = Book()
    book.target("training.网格员", JIANGNAN, 10)
    book.target("training.网格员", ZHIYING, 10)
    book.target("training.负责人", JIANGNAN, 4)
    book.training(JIANGNAN, "2018-10-01", 96)
    book.training(ZHIYING, "2018-10-01", 5)
    book.training(JIANGNAN, "2018-10-02", 1, kind="主要负责人")
    return book


def test_a_rate_counts_as_it_enters_the_mean_and_what_does_not_says_why() -> None:
    connection = _book().connection
    found = composition(connection, Asked(OCTOBER, JIANGNAN, "training"))
    assert [(part.title, part.rate, part.counted) for part in found.parts] == [
        ("负责人", Fraction(1, 4), Fraction(1, 4)),
        ("网格员", Fraction(96, 10), Fraction(1)),
    ]
    assert found.result == Fraction(5, 8)
    assert ("管理人员", "没有任务") in [(each.title, each.reason) for each in found.left_out]
    said = text(shown.lines(found))
    assert "62.50%，低于序时进度20.83个百分点，排名第1。" in said
    assert "（25.00+100.00）÷2=62.50" in said
    assert "960.00" in said
    assert json.loads(shown.structured(found))["result"] == "5/8"
    assert ",62.50,," in shown.delimited(found)


def test_a_town_without_a_task_has_nothing_to_take_the_mean_of() -> None:
    connection = _book().connection
    for category in ("training", ""):
        found = composition(connection, Asked(OCTOBER, SHIZHU, category))
        assert (found.parts, found.result, found.rank) == ((), None, None)
        assert "没有可算的任务。" in text(shown.lines(found))
    whole = composition(connection, Asked(OCTOBER, COUNTY, ""))
    assert [each.title for each in whole.left_out] == ["石柱镇", "经济开发区"]


def test_weights_stand_in_the_sum() -> None:
    book = _book()
    book.setting("weight.training", "2")
    book.target("trusteeship.小微", JIANGNAN, 1)
    found = composition(book.connection, Asked(OCTOBER, JIANGNAN, ""))
    assert "（62.50×2.00+0.00×1.00）÷3.00=41.67" in text(shown.lines(found))
    assert "41.67分，排名第" in text(shown.lines(found))
