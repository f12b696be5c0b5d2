"""What the letter says of points, word for word: who lost most and for what, what is open, vetoes, hazards of 重大."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest

from anjian_cli.bulletin import briefing, chat, exact, notice, points_sentences, progress, sentences
from anjian_cli.bulletin.compile import compile_bulletin
from anjian_cli.bulletin.period import ended
from anjian_cli.bulletin.points_value import ItemPoints, PointsRow
from anjian_cli.bulletin.value import Bulletin, MajorHazards, OwnScheme
from anjian_cli.light_dataclasses import replace
from support import points_ledger, points_scheme
from support.bulletin_builder import bulletin as made_up
from support.points_ledger import JIANGNAN, QIANCANG, SHIZHU, ZHIYING

F = Fraction


@pytest.fixture(scope="module")
def october() -> Iterator[Bulletin]:
    desk = points_ledger.made()
    yield compile_bulletin(desk.ledger, ended(2018, 10))
    desk.ledger.close()


def paragraphs(of: Bulletin) -> dict[str, str]:
    return {
        f"{section.title[0]}{paragraph.heading}": paragraph.text
        for section in notice.notice(of).sections
        for paragraph in section.paragraphs
    }


def with_rows(of: Bulletin, *rows: PointsRow) -> Bulletin:
    assert of.points is not None
    own = {row.town: row for row in rows}
    table = replace(of.points, rows=tuple(own.get(row.town, row) for row in of.points.rows))
    return replace(of, points=table)


def spared(of: Bulletin, *towns: str) -> Bulletin:
    """With full marks of 消防安全, and all of it known, in some towns."""
    assert of.points is not None
    rows = []
    for town in towns:
        row = of.points.row(town)
        items = tuple(
            ItemPoints(item.full, "", F(0), "") if item.category == "xf" else has
            for item, has in zip(of.points.items, row.items, strict=True)
        )
        whole = replace(row.categories[1], points=F(40), full=F(40))
        rows.append(replace(row, items=items, categories=(row.categories[0], whole, *row.categories[2:])))
    return with_rows(of, *rows)


def test_the_letter(october: Bulletin) -> None:
    found = paragraphs(october)
    assert found["一（一）重点工作。"] == (
        "本月按《示例市安全生产目标管理考核办法》（例安委〔2018〕9号）计分。全市4个镇（街道）总分平均为52.75分。"
        "1项尚待评分（共10分），前仓镇未报送，有关总分为暂计，名次为暂定。"
    )
    assert (
        found["一"] == "总分居前两位的是江南街道（85分）、芝英镇（83分），居后两位的是前仓镇（25分）、石柱镇（18分）。"
    )
    assert found["一（二）一票否决。"] == (
        "石柱镇发生较大及以上事故1起，符合一票否决情形（名次末位、等次定为不合格）。年度等次由市安委会按办法确定。"
    )
    assert found["一（三）达到条件的。"] == (
        "截至10月底，石柱镇少报送次数缺4次，已达到“超过3次取消当年评优评先资格”的条件；"
        "前仓镇少报送次数缺10次，已达到“超过3次取消当年评优评先资格”的条件。"
    )
    assert found["二（一）安全生产。"] == (
        "累计培训37人次。满分60分，各镇（街道）平均得30分（暂计）；扣分最多的是石柱镇（扣40分）、芝英镇（扣15分）、"
        "前仓镇（扣15分），主要扣在书记督查（共35分）、负责人培训（共23分）；前仓镇未报送，暂不计。"
        "乡镇党委主要负责人每季度至少督查1次，芝英镇第二季度缺1次，扣5分；"
        "石柱镇、前仓镇第一季度、第二季度、第三季度各缺1次，各扣15分。"
        "部门检查发现隐患，石柱镇5处，应扣15分，扣完该项10分为止。"
        "监管人员一项已评2个镇（街道），平均9分；其余2个尚未评分，总分为暂计。"
    )
    assert found["二（二）消防安全。"] == (
        "满分40分，各镇（街道）平均得24.5分（暂计）；扣分最多的是石柱镇（扣20分）、芝英镇（扣2分），"
        "主要扣在按期率（共20分）、火灾（共2分）；前仓镇未报送，暂不计。"
    )
    assert found["二（三）加分。"] == "江南街道表彰（国家级2、省级2），应加6分，按加分合计不超过5分的规定加5分。"
    assert found["二（四）倒扣。"] == "生产安全死亡事故，石柱镇4人，从总分中扣12分。"
    assert "序时" not in "".join(found.values())
    assert "完成率" not in "".join(found.values())


def test_nobody_lost_is_said_only_of_those_of_whom_all_is_known(october: Bulletin) -> None:
    all_of = (JIANGNAN, ZHIYING, SHIZHU, QIANCANG)
    assert points_sentences.category(spared(october, *all_of), "xf") == "各镇（街道）均未扣分。"
    found = spared(october, *all_of)
    assert found.points is not None
    row = found.points.row(QIANCANG)
    items = list(row.items)
    items[4] = ItemPoints(None, "待报", F(0), "未报送，待报")
    silent = with_rows(found, replace(row, items=tuple(items)))
    assert points_sentences.category(silent, "xf") == "已报送的3个镇（街道）均未扣分，前仓镇未报送，暂不计。"
    items[4] = ItemPoints(None, "未知", F(0), "累计数无从得知")
    unknown = with_rows(found, replace(row, items=tuple(items)))
    assert points_sentences.category(unknown, "xf") == "已计分的各项，各镇（街道）均未扣分。"


def test_one_alone_and_all_alike(october: Bulletin) -> None:
    one = spared(october, JIANGNAN, ZHIYING, QIANCANG)
    assert "；仅石柱镇扣20分，扣在按期率（共20分）。" in points_sentences.category(one, "xf")
    assert october.points is not None
    row = october.points.row(SHIZHU)
    alike = with_rows(october, *(replace(row, town=town) for town in (JIANGNAN, ZHIYING, QIANCANG)))
    assert "；各镇（街道）均扣20分，扣在按期率（共80分）。" in points_sentences.category(alike, "xf")


def test_chat_and_briefing(october: Bulletin) -> None:
    said = chat.chat(october)
    assert (
        "截至10月31日，全市总分平均52.75分（暂计）。1项尚待评分（共10分），前仓镇未报送，有关总分为暂计，名次为暂定。"
        in said
    )
    assert "扣分多的：书记督查共失35分、负责人培训共失23分、按期率共失20分。" in said
    assert len(said) <= chat.LONGEST
    told = "".join(briefing.briefing(october, ()))
    assert "总分居前两位的是江南街道（85分）、芝英镇（83分），居后两位的是" in told
    assert "基数小" not in told
    assert "序时" not in said + told


def major(of: Bulletin, *rows: tuple[str, int, int, int, tuple[int, ...], bool]) -> str:
    return points_sentences.major_hazards(replace(of, major=tuple(MajorHazards(*row) for row in rows)))


def test_major_hazards_in_three_ways(october: Bulletin) -> None:
    none = (QIANCANG, 0, 0, 0, (), False)
    closed = (JIANGNAN, 4, 4, 0, (), False)
    assert major(october, closed, (ZHIYING, 6, 6, 0, (), False)) == "排查重大事故隐患10条，已全部整改销号。"
    assert major(october, closed, (ZHIYING, 6, 5, 1, (12,), False), none) == (
        "排查重大事故隐患10条，已销号9条，尚有1条（芝英镇1条，逾期12天）未销号；前仓镇没有排查出重大事故隐患。"
    )
    silent = (SHIZHU, 0, 0, 0, (), True)
    assert major(october, none, silent) == "前仓镇没有排查出重大事故隐患；石柱镇未报送。"
    carried = (ZHIYING, 1, 1, 2, (), False)
    assert major(october, carried) == ("排查重大事故隐患1条，已销号1条，尚有2条（芝英镇2条）未销号，其中上年转入2条。")
    assert points_sentences.major_hazards(october) == ""  # its scheme asks for none of 重大
    assert "清零" not in major(october, none, silent, closed)


def test_the_hazards_of_a_scheme_that_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [dict(item) for item in points_scheme.ITEMS]
    for item in asked:
        if item["code"] == "aq.网点":
            item["measure"] = "hazard.found?level=重大"
    monkeypatch.setattr(points_scheme, "ITEMS", tuple(asked))
    desk = points_ledger.made()
    found = compile_bulletin(desk.ledger, ended(2018, 10))
    assert points_sentences.major_hazards(found) == (
        "排查重大事故隐患2条，已销号1条，尚有1条（石柱镇1条，逾期12天）未销号；江南街道没有排查出重大事故隐患；前仓镇未报送。"
    )
    assert exact.load(exact.dump(found)) == replace(found, witness=found.witness)
    desk.ledger.close()


def test_a_scheme_that_is_new_this_month(october: Bulletin) -> None:
    of = OwnScheme("示例办法", "例〔2018〕8号", "百分制", "2018-10-01")
    assert points_sentences.total(replace(october, scheme=of)).startswith(
        "2018年10月1日起按《示例办法》（例〔2018〕8号）计分，得分、名次与9月不可比。"
    )


def test_a_scheme_without_totals_tells_its_figures() -> None:
    of = OwnScheme("示例办法", "", "不计分", "")
    plain = [replace(category, rows=(), laggards=()) for category in made_up(1).categories]
    found = replace(
        made_up(1),
        scheme=of,
        scores=(),
        mean_score=None,
        laggards=(),
        categories=tuple(plain),
        corrections=(),
    )
    said = paragraphs(found)
    assert said["一（一）重点工作。"] == "按《示例办法》通报各项情况，不计分，不排名次。"
    assert "序时" not in "".join(said.values())
    assert "平均" not in "".join(said.values())


def test_a_scheme_of_rates_is_named_in_the_letter() -> None:
    found = replace(made_up(1), scheme=OwnScheme("示例办法", "例1号", "", ""))
    assert sentences.mean_score(found).startswith("本月按《示例办法》（例1号）计分。10月底序时进度为")
    assert not sentences.scheme(made_up(1))


def test_sentences_belong_to_what_is_counted(october: Bulletin) -> None:
    """主要负责人培训 is told as training, in whatever category and under whatever code."""
    category = october.categories[0]
    assert [table.like for table in category.indicators if table.id == "aq.培训"] == ["training.负责人"]
    assert progress.kind(category) == "training"
