"""What of a person is hidden in what leaves, and how it is known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.errors import Misread
from anjian_cli.records import codes, definition, masking
from anjian_cli.records.codes import Masked

BORN = "330722196501170105"
"""Made up, with the right check character."""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800000005", "138****0005"),
        ("0579-87000001", "057******0001"),
        ("87000001", "87****01"),
        ("8700001", "8****01"),
        ("1380000", "1****00"),
        ("138000000050", "138*****0050"),
        ("138****0005", "138****0005"),
        ("无", "无"),
        ("", ""),
    ],
)
def test_a_telephone_number_keeps_its_ends(number: str, shown: str) -> None:
    assert masking.telephone(number) == shown


@pytest.mark.unmeasured
@given(st.from_regex(r"1[3-9][0-9]{9}|0[0-9]{2,3}-[2-9][0-9]{6,7}|[2-9][0-9]{6,7}|400[0-9]{7}", fullmatch=True))
def test_what_was_hidden_is_known_again(number: str) -> None:
    hidden = masking.telephone(number)
    assert hidden.count("*") >= 4
    back = codes.phone(hidden)
    assert isinstance(back, Masked)
    assert masking.fits(back, number)
    assert not masking.fits(back, number[:-1] + ("1" if number[-1] == "0" else "0"))
    assert not isinstance(codes.phone(number), Masked)


@pytest.mark.parametrize("typed", ["***", "1380*000", "张三****", "138****0005、139****0006", "138xxxx0005"])
def test_what_hides_otherwise_is_no_number_at_all(typed: str) -> None:
    with pytest.raises(Misread) as misread:
        codes.phone(typed)
    assert misread.value.code == "E250"


def test_full_width_asterisks_hide_as_well() -> None:
    assert codes.phone("138＊＊＊＊0005") == "138****0005"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"法人身份证{BORN}，", "法人身份证330722********0105，"),
        ("33072219650117001X", "33072219650117001X"),  # the check character is another
        ("330784201810090012", "330784201810090012"),  # so it is where a document is numbered by day
        ("33072219651301001X", "33072219651301001X"),
        (f"91{BORN}", f"91{BORN}"),
        ("联系张三13800000005。", "联系张三138****0005。"),
        ("合同13800000005号以外的138000000051", "合同138****0005号以外的138000000051"),
        ("HT13800000005", "HT13800000005"),
    ],
)
def test_numbers_of_people_in_a_text(text: str, shown: str) -> None:
    assert masking.in_text(text) == shown
    assert masking.in_text(shown) == shown
    assert masking.restored(shown, text) == text


def test_a_text_that_was_changed_beside_a_hidden_number_keeps_it() -> None:
    known = f"身份证{BORN}，电话13800000005"
    assert masking.restored("电话138****0005已换，身份证330722********0105", known) == (
        f"电话13800000005已换，身份证{BORN}"
    )
    assert masking.restored("电话139****0006", known) == "电话139****0006"


def test_telephones_may_be_asked_for_and_identity_numbers_not() -> None:
    firm = definition.record("enterprise")
    row = {
        "number": "甲-1",
        "name": "13800000005厂",
        "phone": "87000001",
        "remark": f"13800000005 {BORN}",
        "town": None,
    }
    out = masking.leaving(firm, [row, {"number": "甲-2", "remark": "13800000005"}])
    assert out.rows[0]["phone"] == "87****01"
    assert out.rows[0]["remark"] == "138****0005 330722********0105"
    assert out.hidden_in == ["甲-1"]
    out = masking.leaving(firm, [row], phones=True)
    assert (out.rows[0]["phone"], out.rows[0]["remark"]) == ("87000001", "13800000005 330722********0105")
    assert out.hidden_in == ["甲-1"]


def test_names_of_other_records_and_settings_stay() -> None:
    hazard, setting = definition.record("hazard"), definition.record("setting")
    assert masking.shown(hazard.columns["enterprise"], "13800000005厂") == "13800000005厂"
    assert masking.shown(definition.record("enterprise").columns["name"], "13800000005厂") == "13800000005厂"
    assert masking.shown(setting.columns["value"], "13800000005") == "13800000005"
