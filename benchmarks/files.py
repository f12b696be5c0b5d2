"""Files as towns send them, of any length: enterprises, and the hazards found at them. Nothing random: a file of a
size is the same on every machine."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ledgers import TOWN_NAMES, TOWNS

ENTERPRISE = (
    *("企业名称", "统一社会信用代码", "镇（街、区）", "生产经营地址", "行业代码", "规模", "从业人数", "主要负责人"),
    "联系电话",
)
HAZARD = (
    *("镇（街、区）", "企业名称", "统一社会信用代码", "发现日期", "隐患来源", "隐患级别", "隐患部位与描述", "整改期限"),
    *("整改责任人", "整改完成日期", "验收日期", "验收人", "验收结论"),
)
TOWN_HEADING = ("统计用区划代码", "名称", "简称", "类别", "排序号")
SIZES = ("小型", "微型", "中型")
TRADES = ("五金厂", "工具厂", "喷涂厂", "门业有限公司", "电器有限公司", "杯业有限公司", "铝业有限公司")
INDUSTRIES = ("C3351", "C3322", "C3360", "C3312", "C3857")
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗"
PLACES = ("喷漆房", "烘道", "除尘器", "配电箱", "氨机房", "打磨车间", "仓库", "油漆库")
FLAWS = ("无防爆灯", "未设静电接地", "积尘未清理", "安全出口堵塞", "无警示标志", "线路私拉乱接", "未设报警器")
SOURCES = ("网格巡查", "企业自查", "部门检查", "中介诊断")
FIRST_DAY, DAYS = date(2016, 1, 1), 1000  # the days on which hazards are found
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def code(number: int) -> str:
    """A credit code whose check character fits (GB 32100-2015), of an organisation that does not exist."""
    body = f"9133078499{number:07d}"
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, WEIGHTS, strict=True))
    return body + ALPHABET[-total % 31]


def name(number: int) -> str:
    return f"永康市示例{number}号{TRADES[number % len(TRADES)]}"


def enterprises(count: int) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        town = TOWN_NAMES[number % len(TOWNS)]
        yield (
            name(number),
            code(number),
            town,
            f"{town}示例路{number % 900}号",
            INDUSTRIES[number % len(INDUSTRIES)],
            SIZES[number % len(SIZES)],
            str(number % 190 + 3),
            f"{SURNAMES[number % 20]}{SURNAMES[number // 20 % 20]}某",
            f"139{number % 100_000_000:08d}",
        )


def hazards(count: int, firms: int) -> Iterator[tuple[str, ...]]:
    """Found at `firms` enterprises over some years; of twenty one is still open, most of the rest were accepted."""
    for number in range(count):
        firm = number * 7 % firms
        found = FIRST_DAY + timedelta(number * 13 % DAYS)
        town = TOWN_NAMES[firm % len(TOWNS)]
        closed = number % 20 != 0
        rectified = found + timedelta(number % 25) if closed else None
        yield (
            town,
            name(firm),
            code(firm),
            found.isoformat(),
            SOURCES[number % len(SOURCES)],
            "一般",
            f"{PLACES[number % 8]}{FLAWS[number % 7]}（{number // 50}）",
            (found + timedelta(15 + number % 16)).isoformat(),
            f"{SURNAMES[number % 20]}某",
            rectified.isoformat() if rectified else "",
            (rectified + timedelta(number % 3)).isoformat() if rectified else "",
            f"{SURNAMES[number // 3 % 20]}{SURNAMES[number // 7 % 20]}" if rectified else "",
            "合格" if rectified else "",
        )


def towns() -> Iterator[tuple[str, ...]]:
    for position, (town, label) in enumerate(zip(TOWNS, TOWN_NAMES, strict=True), start=1):
        yield town, label, label, "镇", str(position)


def write(path: Path, heading: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Path:
    """A CSV file in UTF-8 with a mark, as spreadsheets write it; taken again if it is there."""
    if not path.exists():
        partial = path.with_suffix(".writing")
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(heading)
            writer.writerows(rows)
        partial.rename(path)
    return path
