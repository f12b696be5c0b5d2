"""What a county and its towns are called, and whom its letters go to: words that follow from names.

全市, 全县, 全区, 全旗 by the region's name; 镇（街、区）, 乡镇（街道）, 镇 … by the towns' names. Pure functions of
names, which a bulletin that was locked long ago carries as well; a town's kind (类别) it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

COUNTY = "全市"
"""The place of the county's own figures inside the program; `whole` says how it is printed."""
NATION = "全国"
"""What the region of the nation's own ledger is called."""
COUNTIES, COUNTIES_BRIEF = "县（市、区）", "县市区"
"""The units of a city, a province or the nation."""
LEVELS = ("市", "县", "区", "旗", "州", "盟", "省")
"""The last character of a region's name; of a name that ends otherwise 市 is said."""
WHOLE = (
    *(f"全{level}" for level in LEVELS), "合计", *(f"全{level}合计" for level in LEVELS), NATION, f"{NATION}合计",
)  # fmt: skip
"""How the county itself may be named wherever a town may: each of them in every ledger."""
GENERAL, GENERAL_BRIEF = "镇（街、区）", "镇街区"
"""The units of any ledger: in headings and help, and where a town's name does not say what it is."""
_RURAL = ("苏木", "乡", "镇")
_STREET = "街道"
_COUNTY_ZONE = ("开发区", "高新区", "园区", "度假区", "管委会", "管理委员会")
_ZONE = ("区", "园", "城", "场", "港", "管委会", "管理委员会")


def level(region: str) -> str:
    """市, 县, 区 or 旗 (of a larger region 州, 盟 or 省) by its name: 鄂温克族自治旗 is a 旗."""
    return region[-1] if region.endswith(LEVELS) else LEVELS[0]


def whole(region: str) -> str:
    """The region as a whole: 全县; the nation 全国."""
    return NATION if region == NATION else f"全{level(region)}"


def own(region: str) -> str:
    """Whose a task is that was set for the region as a whole: 县里; of the nation 国家."""
    return "国家" if region == NATION else f"{level(region)}里"


def committee(region: str) -> str:
    """The region's committee, as it is called for short: 县安委会; of the nation 国务院安委会."""
    return f"{'国务院' if region == NATION else level(region)}安委会"


def committee_office(region: str) -> str:
    """The committee's office, as it is called for short: 县安委办; of the nation 国务院安委办."""
    return f"{committee(region).removesuffix('会')}办"


def committee_office_in_full(region: str) -> str:
    """永康市安全生产委员会办公室: who issues the bulletin, where nothing else is said."""
    return f"{'国务院' if region == NATION else region}安全生产委员会办公室"


def document_mark(region: str) -> str:
    """永安委办, of the nation 安委办: what the numbers of its papers begin with, where nothing else is said."""
    return f"{'' if region == NATION else region[0]}安委办"


def are_counties(codes: Iterable[str]) -> bool:
    """Whether most units of a ledger are counties, by their codes: those of the counties and three noughts, which no
    town has (GB/T 10114)."""
    told = [code.endswith("000") for code in codes]
    return 2 * sum(told) > len(told)


def unsettled(codes: Iterable[str]) -> str:
    """What is called so that is of none of the units."""
    return f"未定{COUNTIES_BRIEF}" if are_counties(codes) else "未定镇街"


def units(towns: Iterable[str]) -> str:
    """What a ledger's towns are called together, by their names: 镇（街、区） where there are 镇, 街道 and zones,
    镇（街道） without zones, 乡镇（街道） where there are 乡 as well, 镇 where there is nothing else."""
    kinds = _kinds(towns)
    if not kinds or "" in kinds:
        return GENERAL
    rural = _rural(kinds)
    others = [word for word in (_STREET, "功能区") if word in kinds]
    if not rural:
        return others[0] if len(others) == 1 else "街道（功能区）"
    beside = "街、区" if len(others) > 1 else "".join(others)
    return f"{rural}（{beside}）" if beside else rural


def brief_units(towns: Iterable[str]) -> str:
    """The same over a narrow column, without brackets: 镇街区, 乡镇街, 镇."""
    kinds = _kinds(towns)
    if not kinds or "" in kinds:
        return GENERAL_BRIEF
    return _rural(kinds) + ("街" if _STREET in kinds else "") + ("区" if "功能区" in kinds else "")


def addressees(region: str, towns: Sequence[str]) -> str:
    """Whom a letter goes to where nothing else is set: every town by its kind, zones by their names, the committee's
    members. 各乡镇人民政府、街道办事处，经济开发区管委会，县安委会各成员单位."""
    kinds = _kinds(towns)
    if kinds <= {"", "功能区"}:  # no name says that there are others, and a county without 镇 and 街道 there is not
        kinds |= {"镇", _STREET}
    offices = [f"{_rural(kinds)}人民政府"] if _rural(kinds) else []
    offices += [f"{_STREET}办事处"] if _STREET in kinds else []
    zones = [town for town in towns if _kind(town) == "功能区"]
    parts = [f"各{'、'.join(offices)}"]
    if zones:
        named = "、".join(zones)
        parts.append(named + ("管委会" if zones[-1].endswith(_ZONE[0]) else ""))
    return "，".join([*parts, f"{committee(region)}各成员单位"])


def county_addressees(region: str, counties: Sequence[str]) -> str:
    """The same of a letter to counties: every county's government, zones by their names, the committee's members."""
    zones = [name for name in counties if name.endswith(_COUNTY_ZONE)]
    parts = ["各县（市、区）人民政府"]
    if zones:
        named = "、".join(zones)
        parts.append(named + ("管委会" if zones[-1].endswith(_ZONE[0]) else ""))
    return "，".join([*parts, f"{committee(region)}各成员单位"])


def code_prefix(region: str) -> str:
    """What the codes of a region's towns begin with, by its own (GB/T 2260): 330784 -> 330784, of a prefecture without
    the county's two digits, of a province without four; of the nation (000000) with nothing."""
    return region.removesuffix("00").removesuffix("00").removesuffix("00")


def _kinds(towns: Iterable[str]) -> set[str]:
    return {_kind(town) for town in towns}


def _kind(town: str) -> str:
    """镇, 乡, 苏木, 街道, 功能区; '' where the name does not say it."""
    named = next((kind for kind in (_STREET, *_RURAL) if town.endswith(kind)), "")
    return named or ("功能区" if town.endswith(_ZONE) else "")


def _rural(kinds: set[str]) -> str:
    """乡镇, 镇, 苏木乡镇; '' where there are only 街道."""
    return "".join(kind for kind in _RURAL if kind in kinds)
