"""Kill an import of a workbook and a text file at many moments and look what it left."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from anjian_cli.ledger.check import check
from anjian_cli.ledger.open import reading
from exchange.books import saved, xlsx
from support.import_ledger import TODAY, code, operations

ENTERPRISE = ["镇（街、区）", "企业名称", "统一社会信用代码", "生产经营地址"]
HAZARD = "企业名称,统一社会信用代码,发现日期,隐患来源,隐患级别,隐患部位与描述,整改期限,整改完成日期,验收日期\n"


def files_to_kill(folder: Path, enterprises: int) -> list[Path]:
    """A workbook of enterprises and a text file of their hazards, made up."""
    firms = [["芝英镇", f"永康市{i}号厂", code(1000 + i), f"路{i}号"] for i in range(enterprises)]
    found = [
        f"永康市{i}号厂,{code(1000 + i)},2018-10-09,网格巡查,一般,无罩,2018-10-31,2018-10-20,2018-10-22\n"
        for i in range(enterprises)
    ]
    return [
        saved(folder / "企业.xlsx", xlsx({"企业": [ENTERPRISE, *firms]})),
        saved(folder / "隐患.csv", (HAZARD + "".join(found)).encode()),
    ]


def import_and_kill(ledger: Path, files: list[Path], seconds: float | None) -> int:
    """Import in a process of its own, killed after so many seconds; returns its exit code."""
    words = [sys.executable, "-m", "anjian_cli", "--db", str(ledger), "--today", TODAY, "--as", "测试", "import"]
    process = subprocess.Popen([*words, *map(str, files)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def kill_often(template: Path, tmp_path: Path, times: int, enterprises: int) -> set[int]:
    """Kill an import at many moments; the ledger must be whole, with none, one or both of the files in it.
    Returns how many operations were found."""
    files = files_to_kill(tmp_path, enterprises)
    ledger = tmp_path / "甲.db"
    shutil.copy(template, ledger)
    begun = time.monotonic()
    assert import_and_kill(ledger, files, None) == 0
    whole = time.monotonic() - begun
    before = operations(template)
    expected = {before: (5, 3), before + 1: (5 + enterprises, 3), before + 2: (5 + enterprises, 3 + enterprises)}
    moments = random.Random(16)
    seen = set()
    for _ in range(times):
        shutil.copy(template, ledger)
        Path(f"{ledger}-journal").unlink(missing_ok=True)
        import_and_kill(ledger, files, whole * moments.uniform(0.1, 1.0))
        with closing(reading(ledger)) as connection:
            assert [str(fault) for fault in check(connection)] == []
            counts = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("enterprise", "hazard")]
        assert tuple(counts) == expected[operations(ledger)]
        seen.add(operations(ledger) - before)
    assert import_and_kill(ledger, files, None) == 0
    with closing(reading(ledger)) as connection:
        assert [str(fault) for fault in check(connection)] == []
    return seen
