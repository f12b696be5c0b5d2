"""Tables with towns down and indicators across: each cell a record, totals held against it, what holds for all once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from commands.conftest import Run

TOWNS = "code,name\n330784115,芝英镇\n330784003,江南街道\n330784001,东城街道\n"
TITLE = "2018年度安全生产重点工作任务分解表,,,,,,\n"
HEADS = "镇（街、区）,教育培训,,标准化,专项整治,社会化服务,合计\n,负责人,管理人员,三级新创,喷涂,喷涂,\n"
BODY = "东城街道,18,24,14,,40,96\n芝英镇,22,30,20,,52,124\n"


def saved(text: str, name: str = "任务.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.fixture
def run(new_county: Run) -> Run:
    new_county("town", "import", saved(TOWNS, "镇街.csv"))
    return new_county


def tasks(run: Run) -> dict[tuple[str, str], str]:
    lines = run("target", "export", "--format", "csv").splitlines()
    heads = lines[0].split(",")
    rows = [dict(zip(heads, line.split(","), strict=False)) for line in lines[1:] if "," in line]
    return {(row["指标"], row["镇（街、区）"]): row["任务数"] for row in rows}


def test_a_table_of_tasks(run: Run) -> None:
    said = run("target", "import", saved(TITLE + HEADS + BODY + "合计,40,54,34,,92,220\n"), "--document", "永1")
    assert said.splitlines() == [
        "《任务.csv》：年度任务8行，新增8，修改0，不变0。",
        "　年度2018，任务数：负责人共40人次、管理人员共54人次、三级新创共34家、喷涂共92家。",
        "　第6行是合计、说明或示例，已跳过。",
    ]
    assert tasks(run) == {
        ("负责人", "东城街道"): "18",
        ("负责人", "芝英镇"): "22",
        ("管理人员", "东城街道"): "24",
        ("管理人员", "芝英镇"): "30",
        ("三级新创", "东城街道"): "14",
        ("三级新创", "芝英镇"): "20",
        ("喷涂", "东城街道"): "40",  # of trusteeship: below 专项整治 stands nothing
        ("喷涂", "芝英镇"): "52",
    }
    assert "不变8" in run("target", "import", "任务.csv", "--document", "永1")


@pytest.mark.parametrize(
    ("heads", "document"),
    [
        ("下达文号：永1,,起用日期：2018-03-01,,,,\n", "永1"),
        ("文号,永安委〔2018〕3号,,,,,\n", "永安委〔2018〕3号"),
        (",,,依据：永2,,,\n", "永2"),
    ],
)
def test_what_holds_for_all_stands_once_above_the_heads(run: Run, heads: str, document: str) -> None:
    run("import", saved(TITLE + heads + HEADS + BODY))
    said = run("target", "list", "--format", "csv")
    assert said.count(document) == 8
    assert said.count("2018-03-01" if "起用" in heads else "2018-01-01") == 8


def test_what_is_missing_is_said_with_its_option(run: Run) -> None:
    said = run("import", saved(HEADS + BODY), "--no-return", code=1)
    assert "没有写年度" in said
    assert "anjian 任务 导入 文件 --下达文号 值" in said
    run("target", "import", "任务.csv", "--document", "永1", "--year", "2018")
    blank = "下达文号：,,,起用日期：,,,\n"
    assert "没有写下达文号" in run("target", "import", saved(TITLE + blank + HEADS + BODY), "--no-return", code=1)
    assert "不是日期" in run(
        "target", "import", "任务.csv", "--document", "永1", "--from", "某日", "--no-return", code=1
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合计,40,55,34,,92,220\n", "第6行“教育培训管理人员”（C列）：表中合计55，各行相加54，相差1"),
        ("合计,40,54,34,,92,220\n注：略,,,,,,\n", ""),
    ],
)
def test_the_total_row_is_checked_and_not_taken(run: Run, text: str, said: str) -> None:
    shown = run("target", "import", saved(TITLE + HEADS + BODY + text), "--document", "永1")
    assert said in shown
    assert ("〔N302〕" in shown) is bool(said)
    assert len(tasks(run)) == 8


def test_the_total_column_is_checked_and_not_taken(run: Run) -> None:
    text = TITLE + HEADS + BODY.replace(",124", ",125")
    said = run("target", "import", saved(text), "--document", "永1")
    assert "第5行（G列）：表中合计125，本行相加124，相差1。请核对。〔N302〕" in said
    grouped = (
        "镇街,教育培训,,,标准化,\n,负责人,管理人员,小计,三级新创,合计\n芝英镇,22,30,52,20,72\n东城街道,1,2,4,3,6\n"
    )
    said = run("target", "import", saved(TITLE + grouped, "任务2.csv"), "--document", "永1")
    assert "第5行（D列）：表中合计4，本行相加3，相差1" in said
    assert said.count("N302") == 1


def test_cells_that_hold_nothing_and_cells_that_cannot_be_read(run: Run) -> None:
    body = "东城街道,18,-,—,,无,\n芝英镇,某,30,20,,52,\n某某镇,1,,,,,\n"
    said = run("target", "import", saved(TITLE + HEADS + body), "--document", "永1", "--no-return", code=1)
    assert "第5行“教育培训负责人”（B列）：“某”——" in said
    assert "第6行“镇（街、区）”（A列）：“某某镇”——" in said
    run("target", "import", "任务.csv", "--document", "永1", "--no-return", "--accept-good", code=1)
    assert set(tasks(run)) == {
        ("负责人", "东城街道"),
        ("管理人员", "芝英镇"),
        ("三级新创", "芝英镇"),
        ("喷涂", "芝英镇"),
    }


def test_heads_that_are_no_indicator_are_reported(run: Run) -> None:
    text = TITLE + "乡镇,三级新创,负责人,天气,二级达标\n芝英镇,1,2,晴,3\n"
    said = run("target", "import", saved(text), "--document", "永1")
    assert "不认识的列，没有导入：天气。" in said
    assert "年度任务3行" in said


def test_below_its_group_a_word_means_the_groups_own(run: Run) -> None:
    text = TITLE + "镇街,专项整治,,社会化服务,\n,喷涂,胶水,喷涂,小微\n芝英镇,1,2,3,4\n"
    said = run("target", "import", saved(text), "--document", "永1", "--no-return", code=1)
    assert "“整治喷涂”的任务没有作用" in said  # measured against what was enrolled: it has no tasks


def test_opening_figures(run: Run) -> None:
    text = (
        "期初数,,,\n截至2018年9月30日,依据：永3,,\n镇街,检查,罚款（万元）,三级新创\n"
        "芝英镇,41,20,3\n江南街道,32,12.5,1\n合计,73,32.5,4\n"
    )
    said = run("import", saved(text, "期初.csv"))
    assert "期初数6行，新增6" in said
    assert said.count("与各镇（街、区）相加的相等，不另计入") == 3
    listed = run("opening", "list", "--format", "csv")
    assert "罚款,芝英镇,2018-09-30,200000元,永3" in listed
    said = run("opening", "import", saved(text.replace(",32.5,4", ",32.5,5"), "期初.csv"), "--no-return", code=1)
    assert "第6行“三级新创”（D列）" in said
    assert "〔E476〕" in said


def test_the_day_up_to_which_figures_go_is_read_from_the_title(run: Run) -> None:
    for title, day in (
        ("截至2018年9月底隐患排查治理情况表", "2018-09-30"),
        ("截至2018年2月末完成情况", "2018-02-28"),
        ("2018年1—8月各镇街期初累计", "2018-08-31"),
        ("2018年1月至7月完成情况", "2018-07-31"),
    ):
        text = f"{title},依据：永3,\n镇街,排查隐患,三级新创\n芝英镇,41,3\n江南街道,32,1\n全市合计,73,4\n"
        said = run("import", saved(text, "期初.csv"))
        assert f"截至日期{day}，" in said
        assert "新增4" in said
        assert said.count("与各镇（街、区）相加的相等") == 2
    text = "2018年4—6月完成情况,依据：永3,\n镇街,排查隐患,三级新创\n芝英镇,41,3\n"  # a quarter is no cumulative figure
    assert "没有写截至日期" in run("import", saved(text, "期初.csv"), "--no-return", code=1)


def test_year_and_document_may_have_columns_of_their_own(run: Run) -> None:
    text = "年度,镇（街、区）,负责人,三级新创,下达文号\n2018,芝英镇,1,2,永1\n2018,东城街道,3,4,永2\n全市合计,,4,6,\n"
    said = run("target", "import", saved(text))
    assert "年度任务4行，新增4" in said
    assert "N302" not in said
    listed = run("target", "list", "--format", "csv")
    assert (listed.count("永1"), listed.count("永2")) == (2, 2)
    said = run("target", "import", saved(text.replace("2018,东", "某年,东")), "--no-return", code=1)
    assert "第3行“年度”（A列）：“某年”——" in said
    assert "没有写下达文号" in run("target", "import", saved(text.replace("下达文号", "备忘")), "--no-return", code=1)
    said = run("target", "import", saved(text.replace("全市合计,,4,6", "全市合计,,4,7")))
    assert "第4行“三级新创”（D列）：表中合计7，各行相加6，相差1" in said


def test_figures_by_town_that_only_resemble_are_proposed(run: Run) -> None:
    text = "行政执法情况表,,,,\n区域,检查企业数,立案数,罚款（万元）,整改率\n"
    text += "芝英镇,32,3,12.5,98.2%\n江南街道,41,5,20,95.0%\n"
    said = run("import", saved(text, "月报.csv"), "--no-return", code=1)
    for pair in ("“检查企业数”像“检查”", "“立案数”像“立案”", "“罚款（万元）”像“罚款”", "“整改率”台账里没有这个数"):
        assert pair in said
    assert "anjian 期初 导入 文件 --截至日期 日期 --依据 文号" in said
    text = text.replace("检查企业数", "检查").replace("立案数", "立案")
    said = run("import", saved(text, "月报.csv"), "--no-return", code=1)
    assert "〔E348〕" in said  # tasks or opening figures: it does not say
    assert "新增6" in run("opening", "import", "月报.csv", "--from", "2018-09-30", "--source", "月报")


def test_heads_of_other_tables_of_totals(run: Run) -> None:
    for heads, pairs in (
        ("检查企业家数,立案起数", ("“检查企业家数”像“检查”", "“立案起数”像“立案”")),
        ("罚款金额（万元）,排查隐患数", ("“罚款金额（万元）”像“罚款”", "“排查隐患数”像“排查隐患”")),
        ("三级新创数,处罚数量", ("“三级新创数”像“三级新创”", "“处罚数量”像“处罚”")),
        ("检查,及时率,立案数", ("“检查”像“检查”", "“及时率”台账里没有这个数")),
    ):
        rows = "".join(f"{town}{',1' * len(heads.split(','))}\n" for town in ("芝英镇", "江南街道"))
        said = run("import", saved(f"镇街,{heads}\n{rows}", "情况.csv"), "--no-return", code=1)
        assert all(pair in said for pair in pairs)
        assert "〔E346〕" in said


def test_a_column_that_only_resembles_is_left_out_and_said(run: Run) -> None:
    heads = TITLE + "乡镇,三级新创,负责人,立案数\n芝英镇,1,2,3\n"
    said = run("target", "import", saved(heads), "--document", "永1")
    assert "第2行：“立案数”——这一列没有收：不是指标名，只是像“立案”" in said
    assert "年度任务2行" in said
    text = "镇街,立案数,罚款（万元）,检查企业数\n芝英镇,3,12.5,32\n"
    said = run("opening", "import", saved(text, "月报.csv"), "--from", "2018-09-30", "--source", "月报")
    assert said.count("〔N312〕") == 2
    text = text.replace("立案数", "立案").replace("检查企业数", "检查")
    said = run("opening", "import", saved(text, "月报.csv"), "--from", "2018-09-30", "--source", "月报")
    assert "N312" not in said
    assert "新增2" in said


def test_towns_that_are_not_known_are_said(run: Run) -> None:
    body = "镇街,三级新创,负责人\n某镇,1,2\n又一镇,3,4\n"
    assert "（“三级新创”、“负责人”等），但没有一列认得出是镇" in run(
        "import", saved(TITLE + body), "--no-return", code=1
    )
    assert "〔E356〕" in run("target", "import", saved(body), "--document", "永1", "--no-return", code=1)
    assert "〔E356〕" not in run("import", saved(body, "某表.csv"), "--no-return", code=1)  # nothing says tasks
    # One of two is known: the other is refused with its cell.
    said = run("target", "import", saved(TITLE + body.replace("某镇", "芝英镇")), "--document", "永1", code=1)
    assert "“又一镇”——" in said


def test_a_table_of_the_offices_own_in_a_folder_or_a_towns_name(run: Run) -> None:
    Path("收件").mkdir()
    saved(TITLE + "文号：永1,,,,,,\n" + HEADS + BODY, "收件/任务.csv")
    saved(TITLE + "文号：永1,,,,,,\n" + HEADS + BODY, "芝英镇任务.csv")
    for path in ("收件", "芝英镇任务.csv"):
        said = run("import", path, "--no-return", code=1)
        assert said.count("〔E343〕") == 1


def test_other_lists_are_none(run: Run) -> None:
    text = "企业名称,镇（街、区）,从业人数,生产经营地址,无代码原因\n甲厂,芝英镇,3,一路,代码不详\n"
    assert "企业1行" in run("import", saved(text, "企业.csv"))
    long = "年度,指标,镇（街、区）,任务数,下达文号\n2018,三级新创,芝英镇,1,永1\n2018,三级新创,东城街道,1,永1\n"
    assert "年度任务2行" in run("import", saved(long))


def test_it_goes_in_and_comes_out(run: Run) -> None:
    run("target", "import", saved(TITLE + HEADS + BODY + "全县,100,,,,,\n"), "--document", "永1")
    before = tasks(run)
    assert ("负责人", "全市") in before
    for name in ("出.xlsx", "出.csv"):
        run("target", "export", "--matrix", "-o", name)
        said = run("import", name)
        assert "新增0，修改0，不变9" in said
        assert "N302" not in said
    run("template", "target", "-o", "明年.xlsx")
    book = openpyxl.load_workbook("明年.xlsx")
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells[0][0] == "2019年度任务分解表"
    assert [row[0] for row in cells[4:]] == ["芝英镇", "江南街道", "东城街道", "全市"]
    assert "没有写下达文号" in run("target", "import", "明年.xlsx", "--no-return", code=1)
    run("target", "import", "明年.xlsx", "--document", "永9")
    assert tasks(run) == before  # two years of the same numbers
    assert run("target", "list", "--format", "csv").count("永9") == 9


def test_tasks_by_several_documents_are_said(run: Run) -> None:
    run("target", "import", saved(TITLE + HEADS + BODY), "--document", "永1")
    run("target", "add", "二级达标", "--year", "2018", "--town", "芝英", "--quantity", "3", "--document", "永2")
    assert "不止一个，表头没有写" in run("target", "export", "--matrix", "-o", "出.csv")
    assert "永1" not in Path("出.csv").read_text("utf-8")
    assert "9" in run("任务", "导出", "--分解表", "--年", "2018", "--格式", "csv")
