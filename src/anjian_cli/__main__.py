"""`python -m anjian_cli`."""

from __future__ import annotations

from anjian_cli.cli import main

raise SystemExit(main())
