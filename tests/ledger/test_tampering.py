"""A hundred edits by somebody with an SQL shell: the check finds each and says where.

Those of records and of the log are told by the chain as well, so that nothing helps whoever reckons anew what is kept
beside the rows; who makes the chain anew is told by a witness (test_check_against).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from support import tampering
from support.sweeps import sweep
from support.tampering import BESIDE, COUNTED_BACK, CUT_OFF, KINDS, LOG, RECORDS, SCHEMA, Tampered

pytestmark = [pytest.mark.altered, pytest.mark.unmeasured]

BY_THE_CHAIN = ("E702", "E705", "E706", "E707", "E712", "E713")
"""Nothing that somebody who left the chain alone could have put right."""


@pytest.fixture(scope="module")
def content() -> bytes:
    return tampering.office()


@pytest.fixture
def tampered(content: bytes) -> Iterator[Tampered]:
    made = Tampered(content)
    yield made
    made.close()


def told_by_the_chain(told: str) -> bool:
    return any(f"〔{code}〕" in told for code in BY_THE_CHAIN)


def test_nothing_is_found_where_nothing_was_done(tampered: Tampered) -> None:
    assert tampered.told() == []
    tampered.reckon_anew()
    assert tampered.told() == []


@sweep("name", RECORDS, keep=20)
def test_an_edit_of_a_record(tampered: Tampered, name: str) -> None:
    tampered.edit(RECORDS[name].sql)
    told = "".join(tampered.told())
    assert RECORDS[name].told in told
    assert told_by_the_chain(told)


@pytest.mark.parametrize("name", BESIDE)
def test_an_edit_beside_the_records(tampered: Tampered, name: str) -> None:
    tampered.edit(BESIDE[name].sql)
    assert BESIDE[name].told in "".join(tampered.told())


@sweep("name", LOG, keep=8)
def test_an_edit_of_the_log(tampered: Tampered, name: str) -> None:
    tampered.edit(LOG[name].sql, guarded=False)
    told = "".join(tampered.told())
    assert LOG[name].told in told
    assert told_by_the_chain(told)


@pytest.mark.parametrize("name", SCHEMA)
def test_an_edit_of_what_the_ledger_consists_of(tampered: Tampered, name: str) -> None:
    tampered.edit(SCHEMA[name].sql)
    assert SCHEMA[name].told in "".join(tampered.told())


@pytest.mark.parametrize("name", KINDS)
def test_an_edit_that_is_refused(tampered: Tampered, name: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=KINDS[name].told):
        tampered.edit(KINDS[name].sql)


@pytest.mark.parametrize(
    "name", ["training passed", "hazard deleted with its rows", "setting inserted", "two enterprises swapped", "actor"]
)
def test_who_reckons_anew_what_is_kept_beside_the_rows_is_told_by_the_chain(tampered: Tampered, name: str) -> None:
    tampered.edit({**RECORDS, **LOG}[name].sql, guarded=False)
    tampered.reckon_anew()
    told = "".join(tampered.told())
    assert told_by_the_chain(told)
    assert not any(f"〔{code}〕" in told for code in ("E704", "E708", "E709", "E710"))


def test_the_last_operation_cut_off_with_all_that_it_wrote(tampered: Tampered) -> None:
    tampered.edit(CUT_OFF, guarded=False)
    assert "操作应有" in "".join(tampered.told())
    tampered.reckon_anew()
    (told,) = tampered.told()
    assert "〔E714〕" in told
    tampered.edit(COUNTED_BACK)
    assert tampered.told() == []  # it is the ledger of the day before: that there was a later one a witness tells
