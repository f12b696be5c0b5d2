"""A hazard is handed over with a letter, is in the to-do until it is answered, and goes out as an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., str]


@pytest.fixture
def handed(new_county: Run) -> Run:
    for name in ("示例建设局", "示例消防大队"):
        new_county("部门", "新增", name)
    new_county("企业", "新增", "示例甲厂", "--镇街", "芝英", "--无代码原因", "在办")
    new_county("隐患", "新增", "示例甲厂", "--描述", "喷漆房无防爆灯", "--发现日期", "10-20", "--期限", "11-30")
    return new_county


def test_it_is_due_by_the_day_told_or_ten_days_later(handed: Run) -> None:
    said = handed("hazard", "refer", "芝英-1", "--department", "示例建设局", "--on", "10-25", "--document", "例抄1号")
    assert "已移交给示例建设局" in said
    assert "2018-10-25移交，2018-11-04前答复" in said
    assert "移交答复 示例建设局" in handed("待办")
    said = handed("隐患", "移交", "芝英-1", "--部门", "示例消防大队", "--日期", "10-30", "--答复期限", "11-9")
    assert "2018-11-09前答复" in said
    listed = handed("隐患", "列表", "--format", "json")
    assert "例抄1号" not in listed  # which was that of the handing over before


def test_the_answer_settles_it(handed: Run) -> None:
    handed("设置", "新增", "移交答复天数", "--值", "3", "--起用日期", "2018-10-01")
    handed("隐患", "移交", "芝英-1", "--部门", "示例建设局", "--日期", "10-25")
    assert "逾5天" in handed("待办")
    assert "2018-10-31答复" in handed("隐患", "答复", "芝英-1", "--日期", "10-31", "--内容", "已责令停用")
    assert "移交答复" not in handed("待办")
    assert "已责令停用" in handed("隐患", "查看", "芝英-1")
    assert "E862" in handed("hazard", "answer", "芝英-1", code=4)
    assert "E214" in handed("隐患", "移交", "芝英-1", "--部门", "示例消防大队", "--期限", "2018-10-01", code=1)


def test_a_persons_name_leaves_masked(handed: Run) -> None:
    told = ("--当事人", "王小明", "--镇街", "芝英", "--案由", "无证作业", "--立案日期", "10-9")
    said = handed("执法", "新增", "例立案1号", *told, "--当事人类别", "个人", "--违法类型", "违规作业")
    assert "王小明" not in said
    for line in (("列表",), ("查看", "芝英-1"), ("导出", "--format", "csv"), ("列表", "--format", "json")):
        said = handed("执法", *line)
        assert "王小明" not in said
        assert "王**" in said
    assert "王小明" in handed("执法", "导出", "--带电话", "--format", "csv")
    assert "王小明" not in handed("日志", "6")
