"""The schemes that come with the program are examples, whole, and without anything that would be told of them."""

from __future__ import annotations

import sqlite3
from fractions import Fraction

import pytest

from anjian_cli.exchange import scheme_examples, scheme_file
from anjian_cli.rules import scoring
from anjian_cli.workflow import scheme
from anjian_cli.workflow.scheme_draft import Draft
from support.scheme_file import RECORDS

DAY = "2026-01-01"


@pytest.fixture
def draft(ledger: sqlite3.Connection) -> Draft:
    path = scheme_examples.path_of("县级2026")
    assert path is not None
    return scheme_file.read(path, scheme.facts(ledger), RECORDS)


def test_a_name_of_none() -> None:
    assert scheme_examples.path_of("永康2018") is None


def test_it_says_that_it_is_an_example(draft: Draft) -> None:
    assert draft.name == "县级2026"
    assert "示例" in draft.title
    assert "示例" in draft.document
    assert "示例" in draft.remark


def test_a_new_ledger_may_adopt_it_as_it_is(ledger: sqlite3.Connection, draft: Draft) -> None:
    scheme.check(ledger, draft, DAY)
    assert scheme.worth_knowing(draft) == []  # a hundred points, and each category what is in it


def test_what_it_is_to_show(draft: Draft) -> None:
    assert {each.title: each.full for each in draft.categories} == {
        title: None if full is None else Fraction(full)
        for title, full in (
            ("重大事故隐患动态清零", 20), ("隐患排查整改", 15), ("执法检查", 10), ("标准化定级", 10), ("教育培训", 10),
            ("有限空间和粉尘涉爆专项", 8), ("社会化服务", 5), ("应急预案和演练", 7), ("持证和许可到期", 5),
            ("事故控制", 5), ("信息报送", 5), ("加分", None),
        )
    }  # fmt: skip
    assert {each.form for each in draft.indicators} - {""} == set(scoring.FORMS)
    assert draft.missing == scoring.SCALE
    (bonus,) = [each for each in draft.categories if each.bonus_cap is not None]
    assert bonus.bonus_cap == 3


def test_every_item_has_its_standard_and_its_proof(draft: Draft) -> None:
    assert [each.short for each in draft.indicators if not each.standard or not each.proof] == []
