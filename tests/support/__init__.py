"""What tests have in common: ledgers, desks, made-up files."""
