"""One file a root: what must hold among its rows. Pure: plain rows in, faults out."""
