"""TOML as it is typed on a Chinese keyboard: names without quotation marks, wide signs; text within stays."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.exchange.chinese_toml import Unreadable, parsed, quoted


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("名称 = “永康2026”", {"名称": "永康2026"}),
        ("名称＝”永康2026“", {"名称": "永康2026"}),
        ("名称：＂永康＂", {"名称": "永康"}),
        ("满分 = ４０", {"满分": 40}),
        ("满分 = 2.50  # 说明：“不读”", {"满分": "2.50"}),
        ("满分　=　1", {"满分": 1}),
        ("［办法］\n文号 = 1", {"办法": {"文号": 1}}),
        ("【【指标】】\na=1\n[[指标]]\na=2", {"指标": [{"a": 1}, {"a": 2}]}),
        ("[办法.等次]\n优秀 = 90", {"办法": {"等次": {"优秀": 90}}}),
        ("等次 = ｛ 优秀 = 90， 良好 = 80 ｝", {"等次": {"优秀": 90, "良好": 80}}),
        ("词 = [“甲”，“乙”,\n “丙”]", {"词": ["甲", "乙", "丙"]}),
        ('说 = "完成“三同时”的，＝不改：# 也不是说明"', {"说": "完成“三同时”的，＝不改：# 也不是说明"}),
        ("说 = '甲\\乙“'", {"说": "甲\\乙“"}),
        ("说 = “甲\\乙”", {"说": "甲\\乙"}),
        ('说 = """甲\n名称 = 1\n“乙" """\n名称 = 2', {"说": '甲\n名称 = 1\n“乙" ', "名称": 2}),
        ('说 = """甲"""""\n名称 = 2', {"说": '甲""', "名称": 2}),
        ('说 = "甲\\"乙"\n名称 = 2', {"说": '甲"乙', "名称": 2}),
        ("日 = 2026-01-01\r\n名称 = 1", {"日": tomllib.loads("a = 2026-01-01")["a"], "名称": 1}),
        ("# 名称 = “a\n名称 = 1", {"名称": 1}),
        ("＃ 名称\n名称 = 1", {"名称": 1}),
    ],
)
def test_typed(typed: str, told: dict[str, object]) -> None:
    assert parsed(typed.encode()).told == told
    assert parsed(typed.encode("gb18030")).told == told


@pytest.mark.parametrize(
    ("typed", "row", "why"),
    [
        ("甲 = 1\n乙 = 是", 2, "等号后面看不懂：文字要放在引号里"),
        ("甲 = 1\n甲 = 2\n丙 = 1", 2, "写了两次"),
        ("\n说 = “甲\n乙 = 1", 2, "引号没有成对，或者有看不见的字符"),
        ('甲 = "x" 乙 = 1', 1, "一行写了不止一项，或者文字没有放在引号里"),
        ("[[甲]\n", 1, "方括号没有成对"),
        ("甲\n乙", 1, "看不懂这一行"),
        ('甲 = """\n1\n2', 3, "引号没有成对"),
    ],
)
def test_told_in_chinese_at_its_line(typed: str, row: int, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parsed(typed.encode())
    assert (caught.value.row, caught.value.why, caught.value.twice) == (row, why, why == "写了两次")


def test_the_lines_on_which_something_begins() -> None:
    typed = '# 说明\n[办法]\n\n名称 = """a\n乙 = 1\n"""\n词 = [\n “甲”，\n]\n 丙 = 1'
    assert parsed(typed.encode()).begins == [2, 4, 7, 10]


@pytest.mark.unmeasured
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_in_quotation_marks_stays_as_it_is(text: str) -> None:
    typed = f"甲 = {quoted(text)}\n乙 = [{quoted(text)}]\n{quoted('丙' + text)} = 1\n"
    assert parsed(typed.encode()).told == {"甲": text, "乙": [text], "丙" + text: 1}


@pytest.mark.unmeasured
@given(st.dictionaries(st.text(st.characters(categories=["Lo", "Ll", "Nd"]), min_size=1), st.integers(0, 9)))
def test_what_is_toml_already_means_the_same(told: dict[str, int]) -> None:
    typed = "\n".join(f"{quoted(name)} = {value}" for name, value in told.items())
    assert parsed(typed.encode()).told == tomllib.loads(typed) == told


@given(st.text("甲乙a1=＝“”\"'[]［］{}，,。.#\n \\：", max_size=40))
def test_anything_is_read_or_refused(text: str) -> None:
    lines = text.count("\n") + 1
    try:
        made = parsed(text.encode())
    except Unreadable as error:
        row = error.row
    else:
        row = made.text.count("\n") + 1
        assert row == lines
    assert row is None or 1 <= row <= lines
