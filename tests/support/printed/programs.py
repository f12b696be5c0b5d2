"""What the CSV says of a bulletin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from anjian_cli.bulletin.value import Bulletin
from anjian_cli.render.data.bulletin_csv import CATEGORY_RATE, bulletin_csv
from support.printed.facts import ALL, BEHIND, OVERALL, WHOLE, Fact, kind, listed, plain


def of_csv(found: Bulletin) -> Iterator[Fact]:
    fields = {
        "任务": "任务", "本月": "本月", "累计": "累计", "完成率(%)": "完成率", "与序时差(百分点)": "序时差",
        "尚欠序时": "欠序时", "尚欠年度": "欠年度", "排名": "排名", "上月排名": "上月排名", "上月累计": "上月累计",
        "上年同期": "上年同期",
    }  # fmt: skip
    behind: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(bulletin_csv(found))):
        place = WHOLE if row["镇街"] == found.county else row["镇街"]
        if row["格码"]:
            scope, wanted = row["指标"], list(fields)
        elif row["指标"] == CATEGORY_RATE:
            scope, wanted = kind(row["类别"]), ["完成率(%)"] + (["排名", "上月排名"] if place != WHOLE else [])
        elif row["类别"] == OVERALL:
            scope, wanted = OVERALL, ["累计"] + (["排名", "上月排名"] if place != WHOLE else [])
        else:
            continue
        if row["格码"] and "控制数" in row:
            yield (row["指标"], place, "控制数"), plain(row["控制数"])
            yield (row["指标"], place, "剩余"), plain(f"超出{row['超出']}" if row["超出"].strip("0") else row["剩余"])
        for field in wanted:
            yield (scope, place, "得分" if scope == OVERALL and field == "累计" else fields[field]), plain(row[field])
        behind.setdefault(scope, [])
        if "落后" in row["备注"].split("；"):
            behind[scope].append(place)
    for scope, towns in behind.items():
        yield (scope, ALL, BEHIND), listed(towns)
