"""The words of the command line: English names, their Chinese, a line of help, and how people type them.

One table for both languages; no command is written down twice. It imports none of the commands, so a help
list costs nothing. `normalise` undoes what input methods and office programs do to a command line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.light_typing import NamedTuple


class Word(NamedTuple):
    """A top-level command or a verb. `module` (top-level only) holds it in `anjian_cli.commands`;
    `options` are Chinese option words of this one verb, beside `OPTIONS`; one that means '' there is no word here."""

    chinese: tuple[str, ...]
    help: str
    module: str = ""
    options: Mapping[str, str] = {}


class Noun(NamedTuple):
    """A noun: its generic verbs (served by `commands.register`) and those of its own (in `module`)."""

    chinese: tuple[str, ...]
    help: str
    generic: tuple[str, ...] = ()
    own: Mapping[str, Word] = {}
    module: str = ""

    @property
    def verbs(self) -> Mapping[str, Word]:
        """All its verbs, its own first."""
        return {**self.own, **{name: GENERIC[name] for name in self.generic}}


Table = Mapping[str, Word | Noun]
"""Commands by English name."""

COMMANDS: Mapping[str, Word] = {
    "init": Word(("建账",), "建立一本新台账，并记住它的位置", "init"),
    "wizard": Word(("向导",), "在终端里一问一答地建账，可以离开再接着做", "wizard"),
    "import": Word(("导入",), "导入表格文件或文件夹，自动认出是哪一类", "import_files"),
    "export": Word(("导出",), "整本台账导出为一个工作簿，一类一页", "export"),
    "template": Word(("空表", "模板"), "填报用的空表，一类一页；可每镇一份", "template"),
    "status": Word(("概况",), "一屏看清：本期通报、各项工作、隐患、到期、存疑", "status"),
    "todo": Word(("待办",), "到期和逾期未办的事；可每镇一份回填单", "todo", {"--机构": "--agency"}),
    "bulletin": Word(("通报",), "某月的重点工作通报：完成数、完成率、名次", "bulletin", {"--考核单位": "--unit"}),
    "brief": Word(("一页纸",), "领导一页纸：会前看的一面", "brief"),
    "coverage": Word(
        ("覆盖",),
        "检查覆盖：查了哪些企业，还有哪些没查到",
        "coverage",
        {"--行动": "--campaign", "--列出": "--list"},
    ),
    "plan": Word(("检查计划",), "检查计划：一个月里去哪些企业、为什么去", "plan", {"--机构": "--agency"}),
    "notice": Word(("文书",), "催报、督办、约谈通知书，抄告函", "notice", {"--天内": "--within", "--限期": "--within"}),
    "remind": Word(
        ("催办",), "到期没办的，一个镇一条，贴到群里就能发", "remind", {"--天内": "--within", "--自": "--since"}
    ),
    "find": Word(("查找",), "一个名称、编号或几个字，在哪些记录里", "find"),
    "explain": Word(("明细",), "一个数字由哪些记录组成", "explain"),
    "ask": Word(("提问",), "再问一遍存下来的问题", "ask", {"--删除": "--forget"}),
    "log": Word(("日志",), "台账上做过的每一步操作", "log"),
    "undo": Word(("撤销",), "撤销一步操作", "undo"),
    "check": Word(("核验",), "核对台账是否完好、数字是否一致", "check"),
    "backup": Word(
        ("备份",),
        "备份台账，核验过才算；按天、周、月保留",
        "backup",
        options={"--保留": "--keep", "--每天": "--every-day", "--新钥匙": "--new-keys"},
    ),
    "restore": Word(
        ("恢复",),
        "用备份恢复台账；先核验，原来的留在旁边",
        "restore",
        options={
            "--恢复到": "--to",
            "--延至": "",
            "--私钥": "--identity",
            "--演练": "--rehearse",
            "--另一本": "--another",
        },
    ),
    "seal": Word(("封存",), "写一份签名的说明：台账此刻的样子，以后凭它核验", "seal"),
    "upgrade": Word(("升级",), "把旧版的台账升级为本版的", "upgrade"),
    "demo": Word(("演示",), "建一本演示台账，内容全是虚构的", "demo", {"--办法": "--scheme", "--样张": "--samples"}),
    "doctor": Word(("自检",), "检查这台电脑和台账：程序跑得起来吗，缺什么、怎么办", "doctor"),
    "help": Word(("帮助",), "一个命令怎样用，一个代码（如 E412）怎么办", "help"),
    "version": Word(("版本",), "这个程序的版本", "help"),
    "completion": Word(("补全",), "按 TAB 补全命令、选项、镇街、隐患、企业", "shell_completion"),
}

GENERIC: Mapping[str, Word] = {
    "add": Word(("新增",), "登记一条"),
    "list": Word(("列表",), "列出各条"),
    "show": Word(("查看",), "查看一条的全部内容"),
    "edit": Word(("修改",), "修改一条"),
    "void": Word(("作废",), "作废一条，写明原因"),
    "import": Word(("导入",), "从表格文件导入"),
    "export": Word(("导出",), "导出为表格文件"),
    "template": Word(("空表", "模板"), "生成填报用的空表"),
}

SHORT_FOR: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("改错", "更正", "订正"), ("edit", "--correct")),
    "refer": ("transfer",),
    **dict.fromkeys(("登记", "录入", "添加"), ("add",)),
    **dict.fromkeys(("改", "更改"), ("edit",)),
    **dict.fromkeys(("清单", "列出", "名单", "一览"), ("list",)),
    "详情": ("show",),
    **dict.fromkeys(("查", "搜索", "搜"), ("find",)),
}
"""Commands that stand for another one, with an option or without."""

ALL_GENERIC = tuple(GENERIC)

NOUNS: Mapping[str, Noun] = {
    "town": Noun(("镇街",), "镇（街、区）", ALL_GENERIC),
    "village": Noun(("村居",), "村、居、社区", ALL_GENERIC),
    "term": Noun(
        ("用语",),
        "用语：培训对象、整治类型等各表的词，增设、停用",
        tuple(verb for verb in GENERIC if verb != "list"),
        {"list": Word(("列表",), "列出各表的词：程序自带的和本单位的")},
        "term",
    ),
    "agency": Noun(
        ("机构",),
        "中介机构",
        ALL_GENERIC,
        {"compare": Word(("比较",), "各中介机构比一比：服务、隐患、续签", options={"--类型": "--kind"})},
        "agency",
    ),
    "department": Noun(
        ("部门",),
        "安委会成员单位",
        ALL_GENERIC,
        {"compare": Word(("比较",), "各部门比一比：检查、隐患、答复、立案")},
        "department",
    ),
    "grid": Noun(("网格",), "网格：一片企业归谁看，各镇划定", ALL_GENERIC),
    "officer": Noun(
        ("网格员",),
        "网格员",
        ALL_GENERIC,
        {"summary": Word(("统计",), "网格和网格员：谁管几家、谁没培训、谁查不出问题")},
        "officer",
    ),
    "enterprise": Noun(
        ("企业",),
        "企业和其他生产经营单位",
        ALL_GENERIC,
        {
            "file": Word(("档案",), "一企一档：一家企业的全部情况，一页看清"),
            "repeat": Word(
                ("屡犯", "屡查屡犯"),
                "屡查屡犯的企业：多少天里被查出几次以上",
                options={"--次数": "--times", "--天数": "--within"},
            ),
        },
        "enterprise",
    ),
    "campaign": Noun(
        ("行动",),
        "行动：秋季大检查、百日攻坚等，分三个阶段",
        ALL_GENERIC,
        {"board": Word(("挂图",), "挂图作战：各阶段、各镇街到了哪里")},
        "campaign",
    ),
    "phase": Noun(("行动阶段",), "行动阶段：从哪天起、做什么、到什么程度", ALL_GENERIC),
    "scope": Noun(("行动范围",), "行动范围：查哪些企业，按风险、行业、镇街等", ALL_GENERIC),
    "risk": Noun(("风险等级",), "风险等级：红橙黄蓝，哪天评定、凭什么", ALL_GENERIC),
    "inspection": Noun(("检查",), "检查：自查、部门、网格、中介、联合执法", ALL_GENERIC),
    "hazard": Noun(
        ("隐患",),
        "隐患：登记、整改、验收、销号",
        ALL_GENERIC,
        {
            "report": Word(("上报",), "上报重大隐患"),
            "supervise": Word(("挂牌",), "挂牌督办重大隐患", options={"--挂牌级别": "--level"}),
            "transfer": Word(
                ("移交",),
                "移交给另一监管部门，限期答复",
                options={
                    "--监管部门": "--department",
                    "--移交日期": "--on",
                    "--抄告函": "--document",
                    "--答复期限": "--due",
                },
            ),
            "answer": Word(
                ("答复",),
                "登记监管部门的答复",
                options={"--答复日期": "--on", "--内容": "--text", "--部门答复": "--text"},
            ),
            "extend": Word(
                ("延期",), "整改期限延后", options={"--延期至": "--to", "--新期限": "--to", "--期限": "--to"}
            ),
            "rectify": Word(("整改",), "登记整改完成", options={"--完成日期": "--on", "--整改日期": "--on"}),
            "accept": Word(("验收",), "登记验收结论", options={"--验收级别": "--level", "--验收日期": "--on"}),
            "close": Word(
                ("销号", "核销"),
                "验收合格，予以销号",
                options={
                    "--验收级别": "--level",
                    "--验收日期": "--on",
                    "--销号日期": "--on",
                    "--完成日期": "--rectified",
                    "--整改日期": "--rectified",
                },
            ),
            "reopen": Word(("退回",), "退回，重新整改"),
            "basis": Word(("判定标准",), "重大隐患的判定条款；登记时写代码就行"),
            "summary": Word(("统计",), "发现、销号、未销号、逾期各多少，几天销号"),
        },
        "hazard",
    ),
    "training": Noun(("培训",), "安全培训", ALL_GENERIC),
    "standard": Noun(
        ("标准化", "标化"),
        "标准化：新创、复评、升级，到证书",
        ALL_GENERIC,
        {
            "stages": Word(("阶段",), "创建走到哪一步，各停着几家", options={"--类型": "--kind", "--等级": "--grade"}),
            "advance": Word(
                ("推进",),
                "登记到了哪个阶段：咨询、自评、申请、评审、公告",
                options={"--证书编号": "--certificate-number", "--公告文号": "--announcement"},
            ),
        },
        "standard",
    ),
    "responsible-village": Noun(("责任村",), "主体责任村：列入、进驻、验收、奖励", ALL_GENERIC),
    "guidance": Noun(
        ("指导",),
        "责任村一对一指导的小微企业",
        ALL_GENERIC,
        {"summary": Word(("统计",), "应指导、已指导几家，查出多少隐患，哪些村还没有指导")},
        "guidance",
    ),
    "programme": Noun(
        ("整治", "专项整治"),
        "专项整治：列入、排查、诊断、整改、验收、处置",
        ALL_GENERIC,
        {
            "stages": Word(("阶段",), "整治走到哪一步，各阶段到了几家", options={"--类型": "--kind"}),
            "enrol": Word(
                ("列入",),
                "整体列入：有这类风险的在营企业一次全列入",
                options={
                    "--类型": "--kind",
                    "--风险": "--risk",
                    "--整治行动": "--action",
                    "--纳入原因": "--reason",
                    "--纳入日期": "--on",
                },
            ),
        },
        "programme",
    ),
    "programme-plan": Noun(("整治计划",), "整治计划：一年里各阶段哪天前完成", ALL_GENERIC),
    "diagnosis": Noun(("诊断",), "诊断：机构查出什么、怎样整改", ALL_GENERIC),
    "trusteeship": Noun(
        ("托管",),
        "安全生产托管合同",
        ALL_GENERIC,
        {"end": Word(("终止",), "登记合同提前终止")},
        "trusteeship",
    ),
    "visit": Noun(("服务",), "托管服务：机构上门的每一次", ALL_GENERIC),
    "exposure": Noun(("应检",), "职业病危害：应检测的企业", ALL_GENERIC),
    "health": Noun(("检测",), "职业卫生检测", ALL_GENERIC),
    "case": Noun(
        ("执法",),
        "执法案件：立案、决定、罚款、移送、撤销",
        ALL_GENERIC,
        {"summary": Word(("统计",), "立案、处罚、罚款多少，和上年同期比")},
        "case",
    ),
    "accident": Noun(
        ("事故",),
        "生产安全事故",
        ALL_GENERIC,
        {
            "amend": Word(("续报",), "续报伤亡：从那天起按新数计"),
            "trend": Word(("走势",), "事故几年、逐月比一比，按镇街、行业领域"),
        },
        "accident",
    ),
    "device": Noun(("智慧用电",), "智慧式用电安全管理系统", ALL_GENERIC),
    "filing": Noun(
        ("报送",),
        "各镇月报：按期、迟报、零报告、退回、确认",
        ALL_GENERIC,
        {
            "confirm": Word(("确认",), "登记某镇对本月数字的确认：谁、哪天、怎样", options={"--方式": "--how"}),
            "sheet": Word(("确认单",), "各镇本月数字一张表，发出去确认，填好了再导入"),
        },
        "filing",
    ),
    "catch-up": Noun(
        ("补差",),
        "补差计划：落后单位怎样补上，各补多少",
        ALL_GENERIC,
        {"compare": Word(("对照",), "答应补多少，到下一期补了多少，谁没有报")},
        "catch_up",
    ),
    "work": Noun(
        ("工作项",),
        "工作项：演练、督查、会议、表彰等，哪天做了几次",
        ALL_GENERIC,
        {"summary": Word(("统计",), "会议、督查、宣传、演练各做了几次，哪些镇没做")},
        "work",
    ),
    "figure": Noun(("上报数",), "上报数：各镇每月自己报的数，没有逐条记录", ALL_GENERIC),
    "mark": Noun(("评分",), "评分：办法里由单位打分的指标，加几分、扣几分", ALL_GENERIC),
    "veto-lifting": Noun(("否决解除",), "否决解除：一票否决经复核解除的日期和文号", ALL_GENERIC),
    "statistic": Noun(("统计",), "统计数：生产总值、从业人员", ALL_GENERIC),
    "target": Noun(("任务",), "年度任务数", ALL_GENERIC),
    "indicator": Noun(
        ("指标",),
        "指标：通报里的每一个数",
        own={"list": Word(("列表",), "列出全部指标：单位、来源、是否评排名")},
        module="indicator",
    ),
    "scheme": Noun(
        ("办法",),
        "考核办法：数什么、怎样排，自哪一天起",
        own={
            "list": Word(("列表",), "列出各个办法，自哪一天起施行"),
            "show": Word(("查看",), "查看一个办法的各项指标"),
            "template": Word(("空表", "模板"), "生成一份可以改的办法"),
            "check": Word(("检查",), "检查办法文件，说明改了什么", options={"--自": "--from"}),
            "adopt": Word(("采用",), "自某一天起按这个办法数和排", options={"--自": "--from", "--为": "--for"}),
            "export": Word(("导出",), "把一个办法写成表格文件"),
            "compare": Word(("比较",), "按两个办法各算一遍，谁在第几", options={"--考核单位": "--unit"}),
        },
        module="scheme",
    ),
    "opening": Noun(
        ("期初",),
        "期初数：没有逐条记录的累计数",
        ALL_GENERIC,
        {
            "write-down": Word(("核减",), "核减期初数，改由逐条记录计数"),
            "from-bulletin": Word(("取自通报",), "从上月的Excel通报里取出各镇的累计数"),
        },
        "opening",
    ),
    "package": Noun(
        ("报送包",),
        "报送包：一个月的合计签上名报上级；上级接收",
        own={
            "make": Word(("生成",), "生成一个月的报送包"),
            "show": Word(("查看",), "核对一个报送包，看里面是什么"),
            "receive": Word(("接收",), "收下各县的报送包"),
            "register": Word(("登记",), "登记一个县的台账和签名公钥"),
            "list": Word(("列表",), "各县报到哪个月，谁还没有报"),
        },
        module="package",
    ),
    "warehouse": Noun(
        ("汇总库",),
        "汇总库：各县报送包的合计和明细，供引擎查",
        own={
            "build": Word(("生成",), "把报送包汇成一个文件夹"),
            "query": Word(("查询",), "一个口径各县、各市、各月有多少"),
            "facts": Word(("明细",), "一个县的一个数字由哪些逐条的事实组成"),
            "audit": Word(("核对",), "报来的合计和明细对不对得上"),
            "load": Word(("装载",), "把汇总库装进 PostgreSQL"),
        },
        module="warehouse",
    ),
    "reporting-ledger": Noun(("报送台账",), "报送台账：哪些县的哪本台账可以报送", ALL_GENERIC),
    "settings": Noun(("设置",), "设置：单位、代字、排名规则等", ALL_GENERIC),
    "month": Noun(
        ("月份",),
        "月份：定稿、印发、撤回、比较",
        own={
            "close": Word(("定稿",), "定稿：数字就此固定"),
            "issue": Word(("印发",), "登记印发的文号和日期"),
            "withdraw": Word(("撤回",), "收回最后印发的一期"),
            "list": Word(("列表",), "各月的状态"),
            "diff": Word(("差异",), "定稿后数字有何变动"),
            "check": Word(("检查",), "定稿前检查缺漏"),
            "text": Word(("文字",), "经办人自己写的段落，随通报印出", options={"--文件": "--file"}),
        },
        module="month",
    ),
}

OPTIONS: Mapping[str, str] = {
    "--月份": "--month",
    "--年": "--year",
    "--年份": "--year",
    "--镇街": "--town",
    "--镇": "--town",
    "--属地": "--town",
    "--每镇": "--each-town",
    "--部门": "--department",
    "--各镇": "--each-town",
    "--日期": "--on",
    "--经办": "--by",
    "--验收人": "--accepted-by",
    "--完成": "--rectified",
    "--期限": "--deadline",
    "--延至": "--to",
    "--天内": "--within",
    "--当时所知": "--as-known-on",
    "--数量": "--quantity",
    "--原因": "--why",
    "--理由": "--why",
    "--依据": "--basis",
    "--文号": "--number",
    "--指标": "--indicator",
    "--格式": "--format",
    "--输出": "--output",
    "--试运行": "--dry-run",
    "--查找": "--find",
    "--按": "--per",
    "--含作废": "--voided",
    "--条数": "--limit",
    "--确认": "--yes",
    "--清空": "--clear",
    "--对照": "--mapping",
    "--存对照": "--save-mapping",
    "--模板": "--template",
    "--存模板": "--save-template",
    "--核对": "--draft",
    "--比对": "--against",
}
"""The glossary of options: what a Chinese word means in every command; the first of those for an English option is
what answers call it. It stands for that option of the command called, unless the command gives the word to one of its
own (a record's field): a field titled 日期 is not taken for `--on`. Words of one command alone stand with it."""

GLOBAL_OPTIONS: Mapping[str, Word] = {
    "--db": Word(("--台账",), "用哪一本台账，代替 ANJIAN_DB 和建账时记住的那本"),
    "--today": Word(("--今天",), "把哪一天当作今天"),
    "--as": Word(("--操作人",), "以谁的名义操作，代替 ANJIAN_ACTOR 和登录名"),
    "--clock-right": Word(("--时钟无误",), "时钟比上一步操作早，但时钟没错：照现在的时间记"),
    "--no-pager": Word(("--不分页",), "屏幕上不分页，一直显示到底"),
    "--help": Word(("-h", "--帮助"), "显示这页说明"),
    "--version": Word(("--版本",), "显示版本"),
}
"""Options allowed anywhere on the line, taken off it before a command sees it."""

FLAGS = frozenset({"--help", "--version", "--dry-run", "--clock-right", "--no-pager"})
"""Known options without a value."""


COMPLETE = "__complete"
"""What a shell calls at TAB; nobody types it, and no help lists it."""


def find(word: str, table: Table) -> str | None:
    """The English name of a command word in either language; None if the table does not know it."""
    lowered = word.lower()
    if lowered in table:
        return lowered
    return next((name for name, entry in table.items() if word in entry.chinese), None)


def called(args: Sequence[str], table: Table) -> tuple[str | None, Sequence[str]]:
    """The English name of the command that the first word of a line calls, None if the table does not know it; and the
    rest of the line, with the option that a verb stands for."""
    meant = SHORT_FOR.get(args[0], ())
    if meant and meant[0] in table:
        args = [*meant, *args[1:]]
    return find(args[0], table), args[1:]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like a mistyped word, or None if none is near: help is not health, 年份 is not 月份."""
    from difflib import get_close_matches  # here, since only a mistyped word needs it

    known = list(candidates)
    if len(word) == 2 and not word.isascii():
        # One wrong character is half the word: the other must be the first, which says what a word is about.
        known = [each for each in known if each[:1] == word[0]]
        found = get_close_matches(word, known, n=1, cutoff=0.5)
    else:
        found = get_close_matches(word.lower(), known, n=1, cutoff=0.75 if word.isascii() else 0.6)
    return found[0] if found else None


def in_chinese(command: str) -> str:
    """A command as the log has it (`hazard close`, `import`), in Chinese; what is no command of this program stays."""
    command, corrected, why = command.partition(" --correct --why ")
    command, phones, file = command.partition(" --with-phones")
    command, whole, _ = command.partition(" --all")
    told = _command_in_chinese(command) + (" --全部" if whole else "")
    if phones:
        file = file.removeprefix(" -o ")
        return f"{told}（带电话，写到{file}）" if file else f"{told}（带电话）"
    return f"{told}（更正：{why}）" if corrected else told


def _command_in_chinese(command: str) -> str:
    first, *rest = command.split(" ")
    table: Table = COMMANDS if first in COMMANDS else NOUNS
    words = []
    for name in (first, *rest):
        if name in GLOBAL_OPTIONS:
            words.append(GLOBAL_OPTIONS[name].chinese[-1])
        elif (entry := table.get(name)) is None:
            return command
        else:
            words.append(entry.chinese[0])
            table = entry.verbs if isinstance(entry, Noun) else {}
    return " ".join(words)


_COMMAND = r"(?<=anjian )[a-z][a-z-]*(?: [a-z][a-z-]*)*(?![a-z])"


def spoken(text: str) -> str:
    """A text with every command in it in Chinese. The floors below know commands by their English names alone."""
    return re.sub(_COMMAND, lambda found: in_chinese(found[0]), text) if "anjian " in text else text


def option(english: str) -> str:
    """What an option is called in answers: the glossary's first word for it, itself where there is none."""
    names = {name: entry.chinese[-1] for name, entry in GLOBAL_OPTIONS.items()}
    return names.get(english) or next((word for word, meant in OPTIONS.items() if meant == english), english)


# --- how people type

_DASHES = "-\uff0d\u2014\u2013\u2500\u2015\u2012\u2212\u2010\u2011\ufe58\ufe63"
_TO_HYPHEN = str.maketrans(dict.fromkeys(_DASHES, "-"))
_NARROW = {
    wide: wide - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(first, last + 1)
}
_GLOBAL_NAMES = {name: name for name in GLOBAL_OPTIONS} | {
    alias: name for name, entry in GLOBAL_OPTIONS.items() for alias in entry.chinese
}
_KNOWN = {*OPTIONS, *OPTIONS.values(), *_GLOBAL_NAMES}


def global_option(name: str) -> str | None:
    """The English name of a global option in any spelling, or None."""
    return _GLOBAL_NAMES.get(name)


def normalise(argv: Sequence[str]) -> list[str]:
    """The command line as it was meant.

    Options: full-width letters, digits, `－` and `＝`, and the dashes that office programs make of `--`,
    become ASCII. Values: only letters and digits; punctuation stays, as does the name of a file that exists.
    Ideographic spaces at either end go. After `--` everything is a value.
    """
    done: list[str] = []
    only_values = value_next = False
    for typed in argv:
        token = typed.strip("\u3000")
        if token == "--" and not only_values:
            only_values, value_next = True, False
            done.append(token)
            continue
        option = None if only_values else _option(token, only_known=value_next)
        if option is not None:
            done.append(option)
            whole = option.startswith("--") or len(option) == 2  # not -o通报.docx
            value_next = whole and "=" not in option and _GLOBAL_NAMES.get(option, option) not in FLAGS
        elif token or not typed or value_next:
            done.append(_value(token))
            value_next = False
    return done


def _option(token: str, *, only_known: bool) -> str | None:
    """The token as an option, or None if it is a value. Behind an option that may want a value, a text that
    begins with an office dash is an option only if it is a known one."""
    head, equals, value = _split(token)
    bare = head.lstrip(_DASHES).translate(_NARROW).translate(_TO_HYPHEN)
    dashes = head[: len(head) - len(head.lstrip(_DASHES))]
    if not dashes or not bare or not bare[0].isalpha():
        return None
    typed_plainly = not dashes.strip("-")
    if typed_plainly:
        name = dashes + bare
    elif bare.replace("-", "").isalnum():
        name = f"-{bare}" if len(bare) == 1 and bare.isascii() else f"--{bare}"
    else:
        return None
    if only_known and not typed_plainly and name not in _KNOWN:
        return None
    if typed_plainly and len(dashes) == 1 and not bare[0].isascii() and not only_known:
        name = f"--{bare}"  # -期限: no Chinese option is a short one
    elif typed_plainly and len(dashes) == 1 and len(bare) > 1:
        return token  # a short option with its value run on: -o通报.docx
    return f"{name}={_value(value)}" if equals else name


def _split(token: str) -> tuple[str, str, str]:
    ends = [at for at in (token.find("="), token.find("＝")) if at >= 0]
    if not ends:
        return token, "", ""
    at = min(ends)
    return token[:at], "=", token[at + 1 :]


def _value(text: str) -> str:
    folded = text.translate(_NARROW)
    if folded != text and os.path.lexists(text):
        return text  # a file is called what it is called
    return folded
