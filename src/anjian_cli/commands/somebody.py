"""What somebody is called, by the shape of the word: a firm, a body of people, a person with what one is called.

Whether the ledger knows it is not asked here.
"""

from __future__ import annotations

import re

FIRM = re.compile(r"\S*\d{3,}[\u4e00-\u9fff]*(?:厂|公司|店|行|作坊|经营部)")
"""What is meant for a firm, though none in the ledger is called so: it is no text of one's own."""


ANY_FIRM = re.compile(r"\S+(?:厂|公司|店|行|作坊|经营部)")
OFFICE = re.compile(r"\S+(?:局|委|大队|支队|部门)")
"""How a firm's, or a department's, name ends."""
_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹黎贺赖龚施应章楼胥卜俞骆诸翁"
)
PERSON = rf"[{_SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]?(?:科长|主任|经理|老师|队长|所长|厂长|师傅|工程师))"
"""A person begins with a surname: 负责人外出 tells no name."""
TITLED = (
    rf"[{_SURNAMES}][\u4e00-\u9fff]?(?:工|科长|副?主任|经理|老师|队长|副?所长|厂长|副?站长|副?局长|副?镇长"
    r"|师傅|工程师|科|总)"
)
"""A person with what one is called, who is one although no title stands before."""
OFFICER = rf"\S{{0,8}}网格员(?:[甲乙丙丁戊己庚辛]|{PERSON})"
_SOMEBODY = re.compile(
    rf"{OFFICER}|\S{{0,8}}网格员(?:今天|昨天|前天)?(?:巡查|检查|发现|巡查发现)|\S{{2,}}(?:公司|安监所|安监站|安监局|大队|支队|安委办|协会|服务部|事务所|研究院|检测中心)"
)
_DID = re.compile("(?:报|说|移交|转来|交办|定|批|查|去|来|做|带队|承办|经手|经办)的?$")


def is_name(word: str) -> bool:
    """Whether a word is a person's or a body's name by its shape: 芝英网格员甲, 王工, 某某技术服务公司."""
    return any(_SOMEBODY.fullmatch(each) or re.fullmatch(TITLED, each) for each in (word, _DID.sub("", word)))
