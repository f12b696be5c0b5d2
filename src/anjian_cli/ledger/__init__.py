"""The ledger file: create, open, the one gate for writing, operations and their inverse, check."""
