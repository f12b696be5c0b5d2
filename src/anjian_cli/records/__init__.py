"""One file a record type: its fields, and how a value is read. Pure: no input or output."""
