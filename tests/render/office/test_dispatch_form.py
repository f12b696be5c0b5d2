"""Who signs stands on the form for the office alone, which is filled in as far as anything is known."""

from __future__ import annotations

import io

import pytest
from docx import Document

from anjian_cli.bulletin.evidence import Evidence
from anjian_cli.bulletin.notice import Notice, notice
from anjian_cli.bulletin.value import Office
from anjian_cli.light_dataclasses import replace
from anjian_cli.render.formats import Material
from anjian_cli.render.office.annex import annexes
from anjian_cli.render.office.dispatch_form import dispatch_form
from anjian_cli.render.office.issue_set import issue_set
from anjian_cli.render.office.letter import letter
from support.bulletin_builder import bulletin

pytestmark = pytest.mark.unmeasured
OFFICE = Office("某安委办", "各镇人民政府", "市委办公室，某局", "联系人：甲", 15, 12)


def told(made: Notice, clerk: str) -> dict[str, str]:
    """What stands beside each label."""
    (table,) = Document(io.BytesIO(dispatch_form(made, clerk))).tables
    found: dict[str, str] = {}
    for line in table.rows:
        cells = list(dict.fromkeys(cell._tc for cell in line.cells))
        words = ["".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t")) for cell in cells]
        found.update(zip(words[::2], words[1::2], strict=True))
    return found


def test_what_is_known_is_filled_in_and_the_rest_is_left_to_write() -> None:
    made = notice(replace(bulletin(1), office=OFFICE))
    known = told(made, "经办人甲")
    assert known["拟稿"] == "经办人甲"
    assert known["发文字号"] == "某安委办〔2018〕　　号"
    assert known["主送"] == "各镇人民政府"
    assert known["抄送"] == "市委办公室，某局"
    assert known["标题"] == "".join(made.title)
    assert known["附件"].startswith(f"{len(made.attachments)}件：{made.attachments[0]}；")
    assert [known[label] for label in ("签发", "核稿", "密级（不涉密的不填）", "印发日期")] == [""] * 4
    issued = replace(bulletin(1), state="issued", issued_on="2018-11-05", document_number="某安委办〔2018〕15号")
    known = told(notice(replace(issued, office=OFFICE)), "")
    assert (known["发文字号"], known["印发日期"], known["拟稿"]) == ("某安委办〔2018〕15号", "2018年11月5日", "")
    assert told(replace(made, attachments=()), "")["附件"] == "无"


def test_the_draft_bears_its_mark_and_day() -> None:
    made = notice(replace(bulletin(1), known_at="2018-11-02T01:00:00Z"))
    document = Document(io.BytesIO(dispatch_form(made, "")))
    assert document.sections[0].header.paragraphs[0].text == made.mark
    assert made.mark.startswith("核对稿　数据时点2018-11-02")


def test_it_is_in_the_set_and_nobody_signs_on_the_letter() -> None:
    found = bulletin(1)
    files = dict(issue_set(Material(found, Evidence(clerk="经办人甲")), typesetter=False))
    (name,) = [name for (name, *_) in files if "发文稿纸" in name]
    assert name == "2018年10月内部_发文稿纸.docx"
    assert files[(name,)]() == dispatch_form(notice(found), "经办人甲")
    words = [line.text for line in Document(io.BytesIO(letter(notice(found), annexes(found)))).paragraphs]
    assert not any("签发" in line or "密级" in line for line in words)
