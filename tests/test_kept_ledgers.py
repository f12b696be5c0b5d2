"""A ledger that yesterday's program made is opened, read, written and upgraded by today's."""

from __future__ import annotations

import pytest

import kept_ledgers

pytestmark = pytest.mark.parametrize("version", kept_ledgers.VERSIONS)
