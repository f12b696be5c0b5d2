"""At length property tests draw by chance, and many times more: see tests/support/examples.py."""

from __future__ import annotations

from hypothesis import settings

settings.load_profile("long")
