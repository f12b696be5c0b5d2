"""The catalogue of messages: of each code the reason, the remedy and the exit code. Nothing here knows a file or a
screen.

What carries a message to the user stands in `errors`, which reads this only where one is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from anjian_cli.light_typing import NamedTuple


class Exit(IntEnum):
    """What the process returns."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    NOT_ALLOWED = 4
    LOCKED = 5
    UNUSABLE = 6
    INTERRUPTED = 130


class Message(NamedTuple):
    """One entry of the catalogue. `reason` and `remedy` are templates for `str.format`."""

    exit: Exit
    reason: str
    remedy: str


DAMAGED = (
    "台账受损，读到的不可信，没有往下做，也没有改动它。请运行 anjian 核验，再用最近的备份恢复：anjian 恢复 备份文件"
)
R, U, N, S, L, B = Exit.REFUSED, Exit.USAGE, Exit.NOT_FOUND, Exit.NOT_ALLOWED, Exit.LOCKED, Exit.UNUSABLE

CATALOGUE: Mapping[str, Message] = {
    # --- usage: the command line itself
    "E101": Message(U, "没有“{value}”这个命令", "{remedy}"),
    "E102": Message(U, "没有“{value}”这个选项", "{remedy}"),
    "E103": Message(U, "缺少{name}", "用法见 {help}"),
    "E104": Message(U, "选项“{name}”后面要跟一个值", "用法见 {help}"),
    "E105": Message(U, "多出了“{value}”", "{told}用法见 {help}"),
    "E106": Message(U, "“{name}”不能填“{value}”", "{remedy}"),
    "E107": Message(U, "没有要做的事：{reason}", "{remedy}"),
    "E108": Message(U, "看不懂月份“{value}”", "请写成 10、10月、2018-10、201810 或 上月"),
    "E119": Message(U, "不写年份的只能是上一个已结束的月（{last}）", "要{what}{month}，请写明年份：{line}"),
    "E109": Message(U, "“{value}”已存在，没有覆盖", "请换个文件名，或先移走原文件"),
    "E121": Message(U, "“{value}”不止一个选项：{found}", "请写全一个"),
    # --- what is asked of a list
    "E122": Message(U, "“{value}”有几个意思", "请写明是哪个：{found}"),
    "E123": Message(U, "{told}", "{remedy}"),
    "E124": Message(U, "“{value}”不能做名字：{why}", "请换一个，如 {example}"),
    "E125": Message(U, "{record}没有可以按“{value}”筛选的日期", "{remedy}"),
    "E126": Message(U, "“{title}”没有“{value}”这一栏", "可以是：{found}"),
    "E127": Message(U, "没有存过“{value}”这个问题", "{remedy}"),
    "E128": Message(U, "存问题的文件读不出来：{path}", "请移走或删去它，再重新存"),
    "E129": Message(U, "“{value}”不止一栏：{found}", "请写全一个"),
    "E131": Message(U, "“{value}”太短，哪里都有", "请至少写两个字"),
    "E132": Message(U, "还缺{value}", "照这样写全，“…”处填上：{line}"),
    "E133": Message(U, "“{value}”不在{noun}的列表里：{why}", "{remedy}"),
    "E140": Message(U, "没有地方放“{value}”", "{told}"),
    "E145": Message(
        U,
        "看不懂“{value}”：不是{noun}列表的条件，{title}里也没有这几个字",
        "{meant}可以写哪些条件：anjian {noun} 列表 -h；不知道在哪一类里：anjian 查找 几个字",
    ),
    "E146": Message(U, "没有“{value}”这种文书", "{remedy}"),
    "E134": Message(U, "“{step}”不收“{value}”里的词", "合得上的是“{other}”，分两步办：{line}"),
    "E130": Message(S, "{path} 不是本程序写的，没有动它", "请先把它挪开，或不写 --安装，自己把印出来的放进去"),
    "E135": Message(U, "向导在终端里一问一答，这里不是终端，没有问", "同样的事，一行一步：{lines}"),
    "E136": Message(R, "{why}", "一行一个镇（街、区），有代码的写在名称前面，如 330784115 芝英镇"),
    "E137": Message(R, "{why}", "一行写一个镇（街、区）的名称，空行结束"),
    "E138": Message(R, "没有“{value}”，或没有读它的权限", "请核对路径；也可以把文件拖进终端里"),
    "E139": Message(R, "“{value}”不能这样写", "不能以“-”开头，会被当作选项；文件可写成 ./{value}"),
    # --- values: one cell
    "E201": Message(R, "含有看不见的控制字符", "请删去后重新录入"),
    "E202": Message(R, "没有填", "此项必填"),
    "E203": Message(R, "不在可选值之内", "请从中选一：{choices}"),
    "E204": Message(R, "字数超过{limit}字", "请缩短；写不下的，另附文件，这里写文件名"),
    "E205": Message(R, "公式出错，没有算出内容", "请在表格中改好公式，或直接填写"),
    "E206": Message(R, "有字已变成“\ufffd”，认不出原来是什么", "请照原件重新录入；整份文件都这样的，请发件人重新保存"),
    "E211": Message(R, "没有这一天：{why}", "请改为如 2018-12-13"),
    "E212": Message(R, "不是日期", "请写成如 2018-10-09、2018/10/9 或 2018年10月9日"),
    "E213": Message(R, "晚于今天（{today}），{title}不能是将来", "请核对年份和月份；还没有办的事，办了再登记"),
    "E214": Message(R, "早于“{other_title}”{other}", "请核对哪个填错"),
    "E215": Message(R, "早于1900年或晚于2199年", "请核对年份"),
    "E216": Message(R, "没有写年份", "文件里的日期要写全，如 2018-10-09"),
    "E221": Message(
        R,
        "号码已被表格软件转成科学计数，后几位已丢失，无法还原",
        "请从营业执照重新录入，并先把该列设为“文本”格式（本程序的空表已设好）",
    ),
    "E222": Message(R, "校验码不符，其中至少录错一位", "请对照营业执照重新录入"),
    "E223": Message(
        R,
        "是{length}位旧注册号，不是18位统一社会信用代码",
        "请填新代码；暂时查不到的，此列留空，旧号填入“注册号”列，或在“无代码原因”选“代码不详”",
    ),
    "E224": Message(R, "号码有遮盖，不能用来认定企业", "请填全号"),
    "E225": Message(R, "不是18位统一社会信用代码", "请对照营业执照重新录入"),
    "E269": Message(R, "不是{length}位十六进制数字（0—9、a—f）", "请从 anjian 报送包 查看 的显示里照抄"),
    "E226": Message(R, "不是{length}位数字的代码", "请核对，如 {example}"),
    "E227": Message(
        R, "不是旧注册号（13位或15位数字，合作社的如320722NA000001X）", "请照营业执照核对；没有的，这一格空着"
    ),
    "E228": Message(
        R, "统一社会信用代码、注册号、无代码原因三项全空", "至少填一项；没有代码的，请在“无代码原因”中选一项"
    ),
    "E229": Message(R, "不是行业代码", "请写成一个大写字母加2至4位数字，如 C3351（GB/T 4754-2017）"),
    "E231": Message(R, "本台账没有这个{kind}名称", "{remedy}"),
    "E232": Message(R, "台账中有{count}个相符：{found}", "请补填统一社会信用代码或编号"),
    "E233": Message(R, "台账中没有这家企业", "请先登记企业，或核对名称与统一社会信用代码"),
    "E234": Message(R, "与统一社会信用代码对应的企业“{other}”不是同一家", "请核对名称与代码"),
    "E235": Message(R, "没有编号为它的{kind}", "请核对；登记新的一条时，编号一列留空"),
    "E236": Message(R, "这条{kind}已作废（{reason}）", "要重新登记，请先撤销作废"),
    "E237": Message(R, "与{where}指的是同一条{kind}", "{apart}"),
    "E238": Message(
        R, "“{other}”已有这个{title}", "请核对是否同一家：同一家的，改已登记的那一家；不是的，改填错的那一个"
    ),
    "E239": Message(R, "没有“{value}”这个指标", "{remedy}"),
    "E241": Message(R, "隐患只分“一般”“重大”两级（总局令第16号第三条）；“较大”是事故等级", "请改填“一般”或“重大”"),
    "E242": Message(R, "在县级市里分不清是县级还是设区市级", "请填“县级”或“设区市级”"),
    "E243": Message(R, "不是非负整数", "请只填数字"),
    "E244": Message(R, "不是金额", "请填数字，可带“元”“万元”，如 2万元"),
    "E245": Message(R, "不是人民币", "请折成人民币后填写"),
    "E246": Message(R, "不是是或否", "请填“是”或“否”"),
    "E247": Message(R, "数字太大", "请核对是不是多打了几位，或把元当成了万元"),
    "E248": Message(R, "不是数", "请填如 0.83、83% 或 5/6"),
    "E249": Message(R, "看不懂文号", "请写成 15、[2018]15 或 永安委办〔2018〕15号"),
    "E250": Message(R, "不是电话号码", "请填11位手机号码，或带区号的固定电话号码"),
    "E251": Message(R, "重大隐患缺{missing}", "重大隐患须责任、措施、资金、时限、预案五落实，请补齐后再报"),
    "E252": Message(R, "合格人次{passed}多于参训人次{attended}", "请核对这两格，改填错的那一格"),
    "E270": Message(
        R,
        "不是本地（{region}）的代码，本地的以{prefix}开头",
        "请核对；确要用外县的代码，先执行：anjian 设置 新增 可用外县代码 --值 是（建账时加 --可用外县代码）",
    ),
    "E253": Message(R, "停用了，却没有写并入哪里", "请填“并入”，以前的数字才有着落"),
    "E254": Message(R, "不是十二个月的累计比例", "请写十二个不减的比例，用空格分开，如 0 0 0 0 0 0 0 0 0 0 0.5 1"),
    "E255": Message(R, "{year}年的任务不能从以后的年份起用", "请核对起用日期"),
    "E257": Message(R, "看不懂镇报数", "请写成“指标 数字”，几项用分号分开，如 涉氨 3；喷涂 8"),
    "E258": Message(R, "不是得分", "请填0至1000的数，最多两位小数，如 78.5"),
    "E259": Message(R, "{part}多于{whole}", "请核对这两格，改填错的那一格"),
    "E260": Message(R, "没有超标点，不用整改", "请核对超标点和整改完成日期哪个填错"),
    "E261": Message(R, "{title}不在{year}年内", "请核对年度和日期"),
    "E262": Message(R, "{month}还没有开始，不能报送", "请核对统计期和报送时间"),
    "E263": Message(R, "写了零报告类别，“零报告”却是“{value}”", "请把“零报告”改为“是”，或删去零报告类别"),
    "E264": Message(R, "不能是0", "算比率要除以它；还没有数的，先不登记"),
    "E265": Message(R, "“{word}”写了两次", "一项只写一次，请核对"),
    "E268": Message(R, "{what}没有作用：{why}", "{remedy}"),
    "E256": Message(R, "此项不能清空", "要改的请填新值；登记错了的，请撤销登记它的那一步"),
    "E281": Message(R, "没有写年份，是{first}还是{second}，分不清", "请写明年份"),
    "E286": Message(
        R,
        "{kind}名册里没有它，相近的有“{near}”",
        "写错了的请改；确是另一个的，请先登记：anjian {noun} add {value}",
    ),
    "E280": Message(
        R, "是“{owner}”的{kind}，这一行写的却是“{told}”", "请核对这一行；表里只排了一列的，请恢复原来的次序再报"
    ),
    "E291": Message(
        R, "是{owner}的{kind}，这一行写的却是{told}", "请核对这一行；表里只排了一列的，请恢复原来的次序再报"
    ),
    "E282": Message(
        R,
        "这条{kind}在台账里是“{known}”，这一行写的却是“{told}”",
        "请核对这一行；表里只排了一列的，请恢复原来的次序再报；内容在下发以后改过的，请重新下发",
    ),
    "E283": Message(
        R,
        "是“{owner}”（{number}）的，名称却写成“{other}”（{other_number}）",
        "请核对这一行；确是同名的两家，请逐家修改",
    ),
    "E284": Message(
        R,
        "是“{owner}”（{number}）的曾用名，地址却不同（台账“{known}”）",
        "同一家的请填现名或编号；另一家的请填统一社会信用代码或注册号",
    ),
    "E285": Message(
        R,
        "已是“{owner}”的合同（{number}）的编号，这一行写的却是“{told}”",
        "请核对这一行；一份合同管几家的，请在编号后加序号，如 {example}",
    ),
    "E287": Message(
        R,
        "号码在表格软件里成了数，后几位已丢失，无法还原",
        "请照原件重新录入，并先把该列设为“文本”格式（本程序的空表已设好）",
    ),
    "E288": Message(R, "分不清是1月还是10月：表格软件把2018.10存成2018.1", "请写成 2018-01 或 2018-10"),
    "E289": Message(R, "比同一列的“{other}”位数少，前面的0可能丢了", "请照原件核对，并先把该列设为“文本”格式"),
    "E290": Message(
        R,
        "没有代码的，这一格要空着",
        "请删去它；企业表还要在“无代码原因”里选一项：未办理登记、家庭作坊、在办、代码不详",
    ),
    "E292": Message(R, "改成这样，就与{number}是同一条{kind}了", "请核对编号；重复的那条请作废"),
    # --- files
    "E301": Message(R, "没有找到列名行（在前{rows}行中找{wanted}等）", "请使用下发的空表：{template}"),
    "E302": Message(
        R,
        "文件编码认不出（既不是UTF-8也不是GB18030，第{line}行第{byte}字节起）",
        "请在WPS中打开，另存为“.xlsx”再报",
    ),
    "E303": Message(R, "暂不能直接读取“{suffix}”文件", "{remedy}"),
    "E304": Message(R, "引号没有成对，这一行的各格分不清", "请删去多余的引号，或在WPS中打开，另存为CSV再报"),
    "E305": Message(R, "没有这个文件或文件夹", "请核对路径"),
    "E306": Message(R, "文件太大（{size}），上限{limit}", "请分成几个文件"),
    "E307": Message(R, "有{count}格，列名只有{columns}列", "请核对这一行是否多了分隔符"),
    "E308": Message(
        R,
        "列“{title}”出现了两次（{first}列、{second}列）",
        '请给其中一列另起名；或写一份对照，按位置认列：不要的一列在 ["{kind}"] 下写 "忽略" = ["{second}列"]，'
        '另有用处的在 ["{kind}"."列名"] 下写 "{second}列" = "备注"',
    ),
    "E309": Message(R, "文件里没有可导入的内容", "请核对是否选对了文件"),
    "E310": Message(R, "缺少必填的列：{titles}", "请补上，或使用空表：{template}{other}"),
    "E311": Message(R, "分不清是哪一类记录（可能是{kinds}）", "请指明，如 anjian {noun} 导入 文件"),
    "E312": Message(R, "文件打不开：{why}", "请关闭正打开它的程序，并核对有无读取权限"),
    "E313": Message(
        R, "本机没有装读取这种表格的组件（{component}）", "请在WPS中另存为“CSV UTF-8”再导入，或请管理员装上它"
    ),
    "E314": Message(R, "文件设有密码", "请取消密码后另存，再导入"),
    "E315": Message(R, "文件已损坏，或不是表格", "请在WPS或Excel中打开核对，另存为“.xlsx”再导入；打不开的请对方重发"),
    "E316": Message(R, "内容是网页，不是表格（导出时只改了文件名）", "请在WPS或Excel中打开，另存为“.xlsx”再导入"),
    "E317": Message(R, "{what}{size}，超过上限{limit}", "请核对文件；确有这么多内容的，请分成几个文件"),
    "E318": Message(R, "压缩包里面还有压缩包", "请解压后再导入"),
    "E319": Message(R, "不能用它代替内容，谁也说不准是同哪一行", "请把内容填全"),
    "E354": Message(
        B, "写到这份文件时写不下去：{why}，后面{count}份没有收", "请腾出磁盘再导入；已收的再来一次不会重复"
    ),
    "E351": Message(R, "不是普通文件（管道、设备之类），没有读", "请核对路径"),
    "E353": Message(
        R, "程序读这份文件时出错：{why}，这份文件一行没收", "请把这一行和这份文件报给开发者；别的文件照常收"
    ),
    "E352": Message(R, "这一格填的不会登记：本页只供查看", "请用各自的登记表报来，或用命令登记；再把这一格清空"),
    "E331": Message(R, "文件在读取时被改动了", "请关闭正在改它的程序，再导入"),
    "E340": Message(
        R,
        "分不清是哪一类记录：列名{headings}是“{other}”表的，别的列像“{kind}”表",
        "是{other}的，请改列名或写一份对照；确是{kind}的，请写明：anjian {noun} 导入 文件",
    ),
    "E341": Message(
        R,
        "分不清是哪一类记录：表题或文件名说是{other}，列名却是“{kind}”表的",
        "请写明是哪一类：anjian {noun} 导入 文件，或 anjian {other_noun} 导入 文件",
    ),
    "E342": Message(
        R,
        "分不清是哪一类记录：除了企业名称，没有一列是企业名单才有的（如注册地址、生产经营地址、风险类别、从业人数）",
        "确是企业名单的，请写明：anjian {noun} 导入 文件；是别的，请按下发的空表改列名，或写一份对照",
    ),
    "E345": Message(
        R,
        "台账里没有这条{kind}，登记新的还缺“{titles}”",
        "请核对认它的几列；确是新的，请补上这些列；登记过的，也可填它的编号",
    ),
    "E346": Message(
        R,
        "看来是各镇（街、区）的合计，不是一条条记录：{pairs}{unknown}",
        "可作期初数收：请把列名改成引号里的指标名，不收的列删去，再用 anjian 期初 导入 文件 --截至日期 日期 "
        "--依据 文号；指标名见 anjian 指标 列表",
    ),
    "E347": Message(R, "没有写{title}", "请在表头写一次（{title}：…），或写选项：anjian {noun} 导入 文件 {option} 值"),
    "E348": Message(
        R,
        "分不清是年度任务还是期初数",
        "请写明：anjian 任务 导入 文件，或 anjian 期初 导入 文件",
    ),
    "E343": Message(
        R,
        "“{kind}”由办公室自己掌握，{why}，没有收",
        "确是本办公室的，请用 anjian {noun} 导入 文件，或加 --本办",
    ),
    "E890": Message(
        R,
        "这份文件算{own}的，这一行没有写是哪个镇、哪个部门的",
        "是{own}的请填上；不属哪个镇的，加 --不限镇",
    ),
    "E344": Message(R, "这一行是{town}的，这份文件算{own}的", "请核对；确要一并收下的，加 --不限镇"),
    "E355": Message(
        R,
        "“{title}”填的是“{said}”，却写了完成的日期",
        "没有整改好的，请空着日期；整改好了的，请改“{title}”；复查不合格的，请写不合格",
    ),
    "E356": Message(
        R,
        "看来是一列一个指标的表（{heads}等），但没有一列认得出是镇（街、区）",
        "请核对镇（街、区）的名称，见 anjian 镇街 列表；还没有登记的，先登记",
    ),
    "E456": Message(
        R,
        "表头写着“{unit}”，“{title}”没有写单位，分不清是元还是万元",
        "请在列名后写明：{title}（元），数字按元填；或者在每个数后写明单位，如 0.5万元，并删去表头的单位",
    ),
    "E457": Message(R, "这个单元格{why}", "请取消合并，一格一格填写"),
    # --- mappings: a town's own headings
    "E320": Message(
        R, "不是对照的写法", '名称和值都放在英文双引号里，一行一个，如 "企业全称" = "企业名称"；说明写在#后面'
    ),
    "E321": Message(R, "同一个名称写了两次", "请删去一处"),
    "E322": Message(R, "没有“{value}”这一类记录", "可以是 {kinds}"),
    "E323": Message(R, "“{kind}”没有“{value}”这一列", "{remedy}"),
    "E324": Message(R, "对照里没有“{value}”这一项", "可以写 工作表、忽略、列名、值、固定值"),
    "E325": Message(R, "“{value}”的写法不对", "请写成如 {example}"),
    "E326": Message(R, "列“{value}”的去处写了两种", "请只留一种"),
    "E327": Message(R, "“{value}”和“{title}”的单位不同，对照不换算", "请在表里换算，或请对方改列名和数字"),
    "E328": Message(R, "没有写一条对照", '请写明记录类别和列名，如 ["隐患"."列名"]'),
    # --- notes on a file: taken, and worth knowing
    "N302": Message(Exit.DONE, "表中合计{told}，{read}", "{remedy}"),
    "N303": Message(Exit.DONE, "对照里的固定值“{text}”没有用：表里有这一列", "以表里填的为准"),
    "N305": Message(Exit.DONE, "{place}截至{day}的期初数不可能：{said}", "请核对填的数；填错的：anjian 期初 修改 编号"),
    "N306": Message(
        Exit.DONE, "{place}截至{day}的期初数：{said}", "请核对；是上年转入的，请补录上年末的期初数“未销号”"
    ),
    "N310": Message(
        Exit.DONE,
        "企业“{name}”{state}了，名下还有{left}",
        "不再列入待办；请核实：合同办提前终止，隐患验收销号或者作废",
    ),
    "N311": Message(Exit.DONE, "还没有整改好，不算验收：{titles}没有收", "整改好了的，请改这一格"),
    "N312": Message(Exit.DONE, "这一列没有收：不是指标名，只是像“{near}”", "就是它的，请把列名改成“{near}”再导入"),
    "N320": Message(
        Exit.DONE,
        "“{told}”是“{owner}”（{number}）的曾用名，按同一家收下",
        "名称没有改；要改名，请用 anjian 企业 修改 {number}",
    ),
    "N321": Message(
        Exit.DONE,
        "看来是表格软件把“{title}”变成了日期，照样收下",
        "请照原件核对；原来是如5-12的，请先把该列设为“文本”格式再录入",
    ),
    "N323": Message(Exit.DONE, "是旧注册号，记入“{where}”，“无代码原因”记“{reason}”", "有了18位统一社会信用代码再补"),
    "N322": Message(Exit.DONE, "存疑：名称里有{lost}，可能是丢了的字", "请照营业执照核对"),
    "N326": Message(
        Exit.DONE,
        "这一行写的是{told}，“{name}”那天在{seat}；{kept}",
        "请核对；镇填错的，请改好再导入",
    ),
    "N327": Message(Exit.DONE, "登记着的{kind}里没有，和“{near}”相近，照样收下", "请核对是不是写错了字"),
    "N328": Message(Exit.DONE, "{said}；照样收下", "请核对；登记错了的，请改好再导入，或者作废"),
    "N329": Message(Exit.DONE, "与{where}“{told}”的{kind}同一{title}，照样收下", "请核对是不是填错了一家"),
    "N330": Message(
        Exit.DONE,
        "与{where}（{told}）同企业、同描述，{title}只差{days}天，照样收下",
        "请核对；是同一条{kind}的，请删去一行再导入，或者作废一条",
    ),
    "N331": Message(
        Exit.DONE,
        "与{where}“{told}”只差一个字，别的认它的几列都相同，照样收下",
        "请核对；是同一条{kind}的，请删去一行再导入，或者作废一条",
    ),
    "N332": Message(Exit.DONE, "离{other_title}（{other}）有{days}天，照样收下", "请核对是不是年份、月份填错了"),
    "N333": Message(
        Exit.DONE,
        "{names}写的是{told}，{rows}行的{title}却全在{days}，照样收下",
        "请核对年份；整份填错的，请撤销，改好再导入",
    ),
    "N334": Message(
        Exit.DONE,
        "是{where}这一列通常的数（{usual}）的{times}，照样收下",
        "请核对是不是元和万元弄混了，或多填、填串了格",
    ),
    "N380": Message(
        Exit.DONE,
        "原来的台账里{title}是这样，导进来成了“{now}”",
        "表里只有最近的情形，没有经过：请核对，照实补记；要连同经过搬走的，用 anjian 导出 --全部",
    ),
    "N308": Message(Exit.DONE, "按记住的{town}对照认列名", "不再用的，请作废设置“表格对照”：anjian 设置 列表"),
    "N307": Message(
        Exit.DONE,
        "“{kind}”由办公室自己掌握，{why}，按{how}收下",
        "请核对是不是本办公室的；不是的，撤销这一步：anjian 撤销",
    ),
    "N304": Message(Exit.DONE, "文件里没有对照写的工作表“{sheet}”", "请核对对照文件"),
    # --- states and rules
    "E401": Message(
        S,
        "隐患“{number}”不能销号：还没有整改完成日期",
        "请先登记整改：anjian 隐患 整改 {number} --完成 日期；"
        "当场改完并验收的可一步办理：anjian 隐患 销号 {number} --完成 日期 --验收人 姓名",
    ),
    "E402": Message(
        S,
        "隐患“{number}”不能由{given}验收：该隐患由{level}挂牌督办{document}，须由挂牌单位验收",
        "请由挂牌单位验收后登记：--验收级别 {level}",
    ),
    "E403": Message(S, "隐患“{number}”已于{day}销号", "又出现的，请退回：anjian 隐患 退回 {number} --期限 日期"),
    "E404": Message(S, "隐患“{number}”没有销号，不用退回", "请看 anjian 隐患 查看 {number}"),
    "E405": Message(S, "隐患“{number}”已有整改完成日期{day}，还没有验收", "请先验收：anjian 隐患 验收 {number}"),
    "E406": Message(S, "延至的日期{day}不晚于现在的期限{deadline}", "延期只能往后"),
    "E407": Message(S, "只有重大隐患才挂牌督办，隐患“{number}”是一般隐患", "级别填错的，请先修改隐患级别"),
    "E408": Message(S, "隐患“{number}”正由{level}挂牌督办", "一条隐患同时只由一级挂牌"),
    "E409": Message(
        S,
        "隐患“{number}”已在{day}上报",
        "日期录错的：anjian 隐患 修改 {number} --更正 --原因 录错 --上报日期 日期；内容有误的，请撤销后重报",
    ),
    "E410": Message(R, "{title}“{day}”早于{other_title}“{other}”", "请核对日期的先后"),
    "E411": Message(
        R,
        "该企业“{kind}”托管已有合同（{number}：{from_on}至{until_on}，{agency}），与本合同重叠",
        "续签的请从{next_on}起；换机构的请先登记提前终止：anjian 托管 终止 {number} --日期 日期",
    ),
    "E412": Message(
        R,
        "隐患登记的期限与台账不同（台账{deadline}）",
        "另是一条隐患的，请在“隐患部位与描述”里写明部位，如 一车间；"
        "同一条要延期的，填“延至日期”一列，或 anjian 隐患 延期 {number}；"
        "登记时录错的：anjian 隐患 修改 {number} --更正 --原因 录错 --整改期限 日期",
    ),
    "E413": Message(
        S,
        "提前终止日期{day}不在合同期内（{from_on}至{until_on}）",
        "请核对日期和合同编号；合同还没有开始就不办了的，请作废它",
    ),
    "E414": Message(
        S,
        "“{indicator}”{town}在{period}已有期初数{quantity}，又登记了{recorded}逐条记录，会重复计数",
        "请先核减期初数：anjian 期初 核减 {number} --数量 {by}",
    ),
    "E415": Message(S, "期初数{number}现为{quantity}，不能核减{by}", "核减须大于0，不能多于现数"),
    "E416": Message(S, "“{number}”已作废", "要恢复，请撤销作废那一步：anjian 撤销 操作号"),
    "E417": Message(R, "同一{what}在{day}有两行同时有效", "请核对起止日期"),
    "E476": Message(
        R,
        "“{indicator}”{day}的合计{told}，各镇（街、区）相加{sum}，相差{by}",
        "请核对；没有镇（街、区）承担的，另填一行，镇（街、区）写“未定镇街”",
    ),
    "E477": Message(
        R,
        "“{indicator}”在{day}已有全市的期初数{number}（{quantity}），再记各镇（街、区）的，同一些数就计了两遍",
        "请先作废它，或改为“未定镇街”，只留没有镇（街、区）承担的",
    ),
    "E478": Message(
        R,
        "“{indicator}”在{day}已有各镇（街、区）的期初数，再记全市的{told}，同一些数就计了两遍",
        "全市的合计不用记；没有镇（街、区）承担的，请写“未定镇街”",
    ),
    "E418": Message(R, "累计数{value}小于{day}的累计数{other}", "请核对；上期有误的，请先修改上期"),
    "E419": Message(
        S, "提前终止日期已登记为{day}", "登记错了的：anjian 托管 修改 {number} --更正 --原因 录错 --提前终止日期 日期"
    ),
    "E420": Message(R, "验收结论“不合格”却没有写原因", "请补填不合格原因"),
    "E421": Message(R, "没有整改完成日期，不能有验收", "请补填整改完成日期"),
    "E422": Message(S, "“{number}”不能作废：它名下还有{found}", "请先作废或改正它名下的记录"),
    "E423": Message(S, "“{number}”不能作废：还有{count}条{kind}用到它", "请先改正或作废它们"),
    "E424": Message(R, "{title}没有填，“{other_title}”却填了", "请补填{title}"),
    "E425": Message(
        R,
        "托管服务{number}在{day}，那天该企业没有在期的“{kind}”托管合同",
        "请先登记合同，或核对服务日期与类别；合同要作废、终止的，请先作废其后的服务",
    ),
    "E426": Message(
        R,
        "该企业是新发现的“{kind}”企业（{number}），{state}，托管合同{contract}不能早于验收",
        "请先登记整治验收，或核对合同起始日期",
    ),
    "E427": Message(R, "没有升到{grade}的升级", "升级只有二级或一级；第一次达到{grade}的请填“新创”"),
    "E428": Message(R, "已于{day}公告，不能再中止", "证书被撤销的，请填“撤销日期”"),
    "E429": Message(R, "该企业的{grade}{kind}已有一条同时在办（{number}）", "请改那一条；已停办的请先填它的中止日期"),
    "E430": Message(R, "该企业{year}年已列入“{kind}”整治（{number}）", "一家一类一年只列一次，请改那一条"),
    "E435": Message(
        R, "已过续报期限（事故发生后{days}日，到{limit}为止）", "期限以后的变化不改事故统计（493号令第十三条）"
    ),
    "E436": Message(R, "验收合格的才拨付奖励", "请核对验收结论"),
    "E437": Message(R, "没有列入{year}年主体责任村创建", "请先登记责任村：anjian 责任村 新增 村居 --年度 {year}"),
    "E438": Message(R, "合同长达{years}年或更久", "请核对起止日期"),
    "E439": Message(R, "该企业本年已指导过（{number}，{day}）", "一家只计一次，请改那一条"),
    "E440": Message(R, "“{village}”已在{year}年领过奖励（{number}）", "一个村（居）只奖一次，请核对"),
    "E446": Message(R, "该企业已在应检名单上（{number}，{from_on}起）", "请改那一条；危害程度变了的，先填它的核减日期"),
    "E447": Message(R, "处置结果“{value}”须先验收合格", "请补填验收日期和验收结论"),
    "E448": Message(R, "该企业已装有设备（{number}，{day}安装）", "加装的请改那一条的套数；换装的请先填它的停用日期"),
    "E449": Message(S, "事故“{number}”已于{day}核销", "核销的不再续报"),
    "E431": Message(
        S,
        "操作{operation}不能撤销：后来的操作{later}又动过同一条记录",
        "请先撤销后来的操作（anjian 撤销 操作号），从最后的撤起",
    ),
    "E432": Message(
        S,
        "操作{operation}不能撤销：后来的记录还引用着它新增的内容",
        "请先撤销后来的操作：anjian 日志 里查操作号，anjian 撤销 操作号",
    ),
    "E433": Message(S, "操作{operation}不能撤销：{why}", "{remedy}"),
    "E434": Message(N, "没有第{operation}号操作", "请看 anjian 日志"),
    "E441": Message(S, "{month}已{state}", "{remedy}"),
    "E442": Message(S, "{month}还没有结束（今天{today}），不能定稿", "请在月末之后定稿"),
    "E443": Message(S, "{month}还没有定稿", "请先 anjian 月份 定稿 {month}"),
    "E444": Message(
        N, "{month}没有可比的已定稿数字", "请先定稿：anjian 月份 定稿 {month}；哪些月定稿了：anjian 月份 列表"
    ),
    "E450": Message(N, "{day}时台账里还没有一步操作（第一步在{first}）", "请写更晚的日期"),
    "E445": Message(S, "{month}还没有开始（今天{today}）", "请核对月份"),
    "E451": Message(N, "没有找到“{value}”", "{remedy}"),
    "E471": Message(S, "{month}{state}，不能撤回", "{remedy}"),
    "E472": Message(S, "只能撤回最后印发的一个月（{last}）", "要撤回它：anjian 月份 撤回 {month} --原因 原因"),
    "E473": Message(S, "{number}已用于{month}的通报（已{state}）", "请用新的文号"),
    "E474": Message(S, "{month}{what}前请先看清：{seen}", "确实要{what}：{line}"),
    "E479": Message(R, "{said}", "改好以后再定稿、印发"),
    "E475": Message(
        S, "操作{operation}不能撤销：{month}通报的文字在撤回以后改过", "请先改回原样：anjian 月份 文字 {key}"
    ),
    "E482": Message(S, "没有登记过{step}，没有可更正的", "请按步骤登记；要看经过，请用“查看”"),
    "E483": Message(S, "{step}以后又{later}过，不能更正掉", "请先撤销以后的那一步：anjian 日志，anjian 撤销 操作号"),
    "E484": Message(R, "台账中已有{line}，照此要改：{changes}", "确实要改的，加 --替换；{apart}"),
    "E485": Message(R, "不是合同{number}的机构“{agency}”", "确实是它来的，加 --确认；写错了的，请改服务机构"),
    "E487": Message(R, "该企业的{grade}证书（{number}）在{until}以前有效，不必再评{of}", "确实要登记的，加 --确认"),
    "E488": Message(R, "属地和经营状态都变更过，不知道改哪一个的日期", "请一并写明属地或经营状态"),
    "E463": Message(S, "还没有报送{month}的月报，不能登记确认", "请先登记：anjian 报送 新增"),
    "E892": Message(
        R, "镇里答复填的是“确认”，却写了异议", "没有异议的，请清空“异议内容”；有异议的，请把答复改为“有异议”"
    ),
    "E893": Message(
        R,
        "{month}的数字在发出确认单以后变了，或者这一行的镇、统计期、核对码改动过",
        "请重新生成，请镇里再核对：anjian 报送 确认单 {key} -o 确认单.xlsx",
    ),
    "E894": Message(
        R,
        "{month}的通报已经印发，不再收这个月的确认单",
        "印发以前就确认了的，单独登记：anjian 报送 确认 {key} {town} --经办 经办人",
    ),
    "E895": Message(R, "一份文件里只能有一个月的数字确认，也不能有别的表", "请把确认单单独存成一份文件再导入"),
    "N460": Message(
        Exit.DONE, "{town}对{month}的数字有异议：{said}", "已记在它的月报的备注里，请核对；改好数字以后请镇里再确认"
    ),
    "E452": Message(U, "“{value}”不止一个：{found}", "请写得再具体些，或用编号"),
    # --- the ledger file and the machine
    "E601": Message(B, "文件写不进去：{why}", "请关闭正打开它的程序，或换个文件名"),
    "E611": Message(
        B, "找不到台账：{path} 不存在（没有新建）", "请检查路径；第一次使用请运行 anjian 建账，或在终端里 anjian 向导"
    ),
    "E612": Message(
        B, "还没有指定台账", "第一次使用请运行 anjian 建账，或在终端里 anjian 向导；已有台账请用 --台账 指明"
    ),
    "E613": Message(B, "{path} 不是安监台账", "请检查路径：台账是 anjian 建账 建的文件，如 安监台账.db"),
    "E614": Message(B, "{path} 由更新的版本建立（格式{version}）", "请让装程序的人换上新版的程序；台账不用动"),
    "E615": Message(B, "{path} 读不出来：{why}", "请用最近的备份恢复：anjian 恢复 备份文件"),
    "E616": Message(B, "{path} 已存在，没有覆盖", "请换个位置，或直接使用它：--台账 {path}"),
    "E617": Message(B, "{path} 打不开：{why}", "请检查文件夹是否存在、是否有权限"),
    "E618": Message(
        B, "这台电脑上的数据库组件SQLite太旧（{version}，要3.37以上）", "请让装程序的人升级Python；台账不用动"
    ),
    "E620": Message(U, "通报模板用不了：{why}", "请用 anjian 通报 --存模板 模板.docx 取一份原样的模板重新修改"),
    "E622": Message(
        B,
        "这台电脑上没有装排版组件typst，出不了pdf和png",
        "请改出docx、html；要出pdf、png，请让装程序的人运行 pip install typst",
    ),
    "E623": Message(
        B, "这台电脑上没有中文字体，出不了pdf和png", "请装一种中文字体（宋体、思源宋体等），或改出docx、html"
    ),
    "E625": Message(B, "{path} 没有升级，未作任何改动：{why}", "{remedy}"),
    "E626": Message(B, "{path} 是第{version}版的台账", "请先升级：anjian 升级"),
    "E627": Message(
        B, "编号登记与记录不符：{number} 已经有了，登记的却还没有到它", "台账可能被别的程序改过：请看 anjian 核验"
    ),
    "E628": Message(L, "{path} 刚被另一个程序升级，未作任何改动", "请再运行一次"),
    "E629": Message(
        B,
        "电脑的时钟是{now}，比上一步操作{operation}的时间{last}早了一个多小时（都是北京时间），未作任何改动",
        "请先把时钟调准。时钟没错、是上一步记错了的，请加 --时钟无误，照现在的时间记",
    ),
    "E630": Message(
        B,
        "磁盘在最后一步出错（{why}），这一笔记上了没有，说不准",
        "请看 anjian 日志 的最后一笔是不是它，再运行 anjian 核验；没有记上的再做一次",
    ),
    "E631": Message(B, "磁盘已满，写不进去", "请腾出地方后再试"),
    "E632": Message(L, "{path} 没有写入，未作任何改动：{why}", "请关闭打开它的程序，再运行一次"),
    "E633": Message(
        B,
        "{path} 上一次写到一半被打断（旁边有 {beside}），要先退回写之前的样子才能读，可是这里不能写",
        "台账没有坏：请把它和 {beside} 一起复制到可以写的文件夹，在那里再运行一次",
    ),
    "E634": Message(
        B,
        "{path} 被别的程序改过写法（WAL），最近写的内容可能还在 {beside} 里，要能写才能读，可是这里不能写",
        "台账没有坏：请把它和旁边同名的-wal、-shm文件一起复制到可以写的文件夹，在那里再运行一次",
    ),
    "E636": Message(B, "内存不够，这一步没有做完", "请关掉一些别的程序后再试；文件很大的，分成几个再导入"),
    "E637": Message(B, "{path} 不能当作台账打开：{why}", "{remedy}"),
    "E638": Message(B, "{path} 写不进去：它或它所在的文件夹是只读的", "请换到可以写的文件夹，或请有权限的人来办"),
    "E639": Message(
        B,
        "{path} 读写时磁盘出错",
        "请看U盘、网络盘是不是断开了，再运行 anjian 核验；一直这样的，请用备份恢复",
    ),
    "E640": Message(B, "没有装{name}，{without}", "请让装程序的人运行 pip install {line}"),
    "E641": Message(B, "这台电脑上的数据库组件SQLite缺少{what}，台账打不开", "请让装程序的人升级Python；台账不用动"),
    "E643": Message(
        R,
        "{value} 里没有认出各镇（街、区）的累计数",
        "要镇为行、一行一个镇，列名写着累计、已、完成或在托；没有的，填期初数登记表：anjian 期初 空表 -o 期初数.xlsx",
    ),
    "E644": Message(
        R,
        "“{short}”印的完成率是{printed}%，按任务{task}算是{percent}%",
        "请核对这一格和任务；确实印错的，加 --收正确的 就不取它，再照表补一行",
    ),
    "E645": Message(R, "{town}的“{short}”前面写着{before}，两处不同", "请核对，以哪一处为准；加 --收正确的 即取前面的"),
    "E650": Message(
        B, "带电话的导出要记入日志，台账写不进去：{why}", "请检查台账能不能写；不带电话的导出不用记，照样能办"
    ),
    "E651": Message(R, "号码有遮盖，不是完整的号码", "请填全号；不改的不用写"),
    "E660": Message(B, "没有备份：{why}", "{remedy}"),
    "E661": Message(
        B, "没有备份：{path} 核验不过，下面逐条说明", "早先的备份都没有动，可用最近的一份恢复：anjian 恢复 备份文件"
    ),
    "E662": Message(N, "找不到备份：{why}", "请核对路径；备份一般在台账旁边的“备份”文件夹里，一份是一个文件"),
    "E663": Message(U, "备份“{path}”是加密的，没有写用哪把私钥", "请加 --私钥 私钥文件"),
    "E664": Message(B, "备份“{path}”打不开：{why}", "请换一把私钥：单位的、恢复的都能打开"),
    "E665": Message(
        B,
        "这台电脑上没有装加密组件pyrage，不能加密，也打不开加密的备份",
        "请让装程序的人运行 pip install pyrage；要备份成不加密的，请先移走台账旁边的备份公钥.txt",
    ),
    "E666": Message(B, "{why}", "请把每把公钥单独写成一行，或用 anjian 备份 --新钥匙 文件夹 另做"),
    "E667": Message(
        B, "{path} 里只有{count}把公钥，私钥一丢，备份就再也打不开", "请写两把以上，一把单位用，一把锁起来备用"
    ),
    "E668": Message(B, "备份“{path}”不能用来恢复：{why}", "台账没有动，请换一份备份"),
    "E669": Message(R, "要用备份换下 {path}（原来的留在旁边），还没有确认", "看过会丢掉什么，确实要恢复的，加 --确认"),
    "E670": Message(R, "备份不是 {path} 这本台账的", "恢复成别的文件请写 --恢复到；确实要换成另一本的，加 --另一本"),
    "E671": Message(B, "没有恢复，{path} 没有动：{why}", "{remedy}"),
    "E621": Message(L, "台账正被另一程序写入，等了一阵没有轮到，未作任何改动", "请稍后再试"),
    "E680": Message(
        B,
        "{path} 读不成整本台账：{why}",
        "请指明 anjian 导出 --全部 写出的文件夹，用没有动过的那一份",
    ),
    "E681": Message(
        B,
        "{path} 是第{version}版台账的导出（格式{format}），本程序收第{ours}版的",
        "请用写出它的程序（{program}）导入成台账，再用本程序打开，就会升级；比本程序新的，请先升级本程序",
    ),
    "E682": Message(R, "这个文件不见了", "请用没有动过的那一份导出"),
    "E683": Message(R, "导出里没有这个文件，是后来放进去的", "请把它移走"),
    "E684": Message(R, "与导出时不同", "请用没有动过的那一份导出"),
    "E685": Message(R, "与导出时不同，或者它前面少了、多了、换了行", "请用没有动过的那一份导出"),
    "E686": Message(R, "应有{told}行，现有{found}行，或末行不同", "请用没有动过的那一份导出"),
    "E687": Message(R, "台账收不下这一行：{why}", "请用没有动过的那一份导出"),
    "E688": Message(R, "还有{count}处没有列出", "请用没有动过的那一份导出"),
    "E689": Message(R, "最后一步操作是{found}，清单上写的是{told}", "请用没有动过的那一份导出"),
    "E690": Message(U, "{option} 是整本的，不和 {other} 一起写", "请去掉 {other}"),
    "E691": Message(R, "清单上写着表 {table} 的行号给到{told}，已有的却到了{last}", "请用没有动过的那一份导出"),
    "E692": Message(R, "{why}", "请用没有动过的那一份导出"),
    "E701": Message(B, "台账文件受损：{why}", "请用最近的备份恢复：anjian 恢复 备份文件"),
    "E702": Message(B, "表 {table} 第{row}行指向 {parent} 里没有的行", "请用最近的备份恢复：anjian 恢复 备份文件"),
    "E703": Message(
        B,
        "台账里的{kind}“{name}”{how}",
        "别的程序动过这本台账：anjian 升级 --清理 可把记录抄进一本干净的，原来的留在旁边",
    ),
    "E704": Message(
        B, "{at} {town} {measure} 的合计与明细不符", "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件"
    ),
    "E705": Message(
        B, "操作{operation}与它前面的记录接不上", "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件"
    ),
    "E706": Message(
        B, "操作{operation}的内容与记录时不同", "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件"
    ),
    "E707": Message(
        B,
        "表 {table} 有{count}行不是任何操作写入的",
        "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件",
    ),
    "E708": Message(B, "{title}{number}与登记时不同，不是本程序改的{since}", DAMAGED),
    "E709": Message(B, "{title}应有{expected}行，读到{found}行，或者有一行已不是原来的", DAMAGED),
    "E710": Message(B, "{at}{town} {measure}的合计与它的核验数不符", DAMAGED),
    "E750": Message(R, "在这段时间的办法里“{value}”不止一个意思：{meant}", "请写编号，或写全称"),
    "E751": Message(
        R, "有{title}{count}条是指标“{value}”的，哪个办法里都没有它", "请先撤下或作废这些，或在办法里保留它"
    ),
    "E752": Message(R, "办法里没有一个{what}", "请按空表填写：anjian 办法 空表"),
    "E753": Message(R, "类别“{title}”没有一个指标", "请在“指标”表里写上，或删去这一类"),
    "E754": Message(R, "{title}写了不止一次", "每个只写一行，{title}不重复"),
    "E755": Message(R, "{title}里不能有空格、标点", "请只用汉字、字母、数字{more}"),
    "E756": Message(R, "没有这个{what}", "可以是：{known}；或先在“类别”表里写上"),
    "E757": Message(R, "“{title}”里写的没有", "请写本办法里一个指标的编号或短名；“数”写“事实”表第一列里的一个"),
    "E758": Message(R, "“{title}”评分，却没有写对照什么", "请在“对照”里写任务，或另一个指标；不评分的，“评分”写否"),
    "E759": Message(R, "条件看不懂", "请写成：培训对象=网格员；几个词用顿号，几个条件用分号"),
    "E760": Message(R, "“{fact}”没有这一项条件", "它可以用的条件：{known}"),
    "E761": Message(R, "“{list}”里没有这个词", "可以是：{known}{add}"),
    "E762": Message(
        R,
        "“{done}”不是“{owed}”的一部分，两个数不能相除成完成率",
        "请写同一件事的，条件不比它宽；不求完成率的，对照写任务或不写",
    ),
    "E763": Message(
        R,
        "编号“{value}”在别的办法里是“{title}”，口径、单位或计法不同",
        "数的不是同一件事，请另给编号；口径见 anjian 办法 查看",
    ),
    "E764": Message(R, "已有叫“{value}”的办法", "请在“办法”表的“名称”里换一个，如加上年份"),
    "E765": Message(R, "已有办法自{day}起施行", "请写另一天；采用错了的，请撤销那一次操作"),
    "E766": Message(
        R,
        "指标“{short}”在{day}以后还有任务{count}条，办法里{why}",
        "{how}。或在办法里保留它",
    ),
    "E891": Message(
        S,
        "撤销以后，指标“{short}”在{day}以后又有任务{count}条，自那天起施行的《{title}》里{why}",
        "请先撤销采用那个办法的操作（anjian 日志 里查操作号），再撤销这一次；办法不变的，不用撤销",
    ),
    "E767": Message(R, "{day}在已经定稿的月份里（定稿到{last}）", "请自以后的日子起施行，如下一个月的1日"),
    "E768": Message(N, "没有这个办法", "可以是：{known}"),
    "E769": Message(R, "这不是办法：没有“{sheet}”表", "请用 anjian 办法 空表 生成的表来填"),
    "E770": Message(R, "“{sheet}”表缺少“{title}”一列", "请不要删改列名，见 anjian 办法 空表"),
    "E771": Message(R, "“{title}”没有填写", "请填写"),
    "E772": Message(R, "权重读不成数", "请写大于0的数，如 1、1.5、20%"),
    "E773": Message(R, "“{value}”还是{meant}", "请换一个，一个词在办法里只有一个意思"),
    "E774": Message(R, "“{title}”不能这样写：{why}", "请改写，或留空"),
    "E775": Message(R, "“{sheet}”表有{count}格公式没有算出结果", "请在WPS中打开、保存后再用，或写上数"),
    "E776": Message(
        R,
        "《{title}》自{day}起施行，其后的月份已经定稿（最后一个到{last}）",
        "已定稿的月份是按它数的；请先撤销定稿或撤回，或自以后的日子另采用一个办法",
    ),
    "E777": Message(R, "这是考核办法，不是要导入的表", "请用：anjian 办法 采用 文件 --自 日期"),
    "E780": Message(R, "{day}时{month}还没有开始", "请核对月份和日期"),
    "E781": Message(R, "不是分值", "请填加几分、扣几分，如 -1、0.5、扣2.5分，最多两位小数；没有这回事的镇填“不涉及”"),
    "E782": Message(
        R, "{month}的办法（{scheme}）里，“{indicator}”不是评分的指标", "{remedy}；计分的各项，不涉及的都可以填“不涉及”"
    ),
    "E783": Message(
        R,
        "“{indicator}”一次评分在{low}至{high}分之间",
        "请核对分值；不扣分就按满分计的，在办法里写 未评=满分，不用登记",
    ),
    "E784": Message(R, "“{indicator}”评分要有依据", "请填写“评分理由”"),
    "E785": Message(R, "“{indicator}”不由它评分", "评分单位请从中选一：{choices}"),
    "E786": Message(R, "{day}的办法（{scheme}）里，“{indicator}”不是一票否决的指标", "{remedy}"),
    "E787": Message(R, "{month}还没有开始，不能上报", "请核对月份"),
    "E778": Message(
        R, "不是办法的写法：{why}", '一行一项，如 名称 = "永康2026"；文字放在英文双引号里，数不用；说明写在#后面'
    ),
    "E779": Message(R, "{where}没有“{value}”这一项", "可以写：{known}"),
    "E800": Message(R, "“{name}”{why}", "请照空表“填表说明”上的写法改“计分细则”；满分写在“满分”里"),
    "E801": Message(
        R, "总分不是百分制的办法不算分数，{told}用不上", "要算分数的，“办法”表的“总分”写百分制；不算的，请留空"
    ),
    "E802": Message(R, "“{way}”要知道和什么比", "“对照”请写：{against}"),
    "E803": Message(R, "由人打分的，“计分”和“计法”都是评分", "请两处都写评分；数出来的，两处都改"),
    "E804": Message(R, "没有这个组", "可以是：{known}；或先在“组”表里写上"),
    "E805": Message(R, "这个组是类别“{title}”的", "请写本类别的组，或改“类别”"),
    "E806": Message(R, "组“{title}”没有一个指标", "请在“指标”表的“组”里写上它，或删去这一行"),
    "E807": Message(R, "读不成{what}", "请写{example}"),
    "E808": Message(R, "等次看不懂：{why}", "请写成 优秀=90、良好=80、合格=60，从高到低"),
    "E809": Message(
        R, "总分是百分制，却没有一个指标写了怎样计分", "请在“指标”表里写“计分”“满分”；不算分数的，总分写不计分"
    ),
    "E810": Message(R, "应有的一期比考核期（{period}）还长", "请写短一些的，或改“办法”表的“考核期”"),
    "E811": Message(
        R, "按词计分的“{value}”不是这个指标能分出的词", "几个词要在同一个用语表里，也在“条件”之内；可以是 {known}"
    ),
    "E812": Message(R, "不能加、减它：{why}", "请写本办法里另一个指标的短名，几个的用顿号"),
    "E813": Message(R, "没有这种考核单位", "可以是：{known}，几种的用顿号；只考核镇的空着"),
    "E814": Message(R, "应有几次的，要数一次一次发生的事，“{fact}”不是", "请改“数”，或不写应有"),
    "E815": Message(R, "“{title}”写得太深，一项里只能有一层", "请写成一段文字，如 应有=每季1次；每少=1；扣=1"),
    "E816": Message(R, "没有这个事实", "{near}能数的都在空表“事实”表的第一列"),
    "E850": Message(R, "{told}只能写一种", "请留一种；部门是各按惯常的，检查部门、监管部门是另说按哪一种"),
    "E851": Message(R, "“{title}”不能考核部门：{why}", "请改为镇，或空着"),
    "E852": Message(R, "不能这样对照：{why}", "请把两个指标的“考核单位”写成一样的"),
    "E853": Message(
        R, "“{short}”不考核{of}，只考核{other}", "请写{other}的，或查看办法里它的“考核单位”：anjian 办法 查看"
    ),
    "E854": Message(R, "“{value}”既是{town}，又是{department}", "请写全称，或给其中一个改简称"),
    "E855": Message(R, "考核办法里没有这个类别", "可以是：{choices}"),
    "E856": Message(
        R,
        "还不能推进到{value}：{stages}还没有日期",
        "先推进到{stages}，或用 anjian 标准化 修改 {number} 把各阶段的日期一次填上",
    ),
    "E857": Message(R, "没有要列入的企业：{who}", "请核对风险类别（企业 列表）；已列入的用 anjian 整治 列表 看"),
    "E859": Message(R, "{what}（{when}）", "不用发文书；看还有什么事：anjian 待办"),
    "E858": Message(R, "“{value}”从{first}开始，这一天还没有开始", "请用开始以后的日子：--日期 {first}"),
    "N400": Message(Exit.DONE, "组“{title}”满分{full}分，{of}各项加起来{sum}分", "是有意的不用管；不是的，请改好"),
    "N401": Message(Exit.DONE, "类别“{title}”满分{full}分，{of}里面加起来{sum}分", "是有意的不用管；不是的，请改好"),
    "N402": Message(Exit.DONE, "百分制，{of}各类满分加起来{sum}分", "是有意的不用管；不是的，请改好"),
    "N403": Message(Exit.DONE, "“{sheet}”表有{count}行是隐藏的，照样读了", "不要的，请取消隐藏，整行删去"),
    "N404": Message(Exit.DONE, "“{sheet}”表有不止一列叫“{title}”，只读了第一列（{column}列）", "请删去多出的一列"),
    "N420": Message(Exit.DONE, "“{short}”已有的评分{count}条（{units}）：{why}，{then}", "{remedy}"),
    "E790": Message(R, "不能并入它自己", "请填它并入的另一个部门；没有的，留空"),
    "E841": Message(
        R, "“{other}”{day}不在，不能并入它", "请填那一天在的部门；它后来改名、合并的，先登记后来的，再逐个并入"
    ),
    "E791": Message(
        R,
        "同一时候还有叫这个的部门“{other}”（{number}）",
        "请改简称；换了名称或合并的，先写原来那个的停用日期，登记新的，再写“并入”",
    ),
    "E792": Message(R, "这个部门{when}，{on}的记录不能用", "{remedy}"),
    "E793": Message(R, "是哪个镇街或部门的，要填且只能填一个", "请填“镇（街、区）”或“部门”中的一个，另一个留空"),
    "E794": Message(R, "没有写移交给哪个部门", "请填“监管部门”"),
    "E795": Message(
        R, "{day}已移交给{department}", "以后再移交的，日期要在它之后；写错了的，请改监管部门，不写移交日期"
    ),
    "E796": Message(R, "指标“{short}”按部门统计，期初数按镇街填", "请不要填它的期初数"),
    "E711": Message(B, "{cell}是{figure}，它的记录加起来却是{found}", DAMAGED),
    "E712": Message(
        B,
        "表 {table} 的序号只记到{given}，已用到{last}",
        "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件",
    ),
    "E713": Message(
        B,
        "{month}定稿时的台账（操作{operation}）与日志里的对不上",
        "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件",
    ),
    "E714": Message(
        B, "操作的序号已用到{given}，日志却只到{last}：后面的操作被删掉了", "请用最近的备份恢复：anjian 恢复 备份文件"
    ),
    "E715": Message(
        B,
        "{month}的通报与月份数字不符：{indicator} {town}",
        "台账可能被别的程序改过，请用最近的备份恢复：anjian 恢复 备份文件",
    ),
    # --- points (得分)
    "E840": Message(N, "没有按这个办法建的演示台账", "可以是：{known}"),
    "E820": Message(B, "{cell}是{figure}分，组成它的各项加起来却是{found}分", DAMAGED),
    # --- a witness outside (check --against)
    "E720": Message(
        U,
        "“{value}”既不是核验码，也没有这个文件",
        "核验码印在通报末尾，是16位数字和字母（a到f），空格可以不打；文件请核对路径",
    ),
    "E721": Message(R, "里面没有核验码", "{remedy}"),
    "E722": Message(
        R,
        "这本台账从来没有过核验码 {digits}",
        "请先核对有没有抄错。没有抄错的，这份材料不是出自这本台账，或者台账在它印出以后被改写过：请先不要再用它，"
        "拿最近的备份来比：anjian 核验 --比对 备份文件",
    ),
    "E723": Message(
        R,
        "“{value}”比这本台账多{count}步操作，到第{last}步为止两本相同",
        "这本是旧的，或者退回过：请查明原因，以多的那本为准",
    ),
    "E724": Message(
        R,
        "“{value}”和这本台账是同一本，但从第{first}步操作起不同",
        "两本里有一本的这一步被改写过，或者复制以后两边各自用过。请用印出的通报分别核验两本："
        "anjian 核验 --比对 通报文件",
    ),
    "E725": Message(R, "“{value}”是另一本台账", "请核对文件：两本是分别建账的，不能互相作证"),
    # --- signed statements (seal)
    "E726": Message(
        R, "“{value}”的签名不对", "它在签名以后被改过，或者不是写着的那把密钥签的：不要相信它，请向签的人另要一份"
    ),
    "E727": Message(R, "“{value}”不是封存说明，或者已残缺", "请核对文件，或向签的人另要一份"),
    "E728": Message(
        R, "密钥文件读不懂：{why}", "请核对 ANJIAN_KEY 或 --密钥；坏了的，用恢复单找回：anjian 封存 --找回"
    ),
    "E729": Message(
        N,
        "没有签名密钥（{path}）",
        "新建：anjian 封存 --新密钥；在别处的，用 --密钥 指明；丢了的，用恢复单找回：anjian 封存 --找回",
    ),
    "E730": Message(
        U,
        "已经有签名密钥（{path}），没有覆盖",
        "以前的签名都是它签的。只要恢复单的：anjian 封存 --恢复单 文件；确实要换密钥的，请先移走它，并留好",
    ),
    "E731": Message(S, "密钥有口令，打不开：{why}", "口令只在终端上问；忘了的，用恢复单找回：anjian 封存 --找回"),
    "E732": Message(
        B,
        "这台电脑签不了名，也核对不了签名：{why}",
        "核验码照样可以比对；要签名，请让装程序的人运行 pip install PyNaCl",
    ),
    "E733": Message(R, "恢复单打得不对：{why}", "请照恢复单核对这几行，每行8位和2位校验"),
    "E734": Message(R, "{month}的通报和封存时不同，或已撤回", "请用那一期印出的通报来比：anjian 核验 --比对 通报文件"),
    "E735": Message(
        U, "恢复单“{value}”已存在，没有覆盖", "它可能是另一把密钥的，请留好；这一张请用 --恢复单 另写文件名"
    ),
    "E736": Message(S, "口令没有设好：{why}", "请在终端上再运行一次，两次输一样的；不设口令的，去掉 --口令"),
    "E737": Message(U, "“{value}”是文件夹，不能拿来比", "请指明里面的一个文件，如通报、封存说明、备份"),
    "N338": Message(
        Exit.DONE,
        "别的用户也能读这把签名密钥（{path}）",
        "请让装程序的人改为只有本人能读（chmod 600）；给人看过的，请换一把",
    ),
    "N339": Message(Exit.DONE, "封存说明未签名：{why}", "整套已照样写出；要签名：anjian 封存 --新密钥"),
    "N340": Message(
        Exit.DONE, "公钥没能记在台账旁边（{path}）：{why}", "签名照样有效；在这台电脑上核对时会说不认得这把密钥"
    ),
    # --- words of lists
    "E740": Message(R, "“{word}”{when}，{on}的记录不能用", "请从中选一：{choices}"),
    "E741": Message(
        R,
        "“{word}”不是“{list}”在{on}的用语",
        "请改这条的词语或日期；确要用的，请增设：anjian 用语 新增 {word} --用语表 {list}",
    ),
    "E742": Message(R, "用语里不能有顿号、逗号、斜线等", "请写成一个词；几个词的，一个词登记一条"),
    "E743": Message(R, "{why}", "{remedy}"),
    "E744": Message(
        R,
        "有{count}条{kind}用着“{word}”（如 {number}，{on}），这样改它们就不对了",
        "停用的，请把停用日期定在这些记录之后；词语本身错的，请先改这些记录",
    ),
    # --- standards by which a hazard is major
    "E830": Message(R, "判定标准“{clause}”{when}，{on}发现的隐患不能用", "{then}"),
    "N410": Message(
        Exit.DONE,
        "判定依据是重大事故隐患的条款，登记的却不是“重大”：{numbers}",
        "确是重大的：anjian 隐患 修改 编号 --隐患级别 重大；不是的，请改判定依据",
    ),
    "N411": Message(
        Exit.DONE,
        "判定标准的目录里没有{codes}，照原文记下了",
        "目录不全；写错了的请改：anjian 隐患 判定标准 列出有哪些条款",
    ),
    "N412": Message(
        Exit.DONE,
        "隐患类别不在用语表里，照原文记下了：{words}",
        "要按它计数，先增设：anjian 用语 新增 {word} --用语表 隐患类别",
    ),
    # --- campaigns, departments and what they are handed
    "E860": Message(R, "没有这个行动", "{meant}"),
    "E861": Message(R, "范围类别是“{kind}”的，只填“{title}”", "请在“{title}”里写明，其他几栏留空"),
    "E862": Message(S, "{day}已登记过答复", "答复登记错了的：anjian 隐患 修改 {number} --更正"),
    "E863": Message(R, "这个镇（街、区）没有这名网格员", "请先登记：anjian 网格员 新增；或核对姓名"),
    "E864": Message(R, "已是{other}（{number}）的监管范围", "一个行业、一类风险同一天只归一个部门，请先改其中一个"),
    "E865": Message(R, "这家企业没有列入{kind}整治", "请核对整治类别；没有列入的，这一栏留空"),
    "E870": Message(U, "{value}已经过去，计划是往后排的", "请写本月或以后的月份，如 anjian 检查计划 11"),
    "E866": Message(R, "奖励{value}元，不在规定里（{day}：{span}）", "请核对；规定改了的：anjian 设置 修改"),
    "E869": Message(R, "这个镇（街、区）没有这个网格", "有的是：{grids}；新划的请先登记：anjian 网格 新增"),
    "E871": Message(
        R,
        "{day}的这次{method}（{number}）已记在行动“{was}”名下",
        "一次检查只算一个行动的；改算这个的：anjian 检查 修改 {number} --行动 {typed}；不改的，这一行的“检查行动”留空",
    ),
    "E875": Message(R, "{month}的通报没有印发，没有要求报补差计划", "印发了哪些：anjian 月份 列表"),
    "E880": Message(R, "{value}还没有过完，名次还会变", "请用已经过完的月，如 --月份 上月"),
    "E882": Message(
        R, "隐患“{value}”没有移交给哪个部门", "先移交：anjian 隐患 移交 {value} --部门 部门名称 --抄告函 文号"
    ),
    "E881": Message(
        R, "{value}在{month}的通报里列第{rank}位，不在落后之列，也没有低于序时进度的", "不用约谈；看名次：anjian 通报"
    ),
    "N445": Message(
        Exit.DONE,
        "{case}的当事人不在企业名录里，当事人类别记作“无”",
        "是企业的，先登记企业再重报；是个人的：anjian 执法 修改 编号 --当事人类别 个人",
    ),
    "N446": Message(Exit.DONE, "{case}的当事人立案那天在{town}", "请核对这件案子的镇（街、区）"),
    "N447": Message(Exit.DONE, "整治（{number}）的{title}是{day}，这次诊断写的是{told}", "请核对哪个对；整治的没有改"),
    "N425": Message(
        Exit.DONE, "没有写报送时间，按{day}记", "不是这一天报送的：anjian 报送 修改 {number} --报送时间 报送的那一天"
    ),
    "N426": Message(
        Exit.DONE,
        "没有写报送时间，按{day}记，过了报送截止日{due}，算迟报",
        "按时报送的：anjian 报送 修改 {number} --报送时间 报送的那一天",
    ),
    "N430": Message(
        Exit.DONE,
        "{unit}有{count}家没有信用代码，又和别的企业同名，凭名称认不出，没有列进表里：{names}",
        "请给它们登记代码或注册号，或在名称后加括号注明负责人，再生成；也可直接登记：anjian 检查 新增 企业编号",
    ),
    "N458": Message(
        Exit.DONE,
        "{unit}服务的{count}家没有信用代码，又和别的企业同名，凭名称认不出，没有列进登记表：{names}",
        "请给它们登记代码，再生成；也可直接登记：anjian 服务 新增 企业编号",
    ),
    # --- notices: done, and worth knowing
    "N501": Message(
        Exit.DONE,
        "{month}通报{state}，数字不再改动",
        "此项已记入台账，并在下期通报中列为“更正”：anjian 月份 差异 {month}",
    ),
    "N440": Message(
        Exit.DONE,
        "{kind}各项的满分一共{most}分（加分不算），评不到等次{grades}",
        "镇和部门按同一个标准评等次；是有意的不用管，不是的请改满分或等次",
    ),
    "N441": Message(
        Exit.DONE,
        "有一头不知道的，不列更正：{cells}",
        "从下期起计；要算进这一期的，没有印发的撤销定稿，印发了的撤回，再重新办",
    ),
    "N442": Message(
        Exit.DONE,
        "{month}通报{state}，数字不再改动",
        "这个数定稿时没有报来，或者现在作废了，不列更正，在这里列明：anjian 月份 差异 {month}",
    ),
    "N421": Message(
        Exit.DONE,
        "{month}通报{state}，部门的数字不再改动，也不列更正",
        "此项已记入台账，从下期起算在部门的累计数里",
    ),
    "N435": Message(
        Exit.DONE,
        "{month}通报{state}，得分和名次不再改动",
        "评分已记入台账；得分、名次因此不同的，在下期通报的“更正”里说明",
    ),
    "N436": Message(
        Exit.DONE,
        "{month}通报{state}，部门的得分和名次不再改动，也不列更正",
        "评分已记入台账，同一考核期里，从下期起算在部门的得分里",
    ),
    "N437": Message(
        Exit.DONE,
        "{month}通报{state}，评分是{begun}以前的考核期的",
        "已记入台账，但哪一期通报的得分都不再改动，也不列更正；月份写错了的，请改“月份”",
    ),
    "N451": Message(
        Exit.DONE,
        "检查日期不在行动“{campaign}”的起止日期（{span}）里，不算它查到的",
        "请核对日期；行动的起止日期不对的：anjian 行动 修改",
    ),
    "N452": Message(
        Exit.DONE,
        "写着“{value}”的{told}原来不算哪个行动的，现在算这个行动的",
        "看是哪些：anjian 检查 列表 --查找；不该算的，改那几条的行动；名称写错了的，撤销这一步：anjian 撤销",
    ),
    "N450": Message(
        Exit.DONE, "行动“{was}”改名为“{value}”", "写着原来名称的{told}已跟着改；改错了的，撤销这一步：anjian 撤销"
    ),
    "N453": Message(
        Exit.DONE,
        "网格“{was}”改名为“{value}”",
        "写着原来名称的{count}名网格员已跟着改；改错了的，撤销这一步：anjian 撤销",
    ),
    "N472": Message(Exit.DONE, "{name}的版本{found}太旧，要{oldest}以上", "请让装程序的人运行 pip install {line}"),
    "N473": Message(
        Exit.DONE,
        "{path} 在网络盘上（{kind}），几台电脑同时写会写坏",
        "请放到本机磁盘上；别人要看的，给他备份或导出的文件",
    ),
    "N474": Message(Exit.DONE, "{path} 别人也能读（权限{mode}）", "请让装程序的人改为只有本人能读：chmod 600 {path}"),
    "N475": Message(Exit.DONE, "{what}", "{remedy}"),
    "N502": Message(
        Exit.DONE,
        "已记入台账（操作{operation}），但结果没有写出来：{why}",
        "不要再办一遍；登记了什么，请看 anjian 日志 {operation}",
    ),
    # --- packages (报送包)
    "E910": Message(R, "“{value}”不是报送包，或者已残缺：{why}", "请向报送的县另要一份"),
    "E911": Message(
        R, "“{value}”的签名不对", "它在签名以后被改过，或者不是写着的那把密钥签的：不要相信它，请向报送的县另要一份"
    ),
    "E912": Message(R, "“{value}”里的{part}和清单对不上", "它在生成以后被改过或者没有传完整，请向报送的县另要一份"),
    "E913": Message(
        R,
        "“{value}”来自没有登记的台账：{region}，台账标识{ledger}",
        "先用电话核对密钥指纹{fingerprint}，再登记：{line}",
    ),
    "E914": Message(
        R,
        "“{value}”的签名密钥不是{town}登记的那一把",
        "请用电话向{town}核对密钥指纹{fingerprint}；确实换了密钥的：{line}",
    ),
    "E915": Message(
        R,
        "“{value}”说自己是{region}的，这本台账登记在{town}名下",
        "请核对是哪个县的包；登记错了的：anjian 报送台账 修改 {number}",
    ),
    "E916": Message(
        S,
        "“{value}”是{month}第{serial}次报送，{town}已经报来{known}",
        "不用再收；要更正的，请{town}重新生成{known_month}的报送包",
    ),
    "E917": Message(
        R,
        "“{value}”和已收的{town}{month}第{serial}次报送内容不同，次数却一样",
        "请{town}核对是不是恢复过旧备份，再重新生成一次",
    ),
    "E918": Message(
        R,
        "{town}{month}的“{indicator}”印发数{issued}加更正{corrected}，和报送数{sums}对不上（单位：{unit}）",
        "请{town}运行 anjian 核验，再重新生成",
    ),
    "E919": Message(R, "{town}已有一本报送台账（{other}），两本不能一起报", "新的取代旧的，请写明：{line}"),
    "E920": Message(S, "{month}还没有结束，不能报送", "请等到下月1日，或报上一个月：{line}"),
    "E921": Message(B, "“{value}”是更新的程序生成的（格式{format}），本程序读不了", "请装上新版的程序，再收一次"),
    "E922": Message(S, "这本台账没有本县的区划代码", "请先设置：anjian 设置 新增 --名称 region_code --值 六位代码"),
    "E923": Message(R, "“{value}”里{part}第{row}行读不懂：{why}", "请向报送的县另要一份"),
    "E925": Message(R, "“{value}”来自演示台账", "演示的包只能收进演示台账"),
    "E926": Message(
        S, "“{value}”来自已经{ended}的台账", "请{town}用现在的台账报送；弄错了的：anjian 报送台账 修改 {number}"
    ),
    "E927": Message(
        S,
        "这本台账里没有县级的单位，收不了报送包",
        "先登记各县：anjian 镇街 导入 各县.xlsx（类别写县级，代码写六位区划代码加000）",
    ),
    "N480": Message(
        R, "{town}{month}印发过的数，和上次报来的不同", "印发的数不会变：请向{town}核实，是不是撤回后重新印发了"
    ),
    "E928": Message(R, "“{value}”是它自己的台账标识", "请写取代它的那一本的"),
    "E929": Message(
        N, "这本台账里没有区划代码{region}的县", "请先登记：anjian 镇街 新增 县名 --区划代码 {region}000 --类别 县级"
    ),
    "E930": Message(N, "“{value}”不是{town}正在报送的台账", "各县登记的台账见 anjian 报送台账 列表"),
    "E932": Message(
        S, "这本台账排的是{units}，没有按“{value}”的名次", "--范围 只用于市、省、全国的台账，里面的单位是县（市、区）"
    ),
    "E933": Message(
        S,
        "不能按“{value}”排名：没有写明{named}的所属{value}",
        "请补上：anjian 镇街 修改 {first} --所属{value} 名称；许多的，用表格导入",
    ),
    "E931": Message(S, "{town}的这本台账已经登记过了（{ledger}）", "不用再登记；换密钥的：anjian 报送台账 修改"),
    "E902": Message(Exit.INTERRUPTED, "已中断，{state}", "要做完的，请再运行一次"),
    # --- warehouses (汇总库)
    "E941": Message(R, "“{value}”不是汇总库，或者已残缺：{why}", "请重新生成：anjian 汇总库 生成 文件夹 报送包…"),
    "E942": Message(
        R,
        "汇总库里“{value}”的包，来自现在不能报送的台账（{ledger}），或者密钥已换",
        "请用它现在的报送包重新生成：anjian 汇总库 生成 文件夹 报送包…",
    ),
    "E934": Message(B, "没有安装{engine}（{why}）", "请安装：pip install 'anjian-cli[{extra}]'"),
    "E935": Message(B, "{engine}给出的{value}不是整数，也不是文字", "自己写的语句，请把那一列转成整数或文字"),
    "E936": Message(R, "“{value}”里的{part}不能用：{why}", "请向报送的县另要一份"),
    "E937": Message(B, "汇总库“{value}”没有写成，原来的还在：{why}", "请稍后再生成一次"),
    "E938": Message(Exit.USAGE, "查询语句不能用：{why}", "只能写一句查询，查的是 {relations}"),
    "E940": Message(R, "报来的合计和明细有{count}处对不上", "请表里的县运行 anjian 核验，再重新生成报送包"),
    "E939": Message(B, "{engine}连不上，或者没有答完：{why}", "{remedy}"),
    "E901": Message(B, "程序内部出错：{why}，{state}", "请把这一行和所用的命令报给开发者"),
}

IN_GENERAL: Mapping[str, tuple[str, str]] = {
    "E132": ("一行里的词都认得，还少写了必须写的", "少的是什么，消息里写着整行，照着填上再打"),
    "E140": ("一行里的词都有了去处，只这一两个词没有", "消息里写着不要它的那一行；要记下来的，写明是哪一项"),
    "E146": ("程序不写这种文书", "消息里写着能写哪些、怎样写"),
    "E133": ("问的不在这个列表里，在别的列表里", "消息里写着问哪一个，照着打"),
    "E939": ("查汇总库的引擎连不上，或者没有答完", "请看它开着没有、要连的地方设得对不对，再试一次"),
    "E101": ("打的命令没有这一个", "消息里写着相近的；全部命令见 anjian -h"),
    "E102": ("这条命令没有这个选项", "消息里写着相近的；有哪些选项，在命令后面加 -h"),
    "E103": ("少写了一样必须写的", "少的是什么，消息里写明；怎样写，在命令后面加 -h"),
    "E105": ("多写了一个词，不知道是什么", "请去掉它；文字里有空格的，前后加引号"),
    "E106": ("一个选项或一个词不能这样填，或不能和别的一起用", "可以填什么，消息里写明；也可在命令后面加 -h 看"),
    "E107": ("照这样写没有要做的事", "还要写什么，消息里写明；也可在命令后面加 -h 看"),
    "E123": ("问列表的几个条件互相矛盾，没有一条合得上", "请去掉其中一个，或改日期"),
    "E125": ("这一类记录没有可以按它筛选的日期", "请去掉这个月份或日期；可以写什么，见 列表 -h"),
    "E127": ("没有存过这个名字的问题", "存过哪些：anjian 提问；存一个：在列表后面加 --存为 名字"),
    "E136": ("贴进来的镇（街、区）名单有一行读不懂", ""),
    "E137": ("贴进来的镇（街、区）名单没有收", ""),
    "E214": ("一个日期早于另一个不能比它早的日期", ""),
    "E231": ("台账里没有叫这个名称的镇（街、区）、部门等", "相近的写在消息里；写错的请改，真没有的先登记"),
    "E237": ("两行（或一行和台账里的一条）指的是同一条记录", "重复的删去一行；确是两条的，消息里写着怎样写得分清"),
    "E239": ("没有这个指标", "相近的写在消息里；指标怎么叫：anjian 指标 列表"),
    "E259": ("部分的数多于全部的数，如到场的多于应到的", ""),
    "E268": ("设的这一项不起作用，因为什么，消息里写明", "请不设它，或照消息里说的改"),
    "E303": ("这种文件不能直接读", "请在WPS中另存为“.xlsx”；压缩包请先解压"),
    "E323": ("对照里写的列，这一类记录没有", "相近的写在消息里；有哪些列，看这一类的空表"),
    "E410": ("一个日期早于另一个不能比它早的日期", ""),
    "E433": ("这一步不能撤销，因为什么，消息里写明", "请照消息里说的先办；看是哪一步：anjian 日志"),
    "E441": ("这个月已经定稿、印发，或不是能这样办的时候", "请照消息里说的办；各月到哪一步：anjian 月份 列表"),
    "E451": ("没有找到要找的这一个", "请核对名称、编号、月份；不知道在哪一类里的：anjian 查找 几个字"),
    "E471": ("这个月不能撤回：没有印发，或已经撤回", "各月到哪一步：anjian 月份 列表；只定了稿的，撤销定稿"),
    "E479": ("定稿、印发以前检查，发现台账不对，逐条写在消息里", ""),
    "E625": ("台账没有升级，原样没动，因为什么，消息里写明", "请照消息里说的办，再运行 anjian 升级"),
    "E637": (
        "这个文件不能当作台账打开，因为什么，消息里写明",
        "请核对路径；文件坏了的，用最近的备份恢复：anjian 恢复 备份文件",
    ),
    "E640": ("这台电脑上少装了一样东西，少了它不能做什么，消息里写明", "请让装程序的人照消息里写的装上"),
    "E660": ("没有备份成，因为什么，消息里写明", "请照消息里说的办，再备份一次；早先的备份都没有动"),
    "E666": ("备份公钥.txt 里有一行不是公钥", ""),
    "E671": ("没有恢复，台账没有动，因为什么，消息里写明", "请照消息里说的办，或换一份备份"),
    "E692": ("整本导出的文件夹不完整，缺了什么，消息里写明", ""),
    "E721": ("拿来比的文件里没有核验码", "请拿本程序写出的通报、一页纸、备份来比；图片里的核验码请照着打"),
    "E743": ("用语的这一项不能这样登记，因为什么，消息里写明", "请照消息里说的改；有哪些用语：anjian 用语 列表"),
    "E773": ("一个词在办法里有两个意思", ""),
    "E786": ("那一天的考核办法里，这个指标不是一票否决的", "请核对指标和解除日期；办法里有哪些：anjian 办法 查看"),
    "E792": ("这个部门那一天不在（还没有设，或已停用、合并）", "请填那一天在的部门；名册：anjian 部门 列表"),
    "E800": ("“计分细则”的一格写得不对，哪里不对，消息里写明", ""),
    "E807": ("办法里的一格读不懂", "应写成什么样，消息里写明；各种写法都在空表的“填表说明”上：anjian 办法 空表"),
    "E830": ("判定标准那一天没有施行", "请填发现那天施行的条款：anjian 隐患 判定标准"),
    "E859": ("没有要写这种文书的事", ""),
    "E860": ("没有登记过这个行动", "请核对名称（anjian 行动 列表）；新的先登记：anjian 行动 新增"),
    "N302": ("表里写的合计，和读到的、加起来的不一样，照样收下", "请核对是不是漏了行，或合计没有改"),
    "N328": ("这一行少见，因为什么，消息里写明；照样收下", ""),
    "N420": (
        "办法一改，已有的评分有的不再算，是哪些、为什么，消息里写明",
        "还要算的，照新办法改那几条：anjian 评分 修改 编号",
    ),
    "N475": ("自检里要留意的一样，不妨碍使用", "请照消息里说的办"),
}
"""What is told of a code by itself (reason, remedy; '' = as the catalogue has it) where the case at hand says all."""
