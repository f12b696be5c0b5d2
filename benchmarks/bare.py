"""Closing a hazard in the plainest way: argparse and sqlite3, no rules, no sums, no operation. What others cost is
measured against it. It ruins the ledger it works on (the sums and the chain no longer hold): give it a copy."""

import argparse
import sqlite3

parser = argparse.ArgumentParser()
parser.add_argument("number")
parser.add_argument("--rectified", required=True)
parser.add_argument("--on", required=True)
parser.add_argument("--by", required=True)
parser.add_argument("--db", required=True)
given = parser.parse_args()

connection = sqlite3.connect(given.db, isolation_level=None)
connection.execute("PRAGMA synchronous = EXTRA")
connection.execute("BEGIN IMMEDIATE")
(hazard,) = connection.execute("SELECT id FROM hazard WHERE number = ?", (given.number,)).fetchone()
connection.execute(
    "INSERT INTO rectification (hazard_id, rectified_on, accepted_on, conclusion, accepted_by)"
    " VALUES (?, ?, ?, '合格', ?)",
    (hazard, given.rectified, given.on, given.by),
)
connection.execute(
    "UPDATE hazard_deadline SET until_on = ?, ended_by = '验收', settled_on = ?"
    " WHERE hazard_id = ? AND until_on = '9999-12-31'",
    (given.on, given.on, hazard),
)
connection.execute("COMMIT")
connection.close()
print(f"已销号：{given.number}")
