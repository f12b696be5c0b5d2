"""A ledger that yesterday's program made is read, written and upgraded by today's, and says what it said."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from anjian_cli.cli import main
from anjian_cli.commands.session import Session
from anjian_cli.ledger import history, roots, schema
from anjian_cli.ledger import open as opening
from anjian_cli.records import masking
from oracle.figures import from_months, from_view, record_tables
from support import kept_ledgers, next_version
from support.sweeps import swept

pytestmark = pytest.mark.unmeasured  # the parts have tests of their own


def _placed(text: str) -> Any:
    """A bulletin with places by the rules of version 2: nobody has one where nobody has done anything, and who is first
    does not lag."""
    rules = text.replace("（1、2、2、4）。", "（1、2、2、4）；都还没有完成的，不排名次。")
    found = json.loads(rules.replace("的一并不列。", "的一并不列，居首位的不列。"))
    for category in found["categories"]:
        for of, rows in ((category, category["rows"]), *((t, t["cells"]) for t in category["indicators"])):
            first = {row["town"] for row in rows if row["rank"] == 1}
            of["laggards"] = [town for town in of["laggards"] if town not in first]
            if all(row["rate"] in (None, "0/1") for row in rows):
                for row in rows:
                    row["rank"] = None
    return found


def _undone_still(text: str) -> Any:
    """A log in which an operation whose undo was undone is no longer called undone (docs/decisions.md)."""
    found = json.loads(text)
    undone: dict[int, int] = {}
    for entry in found:  # the newest first
        if entry["undoes"] is not None and entry["id"] not in undone:
            undone[entry["undoes"]] = entry["id"]
    return [entry | {"undone_by": undone.get(entry["id"])} for entry in found]


LOG = "log --limit 1000 --format json"
OTHERWISE: dict[int, dict[str, Callable[[str], Any]]] = {
    1: {
        LOG: _undone_still,
        # A firm that closed is not asked to renew its contract (docs/decisions.md, version 2).
        "todo 90 --format json": lambda text: [
            item for item in json.loads(text) if item["subject"] != "永康市示例戊五金厂"
        ],
        # A month may be withdrawn (docs/decisions.md, version 2).
        "month list --format json": lambda text: [
            item | {"withdrawn_on": "", "withdraw_reason": ""} for item in json.loads(text)
        ],
        # It has 镇 and a zone, and is called so; the zone is among those its letter goes to (docs/decisions.md).
        "bulletin 10 --format json": lambda text: _placed(
            text.replace("阶段的镇（街、区）", "阶段的镇（功能区）")
            .replace("不分镇（街、区）", "不分镇（功能区）")
            .replace("、街道办事处，", "，经济开发区管委会，")
        ),
        # What the rules of places say came in version 2 (docs/decisions.md).
        "explain 10-石柱-涉氨 --format json": lambda text: json.loads(text.replace('"rank": 1,', '"rank": null,')),
    },
    2: {LOG: _undone_still},
    3: {LOG: _undone_still},
    4: {LOG: _undone_still},
    5: {},
    6: {},
    7: {},
}
"""By version and command line, what is left of an output then, to be compared with what is printed now."""

APART = ("standard.reached.三级新创", "trusteeship.喷涂", "equipment.智慧用电")
"""Indicators in which a town without a task has done something, in every kept ledger."""


def _without_county(found: Any) -> Any:
    """A bulletin without what its county has in these: it was of all towns, and is of those with a task. What is better
    when it is less is told since (docs/decisions.md)."""
    for category in found["categories"]:
        for table in category["indicators"]:
            table.pop("less", None)
            table.pop("everywhere", None)
            if table["id"] in APART:
                table["total"] = None
                category |= dict.fromkeys(("total_rate", "gap", "last_rate"))
    return found


def _together(found: Any) -> Any:
    """What counts in the county's total and what stands beside it; without the cell, which is of the one alone now."""
    near = [item for item in found["not_counted"] if "没有任务" not in item["reason"]]
    beside = [item for item in found["not_counted"] if "没有任务" in item["reason"]]
    counted = sorted(item["number"] for item in [*found["counted"], *beside])
    return found | {"cell": None, "notes": None, "counted": counted, "not_counted": near}


FELL_DUE = ("overdue", "due_of_year", "on_time_of_year", "late_of_year", "awaiting")
FELL_DUE_MORE = ("overdue_carried", "overdue_extended", "overdue_sent_back")


def _without_major(bulletin: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in bulletin.items() if name != "overdue_major"}


def _without_what_fell_due(bulletin: dict[str, Any]) -> dict[str, Any]:
    changed = {f"hazard.{name}" for name in (*FELL_DUE, *FELL_DUE_MORE)}
    for category in bulletin["categories"]:
        category["indicators"] = [table for table in category["indicators"] if table["id"] not in changed]
    bulletin["corrections"] = [one for one in bulletin["corrections"] if one["indicator"] not in changed]
    bulletin["rule"] = [rule for rule in bulletin["rule"] if not rule.startswith("隐患按期以")]
    return _without_major(bulletin)


CHANGED = ("逾期", "到期隐患", "按期整改", "逾期后整改", "到期复评", "列入胶水", "约定服务")
"""Indicators that a later fact corrects now and did not then: a hazard's parts, and a firm that closed."""
OF_THE_CLOSED = "330784114"
"""The town of the firm that closed: it owed one of the three things that the town is scored by."""


def _without_debts(bulletin: dict[str, Any]) -> dict[str, Any]:
    """Without what is owed of the years before, and without what was owed by the firm that closed."""
    for category in bulletin["categories"]:
        category["indicators"] = [
            table
            for table in category["indicators"]
            if not re.search("carried|apart|review_due|awaiting|胶水", table["id"]) and table["short"] not in CHANGED
        ]
        if category["id"] == "special":
            category["rows"] = [row for row in category["rows"] if row["town"] != OF_THE_CLOSED]
            category |= dict.fromkeys(("total_rate", "gap", "last_rate", "laggards"))
    owed = ("standard.review_due", "special.enrolled.胶水", "trusteeship.visits_agreed")
    bulletin["corrections"] = [one for one in bulletin["corrections"] if one["indicator"] not in owed]
    bulletin["rule"] = [rule for rule in bulletin["rule"] if "÷" not in rule]
    for scores in ("scores", "rescored"):
        bulletin[scores] = [one for one in bulletin[scores] if one["town"] != OF_THE_CLOSED]
    return bulletin | {"mean_score": None}


MEANT_OTHERWISE: dict[str, Callable[[Any], Any]] = {
    # What fell due is counted once by the deadline first met, in four parts (docs/decisions.md, version 3).
    "bulletin 10 --format json": lambda told: _without_debts(_without_what_fell_due(_without_county(told))),
    "month diff 9 --format json": lambda told: [one for one in told if one["indicator"] not in CHANGED],
    "month diff 9 --records --format json": lambda told: [one for one in told if one["indicator"] not in CHANGED],
    "explain 10-全市-逾期 --format json": lambda told: (told["indicator"], told["unit"], told["targets"]),
    "explain 10-全市-三级新创 --format json": _together,
}
"""By command line, what is compared of an output of versions 1 and 2, then and now: the rest comes out otherwise since
version 3."""

LEAVING = ("enterprise export --voided --format csv",)
"""Outputs in which telephone numbers are masked since version 3 (docs/decisions.md, what leaves the office)."""

MOMENT = re.compile(r'("known_at": |"fingerprint": )"[^"]*"')


DUE = "todo 90 --format json"
WITNESS = re.compile(r',\n  "witness": "[0-9a-f]{16}"')
"""The digits (核验码), which bulletins tell since version 4."""


SINCE = {
    *("检查部门", "监管部门", "移交日期"),
    *("抄告函", "答复期限", "答复日期", "部门答复", "到场网格员", "风险等级"),
    *("所属市", "所属省"),
}
"""Columns that came with versions 6, 7 and 8, in which an older ledger has nothing."""


def _without_what_came_since(now: str, printed: str) -> str:
    """A list without the columns that it did not have then. They are empty."""
    rows = list(csv.reader(io.StringIO(now.removeprefix("\ufeff"))))
    then = next(csv.reader(io.StringIO(printed.removeprefix("\ufeff"))), [])
    fresh = {at for at, title in enumerate(rows[0]) if title in SINCE and title not in then} if rows else set()
    if not fresh:
        return now
    assert not any(row[at] for row in rows[1:] for at in fresh), rows[0]
    text = io.StringIO()
    kept = ([cell for at, cell in enumerate(row) if at not in fresh] for row in rows)
    csv.writer(text, lineterminator="\r\n" if "\r\n" in now else "\n").writerows(kept)
    return ("\ufeff" if now.startswith("\ufeff") else "") + text.getvalue()


def without_moment(text: str) -> str:
    return MOMENT.sub(r'\1""', text)


def _of_towns(now: str) -> str:
    """A to-do list without the reports that departments owe, which it has since version 7, and without saying whose
    department's a thing is."""
    things = [one for one in json.loads(now) if not one.pop("department_number") and not one.pop("department")]
    return json.dumps(things, ensure_ascii=False, indent=2) + "\n"


def says_still(version: int, line: str, now: str, printed: str) -> bool:
    """Whether an output is what it was, but for what is said of it above; that must have changed."""
    # A line above a table ended with a space where nothing stood at its right (docs/decisions.md, 0.9.0).
    now, printed = WITNESS.sub("", now), re.sub("\u3000$", "", WITNESS.sub("", printed), flags=re.M)
    if line.endswith("--format csv"):
        now = _without_what_came_since(now, printed)
    if line == DUE and version < 7:
        now = _of_towns(now)
    reckon, compared = OTHERWISE[version].get(line), MEANT_OTHERWISE.get(line) if version < 3 else None
    if line in LEAVING and version < 3:
        assert now != printed, line
        return now == masking.in_text(printed)
    if reckon is None and compared is None:
        return now == printed
    then = json.loads(printed) if reckon is None else reckon(printed)
    told = json.loads(now)
    assert told != json.loads(printed), line
    return bool(told == then if compared is None else compared(told) == compared(then))


@pytest.fixture(params=swept(kept_ledgers.VERSIONS, keep=3), scope="module")
def version(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture(scope="module")
def then(version: int) -> dict[str, Any]:
    return kept_ledgers.told(version)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment after the kept ledgers were made, whatever the clock says."""
    monkeypatch.setattr(Session, "now", lambda _: "2026-12-01T01:00:00Z")


@pytest.fixture
def old(version: int, tmp_path: Path) -> Path:
    return kept_ledgers.ledger(version, tmp_path / "安监.db")


@pytest.fixture
def every(version: int, thorough: bool) -> int:
    """One line in so many is printed of a ledger before it is upgraded; all are after it. Of the first version and the
    last the thorough run prints all before it as well, and of those between tests/long/test_kept.py does."""
    return 1 if thorough and version in (kept_ledgers.VERSIONS[0], kept_ledgers.VERSIONS[-1]) else 4


class Said:
    """What commands print of a ledger."""

    def __init__(self, path: Path, today: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._start = ["--db", str(path), "--today", today, "--as", "经办人甲"]
        self._capsys = capsys

    def __call__(self, *line: str, code: int = 0) -> str:
        assert main([*self._start, *line]) == code
        self.out, self.err = self._capsys.readouterr()
        return self.out


@pytest.fixture
def said(old: Path, then: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(old, then["today"], capsys)


def test_reading_commands_say_what_they_said(
    version: int, old: Path, then: dict[str, Any], said: Said, every: int
) -> None:
    before = old.read_bytes()
    for line, printed in list(then["printed"].items())[version % every :: every]:
        now = said(*line.split())
        assert says_still(version, line, now, printed), line
        assert line == "check" or f"台账是第{version}版的" in said.err
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_after_the_upgrade_they_say_it_still(version: int, old: Path, then: dict[str, Any], said: Said) -> None:
    said("upgrade")
    assert f"原来的台账留在 {old.with_name(f'安监-v{version}.db')}" in said.err
    for line, printed in then["printed"].items():
        now = said(*line.split())
        assert "升级" not in said.err
        if line.startswith("log"):
            (upgrade, *before) = json.loads(now)
            assert upgrade["command"] == "upgrade"
            assert before == _undone_still(printed)
        elif line == "check":
            operations = int(re.findall(r"\d+", printed)[0])
            assert now.startswith(f"台账完好：{operations + 1}步操作")
        else:
            assert says_still(version, line, without_moment(now), without_moment(printed)), line
    assert any("bulletin 9" in line for line in then["printed"])  # of an issued month, where nothing is masked


def test_the_first_command_that_writes_upgrades_and_says_so(version: int, old: Path, said: Said) -> None:
    before = old.read_bytes()
    said(
        "training",
        "add",
        "--town",
        "花街",
        "--held-on",
        "2018-10-20",
        "--kind",
        "网格员",
        "--title",
        "巡查",
        "--attended",
        "3",
    )
    assert "旧版的程序就打不开它了" in said.err
    assert old.with_name(f"安监-v{version}.db").read_bytes() == before
    said("check")
    said("undo")
    assert "已撤销" in said.out
    said("undo")  # of what was done before the upgrade: the upgrade itself is passed over
    said("check")


def test_a_trial_leaves_an_older_ledger_as_it_is(old: Path, said: Said, tmp_path: Path) -> None:
    sent = tmp_path / "收件.csv"
    sent.write_text(
        "镇（街、区）,培训日期,培训类别,培训名称,参训人次,合格人次\n花街镇,2018-10-20,网格员,巡查,3,3\n", "utf-8"
    )
    before = old.read_bytes()
    said("import", str(sent), "--dry-run")
    assert "新增1" in said.out
    assert "试运行，未写入" in said.out
    assert old.read_bytes() == before
    said("import", str(sent))
    assert old.read_bytes() != before


def test_nothing_is_lost(version: int, old: Path, then: dict[str, Any], said: Said) -> None:
    said("upgrade")
    with closing(opening.reading(old.with_name(f"安监-v{version}.db"), older=True)) as before:
        given_out = dict(before.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    with closing(opening.reading(old)) as connection:
        for table, rows in then["rows"].items():
            (found,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            if table not in {"change", "month_recount", *next_version.FOLLOWS_BY_RULE}:
                assert found == rows + (table == "operation"), table
        (_, head) = connection.execute("SELECT hash FROM operation ORDER BY id DESC LIMIT 2").fetchall()
        assert head["hash"] == then["head"]
        # No id is given out again, not even of a row that an undo took away.
        now = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
        assert all(now[name] >= last for name, last in given_out.items())
        told = given_out.keys() - next_version.FOLLOWS_BY_RULE - {"operation", "month_recount"}
        assert {name: now[name] for name in told} == {name: given_out[name] for name in told}
        assert now["operation"] == given_out["operation"] + 1
        meant = {of for (of,) in connection.execute("SELECT indicator FROM month_recount")}
        assert meant <= {f"hazard.{name}" for name in FELL_DUE}  # all else means what it meant
        for day in ("2018-06-30", "2018-09-30", "2018-11-02"):
            summed = from_months(connection, day)
            # What the kept scheme asks beside 永康2018 is not said once more there.
            own = {key for key in summed if key[0].startswith(("消防.", "日常."))}
            assert from_view(connection, day) == Counter({key: summed[key] for key in summed.keys() - own})


def test_every_root_is_in_it(version: int, old: Path) -> None:
    with closing(opening.reading(old, older=True)) as connection:
        assert opening.version(connection) == version
        for table in set(record_tables(connection)) - {"month_recount"}:  # which the upgrade of an older one fills
            assert connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone(), table
        undone = connection.execute("SELECT count(*) FROM operation WHERE undoes IS NOT NULL").fetchone()[0]
        assert undone
        assert history.standing_undoes(connection)
    assert (kept_ledgers.KEPT / f"v{version}.db.gz").stat().st_size < 200_000


def test_what_the_upgrade_filled_follows_from_what_stands_there(old: Path, said: Said) -> None:
    """Settling every root once more changes nothing."""
    said("upgrade")
    with closing(opening.reading(old)) as connection:
        tables = roots.catalogue(connection)
        for root in {root for root, _ in tables.values()}:
            (last,) = connection.execute(f'SELECT COALESCE(max(id), 0) FROM "{root}"').fetchone()
            for _, rows in roots.load(connection, tables, root, 1, last):
                for derived in roots.derived(rows):
                    for (table, row_id), values in derived.columns.items():
                        stands = next(row for row in rows[table] if row["id"] == row_id)
                        assert {name: stands[name] for name in values} == values


def test_what_is_not_ours_in_an_old_one_is_refused_by_name(version: int, old: Path, said: Said) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE VIEW 别的 AS SELECT 1")
    altered = old.read_bytes()
    for line in (["status"], ["upgrade"], ["undo"], ["check"]):
        said(*line, code=6)
        assert "台账里的视图“别的”不是本程序的" in said.err
    assert old.read_bytes() == altered
    said("upgrade", "--clean")
    said("check")
    assert old.with_name(f"安监-v{version}.db").read_bytes() == altered


def test_an_altered_old_one_is_told_and_a_whole_one_is_not(old: Path, said: Said) -> None:
    said("check")
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE training SET passed = passed + 1 WHERE passed > 0")
        connection.commit()
    said("check", code=6)
    assert {"E704", "E706"} <= set(re.findall("E7..", said.err))


def test_an_upgraded_ledger_is_upgraded_again(old: Path, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    said("upgrade")
    diff = said("month", "diff", "9", "--format", "json")
    of = schema.VERSION
    next_version.adopt(monkeypatch)
    said("upgrade")
    assert old.with_name(f"安监-v{of}.db").exists()
    said("check")
    assert said("month", "diff", "9", "--format", "json") == diff
