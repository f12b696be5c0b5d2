"""What a person reads after an import."""

from __future__ import annotations

from dataclasses import replace

from anjian_cli.errors import Fault, Place
from anjian_cli.exchange.report import Part, Report
from anjian_cli.render.screen import report as shown


def fault(
    row: int | None, code: str = "E221", value: str | None = "9.13308E+17", title: str = "统一社会信用代码"
) -> Fault:
    return Fault(code, {}, value, "credit_code", Place("芝英镇.csv", "", row, title, "B"))


def test_like_faults_are_told_once_with_their_rows() -> None:
    faults = [fault(row) for row in (21, 22, 30)] + [fault(23, value="9.2E+17"), fault(24, "E202", None)]
    lines = shown.faults(Report("芝英镇.csv", faults=faults))
    assert len(lines) == 3
    assert lines[0].startswith(
        "《芝英镇.csv》第21行“统一社会信用代码”（B列）：“9.13308E+17”——号码已被表格软件转成科学计数"
    )
    assert lines[0].endswith("另有2行同此（第22、30行）。〔E221〕")
    assert lines[1].startswith("《芝英镇.csv》第23行")
    assert lines[2] == "《芝英镇.csv》第24行“统一社会信用代码”（B列）：没有填。此项必填。〔E202〕"


def test_many_like_faults_are_counted() -> None:
    (line,) = shown.faults(Report("a.csv", faults=[fault(row) for row in range(2, 15)]))
    assert "另有12行同此（第3、4、5、6、7、8、9、10、11、12等12行）。" in line


def test_of_a_kind_so_many_are_told() -> None:
    faults = [fault(row, value=f"9.{row}E+17") for row in range(2, 40)] + [fault(40, "E202", None)]
    lines = shown.faults(Report("a.csv", faults=faults))
    assert len(lines) == shown.LINES_OF_A_KIND + 2
    assert lines[19].startswith("《芝英镇.csv》第21行")
    assert lines[20] == "　“统一社会信用代码”同类的还有18处（第22、23、24、25、26、27、28、29、30、31等18行）。〔E221〕"
    assert lines[21].endswith("没有填。此项必填。〔E202〕")


def test_faults_without_a_row() -> None:
    clash = Fault("E302", {"line": 3, "byte": 17}, place=Place("西溪镇.csv"))
    assert shown.faults(Report("西溪镇.csv", faults=[clash, clash]))[0].endswith("另有1行同此。〔E302〕")


def test_a_refused_file() -> None:
    part = Part("企业", rows=86, new=70, changed=9, refused=7, skipped=[88, 89], blanks=4)
    part.changes = [(3, "330784109-2018-0001", "规模", "小型", "中型")]
    part.doubtful = {"镇（街、区）": 70}
    report = Report("芝英镇.csv", parts=[part], faults=[fault(1)] * 9)
    assert shown.summary(report, dry_run=False, accept_good=False) == [
        "《芝英镇.csv》：86行，正确79行，有误7行（9处），未导入任何一行。",
        "　存疑：70行没有填“镇（街、区）”。",
        "　第88、89行是合计、说明或示例，已跳过。",
    ]


def test_a_file_that_was_taken() -> None:
    part = Part("企业", rows=86, new=70, changed=9, unchanged=7, unknown=["企业类型"], blanks=4)
    report = Report("芝英镇.csv", parts=[part], taken=True)
    part.changes = [(3, "330784109-2018-0001", "规模", None, "中型")] * 21
    lines = shown.summary(report, dry_run=False, accept_good=False)
    assert lines[:4] == [
        "《芝英镇.csv》：企业86行，新增70，修改9，不变7。",
        "　不认识的列，没有导入：企业类型。",
        "　空格4处沿用台账原值（要清空请填“（清空）”）。",
        "　第3行 330784109-2018-0001 规模：（空） → 中型",
    ]
    assert (len(lines), lines[-1]) == (24, "　……共修改21处。")


def test_the_good_rows_alone_and_a_trial() -> None:
    report = Report("a.csv", parts=[Part("企业", rows=3, new=2, refused=1)], faults=[fault(3)], taken=True)
    assert shown.summary(report, dry_run=False, accept_good=True) == [
        "《a.csv》：企业3行，新增2，修改0，不变0，退回1行（1处）。"
    ]
    report.taken = False
    assert shown.summary(report, dry_run=True, accept_good=True) == [
        "《a.csv》：企业3行，新增2，修改0，不变0，退回1行（1处）。（试运行，未写入）"
    ]
    assert shown.summary(report, dry_run=True, accept_good=False)[0].endswith("未导入任何一行。")


def test_a_file_that_could_not_be_read() -> None:
    assert shown.summary(Report("a.et", faults=[fault(None)]), dry_run=False, accept_good=False) == [
        "《a.et》：未导入。"
    ]


def test_several_sheets_are_told_apart() -> None:
    parts = [
        Part("企业", "企业名单", rows=12, new=12, skipped=[15]),
        Part("隐患", "10月隐患", rows=5, new=4, changed=1, unknown=["网格"], formulas=3, unknown_results=1),
    ]
    parts[1].changes = [(7, "330784109-2018-0001", "级别", "一般", "重大")]
    report = Report("芝英镇.xlsx", parts=parts, taken=True, passed_over=["汇总", "人员"], hidden=["旧数据"])
    assert shown.summary(report, dry_run=False, accept_good=False) == [
        "《芝英镇.xlsx》：企业12行、隐患5行，新增16，修改1，不变0。",
        "　“企业名单”表第15行是合计、说明或示例，已跳过。",
        "　“10月隐患”表不认识的列，没有导入：网格。",
        "　“10月隐患”表有3格是公式，取的是表中已算出的结果。",
        "　“10月隐患”表有1格公式没有算出结果，按空格处理；请在WPS中打开、保存后再导入。",
        "　没有认出列名的表，没有导入：汇总、人员。",
        "　隐藏的表，没有导入：旧数据。",
        "　“10月隐患”表第7行 330784109-2018-0001 级别：一般 → 重大",
    ]


def test_sheets_that_were_left_as_they_were_given_out_are_counted() -> None:
    filled = Part("培训", rows=2, new=2, sheet="培训", skipped=[4])
    empty = [Part(title, sheet=title, skipped=[4]) for title in ("检查", "事故", "报送")]
    doubtful = Part("执法", sheet="执法", skipped=[4], unknown=["镇长签字"])
    report = Report("芝英镇.xlsx", parts=[empty[0], filled, *empty[1:], doubtful], taken=True)
    told = shown.summary(report, dry_run=False, accept_good=False)
    assert "　“培训”表第4行是合计、说明或示例，已跳过。" in told
    assert "　“执法”表不认识的列，没有导入：镇长签字。" in told
    assert "　没有填的表3张，只有示例、合计、说明，已跳过。" in told
    assert len([line for line in told if "已跳过" in line]) == 3
    (one,) = [
        line
        for line in shown.summary(Report("a.csv", parts=[empty[0]], taken=True), dry_run=False, accept_good=False)
        if "已跳过" in line
    ]
    assert one == "　第4行是合计、说明或示例，已跳过。"


def test_like_faults_of_two_sheets_are_two() -> None:
    places = [Place("芝英镇.xlsx", sheet, 5, "镇（街、区）", "B") for sheet in ("工作项", "上报数")]
    lines = shown.faults(Report("芝英镇.xlsx", faults=[Fault("E202", {}, None, "town", place) for place in places]))
    assert [("工作项" in line, "上报数" in line) for line in lines] == [(True, False), (False, True)]


def test_the_same_content_again() -> None:
    report = Report("乙.csv", same_as="甲.csv")
    assert shown.summary(report, dry_run=False, accept_good=False) == ["《乙.csv》：与《甲.csv》内容相同，无变化。"]


def test_what_it_did_to_hazards_over_all_its_sheets() -> None:
    parts = [
        Part("隐患", "一", rows=15, changed=15, steps={"延期": 2, "退回整改": 1, "销号": 12}),
        Part("隐患", "二", rows=2, changed=2, steps={"销号": 2}),
    ]
    report = Report("芝英镇_待办回填单.xlsx", parts=parts, taken=True, passed_over=["其他待办", "填表说明"])
    assert shown.summary(report, dry_run=False, accept_good=False)[1:] == [
        "　销号14条、退回整改1条、延期2条。",
        "　“其他待办”表只供查看，没有导入；办好的请用各自的登记表报来。",
    ]
    parts[0].steps = {"整改完成": 3}
    report.taken = False
    assert shown.summary(report, dry_run=True, accept_good=False)[1] == "　销号2条、整改完成3条。"
    report.faults = [fault(3)]
    assert not [line for line in shown.summary(report, dry_run=False, accept_good=False) if "销号" in line]


def test_notes_that_differ_only_in_their_row_are_told_once() -> None:
    def note(row: int, due: str) -> Fault:
        words = {"day": "2018-11-05", "number": f"330784109-2018-{row:04d}", "due": due}
        return Fault("N426", words, place=Place(file="报送.csv", row=row))

    notes = [note(row, "2018-10-31") for row in range(2, 5)] + [note(9, "2018-09-30")]
    part = Report("报送.csv", notes=notes)
    first, second = [line for line in shown.summary(part, dry_run=False, accept_good=False) if "N426" in line]
    assert first.startswith("　第2行：没有写报送时间，按2018-11-05记，过了报送截止日2018-10-31，算迟报。")
    assert "anjian 报送 修改 编号 --报送时间" in first
    assert first.endswith("另有2行同此（第3、4行）。〔N426〕")
    assert second.startswith("　第9行：没有写报送时间")
    assert "anjian 报送 修改 330784109-2018-0009 --报送时间" in second
    assert second.endswith("报送的那一天。〔N426〕")
    part.faults = [note._replace(code="N425") for note in notes[:2]]
    assert "anjian 报送 修改 编号 --报送时间" in shown.faults(part)[0]
    same = [note._replace(words=notes[0].words) for note in notes[:2]]
    assert "anjian 报送 修改 330784109-2018-0002 --报送时间" in shown.faults(replace(part, faults=same))[0]
