"""A bulletin as JSON for programs: everything it holds, fractions exact as "a/b"."""

from __future__ import annotations

import json

from anjian_cli.bulletin import phrase
from anjian_cli.bulletin.exact import encode
from anjian_cli.bulletin.value import Bulletin


def bulletin_json(bulletin: Bulletin) -> str:
    """The whole bulletin, readable; `bulletin.exact.load` reads it back. A made-up one says so in words first."""
    whole = encode(bulletin)
    assert isinstance(whole, dict)
    said = {"notice": phrase.DEMONSTRATION} if bulletin.demonstration else {}
    return json.dumps({**said, **whole}, ensure_ascii=False, indent=2) + "\n"
