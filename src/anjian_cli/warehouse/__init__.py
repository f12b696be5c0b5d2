"""What counties delivered, kept outside the ledger for engines: a folder of Parquet (汇总库), what is asked of it, and
the engines that read it.

The ledger is written by its gate alone, and says whose packages count, what is counted and what it is held against.
Here lie sums and facts as they were delivered; an engine adds whole numbers up and does nothing else.
"""
