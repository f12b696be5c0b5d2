"""A file for each noun: arguments in, one call, a result out to `render`. No SQL and no rules here."""
