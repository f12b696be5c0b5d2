"""A ledger that yesterday's program made is opened, read, written and upgraded by today's."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import kept_ledgers
from anjian_cli.cli import main
from anjian_cli.ledger import check, inverse
from anjian_cli.ledger import open as opening
from core_figures import from_months, from_view, record_tables

pytestmark = pytest.mark.parametrize("version", kept_ledgers.VERSIONS)
