"""`python -m anjian_cli`, and what the installed command calls."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""128 + SIGINT, as `messages.Exit` has it, which may not be there yet."""
SAID = "已中断，未作改动。要做完的，请再运行一次。〔E902〕"
"""As `messages` has it."""


def main() -> int:
    """Run the command line of the process. Who presses Ctrl-C while the program is still being loaded reads what he
    would read a moment later; from then on `cli.main` answers."""
    try:
        from anjian_cli.cli import main as run
    except KeyboardInterrupt:
        print(SAID, file=sys.stderr)
        return INTERRUPTED
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
