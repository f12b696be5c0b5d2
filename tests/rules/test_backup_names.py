"""Names of backups: what is told by one is read back from it, and no other file is taken for one."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anjian_cli.rules.backup_names import BackupName, backup_name, of_ledger, reaches

MARK, HEAD = "5c1e" + "0" * 60, "3f9a01bc" + "0" * 56
EVENING = datetime.fromisoformat("2026-11-28 19:30:05")
NAME = "安监台账_备份_2026-11-28_193005_5c1e_3f9a01bc.db"


def test_the_name() -> None:
    assert backup_name("安监台账", EVENING, MARK, HEAD, encrypted=False) == NAME
    assert backup_name("安监台账", EVENING, MARK, HEAD, encrypted=True) == f"{NAME}.age"
    assert backup_name(NAME.removesuffix(".db"), EVENING, MARK, HEAD, encrypted=False) == NAME
    assert backup_name("a:b", EVENING, "", "", encrypted=False) == "a_b_备份_2026-11-28_193005_新_空.db"


@pytest.mark.unmeasured
@given(
    st.text(min_size=1, max_size=20),
    st.datetimes(datetime.fromisoformat("2000-01-01"), datetime.fromisoformat("2199-01-01")),
    st.sampled_from(["", MARK]),
    st.sampled_from(["", HEAD]),
    st.booleans(),
)
def test_what_a_name_tells_is_read_back(ledger: str, moment: datetime, mark: str, head: str, encrypted: bool) -> None:
    moment = moment.replace(microsecond=0)
    name = backup_name(ledger, moment, mark, head, encrypted=encrypted)
    assert of_ledger([name], mark) == [
        BackupName(name, name.partition("_备份_")[0], moment, mark[:4] or "新", head[:8] or "空", encrypted)
    ]
    assert reaches([head])[head[:8] or "空"] == (1 if head else 0)
    assert of_ledger([name], "ffff" + "0" * 60) == []


@pytest.mark.parametrize(
    "name",
    [
        "安监台账.db",
        "安监台账-v3.db",
        "安监台账-恢复前.db",
        "_备份_2026-11-28_193005_5c1e_3f9a01bc.db",
        "安监台账_备份_2026-02-30_193005_5c1e_3f9a01bc.db",
        "安监台账_备份_2026-11-28_1930_5c1e_3f9a01bc.db",
        f"{NAME}.partial",
        f"{NAME}-journal",
        f"{NAME} (2)",
    ],
)
def test_no_other_file_is_taken_for_one(name: str) -> None:
    assert of_ledger([name], MARK) == []


def test_the_oldest_comes_first_and_ledgers_are_told_apart() -> None:
    later = NAME.replace("11-28", "12-01").replace("安监台账", "改了名")
    other = NAME.replace("5c1e", "5c1f")
    assert [one.name for one in of_ledger([later, other, NAME], MARK)] == [NAME, later]
