"""What a word means in the ledger: towns, villages, indicators, enterprises, and records by their number."""

from __future__ import annotations

import pytest

from anjian_cli.errors import Misread
from anjian_cli.ledger import lookup, schemes
from anjian_cli.ledger.lookup import Finder
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import scheme
from support.desk import SHIZHU, TODAY, ZHIYING, Desk, refuses

CODE, OTHER_CODE = "91330784MA2DAAAA1X", "91330784MA2DBBBB2Y"


@pytest.fixture
def finder(desk: Desk) -> Finder:
    return Finder(desk.ledger)


@pytest.fixture
def guessing(desk: Desk) -> Finder:
    return Finder(desk.ledger, guess=True)


class TestTown:
    @pytest.mark.parametrize("word", ["芝英镇", "芝英", ZHIYING, "　芝英镇 ", "３３０７８４１０９"])
    def test_by_name_short_name_or_code(self, finder: Finder, word: str) -> None:
        assert finder.town(word).code == ZHIYING

    def test_a_near_miss_is_answered_with_what_was_meant(self, finder: Finder) -> None:
        with pytest.raises(Misread) as caught:
            finder.town("芝瑛镇")
        assert caught.value.code == "E231"
        assert "您要填的是“芝英镇”吗" in str(caught.value.fault("芝瑛镇"))

    def test_a_word_far_from_all_is_not(self, finder: Finder) -> None:
        with pytest.raises(Misread) as caught:
            finder.town("北京")
        assert "请核对名称" in str(caught.value.fault("北京"))

    def test_its_place_in_the_offices_order_only_on_the_command_line(self, finder: Finder, guessing: Finder) -> None:
        assert guessing.town("2").code == SHIZHU
        with pytest.raises(Misread):
            finder.town("2")

    def test_the_county(self, finder: Finder) -> None:
        assert finder.town_or_county("全市") is None
        assert finder.town_or_county("合计") is None
        found = finder.town_or_county("石柱")
        assert found is not None
        assert found.code == SHIZHU

    def test_in_the_offices_order_without_voided_ones(self, desk: Desk, finder: Finder) -> None:
        desk.take("town", code="330784111", name="前仓镇", position=0)
        desk.void("town", 1)
        assert [town.name for town in finder.towns()] == ["前仓镇", "石柱镇"]

    def test_a_name_that_is_borne_anew_means_the_unit_that_stands(self, desk: Desk, finder: Finder) -> None:
        desk.take("town", code="330784009", name="芝英镇", from_on="2019-01-01")
        desk.take("town", code=ZHIYING, until_on="2019-01-01", merged_into="330784009")
        assert finder.town("芝英镇").code == "330784009"
        assert finder.town(ZHIYING).code == ZHIYING


class TestVillage:
    @pytest.fixture(autouse=True)
    def villages(self, desk: Desk) -> None:
        desk.take("village", code=f"{ZHIYING}201", name="下溪村")
        desk.take("village", code=f"{SHIZHU}201", name="下溪村")
        desk.take("village", code=f"{SHIZHU}202", name="上溪村")

    def test_by_name_or_code_the_town_deciding(self, finder: Finder) -> None:
        assert finder.village("上溪村", None) == f"{SHIZHU}202"
        assert finder.village("下溪村", ZHIYING) == f"{ZHIYING}201"
        assert finder.village(f"{SHIZHU}201", None) == f"{SHIZHU}201"

    def test_several(self, finder: Finder) -> None:
        with pytest.raises(Misread) as caught:
            finder.village("下溪村", None)
        assert caught.value.code == "E232"
        assert f"2个相符：{ZHIYING}201、{SHIZHU}201" in str(caught.value.fault("下溪村"))

    def test_none_in_that_town(self, finder: Finder) -> None:
        with pytest.raises(Misread) as caught:
            finder.village("上溪村", ZHIYING)
        assert caught.value.code == "E231"


class TestIndicator:
    @pytest.mark.parametrize("word", ["三级新创", "standard.reached.三级新创", "三级标准化新创达标", "三级新创 "])
    def test_by_id_short_word_or_title(self, finder: Finder, word: str) -> None:
        found = finder.indicator(word)
        assert (found.id, found.kind, found.unit) == ("standard.reached.三级新创", "flow", "家")

    def test_a_near_miss(self, finder: Finder) -> None:
        with pytest.raises(Misread) as caught:
            finder.indicator("三级新建")
        assert caught.value.code == "E239"
        assert "您要填的是“三级新创”吗" in str(caught.value.fault("三级新建"))

    def test_what_another_year_asked_is_not_what_was_meant(self, desk: Desk, finder: Finder) -> None:
        shipped = scheme.draft_of(desk.ledger, schemes.all_of(desk.ledger)[0])
        kept = tuple(each for each in shipped.indicators if each.short != "管理人员")
        with desk.gate(command="scheme adopt") as gate:
            scheme.adopt(gate, replace(shipped, name="示例2019", indicators=kept), "2019-01-01")

        def remedy(*days: str) -> str:
            with pytest.raises(Misread) as caught:
                finder.indicator("监管人员", *days)
            return str(caught.value.fault("监管人员"))

        assert "您要填的是“管理人员”吗" in remedy("2018-10-01", "2018-10-31")
        assert "管理人员" not in remedy("2019-01-01", "2019-01-31")
        assert "管理人员" not in remedy()  # the newest

    def test_far_from_all_it_says_where_they_stand(self, finder: Finder) -> None:
        with pytest.raises(Misread) as caught:
            finder.indicator("飞机")
        assert "anjian 指标 列表" in str(caught.value.fault("飞机"))


class TestEnterprise:
    def test_by_code_number_name_and_former_name(self, desk: Desk, finder: Finder) -> None:
        firm = desk.enterprise("永康市恒达工具厂", credit_code=CODE)
        number = str(desk.row("enterprise", firm)["number"])
        desk.take("enterprise", number=number, name="永康市恒达电器有限公司")
        for word in (number, CODE, "永康市恒达电器有限公司", "永康市恒达工具厂", "永康市恒达 工具厂"):
            assert finder.enterprise(word) == firm, word
        assert finder.enterprise(None, CODE) == firm
        assert finder.enterprise("永康市恒达工具厂", CODE) == firm

    @pytest.mark.unmeasured
    def test_none(self, finder: Finder) -> None:
        for name, code in (("某厂", None), (None, CODE), ("某厂", CODE)):
            with pytest.raises(Misread) as caught:
                finder.enterprise(name, code)
            assert caught.value.code == "E233"

    def test_a_code_that_is_another_enterprises(self, desk: Desk, finder: Finder) -> None:
        desk.enterprise("甲厂", credit_code=CODE)
        desk.enterprise("乙厂")
        with pytest.raises(Misread) as caught:
            finder.enterprise("乙厂", CODE)
        assert caught.value.code == "E234"
        assert "“甲厂”" in str(caught.value.fault("乙厂"))

    def test_namesakes_are_told_apart_by_the_town_or_named(self, desk: Desk, finder: Finder) -> None:
        here = desk.enterprise("兴达厂", credit_code=CODE)
        there = desk.enterprise("兴达厂", town="石柱镇", credit_code=OTHER_CODE)
        assert finder.enterprise("兴达厂", None, ZHIYING) == here
        assert finder.enterprise("兴达厂", None, SHIZHU) == there
        with pytest.raises(Misread) as caught:
            finder.enterprise("兴达厂")
        assert caught.value.code == "E232"
        text = str(caught.value.fault("兴达厂"))
        assert "有2个相符" in text
        assert "兴达厂（石柱镇，91330784……BB2Y）" in text
        assert CODE not in text

    def test_a_part_of_the_name_only_on_the_command_line(self, desk: Desk, finder: Finder, guessing: Finder) -> None:
        firm = desk.enterprise("永康市恒达工具厂")
        assert guessing.enterprise("恒达") == firm
        with pytest.raises(Misread):
            finder.enterprise("恒达")
        desk.enterprise("永康市恒达五金厂")
        with pytest.raises(Misread) as caught:
            Finder(desk.ledger, guess=True).enterprise("恒达")
        assert caught.value.code == "E232"

    def test_a_voided_one_is_not_found(self, desk: Desk, finder: Finder) -> None:
        desk.void("enterprise", desk.enterprise("甲厂", credit_code=CODE))
        for name, code in (("甲厂", None), (None, CODE)):
            with pytest.raises(Misread):
                finder.enterprise(name, code)


class TestRecordNumber:
    @pytest.fixture
    def hazards(self, desk: Desk) -> list[int]:
        here, there = desk.enterprise(), desk.enterprise(town="石柱镇")
        made = [desk.hazard(here) for _ in range(12)]
        made.append(desk.hazard(there))
        given = {"enterprise": desk.name(here), "found_on": "2017-05-05", "deadline_on": "2017-05-09"}
        rest = {"source": "网格巡查", "level": "一般", "description": "去年的"}
        made.append(desk.take("hazard", today="2017-05-06", **given, **rest).row_id)
        desk.read("setting", name="台账字母", value="A")
        made.append(desk.hazard(here))
        return made

    @pytest.mark.unmeasured
    @pytest.mark.parametrize(
        ("word", "which"),
        [
            ("330784109-2018-0012", 12),
            ("３３０７８４１０９－２０１８－００１２", 12),
            ("芝英-12", 12),
            ("芝英镇-12", 12),
            ("芝英-0012", 12),
            ("芝英2018-12", 12),
            ("12", 12),
            ("0012", 12),
            ("109-2018-0012", 12),
            ("石柱-1", 13),
            ("110-2018-0001", 13),
            ("芝英2017-1", 14),
            ("2017-0001", 14),
            ("芝英-A13", 15),
            ("芝英-a13", 15),
            ("A0013", 15),
        ],
    )
    def test_number_short_form_and_tail(self, desk: Desk, hazards: list[int], word: str, which: int) -> None:
        assert lookup.record_id(desk.ledger, "hazard", word, TODAY) == hazards[which - 1]

    @pytest.mark.usefixtures("hazards")
    @pytest.mark.parametrize("word", ["芝英-99", "99", "330784109-2018-0099", "芝英-13", "", "某", "%", "0_12"])
    def test_none(self, desk: Desk, word: str) -> None:
        with refuses("E451"):
            lookup.record_id(desk.ledger, "hazard", word, TODAY)

    @pytest.mark.usefixtures("hazards")
    def test_several(self, desk: Desk) -> None:
        with refuses("E452") as messages:
            lookup.record_id(desk.ledger, "hazard", "0001", TODAY)
        assert "330784109-2018-0001、330784110-2018-0001" in messages[0]

    @pytest.mark.usefixtures("hazards")
    def test_a_town_that_is_not_there(self, desk: Desk) -> None:
        with refuses("E231"):
            lookup.record_id(desk.ledger, "hazard", "芝瑛-12", TODAY)

    def test_a_voided_one_only_by_its_whole_number(self, desk: Desk, hazards: list[int]) -> None:
        desk.void("hazard", hazards[11])
        assert lookup.record_id(desk.ledger, "hazard", "芝英-12", TODAY) == hazards[11]
        with refuses("E451"):
            lookup.record_id(desk.ledger, "hazard", "12", TODAY)

    def test_the_year_of_the_short_form_is_that_of_the_business_day(self, desk: Desk, hazards: list[int]) -> None:
        assert lookup.record_id(desk.ledger, "hazard", "芝英-1", "2017-12-31") == hazards[13]

    @pytest.mark.parametrize(
        ("number", "short"),
        [
            ("330784109-2018-0012", "芝英-12"),
            ("330784109-2017-0001", "芝英2017-1"),
            ("330784109-2018-A0013", "芝英-A13"),
            ("330784109-2017-A0013", "芝英2017-A13"),
            ("330784-2018-0012", "330784-2018-0012"),
            ("330784109", "330784109"),
        ],
    )
    def test_how_people_say_a_number(self, desk: Desk, number: str, short: str) -> None:
        assert lookup.short_number(desk.ledger, number, TODAY) == short

    def test_many_numbers_each_in_its_place(self, desk: Desk) -> None:
        numbers = ["330784109-2017-0001", "永康市甲厂", "330784109-2018-0012", "330784109-2017-0001"]
        shorts = ["芝英2017-1", "永康市甲厂", "芝英-12", "芝英2017-1"]
        assert lookup.short_numbers(desk.ledger, numbers, TODAY) == shorts


def test_a_towns_code_is_a_record_number_too(desk: Desk) -> None:
    assert lookup.record_id(desk.ledger, "town", SHIZHU, TODAY) == 2
