"""Items and sums by indicator, in SQL: which items an indicator of 永康2018 counts, said once more, as it was said
before there were facts and measures (version 4 of the schema). What is of no indicator has none."""

from __future__ import annotations

_OF_A_FACT = """CASE
 WHEN fact = 'training.passed' THEN 'training.' || CASE kind WHEN '主要负责人' THEN '负责人'
   WHEN '安全管理人员' THEN '管理人员' WHEN '特种作业人员' THEN '特种作业' WHEN '其他从业人员' THEN '其他'
   WHEN '网格员' THEN '网格员' END
 WHEN fact = 'standard.reached' THEN CASE WHEN level = '二级' THEN fact || '.二级'
   WHEN level = '三级' AND kind IN ('新创', '复评') THEN fact || '.' || level || kind END
 WHEN fact = 'standard.underway' THEN
   CASE WHEN kind IN ('新创', '升级') AND level IN ('二级', '三级') THEN fact || '.' || level END
 WHEN fact = 'standard.valid' THEN CASE WHEN level IN ('二级', '三级') THEN fact || '.' || level END
 WHEN fact IN ('standard.consulted', 'standard.self_assessed', 'standard.applied', 'standard.reviewed') THEN
   CASE WHEN kind = '复评' AND level = '三级' THEN 'standard.stage.复评.' || CASE substr(fact, 10)
     WHEN 'consulted' THEN '咨询' WHEN 'self_assessed' THEN '自评' WHEN 'applied' THEN '申请' ELSE '评审' END END
 WHEN fact IN ('special.enrolled', 'special.carried', 'special.accepted') THEN fact || '.' || kind
 WHEN fact = 'special.outcome' THEN fact || '.' || level
 WHEN fact = 'trusteeship.contract' THEN 'trusteeship.' || kind
 WHEN fact = 'equipment.installed' THEN 'equipment.智慧用电'
 WHEN fact = 'case.filed' AND kind = '事故类' THEN 'case.accident'
 WHEN fact = 'case.fine' AND kind = '事故类' THEN 'case.accident_fine'
 WHEN fact IN ('special.inspected', 'special.diagnosed', 'special.planned', 'special.rectified') THEN NULL
 WHEN fact IN ('report.of_month', 'work.done', 'figure.reported', 'figure.standing') THEN NULL
 ELSE fact END"""
_OF_A_MEASURE = "COALESCE((SELECT i.id FROM indicator i WHERE i.measure = {0}), {0})"
_OF_TOWNS = "town_code IS NOT NULL"  # what is of a department alone is no town's
_COLUMNS = "town_code, subject, from_on, until_on, quantity, root, root_id, record, record_id"


def items(view: str = "fact_item") -> str:
    """The items of a view, with the `indicator` that counts them."""
    opened = f"CASE root WHEN 'opening_figure' THEN {_OF_A_MEASURE.format('v.fact')} ELSE {_OF_A_FACT} END"
    return (
        f"(SELECT * FROM (SELECT {opened} AS indicator, {_COLUMNS} FROM {view} v) WHERE indicator IS NOT NULL"
        f" AND {_OF_TOWNS}"
        f" UNION ALL SELECT 'health.severe', {_COLUMNS} FROM {view} WHERE fact = 'health.exposed' AND level = '严重')"
    )


def sums(table: str) -> str:
    """The rows of a table of sums, with the `indicator` whose measure they are of."""
    # Joined, not looked up row by row: the view of the indicators would be gone through anew for every sum.
    return (
        f"(SELECT COALESCE(o.id, s.measure) AS indicator, s.* FROM {table} s"
        " LEFT JOIN (SELECT measure, min(id) AS id FROM indicator GROUP BY 1) o ON o.measure = s.measure"
        " WHERE instr(s.measure, '@') = 0)"
    )


INDICATORS = "(SELECT i.id, COALESCE(f.counted, i.kind) AS kind FROM indicator i LEFT JOIN fact f ON f.id = i.fact)"
"""The indicators, with what is counted of each: flow, stock, distinct, counted, today."""
