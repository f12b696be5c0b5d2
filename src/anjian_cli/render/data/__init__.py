"""What programs read: CSV and JSON."""
