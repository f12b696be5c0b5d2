"""安监: a county's work-safety ledger in one SQLite file, and its monthly bulletin."""

__version__ = "0.9.2"
