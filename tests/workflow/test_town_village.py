"""Towns and villages: what need not be typed, and mergers that do not rewrite the past."""

from __future__ import annotations

from typing import Any

import pytest

from support.desk import SHIZHU, ZHIYING, Desk, refuses


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("芝英镇", "镇", "芝英"),
        ("江南街道", "街道", "江南"),
        ("某某乡", "乡", "某某"),
        ("经济开发区", "功能区", "经济开发区"),
        ("丁镇", "镇", "丁镇"),
    ],
)
def test_kind_and_short_name_come_from_the_name(desk: Desk, name: str, kind: str, short: str) -> None:
    row = desk.row("town", desk.take("town", code="330784901", name=name).row_id)
    assert (row["kind"], row["short_name"], row["position"]) == (kind, short, 3)


def test_what_is_given_stands(desk: Desk) -> None:
    given: dict[str, Any] = {"short_name": "开发区", "kind": "功能区", "position": 16}
    row = desk.row("town", desk.take("town", code="330784901", name="经济开发区", **given).row_id)
    assert {name: row[name] for name in given} == given


def test_the_same_town_again_is_changed_not_doubled(desk: Desk) -> None:
    assert desk.take("town", code=ZHIYING, name="芝英镇").outcome == "unchanged"
    kept = desk.take("town", code=ZHIYING, short_name="芝")
    assert (kept.outcome, kept.row_id) == ("changed", 1)
    desk.training(town="芝")


def test_a_town_that_ends_says_which_it_went_into(desk: Desk) -> None:
    with refuses("E253"):
        desk.take("town", code=SHIZHU, until_on="2018-06-01")
    with refuses("E253"):
        desk.take("town", code=SHIZHU, until_on="2018-06-01", merged_into="石柱镇")
    desk.take("town", code=SHIZHU, until_on="2018-06-01", merged_into="芝英镇")


def test_a_merger_does_not_rewrite_the_past(desk: Desk) -> None:
    desk.training(town="石柱镇", held_on="2018-05-31", passed=9)
    desk.take("town", code=SHIZHU, until_on="2018-06-01", merged_into="芝英镇")
    assert desk.figure("training.网格员", "2018-10-31", SHIZHU) == 9
    assert desk.figure("training.网格员", "2018-10-31") == 0


@pytest.mark.parametrize(
    ("record", "given"),
    [
        ("town", {"code": "330784901", "name": "某镇", "merged_into": "芝英镇"}),
        ("village", {"code": f"{ZHIYING}201", "name": "某村", "merged_into": "下溪村"}),
    ],
)
def test_the_end_is_after_the_beginning(desk: Desk, record: str, given: dict[str, str]) -> None:
    desk.take("village", code=f"{SHIZHU}202", name="下溪村")
    for until_on in ("2018-01-01", "2017-12-31"):
        with refuses("E214"):
            desk.take(record, **given, from_on="2018-01-01", until_on=until_on)
    desk.take(record, **given, from_on="2018-01-01", until_on="2018-01-02")
    with refuses("E214"):
        desk.take(record, code=given["code"], from_on="2018-01-02")


class TestVillage:
    def test_it_lies_in_the_town_its_code_says(self, desk: Desk) -> None:
        made = desk.take("village", code=f"{ZHIYING}201", name="下溪村")
        assert desk.row("village", made.row_id)["town_code"] == ZHIYING

    def test_or_in_the_town_that_is_given(self, desk: Desk) -> None:
        desk.take("town", code="330784901", name="经济开发区")
        made = desk.take("village", code=f"{ZHIYING}201", name="下溪村", town="经济开发区")
        assert desk.row("village", made.row_id)["town_code"] == "330784901"

    def test_a_blank_leaves_the_town_that_was_given(self, desk: Desk) -> None:
        desk.take("town", code="330784901", name="经济开发区")
        made = desk.take("village", code=f"{ZHIYING}201", name="下溪村", town="经济开发区")
        kept = desk.take("village", code=f"{ZHIYING}201", name="下溪社区")
        assert [change[0] for change in kept.changes] == ["name"]
        assert desk.row("village", made.row_id)["town_code"] == "330784901"

    def test_its_town_is_not_there(self, desk: Desk) -> None:
        with refuses("E231"):
            desk.take("village", code="330784999201", name="某村")

    def test_one_that_ends_says_which_it_went_into(self, desk: Desk) -> None:
        desk.take("village", code=f"{ZHIYING}201", name="下溪村")
        desk.take("village", code=f"{ZHIYING}202", name="上溪村")
        with refuses("E253"):
            desk.take("village", code=f"{ZHIYING}201", until_on="2018-06-01")
        desk.take("village", code=f"{ZHIYING}201", until_on="2018-06-01", merged_into="上溪村")
