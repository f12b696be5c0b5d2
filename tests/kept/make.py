"""The small ledger that is kept of each version of the schema, made by that version's program.

`python tests/kept/make.py FOLDER` makes it with whatever `anjian_cli` can be imported, and writes `FOLDER/vN.db.gz`
(N: the ledger's `user_version`) and, beside it, `FOLDER/vN.json.gz`: what that program printed of it. It is run once
for each version of the schema, with its program, before the schema changes again; from then on both files stay as they
are, so that the programs after it can be held against them:

    PYTHONPATH=src python tests/kept/make.py tests/kept

The ledger has at least one row in every table of records, taken in one by one and from files, voided and edited; all
that may become of a contract; a month that was issued, and corrections of it that came afterwards; operations that
were undone, and one that was done again. Names, codes and figures are made up. Only commands that a person would type
are used: a program of a later version runs it as it is, and whoever adds a table adds to `STORY` or `FILES` what fills
it. The moments of recording are those of the run, and with them the hashes: two runs never make the same file.
"""

from __future__ import annotations

import gzip
import json
import os
import shlex
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from openpyxl import Workbook

LEDGER = "kept.db"
LARGEST = 200_000
"""Bytes that a kept ledger may take, compressed."""

NEWEST = "NEWEST"
"""Stands in the story for the number of the newest operation."""

FILES = {
    "镇街.csv": """\
区划代码,名称,类别,停用日期,并入
330784105,石柱镇,镇,,
330784114,花街镇,镇,,
330784115,芝英镇,镇,,
330784901,经济开发区,功能区,,
330784199,示例乡,乡,2018-01-01,石柱镇
""",
    "村居.csv": """\
区划代码,名称,镇（街、区）
330784105201,石柱示例村,石柱镇
330784114201,花街示例村,花街镇
330784115201,芝英示例村,芝英镇
""",
    "企业.csv": """\
镇（街、区）,企业名称,统一社会信用代码,注册号,村（居）,生产经营地址,规模,风险类别,从业人数,主要负责人
芝英镇,永康市示例甲喷涂厂,91330784DEM090011A,,芝英示例村,芝英镇示例路1号,小型,喷涂、胶水,42,负责人甲
芝英镇,永康市示例乙家具厂,91330784DEM090012D,,,芝英镇示例路2号,小型,喷涂,18,负责人乙
石柱镇,永康市示例丙冷冻食品厂,91330784DEM090013G,,石柱示例村,石柱镇示例路3号,中型,涉氨,120,负责人丙
石柱镇,永康市示例丁抛光厂,91330784DEM090014K,,,石柱镇示例路4号,微型,涉粉,9,负责人丁
花街镇,永康市示例戊五金厂,91330784DEM090015N,,,花街镇示例路5号,微型,,6,负责人戊
花街镇,永康市示例己铸造厂,,330784000012345,,花街镇示例路6号,小型,冶金、有限空间,33,负责人己
经济开发区,永康市示例庚工具厂,91330784DEM090017W,,,开发区示例路7号,小型,,25,负责人庚
花街镇,永康市示例辛杯业厂,91330784DEM0900180,,花街示例村,花街镇示例路8号,微型,喷涂,14,负责人辛
,永康市示例壬电器厂,91330784DEM0900193,,,,微型,,5,负责人壬
""",
    "网格.csv": """\
镇（街、区）,村（居）,网格名称,网格范围,启用日期
芝英镇,芝英示例村,芝英一网格,示例路以东,2018-01-02
芝英镇,,芝英二网格,示例路以西,2018-01-02
石柱镇,石柱示例村,石柱一网格,,2017-03-01
花街镇,花街示例村,花街一网格,,
""",
    "等级.csv": """\
镇（街、区）,企业名称,风险等级,评定日期,评定依据,评定单位
芝英镇,永康市示例甲喷涂厂,红色,2018-03-01,喷涂作业，30人以上,示例安监所
芝英镇,永康市示例乙家具厂,橙,2018-03-01,喷涂作业，30人以下,示例安监所
石柱镇,永康市示例丙冷冻食品厂,红,2018-03-15,涉氨制冷,示例安监局
花街镇,永康市示例己铸造厂,黄,2018-04-02,有限空间作业,
""",
    "任务.csv": """\
年度,指标,镇（街、区）,任务数,下达文号
2018,喷涂,芝英镇,3,永安委〔2018〕3号
2018,喷涂,花街镇,1,永安委〔2018〕3号
2018,涉氨,石柱镇,1,永安委〔2018〕3号
2018,涉粉,石柱镇,2,永安委〔2018〕3号
2018,小微,花街镇,2,永安委〔2018〕3号
2018,小微,经济开发区,2,永安委〔2018〕3号
2018,负责人,芝英镇,60,永安委〔2018〕3号
2018,负责人,石柱镇,40,永安委〔2018〕3号
2018,负责人,花街镇,40,永安委〔2018〕3号
2018,网格员,经济开发区,20,永安委〔2018〕3号
2018,三级新创,芝英镇,2,永安委〔2018〕3号
2018,三级新创,石柱镇,2,永安委〔2018〕3号
2018,二级达标,石柱镇,1,永安委〔2018〕3号
2018,责任村验收,芝英镇,1,永安委〔2018〕3号
2018,智慧用电,经济开发区,4,永安委〔2018〕3号
2018,三级新创,全市,6,永安委〔2018〕2号
""",
    "期初数.csv": """\
指标,镇（街、区）,截至日期,累计数,依据,上期排名
负责人,芝英镇,2018-06-30,25,2018年6月报表（示例）,2
负责人,石柱镇,2018-06-30,18,2018年6月报表（示例）,1
智慧用电,经济开发区,2018-06-30,2,2018年6月报表（示例）,3
罚款,全市,2017-09-30,31.5万元,2017年9月报表（示例）,
立案,全市,2017-09-30,12,2017年9月报表（示例）,
""",
    "托管合同.csv": """\
镇（街、区）,企业名称,服务机构,托管类别,合同编号,起始日期,终止日期,年服务费,付费方,约定服务次数
芝英镇,永康市示例甲喷涂厂,示例甲安全技术服务公司,喷涂,例托〔2017〕1号,2017-10-01,2018-09-30,3000,企业,4
芝英镇,永康市示例乙家具厂,示例乙安全技术服务公司,喷涂,例托〔2017〕2号,2017-09-16,2018-09-15,3000,共担,4
石柱镇,永康市示例丙冷冻食品厂,示例甲安全技术服务公司,涉氨,例托〔2018〕3号,2018-03-01,2019-02-28,5000,企业,6
石柱镇,永康市示例丁抛光厂,示例乙安全技术服务公司,涉粉,例托〔2017〕4号,2017-10-16,2018-10-15,2500,企业,2
花街镇,永康市示例戊五金厂,示例甲安全技术服务公司,小微,例托〔2017〕5号,2017-10-21,2018-10-20,1000,财政,2
花街镇,永康市示例己铸造厂,示例甲安全技术服务公司,小微,例托〔2016〕6号,2016-06-01,2017-05-31,1000,财政,2
经济开发区,永康市示例庚工具厂,示例乙安全技术服务公司,小微,例托〔2018〕7号,2018-01-01,2018-12-31,1000,财政,4
花街镇,永康市示例辛杯业厂,示例甲安全技术服务公司,喷涂,例托〔2017〕8号,2017-11-21,2018-11-20,1200,企业,3
""",
    "标准化.csv": """\
镇（街、区）,企业名称,申报等级,创建类型,中介机构,启动日期,评审日期,评审得分,公告日期,公告文号,证书编号
芝英镇,永康市示例甲喷涂厂,三级,新创,示例甲安全技术服务公司,2015-03-02,2015-10-08,76.5,2015-11-16,例安监〔2015〕40号,例AQB〔2015〕1号
石柱镇,永康市示例丙冷冻食品厂,三级,新创,示例甲安全技术服务公司,2014-12-01,2015-08-10,81,2015-09-21,例安监〔2015〕33号,例AQB〔2015〕2号
花街镇,永康市示例辛杯业厂,三级,新创,示例乙安全技术服务公司,2017-02-01,2017-06-20,72,2017-07-03,例安监〔2017〕18号,例AQB〔2017〕7号
花街镇,永康市示例戊五金厂,三级,新创,示例乙安全技术服务公司,2015-02-01,2015-06-20,72,2015-07-03,例安监〔2015〕18号,例AQB〔2015〕7号
花街镇,永康市示例己铸造厂,三级,新创,,2018-01-08,2018-05-20,78,2018-06-11,例安监〔2018〕21号,例AQB〔2018〕3号
经济开发区,永康市示例庚工具厂,三级,新创,,2017-01-05,2017-05-10,74,2017-06-12,例安监〔2017〕14号,例AQB〔2017〕5号
""",
    "隐患.csv": """\
镇（街、区）,企业名称,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,整改责任人,措施,资金（元）,预案,整改完成日期,验收日期,验收人
芝英镇,永康市示例甲喷涂厂,2018-09-05,网格巡查,一般,配电箱无防护盖,2018-09-20,责任人甲,加装防护盖,500,,2018-09-12,2018-09-14,验收人甲
芝英镇,永康市示例甲喷涂厂,2018-09-06,部门检查,一般,喷漆房未用防爆灯,2018-09-25,责任人甲,,,,,,
芝英镇,永康市示例乙家具厂,2018-09-07,企业自查,一般,安全出口堵塞,2018-09-17,,,,,,,
石柱镇,永康市示例丙冷冻食品厂,2018-09-03,中介诊断,重大,氨机房报警装置失效,2018-10-20,责任人丙,停机更换,60000,专人值守,,,
石柱镇,永康市示例丁抛光厂,2018-09-10,网格巡查,一般,除尘管道积尘,2018-09-30,,,,,,,
花街镇,永康市示例己铸造厂,2018-08-20,联合执法,一般,熔炼区无围栏,2018-09-10,,,,,2018-09-08,2018-09-09,验收人乙
,永康市示例壬电器厂,2018-09-11,群众举报,一般,疏散指示灯损坏,2018-10-11,,,,,,,
""",
    "培训.csv": """\
镇（街、区）,培训日期,培训类别,培训名称,学时,参训人次,合格人次,举办单位,企业名称
芝英镇,2018-09-12,主要负责人,第三期负责人培训,8,20,18,示例甲安全技术服务公司,
石柱镇,2018-09-13,主要负责人,第三期负责人培训,8,12,12,示例甲安全技术服务公司,
花街镇,2018-08-22,主要负责人,第二期负责人培训,8,30,27,示例乙安全技术服务公司,
经济开发区,2018-09-19,网格员,网格员轮训,4,10,9,示例安监局,
芝英镇,2018-09-20,其他从业人员,喷涂岗位培训,4,35,,,永康市示例甲喷涂厂
""",
    "误收.csv": """\
镇（街、区）,培训日期,培训类别,培训名称,学时,参训人次,合格人次
石柱镇,2018-09-04,网格员,别县的网格员培训,4,50,48
花街镇,2018-09-05,网格员,别县的网格员培训,4,40,39
""",
    "回填.csv": """\
隐患编号,整改完成日期,验收日期,验收人,验收结论,不合格原因,延至日期,延期日期,延期理由,批准单位
330784114-2018-0002,2018-10-22,2018-10-24,验收人乙,合格,,,,,
330784105-2018-0003,,,,,,2018-12-10,2018-10-25,设备未到,市安委办
""",
    "要求.txt": "各镇（街、区）要对照任务补齐差距。\n重大隐患一律挂牌督办。\n",
    "补充.txt": "本月无较大事故。\n",
}
"""What is imported, by the file's name."""

WORKBOOK = "检查.xlsx"
SHEET = "9月"
INSPECTIONS = (
    ("镇（街、区）", "企业名称", "检查日期", "检查方式", "检查行动", "检查人", "检查记录文书号", "有无隐患"),
    ("芝英镇", "永康市示例甲喷涂厂", "2018-09-06", "部门检查", "2018年秋季安全生产大检查", "检查人甲", "例检1号", "有"),
    ("石柱镇", "永康市示例丁抛光厂", "2018-09-10", "网格巡查", None, "网格员乙", None, "有"),
    ("经济开发区", "永康市示例庚工具厂", "2018-09-18", "联合执法", "2018年秋季安全生产大检查", None, None, "无"),
)

SCHEME = "办法.xlsx"
ASKED = {
    "办法": (
        ("项目", "内容"),
        ("名称", "示例2019"),
        ("标题", "示例市2019年安全生产考核办法"),
        ("文号", "例安委〔2019〕1号"),
        ("总分", "百分制"),
    ),
    "类别": (
        ("编号", "名称", "计分", "满分"),
        ("training", "安全生产教育培训", "是", "40"),
        ("消防", "消防安全", "是", "40"),
        ("日常", "日常工作", "是", "20"),
    ),
    "组": (("编号", "类别", "名称", "满分"), ("练", "日常工作", "演练和场所", "17")),
    "指标": tuple(
        tuple(line.split("|"))
        for line in """\
编号|类别|指标|全称|单位|数|条件|评分|对照|组|计分|满分|计分细则|加
training.网格员|安全生产教育培训|网格员|网格员培训合格|人次|培训合格人次|培训对象=网格员|是|任务||按率|40|封顶|
消防.培训|消防安全|应急消防|应急消防培训合格|人次|培训合格人次|培训对象=应急消防|是|任务||按率|30|封顶|
消防.检查|消防安全|部门检查|部门检查|家次|安全检查|检查方式=部门检查|否|||扣分|10|应有=每季1次；每少=1；扣=5|
日常.演练|日常工作|演练|应急演练|次|完成工作项|工作项种类=应急演练|否||练|扣分|10|应有=每年1次；每少=1；扣=满分|
日常.消防站|日常工作|消防站|微型消防站|处|上报数存量|上报项目=微型消防站|否|||||
日常.场所|日常工作|场所|避灾安置场所和消防站|处|上报数存量|上报项目=避灾安置场所|否||练|按档|7|档=10:7、5:3|消防站
日常.人员|日常工作|监管人员|监管人员配备||||否|||评分|3|幅度=-2~0；评分单位=市安委办|
日常.否决|日常工作|较大否决|较大以上事故一票否决|起|较大及以上生产安全事故||否|||否决||满=1；后果=不参加排名|
""".splitlines()
    ),
}
"""A scheme for the year after: its sheets."""

STORY = """
2018-07-02
init kept.db --towns 镇街.csv --region 330784 --issuer 永康市安全生产委员会办公室 --mark 永安委办 --clerk 经办人甲
settings add contact --value 0579-00000000
settings add plan.二级达标 --value "0 0 0 0 0 0 0 0 0 0 0 1"
settings add lag.last --value 1
settings add inspect.红 --value 4
settings add inspect.橙 --value 2
settings add answer.days --value 15
settings add group.芝英镇 --value 工业镇
import 村居.csv
village add 开发区示例社区 --code 330784901201 --town 经济开发区
agency add 示例甲安全技术服务公司 --qualification 安全评价乙级 --contact 联系人甲 --phone 13800000002
agency add 示例乙安全技术服务公司 --credit-code 91330784DEM0900208
department add 示例建设局 --duty 建筑施工、燃气管道 --industries C33、E47 --risks 涉氨制冷 --contact 联系人乙
import 网格.csv
grid edit 芝英-2 --duty 示例路以西到溪边
grid add 花街二网格 --town 花街镇 --from-on 2018-05-01
grid void 花街-2 --why 没有划出来
officer add 网格员甲 --town 芝英镇 --village 芝英示例村 --grid 芝英一网格 --phone 13800000003 --from-on 2018-01-02
officer add 网格员乙 --town 石柱镇 --grid 石柱一网格 --from-on 2017-03-01 --until-on 2018-10-01
import 企业.csv
enterprise add 永康市示例癸家庭作坊 --town 芝英镇 --no-code-reason 家庭作坊 --operating-address 芝英镇示例路9号
enterprise edit 示例壬 --registered-address 示例路10号 --industry-code C3872 --industry-name 照明灯具制造 \
 --safety-officer 安全员壬 --phone 13800000004 --grid-officer 网格员甲 --registered-on 2012-03-04 --remark 属地待查
enterprise edit 示例乙 --name 永康市示例乙家居厂 --changed-on 2018-06-01
enterprise edit 示例乙 --name 永康市示例乙家具厂 --changed-on 2018-06-11
enterprise edit 示例甲 --risks 喷涂
enterprise edit 示例乙 --grid-officer 网格员甲
import 等级.csv
risk add 示例丁 --grade 黄 --from-on 2018-05-02 --basis 涉粉作业
risk void 石柱-2 --why 依据不足
import 任务.csv
target add 特种作业 --year 2018 --town 花街镇 --quantity 10 --document 永安委〔2018〕3号 --from-on 2018-01-01
target add 特种作业 --year 2018 --town 花街镇 --quantity 12 --document 永安委〔2018〕8号 --from-on 2018-08-01
import 期初数.csv
statistic add 生产总值 --town 全市 --from-on 2017-12-31 --amount 559.8亿元 --source 2017年统计公报（示例）
statistic add 从业人员 --town 全市 --from-on 2017-12-31 --amount 42.3万人 --source 2017年统计公报（示例）
import 托管合同.csv
import 标准化.csv
responsible-village add 芝英示例村 --year 2018 --agency 示例甲安全技术服务公司 --enrolled-on 2018-03-01 \
 --moved-in-on 2018-03-12 --firms-to-guide 3
guidance add 芝英示例村 --enterprise 示例甲 --guided-on 2018-05-09 --hazards-found 2
accident add 示例甲喷涂厂机械伤害事故 --happened-on 2018-03-05 --town 芝英镇 --sector 工矿商贸 --deaths 1 \
 --serious 0
exposure add 示例甲 --level 严重 --factors 化学毒物、噪声 --from-on 2017-01-01
exposure add 示例丁 --level 较重 --factors 粉尘 --from-on 2018-02-01
exposure add 示例戊 --level 一般 --factors 噪声 --from-on 2018-02-01
programme-plan add 喷涂 --year 2018 --stage 诊断 --due-on 2018-04-30 --document 永安委〔2018〕3号
programme-plan add 喷涂 --year 2018 --stage 整改 --due-on 2018-09-30 --document 永安委〔2018〕3号
programme-plan add 涉粉 --year 2018 --stage 方案 --due-on 2018-06-30
programme-plan edit 3 --due-on 2018-07-31
programme-plan add 胶水 --year 2018 --stage 排查 --due-on 2018-06-30
programme-plan void 4 --why 不单独排计划
programme add 示例甲 --action 2018年喷涂行业整治 --kind 喷涂 --enrolled-on 2018-01-15 --reason 年初列入 \
 --inspected-on 2018-02-10 --diagnosed-on 2018-03-10 --agency 示例甲安全技术服务公司 --planned-on 2018-04-10
programme add 示例丁 --action 2018年涉粉企业整治 --kind 涉粉 --enrolled-on 2018-01-15 --reason 年初列入
programme add 示例己 --action 2018年冶金企业整治 --kind 冶金 --enrolled-on 2018-04-02 --reason 新发现
programme add 示例戊 --action 2018年胶水企业整治 --kind 胶水 --enrolled-on 2018-01-15 --reason 年初列入

2018-09-28
campaign add 2018年秋季安全生产大检查 --document 永安委〔2018〕12号 --lead 示例安监局 --from-on 2018-09-01 \
 --push-on 2018-10-16 --summary-on 2018-12-16 --last-on 2018-12-31
phase add 2018年秋季安全生产大检查 --title 自查自纠 --from-on 2018-09-01 --task 企业自查，镇街逐家登记
phase add 2018年秋季安全生产大检查 --title 集中推进 --from-on 2018-10-16 --work 督查检查 --visited 80% --closed 90
phase add 2018年秋季安全生产大检查 --title 回头看 --from-on 2018-12-01
scope add 2018年秋季安全生产大检查 --kind 风险 --word 喷涂
scope add 2018年秋季安全生产大检查 --kind 等级 --word 红
scope add 2018年秋季安全生产大检查 --kind 镇街 --town 石柱镇
scope add 2018年秋季安全生产大检查 --kind 企业 --enterprise 示例庚 --from-on 2018-09-10
scope add 2018年秋季安全生产大检查 --kind 行业 --word C33
scope void 4 --why 五金企业另行检查
phase edit 3 --from-on 2018-12-11 --closed 100
phase add 2018年秋季安全生产大检查 --title 总结 --from-on 2018-12-26
phase void 4 --why 并入回头看
import 检查.xlsx
import 隐患.csv
import 培训.csv
import 误收.csv
undo
visit add 示例甲 --agency 示例甲安全技术服务公司 --kind 喷涂 --visited-on 2018-08-14 --hazards-found 2 \
 --hazards-closed 1
visit add 示例丙 --agency 示例甲安全技术服务公司 --kind 涉氨 --visited-on 2018-09-14 --visitor 服务人员甲
health add 示例甲 --agency 示例职业卫生检测公司 --sampled-on 2018-08-20 --reported-on 2018-09-05 --points 12 \
 --points-over 2 --factors 噪声 --kind 定期检测 --report-number 例检〔2018〕5号
health add 示例甲 --agency 示例职业卫生检测公司 --sampled-on 2017-08-20 --reported-on 2017-09-05 --points 12 \
 --points-over 0
device add 示例庚 --installed-on 2018-09-03 --sets 2 --provider 示例智能公司
device add 示例甲 --installed-on 2017-05-09 --sets 1 --removed-on 2018-09-21
standard add 示例丙 --grade 三级 --kind 复评 --begun-on 2018-05-04 --consulted-on 2018-05-20 \
 --self-assessed-on 2018-06-20 --applied-on 2018-07-16 --reviewed-on 2018-08-24 --review-score 84 \
 --announced-on 2018-09-17 --certificate-number 例AQB〔2018〕9号
standard add 示例甲 --grade 三级 --kind 复评 --begun-on 2018-08-06 --consulted-on 2018-09-12
standard add 示例庚 --grade 二级 --kind 新创 --begun-on 2018-04-10
standard add 示例乙 --grade 三级 --kind 新创 --begun-on 2018-02-10 --reviewed-on 2018-09-03 \
 --announced-on 2018-09-20 --reviewed-by 示例评审组
standard add 示例庚 --grade 三级 --kind 新创 --begun-on 2018-03-10 --announced-on 2018-09-14 --remark 重复申报
standard add 示例癸 --grade 三级 --kind 新创 --begun-on 2018-03-01 --abandoned-on 2018-09-25
diagnosis add 示例丁 --programme 涉粉 --agency 示例乙安全技术服务公司 --diagnosed-on 2018-07-20 \
 --findings 除尘系统没有泄爆口 --report-number 例诊〔2018〕4号
diagnosis edit 石柱-1 --planned-on 2018-08-10 --plan 更换除尘系统
diagnosis add 示例甲 --agency 示例甲安全技术服务公司 --diagnosed-on 2018-09-17
diagnosis add 示例己 --agency 示例甲安全技术服务公司 --diagnosed-on 2018-09-18
diagnosis void 花街-1 --why 不是诊断，是上门服务
programme edit 330784115-2018-0001 --rectified-on 2018-08-30 --accepted-on 2018-09-11 --accepted-unit 示例安监局 \
 --conclusion 合格 --outcome 提升 --outcome-on 2018-09-11
programme edit 330784105-2018-0001 --rectified-on 2018-09-01 --accepted-on 2018-09-12 --conclusion 不合格
hazard rectify 芝英-2 --on 2018-09-18 --measures 更换防爆灯 --funds 800元
hazard accept 芝英-2 --failed --why 灯具型号不符 --on 2018-09-20 --accepted-by 验收人甲
hazard rectify 芝英-2 --on 2018-09-24
hazard supervise 石柱-1 --level 县级 --document 永安委〔2018〕9号 --on 2018-09-05
hazard report 石柱-1 --cause 传感器老化 --harm 可能中毒 --plan 停机更换 --on 2018-09-04
hazard extend 石柱-2 --to 2018-11-15 --on 2018-09-26 --why 设备未到 --by 市安委办 --document 永安委办〔2018〕11号
case add 永安监立案〔2018〕15号 --party 永康市示例丁抛光厂 --town 石柱镇 --cause 未按规定清理积尘 \
 --basis 安全生产法 --credit-code 91330784DEM090014K --filed-on 2018-09-04 --decided-on 2018-09-18 --fine 20000 \
 --document 永安监罚〔2018〕15号 --collected-on 2018-09-25
case add 永安监立案〔2018〕16号 --party 永康市示例甲喷涂厂 --town 芝英镇 --cause 未如实记录教育培训情况 \
 --filed-on 2018-08-06 --decided-on 2018-08-20 --fine 1万元 --joint 是
case add 永安监立案〔2018〕17号 --party 永康市示例甲喷涂厂 --town 芝英镇 --cause 发生事故 --filed-on 2018-04-06 \
 --decided-on 2018-05-20 --fine 20万元 --accident 是 --referred 1 --referred-on 2018-06-01
accident add 示例仓库坍塌事故 --happened-on 2018-09-08 --town 石柱镇 --sector 建筑施工 --deaths 1 --serious 2 \
 --loss 85
accident edit 石柱-1 --enterprise 示例丙
accident amend 石柱-1 --deaths 2 --serious 1 --on 2018-09-21
accident edit 芝英-1 --written-off-on 2018-09-27 --write-off-reason 认定为自然死亡
month text 9 一 -f 补充.txt
training add 误登的培训 --town 花街镇 --held-on 2018-09-25 --kind 网格员 --attended 9 --passed 9
undo
enterprise edit 示例己 --employees 35
undo
undo NEWEST

2018-10-02
filing add 芝英镇 --month 2018-09 --filed-on 2018-09-30 --method 微信 --figures "喷涂 3；负责人 43" --filer 报送人甲
filing add 石柱镇 --month 2018-09 --filed-on 2018-10-01 --method 书面 --figures "涉氨 1；涉粉 1"
filing add 花街镇 --month 2018-09 --filed-on 2018-10-02 --method 微信 --nil 是 --nil-for 职业卫生检测
filing edit 330784105-2018-0001 --returned-on 2018-10-02 --refiled-on 2018-10-02
month text 9 四 -f 要求.txt
month close 9
undo
training add 第三期负责人培训 --town 花街镇 --held-on 2018-09-27 --kind 主要负责人 --attended 11 --passed 10
filing confirm 9 芝英 --by 经办人乙 --how 微信
month close 9

2018-10-08
month issue 9 --number 14

2018-10-12
trusteeship add 示例甲 --agency 示例甲安全技术服务公司 --kind 喷涂 --from-on 2018-10-01 --last-on 2019-09-30 \
 --visits-per-year 4 --contract-number 例托〔2018〕11号 --yearly-fee 3200 --payer 企业
trusteeship add 示例乙 --agency 示例乙安全技术服务公司 --kind 喷涂 --from-on 2018-10-10 --last-on 2019-10-09 \
 --visits-per-year 4
trusteeship end 经济开发区-1 --on 2018-09-20 --why 更换机构
catch-up add 花街镇 --month 2018-09 --filed-on 2018-10-11 --plan 每周新签托管合同2家 --figures "小微 1；负责人 40" \
 --responsible 经办人丙
catch-up edit 花街-1 --figures "小微 1；负责人 30；涉粉 0" --document 例镇〔2018〕21号
catch-up add 芝英镇 --month 2018-09 --filed-on 2018-10-12 --plan 逐家上门 --figures "喷涂 1"
catch-up void 芝英-1 --why 不在落后名单里
catch-up add --department 示例建设局 --month 2018-09 --filed-on 2018-10-12 --plan 每月巡查在建工地
catch-up add 石柱镇 --month 2018-09 --filed-on 2018-10-12 --plan 集中办一期班 --figures "负责人 40"
undo
training add 补登的培训 --town 石柱镇 --held-on 2018-09-26 --kind 主要负责人 --attended 8 --passed 7
training void 芝英-1 --why 与花街合办，重复登记
hazard add 示例庚 --description 车间与宿舍同处一幢 --found-on 2018-09-19 --deadline-on 2018-09-29
enterprise edit 示例戊 --state 关闭 --changed-on 2018-09-21
programme edit 330784114-2018-0002 --outcome 关停 --outcome-on 2018-10-09
programme edit 330784114-2018-0001 --excused-on 2018-10-10 --excuse 永安委办〔2018〕12号
enterprise edit 示例辛 --town 石柱镇 --changed-on 2018-10-10
case edit 330784115-2018-0001 --revoked-on 2018-10-11 --revoke-reason 复议撤销
opening write-down 芝英-1 --quantity 5
hazard close 石柱-1 --rectified 2018-10-09 --on 2018-10-11 --accepted-by 验收人丙 --level 县级 --unit 市安委办
hazard reopen 芝英-1 --deadline 2018-11-20 --on 2018-10-10 --why 复查发现又被拆除
hazard accept 芝英-2 --on 2018-09-25 --accepted-by 验收人甲
settings add weight.special --value 2 --from-on 2018-10-01

2018-10-26
health edit 330784115-2018-0001 --remedied-on 2018-10-15 --retested-on 2018-10-22
health add 示例丁 --agency 示例职业卫生检测公司 --sampled-on 2018-10-08 --reported-on 2018-10-19 --points 6 \
 --points-over 0
exposure edit 330784114-2018-0001 --ended-on 2018-09-21 --end-reason 企业关闭
hazard add 示例己 --description 炉前地面积水 --found-on 2018-10-15 --deadline-on 2018-10-25 --source 网格巡查
hazard add 示例丁 --description 未用防爆工具 --found-on 2018-10-16 --deadline-on 2018-10-30 --category 机械防护 \
 --basis 粉尘防爆安全规程 --document 例改〔2018〕6号 --remark 已口头告知
hazard add 示例庚 --description 消防栓被遮挡 --found-on 2018-10-16 --deadline-on 2018-10-30
hazard void 经济开发区-2 --why 重复登记
department add 示例消防大队 --short-name 消防大队 --duty 消防安全 --risks 喷涂
department edit 示例消防大队 --risks 喷涂、人员密集场所
department edit 示例建设局 --industries E47
hazard edit 石柱-2 --charged-to 示例建设局
hazard transfer 石柱-2 --department 消防大队 --on 2018-10-20 --document 例抄告〔2018〕1号 --due 2018-10-31
hazard answer 石柱-2 --on 2018-10-25 --text 已到现场核查，责令限期改正
hazard transfer 芝英-3 --department 示例建设局 --on 2018-10-22
risk add 示例丙 --grade 橙 --from-on 2018-10-22 --basis 报警装置已更换 --document 例风险〔2018〕2号
risk edit 芝英-2 --graded-by 示例安监局
grid edit 芝英-1 --name 芝英东网格
scope edit 3 --until-on 2018-10-20 --remark 已并入别的行动
import 回填.csv
inspection add 示例丙 --inspected-on 2018-10-17 --method 部门检查 --found-any 无 --campaign 2018年秋季安全生产大检查 \
 --department 消防大队 --joined 示例建设局
inspection add 示例甲 --inspected-on 2018-10-18 --method 网格巡查 --inspector 网格员甲 --found-any 无
filing add --department 示例建设局 --month 2018-09 --filed-on 2018-10-25 --method 书面 --nil 是
training add 第四期负责人培训 --town 芝英镇 --held-on 2018-10-18 --kind 主要负责人 --attended 22 --passed 20
training edit 330784115-2018-0002 --passed 33
standard edit 330784115-2018-0002 --reviewed-on 2018-10-22 --review-score 79
standard edit 330784114-2018-0002 --excused-on 2018-10-10 --excuse 永安委办〔2018〕12号
standard edit 330784114-2018-0003 --revoked-on 2018-10-12
responsible-village edit 330784115-2018-0001 --accepted-on 2018-10-20 --conclusion 合格 --reward 20000 \
 --paid-on 2018-10-25
training add 网格员秋季培训 --town 芝英镇 --held-on 2018-10-19 --kind 网格员 --attended 3 --passed 3 --officers 网格员甲
training add 网格员补训 --town 芝英镇 --held-on 2018-10-22 --kind 网格员 --attended 1 --passed 1 --officers 网格员甲
training edit 芝英-5 --officers 清空
guidance add 芝英示例村 --enterprise 示例癸 --guided-on 2018-10-11 --agency 示例甲安全技术服务公司 \
 --advice 配电箱加装防护盖
trusteeship add 示例庚 --agency 示例甲安全技术服务公司 --kind 小微 --from-on 2018-10-08 --last-on 2019-10-07 \
 --visits-per-year 4
trusteeship add 示例丁 --agency 示例甲安全技术服务公司 --kind 涉粉 --from-on 2018-10-20 --last-on 2019-10-19 \
 --visits-per-year 2
trusteeship void 石柱-3 --why 没有签成
trusteeship end 石柱-1 --on 2018-10-20 --why 企业停产
visit add 示例甲 --agency 示例甲安全技术服务公司 --kind 喷涂 --visited-on 2018-10-16 --report-number 例服12号
visit void 330784115-2018-0001 --why 不是本企业
accident add 示例道路运输事故 --happened-on 2018-10-20 --town 花街镇 --sector 道路运输 --deaths 0 --serious 1 \
 --light 2
accident add 示例工具厂机械伤害事故 --happened-on 2018-10-25 --town 经济开发区 --sector 工矿商贸 --deaths 0 \
 --serious 1 --missing 1 --enterprise 示例庚
case add 永安监立案〔2018〕18号 --party 个体户甲 --party-kind 个人 --town 花街镇 --violation 违规作业 \
 --cause 未持证动火 --filed-on 2018-10-15 --department 消防大队
case add 永安监立案〔2018〕19号 --party 示例己铸造 --firm 永康市示例己铸造厂 --town 花街镇 --cause 未设围栏 \
 --filed-on 2018-10-16
month text 10 四 -f 要求.txt

2018-11-02
hazard extend 330784901-2018-0001 --to 2018-11-30 --on 2018-11-02 --why 正在搬迁 --by 市安委办
device add 示例戊 --installed-on 2018-11-01
undo
trusteeship edit 330784105-2018-0002 --remark 正在商谈续签
undo
undo NEWEST
term add 应急消防 --list 培训对象 --from-on 2018-11-01
scheme adopt 办法.xlsx --from 2019-01-01
work add 应急演练 --town 芝英镇 --done-on 2018-10-20 --title 火灾应急演练 --level 县级 --times 2
work add 督查检查 --done-on 2018-10-22
work add 督查检查 --town 石柱镇 --done-on 2018-10-24 --campaign 2018年秋季安全生产大检查
work void 330784-2018-0001 --why 与演练重复
figure add 避灾安置场所 --town 芝英镇 --month 2018-09 --quantity 11 --source 各村上报
figure add 避灾安置场所 --town 芝英镇 --month 2018-10 --quantity 12
figure edit 330784115-2018-0002 --quantity 13

2019-02-11
mark add 监管人员 --town 芝英镇 --month 2019-01 --points -1 --reason 缺1名
mark add 监管人员 --town 石柱镇 --month 2019-01 --points 不涉及
veto-lifting add 较大否决 --town 石柱镇 --lifted-on 2019-02-01 --document 例安委〔2019〕3号 \
 --reason 复核后认定不属于责任事故
"""
"""Days, and the command lines typed on each. A line that ends in a backslash goes on in the next."""

TODAY = "2018-11-02"
"""The day on which the ledger is looked at."""

SHOWN = """
bulletin 9 --format json
bulletin 9 --format csv
bulletin 10 --format json
month list --format json
month diff 9 --format json
month diff 9 --records --format json
explain 9-芝英-喷涂 --format json
explain 10-芝英-喷涂 --format json
explain 10-石柱-涉氨 --format json
explain 10-全市-三级新创 --format json
explain 10-全市-负责人 --format json
explain 10-全市-逾期 --format json
todo 90 --format json
enterprise export --voided --format csv
hazard export --voided --format csv
trusteeship export --voided --format csv
standard export --voided --format csv
training export --voided --format csv
log --limit 1000 --format json
check
coverage --format json
coverage --campaign 秋季 --per 风险 --format json
coverage --per 等级 --format json
coverage --per 网格 --format json
coverage --list 未查 --format csv
plan 11 --format json
plan 11 --department 消防大队 --format json
plan 11 --agency 示例甲 --format json
campaign board 秋季
officer summary --format json
officer summary --per 网格员 --format json
officer summary --per 网格 --format json
catch-up compare 9 --format json
department compare --format json
agency compare --format json
guidance summary --format json
work summary --per 种类 --format json
programme stages --format json
standard stages --format json
case summary --format json
hazard summary 10 --per 监管部门 --format json
accident trend --format json
enterprise file 示例甲
todo 90 --department 消防大队 --format json
department export --voided --format csv
grid export --voided --format csv
campaign export --voided --format csv
phase export --voided --format csv
scope export --voided --format csv
risk export --voided --format csv
inspection export --voided --format csv
guidance export --voided --format csv
programme export --voided --format csv
programme-plan export --voided --format csv
diagnosis export --voided --format csv
case export --voided --format csv
accident export --voided --format csv
catch-up export --voided --format csv
work export --voided --format csv
"""
"""What is kept of what the program prints."""


class Clerk:
    """A folder with the files and the ledger in it, and somebody who types commands there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = folder / LEDGER
        foreign = ("ANJIAN_", "XDG_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        # The program is looked for where this one was started, not in the folder.
        places = [str(Path(place).resolve()) for place in kept.get("PYTHONPATH", "").split(os.pathsep) if place]
        self.environment = kept | {
            "HOME": str(folder),
            "PYTHONPATH": os.pathsep.join(places),
            "PYTHONUTF8": "1",
            "ANJIAN_ACTOR": "经办人甲",
        }

    def run(self, line: str, today: str) -> str:
        """What a command line prints. Raises SystemExit if it does not end well."""
        if NEWEST in line:
            line = line.replace(NEWEST, str(json.loads(self.run("log --limit 1 --format json", today))[0]["id"]))
        command = [sys.executable, "-m", "anjian_cli", "--db", str(self.ledger), "--today", today, *shlex.split(line)]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{today} {line}\n{done.stdout.decode()}{done.stderr.decode()}")
        return done.stdout.decode()


BY_UPGRADE = ("month_recount",)
"""Tables that no command fills but the upgrade of an older ledger."""


def live(clerk: Clerk) -> None:
    """Everything that happens to the ledger, from its beginning on."""
    for name, text in FILES.items():
        (clerk.folder / name).write_text(text, encoding="utf-8")
    book = Workbook()
    sheet = book.create_sheet(SHEET, 0)
    for row in INSPECTIONS:
        sheet.append(row)
    book.save(clerk.folder / WORKBOOK)
    asked = Workbook()
    for at, (name, rows) in enumerate(ASKED.items()):
        sheet = asked.create_sheet(name, at)
        for cells in rows:
            sheet.append(cells)
    asked.save(clerk.folder / SCHEME)
    for day in STORY.strip().split("\n\n"):
        today, *lines = day.splitlines()
        for line in lines:
            clerk.run(line, today)


def looked_into(ledger: Path) -> tuple[int, str, dict[str, int]]:
    """The ledger's version, the hash of its last operation, and how many rows each table of records and of what
    happened to them has: what no command prints."""
    with closing(sqlite3.connect(ledger)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (head,) = connection.execute("SELECT hash FROM operation ORDER BY id DESC LIMIT 1").fetchone()
        tables = [name for (name,) in connection.execute("SELECT name FROM record_table ORDER BY name")]
        tables += ["operation", "change", "source_row"]
        rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    return int(version), str(head), rows


def make(into: Path) -> tuple[Path, Path]:
    """The ledger, compressed, and what its program prints of it. Raises SystemExit if a command fails, a table of
    records is empty or the ledger is too large, FileExistsError if this version has its files already."""
    with tempfile.TemporaryDirectory() as folder:
        clerk = Clerk(Path(folder))
        live(clerk)
        printed = {line: clerk.run(line, TODAY) for line in SHOWN.strip().splitlines()}
        version, head, rows = looked_into(clerk.ledger)
        if lacking := [name for name, count in rows.items() if not count and name not in BY_UPGRADE]:
            raise SystemExit(f"no rows in {', '.join(lacking)}")
        packed = gzip.compress(clerk.ledger.read_bytes(), mtime=0)
        if len(packed) >= LARGEST:
            raise SystemExit(f"{len(packed)} bytes, {LARGEST} are too many")
        kept = {
            "program": clerk.run("--version", TODAY).strip(),
            "today": TODAY,
            "head": head,
            "rows": rows,
            "printed": printed,
        }
    ledger, told = into / f"v{version}.db.gz", into / f"v{version}.json.gz"
    contents = packed, gzip.compress(json.dumps(kept, ensure_ascii=False, indent=1).encode(), mtime=0)
    for path, content in zip((ledger, told), contents, strict=True):
        with path.open("xb") as file:  # what is kept of a version is never made anew
            file.write(content)
    return ledger, told


if __name__ == "__main__":
    for path in make(Path(sys.argv[1])):
        print(f"{path}: {path.stat().st_size} bytes")
