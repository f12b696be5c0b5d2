"""`anjian remind` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., str]


def test_messages_by_town_in_every_form(office: Run, tmp_path: Path) -> None:
    said = office("催办", "--镇街", "芝英")
    assert "【催办】芝英镇（11月2日）：逾期" in said
    (told,) = json.loads(office("remind", "--town", "芝英", "--format", "json"))
    assert told["text"] in said
    office("催办", "--按", "机构", "-o", "发出")
    written = list((tmp_path / "发出").glob("*_催办.txt"))
    assert written
    assert not any(path.stat().st_mode & 0o077 for path in written)


def test_since_the_last_time(office: Run) -> None:
    assert "还没有在这里催办过" in office("催办", "--自", "上次", code=2)
    office("催办")
    assert "没有新添的" in office("催办", "--自", "上次")
    assert "还没有在这里催办过" in office("催办", "--按", "部门", "--自", "上次", code=2)


def test_what_does_not_go_together_is_refused(office: Run) -> None:
    assert "〔E106〕" in office("催办", "--按", "网格员", "--镇街", "芝英", code=2)
    assert "〔E213〕" in office("催办", "--自", "2018-12-01", code=1)
    assert "〔E203〕" in office("催办", "--按", "村", code=1)
