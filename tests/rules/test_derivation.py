"""What follows by rule from contracts, certificates, exposures and tests, and is stored beside them."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.rules.accident import by_year
from anjian_cli.rules.hazard import Round, first_stretches, stretches
from support.rule_rows import OPEN, derived

VOID = {"voided_on": "2018-11-05"}


def due(*rows: dict[str, Any]) -> list[tuple[object, object]]:
    return [(row["due_on"], row["visits"]) for row in derived("trusteeship", *rows).rows["due_visit"]]


class TestVisitsDue:
    @pytest.mark.parametrize(
        ("a_year", "days"),
        [
            (0, []),
            (1, ["2019-02-28"]),
            (2, ["2018-08-30", "2019-02-28"]),
            (4, ["2018-05-31", "2018-08-30", "2018-11-29", "2019-02-28"]),
        ],
    )
    def test_they_are_spread_over_the_year_and_the_last_is_due_on_its_last_day(
        self, a_year: int, days: list[str]
    ) -> None:
        assert due({"visits_per_year": a_year}) == [(on, 1) for on in days]

    @pytest.mark.parametrize("a_year", [1, 3, 12, 52, 364, 365, 366])
    def test_none_is_lost_whatever_their_number(self, a_year: int) -> None:
        found = due({"visits_per_year": a_year})
        assert sum(int(str(visits)) for _, visits in found) == a_year
        assert found[-1][0] == "2019-02-28"

    def test_one_more_than_there_are_days_falls_together_with_another(self) -> None:
        found = due({"visits_per_year": 366})
        assert (len(found), found[0], max(int(str(visits)) for _, visits in found)) == (365, ("2018-03-01", 1), 2)

    @pytest.mark.parametrize(
        ("last_on", "days"),
        [
            ("2018-08-30", ["2018-05-31", "2018-08-30"]),
            ("2018-08-29", ["2018-05-31", "2018-08-29"]),  # rule 15: half a year owes two of four
            ("2018-07-15", ["2018-05-31", "2018-07-15"]),  # 137 days: one and a half
            ("2018-07-14", ["2018-05-31"]),
            ("2018-05-30", ["2018-05-30"]),
            ("2018-04-15", ["2018-04-15"]),
            ("2018-04-14", []),
        ],
    )
    def test_a_shorter_contract_owes_its_share(self, last_on: str, days: list[str]) -> None:
        assert due({"last_on": last_on}) == [(on, 1) for on in days]

    def test_a_longer_one_goes_on_owing(self) -> None:
        found = due({"last_on": "2020-02-29", "visits_per_year": 2})
        assert found == [("2018-08-30", 1), ("2019-02-28", 1), ("2019-08-30", 1), ("2020-02-28", 1)]

    def test_ended_early_or_voided(self) -> None:
        assert due({"ended_on": "2018-08-30"}) == [("2018-05-31", 1)]
        assert due({"ended_on": "2018-08-31"}) == [("2018-05-31", 1), ("2018-08-30", 1)]
        assert due(VOID) == []

    def test_an_absurdly_long_one_is_not_counted_out(self) -> None:
        """It is refused, but its visits are worked out before."""
        assert len(due({"last_on": "2199-12-31", "visits_per_year": 366})) == 3653


def settled(*rows: dict[str, Any], **others: Any) -> list[object]:
    """From which day on nobody asks for the renewal of each contract. A plain one is of 2018-03-01 to 2019-02-28."""
    found = derived("trusteeship", *rows, **others).columns
    return [found["trusteeship", i]["renewal_settled_on"] for i in range(1, len(rows) + 1)]


def state(name: str, from_on: str, until_on: str = OPEN) -> dict[str, Any]:
    return {"state": name, "from_on": from_on, "until_on": until_on}


class TestRenewal:
    ITS_OWN, LAPSED = "2018-03-01", "2020-03-01"
    NEXT: ClassVar[dict[str, Any]] = {"from_on": "2019-03-01", "last_on": "2020-02-29"}

    def first(self, *rows: dict[str, Any], **others: Any) -> object:
        """The day of a plain contract that stands first."""
        return settled({}, *rows, **others)[0]

    def test_of_one_that_nobody_followed_until_a_year_has_passed(self) -> None:
        assert self.first() == self.LAPSED

    @pytest.mark.parametrize(
        ("last_on", "lapsed"),
        [
            ("2019-02-27", "2020-02-28"),
            ("2020-02-28", "2021-03-01"),  # the first day not in force is 29 February, which the year after has not
            ("2020-02-29", "2021-03-01"),
            ("2018-12-31", "2020-01-01"),
        ],
    )
    def test_a_year_is_reckoned_from_the_first_day_not_in_force(self, last_on: str, lapsed: str) -> None:
        assert settled({"last_on": last_on}) == [lapsed]

    def test_there_was_nothing_to_ask_where_another_follows_without_a_gap(self) -> None:
        assert self.first(self.NEXT) == self.ITS_OWN
        assert self.first({**self.NEXT, "agency": "另一公司"}) == self.ITS_OWN
        assert self.first({**self.NEXT, "from_on": "2019-02-28", "agency": "另一公司"}) == self.ITS_OWN

    def test_with_a_gap_it_is_asked_for_until_the_next_begins(self) -> None:
        assert self.first({**self.NEXT, "from_on": "2019-03-02"}) == "2019-03-02"
        later, sooner = ({**self.NEXT, "from_on": day} for day in ("2019-06-01", "2019-05-01"))
        assert self.first(later, sooner) == "2019-05-01"
        assert self.first({"from_on": "2020-03-02", "last_on": "2021-03-01"}) == self.LAPSED

    def test_one_that_does_not_reach_beyond_it_follows_nothing(self) -> None:
        assert self.first({"from_on": "2018-05-01", "last_on": "2019-02-28"}) == self.LAPSED
        assert self.first({"from_on": "2017-03-01", "last_on": "2018-02-28"}) == self.LAPSED
        assert self.first({**self.NEXT, "ended_on": "2019-03-01"}) == self.LAPSED
        assert self.first({**self.NEXT, "from_on": "2019-04-01", "ended_on": "2019-04-01"}) == self.LAPSED

    def test_another_kind_and_a_voided_one_follow_nothing(self) -> None:
        assert self.first({**self.NEXT, "kind": "小微"}) == self.LAPSED
        assert self.first({**self.NEXT, **VOID}) == self.LAPSED

    def test_a_chain(self) -> None:
        assert settled({}, self.NEXT) == [self.ITS_OWN, "2021-03-01"]
        assert settled({}, {**self.NEXT, "ended_on": "2019-09-01"}) == [self.ITS_OWN, "2019-09-01"]

    def test_of_one_ended_early_until_that_day(self) -> None:
        assert settled({"ended_on": "2018-09-01"}) == ["2018-09-01"]
        ended = {"ended_on": "2018-09-01"}
        assert settled(ended, {"from_on": "2018-09-01"})[0] == self.ITS_OWN
        assert settled(ended, {"from_on": "2018-10-01"})[0] == "2018-09-01"

    def test_of_a_voided_one_there_is_none(self) -> None:
        assert settled(VOID) == [None]

    def test_of_a_firm_that_closed_until_it_did(self) -> None:
        def closed(from_on: str, until_on: str = OPEN) -> object:
            return self.first(operating_state=[state("关闭", from_on, until_on)])

        assert closed("2018-09-01") == "2018-09-01"  # before it ran out
        assert closed("2019-05-01") == "2019-05-01"  # after it
        assert closed("2019-05-01", "2019-06-01") == "2019-05-01"
        assert closed("2020-03-02") == self.LAPSED
        assert closed("2018-09-01", "2019-03-01") == self.LAPSED  # open again on the first day without a contract
        assert closed("2018-09-01", "2019-03-02") == "2018-09-01"

    def test_standing_still_or_having_moved_is_no_end(self) -> None:
        assert self.first(operating_state=[state("停产", "2018-09-01")]) == self.LAPSED
        assert self.first(operating_state=[state("搬迁", "2018-09-01")]) == self.LAPSED

    def test_the_earliest_of_all(self) -> None:
        later = {**self.NEXT, "from_on": "2019-06-01"}
        assert self.first(later, operating_state=[state("关闭", "2019-04-01", "2019-05-01")]) == "2019-04-01"
        assert self.first(later, operating_state=[state("关闭", "2019-07-01")]) == "2019-06-01"


def counts(*rows: dict[str, Any]) -> list[tuple[object, object]]:
    """What each certificate counts as, and the day on which that is taken back."""
    found = derived("standardization", *rows).columns
    return [
        (found["standardization", i]["counted_as"], found["standardization", i]["uncounted_on"])
        for i in range(1, len(rows) + 1)
    ]


def announced(on: str, kind: str = "新创", grade: str = "三级", **more: Any) -> dict[str, Any]:
    return {"begun_on": on, "announced_on": on, "kind": kind, "grade": grade, **more}


class TestOnceACycle:
    @pytest.mark.parametrize(
        ("kind", "on", "counted"),
        [
            ("复评", "2017-09-19", None),
            ("复评", "2017-09-20", "三级复评"),
            ("复评", "2018-09-21", "三级复评"),
            ("新创", "2018-09-19", None),
            ("新创", "2018-09-20", "三级新创"),
        ],
    )
    def test_trap_3_a_second_one_counts_when_the_first_may_be_renewed_or_has_lapsed(
        self, kind: str, on: str, counted: str | None
    ) -> None:
        assert counts(announced("2015-09-20"), announced(on, kind)) == [("三级新创", None), (counted, None)]

    def test_the_reason_names_the_one_that_counts(self) -> None:
        first = announced("2016-09-20", number="芝英-4")
        found = derived("standardization", first, announced("2018-01-10")).columns
        assert (
            found["standardization", 2]["not_counted"] == "本周期内已计（芝英-4，2016-09-20公告），一家一个周期只计一次"
        )
        assert found["standardization", 1]["not_counted"] is None

    def test_one_that_does_not_count_begins_no_cycle(self) -> None:
        rows = [announced("2015-09-20"), announced("2016-05-01"), announced("2018-09-20")]
        assert [counted for counted, _ in counts(*rows)] == ["三级新创", None, "三级新创"]

    @pytest.mark.parametrize(
        ("upgraded_on", "taken_back"),
        [("2018-03-01", "2018-03-01"), ("2018-12-31", "2018-12-31"), ("2019-01-01", None)],
    )
    def test_trap_3_two_grades_in_one_year_count_once_in_the_higher(
        self, upgraded_on: str, taken_back: str | None
    ) -> None:
        rows = [announced("2018-03-01"), announced(upgraded_on, "升级", "二级")]
        assert counts(*rows) == [("三级新创", taken_back), ("二级", None)]

    def test_a_lower_grade_beside_a_higher_one_does_not_count(self) -> None:
        higher = announced("2018-01-10", grade="二级", number="芝英-4")
        assert counts(higher, announced("2018-06-10")) == [("二级", None), (None, None)]
        assert counts(higher, announced("2021-01-09"))[1] == (None, None)
        assert counts(higher, announced("2021-01-10"))[1] == ("三级新创", None)
        gone = {**higher, "revoked_on": "2018-05-01"}
        assert counts(gone, announced("2018-06-10")) == [("二级", "2018-05-01"), ("三级新创", None)]
        found = derived("standardization", higher, announced("2018-06-10")).columns
        assert found["standardization", 2]["not_counted"] == "已有更高等级的证书（芝英-4，2018-01-10公告），不再另计"

    def test_revoked_it_is_taken_back_and_the_next_counts(self) -> None:
        revoked = announced("2018-03-01", revoked_on="2018-05-10")
        assert counts(revoked, announced("2018-05-09"))[1] == (None, None)
        assert counts(revoked, announced("2018-05-10")) == [("三级新创", "2018-05-10"), ("三级新创", None)]
        assert counts(revoked, announced("2018-06-01", grade="二级"))[0] == ("三级新创", "2018-05-10")

    def test_a_first_grade_is_not_reported_and_nothing_lower_counts_beside_it(self) -> None:
        first = announced("2018-03-01", grade="一级")
        assert counts(first, announced("2018-05-01", grade="二级")) == [(None, None), (None, None)]
        assert counts(first, announced("2021-03-01", grade="二级"))[1] == ("二级", None)
        assert counts(announced("2018-02-01"), first) == [("三级新创", None), (None, None)]

    def test_voided_ones_and_those_under_way_are_as_if_they_were_not_there(self) -> None:
        assert counts(announced("2018-03-01", **VOID), {"begun_on": "2018-01-01"}, announced("2018-05-10")) == [
            (None, None),
            (None, None),
            ("三级新创", None),
        ]


def review_due(*rows: dict[str, Any], **others: Any) -> list[tuple[object, ...]]:
    """What is owed, in order: from, until, of a year before, done, taken back."""
    found = derived("standardization", *rows, **others).rows["review_due"]
    return [tuple(row[name] for name in ("from_on", "until_on", "carried", "done_on", "undone_on")) for row in found]


class TestCertificate:
    @pytest.mark.parametrize(
        ("on", "expires", "due"),
        [
            ("2015-10-31", "2018-10-31", "2018-01-01"),
            ("2016-02-29", "2019-03-01", "2019-01-01"),
            ("2015-01-01", "2018-01-01", "2017-01-01"),
            ("2015-01-02", "2018-01-02", "2018-01-01"),
        ],
    )
    def test_trap_4_the_last_valid_day_tells_the_year_it_is_due(self, on: str, expires: str, due: str) -> None:
        found = derived("standardization", announced(on)).columns["standardization", 1]
        assert (found["expires_on"], found["valid_until"]) == (expires, expires)
        assert (found["due_from"], found["due_until"]) == (due, OPEN)
        year_after = f"{int(due[:4]) + 1}-01-01"
        assert review_due(announced(on)) == [(due, year_after, 0, None, None), (year_after, OPEN, 1, None, None)]

    OWED = ("2018-01-01", "2019-01-01", 0, None, None)
    CARRIED = ("2019-01-01", OPEN, 1, None, None)

    @pytest.mark.parametrize(
        ("second", "valid_until", "due"),
        [
            # Renewed before the year of its expiry, or on its first day: done in time, and owed in that year.
            (announced("2017-12-31", "复评"), "2017-12-31", [(*OWED[:3], "2018-01-01", None)]),
            (announced("2018-01-01", "复评"), "2018-01-01", [(*OWED[:3], "2018-01-01", None)]),
            # … unless within two years of it: that is of the same cycle, and the new one falls due by itself.
            (announced("2017-09-19", "复评"), "2017-09-19", []),
            # Renewed within it.
            (announced("2018-05-01", "复评"), "2018-05-01", [(*OWED[:3], "2018-05-01", None)]),
            # Renewed, and revoked in that year or in a later one: then it never counted. It is owed as before.
            (
                announced("2018-05-01", "复评", revoked_on="2018-06-01"),
                "2018-05-01",
                [(*OWED[:3], "2018-05-01", "2018-06-01"), CARRIED],
            ),
            (announced("2018-05-01", "复评", revoked_on="2019-06-01"), "2018-05-01", [OWED, CARRIED]),
            # Too late: owed in the first year, and carried over to the one in which it was done.
            (
                announced("2019-01-15", "复评"),
                "2018-09-20",
                [OWED, ("2019-01-01", "2020-01-01", 1, "2019-01-15", None)],
            ),
            # Created anew after it lapsed: that is no re-review, and there is nothing left to be re-reviewed.
            (announced("2019-02-01"), "2018-09-20", [OWED, ("2019-01-01", "2020-01-01", 1, None, None)]),
            # Risen to the second grade: due until then.
            (announced("2018-05-01", "升级", "二级"), "2018-05-01", [("2018-01-01", "2018-05-01", 0, None, None)]),
            (announced("2017-05-01", "升级", "二级"), "2017-05-01", []),
        ],
    )
    def test_the_next_certificate_ends_the_one_before(
        self, second: dict[str, Any], valid_until: str, due: list[tuple[object, ...]]
    ) -> None:
        first = announced("2015-09-20")
        found = derived("standardization", first, second).columns["standardization", 1]
        assert found["expires_on"] == "2018-09-20"
        assert found["valid_until"] == valid_until
        assert [one for one in review_due(first, second) if str(one[0]) < "2020"] == due

    def test_a_lower_one_leaves_a_higher_one_standing(self) -> None:
        higher, lower = announced("2018-01-10", grade="二级"), announced("2018-06-10")
        found = derived("standardization", higher, lower).columns
        assert found["standardization", 1]["valid_until"] == "2021-01-10"
        assert found["standardization", 2]["valid_until"] == "2021-06-10"
        # As long as the higher one holds, nobody asks for the lower one's re-review.
        assert review_due(higher, lower) == [
            ("2021-01-10", "2022-01-01", 0, None, None),
            ("2022-01-01", OPEN, 1, None, None),
        ]

    def test_an_early_one_hides_no_lapsed_one(self) -> None:
        """Rule 1: the early re-review counts in the year in which the certificate it renews falls due."""
        first, early = announced("2016-05-01"), announced("2018-06-01", "复评")
        assert review_due(first, early)[0] == ("2019-01-01", "2020-01-01", 0, "2019-01-01", None)

    def test_begun_in_time_and_announced_afterwards(self) -> None:
        """Rule 13."""
        late = announced("2018-01-15", "复评", begun_on="2017-11-01")
        assert review_due(announced("2014-12-20"), late)[:2] == [
            ("2017-01-01", "2018-01-01", 0, None, None),
            ("2018-01-01", "2019-01-01", 1, "2018-01-15", None),
        ]

    @pytest.mark.parametrize(
        ("later", "until"),
        [
            ((), OPEN),
            ((announced("2018-11-02", "复评", grade="二级"),), "2018-11-02"),
            ((announced("2017-11-02", "复评", grade="二级"),), None),
            ((announced("2019-02-03", "升级", grade="一级"),), "2019-02-03"),
            ((announced("2018-11-02", grade="三级"),), OPEN),
        ],
    )
    def test_of_a_higher_grade_it_is_asked_for_and_counted_in_no_list(
        self, later: tuple[dict[str, Any], ...], until: str | None
    ) -> None:
        found = derived("standardization", announced("2015-09-20", grade="二级"), *later)
        stored = found.columns["standardization", 1]
        assert (stored["due_from"], stored["due_until"]) == (None if until is None else "2018-01-01", until)
        assert not any(row["standardization_id"] == 1 for row in found.rows["review_due"])

    @pytest.mark.parametrize(
        ("more", "valid_until", "until"),
        [
            ({"revoked_on": "2018-03-01"}, "2018-03-01", "2018-03-01"),
            ({"revoked_on": "2017-12-31"}, "2017-12-31", None),
            ({"excused_on": "2018-04-01"}, "2018-09-20", "2018-04-01"),
            ({"excused_on": "2017-04-01"}, "2018-09-20", None),
            ({"excused_on": "2018-01-01"}, "2018-09-20", "2018-01-01"),
            ({"excused_on": "2019-04-01"}, "2018-09-20", "2019-04-01"),
        ],
    )
    def test_revoked_or_excused(self, more: dict[str, Any], valid_until: str, until: str | None) -> None:
        found = derived("standardization", announced("2015-09-20", **more))
        stored = found.columns["standardization", 1]
        assert stored["valid_until"] == valid_until
        assert (stored["due_from"], stored["due_until"]) == (None if until is None else "2018-01-01", until)
        assert [row["until_on"] for row in found.rows["review_due"]][-1:] == ([] if until is None else [until])

    def test_a_firm_that_is_gone_owes_nothing_until_it_is_back(self) -> None:
        first = announced("2015-09-20")
        assert review_due(first, operating_state=[state("关闭", "2018-06-20")]) == [
            ("2018-01-01", "2018-06-20", 0, None, None)
        ]
        assert review_due(first, operating_state=[state("关闭", "2017-06-20")]) == []
        assert review_due(first, operating_state=[state("停产", "2018-06-20")])[0] == self.OWED
        back = review_due(first, operating_state=[state("关闭", "2018-06-20", "2018-08-01")])
        assert back == [
            ("2018-01-01", "2018-06-20", 0, None, None),
            ("2018-08-01", "2019-01-01", 0, None, None),
            ("2019-01-01", OPEN, 1, None, None),
        ]
        moved = [{"town_code": "甲", "from_on": "0001-01-01", "until_on": "2018-06-20"}]
        moved.append({"town_code": "乙", "from_on": "2018-06-20", "until_on": OPEN})
        away = [state("搬迁", "2018-06-20")]
        assert review_due(first, operating_state=away)[-1][1] == "2018-06-20"  # out of the county
        assert review_due(first, operating_state=away, residence=moved)[0] == self.OWED

    def test_what_was_done_is_not_excused_any_more(self) -> None:
        rows = announced("2015-09-20"), announced("2018-05-01", "复评")
        assert review_due(*rows, operating_state=[state("关闭", "2018-06-20")])[0] == (
            *self.OWED[:3],
            "2018-05-01",
            None,
        )
        assert review_due(*rows, operating_state=[state("关闭", "2018-04-20")])[0][1:4] == ("2018-04-20", 0, None)


class TestProgramme:
    def due(self, *rows: dict[str, Any], **others: Any) -> list[tuple[object, ...]]:
        found = derived("programme", *rows, **others).rows["programme_due"]
        return [
            tuple(row[n] for n in ("town_code", "from_on", "until_on", "carried", "done_on", "reason")) for row in found
        ]

    def test_accepted_in_the_year_or_a_later_one(self) -> None:
        """Rule 12."""
        accepted = {"accepted_on": "2018-03-10", "conclusion": "合格"}
        assert self.due({"enrolled_on": "2018-01-15", **accepted}) == [
            (None, "2018-01-15", "2019-01-01", 0, "2018-03-10", None)
        ]
        assert self.due({"enrolled_on": "2017-12-15", **accepted}) == [
            (None, "2017-12-15", "2018-01-01", 0, None, None),
            (None, "2018-01-01", "2019-01-01", 1, "2018-03-10", None),
        ]
        assert self.due({"enrolled_on": "2017-11-15", **accepted, "conclusion": "不合格"})[1:] == [
            (None, "2018-01-01", OPEN, 1, None, None)
        ]

    def test_in_the_name_of_the_town_it_fell_due_in(self) -> None:
        """Rule 2; in a later year, of the town where that year began."""
        moved = [{"town_code": "甲", "from_on": "0001-01-01", "until_on": "2018-07-01"}]
        moved.append({"town_code": "乙", "from_on": "2018-07-01", "until_on": OPEN})
        row = {"enrolled_on": "2018-01-15", "accepted_on": "2018-09-10", "conclusion": "合格"}
        assert self.due(row, residence=moved) == [("甲", "2018-01-15", "2019-01-01", 0, "2018-09-10", None)]
        later = self.due({"enrolled_on": "2016-01-15"}, residence=moved)
        assert [one[:3] for one in later] == [
            ("甲", "2016-01-15", "2017-01-01"), ("甲", "2017-01-01", "2019-01-01"), ("乙", "2019-01-01", OPEN),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"excused_on": "2018-06-01", "excuse": "转产"}, "2018-06-01核减：转产"),
            ({"outcome": "关停", "outcome_on": "2018-06-01"}, "2018-06-01关停"),
        ],
    )
    def test_excused(self, more: dict[str, Any], reason: str) -> None:
        row = {"enrolled_on": "2018-01-15", **more}
        assert self.due(row) == [(None, "2018-01-15", "2018-06-01", 0, None, reason)]
        done = {"accepted_on": "2018-05-31", "conclusion": "合格"}
        assert self.due({**row, **done}) == [(None, "2018-01-15", "2019-01-01", 0, "2018-05-31", None)]
        assert self.due({**row, **done, "accepted_on": "2018-06-02"}) == [
            (None, "2018-01-15", "2018-06-01", 0, None, reason)
        ]


class TestBegun:
    def test_it_is_begun_with_its_first_stage(self) -> None:
        found = derived("standardization", {"begun_on": "2018-03-01", "consulted_on": "2018-02-10"})
        assert found.columns["standardization", 1]["begun_on"] == "2018-02-10"


def to_be_tested(
    level: str, *years: str, begin: str = "2017-05-01", end: str | None = None
) -> list[tuple[object, ...]]:
    done = [{"reported_on": f"{year}-06-01"} for year in years]
    rows = derived("exposure", {"level": level, "from_on": begin, "ended_on": end}, health_test=done).rows["test_due"]
    return [(row["from_on"], row["until_on"]) for row in rows]


class TestToBeTested:
    @pytest.mark.parametrize("level", ["一般", "较重", "严重"])
    def test_trap_14_until_january_2021_every_firm_is_due_every_year(self, level: str) -> None:
        assert to_be_tested(level, "2017", "2018") == [("2017-05-01", "9999-12-31")]

    @pytest.mark.parametrize("level", ["一般", "较重"])
    @pytest.mark.parametrize(
        ("years", "due"),
        [
            (["2018"], [("2017-05-01", "9999-12-31")]),
            (["2019"], [("2017-05-01", "2021-02-01"), ("2022-01-01", "9999-12-31")]),
            (["2020"], [("2017-05-01", "2021-02-01"), ("2023-01-01", "9999-12-31")]),
            (["2021"], [("2017-05-01", "2022-01-01"), ("2024-01-01", "9999-12-31")]),
            (["2021", "2022"], [("2017-05-01", "2022-01-01"), ("2025-01-01", "9999-12-31")]),
            (
                ["2021", "2024"],
                [("2017-05-01", "2022-01-01"), ("2024-01-01", "2025-01-01"), ("2027-01-01", "9999-12-31")],
            ),
        ],
    )
    def test_trap_14_since_february_2021_every_three_years(
        self, level: str, years: list[str], due: list[tuple[str, str]]
    ) -> None:
        assert to_be_tested(level, *years) == due

    def test_trap_14_a_serious_one_stays_due_every_year(self) -> None:
        assert to_be_tested("严重", "2019", "2020", "2021") == [("2017-05-01", "9999-12-31")]

    def test_ended_or_begun_within_the_years_off(self) -> None:
        assert to_be_tested("一般", end="2021-08-01") == [("2017-05-01", "2021-08-01")]
        assert to_be_tested("一般", "2021", end="2021-08-01") == [
            ("2017-05-01", "2022-01-01")
        ]  # tested: to the year's end
        assert to_be_tested("一般", "2021", end="2023-08-01") == [("2017-05-01", "2022-01-01")]
        assert to_be_tested("一般", "2021", begin="2022-03-01") == [("2024-01-01", "9999-12-31")]
        assert to_be_tested("一般", "2021", begin="2022-03-01", end="2023-12-31") == []
        assert to_be_tested("严重", begin="2022-03-01", end="2022-03-01") == []
        assert to_be_tested("一般", begin="2022-03-01", end="2022-03-01") == []

    def test_a_voided_exposure_or_test_says_nothing(self) -> None:
        voided = derived("exposure", VOID).rows["test_due"]
        assert voided == []
        rows = derived("exposure", {}, health_test=[{"reported_on": "2021-06-01", **VOID}]).rows["test_due"]
        assert [row["until_on"] for row in rows] == ["9999-12-31"]


def counted(*rows: dict[str, Any]) -> list[tuple[object, ...]]:
    """Of each test: until when it counts as tested, as over the limit, and from when until when as remedied."""
    found = derived("health_test", *rows).columns
    return [tuple(found["health_test", i].values()) for i in range(1, len(rows) + 1)]


def over(on: str, remedied_on: str | None = None) -> dict[str, Any]:
    return {"sampled_on": on, "reported_on": on, "points_over": 1, "remedied_on": remedied_on}


class TestTested:
    END = "2019-01-01"

    def test_an_enterprise_counts_once_a_year_by_its_first_report(self) -> None:
        rows = [{"reported_on": "2018-09-01"}, {"reported_on": "2018-05-01"}, {"reported_on": "2019-01-01"}]
        assert [row[0] for row in counted(*rows)] == [None, self.END, "2020-01-01"]

    def test_over_the_limit_from_the_first_such_report(self) -> None:
        assert [row[1] for row in counted({}, over("2018-06-01"), over("2018-08-01"))] == [None, self.END, None]

    @pytest.mark.parametrize(
        ("rows", "remedied"),
        [
            ([over("2018-06-01")], [(None, None)]),
            ([over("2018-06-01", "2018-07-10")], [("2018-07-10", END)]),
            # Before its report: from the report on.
            ([over("2018-06-01", "2018-05-20")], [("2018-06-01", END)]),
            # In the year after: not of this year any more.
            ([over("2018-06-01", "2018-12-31")], [("2018-12-31", END)]),
            ([over("2018-06-01", "2019-01-01")], [(None, None)]),
            # Over again: not remedied from then on, until that is too.
            ([over("2018-06-01", "2018-07-10"), over("2018-08-01")], [("2018-07-10", "2018-08-01"), (None, None)]),
            (
                [over("2018-06-01", "2018-07-10"), over("2018-08-01", "2018-09-01")],
                [("2018-07-10", "2018-08-01"), ("2018-09-01", END)],
            ),
            (
                [over("2018-06-01", "2018-07-10"), over("2018-08-01", "2018-09-01"), over("2018-10-01")],
                [("2018-07-10", "2018-08-01"), ("2018-09-01", "2018-10-01"), (None, None)],
            ),
            ([over("2018-06-01"), over("2018-08-01", "2018-09-01")], [(None, None), (None, None)]),
            (
                [over("2018-06-01", "2018-10-10"), over("2018-08-01", "2018-09-01")],
                [(None, None), ("2018-10-10", END)],
            ),
        ],
    )
    def test_remedied_while_all_reports_so_far_are(
        self, rows: list[dict[str, Any]], remedied: list[tuple[str | None, str | None]]
    ) -> None:
        assert [row[2:] for row in counted(*rows)] == remedied

    def test_voided_it_counts_no_more(self) -> None:
        assert counted({**over("2018-06-01", "2018-07-01"), **VOID}, over("2018-08-01")) == [
            (None, None, None, None),
            (self.END, self.END, None, None),
        ]


def test_what_followed_goes_with_the_last_that_it_followed_from() -> None:
    follows: dict[str, Any] = {"due_visit": {}, "test_due": {}}
    assert derived("enterprise", {}, **follows).rows == {"due_visit": (), "test_due": ()}
    assert derived("enterprise", {}, **follows, trusteeship={}, exposure={}).rows == {}


@pytest.mark.parametrize(
    ("years", "known", "added"),
    [
        ("7", (2,), [2]),
        ("77", (2, 1), [2, -1]),
        ("78", (2, 1), [1, 0]),
        ("778", (2, 4, 1), [1, 0, 0]),
        ("788", (2, 3, 1), [1, 1, -1]),  # its own year first
        ("7788", (2, 1, 2, 0), [1, -1, 1, -1]),
        ("789", (1, 3, 1), [1, 0, 0]),  # then the last before it
        ("789", (1, 3, 0), [0, 0, 0]),
    ],
)
def test_what_falls_in_a_later_year_the_years_before_never_counted(
    years: str, known: tuple[int, ...], added: list[int]
) -> None:
    assert by_year(list(years), known) == added


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=8))
def test_no_year_s_running_total_is_negative_and_all_together_are_the_last_value(steps: list[tuple[int, int]]) -> None:
    years = sorted(str(year) for year, _ in steps)
    known = [number for _, number in steps]
    added = by_year(years, known)
    assert sum(added) == (known[-1] if known else 0)
    for year in set(years):
        of = [n for n, its in zip(added, years, strict=True) if its == year]
        assert all(sum(of[: at + 1]) >= 0 for at in range(len(of)))


DAY = st.dates(date(2018, 11, 20), date(2019, 1, 10)).map(str)


@given(DAY, st.none() | DAY, st.none() | DAY)
def test_hazards_in_bulk_are_due_as_one_by_one(due_on: str, rectified_on: str | None, accepted_on: str | None) -> None:
    if rectified_on is None or (accepted_on is not None and accepted_on < rectified_on):
        accepted_on = None
    rounds = [] if rectified_on is None else [Round(rectified_on, accepted_on or OPEN)]
    (one,) = stretches(due_on, rounds)
    assert (one.from_on, one.sent_back) == (due_on, False)
    found = first_stretches([due_on], [rectified_on], [accepted_on])
    assert [(one.awaiting_from, one.done_from, one.until_on)] == [*zip(*found, strict=True)]
    assert (one.round is None) == (one.awaiting_from == one.until_on)


@pytest.mark.parametrize(
    ("rounds", "told"),
    [
        ([], [("2018-10-20", OPEN, OPEN, OPEN)]),
        ([("2018-10-18", "2018-10-19")], [("2018-10-20", "2018-10-20", "2018-10-20", "2019-01-01")]),
        ([("2018-10-18", "2018-12-31")], [("2018-10-20", "2018-10-20", "2018-12-31", "2019-01-01")]),
        ([("2018-10-18", "2019-01-01")], [("2018-10-20", "2018-10-20", "2019-01-01", "2020-01-01")]),
        ([("2018-10-18", OPEN)], [("2018-10-20", "2018-10-20", OPEN, OPEN)]),
    ],
)
def test_a_hazard_is_overdue_then_awaits_acceptance_then_is_done(
    rounds: list[tuple[str, str]], told: list[tuple[str, str, str, str]]
) -> None:
    assert [one[:4] for one in stretches("2018-10-20", [Round(*one) for one in rounds])] == told


def test_sent_back_it_is_overdue_until_a_later_round() -> None:
    rounds = [
        Round("2018-10-18", "2018-10-19", until_on="2018-10-25"),
        Round("2018-10-28", "2018-10-30", qualified=False),
    ]
    assert [*stretches("2018-10-20", rounds)] == [
        ("2018-10-20", "2018-10-20", "2018-10-20", "2018-10-25", 0, False),
        ("2018-10-25", "2018-10-28", "2018-10-30", "2018-10-30", 1, True),
        ("2018-10-30", OPEN, OPEN, OPEN, None, True),
    ]


def test_a_grade_holds_until_the_next_one() -> None:
    told = ({"from_on": "2018-06-01"}, {"from_on": "2018-03-01"}, {"from_on": "2018-04-01", "voided_on": "2018-05-01"})
    found = derived("risk_grade", *told).columns
    assert [found["risk_grade", row]["until_on"] for row in (1, 2, 3)] == [OPEN, "2018-06-01", None]
    assert derived("risk_grade", {"voided_on": "2018-05-01"}).columns["risk_grade", 1] == {"until_on": None}
