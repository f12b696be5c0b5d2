"""Reads back what outputs print of a bulletin, to hold them against each other."""
