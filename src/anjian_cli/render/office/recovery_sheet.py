"""The sheet from which a lost signing key is typed in again: what it is, what to do with it, and the key in lines that
each have a check. Takes the lines, returns a paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from anjian_cli.render.paper import Head, Paper, Row, Sheet

TITLE = "台账签名密钥恢复单"


def recovery_sheet(lines: Sequence[tuple[str, str]], fingerprint: str, day: str, owner: str) -> Paper:
    """`lines` are eight digits and two that check them; `fingerprint` is what the key is called; `day` YYYY-MM-DD."""
    before = (
        f"这张单子上是安监台账的签名密钥，{day}由{owner}新建，密钥指纹{fingerprint}。",
        "谁有这张单子，谁就能以本单位的名义给台账签名。请打印一份，装信封密封，同公章一起保管；打印以后删去文件，不要拍照、"
        "不要发到群里。",
    )
    heads = (Head("行", "serial"), Head("密钥", "name"), Head("校验", "name"))
    rows = tuple(Row((at, digits, check)) for at, (digits, check) in enumerate(lines, 1))
    sheet = Sheet(
        "密钥", None, "", "只有数字0—9和字母a—f", f"共{len(rows)}行", heads, rows, None,
        ("每行末两位是这一行的校验：打错一位，程序会说是哪一行。",),
    )  # fmt: skip
    after = (
        "密钥文件丢了、坏了或忘了口令时，在任何一台装有本程序的电脑上用“anjian 封存 --找回”，照上面逐行打入。",
        "怀疑这张单子被人看过的，请另建一把密钥，并告诉核对签名的人。",
    )
    return Paper(TITLE, "机密　只此一份", before, (sheet,), after, landscape=False)
