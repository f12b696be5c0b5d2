"""A file for each table with rules: what must hold among its rows. Pure: plain rows in, faults out."""
