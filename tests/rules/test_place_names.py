"""Words that follow from the names of a region and its towns."""

from __future__ import annotations

import pytest

from anjian_cli.rules import place_names


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("永康市", "全市"),
        ("武义县", "全县"),
        ("长阳土家族自治县", "全县"),
        ("临平区", "全区"),
        ("神农架林区", "全区"),
        ("鄂温克族自治旗", "全旗"),
        ("延边朝鲜族自治州", "全州"),
        ("", "全市"),
        ("保定白沟新城", "全市"),
    ],
)
def test_the_region_as_a_whole(region: str, said: str) -> None:
    assert place_names.whole(region) == said
    assert said in place_names.WHOLE  # what is printed is understood


@pytest.mark.parametrize(
    ("towns", "said", "brief"),
    [
        (["芝英镇"], "镇", "镇"),
        (["大田乡"], "乡", "乡"),
        (["东城街道"], "街道", "街"),
        (["开发区"], "功能区", "区"),
        (["芝英镇", "大田乡"], "乡镇", "乡镇"),
        (["芝英镇", "东城街道"], "镇（街道）", "镇街"),
        (["芝英镇", "开发区"], "镇（功能区）", "镇区"),
        (["东城街道", "高新产业园"], "街道（功能区）", "街区"),
        (["芝英镇", "东城街道", "开发区"], "镇（街、区）", "镇街区"),
        (["芝英镇", "大田乡", "东城街道"], "乡镇（街道）", "乡镇街"),
        (["芝英镇", "大田乡", "东城街道", "国营林场"], "乡镇（街、区）", "乡镇街区"),
        (["巴彦嵯岗苏木", "大雁镇"], "苏木镇", "苏木镇"),
        (["芝英镇", "方岩"], "镇（街、区）", "镇街区"),
        ([], "镇（街、区）", "镇街区"),
    ],
)
def test_the_units(towns: list[str], said: str, brief: str) -> None:
    assert place_names.units(towns) == said
    assert place_names.brief_units(towns) == brief


@pytest.mark.parametrize(
    ("towns", "said"),
    [
        (["芝英镇", "东城街道"], "各镇人民政府、街道办事处，县安委会各成员单位"),
        (["芝英镇", "大田乡"], "各乡镇人民政府，县安委会各成员单位"),
        (["东城街道"], "各街道办事处，县安委会各成员单位"),
        (
            ["大田乡", "东城街道", "开发区", "城西新区"],
            "各乡人民政府、街道办事处，开发区、城西新区管委会，县安委会各成员单位",
        ),
        (["芝英镇", "国营林场"], "各镇人民政府，国营林场，县安委会各成员单位"),
        (["芝英镇", "高新区管委会"], "各镇人民政府，高新区管委会，县安委会各成员单位"),
        ([], "各镇人民政府、街道办事处，县安委会各成员单位"),
    ],
)
def test_whom_a_letter_goes_to(towns: list[str], said: str) -> None:
    assert place_names.addressees("武义县", towns) == said
