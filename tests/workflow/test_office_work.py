"""What an office plans, sorts and is answered: campaigns with phases and scope, grids, grades, diagnoses, sectors, and
whose a case or an accident is."""

from __future__ import annotations

import pytest

from anjian_cli.bulletin.explain import Asked, explain
from anjian_cli.bulletin.period import ended
from anjian_cli.ledger import listing
from anjian_cli.ledger.lookup import Finder
from anjian_cli.records import definition, masking
from anjian_cli.records.values import CLEAR
from anjian_cli.workflow import register
from support.desk import SHIZHU, ZHIYING, Desk, refuses


@pytest.fixture
def campaign(desk: Desk) -> Desk:
    desk.take("campaign", name="秋季大检查", from_on="2018-10-01", last_on="2018-12-31")
    return desk


class TestCampaign:
    def test_a_phase_belongs_to_a_campaign_that_is_there(self, campaign: Desk) -> None:
        with refuses("E860") as said:
            campaign.take("campaign_phase", campaign="秋季大检察", title="集中推进", from_on="2018-10-16")
        assert "您要填的是“秋季大检查”吗" in said[0]
        with refuses("E202"):
            campaign.take("campaign_phase", title="集中推进", from_on="2018-10-16")

    def test_a_phase_is_known_by_its_title(self, campaign: Desk) -> None:
        told = {"campaign": "秋季大检查", "title": "集中推进", "from_on": "2018-10-16"}
        first = campaign.take("campaign_phase", **told)
        again = campaign.take("campaign_phase", **{**told, "from_on": "2018-10-17"})
        assert (again.row_id, again.outcome) == (first.row_id, "changed")
        other = campaign.take("campaign_phase", **{**told, "title": "总结提高", "from_on": "2018-12-16"})
        with refuses("E238"):
            campaign.edit("campaign_phase", other.row_id, title="集中推进")

    def test_phases_are_voided_with_their_campaign(self, campaign: Desk) -> None:
        campaign.take("campaign_phase", campaign="秋季大检查", title="集中推进", from_on="2018-10-16")
        campaign.void("campaign", 1)
        assert campaign.rows("campaign_phase", "void_reason") == [("重复登记",)]

    def test_one_that_has_a_scope_is_not_voided(self, campaign: Desk) -> None:
        campaign.take("campaign_scope", campaign="秋季大检查", kind="风险", word="喷涂")
        with refuses("E423"):
            campaign.void("campaign", 1)

    @pytest.mark.parametrize(
        ("told", "stored"),
        [
            ({"kind": "风险", "word": "涉粉"}, ("涉可燃爆粉尘", None, None)),
            ({"kind": "行业", "word": "C33"}, ("C33", None, None)),
            ({"kind": "行业", "word": "E"}, ("E", None, None)),
            ({"kind": "等级", "word": "红色"}, ("红", None, None)),
            ({"kind": "镇街", "town": "芝英镇"}, (None, "330784109", None)),
            ({"kind": "企业", "enterprise": "甲厂", "town": "芝英镇"}, (None, None, 1)),
        ],
    )
    def test_the_kind_says_where_it_is_told(
        self, campaign: Desk, told: dict[str, str], stored: tuple[object, ...]
    ) -> None:
        campaign.enterprise("甲厂")
        kept = campaign.take("campaign_scope", campaign="秋季大检查", **told)
        assert campaign.rows("campaign_scope", "word", "town_code", "enterprise_id") == [stored]
        again = campaign.take("campaign_scope", campaign="秋季大检查", **told)
        assert (again.row_id, again.outcome) == (kept.row_id, "unchanged")

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"kind": "风险"}, "E861"),
            ({"kind": "风险", "word": "喷涂", "town": "芝英镇"}, "E861"),
            ({"kind": "镇街", "word": "喷涂"}, "E861"),
            ({"kind": "镇街", "town": "芝英镇", "enterprise": "甲厂"}, "E861"),
            ({"kind": "企业", "enterprise": "甲厂", "word": "喷涂"}, "E861"),
            ({"kind": "风险", "word": "没有的"}, "E203"),
            ({"kind": "等级", "word": "紫"}, "E203"),
            ({"kind": "行业", "word": "33"}, "E229"),
            ({"kind": "风险", "word": "喷涂", "from_on": "2018-11-01", "until_on": "2018-11-01"}, "E214"),
        ],
    )
    def test_nothing_else_is_told(self, campaign: Desk, told: dict[str, str], code: str) -> None:
        campaign.enterprise("甲厂")
        with refuses(code):
            campaign.take("campaign_scope", campaign="秋季大检查", **told)

    def test_of_another_kind_it_is_told_anew(self, campaign: Desk) -> None:
        row = campaign.take("campaign_scope", campaign="秋季大检查", kind="风险", word="喷涂").row_id
        with refuses("E861"):
            campaign.edit("campaign_scope", row, kind="镇街")
        campaign.edit("campaign_scope", row, kind="镇街", town="芝英镇", until_on="2018-12-01")
        campaign.edit("campaign_scope", row, until_on="（清空）")
        assert campaign.rows("campaign_scope_listing", "kind", "word", "town", "from_on", "until_on") == [
            ("镇街", None, "芝英镇", None, None)
        ]
        campaign.take("campaign_scope", campaign="秋季大检查", kind="镇街", town="石柱镇")
        with refuses("E238"):
            campaign.edit("campaign_scope", row, town="石柱镇")

    def test_visits_count_from_its_first_day_to_its_last(self, campaign: Desk) -> None:
        firm = campaign.enterprise("甲厂")
        for day in ("2018-09-30", "2018-10-01", "2018-11-05"):
            told = {"inspected_on": day, "method": "部门检查", "found_any": "无", "campaign": "秋季大检查"}
            campaign.of("inspection", firm, **told)
        campaign.edit("campaign", 1, last_on="2018-11-04")
        assert campaign.rows("campaign_listing", "inspections", "enterprises") == [(1, 1)]


class TestDepartment:
    def test_a_sector_has_one_department(self, desk: Desk) -> None:
        first = desk.take("department", name="示例甲局", industries=("C33", "E"), risks=("有限空间",)).row_id
        assert desk.rows("department_listing", "industries", "risks") == [("C33、E", "有限空间")]
        with refuses("E864") as said:
            desk.take("department", name="示例乙局", risks=("有限空间",))
        assert "示例甲局" in said[0]
        desk.edit("department", first, until_on="2018-10-01")
        desk.take("department", name="示例乙局", risks=("有限空间",), from_on="2018-10-01")

    def test_the_sectors_told_are_all_there_are(self, desk: Desk) -> None:
        row = desk.take("department", name="示例甲局", industries=("C33", "E")).row_id
        kept = desk.edit("department", row, industries=("E", "F"))
        assert [(one.title, one.before, one.after) for one in kept.told] == [("监管行业", "C33、E", "E、F")]
        assert desk.edit("department", row, duty="燃气").told[0].title == "监管领域"
        desk.edit("department", row, industries="（清空）")
        assert desk.rows("department_sector", "word") == []
        with refuses("E203"):
            desk.edit("department", row, risks=("没有的",))


def test_officers_who_attended_are_of_the_town(desk: Desk) -> None:
    for town, name in (("芝英镇", "网格员甲"), ("芝英镇", "网格员乙"), ("石柱镇", "网格员丙")):
        desk.take("officer", town=town, name=name)
    course = desk.training(officers=("网格员甲",))
    kept = desk.edit("training", course, officers=("网格员乙", "网格员甲"))
    assert [one.title for one in kept.told] == ["到场网格员"]
    assert desk.edit("training", course, officers=("网格员甲", "网格员乙")).outcome == "unchanged"
    with refuses("E863"):
        desk.edit("training", course, officers=("网格员丙",))
    with refuses("E423"):
        desk.void("officer", 1)
    desk.edit("training", course, officers="（清空）")
    assert desk.rows("training_officer", "id") == []
    desk.void("officer", 1)


class TestDiagnosis:
    def test_it_fills_the_stages_that_nobody_told(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        desk.programme(firm, kind="喷涂", enrolled_on="2018-01-15")
        told = {"agency": "甲公司", "diagnosed_on": "2018-03-10", "planned_on": "2018-04-10"}
        desk.of("diagnosis", firm, **told)
        assert desk.rows("programme", "agency", "diagnosed_on", "planned_on") == [tuple(told.values())]
        assert desk.rows("diagnosis_listing", "programme") == [("喷涂",)]

    def test_other_days_are_said_and_left(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        desk.programme(firm, kind="喷涂", enrolled_on="2018-01-15", diagnosed_on="2018-03-01")
        kept = desk.take("diagnosis", enterprise="甲厂", agency="甲公司", diagnosed_on="2018-03-10")
        assert [fault.code for fault in kept.said] == ["N447"]
        assert desk.rows("programme", "diagnosed_on", "agency") == [("2018-03-01", "甲公司")]

    def test_of_several_it_is_told_which(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        for kind in ("喷涂", "涉粉"):
            desk.programme(firm, kind=kind, enrolled_on="2018-01-15", action=kind)
        row = desk.of("diagnosis", firm, agency="甲公司", diagnosed_on="2018-03-10")
        assert desk.rows("diagnosis", "programme_id") == [(None,)]
        desk.edit("diagnosis", row, programme="涉粉")
        assert desk.rows("programme", "kind", "diagnosed_on") == [("喷涂", None), ("涉粉", "2018-03-10")]
        with refuses("E865"):
            desk.edit("diagnosis", row, programme="冶金")

    def test_entered_under_the_wrong_enterprise(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        desk.programme(firm, kind="喷涂", enrolled_on="2018-01-15")
        desk.enterprise("乙厂")
        row = desk.of("diagnosis", firm, agency="甲公司", diagnosed_on="2018-03-10")
        desk.edit("diagnosis", row, enterprise="乙厂")
        assert desk.rows("diagnosis", "enterprise_id", "programme_id") == [(2, None)]


def test_the_grade_of_the_day_stands_in_the_list_of_enterprises(desk: Desk) -> None:
    firm = desk.enterprise("甲厂")
    desk.of("risk_grade", firm, grade="红", from_on="2018-03-01", basis="喷涂作业")
    row = desk.of("risk_grade", firm, grade="黄", from_on="2018-09-01", basis="整改后重评")
    assert desk.rows("enterprise_listing", "risk_grade") == [("黄",)]
    assert desk.rows("risk_grade_listing", "until_on") == [("2018-09-01",), (None,)]
    desk.void("risk_grade", row)
    assert desk.rows("enterprise_listing", "risk_grade") == [("红",)]


def test_one_answer_to_a_month_of_a_town_or_a_department(desk: Desk) -> None:
    told = {"month": "2018-09", "filed_on": "2018-10-08", "plan": "每周两家"}
    first = desk.take("catch_up", town="芝英镇", figures=("涉氨 3", "罚款 2万元"), **told)
    assert desk.rows("catch_up_listing", "figures") == [("罚款 20000元；涉氨 3",)]
    again = desk.take("catch_up", town="芝英镇", figures=("涉氨 4",), **told)
    assert (again.row_id, again.outcome) == (first.row_id, "changed")
    with refuses("E793"):
        desk.take("catch_up", **told)
    with refuses("E787"):
        desk.take("catch_up", town="芝英镇", **{**told, "month": "2018-12"})


class TestWhose:
    """A case or an accident is of an enterprise of the ledger, of a person, or of none."""

    def party(self, desk: Desk) -> list[tuple[object, ...]]:
        return desk.rows("enforcement_case", "party_kind", "enterprise_id")

    def test_a_case_by_the_name_now_or_before(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        desk.edit("enterprise", firm, name="丁厂", changed_on="2018-08-01")
        desk.case(party="甲厂")
        assert self.party(desk) == [("企业", firm)]

    def test_a_namesake_with_another_code_is_another(self, desk: Desk) -> None:
        desk.enterprise("甲厂", credit_code="91330784MA00000K9X")
        kept = desk.take("enforcement_case", **CASE, party="甲厂", credit_code="91330784MA00000L7R")
        assert self.party(desk) == [("无", None)]
        assert [fault.code for fault in kept.said] == ["N445"]

    def test_nothing_is_guessed_and_a_person_is_only_told(self, desk: Desk) -> None:
        desk.enterprise("示例甲厂")
        row = desk.case(party="甲厂")
        assert self.party(desk) == [("无", None)]
        desk.edit("enforcement_case", row, party_kind="个人")
        assert self.party(desk) == [("个人", None)]
        desk.edit("enforcement_case", row, party="王小明")
        assert self.party(desk) == [("个人", None)]
        with refuses("E233"):
            desk.edit("enforcement_case", row, party_kind="企业")
        desk.edit("enforcement_case", row, party="示例甲厂")
        assert self.party(desk) == [("企业", 1)]

    def test_its_enterprise_may_be_told_beside_the_party(self, desk: Desk) -> None:
        """As a list has it that comes back, where the party is written otherwise."""
        firm, other = desk.enterprise("甲厂"), desk.enterprise("乙厂")
        row = desk.case(party="甲厂（原址）", firm="甲厂")
        assert self.party(desk) == [("企业", firm)]
        assert desk.rows("enforcement_case_listing", "firm") == [("甲厂",)]
        again = desk.edit("enforcement_case", row, party="甲厂（原址）", party_kind="企业", firm="甲厂")
        assert again.outcome == "unchanged"
        desk.edit("enforcement_case", row, firm="乙厂")
        assert self.party(desk) == [("企业", other)]
        with refuses("E233"):
            desk.edit("enforcement_case", row, firm="丙厂")
        desk.edit("enforcement_case", row, party_kind="无")
        assert self.party(desk) == [("无", None)]

    def test_one_of_before_the_upgrade_stays_unsaid_until_its_party_is_told(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        row = desk.case(party="甲厂")
        desk.edit("enforcement_case", row, party_kind="（清空）")
        desk.edit("enforcement_case", row, remark="核对过")
        assert self.party(desk) == [(None, None)]
        desk.edit("enforcement_case", row, party="甲厂")
        assert self.party(desk) == [("企业", firm)]

    def test_it_is_said_where_the_enterprise_was_in_another_town(self, desk: Desk) -> None:
        desk.enterprise("甲厂", town="石柱镇")
        kept = desk.take("enforcement_case", **CASE, party="甲厂")
        assert [fault.code for fault in kept.said] == ["N446"]
        assert "石柱镇" in str(kept.said[0])

    def test_a_person_is_named_nowhere(self, desk: Desk) -> None:
        row = desk.case(party="王小明")
        kept = desk.edit("enforcement_case", row, party_kind="个人", party="王大明")
        assert {one.after for one in kept.told} == {"个人", "王**"}
        record = definition.record("enforcement_case")
        whole = dict(listing.one(desk.ledger, "enforcement_case", row))
        (shown,) = masking.leaving(record, [whole]).rows
        assert shown["party"] == "王**"
        assert masking.leaving(record, [whole], phones=True).rows[0]["party"] == "王大明"
        assert desk.edit("enforcement_case", row, party="王**").outcome == "unchanged"
        (item,) = explain(desk.ledger, Asked(ended(2018, 9), ZHIYING, "case.filed")).counted
        assert item.description == "王**，未按规定设置安全警示标志"

    def test_an_accident_of_an_enterprise_of_a_person_or_of_none(self, desk: Desk) -> None:
        firm = desk.enterprise("甲厂")
        row = desk.accident(enterprise="甲厂")
        stored = ("party_kind", "enterprise_id")
        assert desk.rows("accident", *stored) == [("企业", firm)]
        for word in ("个人", "无"):
            desk.edit("accident", row, enterprise=word)
            assert desk.rows("accident", *stored) == [(word, None)]
            assert desk.rows("accident_listing", "enterprise") == [(word,)]
        kept = desk.edit("accident", row, enterprise="甲厂")
        assert [(one.title, one.after) for one in kept.told] == [("事故单位", "甲厂")]
        desk.edit("accident", row, light=1)
        with refuses("E423"):
            desk.void("enterprise", firm)
        desk.edit("accident", row, enterprise="（清空）")
        assert desk.rows("accident", *stored) == [(None, None)]
        with refuses("E233"):
            desk.edit("accident", row, enterprise="没有的厂")


CASE = {"case_number": "例立案〔2018〕1号", "town": "芝英镇", "cause": "未设警示标志", "filed_on": "2018-10-09"}
CASE |= {"accident": "否", "joint": "否"}


def test_a_diagnosis_whose_enrolment_is_void_stands_in_no_undos_way(desk: Desk) -> None:
    """Every later undo was refused: something in force seemed to rest on what is void."""
    desk.towns()
    firm = desk.enterprise()
    enrolment = desk.programme(firm, enrolled_on="2018-01-15")
    desk.of("diagnosis", firm, agency="示例安全技术公司", diagnosed_on="2018-03-10", findings="喷漆房无防爆灯")
    desk.void("programme", enrolment)
    course = desk.training()
    desk.undo()
    assert desk.rows("training", "id", where=f"id = {course}") == []


class TestGrid:
    def test_its_officers_follow_a_grid_that_is_renamed(self, desk: Desk) -> None:
        """Those of its town alone: another one's may be called alike."""
        desk.towns()
        grid = desk.take("grid", town="芝英镇", name="一网格").row_id
        desk.take("grid", town="石柱镇", name="一网格")
        for town in ("芝英镇", "石柱镇"):
            desk.take("officer", town=town, name="网格员甲", grid="一网格")
        (said,) = desk.edit("grid", grid, name="东街网格").said
        assert str(said).startswith("网格“一网格”改名为“东街网格”。写着原来名称的1名网格员已跟着改")
        assert desk.rows("officer", "town_code", "grid") == [(ZHIYING, "东街网格"), (SHIZHU, "一网格")]
        desk.undo()
        assert desk.rows("officer", "grid") == [("一网格",), ("一网格",)]
        assert desk.edit("grid", grid, duty="防火巡查").said == []


class TestOfficer:
    def test_a_grid_is_one_of_the_town_s_where_it_has_told_which_there_are(self, desk: Desk) -> None:
        desk.towns()
        there = desk.take("officer", town="芝英镇", name="网格员甲", grid="芝英一格").row_id
        desk.take("grid", town="芝英镇", name="芝英一网格")
        voided = desk.take("grid", town="芝英镇", name="芝英二网格").row_id
        with refuses("E869") as said:
            desk.take("officer", town="芝英镇", name="网格员乙", grid="芝英三网格")
        assert "有的是：芝英一网格、芝英二网格；" in said[0]
        desk.void("grid", voided)
        with refuses("E869"):
            desk.take("officer", town="芝英镇", name="网格员乙", grid="芝英二网格")
        desk.take("officer", town="芝英镇", name="网格员乙", grid="芝英一网格")
        desk.take("officer", town="芝英镇", name="网格员丙")
        desk.take("officer", town="石柱镇", name="网格员丁", grid="石柱一网格")
        again = desk.edit("officer", there, grid="芝英一格", phone="13000000000")
        assert [name for name, _, _ in again.changes] == ["phone"]
        with refuses("E869"):
            desk.edit("officer", there, grid="芝英四网格")
        desk.edit("officer", there, grid=CLEAR)

    def test_a_town_has_the_grids_of_those_that_were_merged_into_it(self, desk: Desk) -> None:
        desk.towns()
        for town in ("芝英镇", "石柱镇"):
            desk.take("grid", town=town, name=f"{town}一网格")
        with refuses("E869"):
            desk.take("officer", town="芝英镇", name="网格员甲", grid="石柱镇一网格")
        desk.take("town", code=SHIZHU, until_on="2018-10-01", merged_into=ZHIYING)
        desk.take("officer", town="芝英镇", name="网格员甲", grid="石柱镇一网格")
        with refuses("E869") as said:
            desk.take("officer", town="芝英镇", name="网格员乙", grid="石柱镇二网格")
        assert "有的是：芝英镇一网格、石柱镇一网格；" in said[0]

    def test_whoever_goes_to_another_town_goes_to_a_grid_of_that_town(self, desk: Desk) -> None:
        desk.towns()
        moved = desk.take("officer", town="芝英镇", name="网格员甲", grid="芝英一网格").row_id
        desk.take("grid", town="石柱镇", name="石柱一网格")
        with refuses("E869"):
            desk.edit("officer", moved, town="石柱镇")
        desk.edit("officer", moved, town="石柱镇", grid="石柱一网格")
        assert desk.rows("officer", "town_code", "grid") == [(SHIZHU, "石柱一网格")]

    def test_a_new_ledger_takes_them_over_as_they_are(self, desk: Desk) -> None:
        of_town = {"town": "芝英镇"}
        with desk.gate() as gate:
            for name, told in (
                ("town", {"code": ZHIYING, "name": "芝英镇"}),
                ("grid", {**of_town, "name": "芝英一网格"}),
                ("officer", {**of_town, "name": "网格员甲", "grid": "芝英一格"}),
            ):
                register.take(gate, definition.record(name), told, Finder(gate.connection))
        assert desk.rows("officer", "grid") == [("芝英一格",)]
