"""智慧用电: an enterprise equipped with the smart-electricity system, from the day of installation."""

from __future__ import annotations

from typing import Annotated

from anjian_cli.records.definition import Record
from anjian_cli.records.fields import OWNER, OfEnterprise, Remark, count, past, words


class Device(OfEnterprise):
    installed_on: Annotated[str, past("安装日期", required=True, example="2018-05-09", today=True)]
    sets: Annotated[int | None, count("设备套数", "套数", example="2")] = None
    provider: Annotated[str | None, words("服务商")] = None
    removed_on: Annotated[str | None, past("停用日期", "拆除日期")] = None
    remark: Remark = None


RECORD = Record(
    "device",
    "智慧用电",
    Device,
    order=17,
    called=("智慧用电",),
    subject="enterprise",
    day="installed_on",
    of_enterprise=True,
    lasting=OWNER,
    listed=("number", "town", "enterprise", "installed_on", "sets", "provider", "removed_on"),
    keys=(("number",), ("enterprise", "installed_on")),
)
