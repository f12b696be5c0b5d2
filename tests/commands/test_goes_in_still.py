"""What went in before lists were judged by kind goes in still, with the same answer.

A registry extract of ten headings of which five are no field of any record; every template; every sheet of `export`;
the due form; the forms of towns.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anjian_cli.records import definition
from commands.conftest import Run
from support.import_ledger import code
from support.sweeps import sweep

REGISTRY = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址\n"


def test_a_registry_extract(new_county: Run) -> None:
    rows = [
        f"示例食品公司甲分公司,{code(1)},1981-12-19,N/A,,N/A,食品加工、批发、零售,某省,某市,某省某市某镇桥下",
        f"示例五金厂,{code(2)},2001-02-03,有限责任公司,某甲,50万元,五金制造,某省,某市,某省某市某镇一路1号",
        f"示例电器厂,{code(3)},2011-11-30,个体工商户,某乙,,电器,某省,某市,某省某市某镇二路2号",
    ]
    Path("企业.csv").write_text(REGISTRY + "\n".join(rows), encoding="utf-8")
    said = new_county("import", "企业.csv").splitlines()
    assert said[0] == "《企业.csv》：企业3行，新增3，修改0，不变0。"
    assert "　不认识的列，没有导入：企业类型、注册资金、经营范围、所在省份、地区。" in said
    assert all("可能是" not in line for line in said)


@pytest.mark.unmeasured
@sweep("record", definition.all_records(), ids=lambda record: record.name, keep=13)
def test_every_template_and_every_sheet_that_is_exported(office: Run, record: definition.Record) -> None:
    for ending in ("csv", "xlsx"):
        office(record.noun, "template", "-o", f"空.{ending}")
        assert (
            office("import", f"空.{ending}").splitlines()[0]
            == f"《空.{ending}》：{record.title}0行，新增0，修改0，不变0。"
        )
    exported = re.search(r"已导出(\d+)条", office(record.noun, "export", "-o", "出.csv"))
    assert exported is not None
    count = exported[1]
    assert (
        office("import", "出.csv").splitlines()[0]
        == f"《出.csv》：{record.title}{count}行，新增0，修改0，不变{count}。"
    )


@pytest.mark.thorough
@pytest.mark.unmeasured
def test_the_whole_ledger_and_the_forms_of_towns(office: Run) -> None:
    office("export", "-o", "全部.xlsx")
    said = office("import", "全部.xlsx")
    assert "新增0，修改0，" in said.splitlines()[0]
    office("template", "-o", "空表.xlsx")
    assert (
        office("import", "空表.xlsx").splitlines()[0]
        == f"《空表.xlsx》：{len(definition.all_records())}张表0行，新增0，修改0，不变0。"
    )
    for town in ("芝英", "舟山"):
        office("template", "--each-town", "--town", town, "-o", "下发")
        office("todo", "--each-town", "--town", town, "-o", "回填")
    for folder in ("下发", "回填"):
        said = office("import", folder)
        assert "新增0，修改0，" in said
        assert "未收0行" in said
        assert "可能是" not in said
