"""One bulletin or listing to a terminal, CSV or JSON. Takes plain values; reads no ledger."""
