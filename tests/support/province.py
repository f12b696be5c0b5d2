"""A province's ledger in memory, whose units are counties, and packages (报送包) that come in there, without files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from anjian_cli.bulletin import meaning, package_parts
from anjian_cli.bulletin.package_parts import Opened, Parts, Sum, Unit
from anjian_cli.bulletin.period import Period
from anjian_cli.ledger.fingerprint import sha256
from anjian_cli.light_dataclasses import replace
from anjian_cli.workflow import receiving
from anjian_cli.workflow.receiving import Delivery, Outcome
from support.bulletin_ledger import OCTOBER, Book

YONGKANG, WUYI, PANAN, SHANGCHENG = "330784000", "330723000", "330727000", "330102000"
COUNTIES = (
    (YONGKANG, "永康市", "永康", "金华市"),
    (WUYI, "武义县", "武义", "金华市"),
    (PANAN, "磐安县", "磐安", "金华市"),
    (SHANGCHENG, "上城区", "上城", "杭州市"),
)
KEY = "ab" * 32
ZHIYING = "330784109"


class Province(Book):
    """The ledger of 浙江省 and short words to write in it."""

    def __init__(self, counties: Sequence[tuple[str, str, str, str]] = COUNTIES) -> None:
        super().__init__(towns=())
        for position, (code, name, short, city) in enumerate(counties, 1):
            self.county(code, name, short, position=position, city=city, province="浙江省")
        self.setting("region_code", "330000")
        self.setting("region_name", "浙江省")
        self.setting("issuer", "浙江省安全生产委员会办公室")

    def county(self, code: str, name: str, short: str, **told: str | int | None) -> int:
        told.setdefault("position", 9)
        return self.add("town", code=code, name=name, short_name=short, kind="县级", **told)

    def register(self, county: str, ledger: str = "", **told: str | None) -> str:
        """The id of the ledger that may deliver for a county from now on."""
        ledger = ledger or sha256(county)[:32]
        self.add(
            "reporting_ledger", number=self.number(), town_code=county, ledger_id=ledger, key=KEY,
            from_on="2018-01-01", **told,
        )  # fmt: skip
        return ledger

    def receive(self, parts: Parts, serial: int = 1) -> Outcome:
        """Take a package, of a ledger that is registered where it is not yet."""
        if receiving.registered(self.connection, parts.ledger) is None:
            self.register(f"{parts.region}000", parts.ledger)
        content = sha256(repr(parts))
        delivery = Delivery(
            name=f"{parts.region}-{parts.month}-{serial}.anjian",
            parts=parts,
            serial=serial,
            content=content,
            manifest=sha256(f"{content}{serial}"),
            made_at="2018-11-05T01:00:00Z",
            program="0.9.0",
            key=KEY,
        )
        with self.gate() as gate:
            return receiving.receive(gate, delivery)

    def known(self) -> tuple[str, ...]:
        """Every measure that a county counts which has the same schemes as this ledger."""
        found = self.connection.execute("SELECT id FROM measure WHERE instr(id, '@') = 0 AND NOT id GLOB 'report.*'")
        distinct = package_parts._distinct(self.connection)
        return (*(text for (text,) in found), *distinct)

    def parts(
        self,
        county: str,
        sums: Mapping[str, int | Mapping[str, int]],
        month: str = OCTOBER.key,
        *,
        without: Iterable[str] = (),
        otherwise: Mapping[str, str] | None = None,
        openings: Iterable[Opened] = (),
        ledger: str = "",
        unit: str = ZHIYING,
    ) -> Parts:
        """What a county delivers that counts all we do but what it is `without`; `sums` by measure what came in the
        month, or by the months' last days; `otherwise` by fact the digest of what it means there."""
        region = county[:6]
        last = f"{month}-{'31' if month[5:] in ('01', '03', '05', '07', '08', '10', '12') else '30'}"
        told = []
        for measure, came in sums.items():
            by_month = {last: came} if isinstance(came, int) else came
            told += [Sum(unit, measure, ends_on, n, 0) for ends_on, n in by_month.items()]
        return Parts(
            region=region,
            region_name=region,
            ledger=ledger or sha256(county)[:32],
            month=month,
            head_hash=sha256(f"{region}{month}"),
            operation=1,
            issued=False,
            demonstration=False,
            scheme="永康2018",
            facts={**dict(meaning.fact_digests(self.connection)), **(otherwise or {})},
            measures=tuple(sorted(set(self.known()) - set(without))),
            units=(Unit(unit, "芝英镇", unit),),
            tasks=(),
            sums=tuple(told),
            openings=tuple(openings),
            cells=(),
        )


def of_ledger(county: sqlite3.Connection, period: Period, region: str, ledger: str) -> Parts:
    """What a county's ledger delivers of a month; a ledger in memory has no id of its own, and maybe no region."""
    found = package_parts.of_month(county, period)
    return replace(found, region=region, ledger=ledger)
