"""A file for each record type: its fields, and how a value is read. Pure: no input or output."""
