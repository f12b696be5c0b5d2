"""A town's own layout in a file: what it means for a sheet, and every way in which it can be written wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anjian_cli.errors import Refused
from anjian_cli.exchange import heading_proposal, headings, kind, mapped_rows, mapping, mapping_text, opened_file
from anjian_cli.exchange.content import Sheet
from anjian_cli.exchange.headings import NOTHING, Own
from anjian_cli.exchange.lines import Form
from anjian_cli.exchange.mapping import Layout, Section
from anjian_cli.exchange.opened_file import Opened
from anjian_cli.records import definition
from exchange.books import saved, xlsx

HAZARD = definition.record("hazard")
OWN = """\
# 芝英镇
["隐患"]
"忽略" = ["序号", "照 片"]

["隐患"."列名"]
"企业全称" = "企业名称"
"发现时间" = "found_on"
"情况" = "描述"

["隐患"."固定值"]
"镇（街、区）" = "芝英镇"
"隐患来源" = "网格巡查"
"""
HEADS = ["序号", "企业全称", "发现时间", "级别", "情况", "期限", "照片", "天气"]


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        mapping.parse("芝英.toml", text if isinstance(text, bytes) else text.encode())
    return [str(fault) for fault in refused.value.faults]


def parsed(data: bytes) -> Layout | Refused:
    try:
        return mapping.parse("芝英.toml", data)
    except Refused as refused:
        return refused


def layout(text: str = OWN) -> Layout:
    return mapping.parse("芝英.toml", text.encode())


def opened(tmp_path: Path, rows: list[list[str]], told: Layout) -> Opened:
    path = tmp_path / "芝英镇.csv"
    path.write_text("\n".join(map(",".join, rows)), "utf-8")
    (one,) = opened_file.open_files(path, layout=told)
    return one


def test_what_a_mapping_says() -> None:
    (section,) = layout().sections
    assert section.record is HAZARD
    assert section.columns == {"企业全称": "enterprise", "发现时间": "found_on", "情况": "description"}
    assert (section.ignored, section.sheet) == (("序号", "照 片"), "")
    assert section.fixed == {"town": "芝英镇", "source": "网格巡查"}
    assert str(layout().place(HAZARD, "source")) == "《芝英.toml》第12行“隐患来源”"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_as_an_office_program_saves_it(encoding: str) -> None:
    assert mapping.parse("芝英.toml", OWN.replace("\n", "\r\n").encode(encoding)) == layout()


def test_english_words_and_values_without_quotation_marks() -> None:
    text = '[target]\nignored = ["序号"]\n[target.columns]\n"任务" = "任务数"\n[target.fixed]\n"年度" = 2018\n'
    (section,) = layout(text).sections
    assert (section.record.name, section.fixed, section.ignored) == ("target", {"year": "2018"}, ("序号",))
    (section,) = layout('["隐患"."固定值"]\n"发现日期" = 2018-10-09\n').sections
    assert section.fixed == {"found_on": "2018-10-09"}


def test_every_fault_at_once_with_its_line() -> None:
    kinds = "、".join(record.title for record in definition.all_records())
    assert faults(
        '["隐患"]\n"忽略" = ["情况", 3]\n"别的" = 1\n'
        '["隐患"."列名"]\n"情况" = "描述"\n"企业全称" = "企业名"\n"编码" = "现状"\n"资金（万元）" = "资金"\n'
        '"整改 资金" = "资金"\n"整改资金" = "措施"\n"期限" = 5\n'
        '["隐患"."固定值"]\n"隐患级别" = "较大"\n"整改期限" = "10-28"\n"隐患来源" = ""\n'
        '"级别" = "一般"\n"预案" = true\n'
        '["隐换"]\n'
    ) == [
        "《芝英.toml》第3行：对照里没有“别的”这一项。可以写 工作表、忽略、列名、值、固定值。〔E324〕",
        '《芝英.toml》第2行：“忽略”的写法不对。请写成如 "企业名称"。〔E325〕',
        "《芝英.toml》第6行：“隐患”没有“企业名”这一列。您要填的是“企业名称”吗？〔E323〕",
        "《芝英.toml》第7行：“隐患”没有“现状”这一列。列名见空表：anjian hazard template -o 隐患空表.csv。〔E323〕",
        "《芝英.toml》第8行：“资金（万元）”和“资金（元）”的单位不同，对照不换算。请在表里换算，或请对方改列名和数字。〔E327〕",
        "《芝英.toml》第10行：列“整改资金”的去处写了两种。请只留一种。〔E326〕",
        '《芝英.toml》第11行：“期限”的写法不对。请写成如 "企业名称"。〔E325〕',
        "《芝英.toml》第13行“隐患级别”：“较大”——隐患只分“一般”“重大”两级（总局令第16号第三条）；“较大”是事故等级。请改填“一般”或“重大”。〔E241〕",
        "《芝英.toml》第14行“整改期限”：“10-28”——没有写年份。文件里的日期要写全，如 2018-10-09。〔E216〕",
        "《芝英.toml》第15行“隐患来源”：没有填。此项必填。〔E202〕",
        '《芝英.toml》第17行：“预案”的写法不对。请写成如 "企业名称"。〔E325〕',
        "《芝英.toml》第5行：列“情况”的去处写了两种。请只留一种。〔E326〕",
        f"《芝英.toml》第18行：没有“隐换”这一类记录。可以是 {kinds}。〔E322〕",
    ]


def test_names_need_no_quotation_marks_and_may_have_chinese_ones() -> None:
    plain = '["隐患"."列名"]\n"企业全称" = "企业名称"\n"措施" = "整改措施"'
    typed = "［隐患．列名］\n企业全称＝“企业名称”  # 全称\n“措施”：“整改措施”"
    assert [mapping.parse("芝英.toml", text.encode()).sections for text in (typed, plain)] == [
        mapping.parse("芝英.toml", plain.encode()).sections
    ] * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('["隐患"."列名"]\n企业全称 = 企业名称\n', "第2行：不是对照的写法。名称和值都放在英文双引号里"),
        ('["隐患"."列名"]\n“企业全称” = "企业名称\n', "第2行：不是对照的写法。名称和值都放在英文双引号里"),
        ('["隐患"."列名"]\n"a" = "描述"\n"a" = "措施"\n', "第3行：同一个名称写了两次。请删去一处"),
        ('["隐患"]\n["hazard"]\n', "第2行：同一个名称写了两次。请删去一处"),
        ('["隐患"."固定值"]\n"描述" = "甲"\n"隐患内容" = "乙"\n', "第3行：同一个名称写了两次。请删去一处"),
        ('["隐患"]\n"列名" = {}\ncolumns = {}\n', "第3行：同一个名称写了两次。请删去一处"),
        ('["隐患"]\n"列名" = "企业全称"\n', '第2行：“列名”的写法不对。请写成如 ["隐患"."列名"]，下面一行一个'),
        ('"隐患" = 1', "第1行：“隐患”的写法不对。"),
        ("# 空\n", "：没有写一条对照。"),
        (b"\n\x81\xff\xff", "第2行：不是对照的写法。"),
    ],
)
def test_what_cannot_be_read(text: str | bytes, said: str) -> None:
    (told,) = faults(text)
    assert told.startswith(f"《芝英.toml》{said}")


def test_files_that_are_no_mappings(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "无.toml", "E305"), (tmp_path, "E305")):
        with pytest.raises(Refused) as refused:
            mapping.read(path)
        assert [fault.code for fault in refused.value.faults] == [code]
    (tmp_path / "大.toml").write_bytes(b"#" * (mapping.LARGEST + 1))
    with pytest.raises(Refused, match="文件太大"):
        mapping.read(tmp_path / "大.toml")


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.builds(
            lambda lines: "\n".join(lines).encode(),
            st.lists(
                st.one_of(
                    st.sampled_from(
                        [
                            '["隐患"]',
                            '["隐患"."列名"]',
                            "[hazard.fixed]",
                            '["企业"."固定值"]',
                            '"工作表" = "甲"',
                            "a.b = 1",
                        ]
                    ),
                    st.builds(
                        "{} = {}".format,
                        st.sampled_from(['"企业全称"', '"隐患来源"', '"忽略"', '"列名"', "columns", '"现状"', '""']),
                        st.one_of(
                            st.sampled_from(
                                ['"描述"', '"网格巡查"', "[]", '["甲", 1]', "{}", "nan", "1", "true", "2018-13-01", '"']
                            ),
                            st.text(max_size=5),
                            st.sampled_from(["[" * 3000, "9" * 5000, '"' + "长" * 600 + '"', "07:32:00"]),
                        ),
                    ),
                    st.text(max_size=12),
                ),
                max_size=6,
            ),
        ),
    )
)
def test_any_bytes_are_a_mapping_or_are_refused_in_words(data: bytes) -> None:
    found = parsed(data)
    if isinstance(found, Refused):
        assert found.faults
        assert all(str(fault).startswith("《芝英.toml》") for fault in found.faults)
        return
    for section in found.sections:
        own = section.own
        try:
            match = headings.match(Sheet("a.csv", "", [(1, HEADS), (2, ["甲"] * 9)]), section.record, own=own)
        except Refused:
            continue
        mapped_rows.filled_in(Form(Sheet("a.csv", "", [(1, HEADS), (2, ["甲"] * 9)]), section.record, match), own)
    assert mapping.parse("芝英.toml", mapping_text.written(found).encode()).sections == found.sections


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(lambda text: headings.key(text) != "")


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(NAMES, st.sampled_from(["description", "enterprise"]), max_size=3), NAMES)
def test_what_is_written_reads_back(columns: dict[str, str], ignored: str) -> None:
    told = Layout("", (Section(HAZARD, columns, (ignored, "甲\x7f\n乙"), {"town": "芝英镇"}, "表"),))
    found = parsed(mapping_text.written(told).encode())
    if isinstance(found, Refused):  # one heading in two spellings, or ignored as well
        assert {fault.code for fault in found.faults} <= {"E326", "E327", "E321"}
        return
    assert (found.sections[0].own.fields, found.sections[0].sheet) == (told.sections[0].own.fields, "表")


class TestOnASheet:
    def test_columns_ignored_and_fixed(self, tmp_path: Path) -> None:
        row = ["1", "甲厂", "2018-10-09", "一般", "无罩", "2018-10-31", "有", "晴"]
        one = opened(tmp_path, [HEADS, row, ["合计", "1"], row[:3]], layout())
        (form,) = one.forms
        assert one.report.faults == []
        assert one.report.parts[0].unknown == ["天气"]
        assert form.heading.titles["enterprise"] == "企业全称"
        assert form.heading.fields == {
            1: "enterprise",
            2: "found_on",
            3: "level",
            4: "description",
            5: "deadline_on",
            8: "town",
            9: "source",
        }
        assert [cells for _, cells in form.sheet.rows][1:] == [
            [*row, "芝英镇", "网格巡查"],
            ["合计", "1"],
            [*row[:3], "", "", "", "", "", "芝英镇", "网格巡查"],
        ]

    def test_a_row_is_as_wide_as_its_sender_sees_it(self, tmp_path: Path) -> None:
        (form,) = opened(tmp_path, [HEADS, ["1", *"甲乙丙丁戊己庚", "多"]], layout()).forms
        assert [str(fault) for fault in form.sheet.faults] == [
            "《芝英镇.csv》第2行：有9格，列名只有8列。请核对这一行是否多了分隔符。〔E307〕"
        ]
        assert len(form.sheet.rows) == 1

    def test_cells_go_before_fixed_values(self, tmp_path: Path) -> None:
        one = opened(tmp_path, [[*HEADS, "来源", "属地"], ["1", "甲厂"]], layout())
        assert [str(note) for note in one.report.notes] == [
            "《芝英镇.csv》“属地”（J列）：对照里的固定值“芝英镇”没有用：表里有这一列。以表里填的为准。〔N303〕",
            "《芝英镇.csv》“来源”（I列）：对照里的固定值“网格巡查”没有用：表里有这一列。以表里填的为准。〔N303〕",
        ]
        assert one.forms[0].sheet.rows[1] == (2, ["1", "甲厂"])

    def test_what_is_still_missing(self, tmp_path: Path) -> None:
        one = opened(tmp_path, [HEADS[:5], ["1"]], layout())
        (fault,) = map(str, one.report.faults)
        assert fault.startswith("《芝英镇.csv》第1行：缺少必填的列：整改期限。请补上，或使用空表：")

    def test_it_decides_between_record_types(self) -> None:
        sheet = Sheet("a.csv", "", [(1, ["企业名称", "镇（街、区）", "类别"])])
        kinds = [definition.record(name) for name in ("programme", "trusteeship")]
        with pytest.raises(Refused, match="分不清是哪一类记录"):
            kind.recognise(sheet, kinds)
        fixed = dict.fromkeys(headings.required(kinds[1]), "甲")
        assert kind.recognise(sheet, kinds, {"trusteeship": Own(fixed=fixed)}) is kinds[1]

    def test_named_sheets(self, tmp_path: Path) -> None:
        rows = [HEADS, ["1", "甲厂", "2018-10-09", "一般", "无罩", "2018-10-31"]]
        path = saved(tmp_path / "芝英.xlsx", xlsx({"说明": rows, "别的": [["企业全称", "情况"]]}))
        told = layout(OWN.replace('"忽略"', '"工作表" = "说明"\n"忽略"'))
        (one,) = opened_file.open_files(path, layout=told)
        assert [form.sheet.name for form in one.forms] == ["说明"]
        assert (one.report.passed_over, one.report.notes) == (["别的"], [])
        (one,) = opened_file.open_files(path, HAZARD, layout=told)
        assert [form.sheet.name for form in one.forms] == ["说明"]
        (one,) = opened_file.open_files(path, layout=layout(OWN.replace('"忽略"', '"工作表" = "10月"\n"忽略"')))
        assert (one.forms, [str(note) for note in one.report.notes]) == (
            (),
            ["《芝英.xlsx》：文件里没有对照写的工作表“10月”。请核对对照文件。〔N304〕"],
        )

    def test_the_only_sheet_is_meant_whatever_it_is_called(self, tmp_path: Path) -> None:
        rows = [HEADS, ["1", "甲厂", "2018-10-09", "一般", "无罩", "2018-10-31"]]
        told = layout(OWN.replace('"忽略"', '"工作表" = "10月"\n"忽略"'))
        (one,) = opened_file.open_files(saved(tmp_path / "芝英.xlsx", xlsx({"Sheet1": rows})), layout=told)
        assert (len(one.forms), one.report.notes) == (1, [])


def test_what_a_mapping_says_goes_before_what_a_heading_means() -> None:
    own = Own({"备注": "measures"}, frozenset({"经费(补助)", "资金"}))
    heads = ["企业名称", "发现日期", "隐患来源", "级别", "描述", "期限", "备 注", "资金"]
    found = headings.match(Sheet("a.csv", "", [(1, heads)]), HAZARD, own=own)
    assert (found.fields[6], 7 in found.fields, found.unknown) == ("measures", False, [])
    assert headings.match(Sheet("a.csv", "", [(1, heads)]), HAZARD, own=NOTHING).fields[7] == "funds"


def test_a_mapping_with_what_is_proposed() -> None:
    heads = ["企业全称", "所属\n镇街", "发现日期", "级别", "隐患部位及描述", "整改时限", "照片"]
    proposal = heading_proposal.propose(Sheet("芝英镇.csv", "", [(1, heads)]), [HAZARD])
    assert proposal is not None
    text = mapping_text.written(
        layout('["隐患"]\n"忽略" = ["序号"]\n["企业"."列名"]\n"厂名" = "企业名称"\n'), [proposal]
    )
    assert text == (
        "# 表格对照：等号左边是表上的列名，右边是台账的列名。名称放在英文双引号里，一行一个；#后面是说明。\n"
        "# 请逐行核对，不对的改掉或删去，再导入：anjian 导入 文件 --对照 本文件\n"
        "# 由《芝英镇.csv》的列名拟出。\n"
        "\n"
        '["隐患"]\n'
        "# 没有相近的列：照片。要导入的写到“列名”里，不要的写到“忽略”里。\n"
        '"忽略" = ["序号"]\n'
        "\n"
        '["隐患"."列名"]\n'
        '"企业全称" = "企业名称"\n'
        '"所属 镇街" = "镇（街、区）"\n'
        '"隐患部位及描述" = "隐患部位与描述"\n'
        '"整改时限" = "整改期限"\n'
        "\n"
        '["隐患"."固定值"]\n'
        "# 表里没有这一列的，每行都填同一个值。\n"
        "# 必填而没有的列：隐患来源。每行都一样的，写在下面，并去掉行首的#。\n"
        '# "隐患来源" = ""\n'
        "\n"
        '["企业"]\n'
        '"忽略" = []\n'
        "\n"
        '["企业"."列名"]\n'
        '"厂名" = "企业名称"\n'
        "\n"
        '["企业"."固定值"]\n'
        "# 表里没有这一列的，每行都填同一个值。\n"
    )
    used = mapping.parse("芝英.toml", text.replace('# "隐患来源" = ""', '"隐患来源" = "网格巡查"').encode()).own(None)
    assert headings.match(Sheet("芝英镇.csv", "", [(1, heads)]), HAZARD, own=used["hazard"]).fields[1] == "town"


def test_values_and_a_column_that_tells_two_fields() -> None:
    found = parsed(
        '["隐患"."列名"]\n"复查日期" = ["验收日期", "整改完成日期"]\n"结果" = "验收结论"\n'
        '["隐患"."值"."验收结论"]\n"已整改" = "合格"\n"未整改" = ""\n'.encode()
    )
    assert isinstance(found, Layout)
    (section,) = found.sections
    assert section.also == {"accepted_on": ("rectified_on",)}
    assert section.values == {"conclusion": {"已整改": "合格", "未整改": ""}}
    again = parsed(mapping_text.written(found).encode())
    assert isinstance(again, Layout)
    assert again.sections == found.sections


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('["隐患"."值"."结果"]\n"已整改" = "合格"\n', "E323"),
        ('["隐患"."值"."验收结论"]\n"已整改" = "好"\n', "E203"),
        ('["隐患"."值"."验收结论"]\n"已整改" = 1\n', "E325"),
        ('["隐患"."值"]\n"验收结论" = "合格"\n', "E325"),
        ('["隐患"."列名"]\n"复查日期" = ["验收日期", "好"]\n', "E323"),
        ('["隐患"."列名"]\n"复查日期" = []\n', "E325"),
    ],
)
def test_values_that_nobody_can_mean(text: str, code: str) -> None:
    (told,) = faults(text)
    assert told.endswith(f"〔{code}〕")


def test_words_that_the_next_list_may_use_are_written_as_well() -> None:
    heads = ["责任单位", "检查时间", "存在问题", "等级", "整改情况", "复查日期"]
    rows = [(1, heads), (2, ["甲厂", "2018-10-05", "无罩", "一般", "已整改", "2018-10-08"])]
    proposal = heading_proposal.propose(Sheet("芝英镇.csv", "", rows), [HAZARD])
    assert proposal is not None
    seen, others = mapping_text.written(Layout(), [proposal]).split("# 别的月份可能填的：\n")
    assert '"已整改" = "合格"\n' in seen
    assert "未整改" not in seen
    assert '"未整改" = ""\n' in others
    assert '"已整改" =' not in others
    words = mapping.parse("芝英.toml", (seen + others).encode()).own(None)["hazard"].values["conclusion"]
    assert len(words) == len(HAZARD.columns["conclusion"].near_values)
    # Of a list that has no such column nothing of the kind is written.
    proposal = heading_proposal.propose(Sheet("芝英镇.csv", "", [(1, heads[:4])]), [HAZARD])
    assert proposal is not None
    assert "别的月份" not in mapping_text.written(Layout(), [proposal])
