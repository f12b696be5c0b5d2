"""A second opinion: what a ledger amounts to, worked out day by day from what was told, without the program's SQL."""
